/* Where an event was: a place attached to its trigger. */
#ifndef KH_WHERE_H
#define KH_WHERE_H

#include "doc/doc.h"

/* Index in doc->place or KH_NONE; *how enum kh_how. */
uint32_t kh_where_of_event(const struct kh_work *w, uint32_t token, uint8_t *how);

#endif
