/* What the net of the tree and its trainer agree on. */
#ifndef KH_NET_SHAPE_H
#define KH_NET_SHAPE_H

#include <stdint.h>

enum {
	KH_NET_LAYERS = 4,   /* most recurrent layers */
	KH_NET_TAGS = 128,   /* most classes of the tagger */
	KH_NET_BUCKETS = 19, /* of the way from a word to its head; 0 the root */
};

/* Buckets of the distance of word i from its head h, two words of one sentence. */
static inline uint32_t kh_net_bucket(int32_t i, int32_t h)
{
	int32_t d = h > i ? h - i : i - h;
	uint32_t k = d <= 4 ? (uint32_t)d : d <= 6 ? 5 : d <= 9 ? 6 : d <= 14 ? 7 : d <= 24 ? 8 : 9;
	return h > i ? k : k + 9;
}

#endif
