/* The reader of names: a second, small net beside that of the tree (net.h), over the tree's table
 * of words, pieces of its own, and hints (read/tree_hints.h), which are rows added to the sums of
 * its first layer. What it and the tree's net say of each class goes through a chain: the best way
 * through all words (Viterbi). Integers only, the same on every machine. */
#ifndef KH_SPANS_H
#define KH_SPANS_H

#include "model/net.h"

/* Classes: 0 outside, 2k-1 the first word of a name of type k, 2k a further one. */
enum { KH_SPAN_CLASSES = 13 };

struct kh_spans_head {		  /* of the section; then pieces, layers, hints, classes, chain */
	struct kh_net_head shape; /* rows, slot_bits, word: those of the tree it was made for */
	uint32_t hints;		  /* rows; the first is nothing */
	uint32_t reserved[15];
};

struct kh_spans {
	const struct kh_spans_head *head; /* NULL: the image has none */
	struct kh_net net;
	const int16_t *hint;  /* 1/2048 */
	const int32_t *chain; /* [before][class], 1/1024 */
};

struct kh_spans_room {
	struct kh_net_room net;
	int16_t *more;
	uint8_t (*from)[KH_SPAN_CLASSES]; /* the class before, on the best way */
};

/* 0, or KHABAR_E_MODEL when the section is damaged or not of this tree. `hints`: rows wanted. */
int kh_spans_check(const struct khabar_model *m, uint32_t hints, khabar_error *err);
void kh_spans_open(struct kh_spans *s, const struct khabar_model *m);
void kh_spans_room_take(struct kh_spans_room *r, const struct kh_spans *s, struct kh_arena *a,
			uint32_t most);

struct kh_spans_words { /* of a sentence */
	const struct kh_seen *seen;
	const uint16_t *hint; /* `hints` rows of each word */
	const int16_t *tree;  /* what the tree's net says of the classes of each; 1/1024 */
	uint32_t n, hints;
};

void kh_spans_read(const struct kh_spans *s, const struct kh_net_kernels *k,
		   const struct kh_spans_words *w, struct kh_spans_room *r, uint8_t *class);

#endif
