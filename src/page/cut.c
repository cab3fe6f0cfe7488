/* See cut.h. In: a page's bytes. Out: stories with title, by-line, captions, body, each mapped
 * back. Every unit gets the class that the weights give the whole sequence (Viterbi); a title opens
 * a story. */
#include "page/cut.h"

#include "base/str.h"
#include "page/build.h"
#include "page/cut_read.h"
#include "page/cut_again.h"
#include "page/cut_first.h"
#include "page/cut_second.h"
#include "page/dateline.h"

enum { N = KH_LINE_CLASSES };

/* The page is read twice: the second time with what the first reading found all over it. */
static uint8_t *classify(const struct kh_units *us)
{
	static const struct kh_cut_weights 
		own = {first_mark, NULL, first_hidden, first_follow, first_head},
		all = {second_mark, agree_mark, second_hidden, second_follow, second_head};
	struct kh_tie *tie = kh_cohere_find(us);
	int32_t(*score)[N] = kh_arena_take(us->arena, us->n + 1, sizeof *score);
	struct kh_marks m;
	for (uint32_t i = 0; i < us->n; i++) {
		kh_cut_marks(us, tie, i, &m);
		kh_cut_emit(&own, &m, score[i]);
	}
	struct kh_reading r = kh_cut_best(us->arena, &own, (const int32_t(*)[N])score, us->n);
	struct kh_agree *agree = kh_agree_new(us, &r);
	for (uint32_t i = 0; i < us->n; i++) {
		kh_cut_marks(us, tie, i, &m);
		kh_agree_marks(agree, i, &m);
		kh_cut_emit(&all, &m, score[i]);
	}
	return kh_cut_best(us->arena, &all, (const int32_t(*)[N])score, us->n).class;
}

struct cut {
	struct kh_work *w;
	struct kh_build b;
	const struct kh_units *us;
	uint8_t *class;
	const struct kh_decoded *from;
};

static bool has_body(const struct cut *x, uint32_t first, uint32_t end)
{
	for (uint32_t i = first; i < end; i++)
		if (x->class[i] == KH_LINE_BODY)
			return true;
	return false;
}

/* End of the story that begins at `first`: the next title that has a body of its own. */
static uint32_t story_end(const struct cut *x, uint32_t first)
{
	uint32_t i = first + 1;
	while (i < x->us->n && x->class[i] != KH_LINE_TITLE)
		i++;
	return i;
}

static bool is_sentence(const struct cut *x, uint32_t i)
{
	kh_str s = kh_str_sub(x->us->in, x->us->unit[i].at.begin, x->us->unit[i].at.end);
	while (s.n && strchr("\"')", s.p[s.n - 1]))
		s.n--;
	return s.n && strchr(".!:;", s.p[s.n - 1]) && s.p[s.n - 1];
}

static bool is_bulleted(const struct cut *x, uint32_t i)
{
	kh_str s = kh_str_sub(x->us->in, x->us->unit[i].at.begin, x->us->unit[i].at.end);
	return s.n > 2 && (strchr("*>", s.p[0]) || kh_str_starts(s, "\xE2\x80\xA2") ||
	                   kh_str_starts(s, "\xC2\xBB"));
}

/* A line of the page's own lay-out: short, met again as it is or in its shape, and junk. */
static bool is_furniture(const struct cut *x, uint32_t i)
{
	const struct kh_unit *u = &x->us->unit[i];
	return x->class[i] == KH_LINE_JUNK && u->chars < KH_RUNNING &&
	       (u->n_same > 1 || u->n_shape > 2 || u->junk);
}

/* Of the units that begin with the same two words, those that are junk. */
static uint32_t *count_prefixes(const struct cut *x, uint32_t *mask)
{
	uint32_t room = 64;
	while (room < x->us->n * 2)
		room *= 2;
	uint32_t *junk = KH_TAKE(x->w->arena, room, uint32_t);
	for (uint32_t i = 0; i < x->us->n; i++)
		junk[x->us->unit[i].prefix & (room - 1)] += x->class[i] == KH_LINE_JUNK;
	*mask = room - 1;
	return junk;
}

/* Lines of other stories set between paragraphs go with their kind: items of a list below a label of
 * the page, lines between two of its lines ("3 hours ago"), and those that begin as most of the
 * junk does ("Read more: …"). Sentences stay. */
static void go_with_kind(struct cut *x)
{
	uint32_t mask, *junk = count_prefixes(x, &mask);
	bool listed = false; /* below a label, with nothing but items between */
	for (uint32_t i = 0; i < x->us->n; i++) {
		const struct kh_unit *u = &x->us->unit[i];
		bool item = is_bulleted(x, i);
		listed = item ? listed : is_furniture(x, i);
		if (x->class[i] != KH_LINE_BODY || u->chars >= 180 || is_sentence(x, i))
			continue;
		bool between = i && i + 1 < x->us->n && is_furniture(x, i - 1) &&
		               is_furniture(x, i + 1);
		uint32_t n = junk[u->prefix & mask];
		if ((item && listed) || between || (n >= 2 && u->n_prefix >= 3 && n * 3 >= u->n_prefix * 2))
			x->class[i] = KH_LINE_JUNK;
	}
}

/* Does a paragraph follow, with nothing between but captions, copies and what is no text? */
static bool before_body(const struct cut *x, uint32_t i)
{
	enum { BETWEEN = 10 };
	for (uint32_t end = i + BETWEEN; i < x->us->n && i < end; i++) {
		if (x->class[i] == KH_LINE_TITLE)
			return false;
		if (x->class[i] == KH_LINE_BODY)
			return true;
	}
	return false;
}

/* A line printed twice in a row, behind a paragraph and before one, without a stop and nobody's
 * picture, is a headline where none stands beside it. */
static void headlines(struct cut *x)
{
	enum { SHORTEST = 20, LONGEST = 140 };
	for (uint32_t i = 0; i + 2 < x->us->n; i++) {
		const struct kh_unit *u = &x->us->unit[i];
		bool behind = i == 0 || x->class[i - 1] == KH_LINE_BODY || x->class[i - 1] == KH_LINE_JUNK;
		char last = x->us->in.p[u->at.end - 1];
		if (x->class[i] != KH_LINE_CAPTION || u->after != i + 1 || u->before != KH_NONE ||
		    u->credit || u->dated || u->junk || !behind || u->chars < SHORTEST ||
		    u->chars > LONGEST || last == '.' || last == '"' || !before_body(x, i + 2))
			continue;
		x->class[i] = KH_LINE_TITLE;
		x->class[i + 1] = KH_LINE_AGAIN;
	}
}

/* "GENEVA, Nov 20 (Agency) - …", "Indian police said they had … in October.": what a dateline opens,
 * and a long sentence, is the first paragraph of a story without a headline. */
static void openings(struct cut *x)
{
	enum { LONG = 120 };
	bool first = true;
	for (uint32_t i = 0; i < x->us->n && first; i++) {
		const struct kh_unit *u = &x->us->unit[i];
		kh_str s = kh_str_sub(x->us->in, u->at.begin, u->at.end);
		struct kh_dateline line = kh_dateline_find(s);
		bool wire = line.end > line.begin && s.n > line.end + LONG / 2;
		bool full = u->chars >= LONG && s.p[s.n - 1] == '.';
		bool title = x->class[i] == KH_LINE_TITLE;
		if (title && (wire || full) && is_sentence(x, i))
			x->class[i] = KH_LINE_BODY;
		first = x->class[i] != KH_LINE_BODY && !title;
	}
}

/* "(Corrects the headline …)": a remark on the story, in brackets of its own. */
static bool is_remark(const struct cut *x, uint32_t i)
{
	kh_str s = kh_str_sub(x->us->in, x->us->unit[i].at.begin, x->us->unit[i].at.end);
	return !x->us->unit[i].credit && s.n > 2 && s.p[0] == '(' && s.p[s.n - 1] == ')';
}

/* A title without a body is a teaser, or a copy printed before the other. */
static void settle(struct cut *x)
{
	for (uint32_t i = 0; i < x->us->n; i++) {
		const struct kh_unit *u = &x->us->unit[i];
		if (x->class[i] == KH_LINE_CAPTION && ((u->junk && !u->credit) || is_remark(x, i)))
			x->class[i] = KH_LINE_JUNK; /* "Related: ..." describes no picture */
		if (x->class[i] != KH_LINE_TITLE)
			continue;
		uint32_t end = story_end(x, i);
		if (has_body(x, i, end))
			continue;
		x->class[i] = KH_LINE_JUNK;
		if (end < x->us->n && x->us->unit[end].whole == x->us->unit[i].whole &&
		    end - i < 12) {
			x->class[i] = KH_LINE_TITLE;
			x->class[end] = KH_LINE_AGAIN;
			i--;
		}
	}
}

/* "3. Headline" of a numbered page: the number is the page's. */
static kh_span unnumbered(const struct cut *x, kh_span at)
{
	kh_str s = kh_str_sub(x->us->in, at.begin, at.end);
	size_t i = 0;
	while (i < s.n && i < 3 && kh_is_digit((unsigned char)s.p[i]))
		i++;
	bool numbered = i && i + 1 < s.n && (s.p[i] == '.' || s.p[i] == ')') && s.p[i + 1] == ' ';
	if (numbered)
		at.begin += (uint32_t)i + 2;
	return at;
}

/* The bytes of a unit; a broken line's end becomes a space. */
static void put(struct cut *x, kh_span at)
{
	kh_str in = x->us->in;
	uint32_t from = at.begin;
	for (uint32_t i = at.begin; i < at.end; i++) {
		if (in.p[i] != '\n' && in.p[i] != '\r')
			continue;
		uint32_t end = i;
		while (end < at.end && kh_is_space((unsigned char)in.p[end]))
			end++;
		kh_build_put(&x->b, kh_str_sub(in, from, i), (kh_span){from, i});
		kh_build_put(&x->b, KH_S(" "), (kh_span){i, end});
		from = end;
		i = end - 1;
	}
	kh_build_put(&x->b, kh_str_sub(in, from, at.end), (kh_span){from, at.end});
}

static kh_span put_aside(struct cut *x, kh_span at)
{
	kh_build_gap(&x->b, "\n\n");
	uint32_t from = x->b.n;
	put(x, at);
	return (kh_span){from, x->b.n};
}

static void captions(struct cut *x, struct kh_story *s, uint32_t first, uint32_t end)
{
	struct kh_doc *d = x->w->doc;
	s->first_caption = d->n_caption;
	for (uint32_t i = first; i < end; i++) {
		const struct kh_unit *u = &x->us->unit[i];
		if (x->class[i] != KH_LINE_CAPTION || (u->before != KH_NONE && u->before >= first))
			continue;
		kh_span at = put_aside(x, u->at);
		*KH_PUSH(x->w->arena, d->caption, d->n_caption, d->cap_caption) = at;
	}
	s->n_captions = d->n_caption - s->first_caption;
}

/* "14:20", "09:42 GMT", "3:05 pm": the hour that an entry of a running report begins with. */
static bool is_hour(kh_str s)
{
	enum { LONGEST = 14 };
	size_t n = 0;
	while (n < s.n && kh_is_digit((unsigned char)s.p[n]))
		n++;
	return n > 0 && n < 3 && s.n <= LONGEST && n + 3 <= s.n && (s.p[n] == ':' || s.p[n] == '.') &&
	       kh_is_digit((unsigned char)s.p[n + 1]) && kh_is_digit((unsigned char)s.p[n + 2]) &&
	       (n + 3 == s.n || s.p[n + 3] == ' ');
}

/* A short line without a stop between an hour and a paragraph heads an entry: it is no text. */
static bool heads_entry(const struct cut *x, uint32_t i, uint32_t first, uint32_t end)
{
	enum { LONGEST = 120 };
	const struct kh_unit *u = &x->us->unit[i];
	bool line = x->class[i] == KH_LINE_BODY || x->class[i] == KH_LINE_JUNK;
	if (!line || i == first || i + 1 >= end || x->class[i + 1] != KH_LINE_BODY ||
	    u->chars > LONGEST || u[1].chars <= u->chars ||
	    memchr(".!?:", x->us->in.p[u->at.end - 1], 4))
		return false;
	return is_hour(kh_str_trim(kh_str_sub(x->us->in, u[-1].at.begin, u[-1].at.end)));
}

static void headings(struct cut *x, struct kh_story *s, uint32_t first, uint32_t end)
{
	struct kh_doc *d = x->w->doc;
	s->first_heading = d->n_heading;
	for (uint32_t i = first; i < end; i++) {
		if (!heads_entry(x, i, first, end))
			continue;
		kh_span at = put_aside(x, x->us->unit[i].at);
		*KH_PUSH(x->w->arena, d->heading, d->n_heading, d->cap_heading) = at;
	}
	s->n_headings = d->n_heading - s->first_heading;
}

static void one_story(struct cut *x, uint32_t first, uint32_t end)
{
	const struct kh_unit *unit = x->us->unit;
	struct kh_story *s = kh_build_story(x->w);
	uint32_t last = first, meta = KH_NONE;
	bool any = false;
	if (x->b.n)
		kh_build_gap(&x->b, "\n\n");
	s->text.begin = x->b.n;
	for (uint32_t i = first; i < end; i++) {
		if (x->class[i] != KH_LINE_JUNK)
			last = i;
		if (x->class[i] == KH_LINE_META && meta == KH_NONE)
			meta = i;
		if (x->class[i] != KH_LINE_BODY || heads_entry(x, i, first, end))
			continue;
		if (any)
			kh_build_gap(&x->b, "\n\n");
		any = true;
		put(x, unit[i].at);
	}
	s->text.end = x->b.n;
	s->origin = kh_charset_source(x->from, (kh_span){unit[first].at.begin, unit[last].at.end});
	if (x->class[first] == KH_LINE_TITLE)
		s->title = put_aside(x, unnumbered(x, unit[first].at));
	if (meta != KH_NONE)
		s->byline = put_aside(x, unit[meta].at);
	captions(x, s, first, end);
	headings(x, s, first, end);
}

/* A story whose body is that of an earlier one repeats it. */
static void mark_repeats(struct kh_work *w)
{
	struct kh_doc *d = w->doc;
	uint32_t room = 16;
	while (room < d->n_story * 2)
		room *= 2;
	uint32_t *slot = KH_TAKE(w->arena, room, uint32_t);
	for (uint32_t i = 0; i < d->n_story; i++) {
		kh_str body = kh_text(d, d->story[i].text);
		uint32_t h = kh_str_hash(body) & (room - 1);
		while (slot[h] && !kh_str_eq(kh_text(d, d->story[slot[h] - 1].text), body))
			h = (h + 1) & (room - 1);
		if (slot[h]) {
			d->story[i].repeats = slot[h] - 1;
			kh_doc_note(w, i, KH_NOTE_REPEAT, d->story[i].origin, true);
		} else {
			slot[h] = i + 1;
		}
	}
}

void kh_cut_page(struct kh_work *w)
{
	struct kh_decoded in = kh_charset_decode(w);
	struct kh_units us = kh_unit_find(w->arena, in.text);
	struct cut x = {.w = w, .b = {.w = w, .from = &in}, .us = &us, .from = &in};
	x.class = classify(&us);
	go_with_kind(&x);
	openings(&x);
	headlines(&x);
	settle(&x);
	bool any = false;
	for (uint32_t i = 0; i < us.n;) {
		uint32_t end = story_end(&x, i);
		if (x.class[i] == KH_LINE_TITLE) {
			one_story(&x, i, end);
			any = true;
		} else if (has_body(&x, i, end)) { /* text before the first title */
			one_story(&x, i, end);
			any = true;
		}
		i = end;
	}
	if (!any && us.n) { /* nothing looks like a story: the whole page is one, as it stands */
		memset(x.class, KH_LINE_BODY, us.n);
		one_story(&x, 0, us.n);
	}
	if (w->doc->n_story == 1 && w->input->title.n && !kh_span_len(w->doc->story[0].title)) {
		kh_build_gap(&x.b, "\n\n"); /* told by the carrier: from no byte of the input */
		w->doc->story[0].title = kh_build_span(&x.b, w->input->title, (kh_span){0, 0});
	}
	kh_build_done(&x.b);
	if (!us.n)
		kh_doc_note(w, KH_NONE, KH_NOTE_EMPTY, (kh_span){0, (uint32_t)w->input->bytes.n},
			    true);
	mark_repeats(w);
}
