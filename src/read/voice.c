/* Who says so. In: trees, mentions, the list of cues. Out: doc->voice and doc->content. A cue verb
 * takes what its clause, its quotation or its object says; a cue beside the clause ("…, he said")
 * takes the rest of the sentence; "according to X" takes the clause it modifies. Linear in the
 * tokens; nothing is guessed over sentences. */
#include "read/voice.h"

#include "base/str.h"
#include "model/words.h"

struct telling {
	struct kh_work *w;
	struct kh_doc *d;
	struct kh_words cues;
	kh_span *quote; /* what stands between quotation marks, in text order, marks left out */
	uint32_t n_quote, cap_quote;
};

/* Quotations of a story; a straight mark opens and closes in turn, a blank line ends what was not
 * closed. */
static void find_quotes(struct telling *x, const struct kh_story *s)
{
	kh_str t = x->d->text;
	uint32_t open = KH_NONE;
	for (uint32_t i = s->text.begin; i < s->text.end; i++) {
		bool curly = (unsigned char)t.p[i] == 0xE2 && i + 2 < s->text.end &&
			     t.p[i + 1] == '\x80';
		bool opens = curly && t.p[i + 2] == '\x9C', closes = curly && t.p[i + 2] == '\x9D';
		bool blank = t.p[i] == '\n' && i + 1 < s->text.end && t.p[i + 1] == '\n';
		if (t.p[i] == '"')
			open == KH_NONE ? (opens = true) : (closes = true);
		if (opens) {
			open = i + (curly ? 3 : 1);
		} else if ((closes || blank) && open != KH_NONE) {
			if (i > open + 1)
				*KH_PUSH(x->w->arena, x->quote, x->n_quote, x->cap_quote) =
					(kh_span){open, i};
			open = KH_NONE;
		}
	}
}

/* The quotation that holds a byte; NULL when it stands outside of all. */
static const kh_span *quote_at(const struct telling *x, uint32_t at)
{
	uint32_t low = 0, high = x->n_quote;
	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		if (x->quote[mid].end <= at)
			low = mid + 1;
		else
			high = mid;
	}
	return low < x->n_quote && x->quote[low].begin <= at ? &x->quote[low] : NULL;
}

/* The quotation that ends right before a byte, marks and commas between: "…," he said. */
static const kh_span *quote_before(const struct telling *x, uint32_t at)
{
	const char *p = x->d->text.p;
	while (at > 0 && (p[at - 1] == ' ' || p[at - 1] == ',' || p[at - 1] == '"' ||
			  p[at - 1] == '\n' || (at > 2 && (unsigned char)p[at - 3] == 0xE2)))
		at -= at > 2 && (unsigned char)p[at - 3] == 0xE2 ? 3 : 1;
	return at > 0 ? quote_at(x, at - 1) : NULL;
}

static kh_span trim(const struct kh_doc *d, kh_span s)
{
	while (s.begin < s.end && (kh_is_space((unsigned char)d->text.p[s.begin]) ||
				   d->text.p[s.begin] == ',' || d->text.p[s.begin] == ':'))
		s.begin++;
	while (s.end > s.begin &&
	       (kh_is_space((unsigned char)d->text.p[s.end - 1]) || d->text.p[s.end - 1] == ','))
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
	content(x, v, (kh_span){whole.begin, kh_max32(cut.begin, whole.begin)});
	content(x, v, (kh_span){kh_min32(cut.end, whole.end), whole.end});
}

static uint32_t subject_of(const struct kh_doc *d, uint32_t verb)
{
	for (unsigned steps = 0; steps < 4; steps++) {
		bool passive = (d->token[verb].flags & KH_TOK_PASSIVE) != 0;
		for (uint32_t c = d->token[verb].child; c != KH_NONE; c = d->token[c].next)
			if ((!passive &&
			     (d->token[c].rel == KH_NSUBJ || d->token[c].rel == KH_NSUBJ_OUTER)) ||
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
	if (k != KH_NONE && d->token[k].at.begin == v->source.begin &&
	    d->token[token].rel != KH_NSUBJ) {
		uint32_t fixed = kh_doc_child(d, k, KH_FIXED);
		v->source.begin = fixed == KH_NONE ? d->token[k].at.end : d->token[fixed].at.end;
	}
	v->source = trim(d, v->source);
	v->speaker = d->token[token].mention;
}

static bool quoted(const struct kh_doc *d, kh_span s)
{
	kh_str t = kh_text(d, s);
	return t.n > 2 &&
	       (t.p[0] == '"' || kh_str_starts(t, "\xE2\x80\x9C") ||
		kh_str_starts(t, "\xE2\x80\x98") || (s.begin > 0 && d->text.p[s.begin - 1] == '"'));
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
	struct kh_voice v = {.cue = d->token[t].at,
			     .cue_token = t,
			     .speaker = KH_NONE,
			     .outer = KH_NONE,
			     .stance = stance,
			     .first_content = d->n_content};
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
	static const char *const list[] = {
		"confirm",  "deny",	 "announce",  "report",	 "acknowledge", "admit", "reject",
		"dispute",  "criticize", "criticise", "condemn", "praise",	"claim", "dismiss",
		"question", "reveal",	 "predict",   "fear",	 "suspect"};
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

/* A content that ends with a quotation which began in an earlier sentence begins where that began.
 */
static void whole_quote(struct telling *x, struct kh_voice *v)
{
	if (v->n_content != 1 || quote_at(x, v->cue.begin))
		return;
	kh_span *c = &x->d->content[v->first_content];
	const kh_span *q =
		c->end > c->begin + 2 ? quote_at(x, c->begin + (c->end - c->begin) / 2) : NULL;
	if (q && c->end < v->cue.begin && q->begin < c->begin)
		c->begin = q->begin;
}

/* The tree gives no clause: what stands before the speaker and the cue in the sentence, else
 * behind. */
static void beside(struct telling *x, struct kh_voice *v, uint32_t t)
{
	const struct kh_doc *d = x->d;
	kh_span s = d->sentence[d->token[t].sentence].at;
	bool named = v->source.end > v->source.begin && v->source.begin >= s.begin &&
		     v->source.end <= s.end;
	uint32_t begin = named ? kh_min32(v->source.begin, v->cue.begin) : v->cue.begin;
	uint32_t end = named ? kh_max32(v->source.end, v->cue.end) : v->cue.end;
	const kh_span *quote = quote_before(x, begin);
	if (quote && quote->end + 8 > begin)
		content(x, v, *quote);
	else if (begin > s.begin + 20 && d->text.p[begin - 2] == ',')
		content(x, v, (kh_span){s.begin, begin});
	else if (s.end > end + 20 &&
		 (quote_at(x, end + 3) || d->text.p[end] == ':' || d->text.p[end] == ','))
		content(x, v, (kh_span){end, s.end});
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
		if (passive &&
		    d->token[clause].rel == KH_XCOMP) { /* "X is believed to have left" */
			uint32_t s = kh_doc_child(d, t, KH_NSUBJ_PASS);
			if (s != KH_NONE)
				content(x, &v, kh_doc_subtree(d, s));
		}
		kh_span all = kh_doc_subtree(d, clause);
		if (all.begin <= own.begin && own.end <= all.end) /* split around the cue */
			content_without(
				x, &v, all,
				(kh_span){kh_min32(own.begin,
						   v.source.begin ? v.source.begin : own.begin),
					  kh_max32(own.end, v.source.end)});
		else
			content(x, &v, all);
	} else if (d->token[t].rel == KH_PARATAXIS && head != KH_NONE) {
		content_without(x, &v, kh_doc_subtree(d, head), kh_doc_subtree(d, t));
	} else if (takes_object(d->token[t].lemma)) {
		uint32_t o = kh_doc_child(d, t, passive ? KH_NSUBJ_PASS : KH_OBJ);
		if (o != KH_NONE)
			content(x, &v, kh_doc_subtree(d, o));
	}
	if (!v.n_content && !quote_at(x, v.cue.begin))
		beside(x, &v, t);
	whole_quote(x, &v);
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
	if (d->token[t].rel != KH_CASE &&
	    d->token[t].rel != KH_MARK) { /* "according" as a verb over "to X" */
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

/* A cue inside a quotation is told by whoever is quoted, though another sentence says so. */
static void link_quotes(struct telling *x)
{
	struct kh_doc *d = x->d;
	for (uint32_t i = 0; i < d->n_voice; i++) {
		const kh_span *q = quote_at(x, d->voice[i].cue.begin);
		if (!q || d->voice[i].outer != KH_NONE)
			continue;
		uint32_t begin = i > 12 ? i - 12 : 0, end = kh_min32(d->n_voice, i + 13);
		for (uint32_t k = begin; k < end && d->voice[i].outer == KH_NONE; k++) {
			const struct kh_voice *o = &d->voice[k];
			if (k == i || quote_at(x, o->cue.begin))
				continue;
			for (uint32_t c = o->first_content; c < o->first_content + o->n_content;
			     c++)
				if (kh_span_touch(d->content[c], *q))
					d->voice[i].outer = k;
		}
	}
}

static void link_outer(struct kh_doc *d, uint32_t first)
{
	for (uint32_t i = first; i < d->n_voice; i++) {
		uint32_t least = UINT32_MAX;
		for (uint32_t k = first; k < d->n_voice; k++) {
			const struct kh_voice *o = &d->voice[k];
			for (uint32_t c = o->first_content;
			     k != i && c < o->first_content + o->n_content; c++)
				if (kh_span_holds(d->content[c], d->voice[i].cue) &&
				    kh_span_len(d->content[c]) < least) {
					least = kh_span_len(d->content[c]);
					d->voice[i].outer = k;
				}
		}
	}
}

void kh_voice_run(struct kh_work *w)
{
	struct kh_doc *d = w->doc;
	struct telling x = {.w = w, .d = d, .cues = kh_words_list(w->model, "cues")};
	for (uint32_t i = 0; i < d->n_story; i++)
		find_quotes(&x, &d->story[i]);
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
			uint8_t stance = (uint8_t)kh_code_find(
				KH_LIST_STANCE,
				kh_str_sub(value, 0, gap == SIZE_MAX ? value.n : gap));
			if (k->upos == KH_VERB)
				verb(&x, t, stance);
			else if (k->upos == KH_NOUN && kh_words_says(value, "n"))
				noun(&x, t, stance);
			if (d->n_voice - first > 60)
				break; /* a sentence of cues: enough is enough */
		}
		link_outer(d, first);
	}
	link_quotes(&x);
}
