/* What is seen of a unit of a page, as numbered marks: what the weights of the cutter weigh. */
#ifndef KH_CUT_MARK_H
#define KH_CUT_MARK_H

#include "page/unit.h"

enum { KH_MARKS = 256, KH_MARKS_OF_ONE = 96 };

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
	uint8_t id[KH_MARKS_OF_ONE];
};

void kh_cut_marks(const struct kh_units *us, uint32_t unit, struct kh_marks *m);

#endif
