/* See dateline.h. In: the text of a story. Out: where its dateline ends and what it says.
 * A dateline is a short run of capitalised words, dates and bracketed agencies before a dash;
 * it counts only when its place stands in capitals or a date or an agency follows it. An agency
 * between slashes ends one too ("MOSCOW, March 5. /TASS/."). */
#include "page/dateline.h"

#include "base/str.h"

#define LONGEST 120
#define MOST_WORDS 14

static int month_of(kh_str w)
{
	static const char *const name[12] = {"january",	  "february", "march",	  "april",
					     "may",	  "june",     "july",	  "august",
					     "september", "october",  "november", "december"};
	if (w.n && w.p[w.n - 1] == '.')
		w.n--;
	if (w.n < 3)
		return 0;
	for (int i = 0; i < 12; i++) {
		size_t n = strlen(name[i]);
		bool sept = i == 8 && w.n == 4;
		if ((w.n == n || w.n == 3 || sept) && kh_str_ieq(w, (kh_str){name[i], w.n}))
			return i + 1;
	}
	return 0;
}

/* Bytes of a dash at s[i] that may end a dateline, 0 when there is none. */
static size_t dash_at(kh_str s, size_t i)
{
	bool before = i > 0 && (s.p[i - 1] == ' ' || s.p[i - 1] == ')');
	before |= i > 1 && s.p[i - 1] == '.' && s.p[i - 2] == ')'; /* "Quito (Agencia).-" */
	kh_str rest = kh_str_sub(s, i, s.n);
	if (kh_str_starts(rest, "\xE2\x80\x94") || kh_str_starts(rest, "\xE2\x80\x93"))
		return 3;
	if (!before || s.p[i] != '-')
		return 0;
	size_t n = i + 1 < s.n && s.p[i + 1] == '-' ? 2 : 1;
	return i + n < s.n && kh_is_space((unsigned char)s.p[i + n]) ? n : 0;
}

struct parse {
	struct kh_dateline d;
	unsigned words, capitals, others;
	bool agency, dated;
};

static void number(struct parse *p, kh_str w)
{
	int64_t v;
	while (w.n && !kh_is_digit((unsigned char)w.p[w.n - 1]))
		w.n--;
	if (!kh_str_number(w, &v))
		return;
	if (v >= 1 && v <= 31 && !p->d.day)
		p->d.day = (int)v;
	else if (v >= 1000 && v <= 9999)
		p->d.year = (int)v;
	else if (v >= 32 && v <= 99)
		p->d.year = 1900 + (int)v;
	p->dated = true;
}

static bool all_capitals(kh_str w)
{
	size_t letters = 0;
	for (size_t i = 0; i < w.n; i++) {
		if (kh_is_lower((unsigned char)w.p[i]))
			return false;
		letters += kh_is_upper((unsigned char)w.p[i]) || (unsigned char)w.p[i] >= 0x80;
	}
	return letters >= 2;
}

static void word(struct parse *p, kh_str w)
{
	static const char *const small[] = {"de",  "la",  "el",	 "al", "of",
					    "and", "the", "del", "di", "near"};
	kh_str bare = w;
	while (bare.n && (bare.p[bare.n - 1] == ',' || bare.p[bare.n - 1] == ':'))
		bare.n--;
	int month = month_of(bare);
	p->words++;
	if (!bare.n)
		return;
	if (month && (p->words > 1 || p->d.day)) {
		p->d.month = month;
		p->dated = true;
	} else if (kh_is_digit((unsigned char)w.p[0])) {
		number(p, bare);
	} else if (all_capitals(bare)) {
		p->capitals++;
	} else if (kh_is_upper((unsigned char)w.p[0]) || (unsigned char)w.p[0] >= 0xC3) {
		p->others++;
	} else {
		bool known = false;
		for (size_t i = 0; i < KH_COUNT(small); i++)
			known |= kh_str_is(bare, small[i]);
		if (!known)
			p->words = MOST_WORDS + 1;
	}
	if (!p->dated && !p->agency) /* the place is what stands before date and agency */
		p->d.place.n = (size_t)(bare.p + bare.n - p->d.place.p);
}

/* Reads the words of s[from, to); false when they cannot be a dateline. */
static bool read_words(struct parse *p, kh_str s, size_t from, size_t to)
{
	for (size_t i = from; i < to && p->words <= MOST_WORDS;) {
		if (s.p[i] == ' ') {
			i++;
			continue;
		}
		if (s.p[i] == '(') {
			const char *close = memchr(s.p + i, ')', to - i);
			if (!close)
				return false;
			p->agency = true;
			i = (size_t)(close - s.p) + 1;
			continue;
		}
		size_t end = i;
		while (end < to && s.p[end] != ' ' && s.p[end] != '(')
			end++;
		word(p, kh_str_sub(s, i, end));
		i = end;
	}
	return p->words > 0 && p->words <= MOST_WORDS;
}

static size_t skip_marks(kh_str s, size_t at)
{
	while (at < s.n && (s.p[at] == ' ' || s.p[at] == '\n'))
		at++;
	static const char *const mark[] = {"[TEXT]", "(TEXT)", "[Text]"};
	for (size_t i = 0; i < KH_COUNT(mark); i++)
		if (kh_str_starts(kh_str_sub(s, at, s.n), mark[i]))
			at += strlen(mark[i]);
	while (at < s.n && s.p[at] == ' ')
		at++;
	return at;
}

/* Bytes of an agency between slashes with the mark behind it; 0: there is none. */
static size_t slashed_at(kh_str s, size_t i)
{
	enum { AGENCY = 20 };
	size_t end = i + 1;
	if (s.p[i] != '/' || i < 2 || s.p[i - 1] != ' ')
		return 0;
	while (end < s.n && end < i + AGENCY && kh_is_alpha((unsigned char)s.p[end]))
		end++;
	if (end >= s.n || s.p[end] != '/' || end < i + 3)
		return 0;
	end++;
	while (end < s.n && (s.p[end] == '.' || s.p[end] == '-' || s.p[end] == ' '))
		end++;
	return end - i;
}

static size_t first_word(kh_str s)
{
	size_t begin = 0;
	while (begin < s.n && kh_is_space((unsigned char)s.p[begin]))
		begin++;
	return begin;
}

struct kh_dateline kh_dateline_colon(kh_str s)
{
	enum { MOST = 40 };
	struct kh_dateline d = {.begin = first_word(s)};
	for (size_t i = d.begin; i + 2 < s.n && i < d.begin + MOST && s.p[i] != '\n'; i++) {
		if (s.p[i] != ':')
			continue;
		d.place = kh_str_sub(s, d.begin, i);
		d.end = skip_marks(s, i + 1);
		const char *comma = memchr(d.place.p, ',', d.place.n); /* "PESHAWAR, Pakistan:" */
		size_t shouted = comma ? (size_t)(comma - d.place.p) : d.place.n;
		d.place = kh_str_sub(d.place, 0, shouted);
		return s.p[i + 1] == ' ' && d.place.n > 2 && all_capitals(d.place)
			       ? d
			       : (struct kh_dateline){0};
	}
	return (struct kh_dateline){0};
}

/* Do the words of a dateline make one: a place in capitals, an agency, a day? */
static bool is_dateline(const struct parse *p)
{
	bool shouted = p->capitals > 0 && p->others <= p->capitals + 2 &&
		       all_capitals((kh_str){p->d.place.p, p->d.place.n < 3 ? p->d.place.n : 3});
	return shouted || ((p->agency || (p->d.month && p->d.day)) && p->words <= 7);
}

bool kh_dateline_is_line(kh_str s)
{
	struct parse p = {.d.place = {s.p, 0}, .agency = false};
	return s.n && s.n < LONGEST &&
	       (kh_is_upper((unsigned char)s.p[0]) || (unsigned char)s.p[0] >= 0xC3) &&
	       read_words(&p, s, 0, s.n) && p.d.place.n > 2 &&
	       (p.agency || (p.d.month && p.d.day)) && is_dateline(&p);
}

struct kh_dateline kh_dateline_find(kh_str s)
{
	struct kh_dateline none = {0};
	size_t begin = first_word(s);
	for (size_t i = begin; i < s.n && i < begin + LONGEST && s.p[i] != '\n'; i++) {
		size_t n = dash_at(s, i), slash = n ? 0 : slashed_at(s, i);
		if ((!n && !slash) || i == begin)
			continue;
		n += slash;
		struct parse p = {.d.place = {s.p + begin, 0}, .agency = false};
		bool alone = s.p[begin] == '('; /* "(AFP) -" without a place */
		bool good = (read_words(&p, s, begin, i) || (alone && p.agency)) &&
			    (p.d.place.n > 2 || (alone && p.agency));
		if (!good || !is_dateline(&p))
			return none;
		p.d.begin = begin;
		p.d.end = skip_marks(s, i + n);
		return p.d;
	}
	return none;
}
