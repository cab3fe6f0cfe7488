/* Verbs and their patterns of TABARI and PETRARCH. In: sets (&NAME, +WORD), blocks (--- NAME [CODE]
 * ---, or a verb's own row), verbs with forms in braces, patterns (- WORDS * WORDS [CODE]). Out:
 * the text of man/khabar-patterns.5. Signs for actors ($ + % ^) are left out, the tree finds them; but
 * where they say that who stands before the verb receives (+ before it, $ behind), "swap" does. */
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "doc/codes.h"
#include "import.h"

enum { SETS = 2048, NONE = 0, OPEN = 1, DONE = 2 };

struct member {
	kh_str word;
	const char *row;
	unsigned line;
};

struct set {
	kh_str name;
	bool plain; /* no plurals */
	struct member *member;
	unsigned n, cap, state;
	struct pack_buf words; /* resolved, bars between */
};

struct verbs {
	struct import *m;
	struct set *set;
	unsigned n_sets, n_inline;
	bool headed;		/* the file has block heads: forms are whole words */
	bool in_block;		/* of the block at hand a head was read */
	bool bad;		/* the pattern at hand has a mistake */
	bool swap;		/* its signs turn source and target round */
	char code[16];		/* of the block */
	struct pack_buf simple; /* the block's verbs of one word */
	struct pack_buf *to, rows;
};

/* ---- codes ------------------------------------------------------------ */

static const char *by_weis(unsigned root)
{
	static const char *const name[] = {
		"",	   "CONCEDE",  "-",	   "CONSULT", "SUPPORT",  "AGREE",
		"AGREE",   "AID",      "AGREE",	   "REQUEST", "REQUEST",  "REJECT",
		"ACCUSE",  "ACCUSE",   "REJECT",   "REQUEST", "THREATEN", "THREATEN",
		"PROTEST", "SANCTION", "SANCTION", "COERCE",  "ASSAULT"};
	return root < KH_COUNT(name) ? name[root] : "";
}

static const char *by_cameo(kh_str code)
{
	static const char *const root[] = {
		"",	   "-",	       "REQUEST",  "AGREE",   "CONSULT", "SUPPORT", "COOPERATE",
		"AID",	   "CONCEDE",  "ACCUSE",   "REQUEST", "ACCUSE",	 "REJECT",  "THREATEN",
		"PROTEST", "MOBILIZE", "SANCTION", "COERCE",  "ASSAULT", "ASSAULT", "ASSAULT"};
	static const char *const more[][2] = {
		{"0813", "RETREAT"}, {"0814", "RETREAT"}, {"084", "RETREAT"}, {"085", "RETREAT"},
		{"086", "RETREAT"},  {"087", "RETREAT"},  {"163", "COERCE"},  {"1712", "ASSAULT"},
		{"175", "ASSAULT"},  {"191", "COERCE"},	  {"192", "COERCE"}};
	for (size_t i = 0; i < KH_COUNT(more); i++)
		if (kh_str_starts(code, more[i][0]))
			return more[i][1];
	unsigned r = (unsigned)(code.p[0] - '0') * 10 + (unsigned)(code.p[1] - '0');
	return r < KH_COUNT(root) ? root[r] : "";
}

/* The category that the user's own rows give: of the longest prefix. NULL without one. */
static const char *by_rows(kh_str rows, kh_str code)
{
	const char *best = NULL;
	size_t length = 0;
	kh_str r;
	for (size_t at = 0; kh_str_line(rows, &at, &r);) {
		size_t k = 0;
		r = kh_str_trim(r);
		while (k < r.n && !kh_is_space((unsigned char)r.p[k]))
			k++;
		bool begins = k && k <= code.n && memcmp(code.p, r.p, k) == 0;
		if (!begins || k <= length || r.p[0] == '#')
			continue;
		kh_str name = kh_str_trim(kh_str_sub(r, k, r.n));
		unsigned c = kh_code_find(KH_LIST_PLOVER, name);
		best = c ? kh_code_name(KH_LIST_PLOVER, c) : "-";
		length = k;
	}
	return best;
}

/* PLOVER's category; "-" means nothing, "" is no code that we know. */
static const char *category(const struct verbs *v, kh_str code)
{
	if (kh_str_is(code, "---"))
		return "-";
	const char *own = by_rows(v->m->codes, code);
	if (own)
		return own;
	if (code.n < 2 || !kh_is_digit((unsigned char)code.p[0]) ||
	    !kh_is_digit((unsigned char)code.p[1]))
		return "";
	return v->m->weis ? by_weis((unsigned)(code.p[0] - '0') * 10 + (unsigned)(code.p[1] - '0'))
			  : by_cameo(code);
}

/* The code in brackets; of "031:032" the first. Empty without brackets. */
static kh_str code_of(struct import *m, kh_str r)
{
	const char *open = memchr(r.p, '[', r.n), *close = memchr(r.p, ']', r.n);
	if (!open && !close)
		return (kh_str){r.p, 0};
	if (!open || !close || close < open) {
		import_fail(m, open ? r.p + r.n : close,
			    open ? "] was expected" : "[ was expected");
		return (kh_str){r.p, 0};
	}
	kh_str c = kh_str_trim((kh_str){open + 1, (size_t)(close - open - 1)});
	const char *colon = memchr(c.p, ':', c.n);
	if (colon == c.p && c.n > 1) /* of the other side alone */
		return kh_str_trim(kh_str_sub(c, 1, c.n));
	return kh_str_trim(kh_str_sub(c, 0, colon ? (size_t)(colon - c.p) : c.n));
}

static void row(struct verbs *v, kh_str code, kh_str verbs, kh_str before, kh_str behind)
{
	const char *name = category(v, code);
	char head[64];
	if (!name[0] || !verbs.n) {
		v->m->skipped++;
		return;
	}
	int n = snprintf(head, sizeof head, "%.*s\t%s\t", (int)(code.n < 16 ? code.n : 16), code.p,
			 name);
	pack_put(&v->rows, head, (size_t)n);
	import_put(&v->rows, verbs);
	pack_put(&v->rows, "\t", 1);
	import_put(&v->rows, before);
	pack_put(&v->rows, "\t", 1);
	import_put(&v->rows, behind);
	pack_put(&v->rows, v->swap ? "\tswap\n" : "\n", v->swap ? 6 : 1);
	v->m->patterns++;
}

/* ---- sets ------------------------------------------------------------- */

static bool name_sign(char c)
{
	return kh_is_alpha((unsigned char)c) || kh_is_digit((unsigned char)c);
}

static kh_str set_name(kh_str s)
{
	size_t n = 0;
	while (n < s.n && name_sign(s.p[n]))
		n++;
	return kh_str_sub(s, 0, n);
}

static struct set *set_of(struct verbs *v, kh_str name)
{
	for (unsigned i = 0; i < v->n_sets; i++)
		if (kh_str_ieq(v->set[i].name, name))
			return &v->set[i];
	return NULL;
}

static void alternative(struct set *s, kh_str word)
{
	char low[256];
	bool plain = s->plain || (word.n && word.p[word.n - 1] == '_');
	kh_str w = import_words(word, false, low, sizeof low);
	if (!w.n)
		return;
	if (s->words.n)
		pack_put(&s->words, "|", 1);
	import_put(&s->words, w);
	if (plain || w.p[w.n - 1] == 's')
		return;
	bool y = w.n > 2 && w.p[w.n - 1] == 'y' && !memchr("aeiou", w.p[w.n - 2], 5);
	pack_put(&s->words, "|", 1);
	import_put(&s->words, kh_str_sub(w, 0, y ? w.n - 1 : w.n));
	import_put(&s->words, y ? KH_S("ies") : KH_S("s"));
}

static void fail_at(struct verbs *v, const struct member *k, const char *what)
{
	v->m->row_begin = k->row;
	v->m->line = k->line;
	import_fail(v->m, k->word.p, what);
}

/* All words of a set, those of the sets in it too. The depth is bounded by the number of sets: one
 * that is open again holds itself. */
static void resolve(struct verbs *v, struct set *s)
{
	s->state = OPEN;
	for (unsigned i = 0; i < s->n; i++) {
		const struct member *k = &s->member[i];
		if (k->word.p[0] != '&') {
			alternative(s, k->word);
			continue;
		}
		struct set *in = set_of(v, set_name(kh_str_sub(k->word, 1, k->word.n)));
		if (!in) {
			fail_at(v, k, "the name of a set was expected");
		} else if (in->state == OPEN) {
			fail_at(v, k, "a set that does not hold itself was expected");
		} else {
			if (in->state == NONE)
				resolve(v, in);
			if (s->words.n && in->words.n)
				pack_put(&s->words, "|", 1);
			pack_put(&s->words, in->words.p, in->words.n);
		}
	}
	s->state = DONE;
}

static void put_member(struct verbs *v, struct set *s, kh_str word)
{
	if (s->n == s->cap) {
		s->cap = s->cap ? s->cap * 2 : 16;
		s->member = realloc(s->member, s->cap * sizeof *s->member);
		if (!s->member)
			exit(1);
	}
	s->member[s->n++] = (struct member){word, v->m->row_begin, v->m->line};
}

static void collect_sets(struct verbs *v)
{
	struct import *m = v->m;
	struct set *s = NULL;
	while (import_row(m)) {
		kh_str r = kh_str_trim(m->row);
		if (r.p[0] == '&') {
			kh_str name = set_name(kh_str_sub(r, 1, r.n));
			bool plain = name.n + 1 < r.n && r.p[name.n + 1] == '_';
			if (!name.n || v->n_sets == SETS) {
				import_fail(m, r.p, "the name of a set was expected");
				continue;
			}
			s = NULL;
			if (set_of(v, name)) {
				import_fail(m, r.p, "the name of a new set was expected");
				continue;
			}
			s = &v->set[v->n_sets++];
			*s = (struct set){.name = name, .plain = plain};
		} else if (r.p[0] == '+' && s) {
			put_member(v, s, kh_str_trim(kh_str_sub(r, 1, r.n)));
		} else {
			v->headed |= kh_str_starts(r, "---");
			s = NULL;
		}
	}
}

static void write_sets(struct verbs *v)
{
	char low[256];
	for (unsigned i = 0; i < v->n_sets; i++) {
		struct set *s = &v->set[i];
		if (s->state == NONE)
			resolve(v, s);
		if (!s->words.n)
			continue;
		pack_put(v->to, "set ", 4);
		import_put(v->to, import_words(s->name, false, low, sizeof low));
		pack_put(v->to, " ", 1);
		pack_put(v->to, s->words.p, s->words.n);
		pack_put(v->to, "\n", 1);
	}
}

/* ---- verbs ------------------------------------------------------------ */

static void put_form(struct pack_buf *to, kh_str w)
{
	char low[128];
	kh_str form = import_words(w, false, low, sizeof low);
	if (!form.n)
		return;
	if (to->n)
		pack_put(to, " ", 1);
	import_put(to, form);
}

/* "KLM_NOP_+RST", "+BREAK_DOWN": the verb is behind the plus, the other words stand beside it. */
static void phrase(struct verbs *v, kh_str w, kh_str code)
{
	const char *plus = memchr(w.p, '+', w.n);
	size_t at = plus ? (size_t)(plus - w.p) : 0, end = at + (plus != NULL);
	while (end < w.n && w.p[end] != '_')
		end++;
	char before[256], verb[128], behind[256];
	kh_str b = import_words(kh_str_sub(w, 0, at), false, before, sizeof before - 1);
	kh_str k = import_words(kh_str_sub(w, at + (plus != NULL), end), false, verb, sizeof verb);
	kh_str a = import_words(kh_str_sub(w, end, w.n), false, behind + 1, sizeof behind - 1);
	for (size_t i = 0; i < b.n; i++)
		before[i] = before[i] == ' ' ? '_' : before[i];
	for (size_t i = 0; i < a.n; i++)
		behind[1 + i] = behind[1 + i] == ' ' ? '_' : behind[1 + i];
	if (b.n)
		before[b.n++] = '_';
	behind[0] = '_';
	row(v, code, k, b, (kh_str){behind, a.n ? a.n + 1 : 0});
}

static void verb(struct verbs *v, kh_str r)
{
	struct import *m = v->m;
	struct pack_buf forms = {0};
	const char *brace = memchr(r.p, '{', r.n), *shut = memchr(r.p, '}', r.n);
	if (!brace != !shut) {
		import_fail(m, brace ? r.p + r.n : shut,
			    brace ? "} was expected" : "{ was expected");
		return;
	}
	kh_str own = code_of(m, r), c = own.n ? own : kh_str_of(v->code);
	size_t n = 0;
	while (n < r.n && r.p[n] != '{' && r.p[n] != '[' && r.p[n] != ' ' && r.p[n] != '\t')
		n++;
	kh_str w = kh_str_sub(r, 0, n);
	bool whole = w.n && w.p[w.n - 1] == '_';
	if (whole)
		w.n--;
	bool many = memchr(w.p, '_', w.n) || memchr(w.p, '+', w.n);
	kh_str inner = brace ? (kh_str){brace + 1, (size_t)(shut - brace - 1)} : (kh_str){r.p, 0};
	if (many)
		phrase(v, w, c);
	else
		put_form(&forms, w);
	if (!many && w.n > 4 && (kh_str_ends(w, "ED") || kh_str_ends(w, "ed")))
		put_form(&forms, kh_str_sub(w, 0, w.n - 2));
	if (!many && !v->headed && !whole) { /* TABARI's are stems: "ACCELERAT" */
		char stem[128];
		int k = snprintf(stem, sizeof stem, "%.*se", (int)(w.n < 120 ? w.n : 120), w.p);
		put_form(&forms, (kh_str){stem, (size_t)k});
	}
	while (inner.n) {
		inner = kh_str_trim(inner);
		size_t k = 0;
		while (k < inner.n && inner.p[k] != ' ')
			k++;
		kh_str f = kh_str_sub(inner, 0, k);
		if (memchr(f.p, '_', f.n) || memchr(f.p, '+', f.n))
			phrase(v, f, c);
		else
			put_form(&forms, f);
		inner = kh_str_sub(inner, k, inner.n);
	}
	kh_str list = {(const char *)forms.p, forms.n};
	if (list.n && !kh_str_is(c, "---"))
		row(v, c, list, KH_S(""), KH_S(""));
	if (list.n && v->simple.n)
		pack_put(&v->simple, " ", 1);
	import_put(&v->simple, list);
	free(forms.p);
}

/* ---- patterns --------------------------------------------------------- */

/* "{ WAS | WERE }" as a set of its own; r begins behind the brace. The bytes taken. */
static size_t choice(struct verbs *v, kh_str r, struct pack_buf *side)
{
	const char *shut = memchr(r.p, '}', r.n);
	size_t n = shut ? (size_t)(shut - r.p) : 0;
	if (!shut || !memchr(r.p, '|', n))
		return 0;
	char name[32], low[512];
	int k = snprintf(name, sizeof name, "choice%u", ++v->n_inline);
	pack_put(v->to, "set ", 4);
	pack_put(v->to, name, (size_t)k);
	kh_str rest = kh_str_sub(r, 0, n);
	for (bool first = true; rest.n; first = false) {
		const char *bar = memchr(rest.p, '|', rest.n);
		size_t e = bar ? (size_t)(bar - rest.p) : rest.n;
		pack_put(v->to, first ? " " : "|", 1);
		import_put(v->to, import_words(kh_str_sub(rest, 0, e), false, low, sizeof low));
		rest = kh_str_sub(rest, bar ? e + 1 : e, rest.n);
	}
	pack_put(v->to, "\n", 1);
	pack_put(side, "&", 1);
	pack_put(side, name, (size_t)k);
	return n + 1;
}

/* A set's or a word's signs into the side; the bytes taken. */
static size_t word(struct verbs *v, kh_str r, struct pack_buf *side)
{
	size_t n = 0;
	if (r.p[0] == '&') {
		kh_str name = set_name(kh_str_sub(r, 1, r.n));
		if (!set_of(v, name) || !set_of(v, name)->words.n) {
			import_fail(v->m, r.p, "the name of a set with words was expected");
			v->bad = true;
		}
		n = name.n + 1;
	} else {
		while (n < r.n && !memchr(" \t_*&(){}|[]$+%^", r.p[n], 16))
			n++;
	}
	for (size_t i = 0; i < n; i++) {
		char c = kh_lower(r.p[i]);
		pack_put(side, &c, 1);
	}
	return n;
}

static void pattern(struct verbs *v, kh_str r)
{
	struct import *m = v->m;
	struct pack_buf before = {0}, behind = {0}, *side = &before;
	kh_str c = code_of(m, r);
	const char *open = memchr(r.p, '[', r.n);
	v->bad = false;
	kh_str text = kh_str_sub(r, 1, open ? (size_t)(open - r.p) : r.n);
	if (!c.n && !memchr(r.p, '[', r.n))
		import_fail(m, r.p + r.n, "[CODE] was expected");
	if (!c.n || !memchr(text.p, '*', text.n) || kh_str_find(text, KH_S("->"), 0) != SIZE_MAX) {
		m->skipped++;
		return;
	}
	for (size_t i = 0; i < text.n;) {
		kh_str rest = kh_str_sub(text, i, text.n);
		size_t n = 1;
		bool beside = i + 1 < text.n && text.p[i + 1] == '*';
		bool after = i && text.p[i - 1] == '*';
		if (rest.p[0] == '*')
			side = &behind;
		else if (rest.p[0] == '{' && (n = choice(v, kh_str_sub(rest, 1, rest.n), side)))
			n++;
		else if (rest.p[0] == '_' &&
			 (beside || after || (i + 1 < text.n && text.p[i + 1] != ' ')))
			pack_put(side, "_", 1);
		else if (memchr(" \t_(){}|$+%^", rest.p[0], 12))
			pack_put(side, " ", 1);
		else
			n = word(v, rest, side);
		i += n ? n : 1;
	}
	kh_str verbs = {(const char *)v->simple.p, v->bad ? 0 : v->simple.n};
	size_t star = kh_str_find(text, KH_S("*"), 0);
	v->swap = memchr(text.p, '+', star) || memchr(text.p + star, '$', text.n - star);
	row(v, c, verbs, kh_str_trim((kh_str){(const char *)before.p, before.n}),
	    kh_str_trim((kh_str){(const char *)behind.p, behind.n}));
	v->swap = false;
	free(before.p);
	free(behind.p);
}

static void head(struct verbs *v, kh_str r)
{
	kh_str c = code_of(v->m, r);
	snprintf(v->code, sizeof v->code, "%.*s", (int)(c.n && c.n < 15 ? c.n : 3),
		 c.n ? c.p : "---");
	v->simple.n = 0;
	v->in_block = true;
}

void import_verbs(struct import *m, struct pack_buf *to)
{
	struct verbs v = {.m = m, .to = to, .set = pack_alloc(SETS * sizeof *v.set)};
	import_put(to, KH_S("#! khabar-patterns 1\n# imported\n"));
	snprintf(v.code, sizeof v.code, "---");
	collect_sets(&v);
	write_sets(&v);
	m->at = m->line = 0;
	m->comment = false;
	bool in_set = false;
	while (import_row(m)) {
		kh_str r = kh_str_trim(m->row);
		if (r.p[0] == '&') {
			in_set = true;
			continue;
		}
		if (in_set && r.p[0] == '+')
			continue;
		in_set = false;
		if (kh_str_starts(r, "---")) {
			head(&v, r);
		} else if (r.p[0] == '-') {
			pattern(&v, r);
		} else if (r.p[0] == '~') {
			m->skipped++;
		} else {
			if (!v.in_block || (!v.headed && r.p[0] != '+')) {
				v.simple.n = 0;
				snprintf(v.code, sizeof v.code, "---");
			}
			verb(&v, r);
		}
	}
	pack_put(to, v.rows.p, v.rows.n);
	free(v.rows.p);
}
