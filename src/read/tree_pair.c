/* See tree_pair.h. In: heads and relations as the net reads them, each for itself. Out: the same
 * without verbs that have two subjects before them: "Other efforts will be expanded, officials
 * said", where the first belongs to the clause between, and "Attorney General Ann Lee said", where
 * the first describes the second; and without clauses that lack theirs though it stands before
 * them: "said the gunmen shot the mayor". Linear: each list of children is walked a few times. */
#include "read/tree_pair.h"

#include "base/str.h"

static bool subject(uint8_t rel)
{
	return rel == KH_NSUBJ || rel == KH_NSUBJ_PASS;
}

/* The clause told, between two tokens, that lacks a subject; KH_NONE. */
static uint32_t bare_clause(const struct kh_doc *d, uint32_t a, uint32_t b)
{
	for (uint32_t c = d->token[a].next; c != KH_NONE && c < b; c = d->token[c].next) {
		if (d->token[c].rel != KH_CCOMP)
			continue;
		for (uint32_t k = d->token[c].child; k != KH_NONE; k = d->token[k].next)
			if (kh_rel_base(d->token[k].rel) == KH_NSUBJ || d->token[k].rel == KH_EXPL)
				return KH_NONE;
		return c;
	}
	return KH_NONE;
}

/* Does one noun phrase hold both, without a mark or another word of the clause between? */
static bool one_phrase(const struct kh_doc *d, uint32_t a, uint32_t b)
{
	if (d->token[b].upos != KH_PROPN ||
	    (d->token[a].upos != KH_NOUN && d->token[a].upos != KH_PROPN))
		return false;
	for (uint32_t t = a + 1; t < b; t++)
		if ((d->token[t].upos != KH_PROPN && d->token[t].upos != KH_NOUN) ||
		    d->token[t].head > b || d->token[t].head < a)
			return false;
	return true;
}

/* Two subjects of one verb, the first of them before it. */
static void mend_pair(struct kh_doc *d, uint32_t a, uint32_t b, uint32_t verb)
{
	uint32_t c = a < verb ? bare_clause(d, a, kh_min32(b, verb)) : KH_NONE;
	if (c != KH_NONE) {
		bool passive = kh_doc_child(d, c, KH_AUX_PASS) != KH_NONE;
		d->token[a].head = c;
		d->token[a].rel = passive ? KH_NSUBJ_PASS : KH_NSUBJ;
	} else if ((b < verb) == (a < verb) && one_phrase(d, a, b)) {
		d->token[a].head = b;
		d->token[a].rel = KH_NMOD_DESC;
	}
}

static bool has_subject(const struct kh_doc *d, uint32_t t)
{
	for (uint32_t k = d->token[t].child; k != KH_NONE; k = d->token[k].next)
		if (kh_rel_base(d->token[k].rel) == KH_NSUBJ || d->token[k].rel == KH_EXPL)
			return true;
	return false;
}

/* Verbs that are said to nobody: what stands behind them as an object is none of a person. */
static bool states(kh_str lemma)
{
	static const char *const verbs[] = {"say",     "add",	 "claim", "report", "allege",
					    "believe", "insist", "think", "state",  "confirm"};
	for (size_t i = 0; i < KH_COUNT(verbs); i++)
		if (kh_str_is(lemma, verbs[i]))
			return true;
	return false;
}

/* "said the gunmen, who wore masks, shot the mayor": the object of saying is the subject of what is
 * said. */
static void give_object(struct kh_doc *d, uint32_t verb)
{
	uint32_t o = kh_doc_child(d, verb, KH_OBJ), c = KH_NONE;
	if (o == KH_NONE || o < verb || !states(d->token[verb].lemma))
		return;
	for (uint32_t k = d->token[o].next; k != KH_NONE && c == KH_NONE; k = d->token[k].next)
		if (d->token[k].rel == KH_CCOMP)
			c = k;
	if (c == KH_NONE || c < o || has_subject(d, c) || kh_doc_child(d, c, KH_MARK) != KH_NONE ||
	    (d->token[c].feats & KH_FEAT_GER))
		return;
	bool passive = kh_doc_child(d, c, KH_AUX_PASS) != KH_NONE;
	d->token[o].head = c;
	d->token[o].rel = passive ? KH_NSUBJ_PASS : KH_NSUBJ;
}

/* "shelled a village, and Chad accused Mali": what stands between "and" and a verb without a
 * subject is its subject, though it could be one more object. */
static void give_joined(struct kh_doc *d, uint32_t first, uint32_t v)
{
	uint32_t noun = v - 1, cc = KH_NONE;
	if (v < first + 3 || d->token[v].rel != KH_CONJ || d->token[v].upos != KH_VERB ||
	    !(d->token[v].feats & KH_FEAT_FIN) || d->token[noun].rel != KH_CONJ ||
	    d->token[noun].head > noun || has_subject(d, v) || kh_doc_child(d, v, KH_CC) != KH_NONE)
		return;
	uint8_t tag = d->token[noun].upos;
	cc = kh_doc_child(d, noun, KH_CC);
	if ((tag != KH_NOUN && tag != KH_PROPN && tag != KH_PRON) || cc == KH_NONE || cc == first ||
	    !kh_str_is(d->token[cc - 1].form, ","))
		return;
	d->token[noun].head = d->token[cc].head = v;
	d->token[noun].rel = KH_NSUBJ;
}

static bool mark_before(const struct kh_doc *d, uint32_t first, uint32_t t)
{
	while (t > first && d->token[t - 1].upos == KH_PUNCT &&
	       !kh_str_is(d->token[t - 1].form, ","))
		t--;
	return t > first && kh_str_is(d->token[t - 1].form, ",");
}

/* "Our troops," said the general, "withdrew": the noun before the comma goes with the clause behind
 * the speaker, the noun right behind the cue speaks. */
static void swap_speaker(struct kh_doc *d, uint32_t first, uint32_t verb)
{
	uint32_t a = kh_doc_child(d, verb, KH_NSUBJ), c = kh_doc_child(d, verb, KH_CCOMP);
	uint32_t b = c == KH_NONE ? KH_NONE : kh_doc_child(d, c, KH_NSUBJ);
	if (a == KH_NONE || b == KH_NONE || a > verb || c < verb || b < verb || b > c ||
	    !states(d->token[verb].lemma) || !mark_before(d, first, verb))
		return;
	kh_span who = kh_doc_subtree(d, b);
	if (who.begin > d->token[verb + 1].at.begin || d->token[b].upos == KH_PRON)
		return;
	uint32_t last = b;
	while (last + 1 < c && d->token[last + 1].at.end <= who.end)
		last++;
	if (!kh_str_is(d->token[last].form, ",") && !kh_str_is(d->token[last + 1].form, ","))
		return;
	d->token[b].head = verb;
	d->token[a].head = c;
	d->token[a].rel = kh_doc_child(d, c, KH_AUX_PASS) != KH_NONE ? KH_NSUBJ_PASS : KH_NSUBJ;
}

/* "he said, adding that…": what a comma and a participle begin is no clause told. */
static void beside(struct kh_doc *d, uint32_t first, uint32_t t)
{
	struct kh_token *k = &d->token[t];
	if (t > first && k->rel == KH_CCOMP && k->head < t && (k->feats & KH_FEAT_GER) &&
	    kh_str_is(d->token[t - 1].form, ",") && kh_doc_child(d, t, KH_AUX_REL) == KH_NONE &&
	    !has_subject(d, t))
		k->rel = KH_ADVCL;
}

void kh_tree_pair(struct kh_doc *d, uint32_t first, uint32_t n)
{
	for (uint32_t t = first; t < first + n; t++) {
		if (d->token[t].upos == KH_VERB) {
			beside(d, first, t);
			give_object(d, t);
			swap_speaker(d, first, t);
			give_joined(d, first, t);
		}
		uint32_t last = KH_NONE;
		for (uint32_t c = d->token[t].child; c != KH_NONE; c = d->token[c].next) {
			if (!subject(d->token[c].rel))
				continue;
			if (last != KH_NONE)
				mend_pair(d, last, c, t);
			last = c;
		}
	}
}
