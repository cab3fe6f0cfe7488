/* What was done: fills doc->event and doc->role. */
#ifndef KH_EVENT_H
#define KH_EVENT_H

#include "doc/doc.h"

void kh_event_run(struct kh_work *w);
/* Why a sentence has no event, for people: the reason, and in *word the word it hangs on. */
enum kh_event_why { KH_WHY_NO_TRIGGER, KH_WHY_NO_RULE_FITS, KH_WHY_NOBODY, KH_WHY_EVENTS };
enum kh_event_why kh_event_why(struct kh_work *w, uint32_t sentence, uint32_t *word);

#endif
