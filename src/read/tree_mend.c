/* See tree_mend.h. In: the heads and relations of a sentence that ends in a full stop. Out: the
 * same, where a clause was read as one long noun phrase ("The premier promised reform" hung as a
 * "premier promised reform") with its verb as the root; verbs whose subject was taken for that of a
 * passive without any auxiliary made active; those counted before a participle made its subject;
 * verbs between a modal and their object that were taken for adjectives. */
#include "read/tree_mend.h"

#include "base/str.h"

static bool nominal(const struct kh_token *t)
{
	return t->upos == KH_NOUN || t->upos == KH_PROPN || t->upos == KH_PRON;
}

static bool stopped(const struct kh_doc *d, const struct kh_sentence *s)
{
	uint32_t end = s->first_token + s->n_tokens;
	for (uint32_t t = end; t-- > s->first_token && end - t < 3;)
		if (kh_str_is(d->token[t].form, "."))
			return true;
	return false;
}

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
	if (!nominal(who) && !the)
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
	if (d->token[root].upos != KH_VERB || root == s->first_token || !nominal(&d->token[c]) ||
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
	    ((d->token[root].feats & KH_FEAT_PART) &&
	     kh_doc_child(d, c, KH_DET_REL) == KH_NONE))
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
	       kh_doc_child(d, v, KH_AUX_PASS) == KH_NONE &&
	       kh_doc_child(d, v, KH_OBJ) == KH_NONE;
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
	       nominal(&d->token[k->head]) && aux->upos == KH_AUX && aux->head == k->head &&
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

bool kh_tree_mend(struct kh_doc *d, struct kh_sentence *s)
{
	if (shared(d, s) || modal(d, s))
		return true;
	if (s->root == KH_NONE || !stopped(d, s))
		return false;
	if (!nominal(&d->token[s->root]))
		return subject(d, s) || active(d, s);
	if (kh_doc_child(d, s->root, KH_COP_REL) != KH_NONE)
		return false;
	for (uint32_t t = s->first_token; t < s->root; t++)
		if (lost_verb(d, s, t)) {
			free_verb(d, s, t);
			return true;
		}
	return false;
}
