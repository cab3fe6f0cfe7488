/* Places that no table has, told by what they lie in ("the Karrada district of Baghdad"), and the
 * borders that places name. */
#ifndef KH_PLACE_PART_H
#define KH_PLACE_PART_H

#include "read/place_sense.h"

/* Adds candidates for named districts, camps and villages of the candidates, in text order. */
void kh_place_parts(struct kh_placing *x);
/* "the Lebanon-Israel border": marks the places [first, n_place) that name one. */
void kh_place_borders(struct kh_work *w, uint32_t first);

#endif
