/* What the first reading of a whole page says of a unit: stories of one page are laid out alike. */
#ifndef KH_CUT_AGREE_H
#define KH_CUT_AGREE_H

#include "page/cut_mark.h"

struct kh_reading {      /* of a page, one for each unit */
	uint8_t *class;  /* enum kh_line_class */
	int32_t *margin; /* of the best sequence with a title there over the best without */
};

struct kh_agree;

struct kh_agree *kh_agree_new(const struct kh_units *us, const struct kh_reading *first);
/* Adds marks KH_MARKS_OWN and above. */
void kh_agree_marks(const struct kh_agree *a, uint32_t unit, struct kh_marks *m);

#endif
