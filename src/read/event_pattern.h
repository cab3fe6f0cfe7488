/* A user's patterns of verbs at a token. */
#ifndef KH_EVENT_PATTERN_H
#define KH_EVENT_PATTERN_H

#include "read/event_match.h"

/* The longest pattern that holds at the verb, into *f: event, code and label; false when none does.
 * An event of 0 says that the words mean nothing. */
bool kh_event_pattern(const struct kh_work *w, uint32_t token, struct kh_find *f);

#endif
