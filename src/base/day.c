/* See day.h. The conversions are the usual ones of shifted years beginning in March. */
#include "base/day.h"

#include "base/str.h"

int kh_day_month_length(int year, int month)
{
	static const int len[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	if (month < 1 || month > 12)
		return 0;
	return month == 2 && leap ? 29 : len[month - 1];
}

int32_t kh_day_of(int year, int month, int day)
{
	if (year < 1 || year > 9999 || day < 1 || day > kh_day_month_length(year, month))
		return KH_NO_DAY;
	int y = month <= 2 ? year - 1 : year;
	int era = y / 400, yoe = y - era * 400;
	int doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
	return era * 146097 + doe - 719468;
}

struct kh_ymd kh_day_ymd(int32_t d)
{
	int z = d + 719468;
	int era = (z >= 0 ? z : z - 146096) / 146097;
	int doe = z - era * 146097;
	int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int mp = (5 * doy + 2) / 153;
	int month = mp < 10 ? mp + 3 : mp - 9;
	return (struct kh_ymd){ yoe + era * 400 + (month <= 2), month, doy - (153 * mp + 2) / 5 + 1 };
}

int kh_day_weekday(int32_t day)
{
	int w = (day + 3) % 7; /* 1970-01-01 was a Thursday */
	return (w < 0 ? w + 7 : w) + 1;
}

int32_t kh_day_parse(kh_str s)
{
	int y = kh_str_digits(s, 0, 4), m, d;
	if (y < 0)
		return KH_NO_DAY;
	if (s.n >= 8 && kh_is_digit((unsigned char)s.p[4])) { /* 20240312 */
		m = kh_str_digits(s, 4, 2);
		d = kh_str_digits(s, 6, 2);
	} else if (s.n >= 10 && s.p[4] == '-' && s.p[7] == '-') {
		m = kh_str_digits(s, 5, 2);
		d = kh_str_digits(s, 8, 2);
	} else {
		return KH_NO_DAY;
	}
	return m < 0 || d < 0 ? KH_NO_DAY : kh_day_of(y, m, d);
}

void kh_day_write(int32_t day, char to[11])
{
	struct kh_ymd c = kh_day_ymd(day);
	int v[8] = { c.year / 1000, c.year / 100 % 10, c.year / 10 % 10, c.year % 10,
		     c.month / 10, c.month % 10, c.day / 10, c.day % 10 };
	static const unsigned char where[8] = { 0, 1, 2, 3, 5, 6, 8, 9 };
	to[4] = to[7] = '-';
	to[10] = 0;
	for (unsigned i = 0; i < 8; i++)
		to[where[i]] = (char)('0' + v[i]);
}
