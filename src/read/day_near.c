/* Dates told from another day ("last week", "two days later", "the quarter"), durations, sets. In:
 * the word in hand, the anchor and the date told last. Out: what was found. */
#include "base/day.h"
#include "base/str.h"
#include "read/day_scan.h"

#define at(s, k) kh_scan_at(s, k)
#define is(t, w) kh_scan_is(t, w)
#define any(t, w) kh_scan_any(t, w)

static bool with_part(struct kh_scan *s, int32_t from, uint32_t n)
{
	const struct kh_tword *next = at(s, from + (int32_t)n);
	bool part = next->part && !next->stop && !next->plural;
	kh_scan_took(s, from, n + part, KH_DAY_DATE, KH_HOW_RESOLVED);
	if (part)
		kh_say_part(s, next->part);
	return true;
}

/* "today's world", "today's computers": of our time, of no day */
static bool of_our_time(const struct kh_scan *s)
{
	return is(at(s, 1), "s") && !at(s, 1)->stop &&
	       any(at(s, 2), " world youth society economy environment age generation technology "
			     "children kids teenagers parents computers consumers women men people "
			     "standards prices leaders politicians students soldiers ");
}

/* today, yesterday, tomorrow, tonight, this morning, last night */
static bool day_word(struct kh_scan *s)
{
	static const struct {
		char word[12];
		int offset;
	} list[] = {{"today", 0}, {"yesterday", -1}, {"tomorrow", 1}, {"tonight", 0}};
	const struct kh_tword *t = at(s, 0), *next = at(s, 1);
	for (size_t i = 0; i < KH_COUNT(list); i++) {
		if (!is(t, list[i].word))
			continue;
		if (i == 0 && t->title && at(s, -1)->title && !t->stop && !t->comma)
			return false; /* "USA Today" */
		if (s->anchor == KH_NO_DAY || (i == 0 && of_our_time(s)))
			kh_say(s, i == 1 ? "PAST_REF" : i == 2 ? "FUTURE_REF" : "PRESENT_REF");
		else
			kh_say_day(s, s->anchor + list[i].offset);
		bool lead = any(at(s, -1), " earlier late later early ") && i < 2;
		with_part(s, -(int)lead, 1u + lead);
		if (i == 3)
			kh_say_part(s, 4);
		return true;
	}
	bool this = is(t, "this"), last = is(t, "last");
	if (s->anchor == KH_NO_DAY || next->stop || !next->part || next->plural || next->part > 4 ||
	    (!this && !(last && next->part == 4)))
		return false;
	kh_say_day(s, s->anchor - last);
	kh_scan_took(s, 0, 2, KH_DAY_TIME, KH_HOW_RESOLVED);
	kh_say_part(s, next->part);
	return true;
}

/* "overnight clashes", "an overnight raid": what happens in a night, not what one is for. */
static bool night_deed(const struct kh_tword *t)
{
	return any(t, " clash clashes strike strikes raid raids attack attacks assault assaults shelling "
		      "bombing bombings bombardment fighting barrage protest protests riot riots "
		      "violence arrests explosion explosions blast blasts fire fires airstrike "
		      "airstrikes drone missile rocket gunfight ");
}

/* "shells fell overnight", "overnight clashes": the night before the day of publication; "an
 * overnight stay" is none. */
static bool overnight(struct kh_scan *s)
{
	const struct kh_tword *next = at(s, 1);
	const struct kh_doc *d = s->w->doc;
	/* "clashes" is taken for a verb of now at times */
	if (!is(at(s, 0), "overnight") || s->anchor == KH_NO_DAY ||
	    s->tense > (night_deed(next) ? 1 : 0))
		return false;
	bool noun = next->token != KH_NONE && !next->stop && !next->comma &&
		    (d->token[next->token].upos == KH_NOUN || d->token[next->token].upos == KH_ADJ);
	if ((noun || any(at(s, -1), " an the ")) && !night_deed(next))
		return false;
	kh_say_day(s, s->anchor - 1);
	kh_scan_took(s, 0, 1, KH_DAY_TIME, KH_HOW_RESOLVED);
	kh_say_part(s, 4);
	s->begin = s->anchor - 1;
	s->end = s->anchor;
	return true;
}

bool kh_day_deictic(struct kh_scan *s)
{
	const struct kh_tword *t = at(s, 0), *next = at(s, 1), *prev = at(s, -1);
	const char *say = NULL;
	int32_t from = 0;
	uint32_t n = 1;
	if (day_word(s) || overnight(s))
		return true;
	if (any(t, " now currently nowadays presently ") && !is(next, "that"))
		say = "PRESENT_REF";
	else if (is(t, "current") && !next->unit && !next->stop && !is(next, "fiscal") &&
		 any(prev, " the its his their a her "))
		say = "PRESENT_REF";
	else if (is(t, "these") && is(next, "days"))
		say = "PRESENT_REF", n = 2;
	else if (any(t, " recently lately ") || (is(t, "recent") && next->unit == 0))
		say = "PAST_REF";
	else if (is(t, "recent") && next->plural)
		say = "PAST_REF", n = 2;
	else if (is(t, "past") && is(prev, "the") && any(at(s, -2), " in from of ") &&
		 (next->stop || next->comma))
		say = "PAST_REF", from = -1, n = 2;
	else if (is(t, "future") && (is(prev, "the") || (any(prev, " near foreseeable distant ") &&
							 is(at(s, -2), "the"))))
		say = "FUTURE_REF", from = is(prev, "the") ? -1 : -2, n = (uint32_t)(1 - from);
	if (!say)
		return false;
	kh_say(s, say);
	return kh_scan_took(s, from, n, KH_DAY_DATE, KH_HOW_RESOLVED);
}

/* Numbers in figures and words: "twenty four", "2 1/2", "a couple of", "a hundred"; -1 vague, 0
 * none. */
static int quantity(const struct kh_scan *s, int32_t k, uint32_t *n, bool *half)
{
	const struct kh_tword *t = at(s, k), *next = at(s, k + 1);
	*n = 1;
	*half = false;
	if (t->number > 0 && !t->ordinal && !t->plural && t->number < 10000) {
		int v = t->number;
		bool more = !t->digits && v >= 20 && v < 100 && v % 10 == 0 && next->number > 0 &&
			    next->number < 10 && !next->digits && !next->ordinal && !next->stop;
		if (more)
			v += next->number, ++*n;
		if (any(at(s, k + (int32_t)*n), " hundred ") && !t->digits)
			v *= 100, ++*n;
		const struct kh_tword *h = at(s, k + (int32_t)*n), *l = at(s, k + (int32_t)*n + 1);
		if (h->number == 1 && l->number == 2 && kh_scan_after(s, h) == '/')
			*half = true, *n += 2;
		else if (is(h, "and") && is(l, "a") && is(at(s, k + (int32_t)*n + 2), "half"))
			*half = true, *n += 3;
		return v;
	}
	if (any(t, " a an ")) {
		if (is(next, "half") && !next->stop)
			return *half = true, *n = 2, -2;
		if (is(next, "hundred"))
			return *n = 2, 100;
		if (is(next, "dozen"))
			return *n = 2, 12;
		if (any(next, " few couple number ")) {
			*n = 2u + is(at(s, k + 2), "of");
			return is(next, "couple") ? 2 : -1;
		}
		return 1;
	}
	if (is(t, "half") && any(next, " a an "))
		return *half = true, *n = 2, -2;
	if (any(t, " several few many some couple ")) {
		*n += is(next, "of");
		return is(t, "couple") ? 2 : -1;
	}
	return 0;
}

/* The quantity and its unit, with a word like "more" or "trading" between; 0 none. */
struct span {
	int q;
	uint32_t n; /* words, the unit included */
	uint8_t unit;
	bool half, old, a, plural;
};

static struct span measure(const struct kh_scan *s, int32_t k)
{
	struct span x = {0};
	x.q = quantity(s, k, &x.n, &x.half);
	x.a = any(at(s, k), " a an ") && x.n == 1;
	if (!x.q)
		return x;
	const struct kh_tword *u = at(s, k + (int32_t)x.n);
	if (any(u,
		" more full consecutive straight trading working additional whole long short ") &&
	    !u->stop)
		u = at(s, k + (int32_t)++x.n);
	bool year = kh_scan_is_year(at(s, k)) && !u->plural &&
		    !u->joined; /* "World Cup 2018 day five" */
	if (!u->unit || u->stop || u->comma || (x.a && u->plural && !x.half) || year ||
	    (u->unit == KH_UNIT_SECOND && !u->plural)) {
		return (struct span){0};
	}
	x.unit = u->unit;
	x.plural = u->plural;
	x.n++;
	bool more = x.a && is(at(s, k + (int32_t)x.n), "and") &&
		    any(at(s, k + (int32_t)x.n + 1), " a ");
	if (more && is(at(s, k + (int32_t)x.n + 2), "half"))
		x.half = true, x.n += 3; /* "a year and a half" */
	x.old = any(at(s, k + (int32_t)x.n), " old olds ") && !at(s, k + (int32_t)x.n)->stop;
	if (x.q == -2)
		x.q = 0, x.half = true, x.a = false;
	return x;
}

static void say_span(struct kh_scan *s, const struct span *x)
{
	kh_say_duration(s, x->q, x->unit, x->half);
	if (x->unit == KH_UNIT_MONTH && (x->q == 6 || x->q == 9))
		s->quarter = KH_MONTHS; /* "a year earlier" is then no quarter's */
}

/* "a year ago" among quarters means that quarter a year ago. */
static bool say_year_quarter(struct kh_scan *s, int years)
{
	bool months = s->quarter == KH_MONTHS && s->anchor != KH_NO_DAY;
	if (months)
		kh_say_year(s, kh_day_ymd(s->anchor).year + years);
	if (s->quarter < 0)
		return months;
	int q = s->quarter + 4 * years;
	kh_say_quarter(s, q / 4, 'Q', q % 4 + 1);
	return true;
}

/* The days of "the past N units": from so long ago, to the day, to the anchor. */
static void past_days(struct kh_scan *s, int q, uint8_t unit, bool half)
{
	if (s->anchor == KH_NO_DAY)
		return;
	static const int days[] = {0, 1, 7, 0, 0, 0, 0, 0, 0, 0, 0, 7};
	static const int months[] = {0, 0, 0, 1, 12, 120, 1200, 3, 0, 0, 0, 0};
	s->end = s->anchor;
	if (q <= 0 || q > 400 || (!days[unit] && !months[unit]))
		return;
	if (days[unit]) {
		s->begin = s->anchor - q * days[unit];
		return;
	}
	struct kh_ymd c = kh_day_ymd(s->anchor);
	int m = c.year * 12 + c.month - 1 - q * months[unit] - (half ? months[unit] / 2 : 0);
	if (m < 12)
		return;
	int last = kh_day_month_length(m / 12, m % 12 + 1);
	s->begin = kh_day_of(m / 12, m % 12 + 1, c.day < last ? c.day : last) + 1;
}

/* "the past two years", "the last few days", "the next three weeks", "recent weeks" */
static bool stretch(struct kh_scan *s)
{
	const struct kh_tword *t = at(s, 0), *next = at(s, 1);
	bool back = any(t, " last past previous "), the = is(at(s, -1), "the");
	if (!back && !any(t, " next coming following first final "))
		return false;
	struct span x = measure(s, 1);
	if (!x.q && !x.half) {
		bool one = is(t, "past") && next->unit && !next->plural;
		if (!one && !(next->unit && next->plural))
			return false;
		x = (struct span){.q = one ? 1 : -1, .n = 1, .unit = next->unit};
		if (next->stop)
			return false;
	} else if (x.a && !is(t, "past")) {
		return false;
	}
	say_span(s, &x);
	kh_scan_took(s, -(int)the, 1 + x.n + the, KH_DAY_DURATION, KH_HOW_STATED);
	if (back)
		past_days(s, x.q, x.unit, x.half);
	return true;
}

/* "last week", "next month", "this year", "the following day", "later this year", "last summer" */
bool kh_day_relative(struct kh_scan *s)
{
	const struct kh_tword *t = at(s, 0), *next = at(s, 1), *prev = at(s, -1);
	bool last = any(t, " last previous "), this = any(t, " this current "),
	     coming = any(t, " next coming following "), the = is(prev, "the");
	if (!last && !this && !coming)
		return stretch(s);
	bool own = any(prev, " early late earlier later ");
	int32_t from = own || (the && !this) ? -1 : 0;
	uint32_t lead = (uint32_t)-from;
	bool told = the && (any(t, " following previous ") ||
			    (is(t, "next") && (next->unit == KH_UNIT_DAY || next->part)));
	int32_t base = told && s->ref != KH_NO_DAY ? s->ref : s->anchor;
	int step = last ? -1 : coming ? 1 : 0;
	if (next->unit == KH_UNIT_YEAR && is(at(s, 2), "s") && at(s, 3)->ordinal &&
	    at(s, 4)->unit == KH_UNIT_QUARTER)
		return false; /* the quarter says it */
	if (next->unit == KH_UNIT_YEAR && last && is(at(s, 2), "s") && s->quarter >= 0 &&
	    (at(s, 3)->unit == KH_UNIT_QUARTER || is(at(s, 3), "period")) && !at(s, 3)->plural)
		return say_year_quarter(s, -1) &&
		       kh_scan_took(s, from, 4 + lead, KH_DAY_DATE, KH_HOW_RESOLVED);
	if (kh_scan_before(s, t) == '"' && t->title && next->title && next->unit)
		return false; /* a programme: "This Week" */
	if (next->unit && !next->plural && !next->stop && next->unit < KH_UNIT_HOUR + 3 &&
	    next->unit != KH_UNIT_HOUR && next->unit != KH_UNIT_MINUTE &&
	    next->unit != KH_UNIT_SECOND) {
		kh_say_shift(s, base, next->unit, step);
		kh_scan_took(s, from, 2 + lead, KH_DAY_DATE, KH_HOW_RESOLVED);
		return true;
	}
	if (next->unit == KH_UNIT_WEEKEND && !next->stop) {
		int32_t day = base;
		bool early = day != KH_NO_DAY && kh_day_weekday(day) <= 3;
		if (this && early && s->tense <= 0)
			step = -1; /* the weekend just gone */
		kh_say_shift(s, day, KH_UNIT_WEEKEND, step);
		return kh_scan_took(s, from, 2 + lead, KH_DAY_DATE, KH_HOW_RESOLVED);
	}
	if (next->part && told && s->ref != KH_NO_DAY && s->ref_grain == KH_GRAIN_DAY) {
		kh_say_day(s, s->ref + 1);
		kh_scan_took(s, from, 2 + lead, KH_DAY_TIME, KH_HOW_RESOLVED);
		kh_say_part(s, next->part);
		return true;
	}
	if (next->season && s->anchor != KH_NO_DAY && !next->stop) {
		struct kh_ymd c = kh_day_ymd(s->anchor);
		int y = c.year + (this ? 0 : step);
		if (this && s->tense < 0 && c.month < next->season * 3)
			y--; /* "we did it this summer", said in January */
		if (last && c.month > next->season * 3 + 2 && next->season < 4)
			y++; /* the summer just gone */
		kh_say_season(s, y, next->season);
		return kh_scan_took(s, from, 2 + lead, KH_DAY_DATE, KH_HOW_RESOLVED);
	}
	return stretch(s);
}

/* "a year ago", "a year earlier", "last year" behind the word in hand: words taken. */
static uint32_t year_back(const struct kh_scan *s)
{
	const struct kh_tword *a = at(s, 1), *b = at(s, 2), *c = at(s, 3);
	if (a->stop || a->comma || b->unit != KH_UNIT_YEAR || b->plural || b->stop)
		return 0;
	if (is(a, "last"))
		return 2;
	return any(a, " a one ") && any(c, " ago earlier ") && !c->stop ? 3 : 0;
}

/* "the quarter", "the latest period", "that year", "the weekend", "the end of the month" */
static bool of_quarter(struct kh_scan *s, const struct kh_tword *u, int32_t from, uint32_t n,
		       int back)
{
	if (u->unit != KH_UNIT_QUARTER && !is(u, "period"))
		return false;
	int q = s->quarter;
	uint8_t ended = at(s, 2)->month;
	if (s->anchor != KH_NO_DAY) { /* what is reported is the quarter before */
		struct kh_ymd c = kh_day_ymd(s->anchor);
		if (any(at(s, 1), " ended ending ") && ended)
			s->quarter = q = (c.year - (ended > c.month)) * 4 + (ended - 1) / 3;
		else if (q < 0 || (q >= c.year * 4 + (c.month - 1) / 3 && from == -2))
			q = c.year * 4 + (c.month - 1) / 3 - 1; /* the latest has ended */
	}
	if (q < 0)
		return false;
	uint32_t ago = n + (uint32_t)from == 1 ? year_back(s) : 0; /* "the quarter a year ago" */
	q -= (back + (ago > 0)) * 4;
	n += ago;
	kh_say_quarter(s, q / 4, 'Q', q % 4 + 1);
	return kh_scan_took(s, from, n, KH_DAY_DATE, KH_HOW_RESOLVED);
}

/* "year-earlier", "year-ago [quarter]" */
static bool year_earlier(struct kh_scan *s)
{
	const struct kh_tword *t = at(s, 0), *next = at(s, 1), *u = at(s, 2);
	if (t->unit != KH_UNIT_YEAR || t->plural || !next->joined || !any(next, " earlier ago "))
		return false;
	bool quarter = (u->unit == KH_UNIT_QUARTER || is(u, "period")) && !u->stop;
	bool a = any(at(s, -1), " a the ");
	if (!say_year_quarter(s, -1)) {
		if (s->anchor == KH_NO_DAY)
			return false;
		kh_say_year(s, kh_day_ymd(s->anchor).year - 1);
	}
	return kh_scan_took(s, -(int)a, 2u + a + quarter, KH_DAY_DATE, KH_HOW_RESOLVED);
}

/* "this past spring" */
static bool past_season(struct kh_scan *s)
{
	const struct kh_tword *t = at(s, 0), *season = at(s, 1);
	if (!is(t, "past") || !is(at(s, -1), "this") || !season->season || season->plural ||
	    s->anchor == KH_NO_DAY)
		return false;
	struct kh_ymd c = kh_day_ymd(s->anchor);
	kh_say_season(s, c.year - (c.month < season->season * 3), season->season);
	return kh_scan_took(s, -1, 3, KH_DAY_DATE, KH_HOW_RESOLVED);
}

/* "at the time of writing": when it was published */
static bool of_writing(struct kh_scan *s)
{
	int32_t k = is(at(s, 1), "of") ? 2 + is(at(s, 2), "this") : 0;
	if (!k || !is(at(s, 0), "time") || !is(at(s, -1), "the") ||
	    !any(at(s, k), " writing publication reporting ") || s->anchor == KH_NO_DAY)
		return false;
	kh_say_day(s, s->anchor);
	return kh_scan_took(s, -1, (uint32_t)k + 2, KH_DAY_DATE, KH_HOW_RESOLVED);
}

static bool weekend(struct kh_scan *s, int32_t from, uint32_t n)
{
	if (s->anchor == KH_NO_DAY)
		return false;
	bool on = kh_day_weekday(s->anchor) >= 6 || s->tense > 0;
	kh_say_shift(s, s->anchor, KH_UNIT_WEEKEND, on ? 0 : -1);
	return kh_scan_took(s, from, n, KH_DAY_DATE, KH_HOW_RESOLVED);
}

/* "the fiscal year", "the latest fiscal year", "the full year" */
static bool fiscal_year(struct kh_scan *s)
{
	const struct kh_tword *t = at(s, 0), *prev = at(s, -1);
	bool full = is(prev, "full"), lead = any(at(s, -2), " current latest last next ");
	if (t->unit != KH_UNIT_YEAR || t->plural || t->stop || s->anchor == KH_NO_DAY ||
	    !(full || is(prev, "fiscal")) || !any(at(s, lead ? -3 : -2), " the its this ") ||
	    (at(s, 1)->digits && !at(s, 1)->stop))
		return false;
	int past = lead && any(at(s, -2), " latest last "), next = lead && is(at(s, -2), "next");
	kh_say_year(s, kh_day_ymd(s->anchor).year - past + next);
	int32_t from = lead ? -2 : -1;
	from -= any(at(s, from - 1), " the this ");
	return kh_scan_took(s, from, (uint32_t)(1 - from), KH_DAY_DATE, KH_HOW_RESOLVED);
}

/* "year-end", "year end", "year's end" */
static bool year_end(struct kh_scan *s)
{
	uint32_t n = is(at(s, 1), "s") ? 2 : 1;
	if (at(s, 0)->unit != KH_UNIT_YEAR || !is(at(s, (int32_t)n), "end") || at(s, 1)->stop ||
	    s->anchor == KH_NO_DAY ||
	    !any(at(s, -1), " by at before until after around through near "))
		return false;
	struct kh_ymd c = kh_day_ymd(s->anchor);
	kh_say_day(s, kh_day_of(c.year - (c.month < 3 && s->tense < 0), 12, 31));
	return kh_scan_took(s, 0, n + 1, KH_DAY_DATE, KH_HOW_RESOLVED);
}

/* "the day before yesterday", "the day after tomorrow" */
static bool day_but_one(struct kh_scan *s)
{
	bool back = is(at(s, 1), "before") && is(at(s, 2), "yesterday");
	bool on = is(at(s, 1), "after") && is(at(s, 2), "tomorrow");
	if (at(s, 0)->unit != KH_UNIT_DAY || !is(at(s, -1), "the") || s->anchor == KH_NO_DAY ||
	    (!back && !on))
		return false;
	kh_say_day(s, s->anchor + (on ? 2 : -2));
	return kh_scan_took(s, -1, 4, KH_DAY_DATE, KH_HOW_RESOLVED);
}

/* "the week of March 6" */
static bool week_of(struct kh_scan *s)
{
	struct kh_scan ahead = *s;
	int32_t begin, end;
	if (at(s, 0)->unit != KH_UNIT_WEEK || !is(at(s, 1), "of") || !at(s, 2)->month)
		return false;
	ahead.i += 2;
	if (!kh_day_month(&ahead) || !kh_day_interval(kh_str_of(ahead.value), &begin, &end) ||
	    begin != end)
		return false;
	kh_say_week(s, begin, false);
	int32_t from = -(int32_t)is(at(s, -1), "the");
	return kh_scan_took(s, from, (uint32_t)(2 - from) + ahead.count, KH_DAY_DATE, ahead.how);
}

/* "the latest period", "the 1988 period", "the quarter", "the corresponding period last year" */
static bool definite_quarter(struct kh_scan *s)
{
	const struct kh_tword *t = at(s, 0), *prev = at(s, -1);
	if (any(prev, " latest recent ") && is(at(s, -2), "the"))
		return of_quarter(s, t, -2, 3, 0);
	if (kh_scan_is_year(prev) && s->quarter >= 0 && !t->stop && !t->plural) {
		kh_say_quarter(s, prev->number, 'Q', s->quarter % 4 + 1);
		return kh_scan_took(s, -1, 2, KH_DAY_DATE, KH_HOW_RESOLVED);
	}
	if (is(prev, "the") && t->unit == KH_UNIT_QUARTER && !t->plural)
		return of_quarter(s, t, -1, 2, 0);
	return any(prev, " corresponding comparable same ") && is(at(s, -2), "the") && !t->plural &&
	       s->quarter >= 0 && year_back(s) && of_quarter(s, t, -2, 3, 0);
}

bool kh_day_definite(struct kh_scan *s)
{
	const struct kh_tword *t = at(s, 0), *prev = at(s, -1), *next = at(s, 1);
	if (year_earlier(s) || year_end(s) || fiscal_year(s) || past_season(s) || of_writing(s))
		return true;
	if (is(t, "period") || t->unit == KH_UNIT_QUARTER)
		return definite_quarter(s);
	if (!t->unit || t->plural || t->stop ||
	    (t->unit >= KH_UNIT_HOUR && t->unit != KH_UNIT_WEEKEND))
		return false;
	if (day_but_one(s) || week_of(s))
		return true;
	bool same = is(prev, "same");
	if (any(prev, " that same ") && !any(next, " s ") && s->ref != KH_NO_DAY &&
	    t->unit <= KH_UNIT_YEAR) {
		int32_t from = same && any(at(s, -2), " the that ") ? -2 : -1;
		from -= any(at(s, from - 1), " later earlier ");
		if (t->unit == KH_UNIT_DAY && s->ref_grain > KH_GRAIN_DAY)
			return false;
		kh_say_shift(s, s->ref, t->unit, 0);
		return kh_scan_took(s, from, (uint32_t)(1 - from), KH_DAY_DATE, KH_HOW_INHERITED);
	}
	if (!is(prev, "the") || s->anchor == KH_NO_DAY || any(next, " old ") ||
	    (next->digits && !next->stop && t->unit == KH_UNIT_YEAR) ||
	    (is(next, "two") && t->unit == KH_UNIT_YEAR))
		return false;
	if (t->unit == KH_UNIT_WEEKEND)
		return weekend(s, -1, 2);
	if (t->unit == KH_UNIT_YEAR && any(next, " ended ending ") && !next->stop) {
		kh_say_duration(s, 1, t->unit, false);
		return kh_scan_took(s, -1, 2, KH_DAY_DURATION, KH_HOW_STATED);
	}
	if (any(next, " before after when of that following since ") && !next->stop &&
	    !next->comma) {
		bool alone = any(next, " before after ") && (at(s, 2)->stop || at(s, 2)->comma);
		if (!alone || s->ref == KH_NO_DAY)
			return false; /* told from an event, not from a day */
		kh_say_shift(s, s->ref, t->unit, is(next, "before") ? -1 : 1);
		return kh_scan_took(s, -1, 3, KH_DAY_DATE, KH_HOW_INHERITED);
	}
	if (t->title || t->unit > KH_UNIT_YEAR ||
	    !(any(at(s, -2), " in of for during throughout ending by until over ") || next->stop ||
	      next->comma))
		return false;
	int32_t from = -1;
	if (is(at(s, -2), "of") && any(at(s, -3), " end beginning start middle rest remainder "))
		from = is(at(s, -4), "the") ? -4 : -3;
	bool told = s->ref != KH_NO_DAY && (s->narrative || t->unit == KH_UNIT_DAY) &&
		    s->ref_grain <= KH_GRAIN_MONTH;
	if (t->unit == KH_UNIT_YEAR && s->narrative && s->year)
		kh_say_year(s, s->year);
	else
		kh_say_shift(s, told ? s->ref : s->anchor, t->unit, 0);
	return kh_scan_took(s, from, (uint32_t)(1 - from), KH_DAY_DATE, KH_HOW_RESOLVED);
}

/* "three years ago today", "a year ago this week": so many years before that; words taken. */
static uint32_t years_before(struct kh_scan *s, int32_t k, int years)
{
	const struct kh_tword *t = at(s, k), *u = at(s, k + 1);
	if (t->stop || t->comma || s->anchor == KH_NO_DAY)
		return 0;
	bool day = any(t, " today tomorrow yesterday ");
	if (!day && !(is(t, "this") && (u->unit == KH_UNIT_WEEK || u->unit == KH_UNIT_MONTH)))
		return 0;
	struct kh_ymd c = kh_day_ymd(s->anchor + is(t, "tomorrow") - is(t, "yesterday"));
	int32_t then = kh_day_of(c.year - years, c.month, c.day);
	if (then == KH_NO_DAY)
		return 0;
	kh_say_shift(s, then, day ? KH_UNIT_DAY : u->unit, 0);
	return day ? 1 : 2;
}

/* "two weeks from now", "a week from Friday" */
static bool from_now(struct kh_scan *s, const struct span *x)
{
	const struct kh_tword *from = at(s, (int32_t)x->n), *t = at(s, (int32_t)x->n + 1);
	bool now = any(t, " now today tomorrow ");
	if (!is(from, "from") || from->stop || t->stop || s->anchor == KH_NO_DAY || x->q < 1 ||
	    (!now && !(t->weekday && x->unit == KH_UNIT_WEEK)))
		return false;
	int32_t day = s->anchor + is(t, "tomorrow");
	if (t->weekday)
		day += (t->weekday - kh_day_weekday(day) + 6) % 7 + 1;
	kh_say_shift(s, t->weekday ? day + 7 * x->q : day, t->weekday ? KH_UNIT_DAY : x->unit,
		     t->weekday ? 0 : x->q);
	return kh_scan_took(s, 0, x->n + 2, KH_DAY_DATE, KH_HOW_RESOLVED);
}

/* A year and a half, a month and a half: from the middle of the unit. */
static void say_half(struct kh_scan *s, const struct span *x, int32_t from, bool back)
{
	int months = 12 * x->q + 6;
	if (x->unit == KH_UNIT_YEAR)
		kh_say_shift(s, from, KH_UNIT_MONTH, back ? -months : months);
	else if (x->unit == KH_UNIT_MONTH)
		kh_say_shift(s, from + (back ? -15 : 15), KH_UNIT_MONTH, back ? -x->q : x->q);
}

/* "a year ago", "two days later", "three weeks before"; words taken from k on */
static bool shifted(struct kh_scan *s, const struct span *x)
{
	uint32_t n = x->n;
	if (is(at(s, (int32_t)n), "or") && any(at(s, (int32_t)n + 1), " so two more "))
		n += 2; /* "a week or so ago" */
	const struct kh_tword *after = at(s, (int32_t)n), *next = at(s, (int32_t)n + 1);
	bool ago = any(after, " ago "), back = any(after, " earlier before prior previously ");
	if (from_now(s, x))
		return true;
	if (after->stop || after->comma || (!ago && !back && !any(after, " later after hence ")))
		return false;
	n++;
	if (!ago && any(after, " before after prior ") && !next->stop && !next->comma)
		return false;			 /* told from an event, not from a day */
	bool decade = x->unit == KH_UNIT_DECADE; /* "two decades ago" is twenty years */
	int step = (ago || back ? -x->q : x->q) * (decade ? 10 : 1);
	bool ref = !ago && s->ref != KH_NO_DAY;
	int32_t base = ref ? s->ref : s->anchor;
	uint32_t more = ago && x->unit == KH_UNIT_YEAR && x->q > 0 && !x->half
				? years_before(s, (int32_t)n, x->q)
				: 0;
	if (more)
		return kh_scan_took(s, 0, n + more, KH_DAY_DATE, KH_HOW_RESOLVED);
	if (x->q < 0 || base == KH_NO_DAY)
		kh_say(s, ago || back ? "PAST_REF" : "FUTURE_REF");
	else if (!(x->unit == KH_UNIT_YEAR && x->q == 1 && !is(after, "later") &&
		   say_year_quarter(s, -1)))
		kh_say_shift(s, base, decade ? KH_UNIT_YEAR : x->unit, step);
	if (x->half && x->q >= 0 && base != KH_NO_DAY)
		say_half(s, x, base, ago || back);
	return kh_scan_took(s, 0, n, KH_DAY_DATE, ref ? KH_HOW_INHERITED : KH_HOW_RESOLVED);
}

/* "two weeks ago", "three years", "five-day", "years", "$30 million a year" */
bool kh_day_amount(struct kh_scan *s)
{
	const struct kh_tword *t = at(s, 0), *prev = at(s, -1);
	bool beside = any(at(s, 1), " after before ") && !at(s, 1)->stop && !at(s, 1)->comma;
	if (t->unit && t->plural && t->unit != KH_UNIT_SECOND &&
	    (beside || any(at(s, -1), " for in over after of within many the "))) {
		const struct kh_tword *next = at(s, 1);
		if (is(prev, "the") && !beside && !any(at(s, -2), " over through "))
			return false;
		if (is(prev, "of") && !any(at(s, -2), " couple number "))
			return false;
		bool ago = any(next, " ago ") && !next->stop;
		kh_say_duration(s, -1, t->unit, false);
		if (ago)
			kh_say(s, "PAST_REF");
		return kh_scan_took(s, 0, 1u + ago, ago ? KH_DAY_DATE : KH_DAY_DURATION,
				    KH_HOW_STATED);
	}
	struct span x = measure(s, 0);
	if (x.q > 0 && is(at(s, 1), "to") && at(s, 2)->number > 0 && at(s, 3)->unit)
		return kh_say_duration(s, at(s, 2)->number, at(s, 3)->unit, false),
		       kh_scan_took(s, 0, 4, KH_DAY_DURATION, KH_HOW_STATED);
	if (x.unit == KH_UNIT_QUARTER && (kh_scan_is_year(t) || is(at(s, (int32_t)x.n), "of")))
		return false; /* "the 1988 quarter", "three-quarters of" */
	if ((!x.q && !x.half) || x.old ||
	    (x.unit == KH_UNIT_QUARTER && !x.plural && x.q > 0 && x.a))
		return false; /* an age is no time */
	if (shifted(s, &x))
		return true;
	if (x.a) {
		bool rate = t->at.begin > 0 && prev->token != KH_NONE && !t->stop && !t->comma &&
			    !any(prev, " for in over after of within about almost nearly than once "
				       "half by least "
				       "as such was is barely just before only like take last "
				       "takes took to ");
		if (rate && any(prev, " times million billion percent trillion thousand "))
			return kh_say_duration(s, 1, x.unit, false),
			       kh_scan_took(s, 0, x.n, KH_DAY_SET, KH_HOW_STATED);
		if (rate && x.unit != KH_UNIT_DECADE)
			return false;
		const struct kh_tword *next = at(s, (int32_t)x.n);
		if (x.unit == KH_UNIT_DAY && !next->stop && !next->comma &&
		    any(next, " of when that "))
			return false;
	}
	if (is(prev, "one") == false && t->number == 1 && !t->digits && x.unit == KH_UNIT_DAY &&
	    !x.plural && !at(s, 1)->joined)
		return false; /* "one day he may" */
	say_span(s, &x);
	return kh_scan_took(s, 0, x.n, KH_DAY_DURATION, KH_HOW_STATED);
}

bool kh_day_every(struct kh_scan *s)
{
	const struct kh_tword *t = at(s, 0), *next = at(s, 1);
	static const struct {
		char word[10];
		uint8_t unit;
	} list[] = {{"daily", KH_UNIT_DAY},
		    {"weekly", KH_UNIT_WEEK},
		    {"monthly", KH_UNIT_MONTH},
		    {"yearly", KH_UNIT_YEAR}};
	bool paper = t->title && next->title && !next->stop; /* "Daily Mail" */
	for (size_t i = 0; i < KH_COUNT(list); i++)
		if (is(t, list[i].word))
			return !paper && (kh_say_duration(s, 1, list[i].unit, false),
					  kh_scan_took(s, 0, 1, KH_DAY_SET, KH_HOW_STATED));
	if (any(t, " every each per ") && next->unit && !next->stop &&
	    (!is(t, "per") || !next->plural))
		return kh_say_duration(s, 1, next->unit, false),
		       kh_scan_took(s, 0, 2, KH_DAY_SET, KH_HOW_STATED);
	if (is(t, "every") && next->number > 0 && at(s, 2)->unit)
		return kh_say_duration(s, next->number, at(s, 2)->unit, false),
		       kh_scan_took(s, 0, 3, KH_DAY_SET, KH_HOW_STATED);
	return false;
}
