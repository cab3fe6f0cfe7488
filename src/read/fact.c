/* How sure. In: trees, the list of what words make of the event in their complement. Out:
 * doc->fact (-3000 did not happen .. 3000 did) and doc->certainty for every token. From the root
 * down each clause takes the mood that its governor leaves it, changed by its own modal verbs,
 * condition, question, tense and negation; nouns take what their clause and adjectives say. The
 * value of a mood is a table, one column for reports, one for words between I and you. */
#include "read/fact.h"

#include "base/str.h"
#include "model/words.h"

enum mood {
	FACT,
	TOLD,
	THINK,
	SEEM,
	WILL,
	PLAN,
	AIM,
	ASK,
	TRY,
	MUST,
	MAY,
	CAN,
	WOULD,
	IF,
	WHETHER,
	THEN,
	IMPERATIVE,
	QUESTION,
	MOODS
};

static const struct {
	int16_t news, news_not, talk, talk_not;
	uint8_t certainty;
} table[MOODS] = {
	[FACT] = {3000, -2100, 2600, -1200, KH_HAPPENED},
	[TOLD] = {2800, -1800, 2400, -1500, KH_HAPPENED},
	[THINK] = {2200, -1200, 1800, -1500, KH_HAPPENED},
	[SEEM] = {2200, -1200, 1800, -1000, KH_HAPPENED},
	[WILL] = {2400, -1600, -1900, -2200, KH_PLANNED},
	[PLAN] = {2200, -1200, -1500, -1900, KH_PLANNED},
	[AIM] = {1800, -800, -1500, -1500, KH_PLANNED},
	[ASK] = {1300, -900, -1900, -1900, KH_POSSIBLE},
	[TRY] = {1600, -900, -800, -1500, KH_POSSIBLE},
	[MUST] = {1600, -900, -1900, -1900, KH_POSSIBLE},
	[MAY] = {1300, -600, -1500, -1900, KH_POSSIBLE},
	[CAN] = {1600, -1800, -800, -1900, KH_POSSIBLE},
	[WOULD] = {1500, -1200, -1500, -1900, KH_POSSIBLE},
	[IF] = {900, -700, -1500, -1500, KH_CONDITIONAL},
	[WHETHER] = {900, -700, -1500, -1500, KH_POSSIBLE},
	[THEN] = {1200, -900, -1900, -1900, KH_CONDITIONAL},
	[IMPERATIVE] = {-1900, -1900, -2200, -2200, KH_POSSIBLE},
	[QUESTION] = {800, -600, 200, -1000, KH_POSSIBLE},
};

struct view {
	uint8_t mood;
	bool negated;
};

struct judging {
	struct kh_doc *d;
	struct kh_words words;
	struct view *given; /* what the governor leaves, by token */
	struct view *own;   /* what the clause makes of it */
	bool question, talk;
};

static bool is(const struct kh_token *t, const char *word)
{
	return kh_str_ieq(t->lemma, kh_str_of(word)) || kh_str_ieq(t->form, kh_str_of(word));
}

static bool one_of(const struct kh_token *t, const char *const *list)
{
	for (; *list; list++)
		if (is(t, *list))
			return true;
	return false;
}

static bool negative(const struct kh_token *t)
{
	static const char *const words[] = {
		"not",	"n't", "n\xE2\x80\x99t", "never", "without", "neither", "nobody",
		"none", "nor", "cannot",	 NULL};
	return (t->feats & KH_FEAT_NEG) || one_of(t, words);
}

static bool only_next(const struct kh_doc *d, uint32_t t)
{
	return t + 1 < d->n_token && (is(&d->token[t + 1], "only") || is(&d->token[t + 1], "just"));
}

/* "no troops", "nobody": the noun says that nothing of the kind is there. */
static bool empty_noun(const struct kh_doc *d, uint32_t t)
{
	static const char *const nobody[] = {"nobody", "none", "nothing", "neither", NULL};
	if (one_of(&d->token[t], nobody) ||
	    (is(&d->token[t], "one") && t && is(&d->token[t - 1], "no")))
		return true;
	for (uint32_t c = d->token[t].child; c != KH_NONE; c = d->token[c].next)
		if ((d->token[c].rel == KH_DET_REL || d->token[c].rel == KH_CC_PRECONJ) &&
		    (is(&d->token[c], "no") || is(&d->token[c], "neither")))
			return true;
	return false;
}

static bool if_word(const struct kh_token *t)
{
	static const char *const words[] = {"if", "unless", "whether", "lest", NULL};
	return one_of(t, words);
}

static bool has_subject(const struct kh_doc *d, uint32_t t)
{
	for (uint32_t c = d->token[t].child; c != KH_NONE; c = d->token[c].next)
		if (kh_rel_base(d->token[c].rel) == KH_NSUBJ || d->token[c].rel == KH_EXPL ||
		    kh_rel_base(d->token[c].rel) == KH_CSUBJ)
			return true;
	return false;
}

static bool has_aux(const struct kh_doc *d, uint32_t t)
{
	return kh_doc_child(d, t, KH_AUX_REL) != KH_NONE ||
	       kh_doc_child(d, t, KH_AUX_PASS) != KH_NONE ||
	       kh_doc_child(d, t, KH_COP_REL) != KH_NONE;
}

static uint8_t mood_of_kind(kh_str kind)
{
	static const struct {
		const char *kind;
		uint8_t mood;
	} list[] = {{"plan", PLAN}, {"ask", ASK},     {"try", TRY},   {"must", MUST},
		    {"may", MAY},   {"think", THINK}, {"told", TOLD}, {"seem", SEEM}};
	for (size_t i = 0; i < KH_COUNT(list); i++)
		if (kh_str_is(kind, list[i].kind))
			return list[i].mood;
	return FACT;
}

/* "to X" with "to" as its mark. */
static bool infinitive(const struct kh_doc *d, uint32_t t)
{
	uint32_t mark = kh_doc_child(d, t, KH_MARK);
	return mark != KH_NONE && kh_str_ieq(d->token[mark].form, KH_S("to"));
}

/* "could not confirm that", "no evidence that": what follows may be or not. */
static bool unproven(const struct kh_token *t)
{
	static const char *const words[] = {"confirm", "verify",   "prove", "corroborate",
					    "evidence", "indication", "sign", "proof", NULL};
	return one_of(t, words);
}

/* "not clear who fired": that somebody did is clear, wherever the parser hangs the clause. */
static bool open_question(const struct kh_doc *d, uint32_t t)
{
	static const char *const words[] = {"clear", "unclear", "certain", "uncertain", "known",
					    "unknown", NULL};
	const struct kh_token *k = &d->token[t];
	return k->head != KH_NONE && k->head < t && one_of(&d->token[k->head], words) &&
	       !infinitive(d, t) && has_subject(d, t) &&
	       (kh_rel_base(k->rel) == KH_ADVCL || kh_rel_base(k->rel) == KH_CCOMP ||
		kh_rel_base(k->rel) == KH_CSUBJ);
}

/* A word of the list over its complement. */
static struct view from_word(const struct judging *j, uint32_t t, uint32_t head, kh_str kind)
{
	const struct kh_doc *d = j->d;
	struct view up = j->own[head], v = up;
	bool noun = d->token[t].upos == KH_NOUN || d->token[t].upos == KH_PROPN;
	bool finite = (d->token[t].rel == KH_CCOMP || d->token[t].rel == KH_ACL) &&
		      !infinitive(d, t) && !(d->token[t].feats & KH_FEAT_GER);
	if (kh_str_is(kind, "no") || (kh_str_is(kind, "nay") && !noun)) {
		v.negated = !up.negated;
		if (is(&d->token[head], "unlikely"))
			v.mood = MAY;
		return v;
	}
	if (up.negated && finite && unproven(&d->token[head]))
		return (struct view){MAY, false};
	if (kh_str_is(kind, "fact") || kh_str_is(kind, "nay") || kh_str_is(kind, "halt"))
		return (struct view){finite || noun ? FACT : up.mood, false};
	if (kh_str_is(kind, "yes"))
		return v;
	uint8_t mood = mood_of_kind(kind);
	bool weak = mood == TOLD || mood == THINK || mood == SEEM;
	if (noun && (mood == ASK || mood == MUST) && d->token[t].rel == KH_OBJ &&
	    !is(&d->token[head], "demand") && !is(&d->token[head], "seek") &&
	    !is(&d->token[head], "want") && !is(&d->token[head], "need"))
		return (struct view){up.mood, false};
	if (mood == ASK && finite && is(&d->token[head], "tell"))
		mood = TOLD, weak = true;
	if (mood == MUST && is(&d->token[head], "have") &&
	    (d->token[t].rel != KH_XCOMP || !infinitive(d, t)))
		return v;
	if (mood == FACT)
		return v;
	v.mood = weak && up.mood != FACT ? up.mood : mood;
	v.negated = up.negated && (mood != TOLD);
	return v;
}

static bool carries(uint8_t rel)
{
	return rel == KH_XCOMP || rel == KH_CCOMP || rel == KH_OBJ || rel == KH_CSUBJ ||
	       rel == KH_CSUBJ_PASS || rel == KH_ACL;
}

/* Prepositions that bind a noun to what a listed word asks for or fears. */
static bool binds(const struct kh_doc *d, uint32_t t)
{
	static const char *const words[] = {"of", "for", "from", "at", "on", NULL};
	uint32_t c = kh_doc_child(d, t, KH_CASE);
	if (c == KH_NONE)
		c = kh_doc_child(d, t, KH_MARK);
	return c != KH_NONE && one_of(&d->token[c], words);
}

/* A clause beside another: purpose, condition, time. */
static struct view adverbial(const struct judging *j, uint32_t t, struct view up)
{
	const struct kh_doc *d = j->d;
	uint32_t mark = kh_doc_child(d, t, KH_MARK);
	if (infinitive(d, t))
		return (struct view){up.mood == FACT ? AIM : up.mood, false};
	if (mark != KH_NONE && if_word(&d->token[mark]))
		return (struct view){IF, false};
	bool was = mark != KH_NONE && (d->token[t].feats & KH_FEAT_PAST) &&
		   (is(&d->token[mark], "after") || is(&d->token[mark], "because") ||
		    is(&d->token[mark], "since"));
	if (was && has_subject(d, t) && (up.mood == AIM || up.mood == PLAN))
		return (struct view){FACT, false}; /* "to disperse them after they threw stones" */
	if (has_subject(d, t))
		return (struct view){up.mood == FACT || up.mood == TOLD ? FACT : up.mood, false};
	return (struct view){up.mood, false};
}

/* A noun in a clause: it shares a mood, but a denial only where the noun is what is denied. */
static struct view of_noun(const struct judging *j, uint32_t t, struct view up)
{
	static const char *const loose[] = {"any", "no", "a", "an", NULL};
	const struct kh_doc *d = j->d;
	uint32_t det = kh_doc_child(d, t, KH_DET_REL);
	if (up.negated && !(det != KH_NONE && one_of(&d->token[det], loose)))
		up.negated = false;
	return up;
}

/* "no resumption of talks", "no date for talks": there are none, they may be or not. */
static bool of_nothing(const struct kh_doc *d, uint32_t t, struct view *v)
{
	uint32_t head = d->token[t].head, c = kh_doc_child(d, t, KH_CASE);
	uint32_t no = d->token[head].upos == KH_NOUN ? kh_doc_child(d, head, KH_DET_REL) : KH_NONE;
	if (kh_rel_base(d->token[t].rel) != KH_NMOD || c == KH_NONE || no == KH_NONE ||
	    !is(&d->token[no], "no") || kh_doc_child(d, t, KH_DET_REL) != KH_NONE)
		return false;
	if (is(&d->token[c], "for"))
		*v = (struct view){MAY, false};
	return is(&d->token[c], "for") || is(&d->token[c], "of");
}

/* "is going to leave": no going, a plan. */
static bool going_to(const struct kh_doc *d, uint32_t t)
{
	const struct kh_token *k = &d->token[t];
	return k->rel == KH_XCOMP && k->head != KH_NONE && is(&d->token[k->head], "going") &&
	       infinitive(d, t);
}

/* "did not fire but beat": what "but" begins is not denied with what stands before it. */
static bool contrasts(const struct kh_doc *d, uint32_t t)
{
	uint32_t cc = kh_doc_child(d, t, KH_CC);
	return cc != KH_NONE && (is(&d->token[cc], "but") || is(&d->token[cc], "yet"));
}

/* "were unable to take it and did not fire": a verb with an auxiliary goes with the verb that has
 * one, not with the bare one under it. */
static uint32_t beside(const struct kh_doc *d, uint32_t t, uint32_t head)
{
	uint32_t up = d->token[head].head;
	return d->token[head].rel == KH_XCOMP && infinitive(d, head) && up != KH_NONE &&
			       kh_doc_child(d, t, KH_AUX_REL) != KH_NONE && !infinitive(d, t)
		       ? up
		       : head;
}

/* "Had the rebels fired, …": a condition without "if". */
static bool inverted(const struct kh_doc *d, uint32_t t)
{
	const struct kh_token *k = &d->token[t];
	return k->rel == KH_ADVCL && kh_str_ieq(k->form, KH_S("had")) && (k->flags & KH_TOK_TITLE) &&
	       d->sentence[k->sentence].first_token == t && kh_doc_child(d, t, KH_XCOMP) != KH_NONE;
}

/* "acquitted the general of killing": the deed hangs on whom the verb is about. */
static uint32_t acquitted(const struct kh_doc *d, uint32_t t)
{
	uint32_t noun = d->token[t].head, mark = kh_doc_child(d, t, KH_MARK);
	if (d->token[t].rel != KH_ACL || mark == KH_NONE || !is(&d->token[mark], "of") ||
	    d->token[noun].rel != KH_OBJ)
		return KH_NONE;
	return d->token[noun].head;
}

/* "denied killing civilians holding a rally": the participle right behind the object tells of the
 * object, which was there, unless the verb is one of seeing or stopping it do so. */
static bool of_object(const struct kh_doc *d, uint32_t t)
{
	static const char *const whole[] = {"see",  "saw",  "hear", "watch", "notice", "catch", "keep",
					    "find", "want", "spot", "stop",  "prevent", "halt", "start",
					    "leave", "get", "have", "film",  "let",	 NULL};
	const struct kh_token *k = &d->token[t];
	bool beside = k->rel == KH_ADVCL || k->rel == KH_XCOMP;
	return beside && (k->feats & KH_FEAT_GER) && k->head != KH_NONE && k->head + 1 < t &&
	       d->token[t - 1].rel == KH_OBJ && d->token[t - 1].head == k->head &&
	       d->token[k->head].upos == KH_VERB && !one_of(&d->token[k->head], whole) &&
	       kh_doc_child(d, t, KH_MARK) == KH_NONE && !has_aux(d, t);
}

/* What the governor leaves to a word below it. */
static struct view given(const struct judging *j, uint32_t t)
{
	const struct kh_doc *d = j->d;
	const struct kh_token *k = &d->token[t];
	if (k->head == KH_NONE)
		return (struct view){FACT, false};
	struct view up = j->own[k->head];
	bool noun = k->upos == KH_NOUN || k->upos == KH_PROPN;
	kh_str kind;
	uint8_t base = (uint8_t)kh_rel_base(k->rel);
	if (k->rel == KH_CONJ) {
		if (has_subject(d, t) || (has_aux(d, t) && !noun))
			return j->given[beside(d, t, k->head)];
		if (contrasts(d, t))
			up.negated = false;
		return up;
	}
	bool below = carries(k->rel) || (noun && k->rel == KH_NSUBJ_PASS) ||
		     (base == KH_OBL && binds(d, t)) ||
		     (base == KH_NMOD && binds(d, t)) || (k->rel == KH_ADVCL && binds(d, t));
	if (k->rel == KH_ACL_RELCL || k->rel == KH_PARATAXIS)
		return (struct view){FACT, false};
	if (up.negated && of_object(d, t))
		return (struct view){FACT, false};
	if (going_to(d, t))
		return (struct view){WILL, up.negated};
	if (open_question(d, t) && (up.negated || is(&d->token[k->head], "unclear") ||
				    is(&d->token[k->head], "unknown")))
		return (struct view){FACT, false};
	if (inverted(d, k->head) && k->rel == KH_XCOMP)
		return (struct view){IF, false};
	uint32_t verb = acquitted(d, t);
	if (verb != KH_NONE && kh_words_find(&j->words, d->token[verb].lemma, &kind) &&
	    kh_str_is(kind, "nay"))
		return from_word(j, t, verb, kind);
	if (below && kh_words_find(&j->words, d->token[k->head].lemma, &kind))
		return from_word(j, t, k->head, kind);
	if (k->rel == KH_ADVCL)
		return adverbial(j, t, up);
	if (k->rel == KH_ACL && infinitive(d, t))
		return (struct view){AIM, false};
	if (k->rel == KH_CCOMP || k->rel == KH_CSUBJ)
		return (struct view){up.mood == IF ? FACT : up.mood, false};
	if (noun && of_nothing(d, t, &up))
		return up;
	return noun ? of_noun(j, t, up) : up;
}

struct signs { /* what a clause's own words say of it */
	bool negated, may, can, would, must, will, have, then, marked_if;
};

static void auxiliary(const struct kh_token *k, struct signs *s)
{
	s->may |= is(k, "may") || is(k, "might") || is(k, "could");
	s->can |= is(k, "can") || is(k, "ca");
	s->would |= is(k, "would") || is(k, "'d");
	s->must |= is(k, "must") || is(k, "should") || is(k, "ought");
	s->have |= kh_str_ieq(k->form, KH_S("have"));
	s->will |= is(k, "will") || is(k, "'ll") || is(k, "wo") || is(k, "shall") ||
		   is(k, "\xE2\x80\x99ll");
}

static struct signs look(const struct kh_doc *d, uint32_t t)
{
	static const char *const perhaps[] = {"perhaps",   "maybe",	  "possibly", "potentially",
					      "hopefully", "conceivably", NULL};
	struct signs s = {0};
	for (uint32_t c = d->token[t].child; c != KH_NONE; c = d->token[c].next) {
		const struct kh_token *k = &d->token[c];
		uint8_t base = (uint8_t)kh_rel_base(k->rel);
		bool aux = base == KH_AUX_REL || k->rel == KH_COP_REL;
		if (aux)
			auxiliary(k, &s);
		if (aux || base == KH_ADVMOD || base == KH_CASE || k->rel == KH_MARK ||
		    k->rel == KH_CC_PRECONJ)
			s.negated ^= negative(k) && !only_next(d, c);
		else if (base == KH_DET_REL)
			s.negated |= is(k, "no") && d->token[t].upos == KH_NOUN;
		else if (base == KH_NSUBJ || base == KH_OBJ)
			s.negated |= empty_noun(d, c);
		s.may |= base == KH_ADVMOD && one_of(k, perhaps);
		s.negated |= base == KH_ADVMOD && d->token[t].upos == KH_VERB && c + 1 == t &&
			     (is(k, "almost") || is(k, "nearly"));
		s.will |= k->rel == KH_COP_REL && is(k, "be") && d->token[t].upos == KH_VERB &&
			  infinitive(d, t); /* "were to withdraw" */
		uint32_t mark = kh_doc_child(d, c, KH_MARK);
		s.marked_if |= k->rel == KH_MARK && if_word(k);
		s.then |= (k->rel == KH_ADVCL || (k->rel == KH_CCOMP && c > t)) &&
			  mark != KH_NONE &&
			  (is(&d->token[mark], "if") || is(&d->token[mark], "unless"));
	}
	return s;
}

/* "would" told of the past is what "will" was when it was said. */
static bool future_in_past(const struct judging *j, uint32_t t)
{
	const struct kh_token *k = &j->d->token[t];
	return k->rel == KH_CCOMP && k->head != KH_NONE &&
	       (j->d->token[k->head].feats & KH_FEAT_PAST) && !j->talk;
}

/* "did not say if the army fired": a question that is told, no condition. */
static bool told_whether(const struct judging *j, uint32_t t)
{
	const struct kh_token *k = &j->d->token[t];
	return ((k->rel == KH_CCOMP || k->rel == KH_CSUBJ) && k->head != KH_NONE && k->head < t) ||
	       open_question(j->d, t);
}

static uint8_t modal(const struct judging *j, uint32_t t, const struct signs *s, uint8_t mood)
{
	bool any = s->may || s->would || s->must || s->will || s->can;
	if (s->marked_if)
		return told_whether(j, t) ? WHETHER : IF;
	if (s->then && any)
		return THEN;
	if (s->will)
		return WILL;
	if (s->would)
		return future_in_past(j, t) && !s->have ? WILL : WOULD;
	if (s->may)
		return MAY;
	if (s->must)
		return MUST;
	return s->can ? CAN : mood;
}

/* Is a verb the first word of its sentence, "please" and adverbs apart? */
static bool leads(const struct kh_doc *d, uint32_t t)
{
	uint32_t first = d->sentence[d->token[t].sentence].first_token;
	while (t > first && (d->token[t - 1].upos == KH_ADV || d->token[t - 1].upos == KH_INTJ ||
			     d->token[t - 1].upos == KH_PART || is(&d->token[t - 1], "please") ||
			     is(&d->token[t - 1], "do")))
		t--;
	return t == first || d->token[t - 1].upos == KH_PUNCT;
}

/* "Leave the town!", "let's go": a bare verb at the top without a subject. */
static bool order(const struct kh_doc *d, uint32_t t)
{
	const struct kh_token *k = &d->token[t];
	bool top = k->head == KH_NONE || k->rel == KH_PARATAXIS;
	return k->upos == KH_VERB && top && !has_subject(d, t) && !has_aux(d, t) &&
	       (k->feats & (KH_FEAT_INF | KH_FEAT_IMP)) && !(k->feats & KH_FEAT_PAST) &&
	       !infinitive(d, t) && leads(d, t);
}

/* What adjectives say of a noun: "planned talks", "a possible attack", "the alleged plot". */
static void adjectives(const struct judging *j, uint32_t t, struct view *v)
{
	static const char *const undone[] = {"foil", "thwart", "avert", "abort", "cancel", NULL};
	const struct kh_doc *d = j->d;
	kh_str kind;
	for (uint32_t c = d->token[t].child; c != KH_NONE; c = d->token[c].next) {
		if (d->token[c].rel != KH_AMOD ||
		    !kh_words_find(&j->words, d->token[c].lemma, &kind))
			continue;
		if (kh_str_is(kind, "plan") || kh_str_is(kind, "may") || kh_str_is(kind, "told"))
			v->mood = mood_of_kind(kind);
		v->negated |= one_of(&d->token[c], undone);
	}
}

static void judge(struct judging *j, uint32_t t)
{
	struct kh_doc *d = j->d;
	const struct kh_token *k = &d->token[t];
	struct view v = j->given[t] = given(j, t);
	bool word = k->upos == KH_VERB || k->upos == KH_ADJ || k->upos == KH_NOUN ||
		    k->upos == KH_AUX || k->upos == KH_PROPN || k->head == KH_NONE;
	if (word) {
		struct signs s = look(d, t);
		v.mood = modal(j, t, &s, v.mood);
		v.negated = k->upos == KH_NOUN ? v.negated || s.negated : v.negated != s.negated;
		if (order(d, t))
			v.mood = IMPERATIVE;
		if (k->upos == KH_NOUN)
			adjectives(j, t, &v);
		if (j->question && v.mood == FACT && (k->head == KH_NONE || k->rel == KH_CONJ))
			v.mood = QUESTION;
	}
	j->own[t] = v;
	d->fact[t] = j->talk ? (v.negated ? table[v.mood].talk_not : table[v.mood].talk)
			     : (v.negated ? table[v.mood].news_not : table[v.mood].news);
	bool ongoing = (k->feats & KH_FEAT_GER) && kh_doc_child(d, t, KH_AUX_REL) != KH_NONE;
	d->certainty[t] = v.negated ? KH_DENIED : table[v.mood].certainty;
	if (ongoing && d->certainty[t] == KH_HAPPENED)
		d->certainty[t] = KH_ONGOING;
}

static bool person(const struct kh_token *k)
{
	static const char *const words[] = {"I",   "you",  "me", "we",	 "my",	   "your", "us",
					    "our", "mine", "im", "lets", "please", NULL};
	return (k->upos == KH_PRON || k->upos == KH_INTJ || k->upos == KH_VERB) && one_of(k, words);
}

/* Words between I and you, outside of quotations: plans and wishes there are no news. */
static bool talk(const struct kh_doc *d, const struct kh_sentence *s)
{
	bool quoted = false;
	for (uint32_t t = s->first_token; t < s->first_token + s->n_tokens; t++) {
		const struct kh_token *k = &d->token[t];
		quoted ^= k->upos == KH_PUNCT &&
			  (is(k, "\"") || is(k, "\xE2\x80\x9C") || is(k, "\xE2\x80\x9D") ||
			   is(k, "``") || is(k, "''"));
		if (!quoted && person(k))
			return true;
	}
	return false;
}

void kh_fact_run(struct kh_work *w)
{
	struct kh_doc *d = w->doc;
	struct judging j = {.d = d,
			    .words = kh_words_list(w->model, "fact-verbs"),
			    .given = KH_TAKE(w->arena, d->n_token + 1, struct view),
			    .own = KH_TAKE(w->arena, d->n_token + 1, struct view)};
	d->fact = KH_TAKE(w->arena, d->n_token + 1, int16_t);
	d->certainty = KH_TAKE(w->arena, d->n_token + 1, uint8_t);
	for (uint32_t i = 0; i < d->n_sentence; i++) {
		const struct kh_sentence *s = &d->sentence[i];
		if (!s->n_tokens || s->root == KH_NONE)
			continue;
		kh_str text = kh_text(d, s->at);
		j.question = text.n && text.p[text.n - 1] == '?';
		j.talk = talk(d, s);
		for (uint32_t t = s->root;
		     t != KH_NONE;) { /* from the root down, by the children's lists */
			judge(&j, t);
			if (d->token[t].child != KH_NONE) {
				t = d->token[t].child;
				continue;
			}
			while (t != s->root && d->token[t].next == KH_NONE)
				t = d->token[t].head;
			t = t == s->root ? KH_NONE : d->token[t].next;
		}
	}
}
