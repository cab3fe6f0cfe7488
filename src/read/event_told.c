/* Roles and certainty as the telling has it. In: the finds of a sentence with their roles, the voices.
 * Out: whoever only tells of a deed is no party to it ("Two soldiers died in fighting, the army
 * said"); how a source wants to be named is no event ("asked not to be named"); a promise under
 * "if" was not made yet. */
#include "read/event_find.h"

#include "base/str.h"

enum { CLIMB = 24 };

/* "denied shelling the town", "vowed to strike": the clause told lends its subject from the cue. */
static bool shares_subject(const struct kh_doc *d, uint32_t t, uint32_t cue)
{
	for (unsigned steps = 0; t != KH_NONE && steps < CLIMB; steps++, t = d->token[t].head) {
		if (d->token[t].head != cue)
			continue;
		bool own = kh_doc_child(d, t, KH_NSUBJ) != KH_NONE ||
			   kh_doc_child(d, t, KH_NSUBJ_PASS) != KH_NONE;
		bool bare = (d->token[t].feats & (KH_FEAT_GER | KH_FEAT_INF)) != 0;
		return !own && (d->token[t].rel == KH_XCOMP || bare);
	}
	return false;
}

static bool in_content(const struct kh_doc *d, const struct kh_voice *v, kh_span at)
{
	for (uint32_t c = v->first_content; c < v->first_content + v->n_content; c++)
		if (kh_span_holds(d->content[c], at))
			return true;
	return false;
}

static uint32_t without(const struct kh_doc *d, const struct kh_voice *v, uint32_t *role, uint32_t n)
{
	uint32_t k = 0;
	for (uint32_t i = 0; i < n; i++) {
		const struct kh_token *t = &d->token[d->mention[role[i]].head];
		bool told = t->head == v->cue_token && (t->rel == KH_OBJ || t->rel == KH_IOBJ);
		if ((!told && !kh_span_holds(v->source, t->at)) || in_content(d, v, t->at))
			role[k++] = role[i];
	}
	return k;
}

/* Assaults are not their teller's unless the sentence says so; who is told is not who is helped. */
static void no_tellers(struct kh_finding *x, struct kh_find *f)
{
	const struct kh_doc *d = x->w->doc;
	kh_span s = d->sentence[d->token[f->token].sentence].at;
	for (uint32_t i = kh_doc_voices(d, s); i < d->n_voice && d->voice[i].cue.begin < s.end; i++) {
		const struct kh_voice *v = &d->voice[i];
		if (v->phrase || v->stand || v->cue_token == KH_NONE || v->cue_token == f->token ||
		    !in_content(d, v, d->token[f->token].at) ||
		    shares_subject(d, f->token, v->cue_token))
			continue;
		if (f->event == KH_ASSAULT)
			f->n_actors = without(d, v, f->actor, f->n_actors);
		f->n_recipients = without(d, v, f->recipient, f->n_recipients);
	}
}

/* "leaving one soldier dead": what came of it, nobody has left. */
static bool leaves_hurt(const struct kh_doc *d, uint32_t t)
{
	kh_span all = kh_doc_subtree(d, t);
	if (!kh_str_is(d->token[t].lemma, "leave"))
		return false;
	for (uint32_t k = t + 1; k < d->n_token && k < t + CLIMB; k++) {
		if (d->token[k].at.begin >= all.end || (d->token[k].flags & KH_TOK_PUNCT))
			return false;
		if (kh_str_among(d->token[k].form, "dead injured wounded homeless hurt stranded"))
			return true;
	}
	return false;
}

/* "declined to be named", "asked not to be identified", "asked about the strike". */
static bool formula(const struct kh_doc *d, uint32_t t)
{
	if (!kh_str_among(d->token[t].lemma, "ask decline request refuse agree speak wish"))
		return false;
	for (uint32_t c = d->token[t].child; c != KH_NONE; c = d->token[c].next) {
		uint32_t k = kh_doc_child(d, c, KH_CASE);
		bool clause = d->token[c].rel == KH_XCOMP || d->token[c].rel == KH_CCOMP;
		if (clause && kh_str_among(d->token[c].lemma, "name identify") &&
		    (d->token[c].flags & KH_TOK_PASSIVE))
			return true;
		if (kh_str_among(d->token[c].lemma, "anonymity"))
			return true;
		if (k != KH_NONE && kh_str_is(d->token[t].lemma, "ask") &&
		    kh_str_is(d->token[k].lemma, "about"))
			return true;
	}
	return false;
}

/* "blamed the attack on the rebels": nobody does it to himself, unless both sides do. */
static void not_both(struct kh_find *f)
{
	uint32_t k = 0;
	for (uint32_t i = 0; i < f->n_recipients; i++) {
		bool acts = false;
		for (uint32_t a = 0; a < f->n_actors; a++)
			acts |= f->actor[a] == f->recipient[i];
		if (!acts)
			f->recipient[k++] = f->recipient[i];
	}
	f->n_recipients = k;
}

/* "if Israel agreed to withdraw": the condition itself, not what would follow. */
static bool under_if(const struct kh_doc *d, uint32_t t)
{
	for (unsigned steps = 0; t != KH_NONE && steps < CLIMB; steps++, t = d->token[t].head) {
		uint32_t mark = kh_doc_child(d, t, KH_MARK);
		uint8_t rel = d->token[t].rel;
		if (rel == KH_ADVCL && mark != KH_NONE &&
		    kh_str_among(d->token[mark].form, "if unless If Unless"))
			return true;
		if (rel != KH_XCOMP && rel != KH_CONJ)
			return false;
	}
	return false;
}

/* "anyone who attacked police would be shot": whoever does it, if anybody. */
static bool of_anyone(const struct kh_doc *d, uint32_t t)
{
	for (unsigned steps = 0; steps < CLIMB && d->token[t].rel == KH_CONJ; steps++)
		t = d->token[t].head;
	uint32_t h = d->token[t].head;
	return d->token[t].rel == KH_ACL_RELCL && h != KH_NONE &&
	       kh_str_among(d->token[h].lemma, "anyone anybody whoever whatever everyone nobody");
}

void kh_told_run(struct kh_finding *x)
{
	const struct kh_doc *d = x->w->doc;
	for (uint32_t i = 0; i < x->n; i++) {
		struct kh_find *f = &x->find[i];
		if (!kh_find_alive(f))
			continue;
		f->dropped = formula(d, f->token) || leaves_hurt(d, f->token);
		if (f->event == KH_ASSAULT || f->event == KH_AID || f->event == KH_RETREAT)
			no_tellers(x, f);
		not_both(f);
		if (of_anyone(d, f->token) ||
		    (f->certainty == KH_HAPPENED && under_if(d, f->token)))
			f->certainty = KH_CONDITIONAL;
	}
}
