/* The first station: chooses the reader by kind, then gives every story what the carrier told
 * (id, source, url, published). In: bytes and what is told of them. Out: stories. */
#include "page/page.h"

#include "base/day.h"
#include "base/str.h"
#include "model/gazetteer.h"
#include "page/build.h"
#include "page/conllu.h"
#include "page/cut.h"
#include "page/dateline.h"
#include "page/feed.h"
#include "page/html.h"
#include "page/plain.h"

enum {
	TOWN = 15000,   /* people in a place that stories are filed from */
	OPENING = 3,    /* lines that may hold the dateline */
	HEADLINE = 200, /* bytes of a line before it */
	LOOK = 4096,
	LOOK_FAR = 1 << 16 /* where the bytes begin with a tag: warnings before the page */
};

/* "RAIPUR: Two men": the capitals before the colon are a place of some size. */
static bool names_place(const struct kh_work *w, kh_str name)
{
	struct kh_gazetteer g = kh_gaz_open(w->model);
	uint32_t at, n = kh_gaz_find(&g, kh_gaz_hash(name), &at);
	for (uint32_t i = at; i < at + n; i++)
		if (!(g.key[i].place & KH_GAZ_ADJECTIVE) &&
		    g.place[g.key[i].place].population >= TOWN)
			return true;
	return false;
}

/* The dateline of the first paragraph, else of the next ones: a headline or a note on a correction may
 * stand before it. */
static struct kh_dateline find(const struct kh_work *w, kh_str text)
{
	struct kh_dateline line = {0};
	for (size_t at = 0, n = 0; at < text.n && n < OPENING; n++) {
		kh_str part = kh_str_sub(text, at, text.n);
		size_t end = kh_str_find(part, KH_S("\n"), 0);
		struct kh_dateline colon = kh_dateline_colon(part);
		line = kh_dateline_find(part);
		if (line.begin == line.end && colon.end && names_place(w, colon.place))
			line = colon;
		if (line.begin != line.end) {
			line.begin += at;
			line.end += at;
			break;
		}
		if (end == SIZE_MAX || end > HEADLINE)
			break;
		at += end;
		while (at < text.n && kh_is_space((unsigned char)text.p[at]))
			at++;
	}
	return line;
}

/* The dateline gives the day when nobody else told it and it names day, month and year. */
static void dateline(struct kh_work *w, struct kh_story *s)
{
	struct kh_dateline line = find(w, kh_text(w->doc, s->text));
	if (line.begin == line.end || kh_span_len(s->dateline))
		return;
	s->dateline =
		(kh_span){s->text.begin + (uint32_t)line.begin, s->text.begin + (uint32_t)line.end};
	int32_t day =
		line.year && line.month ? kh_day_of(line.year, line.month, line.day) : KH_NO_DAY;
	if (day == KH_NO_DAY || s->published.n)
		return;
	char *iso = kh_arena_bytes(w->arena, 11);
	kh_day_write(day, iso);
	s->published = (kh_str){iso, 10};
	s->published_how = KH_PUB_DATELINE;
}

static void told(struct kh_work *w, struct kh_story *s, uint32_t i)
{
	const khabar_input *in = w->input;
	struct kh_doc *d = w->doc;
	if (!s->source.n)
		s->source = in->source;
	if (!s->url.n)
		s->url = in->url;
	if (!s->published.n && in->published.n) {
		s->published = in->published;
		s->published_how = KH_PUB_INPUT;
	}
	dateline(w, s);
	s->not_before = KH_NO_DAY;
	s->day = s->published.n ? kh_day_parse(s->published) : KH_NO_DAY;
	if (s->published.n && s->day == KH_NO_DAY) {
		kh_doc_note(w, i, KH_NOTE_BAD_DATE, (kh_span){0, 0}, true);
		s->published = (kh_str){0};
		s->published_how = KH_PUB_NONE;
	}
	if (s->id.n)
		return;
	if (in->id.n && d->n_story == 1) {
		s->id = in->id;
		return;
	}
	static const char hex[] = "0123456789abcdef";
	/* a story of no words (an entry of a sitemap) is known by its address, else by its title */
	kh_str own = kh_text(d, s->text);
	own = own.n ? own : s->url.n ? s->url : kh_text(d, s->title);
	uint64_t h = kh_str_hash64(own);
	char *id = kh_arena_bytes(w->arena, 16);
	for (unsigned k = 0; k < 16; k++)
		id[k] = hex[h >> (60 - 4 * k) & 15];
	s->id = (kh_str){id, 16};
}

/* The beginning of the bytes; of UTF-16 without its zeros, so that marks are seen there, too. */
static kh_str beginning(struct kh_work *w)
{
	kh_str in = w->input->bytes;
	kh_str s = in.n > LOOK_FAR ? kh_str_sub(in, 0, LOOK_FAR) : in;
	if (kh_str_starts(s, "\xEF\xBB\xBF"))
		return kh_str_sub(s, 3, s.n);
	if (!kh_str_starts(s, "\xFF\xFE") && !kh_str_starts(s, "\xFE\xFF") &&
	    !(s.n > 1 && (s.p[0] == 0) != (s.p[1] == 0)))
		return s;
	char *to = kh_arena_bytes(w->arena, s.n);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] && (unsigned char)s.p[i] < 0xFE)
			to[n++] = s.p[i];
	return (kh_str){to, n};
}

/* What the bytes look like where nobody told. */
static uint32_t kind_of(struct kh_work *w)
{
	if (w->input->kind != KHABAR_KIND_SNIFF)
		return w->input->kind;
	static const char *const mark[] = {"<!doctype html", "<html",    "<head",  "<body",
					   "<div",           "<article", "<p>",    "<script",
					   "<meta ",         "<style",   "<title", "<table"};
	enum { ANYWHERE = 7 }; /* marks; those behind count where the page begins with a tag */
	kh_str s = beginning(w);
	if (kh_feed_looks(s))
		return KHABAR_KIND_FEED;
	kh_str head = kh_str_trim(s);
	bool tag = head.n && head.p[0] == '<';
	size_t marks = tag ? KH_COUNT(mark) : (size_t)ANYWHERE;
	if (!tag && s.n > LOOK)
		s = kh_str_sub(s, 0, LOOK);
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] != '<')
			continue;
		for (size_t k = 0; k < marks; k++) {
			size_t n = strlen(mark[k]);
			if (i + n <= s.n &&
			    kh_str_ieq(kh_str_sub(s, i, i + n), (kh_str){mark[k], n}))
				return KHABAR_KIND_HTML;
		}
	}
	return KHABAR_KIND_PAGE;
}

/* Plain text beyond the limit is left out behind its last whole line, and said. */
static void shorten(struct kh_work *w)
{
	kh_str s = w->input->bytes;
	if (s.n <= KH_MOST_TEXT)
		return;
	size_t n = KH_MOST_TEXT;
	while (n > KH_MOST_TEXT / 2 && s.p[n - 1] != '\n')
		n--;
	if (s.p[n - 1] != '\n')
		n = KH_MOST_TEXT;
	kh_doc_note(w, KH_NONE, KH_NOTE_LIMIT, (kh_span){(uint32_t)n, (uint32_t)s.n}, true);
	khabar_input *part = KH_TAKE(w->arena, 1, khabar_input);
	*part = *w->input;
	part->bytes.n = n;
	w->input = part;
}

void kh_page_run(struct kh_work *w)
{
	uint32_t kind = kind_of(w);
	if (kind == KHABAR_KIND_PAGE || kind == KHABAR_KIND_STORY)
		shorten(w);
	switch (kind) {
	case KHABAR_KIND_HTML:
		kh_html_page(w);
		break;
	case KHABAR_KIND_CONLLU:
		kh_conllu_run(w);
		break;
	case KHABAR_KIND_FEED:
		kh_feed_page(w);
		break;
	case KHABAR_KIND_PAGE:
		kh_cut_page(w);
		break;
	default:
		kh_plain_run(w);
	}
	for (uint32_t i = 0; i < w->doc->n_story; i++)
		told(w, &w->doc->story[i], i);
}
