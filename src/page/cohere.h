/* How a short unit of a page is tied by its words to the running text before and behind it. */
#ifndef KH_COHERE_H
#define KH_COHERE_H

#include "page/unit.h"

enum { KH_BRIEF = 220 /* characters below which a unit is looked at */ };

/* Shares in six classes: 0 nothing to compare, 1 below a fifth, ... 5 four fifths and more. */
struct kh_tie {
	uint8_t ahead, behind;    /* share of its words that the next, the last long units hold */
	uint8_t fresh;            /* share of its words that running text first holds further on */
	uint8_t names, words;     /* share of the words behind it that stand before it as well */
	uint8_t to_next, to_last; /* units to the nearest running text, at most 7; 0: none */
	int8_t lean;              /* words held ahead less words held behind, within -3..3 */
	bool strange;             /* none of its words stands in the text around */
	bool lowest;              /* no short unit near by parts the text more */
};

/* One for each unit of the page. */
struct kh_tie *kh_cohere_find(const struct kh_units *us);

#endif
