/* See tree_mend.h. In: the heads and relations of a sentence. Out: the same, where what words are
 * forbids what was read: two objects of one verb, one made what the other is called or who is given
 * it; passives by their agent; "due to" before a verb; clauses with "unless" that were objects. In
 * sentences that end in a full stop also clauses read as one long noun phrase ("The premier
 * promised reform" hung as a "premier promised reform"), verbs whose subject was taken for that of
 * a passive without any auxiliary, those counted before a participle, verbs behind a modal. */
#include "read/tree_mend.h"

#include "base/str.h"
#include "read/tree_clause.h"

static bool clause(uint8_t rel)
{
	return rel == KH_ACL || rel == KH_ACL_RELCL || rel == KH_ADVCL;
}

/* A verb of the past, or an adjective that has its form, right behind what may be its subject and
 * before the noun that it is said to modify, with no other verb before it. */
static bool lost_verb(const struct kh_doc *d, const struct kh_sentence *s, uint32_t v)
{
	const struct kh_token *k = &d->token[v];
	bool past = k->upos == KH_VERB ? !(k->feats & KH_FEAT_GER) : kh_str_ends(k->form, "ed");
	if (k->rel != KH_AMOD || k->head != s->root || k->head < v || !past || k->form.p[0] < 'a' ||
	    v == s->first_token)
		return false;
	const struct kh_token *who = k - 1;
	if (who->upos == KH_ADV && v > s->first_token + 1)
		who--; /* "forcibly recruited" */
	bool the = (who->upos == KH_ADJ) && v - s->first_token == 2 &&
		   d->token[s->first_token].upos == KH_DET && k->upos == KH_VERB;
	if (!kh_tree_nominal(who) && !the)
		return false;
	for (uint32_t t = s->first_token; t < v; t++)
		if (d->token[t].upos == KH_VERB || d->token[t].upos == KH_AUX ||
		    d->token[t].upos == KH_PUNCT)
			return false;
	return true;
}

static void free_verb(struct kh_doc *d, struct kh_sentence *s, uint32_t v)
{
	uint32_t root = s->root, who = v - 1 - (d->token[v - 1].upos == KH_ADV);
	for (uint32_t t = s->first_token; t < v; t++)
		if (d->token[t].head == root && d->token[t].rel == KH_NSUBJ)
			who = t;
	for (uint32_t t = s->first_token; t < v; t++)
		if (t != who && d->token[t].head >= v && d->token[t].head != KH_NONE) {
			bool apart = d->token[t].rel == KH_ADVMOD || d->token[t].rel == KH_OBL;
			d->token[t].head = apart ? v : who;
		}
	d->token[who].head = v;
	d->token[who].rel = KH_NSUBJ;
	if (d->token[who].upos == KH_ADJ)
		d->token[who].upos = KH_NOUN;
	for (uint32_t t = v + 1; t < s->first_token + s->n_tokens; t++) {
		bool own = d->token[t].rel == KH_PUNCT_REL || clause(d->token[t].rel);
		if (d->token[t].head == root && t > root && own)
			d->token[t].head = v;
	}
	d->token[v].upos = KH_VERB;
	d->token[v].head = KH_NONE;
	d->token[v].rel = KH_ROOT;
	d->token[v].feats = (d->token[v].feats & ~(uint32_t)KH_FEAT_PART) | KH_FEAT_FIN;
	d->token[root].head = v;
	d->token[root].rel = KH_OBJ;
	s->root = v;
}

/* "Sudan cut ties": the word before the verb that the tree compounds with it is its subject. */
static bool subject(struct kh_doc *d, const struct kh_sentence *s)
{
	uint32_t root = s->root, c = root - 1;
	if (d->token[root].upos != KH_VERB || root == s->first_token || !kh_tree_nominal(&d->token[c]) ||
	    d->token[c].rel != KH_COMPOUND || d->token[c].head != root)
		return false;
	d->token[c].rel = KH_NSUBJ;
	return true;
}

/* "The bishops called for talks": no auxiliary, no object, so nobody called the bishops. */
static bool active(struct kh_doc *d, const struct kh_sentence *s)
{
	uint32_t root = s->root, c = kh_doc_child(d, root, KH_NSUBJ_PASS);
	if (d->token[root].upos != KH_VERB || c == KH_NONE ||
	    kh_doc_child(d, root, KH_AUX_PASS) != KH_NONE ||
	    ((d->token[root].feats & KH_FEAT_PART) && kh_doc_child(d, c, KH_DET_REL) == KH_NONE))
		return false;
	d->token[c].rel = KH_NSUBJ;
	return true;
}

/* "three were killed and eight wounded", "… and two civilians injured": who is counted before a
 * participle that shares the auxiliary of a passive has it done to them. */
static bool shares_passive(const struct kh_doc *d, uint32_t v)
{
	const struct kh_token *k = &d->token[v], *c = k - 1;
	uint32_t n = kh_doc_child(d, v - 1, KH_NUMMOD);
	bool form = k->upos == KH_VERB ? !(k->feats & (KH_FEAT_GER | KH_FEAT_INF))
				       : k->upos == KH_ADJ && kh_str_ends(k->form, "ed");
	return form && k->rel == KH_CONJ && k->head != KH_NONE && k->head < v &&
	       kh_doc_child(d, k->head, KH_AUX_PASS) != KH_NONE && c->head == v &&
	       (c->upos == KH_NUM || (n != KH_NONE && n < v)) &&
	       kh_doc_child(d, v, KH_AUX_REL) == KH_NONE &&
	       kh_doc_child(d, v, KH_AUX_PASS) == KH_NONE && kh_doc_child(d, v, KH_OBJ) == KH_NONE;
}

static bool shared(struct kh_doc *d, const struct kh_sentence *s)
{
	bool any = false;
	for (uint32_t v = s->first_token + 1; v < s->first_token + s->n_tokens; v++)
		if (shares_passive(d, v)) {
			d->token[v].upos = KH_VERB;
			d->token[v].feats |= KH_FEAT_PAST | KH_FEAT_PART | KH_FEAT_PASS;
			d->token[v - 1].rel = KH_NSUBJ_PASS;
			any = true;
		}
	return any;
}

/* "it would free prisoners": what stands between a modal and a noun that is no predicate is the
 * verb, whatever the tree took it for. */
static bool after_modal(const struct kh_doc *d, uint32_t v)
{
	static const char modal[] = "will would can could may might shall should must";
	const struct kh_token *k = &d->token[v], *aux = k - 1;
	return k->upos == KH_ADJ && k->rel == KH_AMOD && k->head != KH_NONE && k->head > v &&
	       kh_tree_nominal(&d->token[k->head]) && aux->upos == KH_AUX && aux->head == k->head &&
	       kh_str_among(aux->lemma, modal) && kh_doc_child(d, k->head, KH_COP_REL) == KH_NONE;
}

static bool modal(struct kh_doc *d, struct kh_sentence *s)
{
	uint32_t end = s->first_token + s->n_tokens;
	for (uint32_t v = s->first_token + 1; v < end; v++) {
		uint32_t h = d->token[v].head;
		if (!after_modal(d, v))
			continue;
		for (uint32_t t = s->first_token; t < end; t++)
			if (d->token[t].head == h && (t < v || t > h) && t != v)
				d->token[t].head = v;
		d->token[v].head = d->token[h].head;
		d->token[v].rel = d->token[h].rel;
		d->token[v].upos = KH_VERB;
		d->token[v].feats |= KH_FEAT_INF;
		d->token[h].head = v;
		d->token[h].rel = KH_OBJ;
		s->root = s->root == h ? v : s->root;
		return true;
	}
	return false;
}

/* "called the rebels terrorists": the second object is what the first one is said to be; "gave the
 * rebels weapons": the first is who gets the second. */
static bool two_objects(struct kh_doc *d, uint32_t second)
{
	static const char call[] = "call consider make name declare label dub elect brand proclaim "
				   "deem appoint crown rate";
	static const char give[] = "give tell show send pay teach deny hand save promise lend "
				   "offer ask owe bring provide grant award";
	struct kh_token *k = &d->token[second];
	if (k->rel != KH_OBJ || k->head == KH_NONE || k->head >= second || !kh_tree_nominal(k))
		return false;
	const struct kh_token *verb = &d->token[k->head];
	uint32_t first = kh_doc_child(d, k->head, KH_OBJ);
	if (verb->upos != KH_VERB || first <= k->head || first >= second ||
	    !kh_tree_nominal(&d->token[first]) || d->token[first + 1].upos == KH_PUNCT)
		return false;
	if (kh_str_among(verb->lemma, call))
		return k->rel = KH_XCOMP, true;
	if (kh_str_among(verb->lemma, give))
		return d->token[first].rel = KH_IOBJ, true;
	return false;
}

/* "were burnt by the mob": who did it makes a passive of what was taken for an adjective. */
static bool passive(struct kh_doc *d, uint32_t v)
{
	struct kh_token *k = &d->token[v];
	uint32_t be = kh_doc_child(d, v, KH_COP_REL), who = kh_doc_child(d, v, KH_NSUBJ);
	if (k->upos != KH_ADJ || be == KH_NONE || kh_doc_child(d, v, KH_OBL_AGENT) == KH_NONE)
		return false;
	k->upos = KH_VERB;
	k->feats |= KH_FEAT_PAST | KH_FEAT_PART;
	d->token[be].rel = KH_AUX_PASS;
	if (who != KH_NONE)
		d->token[who].rel = KH_NSUBJ_PASS;
	return true;
}

/* "India and Pakistan": what stands behind an "and" that hangs on the word before is joined. */
static bool joined(struct kh_doc *d, uint32_t t)
{
	struct kh_token *k = &d->token[t], *and = k - 1;
	if (and->rel != KH_CC || and->head == KH_NONE || and->head >= t - 1 ||
	    k->head != and->head || k->rel == KH_CONJ || !kh_tree_nominal(k) ||
	    !kh_tree_nominal(&d->token[k->head]))
		return false;
	k->rel = KH_CONJ;
	and->head = t;
	return true;
}

/* "Pakistan test-fired": a noun tied to its verb by a hyphen is no subject; what it had is. */
static bool hyphened(struct kh_doc *d, uint32_t v)
{
	struct kh_token *noun = &d->token[v - 2];
	uint32_t who = kh_doc_child(d, v - 2, KH_COMPOUND);
	if (d->token[v].upos != KH_VERB || noun->rel != KH_NSUBJ || noun->head != v ||
	    !kh_str_is(d->token[v - 1].form, "-") || who == KH_NONE)
		return false;
	noun->rel = KH_COMPOUND;
	kh_tree_hang(&d->token[who], v, KH_NSUBJ);
	return true;
}

/* "a fact-finding mission": what a hyphen ties to a word of a later noun is not of the verb. */
static bool tied(struct kh_doc *d, uint32_t t)
{
	struct kh_token *noun = &d->token[t - 2], *of = &d->token[t];
	if (!kh_str_is(d->token[t - 1].form, "-") || !kh_tree_nominal(noun) || noun->rel != KH_OBJ ||
	    of->head == KH_NONE || of->head < t || d->token[of->head].head != noun->head)
		return false;
	kh_tree_hang(noun, t, KH_COMPOUND);
	return true;
}

/* "Had the rebels attacked, …": the participle behind the noun is what is said of it. */
static bool inverted(struct kh_doc *d, const struct kh_sentence *s)
{
	uint32_t had = s->first_token;
	uint32_t who = kh_doc_child(d, had, KH_OBJ);
	uint32_t v = who == KH_NONE ? KH_NONE : kh_doc_child(d, who, KH_ACL);
	if (!kh_str_is(d->token[had].form, "Had") || d->token[had].rel != KH_ADVCL ||
	    v == KH_NONE || v < who || !(d->token[v].feats & KH_FEAT_PAST))
		return false;
	kh_tree_hang(&d->token[v], had, KH_XCOMP);
	return true;
}

/* "is due to meet": "due to" before a verb is no preposition. */
static bool due(struct kh_doc *d, struct kh_sentence *s, uint32_t v)
{
	struct kh_token *k = &d->token[v - 2], *to = k + 1, *verb = &d->token[v];
	if (!kh_str_is(k->lemma, "due") || k->head != v || to->rel != KH_FIXED ||
	    verb->upos != KH_VERB ||
	    (kh_doc_child(d, v, KH_COP_REL) == KH_NONE &&
	     kh_doc_child(d, v - 2, KH_COP_REL) == KH_NONE))
		return false;
	for (uint32_t t = s->first_token; t < s->first_token + s->n_tokens; t++)
		if (d->token[t].head == v && (t < v - 2 || d->token[t].upos == KH_PUNCT))
			d->token[t].head = v - 2;
	kh_tree_hang(k, verb->head, verb->rel);
	k->upos = KH_ADJ;
	kh_tree_hang(verb, v - 2, KH_XCOMP);
	for (uint32_t t = s->first_token; t < v - 2; t++)
		if (d->token[t].head == v - 2 && d->token[t].rel == KH_NSUBJ_OUTER)
			d->token[t].rel = KH_NSUBJ;
	kh_tree_hang(to, v, KH_MARK);
	s->root = s->root == v ? v - 2 : s->root;
	return true;
}

/* "said in a speech that rebels had killed soldiers": a "that" clause that lacks neither subject
 * nor object is no relative one, but what was said. */
static bool said(struct kh_doc *d, uint32_t v)
{
	struct kh_token *k = &d->token[v];
	if (k->rel != KH_ACL_RELCL || d->token[k->head].rel != KH_OBL || k->head > v)
		return false;
	uint32_t verb = d->token[k->head].head, that = kh_doc_child(d, v, KH_OBJ);
	if (that == KH_NONE || that > v || !kh_str_is(d->token[that].form, "that") ||
	    kh_doc_child(d, v, KH_NSUBJ) == KH_NONE ||
	    !kh_str_among(d->token[verb].lemma, "say add tell announce claim warn insist argue"))
		return false;
	for (uint32_t t = d->token[that].next; t != KH_NONE; t = d->token[t].next)
		if (d->token[t].rel == KH_OBJ) {
			kh_tree_hang(k, verb, KH_CCOMP);
			d->token[that].rel = KH_MARK;
			d->token[that].upos = KH_SCONJ;
			return true;
		}
	return false;
}

/* "an admission by Moscow that troops murdered officers": a clause with a conjunction is no
 * relative one of the name before it, but says what the noun above is of. */
static bool content(struct kh_doc *d, uint32_t v)
{
	struct kh_token *k = &d->token[v];
	uint32_t that = kh_doc_child(d, v, KH_MARK);
	if (k->rel != KH_ACL_RELCL || k->head > v || d->token[k->head].upos != KH_PROPN ||
	    that == KH_NONE || !kh_str_is(d->token[that].form, "that") ||
	    kh_doc_child(d, v, KH_NSUBJ) == KH_NONE)
		return false;
	const struct kh_token *name = &d->token[k->head];
	if (name->rel != KH_NMOD || d->token[name->head].upos != KH_NOUN)
		return false;
	kh_tree_hang(k, name->head, KH_ACL);
	return true;
}

/* "will withdraw unless he arranged a ceasefire": such a clause is no object. */
static bool condition(struct kh_doc *d, uint32_t v)
{
	struct kh_token *k = &d->token[v];
	uint32_t m = kh_doc_child(d, v, KH_MARK);
	if (k->rel != KH_CCOMP || m == KH_NONE || k->head > v ||
	    !kh_str_among(d->token[m].lemma, "unless because although while until"))
		return false;
	uint32_t first = kh_doc_child(d, k->head, KH_CCOMP);
	kh_tree_hang(k, first < v ? first : k->head, KH_ADVCL);
	return true;
}

/* "shot dead two drivers": what they came to be, not what they were. */
static bool shot_dead(struct kh_doc *d, uint32_t t)
{
	struct kh_token *k = &d->token[t];
	if (k->rel != KH_AMOD || !kh_str_is(k->form, "dead") || k->head < t ||
	    !kh_str_is(d->token[t - 1].lemma, "shoot"))
		return false;
	kh_tree_hang(k, t - 1, KH_XCOMP);
	return true;
}

/* "abducted at least 38 travellers": the "at" is that of the number. */
static bool at_least(struct kh_doc *d, uint32_t t)
{
	struct kh_token *k = &d->token[t];
	uint32_t n = kh_doc_child(d, t, KH_NUMMOD);
	if (k->rel != KH_OBL || k->head == KH_NONE || n == KH_NONE || n < 2 || k->head > n ||
	    k->upos != KH_NOUN || !kh_str_among(d->token[n - 1].lemma, "least most") ||
	    !kh_str_is(d->token[n - 2].form, "at") || n - 3 != k->head ||
	    d->token[n - 1].head == t || kh_doc_child(d, k->head, KH_OBJ) != KH_NONE ||
	    kh_doc_child(d, t, KH_CASE) != KH_NONE)
		return false;
	k->rel = KH_OBJ;
	return true;
}

/* "blocked highways and police had arrested 17": who stands before the auxiliary of a joined verb
 * without a subject is its subject, and joins no object. */
static bool before_auxiliary(struct kh_doc *d, uint32_t t)
{
	struct kh_token *k = &d->token[t];
	if (k->rel != KH_CONJ || !kh_tree_nominal(k) || t + 2 >= d->n_token ||
	    d->token[t + 1].upos != KH_AUX || d->token[t + 1].sentence != k->sentence)
		return false;
	uint32_t v = d->token[t + 1].head, noun = k->head;
	if (v == KH_NONE || v <= t || d->token[v].rel != KH_CONJ || d->token[v].upos != KH_VERB ||
	    d->token[v].head >= noun || d->token[noun].rel == KH_NSUBJ ||
	    kh_doc_child(d, v, KH_NSUBJ) != KH_NONE || kh_doc_child(d, v, KH_NSUBJ_PASS) != KH_NONE)
		return false;
	uint32_t cc = kh_doc_child(d, t, KH_CC);
	if (cc == KH_NONE)
		return false;
	kh_tree_hang(&d->token[cc], v, KH_CC);
	kh_tree_hang(k, v, kh_doc_child(d, v, KH_AUX_PASS) != KH_NONE ? KH_NSUBJ_PASS : KH_NSUBJ);
	return true;
}

/* "leader X Y and President Z": what is joined to the second word of a name is joined to the name, and
 * where it has a title of its own, to the title before that name. */
static bool to_name(struct kh_doc *d, uint32_t t)
{
	struct kh_token *k = &d->token[t];
	uint32_t h = k->head;
	if (k->rel != KH_CONJ || h == KH_NONE || h >= t || !kh_tree_nominal(k))
		return false;
	bool titled = kh_doc_child(d, t, KH_NMOD_DESC) != KH_NONE;
	if (d->token[h].rel == KH_FLAT && d->token[h].head != KH_NONE)
		return k->head = d->token[h].head, true;
	if (d->token[h].rel != KH_APPOS || !titled || d->token[h].head + 1 != h ||
	    d->token[h].upos != KH_PROPN || d->token[d->token[h].head].upos != KH_NOUN)
		return false;
	k->head = d->token[h].head;
	return true;
}

/* "Hamas's October 7, 2023 attack": whoever owns the day that stands before a noun owns the noun. */
static bool owns_day(struct kh_doc *d, const struct kh_sentence *s, uint32_t t)
{
	static const char month[] = "January February March April May June July August September "
				    "October November December Jan. Feb. Aug. Sept. Oct. Nov. Dec.";
	struct kh_token *k = &d->token[t];
	uint32_t end = kh_min32(t + 9, s->first_token + s->n_tokens), n = t + 1;
	if (k->rel != KH_NMOD_POSS || k->upos == KH_PRON || k->head <= t || k->head == KH_NONE)
		return false;
	while (n < end && d->token[n].rel == KH_CASE)
		n++;
	bool day = n < end && kh_str_among(d->token[n].form, month);
	for (n++; day && n < end; n++)
		if (d->token[n].upos != KH_NUM && d->token[n].upos != KH_PUNCT)
			break;
	if (!day || n >= end || d->token[n].upos != KH_NOUN || k->head >= n)
		return false;
	k->head = n;
	return true;
}

/* "from neighboring Lebanon": no clause, but what the country is. */
static bool neighbour(struct kh_doc *d, uint32_t t)
{
	struct kh_token *k = &d->token[t - 1], *noun = &d->token[t];
	uint32_t c = kh_doc_child(d, t - 1, KH_MARK);
	if (!kh_str_among(k->form, "neighboring neighbouring surrounding") || noun->head != t - 1 ||
	    noun->rel != KH_OBJ || c == KH_NONE || c + 2 != t || k->head == KH_NONE)
		return false;
	kh_tree_hang(noun, k->head, KH_OBL);
	kh_tree_hang(k, t, KH_AMOD);
	kh_tree_hang(&d->token[c], t, KH_CASE);
	d->token[c].upos = KH_ADP;
	return true;
}

/* "Gunmen from the coalition set fire": of two subjects the one with a preposition is of the other. */
static bool cased(struct kh_doc *d, uint32_t t)
{
	struct kh_token *k = &d->token[t];
	uint32_t c = k->rel == KH_NSUBJ ? kh_doc_child(d, t, KH_CASE) : KH_NONE;
	uint32_t who = c == KH_NONE ? KH_NONE : kh_doc_child(d, k->head, KH_NSUBJ);
	if (who == KH_NONE || who >= t || who >= c || k->head < t || d->token[c].upos != KH_ADP ||
	    !kh_tree_nominal(&d->token[who]))
		return false;
	kh_tree_hang(k, who, KH_NMOD);
	return true;
}

static bool words(struct kh_doc *d, struct kh_sentence *s)
{
	bool any = s->n_tokens > 2 && (shared(d, s) || modal(d, s) || inverted(d, s));
	for (uint32_t t = s->first_token + 2; !any && t < s->first_token + s->n_tokens; t++)
		any = tied(d, t) || two_objects(d, t) || passive(d, t) || joined(d, t) ||
		      hyphened(d, t) || due(d, s, t) || said(d, t) || content(d, t) ||
		      condition(d, t) || cased(d, t) || to_name(d, t) || neighbour(d, t) ||
		      owns_day(d, s, t - 2) ||
		      at_least(d, t) || shot_dead(d, t) ||
		      before_auxiliary(d, t);
	return any;
}

bool kh_tree_mend(struct kh_doc *d, struct kh_sentence *s)
{
	bool led = s->root != KH_NONE && kh_tree_clauses(d, s);
	if (words(d, s) || led)
		return true;
	if (s->root == KH_NONE || !kh_tree_stopped(d, s))
		return false;
	if (!kh_tree_nominal(&d->token[s->root]))
		return subject(d, s) || active(d, s);
	if (kh_doc_child(d, s->root, KH_COP_REL) != KH_NONE)
		return false;
	for (uint32_t t = s->first_token; t < s->root; t++)
		if (lost_verb(d, s, t)) {
			free_verb(d, s, t);
			for (uint32_t k = s->first_token + 2; k < t; k++)
				joined(d, k);
			return true;
		}
	return false;
}
