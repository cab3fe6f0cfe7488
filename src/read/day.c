/* Time expressions. In: the words of each story, its day of publication. Out: doc->day, TIMEX3 with
 * values. Each pattern looks at the words from one place on and says how many it takes; the first
 * that fits wins. A weekday or a month without its year is resolved against the day of publication,
 * or the last full date. */
#include "read/day.h"

#include "base/day.h"
#include "base/json.h"
#include "base/str.h"
#include "read/day_words.h"

struct scan {
	struct kh_work *w;
	const struct kh_tword *t;
	uint32_t n, i;	/* words; the one in hand */
	int32_t anchor; /* day that expressions are resolved against; KH_NO_DAY */
	bool future;	/* the sentence speaks of what will be */
	/* what a pattern found */
	uint32_t first, count;
	uint8_t type, how;
	char value[40];
};

static const struct kh_tword *at(const struct scan *s, int32_t k)
{
	static const struct kh_tword none = {.number = -1};
	int64_t i = (int64_t)s->i + k;
	return i < 0 || i >= s->n ? &none : &s->t[i];
}

static bool is(const struct kh_tword *t, const char *word)
{
	return strcmp(t->low, word) == 0;
}

static bool any(const struct kh_tword *t, const char *words)
{
	char key[20] = " ";
	size_t n = strlen(t->low);
	memcpy(key + 1, t->low, n);
	key[n + 1] = ' ';
	return n && kh_str_find(kh_str_of(words), (kh_str){key, n + 2}, 0) != SIZE_MAX;
}

static bool took(struct scan *s, int32_t from, uint32_t n, enum kh_day_type type, enum kh_how how)
{
	s->first = (uint32_t)((int64_t)s->i + from);
	s->count = n;
	s->type = (uint8_t)type;
	s->how = (uint8_t)how;
	return true;
}

static void put(char **to, int v, int width)
{
	for (int k = width - 1, x = v; k >= 0; k--, x /= 10)
		(*to)[k] = (char)('0' + x % 10);
	*to += width;
	**to = 0;
}

static void say(struct scan *s, const char *text)
{
	size_t n = strlen(text);
	memcpy(s->value, text, n + 1);
}

static void say_day(struct scan *s, int32_t day)
{
	char iso[11];
	kh_day_write(day, iso);
	memcpy(s->value, iso, 11);
}

static void say_month(struct scan *s, int year, int month)
{
	char *p = s->value;
	put(&p, year, 4);
	*p++ = '-';
	put(&p, month, 2);
}

static void say_year(struct scan *s, int year)
{
	char *p = s->value;
	put(&p, year, 4);
}

static void say_week(struct scan *s, int32_t day, bool weekend)
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

static void add_part(struct scan *s, uint8_t part)
{
	static const char *const code[] = {"", "TMO", "TAF", "TEV", "TNI", "T12:00", "T24:00"};
	size_t n = strlen(s->value);
	memcpy(s->value + n, code[part], strlen(code[part]) + 1);
	s->type = KH_DAY_TIME;
}

/* The year of a day and month without one: the nearest to the anchor, not far ahead. */
static int year_for(const struct scan *s, int month, int day)
{
	if (s->anchor == KH_NO_DAY)
		return 0;
	int y = kh_day_ymd(s->anchor).year;
	int32_t d = kh_day_of(y, month, day ? day : 15);
	if (d != KH_NO_DAY && d > s->anchor + (s->future ? 300 : 120))
		y--;
	else if (d != KH_NO_DAY && d < s->anchor - 245)
		y++;
	return y;
}

static bool is_year(const struct kh_tword *t)
{
	return t->digits == 4 && !t->plural && t->number >= 1000 && t->number < 2100;
}

static bool is_dom(const struct kh_tword *t)
{
	return t->number >= 1 && t->number <= 31 && (t->digits || t->ordinal) && t->digits <= 2;
}

/* "last March", "next June" */
static void last_or_next_month(struct scan *s, const struct kh_tword *m, const struct kh_tword *prev)
{
	if (s->anchor == KH_NO_DAY || at(s, 1)->digits == 4)
		return;
	struct kh_ymd c = kh_day_ymd(s->anchor);
	if (is(prev, "last"))
		say_month(s, c.year - (m->month >= c.month), m->month);
	else if (is(prev, "next"))
		say_month(s, c.year + (m->month <= c.month), m->month);
}

/* [D] Month [D][,] [YYYY] */
static bool month(struct scan *s)
{
	const struct kh_tword *m = at(s, 0), *next = at(s, 1), *prev = at(s, -1);
	if (!m->month || m->joined)
		return false;
	bool may = is(m, "may") || is(m, "march") || is(m, "mar") || is(m, "sep") || is(m, "dec") ||
		   is(m, "jun");
	int day = 0, year = 0, from = 0;
	uint32_t n = 1;
	bool brief =
		m->at.end - m->at.begin <= 4 && next->at.begin - m->at.end <= 2; /* "Sept. 30" */
	if (is_dom(next) && (!next->stop || brief)) {
		day = next->number;
		n = 2;
		if (is_year(at(s, 2)) && !at(s, 2)->stop)
			year = at(s, 2)->number, n = 3;
	} else if (is_year(next) && (!next->stop || at(s, 1)->at.begin - m->at.end <= 2)) {
		year = next->number;
		n = 2;
	}
	if (!day && is_dom(prev) && !m->stop && (prev->digits || prev->ordinal) && !m->comma) {
		day = prev->number;
		from = -1;
		n++;
	} else if (!day && is(prev, "of") && is_dom(at(s, -2)) && at(s, -2)->ordinal) {
		day = at(s, -2)->number;
		from = -2;
		n += 2;
	}
	if (may && !day && !year &&
	    !(m->title &&
	      any(prev, " in last next since until by early late this mid of from between ")))
		return false;
	if (!m->title && !day && !year &&
	    !any(prev, " in last next since until by early late this mid of from "))
		return false;
	if (!year)
		year = year_for(s, m->month, day);
	if (day && year && kh_day_of(year, m->month, day) == KH_NO_DAY) {
		kh_doc_note(s->w, KH_NONE, KH_NOTE_BAD_DATE, m->at, false);
		return false;
	}
	if (!year)
		say(s, "XXXX-"), s->value[5] = (char)('0' + m->month / 10),
				 s->value[6] = (char)('0' + m->month % 10), s->value[7] = 0;
	else if (day)
		say_day(s, kh_day_of(year, m->month, day));
	else
		say_month(s, year, m->month);
	if (!day && any(prev, " early late mid last next this ")) {
		from = -1;
		n++;
		last_or_next_month(s, m, prev);
	}
	return took(s, from, n, KH_DAY_DATE,
		    n >= 3 || year == at(s, 1)->number ? KH_HOW_STATED : KH_HOW_RESOLVED);
}

static bool weekday(struct scan *s)
{
	const struct kh_tword *d = at(s, 0), *prev = at(s, -1), *next = at(s, 1);
	if (!d->weekday || (!d->title && d->at.end - d->at.begin < 6))
		return false;
	int from = 0;
	uint32_t n = 1;
	if (any(prev, " every each "))
		return say(s, "XXXX-WXX-"), s->value[9] = (char)('0' + d->weekday),
					    s->value[10] = 0,
					    took(s, -1, 2, KH_DAY_SET, KH_HOW_STATED);
	if (next->month && !next->stop) /* "Monday, March 3": the date says it */
		return false;
	if (s->anchor == KH_NO_DAY) {
		say(s, "XXXX-WXX-");
		s->value[9] = (char)('0' + d->weekday);
		s->value[10] = 0;
	} else {
		int back = (kh_day_weekday(s->anchor) - d->weekday + 7) % 7;
		int32_t day = s->anchor - back;
		if (is(prev, "next") || (s->future && back))
			day += 7;
		else if (is(prev, "last") && back == 0)
			day -= 7;
		say_day(s, day);
	}
	if (any(prev, " last next this late early past ")) {
		from = -1;
		n++;
	}
	bool part = next->part && !next->stop;
	bool ok = took(s, from, n + part, KH_DAY_DATE, KH_HOW_RESOLVED);
	if (part && s->anchor != KH_NO_DAY)
		add_part(s, next->part);
	return ok;
}

static bool deictic(struct scan *s)
{
	const struct kh_tword *t = at(s, 0), *next = at(s, 1);
	static const struct {
		char word[12];
		int offset;
	} list[] = {{"today", 0}, {"yesterday", -1}, {"tomorrow", 1}, {"tonight", 0}};
	for (size_t i = 0; i < KH_COUNT(list); i++) {
		if (!is(t, list[i].word))
			continue;
		if (s->anchor == KH_NO_DAY)
			say(s, i == 1 ? "PAST_REF" : i == 2 ? "FUTURE_REF" : "PRESENT_REF");
		else
			say_day(s, s->anchor + list[i].offset);
		bool part = next->part && !next->stop && i != 3;
		took(s, 0, 1 + part, KH_DAY_DATE, KH_HOW_RESOLVED);
		if ((part || i == 3) && s->anchor != KH_NO_DAY)
			add_part(s, i == 3 ? 4 : next->part);
		return true;
	}
	if (is(t, "this") && next->part && s->anchor != KH_NO_DAY) {
		say_day(s, s->anchor);
		took(s, 0, 2, KH_DAY_TIME, KH_HOW_RESOLVED);
		add_part(s, next->part);
		return true;
	}
	if (is(t, "last") && is(next, "night") && s->anchor != KH_NO_DAY) {
		say_day(s, s->anchor - 1);
		took(s, 0, 2, KH_DAY_TIME, KH_HOW_RESOLVED);
		add_part(s, 4);
		return true;
	}
	if (any(t, " now currently nowadays presently ") && !is(next, "that"))
		return say(s, "PRESENT_REF"), took(s, 0, 1, KH_DAY_DATE, KH_HOW_RESOLVED);
	if (any(t, " recently lately ") || (is(t, "recent") && (next->unit == 0)))
		return say(s, "PAST_REF"), took(s, 0, 1, KH_DAY_DATE, KH_HOW_RESOLVED);
	if (is(t, "future") && is(at(s, -1), "the"))
		return say(s, "FUTURE_REF"), took(s, -1, 2, KH_DAY_DATE, KH_HOW_RESOLVED);
	return false;
}

static void shift_unit(struct scan *s, uint8_t unit, int n)
{
	struct kh_ymd c = kh_day_ymd(s->anchor);
	int months = c.year * 12 + c.month - 1 + n;
	switch (unit) {
	case KH_UNIT_DAY:
		say_day(s, s->anchor + n);
		break;
	case KH_UNIT_WEEK:
		say_week(s, s->anchor + 7 * n, false);
		break;
	case KH_UNIT_WEEKEND:
		say_week(s, s->anchor + 7 * n, true);
		break;
	case KH_UNIT_MONTH:
		say_month(s, months / 12, months % 12 + 1);
		break;
	case KH_UNIT_QUARTER: {
		int q = c.year * 4 + (c.month - 1) / 3 + n;
		char *p = s->value;
		put(&p, q / 4, 4);
		memcpy(p, "-Q", 3);
		p[2] = (char)('1' + q % 4);
		p[3] = 0;
		break;
	}
	case KH_UNIT_YEAR:
		say_year(s, c.year + n);
		break;
	case KH_UNIT_DECADE:
		say_year(s, c.year + 10 * n);
		s->value[3] = 0;
		break;
	case KH_UNIT_CENTURY:
		say_year(s, c.year + 100 * n);
		s->value[2] = 0;
		break;
	default:
		say(s, n < 0 ? "PAST_REF" : n > 0 ? "FUTURE_REF" : "PRESENT_REF");
	}
}

static void say_duration(struct scan *s, int n, uint8_t unit)
{
	static const char *const code[] = {"",	 "D", "W", "M", "Y", "DE",
					   "CE", "Q", "H", "M", "S", "WE"};
	bool clock = unit >= KH_UNIT_HOUR && unit <= KH_UNIT_SECOND;
	struct kh_out o = {.to = s->value, .room = sizeof s->value - 1};
	kh_out_text(&o, clock ? "PT" : "P");
	if (n < 0)
		kh_out_text(&o, "X");
	else
		kh_out_int(&o, n);
	kh_out_text(&o, code[unit]);
	s->value[o.n < sizeof s->value ? o.n : sizeof s->value - 1] = 0;
}

/* How many: a number, "a", "several"; -1 vague, 0 no quantity. Words taken in *n. */
static int quantity(const struct scan *s, uint32_t *n)
{
	const struct kh_tword *t = at(s, 0);
	*n = 1;
	if (t->number > 0 && !t->ordinal && t->number < 1000 && !t->plural)
		return t->number;
	if (any(t, " a an "))
		return 1;
	if (any(t, " several few many some couple ")) {
		*n += is(at(s, 1), "of");
		return is(t, "couple") ? 2 : -1;
	}
	return 0;
}

/* "last week", "next month", "this year", "the past two years", "summer of 1998" */
static bool relative(struct scan *s)
{
	const struct kh_tword *t = at(s, 0), *next = at(s, 1);
	bool last = any(t, " last previous "), this = any(t, " this current "),
	     coming = any(t, " next coming following ");
	if (!last && !this && !coming && !is(t, "past"))
		return false;
	int from = any(at(s, -1), " early late earlier later ") ? -1 : 0;
	uint32_t lead = (uint32_t)-from;
	if (next->unit && !next->plural && !next->stop && !is(t, "past")) {
		if (s->anchor == KH_NO_DAY)
			say(s, last ? "PAST_REF" : coming ? "FUTURE_REF" : "PRESENT_REF");
		else
			shift_unit(s, next->unit, last ? -1 : coming ? 1 : 0);
		return took(s, from, 2 + lead, KH_DAY_DATE, KH_HOW_RESOLVED);
	}
	if (next->season && s->anchor != KH_NO_DAY && !next->stop) {
		static const char *const code[] = {"", "-SP", "-SU", "-FA", "-WI"};
		say_year(s, kh_day_ymd(s->anchor).year - last + coming);
		memcpy(s->value + 4, code[next->season], 4);
		return took(s, from, 2 + lead, KH_DAY_DATE, KH_HOW_RESOLVED);
	}
	if (next->unit && !next->plural && is(t, "past"))
		return say_duration(s, 1, next->unit),
		       took(s, is(at(s, -1), "the") ? -1 : 0, is(at(s, -1), "the") ? 3 : 2,
			    KH_DAY_DURATION, KH_HOW_STATED);
	struct scan ahead = *s;
	uint32_t n;
	ahead.i++;
	int q = quantity(&ahead, &n);
	const struct kh_tword *unit = at(&ahead, (int32_t)n);
	bool the = is(at(s, -1), "the");
	if (q && unit->unit && !unit->stop && n) {
		say_duration(s, q, unit->unit);
		return took(s, -(int)the, 2 + n + the, KH_DAY_DURATION, KH_HOW_STATED);
	}
	if (next->unit && next->plural)
		return say_duration(s, -1, next->unit),
		       took(s, -(int)the, 2 + the, KH_DAY_DURATION, KH_HOW_STATED);
	return false;
}

/* "two weeks ago", "three years", "five-day", "years" */
static bool amount(struct scan *s)
{
	uint32_t n;
	int q = quantity(s, &n);
	const struct kh_tword *t = at(s, 0);
	if (!q && t->unit && t->plural && any(at(s, -1), " for in over after of within many ")) {
		say_duration(s, -1, t->unit);
		return took(s, 0, 1, KH_DAY_DURATION, KH_HOW_STATED);
	}
	const struct kh_tword *unit = at(s, (int32_t)n);
	if (q > 0 && is(unit, "to") && at(s, 2)->number > 0 && at(s, 3)->unit)
		return say_duration(s, at(s, 2)->number, at(s, 3)->unit),
		       took(s, 0, 4, KH_DAY_DURATION, KH_HOW_STATED);
	if (!q || !unit->unit || unit->stop || unit->unit == KH_UNIT_QUARTER ||
	    (any(t, " a an ") && unit->plural) || (unit->unit == KH_UNIT_SECOND && !unit->plural))
		return false;
	const struct kh_tword *after = at(s, (int32_t)n + 1);
	if (any(after, " ago earlier before later ") && !after->stop && !after->comma) {
		bool ago = !is(after, "later");
		if (s->anchor == KH_NO_DAY || q < 0)
			say(s, ago ? "PAST_REF" : "FUTURE_REF");
		else
			shift_unit(s, unit->unit, ago ? -q : q);
		return took(s, 0, n + 2, KH_DAY_DATE, KH_HOW_RESOLVED);
	}
	if (any(t, " a an ") && (t->number < 0) &&
	    !any(at(s, -1), " for in over after of within about almost nearly than once half every "
			    "by least ") &&
	    unit->unit != KH_UNIT_DECADE)
		return false;
	say_duration(s, q, unit->unit);
	bool old = is(after, "old");
	return took(s, 0, n + 1 + old, KH_DAY_DURATION, KH_HOW_STATED);
}

static bool year(struct scan *s)
{
	const struct kh_tword *t = at(s, 0), *prev = at(s, -1), *next = at(s, 1);
	if (t->plural && t->digits && t->number % 10 == 0) { /* the 1990s, the 90s */
		int y = t->digits == 4 ? t->number : 1900 + t->number;
		bool the = is(prev, "the");
		if (y < 1000)
			return false;
		say_year(s, y);
		s->value[3] = 0;
		bool early = any(at(s, the ? -2 : -1), " early late mid ") ||
			     any(prev, " early late mid ");
		(void)early;
		return took(s, -(int)the, 1 + the, KH_DAY_DATE, KH_HOW_STATED);
	}
	if (t->ordinal && is(next, "century")) {
		say_year(s, (t->number - 1) * 100);
		s->value[2] = 0;
		bool the = is(prev, "the");
		return took(s, -(int)the, 2 + the, KH_DAY_DATE, KH_HOW_STATED);
	}
	if (!is_year(t) || t->number < 1400 || next->unit || next->joined)
		return false;
	bool fiscal = is(prev, "fiscal") || any(prev, " early late mid ");
	bool told =
		fiscal ||
		any(prev, " in of since by until from during before after to and between through "
			  "till for year than ") ||
		(t->number >= 1850 && t->number <= 2050 &&
		 (prev->stop || t->comma || (s->i && s->w->doc->text.p[t->at.begin - 1] == '(')));
	kh_str text = s->w->doc->text;
	uint32_t b = t->at.begin;
	size_t len = strlen(next->low);
	bool counted = !next->stop && !next->comma && !next->title && len > 3 &&
		       next->low[len - 1] == 's' && len < 15;
	bool marked = b > 0 && (text.p[b - 1] == '(' || (unsigned char)text.p[b - 1] >= 0x80 ||
				any(prev, " circa c ca "));
	marked |= b > 1 && (text.p[b - 2] == '-' || (unsigned char)text.p[b - 2] >= 0x80);
	told |= !counted && !t->joined && b > 0 && text.p[b - 1] != '$' && text.p[b - 1] != '.' &&
		(marked || (t->number >= 1940 && t->number <= 2035 && prev->title));
	if (!told || (next->title && !next->stop && !next->comma && !fiscal &&
		      !any(prev, " in since during ")))
		return false;
	say_year(s, t->number);
	return took(s, -(int)fiscal, 1 + fiscal, KH_DAY_DATE, KH_HOW_STATED);
}

/* first quarter [of 1998], third-quarter */
static bool quarter(struct scan *s)
{
	const struct kh_tword *t = at(s, 0), *next = at(s, 1);
	bool half = is(next, "half");
	if (!t->ordinal || t->number > 4 || (next->unit != KH_UNIT_QUARTER && !half) ||
	    (half && t->number > 2))
		return false;
	int y = s->anchor == KH_NO_DAY ? 0 : kh_day_ymd(s->anchor).year;
	uint32_t n = 2;
	if (is(at(s, 2), "of") && is_year(at(s, 3)))
		y = at(s, 3)->number, n = 4;
	else if (is_year(at(s, 2)))
		y = at(s, 2)->number, n = 3;
	if (!y || (half && n == 2))
		return false;
	char *p = s->value;
	put(&p, y, 4);
	memcpy(p, half ? "-H" : "-Q", 2);
	p[2] = (char)('0' + t->number);
	p[3] = 0;
	bool the = is(at(s, -1), "the");
	return took(s, -(int)the, n + the, KH_DAY_DATE, KH_HOW_RESOLVED);
}

/* 2024-03-12, 3/12/98, 12.3.2024 */
static bool numeric(struct scan *s)
{
	const struct kh_tword *a = at(s, 0), *b = at(s, 1), *c = at(s, 2);
	kh_str text = s->w->doc->text;
	if (!a->digits || !b->digits || !c->digits || b->at.begin - a->at.end != 1 ||
	    c->at.begin - b->at.end != 1)
		return false;
	char sep = text.p[a->at.end];
	if ((sep != '-' && sep != '/' && sep != '.') || text.p[b->at.end] != sep)
		return false;
	int y, m, d;
	if (a->digits == 4)
		y = a->number, m = b->number, d = c->number;
	else if (c->digits == 4 || c->digits == 2)
		y = c->digits == 4 ? c->number : c->number + (c->number < 40 ? 2000 : 1900),
		m = a->number, d = b->number;
	else
		return false;
	if (m > 12 && d <= 12) {
		int swap = m;
		m = d;
		d = swap;
	}
	int32_t day = kh_day_of(y, m, d);
	if (day == KH_NO_DAY)
		return false;
	say_day(s, day);
	return took(s, 0, 3, KH_DAY_DATE, KH_HOW_STATED);
}

/* 3 p.m., 10:30 a.m. */
static bool clock(struct scan *s)
{
	const struct kh_tword *h = at(s, 0);
	kh_str text = s->w->doc->text;
	int k = 1, minute = -1;
	if (!h->digits || h->number > 24)
		return false;
	if (at(s, 1)->digits == 2 && text.p[h->at.end] == ':' &&
	    at(s, 1)->at.begin == h->at.end + 1)
		minute = at(s, 1)->number, k = 2;
	bool am = is(at(s, k), "am") || (is(at(s, k), "a") && is(at(s, k + 1), "m"));
	bool pm = is(at(s, k), "pm") || (is(at(s, k), "p") && is(at(s, k + 1), "m"));
	if (!am && !pm && minute < 0)
		return false;
	int hour = h->number % 12 + (pm ? 12 : 0);
	if (!am && !pm)
		hour = h->number;
	uint32_t n = (uint32_t)k + (am || pm ? (at(s, k)->low[1] == 'm' ? 1u : 2u) : 0u);
	if (s->anchor != KH_NO_DAY)
		say_day(s, s->anchor);
	else
		say(s, "XXXX-XX-XX");
	char *p = s->value + 10;
	*p++ = 'T';
	put(&p, hour, 2);
	*p++ = ':';
	put(&p, minute < 0 ? 0 : minute, 2);
	return took(s, 0, n, KH_DAY_TIME, KH_HOW_RESOLVED);
}

static bool every(struct scan *s)
{
	const struct kh_tword *t = at(s, 0), *next = at(s, 1);
	static const struct {
		char word[10];
		uint8_t unit;
	} list[] = {{"daily", KH_UNIT_DAY},	{"weekly", KH_UNIT_WEEK},
		    {"monthly", KH_UNIT_MONTH}, {"annually", KH_UNIT_YEAR},
		    {"annual", KH_UNIT_YEAR},	{"yearly", KH_UNIT_YEAR}};
	for (size_t i = 0; i < KH_COUNT(list); i++)
		if (is(t, list[i].word))
			return say_duration(s, 1, list[i].unit),
			       took(s, 0, 1, KH_DAY_SET, KH_HOW_STATED);
	if (any(t, " every each ") && next->unit)
		return say_duration(s, 1, next->unit), took(s, 0, 2, KH_DAY_SET, KH_HOW_STATED);
	if (is(t, "every") && next->number > 0 && at(s, 2)->unit)
		return say_duration(s, next->number, at(s, 2)->unit),
		       took(s, 0, 3, KH_DAY_SET, KH_HOW_STATED);
	return false;
}

static bool season(struct scan *s)
{
	static const char *const code[] = {"", "-SP", "-SU", "-FA", "-WI"};
	const struct kh_tword *t = at(s, 0);
	bool of = is(at(s, 1), "of");
	if (!t->season || !is_year(at(s, of ? 2 : 1)))
		return false;
	say_year(s, at(s, of ? 2 : 1)->number);
	memcpy(s->value + 4, code[t->season], 4);
	bool the = is(at(s, -1), "the");
	return took(s, -(int)the, 2u + of + the, KH_DAY_DATE, KH_HOW_STATED);
}

static void push(struct scan *s, uint32_t *token)
{
	struct kh_doc *d = s->w->doc;
	struct kh_day *day = KH_PUSH(s->w->arena, d->day, d->n_day, d->cap_day);
	kh_span span = {s->t[s->first].at.begin, s->t[s->first + s->count - 1].at.end};
	if (s->type == KH_DAY_TIME && span.end < d->text.n && d->text.p[span.end] == '.' &&
	    s->t[s->first + s->count - 1].low[0] == 'm')
		span.end++; /* "p.m." */
	*day = (struct kh_day){
		.at = span, .type = s->type, .how = s->how, .begin = KH_NO_DAY, .end = KH_NO_DAY};
	day->value = kh_arena_copy(s->w->arena, kh_str_of(s->value));
	if (s->type == KH_DAY_DATE || s->type == KH_DAY_TIME)
		kh_day_interval(day->value, &day->begin, &day->end);
	while (*token < d->n_token && d->token[*token].at.end <= span.begin)
		(*token)++;
	day->first = *token;
	while (day->first + day->n < d->n_token &&
	       d->token[day->first + day->n].at.begin < span.end)
		day->n++;
}

static bool sentence_is_future(const struct scan *s)
{
	for (int32_t k = -12; k <= 12; k++) {
		const struct kh_tword *t = at(s, k);
		if ((k > 0 && t->stop) || !t->low[0])
			break;
		if (any(t, " will shall scheduled expected due plans upcoming ll until deadline "))
			return true;
	}
	return false;
}

static void story(struct kh_work *w, const struct kh_story *st, uint32_t *token)
{
	static bool (*const pattern[])(struct scan *) = {numeric,  month,  weekday, deictic,
							 relative, every,  quarter, clock,
							 season,   amount, year};
	struct scan s = {.w = w, .anchor = st->day};
	s.t = kh_day_words(w, st, &s.n);
	uint32_t floor = 0; /* words before this are taken */
	for (s.i = 0; s.i < s.n;) {
		bool found = false;
		const struct kh_tword *t = &s.t[s.i];
		if (t->month || t->weekday)
			s.future = sentence_is_future(&s);
		for (size_t k = 0; k < KH_COUNT(pattern) && !found; k++)
			found = pattern[k](&s) && s.first >= floor;
		if (!found) {
			s.i++;
			continue;
		}
		push(&s, token);
		floor = s.i = s.first + s.count > s.i ? s.first + s.count : s.i + 1;
		const struct kh_day *day = &w->doc->day[w->doc->n_day - 1];
		if (st->day == KH_NO_DAY && day->begin != KH_NO_DAY && day->begin == day->end)
			s.anchor = day->begin; /* nothing told: the last full date serves */
	}
}

void kh_day_run(struct kh_work *w)
{
	uint32_t token = 0;
	for (uint32_t i = 0; i < w->doc->n_story; i++)
		story(w, &w->doc->story[i], &token);
}
