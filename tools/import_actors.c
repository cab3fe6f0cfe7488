/* Actors, agents and discards of TABARI and PETRARCH. In: rows
 *   NAME [CODE]            or NAME, then rows of +SYNONYM and of [CODE 950601-990815]
 *   NAME {PLURAL} [~CODE]  agents, with !SET! = A, B before them
 *   PHRASE, +PHRASE        discards of a sentence, of a story
 * Out: the text of the kinds groups, agents and discards. The foreign code stays as the id. A name
 * that stands again is counted and left out, as TABARI does. */
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/str.h"
#include "import.h"
#include "model/dict.h"

enum { NAMES = 512, CODES = 64, MARKS = 128 };

struct actor {
	kh_str name[NAMES];
	unsigned n_names;
	struct {
		kh_str code;
		char days[32]; /* "from..to" */
	} code[CODES];
	unsigned n_codes;
};

/* ---- names met, by hash ----------------------------------------------- */

struct met {
	uint64_t *slot; /* hashes; 0: free */
	size_t cap, n;
};

/* True when it is new. */
static bool meet(struct met *m, uint64_t hash)
{
	if (m->n * 2 >= m->cap) {
		struct met bigger = {.cap = m->cap ? m->cap * 2 : 1 << 16};
		bigger.slot = pack_alloc(bigger.cap * sizeof *bigger.slot);
		for (size_t i = 0; i < m->cap; i++)
			if (m->slot[i])
				meet(&bigger, m->slot[i]);
		free(m->slot);
		*m = bigger;
	}
	size_t i = (size_t)hash & (m->cap - 1);
	while (m->slot[i] && m->slot[i] != hash)
		i = (i + 1) & (m->cap - 1);
	if (m->slot[i] == hash)
		return false;
	m->slot[i] = hash;
	m->n++;
	return true;
}

/* ---- codes with days -------------------------------------------------- */

/* "950601" or "19950601" as "1995-06-01"; 2 digits of the year from 30 on are of the 1900s. */
static int put_day(char *to, size_t room, kh_str s)
{
	s = kh_str_trim(s);
	int part[3], year = 0;
	size_t y = s.n == 8 ? 4 : 2;
	if (s.n != 6 && s.n != 8)
		return -1;
	for (size_t i = 0; i < s.n; i++)
		if (!kh_is_digit((unsigned char)s.p[i]))
			return -1;
	for (size_t i = 0; i < y; i++)
		year = year * 10 + (s.p[i] - '0');
	part[0] = y == 4 ? year : year < 30 ? 2000 + year : 1900 + year;
	part[1] = (s.p[y] - '0') * 10 + s.p[y + 1] - '0';
	part[2] = (s.p[y + 2] - '0') * 10 + s.p[y + 3] - '0';
	part[1] = part[1] < 1 ? 1 : part[1] > 12 ? 12 : part[1];
	int most = kh_day_month_length(part[0], part[1]); /* "310231" stands in old files */
	part[2] = part[2] < 1 ? 1 : part[2] > most ? most : part[2];
	return snprintf(to, room, "%04d-%02d-%02d", part[0], part[1], part[2]);
}

/* "< 950601", "> 990816", "950601-990815" as "from..to". */
static kh_str days(struct import *m, kh_str s, char *to, size_t room)
{
	s = kh_str_trim(s);
	int n = -1;
	if (!s.n)
		return (kh_str){to, (size_t)snprintf(to, room, "..")};
	if (s.p[0] == '<' || s.p[0] == '>') {
		bool before = s.p[0] == '<';
		size_t skip = s.n > 1 && s.p[1] == '=' ? 2 : 1;
		char day[16];
		n = put_day(day, sizeof day, kh_str_sub(s, skip, s.n));
		if (n > 0)
			n = snprintf(to, room, before ? "..%s" : "%s..", day);
	} else {
		const char *dash = memchr(s.p, '-', s.n);
		size_t at = dash ? (size_t)(dash - s.p) : 0;
		char a[16], b[16];
		if (dash && put_day(a, sizeof a, kh_str_sub(s, 0, at)) > 0 &&
		    put_day(b, sizeof b, kh_str_sub(s, at + 1, s.n)) > 0)
			n = strcmp(a, b) <= 0 ? snprintf(to, room, "%s..%s", a, b)
					      : snprintf(to, room, "%s..%s", b, a);
	}
	if (n <= 0)
		import_fail(m, s.p, "days were expected: < 950601, > 950601 or 950601-990815");
	return (kh_str){to, n > 0 ? (size_t)n : 0};
}

/* The codes "[CODE days]" of a row; false when a bracket is missing. */
static bool code(struct import *m, struct actor *a, kh_str s)
{
	while (s.n) {
		const char *open = memchr(s.p, '[', s.n);
		const char *close = memchr(s.p, ']', s.n);
		if (!open && !close)
			return true;
		if (!open || (close && close < open)) {
			import_fail(m, close, "[ was expected before ]");
			return false;
		}
		if (!close) {
			import_fail(m, s.p + s.n, "] was expected");
			return false;
		}
		kh_str in = kh_str_trim((kh_str){open + 1, (size_t)(close - open - 1)});
		size_t n = 0;
		while (n < in.n && !kh_is_space((unsigned char)in.p[n]) && in.p[n] != '<' &&
		       in.p[n] != '>')
			n++;
		if (!n)
			import_fail(m, in.p, "a code was expected");
		else if (a->n_codes < CODES &&
			 days(m, kh_str_sub(in, n, in.n), a->code[a->n_codes].days, 32).n)
			a->code[a->n_codes++].code = kh_str_sub(in, 0, n);
		s = kh_str_sub(s, (size_t)(close - s.p) + 1, s.n);
	}
	return true;
}

static void name(struct import *m, struct actor *a, kh_str s)
{
	const char *open = memchr(s.p, '[', s.n);
	const char *close = memchr(s.p, ']', s.n);
	const char *end = open ? open : close;
	kh_str n = kh_str_trim(kh_str_sub(s, 0, end ? (size_t)(end - s.p) : s.n));
	if (n.n && a->n_names < NAMES)
		a->name[a->n_names++] = n;
	else if (!n.n)
		import_fail(m, s.p, "a name was expected");
}

static unsigned count_words(kh_str s)
{
	unsigned n = 1;
	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == ' ' ? 1 : s.p[i] == '-' ? 2 : 0;
	return n;
}

/* The names that are new, with bars; several days of one name share it. */
static kh_str fresh(struct import *m, struct met *met, const struct actor *a, struct pack_buf *to)
{
	char word[256];
	size_t begin = to->n;
	for (unsigned i = 0; i < a->n_names; i++) {
		kh_str w = import_words(a->name[i], true, word, sizeof word);
		uint64_t hash = kh_dict_hash(w);
		if (!w.n || !hash || count_words(w) > KH_DICT_LONGEST) {
			m->skipped++;
			continue;
		}
		if (!meet(met, hash)) {
			m->repeated++;
			continue;
		}
		if (to->n > begin)
			pack_put(to, "|", 1);
		import_put(to, w);
		if (a->n_codes > 1)
			pack_put(to, "~", 1); /* its days may overlap */
	}
	return to->p ? (kh_str){(const char *)to->p + begin, to->n - begin} : (kh_str){"", 0};
}

static void flush(struct import *m, struct met *met, struct actor *a, struct pack_buf *to)
{
	struct pack_buf names = {0};
	kh_str list = a->n_names && a->n_codes ? fresh(m, met, a, &names) : (kh_str){"", 0};
	for (unsigned i = 0; i < a->n_codes && list.n; i++) {
		char ours[64];
		char row[160];
		kh_str c = import_code(a->code[i].code, false, ours, sizeof ours);
		int n = snprintf(row, sizeof row, "%.*s\t%.*s\t%s\t", (int)a->code[i].code.n,
				 a->code[i].code.p, (int)c.n, c.p, a->code[i].days);
		pack_put(to, row, (size_t)n);
		import_put(to, list);
		pack_put(to, "\n", 1);
		m->entries++;
	}
	free(names.p);
	a->n_names = a->n_codes = 0;
}

void import_actors(struct import *m, struct pack_buf *to)
{
	struct actor *a = pack_alloc(sizeof *a);
	struct met met = {0};
	import_put(to, KH_S("#! khabar-actors 1 groups\n# imported; the id is the foreign code\n"));
	while (import_row(m)) {
		kh_str r = m->row;
		bool inner = kh_is_space((unsigned char)r.p[0]);
		kh_str t = kh_str_trim(r);
		if (inner && t.p[0] == '[') {
			if (!a->n_names)
				import_fail(m, t.p, "a name was expected before its codes");
			code(m, a, t);
			continue;
		}
		if (t.p[0] == '+' && a->n_names) {
			name(m, a, kh_str_sub(t, 1, t.n));
			code(m, a, t);
			continue;
		}
		flush(m, &met, a, to);
		name(m, a, t);
		code(m, a, t);
	}
	flush(m, &met, a, to);
	free(a);
}

/* ---- agents ----------------------------------------------------------- */

struct mark {
	kh_str name, words; /* !PERSON!, "MAN, MEN" */
};

static void put_agent(struct pack_buf *to, kh_str code, kh_str word, const char *flags)
{
	char low[256];
	kh_str w = import_words(word, false, low, sizeof low);
	if (!w.n || count_words(w) > KH_DICT_LONGEST || !kh_dict_hash(w))
		return;
	import_put(to, code);
	pack_put(to, "\t", 1);
	pack_put(to, flags, strlen(flags));
	pack_put(to, "\t", 1);
	import_put(to, w);
	pack_put(to, "\n", 1);
}

/* A word with !SET! in it, once for each member. */
static void expand(struct import *m, struct pack_buf *to, kh_str c, kh_str w,
		   const struct mark *mark, unsigned n)
{
	const char *open = memchr(w.p, '!', w.n);
	const char *close = open ? memchr(open + 1, '!', (size_t)(w.p + w.n - open - 1)) : NULL;
	if (!open) {
		put_agent(to, c, w, "h");
		return;
	}
	kh_str key = {open, close ? (size_t)(close - open) + 1 : 0};
	for (unsigned i = 0; i < n && close; i++) {
		kh_str rest = mark[i].words;
		if (!kh_str_eq(mark[i].name, key))
			continue;
		while (rest.n) {
			char full[256];
			const char *comma = memchr(rest.p, ',', rest.n);
			size_t k = comma ? (size_t)(comma - rest.p) : rest.n;
			kh_str one = kh_str_trim(kh_str_sub(rest, 0, k));
			int len = snprintf(full, sizeof full, "%.*s%.*s%.*s", (int)(open - w.p),
					   w.p, (int)one.n, one.p, (int)(w.p + w.n - close - 1),
					   close + 1);
			if (len > 0 && (size_t)len < sizeof full)
				put_agent(to, c, (kh_str){full, (size_t)len}, "h");
			rest = kh_str_sub(rest, comma ? k + 1 : k, rest.n);
		}
		return;
	}
	import_fail(m, open, "a set !NAME! that is given before was expected");
}

static void agent(struct import *m, struct pack_buf *to, const struct mark *mark, unsigned n)
{
	kh_str r = kh_str_trim(m->row);
	const char *open = memchr(r.p, '[', r.n), *close = memchr(r.p, ']', r.n);
	const char *brace = memchr(r.p, '{', r.n), *shut = memchr(r.p, '}', r.n);
	char ours[64];
	if (!open || !close || close < open) {
		import_fail(m,
			    open    ? r.p + r.n
			    : close ? close
				    : r.p + r.n,
			    open ? "] was expected" : "[CODE] was expected");
		return;
	}
	if (!brace != !shut) {
		import_fail(m, brace ? open : shut, brace ? "} was expected" : "{ was expected");
		return;
	}
	kh_str c = {open + 1, (size_t)(close - open - 1)};
	while (c.n && (c.p[0] == '~' || c.p[0] == ' '))
		c = kh_str_sub(c, 1, c.n);
	c = import_code(c, true, ours, sizeof ours);
	kh_str w = kh_str_trim(kh_str_sub(r, 0, (size_t)((brace ? brace : open) - r.p)));
	expand(m, to, c, w, mark, n);
	if (brace && shut > brace + 1)
		expand(m, to, c, kh_str_trim((kh_str){brace + 1, (size_t)(shut - brace - 1)}), mark,
		       n);
	m->entries++;
}

void import_agents(struct import *m, struct pack_buf *to)
{
	struct mark mark[MARKS];
	unsigned n = 0;
	import_put(to, KH_S("#! khabar-actors 1 agents\n# imported\n"));
	while (import_row(m)) {
		kh_str r = kh_str_trim(m->row);
		const char *sign = memchr(r.p, '=', r.n);
		if (r.p[0] == '!' && sign && !memchr(r.p, '[', r.n) && n < MARKS) {
			mark[n].name = kh_str_trim(kh_str_sub(r, 0, (size_t)(sign - r.p)));
			mark[n++].words = kh_str_trim(kh_str_sub(r, (size_t)(sign - r.p) + 1, r.n));
			continue;
		}
		agent(m, to, mark, n);
	}
}

void import_discards(struct import *m, struct pack_buf *to)
{
	struct met met = {0};
	import_put(to, KH_S("#! khabar-actors 1 discards\n# imported\n"));
	while (import_row(m)) {
		char low[256];
		kh_str r = kh_str_trim(m->row);
		bool story = r.p[0] == '+';
		const char *open = memchr(r.p, '[', r.n);
		kh_str w = kh_str_sub(r, story, open ? (size_t)(open - r.p) : r.n);
		w = import_words(kh_str_trim(w), false, low, sizeof low);
		if (!w.n || count_words(w) > KH_DICT_LONGEST || !kh_dict_hash(w)) {
			m->skipped++;
			continue;
		}
		if (!meet(&met, kh_dict_hash(w))) {
			m->repeated++;
			continue;
		}
		import_put(to, story ? KH_S("story\t") : KH_S("sentence\t"));
		import_put(to, w);
		pack_put(to, "\n", 1);
		m->entries++;
	}
}
