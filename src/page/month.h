/* Names of months in the languages of the press, and the calendars that it also dates by. */
#ifndef KH_MONTH_H
#define KH_MONTH_H

#include "base/base.h"

enum kh_calendar { KH_CALENDAR_GREGORIAN, KH_CALENDAR_JALALI };

struct kh_month {
	int month;    /* 1..12; 0: none */
	size_t bytes; /* of the words that name it */
	enum kh_calendar calendar;
};

/* The month that the word at the start of `s` names; the word ends at `end`. */
struct kh_month kh_month_named(kh_str s, size_t end);
/* A day of the Persian solar calendar as a Gregorian one; false: no such day. */
bool kh_month_jalali(int *year, int *month, int *day);

#endif
