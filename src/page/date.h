/* Dates as publishers write them, into ISO 8601 with time and zone where they are given. */
#ifndef KH_DATE_H
#define KH_DATE_H

#include "base/base.h"

struct kh_moment {
	int year, month, day;           /* month or day 0: not given */
	int hour, minute, second, zone; /* zone: minutes east of UTC */
	bool has_time, has_zone;
};

/* Reads the first date of a short string, in any of the usual forms. `american`: 3/4 is March. */
bool kh_date_read(kh_str s, bool american, struct kh_moment *m);
/* "2024-05-03", "2024-05-03T15:47:42", "…+02:00"; returns the length. */
unsigned kh_date_write(const struct kh_moment *m, char to[32]);
/* Moves the moment to UTC. */
void kh_date_utc(struct kh_moment *m);

#endif
