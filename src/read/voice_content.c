/* What a cue tells. In: a cue with its speaker and limits, the tree, the quotations. Out: pieces
 * of text. First the quotation that touches cue and speaker, before, behind or around them; then
 * the clause that the tree hangs on the cue; then what stands before a closing ", he said"; then
 * objects and prepositions where the word list says that the verb takes them. */
#include "read/voice_content.h"

#include "base/str.h"
#include "model/words.h"

enum { TAIL_WORDS = 8 }; /* as many words may follow a closing ", he said" */

void kh_content_add(const struct kh_doc *d, struct kh_say *s, kh_span at)
{
	at.begin = kh_max32(at.begin, s->limit.begin);
	at.end = kh_min32(at.end, s->limit.end);
	if (at.begin < at.end && at.begin < s->region.begin && at.end > s->region.begin) {
		if (at.end > s->region.end)
			kh_content_add(d, s, (kh_span){s->region.end, at.end});
		at.end = s->region.begin;
	} else if (at.begin < at.end && at.begin < s->region.end && at.end > s->region.begin) {
		at.begin = s->region.end;
	}
	if (at.begin >= at.end)
		return;
	at = kh_cue_trim(d, at);
	if (at.begin >= at.end || s->n_piece == KH_SAY_PIECES)
		return;
	uint32_t k = s->n_piece++;
	for (; k > 0 && s->piece[k - 1].begin > at.begin; k--)
		s->piece[k] = s->piece[k - 1];
	s->piece[k] = at;
}

static bool finite_between(const struct kh_doc *d, const struct kh_say *s, kh_span gap)
{
	for (uint32_t t = s->token + 1; t < d->n_token && d->token[t].at.begin < gap.end; t++)
		if (d->token[t].at.begin >= gap.begin &&
		    (d->token[t].upos == KH_AUX ||
		     (d->token[t].upos == KH_VERB && (d->token[t].feats & KH_FEAT_FIN))))
			return true;
	return false;
}

/* "called for talks, saying: …": a quotation is told by the verb of telling next to it. */
static bool cue_between(const struct kh_doc *d, const struct kh_say *s, kh_span gap)
{
	for (uint32_t t = s->token + 1; t < d->n_token && d->token[t].at.begin < gap.end; t++)
		if (d->token[t].at.begin >= gap.begin && d->token[t].upos == KH_VERB &&
		    kh_words_has(s->cues, d->token[t].lemma))
			return true;
	return false;
}

/* "Is that all?" Khan said.: a mark that ends a sentence stands within the quotation. */
static uint32_t asked_before(const struct kh_doc *d, const struct kh_quotes *q,
			     const struct kh_say *s)
{
	uint32_t at = s->region.begin;
	while (at > 0 && d->text.p[at - 1] == ' ')
		at--;
	uint32_t i = kh_quotes_end(q, at);
	if (i == KH_NONE)
		return KH_NONE;
	char last = d->text.p[q->list[i].at.end - 1];
	return last == '?' || last == '!' ? i : KH_NONE;
}

/* The quotation that ends where cue and speaker begin: "…," he said. */
static uint32_t quote_before(const struct kh_doc *d, const struct kh_quotes *q,
			     const struct kh_say *s)
{
	uint32_t at = s->region.begin;
	const char *p = d->text.p;
	while (at > s->limit.begin &&
	       (kh_is_space((unsigned char)p[at - 1]) || p[at - 1] == ',' || p[at - 1] == '-'))
		at--;
	if (at == s->limit.begin && kh_doc_child(d, s->token, KH_CCOMP) == KH_NONE)
		return asked_before(d, q, s);
	uint32_t i = at > s->limit.begin ? kh_quotes_end(q, at) : KH_NONE;
	return i != KH_NONE && q->list[i].speech ? i : KH_NONE;
}

/* The quotation that follows cue and speaker: He told reporters on Monday: "…" */
static uint32_t quote_after(const struct kh_doc *d, const struct kh_quotes *q,
			    const struct kh_say *s)
{
	uint32_t i = kh_quotes_from(q, s->region.end);
	if (i == KH_NONE)
		return KH_NONE;
	kh_span gap = {s->region.end, q->list[i].whole.begin};
	if (q->list[i].at.begin > s->limit.end && /* "He went on:" and a paragraph of quotation */
	    (gap.begin + 1 >= gap.end || d->text.p[s->limit.end - 1] != ':' ||
	     kh_str_trim(kh_text(d, (kh_span){s->limit.end, gap.end})).n))
		return KH_NONE;
	gap.end = kh_max32(gap.end, gap.begin);
	kh_str between = kh_str_trim(kh_text(d, gap));
	char last = between.n ? between.p[between.n - 1] : ',';
	if (last != ',' && last != ':' && last != '.' && (between.n > 40 || !q->list[i].speech))
		return KH_NONE;
	if (kh_str_ends(between, " that") || kh_str_is(between, "that") || cue_between(d, s, gap))
		return KH_NONE;
	uint32_t c = kh_doc_child(d, s->token, KH_CCOMP);
	bool begun = c != KH_NONE && c > s->token && kh_doc_subtree(d, c).begin + 2 < gap.end;
	if (last != ':' && last != ',' && kh_cue_takes(s->frames, KH_S("obj")) &&
	    kh_doc_child(d, s->token, KH_OBJ) != KH_NONE && between.n)
		return KH_NONE;
	if (last != ':' && (finite_between(d, s, gap) || (begun && last != ',')))
		return KH_NONE;
	return q->list[i].speech || last == ':' ? i : KH_NONE;
}

static bool direct(const struct kh_doc *d, const struct kh_quotes *q, struct kh_say *s)
{
	bool as = s->token && kh_str_ieq(d->token[s->token - 1].form, KH_S("as"));
	bool shares = !s->own && !as && (d->token[s->token].feats & KH_FEAT_GER);
	uint32_t before = shares ? KH_NONE : quote_before(d, q, s), after = quote_after(d, q, s);
	if (before != KH_NONE) {
		kh_span at = q->list[before].whole;
		kh_str lead = kh_str_trim(
			kh_text(d, (kh_span){kh_min32(s->limit.begin, at.begin), at.begin}));
		bool mixed = lead.n && (kh_is_alpha((unsigned char)lead.p[lead.n - 1]) ||
					kh_is_digit((unsigned char)lead.p[lead.n - 1]));
		if (at.begin > s->limit.begin && (lead.n < 40 || mixed)) /* But "…," he said */
			at.begin = s->limit.begin;
		s->limit.begin = kh_min32(s->limit.begin, at.begin);
		kh_content_add(d, s, at);
	}
	if (after != KH_NONE) {
		kh_span at = q->list[after].whole;
		s->limit.end = kh_max32(s->limit.end, at.end);
		kh_content_add(d, s, at);
	}
	s->v.quote = s->n_piece > 0;
	return s->v.quote;
}

/* "said in a speech that rebels had fled", "told the group that …": the clause hangs on the noun
 * between, as if it described it. */
static uint32_t clause_behind(const struct kh_doc *d, const struct kh_say *s)
{
	bool tells = kh_cue_takes(s->frames, KH_S("tell"));
	for (uint32_t n = d->token[s->token].child; n != KH_NONE; n = d->token[n].next) {
		uint8_t rel = d->token[n].rel;
		bool noun = rel == KH_OBJ || rel == KH_IOBJ || kh_rel_base(rel) == KH_OBL;
		for (uint32_t c = d->token[n].child; c != KH_NONE && noun; c = d->token[c].next) {
			uint32_t mark = kh_doc_child(d, c, KH_MARK);
			bool that = mark != KH_NONE && kh_str_is(d->token[mark].form, "that");
			bool whole = kh_doc_child(d, c, KH_NSUBJ) != KH_NONE ||
				     kh_doc_child(d, c, KH_NSUBJ_PASS) != KH_NONE;
			if (n > s->token && tells && that && whole && rel != KH_OBJ)
				return c;
			if (n > s->token && d->token[c].rel == KH_ACL_RELCL && rel != KH_OBL &&
			    kh_str_among(d->token[s->token].lemma,
					 "tell inform warn assure remind notify") &&
			    kh_str_starts(kh_text(d, kh_doc_subtree(d, c)), "that ") &&
			    kh_doc_child(d, c, KH_NSUBJ) != KH_NONE)
				return c;
		}
	}
	return KH_NONE;
}

/* The clause under a cue verb: its complement, or what it is accused of. */
static uint32_t clause_of(const struct kh_doc *d, const struct kh_say *s)
{
	uint32_t t = s->token;
	uint32_t before = KH_NONE;
	for (uint32_t c = d->token[t].child; c != KH_NONE; c = d->token[c].next) {
		if (d->token[c].rel != KH_CCOMP)
			continue;
		if (c > t)
			return c;
		before = c;
	}
	if (before != KH_NONE)
		return before;
	for (uint32_t c = d->token[t].child; c != KH_NONE; c = d->token[c].next) {
		uint8_t rel = d->token[c].rel;
		uint32_t mark = kh_doc_child(d, c, KH_MARK);
		if (rel == KH_ADVCL && c > t && mark != KH_NONE &&
		    kh_str_ieq(d->token[mark].form, KH_S("that")))
			return c;
		if ((rel == KH_CSUBJ || rel == KH_CSUBJ_PASS) && c > t)
			return c;
		bool gerund = (d->token[c].feats & KH_FEAT_GER) != 0; /* "denied losing it" */
		if (rel == KH_XCOMP && c > t &&
		    (gerund || s->passive || kh_cue_takes(s->frames, KH_S("inf"))))
			return c;
	}
	return clause_behind(d, s);
}

/* "X is believed to have left": X belongs to what is believed. */
static void with_subject(const struct kh_doc *d, struct kh_say *s)
{
	uint32_t c = kh_doc_child(d, s->token, KH_NSUBJ_PASS);
	if (s->passive && c != KH_NONE && d->token[c].upos != KH_PRON)
		kh_content_add(d, s, kh_doc_subtree(d, c));
	else if (s->passive && c != KH_NONE && !kh_str_ieq(d->token[c].form, KH_S("it")))
		kh_content_add(d, s, d->token[c].at);
}

/* "said the road was closed, adding that…": what a comma and a participle of telling begin is
 * no part of the clause before, wherever the parser hangs it. */
static uint32_t before_participle(const struct kh_doc *d, const struct kh_say *s, uint32_t c,
				  kh_span all)
{
	for (uint32_t t = c + 2; t < d->n_token && d->token[t].at.begin < all.end; t++) {
		if (!(d->token[t].feats & KH_FEAT_GER) || !kh_str_is(d->token[t - 1].form, ",") ||
		    !kh_words_has(s->cues, d->token[t].lemma))
			continue;
		if (kh_doc_child(d, t, KH_CCOMP) != KH_NONE ||
		    kh_doc_child(d, t, KH_OBJ) != KH_NONE)
			return d->token[t - 1].at.begin;
	}
	return all.end;
}

/* Of several subjects the one next to the verb: "hours after the army said". */
static uint32_t last_subject(const struct kh_doc *d, uint32_t verb)
{
	uint32_t who = KH_NONE;
	for (uint32_t c = d->token[verb].child; c != KH_NONE && c < verb; c = d->token[c].next)
		who = d->token[c].rel == KH_NSUBJ ? c : who;
	return who;
}

/* "hours after", "a day before": what measures a clause of time stands before its first word. */
static uint32_t measured(const struct kh_doc *d, uint32_t first, uint32_t floor)
{
	uint32_t t = first;
	if (t > floor && kh_str_among(d->token[t - 1].form, "after before when as"))
		t--;
	while (t > floor && (kh_str_among(d->token[t - 1].lemma, "hour day minute week month year "
							       "moment shortly soon just even") ||
			     kh_str_among(d->token[t - 1].form, "a an") || d->token[t - 1].upos == KH_NUM))
		t--;
	return t;
}

/* "said the bridge was safe, while others said it was not", "…, after others had said it was not":
 * another one's telling beside the clause. */
static uint32_t before_other(const struct kh_doc *d, const struct kh_say *s, uint32_t c,
			     kh_span all)
{
	for (uint32_t t = c + 2; t < d->n_token && d->token[t].at.begin < all.end; t++) {
		const struct kh_token *k = &d->token[t];
		uint32_t who = last_subject(d, t), mark = kh_doc_child(d, t, KH_MARK);
		bool beside = k->rel == KH_CONJ || k->rel == KH_PARATAXIS ||
			      (k->rel == KH_ADVCL && mark != KH_NONE &&
			       kh_str_among(d->token[mark].form, "while whereas after before"));
		if (k->upos != KH_VERB || !beside || who == KH_NONE || who < c || who > t ||
		    !kh_words_has(s->cues, k->lemma))
			continue;
		uint32_t first = who;
		kh_span at = kh_doc_subtree(d, who);
		while (first > c && d->token[first - 1].at.begin >= at.begin)
			first--;
		while (first > c && (d->token[first - 1].upos == KH_CCONJ ||
				     d->token[first - 1].upos == KH_SCONJ))
			first--;
		first = measured(d, first, c);
		if (first > c + 1 && kh_str_among(d->token[first - 1].form, ", ;"))
			return d->token[first - 1].at.begin;
	}
	return all.end;
}

/* "said it had left, a claim the army denies": what sums the clause up is no part of it. */
static uint32_t before_claim(const struct kh_doc *d, uint32_t c, kh_span all)
{
	for (uint32_t t = c + 3; t < d->n_token && d->token[t].at.begin < all.end; t++)
		if (kh_cue_is_claim(&d->token[t]) && kh_str_among(d->token[t - 1].form, "a an") &&
		    kh_str_is(d->token[t - 2].form, ","))
			return d->token[t - 2].at.begin;
	return all.end;
}

/* "said the road was closed because it had snowed": the reason is part of what is said, though the
 * parser hangs it on the verb of saying. */
static kh_span with_reason(const struct kh_doc *d, const struct kh_say *s, uint32_t clause,
			   kh_span all)
{
	static const char *const words[] = {"because", "if",	  "unless", "until", "although",
					    "though",  "whereas", "so",	    "since", "lest"};
	for (uint32_t c = d->token[clause].next; c != KH_NONE; c = d->token[c].next) {
		uint32_t mark = kh_doc_child(d, c, KH_MARK);
		bool reason = false;
		for (size_t i = 0; mark != KH_NONE && i < KH_COUNT(words); i++)
			reason |= kh_str_ieq(d->token[mark].form, kh_str_of(words[i]));
		if (d->token[c].rel != KH_ADVCL || !reason || c < s->token)
			continue;
		kh_span more = kh_doc_subtree(d, c);
		if (more.begin <= all.end + 2)
			all.end = kh_max32(all.end, more.end);
	}
	return all;
}

/* "say they believe the voters would leave": what follows the clause without a mark between is part
 * of it, though the parser hangs it on the verb of saying. */
static kh_span with_rest(const struct kh_doc *d, const struct kh_say *s, uint32_t clause,
			 kh_span all)
{
	for (uint32_t c = d->token[clause].next; c != KH_NONE; c = d->token[c].next) {
		uint8_t rel = d->token[c].rel;
		kh_span more = kh_doc_subtree(d, c);
		bool part = rel == KH_CCOMP || rel == KH_XCOMP || rel == KH_OBJ ||
			    kh_rel_base(rel) == KH_OBL || rel == KH_ADVCL || rel == KH_ADVMOD;
		/* "that states, led by one, will": the noun passed for the clause */
		bool split = rel == KH_CCOMP && d->token[clause].upos == KH_NOUN;
		if (c > s->token && part && more.begin <= all.end + 1 + split)
			all.end = kh_max32(all.end, more.end);
	}
	return all;
}

/* "called the vote a farce": object and name for it belong together. */
static bool names_object(const struct kh_doc *d, const struct kh_say *s, uint32_t c)
{
	uint32_t o = kh_doc_child(d, s->token, KH_OBJ), mark = kh_doc_child(d, c, KH_MARK);
	return d->token[c].rel == KH_XCOMP && o != KH_NONE && o < c && mark == KH_NONE &&
	       !s->passive && kh_cue_takes(s->frames, KH_S("obj"));
}

static bool clause(const struct kh_doc *d, struct kh_say *s)
{
	uint32_t c = clause_of(d, s);
	if (c == KH_NONE || names_object(d, s, c))
		return false;
	kh_span all = kh_doc_subtree(d, c);
	if (d->token[c].rel == KH_XCOMP)
		with_subject(d, s);
	if (all.end <= s->region.begin) { /* "Rebels had fled, he said": from the clause on */
		kh_str gap = kh_str_trim(kh_text(d, (kh_span){all.end, s->region.begin}));
		if (gap.n < 3)
			all.end = s->region.begin;
		uint32_t lead = d->sentence[d->token[c].sentence].first_token;
		if (d->token[lead].head != s->token || d->token[lead].at.begin >= all.begin)
			all.begin = kh_min32(all.begin, s->limit.begin);
	}
	if (all.begin >= s->region.end)
		all.end = before_participle(d, s, c, with_rest(d, s, c, with_reason(d, s, c, all)));
	if (all.begin >= s->region.end)
		all.end = before_claim(d, c, (kh_span){all.begin, before_other(d, s, c, all)});
	kh_content_add(d, s, all);
	return s->n_piece > 0;
}

static uint32_t words_in(const struct kh_doc *d, kh_span at)
{
	uint32_t n = 0;
	for (uint32_t i = at.begin; i < at.end; i++)
		n += d->text.p[i] == ' ';
	return n;
}

/* ", he said." at the end of a sentence or between commas, without a clause in the tree. */
static bool closing(const struct kh_doc *d, struct kh_say *s)
{
	uint32_t at = s->region.begin;
	while (at > s->limit.begin && kh_is_space((unsigned char)d->text.p[at - 1]))
		at--;
	if (at < s->limit.begin + 8 || d->text.p[at - 1] != ',')
		return false;
	kh_span tail = {s->region.end, s->limit.end};
	bool comma = d->text.p[s->region.end] == ',';
	if ((!comma && words_in(d, tail) > TAIL_WORDS) || d->token[s->token].rel == KH_ACL_RELCL)
		return false;
	kh_content_add(d, s, (kh_span){s->limit.begin, s->region.begin});
	if (comma && words_in(d, tail) > 2 && d->token[s->token].rel == KH_PARATAXIS)
		kh_content_add(d, s, tail);
	return s->n_piece > 0;
}

/* "The tone, she said, would change.": between commas in the midst of what is said. */
static bool medial(const struct kh_doc *d, struct kh_say *s)
{
	uint32_t at = s->region.begin;
	while (at > s->limit.begin && kh_is_space((unsigned char)d->text.p[at - 1]))
		at--;
	if (!s->own || s->who == KH_NONE || at < s->limit.begin + 4 || d->text.p[at - 1] != ',' ||
	    d->text.p[s->region.end] != ',' || d->token[s->token].rel == KH_ACL_RELCL ||
	    !kh_cue_takes(s->frames, KH_S("tell")))
		return false;
	kh_span tail = {s->region.end, s->limit.end};
	if (words_in(d, tail) < 3)
		return false;
	kh_content_add(d, s, (kh_span){s->limit.begin, s->region.begin});
	kh_content_add(d, s, tail);
	return s->n_piece > 0;
}

/* The cue hangs beside the clause that it tells: parataxis, "as X said". */
static bool beside(const struct kh_doc *d, struct kh_say *s)
{
	const struct kh_token *k = &d->token[s->token];
	uint32_t mark = kh_doc_child(d, s->token, KH_MARK);
	bool as = k->rel == KH_ADVCL && mark != KH_NONE &&
		  kh_str_ieq(d->token[mark].form, KH_S("as"));
	if (k->head == KH_NONE || (k->rel != KH_PARATAXIS && !as))
		return false;
	kh_span own = kh_doc_subtree(d, s->token), all = kh_doc_subtree(d, k->head);
	uint32_t at = own.begin;
	while (at > all.begin && kh_is_space((unsigned char)d->text.p[at - 1]))
		at--;
	if (d->text.p[own.begin] == ';' || (at > all.begin && d->text.p[at - 1] == ';'))
		return false; /* "the army said 12 died; residents said at least 30" */
	if (all.begin < own.begin)
		kh_content_add(d, s, (kh_span){all.begin, own.begin});
	if (all.end > own.end)
		kh_content_add(d, s, (kh_span){own.end, all.end});
	return s->n_piece > 0;
}

/* "the poll found no support": papers find and show things as their telling. */
static bool tells_as_paper(const struct kh_doc *d, const struct kh_say *s)
{
	kh_str value;
	return s->who != KH_NONE && kh_cue_takes(s->frames, KH_S("paper")) &&
	       kh_words_find(s->cues, d->token[s->who].lemma, &value) &&
	       kh_cue_takes(value, KH_S("doc"));
}

static bool complement(const struct kh_doc *d, const struct kh_say *s, uint32_t c)
{
	uint8_t rel = d->token[c].rel;
	if (rel == KH_OBJ)
		return kh_cue_takes(s->frames, KH_S("obj")) || tells_as_paper(d, s);
	if (kh_rel_base(rel) != KH_OBL && rel != KH_ADVCL)
		return false;
	uint32_t k = kh_doc_child(d, c, rel == KH_ADVCL ? KH_MARK : KH_CASE);
	return k != KH_NONE && kh_cue_takes(s->frames, d->token[k].form);
}

/* "denounced the vote, which was late": what a comma and a relative word begin is beside the point. */
static uint32_t before_aside(const struct kh_doc *d, const struct kh_say *s, kh_span all)
{
	for (uint32_t t = s->token + 3; t < d->n_token && d->token[t].at.begin < all.end; t++)
		if (d->token[t].at.begin > all.begin && kh_str_is(d->token[t - 1].form, ",") &&
		    kh_str_among(d->token[t].form, "which who whose where"))
			return d->token[t - 1].at.begin;
	return all.end;
}

/* Objects and prepositional phrases that the verb takes: from the first to the last of them. */
static bool objects(const struct kh_doc *d, struct kh_say *s)
{
	kh_span all = {0, 0};
	bool takes_obj = kh_cue_takes(s->frames, KH_S("obj"));
	bool shows = tells_as_paper(d, s); /* "the poll shows Khan with 36 percent" */
	if (s->passive && takes_obj) {
		uint32_t c = kh_doc_child(d, s->token, KH_NSUBJ_PASS);
		if (c != KH_NONE)
			kh_content_add(d, s, kh_doc_subtree(d, c));
	}
	for (uint32_t c = d->token[s->token].child; c != KH_NONE; c = d->token[c].next) {
		if (c < s->token)
			continue;
		bool takes = complement(d, s, c);
		uint8_t rel = d->token[c].rel;
		bool more = all.end && (rel == KH_XCOMP || rel == KH_CCOMP ||
					(shows && (rel == KH_ADVCL || kh_rel_base(rel) == KH_OBL) &&
					 kh_doc_subtree(d, c).begin <= all.end + 1));
		if (!takes && !more)
			continue;
		kh_span at = kh_doc_subtree(d, c);
		if (!all.end)
			all.begin = at.begin;
		all.end = kh_max32(all.end, at.end);
	}
	all.end = all.end ? before_aside(d, s, all) : 0;
	if (all.end) {
		if (s->v.cue.end > all.begin) /* its preposition stands with the cue */
			all.begin = s->v.cue.end;
		kh_content_add(d, s, all);
	}
	return s->n_piece > 0;
}

/* "wrote a book", "spoke in Rome": an object or a preposition follows, nothing that is told. */
static bool said_of(const struct kh_doc *d, const struct kh_say *s)
{
	uint32_t t = s->token + 1;
	while (t < d->n_token && d->token[t].at.begin < s->region.end)
		t++;
	bool next = t < d->n_token && d->token[t].upos == KH_ADP;
	return next || kh_doc_child(d, s->token, KH_OBJ) != KH_NONE;
}

/* "a claim the army denied": the claim, not the clause that it sums up. */
static bool claim_before(const struct kh_doc *d, struct kh_say *s)
{
	const struct kh_token *k = &d->token[s->token];
	if (s->v.stance != KH_DENIES)
		return false;
	bool describes = k->head != KH_NONE && k->head < s->token &&
			 (k->rel == KH_ACL_RELCL || k->rel == KH_ACL);
	uint32_t noun = describes ? k->head : s->who == KH_NONE ? s->token : s->who;
	while (!describes && noun > 0 && d->token[noun].sentence == k->sentence &&
	       d->token[noun].at.begin >= s->v.source.begin)
		noun--;
	if (!noun || d->token[noun].sentence != k->sentence ||
	    !kh_cue_is_claim(&d->token[noun]) || s->v.source.begin < d->token[noun].at.end)
		return false;
	bool article = kh_str_among(d->token[noun - 1].form, "a an the this that");
	kh_span at = {d->token[noun - article].at.begin, d->token[noun].at.end};
	s->v.phrase = true;
	kh_content_add(d, s, at);
	return true;
}

/* "One user commented on the video: she is right": what stands behind the colon, without marks. */
static bool after_colon(const struct kh_doc *d, struct kh_say *s)
{
	const struct kh_sentence *n = &d->sentence[d->token[s->token].sentence];
	uint32_t t = s->token + 1, end = n->first_token + n->n_tokens;
	while (t < end && !kh_str_is(d->token[t].form, ":"))
		t++;
	if (t + 3 >= end || d->token[t].at.begin < s->region.end || !s->own || s->who == KH_NONE ||
	    !kh_cue_takes(s->frames, KH_S("tell")))
		return false;
	kh_span gap = {s->region.end, d->token[t].at.begin};
	if (finite_between(d, s, gap) || cue_between(d, s, gap))
		return false;
	kh_content_add(d, s, (kh_span){d->token[t].at.end, s->limit.end});
	return s->n_piece > 0;
}

void kh_content_of_verb(const struct kh_doc *d, const struct kh_quotes *q, struct kh_say *s)
{
	if (claim_before(d, s))
		return;
	bool stand = kh_cue_takes(s->frames, KH_S("stand"));
	bool inside = kh_quotes_at(q, s->v.cue.begin) != KH_NONE;
	if (!inside && !stand && direct(d, q, s))
		return;
	if (kh_cue_takes(s->frames, KH_S("quote")))
		return;
	if (s->closes && closing(d, s))
		return;
	if ((!inside && medial(d, s)) || after_colon(d, s) || clause(d, s))
		return;
	s->v.phrase = objects(d, s);
	if (s->v.phrase)
		return;
	if (stand || s->who == KH_NONE)
		return;
	if (closing(d, s) || beside(d, s))
		return;
	kh_span rest = {s->region.end, s->limit.end};
	if (d->token[s->token].rel == KH_ACL_RELCL || said_of(d, s))
		return;
	rest.end = before_participle(d, s, s->token, rest);
	if (kh_cue_takes(s->frames, KH_S("tell")) && words_in(d, rest) > 3)
		kh_content_add(d, s, rest);
}

/* "the claim that…", "X's statement that…", "accusations of…". */
void kh_content_of_noun(const struct kh_doc *d, struct kh_say *s)
{
	for (uint32_t c = d->token[s->token].child; c != KH_NONE; c = d->token[c].next) {
		if (c < s->token)
			continue;
		uint8_t rel = d->token[c].rel;
		uint32_t k = kh_doc_child(d, c, KH_CASE);
		bool that = (rel == KH_ACL || rel == KH_CCOMP) &&
			    kh_doc_child(d, c, KH_MARK) != KH_NONE;
		uint32_t r = kh_doc_child(d, c, KH_ACL_RELCL); /* "the claim by X that…" */
		if (r != KH_NONE && kh_rel_base(rel) == KH_NMOD &&
		    kh_str_starts(kh_text(d, kh_doc_subtree(d, r)), "that ")) {
			kh_content_add(d, s, kh_doc_subtree(d, r));
			return;
		}
		bool of = kh_rel_base(rel) == KH_NMOD && k != KH_NONE &&
			  kh_cue_takes(s->frames, d->token[k].form);
		if (!that && !of)
			continue;
		kh_span at = kh_doc_subtree(d, c);
		if (of && d->token[k].at.end < at.end && s->v.cue.end <= d->token[k].at.begin) {
			s->v.cue.end = d->token[k].at.end;
			at.begin = d->token[k].at.end;
		}
		s->v.phrase = of;
		kh_content_add(d, s, at);
		return;
	}
}

/* "according to X", "in X's words": the clause that the phrase hangs on, without the phrase. */
void kh_content_of_phrase(const struct kh_doc *d, struct kh_say *s, uint32_t phrase)
{
	uint32_t clause = d->token[phrase].head;
	for (unsigned n = 0; clause != KH_NONE && n < 8; n++) {
		const struct kh_token *k = &d->token[clause];
		if (k->head == KH_NONE || k->rel == KH_CCOMP || k->rel == KH_PARATAXIS ||
		    k->rel == KH_ACL_RELCL || (k->rel == KH_CONJ && k->upos == KH_VERB))
			break;
		clause = k->head;
	}
	if (clause == KH_NONE)
		return;
	kh_span all = kh_doc_subtree(d, clause), own = kh_doc_subtree(d, phrase);
	if (all.begin < own.begin)
		kh_content_add(d, s, (kh_span){all.begin, own.begin});
	if (all.end > own.end)
		kh_content_add(d, s, (kh_span){own.end, all.end});
}
