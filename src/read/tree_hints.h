/* What the reader of names is told of a word beside its form, as rows of one table: its tag and
 * relation, what the gazetteer and the dictionary of actors call it, how the story writes it
 * elsewhere, where it stands. The trainer uses the same functions. */
#ifndef KH_TREE_HINTS_H
#define KH_TREE_HINTS_H

#include "doc/doc.h"

enum { KH_HINTS = 8 }; /* rows of a word; a row of 0 is none */

enum kh_hint { /* where the rows of each kind begin */
	       KH_HINT_TAG = 1,
	       KH_HINT_REL = KH_HINT_TAG + 128,
	       KH_HINT_PLACE = KH_HINT_REL + 2 * KH_RELS,
	       KH_HINT_ACTOR = KH_HINT_PLACE + 24,
	       KH_HINT_STORY = KH_HINT_ACTOR + 24,
	       KH_HINT_LIST = KH_HINT_STORY + 48,
	       KH_HINT_STAND = KH_HINT_LIST + 8,
	       KH_HINT_HEAD = KH_HINT_STAND + 24,
	       KH_HINT_ROWS = KH_HINT_HEAD + 1024
};

struct kh_hints;

struct kh_hints *kh_hints_open(struct kh_work *w);
/* Of the tokens [first, first + n) of one sentence. */
void kh_hints_of(struct kh_hints *h, uint32_t first, uint32_t n, uint16_t (*row)[KH_HINTS]);

#endif
