/* How sure: fills doc->fact and doc->certainty. */
#ifndef KH_FACT_H
#define KH_FACT_H

#include "doc/doc.h"

void kh_fact_run(struct kh_work *w);

#endif
