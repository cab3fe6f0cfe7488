/* data/events into section "rules", and the examples of every rule through the finished image.
 * A rule: `rule NAME`, then indented lines: verb/noun LEMMAS (particle after _),
 * object/subject/near/no/prep/phrase WORDS, code CATEGORY MODES, cameo CODE, flags, and examples: + with
 * [trigger] and {words}actor or {words}recipient, - without event; ~ before one that is known to
 * fail. `list NAME` WORDS names a list, used as @NAME. */
#include <stdlib.h>

#include "base/str.h"
#include "doc/codes.h"
#include "model/rule.h"
#include "pack.h"
#include "read/api.h"

enum { MOST = 4096 };

struct example {
	const char *file;
	unsigned line;
	bool negative, known; /* known: fails for now, told when it holds */
	kh_str text;
	uint32_t rule;
};

struct making {
	struct pack *p;
	const char *file;
	unsigned line;
	struct kh_rule rule[MOST];
	uint32_t n_rules;
	struct kh_rule_trigger *trigger;
	uint32_t n_triggers, cap_triggers;
	struct pack_buf hashes, bytes;
	struct {
		kh_str name;
		kh_str words;
	} list[256];
	unsigned n_lists;
};

static struct example example[4 * MOST];
static uint32_t n_examples;

static void fail(struct making *m, const char *what, kh_str word)
{
	pack_error(m->p, m->file, m->line, 1, "%s \"%.*s\"", what, (int)word.n, word.p);
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

static void trigger(struct making *m, char pos, kh_str words)
{
	for (kh_str w; (w = next_word(&words)).n;) {
		size_t under = kh_str_find(w, KH_S("_"), 0);
		kh_str lemma = under == SIZE_MAX ? w : kh_str_sub(w, 0, under);
		if (m->n_triggers == m->cap_triggers) {
			m->cap_triggers = m->cap_triggers ? m->cap_triggers * 2 : 4096;
			m->trigger = realloc(m->trigger, m->cap_triggers * sizeof *m->trigger);
		}
		m->trigger[m->n_triggers++] = (struct kh_rule_trigger){
			kh_rule_hash(pos, lemma),
			under == SIZE_MAX ? 0 : kh_rule_hash('w', kh_str_sub(w, under + 1, w.n)),
			m->n_rules - 1};
	}
}

static void words(struct making *m, struct kh_rule_list *l, kh_str text)
{
	if (!l->n)
		l->first = (uint32_t)(m->hashes.n / 4);
	for (kh_str w; (w = next_word(&text)).n;) {
		if (w.p[0] == '@') {
			unsigned i = 0;
			while (i < m->n_lists && !kh_str_eq(m->list[i].name, kh_str_sub(w, 1, w.n)))
				i++;
			if (i == m->n_lists)
				fail(m, "no such list", w);
			else
				words(m, l, m->list[i].words);
			continue;
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
		fail(m, "not a PLOVER category:", w);
	while ((w = next_word(&text)).n && modes < 3) {
		r->mode[modes] = (uint8_t)kh_code_find(KH_LIST_MODE, w);
		if (!r->mode[modes++])
			fail(m, "not a PLOVER mode:", w);
	}
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
	};
	for (kh_str w; (w = next_word(&text)).n;) {
		size_t i = 0;
		while (i < KH_COUNT(list) && !kh_str_is(w, list[i].name))
			i++;
		if (i == KH_COUNT(list))
			fail(m, "not a flag:", w);
		else
			r->flags |= list[i].flag;
	}
}

static void new_rule(struct making *m, kh_str name)
{
	if (m->n_rules == MOST) {
		fail(m, "too many rules at", name);
		return;
	}
	for (uint32_t i = 0; i < m->n_rules; i++)
		if (m->rule[i].n_name == name.n &&
		    memcmp(m->bytes.p + m->rule[i].name, name.p, name.n) == 0)
			fail(m, "the rule stands twice:", name);
	struct kh_rule *r = &m->rule[m->n_rules++];
	r->name = (uint32_t)pack_put(&m->bytes, name.p, name.n);
	r->n_name = (uint32_t)name.n;
}

/* Rules named context.X and mode.X are found by their words: 'c' and 'm' before the lemma. */
static char word_index(const struct making *m, struct kh_rule *r)
{
	kh_str name = {(const char *)m->bytes.p + r->name, r->n_name};
	if (kh_str_starts(name, "context.")) {
		r->mode[0] = (uint8_t)kh_code_find(KH_LIST_CONTEXT, kh_str_sub(name, 8, name.n));
		return 'c';
	}
	return kh_str_starts(name, "mode.") ? 'm' : 0;
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
		kh_str c = next_word(&rest);
		memcpy(r->cameo, c.p, c.n < 4 ? c.n : 4);
	} else if (kh_str_is(key, "flags")) {
		flags(m, r, rest);
	} else if (kh_str_is(key, "+") || kh_str_is(key, "-") || kh_str_is(key, "~+") ||
		   kh_str_is(key, "~-")) {
		if (n_examples < KH_COUNT(example))
			example[n_examples++] = (struct example){
				m->file,    m->line,	       key.p[key.n - 1] == '-',
				key.n == 2, kh_str_trim(rest), m->n_rules - 1};
	} else {
		fail(m,
		     "expected verb, noun, object, subject, near, no, prep, phrase, code, cameo, "
		     "flags, + or -, found",
		     key);
	}
}

static void line(struct making *m, kh_str row)
{
	kh_str rest = kh_str_trim(row), key = next_word(&rest);
	if (!key.n || key.p[0] == '#')
		return;
	if (kh_str_is(key, "rule")) {
		new_rule(m, next_word(&rest));
	} else if (kh_str_is(key, "list") && m->n_lists < KH_COUNT(m->list)) {
		m->list[m->n_lists].name = next_word(&rest);
		m->list[m->n_lists++].words = rest;
	} else {
		field(m, key, rest);
	}
}

static int by_hash(const void *a, const void *b)
{
	const struct kh_rule_trigger *x = a, *y = b;
	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return (x->rule > y->rule) - (x->rule < y->rule);
}

void pack_rules(struct pack *p)
{
	struct making *m = pack_alloc(sizeof *m);
	struct pack_buf all = {0};
	m->p = p;
	for (char **path = pack_list(p, "events", ".rules"); *path; path++) {
		kh_str text = pack_read(p, *path);
		m->file = *path;
		m->line = 0;
		pack_source(p, *path, text, "Apache-2.0");
		for (size_t at = 0; at < text.n;) {
			const char *nl = memchr(text.p + at, '\n', text.n - at);
			size_t end = nl ? (size_t)(nl - text.p) : text.n;
			m->line++;
			line(m, kh_str_sub(text, at, end));
			at = end + 1;
		}
	}
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
}

/* The sentence without its brackets; `trigger` gets the words in [ ]. */
static kh_str plain(kh_str marked, char *to, kh_str *trigger)
{
	size_t n = 0;
	*trigger = (kh_str){to, 0};
	for (size_t i = 0; i < marked.n && n < 1000; i++) {
		char c = marked.p[i];
		if (c == '[')
			trigger->p = to + n;
		else if (c == ']')
			trigger->n = (size_t)(to + n - trigger->p);
		else if (c != '{' && c != '}')
			to[n++] = c;
		else if (c == '}')
			while (i + 1 < marked.n && kh_is_lower((unsigned char)marked.p[i + 1]))
				i++;
	}
	return (kh_str){to, n};
}

/* A pronoun stands for whom it refers to. */
static bool role_holds(const struct kh_doc *d, uint32_t first, uint32_t n, kh_str words)
{
	for (uint32_t i = first; i < first + n; i++) {
		const struct kh_mention *m = &d->mention[d->role[i]];
		if (kh_str_find(kh_text(d, m->at), words, 0) != SIZE_MAX ||
		    (m->same != KH_NONE &&
		     kh_str_find(kh_text(d, d->mention[m->same].at), words, 0) != SIZE_MAX))
			return true;
	}
	return false;
}

/* Every {words}role of the example stands in that role of the event. */
static bool roles_hold(const struct kh_doc *d, const struct kh_event *e, kh_str marked)
{
	for (size_t i = 0; (i = kh_str_find(marked, KH_S("{"), i)) != SIZE_MAX; i++) {
		size_t close = kh_str_find(marked, KH_S("}"), i);
		if (close == SIZE_MAX)
			return false;
		kh_str words = kh_str_sub(marked, i + 1, close),
		       role = kh_str_sub(marked, close + 1, marked.n);
		bool actor = kh_str_starts(role, "actor");
		if (!role_holds(d, actor ? e->first_actor : e->first_recipient,
				actor ? e->n_actors : e->n_recipients, words))
			return false;
	}
	return true;
}

/* Coded as the rule's category with these roles; another rule of the category may say so first. A rule
 * without a code stands for whatever event it tells of. */
static bool holds(const struct kh_doc *d, const struct example *e, kh_str trigger, uint8_t event)
{
	if (e->negative)
		return d->n_event == 0;
	for (uint32_t i = 0; i < d->n_event; i++) {
		const struct kh_event *v = &d->event[i];
		if ((v->event == event || !event) && roles_hold(d, v, e->text) &&
		    (!trigger.n || kh_str_find(trigger, d->token[v->trigger].form, 0) != SIZE_MAX))
			return true;
	}
	return false;
}

void pack_check_rules(struct pack *p, const void *image, size_t size)
{
	khabar_model *m;
	khabar_worker *w;
	khabar_error err;
	const khabar_doc *doc;
	unsigned negative = 0, failed = 0, known = 0;
	if (khabar_model_open(&m, image, size, &err) != 0 || khabar_worker_new(&w, m, NULL) != 0) {
		pack_error(p, "image", 0, 0, "%s", err.what);
		return;
	}
	struct kh_rules r = kh_rules_open(m);
	for (uint32_t i = 0; i < n_examples; i++) {
		const struct example *e = &example[i];
		char text[1024];
		kh_str trigger, name = {r.bytes + r.rule[e->rule].name, r.rule[e->rule].n_name};
		khabar_input in = {.bytes = plain(e->text, text, &trigger),
				   .kind = KHABAR_KIND_STORY,
				   .published = KH_S("2026-03-15")};
		negative += e->negative;
		bool good = khabar_read(w, &in, &doc, &err) == 0 &&
			    holds(kh_api_doc(doc), e, trigger, r.rule[e->rule].event);
		if (good && e->known)
			printf("%s:%u: holds now, take the ~ away\n", e->file, e->line);
		known += e->known;
		if (good || e->known)
			continue;
		failed++;
		pack_error(p, e->file, e->line, 0, "%.*s: the example does not hold: %.*s",
			   (int)name.n, name.p, (int)e->text.n, e->text.p);
	}
	if (r.head)
		printf("%u rules, %u triggers, %u examples (%u negative, %u known to fail), %u "
		       "failed\n",
		       r.head->n_rules, r.head->n_triggers, n_examples, negative, known, failed);
	khabar_worker_free(w);
	khabar_model_close(m);
}
