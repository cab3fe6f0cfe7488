/* The tense of the clause that a time expression stands in: it tells whether "Friday" is the last
 * or the next. In: trees. Out: past, to come, or unknown. */
#include "base/str.h"
#include "doc/ud.h"
#include "read/day_scan.h"

enum { STEPS = 8 };

static bool lemma_in(kh_str lemma, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (kh_str_ieq(lemma, kh_str_of(list[i])))
			return true;
	return false;
}

#define LEMMA(l, ...)                                                                              \
	lemma_in((l), (const char *const[]){__VA_ARGS__},                                          \
		 sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static bool be_to(const struct kh_doc *d, uint32_t v)
{
	if (!LEMMA(d->token[v].lemma, "be") || (d->token[v].feats & KH_FEAT_PAST))
		return false;
	uint32_t x = kh_doc_child(d, v, KH_XCOMP),
		 m = x == KH_NONE ? x : kh_doc_child(d, x, KH_MARK);
	return m != KH_NONE && kh_str_ieq(d->token[m].form, KH_S("to"));
}

/* -1 past, 1 or surely 3 to come, 0 neither, by the verb's own form and its auxiliaries; 2: ask its
 * head. */
static int verb_tense(const struct kh_doc *d, uint32_t v)
{
	const struct kh_token *t = &d->token[v];
	bool finite = (t->feats & (KH_FEAT_PART | KH_FEAT_GER | KH_FEAT_INF)) == 0;
	bool after = false, could = false, never = false, modal = false, to = false, be = false;
	bool have = false;
	bool past = (t->feats & KH_FEAT_PAST) && finite;
	for (uint32_t c = t->child; c != KH_NONE; c = d->token[c].next) {
		const struct kh_token *k = &d->token[c];
		enum kh_rel rel = kh_rel_base(k->rel);
		if (rel == KH_MARK && kh_str_ieq(k->form, KH_S("to")))
			to = true;
		after |= rel == KH_MARK && LEMMA(k->lemma, "after", "since");
		never |= LEMMA(k->lemma, "not", "n't", "never", "neither", "nor");
		could |= rel == KH_AUX_REL && kh_str_ieq(k->form, KH_S("could"));
		if (rel != KH_AUX_REL && rel != KH_COP_REL)
			continue;
		if (LEMMA(k->lemma, "will", "shall", "would", "may", "might", "can", "could",
			  "should", "must", "'ll", "wo"))
			modal = true;
		else if (LEMMA(k->lemma, "be"))
			be = true;
		have |= LEMMA(k->lemma, "have");
		if ((k->feats & KH_FEAT_PAST) || kh_str_ieq(k->lemma, KH_S("have")) ||
		    kh_str_ieq(k->lemma, KH_S("do")))
			past |= (k->feats & KH_FEAT_PAST) || kh_str_ieq(k->lemma, KH_S("have"));
	}
	if (be_to(d, v))
		return 3; /* "are to meet" */
	if (be && LEMMA(t->lemma, "due", "likely", "poised", "bound"))
		return past ? 0 : 3; /* "is due to meet" */
	if (LEMMA(t->lemma, "schedule", "plan", "slate") && !to)
		return 3; /* "planned a rally on Saturday", too */
	if (could && never)
		return -1; /* "could not be reached" */
	if (modal)
		return past ? -1 : 3;
	if (to && be && !have && t->upos == KH_VERB)
		return past ? 1 : 3; /* "is to be held", "were to meet" */
	if (to && !past)
		return 2;
	if (LEMMA(t->lemma, "expect") && (t->flags & KH_TOK_PASSIVE || be))
		return 3;
	if (past || (after && !finite))
		return -1; /* "after opening Friday" */
	if (t->upos != KH_VERB && t->upos != KH_AUX)
		return be ? 0 : 2;
	if (!finite && (t->feats & KH_FEAT_PAST) && !be)
		return -1; /* "those killed Friday" */
	if (!finite)
		return be ? 1 : 2;
	if ((t->feats & KH_FEAT_FIN) && !kh_str_ieq(t->form, t->lemma) && !kh_str_ends(t->form, "s"))
		return -1; /* "shot" taken for a form of now */
	if (LEMMA(t->form, "hit", "cut", "put", "set", "shut", "hurt", "split", "spread", "beat"))
		return 0; /* of now or of then */
	if ((t->feats & KH_FEAT_FIN) &&
	    !LEMMA(t->lemma, "say", "tell", "report", "announce", "show", "be", "have"))
		return 1; /* "the talks open Friday" */
	return 0;
}

static bool looks_ahead(const struct kh_doc *d, uint32_t t)
{
	return LEMMA(d->token[t].lemma, "schedule", "expect", "plan", "due", "set", "intend",
		     "hope", "want", "prepare", "promise", "agree", "vow", "threaten", "ask",
		     "urge", "decide", "need", "deadline", "be", "likely", "ready", "call",
		     "pledge", "propose", "slate", "demand", "wait", "aim");
}

/* What lasts until a day that is to come. */
static bool puts_off(const struct kh_doc *d, uint32_t t)
{
	return LEMMA(d->token[t].lemma, "postpone", "extend", "delay", "adjourn", "give", "defer",
		     "suspend", "hold", "remand", "put", "push", "recess");
}

/* Nouns whose infinitive is to come: "plans to meet", not "offers to buy". */
static bool noun_ahead(const struct kh_doc *d, uint32_t t)
{
	return d->token[t].upos == KH_NOUN &&
	       LEMMA(d->token[t].lemma, "plan", "decision", "deadline", "agreement", "intention",
		     "date", "pledge", "promise", "vote", "invitation", "proposal", "call", "order",
		     "deal", "time", "motion", "permission", "vow", "threat", "pact");
}

static bool had(const struct kh_doc *d, uint32_t t)
{
	for (uint32_t c = d->token[t].child; c != KH_NONE; c = d->token[c].next)
		if (kh_str_ieq(d->token[c].form, KH_S("had")))
			return true;
	return false;
}

/* "said Friday", "met on Monday": the verb stands right before. */
static bool told_before(const struct kh_doc *d, uint32_t t)
{
	uint32_t k = t;
	while (k > 0 && k + 2 > t && d->token[k - 1].sentence == d->token[t].sentence &&
	       LEMMA(d->token[k - 1].lemma, "on", "late", "early", "last"))
		k--;
	if (!k || d->token[k - 1].sentence != d->token[t].sentence)
		return false;
	const struct kh_token *v = &d->token[k - 1];
	return v->upos == KH_VERB && (v->feats & KH_FEAT_PAST) && (v->feats & KH_FEAT_FIN);
}

/* "The march on May Day drew thousands": what did something has been. */
static bool tells_past(const struct kh_doc *d, uint32_t t)
{
	uint32_t v = d->token[t].head;
	return d->token[t].upos == KH_NOUN && d->token[t].rel == KH_NSUBJ && v != KH_NONE &&
	       d->token[v].upos == KH_VERB && (d->token[v].feats & KH_FEAT_FIN) &&
	       (d->token[v].feats & KH_FEAT_PAST) && !looks_ahead(d, v);
}

/* "Tuesday's declaration" is the last one, "Friday's vote" may be the next. */
static bool possessive(const struct kh_doc *d, const struct kh_tword *word)
{
	uint32_t t = word->token;
	bool own =
		word->weekday && t + 2 < d->n_token && kh_str_ieq(d->token[t + 1].form, KH_S("'s"));
	return own &&
	       !(d->token[t].head != KH_NONE &&
		 LEMMA(d->token[d->token[t].head].lemma, "vote", "election", "deadline", "summit",
		       "referendum", "meeting", "talk", "game", "match", "hearing"));
}

/* "lasts until Monday" */
static bool now_lasts(const struct kh_doc *d, uint32_t v)
{
	return (d->token[v].feats & KH_FEAT_FIN) && !(d->token[v].feats & KH_FEAT_PAST) &&
	       verb_tense(d, v) >= 0;
}

/* "extended it until Friday", "has given them until 9 a.m. Tuesday" */
static bool until(const struct kh_doc *d, uint32_t t)
{
	uint32_t k = t, v = t;
	while (k > 0 && t - k < 4 && d->token[k - 1].sentence == d->token[t].sentence &&
	       !LEMMA(d->token[k].form, "until", "till"))
		k--;
	if (!LEMMA(d->token[k].form, "until", "till"))
		return false;
	if (k > 0 && d->token[k - 1].sentence == d->token[t].sentence && puts_off(d, k - 1))
		return true;
	for (unsigned steps = 0; steps < 5 && d->token[v].head != KH_NONE; steps++) {
		v = d->token[v].head;
		if (d->token[v].upos == KH_VERB)
			return puts_off(d, v) || now_lasts(d, v);
	}
	return false;
}

int kh_day_tense(const struct kh_doc *d, const struct kh_tword *word)
{
	uint32_t t = word->token;
	bool direct = true, infinitive = false, by = false;
	if (t == KH_NONE)
		return 0;
	if (told_before(d, t))
		return -1;
	if (until(d, t))
		return 1;
	bool own = possessive(d, word);
	for (uint32_t c = d->token[t].child; c != KH_NONE; c = d->token[c].next)
		if (d->token[c].rel == KH_CASE &&
		    LEMMA(d->token[c].lemma, "for", "until", "till") && word->weekday &&
		    d->token[t].head != KH_NONE &&
		    !LEMMA(d->token[d->token[t].head].lemma, "be", "have"))
			return LEMMA(d->token[c].lemma, "for") || puts_off(d, d->token[t].head) ||
					       (looks_ahead(d, d->token[t].head) &&
						!had(d, d->token[t].head))
				       ? 1
				       : 0;
	for (uint32_t c = d->token[t].child; c != KH_NONE; c = d->token[c].next)
		by |= d->token[c].rel == KH_CASE && LEMMA(d->token[c].lemma, "by");
	for (unsigned step = 0; step < STEPS && t != KH_NONE; step++, t = d->token[t].head) {
		const struct kh_token *k = &d->token[t];
		if (!step)
			continue;
		bool verbal = k->upos == KH_VERB || k->upos == KH_AUX ||
			      kh_doc_child(d, t, KH_COP_REL) != KH_NONE;
		if (infinitive && own)
			return -1;
		if (infinitive && k->upos == KH_NOUN && !looks_ahead(d, t) && !noun_ahead(d, t))
			infinitive = direct = false;
		if (infinitive)
			return looks_ahead(d, t) || noun_ahead(d, t) ? had(d, t) ? 0 : 3
			       : verbal				     ? verb_tense(d, t) % 2
								     : 0;
		if (!verbal && tells_past(d, t))
			return -1;
		if (!verbal) {
			direct = direct && k->rel != KH_ROOT &&
				 (k->upos == KH_NOUN ? false : direct);
			continue;
		}
		int tense = verb_tense(d, t);
		if (tense == 2 && kh_doc_child(d, t, KH_MARK) != KH_NONE) {
			infinitive = true;
			continue;
		}
		if (tense == 2)
			continue;
		if (own && tense == 1)
			return -1;
		return tense < 0 && (!direct || by) ? 0 : tense;
	}
	return 0;
}
