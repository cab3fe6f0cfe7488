/* See tree_join.h. In: a sentence's heads, relations, lemmas and features as the net has them. Out:
 * the same, where what the words mean forbids a reading that their forms allow. */
#include "read/tree_join.h"

#include "base/str.h"

/* The verb that governs a bare one: directly, or as the noun's that it describes; KH_NONE. */
static uint32_t governor(const struct kh_doc *d, const struct kh_token *k)
{
	uint32_t h = k->head;
	if (k->rel == KH_XCOMP || k->rel == KH_ADVCL || k->rel == KH_CCOMP)
		return h;
	if (k->rel != KH_ACL || d->token[h].upos == KH_VERB)
		return KH_NONE;
	for (unsigned steps = 0; steps < 4 && h != KH_NONE && d->token[h].upos != KH_VERB; steps++)
		h = d->token[h].rel == KH_NSUBJ ? KH_NONE : d->token[h].head;
	return h;
}

static bool speaks(kh_str lemma)
{
	static const char *const verbs[] = {"say",  "tell", "add",    "accuse", "claim", "blame",
					    "deny", "warn", "insist", "vow",	"allege"};
	for (size_t i = 0; i < KH_COUNT(verbs); i++)
		if (kh_str_is(lemma, verbs[i]))
			return true;
	return false;
}

/* "denied that they had fired and said that": one who speaks goes on to speak. */
static bool join_speech(const struct kh_doc *d, struct kh_token *k)
{
	if (k->rel != KH_CONJ || k->upos != KH_VERB || !speaks(k->lemma))
		return false;
	const struct kh_token *first = &d->token[k->head];
	if (first->rel != KH_CCOMP || first->head > k->head || speaks(first->lemma) ||
	    !speaks(d->token[first->head].lemma))
		return false;
	for (uint32_t c = k->child; c != KH_NONE; c = d->token[c].next)
		if (kh_rel_base(d->token[c].rel) == KH_NSUBJ || d->token[c].rel == KH_AUX_REL)
			return false;
	k->head = first->head;
	return true;
}

/* "denied losing it and accused them": a finite verb is joined to the finite one, not to what that
 * one governs; a participle without an auxiliary is finite there. */
static void join_finite(const struct kh_doc *d, struct kh_token *k)
{
	if (join_speech(d, k))
		return;
	const uint32_t bare = KH_FEAT_GER | KH_FEAT_INF;
	bool participle = k > d->token && (k->feats & KH_FEAT_PART) && !(k->feats & KH_FEAT_GER) &&
			  (k - 1)->upos != KH_AUX && (k - 1)->upos != KH_ADV;
	if (k->rel != KH_CONJ || k->upos != KH_VERB || !((k->feats & KH_FEAT_FIN) || participle))
		return;
	for (unsigned steps = 0; steps < 4; steps++) {
		const struct kh_token *first = &d->token[k->head];
		uint32_t up = first->feats & bare ? governor(d, first) : KH_NONE;
		if (up == KH_NONE || up > k->head || d->token[up].upos != KH_VERB)
			return;
		k->head = up;
		if (participle)
			k->feats = (k->feats & ~(uint32_t)KH_FEAT_PART) | KH_FEAT_FIN;
	}
}

/* Verbs that take what somebody is said to have done: "accused them of shelling villages". */
static bool takes_deed(kh_str lemma)
{
	static const char *const verbs[] = {"accuse",	 "suspect",  "convict", "blame",
					    "charge",	 "acquit",   "condemn", "criticise",
					    "criticize", "denounce", "arrest",	"detain"};
	for (size_t i = 0; i < KH_COUNT(verbs); i++)
		if (kh_str_is(lemma, verbs[i]))
			return true;
	return false;
}

/* "accused each other of shelling villages": the deed is a clause under the verb, though the words
 * alone could be villages that shell. */
bool kh_tree_free_deed(struct kh_doc *d, uint32_t at)
{
	struct kh_token *k = &d->token[at], *of = k - 1, *noun = &d->token[k->head];
	if ((k->rel != KH_AMOD && k->rel != KH_COMPOUND) || k->head < at || k->child != KH_NONE ||
	    !kh_str_ends(k->form, "ing") || of->rel != KH_CASE || of->head != k->head ||
	    (!kh_str_ieq(of->form, KH_S("of")) && !kh_str_ieq(of->form, KH_S("for"))))
		return false;
	uint32_t up = noun->head;
	for (unsigned steps = 0; steps < 3 && up != KH_NONE && d->token[up].upos != KH_VERB;
	     steps++)
		up = d->token[up].head;
	if (up == KH_NONE || up > at || !takes_deed(d->token[up].lemma))
		return false;
	k->upos = KH_VERB;
	noun->rel = KH_OBJ;
	of->rel = KH_MARK;
	noun->head = of->head = at;
	k->head = up;
	k->rel = KH_ADVCL;
	return true;
}

void kh_tree_join(struct kh_doc *d, const struct kh_sentence *s)
{
	for (uint32_t t = s->first_token; t < s->first_token + s->n_tokens; t++)
		join_finite(d, &d->token[t]);
}
