/* The document's own rules: notes, the map between text and input, the tree, and the check that
 * every layer keeps its promises. In: layers. Out: answers, or the number of a broken promise. */
#include "doc/doc.h"

void kh_doc_note(struct kh_work *w, uint32_t story, enum kh_note_kind kind, kh_span at,
		 bool in_source)
{
	struct kh_doc *d = w->doc;
	struct kh_note *n = KH_PUSH(w->arena, d->note, d->n_note, d->cap_note);
	*n = (struct kh_note){ .at = at, .story = story, .kind = (uint8_t)kind, .in_source = in_source };
}

/* The piece that holds a byte of the text. */
static const struct kh_piece *piece_at(const struct kh_doc *d, uint32_t at)
{
	uint32_t low = 0, high = d->n_piece;
	while (low + 1 < high) {
		uint32_t mid = low + (high - low) / 2;
		if (d->piece[mid].text <= at)
			low = mid;
		else
			high = mid;
	}
	return &d->piece[low];
}

kh_span kh_doc_source(const struct kh_doc *d, kh_span text)
{
	if (d->n_piece == 0)
		return text;
	const struct kh_piece *a = piece_at(d, text.begin);
	const struct kh_piece *b = piece_at(d, text.end > text.begin ? text.end - 1 : text.begin);
	kh_span s = { a->source, b->source + b->n_source };
	if (a->n_text == a->n_source)
		s.begin = a->source + kh_min32(text.begin - a->text, a->n_source);
	if (b->n_text == b->n_source && text.end >= b->text)
		s.end = b->source + kh_min32(text.end - b->text, b->n_source);
	if (s.end < s.begin)
		s.end = s.begin;
	return s;
}

void kh_doc_children(struct kh_doc *d, uint32_t first, uint32_t n)
{
	for (uint32_t i = first; i < first + n; i++)
		d->token[i].child = d->token[i].next = KH_NONE;
	for (uint32_t i = first + n; i-- > first;) { /* backwards, so that lists are in text order */
		uint32_t h = d->token[i].head;
		if (h == KH_NONE)
			continue;
		d->token[i].next = d->token[h].child;
		d->token[h].child = i;
	}
}

/* The token after `t` in a walk through the subtree of `top`; KH_NONE at its end. */
static uint32_t walk(const struct kh_doc *d, uint32_t t, uint32_t top)
{
	if (d->token[t].child != KH_NONE)
		return d->token[t].child;
	while (t != top && d->token[t].next == KH_NONE)
		t = d->token[t].head;
	return t == top ? KH_NONE : d->token[t].next;
}

kh_span kh_doc_subtree(const struct kh_doc *d, uint32_t token)
{
	kh_span s = d->token[token].at;
	for (uint32_t t = token; t != KH_NONE; t = walk(d, t, token)) {
		s.begin = kh_min32(s.begin, d->token[t].at.begin);
		s.end = kh_max32(s.end, d->token[t].at.end);
	}
	return s;
}

uint32_t kh_doc_child(const struct kh_doc *d, uint32_t token, enum kh_rel rel)
{
	uint32_t c = d->token[token].child;
	while (c != KH_NONE && d->token[c].rel != (uint8_t)rel)
		c = d->token[c].next;
	return c;
}

bool kh_doc_below(const struct kh_doc *d, uint32_t t, uint32_t top)
{
	while (t != top && t != KH_NONE)
		t = d->token[t].head;
	return t == top;
}

static bool inside(const struct kh_doc *d, kh_span s)
{
	return s.begin <= s.end && s.end <= d->text.n;
}

static const char *check_text(const struct kh_doc *d)
{
	uint32_t at = 0;
	for (uint32_t i = 0; i < d->n_piece; i++) {
		const struct kh_piece *p = &d->piece[i];
		if (p->text != at || p->source > d->source.n || p->n_source > d->source.n - p->source)
			return "the map from text to source";
		at += p->n_text;
	}
	if (d->n_piece && at != d->text.n)
		return "the map from text to source";
	for (uint32_t i = 0; i < d->n_story; i++)
		if (!inside(d, d->story[i].text) || !inside(d, d->story[i].title))
			return "a story";
	return NULL;
}

const char *kh_doc_check_tree(const struct kh_doc *d, const struct kh_sentence *s)
{
	uint32_t end = s->first_token + s->n_tokens, roots = 0;
	for (uint32_t t = s->first_token; t < end; t++) {
		uint32_t h = d->token[t].head;
		roots += h == KH_NONE;
		if (h != KH_NONE && (h < s->first_token || h >= end || h == t))
			return "a head";
	}
	if (s->n_tokens && roots != 1)
		return "a head";
	uint32_t seen = 0;
	if (s->n_tokens)
		for (uint32_t t = s->root; t != KH_NONE && seen <= s->n_tokens; t = walk(d, t, s->root))
			seen++;
	return seen == s->n_tokens ? NULL : "a tree";
}

static const char *check_sentences(const struct kh_doc *d)
{
	uint32_t at = 0;
	for (uint32_t i = 0; i < d->n_sentence; i++) {
		const struct kh_sentence *s = &d->sentence[i];
		if (!inside(d, s->at) || s->at.begin < at ||
		    (s->n_tokens && s->first_token + s->n_tokens > d->n_token))
			return "a sentence";
		at = s->at.end;
		for (uint32_t t = s->first_token; t < s->first_token + s->n_tokens; t++)
			if (!kh_span_holds(s->at, d->token[t].at))
				return "a token";
		const char *bad = s->root == KH_NONE ? NULL : kh_doc_check_tree(d, s);
		if (bad)
			return bad;
	}
	return NULL;
}

static const char *check_mentions(const struct kh_doc *d)
{
	for (uint32_t i = 0; i < d->n_mention; i++) {
		const struct kh_mention *m = &d->mention[i];
		if (!inside(d, m->at) || m->head >= d->n_token || (m->same != KH_NONE && m->same >= i))
			return "a name";
	}
	for (uint32_t i = 0; i < d->n_day; i++)
		if (!inside(d, d->day[i].at) || d->day[i].at.begin == d->day[i].at.end)
			return "a day";
	for (uint32_t i = 0; i < d->n_amount; i++)
		if (!inside(d, d->amount[i].at) || d->amount[i].head >= d->n_token)
			return "an amount";
	for (uint32_t i = 0; i < d->n_place; i++)
		if (!inside(d, d->place[i].at) || d->place[i].at.begin == d->place[i].at.end)
			return "a place";
	return NULL;
}

static const char *check_reports(const struct kh_doc *d)
{
	for (uint32_t i = 0; i < d->n_voice; i++)
		if (!inside(d, d->voice[i].cue) || !inside(d, d->voice[i].source) ||
		    d->voice[i].first_content + d->voice[i].n_content > d->n_content)
			return "a voice";
	for (uint32_t i = 0; i < d->n_event; i++) {
		const struct kh_event *e = &d->event[i];
		if (!inside(d, e->at) || e->trigger >= d->n_token ||
		    e->first_actor + e->n_actors > d->n_role ||
		    e->first_recipient + e->n_recipients > d->n_role)
			return "an event";
	}
	for (uint32_t i = 0; i < d->n_report; i++) {
		const struct kh_report *r = &d->report[i];
		if (r->event >= d->n_event || r->story >= d->n_story ||
		    (r->within != KH_NONE && r->within >= d->n_report))
			return "a report";
	}
	return NULL;
}

const char *kh_doc_check(const struct kh_doc *d)
{
	const char *bad = check_text(d);
	if (!bad)
		bad = check_sentences(d);
	if (!bad)
		bad = check_mentions(d);
	return bad ? bad : check_reports(d);
}

uint32_t kh_doc_voices(const struct kh_doc *d, kh_span sentence)
{
	uint32_t low = 0, high = d->n_voice;
	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		if (d->sentence[d->token[d->voice[mid].cue_token].sentence].at.begin <
		    sentence.begin)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}
