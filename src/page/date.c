/* See date.h. In: "Fri, 03 May 2024 15:47 GMT", "3. Mai 2024, 15.47 Uhr",
 * "2024-05-03T15:47:42+02:00". Out: the moment. Two orders of day and month are told apart by their
 * values where they can be. */
#include "page/date.h"

#include "base/day.h"
#include "base/str.h"

/* Beginnings of the names of months; the longest that fits wins. */
static const char *const month_names[12] = {
	"jan jän ene gen janv januar januari styc sty ledn янв ιαν oca tammi",
	"feb fev fév febr februar febrer lut únor únor фев φεβ şub helmi",
	"mar mär mär mrt maer março mars marz märz břez мар μάρ μαρ mart maalis",
	"apr abr avr april kwie dub апр απρ nisan huhti",
	"may mai mei maj mag maio mayo květ мая май μαΐ μάι μαι mayıs touko",
	"jun juin giu juni juny junho junio czer červn июн ιούν ιουν haziran kesä",
	"jul juil lug juli julho julio lip červenec июл ιούλ ιουλ temmuz heinä",
	"aug ago août aout aou agosto sie srp авг αύγ αυγ ağustos elo",
	"sep sept set wrz zář сен σεπ eyl eylül syys",
	"oct okt oto out ott octubre okto paź říj окт οκτ ekim loka",
	"nov nob listop lis листоп ноя νοέ νοε kasım marras",
	"dec dez dic déc gru pros дек δεκ ara aralık joulu",
};

/* The number of the month that a word of any of several languages names; 0. */
static int month_named(kh_str w)
{
	size_t best = 0;
	int month = 0;
	for (int i = 0; i < 12; i++) {
		for (const char *p = month_names[i]; *p;) {
			size_t n = strcspn(p, " ");
			if (n > best && w.n >= n && w.n <= n + 9 &&
			    kh_str_ieq((kh_str){w.p, n}, (kh_str){p, n})) {
				best = n;
				month = i + 1;
			}
			p += n + (p[n] == ' ');
		}
	}
	return month;
}

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
	if (!good_day(y, mo, d))
		goto no;
	*m = (struct kh_moment){.year = y, .month = mo, .day = d};
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

/* With the month as a word at [from, end): "3. Mai 2024", "May 3, 2024", "03-May-24". */
static bool worded(struct scan *x, size_t from, size_t end, struct kh_moment *m)
{
	int mo = month_named(kh_str_sub(x->s, from, end)), before = -1, y = -1;
	size_t i = from;
	if (!mo)
		return false;
	for (unsigned k = 0; k < 6 && i > 0 && !is_digit_at(x->s, i - 1); k++)
		i--;
	if (i > 0 && is_digit_at(x->s, i - 1)) {
		size_t b = i;
		while (b > 0 && is_digit_at(x->s, b - 1))
			b--;
		if (i - b <= 2) {
			struct scan back = {x->s, b};
			before = digits(&back, 1, 2);
		}
	}
	struct scan f = {x->s, end};
	skip_between(&f);
	size_t n_at = f.at;
	int next = digits(&f, 1, 4);
	size_t n = f.at - n_at;
	if (before > 0 && before <= 31 && next >= 0 && (n == 4 || (n == 2 && peek(&f) != ':'))) {
		y = full_year(next, n);
	} else if (next > 0 && n <= 2) {
		before = next;
		size_t day_end = f.at;
		skip_between(&f);
		n_at = f.at;
		next = digits(&f, 4, 4);
		if (next < 0) {
			f.at = day_end;
			next = year_behind_clock(f);
		}
		y = next > 0 ? next : -1;
	}
	if (!good_day(y, mo, before))
		return false;
	*m = (struct kh_moment){.year = y, .month = mo, .day = before};
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

/* HH:MM[:SS[.fff]] [am|pm] [zone], or HHMM after a 'T'. */
static bool clock_at(struct scan *x, bool after_t, struct kh_moment *m)
{
	int h = digits(x, 1, 2), s = 0, min;
	char sep = peek(x);
	bool colon = sep == ':' || ((sep == '.' || sep == 'h') && is_digit_at(x->s, x->at + 1));
	if (h < 0 || h > 24 || (!colon && !after_t))
		return false;
	x->at += colon;
	min = digits(x, 2, 2);
	if (min < 0 || min > 59 || is_digit_at(x->s, x->at + (after_t && !colon ? 2 : 0)))
		return false;
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
	size_t i = x->at;
	while (i < x->s.n && x->s.p[i] == ' ')
		i++;
	char a = i < x->s.n ? kh_lower(x->s.p[i]) : 0;
	bool dotted = i + 3 < x->s.n && x->s.p[i + 1] == '.' && kh_lower(x->s.p[i + 2]) == 'm';
	if ((a == 'a' || a == 'p') && i + 1 < x->s.n &&
	    (kh_lower(x->s.p[i + 1]) == 'm' || dotted)) {
		h = h % 12 + (a == 'p' ? 12 : 0);
		x->at = i + (dotted ? 4 : 2);
	}
	m->hour = h % 24;
	m->minute = min;
	m->second = s > 59 ? 59 : s;
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

bool kh_date_read(kh_str s, bool american, struct kh_moment *m)
{
	s = kh_str_trim(s);
	if (s.n > 200)
		s.n = 200;
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
