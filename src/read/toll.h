/* How many an event concerns: the amounts that belong to a trigger. */
#ifndef KH_TOLL_H
#define KH_TOLL_H

#include "doc/doc.h"

/* Indexes in doc->amount; returns how many (at most max). */
uint32_t kh_amounts_of_event(const struct kh_work *w, uint32_t token, uint8_t event, uint32_t *out,
			     uint32_t max);

#endif
