/* Time expressions: fills doc->day. */
#ifndef KH_DAY_H
#define KH_DAY_H

#include "doc/doc.h"

void kh_day_run(struct kh_work *w);

#endif
