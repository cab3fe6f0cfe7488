/* When an event was: a day expression attached to its trigger. */
#ifndef KH_WHEN_H
#define KH_WHEN_H

#include "doc/doc.h"

/* Index in doc->day or KH_NONE; *begin, *end days (KH_NO_DAY open); *how enum kh_how. */
uint32_t kh_when_of_event(const struct kh_work *w, uint32_t token, int32_t *begin, int32_t *end,
			  uint8_t *how);

#endif
