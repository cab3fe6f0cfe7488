/* Events told inside others. In: finds with their trees. Out: operators (promise, refuse, demand,
 * threaten, accuse, claim) take the event in their complement, whose own find is dropped, and get
 * mode and CAMEO code by what it is: PLOVER's "Which category wins" as a table. */
#include "read/event_find.h"

#include "base/str.h"

bool kh_embed_coop(uint8_t e)
{
	return e == KH_AGREE || e == KH_CONSULT || e == KH_SUPPORT || e == KH_COOPERATE ||
	       e == KH_AID;
}

uint8_t kh_embed_mode(const char *name)
{
	return (uint8_t)kh_code_find(KH_LIST_MODE, kh_str_of(name));
}

static bool starts(const struct kh_find *f, const char *cameo)
{
	return kh_str_starts(kh_str_of(f->cameo), cameo);
}

uint8_t kh_embed_asked(const struct kh_find *in)
{
	static const char *const name[KH_PLOVERS] = {
		"change", "assist", "meet",   "assist", "yield",  "assist",
		"assist", "yield",  "change", "change", "change", "change",
		"change", "change", "change", "change", "change"};
	if (in->event == KH_RETREAT && starts(in, "083"))
		return kh_embed_mode("change"); /* a resignation */
	return kh_embed_mode(name[in->event < KH_PLOVERS ? in->event : 0]);
}

uint8_t kh_embed_threat(const struct kh_find *in)
{
	static const struct {
		const char *cameo, *mode;
	} by[] = {
		{"166", "expel"}, {"163", "restrict"}, {"16", "relations"}, {"173", "arrest"},
		{"192", "territory"}, {"191", "restrict"}, {"14", "restrict"},
		{"17", "restrict"}, {"12", "relations"}
	};
	if (in->mode[0] == kh_embed_mode("expel") || in->mode[0] == kh_embed_mode("arrest"))
		return in->mode[0];
	for (size_t i = 0; i < KH_COUNT(by); i++)
		if (starts(in, by[i].cameo))
			return kh_embed_mode(by[i].mode);
	return kh_embed_mode("violence");
}

/* 1 material cooperation, 2 diplomatic, 3 aid, 4 reform, 5 yielding, 6 meeting, 7 settlement,
 * 8 mediation: the third figure of 02, 03 and 10; in *fourth the kind of it. */
static char figure(const struct kh_find *in, char *fourth)
{
	static const struct {
		const char *cameo, *code;
	} by[] = {
		{"061", "11"}, {"062", "12"}, {"063", "13"}, {"064", "14"}, {"06", "1"},
		{"057", "2"}, {"05", "2"}, {"071", "31"}, {"072", "32"}, {"073", "33"},
		{"074", "34"}, {"075", "33"}, {"07", "3"}, {"0831", "41"}, {"0832", "42"},
		{"0833", "43"}, {"0834", "44"}, {"083", "4"}, {"081", "51"}, {"082", "52"},
		{"084", "53"}, {"085", "54"}, {"086", "55"}, {"087", "56"}, {"08", "5"},
		{"045", "8"}, {"04", "6"}, {"037", "7"}, {"03", "0"}
	};
	*fourth = 0;
	for (size_t i = 0; i < KH_COUNT(by); i++)
		if (starts(in, by[i].cameo)) {
			*fourth = by[i].code[1];
			return by[i].code[0];
		}
	return '0';
}

static const char *threatened(const struct kh_find *in)
{
	static const struct {
		const char *cameo, *code;
	} by[] = {
		{"161", "1313"}, {"162", "1311"}, {"163", "1312"}, {"164", "134"},
		{"165", "135"}, {"166", "136"}, {"16", "131"}, {"14", "133"}, {"1721", "1321"},
		{"1722", "1322"}, {"1723", "1323"}, {"1724", "1324"}, {"172", "132"},
		{"17", "137"}, {"191", "1381"}, {"192", "1382"}, {"20", "1385"}, {"180", "1383"},
		{"18", "138"}, {"19", "1384"}, {"15", "138"}, {"12", "134"}
	};
	for (size_t i = 0; i < KH_COUNT(by); i++)
		if (starts(in, by[i].cameo))
			return by[i].code;
	return "130";
}

void kh_embed_cameo(char *cameo, const char *root, const struct kh_find *in)
{
	static const char refused[] = "010234576"; /* 12 counts them otherwise */
	char fourth, third = figure(in, &fourth);
	memset(cameo, 0, 5);
	if (root[0] == '1' && root[1] == '3') {
		const char *code = threatened(in);
		memcpy(cameo, code, strlen(code));
		return;
	}
	memcpy(cameo, root, 2);
	if (root[0] == '1' && root[1] == '2')
		third = refused[third - '0'];
	cameo[2] = third;
	cameo[3] = third == '0' ? 0 : fourth;
}

/* Who is asked to do it; else to whom it is promised or threatened to be done. */
static void copy_recipients(struct kh_find *op, const struct kh_find *in)
{
	bool asked = op->event == KH_REQUEST && in->n_actors, own_ones = op->n_recipients;
	for (uint32_t i = 0; i < in->n_recipients && !own_ones && !asked; i++)
		op->recipient[op->n_recipients++] = in->recipient[i];
	own_ones |= op->n_recipients != 0;
	for (uint32_t i = 0; i < in->n_actors && !own_ones; i++) {
		bool own = false;
		for (uint32_t k = 0; k < op->n_actors; k++)
			own |= op->actor[k] == in->actor[i];
		if (!own)
			op->recipient[op->n_recipients++] = in->actor[i];
	}
}

/* "X and Y accused each other of shelling": one inner event for each. */
static void each_other(struct kh_finding *x, const struct kh_find *op, struct kh_find *in)
{
	if (!(op->rule->flags & KH_RULE_RECIPROCAL) || op->n_actors < 2)
		return;
	in->actor[0] = op->actor[0];
	in->n_actors = 1;
	for (uint32_t i = 1; i < op->n_actors && x->n < x->cap; i++) {
		struct kh_find *copy = &x->find[x->n++];
		*copy = *in;
		copy->actor[0] = op->actor[i];
	}
}

/* Is `t` told inside the complement of `op`: below a child that is neither beside it nor its
 * subject? */
static bool inside(const struct kh_doc *d, uint32_t t, uint32_t op)
{
	bool told = d->token[op].rel == KH_CCOMP; /* "said they hoped that ...", all hung on "said" */
	for (unsigned steps = 0; t != KH_NONE && steps < 40; steps++, t = d->token[t].head) {
		if (told && t > op && d->token[t].rel == KH_CCOMP &&
		    d->token[t].head == d->token[op].head)
			return true;
		if (d->token[t].head != op)
			continue;
		uint8_t rel = d->token[t].rel;
		return rel != KH_CONJ && rel != KH_PARATAXIS && rel != KH_NSUBJ;
	}
	return false;
}

/* "claimed that it had attacked": the claimant's own deed. */
static bool own_deed(const struct kh_doc *d, const struct kh_find *op, const struct kh_find *in)
{
	for (uint32_t i = 0; i < in->n_actors; i++) {
		const struct kh_mention *m = &d->mention[in->actor[i]];
		for (uint32_t k = 0; k < op->n_actors; k++)
			if (in->actor[i] == op->actor[k] || m->same == op->actor[k])
				return true;
		if (m->how == KH_AHOW_PRONOUN)
			return true;
	}
	return in->n_actors == 0;
}

/* "…, after troops clashed": when, not what. */
static bool tells_when(const struct kh_doc *d, uint32_t t)
{
	uint32_t mark = d->token[t].rel == KH_ADVCL ? kh_doc_child(d, t, KH_MARK) : KH_NONE;
	return mark != KH_NONE && kh_str_among(d->token[mark].form, "after before while when");
}

/* "denied it, after residents said …": somebody else tells, beside what is denied. */
static bool others(const struct kh_doc *d, uint32_t t, uint32_t op)
{
	for (unsigned steps = 0; t != KH_NONE && t != op && steps < 40; steps++, t = d->token[t].head)
		if (d->token[t].head == op && tells_when(d, t))
			return true;
	return false;
}

/* "denied killing civilians holding a rally": nobody denies the rally. */
static bool beside_denied(const struct kh_doc *d, uint32_t t)
{
	uint32_t up = d->token[t].head;
	return (d->token[t].feats & KH_FEAT_GER) && up != KH_NONE && d->certainty &&
	       d->certainty[t] == KH_HAPPENED && d->certainty[up] == KH_DENIED && up < t &&
	       d->token[t - 1].head == up && d->token[t - 1].rel == KH_OBJ;
}

/* Every event that a claim or a denial tells of is the claimant's own deed, or is denied. */
static void told_all(struct kh_finding *x, const struct kh_find *op)
{
	const struct kh_doc *d = x->w->doc;
	bool denied = strcmp(op->rule->cameo, "016") == 0;
	for (uint32_t k = 0; k < x->n; k++) {
		struct kh_find *in = &x->find[k];
		if (in == op || !kh_find_alive(in) || !in->event || !inside(d, in->token, op->token) ||
		    others(d, in->token, op->token))
			continue;
		if (op->rule->object.n || own_deed(d, op, in))
			in->rule_of = op->rule;
		if (denied && !beside_denied(d, in->token))
			in->certainty = KH_DENIED;
	}
}

/* The accused did it; who claims responsibility did it, unless nobody does (`none`). */
static void told_of(struct kh_finding *x, struct kh_find *op, struct kh_find *in, bool none)
{
	bool accuse = op->event == KH_ACCUSE;
	const uint32_t *who = accuse ? op->recipient : op->actor;
	uint32_t n = accuse ? op->n_recipients : op->n_actors;
	if ((in->noun || (in->args.passive && !accuse)) && !in->n_actors && !(none && !accuse) &&
	    (!accuse || !(op->rule->flags & KH_RULE_RECIPROCAL))) {
		memcpy(in->actor, who, n * sizeof *who);
		in->n_actors = n;
	}
	if (!accuse) {
		if (!none)
			told_all(x, op);
		op->dropped = true;
		return;
	}
	in->within = op->token;
	each_other(x, op, in);
}

/* "prepared to impose a curfew" is a threat; "vowed to sue" is the act, planned. */
static bool agree(const struct kh_doc *d, struct kh_find *op, struct kh_find *in)
{
	uint8_t e = in->event;
	kh_str lemma = d->token[op->token].lemma;
	bool kind = kh_str_is(lemma, "offer") || kh_str_is(lemma, "agree") ||
		    kh_str_is(lemma, "promise") || kh_str_is(lemma, "pledge");
	if (e == KH_RETREAT || e == KH_CONCEDE || kh_embed_coop(e)) {
		kh_embed_cameo(op->cameo, "03", in);
		if (e == KH_RETREAT && op->cameo[2] == '0')
			memcpy(op->cameo, "035", 4);
	} else if (e == KH_MOBILIZE && kind) {
		memcpy(op->cameo, "0334", 5); /* "offered to send troops" */
	} else if (e >= KH_THREATEN) {
		op->event = KH_THREATEN;
		op->mode[0] = kh_embed_threat(in);
		kh_embed_cameo(op->cameo, "13", in);
	} else {
		op->dropped = true;
		in->certainty = KH_PLANNED;
		return false;
	}
	return true;
}

/* The operator's category with this event in its complement. */
static void embed(struct kh_finding *x, struct kh_find *op, struct kh_find *in)
{
	const struct kh_doc *d = x->w->doc;
	bool appeal = op->rule->cameo[0] == '0';
	bool none = d->certainty && d->certainty[op->token] == KH_DENIED;
	op->certainty = KH_HAPPENED;
	switch (op->rule->event) {
	case KH_AGREE:
		if (!agree(x->w->doc, op, in))
			return;
		break;
	case KH_REQUEST:
		op->mode[0] = kh_embed_asked(in);
		kh_embed_cameo(op->cameo, appeal ? "02" : "10", in);
		break;
	case KH_REJECT:
		op->mode[0] = kh_embed_asked(in);
		kh_embed_cameo(op->cameo, "12", in);
		break;
	case KH_THREATEN:
		op->mode[0] = kh_embed_threat(in);
		kh_embed_cameo(op->cameo, "13", in);
		break;
	case KH_ACCUSE:
	case KH_PLOVER_NONE:
		told_of(x, op, in, none);
		return;
	default:
		break;
	}
	copy_recipients(op, in);
	in->dropped = true;
}

/* "accused each other of shelling villages", wherever the tree hung it: the next few words tell. */
static struct kh_find *told_next(const struct kh_finding *x, const struct kh_find *op)
{
	const struct kh_doc *d = x->w->doc;
	const struct kh_sentence *s = &d->sentence[d->token[op->token].sentence];
	uint32_t end = kh_min32(op->token + 7, s->first_token + s->n_tokens);
	for (uint32_t t = op->token + 1; t < end && !(d->token[t].flags & KH_TOK_PUNCT); t++) {
		struct kh_find *f = kh_find_at(x, t);
		if (kh_find_alive(f) && f->event && d->token[t].upos == KH_VERB)
			return f;
	}
	return NULL;
}

/* The event that the operator's complement states: among its clauses first, then its nouns. */
static struct kh_find *complement(const struct kh_finding *x, const struct kh_find *op)
{
	const struct kh_doc *d = x->w->doc;
	for (unsigned round = 0; round < 2; round++)
		for (uint32_t c = d->token[op->token].child; c != KH_NONE; c = d->token[c].next) {
			uint8_t rel = d->token[c].rel;
			bool clause = rel == KH_XCOMP || rel == KH_CCOMP || rel == KH_ADVCL ||
				      rel == KH_ACL;
			bool noun = rel == KH_OBJ || rel == KH_OBL || rel == KH_NMOD ||
				    rel == KH_NSUBJ_PASS;
			if (!(round == 0 ? clause : noun) || tells_when(d, c))
				continue;
			if (kh_find_alive(kh_find_at(x, c)) && kh_find_at(x, c)->event)
				return kh_find_at(x, c);
			for (uint32_t k = d->token[c].child; k != KH_NONE; k = d->token[k].next) {
				uint8_t deep = d->token[k].rel; /* one step deeper */
				bool below = deep == KH_OBJ || deep == KH_XCOMP ||
					     deep == KH_CONJ ||
					     ((deep == KH_ACL || deep == KH_NMOD) && round == 1);
				if (below && kh_find_alive(kh_find_at(x, k)) &&
				    kh_find_at(x, k)->event)
					return kh_find_at(x, k);
			}
		}
	uint32_t v = d->token[op->token].head; /* "launched an appeal to help": hung on the verb */
	const struct kh_find *by = op->noun && v != KH_NONE ? kh_find_at(x, v) : NULL;
	bool carried = by && by->rule && (by->rule->flags & KH_RULE_LIGHT) &&
		       d->token[op->token].rel == KH_OBJ;
	for (uint32_t c = carried ? d->token[v].child : KH_NONE; c != KH_NONE; c = d->token[c].next)
		if ((d->token[c].rel == KH_XCOMP || d->token[c].rel == KH_ADVCL) && c > op->token &&
		    (d->token[c].feats & KH_FEAT_INF) && kh_find_alive(kh_find_at(x, c)) &&
		    kh_find_at(x, c)->event)
			return kh_find_at(x, c);
	return op->rule->event == KH_ACCUSE ? told_next(x, op) : NULL;
}

static bool has_clause(const struct kh_doc *d, uint32_t token)
{
	return kh_doc_child(d, token, KH_XCOMP) != KH_NONE ||
	       kh_doc_child(d, token, KH_CCOMP) != KH_NONE ||
	       kh_doc_child(d, token, KH_ACL) != KH_NONE ||
	       kh_doc_child(d, token, KH_ADVCL) != KH_NONE;
}

/* Without an event in it: who is asked, what the rule says of the words, or a clause must be there.
 */
static bool stands_alone(const struct kh_doc *d, const struct kh_find *op)
{
	uint32_t to = kh_doc_child(d, op->token, KH_XCOMP);
	bool told = op->rule->event == KH_REQUEST && kh_str_is(d->token[op->token].lemma, "tell");
	if (told && (to == KH_NONE || !(d->token[to].feats & KH_FEAT_INF)))
		return false; /* "told troops that …" asks nothing */
	bool both = (op->rule->flags & KH_RULE_RECIPROCAL) && op->n_actors > 1;
	return op->n_recipients || op->rule->near.n || op->rule->object.n || both ||
	       has_clause(d, op->token);
}

/* Does a new clause or a coordination begin between the two? */
static bool joined(const struct kh_doc *d, uint32_t from, uint32_t to)
{
	for (uint32_t t = from + 1; t < to; t++)
		if (d->token[t].upos == KH_CCONJ || (d->token[t].flags & KH_TOK_PUNCT))
			return true;
	return false;
}

void kh_embed_mutes(struct kh_finding *x)
{
	const struct kh_doc *d = x->w->doc;
	for (uint32_t i = 0; i < x->n; i++) {
		struct kh_find *op = &x->find[i];
		if (!kh_find_alive(op) || !(op->rule->flags & KH_RULE_MUTE))
			continue;
		op->dropped = true;
		for (uint32_t k = 0; k < x->n; k++) {
			uint32_t t = x->find[k].token;
			if (t > op->token && t < op->token + 25 && !joined(d, op->token, t))
				x->find[k].dropped = true;
			x->find[k].dropped |= t != op->token && inside(d, t, op->token);
		}
	}
}

/* What stands beside the event that an operator took is asked, promised or refused as well. */
static void take_beside(struct kh_finding *x, const struct kh_find *op, const struct kh_find *in)
{
	const struct kh_doc *d = x->w->doc;
	uint32_t top = in->token;
	if (op->rule->event == KH_ACCUSE || !op->rule->event || op->dropped)
		return;
	while (d->token[top].head != KH_NONE && d->token[top].head != op->token &&
	       top != d->token[top].head)
		top = d->token[top].head;
	for (uint32_t k = 0; k < x->n; k++) {
		uint32_t t = x->find[k].token;
		for (unsigned steps = 0; t != KH_NONE && t != top && steps < 40; steps++) {
			uint8_t rel = d->token[t].rel;
			bool own = rel == KH_ACL_RELCL || rel == KH_ADVCL || rel == KH_PARATAXIS;
			t = own ? KH_NONE : d->token[t].head;
		}
		if (t == top)
			x->find[k].dropped |= &x->find[k] != op;
	}
}

/* "The court ordered the arrest of X": the noun is what is done. */
static bool orders_noun(struct kh_finding *x, struct kh_find *op)
{
	const struct kh_doc *d = x->w->doc;
	for (uint32_t c = d->token[op->token].child; c != KH_NONE; c = d->token[c].next) {
		struct kh_find *in = kh_find_at(x, c);
		if (d->token[c].rel != KH_OBJ || !kh_find_alive(in) || !in->event ||
		    op->rule->event != KH_REQUEST || !kh_str_is(d->token[op->token].lemma, "order"))
			continue;
		memcpy(in->actor, op->actor, sizeof in->actor);
		in->n_actors = op->n_actors;
		op->dropped = true;
		return true;
	}
	return false;
}

/* What a protest demands or denounces, or is to protest, is no event of its own. */
static void slogans(struct kh_finding *x)
{
	const struct kh_doc *d = x->w->doc;
	for (uint32_t i = 0; i < x->n; i++) {
		struct kh_find *f = &x->find[i];
		uint32_t t = f->token;
		bool words = f->event == KH_REQUEST || f->event == KH_ACCUSE ||
			     (f->event == KH_PROTEST && (d->token[t].feats & KH_FEAT_INF));
		for (unsigned steps = 0; words && steps < 3; steps++) {
			uint8_t rel = d->token[t].rel;
			t = d->token[t].head;
			if (t == KH_NONE || (rel != KH_ADVCL && rel != KH_XCOMP && rel != KH_ACL))
				break;
			const struct kh_find *g = kh_find_at(x, t);
			f->dropped |= kh_find_alive(g) && g->event == KH_PROTEST;
		}
	}
}

/* What is asked, promised or refused without a rule for it ("called on X to prevent Y from ...")
 * holds no event either. */
static void empty_clause(struct kh_finding *x, const struct kh_find *op)
{
	const struct kh_doc *d = x->w->doc;
	for (uint32_t k = 0; k < x->n; k++) {
		uint32_t t = x->find[k].token;
		for (unsigned steps = 0; t != KH_NONE && steps < 40; steps++) {
			uint8_t rel = d->token[t].rel;
			uint32_t up = d->token[t].head;
			if (rel == KH_ACL_RELCL || rel == KH_ADVCL || rel == KH_PARATAXIS)
				break;
			if (up == op->token)
				x->find[k].dropped |= rel == KH_XCOMP || rel == KH_CCOMP;
			t = up == op->token ? KH_NONE : up;
		}
	}
}

/* Of "rejected accusations that ..." the accusation is what is denied, no event beside it. */
static void denied_noun(struct kh_finding *x, const struct kh_find *op)
{
	for (uint32_t i = 0; i < op->args.n_object && !op->rule->event; i++) {
		struct kh_find *f = op->rule->object.n ? kh_find_at(x, op->args.object[i]) : NULL;
		if (f && f->rule && f->event == KH_ACCUSE)
			f->dropped = true;
	}
}

/* Inner operators first, so that "refused to agree to withdraw" is folded from within. */
void kh_embed_run(struct kh_finding *x)
{
	for (uint32_t i = x->n; i-- > 0;) {
		struct kh_find *op = &x->find[i];
		if (!kh_find_alive(op) || !(op->rule->flags & KH_RULE_OPERATOR))
			continue;
		if (orders_noun(x, op))
			continue;
		denied_noun(x, op);
		struct kh_find *in = complement(x, op);
		if (in) {
			embed(x, op, in);
			take_beside(x, op, in);
		} else if (!op->event) {
			told_all(x, op);
			op->dropped = true;
		} else if (!stands_alone(x->w->doc, op)) {
			op->dropped = true;
		} else {
			op->certainty = op->noun ? 0 : KH_HAPPENED;
			if (op->event == KH_REQUEST)
				empty_clause(x, op);
		}
	}
	slogans(x);
}
