/* See date.h. In: "Fri, 03 May 2024 15:47 GMT", "3. Mai 2024, 15.47 Uhr",
 * "2024-05-03T15:47:42+02:00". Out: the moment. Two orders of day and month are told apart by their
 * values where they can be. */
#include "page/date.h"

#include "base/day.h"
#include "base/str.h"
#include "base/utf8.h"
#include "page/month.h"

enum {
	LONGEST = 200, /* bytes of a text that are looked at */
	JALALI = 1370, /* years from here to there are of the Persian calendar, */
	JALALI_END = 1430,
	BUDDHIST = 2500, /* from here on of the Thai one */
	BUDDHA = 543
};

struct scan {
	kh_str s;
	size_t at;
};

static int digits(struct scan *x, int least, int most)
{
	int v = 0, n = 0;
	while (x->at < x->s.n && n < most && kh_is_digit((unsigned char)x->s.p[x->at])) {
		v = v * 10 + (x->s.p[x->at++] - '0');
		n++;
	}
	return n >= least ? v : -1;
}

static char peek(const struct scan *x)
{
	return x->at < x->s.n ? x->s.p[x->at] : 0;
}

static bool good_day(int y, int m, int d)
{
	return y >= 1000 && y <= 9999 && m >= 1 && m <= 12 && d >= 1 &&
	       d <= kh_day_month_length(y, m);
}

/* The day of any calendar. */
static bool set_day(struct kh_moment *m, int y, int mo, int d, enum kh_calendar calendar)
{
	if (calendar == KH_CALENDAR_JALALI && !kh_month_jalali(&y, &mo, &d))
		return false;
	if (y >= BUDDHIST)
		y -= BUDDHA;
	if (!good_day(y, mo, d))
		return false;
	*m = (struct kh_moment){.year = y, .month = mo, .day = d};
	return true;
}

static bool is_digit_at(kh_str s, size_t i)
{
	return i < s.n && kh_is_digit((unsigned char)s.p[i]);
}

/* Steps over the sign for year, month in Chinese, Japanese, Korean. */
static bool year_sign(struct scan *x)
{
	static const char *const sign[] = {"\xE5\xB9\xB4", "\xE6\x9C\x88", "\xEB\x85\x84",
					   "\xEC\x9B\x94"};
	for (size_t i = 0; i < KH_COUNT(sign); i++)
		if (kh_str_starts(kh_str_sub(x->s, x->at, x->s.n), sign[i])) {
			x->at += 3;
			while (peek(x) == ' ')
				x->at++;
			return true;
		}
	return false;
}

/* YYYY-MM-DD, YYYY/M/D, YYYYMMDD, and the year or the year and month alone. */
static bool iso(struct scan *x, struct kh_moment *m)
{
	size_t from = x->at;
	int y = digits(x, 4, 4), mo, d;
	if (y < 0 || y < 1000)
		goto no;
	char sep = peek(x);
	if (year_sign(x)) { /* 2020年07月03日 */
		mo = digits(x, 1, 2);
		if (!year_sign(x))
			goto no;
		d = digits(x, 1, 2);
	} else if (sep == '-' || sep == '/' || sep == '.') {
		x->at++;
		mo = digits(x, 1, 2);
		if (mo < 1 || mo > 12)
			goto no;
		*m = (struct kh_moment){.year = y, .month = mo};
		if (peek(x) != sep)
			return sep == '-' && !is_digit_at(x->s, x->at);
		x->at++;
		d = digits(x, 1, 2);
	} else {
		mo = digits(x, 2, 2);
		d = digits(x, 2, 2);
	}
	bool jalali = (sep == '/' || sep == '-') && y >= JALALI && y < JALALI_END;
	if (!set_day(m, y, mo, d, jalali ? KH_CALENDAR_JALALI : KH_CALENDAR_GREGORIAN))
		goto no;
	return true;
no:
	x->at = from;
	return false;
}

static int full_year(int y, size_t n)
{
	return n == 4 ? y : n == 2 ? (y < 70 ? 2000 + y : 1900 + y) : -1;
}

/* Three numbers: 3.5.2024, 03/05/24, 5-3-2024. */
static bool numeric(struct scan *x, bool american, struct kh_moment *m)
{
	size_t from = x->at;
	int a = digits(x, 1, 2);
	char sep = peek(x);
	if (a < 0 || (sep != '.' && sep != '/' && sep != '-'))
		goto no;
	x->at++;
	while (sep == '.' && peek(x) == ' ')
		x->at++;
	int b = digits(x, 1, 2);
	if (b < 0 || peek(x) != sep)
		goto no;
	x->at++;
	while (sep == '.' && peek(x) == ' ')
		x->at++;
	size_t y_at = x->at;
	int y = digits(x, 2, 4);
	y = full_year(y, x->at - y_at);
	if (is_digit_at(x->s, x->at))
		goto no;
	bool month_first = sep == '/' && american;
	int d = month_first ? b : a, mo = month_first ? a : b;
	if (mo > 12 && d <= 12 && sep != '.') {
		int t = d;
		d = mo;
		mo = t;
	}
	if (!good_day(y, mo, d))
		goto no;
	*m = (struct kh_moment){.year = y, .month = mo, .day = d};
	return true;
no:
	x->at = from;
	return false;
}

static size_t word_end(kh_str s, size_t i)
{
	while (i < s.n && (kh_is_alpha((unsigned char)s.p[i]) || (s.p[i] & 0x80)))
		i++;
	return i;
}

/* Skips what may stand between day, month and year: blanks, dots, commas, "de", "of", "st". */
static void skip_between(struct scan *x)
{
	static const char *const small[] = {"de", "of", "the", "del", "st",
					    "nd", "rd", "th",  "er",  "på"};
	for (bool more = true; more;) {
		more = false;
		while (x->at < x->s.n && memchr(" .,-/\xC2\xA0\t\n", x->s.p[x->at], 9)) {
			x->at++;
			more = true;
		}
		size_t end = word_end(x->s, x->at);
		kh_str w = kh_str_sub(x->s, x->at, end);
		for (size_t i = 0; i < KH_COUNT(small); i++)
			if (kh_str_ieq(w, kh_str_of(small[i]))) {
				x->at = end;
				more = true;
				break;
			}
	}
}

/* "Jan 1 19:48:21 2004", as C's asctime writes it. */
static int year_behind_clock(struct scan x)
{
	skip_between(&x);
	for (int part = 0; part < 3; part++) {
		if (part && peek(&x) != ':')
			return -1;
		x.at += part > 0;
		if (digits(&x, 2, 2) < 0)
			return -1;
	}
	if (peek(&x) != ' ')
		return -1;
	x.at++;
	return digits(&x, 4, 4);
}

/* The number that stands shortly before: of one or two digits a day, of four a year. */
static int number_before(kh_str s, size_t i, size_t *n)
{
	*n = 0;
	for (unsigned k = 0; k < 6 && i > 0 && !is_digit_at(s, i - 1); k++)
		i--;
	size_t b = i;
	while (b > 0 && i - b < 5 && is_digit_at(s, b - 1))
		b--;
	struct scan back = {s, b};
	*n = i - b;
	return *n && *n <= 4 && *n != 3 ? digits(&back, 1, 4) : -1;
}

/* With the month as a word at [from, end): "3. Mai 2024", "May 3, 2024", "03-May-24",
 * "2024. május 3." */
static bool worded(struct scan *x, size_t from, size_t end, struct kh_moment *m)
{
	struct kh_month mo = kh_month_named(kh_str_sub(x->s, from, x->s.n), end - from);
	size_t n_before, n_at;
	if (!mo.month)
		return false;
	int before = number_before(x->s, from, &n_before), day = -1, y = -1;
	struct scan f = {x->s, from + mo.bytes};
	skip_between(&f);
	n_at = f.at;
	int next = digits(&f, 1, 4);
	size_t n = f.at - n_at;
	if (n_before && n_before <= 2 && before > 0 && before <= 31 && next >= 0 &&
	    (n == 4 || (n == 2 && peek(&f) != ':'))) {
		day = before;
		y = full_year(next, n);
	} else if (next > 0 && n <= 2) {
		size_t day_end = f.at;
		day = next;
		skip_between(&f);
		n_at = f.at;
		y = digits(&f, 4, 4);
		if (y < 0) {
			f.at = day_end;
			y = n_before == 4 ? before : year_behind_clock(f);
		}
	}
	if (y <= 0 || day <= 0 || !set_day(m, y, mo.month, day, mo.calendar))
		return false;
	x->at = f.at;
	return true;
}

static void named_zone(kh_str w, struct kh_moment *m)
{
	static const struct {
		const char *name;
		int minutes;
	} list[] = {
		{"z", 0},	{"gmt", 0},	{"utc", 0},    {"ut", 0},     {"bst", 60},
		{"cet", 60},	{"cest", 120},	{"est", -300}, {"edt", -240}, {"et", -300},
		{"cst", -360},	{"cdt", -300},	{"mst", -420}, {"mdt", -360}, {"pst", -480},
		{"pdt", -420},	{"ist", 330},	{"jst", 540},  {"kst", 540},  {"aest", 600},
		{"aedt", 660},	{"msk", 180},	{"eest", 180}, {"eet", 120},  {"pkt", 300},
		{"mez", 60},	{"mesz", 120},	{"sast", 120}, {"hkt", 480},  {"sgt", 480},
		{"akst", -540}, {"akdt", -480}, {"hst", -600}, {"ast", -240}, {"adt", -180},
	};
	for (size_t i = 0; i < KH_COUNT(list); i++)
		if (kh_str_ieq(w, kh_str_of(list[i].name))) {
			m->has_zone = true;
			m->zone = list[i].minutes;
		}
}

static void zone(struct scan *x, struct kh_moment *m)
{
	while (peek(x) == ' ' || peek(x) == '(')
		x->at++;
	char c = peek(x);
	size_t end = word_end(x->s, x->at);
	if (end > x->at) {
		named_zone(kh_str_sub(x->s, x->at, end), m);
		if (m->has_zone && end < x->s.n && (x->s.p[end] == '+' || x->s.p[end] == '-')) {
			x->at = end; /* "GMT+2" */
			c = x->s.p[end];
		}
	}
	if (c != '+' && c != '-')
		return;
	x->at++;
	int h = digits(x, 1, 2);
	if (peek(x) == ':')
		x->at++;
	int min = digits(x, 2, 2);
	if (h < 0 || h > 15)
		return;
	m->has_zone = true;
	m->zone = (h * 60 + (min < 0 ? 0 : min)) * (c == '-' ? -1 : 1);
}

struct half { /* a word that tells the half of the day */
	const char *z;
	bool after_noon;
};

/* Bytes of such a word at the start of `s`; 0: none. */
static size_t half_of_day(kh_str s, bool *after_noon)
{
	static const struct half list[] = {
		{"a.m", false},	       {"p.m", true},	     {"a. m", false},
		{"p. m", true},	       {"am", false},	     {"pm", true},
		{"a\xC2\xA0m", false}, {"p\xC2\xA0m", true}, {"vorm.", false},
		{"nachm.", true},      {"ق.ظ", false},	     {"ب.ظ", true},
		{"قبل از ظهر", false}, {"بعد از ظهر", true}, {"صباحا", false},
		{"مساء", true},	       {"ص", false},	     {"م", true},
		{"π.μ.", false},       {"μ.μ.", true},	     {"πμ", false},
		{"μμ", true},	       {"오전", false},	     {"오후", true},
		{"上午", false},       {"下午", true},	     {"午前", false},
		{"午後", true},	       {"晚上", true},	     {"凌晨", false}};
	for (size_t i = 0; i < KH_COUNT(list); i++) {
		size_t n = strlen(list[i].z);
		if (s.n < n || !kh_str_ieq(kh_str_sub(s, 0, n), (kh_str){list[i].z, n}))
			continue;
		*after_noon = list[i].after_noon;
		bool letter = n < s.n && (kh_is_alpha((unsigned char)s.p[n]) || (s.p[n] & 0x80));
		if (n > 2 && n < 6 && list[i].z[n - 1] == 'm' && n < s.n && s.p[n] == '.')
			return n + 1;
		if (!letter || n > 4)
			return n;
	}
	return 0;
}

/* Is the half of the day told before the hour: "오후 3:47"? */
static bool half_before(kh_str s, size_t at, bool *after_noon)
{
	while (at > 0 && s.p[at - 1] == ' ')
		at--;
	return at >= 6 && half_of_day(kh_str_sub(s, at - 6, at), after_noon) == 6;
}

/* Steps over what stands between hours and minutes; false: nothing that does. */
static bool hour_sign(struct scan *x)
{
	static const char *const sign[] = {"時", "点", "點", "时", "시"};
	char c = peek(x);
	if (c == ':' || ((c == '.' || c == 'h') && is_digit_at(x->s, x->at + 1))) {
		x->at++;
		return true;
	}
	for (size_t i = 0; i < KH_COUNT(sign); i++)
		if (kh_str_starts(kh_str_sub(x->s, x->at, x->s.n), sign[i])) {
			x->at += 3;
			x->at += peek(x) == ' ';
			return is_digit_at(x->s, x->at);
		}
	return false;
}

static int seconds(struct scan *x, char sep, bool after_t)
{
	int s = 0;
	if (peek(x) == sep && sep == ':')
		x->at++;
	if (is_digit_at(x->s, x->at))
		s = digits(x, 1, 2);
	if ((peek(x) == '.' || peek(x) == ',' || (after_t && peek(x) == ':')) &&
	    is_digit_at(x->s, x->at + 1)) {
		x->at++;
		while (is_digit_at(x->s, x->at))
			x->at++;
	}
	return s > 59 ? 59 : s;
}

/* HH:MM[:SS[.fff]] [am|pm] [zone], or HHMM after a 'T'. */
static bool clock_at(struct scan *x, bool after_t, struct kh_moment *m)
{
	bool noon = false, told = half_before(x->s, x->at, &noon);
	int h = digits(x, 1, 2);
	char sep = peek(x);
	if (h < 0 || h > 24)
		return false;
	bool parted = hour_sign(x);
	if (!parted && !after_t)
		return false;
	int min = digits(x, 2, 2);
	if (min < 0 || min > 59 || is_digit_at(x->s, x->at + (after_t && !parted ? 2 : 0)))
		return false;
	m->minute = min;
	m->second = seconds(x, sep, after_t);
	size_t i = x->at, n;
	while (i < x->s.n &&
	       (x->s.p[i] == ' ' || kh_str_starts(kh_str_sub(x->s, i, x->s.n), "\xC2\xA0")))
		i += x->s.p[i] == ' ' ? 1 : 2;
	if ((n = half_of_day(kh_str_sub(x->s, i, x->s.n), &noon))) {
		told = true;
		x->at = i + n;
	}
	if (told && h <= 12) /* "20:15 am Montag" */
		h = h % 12 + (noon ? 12 : 0);
	m->hour = h % 24;
	m->has_time = true;
	zone(x, m);
	return true;
}

static void find_clock(struct scan *x, size_t from, size_t to, struct kh_moment *m)
{
	for (size_t i = from; i < to; i++) {
		if (!is_digit_at(x->s, i) || (i && is_digit_at(x->s, i - 1)))
			continue;
		struct scan y = {x->s, i};
		struct kh_moment t = *m;
		bool after_t = i > 0 && (x->s.p[i - 1] == 'T' || x->s.p[i - 1] == 't') && i > 1 &&
			       is_digit_at(x->s, i - 2);
		if (clock_at(&y, after_t, &t)) {
			*m = t;
			return;
		}
	}
}

static bool epoch(kh_str s, struct kh_moment *m)
{
	int64_t v;
	if ((s.n != 10 && s.n != 13) || !kh_str_number(s, &v))
		return false;
	if (s.n == 13)
		v /= 1000;
	struct kh_ymd d = kh_day_ymd((int32_t)(v / 86400));
	int t = (int)(v % 86400);
	*m = (struct kh_moment){d.year, d.month, d.day, t / 3600, t / 60 % 60,
				t % 60, 0,	 true,	true};
	return d.year >= 1990 && d.year < 2100;
}

/* The value of a decimal digit of any script in use; -1: none. */
static int digit_of(uint32_t c)
{
	static const uint32_t zero[] = {0x660, 0x6F0, 0x966, 0x9E6, 0xA66, 0xAE6,  0xB66,  0xBE6,
					0xC66, 0xCE6, 0xD66, 0xE50, 0xED0, 0x1040, 0x17E0, 0xFF10};
	for (size_t i = 0; i < KH_COUNT(zero); i++)
		if (c >= zero[i] && c < zero[i] + 10)
			return (int)(c - zero[i]);
	return -1;
}

/* The text with the digits of all scripts as ASCII, and the marks of direction left out; false: it
 * holds no digit. */
static bool plain_digits(kh_str *s, char to[LONGEST])
{
	size_t n = 0;
	bool any = false;
	for (size_t i = 0; i < s->n && n + 4 < LONGEST;) {
		unsigned len;
		uint32_t c = kh_utf8_at(*s, i, &len);
		int v = c < 0x80 ? -1 : digit_of(c);
		any |= v >= 0 || (c < 0x80 && kh_is_digit((unsigned char)c));
		if (v >= 0) {
			to[n++] = (char)('0' + v);
		} else if (!(c >= 0x200C && c <= 0x200F) && !(c >= 0x202A && c <= 0x202E)) {
			memcpy(to + n, s->p + i, len);
			n += len;
		}
		i += len;
	}
	*s = (kh_str){to, n};
	return any;
}

bool kh_date_read(kh_str s, bool american, struct kh_moment *m)
{
	char room[LONGEST];
	s = kh_str_trim(s);
	if (!plain_digits(&s, room))
		return false;
	if (epoch(s, m))
		return true;
	for (size_t i = 0; i < s.n;) {
		struct scan x = {s, i};
		bool digit = is_digit_at(s, i), found = false;
		size_t end = word_end(s, i);
		if (digit)
			found = iso(&x, m) || numeric(&x, american, m);
		else if (end > i)
			found = worded(&x, i, end, m);
		if (found) {
			find_clock(&x, x.at, s.n, m);
			if (!m->has_time && i)
				find_clock(&x, 0, i, m);
			return true;
		}
		if (digit)
			while (is_digit_at(s, i))
				i++;
		else
			i = end > i ? end : i + 1;
	}
	return false;
}

static void two(char *to, int v)
{
	to[0] = (char)('0' + v / 10 % 10);
	to[1] = (char)('0' + v % 10);
}

unsigned kh_date_write(const struct kh_moment *m, char to[32])
{
	two(to, m->year / 100);
	two(to + 2, m->year % 100);
	memcpy(to + 4, "-01-01T", 7);
	two(to + 5, m->month ? m->month : 1);
	two(to + 8, m->day ? m->day : 1);
	if (!m->has_time)
		return 10;
	memcpy(to + 10, "T00:00:00", 9);
	two(to + 11, m->hour);
	two(to + 14, m->minute);
	two(to + 17, m->second);
	if (!m->has_zone)
		return 19;
	if (!m->zone) {
		to[19] = 'Z';
		return 20;
	}
	int z = m->zone < 0 ? -m->zone : m->zone;
	memcpy(to + 19, "+00:00", 6);
	to[19] = m->zone < 0 ? '-' : '+';
	two(to + 20, z / 60);
	two(to + 23, z % 60);
	return 25;
}

void kh_date_utc(struct kh_moment *m)
{
	int t = m->hour * 60 + m->minute - m->zone;
	int32_t day = kh_day_of(m->year, m->month ? m->month : 1, m->day ? m->day : 1);
	m->zone = 0;
	if (!m->has_time || day == KH_NO_DAY)
		return;
	for (; t < 0; t += 1440)
		day--;
	for (; t >= 1440; t -= 1440)
		day++;
	struct kh_ymd d = kh_day_ymd(day);
	*m = (struct kh_moment){d.year, d.month, d.day, t / 60, t % 60, m->second, 0, true, true};
}
