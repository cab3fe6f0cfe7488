/* What is seen of a unit of a page, as numbered marks: what the weights of the cutter weigh. */
#ifndef KH_CUT_MARK_H
#define KH_CUT_MARK_H

#include "page/cohere.h"

enum { KH_MARKS = 785, KH_MARKS_OWN = 545 /* those of the first reading */, KH_MARKS_OF_ONE = 120 };

enum kh_line_class { /* of a unit; in the order of the weights */
		     KH_LINE_JUNK,
		     KH_LINE_TITLE,
		     KH_LINE_AGAIN /* a further copy of the title */,
		     KH_LINE_CAPTION,
		     KH_LINE_META,
		     KH_LINE_BODY,
		     KH_LINE_CLASSES
};

struct kh_marks {
	uint32_t n;
	uint16_t id[KH_MARKS_OF_ONE];
};

/* What a unit shows by itself and by its neighbours. */
void kh_cut_marks(const struct kh_units *us, const struct kh_tie *tie, uint32_t unit,
		  struct kh_marks *m);

#endif
