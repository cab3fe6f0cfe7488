/* What was done. In: trees, mentions, rules. Out: doc->event, one for every clause or noun that
 * states an event. First every token gets its best rule; then light verbs hand their subject to the
 * noun they carry, operators (promise, refuse, demand, threaten, accuse) take the event in their
 * complement by the table of embed(), and nouns that only name what a verb's event is about are
 * dropped. */
#include "read/event.h"

#include "base/str.h"
#include "read/event_match.h"

struct finding {
	struct kh_work *w;
	struct kh_rules rules;
	struct kh_find *find;
	uint32_t n;
	uint32_t *of; /* by token of the sentence: 1 + index in find; 0 none */
	uint32_t first;
};

static struct kh_find *find_at(const struct finding *x, uint32_t token)
{
	uint32_t i = x->of[token - x->first];
	return i ? &x->find[i - 1] : NULL;
}

static bool alive(const struct kh_find *f)
{
	return f && f->rule && !f->dropped;
}

static bool coop(uint8_t e)
{
	return e == KH_AGREE || e == KH_CONSULT || e == KH_SUPPORT || e == KH_COOPERATE ||
	       e == KH_AID;
}

static uint8_t yield_mode(uint8_t inner)
{
	static const char *const name[KH_PLOVERS] = {
		"change", "assist", "meet",   "assist", "yield",  "assist",
		"assist", "yield",  "change", "change", "change", "change",
		"change", "change", "change", "change", "change"};
	return (uint8_t)kh_code_find(KH_LIST_MODE, kh_str_of(name[inner < KH_PLOVERS ? inner : 0]));
}

static void set_cameo(struct kh_find *f, const char *root, uint8_t inner)
{
	/* CAMEO's third figure by what is promised, demanded, refused or threatened */
	static const char agree[] = "00625135000000000", ask[] = "00625135000000000",
			  refuse[] = "00504124000000000";
	static const char threat[] = "00000000000031828";
	const char *table = root[0] == '0'   ? agree
			    : root[1] == '0' ? ask
			    : root[1] == '2' ? refuse
					     : threat;
	char third = inner && inner < KH_PLOVERS ? table[inner] : '0';
	f->cameo[0] = root[0];
	f->cameo[1] = root[1];
	f->cameo[2] = third;
	f->cameo[3] = 0;
}

static void copy_recipients(struct kh_find *op, const struct kh_find *in)
{
	for (uint32_t i = 0; i < in->n_recipients && !op->n_recipients; i++)
		op->recipient[op->n_recipients++] = in->recipient[i];
	for (uint32_t i = 0; i < in->n_actors && !op->n_recipients; i++) {
		bool own = false;
		for (uint32_t k = 0; k < op->n_actors; k++)
			own |= op->actor[k] == in->actor[i];
		if (!own)
			op->recipient[op->n_recipients++] = in->actor[i];
	}
}

/* The operator's category with this event in its complement (PLOVER, "Which category wins"). */
static void embed(struct kh_find *op, struct kh_find *in)
{
	uint8_t e = in->event;
	op->certainty = KH_HAPPENED;
	switch (op->rule->event) {
	case KH_AGREE:
		if (e == KH_RETREAT || e == KH_CONCEDE) {
			memcpy(op->cameo, "035", 4); /* intent to yield is AGREE by the table */
		} else if (e >= KH_THREATEN) { /* "prepared to impose a curfew" */
			bool force = e == KH_ASSAULT || e == KH_MOBILIZE || e == KH_THREATEN;
			op->event = KH_THREATEN;
			op->mode[0] = (uint8_t)kh_code_find(
				KH_LIST_MODE, force ? KH_S("violence") : KH_S("restrict"));
			set_cameo(op, "13", e);
		} else if (coop(e)) {
			set_cameo(op, "03", e);
		} else { /* "vowed to impose sanctions": the act, planned */
			op->dropped = true;
			in->certainty = KH_PLANNED;
			return;
		}
		break;
	case KH_REQUEST:
		op->mode[0] = yield_mode(e);
		set_cameo(op, "10", e);
		break;
	case KH_REJECT:
		op->mode[0] = yield_mode(e);
		set_cameo(op, "12", e);
		break;
	case KH_THREATEN:
		op->mode[0] = (uint8_t)kh_code_find(
			KH_LIST_MODE, e == KH_ASSAULT ? KH_S("violence") : KH_S("restrict"));
		set_cameo(op, "13", e);
		break;
	case KH_ACCUSE:
		in->within = op->token;
		return;
	default:
		break;
	}
	copy_recipients(op, in);
	in->dropped = true;
}

/* The event that the operator's complement states: among its clauses first, then its nouns. */
static struct kh_find *complement(const struct finding *x, const struct kh_find *op)
{
	const struct kh_doc *d = x->w->doc;
	for (unsigned round = 0; round < 2; round++)
		for (uint32_t c = d->token[op->token].child; c != KH_NONE; c = d->token[c].next) {
			uint8_t rel = d->token[c].rel;
			bool clause = rel == KH_XCOMP || rel == KH_CCOMP || rel == KH_ADVCL ||
				      rel == KH_ACL;
			bool noun = rel == KH_OBJ || rel == KH_OBL || rel == KH_NMOD ||
				    rel == KH_NSUBJ_PASS;
			if (!(round == 0 ? clause : noun))
				continue;
			if (alive(find_at(x, c)) && find_at(x, c)->event)
				return find_at(x, c);
			for (uint32_t k = d->token[c].child; k != KH_NONE;
			     k = d->token[k].next) /* one step deeper */
				if ((d->token[k].rel == KH_OBJ || d->token[k].rel == KH_XCOMP ||
				     d->token[k].rel == KH_CONJ ||
				     (d->token[k].rel == KH_ACL && round == 1)) &&
				    alive(find_at(x, k)) && find_at(x, k)->event)
					return find_at(x, k);
		}
	return NULL;
}

static bool has_clause(const struct kh_doc *d, uint32_t token)
{
	return kh_doc_child(d, token, KH_XCOMP) != KH_NONE ||
	       kh_doc_child(d, token, KH_CCOMP) != KH_NONE ||
	       kh_doc_child(d, token, KH_ACL) != KH_NONE ||
	       kh_doc_child(d, token, KH_ADVCL) != KH_NONE;
}

/* Does a new clause or a coordination begin between the two? */
static bool joined(const struct kh_doc *d, uint32_t from, uint32_t to)
{
	for (uint32_t t = from + 1; t < to; t++)
		if (d->token[t].upos == KH_CCONJ || (d->token[t].flags & KH_TOK_PUNCT))
			return true;
	return false;
}

/* Appeals, comments and denials are no events, nor is what they tell of. */
static void mutes(struct finding *x)
{
	const struct kh_doc *d = x->w->doc;
	for (uint32_t i = 0; i < x->n; i++) {
		struct kh_find *op = &x->find[i];
		if (!alive(op) || !(op->rule->flags & KH_RULE_MUTE))
			continue;
		op->dropped = true;
		for (uint32_t k = 0; k < x->n; k++) {
			uint32_t t = x->find[k].token, steps = 0;
			if (t > op->token && t < op->token + 25 && !joined(d, op->token, t))
				x->find[k].dropped = true;
			while (t != KH_NONE && t != op->token && d->token[t].head != op->token &&
			       steps++ < 40)
				t = d->token[t].head;
			if (t == KH_NONE || t == op->token || d->token[t].head != op->token)
				continue;
			bool beside = d->token[t].rel == KH_CONJ ||
				      d->token[t].rel == KH_PARATAXIS ||
				      d->token[t].rel == KH_NSUBJ;
			x->find[k].dropped |= !beside;
		}
	}
}

/* "The court ordered the arrest of X", "announced the release of X": the noun is what is done. */
static bool orders_noun(struct finding *x, struct kh_find *op)
{
	const struct kh_doc *d = x->w->doc;
	for (uint32_t c = d->token[op->token].child; c != KH_NONE; c = d->token[c].next) {
		struct kh_find *in = find_at(x, c);
		if (d->token[c].rel != KH_OBJ || !alive(in) || !in->event ||
		    op->rule->event != KH_REQUEST || !kh_str_is(d->token[op->token].lemma, "order"))
			continue;
		memcpy(in->actor, op->actor, sizeof in->actor);
		in->n_actors = op->n_actors;
		op->dropped = true;
		return true;
	}
	return false;
}

/* Inner operators first, so that "refused to agree to withdraw" is folded from within. */
static void operators(struct finding *x)
{
	for (uint32_t i = x->n; i-- > 0;) {
		struct kh_find *op = &x->find[i];
		if (!alive(op) || !(op->rule->flags & KH_RULE_OPERATOR))
			continue;
		if (orders_noun(x, op))
			continue;
		struct kh_find *in = complement(x, op);
		if (in)
			embed(op, in);
		else if (!op->n_recipients && !has_clause(x->w->doc, op->token))
			op->dropped = true;
		else
			op->certainty = op->noun ? 0 : KH_HAPPENED;
	}
}

/* A noun carried by a light verb takes the verb's subject and phrases; its own come first. */
static void light_verbs(struct finding *x)
{
	const struct kh_doc *d = x->w->doc;
	for (uint32_t i = 0; i < x->n; i++) {
		struct kh_find *f = &x->find[i];
		uint32_t h = d->token[f->token].head;
		if (!f->noun || !alive(f) || h == KH_NONE ||
		    d->token[h].sentence != d->token[f->token].sentence)
			continue;
		struct kh_find *v = find_at(x, h);
		uint8_t rel = d->token[f->token].rel;
		bool carried =
			rel == KH_OBJ || rel == KH_NSUBJ_PASS || rel == KH_OBL || rel == KH_XCOMP;
		if (!v || !alive(v) || !(v->rule->flags & KH_RULE_LIGHT) || !carried)
			continue;
		for (uint32_t k = 0; k < v->args.n_subject && !f->args.n_subject; k++)
			f->args.subject[f->args.n_subject++] = v->args.subject[k];
		for (uint32_t k = 0; k < v->args.n_oblique && f->args.n_oblique < KH_ARGS; k++)
			if (v->args.oblique[k] != f->token)
				f->args.oblique[f->args.n_oblique++] = v->args.oblique[k];
		kh_event_roles(x->w, &x->rules, f);
		v->dropped = true;
	}
}

/* Nouns that only say what another event is about, and nouns with nobody in them. */
static void drop_nouns(struct finding *x)
{
	const struct kh_doc *d = x->w->doc;
	for (uint32_t i = 0; i < x->n; i++) {
		struct kh_find *f = &x->find[i];
		if (!f->noun || !alive(f) || f->within != KH_NONE)
			continue;
		uint32_t h = d->token[f->token].head;
		bool drop =
			f->n_actors + f->n_recipients == 0 || d->token[f->token].rel == KH_COMPOUND;
		for (unsigned steps = 0; h != KH_NONE && steps < 4 && !drop;
		     steps++, h = d->token[h].head) {
			const struct kh_find *g = find_at(x, h);
			if (alive(g) && g->event)
				drop = true;
			if (d->token[h].upos == KH_VERB)
				break;
		}
		f->dropped |= drop;
	}
}

/* What somebody says that he will do is not done yet: kind things are AGREE, harm is THREATEN, and
 * what he will not do is REJECT. */
static void future(struct kh_find *f)
{
	uint8_t e = f->event;
	bool give = e == KH_RETREAT || e == KH_CONCEDE;
	bool harm = e == KH_ASSAULT || e == KH_COERCE || e == KH_SANCTION || e == KH_PROTEST;
	if ((coop(e) && e != KH_AGREE) || give) {
		set_cameo(f, "03", e);
		f->event = KH_AGREE;
		memset(f->mode, 0, 3);
	} else if (harm) {
		set_cameo(f, "13", e);
		f->event = KH_THREATEN;
		memset(f->mode, 0, 3);
		f->mode[0] = (uint8_t)kh_code_find(
			KH_LIST_MODE, e == KH_ASSAULT ? KH_S("violence") : KH_S("restrict"));
	} else {
		return;
	}
	f->certainty = KH_HAPPENED;
}

static void futures(struct finding *x)
{
	const struct kh_doc *d = x->w->doc;
	for (uint32_t i = 0; i < x->n; i++) {
		struct kh_find *f = &x->find[i];
		uint32_t v = f->token, h = d->token[v].head;
		if (f->noun && h != KH_NONE && d->token[v].rel == KH_OBJ)
			v = h; /* "will hold a rally" */
		if (!alive(f) || d->token[v].upos != KH_VERB || !f->n_actors ||
		    (f->rule->flags & KH_RULE_OPERATOR))
			continue;
		bool kind = coop(f->event) || f->event == KH_RETREAT || f->event == KH_CONCEDE;
		if (kh_event_refused(d, v) && (kind || f->event == KH_REJECT)) {
			if (kind)
				set_cameo(f, "12", f->event);
			f->mode[0] = yield_mode(f->event);
			f->event = KH_REJECT;
			f->certainty = KH_HAPPENED;
		} else if (kh_event_will(d, v) && !kh_event_refused(d, v)) {
			future(f);
		}
	}
}

static void repeats(struct finding *x)
{
	for (uint32_t i = 0; i < x->n; i++)
		for (uint32_t k = 0; k < i && alive(&x->find[i]); k++) {
			const struct kh_find *a = &x->find[k];
			struct kh_find *b = &x->find[i];
			if (!alive(a) || a->event != b->event || b->within != a->within)
				continue;
			bool same_actor =
				!b->n_actors || (a->n_actors && a->actor[0] == b->actor[0]);
			bool same_target = !b->n_recipients ||
					   (a->n_recipients && a->recipient[0] == b->recipient[0]);
			b->dropped = same_actor && same_target && (b->noun || !b->n_recipients);
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

static void push_events(struct finding *x, uint32_t sentence)
{
	struct kh_doc *d = x->w->doc;
	uint32_t base = d->n_event;
	uint32_t *event_of = KH_TAKE(x->w->arena, x->n + 1, uint32_t);
	for (uint32_t i = 0; i < x->n; i++) {
		const struct kh_find *f = &x->find[i];
		event_of[i] = KH_NONE;
		if (!alive(f) || !f->event ||
		    ((f->rule->flags & KH_RULE_TARGET) && !f->n_recipients) ||
		    (f->n_actors + f->n_recipients == 0 && f->event != KH_ASSAULT &&
		     f->event != KH_COERCE && f->event != KH_PROTEST && f->event != KH_MOBILIZE))
			continue;
		struct kh_event e = {.sentence = sentence,
				     .trigger = f->token,
				     .at = words_of(d, f->token),
				     .rule = (uint32_t)(f->rule - x->rules.rule),
				     .event = f->event,
				     .within = KH_NONE,
				     .certainty = f->certainty,
				     .sure = 600};
		e.rule_name = (kh_str){x->rules.bytes + f->rule->name, f->rule->n_name};
		memcpy(e.mode, f->mode, 3);
		memcpy(e.cameo, f->cameo, 5);
		e.n_actors = f->n_actors;
		e.n_recipients = f->n_recipients;
		push_roles(x->w, f->actor, f->n_actors, &e.first_actor);
		push_roles(x->w, f->recipient, f->n_recipients, &e.first_recipient);
		e.reciprocal = (f->rule->flags & KH_RULE_RECIPROCAL) && f->n_actors > 1;
		e.sure = (uint16_t)(e.sure + (f->n_actors ? 120 : 0) + (f->n_recipients ? 80 : 0) +
				    (f->noun ? 0 : 60) - (int)depth(d, f->token));
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

/* "is ready to": an adjective that is the predicate of its clause. */
static bool says(const struct kh_doc *d, uint32_t t)
{
	return d->token[t].head == KH_NONE || kh_doc_child(d, t, KH_COP_REL) != KH_NONE;
}

static void sentence(struct finding *x, uint32_t i)
{
	struct kh_doc *d = x->w->doc;
	const struct kh_sentence *s = &d->sentence[i];
	x->n = 0;
	x->first = s->first_token;
	memset(x->of, 0, s->n_tokens * sizeof *x->of);
	for (uint32_t t = s->first_token; t < s->first_token + s->n_tokens; t++) {
		uint8_t pos = d->token[t].upos;
		bool verb = pos == KH_VERB || (pos == KH_ADJ && says(d, t));
		if (!verb && pos != KH_NOUN && pos != KH_PROPN)
			continue;
		if (!kh_event_match(x->w, &x->rules, t, &x->find[x->n]))
			continue;
		kh_event_roles(x->w, &x->rules, &x->find[x->n]);
		x->of[t - x->first] = ++x->n;
	}
	mutes(x);
	light_verbs(x);
	operators(x);
	drop_nouns(x);
	futures(x);
	repeats(x);
	push_events(x, i);
}

void kh_event_run(struct kh_work *w)
{
	struct kh_doc *d = w->doc;
	struct finding x = {.w = w, .rules = kh_rules_open(w->model)};
	uint32_t most = 1;
	if (!x.rules.head)
		return;
	for (uint32_t i = 0; i < d->n_sentence; i++)
		most = kh_max32(most, d->sentence[i].n_tokens);
	x.find = KH_TAKE(w->arena, most, struct kh_find);
	x.of = KH_TAKE(w->arena, most, uint32_t);
	for (uint32_t i = 0; i < d->n_sentence; i++)
		sentence(&x, i);
}

enum kh_event_why kh_event_why(struct kh_work *w, uint32_t sentence, uint32_t *word)
{
	const struct kh_doc *d = w->doc;
	const struct kh_sentence *s = &d->sentence[sentence];
	struct kh_rules rules = kh_rules_open(w->model);
	enum kh_event_why why = KH_WHY_NO_TRIGGER;
	*word = s->root;
	for (uint32_t i = 0; i < d->n_event; i++)
		if (d->event[i].sentence == sentence)
			return KH_WHY_EVENTS;
	for (uint32_t t = s->first_token; rules.head && t < s->first_token + s->n_tokens; t++) {
		struct kh_find f;
		uint32_t first;
		uint8_t pos = d->token[t].upos;
		if (pos != KH_VERB && pos != KH_NOUN)
			continue;
		uint32_t h = kh_rule_hash(pos == KH_VERB ? 'v' : 'n', d->token[t].lemma);
		if (!kh_rules_find(&rules, h, &first))
			continue;
		*word = t;
		if (kh_event_match(w, &rules, t, &f))
			return KH_WHY_NOBODY;
		why = KH_WHY_NO_RULE_FITS;
	}
	return why;
}
