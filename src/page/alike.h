/* Titles and names that a page tells more than once, compared without their marks. */
#ifndef KH_ALIKE_H
#define KH_ALIKE_H

#include "base/base.h"

/* The same letters and digits; `prefix`: b may go on. */
bool kh_alike_same(kh_str a, kh_str b, bool prefix);
/* How alike two titles are by their words, 0..100. */
unsigned kh_alike_share(kh_str a, kh_str b);

#endif
