/* The text of one story, taken as it stands. */
#ifndef KH_PLAIN_H
#define KH_PLAIN_H

#include "doc/doc.h"

void kh_plain_run(struct kh_work *w);

#endif
