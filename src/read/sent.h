/* Stories into sentences: fills doc->sentence. */
#ifndef KH_SENT_H
#define KH_SENT_H

#include "doc/doc.h"

void kh_sent_run(struct kh_work *w);

#endif
