/* A cue and whose it is. In: the tree around a word of telling. Out: the cue with its auxiliaries,
 * negation and particle, and the speaker: the subject, the agent of a passive, the subject that a
 * participle, an infinitive or a coordinated verb shares. */
#include "read/voice_cue.h"

#include "base/str.h"

enum {
	BRACKET = 8,	  /* tokens of a party and state in brackets */
	TAIL_WORDS = 6,	  /* as many may stand behind a cue that ends its sentence */
	CLIMB = 5,	  /* verbs over a cue that may lend it their subject */
	MOST_BETWEEN = 40 /* words between a quotation and the cue behind it */
};

bool kh_cue_takes(kh_str frames, kh_str word)
{
	for (size_t i = 0; i < frames.n;) {
		size_t end = i;
		while (end < frames.n && frames.p[end] != ' ')
			end++;
		if (kh_str_ieq(kh_str_sub(frames, i, end), word))
			return true;
		i = end + 1;
	}
	return false;
}

kh_span kh_cue_trim(const struct kh_doc *d, kh_span s)
{
	const char *p = d->text.p;
	while (s.begin < s.end && (kh_is_space((unsigned char)p[s.begin]) || p[s.begin] == ',' ||
				   p[s.begin] == ':' || p[s.begin] == ';'))
		s.begin++;
	while (s.end > s.begin && (kh_is_space((unsigned char)p[s.end - 1]) ||
				   p[s.end - 1] == ',' || p[s.end - 1] == ';'))
		s.end--;
	return s;
}

/* The agent of a passive, else the subject: of several the last before the verb. */
static uint32_t child_of_kind(const struct kh_doc *d, uint32_t t, bool passive)
{
	uint32_t subject = KH_NONE;
	for (uint32_t c = d->token[t].child; c != KH_NONE; c = d->token[c].next) {
		uint8_t rel = d->token[c].rel;
		if (rel == KH_OBL_AGENT)
			return c;
		if (!passive && (rel == KH_NSUBJ || rel == KH_NSUBJ_OUTER) &&
		    (c < t || subject == KH_NONE))
			subject = c;
	}
	return subject;
}

/* "by the ministry" after a passive, though the parser names it a mere oblique. */
static uint32_t by_agent(const struct kh_doc *d, uint32_t t)
{
	for (uint32_t c = d->token[t].child; c != KH_NONE; c = d->token[c].next) {
		if (c < t || kh_rel_base(d->token[c].rel) != KH_OBL)
			continue;
		uint32_t k = kh_doc_child(d, c, KH_CASE);
		if (k != KH_NONE && kh_str_ieq(d->token[k].form, KH_S("by")))
			return c;
	}
	return KH_NONE;
}

/* Whoever does what the verb over a subjectless one says; its object where that controls. */
static uint32_t lent_by(const struct kh_doc *d, uint32_t verb, bool controls)
{
	uint32_t o = controls ? kh_doc_child(d, verb, KH_OBJ) : KH_NONE;
	if (o != KH_NONE)
		return o;
	for (uint32_t c = d->token[verb].child; c != KH_NONE; c = d->token[c].next)
		if (kh_rel_base(d->token[c].rel) == KH_NSUBJ)
			return c;
	return KH_NONE;
}

/* "said soldiers would leave, adding that…": whoever the verb of telling above it has. */
static uint32_t teller_above(const struct kh_doc *d, const struct kh_say *s)
{
	uint32_t t = s->token;
	if (t == 0 || !kh_str_is(d->token[t - 1].form, ",") || d->token[t].rel != KH_ADVCL ||
	    !(d->token[t].feats & KH_FEAT_GER))
		return KH_NONE;
	for (uint32_t h = d->token[t].head, n = 0; h != KH_NONE && n < CLIMB; n++) {
		uint32_t c = child_of_kind(d, h, false);
		if (c != KH_NONE && kh_words_has(s->cues, d->token[h].lemma))
			return c;
		h = d->token[h].head;
	}
	return KH_NONE;
}

/* "quoted the president as saying": whoever is quoted says so. */
static bool quoted_as(const struct kh_doc *d, uint32_t t)
{
	uint32_t mark = kh_doc_child(d, t, KH_MARK);
	return mark != KH_NONE && kh_str_ieq(d->token[mark].form, KH_S("as")) &&
	       (d->token[t].feats & KH_FEAT_GER);
}

static uint32_t subject_of(const struct kh_doc *d, struct kh_say *s)
{
	uint32_t verb = s->token;
	uint32_t c = child_of_kind(d, verb, s->passive);
	s->own = c != KH_NONE;
	if (c == KH_NONE)
		c = teller_above(d, s);
	if (c == KH_NONE && s->passive)
		return by_agent(d, verb);
	for (unsigned steps = 0; c == KH_NONE && steps < CLIMB; steps++) {
		uint8_t rel = d->token[verb].rel;
		uint32_t head = d->token[verb].head;
		if (head == KH_NONE)
			break;
		bool as = rel == KH_ACL && d->token[head].upos == KH_VERB && quoted_as(d, verb);
		if (rel == KH_ACL && !as)
			return head;
		if (!as && rel != KH_CONJ && rel != KH_XCOMP && rel != KH_ADVCL && rel != KH_PARATAXIS &&
		    rel != KH_COP_REL)
			break;
		if (rel == KH_CONJ && (d->token[head].flags & KH_TOK_PASSIVE) &&
		    !(d->token[head].feats & KH_FEAT_GER))
			c = kh_doc_child(d, head, KH_NSUBJ_PASS);
		else
			c = lent_by(d, head, rel == KH_XCOMP || quoted_as(d, verb));
		s->own |= c != KH_NONE && verb == s->token && quoted_as(d, verb);
		verb = head;
	}
	return c;
}

/* A relative pronoun speaks for what its clause hangs on. */
static uint32_t antecedent(const struct kh_doc *d, uint32_t token)
{
	uint32_t verb = d->token[token].head;
	if (d->token[token].upos != KH_PRON || verb == KH_NONE)
		return token;
	for (unsigned steps = 0; steps < CLIMB && verb != KH_NONE; steps++) {
		if (d->token[verb].rel == KH_ACL_RELCL && d->token[verb].head != KH_NONE)
			return (d->token[token].feats & KH_FEAT_REL) ? d->token[verb].head : token;
		if (d->token[verb].rel != KH_CONJ)
			break;
		verb = d->token[verb].head;
	}
	return token;
}

/* "dozens of residents", "two of the pilots": those counted speak. */
static uint32_t counted(const struct kh_doc *d, uint32_t token)
{
	static const char *const words[] = {"dozen",  "hundred",  "thousand", "score", "number",
					    "couple", "majority", "most",     "some",  "many",
					    "one",    "several",  "all",      "half",  "group"};
	bool amount = d->token[token].upos == KH_NUM;
	for (size_t i = 0; i < KH_COUNT(words); i++)
		amount |= kh_str_ieq(d->token[token].lemma, kh_str_of(words[i]));
	for (uint32_t c = d->token[token].child; c != KH_NONE && amount; c = d->token[c].next) {
		uint32_t k = kh_doc_child(d, c, KH_CASE);
		if (kh_rel_base(d->token[c].rel) == KH_NMOD && c > token && k != KH_NONE &&
		    kh_str_ieq(d->token[k].form, KH_S("of")) && d->token[c].mention != KH_NONE)
			return c;
	}
	return token;
}

/* What stands behind a dash before the head: no dateline is part of a speaker. */
static kh_span behind_dash(const struct kh_doc *d, kh_span at, uint32_t head)
{
	const char *p = d->text.p;
	for (uint32_t i = head; i > at.begin + 2; i--) {
		bool en = (unsigned char)p[i - 3] == 0xE2 && (unsigned char)p[i - 2] == 0x80 &&
			  ((unsigned char)p[i - 1] == 0x93 || (unsigned char)p[i - 1] == 0x94);
		bool two = p[i - 1] == '-' && (p[i - 2] == '-' || p[i - 2] == ' ') && p[i] == ' ';
		if (en || two)
			return (kh_span){i, at.end};
	}
	return at;
}

/* "said Ann Lee, who leads the union": a clause behind the cue describes the speaker, unless it
 * tells something itself ("who added that…"). */
static bool describes(const struct kh_doc *d, const struct kh_say *s, uint32_t clause)
{
	return d->token[clause].rel == KH_ACL_RELCL && d->token[clause].head > s->token &&
	       !kh_words_has(s->cues, d->token[clause].lemma);
}

/* "said Ann Lee, adviser to the king": what stands beside a speaker behind the cue. */
static uint32_t beside(const struct kh_doc *d, const struct kh_say *s, uint32_t who, uint32_t end)
{
	bool of_cue = who > s->token && d->token[who].head == s->token;
	for (uint32_t c = d->token[who].next; c != KH_NONE && of_cue; c = d->token[c].next) {
		kh_span more = kh_doc_subtree(d, c);
		if ((d->token[c].rel == KH_NSUBJ || d->token[c].rel == KH_APPOS) &&
		    more.begin <= end + 2)
			end = kh_max32(end, more.end);
	}
	return end;
}

void kh_cue_source(const struct kh_doc *d, struct kh_say *s, uint32_t token)
{
	s->who = token;
	if (token == KH_NONE)
		return;
	kh_span all = kh_doc_subtree(d, token);
	for (uint32_t c = d->token[token].child; c != KH_NONE; c = d->token[c].next) {
		uint8_t rel = d->token[c].rel;
		bool clause = rel == KH_ACL_RELCL || rel == KH_PARATAXIS || rel == KH_CCOMP ||
			      rel == KH_ADVCL;
		bool holds = kh_span_touch(kh_doc_subtree(d, c), s->v.cue);
		if (c < token && kh_cue_is_claim(&d->token[c])) /* "a claim the army rejects" */
			all.begin = kh_max32(all.begin, d->token[c].at.end);
		uint32_t begin = kh_doc_subtree(d, c).begin;
		if (((clause && !describes(d, s, c)) || holds) && begin > d->token[token].at.begin)
			all.end = kh_min32(all.end, begin);
		if (rel == KH_CASE && d->token[c].at.begin == all.begin) { /* "by the army" */
			uint32_t fixed = kh_doc_child(d, c, KH_FIXED);
			all.begin = d->token[fixed == KH_NONE ? c : fixed].at.end;
		}
	}
	if (all.begin < s->v.cue.end && s->v.cue.end <= d->token[token].at.begin)
		all.begin = s->v.cue.end;
	if (all.end > s->v.cue.begin && s->v.cue.begin >= d->token[token].at.end)
		all.end = s->v.cue.begin;
	all.end = beside(d, s, token, all.end);
	s->v.source = kh_cue_trim(d, behind_dash(d, all, d->token[token].at.begin));
	s->v.speaker = d->token[counted(d, antecedent(d, token))].mention;
}

/* Auxiliaries, negation and adverbs right before the verb, its particle and its preposition. */
static void stretch(const struct kh_doc *d, struct kh_say *s)
{
	const struct kh_sentence *n = &d->sentence[d->token[s->token].sentence];
	uint32_t t = s->token;
	while (t > n->first_token && d->token[t - 1].head == s->token) {
		uint8_t rel = d->token[t - 1].rel;
		if (rel != KH_AUX_REL && rel != KH_AUX_PASS &&
		    (rel != KH_ADVMOD || kh_str_ieq(d->token[t - 1].form, KH_S("when"))))
			break;
		t--;
	}
	if (t >= n->first_token + 3 && kh_str_is(d->token[t - 1].form, "to") &&
	    kh_str_is(d->token[t - 2].form, "on") && kh_str_is(d->token[t - 3].lemma, "go"))
		t -= 3; /* "went on to say" */
	s->v.cue.begin = d->token[t].at.begin;
	uint32_t end = n->first_token + n->n_tokens;
	for (t = s->token + 1; t < end; t++) {
		const struct kh_token *k = &d->token[t];
		bool prt = k->rel == KH_COMPOUND_PRT && k->head == s->token;
		bool prep =
			k->rel == KH_CASE && t == s->token + 1 && kh_cue_takes(s->frames, k->form);
		if (!prt && !prep)
			break;
		s->v.cue.end = k->at.end;
	}
	if (t + 2 < end && kh_str_is(d->token[t].form, "in") &&
	    kh_str_is(d->token[t + 1].form, "a") && kh_str_is(d->token[t + 2].form, "statement"))
		s->v.cue.end = d->token[t + 2].at.end;
}

static bool nominal(const struct kh_token *k)
{
	return k->upos == KH_NOUN || k->upos == KH_PROPN || k->upos == KH_PRON || k->upos == KH_NUM;
}

static bool in_phrase(const struct kh_token *k)
{
	return nominal(k) || k->upos == KH_DET || k->upos == KH_ADJ || kh_str_is(k->form, "'s") ||
	       kh_str_is(k->form, "\xE2\x80\x99s") || kh_str_is(k->form, "of");
}

bool kh_cue_is_claim(const struct kh_token *k)
{
	return kh_str_among(k->lemma, "claim accusation allegation charge report assertion");
}

/* "Thursday", "Friday": no speakers. */
static bool weekday(const struct kh_token *k)
{
	return (k->flags & KH_TOK_TITLE) && k->form.n >= 6 && k->form.n <= 9 &&
	       kh_str_ends(k->form, "day");
}

static uint32_t phrase_before(const struct kh_doc *d, const struct kh_sentence *n, uint32_t t)
{
	while (t > n->first_token && in_phrase(&d->token[t - 1]) &&
	       !kh_cue_is_claim(&d->token[t - 1]))
		t--;
	return t;
}

/* The tree gives no speaker: the noun phrase right before the cue, or right behind it where
 * the words told stand in front ("…," said the mayor). */
static bool nearby(const struct kh_doc *d, struct kh_say *s, const struct kh_sentence *n)
{
	uint32_t first = s->token, last = s->token + 1, end = n->first_token + n->n_tokens;
	while (first > n->first_token && d->token[first - 1].at.begin >= s->v.cue.begin)
		first--;
	uint32_t l = phrase_before(d, n, first);
	if (l < first && nominal(&d->token[first - 1]) && !weekday(&d->token[first - 1])) {
		s->v.source = (kh_span){d->token[l].at.begin, d->token[first - 1].at.end};
		s->who = first - 1;
	} else if (first > n->first_token && d->token[first - 1].upos == KH_PUNCT) {
		while (last < end && in_phrase(&d->token[last]))
			last++;
		if (last == s->token + 1 || !nominal(&d->token[last - 1]) ||
		    weekday(&d->token[last - 1]))
			return false;
		s->v.source = (kh_span){s->v.cue.end, d->token[last - 1].at.end};
		s->who = last - 1;
	} else {
		return false;
	}
	s->own = true;
	s->v.source = kh_cue_trim(d, s->v.source);
	s->v.speaker = d->token[s->who].mention;
	return true;
}

/* "About 4 in 10": number, title and name before a head that the parser left alone. */
static void widen(const struct kh_doc *d, struct kh_say *s, const struct kh_sentence *n)
{
	uint32_t t = s->who;
	if (d->token[t].upos == KH_PRON)
		return;
	while (t > n->first_token && d->token[t].at.begin > s->v.source.begin)
		t--;
	while (t > n->first_token && in_phrase(&d->token[t - 1]) && d->token[t].upos != KH_DET &&
	       !kh_cue_is_claim(&d->token[t - 1]) &&
	       t - 1 != d->token[s->token].head && /* "a claim the rebels denied" */
	       d->token[t - 1].head != s->token && d->token[t - 1].rel != KH_OBL_UNMARKED)
		t--;
	s->v.source.begin = d->token[t].at.begin;
}

/* "Ann Lee, head of the office, said": what stands between commas before the cue is of the speaker,
 * if it begins as a noun phrase or a relative clause does. */
static void apposition(const struct kh_doc *d, struct kh_say *s)
{
	uint32_t t = s->who, last = s->token;
	while (last > 0 && d->token[last - 1].at.begin >= s->v.cue.begin)
		last--;
	if (!s->own || t == KH_NONE || t >= last || s->v.source.end + 3 > s->v.cue.begin)
		return;
	while (t < last && d->token[t].at.begin < s->v.source.end)
		t++;
	if (t + 2 >= last || !kh_str_is(d->token[t].form, ",") ||
	    !kh_str_is(d->token[last - 1].form, ","))
		return;
	const struct kh_token *k = &d->token[t + 1];
	if (in_phrase(k) || k->upos == KH_PRON || kh_str_is(k->form, "who"))
		s->v.source.end = d->token[last - 2].at.end;
}

/* "said Ann Lee, an adviser to the king, by telephone": as much behind a name behind the cue, up to
 * the next comma or the end of the sentence. */
static void apposition_behind(const struct kh_doc *d, struct kh_say *s, const struct kh_sentence *n)
{
	uint32_t t = s->who, end = n->first_token + n->n_tokens;
	if (!s->own || t == KH_NONE || t < s->token || d->token[t].upos != KH_PROPN)
		return;
	while (t < end && d->token[t].at.begin < s->v.source.end)
		t++;
	bool bracket = t + 4 < end && kh_str_is(d->token[t].form, "("); /* "Ann Lee (D-Ohio), a" */
	for (uint32_t k = t; bracket && k < end && k < t + BRACKET; k++)
		if (kh_str_is(d->token[k].form, ")")) {
			t = k + 1;
			break;
		}
	if (t + 2 >= end || !kh_str_is(d->token[t].form, ","))
		return;
	const struct kh_token *k = &d->token[t + 1];
	if (k->upos != KH_DET && k->upos != KH_NOUN && k->upos != KH_ADJ && k->upos != KH_NUM)
		return;
	for (t++; t < end && d->token[t].upos != KH_PUNCT; t++)
		s->v.source.end = d->token[t].at.end;
}

/* One of the two stands within a quotation that the other is not in. */
static bool split_by_quote(const struct kh_doc *d, const struct kh_quotes *q, uint32_t a,
			   uint32_t b)
{
	uint32_t i = kh_quotes_at(q, d->token[a].at.begin),
		 k = kh_quotes_at(q, d->token[b].at.begin);
	return i != k &&
	       ((i != KH_NONE && q->list[i].speech) || (k != KH_NONE && q->list[k].speech));
}

/* "The tone, she said, would…": another noun stands between comma and cue than the subject that
 * the parser gives it. */
static bool interrupted(const struct kh_doc *d, const struct kh_sentence *n, uint32_t t,
			uint32_t who)
{
	if (who + 2 >= t || !nominal(&d->token[t - 1]))
		return false;
	uint32_t l = phrase_before(d, n, t);
	return l > n->first_token && l > who && kh_str_is(d->token[l - 1].form, ",") &&
	       t + 1 < n->first_token + n->n_tokens && kh_str_is(d->token[t + 1].form, ",") &&
	       !kh_doc_below(d, t - 1, who);
}

/* The word that the rest of a phrase hangs on. */
static uint32_t head_within(const struct kh_doc *d, uint32_t first, uint32_t end)
{
	for (uint32_t t = first; t < end; t++)
		if (nominal(&d->token[t]) && (d->token[t].head < first || d->token[t].head >= end))
			return t;
	return KH_NONE;
}

/* "…," Ann Lee, who leads the union, said: the noun phrase between the quotation and the cue
 * speaks, whatever subject the parser found before it. */
static uint32_t after_quote(const struct kh_doc *d, const struct kh_quotes *q,
			    const struct kh_say *s)
{
	const struct kh_sentence *n = &d->sentence[d->token[s->token].sentence];
	uint32_t t = s->token;
	while (t > n->first_token && s->token - t < MOST_BETWEEN &&
	       kh_quotes_end(q, d->token[t - 1].at.end) == KH_NONE)
		t--;
	if (t == n->first_token || t == s->token || s->token - t == MOST_BETWEEN ||
	    !in_phrase(&d->token[t]))
		return KH_NONE;
	uint32_t i = kh_quotes_end(q, d->token[t - 1].at.end), end = t;
	if (i == KH_NONE || !q->list[i].speech)
		return KH_NONE;
	while (end < s->token && in_phrase(&d->token[end]))
		end++;
	bool ends =
		end < s->token ? kh_str_is(d->token[end].form, ",") : nominal(&d->token[end - 1]);
	return ends ? head_within(d, t, end) : KH_NONE;
}

/* Does the cue end its sentence, but for a day, "in a statement" or the like? */
static bool ends_sentence(const struct kh_doc *d, const struct kh_sentence *n, uint32_t t)
{
	uint32_t end = n->first_token + n->n_tokens, words = 0;
	for (t++; t < end && words <= TAIL_WORDS; t++) {
		if (d->token[t].upos == KH_VERB || d->token[t].upos == KH_AUX ||
		    d->token[t].upos == KH_SCONJ)
			return false;
		words += d->token[t].upos != KH_PUNCT;
	}
	return words <= TAIL_WORDS;
}

/* Where the stretch between the last comma before `end` and `end` begins, if it is a noun phrase: no
 * verb, no clause, no preposition in front. */
static uint32_t stretch_before(const struct kh_doc *d, const struct kh_sentence *n, uint32_t end)
{
	uint32_t t = end;
	while (t > n->first_token && d->token[t - 1].upos != KH_PUNCT &&
	       d->token[t - 1].upos != KH_VERB && d->token[t - 1].upos != KH_AUX)
		t--;
	if (t == n->first_token || t == end || !kh_str_is(d->token[t - 1].form, ",") ||
	    !in_phrase(&d->token[t]) || weekday(&d->token[end - 1]))
		return KH_NONE;
	return t;
}

/* "Shots were fired, the head of the office, Ann Lee, said.": a noun phrase between the last commas
 * and a cue that ends the sentence speaks, whatever the parser made of it. */
static uint32_t closing_phrase(const struct kh_doc *d, const struct kh_say *s,
			       const struct kh_sentence *n, uint32_t *first)
{
	uint32_t t = s->token;
	while (t > n->first_token && d->token[t - 1].at.begin >= s->v.cue.begin)
		t--;
	if (!kh_cue_takes(s->frames, KH_S("tell")) || !ends_sentence(d, n, s->token))
		return KH_NONE;
	bool beside = t > n->first_token + 1 && kh_str_is(d->token[t - 1].form, ",");
	uint32_t end = beside ? t - 1 : t, a = stretch_before(d, n, end);
	if (a == KH_NONE)
		return KH_NONE;
	uint32_t b = beside ? stretch_before(d, n, a - 1) : KH_NONE;
	*first = b == KH_NONE ? a : b;
	if ((beside && b == KH_NONE) || *first < n->first_token + 4)
		return KH_NONE;
	return head_within(d, *first, b == KH_NONE ? end : a - 1);
}

/* "sent agents but local officials say": a noun right before a cue that is joined to another verb.
 */
static bool noun_before(const struct kh_doc *d, const struct kh_sentence *n, uint32_t t)
{
	uint32_t l = phrase_before(d, n, t);
	return l < t && l > n->first_token && nominal(&d->token[t - 1]) &&
	       d->token[l - 1].upos == KH_CCONJ;
}

/* "Ann Lee, a doctor at the hospital said": a person opens the sentence, words that describe her
 * follow, and the comma behind them is missing. */
static uint32_t opening_person(const struct kh_doc *d, const struct kh_say *s, uint32_t who)
{
	const struct kh_sentence *n = &d->sentence[d->token[s->token].sentence];
	uint32_t end = n->first_token, t;
	while (end < s->token && in_phrase(&d->token[end]))
		end++;
	uint32_t head = head_within(d, n->first_token, end);
	if (end + 1 >= s->token || head == KH_NONE || !kh_str_is(d->token[end].form, ",") ||
	    d->token[head].name_type != KH_NAME_PERSON || who <= end || who > s->token ||
	    s->token - end > MOST_BETWEEN || kh_str_is(d->token[s->token + 1].form, ","))
		return KH_NONE;
	bool relative = kh_str_is(d->token[end + 1].form, "who");
	for (t = end + 1; t < s->token && d->token[t].at.begin < s->v.cue.begin; t++)
		if (d->token[t].upos == KH_SCONJ || kh_str_is(d->token[t].form, "\"") ||
		    (!relative && d->token[t].upos == KH_VERB && d->token[t].rel != KH_ACL_RELCL &&
		     (d->token[t].feats & KH_FEAT_FIN)))
			return KH_NONE;
	return kh_str_is(d->token[t - 1].form, ",") ? KH_NONE : head;
}

static bool is_passive(const struct kh_doc *d, uint32_t t)
{
	uint8_t rel = d->token[t].rel;
	return (d->token[t].flags & KH_TOK_PASSIVE) &&
	       (rel == KH_ACL || kh_doc_child(d, t, KH_AUX_PASS) != KH_NONE ||
		kh_doc_child(d, t, KH_NSUBJ_PASS) != KH_NONE);
}

void kh_cue_of_verb(const struct kh_doc *d, const struct kh_quotes *q, struct kh_say *s)
{
	uint32_t t = s->token;
	const struct kh_sentence *n = &d->sentence[d->token[t].sentence];
	s->v.cue = d->token[t].at;
	s->passive = is_passive(d, t);
	for (uint32_t c = d->token[t].child; c != KH_NONE; c = d->token[c].next)
		s->v.negated |= (d->token[c].rel == KH_ADVMOD || d->token[c].rel == KH_AUX_REL) &&
				(d->token[c].feats & KH_FEAT_NEG) != 0;
	stretch(d, s);
	bool wrongly = t > n->first_token && kh_str_among(d->token[t - 1].lemma,
							"wrongly falsely mistakenly incorrectly "
							"erroneously");
	if (wrongly || (s->v.negated && s->v.stance == KH_CONFIRMS))
		s->v.stance = KH_DOUBTS;
	uint32_t who = subject_of(d, s), near = s->passive ? KH_NONE : after_quote(d, q, s);
	if (near != KH_NONE && (who == KH_NONE || (who < near && !kh_doc_below(d, near, who)))) {
		who = near;
		s->own = true;
	}
	uint32_t first = 0;
	near = s->passive ? KH_NONE : closing_phrase(d, s, n, &first);
	if (near != KH_NONE && (who == KH_NONE || who < first)) {
		kh_cue_source(d, s, near);
		uint32_t last = t;
		while (last > first && (d->token[last - 1].at.begin >= s->v.cue.begin ||
					kh_str_is(d->token[last - 1].form, ",")))
			last--;
		s->v.source = (kh_span){d->token[first].at.begin, d->token[last - 1].at.end};
		s->own = s->closes = true;
		s->region = (kh_span){s->v.source.begin, s->v.cue.end};
		return;
	}
	near = s->passive ? KH_NONE : opening_person(d, s, who);
	if (near != KH_NONE && !kh_doc_below(d, near, who))
		who = near;
	bool shares = (d->token[t].feats & (KH_FEAT_GER | KH_FEAT_INF)) ||
		      (d->token[t].rel == KH_CONJ && !noun_before(d, n, t));
	if (who != KH_NONE && !s->passive &&
	    ((!s->own && !shares) || split_by_quote(d, q, t, who) || interrupted(d, n, t, who)) &&
	    nearby(d, s, n))
		who = KH_NONE;
	else
		kh_cue_source(d, s, who);
	if (s->who == KH_NONE && !s->passive)
		nearby(d, s, n);
	else if (s->own && who != KH_NONE && who < t)
		widen(d, s, n);
	apposition(d, s);
	apposition_behind(d, s, n);
	s->region = s->v.cue;
	if (s->own) {
		s->region.begin = kh_min32(s->region.begin, s->v.source.begin);
		s->region.end = kh_max32(s->region.end, s->v.source.end);
	}
}
