/* A tree from scores of arcs. */
#ifndef KH_ARCS_H
#define KH_ARCS_H

#include "base/arena.h"

enum { KH_ARCS_LONGEST = 256 }; /* words of a sentence */

struct kh_arcs_room { /* kept between sentences; zeroed to begin with */
	int32_t *table;
	uint32_t n;
};

/* score[i * n + h]: h as the head of word i; [i * n + i] the root. Fills head[n] (-1 the root) with
 * a tree that has one child of the root and no crossing arcs: the best head of each word where
 * these make such a tree, else the best such tree (Eisner 1996). n is at most KH_ARCS_LONGEST. */
void kh_arcs_tree(const int32_t *score, uint32_t n, int32_t *head, struct kh_arcs_room *room,
		  struct kh_arena *a);

#endif
