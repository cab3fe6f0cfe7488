/* See unit.h. In: UTF-8. Out: units in order. A line goes on in the next when the next one's first
 * word would not have fitted into the width at which most lines of the page end. */
#include "page/unit.h"

#include "base/script.h"
#include "base/str.h"
#include "base/utf8.h"
#include "page/date.h"
#include "page/dateline.h"
#include "page/phrase.h"

enum { WIDEST = 120, LOOK = 400, LIST_MOST = 8 };

struct line {
	kh_span at;
	uint32_t blank, chars;
};

/* Characters, those of dense scripts for as many as they stand for; `wide`: columns of a page. */
static uint32_t char_count(kh_str s, bool wide)
{
	uint32_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if ((c & 0xC0) == 0x80)
			continue;
		unsigned len, weight = 1;
		if (c >= 0xE1)
			weight = kh_script_weight(kh_utf8_at(s, i, &len));
		n += wide && weight > 2 ? 2 : weight;
	}
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
			l->chars = char_count(s, true);
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
	while (i < at.end && in.p[i] != ' ') {
		unsigned len;
		bool any = kh_script_unspaced(kh_utf8_at(in, i, &len)); /* breaks anywhere */
		i += len;
		if (any)
			break;
	}
	return char_count(kh_str_sub(in, at.begin, i), true);
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
			uint32_t seen = !o	     ? 1
					: which == 0 ? o->n_same + 1
					: which == 1 ? o->n_shape + 1
						     : o->n_prefix + 1;
			if (which == 0) {
				u->n_same = seen;
				u->same_id = o ? o->same_id : i;
				u->before = last;
				if (o)
					o->after = i;
			} else if (which == 1) {
				u->n_shape = seen;
				u->shape_id = o ? o->shape_id : i;
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

/* The words of the page by number: open addressing over hashes, grown as they come. */
struct lexicon {
	struct kh_units *us;
	uint32_t *hash; /* of word k */
	uint32_t cap_hash, *slot, room;
};

static void lexicon_grow(struct lexicon *x)
{
	x->room = x->room ? x->room * 2 : 1024;
	x->slot = KH_TAKE(x->us->arena, x->room, uint32_t);
	for (uint32_t k = 0; k < x->us->n_known; k++) {
		uint32_t h = x->hash[k] & (x->room - 1);
		while (x->slot[h])
			h = (h + 1) & (x->room - 1);
		x->slot[h] = k + 1;
	}
}

static uint32_t lexicon_word(struct lexicon *x, uint32_t hash)
{
	struct kh_units *us = x->us;
	if (us->n_known * 2 >= x->room)
		lexicon_grow(x);
	hash = hash * 2654435761u;
	hash ^= hash >> 15;
	uint32_t h = hash & (x->room - 1);
	while (x->slot[h] && x->hash[x->slot[h] - 1] != hash)
		h = (h + 1) & (x->room - 1);
	if (!x->slot[h]) {
		uint32_t n = us->n_known;
		x->hash = kh_arena_more(us->arena, x->hash, n, &x->cap_hash, sizeof *x->hash);
		x->hash[n] = hash;
		*KH_PUSH(us->arena, us->known, us->n_known, us->cap_known) =
			(struct kh_page_word){.first_long = KH_NONE};
		x->slot[h] = n + 1;
	}
	return x->slot[h] - 1;
}

enum { STEM = 6, MOST_WORDS = 120 };

struct word_scan {
	struct kh_unit *u;
	struct lexicon *lex;
	uint32_t number; /* of the unit */
	uint32_t hash, stem, letters, n;
	uint32_t shape_last;
	uint32_t gram[4], n_gram; /* the last letters of a script that does not part its words */
	bool capital, opens;	  /* opens: a sentence */
};

/* A word that means something goes into the list of its unit, once. */
static void keep_word(struct word_scan *w)
{
	struct kh_units *us = w->lex->us;
	bool name = w->capital && !w->opens;
	if ((w->letters < 4 && !(name && w->letters == 3)) || w->u->n_word >= MOST_WORDS)
		return;
	uint32_t id = lexicon_word(w->lex, w->stem);
	struct kh_page_word *k = &us->known[id];
	if (k->last == w->number + 1)
		return;
	k->last = w->number + 1;
	k->units++;
	if (k->first_long == KH_NONE && w->u->chars >= KH_RUNNING)
		k->first_long = w->number;
	*KH_PUSH(us->arena, us->word, us->n_word, us->cap_word) = id | (name ? KH_WORD_NAME : 0);
	w->u->n_word++;
}

/* A letter of a script that does not part its words: `n` letters in a row stand for a word. */
static void add_gram(struct word_scan *w, uint32_t c, unsigned n)
{
	struct kh_unit *u = w->u;
	w->gram[w->n_gram++ % n] = c;
	if (w->shape_last != 'w')
		u->shape = mix(u->shape, 'w');
	w->shape_last = 'w';
	if (w->n_gram <= n)
		u->prefix = mix(u->prefix, c);
	if (w->n_gram % n == 0)
		u->words++;
	if (w->n_gram < n)
		return;
	w->stem = 2166136261u;
	for (unsigned k = 0; k < n; k++)
		w->stem = mix(w->stem, w->gram[(w->n_gram + k) % n]);
	w->letters = 4;
	w->capital = false;
	keep_word(w);
	w->stem = 2166136261u;
	w->letters = 0;
}

static void end_word(struct word_scan *w)
{
	struct kh_unit *u = w->u;
	w->n_gram = 0;
	if (!w->letters)
		return;
	u->words++;
	u->capitals += w->capital;
	keep_word(w);
	if (u->words <= 2)
		u->prefix = mix(u->prefix, w->hash);
	uint32_t kind = w->capital ? 'X' : 'x';
	if (u->words == 1)
		kind = w->hash; /* the first word counts as itself */
	if (kind != w->shape_last || u->words <= 2)
		u->shape = mix(u->shape, kind);
	w->shape_last = kind;
	w->hash = w->stem = 2166136261u;
	w->letters = 0;
	w->opens = false;
}

static void scan_words(struct lexicon *lex, struct kh_unit *u, kh_str s)
{
	struct word_scan w = {.u = u, .lex = lex, .hash = 2166136261u, .stem = 2166136261u};
	w.number = (uint32_t)(u - lex->us->unit);
	w.opens = true;
	u->first_word = lex->us->n_word;
	uint32_t upper = 0, lower = 0, plain = 0, leads = 0;
	u->whole = u->lead = u->shape = u->prefix = 2166136261u;
	for (size_t i = 0; i < s.n;) {
		unsigned len;
		uint32_t c = kh_utf8_at(s, i, &len);
		i += len;
		bool letter = kh_utf8_is_letter(c), digit = kh_script_digit(c) >= 0;
		if (letter && !digit) {
			bool up = kh_utf8_is_upper(c);
			uint32_t low = kh_utf8_lower(c);
			unsigned gram = kh_script_unspaced(c);
			upper += up;
			lower += !up;
			plain += !kh_script_is_cased(c);
			u->whole = mix(u->whole, low);
			if (leads++ < 30)
				u->lead = mix(u->lead, low);
			if (gram) {
				if (w.letters)
					end_word(&w);
				add_gram(&w, c, gram);
				continue;
			}
			if (!w.letters)
				w.capital = up;
			w.hash = mix(w.hash, low);
			if (w.letters++ < STEM)
				w.stem = mix(w.stem, low);
			continue;
		}
		if (c == '\'' || c == 0x2019)
			continue;
		end_word(&w);
		w.opens |= c == '.' || c == '?' || c == '!' || c == ':' || kh_utf8_is_quote(c);
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
	u->uncased = plain * 2 > upper + lower;
	if (leads < 30)
		u->lead = mix(u->lead, u->whole);
}

static bool opens_by(kh_str s)
{
	static const char *const by[] = {"By ",	     "BY ",	   "by ",	  "Von ",
					 "Por ",     "Par ",	   "Di ",	  "Door ",
					 "Av ",	     "Written by", "Reported by", "Reporting by",
					 "Words by", "Story by"};
	for (size_t i = 0; i < KH_COUNT(by); i++)
		if (kh_str_starts(s, by[i]))
			return true;
	return false;
}

/* "… Photograph: Omar Said", "… EFE/Archivo", "… © Agence" within the last words. */
static bool names_maker(kh_str s)
{
	enum { TAIL = 48 };
	static const char *const mark[] = {"Photo: ",
					   "Photograph: ",
					   "Picture: ",
					   "Image: ",
					   "Foto: ",
					   "Bild: ",
					   "Credit: ",
					   "Crédit: ",
					   "\xC2\xA9 ",
					   "\xD0\xA4\xD0\xBE\xD1\x82\xD0\xBE: "};
	size_t from = s.n > TAIL ? s.n - TAIL : 0, word = s.n, slash = 0;
	for (size_t i = 0; i < KH_COUNT(mark); i++)
		if (kh_str_find(s, kh_str_of(mark[i]), from) != SIZE_MAX)
			return true;
	while (word > from && s.p[word - 1] != ' ')
		if (s.p[--word] == '/')
			slash = slash ? SIZE_MAX : word;
	return slash && slash != SIZE_MAX && slash > word && slash + 1 < s.n && word > 0 &&
	       kh_is_alpha((unsigned char)s.p[slash - 1]) &&
	       kh_is_upper((unsigned char)s.p[slash + 1]);
}

/* "(AFP)", "[Getty Images]" at the end; "Photo:" or "Image" at the beginning. */
static bool has_credit(kh_str s)
{
	static const char *const open[] = {"Photo",  "PHOTO",   "Image",      "Picture", "Pic:",
					   "Credit", "FILE",    "File photo", "(Photo",  "(Image",
					   "Caption", "Foto",   "Illustration"};
	for (size_t i = 0; i < KH_COUNT(open); i++)
		if (kh_str_starts(s, open[i]))
			return true;
	static const char *const agency[] = {"Getty Images", "/AFP",     "/AP",
					     "/Reuters",     "/REUTERS", "AP Photo",
					     "Shutterstock", "/EPA",     "via AP",
					     "via Getty"};
	for (size_t i = 0; i < KH_COUNT(agency); i++)
		if (s.n < LOOK && kh_str_find(s, kh_str_of(agency[i]), 0) != SIZE_MAX)
			return true;
	if (names_maker(s))
		return true;
	if (!s.n || (s.p[s.n - 1] != ')' && s.p[s.n - 1] != ']'))
		return false;
	char open_mark = s.p[s.n - 1] == ')' ? '(' : '[';
	for (size_t i = s.n - 1; i-- > 0 && i + 32 > s.n;)
		if (s.p[i] == open_mark)
			return i > 12 && kh_is_upper((unsigned char)s.p[i + 1]);
	return false;
}

/* A number of digits of any script at `*at`, which moves behind it; 0: none. */
static uint32_t number_at(kh_str s, size_t *at)
{
	uint32_t n = 0, digits = 0;
	unsigned len;
	for (; *at < s.n; *at += len) {
		int d = kh_script_digit(kh_utf8_at(s, *at, &len));
		if (d < 0 || digits == 4)
			break;
		n = n * 10 + (uint32_t)d;
		digits++;
	}
	return digits ? n : 0;
}

/* "14 मार्च 2026", "2026年3月14日", "14 de marzo de 2026": a day and a year with a word or three
 * between, whatever the words are. */
static bool has_day(kh_str s)
{
	enum { APART = 40 };
	size_t last = 0;
	uint32_t before = 0;
	for (size_t i = 0; i < s.n;) {
		unsigned len;
		size_t from = i;
		uint32_t n = number_at(s, &i);
		if (i == from) {
			kh_utf8_at(s, i, &len);
			i += len;
			continue;
		}
		bool close = before && from <= last + APART;
		bool year = (n >= 1900 && n < 2100) || (n >= 2500 && n < 2600);
		bool was = (before >= 1900 && before < 2100) || (before >= 2500 && before < 2600);
		if (close && ((year && before <= 31) || (was && n && n <= 31)))
			return true;
		before = n;
		last = i;
	}
	return false;
}

static void look(struct lexicon *lex, struct kh_unit *u)
{
	const struct kh_units *us = lex->us;
	kh_str s = kh_str_sub(us->in, u->at.begin, u->at.end);
	struct kh_moment m;
	u->before = u->after = u->lead_after = KH_NONE;
	u->chars = char_count(s, false);
	scan_words(lex, u, s);
	u->dated = u->chars < 90 && u->has_digit &&
		   (kh_date_read(s, false, &m) || (u->words < 9 && has_day(s)));
	u->junk = kh_phrase_junk(s, u->chars);
	u->credit = u->chars < 320 && has_credit(s);
	u->by = u->chars < 90 && opens_by(s);
	u->place = u->chars < KH_RUNNING && kh_dateline_is_line(s);
	u->credit &= !u->place;
	if (u->chars >= KH_RUNNING) {
		struct kh_dateline l = kh_dateline_find(s);
		u->filed = l.end > l.begin;
	}
}

/* Short lines below "Related stories" and the like, as long as none ends a sentence. */
static void find_listed(struct kh_units *us)
{
	uint32_t run = 0;
	for (uint32_t i = 0; i < us->n; i++) {
		struct kh_unit *u = &us->unit[i];
		bool ends = kh_script_stop(kh_str_sub(us->in, u->at.begin, u->at.end));
		if (u->junk)
			run = LIST_MOST;
		else if (u->chars > 150 || ends)
			run = 0;
		else if (run)
			run--;
		u->listed = run && !u->junk;
	}
}

/* The blank lines that most often stand between two units of running text. */
static uint32_t usual_gap(const struct kh_units *us)
{
	uint32_t count[4] = {0}, best = 0;
	for (uint32_t i = 1; i < us->n; i++)
		if (us->unit[i].chars >= KH_RUNNING && us->unit[i - 1].chars >= KH_RUNNING)
			count[us->unit[i].blank < 3 ? us->unit[i].blank : 3]++;
	for (uint32_t k = 1; k < KH_COUNT(count); k++)
		if (count[k] > count[best])
			best = k;
	return best;
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
	struct lexicon lex = {.us = &us};
	for (uint32_t i = 0; i < us.n; i++)
		look(&lex, &us.unit[i]);
	if (us.n)
		link_units(&us);
	us.width = width;
	us.gap = usual_gap(&us);
	find_listed(&us);
	return us;
}
