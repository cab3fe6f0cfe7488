/* Speakers that a mark names instead of a verb. In: a sentence with its tokens, mentions, quotations.
 * Out: who speaks, the mark and what is told. "Police: two held" as a headline, "KHAN: We did not."
 * and "A: We did not." in an interview, which go on to the end of the paragraph; "Two held - police"
 * and "Two held: police" as headlines, "…" - Ann Lee below a quotation. */
#include "read/voice_mark.h"

#include "base/str.h"

enum { HEAD_WORDS = 10, TAIL_WORDS = 6, LINE_WORDS = 30 };

static bool names(const struct kh_token *k)
{
	return k->upos == KH_NOUN || k->upos == KH_PROPN || k->upos == KH_ADJ ||
	       k->upos == KH_DET || k->upos == KH_CCONJ || (k->flags & KH_TOK_TITLE) ||
	       kh_str_is(k->form, ".") || kh_str_is(k->form, ",") || kh_str_is(k->form, "of") ||
	       kh_str_is(k->form, "'s") || kh_str_is(k->form, "\xE2\x80\x99s");
}

static bool has_verb(const struct kh_doc *d, uint32_t t, uint32_t end)
{
	while (t < end && d->token[t].upos != KH_VERB && d->token[t].upos != KH_AUX)
		t++;
	return t < end;
}

/* "Iran ready for talks": headlines leave the verb out. */
static bool states(const struct kh_doc *d, uint32_t t, uint32_t end)
{
	while (t < end && d->token[t].upos != KH_VERB && d->token[t].upos != KH_AUX &&
	       d->token[t].upos != KH_ADJ)
		t++;
	return t < end;
}

/* The phrase of names and nouns before the first colon of a sentence, back to its beginning, a
 * dash or a bracket: its tokens are [*first, *colon). */
static bool named_before(const struct kh_doc *d, const struct kh_sentence *n, uint32_t *first,
			 uint32_t *colon)
{
	uint32_t end = n->first_token + n->n_tokens, t = n->first_token;
	while (t < end && !kh_str_is(d->token[t].form, ":"))
		t++;
	*colon = t;
	if (t == n->first_token || t + 3 >= end)
		return false;
	for (*first = t; *first > n->first_token && t - *first <= HEAD_WORDS; --*first) {
		const struct kh_token *k = &d->token[*first - 1];
		if (k->upos == KH_PUNCT && !kh_str_is(k->form, ",") && !kh_str_is(k->form, "."))
			break;
		if (!names(k) || k->upos == KH_AUX || k->upos == KH_SCONJ)
			return false;
	}
	return t > *first && t - *first <= HEAD_WORDS;
}

/* Is it somebody, or a paper that tells? The mention of [first, end) goes to *m. */
static bool someone(const struct kh_doc *d, const struct kh_words *cues, uint32_t first,
		    uint32_t end, uint32_t *m)
{
	*m = KH_NONE;
	for (uint32_t k = end; *m == KH_NONE && k-- > first;)
		*m = d->token[k].mention;
	kh_str value;
	if (kh_words_find(cues, d->token[end - 1].lemma, &value))
		return kh_str_ends(value, "doc");
	return (*m != KH_NONE && (d->mention[*m].human || d->mention[*m].political)) ||
	       d->token[end - 1].name_type == KH_NAME_PERSON;
}

static bool opens_paragraph(const struct kh_doc *d, uint32_t sentence)
{
	const struct kh_sentence *n = &d->sentence[sentence];
	return sentence == 0 || d->sentence[sentence - 1].paragraph != n->paragraph ||
	       d->sentence[sentence - 1].story != n->story;
}

static uint32_t end_of_paragraph(const struct kh_doc *d, uint32_t sentence)
{
	const struct kh_sentence *n = &d->sentence[sentence];
	uint32_t i = sentence;
	while (i + 1 < d->n_sentence && d->sentence[i + 1].story == n->story &&
	       d->sentence[i + 1].paragraph == n->paragraph)
		i++;
	return d->sentence[i].at.end;
}

bool kh_mark_colon(const struct kh_doc *d, const struct kh_words *cues, const struct kh_quotes *q,
		   uint32_t sentence, struct kh_mark *m)
{
	const struct kh_sentence *n = &d->sentence[sentence];
	uint32_t first = 0, t = 0;
	if (!named_before(d, n, &first, &t) || kh_quotes_at(q, d->token[t].at.begin) != KH_NONE)
		return false;
	bool opens = opens_paragraph(d, sentence), alone = first + 1 == t && opens;
	kh_str head = d->token[first].form;
	if (alone && (kh_str_is(head, "Q") || kh_str_ieq(head, KH_S("question"))))
		return false;
	bool answer = alone && (kh_str_is(head, "A") || kh_str_ieq(head, KH_S("answer")));
	if (!(answer || someone(d, cues, first, t, &m->speaker)) ||
	    !has_verb(d, t, n->first_token + n->n_tokens))
		return false;
	m->token = t;
	m->source = (kh_span){d->token[first].at.begin, d->token[t - 1].at.end};
	m->cue = d->token[t].at;
	m->region = (kh_span){m->source.begin, m->cue.end};
	m->content = (kh_span){m->cue.end, opens ? end_of_paragraph(d, sentence) : n->at.end};
	if (answer) { /* whoever is asked: nobody is named */
		m->cue = m->region;
		m->source = (kh_span){0, 0};
		m->speaker = KH_NONE;
	}
	while (m->content.begin < m->content.end && d->text.p[m->content.begin] == ' ')
		m->content.begin++;
	uint32_t i = kh_quotes_at(q, m->content.begin + 3);
	m->quote = i != KH_NONE && q->list[i].whole.begin == m->content.begin;
	return true;
}

static bool is_dash(const struct kh_token *k)
{
	return kh_str_among(k->form, "- -- \xE2\x80\x93 \xE2\x80\x94 \xE2\x80\x95");
}

/* The last colon, or dash with a blank or a quotation before it; KH_NONE: there is none. */
static uint32_t last_dash(const struct kh_doc *d, const struct kh_sentence *n)
{
	uint32_t t = n->first_token + n->n_tokens;
	while (t-- > n->first_token && n->first_token + n->n_tokens - t <= LINE_WORDS) {
		uint32_t at = d->token[t].at.begin;
		unsigned char before = at > 0 ? (unsigned char)d->text.p[at - 1] : '\n';
		if (is_dash(&d->token[t]) && (before == ' ' || before == '"' || before >= 0x80))
			return t;
		if (kh_str_is(d->token[t].form, ":"))
			return t;
	}
	return KH_NONE;
}

/* Where the line of a token ends, in tokens of its sentence. */
static uint32_t line_end(const struct kh_doc *d, const struct kh_sentence *n, uint32_t t)
{
	uint32_t end = n->first_token + n->n_tokens;
	for (t++; t < end; t++)
		if (memchr(d->text.p + d->token[t - 1].at.end, '\n',
			   d->token[t].at.begin - d->token[t - 1].at.end))
			break;
	return t;
}

/* The quotation that ends before a byte, blanks apart. */
static uint32_t quoted_before(const struct kh_doc *d, const struct kh_quotes *q, uint32_t at)
{
	const char *p = d->text.p;
	while (at > 1 && (p[at - 1] == ' ' || (unsigned char)p[at - 1] == 0xA0))
		at -= p[at - 1] == ' ' ? 1 : 2;
	uint32_t i = kh_quotes_end(q, at);
	return i != KH_NONE && q->list[i].speech ? i : KH_NONE;
}

bool kh_mark_dash(const struct kh_doc *d, const struct kh_words *cues, const struct kh_quotes *q,
		  uint32_t sentence, struct kh_mark *m)
{
	const struct kh_sentence *n = &d->sentence[sentence];
	uint32_t t = last_dash(d, n), end = n->first_token + n->n_tokens, first = t + 1;
	if (t == KH_NONE || kh_quotes_at(q, d->token[t].at.begin) != KH_NONE)
		return false;
	bool colon = kh_str_is(d->token[t].form, ":");
	uint32_t i = colon ? KH_NONE : quoted_before(d, q, d->token[t].at.begin);
	end = line_end(d, n, t);
	bool stop = end > first && kh_str_is(d->token[end - 1].form, ".");
	end -= stop;
	if (end <= first || end - first > TAIL_WORDS || has_verb(d, first, end))
		return false;
	bool titles = true;
	for (uint32_t k = first; k < end; k++) {
		if (!names(&d->token[k]))
			return false;
		titles &= (d->token[k].flags & KH_TOK_TITLE) || d->token[k].upos == KH_PUNCT;
	}
	bool known = someone(d, cues, first, end, &m->speaker);
	if (i == KH_NONE) { /* a headline: a line of its own, with a verb, without a stop */
		if (!known || stop || !states(d, n->first_token, t) || t < n->first_token + 3 ||
		    !opens_paragraph(d, sentence) || end_of_paragraph(d, sentence) != n->at.end)
			return false;
		m->content = (kh_span){n->at.begin, d->token[t].at.begin};
	} else if (known || titles) {
		m->content = q->list[i].whole;
	} else {
		return false;
	}
	m->token = t;
	m->cue = d->token[t].at;
	m->source = (kh_span){d->token[first].at.begin, d->token[end - 1].at.end};
	m->region = (kh_span){m->cue.begin, m->source.end};
	m->quote = i != KH_NONE;
	return true;
}
