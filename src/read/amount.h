/* How many: fills doc->amount. */
#ifndef KH_AMOUNT_H
#define KH_AMOUNT_H

#include "doc/doc.h"

void kh_amount_run(struct kh_work *w);

#endif
