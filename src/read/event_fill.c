/* Whom an event is done to, where its rule's own places are empty. In: finds, trees, mentions. Out:
 * recipients: of the political mentions told within the event the one whose way up to the trigger
 * is best: objects before phrases, phrases before clauses; "against X" before "in X"; the clause of
 * a demand gives who is asked, that of "unless" who is threatened. */
#include "read/event_find.h"

#include "base/str.h"
#include "model/words.h"

enum { WINDOW = 60, NEVER = -100, LEAST = -7 };

static int by_case(const struct kh_doc *d, uint32_t t, uint8_t event)
{
	static const char at[] = "against on to toward towards at upon for with from";
	static const char aside[] =
		"after before since during despite like as because amid following under"
		" than until without through";
	kh_str c = kh_args_case(d, t);
	if (!c.n)
		return 0;
	if (kh_str_is(c, "of") || (kh_str_is(c, "by") && event == KH_PROTEST))
		return -1;
	uint32_t up = d->token[t].head;
	bool deed = (event == KH_ACCUSE || event == KH_REQUEST) && up != KH_NONE &&
		    d->token[up].upos == KH_NOUN;
	if (kh_str_is(c, "by"))
		return deed ? 1 : -6; /* "an attack by X": X is to blame */
	if (kh_str_among(c, at))
		return 0;
	uint32_t m = d->token[t].mention;
	bool place = m != KH_NONE && d->mention[m].kind == KH_KIND_PLACE;
	if (event == KH_PROTEST && place && kh_str_is(c, "in"))
		return -5; /* rather than nobody, but behind whoever is told to go */
	return kh_str_among(c, aside) ? -4 : -2;
}

static bool conditional(const struct kh_doc *d, uint32_t clause)
{
	uint32_t m = kh_doc_child(d, clause, KH_MARK);
	return m != KH_NONE &&
	       (kh_str_is(d->token[m].lemma, "unless") || kh_str_is(d->token[m].lemma, "if"));
}

/* "while X denied it", "after Y left": what goes on beside it is no part of it. */
static bool aside(const struct kh_doc *d, uint32_t clause)
{
	uint32_t m = kh_doc_child(d, clause, KH_MARK);
	return m != KH_NONE && kh_doc_child(d, clause, KH_NSUBJ) != KH_NONE &&
	       kh_str_among(d->token[m].lemma, "while although though whereas since after before once when");
}

/* "condemned it and ordered the army to …": another verb beside the trigger, which shares no object
 * with it as in "attacked and looted the town". */
static bool other_deed(const struct kh_doc *d, uint32_t verb, const struct kh_find *f)
{
	return d->token[verb].head == f->token && verb > f->token + 2;
}

/* One step up the tree from t. */
static int by_relation(const struct kh_doc *d, uint32_t t, const struct kh_find *f)
{
	const struct kh_token *k = &d->token[t];
	uint8_t event = f->event;
	bool asks = event == KH_REQUEST || event == KH_THREATEN || event == KH_PROTEST;
	switch (k->rel) {
	case KH_OBJ:
	case KH_IOBJ:
	case KH_NSUBJ_PASS:
		return 0;
	case KH_NSUBJ:
		return asks || event == KH_ACCUSE ? 1 : -2; /* alleged that X did it */
	case KH_OBL:
	case KH_NMOD:
	case KH_OBL_AGENT:
		return -1 + by_case(d, t, event);
	case KH_NMOD_POSS:
	case KH_AMOD:
	case KH_COMPOUND:
	case KH_XCOMP:
		return -1;
	case KH_CCOMP:
		return asks ? -1 : -4;
	case KH_ADVCL:
		return conditional(d, t) && event == KH_THREATEN ? 0 : aside(d, t) ? NEVER : -3;
	case KH_ACL:
		return -2;
	case KH_CONJ: /* what another verb does, it does to others */
		return d->token[t].upos != KH_VERB ? -1 : other_deed(d, t, f) ? NEVER : -5;
	case KH_ACL_RELCL:
	case KH_APPOS:
		return -4;
	case KH_PARATAXIS:
		return NEVER;
	default:
		return -3;
	}
}

/* "negotiate with those who murder officers", "suspended it after an attack on tourists": who is in
 * another event told beside this one is not in this one. */
static bool own_deed(const struct kh_finding *x, uint32_t t, const struct kh_find *f)
{
	static const char beside[] = "after before since during following amid despite";
	const struct kh_doc *d = x->w->doc;
	const struct kh_find *g = t == f->token ? NULL : kh_find_at(x, t);
	if (!g || !g->rule || !g->event || g->within == f->token || (g->dropped && !g->noun))
		return false;
	uint32_t who = kh_doc_child(d, t, KH_NSUBJ);
	bool about = d->token[t].rel == KH_ACL_RELCL && who != KH_NONE && who < t &&
		     kh_str_among(d->token[who].form, "who which that");
	return about ||
	       (g->noun && kh_str_among(kh_args_case(d, t), beside));
}

/* How well the token stands for whom the event is done to; NEVER when it is not told within. */
static int way_up(const struct kh_finding *x, uint32_t t, const struct kh_find *f)
{
	const struct kh_doc *d = x->w->doc;
	uint32_t verb = f->noun ? d->token[f->token].head : KH_NONE;
	int score = 0;
	if (d->token[t].sentence != d->token[f->token].sentence)
		return NEVER; /* whom a pronoun stands for */
	for (unsigned steps = 0; steps < 12 && score > LEAST * 2; steps++) {
		if (t == f->token)
			return score;
		if (t == verb && d->token[verb].upos == KH_VERB)
			return score - 2;
		if (d->token[t].head == f->token && d->token[t].rel == KH_NSUBJ)
			return NEVER; /* the doer's phrase */
		if (own_deed(x, t, f))
			return NEVER;
		score += by_relation(d, t, f);
		t = d->token[t].head;
		if (t == KH_NONE)
			return NEVER;
	}
	return NEVER;
}

static bool same_actor(const struct kh_doc *d, const struct kh_find *f, uint32_t i)
{
	const struct kh_mention *m = &d->mention[i];
	for (uint32_t k = 0; k < f->n_actors; k++) {
		const struct kh_mention *a = &d->mention[f->actor[k]];
		bool state = m->country[0] && memcmp(m->country, a->country, 4) == 0 &&
			     !m->sector[0] && !a->sector[0]; /* a part may act on the whole */
		bool known = m->entity != KH_NONE && m->entity == a->entity;
		bool within = d->token[m->head].at.begin >= a->at.begin &&
			      d->token[m->head].at.begin < a->at.end;
		if (f->actor[k] == i || m->same == f->actor[k] || known || within || state)
			return true;
	}
	return false;
}

/* A town, as against the country whose seat it is. */
static bool town(const struct kh_doc *d, kh_span at)
{
	uint32_t low = 0, high = d->n_place;
	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		if (d->place[mid].at.begin < at.begin)
			low = mid + 1;
		else
			high = mid;
	}
	return low < d->n_place && d->place[low].at.begin < at.end &&
	       kh_str_starts(kh_str_of(d->place[low].fcode), "PPL");
}

/* Is there something that it was done to: no weapon, no pact that was broken? */
static bool struck(const struct kh_doc *d, const struct kh_find *f)
{
	for (uint32_t i = 0; i < f->args.n_object && !(f->rule->flags & KH_RULE_INDIRECT); i++) {
		const struct kh_token *t = &d->token[f->args.object[i]];
		if (t->upos != KH_PRON && !kh_str_among(t->lemma, "agreement accord truce ceasefire "
								  "fire control power shot place part"))
			return true;
	}
	return false;
}

/* "marched in Lima", "killed 22 in Sagaing", "stormed the base at Djibo": where, not to whom. */
static bool only_where(const struct kh_doc *d, const struct kh_find *f, const struct kh_mention *m)
{
	bool hit = f->event == KH_ASSAULT && struck(d, f);
	return (hit || (f->event == KH_PROTEST && town(d, m->at))) && m->kind == KH_KIND_PLACE &&
	       kh_str_among(kh_args_case(d, m->head), "in at near around through across");
}

static bool usable(const struct kh_doc *d, const struct kh_find *f, uint32_t i)
{
	const struct kh_mention *m = &d->mention[i];
	bool pronoun = m->how == KH_AHOW_PRONOUN && m->same == KH_NONE;
	return (m->country[0] || m->sector[0] || m->kind == KH_KIND_PERSON) && !pronoun &&
	       !same_actor(d, f, i) && !only_where(d, f, m);
}

/* The mention that begins at the token and is a country's or group's name. */
static uint32_t after(const struct kh_doc *d, uint32_t t)
{
	for (uint32_t k = t; k < t + 4 && k < d->n_token; k++) {
		uint32_t i = d->token[k].mention;
		if (i != KH_NONE && d->mention[i].first == t && d->mention[i].entity != KH_NONE &&
		    d->mention[i].how != KH_AHOW_PRONOUN)
			return i;
	}
	return KH_NONE;
}

static void put(uint32_t *list, uint32_t *n, uint32_t i)
{
	for (uint32_t k = 0; k < *n; k++)
		if (list[k] == i)
			return;
	if (*n < KH_ARGS)
		list[(*n)++] = i;
}

static void take(const struct kh_doc *d, struct kh_find *f, uint32_t t)
{
	uint32_t *list = f->recipient, *n = &f->n_recipients;
	if (f->rule->flags & KH_RULE_RECIPROCAL)
		list = f->actor, n = &f->n_actors;
	put(list, n, d->token[t].mention);
	const struct kh_mention *m = &d->mention[d->token[t].mention];
	uint32_t next = m->first + m->n; /* "X and Y", wherever the tree hangs Y */
	if (next + 1 < d->n_token && d->token[next].upos == KH_CCONJ) {
		uint32_t i = after(d, next + 1);
		if (i != KH_NONE && d->token[t].sentence == d->token[next + 1].sentence &&
		    usable(d, f, i))
			put(list, n, i);
	}
	for (uint32_t c = d->token[t].child; c != KH_NONE; c = d->token[c].next)
		if (d->token[c].rel == KH_CONJ && d->token[c].mention != KH_NONE &&
		    usable(d, f, d->token[c].mention))
			put(list, n, d->token[c].mention);
}

/* What is given, sent or used receives nothing: an object of a rule that says so. */
static bool given(const struct kh_doc *d, const struct kh_find *f, uint32_t t)
{
	for (uint32_t i = 0; i < f->args.n_object; i++)
		if (f->args.object[i] == t || (d->token[t].head == f->args.object[i] &&
					       kh_str_is(kh_args_case(d, t), "of")))
			return (f->rule->flags & KH_RULE_INDIRECT) ||
			       f->event == KH_MOBILIZE; /* "a team of rescuers" */
	return false;
}

static void fill(const struct kh_finding *x, struct kh_find *f)
{
	const struct kh_doc *d = x->w->doc;
	const struct kh_sentence *s = &d->sentence[d->token[f->token].sentence];
	uint32_t from = f->token > s->first_token + WINDOW ? f->token - WINDOW : s->first_token;
	uint32_t to = kh_min32(f->token + WINDOW, s->first_token + s->n_tokens);
	bool both = (f->rule->flags & KH_RULE_RECIPROCAL) != 0;
	int best = 2 * (both ? -2 : LEAST);
	for (uint32_t i = 0; i < f->n_recipients && f->event != KH_MOBILIZE; i++) {
		const struct kh_mention *m = &d->mention[f->recipient[i]];
		int way = way_up(x, m->head, f); /* it is there to be bettered */
		int score = way == NEVER ? 1 : way * 2;
		if (m->sector[0] && score > best)
			best = score;
	}
	uint32_t at = KH_NONE;
	for (uint32_t t = from; t < to; t++) {
		uint32_t i = d->token[t].mention;
		if (i == KH_NONE || t == f->token || given(d, f, t) || !usable(d, f, i))
			continue;
		int score = way_up(x, t, f) * 2 + (d->mention[i].country[0] ? 1 : 0);
		if (score > best) {
			best = score;
			at = t;
		}
	}
	if (at == KH_NONE)
		return;
	f->n_recipients = 0;
	take(d, f, at);
}

static bool coded(const struct kh_doc *d, const struct kh_find *f)
{
	for (uint32_t i = 0; i < f->n_recipients; i++) {
		const struct kh_mention *m = &d->mention[f->recipient[i]];
		if (m->country[0] || m->kind == KH_KIND_PERSON)
			return true;
		if ((f->event == KH_ASSAULT || f->event == KH_RETREAT) && m->human)
			return true; /* victims and freed ones are who they are */
		if ((f->rule->flags & KH_RULE_OPERATOR) && m->human && d->token[m->head].head == f->token &&
		    d->token[m->head].rel != KH_OBL)
			return true; /* "urged allies to …", "accused groups of …" */
	}
	return false;
}

/* ---- what was hit ------------------------------------------------------ */

/* "the front of the building", "the offices of X": the noun itself where it is a thing that can be
 * hit, else what it is a part of; KH_NONE. */
static uint32_t hit_thing(const struct kh_doc *d, const struct kh_words *facility, uint32_t t)
{
	for (unsigned steps = 0; steps < 2; steps++) {
		const struct kh_token *k = &d->token[t];
		if (k->upos == KH_NOUN || k->upos == KH_PROPN) {
			char low[24];
			uint32_t n = kh_min32((uint32_t)k->lemma.n, sizeof low);
			for (uint32_t i = 0; i < n; i++)
				low[i] = kh_lower(k->lemma.p[i]);
			if (k->mention != KH_NONE && kh_words_has(facility, (kh_str){low, n}))
				return t;
		}
		uint32_t c = kh_doc_child(d, t, KH_NMOD);
		if (c == KH_NONE || !kh_str_is(kh_args_case(d, c), "of"))
			break;
		t = c;
	}
	return KH_NONE;
}

static void add_thing(const struct kh_doc *d, struct kh_find *f, uint32_t t)
{
	uint32_t i = t == KH_NONE ? KH_NONE : d->token[t].mention;
	bool acts = false;
	for (uint32_t k = 0; k < f->n_actors; k++)
		acts |= f->actor[k] == i;
	if (i != KH_NONE && !acts)
		put(f->recipient, &f->n_recipients, i);
}

/* Buildings and vehicles that an attack hit stand beside the people: what was destroyed, what the
 * attack was on, and where a bomb went off. */
static void things(const struct kh_finding *x, const struct kh_words *facility, struct kh_find *f)
{
	static const char upon[] = "on against", where[] =
		"at in into inside outside near under beneath behind beside upon";
	const struct kh_doc *d = x->w->doc;
	const struct kh_args *a = &f->args;
	bool bomb = f->mode[0] && (f->mode[0] == kh_embed_mode("explosives") ||
				   f->mode[0] == kh_embed_mode("suicide-attack"));
	for (uint32_t i = 0; i < a->n_object; i++)
		add_thing(d, f, hit_thing(d, facility, a->object[i]));
	for (uint32_t i = 0; i < a->n_oblique; i++) {
		kh_str c = kh_args_case(d, a->oblique[i]);
		if (kh_str_among(c, upon) || (bomb && kh_str_among(c, where)))
			add_thing(d, f, hit_thing(d, facility, a->oblique[i]));
	}
}

/* ---- who were hit, one by one ------------------------------------------ */

static void add_person(const struct kh_doc *d, struct kh_find *f, uint32_t t)
{
	uint32_t i = d->token[t].mention;
	if (i != KH_NONE && d->mention[i].kind == KH_KIND_PERSON && !same_actor(d, f, i))
		put(f->recipient, &f->n_recipients, i);
}

/* The names that stand in apposition to a noun, and those coordinated with the first of them. */
static void named_below(const struct kh_doc *d, struct kh_find *f, uint32_t t)
{
	for (uint32_t c = d->token[t].child; c != KH_NONE; c = d->token[c].next) {
		if (d->token[c].rel != KH_APPOS)
			continue;
		add_person(d, f, c);
		for (uint32_t k = d->token[c].child; k != KH_NONE; k = d->token[k].next)
			if (d->token[k].rel == KH_CONJ)
				add_person(d, f, k);
	}
}

/* "killed three journalists: A, B and C", "two leaders of the party, A and B": many, then by name. */
static void one_by_one(const struct kh_doc *d, struct kh_find *f)
{
	uint32_t n = f->n_recipients;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t t = d->mention[f->recipient[i]].head;
		if (!(d->token[t].feats & KH_FEAT_PLURAL))
			continue;
		named_below(d, f, t);
		uint32_t of = kh_doc_child(d, t, KH_NMOD);
		if (of != KH_NONE && !(d->token[of].feats & KH_FEAT_PLURAL))
			named_below(d, f, of);
	}
}

void kh_fill_run(struct kh_finding *x)
{
	struct kh_words facility = kh_words_list(x->w->model, "facility");
	for (uint32_t i = 0; i < x->n; i++) {
		struct kh_find *f = &x->find[i];
		bool both = f->rule && (f->rule->flags & KH_RULE_RECIPROCAL);
		if (!kh_find_alive(f) || !f->event)
			continue;
		if (!(both && f->n_actors != 1) && !coded(x->w->doc, f))
			fill(x, f);
		if (f->event == KH_ASSAULT && !both) {
			one_by_one(x->w->doc, f);
			things(x, &facility, f);
		}
	}
}
