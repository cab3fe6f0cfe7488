/* See cut.h. In: a page's bytes. Out: stories with title, by-line, captions, body, each mapped
 * back. Every unit gets the class that the weights give the whole sequence (Viterbi); a title opens
 * a story. */
#include "page/cut.h"

#include "base/script.h"
#include "base/str.h"
#include "base/utf8.h"
#include "page/build.h"
#include "page/cut_mend.h"
#include "page/cut_read.h"
#include "page/cut_again.h"
#include "page/cut_first.h"
#include "page/cut_second.h"
#include "page/dateline.h"

enum { N = KH_LINE_CLASSES };

/* The page is read twice: the second time with what the first reading found all over it. */
static uint8_t *classify(const struct kh_units *us, const struct kh_tie *tie)
{
	static const struct kh_cut_weights 
		own = {first_mark, NULL, first_hidden, first_follow, first_head},
		all = {second_mark, agree_mark, second_hidden, second_follow, second_head};
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

/* "3. Headline" of a numbered page, "## Headline" of marked-up text: these are the page's. */
static kh_span unnumbered(const struct cut *x, kh_span at)
{
	kh_str s = kh_str_sub(x->us->in, at.begin, at.end);
	size_t i = 0;
	while (i < s.n && i < 6 && s.p[i] == '#')
		i++;
	if (i && i + 1 < s.n && s.p[i] == ' ') {
		at.begin += (uint32_t)i + 1;
		return at;
	}
	i = 0;
	while (i < s.n && i < 3 && kh_is_digit((unsigned char)s.p[i]))
		i++;
	bool numbered = i && i + 1 < s.n && (s.p[i] == '.' || s.p[i] == ')') && s.p[i + 1] == ' ';
	if (numbered)
		at.begin += (uint32_t)i + 2;
	return at;
}

/* Does a broken line end, and the next begin, in a script that puts no spaces between words? */
static bool between_wide(kh_str in, uint32_t end, uint32_t next)
{
	unsigned len;
	if (end < 3 || next >= in.n)
		return false;
	return kh_script_unspaced(kh_utf8_at(in, end - 3, &len)) && len == 3 &&
	       kh_script_unspaced(kh_utf8_at(in, next, &len));
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
		if (!between_wide(in, i, end))
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

/* A short line without a stop between an hour and a paragraph heads an entry: it is no text. */
static bool heads_entry(const struct cut *x, uint32_t i, uint32_t first, uint32_t end)
{
	enum { LONGEST = 120 };
	const struct kh_unit *u = &x->us->unit[i];
	bool line = x->class[i] == KH_LINE_BODY || x->class[i] == KH_LINE_JUNK ||
		    x->class[i] == KH_LINE_CAPTION;
	if (!line || i == first || i + 1 >= end || x->class[i + 1] != KH_LINE_BODY ||
	    u->chars > LONGEST || u[1].chars <= u->chars ||
	    memchr(".!?:", x->us->in.p[u->at.end - 1], 4))
		return false;
	return kh_mend_is_hour(kh_str_sub(x->us->in, u[-1].at.begin, u[-1].at.end));
}

static void captions(struct cut *x, struct kh_story *s, uint32_t first, uint32_t end)
{
	struct kh_doc *d = x->w->doc;
	s->first_caption = d->n_caption;
	for (uint32_t i = first; i < end; i++) {
		const struct kh_unit *u = &x->us->unit[i];
		if (x->class[i] != KH_LINE_CAPTION || heads_entry(x, i, first, end) ||
		    (u->before != KH_NONE && u->before >= first))
			continue;
		kh_span at = put_aside(x, u->at);
		*KH_PUSH(x->w->arena, d->caption, d->n_caption, d->cap_caption) = at;
	}
	s->n_captions = d->n_caption - s->first_caption;
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

/* The first line that signs the story; where pages sign above the title, the one there. */
static uint32_t signed_at(const struct cut *x, uint32_t first, uint32_t end)
{
	uint32_t above = first;
	while (above > 0 && x->class[above - 1] == KH_LINE_META)
		above--;
	if (above < first && x->class[first] == KH_LINE_TITLE)
		while (end > first + 1 && x->class[end - 1] == KH_LINE_META)
			end--; /* those sign the next story */
	for (uint32_t i = first; i < end; i++)
		if (x->class[i] == KH_LINE_META)
			return i;
	return above < first ? above : KH_NONE;
}

/* Does a paragraph of a page with broken lines go on behind the foot and head of a sheet? */
static bool goes_on(const struct cut *x, uint32_t before, uint32_t i)
{
	kh_str s = kh_str_sub(x->us->in, x->us->unit[before].at.begin, x->us->unit[before].at.end);
	kh_str t = kh_str_sub(x->us->in, x->us->unit[i].at.begin, x->us->unit[i].at.end);
	unsigned len;
	uint32_t last = s.n ? (unsigned char)s.p[s.n - 1] : '.', next = kh_utf8_at(t, 0, &len);
	bool broken = last == ',' || last == '-' || last >= 0x80 ||
		      kh_is_alpha((unsigned char)last) || kh_is_digit((unsigned char)last);
	bool lower = kh_utf8_is_letter(next) && kh_script_is_cased(next) && !kh_utf8_is_upper(next);
	return x->us->width && before + 1 < i && broken && lower;
}

static void one_story(struct cut *x, uint32_t first, uint32_t end)
{
	const struct kh_unit *unit = x->us->unit;
	struct kh_story *s = kh_build_story(x->w);
	uint32_t last = first, before = first, meta = signed_at(x, first, end);
	bool any = false;
	if (x->b.n)
		kh_build_gap(&x->b, "\n\n");
	s->text.begin = x->b.n;
	for (uint32_t i = first; i < end; i++) {
		if (x->class[i] != KH_LINE_JUNK)
			last = i;
		if (x->class[i] != KH_LINE_BODY || heads_entry(x, i, first, end))
			continue;
		if (any)
			kh_build_gap(&x->b, goes_on(x, before, i) ? " " : "\n\n");
		any = true;
		before = i;
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
	const struct kh_tie *tie = kh_cohere_find(&us);
	x.class = classify(&us, tie);
	struct kh_mend mend = {w->arena, &us, tie, x.class};
	kh_mend_run(&mend);
	bool any = false;
	for (uint32_t i = 0; i < us.n;) {
		uint32_t end = kh_mend_story_end(&mend, i);
		if (x.class[i] == KH_LINE_TITLE) {
			one_story(&x, i, end);
			any = true;
		} else if (kh_mend_has_body(&mend, i, end)) { /* text before the first title */
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
