/* Numbers told from other numbers: parts of a group just told, totals, none at all. */
#ifndef KH_AMOUNT_PART_H
#define KH_AMOUNT_PART_H

#include "read/amount_befell.h"

/* "bringing the number of dead to 52", "brought to 52 the number of soldiers killed": a total. */
bool kh_amount_tally(const struct kh_counting *x, const struct kh_sentence *s,
		     struct kh_counted *c);
/* "Three children were among the dead", "among the wounded are two girls": a part of those. */
bool kh_amount_among(const struct kh_counting *x, const struct kh_sentence *s,
		     struct kh_counted *c);
/* "was killed along with two of his guards": what befell him befell them. */
bool kh_amount_beside(const struct kh_counting *x, const struct kh_sentence *s,
		      struct kh_counted *c);
/* "no one", "none of the 40", "and not 20": nobody. */
bool kh_amount_nobody(const struct kh_counting *x, const struct kh_sentence *s,
		      const struct kh_counted *c);
/* "12 people, three of them children": the three are parts of the twelve. */
void kh_amount_parts(const struct kh_counting *x, const struct kh_sentence *s,
		     struct kh_counted *list, uint32_t n);

#endif
