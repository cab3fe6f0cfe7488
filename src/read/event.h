/* What was done: fills doc->event and doc->role. */
#ifndef KH_EVENT_H
#define KH_EVENT_H

#include "doc/doc.h"

void kh_event_run(struct kh_work *w);

#endif
