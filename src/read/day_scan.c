/* See day_scan.h. In: words. Out: neighbours asked after, values written. */
#include "read/day_scan.h"

#include "base/day.h"
#include "base/json.h"
#include "base/str.h"

const struct kh_tword *kh_scan_at(const struct kh_scan *s, int32_t k)
{
	static const struct kh_tword none = {.number = -1, .stop = true, .token = KH_NONE};
	int64_t i = (int64_t)s->i + k;
	return i < 0 || i >= s->n ? &none : &s->t[i];
}

bool kh_scan_is(const struct kh_tword *t, const char *word)
{
	return strcmp(t->low, word) == 0;
}

bool kh_scan_any(const struct kh_tword *t, const char *words)
{
	size_t n = strlen(t->low);
	if (!n)
		return false;
	for (const char *p = words; (p = strchr(p, t->low[0])) != NULL; p++)
		if (p[-1] == ' ' && strncmp(p, t->low, n) == 0 && p[n] == ' ')
			return true;
	return false;
}

char kh_scan_before(const struct kh_scan *s, const struct kh_tword *t)
{
	return t->at.begin ? s->w->doc->text.p[t->at.begin - 1] : 0;
}

char kh_scan_after(const struct kh_scan *s, const struct kh_tword *t)
{
	return t->at.end < s->w->doc->text.n ? s->w->doc->text.p[t->at.end] : 0;
}

bool kh_scan_took(struct kh_scan *s, int32_t from, uint32_t n, enum kh_day_type type,
		  enum kh_how how)
{
	s->first = (uint32_t)((int64_t)s->i + from);
	s->count = n;
	s->type = (uint8_t)type;
	s->how = (uint8_t)how;
	return true;
}

bool kh_scan_is_year(const struct kh_tword *t)
{
	return t->digits == 4 && !t->plural && !t->ordinal && t->number >= 1000 && t->number < 2100;
}

int32_t kh_scan_zone(const struct kh_scan *s, int32_t k)
{
	int32_t n = 0;
	while (n < 3) {
		const struct kh_tword *t = kh_scan_at(s, k + n), *prev = kh_scan_at(s, k + n - 1);
		bool brief =
			kh_scan_is(prev, "m") && t->at.begin - prev->at.end <= 2; /* "p.m. EST" */
		if (t->title && (brief || (!t->stop && !t->comma)) && !t->weekday && !t->month &&
		    kh_scan_is(kh_scan_at(s, k + n + 1), "time")) {
			n += 2; /* "Moscow time" */
			continue;
		}
		if (!kh_scan_any(t, " est edt cst cdt mst mdt pst pdt et ct mt pt gmt "
				    "utc bst cet local time ") ||
		    (t->stop && !brief))
			break;
		n++;
	}
	return n;
}

static void put(char **to, int v, int width)
{
	for (int k = width - 1, x = v; k >= 0; k--, x /= 10)
		(*to)[k] = (char)('0' + x % 10);
	*to += width;
	**to = 0;
}

void kh_say(struct kh_scan *s, const char *text)
{
	memcpy(s->value, text, strlen(text) + 1);
}

void kh_say_day(struct kh_scan *s, int32_t day)
{
	char iso[11];
	kh_day_write(day, iso);
	memcpy(s->value, iso, 11);
}

void kh_say_month(struct kh_scan *s, int year, int month)
{
	char *p = s->value;
	put(&p, year, 4);
	*p++ = '-';
	put(&p, month, 2);
}

void kh_say_year(struct kh_scan *s, int year)
{
	char *p = s->value;
	put(&p, year, 4);
}

void kh_say_week(struct kh_scan *s, int32_t day, bool weekend)
{
	int year, week;
	char *p = s->value;
	kh_day_week(day, &year, &week);
	put(&p, year, 4);
	memcpy(p, "-W", 3);
	p += 2;
	put(&p, week, 2);
	if (weekend)
		memcpy(p, "-WE", 4);
}

void kh_say_season(struct kh_scan *s, int year, uint8_t season)
{
	static const char *const code[] = {"", "-SP", "-SU", "-FA", "-WI"};
	kh_say_year(s, year);
	memcpy(s->value + 4, code[season], 4);
}

void kh_say_quarter(struct kh_scan *s, int year, char letter, int k)
{
	char *p = s->value;
	put(&p, year, 4);
	*p++ = '-';
	*p++ = letter;
	*p++ = (char)('0' + k);
	*p = 0;
}

void kh_say_duration(struct kh_scan *s, int n, uint8_t unit, bool half)
{
	static const char *const code[] = {"",	 "D", "W", "M", "Y", "DE",
					   "CE", "Q", "H", "M", "S", "WE"};
	bool clock = unit >= KH_UNIT_HOUR && unit <= KH_UNIT_SECOND;
	struct kh_out o = {.to = s->value, .room = sizeof s->value - 1};
	kh_out_text(&o, clock ? "PT" : "P");
	if (n < 0)
		kh_out_text(&o, "X");
	else if (n || !half)
		kh_out_int(&o, n);
	if (n || !half)
		kh_out_text(&o, code[unit]);
	if (half)
		kh_out_text(&o, unit == KH_UNIT_YEAR   ? "6M"
				: unit == KH_UNIT_HOUR ? "30M"
				: unit == KH_UNIT_DAY  ? "T12H"
						       : "");
	s->value[o.n < sizeof s->value ? o.n : sizeof s->value - 1] = 0;
}

void kh_say_shift(struct kh_scan *s, int32_t from, uint8_t unit, int n)
{
	if (from == KH_NO_DAY || n > 4000 || n < -4000) {
		kh_say(s, n < 0 ? "PAST_REF" : n > 0 ? "FUTURE_REF" : "PRESENT_REF");
		return;
	}
	struct kh_ymd c = kh_day_ymd(from);
	int months = c.year * 12 + c.month - 1 + n, q = c.year * 4 + (c.month - 1) / 3 + n;
	int years = unit == KH_UNIT_DECADE    ? c.year + 10 * n
		    : unit == KH_UNIT_CENTURY ? c.year + 100 * n
		    : unit == KH_UNIT_YEAR    ? c.year + n
					      : c.year;
	if (years < 1 || years > 9999 || months < 12 ||
	    (unit >= KH_UNIT_HOUR && unit < KH_UNIT_WEEKEND))
		kh_say(s, n < 0 ? "PAST_REF" : n > 0 ? "FUTURE_REF" : "PRESENT_REF");
	else if (unit == KH_UNIT_DAY)
		kh_say_day(s, from + n);
	else if (unit == KH_UNIT_WEEK || unit == KH_UNIT_WEEKEND)
		kh_say_week(s, from + 7 * n, unit == KH_UNIT_WEEKEND);
	else if (unit == KH_UNIT_MONTH)
		kh_say_month(s, months / 12, months % 12 + 1);
	else if (unit == KH_UNIT_QUARTER)
		kh_say_quarter(s, q / 4, 'Q', q % 4 + 1);
	else {
		kh_say_year(s, years);
		if (unit != KH_UNIT_YEAR)
			s->value[unit == KH_UNIT_DECADE ? 3 : 2] = 0;
	}
}

void kh_say_part(struct kh_scan *s, uint8_t part)
{
	static const char *const code[] = {"", "TMO", "TAF", "TEV", "TNI", "T12:00", "T24:00"};
	size_t n = strlen(s->value);
	if (n != 10)
		return;
	memcpy(s->value + n, code[part], strlen(code[part]) + 1);
	s->type = KH_DAY_TIME;
}

void kh_say_clock(struct kh_scan *s, int hour, int minute)
{
	char *p = s->value + strlen(s->value);
	if (p != s->value + 10)
		return;
	*p++ = 'T';
	put(&p, hour, 2);
	*p++ = ':';
	put(&p, minute, 2);
	s->type = KH_DAY_TIME;
}
