/* Which mentions are the same: fills mention.same and what it brings. */
#ifndef KH_SAME_H
#define KH_SAME_H

#include "doc/doc.h"

void kh_same_run(struct kh_work *w);

#endif
