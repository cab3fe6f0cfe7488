/* Who can act. In: the tree, names, the dictionary of actors. Out: a mention for every noun phrase
 * and pronoun, with country and sectors where its words give them: a name of the dictionary, or a
 * generic agent ("police officers") with the country or group that its modifiers name, in this
 * order: the name that holds the head, names before the head, "of/in/from X" behind it, an
 * apposition. */
#include "read/name.h"

#include "base/day.h"
#include "base/str.h"
#include "model/dict.h"

struct match { /* of the dictionary, at a token */
	uint32_t entry, use, n;
};

struct naming {
	struct kh_work *w;
	struct kh_doc *d;
	struct kh_dict dict;
	struct match *match; /* by token; n 0: none begins here */
	uint32_t *of;	     /* by token: 1 + token where the match that covers it begins; 0 none */
	bool plain;	     /* the sentence is in one case */
	int year;	     /* of publication; 0 unknown */
};

static bool in_case(const struct naming *x, uint32_t first, uint32_t n, uint32_t use)
{
	const struct kh_token *t = &x->d->token[first];
	if (x->plain) {
		bool proper = t->upos == KH_PROPN || t->upos == KH_ADJ || n > 1;
		return !(use & (KH_USE_ACRONYM | KH_USE_CASE)) || proper ||
		       kh_str_find(t->form, KH_S("."), 0) != SIZE_MAX ||
		       ((use & KH_USE_CASE) && t->upos == KH_NOUN && t->form.n > 4);
	}
	if (use & KH_USE_ACRONYM)
		return (t->flags & KH_TOK_UPPER) ||
		       kh_str_find(t->form, KH_S("."), 0) != SIZE_MAX || n > 1;
	if (!(use & KH_USE_CASE))
		return true;
	if (!(t->flags & (KH_TOK_TITLE | KH_TOK_UPPER)))
		return false;
	return !(t->flags & KH_TOK_FIRST) || n > 1 || t->upos == KH_PROPN || t->upos == KH_ADJ ||
	       (use & KH_USE_COUNTRY);
}

/* The best key of a phrase: in its years first, then in the order of the files. */
static bool look_up(const struct naming *x, uint32_t first, uint32_t n, struct match *out)
{
	uint32_t at,
		keys = kh_dict_find(
			&x->dict, kh_dict_hash(kh_text(x->d, kh_tokens_span(x->d, first, n))), &at);
	bool found = false;
	for (uint32_t k = 0; k < keys; k++) {
		const struct kh_dict_key *key = &x->dict.key[at + k];
		const struct kh_dict_entry *e = &x->dict.entry[key->entry];
		if (!in_case(x, first, n, key->use))
			continue;
		bool now = !x->year ||
			   ((!e->from || x->year >= e->from) && (!e->to || x->year <= e->to + 1));
		if (found && !now)
			continue;
		if (!found || !(out->use & KH_USE_COUNTRY))
			*out = (struct match){key->entry, key->use, n};
		found = true;
		if (now)
			break;
	}
	return found;
}

/* Greedy longest matches, left to right; names before agents of the same length. */
static void match_sentence(struct naming *x, const struct kh_sentence *s)
{
	uint32_t end = s->first_token + s->n_tokens;
	for (uint32_t t = s->first_token; t < end;) {
		uint32_t step = 1;
		if (x->d->token[t].flags & KH_TOK_PUNCT) {
			t++;
			continue;
		}
		for (uint32_t n = kh_min32(KH_DICT_LONGEST, end - t); n > 0; n--) {
			struct match m;
			if (!look_up(x, t, n, &m))
				continue;
			x->match[t] = m;
			for (uint32_t k = t; k < t + n; k++)
				x->of[k] = t + 1;
			step = n;
			break;
		}
		t += step;
	}
}

static bool is_head(const struct kh_token *t)
{
	if (t->upos != KH_NOUN && t->upos != KH_PROPN && t->upos != KH_PRON && t->upos != KH_NUM)
		return t->upos == KH_ADJ &&
		       (t->rel == KH_NSUBJ || t->rel == KH_OBJ || t->rel == KH_NSUBJ_PASS);
	if (t->upos == KH_NUM && t->rel != KH_NSUBJ && t->rel != KH_NSUBJ_PASS && t->rel != KH_OBJ)
		return false;
	switch (t->rel) {
	case KH_COMPOUND:
	case KH_FLAT:
	case KH_FIXED:
	case KH_AMOD:
	case KH_DET_REL:
	case KH_GOESWITH:
	case KH_NUMMOD:
	case KH_CASE:
	case KH_MARK:
	case KH_EXPL:
	case KH_ADVMOD:
		return false;
	default:
		return true;
	}
}

static bool inner(uint8_t rel)
{
	switch (kh_rel_base(rel)) {
	case KH_DET_REL:
	case KH_AMOD:
	case KH_COMPOUND:
	case KH_NUMMOD:
	case KH_FLAT:
	case KH_FIXED:
	case KH_GOESWITH:
		return true;
	default:
		return rel == KH_NMOD_POSS || rel == KH_PUNCT_REL || rel == KH_CASE ||
		       rel == KH_ADVMOD;
	}
}

/* Tokens [first, first+n) of the phrase of a head: what stands before it and depends on it, and the
 * further words of its name. Prepositions at the left edge are not of it. */
static void extent(const struct kh_doc *d, uint32_t h, uint32_t *first, uint32_t *n)
{
	const struct kh_sentence *s = &d->sentence[d->token[h].sentence];
	uint32_t a = h, b = h, end = s->first_token + s->n_tokens;
	while (a > s->first_token) {
		uint32_t t = a - 1, up = t;
		unsigned steps = 0;
		while (up != h && up != KH_NONE && steps++ < 6 && inner(d->token[up].rel))
			up = d->token[up].head;
		if (up != h)
			break;
		a = t;
	}
	while (a < h && (d->token[a].rel == KH_CASE || d->token[a].rel == KH_PUNCT_REL ||
			 d->token[a].rel == KH_ADVMOD))
		a++;
	while (b + 1 < end && d->token[b + 1].head >= a && d->token[b + 1].head <= b &&
	       (d->token[b + 1].rel == KH_FLAT || d->token[b + 1].rel == KH_FIXED ||
		d->token[b + 1].rel == KH_GOESWITH ||
		(d->token[b + 1].rel == KH_COMPOUND && d->token[b + 1].upos == KH_PROPN)))
		b++;
	*first = a;
	*n = b - a + 1;
}

static void take_entry(const struct naming *x, struct kh_mention *m, const struct match *k)
{
	const struct kh_dict_entry *e = &x->dict.entry[k->entry];
	memcpy(m->country, e->country, 4);
	memcpy(m->sector, e->sector, 4);
	m->entity = k->entry;
	m->name = (kh_str){x->dict.bytes + e->name, e->n_name};
	m->id = (kh_str){x->dict.bytes + e->id, e->n_id};
	m->how = KH_AHOW_NAME;
	m->kind = k->use & KH_USE_COUNTRY ? KH_KIND_PLACE : KH_KIND_GROUP;
}

static void put_sector(struct kh_mention *m, uint8_t sector, bool front)
{
	for (unsigned i = 0; i < 4; i++)
		if (m->sector[i] == sector)
			return;
	if (front) {
		memmove(m->sector + 1, m->sector, 3);
		m->sector[0] = sector;
		return;
	}
	for (unsigned i = 0; i < 4; i++)
		if (!m->sector[i]) {
			m->sector[i] = sector;
			return;
		}
}

/* A country or group named inside [from, to), as a modifier; NULL when there is none. */
static const struct match *modifier(const struct naming *x, uint32_t from, uint32_t to)
{
	for (uint32_t t = from; t < to; t++) {
		uint32_t at = x->of[t];
		if (at && !(x->match[at - 1].use & KH_USE_AGENT) && at - 1 >= from)
			return &x->match[at - 1];
	}
	return NULL;
}

/* The country of "of X", "in X", "from X", "to" behind the head. */
static const struct match *behind(const struct naming *x, uint32_t h)
{
	const struct kh_doc *d = x->d;
	for (uint32_t c = d->token[h].child; c != KH_NONE; c = d->token[c].next) {
		if (d->token[c].rel != KH_NMOD && d->token[c].rel != KH_NMOD_POSS &&
		    d->token[c].rel != KH_NMOD_DESC)
			continue;
		uint32_t k = kh_doc_child(d, c, KH_CASE), at = x->of[c];
		if (k != KH_NONE &&
		    (kh_str_is(d->token[k].lemma, "to") || kh_str_is(d->token[k].lemma, "on") ||
		     kh_str_is(d->token[k].lemma, "with") ||
		     kh_str_is(d->token[k].lemma, "against")))
			continue;
		if (at && !(x->match[at - 1].use & KH_USE_AGENT))
			return &x->match[at - 1];
		uint32_t first, n;
		extent(d, c, &first, &n);
		const struct match *m = modifier(x, first, first + n);
		if (m)
			return m;
	}
	return NULL;
}

static void from_modifier(const struct naming *x, struct kh_mention *m, const struct match *k)
{
	const struct kh_dict_entry *e = &x->dict.entry[k->entry];
	if (!m->country[0])
		memcpy(m->country, e->country, 4);
	static const uint8_t vague[] = {KH_GOV, KH_UNK, KH_CVL, KH_MIL, KH_SOC};
	bool weak = !m->sector[0];
	for (size_t i = 0; i < KH_COUNT(vague); i++)
		weak |= m->sector[0] == vague[i];
	for (unsigned i = 0; i < 4 && e->sector[i];
	     i++) /* "Hamas officials": what Hamas is comes first */
		if (weak && i == 0 && !(k->use & KH_USE_COUNTRY) && e->sector[0] != KH_GOV) {
			memset(m->sector, 0, 4);
			m->sector[0] = e->sector[0];
		}
	if (!(k->use & KH_USE_COUNTRY) && !m->name.n && e->sector[0])
		m->name = (kh_str){x->dict.bytes + e->name, e->n_name};
}

/* The longest agent phrase that ends at the head; NULL when the head is none. */
static const struct match *agent_at(const struct naming *x, uint32_t h)
{
	uint32_t at = x->of[h];
	const struct match *m = at ? &x->match[at - 1] : NULL;
	return m && (m->use & KH_USE_AGENT) && at - 1 + m->n > h ? m : NULL;
}

static bool is_former(const struct naming *x, uint32_t first, uint32_t h)
{
	for (uint32_t t = first; t < h; t++) {
		kh_str l = x->d->token[t].form;
		if (kh_str_ieq(l, KH_S("former")) || kh_str_ieq(l, KH_S("ex")) ||
		    kh_str_ieq(l, KH_S("deposed")) || kh_str_ieq(l, KH_S("ousted")))
			return true;
	}
	return false;
}

static void code_agent(const struct naming *x, struct kh_mention *m, const struct match *agent)
{
	const struct kh_dict_entry *e = &x->dict.entry[agent->entry];
	memcpy(m->sector, e->sector, 4);
	m->how = KH_AHOW_ROLE;
	m->kind = KH_KIND_ROLE;
	m->human = true;
	const struct match *k = modifier(x, m->first, m->head);
	if (!k)
		k = behind(x, m->head);
	if (k)
		from_modifier(x, m, k);
	if (is_former(x, m->first, m->head) && m->sector[0] == KH_GOV)
		m->sector[0] = KH_ELI;
	if (m->sector[0] == KH_REB || m->sector[0] == KH_MIL || m->sector[0] == KH_GOV)
		for (uint32_t t = m->first; t < m->head; t++) /* "opposition lawmakers" */
			if (kh_str_ieq(x->d->token[t].form, KH_S("opposition")))
				put_sector(m, KH_OPP, true);
}

/* A seat of government acts for its government unless it is where something happens. */
static bool is_where(const struct kh_doc *d, uint32_t h)
{
	static const char *const where[] = { "in", "at", "near", "from", "outside", "inside", "around",
					     "into", "across", "through", "over", "throughout",
					     "within", "towards", "to" };
	uint32_t k = kh_doc_child(d, h, KH_CASE);
	for (size_t i = 0; k != KH_NONE && i < KH_COUNT(where); i++)
		if (kh_str_is(d->token[k].lemma, where[i]))
			return true;
	return false;
}

static void code_name(const struct naming *x, struct kh_mention *m, const struct match *k)
{
	take_entry(x, m, k);
	if ((k->use & KH_USE_CAPITAL) && !is_where(x->d, m->head)) {
		m->how = KH_AHOW_METONYM;
		m->sector[0] = KH_GOV;
	}
	if (k->use & KH_USE_PEOPLE) {
		m->kind = KH_KIND_GROUP;
		m->human = true;
	}
	uint8_t type = x->d->token[m->head].name_type;
	if (type == KH_NAME_PERSON && !(k->use & KH_USE_COUNTRY))
		m->kind = KH_KIND_PERSON;
	m->human |= m->kind == KH_KIND_PERSON || m->sector[0] != 0;
	if (is_former(x, m->first, m->head) && m->sector[0] == KH_GOV)
		m->sector[0] = KH_ELI;
	for (uint32_t t = m->first; t < m->head;
	     t++) { /* a title says more than the name: "Gen. X" */
		uint32_t at = x->of[t];
		if (m->sector[0] || !at || !(x->match[at - 1].use & KH_USE_AGENT))
			continue;
		memcpy(m->sector, x->dict.entry[x->match[at - 1].entry].sector, 4);
	}
}

/* A name that is in no dictionary: its title, its country's adjective, its apposition tell. */
static void code_unknown(const struct naming *x, struct kh_mention *m)
{
	const struct kh_doc *d = x->d;
	uint8_t type = d->token[m->head].name_type;
	m->kind = type == KH_NAME_PERSON		       ? KH_KIND_PERSON
		  : type == KH_NAME_PLACE		       ? KH_KIND_PLACE
		  : type || d->token[m->head].upos == KH_PROPN ? KH_KIND_GROUP
							       : KH_KIND_NONE;
	m->human = type == KH_NAME_PERSON;
	for (uint32_t t = m->first; t < m->first + m->n; t++) {
		uint32_t at = x->of[t];
		const struct match *k = at ? &x->match[at - 1] : NULL;
		if (!k)
			continue;
		if ((k->use & KH_USE_AGENT) && !m->sector[0]) {
			memcpy(m->sector, x->dict.entry[k->entry].sector, 4);
			m->human = true;
			m->how = KH_AHOW_ROLE;
		} else if (!(k->use & KH_USE_AGENT) &&
			   (type || m->sector[0] || d->token[m->head].upos == KH_PROPN)) {
			from_modifier(x, m, k);
			m->how = KH_AHOW_ROLE;
		}
	}
	if (m->sector[0] && is_former(x, m->first, m->first + m->n) && m->sector[0] == KH_GOV)
		m->sector[0] = KH_ELI;
	const struct match *k = m->country[0] || !(m->sector[0] || m->kind == KH_KIND_GROUP)
					? NULL
					: behind(x, m->head);
	if (k)
		from_modifier(x, m, k);
	if (m->kind && !m->how)
		m->how = KH_AHOW_NAME;
	if (m->kind && !m->name.n && d->token[m->head].upos == KH_PROPN)
		m->name = kh_text(d, m->at);
}

static void mention(struct naming *x, uint32_t h)
{
	struct kh_doc *d = x->d;
	struct kh_mention m = {.head = h, .entity = KH_NONE, .same = KH_NONE};
	extent(d, h, &m.first, &m.n);
	m.at = kh_tokens_span(d, m.first, m.n);
	m.name_type = d->token[h].name_type;
	const struct match *agent = agent_at(x, h);
	uint32_t at = x->of[h];
	if (d->token[h].upos == KH_PRON)
		m.how = KH_AHOW_PRONOUN;
	else if (agent && !(d->token[h].upos == KH_PROPN && m.n > 1 && h == m.first))
		code_agent(x, &m, agent);
	else if (at && !(x->match[at - 1].use & KH_USE_AGENT))
		code_name(x, &m, &x->match[at - 1]);
	else
		code_unknown(x, &m);
	m.political = m.country[0] || m.sector[0] || m.kind == KH_KIND_PERSON ||
		      (m.kind == KH_KIND_GROUP && m.name_type == KH_NAME_ORG);
	d->token[h].mention = d->n_mention;
	*KH_PUSH(x->w->arena, d->mention, d->n_mention, d->cap_mention) = m;
}

/* "NAME, head of Brazil's intelligence agency": each tells what the other lacks. */
static void share(struct kh_mention *a, struct kh_mention *b)
{
	if (!a->country[0])
		memcpy(a->country, b->country, 4);
	if (!a->sector[0])
		memcpy(a->sector, b->sector, 4);
	a->political |= a->country[0] || a->sector[0];
	a->human |= b->human;
	if (!a->kind)
		a->kind = b->kind;
}

static void appositions(struct naming *x)
{
	struct kh_doc *d = x->d;
	for (uint32_t i = 0; i < d->n_mention; i++) {
		const struct kh_token *t = &d->token[d->mention[i].head];
		if (t->rel != KH_APPOS || t->head == KH_NONE ||
		    d->token[t->head].mention == KH_NONE)
			continue;
		struct kh_mention *outer = &d->mention[d->token[t->head].mention];
		share(outer, &d->mention[i]);
		share(&d->mention[i], outer);
	}
}

/* "Israeli air strikes", "the NATO raid": a modifier of a noun that is nobody names who did it. */
static bool names_doer(const struct naming *x, uint32_t t)
{
	const struct kh_token *k = &x->d->token[t];
	bool modifies = k->rel == KH_AMOD || k->rel == KH_COMPOUND;
	if (!modifies || k->head == KH_NONE || x->of[t] != t + 1 || (x->match[t].use & KH_USE_AGENT))
		return false;
	return x->d->token[k->head].upos == KH_NOUN && !x->of[k->head];
}

void kh_name_run(struct kh_work *w)
{
	struct kh_doc *d = w->doc;
	struct naming x = {.w = w, .d = d, .dict = kh_dict_open(w->model)};
	x.match = KH_TAKE(w->arena, d->n_token + 1, struct match);
	x.of = KH_TAKE(w->arena, d->n_token + 1, uint32_t);
	for (uint32_t t = 0; t < d->n_token; t++)
		d->token[t].mention = KH_NONE;
	for (uint32_t i = 0; i < d->n_sentence; i++) {
		const struct kh_sentence *s = &d->sentence[i];
		uint32_t upper = 0, lower = 0;
		for (uint32_t k = s->at.begin; k < s->at.end; k++) {
			upper += kh_is_upper((unsigned char)d->text.p[k]);
			lower += kh_is_lower((unsigned char)d->text.p[k]);
		}
		x.plain = upper == 0 || lower * 4 < upper;
		x.year = d->story[s->story].day == KH_NO_DAY
				 ? 0
				 : kh_day_ymd(d->story[s->story].day).year;
		match_sentence(&x, s);
		for (uint32_t t = s->first_token; t < s->first_token + s->n_tokens; t++)
			if (is_head(&d->token[t]) || names_doer(&x, t))
				mention(&x, t);
	}
	appositions(&x);
}
