/* How sure. In: trees. Out: doc->fact (-3000 did not happen .. 3000 did) and doc->certainty for
 * every token. From the root down: each clause takes what its governor says of it, changed by its
 * own negation, modal verbs, condition, question and tense. Nouns take what their clause has. */
#include "read/fact.h"

#include "base/str.h"
#include "model/words.h"

struct judging {
	struct kh_doc *d;
	struct kh_words verbs;
	bool question;
};

static bool is(const struct kh_token *t, const char *word)
{
	return kh_str_ieq(t->lemma, (kh_str){word, strlen(word)});
}

static bool negative(const struct kh_token *t)
{
	return (t->feats & KH_FEAT_NEG) || is(t, "n't") || is(t, "not") || is(t, "never") ||
	       is(t, "without") || is(t, "neither") || is(t, "nobody") || is(t, "none") ||
	       is(t, "hardly") || is(t, "barely");
}

struct view { /* what a clause's own words say of it */
	bool negated, may, would, must, will, conditional, marked_if;
};

static struct view look(const struct kh_doc *d, uint32_t t)
{
	struct view v = {0};
	for (uint32_t c = d->token[t].child; c != KH_NONE; c = d->token[c].next) {
		const struct kh_token *k = &d->token[c];
		bool aux = k->rel == KH_AUX_REL || k->rel == KH_COP_REL;
		v.negated |=
			(k->rel == KH_ADVMOD || k->rel == KH_DET_REL || k->rel == KH_CASE || aux) &&
			negative(k);
		if ((k->rel == KH_NSUBJ || k->rel == KH_NSUBJ_PASS || k->rel == KH_OBJ) &&
		    k->child != KH_NONE)
			for (uint32_t g = k->child; g != KH_NONE; g = d->token[g].next)
				v.negated |=
					d->token[g].rel == KH_DET_REL && is(&d->token[g], "no");
		v.negated |= (k->rel == KH_NSUBJ || k->rel == KH_NSUBJ_PASS) && negative(k);
		v.may |= aux && (is(k, "may") || is(k, "might") || is(k, "could") || is(k, "can"));
		v.may |= k->rel == KH_ADVMOD &&
			 (is(k, "perhaps") || is(k, "maybe") || is(k, "possibly") ||
			  is(k, "probably") || is(k, "allegedly") || is(k, "reportedly") ||
			  is(k, "potentially"));
		v.would |= aux && is(k, "would");
		v.must |= aux &&
			  (is(k, "must") || is(k, "should") || is(k, "shall") || is(k, "ought"));
		v.will |= aux && (is(k, "will") || is(k, "'ll") || is(k, "wo"));
		v.marked_if |=
			k->rel == KH_MARK && (is(k, "if") || is(k, "unless") || is(k, "whether"));
		v.conditional |= k->rel == KH_ADVCL && kh_doc_child(d, c, KH_MARK) != KH_NONE &&
				 (is(&d->token[kh_doc_child(d, c, KH_MARK)], "if") ||
				  is(&d->token[kh_doc_child(d, c, KH_MARK)], "unless"));
	}
	return v;
}

static void set(struct kh_doc *d, uint32_t t, int value, uint8_t certainty)
{
	d->fact[t] = (int16_t)value;
	d->certainty[t] = certainty;
}

/* What the governor leaves to the clause in its complement. */
static void from_governor(const struct judging *j, uint32_t t, int *value, uint8_t *certainty)
{
	struct kh_doc *d = j->d;
	const struct kh_token *k = &d->token[t];
	uint32_t h = k->head;
	kh_str kind;
	bool complement = k->rel == KH_XCOMP || k->rel == KH_CCOMP || k->rel == KH_ADVCL ||
			  k->rel == KH_ACL || k->rel == KH_OBJ || k->rel == KH_OBL ||
			  k->rel == KH_CSUBJ;
	*value = 3000;
	*certainty = KH_HAPPENED;
	if (h == KH_NONE)
		return;
	int up = d->fact[h];
	uint8_t upc = d->certainty[h];
	bool noun = k->upos == KH_NOUN || k->upos == KH_PROPN;
	if (!complement || (noun && k->rel == KH_OBL) ||
	    !kh_words_find(&j->verbs, d->token[h].lemma, &kind)) {
		bool part = k->rel != KH_CONJ && k->rel != KH_PARATAXIS && k->rel != KH_ADVCL &&
			    k->rel != KH_ACL_RELCL;
		if (part || k->rel == KH_CONJ) {
			*value = up;
			*certainty = upc;
		}
		if (k->rel == KH_ADVCL && (k->feats & KH_FEAT_INF)) { /* "in order to" */
			*value = up / 4;
			*certainty = KH_PLANNED;
		} else if (k->rel == KH_ACL && (k->feats & KH_FEAT_INF)) {
			*value = 600;
			*certainty = KH_PLANNED;
		}
		return;
	}
	if (noun && !kh_str_is(kind, "no") && !kh_str_is(kind, "ask") && !kh_str_is(kind, "plan"))
		kind = KH_S("yes");
	if (kh_str_is(kind, "no"))
		*value = up < 0 ? 2000 : -2300, *certainty = up < 0 ? KH_HAPPENED : KH_DENIED;
	else if (kh_str_is(kind, "plan"))
		*value = up < 0 ? -1500 : 1000, *certainty = up < 0 ? KH_DENIED : KH_PLANNED;
	else if (kh_str_is(kind, "ask"))
		*value = up < 0 ? -1000 : 300, *certainty = KH_POSSIBLE;
	else if (kh_str_is(kind, "may"))
		*value = 300, *certainty = KH_POSSIBLE;
	else if (kh_str_is(kind, "think"))
		*value = up < 0 ? -500 : 1700, *certainty = KH_HAPPENED;
	else if (kh_str_is(kind, "told"))
		*value = 2600, *certainty = KH_HAPPENED;
	else
		*value = up, *certainty = upc;
}

static void judge(const struct judging *j, uint32_t t)
{
	struct kh_doc *d = j->d;
	const struct kh_token *k = &d->token[t];
	int value;
	uint8_t certainty;
	from_governor(j, t, &value, &certainty);
	if (k->upos != KH_VERB && k->upos != KH_ADJ && k->upos != KH_NOUN && k->upos != KH_AUX &&
	    k->head != KH_NONE) {
		set(d, t, value, certainty);
		return;
	}
	struct view v = look(d, t);
	bool ongoing = (k->feats & KH_FEAT_GER) && kh_doc_child(d, t, KH_AUX_REL) != KH_NONE;
	if (v.may)
		value = value > 500 ? 500 : value, certainty = KH_POSSIBLE;
	if (v.must)
		value = 400, certainty = KH_POSSIBLE;
	if (v.would)
		value = value > 700 ? 700 : value,
		certainty = v.conditional ? KH_CONDITIONAL : KH_POSSIBLE;
	if (v.will)
		value = value > 1700 ? 1700 : value, certainty = KH_PLANNED;
	if (v.conditional && (v.will || v.would || v.may))
		value = 200, certainty = KH_CONDITIONAL;
	if (v.marked_if)
		value = 0, certainty = KH_CONDITIONAL;
	if (v.negated) {
		value = -value - (value > 1500 ? -300 : 600);
		certainty = KH_DENIED;
	}
	if (j->question && (k->head == KH_NONE || k->rel == KH_CONJ))
		value = value / 4, certainty = KH_POSSIBLE;
	if (ongoing && certainty == KH_HAPPENED)
		certainty = KH_ONGOING;
	if ((k->feats & KH_FEAT_INF) && k->head == KH_NONE &&
	    kh_doc_child(d, t, KH_NSUBJ) == KH_NONE && !v.will)
		value = 300, certainty = KH_POSSIBLE; /* an order, a wish */
	set(d, t, value < -3000 ? -3000 : value > 3000 ? 3000 : value, certainty);
}

void kh_fact_run(struct kh_work *w)
{
	struct kh_doc *d = w->doc;
	struct judging j = {.d = d, .verbs = kh_words_list(w->model, "fact-verbs")};
	d->fact = KH_TAKE(w->arena, d->n_token + 1, int16_t);
	d->certainty = KH_TAKE(w->arena, d->n_token + 1, uint8_t);
	for (uint32_t i = 0; i < d->n_sentence; i++) {
		const struct kh_sentence *s = &d->sentence[i];
		if (!s->n_tokens || s->root == KH_NONE)
			continue;
		kh_str text = kh_text(d, s->at);
		j.question = text.n && text.p[text.n - 1] == '?';
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
