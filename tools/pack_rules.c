/* data/events into the sections "rules" and "lists"; with a base image, a user's rules before the
 * image's own, in whose place they stand where they have the same name.
 * A rule: `rule NAME`, then indented lines: verb/noun LEMMAS (particle after _),
 * object/subject/near/no/prep/phrase WORDS, code CATEGORY MODES, cameo CODE, flags, and examples: +
 * with [trigger] and {words}actor or {words}recipient, - without event; ~ before one that is known
 * to fail. `list NAME` WORDS names a list, used as @NAME from there on. */
#include "pack_rules.h"

#include <stdlib.h>

#include "base/str.h"
#include "base/utf8.h"
#include "doc/codes.h"
#include "model/rule.h"
#include "pack.h"

enum { MOST = 65536, LISTS = 1024, WORDS = 1 << 20 };

struct making {
	struct pack *p;
	const char *file;
	unsigned line;
	kh_str row; /* the line, for columns */
	struct kh_rule *rule;
	struct place {
		const char *file;
		unsigned line;
		bool coded;
	} * place;		   /* where each rule begins */
	uint32_t n_rules, n_verbs; /* n_verbs: triggers before the rule */
	struct kh_rule_trigger *trigger;
	uint32_t n_triggers, cap_triggers;
	struct pack_buf hashes, bytes, lists; /* lists: their lines, for users' rules */
	struct {
		kh_str name;
		kh_str words;
	} * list;
	unsigned n_lists;
	uint32_t n_own; /* rules of the folder, the base image's behind them */
};

/* An error at the word, which lies in the line. */
static void fail(struct making *m, const char *what, kh_str word)
{
	bool inside = word.p >= m->row.p && word.p <= m->row.p + m->row.n;
	unsigned column = inside ? (unsigned)(word.p - m->row.p) + 1 : 1;
	pack_error(m->p, m->file, m->line, column, "%s \"%.*s\"", what,
		   (int)(word.n < 60 ? word.n : 60), word.p);
}

/* The next word of *s, blanks or bars apart. */
static kh_str next_word(kh_str *s)
{
	size_t a = 0, b;
	while (a < s->n && (s->p[a] == ' ' || s->p[a] == '\t' || s->p[a] == '|'))
		a++;
	for (b = a; b < s->n && s->p[b] != ' ' && s->p[b] != '\t' && s->p[b] != '|'; b++)
		;
	kh_str w = kh_str_sub(*s, a, b);
	*s = kh_str_sub(*s, b, s->n);
	return w;
}

static struct kh_rule_trigger *push_trigger(struct making *m)
{
	if (m->n_triggers == m->cap_triggers) {
		m->cap_triggers = m->cap_triggers ? m->cap_triggers * 2 : 4096;
		m->trigger = realloc(m->trigger, m->cap_triggers * sizeof *m->trigger);
		if (!m->trigger)
			abort();
	}
	return &m->trigger[m->n_triggers++];
}

static void trigger(struct making *m, char pos, kh_str words)
{
	for (kh_str w; (w = next_word(&words)).n;) {
		size_t under = kh_str_find(w, KH_S("_"), 0);
		kh_str lemma = under == SIZE_MAX ? w : kh_str_sub(w, 0, under);
		*push_trigger(m) = (struct kh_rule_trigger){
			kh_rule_hash(pos, lemma),
			under == SIZE_MAX ? 0 : kh_rule_hash('w', kh_str_sub(w, under + 1, w.n)),
			m->n_rules - 1};
	}
}

/* The words of a list; a list may only hold lists that stand before it, so none holds itself. */
static kh_str *list_words(struct making *m, kh_str name)
{
	for (unsigned i = 0; i < m->n_lists; i++)
		if (kh_str_eq(m->list[i].name, name))
			return &m->list[i].words;
	fail(m, "a list named in a line before was expected:", name);
	return NULL;
}

static void words(struct making *m, struct kh_rule_list *l, kh_str text)
{
	if (!l->n)
		l->first = (uint32_t)(m->hashes.n / 4);
	for (kh_str w; (w = next_word(&text)).n;) {
		if (w.p[0] == '@') {
			kh_str *named = list_words(m, kh_str_sub(w, 1, w.n));
			if (named)
				words(m, l, *named);
			continue;
		}
		if (l->n == WORDS) {
			fail(m, "at most 1048576 words were expected before", w);
			return;
		}
		uint32_t h = kh_rule_hash('w', w);
		pack_put(&m->hashes, &h, 4);
		l->n++;
	}
}

static void code(struct making *m, struct kh_rule *r, kh_str text)
{
	kh_str w = next_word(&text);
	unsigned modes = 0;
	r->event = (uint8_t)kh_code_find(KH_LIST_PLOVER, w);
	if (!r->event)
		fail(m, "one of PLOVER's 16 categories was expected:", w);
	m->place[m->n_rules - 1].coded = true;
	while ((w = next_word(&text)).n) {
		if (modes == 3) {
			fail(m, "at most three modes were expected before", w);
			return;
		}
		r->mode[modes] = (uint8_t)kh_code_find(KH_LIST_MODE, w);
		if (!r->mode[modes++])
			fail(m, "one of PLOVER's modes was expected:", w);
	}
}

static void cameo(struct making *m, struct kh_rule *r, kh_str text)
{
	kh_str c = next_word(&text);
	bool good = c.n >= 2 && c.n <= 4;
	for (size_t i = 0; i < c.n; i++)
		good &= kh_is_digit((unsigned char)c.p[i]);
	if (good)
		memcpy(r->cameo, c.p, c.n);
	else
		fail(m, "a CAMEO code of two to four figures was expected:", c);
}

static void flags(struct making *m, struct kh_rule *r, kh_str text)
{
	static const struct {
		const char *name;
		uint16_t flag;
	} list[] = {
		{"reciprocal", KH_RULE_RECIPROCAL},
		{"operator", KH_RULE_OPERATOR},
		{"light", KH_RULE_LIGHT},
		{"human", KH_RULE_HUMAN},
		{"actor", KH_RULE_ACTOR},
		{"swap", KH_RULE_SWAP},
		{"intransitive", KH_RULE_INTRANSITIVE},
		{"not", KH_RULE_NOT},
		{"passive", KH_RULE_PASSIVE},
		{"target", KH_RULE_TARGET},
		{"mute", KH_RULE_MUTE},
		{"refused", KH_RULE_REFUSED},
		{"indirect", KH_RULE_INDIRECT},
		{"public", KH_RULE_PUBLIC},
		{"thing", KH_RULE_THING},
		{"state", KH_RULE_STATE},
	};
	for (kh_str w; (w = next_word(&text)).n;) {
		size_t i = 0;
		while (i < KH_COUNT(list) && !kh_str_is(w, list[i].name))
			i++;
		if (i == KH_COUNT(list))
			fail(m, "a flag was expected (see khabar-rules):", w);
		else
			r->flags |= list[i].flag;
	}
}

static kh_str name_of(const struct making *m, uint32_t rule)
{
	return (kh_str){(const char *)m->bytes.p + m->rule[rule].name, m->rule[rule].n_name};
}

/* A rule must say by which word it is found, and what it means. */
static void close_rule(struct making *m)
{
	if (!m->n_rules)
		return;
	struct kh_rule *r = &m->rule[m->n_rules - 1];
	const struct place *at = &m->place[m->n_rules - 1];
	const unsigned none = KH_RULE_NOT | KH_RULE_MUTE | KH_RULE_LIGHT | KH_RULE_OPERATOR;
	if (m->n_triggers == m->n_verbs)
		pack_error(m->p, at->file, at->line, 1,
			   "a verb, a noun, or near in a context or mode was expected in the rule "
			   "\"%.*s\"",
			   (int)r->n_name, (const char *)m->bytes.p + r->name);
	if (!at->coded && !(r->flags & none) &&
	    !kh_str_starts(name_of(m, m->n_rules - 1), "context."))
		pack_error(m->p, at->file, at->line, 1,
			   "a code, or a flag not, mute, light, operator was expected in the rule "
			   "\"%.*s\"",
			   (int)r->n_name, (const char *)m->bytes.p + r->name);
}

static void new_rule(struct making *m, kh_str name)
{
	close_rule(m);
	m->n_verbs = m->n_triggers;
	if (!name.n)
		fail(m, "a name was expected behind `rule`", name);
	if (m->n_rules == MOST) {
		fail(m, "at most 65536 rules were expected before", name);
		m->n_rules--;
	}
	m->place[m->n_rules] = (struct place){m->file, m->line, false};
	struct kh_rule *r = &m->rule[m->n_rules++];
	memset(r, 0, sizeof *r);
	r->name = (uint32_t)pack_put(&m->bytes, name.p, name.n);
	r->n_name = (uint32_t)name.n;
}

/* Rules context.X, mode.X and aim.X are found by their words: 'c', 'm', 'a' before the lemma. */
static char word_index(const struct making *m, struct kh_rule *r)
{
	kh_str name = {(const char *)m->bytes.p + r->name, r->n_name};
	if (kh_str_starts(name, "context.")) {
		r->mode[0] = (uint8_t)kh_code_find(KH_LIST_CONTEXT, kh_str_sub(name, 8, name.n));
		return 'c';
	}
	return kh_str_starts(name, "mode.") ? 'm' : kh_str_starts(name, "aim.") ? 'a' : 0;
}

/* Brackets must close, and a role stand behind each. */
static void example(struct making *m, kh_str key, kh_str text)
{
	const char *open = NULL;
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		kh_str here = kh_str_sub(text, i, text.n);
		bool opens = c == '[' || c == '{', closes = c == ']' || c == '}';
		if ((opens && open) || (closes && (!open || (*open == '[') != (c == ']')))) {
			fail(m, "the other bracket was expected before", here);
			return;
		}
		bool role = kh_str_starts(here, "}actor") || kh_str_starts(here, "}recipient");
		if (c == '}' && !role)
			fail(m, "actor or recipient was expected behind", here);
		open = opens ? text.p + i : closes ? NULL : open;
	}
	if (open)
		fail(m, *open == '[' ? "] was expected behind" : "} was expected behind",
		     (kh_str){open, (size_t)(text.p + text.n - open)});
	else if (!text.n)
		fail(m, "a sentence was expected behind", key);
	else
		pack_example(m->p, (struct pack_example){m->file, m->line, key.p[key.n - 1] == '-',
							 key.n == 2, text, m->n_rules - 1});
}

static void field(struct making *m, kh_str key, kh_str rest)
{
	struct kh_rule *r = m->n_rules ? &m->rule[m->n_rules - 1] : NULL;
	if (!r) {
		fail(m, "expected `rule` before", key);
	} else if (kh_str_is(key, "verb")) {
		trigger(m, 'v', rest);
	} else if (kh_str_is(key, "noun")) {
		trigger(m, 'n', rest);
	} else if (kh_str_is(key, "object")) {
		words(m, &r->object, rest);
	} else if (kh_str_is(key, "subject")) {
		words(m, &r->subject, rest);
	} else if (kh_str_is(key, "near")) {
		char index = word_index(m, r);
		if (index)
			trigger(m, index, rest);
		else
			words(m, &r->near, rest);
	} else if (kh_str_is(key, "no")) {
		words(m, &r->no, rest);
	} else if (kh_str_is(key, "prep")) {
		words(m, &r->prep, rest);
	} else if (kh_str_is(key, "phrase")) {
		words(m, &r->phrase, rest);
	} else if (kh_str_is(key, "code")) {
		code(m, r, rest);
	} else if (kh_str_is(key, "cameo")) {
		cameo(m, r, rest);
	} else if (kh_str_is(key, "flags")) {
		flags(m, r, rest);
	} else if (kh_str_is(key, "+") || kh_str_is(key, "-") || kh_str_is(key, "~+") ||
		   kh_str_is(key, "~-")) {
		example(m, key, kh_str_trim(rest));
	} else {
		fail(m,
		     "expected verb, noun, object, subject, near, no, prep, phrase, code, cameo, "
		     "flags, + or -, found",
		     key);
	}
}

/* A list's words, with those of the lists that it names. */
static void new_list(struct making *m, kh_str name, kh_str text)
{
	struct pack_buf flat = {0};
	kh_str w;
	for (unsigned i = 0; i < m->n_lists; i++)
		if (kh_str_eq(m->list[i].name, name)) {
			fail(m, "the list stands twice:", name);
			return;
		}
	if (m->n_lists == LISTS || !name.n) {
		fail(m,
		     name.n ? "at most 1024 lists were expected before"
			    : "a name was expected behind `list`",
		     name);
		return;
	}
	while ((w = next_word(&text)).n) {
		kh_str *named = w.p[0] == '@' ? list_words(m, kh_str_sub(w, 1, w.n)) : &w;
		if (named && flat.n + named->n < WORDS) {
			pack_put(&flat, named->p, named->n);
			pack_put(&flat, " ", 1);
		} else if (named) {
			fail(m, "at most a megabyte of words was expected in the list", name);
			break;
		}
	}
	m->list[m->n_lists].name = name;
	m->list[m->n_lists++].words = (kh_str){(const char *)flat.p, flat.n};
	pack_put(&m->lists, "list ", 5);
	pack_put(&m->lists, name.p, name.n);
	pack_put(&m->lists, " ", 1);
	pack_put(&m->lists, flat.p, flat.n);
	pack_put(&m->lists, "\n", 1);
}

static void line(struct making *m, kh_str row)
{
	size_t bad = kh_utf8_check(row);
	m->row = row;
	if (bad < row.n) {
		fail(m, "UTF-8 was expected:", kh_str_sub(row, bad, bad));
		return;
	}
	kh_str rest = kh_str_trim(row), key = next_word(&rest);
	if (!key.n || key.p[0] == '#')
		return;
	if (kh_str_is(key, "rule"))
		new_rule(m, next_word(&rest));
	else if (kh_str_is(key, "list")) {
		kh_str name = next_word(&rest);
		new_list(m, name, rest);
	} else
		field(m, key, rest);
}

static void lines(struct making *m, kh_str text)
{
	if (kh_str_starts(text, "\xef\xbb\xbf"))
		text = kh_str_sub(text, 3, text.n);
	kh_str l;
	for (size_t at = 0; kh_str_line(text, &at, &l);) {
		m->line++;
		line(m, l);
	}
}

static int by_hash(const void *a, const void *b)
{
	const struct kh_rule_trigger *x = a, *y = b;
	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return (x->rule > y->rule) - (x->rule < y->rule);
}

static const struct making *sorting; /* for by_name; the packer has one thread */

static int by_name(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	int c = kh_str_cmp(name_of(sorting, x), name_of(sorting, y));
	return c ? c : (x > y) - (x < y);
}

/* Rules by name; a name that stands twice is told where it stands again. */
static uint32_t *names(struct making *m)
{
	uint32_t *at = pack_alloc((m->n_rules + 1) * sizeof *at);
	for (uint32_t i = 0; i < m->n_rules; i++)
		at[i] = i;
	sorting = m;
	qsort(at, m->n_rules, sizeof *at, by_name);
	for (uint32_t i = 1; i < m->n_rules; i++) {
		const struct place *again = &m->place[at[i]], *first = &m->place[at[i - 1]];
		kh_str name = name_of(m, at[i]);
		if (kh_str_eq(name, name_of(m, at[i - 1])))
			pack_error(m->p, again->file, again->line, 6,
				   "the rule stands twice: \"%.*s\", first in %s:%u", (int)name.n,
				   name.p, first->file, first->line);
	}
	return at;
}

static bool named(const struct making *m, const uint32_t *at, kh_str name)
{
	uint32_t low = 0, high = m->n_own;
	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		int c = kh_str_cmp(name_of(m, at[mid]), name);
		if (c == 0)
			return true;
		if (c < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return false;
}

static struct kh_rule_list moved(struct kh_rule_list l, uint32_t by)
{
	l.first += by;
	return l;
}

/* The base image's rules behind the folder's, but for those of the same name. */
static void add_base(struct making *m, const struct khabar_model *base, const uint32_t *at)
{
	struct kh_rules r = kh_rules_open(base);
	uint32_t n = r.head ? r.head->n_rules : 0;
	uint32_t *to = pack_alloc((n + 1) * sizeof *to), hashes = (uint32_t)(m->hashes.n / 4);
	for (uint32_t i = 0; i < n; i++) {
		struct kh_rule k = r.rule[i];
		kh_str name = {r.bytes + k.name, k.n_name};
		to[i] = UINT32_MAX;
		if (m->n_rules == MOST || named(m, at, name))
			continue;
		k.name = (uint32_t)pack_put(&m->bytes, name.p, name.n);
		k.object = moved(k.object, hashes);
		k.subject = moved(k.subject, hashes);
		k.near = moved(k.near, hashes);
		k.no = moved(k.no, hashes);
		k.prep = moved(k.prep, hashes);
		k.phrase = moved(k.phrase, hashes);
		to[i] = m->n_rules;
		m->rule[m->n_rules++] = k;
	}
	pack_put(&m->hashes, r.hash, n ? r.head->n_hashes * 4 : 0);
	for (uint32_t i = 0; n && i < r.head->n_triggers; i++)
		if (to[r.trigger[i].rule] != UINT32_MAX) {
			struct kh_rule_trigger *t = push_trigger(m);
			*t = r.trigger[i];
			t->rule = to[r.trigger[i].rule];
		}
}

void pack_rules(struct pack *p, const struct khabar_model *base)
{
	struct making *m = pack_alloc(sizeof *m);
	struct pack_buf all = {0};
	m->p = p;
	m->rule = pack_alloc(MOST * sizeof *m->rule);
	m->place = pack_alloc(MOST * sizeof *m->place);
	m->list = pack_alloc(LISTS * sizeof *m->list);
	if (base) {
		m->file = "the model";
		lines(m, kh_model_section(base, "lists"));
	}
	for (char **path = pack_list(p, "events", ".rules"); *path; path++) {
		kh_str text = pack_read(p, *path);
		m->file = *path;
		m->line = 0;
		pack_source(p, *path, text, base ? "the user's" : "Apache-2.0");
		lines(m, text);
	}
	close_rule(m);
	m->n_own = p->n_rules = m->n_rules;
	uint32_t *at = names(m);
	if (base)
		add_base(m, base, at);
	if (!m->n_rules)
		return;
	qsort(m->trigger, m->n_triggers, sizeof *m->trigger, by_hash);
	struct kh_rule_head h = {m->n_rules, m->n_triggers, (uint32_t)(m->hashes.n / 4),
				 (uint32_t)m->bytes.n};
	pack_put(&all, &h, sizeof h);
	pack_put(&all, m->rule, m->n_rules * sizeof *m->rule);
	pack_put(&all, m->trigger, m->n_triggers * sizeof *m->trigger);
	pack_put(&all, m->hashes.p, m->hashes.n);
	pack_put(&all, m->bytes.p, m->bytes.n);
	pack_section(p, "rules", &all);
	if (m->lists.n)
		pack_section(p, "lists", &m->lists);
}
