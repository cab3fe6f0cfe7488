/* Feasts and remembered days, by the rule of their calendar: fixed days, the n-th weekday of a
 * month, days around Easter (Gregorian computus, Julian for the Orthodox), the tabular Islamic
 * calendar (a day off the sighted moon at times) and the Hebrew calendar. In: words. Out: a date.
 */
#include "base/day.h"
#include "base/str.h"
#include "read/day_scan.h"

#define at(s, k) kh_scan_at(s, k)
#define is(t, w) kh_scan_is(t, w)
#define any(t, w) kh_scan_any(t, w)

enum { MOONS = 354 }; /* days of twelve moons */
enum rule { FIXED, NTH, EASTER, ORTHODOX, ISLAMIC, HEBREW, ELECTION };

static const struct feast {
	const char *words; /* small letters, words parted by a blank */
	uint8_t rule;
	int8_t a, b, c; /* FIXED month day; NTH month weekday n (-1 last); EASTER offset; others
			   month day */
	int8_t days;	/* how long, 0 one day */
} feasts[] = {
	{"new year s eve", FIXED, 12, 31, 0, 0},
	{"new year s day", FIXED, 1, 1, 0, 0},
	{"valentine s day", FIXED, 2, 14, 0, 0},
	{"st patrick s day", FIXED, 3, 17, 0, 0},
	{"international women s day", FIXED, 3, 8, 0, 0},
	{"nowruz", FIXED, 3, 21, 0, 0},
	{"newroz", FIXED, 3, 21, 0, 0},
	{"april fool s day", FIXED, 4, 1, 0, 0},
	{"anzac day", FIXED, 4, 25, 0, 0},
	{"may day", FIXED, 5, 1, 0, 0},
	{"bastille day", FIXED, 7, 14, 0, 0},
	{"fourth of july", FIXED, 7, 4, 0, 0},
	{"halloween", FIXED, 10, 31, 0, 0},
	{"all saints day", FIXED, 11, 1, 0, 0},
	{"guy fawkes night", FIXED, 11, 5, 0, 0},
	{"armistice day", FIXED, 11, 11, 0, 0},
	{"veterans day", FIXED, 11, 11, 0, 0},
	{"remembrance day", FIXED, 11, 11, 0, 0},
	{"christmas eve", FIXED, 12, 24, 0, 0},
	{"christmas day", FIXED, 12, 25, 0, 0},
	{"orthodox christmas", FIXED, 1, 7, 0, 0},
	{"christmas", FIXED, 12, 25, 0, 0},
	{"boxing day", FIXED, 12, 26, 0, 0},
	{"martin luther king day", NTH, 1, 1, 3, 0},
	{"presidents day", NTH, 2, 1, 3, 0},
	{"memorial day", NTH, 5, 1, -1, 0},
	{"labor day", NTH, 9, 1, 1, 0},
	{"columbus day", NTH, 10, 1, 2, 0},
	{"thanksgiving day", NTH, 11, 4, 4, 0},
	{"thanksgiving", NTH, 11, 4, 4, 0},
	{"election day", ELECTION, 0, 0, 0, 0},
	{"orthodox easter", ORTHODOX, 0, 0, 0, 0},
	{"shrove tuesday", EASTER, -47, 0, 0, 0},
	{"ash wednesday", EASTER, -46, 0, 0, 0},
	{"palm sunday", EASTER, -7, 0, 0, 0},
	{"maundy thursday", EASTER, -3, 0, 0, 0},
	{"good friday", EASTER, -2, 0, 0, 0},
	{"easter sunday", EASTER, 0, 0, 0, 0},
	{"easter monday", EASTER, 1, 0, 0, 0},
	{"easter", EASTER, 0, 0, 0, 0},
	{"ascension day", EASTER, 39, 0, 0, 0},
	{"whit monday", EASTER, 50, 0, 0, 0},
	{"pentecost", EASTER, 49, 0, 0, 0},
	{"corpus christi", EASTER, 60, 0, 0, 0},
	{"epiphany", FIXED, 1, 6, 0, 0},
	{"three kings day", FIXED, 1, 6, 0, 0},
	{"juneteenth", FIXED, 6, 19, 0, 0},
	{"holy week", EASTER, -7, 0, 0, 7},
	{"holy saturday", EASTER, -1, 0, 0, 0},
	{"ramadan", ISLAMIC, 9, 1, 0, 30},
	{"ramazan", ISLAMIC, 9, 1, 0, 30},
	{"muharram", ISLAMIC, 1, 1, 0, 30},
	{"arbaeen", ISLAMIC, 2, 20, 0, 0},
	{"mawlid", ISLAMIC, 3, 12, 0, 0},
	{"id al fitr", ISLAMIC, 10, 1, 0, 3},
	{"eid el fitr", ISLAMIC, 10, 1, 0, 3},
	{"id al adha", ISLAMIC, 12, 10, 0, 4},
	{"eid el adha", ISLAMIC, 12, 10, 0, 4},
	{"eid al fitr", ISLAMIC, 10, 1, 0, 3},
	{"eid ul fitr", ISLAMIC, 10, 1, 0, 3},
	{"eid al adha", ISLAMIC, 12, 10, 0, 4},
	{"eid ul adha", ISLAMIC, 12, 10, 0, 4},
	{"ashura", ISLAMIC, 1, 10, 0, 0},
	{"rosh hashanah", HEBREW, 0, 0, 0, 2},
	{"rosh hashana", HEBREW, 0, 0, 0, 2},
	{"yom kippur", HEBREW, 9, 0, 0, 0},
	{"sukkot", HEBREW, 14, 0, 0, 7},
	{"passover", HEBREW, -100, 0, 0, 7},
	{"purim", HEBREW, -101, 0, 0, 0},
	{"shavuot", HEBREW, -102, 0, 0, 2},
	{"hanukkah", HEBREW, -103, 0, 0, 8},
	{"chanukah", HEBREW, -103, 0, 0, 8},
};

/* Butcher's computus. */
static int32_t easter(int y)
{
	int a = y % 19, b = y / 100, c = y % 100, d = b / 4, e = b % 4, f = (b + 8) / 25;
	int g = (b - f + 1) / 3, h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4;
	int l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451;
	int n = h + l - 7 * m + 114;
	return kh_day_of(y, n / 31, n % 31 + 1);
}

/* Meeus' Julian algorithm, thirteen days on (1900 to 2099). */
static int32_t orthodox_easter(int y)
{
	int a = y % 4, b = y % 7, c = y % 19, d = (19 * c + 15) % 30;
	int e = (2 * a + 4 * b - d + 34) % 7, n = d + e + 114;
	int32_t day = kh_day_of(y, n / 31, n % 31 + 1);
	return day == KH_NO_DAY || y < 1900 || y > 2099 ? KH_NO_DAY : day + 13;
}

static int32_t nth_weekday(int y, int month, int weekday, int n)
{
	if (n > 0) {
		int32_t first = kh_day_of(y, month, 1);
		return first + (weekday - kh_day_weekday(first) + 7) % 7 + 7 * (n - 1);
	}
	int32_t last = kh_day_of(y, month, kh_day_month_length(y, month));
	return last - (kh_day_weekday(last) - weekday + 7) % 7;
}

/* Tabular Islamic calendar, civil epoch 16 July 622 (Julian): day 227015 of the common era. */
static int32_t islamic(int year, int month, int day)
{
	int32_t fixed =
		day + (59 * (month - 1) + 1) / 2 + (year - 1) * 354 + (3 + 11 * year) / 30 + 227014;
	return fixed - 719163;
}

/* The Islamic feast nearest to a day: there are two in some civil years. */
static int32_t islamic_near(int32_t day, const struct feast *f)
{
	int32_t elapsed = day + 719163 - 227014, best = KH_NO_DAY;
	int year = (int)((30 * (int64_t)elapsed) / 10631);
	for (int y = year - 1; y <= year + 2; y++) {
		int32_t d = islamic(y, f->a, f->b), far = d > day ? d - day : day - d;
		if (y > 0 && (best == KH_NO_DAY || far < (best > day ? best - day : day - best)))
			best = d;
	}
	return best;
}

/* 1 Tishri of a Hebrew year: the molad in parts, put off by the four rules. */
static int32_t new_year(int hebrew)
{
	int64_t months = (235 * (int64_t)hebrew - 234) / 19, parts = 12084 + 13753 * months;
	int64_t day = 29 * months + parts / 25920;
	if (3 * (day + 1) % 7 < 3)
		day++;
	return (int32_t)(day - 1373428 - 719163 + 1); /* epoch -1373427, as days of 1970 */
}

static int32_t hebrew_year_start(int y)
{
	int32_t last = new_year(y - 1), here = new_year(y), next = new_year(y + 1);
	return here + (next - here == 356 ? 2 : here - last == 382 ? 1 : 0);
}

static int32_t hebrew(int civil, const struct feast *f)
{
	int32_t tishri = hebrew_year_start(civil + 3761);
	int32_t length = hebrew_year_start(civil + 3762) - tishri;
	switch (f->a) {
	case -100: /* 15 Nisan stands 163 days before the next 1 Tishri */
		return tishri - 163;
	case -101: /* 14 Adar, thirty days before it */
		return tishri - 193;
	case -102: /* 6 Sivan, fifty after it */
		return tishri - 113;
	case -103: /* 25 Kislev; Cheshvan has 30 days in full years alone */
		return tishri + 83 + (length % 10 == 5);
	default:
		return tishri + f->a;
	}
}

static int32_t feast_in(const struct feast *f, int y)
{
	switch (f->rule) {
	case FIXED:
		return kh_day_of(y, f->a, f->b);
	case NTH:
		return nth_weekday(y, f->a, f->b, f->c);
	case EASTER:
		return easter(y) + f->a;
	case ORTHODOX:
		return orthodox_easter(y);
	case ISLAMIC:
		return islamic_near(kh_day_of(y, 7, 1), f);
	case HEBREW:
		return hebrew(y, f);
	default:
		return nth_weekday(y, 11, 1, 1) + 1;
	}
}

/* The feast's day nearest to the anchor, by the tense of the clause. */
static int32_t feast_near(const struct kh_scan *s, const struct feast *f)
{
	if (f->rule == ISLAMIC) {
		int32_t near = islamic_near(s->anchor, f);
		if (near > s->anchor + (s->tense < 0 ? 0 : 120))
			return islamic_near(near - MOONS, f);
		return s->tense > 0 && near + f->days < s->anchor ? islamic_near(near + MOONS, f)
								  : near;
	}
	int y = kh_day_ymd(s->anchor).year;
	int32_t here = feast_in(f, y);
	if (here == KH_NO_DAY)
		return here;
	if (here > s->anchor + (s->tense < 0 ? 0 : 120))
		return feast_in(f, y - 1);
	if (here < s->anchor - (s->tense > 0 ? 0 : 245))
		return feast_in(f, y + 1);
	return here;
}

static uint32_t matches(const struct kh_scan *s, const char *words)
{
	uint32_t n = 0;
	while (*words) {
		size_t len = strcspn(words, " ");
		const struct kh_tword *t = at(s, (int32_t)n);
		if (strlen(t->low) != len || memcmp(t->low, words, len) != 0 ||
		    (n && t->stop && len > 2))
			return 0;
		n++;
		words += len + (words[len] == ' ');
	}
	return n;
}

static uint32_t with_year(const struct kh_scan *s, int32_t k, int *year)
{
	int32_t b = k + is(at(s, k), "of");
	const struct kh_tword *t = at(s, b);
	if (kh_scan_is_year(t) && !t->stop)
		return *year = t->number, (uint32_t)(b + 1 - k);
	if (s->anchor == KH_NO_DAY || at(s, b + 1)->unit != KH_UNIT_YEAR || t->stop ||
	    !any(t, " last this next "))
		return 0;
	*year = kh_day_ymd(s->anchor).year + (is(t, "next") ? 1 : is(t, "last") ? -1 : 0);
	return (uint32_t)(b + 2 - k);
}

/* "during World War II": a time, where a preposition says so. */
static bool war(struct kh_scan *s)
{
	bool brief = any(at(s, 0), " wwii wwi ");
	uint32_t n = brief ? 1 : matches(s, "world war");
	int32_t lead = is(at(s, -1), "the") ? -2 : -1;
	if (!n || !any(at(s, lead), " during after before since in until of "))
		return false;
	const struct kh_tword *k = brief ? at(s, 0) : at(s, 2);
	bool second = any(k, " wwii ii two "), first = any(k, " wwi i one ");
	if (!second && !first)
		return false;
	s->begin = second ? kh_day_of(1939, 9, 1) : kh_day_of(1914, 7, 28);
	s->end = second ? kh_day_of(1945, 9, 2) : kh_day_of(1918, 11, 11);
	kh_say(s, second ? "1939-09-01/1945-09-02" : "1914-07-28/1918-11-11");
	s->aside = true;
	return kh_scan_took(s, 0, n + !brief, KH_DAY_DATE, KH_HOW_STATED);
}

bool kh_day_feast(struct kh_scan *s)
{
	const struct kh_tword *t = at(s, 0);
	if (t->number == 9 && at(s, 1)->number == 11 && kh_scan_after(s, t) == '/' &&
	    kh_scan_after(s, at(s, 1)) != '/' && kh_scan_before(s, t) != '/') {
		kh_say(s, "2001-09-11");
		return kh_scan_took(s, 0, 2, KH_DAY_DATE, KH_HOW_STATED);
	}
	if (!t->title)
		return false;
	if (war(s))
		return true;
	for (size_t i = 0; i < KH_COUNT(feasts); i++) {
		uint32_t n = matches(s, feasts[i].words);
		int year = 0;
		if (!n)
			continue;
		uint32_t told = with_year(s, (int32_t)n, &year);
		if (!told && at(s, (int32_t)n)->title && !at(s, (int32_t)n)->stop)
			return false; /* "Easter Island", "Christmas Tree Shops" */
		int32_t day = told		       ? feast_in(&feasts[i], year)
			      : s->anchor == KH_NO_DAY ? KH_NO_DAY
						       : feast_near(s, &feasts[i]);
		if (day == KH_NO_DAY)
			return false;
		kh_say_day(s, day);
		if (feasts[i].days == 30)
			s->value[7] =
				0; /* a month of moons: the month it begins in, bounds beside */
		kh_scan_took(s, 0, n + told, KH_DAY_DATE, told ? KH_HOW_STATED : KH_HOW_RESOLVED);
		s->begin = day;
		s->end = day + (feasts[i].days ? feasts[i].days - 1 : 0);
		return true;
	}
	return false;
}
