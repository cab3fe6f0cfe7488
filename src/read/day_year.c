/* Years, decades and centuries, in figures and spelled out. In: the word in hand. Out: what was
 * found. Four figures are a year unless they count, price or number something. */
#include "base/str.h"
#include "doc/ud.h"
#include "read/day_scan.h"

#define at(s, k) kh_scan_at(s, k)
#define is(t, w) kh_scan_is(t, w)
#define any(t, w) kh_scan_any(t, w)

static const char TIMELY[] =
	" in of since by until from during before after to and between through till for than year "
	"fiscal early late mid circa c ca around about or the a his her its their this that last "
	"pre post ";

static bool the_before(const struct kh_scan *s, int32_t *k)
{
	*k = is(at(s, -1), "the") ? -1 : 0;
	return *k != 0;
}

static uint8_t mod_at(const struct kh_scan *s, int32_t k)
{
	return any(at(s, k), " early ")	       ? KH_MOD_EARLY
	       : any(at(s, k), " mid ")	       ? KH_MOD_MID
	       : any(at(s, k), " late later ") ? KH_MOD_LATE
					       : KH_MOD_NONE;
}

/* the 1990s, the late '90s, the nineties, the 19th century */
static bool decade(struct kh_scan *s)
{
	static const char *const spelled[] = {"twenties", "thirties",  "forties",  "fifties",
					      "sixties",  "seventies", "eighties", "nineties"};
	const struct kh_tword *t = at(s, 0), *next = at(s, 1);
	int32_t from;
	bool the = the_before(s, &from);
	uint8_t mod = mod_at(s, from - 1);
	int y = -1;
	if (t->plural && (t->digits == 4 || t->digits == 2) && t->number % 10 == 0)
		y = t->digits == 4 ? t->number : 1900 + t->number;
	bool apart = the && t->digits == 4 && t->number % 10 == 0 && is(next, "s") && !next->stop &&
		     next->at.begin - t->at.end <= 3 && kh_scan_after(s, t) != ' ';
	if (apart) /* the 1930's */
		y = t->number;
	for (int i = 0; i < 8 && the; i++)
		if (is(t, spelled[i]))
			y = 1920 + 10 * i;
	if (y >= 1000 && y < 2100) {
		bool own = any(at(s, -1), " his her their my your its our ") ||
			   any(at(s, -2), " his her their my your its our ");
		if (own || (t->digits != 4 && !the && !mod && kh_scan_before(s, t) != '\''))
			return false; /* "in her 80s" */
		kh_say_year(s, y);
		s->value[y % 100 == 0 && y < 2000 ? 2 : 3] = 0; /* the 1600s are a century */
	} else if (t->ordinal && any(next, " to and ") && is(at(s, 2), "the") &&
		   at(s, 3)->ordinal && at(s, 4)->unit == KH_UNIT_CENTURY && t->number > 1 &&
		   t->number < 22) {
		kh_say_year(s, (t->number - 1) * 100); /* from the 15th to the 19th century */
		s->value[2] = 0;
		return kh_scan_took(s, from, (uint32_t)(1 - from), KH_DAY_DATE, KH_HOW_STATED);
	} else if (t->ordinal && next->unit == KH_UNIT_CENTURY && !next->stop && t->number > 1 &&
		   t->number < 22) {
		kh_say_year(s, (t->number - 1) * 100);
		s->value[2] = 0;
	} else {
		return false;
	}
	bool cent = (t->ordinal && s->value[2] == 0) || apart;
	if (mod)
		from -= is(at(s, from - 2), "the") ? 2 : 1;
	kh_scan_took(s, from, (uint32_t)(1 + cent - from), KH_DAY_DATE, KH_HOW_STATED);
	s->mod = mod;
	return true;
}

static int tens_and_units(const struct kh_scan *s, int32_t k, uint32_t *n)
{
	const struct kh_tword *t = at(s, k), *next = at(s, k + 1);
	*n = 0;
	if (t->digits || t->ordinal || t->number < 10 || t->number > 99 || t->stop)
		return -1;
	*n = 1;
	bool more = t->number >= 20 && !next->digits && !next->ordinal && next->number > 0 &&
		    next->number < 10 && !next->stop && !next->comma;
	*n += more;
	return t->number + (more ? next->number : 0);
}

int kh_day_spelled_year(const struct kh_scan *s, int32_t k, uint32_t *n)
{
	const struct kh_tword *t = at(s, k);
	if (t->digits || t->ordinal || (t->number != 19 && t->number != 20))
		return 0;
	int low = tens_and_units(s, k + 1, n);
	if (low < 10 || at(s, k + 1)->stop || at(s, k + 1 + (int32_t)*n)->unit)
		return 0;
	++*n;
	return t->number * 100 + low;
}

/* nineteen ninety-six, two thousand four: how broadcast scripts spell them */
static bool spelled_year(struct kh_scan *s)
{
	const struct kh_tword *t = at(s, 0);
	uint32_t n;
	if (t->number == 2 && !t->digits) {
		if (!is(at(s, 1), "thousand") || !any(at(s, -1), " year in since by until "))
			return false;
		const struct kh_tword *unit = at(s, 2);
		bool more = unit->number > 0 && unit->number < 20 && !unit->digits && !unit->stop;
		if (!is(at(s, -1), "year") && !unit->stop && !more)
			return false; /* "in two thousand homes" */
		kh_say_year(s, 2000 + (more ? unit->number : 0));
		return kh_scan_took(s, 0, 2u + more, KH_DAY_DATE, KH_HOW_STATED);
	}
	int year = kh_day_spelled_year(s, 0, &n);
	if (!year)
		return false;
	kh_say_year(s, year);
	return kh_scan_took(s, 0, n, KH_DAY_DATE, KH_HOW_STATED);
}

/* Figures that price, measure or number. */
static bool is_figure(const struct kh_scan *s, const struct kh_tword *t)
{
	const struct kh_tword *prev = at(s, -1), *next = at(s, 1);
	char b = kh_scan_before(s, t), a = kh_scan_after(s, t);
	bool glued = next->at.begin == t->at.end + 1 && next->digits;
	if (b == '$' || (b == '[' && t->digits != 4) || b == '#' || b == '.' || b == ':' ||
	    (b == ',' && prev->at.end + 1 == t->at.begin) ||
	    ((a == '.' || a == ',' || a == ':') && glued) || a == '%')
		return true;
	if ((unsigned char)b >= 0x80 && t->at.begin > 1 &&
	    ((unsigned char)s->w->doc->text.p[t->at.begin - 2] == 0xC2 ||
	     (unsigned char)s->w->doc->text.p[t->at.begin - 2] == 0x82)) /* pound, euro */
		return true;
	if (any(prev,
		" rule section no number room page flight route highway hwy article case model "
		"figure paragraph nasdaq dow boeing airbus bus interstate channel fig table "))
		return true;
	return (next->unit && (next->plural || next->joined || next->unit == KH_UNIT_YEAR)) ||
	       (any(next, " hours percent meter metre kilometer kilometre foot mile "
			  "word page meters metres feet miles km kilometers "
			  "kilometres dollars euros pounds gmt utc ") &&
		!next->stop);
}

/* Does the figure count the plural noun behind it: "2000 troops"? A determiner says no: "the 1998
 * attacks". */
static bool counts(const struct kh_scan *s, const struct kh_tword *t)
{
	const struct kh_tword *prev = at(s, -1), *next = at(s, 1);
	const struct kh_doc *d = s->w->doc;
	if (t->joined || next->stop || next->comma || next->token == KH_NONE || next->joined ||
	    next->at.begin != t->at.end + 1 || kh_scan_is_year(at(s, -2)))
		return false;
	if (any(prev, " fiscal the a an its his her their this that last our "))
		return false;
	bool plural = (d->token[next->token].feats & KH_FEAT_PLURAL) &&
		      d->token[next->token].upos == KH_NOUN;
	if (any(next, " levels prices figures "))
		return false; /* "10% of 2000 levels" */
	bool likely = t->number > 1900 && t->number < 2040 && t->number % 100;
	return plural && !(likely && any(prev, " in since during from of by "));
}

/* "347 AD", "c. 347", "508 BC"; 1 found */
static bool ancient(struct kh_scan *s)
{
	const struct kh_tword *t = at(s, 0), *prev = at(s, -1), *next = at(s, 1);
	if (t->digits < 2 || t->digits > 4 || t->plural || t->ordinal || t->number < 1 ||
	    is_figure(s, t))
		return false;
	if (next->month && !next->stop)
		return false;
	bool after = any(next, " ad ce ") && next->at.end - next->at.begin == 2 && next->title;
	bool before = any(next, " bc bce ") && next->title;
	bool circa = any(prev, " c ca circa ad ") && t->digits == 3;
	circa |= t->ad || (is(prev, "year") && !t->stop && !next->unit); /* "in the year 71" */
	bool dash = s->ref_at == s->i && t->at.begin - prev->at.end <= 5 && prev->digits == 3;
	dash |= kh_scan_before(s, t) == '(' && t->digits == 3 && next->digits == 3 &&
		next->number > t->number && next->at.begin - t->at.end <= 5 &&
		kh_scan_after(s, next) == ')'; /* "(837-908)" */
	bool told = s->ancient && t->digits == 3 && !counts(s, t) &&
		    any(prev, " in about around by until since after before ");
	if (before) {
		kh_say(s, "BC");
		kh_say_year(s, t->number);
		memmove(s->value + 2, s->value, 5);
		memcpy(s->value, "BC", 2);
		return kh_scan_took(s, 0, 2, KH_DAY_DATE, KH_HOW_STATED);
	}
	if (!after && !circa && !told && !dash)
		return false;
	kh_say_year(s, t->number);
	s->ancient = true;
	return kh_scan_took(s, 0, 1u + after, KH_DAY_DATE, KH_HOW_STATED);
}

static bool open_behind(const struct kh_scan *s, const struct kh_tword *t)
{
	kh_str text = s->w->doc->text;
	return t->at.end + 1 < text.n && text.p[t->at.end + 1] == '(';
}

/* "the 1988 third quarter", "the 1989 period": the quarter's words say it. */
static bool of_quarter(const struct kh_scan *s)
{
	const struct kh_tword *next = at(s, 1), *second = at(s, 2);
	if (next->stop || next->comma)
		return false;
	bool nth = next->ordinal && next->number < 5 && second->unit == KH_UNIT_QUARTER;
	bool same = s->quarter >= 0 && is(at(s, -1), "the") && !next->plural &&
		    (is(next, "period") || next->unit == KH_UNIT_QUARTER);
	return (nth && !second->plural) || same;
}

bool kh_day_year(struct kh_scan *s)
{
	const struct kh_tword *t = at(s, 0), *prev = at(s, -1), *next = at(s, 1);
	if (decade(s) || spelled_year(s) || ancient(s))
		return true;
	bool range = s->ref_at == s->i && s->year && prev->digits == 4 && t->digits == 2 &&
		     prev->number < 2100 && t->number > prev->number % 100 &&
		     t->at.begin - prev->at.end <= 5 && !is_figure(s, t) && !next->month &&
		     prev->number > 1000 && kh_scan_before(s, t) != '/';
	if (range) { /* 1892-94 */
		kh_say_year(s, prev->number / 100 * 100 + t->number);
		return kh_scan_took(s, 0, 1, KH_DAY_DATE, KH_HOW_STATED);
	}
	if (!kh_scan_is_year(t) || is_figure(s, t) || counts(s, t) || of_quarter(s))
		return false;
	bool modern = t->number >= 1900 && t->number <= 2040;
	bool behind_year = s->ref_at == s->i && t->at.begin - prev->at.end <= 5 && s->year;
	char a = kh_scan_after(s, t);
	bool before_year = kh_scan_is_year(next) && next->number >= t->number && a != ',' &&
			   a != '/' && next->at.begin - t->at.end <= 5 &&
			   next->at.begin > t->at.end + (a == ' ');
	bool told = any(prev, TIMELY) || before_year || behind_year ||
		    kh_scan_before(s, t) == '(' || (t->comma && (prev->title || prev->month)) ||
		    (t->stop && (next->stop || next->comma || a == ':' || open_behind(s, t)) &&
		     t->number >= 1500);
	bool street = next->title && !next->stop && !next->comma &&
		      any(at(s, 2), " street avenue ave st road rd boulevard blvd drive lane ");
	bool joined_name = t->joined && !any(prev, " mid early late pre post ") && !behind_year &&
			   !prev->month;
	bool second =
		any(prev, " and or to ") && kh_scan_is_year(at(s, -2)) && s->ref_at + 1 == s->i;
	bool deed = t->number >= 1600 && next->token != KH_NONE && !next->stop &&
		    any(prev, " the its s his her their ") &&
		    s->w->doc->token[next->token].upos == KH_NOUN; /* "the 1836 assault" */
	told |= deed;
	if (!modern && !deed && any(prev, " the a his her its their and or to about than ") &&
	    !behind_year && !second && !next->stop)
		return false; /* "about 1500 …" */
	if ((!told && !modern) || street || joined_name)
		return false;
	if (next->joined && next->number < 0 && !any(next, " style era "))
		return false; /* "1500-strong" */
	bool fiscal = is(prev, "fiscal") || (is(prev, "year") && is(at(s, -2), "fiscal"));
	uint8_t mod = mod_at(s, -1);
	int32_t from = fiscal ? (is(prev, "year") ? -2 : -1) : mod ? -1 : 0;
	kh_say_year(s, t->number);
	kh_scan_took(s, from, (uint32_t)(1 - from), KH_DAY_DATE, KH_HOW_STATED);
	s->mod = mod;
	return true;
}
