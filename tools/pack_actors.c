/* data/actors into section "actors". In: text files, one entry a line, columns split by tabs; the
 * head "#! khabar-actors 1 KIND" says what the columns are (man/khabar-actors.5):
 *   countries  code, names, adjectives and peoples, seats of government
 *   agents     sector, flags (h people, w takes the sector of what it belongs to, - neither), nouns
 *   people     id, code, days in office, names
 *   groups     id, code, days, names, seats
 *   discards   story or sentence, phrase
 *   wikidata   id of an entry of this or an earlier file, item (Q30), the name that the entry is shown by
 * With the id "*" each name is an entity of its own: "NAME=ALIAS|NAME".
 * Out: keys by hash, entries, bytes. Of entries with one name that both hold on a day the first
 * counts, in the order of the files' names; "NAME~" is shared by several, and the one counts whose
 * country the story names. A mistake is told with file, line and column. */
#include <stdlib.h>

#include "base/day.h"
#include "base/str.h"
#include "base/utf8.h"
#include "doc/codes.h"
#include "model/dict.h"
#include "pack.h"

enum { KH_USE_ALIAS = 1 << 30 }; /* of keys(): the list is one of aliases */

enum kind { NONE, COUNTRIES, AGENTS, PEOPLE, GROUPS, DISCARDS, WIKIDATA };

struct seen { /* where a key was written, to tell duplicates */
	uint64_t hash;
	uint32_t key, line, column;
};

struct making {
	struct pack *p;
	const char *file, *text; /* text: of the row at hand */
	unsigned line;
	enum kind kind;
	struct pack_buf entries, bytes;
	struct kh_dict_key *key;
	struct seen *seen;
	uint32_t n_entries, n_keys, cap, first_of_file;
};

static unsigned at(const struct making *m, const char *p)
{
	return (unsigned)(p - m->text) + 1;
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

static unsigned words(kh_str s)
{
	unsigned n = 1;
	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == ' ' ? 1 : s.p[i] == '-' ? 2 : 0;
	return n;
}

static void key(struct making *m, kh_str phrase, const char *where, uint32_t use)
{
	if (phrase.n && phrase.p[phrase.n - 1] == '~') {
		use |= KH_USE_SHARED;
		phrase = kh_str_trim(kh_str_sub(phrase, 0, phrase.n - 1));
	}
	uint64_t hash = kh_dict_hash(phrase);
	if (!phrase.n)
		return;
	if (!hash || words(phrase) > KH_DICT_LONGEST) {
		pack_error(m->p, m->file, m->line, at(m, where),
			   "a name of at most %d words was expected, each hyphen counted as one",
			   KH_DICT_LONGEST);
		return;
	}
	if (acronym(phrase))
		use |= KH_USE_ACRONYM;
	else if (kh_is_upper((unsigned char)phrase.p[0]) || (unsigned char)phrase.p[0] >= 0x80)
		use |= KH_USE_CASE;
	if (m->n_keys == m->cap) {
		m->cap = m->cap ? m->cap * 2 : 4096;
		m->key = realloc(m->key, m->cap * sizeof *m->key);
		m->seen = realloc(m->seen, m->cap * sizeof *m->seen);
		if (!m->key || !m->seen)
			exit(1);
	}
	m->seen[m->n_keys] = (struct seen){hash, m->n_keys, m->line, at(m, where)};
	m->key[m->n_keys++] = (struct kh_dict_key){hash, m->n_entries - 1, use};
}

/* An agent noun with its plural. */
static void agent_key(struct making *m, kh_str w, const char *where, uint32_t use)
{
	char plural[128];
	bool y = w.n > 2 && w.p[w.n - 1] == 'y' && !memchr("aeiou", w.p[w.n - 2], 5);
	bool es = kh_str_ends(w, "s") || kh_str_ends(w, "sh") || kh_str_ends(w, "ch");
	bool men = w.n > 4 && kh_str_ends(w, "man") && !kh_str_ends(w, "human");
	int n = (int)(w.n < 100 ? w.n : 100);
	int len = men  ? snprintf(plural, sizeof plural, "%.*smen", n - 3, w.p)
		  : kh_str_ends(w, "child") ? snprintf(plural, sizeof plural, "%.*sren", n, w.p)
		  : y  ? snprintf(plural, sizeof plural, "%.*sies", n - 1, w.p)
		  : es ? snprintf(plural, sizeof plural, "%.*ses", n, w.p)
		       : snprintf(plural, sizeof plural, "%.*ss", n, w.p);
	key(m, w, where, use);
	key(m, (kh_str){plural, (size_t)len}, where, use);
}

/* Every phrase of a list separated by bars (or by the signs between aliases). */
static void keys(struct making *m, kh_str list, uint32_t use)
{
	while (list.n) {
		const char *bar = memchr(list.p, use & KH_USE_ALIAS ? '=' : '|', list.n);
		size_t n = bar ? (size_t)(bar - list.p) : list.n;
		kh_str w = kh_str_trim(kh_str_sub(list, 0, n));
		if (!w.n)
			pack_error(m->p, m->file, m->line, at(m, list.p), "a name was expected");
		else if (use & KH_USE_AGENT)
			agent_key(m, w, w.p, use);
		else
			key(m, w, w.p, use & ~(uint32_t)KH_USE_ALIAS);
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
	if (kh_str_is(code, "-")) /* what it is says nothing of a sector */
		return;
	for (size_t i = 0; i < code.n; i += 4) {
		kh_str c = kh_str_sub(code, i, i + 3 < code.n ? i + 3 : code.n);
		bool special = false, upper = c.n == 3;
		for (size_t k = 0; k < c.n; k++)
			upper &= kh_is_upper((unsigned char)c.p[k]);
		for (size_t k = 0; k < KH_COUNT(field); k++)
			special |= kh_str_is(c, field[k]);
		unsigned sector = kh_code_find(KH_LIST_SECTOR, c);
		if (!upper || (i + 3 < code.n && code.p[i + 3] != ' '))
			pack_error(m->p, m->file, m->line, at(m, c.p),
				   "a code of three capitals was expected");
		else if (sector && !special && sectors < 4)
			e->sector[sectors++] = (uint8_t)sector;
		else if (!e->country[0])
			memcpy(e->country, c.p, 3);
		else
			pack_error(m->p, m->file, m->line, at(m, c.p),
				   "%.3s is no sector, and %s is the country", c.p, e->country);
	}
}

/* "1999", "1999-05" or "1999-05-27": its first day, or its last. */
static int32_t day(struct making *m, kh_str s, bool last)
{
	static const size_t length[] = {4, 7, 10};
	int part[3] = {0, last ? 12 : 1, 0};
	bool good = s.n == 4 || s.n == 7 || s.n == 10;
	if (!s.n)
		return KH_NO_DAY;
	for (unsigned i = 0; i < 3 && good && length[i] <= s.n; i++) {
		int64_t v = 0;
		size_t from = i ? length[i] - 2 : 0;
		good = (!i || s.p[from - 1] == '-') &&
		       kh_str_number(kh_str_sub(s, from, length[i]), &v);
		part[i] = (int)v;
	}
	good &= part[1] >= 1 && part[1] <= 12 && part[0] >= 1;
	if (good && s.n < 10)
		part[2] = last ? kh_day_month_length(part[0], part[1]) : 1;
	int32_t d = good ? kh_day_of(part[0], part[1], part[2]) : KH_NO_DAY;
	if (d == KH_NO_DAY)
		pack_error(m->p, m->file, m->line, at(m, s.p),
			   "a year, a month (1999-05) or a day (1999-05-27) was expected");
	return d;
}

static void entry(struct making *m, kh_str id, kh_str name, kh_str code, kh_str days)
{
	struct kh_dict_entry e = {.n_name = (uint16_t)name.n,
				  .n_id = (uint16_t)id.n,
				  .from = KH_NO_DAY,
				  .to = KH_NO_DAY};
	e.name = (uint32_t)pack_put(&m->bytes, name.p, name.n);
	e.id = (uint32_t)pack_put(&m->bytes, id.p, id.n);
	codes(m, code, &e);
	size_t dots = kh_str_find(days, KH_S(".."), 0);
	if (dots != SIZE_MAX) {
		e.from = day(m, kh_str_sub(days, 0, dots), false);
		e.to = day(m, kh_str_sub(days, dots + 2, days.n), true);
	} else if (days.n) {
		pack_error(m->p, m->file, m->line, at(m, days.p),
			   "days were expected: from..to, each of them may be empty");
	}
	pack_put(&m->entries, &e, sizeof e);
	m->n_entries++;
}

static void agents(struct making *m, kh_str r)
{
	kh_str none = {r.p, 0}, flags = pack_column(r, 1);
	uint32_t use = KH_USE_AGENT | KH_USE_THING;
	for (size_t i = 0; i < flags.n; i++)
		if (flags.p[i] == 'h')
			use &= ~(uint32_t)KH_USE_THING;
		else if (flags.p[i] == 'w')
			use |= KH_USE_WEAK;
		else if (flags.p[i] != '-')
			pack_error(m->p, m->file, m->line, at(m, flags.p + i),
				   "flags h, w or - were expected");
	entry(m, none, none, pack_column(r, 0), none);
	keys(m, pack_column(r, 2), use);
}

/* "Iván Duque" as an id: small letters, hyphens for what is no letter. */
static kh_str id_of(kh_str name, char to[96])
{
	size_t n = 0;
	for (size_t i = 0; i < name.n && n < 95; i++) {
		unsigned char c = (unsigned char)kh_lower(name.p[i]);
		bool letter = kh_is_lower(c) || kh_is_digit(c) || c >= 0x80;
		if (letter || (n && to[n - 1] != '-'))
			to[n++] = letter ? (char)c : '-';
	}
	while (n && to[n - 1] == '-')
		n--;
	return (kh_str){to, n};
}

/* "Hicks" of "Kathleen Hicks". */
static void surname(struct making *m, kh_str name, uint32_t use)
{
	size_t at = name.n;
	while (at && name.p[at - 1] != ' ')
		at--;
	bool plain = at && name.n - at > 2 && kh_is_upper((unsigned char)name.p[at]) &&
		     name.p[name.n - 1] != '.';
	if (plain && (use & KH_USE_PERSON))
		key(m, kh_str_sub(name, at, name.n), name.p, use | KH_USE_SURNAME | KH_USE_SHARED);
}

/* Names for one entity; with the id "*" each name is an entity of its own, "NAME=ALIAS=ALIAS". */
static void named(struct making *m, kh_str r, uint32_t use)
{
	kh_str list = pack_column(r, 3);
	bool each = kh_str_is(pack_column(r, 0), "*");
	while (each && list.n) {
		char id[96];
		const char *bar = memchr(list.p, '|', list.n);
		size_t n = bar ? (size_t)(bar - list.p) : list.n;
		kh_str one = kh_str_trim(kh_str_sub(list, 0, n));
		const char *sign = memchr(one.p, '=', one.n);
		kh_str name = kh_str_sub(one, 0, sign ? (size_t)(sign - one.p) : one.n);
		while (name.n && name.p[name.n - 1] == '~')
			name.n--;
		entry(m, id_of(name, id), name, pack_column(r, 1), pack_column(r, 2));
		keys(m, one, use | KH_USE_ALIAS);
		surname(m, name, use);
		list = kh_str_sub(list, bar ? n + 1 : n, list.n);
	}
	if (!each) {
		kh_str name = first_of(list);
		while (name.n && name.p[name.n - 1] == '~')
			name.n--;
		entry(m, pack_column(r, 0), name, pack_column(r, 1), pack_column(r, 2));
		keys(m, list, use);
		surname(m, name, use);
		keys(m, pack_column(r, 4), KH_USE_CAPITAL);
	}
}

/* The item of all entries with that id and name: one person may have held several offices. */
static void wikidata(struct making *m, kh_str r)
{
	kh_str id = pack_column(r, 0), item = pack_column(r, 1), name = pack_column(r, 2);
	struct kh_dict_entry *e = (void *)m->entries.p;
	const char *bytes = (const char *)m->bytes.p;
	int64_t number = 0;
	bool known = false;
	if (item.n < 2 || item.p[0] != 'Q' || !kh_str_number(kh_str_sub(item, 1, item.n), &number) ||
	    number < 1 || number > UINT32_MAX) {
		pack_error(m->p, m->file, m->line, at(m, item.p), "an item of Wikidata (Q30) was expected");
		return;
	}
	for (uint32_t i = 0; i < m->n_entries; i++) {
		if (!kh_str_eq((kh_str){bytes + e[i].id, e[i].n_id}, id) ||
		    !kh_str_eq((kh_str){bytes + e[i].name, e[i].n_name}, name))
			continue;
		e[i].wikidata = (uint32_t)number;
		known = true;
	}
	if (!known)
		pack_error(m->p, m->file, m->line, 1,
			   "id and shown name of an entry of an earlier file were expected");
}

static void row(struct making *m, kh_str r)
{
	kh_str none = {r.p, 0};
	bool two = m->kind == COUNTRIES || m->kind == DISCARDS;
	unsigned need = two ? 1 : m->kind == AGENTS || m->kind == WIKIDATA ? 2 : 3;
	if (!pack_column(r, need).n) {
		pack_error(m->p, m->file, m->line, (unsigned)r.n + 1,
			   "%u columns split by tabs were expected, the last one names", need + 1);
		return;
	}
	switch (m->kind) {
	case COUNTRIES:
		entry(m, pack_column(r, 0), first_of(pack_column(r, 1)), pack_column(r, 0), none);
		keys(m, pack_column(r, 1), KH_USE_NAME | KH_USE_COUNTRY);
		keys(m, pack_column(r, 2), KH_USE_PEOPLE | KH_USE_COUNTRY);
		keys(m, pack_column(r, 3), KH_USE_CAPITAL | KH_USE_COUNTRY);
		break;
	case AGENTS:
		agents(m, r);
		break;
	case WIKIDATA:
		wikidata(m, r);
		break;
	case DISCARDS:
		if (!kh_str_is(pack_column(r, 0), "story") && !kh_str_is(pack_column(r, 0), "sentence"))
			pack_error(m->p, m->file, m->line, 1, "story or sentence was expected");
		entry(m, none, none, KH_S("-"), none);
		key(m, pack_column(r, 1), pack_column(r, 1).p,
		    KH_USE_DISCARD | (kh_str_is(pack_column(r, 0), "story") ? KH_USE_STORY : 0));
		break;
	default:
		named(m, r, KH_USE_NAME | (m->kind == PEOPLE ? KH_USE_PERSON : 0));
	}
}

static int by_seen(const void *a, const void *b)
{
	const struct seen *x = a, *y = b;
	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return (x->key > y->key) - (x->key < y->key);
}

/* Two offices of one person may touch; all else that holds for one day is a duplicate. */
static bool overlap(const struct making *m, const struct kh_dict_entry *a,
		    const struct kh_dict_entry *b)
{
	const char *bytes = (const char *)m->bytes.p;
	if (a->n_id && a->n_id == b->n_id && memcmp(bytes + a->id, bytes + b->id, a->n_id) == 0 &&
	    (memcmp(a->sector, b->sector, 4) != 0 || memcmp(a->country, b->country, 4) != 0))
		return false;
	return (a->to == KH_NO_DAY || b->from == KH_NO_DAY || a->to >= b->from) &&
	       (b->to == KH_NO_DAY || a->from == KH_NO_DAY || b->to >= a->from);
}

/* A name that stands twice in one file for days that overlap can mean only one of the two. */
static void duplicates(struct making *m)
{
	uint32_t n = m->n_keys - m->first_of_file;
	const struct kh_dict_entry *e = (const void *)m->entries.p;
	if (!n || m->kind == AGENTS)
		return;
	struct seen *s = m->seen + m->first_of_file;
	qsort(s, n, sizeof *s, by_seen);
	for (uint32_t i = 1; i < n; i++) {
		const struct kh_dict_key *a = &m->key[s[i - 1].key], *b = &m->key[s[i].key];
		if (s[i].hash == s[i - 1].hash && a->entry != b->entry &&
		    !(a->use & b->use & KH_USE_SHARED) && !((a->use | b->use) & KH_USE_SURNAME) &&
		    overlap(m, &e[a->entry], &e[b->entry]))
			pack_error(m->p, m->file, s[i].line, s[i].column,
				   "a name that is not given before was expected; this one stands "
				   "in line %u for the same days (NAME~ in both: shared)",
				   s[i - 1].line);
	}
}

static enum kind kind_of(kh_str head)
{
	static const char *const name[] = {"", "countries", "agents", "people", "groups",
					   "discards", "wikidata"};
	for (unsigned k = COUNTRIES; k <= WIKIDATA; k++)
		if (kh_str_ends(head, name[k]))
			return (enum kind)k;
	return NONE;
}

static void read_file(struct making *m, kh_str text)
{
	m->line = 0;
	m->kind = NONE;
	m->first_of_file = m->n_keys;
	kh_str r;
	for (size_t p = 0; kh_str_line(text, &p, &r);) {
		m->line++;
		m->text = r.p;
		if (m->line == 1 && kh_str_starts(r, "#! khabar-actors 1"))
			m->kind = kind_of(kh_str_trim(r));
		if (m->line == 1 && m->kind == NONE) {
			pack_error(m->p, m->file, 1, 1,
				   "\"#! khabar-actors 1 KIND\" was expected, KIND one of "
				   "countries, agents, people, groups, discards, wikidata");
			return;
		}
		size_t bad = kh_utf8_check(r);
		if (bad < r.n)
			pack_error(m->p, m->file, m->line, (unsigned)bad + 1, "UTF-8 was expected");
		else if (kh_str_trim(r).n && r.p[0] != '#')
			row(m, r);
	}
	duplicates(m);
}

static int by_hash(const void *a, const void *b)
{
	const struct kh_dict_key *x = a, *y = b;
	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return (x->entry > y->entry) - (x->entry < y->entry);
}

/* The entries of an image's section behind one's own, which so come first. */
static void append(struct making *m, const struct kh_dict *base)
{
	uint32_t first = m->n_entries;
	for (uint32_t i = 0; base->head && i < base->head->n_entries; i++) {
		struct kh_dict_entry e = base->entry[i];
		e.name = (uint32_t)pack_put(&m->bytes, base->bytes + e.name, e.n_name);
		e.id = (uint32_t)pack_put(&m->bytes, base->bytes + e.id, e.n_id);
		pack_put(&m->entries, &e, sizeof e);
		m->n_entries++;
	}
	uint32_t n = base->head ? base->head->n_keys : 0;
	m->key = realloc(m->key, (m->n_keys + n + 1) * sizeof *m->key);
	if (!m->key)
		exit(1);
	for (uint32_t i = 0; i < n; i++) {
		m->key[m->n_keys] = base->key[i];
		m->key[m->n_keys++].entry += first;
	}
}

void pack_actors(struct pack *p, const struct khabar_model *base)
{
	struct making m = {.p = p};
	struct pack_buf all = {0};
	for (char **path = pack_list(p, "actors", ".txt"); *path; path++) {
		kh_str text = pack_read(p, *path);
		m.file = *path;
		pack_source(p, *path, text, "Apache-2.0");
		read_file(&m, text);
	}
	uint32_t own = base ? m.n_entries : 0;
	if (base) {
		struct kh_dict old = kh_dict_open(base);
		append(&m, &old);
	}
	if (!m.n_entries)
		return;
	qsort(m.key, m.n_keys, sizeof *m.key, by_hash);
	struct kh_dict_head h = {m.n_entries, m.n_keys, (uint32_t)m.bytes.n, own};
	pack_put(&all, &h, sizeof h);
	pack_put(&all, m.key, m.n_keys * sizeof *m.key);
	pack_put(&all, m.entries.p, m.entries.n);
	pack_put(&all, m.bytes.p, m.bytes.n);
	pack_section(p, "actors", &all);
}
