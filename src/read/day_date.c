/* Dates that name what they are: days and months with or without their year, weekdays, clock
 * times, quarters, seasons, years. In: the word in hand. Out: what was found, in the scan. */
#include "base/day.h"
#include "base/str.h"
#include "read/day_scan.h"

#define at(s, k) kh_scan_at(s, k)
#define is(t, w) kh_scan_is(t, w)
#define any(t, w) kh_scan_any(t, w)

enum {
	NEAR_WORDS = 30, /* a year told so few words ago still leads */
	FRESH = 60, /* but not to days so near before the news */
	SAME_SCENE = 40 /* words in which a bare hour is of the day told last */
};

static bool is_dom(const struct kh_tword *t)
{
	return t->number >= 1 && t->number <= 31 && (t->digits || t->ordinal) && t->digits <= 2 &&
	       !t->plural;
}

/* A number that stands where a day or a year should and can be neither. */
static void strange(struct kh_scan *s, const struct kh_tword *t)
{
	kh_doc_note(s->w, KH_NONE, KH_NOTE_BAD_DATE, t->at, false);
}

/* The word before a date: "since May", "since 3 May", "until the 3rd of May". */
static const struct kh_tword *before_date(const struct kh_scan *s)
{
	int32_t k = -1;
	while (k > -5 && (is_dom(at(s, k)) || any(at(s, k), " of the early mid late ")))
		k--;
	return at(s, k);
}

/* The year of a day and month that stand without one. */
static int year_for(const struct kh_scan *s, int month, int day)
{
	int32_t here = s->anchor == KH_NO_DAY || !day
			       ? KH_NO_DAY
			       : kh_day_of(kh_day_ymd(s->anchor).year, month, day);
	bool fresh = here != KH_NO_DAY && here <= s->anchor && here > s->anchor - FRESH;
	bool led = s->year && s->tense <= 0 && !(fresh && !s->narrative) &&
		   (s->narrative || (s->anchor != KH_NO_DAY && s->i - s->year_at < NEAR_WORDS &&
				     s->year_dated && s->year < kh_day_ymd(s->anchor).year - 1));
	if (s->anchor == KH_NO_DAY || led) {
		struct kh_ymd r = {0};
		if (s->ref != KH_NO_DAY && s->ref_grain <= KH_GRAIN_MONTH)
			r = kh_day_ymd(s->ref);
		bool turned = r.year == s->year && r.month > month + 6; /* December, then January */
		return s->year + (turned && s->year);
	}
	int y = kh_day_ymd(s->anchor).year;
	int32_t begin = kh_day_of(y, month, day ? day : 1);
	int32_t end = day ? begin : kh_day_of(y, month, kh_day_month_length(y, month));
	if (begin == KH_NO_DAY)
		return y;
	const struct kh_tword *before = before_date(s);
	if (is(before, "since"))
		return y - (begin > s->anchor);
	if (s->tense == 1 && !day && begin > s->anchor + 240)
		return y - 1; /* "are worth half of what they were in October", told in January */
	if (s->tense > 0)     /* a present tense looks ahead less surely than "will" */
		return y + (end < s->anchor - (s->tense > 1 ? 20 : 150));
	if (s->tense < 0) { /* "was extended to Nov. 16", but "was hit on Nov. 16" */
		bool done = day && any(before, " on ") && !before->stop;
		return y - (begin > s->anchor + (done ? 1 : 60));
	}
	int32_t middle = day ? begin : begin + 14;
	return middle > s->anchor + 120 ? y - 1 : middle < s->anchor - 245 ? y + 1 : y;
}

/* "1998", "of 1998", "last year", "of this year", "the same year", from word k: words taken. */
static uint32_t year_after(const struct kh_scan *s, int32_t k, int month, int *year)
{
	int32_t b = k;
	if (any(at(s, b), " of in ") && !at(s, b)->stop)
		b++;
	const struct kh_tword *t = at(s, b), *next = at(s, b + 1);
	bool brief = at(s, k - 1)->month && t->at.begin - at(s, k - 1)->at.end <= 2;
	bool dash = t->at.begin - at(s, b - 1)->at.end > 2; /* "February 6 - this year" */
	if ((t->stop && !brief) || (dash && !t->digits))
		return 0;
	if (kh_scan_is_year(t) && (!next->unit || !next->plural))
		return *year = t->number, (uint32_t)(b + 1 - k);
	uint32_t spelled;
	int y = kh_day_spelled_year(s, b, &spelled);
	if (y)
		return *year = y, (uint32_t)(b - k) + spelled;
	char lead = kh_scan_before(s, t);
	bool old = t->digits == 3 && t->number > 99 && (!t->comma || is(next, "ad")) &&
		   (lead == ' ' || lead == '(') &&
		   !(next->digits && next->at.begin == t->at.end + 1);
	if (old && (next->stop || next->comma || is(next, "ad") || kh_scan_after(s, t) == ')'))
		return *year = t->number, (uint32_t)(b + 1 - k);
	if (is(t, "the"))
		t = next, next = at(s, ++b + 1);
	if (is(t, "fiscal") && kh_scan_is_year(next) && !next->stop)
		return *year = next->number, (uint32_t)(b + 2 - k); /* "quarter of fiscal 2013" */
	if (is(t, "last") && b == k && at(s, k - 1)->month && (next->stop || next->comma) &&
	    s->anchor != KH_NO_DAY) { /* "the 12th of October last" */
		bool then = s->narrative && s->ref != KH_NO_DAY;
		struct kh_ymd c = kh_day_ymd(then ? s->ref : s->anchor);
		return *year = c.year - (!then || month >= c.month), 1;
	}
	if (next->unit != KH_UNIT_YEAR || next->plural || next->stop || s->anchor == KH_NO_DAY)
		return 0;
	y = kh_day_ymd(s->anchor).year;
	if (any(t, " last previous "))
		*year = y - 1;
	else if (any(t, " this current "))
		*year = y;
	else if (any(t, " next "))
		*year = y + 1;
	else if (any(t, " same that ") && s->year)
		*year = s->year;
	else if (any(t, " following ") && s->year)
		*year = s->year + 1;
	else
		return 0;
	return (uint32_t)(b + 2 - k);
}

/* "March to August 2011": the year that the second month has. */
static int year_ahead(const struct kh_scan *s, int32_t k)
{
	int year = 0;
	bool dash = at(s, k)->month && at(s, k)->joined; /* "January-June 2016" */
	if (!dash && (!any(at(s, k), " to and through until or ") || at(s, k)->stop))
		return 0;
	k += !dash;
	k += is_dom(at(s, k));
	if (!at(s, k)->month || at(s, k)->stop)
		return 0;
	int month = at(s, k++)->month;
	k += is_dom(at(s, k)) && !kh_scan_is_year(at(s, k));
	return year_after(s, k, month, &year) && kh_scan_is_year(at(s, k + any(at(s, k), " of in ")))
		       ? year
		       : 0;
}

struct dated {
	int month, day, first_day, year;
	int32_t from;
	uint32_t n;
	bool odd; /* a number that is no day stands there */
};

/* The day before or behind the month: "March 3", "3 March", "the 3rd of March", "3-5 March". */
static void find_day(const struct kh_scan *s, struct dated *x)
{
	const struct kh_tword *m = at(s, 0), *next = at(s, 1), *prev = at(s, -1);
	bool brief = m->at.end - m->at.begin <= 4 && next->at.begin - m->at.end <= 2;
	if (is_dom(next) && (!next->stop || brief) &&
	    !(kh_scan_after(s, next) == ':' && at(s, 2)->digits == 2)) {
		x->day = next->number;
		x->n = 2;
		const struct kh_tword *more = at(s, 2);
		char dash = kh_scan_after(s, next);
		if (is_dom(more) && more->digits && more->at.begin - next->at.end <= 3 &&
		    (dash == '-' || (unsigned char)dash == 0xE2) && more->number > x->day)
			x->first_day = x->day, x->day = more->number, x->n = 3;
		return;
	}
	int32_t k = -1;
	if (is(prev, "of") && at(s, -2)->ordinal && !m->stop)
		prev = at(s, k = -2);
	else if (is(prev, "of") && is(at(s, -2), "day") && at(s, -3)->ordinal && !m->stop)
		prev = at(s, k = -3); /* "the 1st day of February" */
	if (m->stop || m->comma || !(prev->digits || prev->ordinal) || !(k == -1 || prev->ordinal))
		return;
	if (!is_dom(prev)) {
		x->odd = (prev->digits == 2 || prev->ordinal) && prev->number > 31 &&
			 !kh_scan_is_year(prev);
		return;
	}
	x->day = prev->number;
	x->from = k;
	x->n = (uint32_t)(1 - k);
	const struct kh_tword *more = at(s, k - 1);
	char dash = kh_scan_after(s, more);
	if (any(more, " to and ") && is_dom(at(s, k - 2)) && at(s, k - 2)->digits && !more->stop &&
	    any(at(s, k - 3), " of from on between the ") && at(s, k - 2)->number < x->day) {
		x->first_day = at(s, k - 2)->number; /* "the night of 12 to 13 March" */
		x->from -= 2, x->n += 2;
		return;
	}
	if (is_dom(more) && more->digits && prev->at.begin - more->at.end <= 3 &&
	    (dash == '-' || (unsigned char)dash == 0xE2) && more->number < x->day)
		x->first_day = more->number, x->from--, x->n++;
}

/* Is "May", "March", "Jan" something else here? */
static bool no_month(const struct kh_scan *s, const struct dated *x)
{
	const struct kh_tword *m = at(s, 0), *prev = at(s, -1), *next = at(s, 1);
	if (x->day || x->year)
		return false;
	bool timely = any(prev, " in last next since until by early late this mid of from between "
				"during through each every before after to ") ||
		      (any(prev, " and or ") && (at(s, -2)->month || kh_scan_is_year(at(s, -2))));
	uint8_t name = m->token == KH_NONE ? 0 : s->w->doc->token[m->token].name_type;
	if (name == KH_NAME_PERSON || !m->title)
		return !timely || !m->title;
	if (next->title && !next->stop && !next->comma && !timely && !next->month &&
	    !next->weekday && kh_scan_after(s, m) != '.')
		return true; /* "Jan Kavan" */
	uint8_t pos = next->token == KH_NONE ? 0 : s->w->doc->token[next->token].upos;
	timely |= any(prev, " the a its ") && pos == KH_NOUN && !next->title && !next->stop;
	return any(m, " may march mar sep dec jun jan ") && !timely; /* "the March accession" */
}

static uint8_t mod_of(const struct kh_tword *t)
{
	return any(t, " early ")  ? KH_MOD_EARLY
	       : any(t, " mid ")  ? KH_MOD_MID
	       : any(t, " late ") ? KH_MOD_LATE
				  : KH_MOD_NONE;
}

/* "last March", "next June": of the anchor. */
static int year_beside(const struct kh_scan *s, int month)
{
	struct kh_ymd c = kh_day_ymd(s->anchor);
	if (is(at(s, -1), "last"))
		return c.year - (month >= c.month);
	if (is(at(s, -1), "next"))
		return c.year + (month <= c.month);
	if (is(at(s, -1), "this"))
		return c.year;
	return 0;
}

static void say_dated(struct kh_scan *s, const struct dated *x)
{
	if (!x->year) {
		char part[6] = {'-', (char)('0' + x->month / 10), (char)('0' + x->month % 10), 0};
		kh_say(s, "XXXX");
		memcpy(s->value + 4, part, 4);
		if (x->day) {
			char d[4] = {'-', (char)('0' + x->day / 10), (char)('0' + x->day % 10), 0};
			memcpy(s->value + 7, d, 4);
		}
	} else if (x->day) {
		kh_say_day(s, kh_day_of(x->year, x->month, x->day));
	} else {
		kh_say_month(s, x->year, x->month);
	}
	if (x->first_day && x->year) {
		s->begin = kh_day_of(x->year, x->month, x->first_day);
		s->end = kh_day_of(x->year, x->month, x->day);
	}
}

/* Feb 30, and "January 5, 99999" where a year should stand. */
static bool impossible(struct kh_scan *s, const struct dated *x)
{
	const struct kh_tword *m = at(s, 0), *y = at(s, (int32_t)x->n + x->from);
	bool zero = y->digits && (y->digits >= 4 || y->number == 0) && !kh_scan_is_year(y) &&
		    !y->stop && at(s, (int32_t)x->n + x->from + 1)->stop;
	if (!x->odd && !zero &&
	    !(x->day && x->day > kh_day_month_length(x->year ? x->year : 2000, x->month)))
		return false;
	strange(s, m);
	s->skip = kh_max32((uint32_t)((int32_t)x->n + x->from) + zero, 2);
	return true;
}

bool kh_day_month(struct kh_scan *s)
{
	const struct kh_tword *m = at(s, 0), *prev = at(s, -1);
	struct dated x = {.month = m->month, .n = 1};
	uint8_t mod = mod_of(prev);
	if (!m->month || (m->joined && !mod && !is_dom(prev)))
		return false;
	if (any(prev, " each every ") && m->title) {
		say_dated(s, &x);
		return kh_scan_took(s, -1, 2, KH_DAY_SET, KH_HOW_STATED);
	}
	find_day(s, &x);
	int32_t behind = (int32_t)x.n + x.from;
	uint32_t told = year_after(s, behind, x.month, &x.year);
	x.n += told;
	if (no_month(s, &x) || impossible(s, &x))
		return false;
	bool september = x.month == 9 && x.day == 11 && !told &&
			 any(at(s, behind), " attacks terrorist attack terror hijackings ");
	if (september)
		x.year = 2001;
	else if (!told && s->anchor != KH_NO_DAY && !x.day)
		x.year = year_beside(s, x.month);
	if (!x.year)
		x.year = year_ahead(s, behind);
	if (!x.year)
		x.year = year_for(s, x.month, x.day);
	if (x.day && x.year && kh_day_of(x.year, x.month, x.day) == KH_NO_DAY) {
		strange(s, m); /* February 29th of a common year */
		s->skip = (uint32_t)((int32_t)x.n + x.from);
		return false;
	}
	say_dated(s, &x);
	if (!x.day && (mod || any(prev, " last next this ")))
		x.from = -1, x.n++;
	if (x.from == 0 && x.day && at(s, -1)->weekday && !m->stop &&
	    at(s, -1)->at.end + 3 > m->at.begin)
		x.from = -1, x.n++;
	kh_scan_took(s, x.from, x.n, KH_DAY_DATE, told ? KH_HOW_STATED : KH_HOW_RESOLVED);
	s->mod = x.day ? 0 : mod;
	s->aside = september;
	return true;
}

/* "April 24 and 25": the second day. */
bool kh_day_more(struct kh_scan *s)
{
	const struct kh_tword *t = at(s, 0), *next = at(s, 1);
	if (!is_dom(t) || !t->digits || s->ref == KH_NO_DAY || s->ref_grain != KH_GRAIN_DAY ||
	    s->ref_at + 1 != s->i || !any(at(s, -1), " and or to ") || t->stop || t->comma)
		return false;
	struct kh_ymd r = kh_day_ymd(s->ref);
	bool month_told = at(s, -2)->month || at(s, -3)->month;
	bool counts = next->token != KH_NONE && !next->stop && !next->comma &&
		      t->token != KH_NONE && s->w->doc->token[t->token].head == next->token;
	int32_t day = kh_day_of(r.year, r.month, t->number);
	if (!month_told || counts || day == KH_NO_DAY || day <= s->ref || next->month)
		return false;
	kh_say_day(s, day);
	return kh_scan_took(s, 0, 1, KH_DAY_DATE, KH_HOW_RESOLVED);
}

static bool say_week_set(struct kh_scan *s, uint8_t weekday, int32_t from, uint32_t n)
{
	kh_say(s, "XXXX-WXX-");
	s->value[9] = (char)('0' + weekday);
	s->value[10] = 0;
	return kh_scan_took(s, from, n, KH_DAY_SET, KH_HOW_STATED);
}

/* "the Wednesday Addams film": a word in capitals that is no known name stands between the weekday
 * and the noun that both belong to. */
static bool before_surname(const struct kh_doc *doc, uint32_t t)
{
	const struct kh_token *k = &doc->token[t], *next = k + 1;
	return t + 2 < doc->n_token && k->rel == KH_COMPOUND && next->rel == KH_COMPOUND &&
	       k->head == next->head && k->head != KH_NONE && k->head > t + 1 &&
	       next->upos == KH_PROPN && !next->name_type;
}

/* "Joe Friday", but "President Clinton Thursday condemned". */
static bool of_a_name(const struct kh_scan *s)
{
	const struct kh_tword *d = at(s, 0);
	const struct kh_doc *doc = s->w->doc;
	if (d->token == KH_NONE)
		return false;
	if (doc->token[d->token].name_type != KH_NAME_PERSON)
		return before_surname(doc, d->token);
	bool last = !at(s, 1)->title || at(s, 1)->stop || at(s, 1)->comma;
	return d->at.end - d->at.begin < 6 || !last; /* "Wednesday Addams" */
}

/* The day of a weekday's name. */
static int32_t weekday_near(const struct kh_scan *s)
{
	const struct kh_tword *d = at(s, 0), *prev = at(s, -1);
	int back = (kh_day_weekday(s->anchor) - d->weekday + 7) % 7;
	bool on = s->tense > 0 || (any(prev, " this coming ") && s->tense == 0);
	int32_t day = s->anchor - back;
	bool told = s->ref != KH_NO_DAY && s->ref_grain == KH_GRAIN_DAY && s->ref > s->anchor - 9 &&
		    s->ref < s->anchor + 9;
	if (told && any(prev, " into to through until ") && s->ref_at + 1 == s->i)
		/* "late Sunday into Monday" */
		return s->ref + (d->weekday - kh_day_weekday(s->ref) + 7) % 7;
	if (told && is(prev, "previous") && day >= s->ref)
		return day - 7;
	if (any(prev, " next ") || (on && back && !any(prev, " last past previous ")))
		return day + 7;
	return day - (any(prev, " last ") && back == 0 ? 7 : 0);
}

bool kh_day_weekday_name(struct kh_scan *s)
{
	const struct kh_tword *d = at(s, 0), *prev = at(s, -1), *next = at(s, 1);
	if (!d->weekday || (!d->title && d->at.end - d->at.begin < 6))
		return false;
	if (of_a_name(s))
		return false;
	if (any(prev, " every each "))
		return say_week_set(s, d->weekday, -1, 2);
	if (d->plural && prev->number > 0 && prev->number < 9 && !prev->ordinal &&
	    is(next, "ago") && s->anchor != KH_NO_DAY) { /* "two Fridays ago" */
		int back = (kh_day_weekday(s->anchor) - d->weekday + 6) % 7 + 1;
		kh_say_day(s, s->anchor - back - 7 * (prev->number - 1));
		return kh_scan_took(s, -1, 3, KH_DAY_DATE, KH_HOW_RESOLVED);
	}
	if (d->plural)
		return say_week_set(s, d->weekday, 0, 1);
	if (!next->stop && (next->month || (is_dom(next) && at(s, 2)->month)))
		return false; /* "Monday, March 3": the date says it */
	if (s->anchor == KH_NO_DAY)
		say_week_set(s, d->weekday, 0, 1);
	else
		kh_say_day(s, weekday_near(s));
	bool lead = any(prev, " last next this late early past coming mid previous ");
	bool part = next->part && !next->stop;
	kh_scan_took(s, -(int)lead, 1u + lead + part, KH_DAY_DATE, KH_HOW_RESOLVED);
	if (part && next->plural)
		s->type = KH_DAY_SET;
	else if (part)
		kh_say_part(s, next->part);
	return true;
}

/* "1988 third quarter", "next year's", "year-ago": whether a year stands before; words go to from.
 */
static uint32_t year_before(const struct kh_scan *s, int32_t *from, int *year)
{
	const struct kh_tword *prev = at(s, -1);
	int32_t own = is(prev, "s") ? -2 : -1;
	if (at(s, 0)->stop)
		return 0;
	if (kh_scan_is_year(prev)) {
		*year = prev->number;
		*from = is(at(s, -2), "the") ? -2 : -1;
		return 1;
	}
	bool ago = any(prev, " ago earlier ") && prev->joined && at(s, -2)->unit == KH_UNIT_YEAR;
	if (ago || (at(s, own)->unit == KH_UNIT_YEAR && any(at(s, own - 1), " last next this "))) {
		bool next = is(at(s, own - 1), "next"), this = is(at(s, own - 1), "this");
		*year += ago ? -1 : next - (!next && !this);
		*from = (ago ? -2 : own - 1) - is(at(s, ago ? -3 : own - 2), "the");
		return *year > 1;
	}
	return 0;
}

/* first quarter [of 1998], third-quarter, second half of 1990, Q3 2024, fiscal 2010 */
bool kh_day_quarter(struct kh_scan *s)
{
	const struct kh_tword *t = at(s, 0), *next = at(s, 1), *prev = at(s, -1);
	bool brief = t->low[0] == 'q' && t->low[1] >= '1' && t->low[1] <= '4' && !t->low[2];
	bool fiscal = is(next, "fiscal") && t->ordinal;
	next = fiscal ? at(s, 2) : next;
	bool half = is(next, "half");
	bool last = any(t, " last ") && half;
	if (!brief && !last &&
	    (!t->ordinal || t->number > 4 || (next->unit != KH_UNIT_QUARTER && !half) ||
	     (half && t->number > 2) || next->plural))
		return false;
	int y = s->anchor == KH_NO_DAY ? 0 : kh_day_ymd(s->anchor).year;
	int k = brief ? t->low[1] - '0' : last ? 2 : t->number;
	int32_t n = brief ? 1 : 2 + fiscal, from = is(prev, "fiscal") ? -1 : 0;
	from -= is(at(s, from - 1), "the");
	uint32_t told = year_after(s, n, 0, &y);
	n += (int32_t)told;
	if (!told)
		told = year_before(s, &from, &y);
	bool led = any(at(s, from - 1), " in during for of by through until since over ");
	if (half && !told && s->game)
		return false;
	if (!y || (!told && (half || brief) && (s->anchor == KH_NO_DAY || !led)))
		return false;
	/* a quarter that has not begun is last year's, unless the clause looks ahead */
	if (!told && s->anchor != KH_NO_DAY && !half && s->tense <= 0 &&
	    k > (kh_day_ymd(s->anchor).month - 1) / 3 + 1)
		y--;
	kh_say_quarter(s, y, half ? 'H' : 'Q', k);
	if (!half)
		s->quarter = y * 4 + k - 1;
	return kh_scan_took(s, from, (uint32_t)(n - from), KH_DAY_DATE,
			    told ? KH_HOW_STATED : KH_HOW_RESOLVED);
}

/* Of two readings of 3/4/2024 the one nearer to the anchor, the American first. */
static void order_of(const struct kh_scan *s, int y, int *m, int *d, char sep)
{
	int32_t us = kh_day_of(y, *m, *d), eu = kh_day_of(y, *d, *m);
	bool turn = us == KH_NO_DAY || sep == '.';
	if (!turn && eu != KH_NO_DAY && s->anchor != KH_NO_DAY) {
		int32_t a = us > s->anchor ? us - s->anchor : s->anchor - us;
		int32_t b = eu > s->anchor ? eu - s->anchor : s->anchor - eu;
		turn = a > 60 && b <= 31;
	}
	if (turn && eu != KH_NO_DAY) {
		int swap = *m;
		*m = *d;
		*d = swap;
	}
}

/* 2024-03-12, 3/12/98, 12.3.2024 */
bool kh_day_numeric(struct kh_scan *s)
{
	const struct kh_tword *a = at(s, 0), *b = at(s, 1), *c = at(s, 2);
	kh_str text = s->w->doc->text;
	if (!a->digits || !b->digits || !c->digits || b->at.begin - a->at.end != 1 ||
	    c->at.begin - b->at.end != 1 || b->digits > 2)
		return false;
	char sep = text.p[a->at.end];
	if ((sep != '-' && sep != '/' && sep != '.') || text.p[b->at.end] != sep)
		return false;
	int y, m = b->number, d = c->number;
	if (a->digits == 4 && c->digits <= 2)
		y = a->number;
	else if (a->digits <= 2 && (c->digits == 4 || (c->digits == 2 && sep == '/'))) {
		y = c->digits == 4 ? c->number : c->number + (c->number < 40 ? 2000 : 1900);
		m = a->number, d = b->number;
		order_of(s, y, &m, &d, sep);
	} else {
		return false;
	}
	int32_t day = kh_day_of(y, m, d);
	if (day == KH_NO_DAY) {
		if (sep != '.')
			strange(s, a), s->skip = 3;
		return false;
	}
	kh_say_day(s, day);
	return kh_scan_took(s, 0, 3, KH_DAY_DATE, KH_HOW_STATED);
}

/* The day that a time of day is of: "… Wednesday", "… on March 3", "Friday at …"; words taken. */
static uint32_t day_beside(struct kh_scan *s, int32_t k)
{
	struct kh_scan ahead = *s;
	const struct kh_tword *t = at(s, k);
	if (is(t, "on") && t->at.begin - at(s, k - 1)->at.end <= 2)
		t = at(s, ++k);
	/* the full stop of "p.m." and the comma behind "EST" part nothing */
	bool near = t->at.begin - at(s, k - 1)->at.end <= 2;
	if ((near || (!t->stop && !t->comma)) &&
	    (t->weekday || t->month || any(t, " yesterday today tomorrow "))) {
		ahead.i += (uint32_t)k;
		ahead.tense = kh_day_tense(s->w->doc, t);
		if (!ahead.tense && any(at(s, -1), " until till "))
			ahead.tense = kh_day_tense(s->w->doc, at(s, 0));
		if ((kh_day_weekday_name(&ahead) || kh_day_month(&ahead) ||
		     kh_day_deictic(&ahead)) &&
		    strlen(ahead.value) >= 10 && ahead.value[4] == '-') {
			memcpy(s->value, ahead.value, 10);
			s->value[10] = 0;
			return ahead.first + ahead.count - s->i;
		}
	}
	const struct kh_tword *u = at(s, k + 2);
	if (is(t, "the") && any(at(s, k + 1), " next following ") && u->unit == KH_UNIT_DAY &&
	    s->ref != KH_NO_DAY && s->ref_grain == KH_GRAIN_DAY) { /* "at 2:30 the next day" */
		kh_say_day(s, s->ref + 1);
		return (uint32_t)k + 3;
	}
	bool told = s->tense < 0 && s->ref <= s->anchor && s->i - s->ref_at < SAME_SCENE;
	if (s->ref != KH_NO_DAY && s->ref_grain == KH_GRAIN_DAY &&
	    (s->narrative || s->i - s->ref_at < 3 || told))
		kh_say_day(s, s->ref);
	else if (s->anchor != KH_NO_DAY)
		kh_say_day(s, s->anchor);
	else
		kh_say(s, "XXXX-XX-XX");
	return 0;
}

/* "noon Thursday", "at midnight", "in the afternoon" */
static bool part_of_day(struct kh_scan *s)
{
	const struct kh_tword *t = at(s, 0), *prev = at(s, -1);
	bool mid = any(prev, " mid early late ");
	const struct kh_tword *lead = mid ? at(s, -2) : prev;
	if (!t->part || t->plural)
		return false;
	uint32_t more = day_beside(s, 1);
	bool noon = t->part >= 5,
	     told = (is(lead, "the") && any(at(s, mid ? -3 : -2), " in during by ")) ||
		    (mid && any(lead, " by until since in "));
	if (!more && !told && !(noon && any(lead, " at until by before after around about since ")))
		return false;
	kh_scan_took(s, mid ? -1 : 0, (more ? more : 1) + mid, KH_DAY_TIME, KH_HOW_RESOLVED);
	kh_say_part(s, t->part);
	s->type = KH_DAY_TIME;
	return true;
}

/* Words of "am", "p.m." at k; 0 none. */
static int32_t half_day(const struct kh_scan *s, int32_t k)
{
	if (any(at(s, k), " am pm "))
		return 1;
	return any(at(s, k), " a p ") && is(at(s, k + 1), "m") ? 2 : 0;
}

/* "4 in the morning", "seven o'clock", "10 o'clock at night" */
static bool spoken_hour(struct kh_scan *s)
{
	const struct kh_tword *h = at(s, 0);
	int32_t k = 1;
	bool o = is(at(s, 1), "o") && is(at(s, 2), "clock");
	if (h->number < 1 || h->number > 12 || h->ordinal || h->digits > 2)
		return false;
	k += o ? 2 : 0;
	const struct kh_tword *in = at(s, k);
	bool the = is(in, "in") && is(at(s, k + 1), "the");
	uint8_t part = the ? at(s, k + 2)->part : is(in, "at") ? at(s, k + 1)->part : 0;
	if (part > 4 || at(s, k + the + 1)->plural || (the ? part == 4 : part != 4))
		part = 0;
	if (!o && (!part || !any(at(s, -1), " at by around until till about before after since ")))
		return false;
	int hour = part == 1 || (part == 4 && h->number < 6) ? h->number % 12
		   : part				     ? h->number % 12 + 12
							     : h->number;
	k += part ? 2 + the : 0;
	uint32_t more = day_beside(s, k);
	kh_scan_took(s, 0, more ? more : (uint32_t)k, KH_DAY_TIME, KH_HOW_RESOLVED);
	kh_say_clock(s, hour, 0);
	return true;
}

/* 3 p.m., 10:30 a.m., 17:05, 0735 GMT */
bool kh_day_clock(struct kh_scan *s)
{
	const struct kh_tword *h = at(s, 0);
	int32_t k = 1;
	int hour = h->number, minute = -1;
	if (h->part)
		return part_of_day(s);
	if (spoken_hour(s))
		return true;
	if (h->digits == 4 && kh_scan_zone(s, 1) && h->number < 2400 && h->number % 100 < 60) {
		hour = h->number / 100, minute = h->number % 100;
	} else if (!h->digits || h->number > 24 || h->digits > 2) {
		return false;
	} else if (at(s, 1)->digits == 2 && at(s, 1)->at.begin == h->at.end + 1 &&
		   (kh_scan_after(s, h) == ':' || (kh_scan_after(s, h) == '.' && half_day(s, 2)))) {
		minute = at(s, 1)->number, k = 2;
	}
	char glued = at(s, k - 1)->half; /* "8:30pm" */
	int32_t sign = half_day(s, k);
	if (glued)
		sign = 1;
	if ((!sign && minute < 0) || minute > 59 || (sign && hour > 12) || hour > 24)
		return false;
	if (sign)
		hour = hour % 12 + ((glued ? glued : at(s, k)->low[0]) == 'p' ? 12 : 0),
		k += glued ? 0 : sign;
	else if (kh_scan_before(s, h) == '-' || at(s, k)->joined)
		return false;
	if (kh_scan_after(s, at(s, k - 1)) == ':' && at(s, k)->digits == 2 && k == 2)
		k++; /* seconds */
	int32_t zone = kh_scan_zone(s, k);
	const struct kh_tword *also = at(s, k + zone); /* "10:35 a.m. (0735 GMT) Friday" */
	if (also->digits == 4 && kh_scan_before(s, also) == '(' && kh_scan_zone(s, k + zone + 1))
		zone += 1 + kh_scan_zone(s, k + zone + 1);
	uint32_t more = day_beside(s, k + zone);
	kh_scan_took(s, 0, more ? more : (uint32_t)k, KH_DAY_TIME, KH_HOW_RESOLVED);
	kh_say_clock(s, hour, minute < 0 ? 0 : minute);
	return true;
}

/* "the summer of 1998", "spring 2024", "last fall" is relative's, "the summer" by tense */
bool kh_day_season(struct kh_scan *s)
{
	const struct kh_tword *t = at(s, 0), *prev = at(s, -1), *next = at(s, 1);
	int y = 0;
	if (!t->season || t->plural)
		return false;
	uint32_t told = year_after(s, 1, 0, &y);
	bool the = is(prev, "the");
	uint8_t mod = mod_of(the ? at(s, -2) : prev);
	if (!told) {
		bool lead = any(the ? at(s, -2) : prev,
				" over during in since by early late this until mid into through ");
		bool bare = next->stop || (the && next->comma);
		bool other =
			any(t, " fall spring ") && !(the && any(at(s, -2), " in this by since "));
		if (!lead || !bare || s->anchor == KH_NO_DAY || other)
			return false;
		struct kh_ymd c = kh_day_ymd(s->anchor);
		bool ahead = c.month < t->season * 3;
		y = c.year - (ahead && s->tense <= 0);
	}
	kh_say_season(s, y, t->season);
	kh_scan_took(s, -(int)the, 1u + told + the, KH_DAY_DATE,
		     told ? KH_HOW_STATED : KH_HOW_RESOLVED);
	s->mod = mod;
	return true;
}
