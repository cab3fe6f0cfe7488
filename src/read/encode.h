/* What the tagger, the parser and the name tagger see of a sentence, and their features. The trainer
 * uses the same functions, so that what is learned is what is read. */
#ifndef KH_ENCODE_H
#define KH_ENCODE_H

#include "base/arena.h"
#include "model/image.h"

enum kh_casing { KH_CASE_MIXED, KH_CASE_NONE }; /* NONE: all capitals or all small: shape tells nothing */

struct kh_seen { /* a word */
	uint32_t form;        /* hash of the word in small letters */
	uint32_t suffix[4];   /* hashes of the last 1..4 bytes, small letters */
	uint32_t prefix[3];   /* of the first 1..3 */
	uint32_t shape;       /* capitals, digits, dashes; 0 where casing tells nothing */
	uint16_t cluster;     /* 1..1024 by word vectors; 0 unknown */
	uint8_t tag;          /* class of the tagger */
	uint8_t upos, rel, name;
	int32_t head;         /* word, -1 the root or none yet */
};

enum { KH_TAG_FEATURES = 40, KH_ARC_FEATURES = 72, KH_REL_FEATURES = 48, KH_NAME_FEATURES = 40 };

/* Words to clusters: section "cluster" of {u32 hash, u32 cluster}, hashes ascending. */
uint16_t kh_cluster_of(kh_str section, uint32_t hash);
/* All but tag, head, rel. `casing` of the whole sentence. */
struct kh_seen kh_seen_of(kh_str form, enum kh_casing casing, kh_str clusters);

/* Each fills `out` and returns how many; s[i].tag of the words before i is known to the tagger. */
uint32_t kh_tag_features(const struct kh_seen *s, int32_t n, int32_t i, uint32_t *out);
uint32_t kh_name_features(const struct kh_seen *s, int32_t n, int32_t i, uint32_t before,
			  uint32_t *out);

struct kh_state { /* of the arc-hybrid parser; n is the root, last in the buffer */
	int32_t n;
	int32_t *stack, top; /* top: how many */
	int32_t b;           /* first of the buffer */
	int32_t *head;       /* n of them; -1 none yet */
	int32_t *left[2], *right[2]; /* outermost and second children on each side; -1 */
	int32_t *n_left, *n_right;
};

enum kh_move { KH_SHIFT, KH_LEFT, KH_RIGHT, KH_MOVES };

void kh_state_init(struct kh_state *p, struct kh_arena *a, int32_t n);
bool kh_state_may(const struct kh_state *p, enum kh_move m);
void kh_state_do(struct kh_state *p, enum kh_move m);
static inline bool kh_state_done(const struct kh_state *p)
{
	return p->top == 0 && p->b == p->n;
}
uint32_t kh_arc_features(const struct kh_seen *s, const struct kh_state *p, uint32_t *out);
/* Relation of word i to its head, the tree being complete in s[].head. */
uint32_t kh_rel_features(const struct kh_seen *s, int32_t n, const struct kh_state *p, int32_t i,
			 uint32_t *out);

#endif
