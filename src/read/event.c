/* What was done. In: trees, mentions, rules. Out: doc->event, one for every clause or noun that
 * states an event. First every token gets its best rule; then light verbs hand their subject to the
 * noun they carry, operators (promise, refuse, demand, threaten, accuse) take the event in their
 * complement (event_embed.c), and nouns that only name what a verb's event is about are
 * dropped. */
#include "read/event.h"

#include "base/str.h"
#include "read/event_find.h"

/* A noun carried by a light verb takes the verb's subject and phrases; its own come first. */
static void light_verbs(struct kh_finding *x)
{
	const struct kh_doc *d = x->w->doc;
	for (uint32_t i = 0; i < x->n; i++) {
		struct kh_find *f = &x->find[i];
		uint32_t h = d->token[f->token].head;
		if (!f->noun || !kh_find_alive(f) || h == KH_NONE ||
		    d->token[h].sentence != d->token[f->token].sentence)
			continue;
		struct kh_find *v = kh_find_at(x, h);
		uint8_t rel = d->token[f->token].rel;
		bool carried =
			rel == KH_OBJ || rel == KH_NSUBJ_PASS || rel == KH_OBL || rel == KH_XCOMP;
		bool done = v && (!(v->rule->flags & KH_RULE_SWAP) || !f->args.n_subject);
		if (!done || !kh_find_alive(v) || !(v->rule->flags & KH_RULE_LIGHT) || !carried)
			continue;
		if (v->rule->flags & KH_RULE_SWAP) { /* "suffered an attack" */
			memcpy(f->args.object, v->args.subject, sizeof f->args.object);
			f->args.n_object = v->args.n_subject;
		}
		for (uint32_t k = 0; k < v->args.n_subject && !f->args.n_subject &&
				     !(v->rule->flags & KH_RULE_SWAP);
		     k++)
			f->args.subject[f->args.n_subject++] = v->args.subject[k];
		for (uint32_t k = 0; k < v->args.n_oblique && f->args.n_oblique < KH_ARGS; k++)
			if (v->args.oblique[k] != f->token)
				f->args.oblique[f->args.n_oblique++] = v->args.oblique[k];
		kh_event_roles(x->w, &x->rules, f);
		v->dropped = true;
	}
}

/* "Moscow denied the accusation": who denies it did not make it. */
static bool its_denier(const struct kh_doc *d, const struct kh_find *f)
{
	uint32_t verb = d->token[f->token].head;
	return f->event == KH_ACCUSE && f->n_actors && verb != KH_NONE &&
	       d->token[f->token].rel == KH_OBJ &&
	       d->token[d->mention[f->actor[0]].head].head == verb &&
	       kh_str_among(d->token[verb].lemma, "deny dismiss reject dispute refute rebut");
}

/* "aid groups say", hung on the verb one by one. */
static bool compounded(const struct kh_doc *d, uint32_t t)
{
	return d->token[t].rel == KH_NSUBJ && t + 1 < d->n_token && d->token[t + 1].upos == KH_NOUN &&
	       d->token[t + 1].rel == KH_NSUBJ && d->token[t + 1].head == d->token[t].head;
}

/* "trains pilots at the request of Iraq" is about the training. */
static bool on_request(const struct kh_doc *d, uint32_t t)
{
	return kh_str_among(d->token[t].lemma, "request invitation behest") &&
	       kh_str_is(kh_args_case(d, t), "at");
}

/* Nouns that only say what another event is about, and nouns with nobody in them. */
static void drop_nouns(struct kh_finding *x)
{
	const struct kh_doc *d = x->w->doc;
	for (uint32_t i = 0; i < x->n; i++) {
		struct kh_find *f = &x->find[i];
		if (!f->noun || !kh_find_alive(f) || f->within != KH_NONE)
			continue;
		uint32_t h = d->token[f->token].head;
		bool drop =
			f->n_actors + f->n_recipients == 0 || d->token[f->token].rel == KH_COMPOUND ||
			its_denier(d, f) || compounded(d, f->token) || on_request(d, f->token);
		for (unsigned steps = 0; h != KH_NONE && steps < 4 && !drop;
		     steps++, h = d->token[h].head) {
			const struct kh_find *g = kh_find_at(x, h);
			if (kh_find_alive(g) && g->event)
				drop = true;
			if (d->token[h].upos == KH_VERB)
				break;
		}
		f->dropped |= drop;
	}
}

/* Does he say it himself: "X said it will ..."? What the publisher foresees on a condition is no
 * threat. */
static bool own_voice(const struct kh_doc *d, uint32_t verb)
{
	uint32_t v = verb;
	while (d->token[v].rel == KH_CONJ || d->token[v].rel == KH_XCOMP)
		v = d->token[v].head;
	uint32_t s = kh_doc_child(d, v, KH_NSUBJ), h = d->token[v].head;
	if (d->token[v].rel != KH_CCOMP && d->token[v].rel != KH_PARATAXIS)
		return h == KH_NONE && kh_doc_child(d, v, KH_ADVCL) == KH_NONE;
	return s == KH_NONE || d->token[s].upos == KH_PRON ||
	       (kh_doc_child(d, h, KH_NSUBJ) != KH_NONE &&
		d->token[kh_doc_child(d, h, KH_NSUBJ)].mention != KH_NONE &&
		d->token[s].mention != KH_NONE &&
		d->mention[d->token[s].mention].same ==
			d->token[kh_doc_child(d, h, KH_NSUBJ)].mention);
}

static bool unless_below(const struct kh_doc *d, uint32_t t, uint32_t after)
{
	for (uint32_t c = d->token[t].child; c != KH_NONE; c = d->token[c].next) {
		uint32_t mark = d->token[c].rel == KH_ADVCL ? kh_doc_child(d, c, KH_MARK) : KH_NONE;
		if (mark != KH_NONE && c > after &&
		    kh_str_ieq(d->token[mark].lemma, KH_S("unless")))
			return true;
	}
	return false;
}

/* "will leave unless ..." is a threat, whatever would be done; the condition may hang on "said". */
static bool unless(const struct kh_doc *d, uint32_t verb)
{
	return unless_below(d, verb, 0) ||
	       (d->token[verb].rel == KH_CCOMP && unless_below(d, d->token[verb].head, verb));
}

/* What somebody says that he will do is not done yet: kind things are AGREE, an announced
 * withdrawal or truce is CONCEDE, harm is THREATEN. */
static void future(const struct kh_doc *d, struct kh_find *f, uint32_t verb)
{
	uint8_t e = f->event;
	bool harm = e == KH_ASSAULT || e == KH_COERCE || e == KH_SANCTION || e == KH_PROTEST;
	bool leave =
		f->mode[0] == kh_embed_mode("withdraw") || f->mode[0] == kh_embed_mode("ceasefire");
	if (unless(d, verb)) {
		f->event = KH_THREATEN;
		memset(f->mode, 0, 3);
		f->mode[0] = kh_embed_mode(leave ? "relations" : "restrict");
		memcpy(f->cameo, "130", 4);
	} else if (e == KH_RETREAT && leave) {
		f->event = KH_CONCEDE;
	} else if ((kh_embed_coop(e) && e != KH_AGREE) || e == KH_RETREAT) {
		kh_embed_cameo(f->cameo, "03", f);
		f->event = KH_AGREE;
	} else if (harm && own_voice(d, verb)) {
		uint8_t mode = kh_embed_threat(f);
		kh_embed_cameo(f->cameo, "13", f);
		f->event = KH_THREATEN;
		memset(f->mode, 0, 3);
		f->mode[0] = mode;
	} else if (e != KH_CONCEDE) {
		return;
	}
	if (f->event != KH_THREATEN)
		memset(f->mode, 0, 3);
	f->certainty = KH_HAPPENED;
}

static void futures(struct kh_finding *x)
{
	const struct kh_doc *d = x->w->doc;
	for (uint32_t i = 0; i < x->n; i++) {
		struct kh_find *f = &x->find[i];
		uint32_t v = f->token, h = d->token[v].head;
		if (f->noun && h != KH_NONE && d->token[v].rel == KH_OBJ)
			v = h; /* "will hold a rally" */
		bool says_it = d->token[v].upos == KH_VERB || d->token[v].upos == KH_ADJ;
		if (!kh_find_alive(f) || !says_it || !f->n_actors ||
		    (f->rule->flags & KH_RULE_OPERATOR))
			continue;
		bool kind =
			kh_embed_coop(f->event) || f->event == KH_RETREAT || f->event == KH_CONCEDE;
		if (kh_event_refused(d, v) && (kind || f->event == KH_REJECT)) {
			f->mode[0] = kh_embed_asked(f);
			if (kind)
				kh_embed_cameo(f->cameo, "12", f);
			f->event = KH_REJECT;
			f->certainty = KH_HAPPENED;
		} else if (kh_event_will(d, v) && !kh_event_refused(d, v)) {
			future(d, f, v);
		}
	}
}

/* "fired tear gas to disperse them": what the same deed was for. */
static bool purpose(const struct kh_doc *d, const struct kh_find *a, const struct kh_find *b)
{
	const struct kh_token *t = &d->token[b->token];
	return t->rel == KH_ADVCL && t->head == a->token && (t->feats & KH_FEAT_INF) &&
	       memcmp(a->mode, b->mode, 3) == 0;
}

static void repeats(struct kh_finding *x)
{
	const struct kh_doc *d = x->w->doc;
	for (uint32_t i = 0; i < x->n; i++)
		for (uint32_t k = 0; k < i && kh_find_alive(&x->find[i]); k++) {
			const struct kh_find *a = &x->find[k];
			struct kh_find *b = &x->find[i];
			if (!kh_find_alive(a) || a->event != b->event || b->within != a->within)
				continue;
			bool same_actor =
				!b->n_actors || (a->n_actors && a->actor[0] == b->actor[0]);
			bool same_target = !b->n_recipients ||
					   (a->n_recipients && a->recipient[0] == b->recipient[0]);
			bool other_way = b->mode[0] && b->mode[0] != a->mode[0] && !b->noun;
			b->dropped = same_actor && same_target && !other_way &&
				     (b->noun || !b->n_recipients || purpose(d, a, b));
		}
}

static void push_roles(struct kh_work *w, const uint32_t *list, uint32_t n, uint32_t *first)
{
	struct kh_doc *d = w->doc;
	*first = d->n_role;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t *r = KH_PUSH(w->arena, d->role, d->n_role, d->cap_role);
		*r = list[i];
	}
}

/* The trigger's words: the verb with its particle, or the noun with its compound. */
static kh_span words_of(const struct kh_doc *d, uint32_t t)
{
	kh_span at = d->token[t].at;
	for (uint32_t c = d->token[t].child; c != KH_NONE; c = d->token[c].next)
		if (d->token[c].rel == KH_COMPOUND_PRT && c > t && c < t + 3)
			at.end = d->token[c].at.end;
		else if (d->token[c].rel == KH_COMPOUND && c + 1 == t &&
			 d->token[t].upos == KH_NOUN)
			at.begin = d->token[c].at.begin;
	return at;
}

/* What is told in a relative or adverbial clause is told beside the news: less sure by 60 each. */
static unsigned depth(const struct kh_doc *d, uint32_t t)
{
	unsigned n = 0;
	for (unsigned steps = 0; t != KH_NONE && steps < 40; steps++, t = d->token[t].head)
		if (d->token[t].rel == KH_ACL_RELCL || d->token[t].rel == KH_ACL ||
		    d->token[t].rel == KH_ADVCL)
			n++;
	return n > 4 ? 240 : n * 60;
}

/* Is there somebody to whom it is done, or with whom? */
static bool other_side(const struct kh_find *f)
{
	return f->n_recipients || ((f->rule->flags & KH_RULE_RECIPROCAL) && f->n_actors > 1);
}

static void push_events(struct kh_finding *x, uint32_t sentence)
{
	struct kh_doc *d = x->w->doc;
	uint32_t base = d->n_event;
	uint32_t *event_of = KH_TAKE(x->w->arena, x->n + 1, uint32_t);
	for (uint32_t i = 0; i < x->n; i++) {
		const struct kh_find *f = &x->find[i];
		event_of[i] = KH_NONE;
		if (!kh_find_alive(f) || !f->event ||
		    ((f->rule->flags & KH_RULE_TARGET) && !other_side(f)) ||
		    (f->n_actors + f->n_recipients == 0 && f->event != KH_ASSAULT &&
		     f->event != KH_COERCE && f->event != KH_PROTEST && f->event != KH_MOBILIZE))
			continue;
		struct kh_event e = {.sentence = sentence,
				     .trigger = f->token,
				     .at = words_of(d, f->token),
				     .rule = f->label.n ? KH_NONE
							: (uint32_t)(f->rule - x->rules.rule),
				     .event = f->event,
				     .within = KH_NONE,
				     .answers = KH_NONE,
				     .certainty = f->certainty,
				     .sure = 600};
		const struct kh_rule *by = f->rule_of ? f->rule_of : f->rule;
		e.rule_name = f->label.n ? f->label
					 : (kh_str){x->rules.bytes + by->name, by->n_name};
		memcpy(e.mode, f->mode, 3);
		memcpy(e.cameo, f->cameo, 5);
		e.n_actors = f->n_actors;
		e.n_recipients = f->n_recipients;
		push_roles(x->w, f->actor, f->n_actors, &e.first_actor);
		push_roles(x->w, f->recipient, f->n_recipients, &e.first_recipient);
		if (f->cameo[0] == '0' && f->cameo[1] == '2') /* an appeal is seldom the news */
			e.sure = 500;
		e.reciprocal = (f->rule->flags & KH_RULE_RECIPROCAL) && f->n_actors > 1;
		e.sure = (uint16_t)(e.sure + (f->n_actors ? 120 : 0) + (f->n_recipients ? 80 : 0) +
				    (f->noun ? 0 : 60) - (int)depth(d, f->token));
		d->token[f->token].deed = true;
		event_of[i] = d->n_event;
		*KH_PUSH(x->w->arena, d->event, d->n_event, d->cap_event) = e;
	}
	for (uint32_t i = 0; i < x->n; i++) {
		uint32_t outer =
			x->find[i].within == KH_NONE ? 0 : x->of[x->find[i].within - x->first];
		if (outer && event_of[i] != KH_NONE && event_of[outer - 1] != KH_NONE &&
		    event_of[outer - 1] >= base)
			d->event[event_of[i]].within = event_of[outer - 1];
	}
}

/* "when suspected rebels attacked": what they are called, hung as a clause; nobody suspects them. */
static bool epithet(const struct kh_doc *d, uint32_t t)
{
	uint8_t rel = d->token[t].rel;
	return (rel == KH_ADVCL || rel == KH_AMOD || rel == KH_ACL) &&
	       kh_str_among(d->token[t].form, "suspected alleged") &&
	       d->token[t].upos == KH_VERB && kh_doc_child(d, t, KH_NSUBJ) == KH_NONE &&
	       kh_doc_child(d, t, KH_NSUBJ_PASS) == KH_NONE &&
	       kh_doc_child(d, t, KH_AUX_PASS) == KH_NONE &&
	       kh_doc_child(d, t, KH_AUX_REL) == KH_NONE && t + 1 < d->n_token &&
	       (d->token[t + 1].upos == KH_NOUN || d->token[t + 1].upos == KH_PROPN ||
		d->token[t + 1].upos == KH_ADJ);
}

/* "is ready to": an adjective that is the predicate of its clause. */
static bool says(const struct kh_doc *d, uint32_t t)
{
	return d->token[t].head == KH_NONE || kh_doc_child(d, t, KH_COP_REL) != KH_NONE;
}

static void sentence(struct kh_finding *x, uint32_t i)
{
	struct kh_doc *d = x->w->doc;
	const struct kh_sentence *s = &d->sentence[i];
	if (s->discarded)
		return;
	x->n = 0;
	x->first = s->first_token;
	x->n_tokens = s->n_tokens;
	memset(x->of, 0, s->n_tokens * sizeof *x->of);
	for (uint32_t t = s->first_token; t < s->first_token + s->n_tokens; t++) {
		uint8_t pos = d->token[t].upos;
		bool verb = pos == KH_VERB || (pos == KH_ADJ && says(d, t));
		if ((!verb && pos != KH_NOUN && pos != KH_PROPN) || epithet(d, t))
			continue;
		if (!kh_event_match(x->w, &x->rules, t, &x->find[x->n]))
			continue;
		kh_event_roles(x->w, &x->rules, &x->find[x->n]);
		x->of[t - x->first] = ++x->n;
	}
	kh_embed_mutes(x);
	light_verbs(x);
	kh_event_modes(x);
	kh_embed_run(x);
	drop_nouns(x);
	futures(x);
	kh_fill_run(x);
	kh_told_run(x);
	repeats(x);
	push_events(x, i);
}

void kh_event_run(struct kh_work *w)
{
	struct kh_doc *d = w->doc;
	struct kh_finding x = {.w = w, .rules = kh_rules_open(w->model)};
	uint32_t most = 1;
	if (!x.rules.head)
		return;
	for (uint32_t i = 0; i < d->n_sentence; i++)
		most = kh_max32(most, d->sentence[i].n_tokens);
	x.cap = most + KH_ARGS;
	x.find = KH_TAKE(w->arena, x.cap, struct kh_find);
	x.of = KH_TAKE(w->arena, most, uint32_t);
	for (uint32_t i = 0; i < d->n_sentence; i++)
		sentence(&x, i);
}
