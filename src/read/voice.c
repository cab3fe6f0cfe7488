/* Who says so. In: trees, mentions, the list of cues. Out: doc->voice and doc->content. A cue verb takes what
 * its clause, its quotation or its object says; a cue beside the clause ("…, he said") takes the rest of the
 * sentence; "according to X" takes the clause it modifies. Linear in the tokens; nothing is guessed over sentences. */
#include "read/voice.h"

#include "base/str.h"
#include "model/words.h"

struct telling {
	struct kh_work *w;
	struct kh_doc *d;
	struct kh_words cues;
};

static kh_span trim(const struct kh_doc *d, kh_span s)
{
	while (s.begin < s.end && (kh_is_space((unsigned char)d->text.p[s.begin]) || d->text.p[s.begin] == ',' ||
				   d->text.p[s.begin] == ':'))
		s.begin++;
	while (s.end > s.begin && (kh_is_space((unsigned char)d->text.p[s.end - 1]) || d->text.p[s.end - 1] == ','))
		s.end--;
	return s;
}

static void content(struct telling *x, struct kh_voice *v, kh_span s)
{
	struct kh_doc *d = x->d;
	s = trim(d, s);
	if (s.begin >= s.end)
		return;
	*KH_PUSH(x->w->arena, d->content, d->n_content, d->cap_content) = s;
	v->n_content++;
}

/* A span without the cut: what stands before and behind it. */
static void content_without(struct telling *x, struct kh_voice *v, kh_span whole, kh_span cut)
{
	if (cut.end <= whole.begin || cut.begin >= whole.end) {
		content(x, v, whole);
		return;
	}
	content(x, v, (kh_span){ whole.begin, kh_max32(cut.begin, whole.begin) });
	content(x, v, (kh_span){ kh_min32(cut.end, whole.end), whole.end });
}

static uint32_t subject_of(const struct kh_doc *d, uint32_t verb)
{
	for (unsigned steps = 0; steps < 4; steps++) {
		bool passive = (d->token[verb].flags & KH_TOK_PASSIVE) != 0;
		for (uint32_t c = d->token[verb].child; c != KH_NONE; c = d->token[c].next)
			if ((!passive && (d->token[c].rel == KH_NSUBJ || d->token[c].rel == KH_NSUBJ_OUTER)) ||
			    d->token[c].rel == KH_OBL_AGENT)
				return c;
		uint8_t rel = d->token[verb].rel;
		if (passive || (rel != KH_CONJ && rel != KH_XCOMP && rel != KH_ADVCL))
			return KH_NONE;
		verb = d->token[verb].head;
	}
	return KH_NONE;
}

static void source(const struct kh_doc *d, struct kh_voice *v, uint32_t token)
{
	if (token == KH_NONE)
		return;
	v->source = kh_doc_subtree(d, token);
	uint32_t k = kh_doc_child(d, token, KH_CASE); /* "by the army" */
	if (k != KH_NONE && d->token[k].at.begin == v->source.begin && d->token[token].rel != KH_NSUBJ) {
		uint32_t fixed = kh_doc_child(d, k, KH_FIXED);
		v->source.begin = fixed == KH_NONE ? d->token[k].at.end : d->token[fixed].at.end;
	}
	v->source = trim(d, v->source);
	v->speaker = d->token[token].mention;
}

static bool quoted(const struct kh_doc *d, kh_span s)
{
	kh_str t = kh_text(d, s);
	return t.n > 2 && (t.p[0] == '"' || kh_str_starts(t, "\xE2\x80\x9C") || kh_str_starts(t, "\xE2\x80\x98") ||
			   (s.begin > 0 && d->text.p[s.begin - 1] == '"'));
}

static void keep(struct telling *x, struct kh_voice *v)
{
	struct kh_doc *d = x->d;
	if (!v->n_content)
		return;
	v->quote = quoted(d, d->content[v->first_content]);
	*KH_PUSH(x->w->arena, d->voice, d->n_voice, d->cap_voice) = *v;
}

static struct kh_voice fresh(const struct telling *x, uint32_t t, uint8_t stance)
{
	const struct kh_doc *d = x->d;
	struct kh_voice v = { .cue = d->token[t].at, .cue_token = t, .speaker = KH_NONE, .outer = KH_NONE,
			      .stance = stance, .first_content = d->n_content };
	for (uint32_t c = d->token[t].child; c != KH_NONE; c = d->token[c].next) {
		v.negated |= d->token[c].rel == KH_ADVMOD && (d->token[c].feats & KH_FEAT_NEG);
		if (d->token[c].rel == KH_COMPOUND_PRT && c == t + 1)
			v.cue.end = d->token[c].at.end;
	}
	if (v.negated && stance == KH_CONFIRMS)
		v.stance = KH_DOUBTS;
	return v;
}

/* Cues whose object is what is told: "confirmed the arrest", "denied the accusation". */
static bool takes_object(kh_str lemma)
{
	static const char *const list[] = { "confirm", "deny", "announce", "report", "acknowledge", "admit", "reject",
					    "dispute", "criticize", "criticise", "condemn", "praise", "claim",
					    "dismiss", "question", "reveal", "predict", "fear", "suspect" };
	for (size_t i = 0; i < KH_COUNT(list); i++)
		if (kh_str_is(lemma, list[i]))
			return true;
	return false;
}

/* The clause under a cue verb: its complement, or what it is accused of. */
static uint32_t clause_of(const struct kh_doc *d, uint32_t t, bool accuses)
{
	for (uint32_t c = d->token[t].child; c != KH_NONE; c = d->token[c].next)
		if (d->token[c].rel == KH_CCOMP)
			return c;
	for (uint32_t c = d->token[t].child; c != KH_NONE; c = d->token[c].next) {
		uint8_t rel = d->token[c].rel;
		if (rel == KH_XCOMP || (accuses && (rel == KH_ADVCL || rel == KH_OBL)) ||
		    (rel == KH_PARATAXIS && c > t))
			return c;
	}
	return KH_NONE;
}

static void verb(struct telling *x, uint32_t t, uint8_t stance)
{
	const struct kh_doc *d = x->d;
	struct kh_voice v = fresh(x, t, stance);
	uint32_t head = d->token[t].head;
	uint32_t clause = clause_of(d, t, stance == KH_ACCUSES);
	bool passive = (d->token[t].flags & KH_TOK_PASSIVE) != 0;
	source(d, &v, subject_of(d, t));
	if (clause != KH_NONE) {
		kh_span own = d->token[t].at;
		if (passive && d->token[clause].rel == KH_XCOMP) { /* "X is believed to have left" */
			uint32_t s = kh_doc_child(d, t, KH_NSUBJ_PASS);
			if (s != KH_NONE)
				content(x, &v, kh_doc_subtree(d, s));
		}
		kh_span all = kh_doc_subtree(d, clause);
		if (all.begin <= own.begin && own.end <= all.end) /* split around the cue */
			content_without(x, &v, all, (kh_span){ kh_min32(own.begin, v.source.begin ? v.source.begin : own.begin), kh_max32(own.end, v.source.end) });
		else
			content(x, &v, all);
	} else if (d->token[t].rel == KH_PARATAXIS && head != KH_NONE) {
		content_without(x, &v, kh_doc_subtree(d, head), kh_doc_subtree(d, t));
	} else if (takes_object(d->token[t].lemma)) {
		uint32_t o = kh_doc_child(d, t, passive ? KH_NSUBJ_PASS : KH_OBJ);
		if (o != KH_NONE)
			content(x, &v, kh_doc_subtree(d, o));
	}
	keep(x, &v);
}

static void noun(struct telling *x, uint32_t t, uint8_t stance)
{
	const struct kh_doc *d = x->d;
	struct kh_voice v = fresh(x, t, stance);
	uint32_t clause = kh_doc_child(d, t, KH_ACL);
	if (clause == KH_NONE)
		clause = kh_doc_child(d, t, KH_CCOMP);
	if (clause == KH_NONE || kh_doc_child(d, clause, KH_MARK) == KH_NONE)
		return;
	source(d, &v, kh_doc_child(d, t, KH_NMOD_POSS));
	content(x, &v, kh_doc_subtree(d, clause));
	keep(x, &v);
}

/* "according to X": X hangs on the clause with "according" as its case or mark. */
static void according(struct telling *x, uint32_t t)
{
	const struct kh_doc *d = x->d;
	uint32_t who = d->token[t].head;
	if (d->token[t].rel != KH_CASE && d->token[t].rel != KH_MARK) { /* "according" as a verb over "to X" */
		who = kh_doc_child(d, t, KH_OBL);
		if (who == KH_NONE)
			return;
	}
	uint32_t up = d->token[t].rel == KH_CASE || d->token[t].rel == KH_MARK ? who : t;
	uint32_t clause = d->token[up].head;
	if (clause == KH_NONE)
		return;
	struct kh_voice v = fresh(x, t, KH_SAYS);
	if (t + 1 < d->n_token && kh_str_ieq(d->token[t + 1].form, KH_S("to")))
		v.cue.end = d->token[t + 1].at.end;
	source(d, &v, who);
	if (v.source.begin < v.cue.end && v.source.begin >= v.cue.begin)
		v.source.begin = v.cue.end;
	v.source = trim(d, v.source);
	content_without(x, &v, kh_doc_subtree(d, clause), kh_doc_subtree(d, up));
	keep(x, &v);
}

static void link_outer(struct kh_doc *d, uint32_t first)
{
	for (uint32_t i = first; i < d->n_voice; i++) {
		uint32_t least = UINT32_MAX;
		for (uint32_t k = first; k < d->n_voice; k++) {
			const struct kh_voice *o = &d->voice[k];
			for (uint32_t c = o->first_content; k != i && c < o->first_content + o->n_content; c++)
				if (kh_span_holds(d->content[c], d->voice[i].cue) && kh_span_len(d->content[c]) < least) {
					least = kh_span_len(d->content[c]);
					d->voice[i].outer = k;
				}
		}
	}
}

void kh_voice_run(struct kh_work *w)
{
	struct kh_doc *d = w->doc;
	struct telling x = { w, d, kh_words_list(w->model, "cues") };
	for (uint32_t i = 0; i < d->n_sentence; i++) {
		const struct kh_sentence *s = &d->sentence[i];
		uint32_t first = d->n_voice;
		for (uint32_t t = s->first_token; t < s->first_token + s->n_tokens; t++) {
			const struct kh_token *k = &d->token[t];
			kh_str value;
			if (kh_str_ieq(k->form, KH_S("according"))) {
				according(&x, t);
				continue;
			}
			if (!kh_words_find(&x.cues, k->lemma, &value))
				continue;
			size_t gap = kh_str_find(value, KH_S(" "), 0);
			uint8_t stance = (uint8_t)kh_code_find(KH_LIST_STANCE, kh_str_sub(value, 0, gap == SIZE_MAX ? value.n : gap));
			if (k->upos == KH_VERB)
				verb(&x, t, stance);
			else if (k->upos == KH_NOUN && kh_words_says(value, "n"))
				noun(&x, t, stance);
			if (d->n_voice - first > 60)
				break; /* a sentence of cues: enough is enough */
		}
		link_outer(d, first);
	}
}
