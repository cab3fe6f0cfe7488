/* See report_answer.h. In: the voices that deny or claim in a sentence, the reports of it and of the sentence
 * before. Out: events once more, with the words of the answer as their trigger. */
#include "read/report_answer.h"

#include "base/str.h"
#include "read/event_args.h"

/* The same one, or "the rebels" again. */
static bool same(const struct kh_doc *d, uint32_t a, uint32_t b)
{
	const struct kh_mention *x = &d->mention[a], *y = &d->mention[b];
	if (x->how == KH_AHOW_ROLE && y->how == KH_AHOW_ROLE &&
	    kh_str_eq(d->token[x->head].lemma, d->token[y->head].lemma))
		return true;
	return a == b || x->same == b || y->same == a || (x->same != KH_NONE && x->same == y->same) ||
	       (x->entity != KH_NONE && x->entity == y->entity);
}

static bool acts(const struct kh_doc *d, const struct kh_event *e, uint32_t who)
{
	for (uint32_t i = 0; i < e->n_actors; i++)
		if (same(d, d->role[e->first_actor + i], who))
			return true;
	return false;
}

/* "the accusation that …", "responsibility for …" say themselves what they stand for. */
static bool has_own(const struct kh_doc *d, uint32_t noun, uint32_t verb)
{
	for (uint32_t c = d->token[noun].child; c != KH_NONE; c = d->token[c].next) {
		uint8_t rel = d->token[c].rel;
		bool clause = rel == KH_ACL || rel == KH_CCOMP;
		bool phrase = rel == KH_NMOD && !kh_str_among(kh_args_case(d, c), "by from");
		if (c > noun && c != verb && (clause || phrase))
			return true;
	}
	return false;
}

static bool is_deed(kh_str noun)
{
	return kh_str_among(noun, "responsibility involvement role part guilt blame");
}

static bool is_claim(kh_str noun)
{
	return kh_str_among(noun, "claim accusation allegation charge report assertion account version "
				  "it this that them these");
}

/* The noun or pronoun that stands for what is denied: "a claim X denied", an object, "was denied". */
static uint32_t denied(const struct kh_doc *d, uint32_t verb)
{
	const struct kh_token *v = &d->token[verb];
	if (v->head != KH_NONE && (v->rel == KH_ACL_RELCL || v->rel == KH_ACL) &&
	    is_claim(d->token[v->head].lemma))
		return v->head;
	uint32_t t = kh_doc_child(d, verb, KH_OBJ);
	return t == KH_NONE ? kh_doc_child(d, verb, KH_NSUBJ_PASS) : t;
}

/* Somebody else told of it. */
static bool told(const struct kh_doc *d, const struct kh_report *r, uint32_t who)
{
	if (!r->n_voices || r->certainty == KH_DENIED)
		return false;
	uint32_t speaker = d->voice[d->report_voice[r->first_voice + r->n_voices - 1]].speaker;
	return speaker != KH_NONE && !same(d, speaker, who);
}

/* An attack by nobody, or by "attackers" whom somebody may yet speak for. */
static bool unclaimed(const struct kh_doc *d, const struct kh_event *e)
{
	for (uint32_t i = 0; i < e->n_actors; i++)
		if (d->mention[d->role[e->first_actor + i]].how != KH_AHOW_ROLE)
			return false;
	return e->event == KH_ASSAULT;
}

/* "rejected the accusation": of what was told as one or is a crime, not of all that its teller said. */
static bool alleged(const struct kh_doc *d, const struct kh_report *r)
{
	const struct kh_event *e = &d->event[r->event];
	if (e->within != KH_NONE && d->event[e->within].event == KH_ACCUSE)
		return true;
	uint8_t stance = d->voice[d->report_voice[r->first_voice + r->n_voices - 1]].stance;
	bool done = r->certainty == KH_HAPPENED || r->certainty == KH_ONGOING;
	return stance == KH_ACCUSES || stance == KH_CLAIMS ||
	       (done && (e->event == KH_ASSAULT || e->event == KH_COERCE));
}

static bool fits(const struct kh_doc *d, const struct kh_report *r, const struct kh_voice *v,
		 kh_str noun)
{
	const struct kh_event *e = &d->event[r->event];
	uint32_t who = v->speaker;
	if (e->answers != KH_NONE || r->certainty == KH_DENIED)
		return false;
	if (v->stance == KH_CLAIMS)
		return unclaimed(d, e);
	if (is_claim(noun))
		return e->event != KH_ACCUSE && told(d, r, who) &&
		       (!kh_str_among(noun, "accusation allegation charge") || alleged(d, r));
	bool violent = e->event == KH_ASSAULT || e->event == KH_COERCE;
	return violent && (acts(d, e, who) || !e->n_actors);
}

static uint32_t push(struct kh_work *w, uint32_t of, const struct kh_voice *v, uint32_t sentence)
{
	struct kh_doc *d = w->doc;
	struct kh_event e = d->event[of];
	e.sentence = sentence;
	e.trigger = v->cue_token;
	e.at = v->cue;
	e.within = KH_NONE;
	e.certainty = v->stance == KH_DENIES ? KH_DENIED : KH_HAPPENED;
	e.answers = of;
	if (!e.n_actors || v->stance == KH_CLAIMS) { /* the deed was nobody's so far */
		e.first_actor = d->n_role;
		e.n_actors = 1;
		*KH_PUSH(w->arena, d->role, d->n_role, d->cap_role) = v->speaker;
	}
	*KH_PUSH(w->arena, d->event, d->n_event, d->cap_event) = e;
	return d->n_event - 1;
}

/* The nearest reports before the denial that it can mean, all of one sentence. */
static uint32_t deny(struct kh_work *w, const struct kh_voice *v, uint32_t of, uint32_t sentence,
		     uint32_t *out, uint32_t n)
{
	struct kh_doc *d = w->doc;
	uint32_t at = KH_NONE, first = n;
	kh_str noun = d->token[of].lemma;
	/* "he said they had left, a claim the army denies": of this sentence alone */
	bool here = is_claim(noun) && of > 1 && kh_str_among(d->token[of - 1].form, "a an") &&
		    d->token[of - 2].sentence == sentence;
	for (uint32_t i = d->n_report; i-- > 0 && n < KH_ANSWERS;) {
		const struct kh_report *r = &d->report[i];
		if (r->sentence + !here < sentence || (at != KH_NONE && r->sentence != at) ||
		    r->story != d->sentence[sentence].story)
			break;
		if (d->event[r->event].trigger > v->cue_token || !fits(d, r, v, noun))
			continue;
		out[n++] = r->event;
		at = r->sentence;
		if (is_deed(noun))
			break;
	}
	for (uint32_t a = first, b = n; a + 1 < b; a++) { /* in the order of the text */
		uint32_t k = out[a];
		out[a] = out[--b];
		out[b] = k;
	}
	for (uint32_t i = first; i < n; i++)
		out[i] = push(w, out[i], v, sentence);
	return n;
}

uint32_t kh_report_answers(struct kh_work *w, uint32_t sentence, uint32_t *out)
{
	struct kh_doc *d = w->doc;
	kh_span at = d->sentence[sentence].at;
	uint32_t n = 0;
	for (uint32_t i = kh_doc_voices(d, at); i < d->n_voice && d->voice[i].cue.begin < at.end; i++) {
		const struct kh_voice *v = &d->voice[i];
		bool denies = v->stance == KH_DENIES;
		if ((!denies && v->stance != KH_CLAIMS) || v->negated || !v->phrase ||
		    v->speaker == KH_NONE || v->cue_token == KH_NONE ||
		    d->token[v->cue_token].upos != KH_VERB ||
		    (d->certainty && d->certainty[v->cue_token] == KH_DENIED))
			continue;
		uint32_t noun = denied(d, v->cue_token);
		if (noun == KH_NONE || has_own(d, noun, v->cue_token))
			continue;
		kh_str lemma = d->token[noun].lemma;
		if (is_deed(lemma) || (denies && is_claim(lemma)))
			n = deny(w, v, noun, sentence, out, n);
	}
	return n;
}
