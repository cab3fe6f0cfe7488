/* See unit.h. In: UTF-8. Out: units in order. A line goes on in the next when the next one's first
 * word would not have fitted into the width at which most lines of the page end. */
#include "page/unit.h"

#include "base/str.h"
#include "base/utf8.h"
#include "page/date.h"
#include "page/phrase.h"

enum { WIDEST = 120, LOOK = 400 };

struct line {
	kh_span at;
	uint32_t blank, chars;
};

static uint32_t char_count(kh_str s)
{
	uint32_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
	return n;
}

/* Next line that is not blank; false at the end. Any of LF, CR LF, CR ends a line. */
static bool next_line(kh_str in, size_t *at, struct line *l)
{
	l->blank = 0;
	while (*at < in.n) {
		size_t from = *at, end = from;
		while (end < in.n && in.p[end] != '\n' && in.p[end] != '\r')
			end++;
		*at = end + 1 < in.n && in.p[end] == '\r' && in.p[end + 1] == '\n' ? end + 2
		                                                                   : end + 1;
		kh_str s = kh_str_trim(kh_str_sub(in, from, end));
		while (kh_str_starts(s, "\xC2\xA0"))
			s = kh_str_trim(kh_str_sub(s, 2, s.n));
		if (s.n) {
			uint32_t b = (uint32_t)(s.p - in.p);
			l->at = (kh_span){b, b + (uint32_t)s.n};
			l->chars = char_count(s);
			return true;
		}
		l->blank++;
	}
	return false;
}

/* The width at which the lines of the page are broken; 0: they are not. */
static uint32_t wrap_width(kh_str in)
{
	uint32_t count[WIDEST + 12] = {0}, total = 0, best = 0, most = 0;
	struct line l;
	for (size_t at = 0; next_line(in, &at, &l); total++)
		count[l.chars < WIDEST + 11 ? l.chars : WIDEST + 11]++;
	for (uint32_t w = 40; w <= WIDEST; w++) {
		uint32_t in_band = 0, above = 0;
		for (uint32_t i = w - 9; i <= w; i++)
			in_band += count[i];
		for (uint32_t i = w + 1; i < WIDEST + 12; i++)
			above += count[i];
		if (in_band > most && in_band * 4 > total && above * 8 < in_band) {
			most = in_band;
			best = w;
		}
	}
	return best;
}

static uint32_t first_word(kh_str in, kh_span at)
{
	uint32_t i = at.begin;
	while (i < at.end && in.p[i] != ' ')
		i++;
	return char_count(kh_str_sub(in, at.begin, i));
}

static uint32_t mix(uint32_t h, uint32_t c)
{
	return (h ^ c) * 16777619u;
}

/* One hash table over all units: chains of equal keys. Fills counts and neighbours. */
struct table {
	uint32_t *slot, room;
};

static struct table table_new(struct kh_arena *a, uint32_t n)
{
	uint32_t room = 64;
	while (room < n * 2)
		room *= 2;
	return (struct table){KH_TAKE(a, room, uint32_t), room};
}

static uint32_t key_of(const struct kh_unit *u, unsigned which)
{
	return which == 0 ? u->whole : which == 1 ? u->shape : which == 2 ? u->prefix : u->lead;
}

/* The unit last seen with this key; `i` takes its place. */
static uint32_t swap_last(struct table *t, const struct kh_units *us, uint32_t i, unsigned which)
{
	uint32_t key = key_of(&us->unit[i], which), h = (key * 2654435761u) & (t->room - 1);
	while (t->slot[h] && key_of(&us->unit[t->slot[h] - 1], which) != key)
		h = (h + 1) & (t->room - 1);
	uint32_t last = t->slot[h] ? t->slot[h] - 1 : KH_NONE;
	t->slot[h] = i + 1;
	return last;
}

static void link_units(struct kh_units *us)
{
	for (unsigned which = 0; which < 4; which++) {
		struct table t = table_new(us->arena, us->n);
		for (uint32_t i = 0; i < us->n; i++) {
			struct kh_unit *u = &us->unit[i];
			uint32_t last = swap_last(&t, us, i, which);
			struct kh_unit *o = last == KH_NONE ? NULL : &us->unit[last];
			uint32_t seen = !o           ? 1
			                : which == 0 ? o->n_same + 1
			                : which == 1 ? o->n_shape + 1
			                             : o->n_prefix + 1;
			if (which == 0) {
				u->n_same = seen;
				u->before = last;
				if (o)
					o->after = i;
			} else if (which == 1) {
				u->n_shape = seen;
			} else if (which == 2) {
				u->n_prefix = seen;
			} else if (o) {
				o->lead_after = i;
			}
		}
		if (which == 3)
			continue;
		struct table back = table_new(us->arena, us->n);
		for (uint32_t i = us->n; i-- > 0;) { /* the last of a chain knows its length */
			uint32_t last = swap_last(&back, us, i, which);
			if (last == KH_NONE)
				continue;
			struct kh_unit *u = &us->unit[i], *o = &us->unit[last];
			if (which == 0)
				u->n_same = o->n_same;
			else if (which == 1)
				u->n_shape = o->n_shape;
			else
				u->n_prefix = o->n_prefix;
		}
	}
}

struct word_scan {
	struct kh_unit *u;
	uint32_t hash, letters, n;
	uint32_t shape_last;
	bool capital, all_caps, any_caps;
};

static void end_word(struct word_scan *w)
{
	struct kh_unit *u = w->u;
	if (!w->letters)
		return;
	u->words++;
	u->capitals += w->capital;
	uint32_t h = w->hash * 2654435761u;
	if (w->letters >= 4 && u->words <= 120)
		u->bloom[h >> 30] |= 1ull << (h >> 24 & 63);
	if (w->capital && w->letters >= 3 && u->words > 1 && u->words <= 120)
		u->names[h >> 31] |= 1ull << (h >> 25 & 63);
	if (u->words <= 2)
		u->prefix = mix(u->prefix, w->hash);
	uint32_t kind = w->capital ? 'X' : 'x';
	if (u->words == 1)
		kind = w->hash; /* the first word counts as itself */
	if (kind != w->shape_last || u->words <= 2)
		u->shape = mix(u->shape, kind);
	w->shape_last = kind;
	w->hash = 2166136261u;
	w->letters = 0;
}

static void scan_words(struct kh_unit *u, kh_str s)
{
	struct word_scan w = {.u = u, .hash = 2166136261u};
	uint32_t upper = 0, lower = 0, leads = 0;
	u->whole = u->lead = u->shape = u->prefix = 2166136261u;
	for (size_t i = 0; i < s.n;) {
		unsigned len;
		uint32_t c = kh_utf8_at(s, i, &len);
		i += len;
		bool letter = kh_utf8_is_letter(c),
		     digit = c < 128 && kh_is_digit((unsigned char)c);
		if (letter) {
			bool up = kh_utf8_is_upper(c);
			uint32_t low = kh_utf8_lower(c);
			if (!w.letters)
				w.capital = up;
			upper += up;
			lower += !up;
			w.hash = mix(w.hash, low);
			w.letters++;
			u->whole = mix(u->whole, low);
			if (leads++ < 30)
				u->lead = mix(u->lead, low);
			continue;
		}
		if (c == '\'' || c == 0x2019)
			continue;
		end_word(&w);
		u->has_digit |= digit;
		if (digit || !kh_utf8_is_space(c)) {
			uint32_t k = digit ? '#' : c;
			u->whole = mix(u->whole, k);
			if (k != w.shape_last && i < LOOK)
				u->shape = mix(u->shape, k);
			w.shape_last = k;
		}
		u->bars |= c == '|' || c == '>' || c == 0xB7 || c == 0x2022;
	}
	end_word(&w);
	u->shouted = upper > 4 && lower * 8 < upper;
	if (leads < 30)
		u->lead = mix(u->lead, u->whole);
}

static bool opens_by(kh_str s)
{
	static const char *const by[] = {"By ",      "BY ",        "by ",         "Von ",
	                                 "Por ",     "Par ",       "Di ",         "Door ",
	                                 "Av ",      "Written by", "Reported by", "Reporting by",
	                                 "Words by", "Story by"};
	for (size_t i = 0; i < KH_COUNT(by); i++)
		if (kh_str_starts(s, by[i]))
			return true;
	return false;
}

/* "(AFP)", "[Getty Images]" at the end; "Photo:" or "Image" at the beginning. */
static bool has_credit(kh_str s)
{
	static const char *const open[] = {
		"Photo",      "PHOTO",  "Image",  "Picture", "Pic:", "Credit",      "FILE",
		"File photo", "(Photo", "(Image", "Caption", "Foto", "Illustration"};
	for (size_t i = 0; i < KH_COUNT(open); i++)
		if (kh_str_starts(s, open[i]))
			return true;
	static const char *const agency[] = {"Getty Images", "/AFP",     "/AP",          "/Reuters",
	                                     "/REUTERS",     "AP Photo", "Shutterstock", "/EPA",
	                                     "via AP",       "via Getty"};
	for (size_t i = 0; i < KH_COUNT(agency); i++)
		if (s.n < LOOK && kh_str_find(s, kh_str_of(agency[i]), 0) != SIZE_MAX)
			return true;
	if (!s.n || (s.p[s.n - 1] != ')' && s.p[s.n - 1] != ']'))
		return false;
	char open_mark = s.p[s.n - 1] == ')' ? '(' : '[';
	for (size_t i = s.n - 1; i-- > 0 && i + 32 > s.n;)
		if (s.p[i] == open_mark)
			return i > 12 && kh_is_upper((unsigned char)s.p[i + 1]);
	return false;
}

static void look(struct kh_units *us, struct kh_unit *u)
{
	kh_str s = kh_str_sub(us->in, u->at.begin, u->at.end);
	struct kh_moment m;
	u->before = u->after = u->lead_after = KH_NONE;
	u->chars = char_count(s);
	scan_words(u, s);
	u->dated = u->chars < 90 && u->has_digit && kh_date_read(s, false, &m);
	u->junk = kh_phrase_junk(s, u->chars);
	u->credit = u->chars < 320 && has_credit(s);
	u->by = u->chars < 90 && opens_by(s);
}

struct kh_units kh_unit_find(struct kh_arena *a, kh_str text)
{
	struct kh_units us = {.arena = a, .in = text};
	uint32_t width = wrap_width(text), last_chars = 0;
	struct line l;
	for (size_t at = 0; next_line(text, &at, &l);) {
		bool goes_on = width && us.n && !l.blank && last_chars <= width &&
		               last_chars + 1 + first_word(text, l.at) > width;
		last_chars = l.chars;
		if (goes_on) {
			us.unit[us.n - 1].at.end = l.at.end;
			continue;
		}
		struct kh_unit *u = KH_PUSH(a, us.unit, us.n, us.cap);
		*u = (struct kh_unit){.at = l.at, .blank = l.blank};
	}
	for (uint32_t i = 0; i < us.n; i++)
		look(&us, &us.unit[i]);
	if (us.n)
		link_units(&us);
	return us;
}
