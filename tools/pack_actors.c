/* data/actors into section "actors": countries.txt (code, names, people, seats), agents.txt
 * (sector, h, nouns) and every other list there (id, code, years, names). A phrase that stands
 * twice for different entries of one kind is kept twice; the first file wins when they are looked
 * up. */
#include <stdlib.h>

#include "base/str.h"
#include "doc/codes.h"
#include "model/dict.h"
#include "pack.h"

struct making {
	struct pack *p;
	const char *file;
	unsigned line;
	struct pack_buf entries, bytes;
	struct kh_dict_key *key;
	uint32_t n_entries, n_keys, cap;
};

static kh_str column(kh_str row, unsigned want)
{
	for (;; want--) {
		const char *tab = memchr(row.p, '\t', row.n);
		size_t n = tab ? (size_t)(tab - row.p) : row.n;
		if (want == 0)
			return kh_str_trim(kh_str_sub(row, 0, n));
		if (!tab)
			return (kh_str){row.p + row.n, 0};
		row = kh_str_sub(row, n + 1, row.n);
	}
}

static bool acronym(kh_str s)
{
	size_t letters = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (kh_is_lower((unsigned char)s.p[i]) || s.p[i] == ' ')
			return false;
		letters += kh_is_upper((unsigned char)s.p[i]);
	}
	return letters >= 2 && s.n <= 8;
}

static void key(struct making *m, kh_str phrase, uint32_t use)
{
	if (!phrase.n)
		return;
	if (acronym(phrase))
		use |= KH_USE_ACRONYM;
	else if (kh_is_upper((unsigned char)phrase.p[0]))
		use |= KH_USE_CASE;
	if (m->n_keys == m->cap) {
		m->cap = m->cap ? m->cap * 2 : 4096;
		m->key = realloc(m->key, m->cap * sizeof *m->key);
	}
	m->key[m->n_keys++] = (struct kh_dict_key){kh_dict_hash(phrase), m->n_entries - 1, use};
}

/* Every phrase of a list separated by bars. */
static void keys(struct making *m, kh_str list, uint32_t use)
{
	while (list.n) {
		const char *bar = memchr(list.p, '|', list.n);
		size_t n = bar ? (size_t)(bar - list.p) : list.n;
		key(m, kh_str_trim(kh_str_sub(list, 0, n)), use);
		list = kh_str_sub(list, bar ? n + 1 : n, list.n);
	}
}

static kh_str first_of(kh_str list)
{
	const char *bar = memchr(list.p, '|', list.n);
	return kh_str_trim(kh_str_sub(list, 0, bar ? (size_t)(bar - list.p) : list.n));
}

/* "NGA REB" into country and sectors. */
static void codes(struct making *m, kh_str code, struct kh_dict_entry *e)
{
	static const char *const field[] = {"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"};
	unsigned sectors = 0;
	for (size_t i = 0; i < code.n; i += 4) {
		kh_str c = kh_str_sub(code, i, i + 3 < code.n ? i + 3 : code.n);
		bool special = false;
		for (size_t k = 0; k < KH_COUNT(field); k++)
			special |= kh_str_is(c, field[k]);
		unsigned sector = kh_code_find(KH_LIST_SECTOR, c);
		if (c.n != 3)
			pack_error(m->p, m->file, m->line, 1,
				   "a code of three letters was expected");
		else if (sector && !special && sectors < 4)
			e->sector[sectors++] = (uint8_t)sector;
		else
			memcpy(e->country, c.p, 3);
	}
}

static void entry(struct making *m, kh_str id, kh_str name, kh_str code, kh_str years)
{
	struct kh_dict_entry e = {.n_name = (uint16_t)name.n, .n_id = (uint16_t)id.n};
	e.name = (uint32_t)pack_put(&m->bytes, name.p, name.n);
	e.id = (uint32_t)pack_put(&m->bytes, id.p, id.n);
	codes(m, code, &e);
	size_t dots = kh_str_find(years, KH_S(".."), 0);
	int64_t v;
	if (dots != SIZE_MAX && kh_str_number(kh_str_sub(years, 0, dots), &v))
		e.from = (uint16_t)v;
	if (dots != SIZE_MAX && kh_str_number(kh_str_sub(years, dots + 2, years.n), &v))
		e.to = (uint16_t)v;
	pack_put(&m->entries, &e, sizeof e);
	m->n_entries++;
}

/* An agent noun with its plural. */
static void agent_keys(struct making *m, kh_str list)
{
	while (list.n) {
		const char *bar = memchr(list.p, '|', list.n);
		size_t n = bar ? (size_t)(bar - list.p) : list.n;
		kh_str w = kh_str_trim(kh_str_sub(list, 0, n));
		char plural[96];
		bool y = w.n > 2 && w.p[w.n - 1] == 'y' && !memchr("aeiou", w.p[w.n - 2], 5);
		bool es = kh_str_ends(w, "s") || kh_str_ends(w, "sh") || kh_str_ends(w, "ch");
		int len = y    ? snprintf(plural, sizeof plural, "%.*sies", (int)w.n - 1, w.p)
			  : es ? snprintf(plural, sizeof plural, "%.*ses", (int)w.n, w.p)
			       : snprintf(plural, sizeof plural, "%.*ss", (int)w.n, w.p);
		key(m, w, KH_USE_AGENT);
		key(m, (kh_str){plural, (size_t)len}, KH_USE_AGENT);
		list = kh_str_sub(list, bar ? n + 1 : n, list.n);
	}
}

static void row(struct making *m, kh_str r)
{
	bool countries = strstr(m->file, "countries") != NULL,
	     agents = strstr(m->file, "agents") != NULL;
	kh_str none = {r.p, 0};
	if (agents) {
		entry(m, none, none, column(r, 0), none);
		agent_keys(m, column(r, 2));
	} else if (countries) {
		entry(m, column(r, 0), first_of(column(r, 1)), column(r, 0), none);
		keys(m, column(r, 1), KH_USE_NAME | KH_USE_COUNTRY);
		keys(m, column(r, 2), KH_USE_PEOPLE | KH_USE_COUNTRY);
		keys(m, column(r, 3), KH_USE_CAPITAL | KH_USE_COUNTRY);
	} else {
		entry(m, column(r, 0), first_of(column(r, 3)), column(r, 1), column(r, 2));
		keys(m, column(r, 3), KH_USE_NAME);
	}
}

static int by_hash(const void *a, const void *b)
{
	const struct kh_dict_key *x = a, *y = b;
	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return (x->entry > y->entry) - (x->entry < y->entry);
}

void pack_actors(struct pack *p)
{
	struct making m = {.p = p};
	struct pack_buf all = {0};
	for (char **path = pack_list(p, "actors", ".txt"); *path; path++) {
		kh_str text = pack_read(p, *path);
		m.file = *path;
		m.line = 0;
		pack_source(p, *path, text, "Apache-2.0");
		for (size_t at = 0; at < text.n;) {
			const char *nl = memchr(text.p + at, '\n', text.n - at);
			size_t end = nl ? (size_t)(nl - text.p) : text.n;
			kh_str r = kh_str_sub(text, at, end);
			at = end + 1;
			m.line++;
			if (r.n && r.p[0] != '#')
				row(&m, r);
		}
	}
	if (!m.n_entries)
		return;
	qsort(m.key, m.n_keys, sizeof *m.key, by_hash);
	struct kh_dict_head h = {m.n_entries, m.n_keys, (uint32_t)m.bytes.n, 0};
	pack_put(&all, &h, sizeof h);
	pack_put(&all, m.key, m.n_keys * sizeof *m.key);
	pack_put(&all, m.entries.p, m.entries.n);
	pack_put(&all, m.bytes.p, m.bytes.n);
	pack_section(p, "actors", &all);
}
