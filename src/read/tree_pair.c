/* See tree_pair.h. In: heads and relations as the net reads them, each for itself. Out: the same
 * without verbs that have two subjects before them: "Other efforts will be expanded, officials
 * said", where the first belongs to the clause between, and "Attorney General Ann Lee said", where
 * the first describes the second. Linear: each list of children is walked once. */
#include "read/tree_pair.h"

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
	uint32_t c = bare_clause(d, a, kh_min32(b, verb));
	if (c != KH_NONE) {
		bool passive = kh_doc_child(d, c, KH_AUX_PASS) != KH_NONE;
		d->token[a].head = c;
		d->token[a].rel = passive ? KH_NSUBJ_PASS : KH_NSUBJ;
	} else if (b < verb && one_phrase(d, a, b)) {
		d->token[a].head = b;
		d->token[a].rel = KH_NMOD_DESC;
	}
}

void kh_tree_pair(struct kh_doc *d, uint32_t first, uint32_t n)
{
	for (uint32_t t = first; t < first + n; t++) {
		uint32_t last = KH_NONE;
		for (uint32_t c = d->token[t].child; c != KH_NONE; c = d->token[c].next) {
			if (!subject(d->token[c].rel))
				continue;
			if (last != KH_NONE && last < t)
				mend_pair(d, last, c, t);
			last = c;
		}
	}
}
