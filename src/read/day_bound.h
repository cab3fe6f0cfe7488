/* When a story was published, as far as its own words tell, where nobody else did. */
#ifndef KH_DAY_BOUND_H
#define KH_DAY_BOUND_H

#include "doc/doc.h"

/* Does one of the days [first, n_day) stand alone on a line at the head or foot of the text
 * ("Thursday, January 12, 2006", "Published on 3 March 2024")? Then it is the day of publication. */
bool kh_day_bound_line(struct kh_work *w, struct kh_story *s, kh_span text, uint32_t first);
/* The latest day that the story tells as past is one it was not published before. */
void kh_day_bound_set(struct kh_work *w, struct kh_story *s, int32_t latest);

#endif
