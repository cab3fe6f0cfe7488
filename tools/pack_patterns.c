/* events/NAME.patterns of a user's data folder into section "patterns". In: text files of patterns
 * of verbs (man/khabar-patterns.5), columns split by tabs: CODE CATEGORY VERBS BEFORE BEHIND SWAP
 * and lines "set NAME WORDS|WORDS". Out: patterns, triggers by hash, the pool of words. */
#include <stdlib.h>

#include "base/str.h"
#include "base/utf8.h"
#include "doc/codes.h"
#include "model/pattern.h"
#include "pack.h"

enum { SETS = 4096, PARTS = 64 };

struct set {
	kh_str name;
	uint32_t first, n; /* its alternatives in the pool */
};

struct making {
	struct pack *p;
	const char *file, *text; /* text: of the row at hand */
	kh_str stem;
	unsigned line;
	struct set *set;
	unsigned n_sets;
	struct pack_buf patterns, triggers, pool, bytes;
	uint32_t n_patterns, n_triggers;
};

static void fail(struct making *m, const char *at, const char *what)
{
	pack_error(m->p, m->file, m->line, (unsigned)(at - m->text) + 1, "%s", what);
}

/* The piece up to the sign; *s goes behind it. */
static kh_str piece(kh_str *s, char sign)
{
	const char *at = memchr(s->p, sign, s->n);
	size_t n = at ? (size_t)(at - s->p) : s->n;
	kh_str w = kh_str_sub(*s, 0, n);
	*s = kh_str_sub(*s, at ? n + 1 : n, s->n);
	return w;
}

static void number(struct making *m, uint32_t v)
{
	pack_put(&m->pool, &v, 4);
}

/* One alternative: its words. */
static void alternative(struct making *m, kh_str words)
{
	size_t at = m->pool.n;
	uint32_t n = 0;
	number(m, 0);
	while (words.n) {
		kh_str w = kh_str_trim(piece(&words, ' '));
		if (w.n) {
			number(m, kh_str_ihash(w));
			n++;
		}
	}
	memcpy(m->pool.p + at, &n, 4);
}

static const struct set *set_of(const struct making *m, kh_str name)
{
	for (unsigned i = 0; i < m->n_sets; i++)
		if (kh_str_eq(m->set[i].name, name))
			return &m->set[i];
	return NULL;
}

static bool element(struct making *m, kh_str w, bool next)
{
	size_t at = m->pool.n;
	uint32_t n = 0;
	number(m, 0);
	if (w.p[0] == '&') {
		const struct set *s = set_of(m, kh_str_sub(w, 1, w.n));
		if (!s) {
			fail(m, w.p, "the name of a set that is given before was expected");
			return false;
		}
		number(m, s->first);
		n = s->n | KH_PATTERN_SET;
	} else {
		alternative(m, w);
		n = 1;
	}
	n |= next ? KH_PATTERN_NEXT : 0;
	memcpy(m->pool.p + at, &n, 4);
	return true;
}

/* Elements of a column, the nearest to the verb first. "a_b" stand together; a sign _ towards the
 * verb: right beside it. */
static struct kh_pattern_words elements(struct making *m, kh_str text, bool before)
{
	kh_str part[PARTS];
	bool next[PARTS];
	unsigned n = 0;
	bool glued = false;
	struct kh_pattern_words w = {(uint32_t)(m->pool.n / 4), 0};
	for (size_t a = 0; a < text.n;) {
		size_t b = a;
		while (b < text.n && text.p[b] != ' ' && text.p[b] != '_')
			b++;
		if (b > a && n == PARTS)
			fail(m, text.p + a, "at most 64 words were expected");
		if (b > a && n < PARTS) {
			part[n] = kh_str_sub(text, a, b);
			next[n++] = glued;
			glued = false;
		}
		glued |= b < text.n && text.p[b] == '_';
		a = b + 1;
	}
	for (unsigned i = 0; i < n; i++) {
		unsigned k = before ? n - 1 - i : i;
		bool beside = before ? (i ? next[k + 1] : glued) : next[k];
		w.n += element(m, part[k], beside);
	}
	return w;
}

static void pattern(struct making *m, kh_str r)
{
	struct kh_pattern k = {.label = (uint32_t)m->bytes.n};
	kh_str code = pack_column(r, 0), category = pack_column(r, 1), verbs = pack_column(r, 2);
	if (!verbs.n) {
		fail(m, r.p + r.n,
		     "columns were expected: code, category, verbs, words before, "
		     "words behind");
		return;
	}
	k.event = (uint8_t)kh_code_find(KH_LIST_PLOVER, category);
	if (!k.event && !kh_str_is(category, "-"))
		fail(m, category.p, "a PLOVER category or - was expected");
	int tenths;
	char cameo[8] = {0};
	memcpy(cameo, code.p, code.n < 4 ? code.n : 4);
	if (k.event && kh_cameo_goldstein(cameo, &tenths))
		memcpy(k.cameo, cameo, 5);
	pack_put(&m->bytes, m->stem.p, m->stem.n);
	pack_put(&m->bytes, ":", 1);
	pack_put(&m->bytes, code.p, code.n);
	k.n_label = (uint32_t)m->bytes.n - k.label;
	k.before = elements(m, pack_column(r, 3), true);
	k.behind = elements(m, pack_column(r, 4), false);
	k.swap = kh_str_is(pack_column(r, 5), "swap");
	if (pack_column(r, 5).n && !k.swap)
		fail(m, pack_column(r, 5).p, "swap, or nothing, was expected");
	while (verbs.n) {
		kh_str v = kh_str_trim(piece(&verbs, ' '));
		struct kh_pattern_trigger t = {kh_str_ihash(v), m->n_patterns};
		if (!v.n)
			continue;
		pack_put(&m->triggers, &t, sizeof t);
		m->n_triggers++;
	}
	pack_put(&m->patterns, &k, sizeof k);
	m->n_patterns++;
}

static void set(struct making *m, kh_str r)
{
	kh_str rest = kh_str_trim(kh_str_sub(r, 4, r.n)), name = piece(&rest, ' ');
	if (m->n_sets == SETS)
		fail(m, r.p, "at most 4096 sets were expected");
	else if (set_of(m, name))
		fail(m, name.p, "the name of a new set was expected");
	else if (!kh_str_trim(rest).n)
		fail(m, r.p + r.n, "words of the set were expected");
	else {
		struct set *s = &m->set[m->n_sets++];
		*s = (struct set){name, (uint32_t)(m->pool.n / 4), 0};
		for (; rest.n && s->n < 0xffff; s->n++)
			alternative(m, kh_str_trim(piece(&rest, '|')));
	}
}

static void read_file(struct making *m, kh_str text)
{
	m->line = 0;
	m->n_sets = 0;
	const char *slash = strrchr(m->file, '/'), *dot = strrchr(m->file, '.');
	const char *name = slash ? slash + 1 : m->file;
	m->stem = (kh_str){name, dot ? (size_t)(dot - name) : strlen(name)};
	kh_str r;
	for (size_t p = 0; kh_str_line(text, &p, &r);) {
		m->line++;
		m->text = r.p;
		size_t bad = kh_utf8_check(r);
		if (m->line == 1 && !kh_str_starts(r, "#! khabar-patterns 1")) {
			fail(m, r.p, "\"#! khabar-patterns 1\" was expected");
			return;
		}
		if (bad < r.n)
			fail(m, r.p + bad, "UTF-8 was expected");
		else if (kh_str_starts(r, "set "))
			set(m, r);
		else if (kh_str_trim(r).n && r.p[0] != '#')
			pattern(m, r);
	}
}

static int by_hash(const void *a, const void *b)
{
	const struct kh_pattern_trigger *x = a, *y = b;
	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return (x->pattern > y->pattern) - (x->pattern < y->pattern);
}

void pack_patterns(struct pack *p)
{
	struct making m = {.p = p, .set = pack_alloc(SETS * sizeof *m.set)};
	struct pack_buf all = {0};
	for (char **path = pack_list(p, "events", ".patterns"); *path; path++) {
		kh_str text = pack_read(p, *path);
		m.file = *path;
		pack_source(p, *path, text, "the user's");
		read_file(&m, text);
	}
	if (!m.n_patterns)
		return;
	qsort(m.triggers.p, m.n_triggers, sizeof(struct kh_pattern_trigger), by_hash);
	struct kh_pattern_head h = {m.n_patterns, m.n_triggers, (uint32_t)(m.pool.n / 4),
				    (uint32_t)m.bytes.n};
	pack_put(&all, &h, sizeof h);
	pack_put(&all, m.patterns.p, m.patterns.n);
	pack_put(&all, m.triggers.p, m.triggers.n);
	pack_put(&all, m.pool.p, m.pool.n);
	pack_put(&all, m.bytes.p, m.bytes.n);
	pack_section(p, "patterns", &all);
}
