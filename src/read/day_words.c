/* See day_words.h. In: a story's text. Out: its words with what they mean for time. */
#include "read/day_words.h"

#include "base/day.h"
#include "base/str.h"

/* A byte of a word; dashes, quotation marks and blanks beyond ASCII are none. */
static bool wordly(kh_str s, size_t i)
{
	unsigned char c = (unsigned char)s.p[i], d = i + 1 < s.n ? (unsigned char)s.p[i + 1] : 0;
	if (c < 0x80)
		return kh_is_alpha(c) || kh_is_digit(c);
	if (c < 0xC0) { /* inside a character: as its first byte */
		size_t k = i;
		while (k > 0 && i - k < 3 && ((unsigned char)s.p[k] & 0xC0) == 0x80)
			k--;
		return k < i && ((unsigned char)s.p[k] & 0xC0) != 0x80 ? wordly(s, k) : true;
	}
	return !(c == 0xE2 && (d == 0x80 || d == 0x82)) && !(c == 0xC2 && d < 0xAA);
}

static unsigned index_of(const char *word, const char *const *list, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		if (word[0] == list[i][0] && strcmp(word, list[i]) == 0)
			return i + 1;
	return 0;
}

static uint8_t month_of(const char *w)
{
	static const char *const full[] = { "january", "february", "march", "april", "may", "june",
					    "july", "august", "september", "october", "november",
					    "december" };
	static const char *const brief[] = { "jan", "feb", "mar", "apr", "may", "jun",
					     "jul", "aug", "sep", "oct", "nov", "dec" };
	unsigned m = index_of(w, full, 12);
	if (!m)
		m = index_of(w, brief, 12);
	return (uint8_t)(m ? m : strcmp(w, "sept") == 0 ? 9 : 0);
}

static int32_t number_word(const char *w, bool *ordinal)
{
	static const char *const units[] = { "one", "two", "three", "four", "five", "six", "seven",
					     "eight", "nine", "ten", "eleven", "twelve", "thirteen",
					     "fourteen", "fifteen", "sixteen", "seventeen",
					     "eighteen", "nineteen", "twenty" };
	static const char *const ords[] = { "first", "second", "third", "fourth", "fifth", "sixth",
					    "seventh", "eighth", "ninth", "tenth", "eleventh",
					    "twelfth", "thirteenth", "fourteenth", "fifteenth",
					    "sixteenth", "seventeenth", "eighteenth", "nineteenth",
					    "twentieth" };
	static const char *const tens[] = { "thirty", "forty", "fifty", "sixty", "seventy",
					    "eighty", "ninety" };
	unsigned i = index_of(w, units, 20);
	*ordinal = false;
	if (i)
		return (int32_t)i;
	i = index_of(w, tens, 7);
	if (i)
		return (int32_t)(i + 2) * 10;
	i = index_of(w, ords, 20);
	*ordinal = i != 0;
	return i ? (int32_t)i : -1;
}

static void numbers(struct kh_tword *t, kh_str raw)
{
	int32_t v = 0;
	t->ad = raw.n > 4 && raw.n < 7 && raw.p[0] == 'A' && raw.p[1] == 'D' &&
		kh_is_digit((unsigned char)raw.p[2]);
	if (t->ad)
		raw = kh_str_sub(raw, 2, raw.n);
	size_t d = 0;
	while (d < raw.n && kh_is_digit((unsigned char)raw.p[d]) && d < 9)
		v = v * 10 + (raw.p[d++] - '0');
	if (!d) {
		t->number = number_word(t->low, &t->ordinal);
		return;
	}
	kh_str tail = kh_str_sub(raw, d, raw.n);
	if (!tail.n) {
		t->number = v;
		t->digits = (uint8_t)d;
	} else if (kh_str_ieq(tail, KH_S("st")) || kh_str_ieq(tail, KH_S("nd")) ||
		   kh_str_ieq(tail, KH_S("rd")) || kh_str_ieq(tail, KH_S("th"))) {
		t->number = v;
		t->ordinal = true;
	} else if (d <= 2 && (kh_str_ieq(tail, KH_S("am")) || kh_str_ieq(tail, KH_S("pm")))) {
		t->number = v;
		t->digits = (uint8_t)d;
		t->half = kh_lower(tail.p[0]);
	} else if (kh_str_is(tail, "s") && (d == 4 || d == 2)) {
		t->number = v;
		t->plural = true;
		t->digits = (uint8_t)d;
	}
}

static void meaning(struct kh_tword *t, kh_str raw)
{
	static const char *const days[] = {"monday", "tuesday",	 "wednesday", "thursday",
					   "friday", "saturday", "sunday"};
	static const char *const many[] = {"mondays", "tuesdays",  "wednesdays", "thursdays",
					   "fridays", "saturdays", "sundays"};
	static const char *const brief[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
	static const char *const units[] = {"day",    "week",	 "month",   "year",
					    "decade", "century", "quarter", "hour",
					    "minute", "second",	 "weekend"};
	static const char *const plurals[] = {"days",	 "weeks",     "months",	  "years",
					      "decades", "centuries", "quarters", "hours",
					      "minutes", "seconds",   "weekends"};
	static const char *const seasons[] = {"spring", "summer", "autumn", "winter", "fall"};
	static const char *const parts[] = {"morning", "afternoon", "evening",
					    "night",   "noon",	    "midnight"};
	static const char *const evenings[] = {"mornings", "afternoons", "evenings", "nights"};
	t->number = -1;
	numbers(t, raw);
	t->month = month_of(t->low);
	t->weekday = (uint8_t)index_of(t->low, days, 7);
	if (!t->weekday && t->title) {
		t->weekday = (uint8_t)index_of(t->low, many, 7);
		t->plural |= t->weekday != 0;
	}
	if (!t->weekday && t->title && strcmp(t->low, "sun") != 0 && strcmp(t->low, "sat") != 0)
		t->weekday = (uint8_t)index_of(t->low, brief, 7);
	t->unit = (uint8_t)index_of(t->low, units, 11);
	if (!t->unit) {
		t->unit = (uint8_t)index_of(t->low, plurals, 11);
		t->plural |= t->unit != 0;
	}
	t->season = (uint8_t)index_of(t->low, seasons, 5);
	if (t->season == 5)
		t->season = 3;
	t->part = (uint8_t)index_of(t->low, parts, 6);
	if (!t->part) {
		t->part = (uint8_t)index_of(t->low, evenings, 4);
		t->plural |= t->part != 0;
	}
	if (!t->part && strcmp(t->low, "midday") == 0)
		t->part = 5;
}

/* The other words that a pattern begins with. */
static bool is_cue(const struct kh_tword *t)
{
	static const char *const list[] = {"a",		 "all",		"an",
					   "anzac",	 "april",	"arbaeen",
					   "armistice",	 "ascension",	"ash",
					   "ashura",	 "bastille",	"boxing",
					   "chanukah",	 "christmas",	"columbus",
					   "coming",	 "corpus",	"couple",
					   "current",	 "currently",	"daily",
					   "each",	 "easter",	"eid",
					   "eighties",	 "election",	"epiphany",
					   "every",	 "few",		"fifties",
					   "final",	 "following",	"forties",
					   "future",	 "good",	"guy",
					   "half",	 "halloween",	"hanukkah",
					   "holy",	 "id",		"international",
					   "juneteenth", "labor",	"last",
					   "lately",	 "many",	"martin",
					   "maundy",	 "mawlid",	"memorial",
					   "monthly",	 "muharram",	"new",
					   "newroz",	 "next",	"nineties",
					   "now",	 "nowadays",	"nowruz",
					   "orthodox",	 "overnight",	"palm",	"passover",
					   "past",	 "pentecost",	"per",
					   "period",	 "presently",	"presidents",
					   "previous",	 "purim",	"q1",
					   "q2",	 "q3",		"q4",
					   "ramadan",	 "ramazan",	"recent",
					   "recently",	 "remembrance", "rosh",
					   "seventies",	 "several",	"shavuot",
					   "shrove",	 "sixties",	"some",
					   "st",	 "sukkot",	"thanksgiving",
					   "these",	 "thirties",	"this",
					   "time",	 "today",	"tomorrow",
					   "tonight",	 "twenties",	"valentine",
					   "veterans",	 "weekly",	"whit",
					   "world",	 "wwi",		"wwii",
					   "yearly",	 "yesterday",	"yom"};
	if (t->number >= 0 || t->month || t->weekday || t->unit || t->season || t->part)
		return true;
	for (size_t i = 0; i < KH_COUNT(list); i++)
		if (list[i][0] == t->low[0] && strcmp(list[i], t->low) == 0)
			return true;
	return false;
}

struct kh_tword *kh_day_words(struct kh_work *w, const struct kh_story *s, uint32_t *next_token,
			      uint32_t *count)
{
	struct kh_tword *list = NULL;
	uint32_t n = 0, cap = 0, last = s->text.begin, token = *next_token;
	const struct kh_doc *d = w->doc;
	kh_str text = w->doc->text;
	for (uint32_t i = s->text.begin; i < s->text.end;) {
		if (!wordly(text, i)) {
			i++;
			continue;
		}
		uint32_t end = i;
		while (end < s->text.end && wordly(text, end))
			end++;
		struct kh_tword *t = KH_PUSH(w->arena, list, n, cap);
		kh_str raw = kh_str_sub(text, i, end);
		t->at = (kh_span){i, end};
		while (token < d->n_token && d->token[token].at.end <= i)
			token++;
		t->token = token < d->n_token && d->token[token].at.begin < end ? token : KH_NONE;
		for (size_t k = 0; k < raw.n && k < sizeof t->low - 1; k++)
			t->low[k] = kh_lower(raw.p[k]);
		t->title = kh_is_upper((unsigned char)raw.p[0]);
		t->joined = i - last == 1 && text.p[last] == '-';
		for (uint32_t k = last; k < i; k++) {
			t->stop |= text.p[k] == '.' || text.p[k] == '\n' || text.p[k] == ';';
			t->comma |= text.p[k] == ',';
		}
		meaning(t, raw);
		t->cue = is_cue(t);
		last = i = end;
	}
	*count = n;
	*next_token = token;
	return list;
}

void kh_day_week(int32_t day, int *year, int *week)
{
	int32_t thursday = day - (kh_day_weekday(day) - 1) + 3;
	*year = kh_day_ymd(thursday).year;
	*week = (thursday - kh_day_of(*year, 1, 1)) / 7 + 1;
}

static bool months(int year, int first, int n, int32_t *begin, int32_t *end)
{
	int last = first + n - 1;
	*begin = kh_day_of(year, first, 1);
	*end = kh_day_of(year, last, kh_day_month_length(year, last));
	return *begin != KH_NO_DAY && *end != KH_NO_DAY;
}

bool kh_day_interval(kh_str v, int32_t *begin, int32_t *end)
{
	int y = kh_str_digits(v, 0, 4);
	if (y < 1) {
		int decade = kh_str_digits(v, 0, 3), century = kh_str_digits(v, 0, 2);
		if (v.n == 3 && decade > 0)
			return *begin = kh_day_of(decade * 10, 1, 1),
			       *end = kh_day_of(decade * 10 + 9, 12, 31), true;
		if (v.n == 2 && century > 0)
			return *begin = kh_day_of(century * 100, 1, 1),
			       *end = kh_day_of(century * 100 + 99, 12, 31), true;
		return false;
	}
	if (v.n == 4)
		return months(y, 1, 12, begin, end);
	if (v.n >= 8 && v.p[5] == 'W') {
		int32_t fourth = kh_day_of(y, 1, 4), monday = fourth - (kh_day_weekday(fourth) - 1);
		int week = kh_str_digits(v, 6, 2);
		*begin = monday + (week - 1) * 7;
		*end = *begin + 6;
		if (kh_str_ends(v, "-WE"))
			*begin += 5;
		return week > 0;
	}
	if (v.n == 7 && (v.p[5] == 'Q' || v.p[5] == 'H')) {
		int k = kh_str_digits(v, 6, 1), span = v.p[5] == 'Q' ? 3 : 6;
		return k > 0 && k * span <= 12 && months(y, (k - 1) * span + 1, span, begin, end);
	}
	if (v.n == 7 && kh_str_find(KH_S("SP SU FA WI"), kh_str_sub(v, 5, 7), 0) != SIZE_MAX) {
		int first = v.p[5] == 'S' ? (v.p[6] == 'P' ? 3 : 6) : v.p[5] == 'F' ? 9 : 12;
		if (first < 12)
			return months(y, first, 3, begin, end);
		*begin = kh_day_of(y, 12, 1);
		*end = kh_day_of(y + 1, 3, 1) - 1;
		return true;
	}
	int m = kh_str_digits(v, 5, 2), d = kh_str_digits(v, 8, 2);
	if (v.n == 7 && m > 0)
		return months(y, m, 1, begin, end);
	*begin = *end = m > 0 && d > 0 ? kh_day_of(y, m, d) : KH_NO_DAY;
	return *begin != KH_NO_DAY;
}
