/* Who says so. In: trees, mentions, quotations, the list of cues. Out: doc->voice and doc->content.
 * Every cue of a sentence takes its speaker and what it tells; then quotations that no cue touches
 * go to the speaker of the paragraph or of the one before; then each cue learns which other one
 * tells of it. Linear in the text: a sentence has at most 60 cues, a cue looks 16 others around. */
#include "read/voice.h"

#include "base/str.h"
#include "model/words.h"
#include "read/voice_content.h"
#include "read/voice_cue.h"
#include "read/voice_mark.h"
#include "read/voice_quote.h"

enum {
	MOST_CUES = 60,
	NEAR = 16,
	TAIL_WORDS = 6,
	MOST_DOUBTS = 2,
	MOST_NOTES = 8
};

struct more { /* a quotation that belongs to a voice of another sentence */
	kh_span at;
	uint32_t voice;
};

struct telling {
	struct kh_work *w;
	struct kh_doc *d;
	struct kh_words cues;
	struct kh_quotes quotes;
	struct more *more;
	uint32_t n_more, cap_more;
};

/* A piece that ends within a quotation that it opens goes on to the end of the quotation. */
static void to_closing_mark(const struct telling *x, struct kh_say *s)
{
	kh_span *p = &s->piece[s->n_piece - 1];
	uint32_t q = p->end > p->begin ? kh_quotes_at(&x->quotes, p->end - 1) : KH_NONE;
	const struct kh_quote *k = q == KH_NONE ? NULL : &x->quotes.list[q];
	if (k && k->at.begin >= p->begin && p->end < k->at.end && !k->runs_on &&
	    !kh_span_holds(k->at, s->v.cue) && !kh_span_touch(k->at, s->v.source))
		p->end = k->whole.end;
}

static void keep(struct telling *x, struct kh_say *s)
{
	struct kh_doc *d = x->d;
	if (!s->n_piece)
		return;
	to_closing_mark(x, s);
	s->v.first_content = d->n_content;
	s->v.n_content = s->n_piece;
	for (uint32_t i = 0; i < s->n_piece; i++)
		*KH_PUSH(x->w->arena, d->content, d->n_content, d->cap_content) = s->piece[i];
	s->v.stand = kh_cue_takes(s->frames, KH_S("stand"));
	*KH_PUSH(x->w->arena, d->voice, d->n_voice, d->cap_voice) = s->v;
}

static struct kh_say fresh(const struct telling *x, uint32_t t, kh_str frames, uint8_t stance)
{
	const struct kh_doc *d = x->d;
	uint32_t q = kh_quotes_at(&x->quotes, d->token[t].at.begin);
	struct kh_say s = {.cues = &x->cues,
			   .frames = frames,
			   .token = t,
			   .who = KH_NONE,
			   .region = d->token[t].at,
			   .limit = d->sentence[d->token[t].sentence].at};
	if (q != KH_NONE && x->quotes.list[q].speech) {
		s.limit.begin = kh_max32(s.limit.begin, x->quotes.list[q].at.begin);
		s.limit.end = kh_min32(s.limit.end, x->quotes.list[q].at.end);
	}
	s.v = (struct kh_voice){.cue = d->token[t].at,
				.cue_token = t,
				.speaker = KH_NONE,
				.outer = KH_NONE,
				.stance = stance};
	return s;
}

/* "the claim that", with "X's" or "by X" before or behind it. */
static void noun(struct telling *x, struct kh_say *s)
{
	const struct kh_doc *d = x->d;
	uint32_t who = kh_doc_child(d, s->token, KH_NMOD_POSS);
	for (uint32_t c = d->token[s->token].child; c != KH_NONE && who == KH_NONE;
	     c = d->token[c].next) {
		uint32_t k = kh_doc_child(d, c, KH_CASE);
		if (kh_rel_base(d->token[c].rel) == KH_NMOD && k != KH_NONE &&
		    (kh_str_ieq(d->token[k].form, KH_S("by")) ||
		     kh_str_ieq(d->token[k].form, KH_S("from"))))
			who = c;
	}
	if (who == KH_NONE && kh_cue_takes(s->frames, KH_S("owned")))
		return;
	kh_cue_source(d, s, who);
	kh_content_of_noun(d, s);
}

static bool few_words(const struct kh_doc *d, uint32_t begin, uint32_t end)
{
	unsigned n = 0;
	for (uint32_t i = begin; i < end; i++)
		n += d->text.p[i] == ' ';
	return n <= TAIL_WORDS;
}

/* "according to the office, more than twice what it was": the comma ends whom it is according to,
 * unless a noun phrase or a relative clause about them follows. */
static kh_span before_remark(const struct kh_doc *d, uint32_t who, kh_span at)
{
	for (uint32_t t = who + 1; t + 1 < d->n_token && d->token[t].at.begin < at.end; t++) {
		uint8_t next = d->token[t + 1].upos;
		if (kh_str_is(d->token[t].form, ",") &&
		    (next == KH_ADV || next == KH_SCONJ || next == KH_VERB || next == KH_CCONJ ||
		     kh_str_is(d->token[t + 1].form, "more")))
			return (kh_span){at.begin, d->token[t].at.begin};
	}
	return at;
}

/* "according to X": X hangs on the clause with "according" as its case, or under it. */
static void according(struct telling *x, uint32_t t)
{
	const struct kh_doc *d = x->d;
	struct kh_say s = fresh(x, t, KH_S(""), KH_SAYS);
	uint32_t who = d->token[t].head, phrase = who;
	if (t + 1 >= d->n_token || !kh_str_ieq(d->token[t + 1].form, KH_S("to")))
		return;
	if (who == KH_NONE || who < t) {
		who = kh_doc_child(d, t, KH_OBL);
		if (who == KH_NONE)
			who = kh_doc_child(d, t, KH_NMOD);
		phrase = t;
	}
	if (who == KH_NONE || who < t || d->token[who].sentence != d->token[t].sentence)
		return;
	s.v.cue.end = d->token[t + 1].at.end;
	kh_cue_source(d, &s, who);
	s.v.source.begin = kh_max32(s.v.source.begin, s.v.cue.end);
	s.v.source = kh_cue_trim(d, before_remark(d, who, s.v.source));
	s.region = (kh_span){s.v.cue.begin, kh_max32(s.v.source.end, s.v.cue.end)};
	kh_span n = d->sentence[d->token[t].sentence].at;
	bool comma = t > 0 && kh_str_is(d->token[t - 1].form, ",");
	bool begins = s.region.begin < s.limit.begin + 4, whole = n.begin == s.limit.begin;
	uint32_t q = t > 0 ? kh_quotes_end(&x->quotes, d->token[t - 1].at.end) : KH_NONE;
	if (q != KH_NONE && x->quotes.list[q].speech) { /* "…," according to X */
		s.limit.begin = kh_min32(s.limit.begin, x->quotes.list[q].whole.begin);
		s.v.quote = s.limit.begin == x->quotes.list[q].whole.begin;
		comma = whole = true;
	}
	if (whole && comma && !begins && few_words(d, s.region.end, s.limit.end))
		kh_content_add(d, &s, (kh_span){s.limit.begin, s.region.begin});
	else if (whole && begins) /* beside a sentence: all of it */
		kh_content_add(d, &s, s.limit);
	else
		kh_content_of_phrase(d, &s, phrase);
	if (!s.n_piece)
		kh_content_add(d, &s, s.limit);
	keep(x, &s);
}

/* "Allegedly", "reportedly": somebody says so, nobody is named. */
static void adverb(struct telling *x, struct kh_say *s)
{
	kh_content_of_phrase(x->d, s, s->token);
}

/* Somebody whom a mark gives the words beside it: "Police: two held". */
static void marked(struct telling *x, const struct kh_mark *m)
{
	struct kh_say s = fresh(x, m->token, KH_S(""), KH_SAYS);
	s.limit = (kh_span){kh_min32(s.limit.begin, m->content.begin),
			    kh_max32(s.limit.end, m->content.end)};
	s.v.source = m->source;
	s.v.speaker = m->speaker;
	s.v.cue = m->cue;
	s.v.quote = m->quote;
	s.region = m->region;
	kh_content_add(x->d, &s, m->content);
	keep(x, &s);
}

/* "let's say you leave", "having said that, …": nothing is told. */
static bool turn_of_phrase(const struct kh_doc *d, const struct kh_say *s)
{
	uint32_t t = s->token, end = d->sentence[d->token[t].sentence].first_token;
	bool lets = s->who != KH_NONE && kh_str_is(d->token[t].lemma, "say") &&
		    kh_str_among(d->token[s->who].form, "'s \xE2\x80\x99s us") &&
		    s->who > end && kh_str_ieq(d->token[s->who - 1].form, KH_S("let"));
	bool having = t > end && kh_str_ieq(d->token[t - 1].form, KH_S("having")) &&
		      t + 2 < d->n_token && kh_str_is(d->token[t + 1].form, "that") &&
		      kh_str_is(d->token[t + 2].form, ",");
	return lets || having;
}

/* Is there anybody that tells? An active verb whose subject the tree does not give, a stand of
 * something that is no party, a single pronoun told: the tree is wrong, or nothing is told. */
static bool hollow(const struct kh_doc *d, const struct kh_say *s)
{
	if (s->who == KH_NONE && !s->passive)
		return true;
	if (s->passive && d->token[s->token].rel == KH_ACL && s->who == KH_NONE &&
	    kh_str_is(d->token[s->token].lemma, "call")) /* "a film called Home" */
		return true;
	if (!s->n_piece || turn_of_phrase(d, s))
		return true;
	if (s->passive && s->who == KH_NONE && kh_doc_child(d, s->token, KH_ADVCL) != KH_NONE &&
	    kh_str_is(d->token[s->token].lemma, "quote")) /* "X was quoted as saying": X says */
		return true;
	if (s->who != KH_NONE && d->token[s->who].upos == KH_PRON &&
	    (d->token[s->who].feats & (KH_FEAT_SECOND | KH_FEAT_FIRST)) &&
	    (kh_cue_takes(s->frames, KH_S("stand")) || s->v.phrase))
		return true;
	bool denies = s->v.stance == KH_DENIES; /* "denied it" */
	return s->n_piece == 1 && s->v.phrase && !denies && kh_span_len(s->piece[0]) < 5;
}

static bool modal(const struct kh_doc *d, uint32_t t)
{
	static const char *const words[] = {"would",  "could", "may",  "might", "can",
					    "should", "must",  "will", "shall"};
	for (uint32_t c = d->token[t].child; c != KH_NONE; c = d->token[c].next)
		for (size_t i = 0; i < KH_COUNT(words) && d->token[c].rel == KH_AUX_REL; i++)
			if (kh_str_ieq(d->token[c].lemma, kh_str_of(words[i])))
				return true;
	return false;
}

/* Is the speaker somebody that can speak: a person, a party, a pronoun, a poll? */
static bool can_speak(const struct telling *x, const struct kh_say *s)
{
	const struct kh_doc *d = x->d;
	kh_str value;
	if (s->who == KH_NONE)
		return false;
	const struct kh_token *k = &d->token[s->who];
	uint32_t m = s->v.speaker;
	if (k->upos == KH_PRON)
		return !kh_str_ieq(k->form, KH_S("that")) && !kh_str_ieq(k->form, KH_S("which")) &&
		       !kh_str_ieq(k->form, KH_S("this")) && !kh_str_ieq(k->form, KH_S("it"));
	if (k->name_type || k->upos == KH_PROPN ||
	    (m != KH_NONE && (d->mention[m].human || d->mention[m].political)))
		return true;
	return kh_words_find(&x->cues, k->lemma, &value) && kh_cue_takes(value, KH_S("doc"));
}

/* Weak signs of a telling; with several of them there is none. */
static unsigned doubts(const struct telling *x, const struct kh_say *s)
{
	const struct kh_doc *d = x->d;
	const struct kh_token *k = &d->token[s->token];
	uint32_t bytes = 0;
	if (s->v.quote)
		return 0;
	for (uint32_t i = 0; i < s->n_piece; i++)
		bytes += kh_span_len(s->piece[i]);
	unsigned n = k->upos == KH_NOUN;
	uint32_t before = s->token > 0 ? s->token - 1 : 0;
	bool comma =
		d->token[before].upos == KH_PUNCT || kh_str_ieq(d->token[before].form, KH_S("as"));
	n += (k->feats & KH_FEAT_GER) && !s->own && !comma; /* "by saying", not "…, saying" */
	n += s->who != KH_NONE && kh_str_ieq(d->token[s->who].form, KH_S("that"));
	bool speaks = can_speak(x, s), stand = kh_cue_takes(s->frames, KH_S("stand"));
	n += s->v.phrase || stand;
	n += bytes < 20 && s->v.stance != KH_DENIES &&
	     ((stand && !speaks) || !s->v.phrase || !s->own || !speaks);
	n += !speaks && !(s->passive && s->who == KH_NONE);
	n += modal(d, s->token);
	n += s->who != KH_NONE && (d->token[s->who].feats & (KH_FEAT_FIRST | KH_FEAT_SECOND));
	return n;
}

/* "a strong showing", "her ruling": a verb's form that is a noun here; "showed up": another verb.
 */
static bool other_word(const struct kh_doc *d, uint32_t t)
{
	const struct kh_token *k = &d->token[t];
	uint32_t prt = kh_doc_child(d, t, KH_COMPOUND_PRT);
	if (prt != KH_NONE && kh_str_among(d->token[prt].form, "up off"))
		return true;
	uint32_t who = kh_doc_child(d, t, KH_NSUBJ); /* "the TV show": one thing shows, many show */
	if (who != KH_NONE && kh_str_ieq(k->form, KH_S("show")) && d->token[who].upos != KH_PRON &&
	    !(d->token[who].feats & KH_FEAT_PLURAL) && kh_doc_child(d, who, KH_CONJ) == KH_NONE &&
	    kh_doc_child(d, t, KH_AUX_REL) == KH_NONE)
		return true;
	if (!(k->feats & KH_FEAT_GER) || t == 0 || kh_doc_child(d, t, KH_OBJ) != KH_NONE ||
	    kh_doc_child(d, t, KH_CCOMP) != KH_NONE)
		return false;
	uint8_t before = d->token[t - 1].upos;
	return before == KH_DET || before == KH_ADJ ||
	       (before == KH_PRON && (d->token[t - 1].feats & KH_FEAT_POSS));
}

/* "the alleged attack": somebody says that there was one, nobody is named. */
static void alleged(struct telling *x, uint32_t t)
{
	const struct kh_doc *d = x->d;
	uint32_t noun = d->token[t].head;
	struct kh_say s = fresh(x, t, KH_S(""), KH_CLAIMS);
	s.v.phrase = true;
	kh_content_add(d, &s, (kh_span){d->token[t].at.end, kh_doc_subtree(d, noun).end});
	keep(x, &s);
}

/* "Mahamat Said Kani was held": part of a name that stands amid small letters. */
static bool in_name(const struct kh_doc *d, uint32_t t)
{
	const struct kh_sentence *n = &d->sentence[d->token[t].sentence];
	uint32_t end = n->first_token + n->n_tokens;
	bool title = t > n->first_token && t + 1 < end && (d->token[t].flags & KH_TOK_TITLE) &&
		     (d->token[t - 1].flags & KH_TOK_TITLE) &&
		     (d->token[t + 1].flags & KH_TOK_TITLE) &&
		     !kh_str_ends(d->token[t + 1].form, "day");
	for (uint32_t k = t + 1; k < end && title; k++)
		if (d->token[k].upos == KH_VERB || d->token[k].upos == KH_AUX)
			return !(d->token[k].flags & KH_TOK_TITLE);
	return false;
}

static void cue(struct telling *x, uint32_t t)
{
	const struct kh_doc *d = x->d;
	const struct kh_token *k = &d->token[t];
	kh_str value;
	if (in_name(d, t))
		return;
	if (kh_str_ieq(k->form, KH_S("according"))) {
		according(x, t);
		return;
	}
	if (k->rel == KH_AMOD && k->head > t && kh_str_among(k->form, "alleged purported")) {
		alleged(x, t);
		return;
	}
	if (!kh_words_find(&x->cues, k->lemma, &value))
		return;
	size_t gap = kh_str_find(value, KH_S(" "), 0);
	gap = gap == SIZE_MAX ? value.n : gap;
	uint8_t stance = (uint8_t)kh_code_find(KH_LIST_STANCE, kh_str_sub(value, 0, gap));
	struct kh_say s = fresh(x, t, kh_str_sub(value, gap, value.n), stance);
	bool is_noun = kh_cue_takes(s.frames, KH_S("noun"));
	if (k->upos == KH_VERB && other_word(d, t))
		return;
	if (k->upos == KH_VERB && !kh_cue_takes(s.frames, KH_S("only"))) {
		kh_cue_of_verb(d, &x->quotes, &s);
		kh_content_of_verb(d, &x->quotes, &s);
		if (hollow(d, &s))
			return;
	} else if (k->upos == KH_NOUN && is_noun) {
		noun(x, &s);
	} else if (k->upos == KH_ADV && kh_cue_takes(s.frames, KH_S("adv"))) {
		adverb(x, &s);
	}
	if (doubts(x, &s) < MOST_DOUBTS)
		keep(x, &s);
}

/* The voice whose content touches a quotation and whose cue stands outside of it. */
static uint32_t claimed(const struct telling *x, const struct kh_quote *q, uint32_t from)
{
	const struct kh_doc *d = x->d;
	for (uint32_t i = from; i < d->n_voice && i < from + 2 * NEAR; i++) {
		const struct kh_voice *v = &d->voice[i];
		if (kh_span_touch(v->cue, q->at) || v->stand)
			continue;
		for (uint32_t c = v->first_content; c < v->first_content + v->n_content; c++)
			if (kh_span_touch(d->content[c], q->at))
				return i;
	}
	return KH_NONE;
}

static void give(struct telling *x, uint32_t voice, kh_span at)
{
	*KH_PUSH(x->w->arena, x->more, x->n_more, x->cap_more) = (struct more){at, voice};
}

/* How many paragraphs end between two places of a text: 0, 1, 2 for more. */
static unsigned breaks(const struct kh_doc *d, uint32_t from, uint32_t to)
{
	unsigned n = 0;
	for (uint32_t i = from; i + 1 < to && n < 2; i++)
		n += d->text.p[i] == '\n' && d->text.p[i + 1] == '\n';
	return n;
}

/* Does a paragraph begin and end with this quotation? */
static bool alone(const struct kh_doc *d, const struct kh_story *s, const struct kh_quote *q)
{
	uint32_t b = q->whole.begin, e = q->whole.end;
	return (b <= s->text.begin || d->text.p[b - 1] == '\n') &&
	       (e >= s->text.end || d->text.p[e] == '\n');
}

/* Is the quotation before not closed, and does this one open the paragraph behind it? */
static bool goes_on(const struct telling *x, const struct kh_story *s, uint32_t i)
{
	const struct kh_quote *q = &x->quotes.list[i];
	return i > 0 && (q - 1)->runs_on && (q - 1)->at.begin >= s->text.begin &&
	       breaks(x->d, (q - 1)->at.end, q->whole.begin) == 1 &&
	       q->whole.begin > s->text.begin && x->d->text.p[q->whole.begin - 1] == '\n';
}

/* Whoever speaks in a paragraph speaks in those before it whose quotation runs on into it. */
static void give_back(struct telling *x, const struct kh_story *s, uint32_t i, uint32_t by,
		      uint32_t unclaimed)
{
	uint32_t first = i;
	while (first > unclaimed && goes_on(x, s, first))
		first--;
	for (; first < i; first++)
		give(x, by, x->quotes.list[first].whole);
}

/* Quotations that no cue touches: to the speaker before in the paragraph, else behind; a
 * paragraph that is all quotation goes on with the one before. */
static void hand_out(struct telling *x, const struct kh_story *s, uint32_t *first)
{
	struct kh_doc *d = x->d;
	uint32_t last = KH_NONE, end_of_last = 0, from = *first;
	while (from < d->n_voice && d->voice[from].cue.begin < s->text.begin)
		from++;
	uint32_t i = kh_quotes_from(&x->quotes, s->text.begin), unclaimed = i;
	for (; i < x->quotes.n && x->quotes.list[i].at.end <= s->text.end; i++) {
		const struct kh_quote *q = &x->quotes.list[i];
		while (from < d->n_voice && from + NEAR < d->n_voice &&
		       d->voice[from + NEAR].cue.begin < q->at.begin)
			from++;
		uint32_t by = claimed(x, q, from);
		unsigned gap = 2;
		if (last != KH_NONE && q->speech && by == KH_NONE)
			gap = breaks(d, end_of_last, q->at.begin);
		if (by != KH_NONE) {
			if (q->speech && d->voice[by].quote)
				give(x, by, q->whole);
			last = q->speech ? by : last;
			end_of_last = q->speech ? q->at.end : end_of_last;
		} else if (q->speech && last != KH_NONE &&
			   (gap == 0 || (gap == 1 && (alone(d, s, q) || goes_on(x, s, i))))) {
			give(x, last, q->whole);
			end_of_last = q->at.end;
			by = last;
		}
		if (by != KH_NONE)
			give_back(x, s, i, by, unclaimed);
		unclaimed = by == KH_NONE && q->runs_on ? unclaimed : i + 1;
	}
	*first = from;
}

/* The pieces that came late take their places: contents are laid out anew. */
static void lay_out(struct telling *x)
{
	struct kh_doc *d = x->d;
	uint32_t n = 0, *first = KH_TAKE(x->w->arena, d->n_voice + 2, uint32_t);
	uint32_t *next = KH_TAKE(x->w->arena, x->n_more + 1, uint32_t);
	kh_span *all = KH_TAKE(x->w->arena, d->n_content + x->n_more + 1, kh_span);
	for (uint32_t m = x->n_more; m-- > 0;) { /* lists by voice, first piece first */
		next[m] = first[x->more[m].voice];
		first[x->more[m].voice] = m + 1;
	}
	for (uint32_t i = 0; i < d->n_voice; i++) {
		struct kh_voice *v = &d->voice[i];
		uint32_t begin = n;
		for (uint32_t c = v->first_content; c < v->first_content + v->n_content; c++)
			all[n++] = d->content[c];
		for (uint32_t m = first[i]; m; m = next[m - 1]) {
			kh_span at = x->more[m - 1].at;
			uint32_t k = n;
			while (k > begin && all[k - 1].begin >= at.end)
				k--;
			if (k == begin || !kh_span_touch(all[k - 1], at)) {
				for (uint32_t e = n++; e > k; e--)
					all[e] = all[e - 1];
				all[k] = at;
				continue;
			}
			k--;
			all[k].begin = kh_min32(all[k].begin, at.begin);
			all[k].end = kh_max32(all[k].end, at.end);
		}
		v->first_content = begin;
		v->n_content = n - begin;
	}
	d->content = all;
	d->n_content = d->cap_content = n;
}

static uint32_t holding(const struct kh_doc *d, const struct kh_voice *o, kh_span cue)
{
	for (uint32_t c = o->first_content; c < o->first_content + o->n_content; c++)
		if (kh_span_holds(d->content[c], cue))
			return kh_span_len(d->content[c]);
	return 0;
}

/* A cue within a quotation that nobody's content holds is told by whoever speaks in its sentence.
 */
static void link_stray(const struct telling *x)
{
	struct kh_doc *d = x->d;
	for (uint32_t i = 0; i < d->n_voice; i++) {
		struct kh_voice *v = &d->voice[i];
		uint32_t q = kh_quotes_at(&x->quotes, v->cue.begin);
		if (v->outer != KH_NONE || q == KH_NONE || !x->quotes.list[q].speech)
			continue;
		for (uint32_t k = i; k-- > 0 && i - k <= NEAR;) {
			const struct kh_voice *o = &d->voice[k];
			if (d->token[o->cue_token].sentence != d->token[v->cue_token].sentence)
				break;
			if (kh_quotes_at(&x->quotes, o->cue.begin) == KH_NONE && !o->stand) {
				v->outer = k;
				break;
			}
		}
	}
}

/* The voice that tells of another one: the least content that holds its cue. Of two that hold
 * each other the one that stands higher in the tree, else first in the text, tells of the other. */
static void link_outer(struct kh_doc *d)
{
	for (uint32_t i = 0; i < d->n_voice; i++) {
		struct kh_voice *v = &d->voice[i];
		uint32_t least = UINT32_MAX;
		uint32_t end = kh_min32(d->n_voice, i + NEAR + 1);
		for (uint32_t k = i > NEAR ? i - NEAR : 0; k < end; k++) {
			const struct kh_voice *o = &d->voice[k];
			uint32_t n = k == i ? 0 : holding(d, o, v->cue);
			if (!n || n >= least)
				continue;
			if (holding(d, v, o->cue) &&
			    (kh_doc_below(d, o->cue_token, v->cue_token) ||
			     (!kh_doc_below(d, v->cue_token, o->cue_token) && k > i)))
				continue;
			least = n;
			v->outer = k;
		}
	}
}

/* Drops what of the content lies outside the span. */
static void keep_in(struct kh_doc *d, struct kh_voice *v, kh_span in)
{
	uint32_t n = 0;
	for (uint32_t c = v->first_content; c < v->first_content + v->n_content; c++) {
		kh_span s = {kh_max32(d->content[c].begin, in.begin),
			     kh_min32(d->content[c].end, in.end)};
		if (s.begin < s.end)
			d->content[v->first_content + n++] = kh_cue_trim(d, s);
	}
	kh_span before = {in.begin, kh_min32(v->source.begin, v->cue.begin)};
	if (!n && v->n_content && before.begin < before.end && v->source.begin < v->source.end)
		d->content[v->first_content + n++] = kh_cue_trim(d, before); /* it took the other */
	v->n_content = n ? n : v->n_content;
}

/* "Rebels killed 60, the U.N. says; 40 died elsewhere, according to Kyiv": each half has its own cue and
 * is told by nobody of the other. */
static void cut_halves(struct kh_doc *d)
{
	for (uint32_t i = 0; i + 1 < d->n_voice; i++) {
		struct kh_voice *a = &d->voice[i], *b = a + 1;
		uint32_t t = a->cue_token, end = b->cue_token;
		if (t == KH_NONE || end == KH_NONE || t >= end ||
		    d->token[t].sentence != d->token[end].sentence || a->quote || b->quote)
			continue;
		while (t < end && !kh_str_is(d->token[t].form, ";"))
			t++;
		if (t == end || b->source.begin < d->token[t].at.begin)
			continue;
		kh_span s = d->sentence[d->token[t].sentence].at;
		keep_in(d, a, (kh_span){s.begin, d->token[t].at.begin});
		keep_in(d, b, (kh_span){d->token[t].at.end, s.end});
	}
}

/* A phrase beside a sentence ("…, according to X") is no part of what others tell in it. */
static void cut_phrases(struct kh_doc *d)
{
	for (uint32_t i = 0; i < d->n_voice; i++) {
		const struct kh_voice *v = &d->voice[i];
		if (!kh_str_ieq(d->token[v->cue_token].form, KH_S("according")))
			continue;
		uint32_t begin =
			kh_min32(v->cue.begin,
				 v->source.end > v->source.begin ? v->source.begin : v->cue.begin);
		uint32_t end = kh_min32(d->n_voice, i + NEAR + 1);
		for (uint32_t k = i > NEAR ? i - NEAR : 0; k < end; k++) {
			struct kh_voice *o = &d->voice[k];
			kh_span *c = k == i || !o->n_content
					     ? NULL
					     : &d->content[o->first_content + o->n_content - 1];
			if (c && c->begin < begin && begin < c->end && holding(d, v, o->cue))
				c->end = kh_cue_trim(d, (kh_span){c->begin, begin}).end;
		}
	}
}

/* Quotations that are never closed: notes, at most a few a story. */
static void note_open(const struct telling *x)
{
	const struct kh_doc *d = x->d;
	for (uint32_t i = 0; i < d->n_story; i++) {
		const struct kh_story *s = &d->story[i];
		unsigned n = 0;
		uint32_t q = kh_quotes_from(&x->quotes, s->text.begin);
		for (; q < x->quotes.n && x->quotes.list[q].at.end <= s->text.end; q++) {
			const struct kh_quote *k = &x->quotes.list[q];
			if (k->runs_on && (q + 1 == x->quotes.n || !goes_on(x, s, q + 1)) &&
			    n++ < MOST_NOTES)
				kh_doc_note(x->w, i, KH_NOTE_QUOTE, k->at, false);
		}
	}
}

/* The words between quotation marks; both lists stand in text order. */
static void mark_quoted(const struct telling *x)
{
	uint32_t q = 0;
	for (uint32_t t = 0; t < x->d->n_token && q < x->quotes.n; t++) {
		kh_span at = x->d->token[t].at;
		while (q < x->quotes.n && x->quotes.list[q].at.end <= at.begin)
			q++;
		x->d->token[t].quoted = q < x->quotes.n && kh_span_touch(x->quotes.list[q].at, at);
	}
}

void kh_voice_run(struct kh_work *w)
{
	struct kh_doc *d = w->doc;
	struct telling x = {.w = w, .d = d, .cues = kh_words_list(w->model, "cues")};
	for (uint32_t i = 0; i < d->n_story; i++)
		kh_quotes_of_story(w, &d->story[i], &x.quotes);
	for (uint32_t i = 0; i < d->n_sentence; i++) {
		const struct kh_sentence *s = &d->sentence[i];
		uint32_t first = d->n_voice;
		struct kh_mark m;
		if (kh_mark_colon(d, &x.cues, &x.quotes, i, &m))
			marked(&x, &m);
		for (uint32_t t = s->first_token; t < s->first_token + s->n_tokens; t++) {
			cue(&x, t);
			if (d->n_voice - first > MOST_CUES)
				break; /* a sentence of cues: enough is enough */
		}
		if (d->n_voice == first && kh_mark_dash(d, &x.cues, &x.quotes, i, &m))
			marked(&x, &m);
	}
	for (uint32_t i = 0, first = 0; i < d->n_story; i++)
		hand_out(&x, &d->story[i], &first);
	lay_out(&x);
	cut_halves(d);
	cut_phrases(d);
	link_outer(d);
	link_stray(&x);
	mark_quoted(&x);
	note_open(&x);
}
