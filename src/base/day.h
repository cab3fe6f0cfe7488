/* Days as integers since 1970-01-01, proleptic Gregorian, years 1 to 9999. */
#ifndef KH_BASE_DAY_H
#define KH_BASE_DAY_H

#include "base/base.h"

struct kh_ymd {
	int year, month, day; /* month and day from 1 */
};

int32_t kh_day_of(int year, int month, int day); /* KH_NO_DAY: no such day */
struct kh_ymd kh_day_ymd(int32_t day);
int kh_day_weekday(int32_t day);                 /* 1 Monday .. 7 Sunday */
int kh_day_month_length(int year, int month);
/* The day that an ISO 8601 date or date-time begins with; KH_NO_DAY. */
int32_t kh_day_parse(kh_str iso);
/* Writes YYYY-MM-DD and a NUL. */
void kh_day_write(int32_t day, char to[11]);

#endif
