/* See html.h. In: a page's bytes. Out: text, pieces and one story: its body, title, byline,
 * captions and headings, each with the bytes that it came from. */
#include "page/html.h"

#include "base/str.h"
#include "page/build.h"
#include "page/html_block.h"
#include "page/html_pick.h"
#include "page/meta.h"

enum {
	TOLD_TIMES = 3,
	LEAD = 80,	  /* characters */
	BRIEF = 150,	  /* of the shortest story */
	MOST_STORIES = 12 /* articles of one page that are told apart */
};

static void put_block(struct kh_build *b, const struct kh_blocks *all, const struct kh_block *k)
{
	for (uint32_t i = k->first_run; i < k->first_run + k->n_runs; i++) {
		const struct kh_run *r = &all->run[i];
		kh_build_put(b, kh_str_sub(k->text, r->off, r->off + r->n), r->at);
	}
}

static kh_span put_aside(struct kh_build *b, const struct kh_blocks *all, const struct kh_block *k)
{
	kh_build_gap(b, "\n\n");
	uint32_t from = b->n;
	put_block(b, all, k);
	return (kh_span){from, b->n};
}

static void body(struct kh_build *b, const struct kh_blocks *all, const uint8_t *role,
		 struct kh_story *s)
{
	bool any = false;
	s->text.begin = b->n;
	kh_span from = {KH_NONE, 0};
	for (uint32_t i = 0; i < all->n; i++) {
		const struct kh_block *k = &all->block[i];
		if (role[i] != KH_ROLE_BODY)
			continue;
		if (b->n > KH_MOST_TEXT) {
			kh_span rest = {all->run[k->first_run].at.begin, (uint32_t)b->from->text.n};
			kh_doc_note(b->w, 0, KH_NOTE_LIMIT, kh_charset_source(b->from, rest), true);
			break;
		}
		if (any)
			kh_build_gap(b, "\n\n");
		any = true;
		put_block(b, all, k);
		from.begin = kh_min32(from.begin, all->run[k->first_run].at.begin);
		from.end = all->run[k->first_run + k->n_runs - 1].at.end;
	}
	s->text.end = b->n;
	s->origin = any ? kh_charset_source(b->from, from)
			: (kh_span){0, (uint32_t)b->w->input->bytes.n};
}

/* The lead above a preview that the page's own data leave out: a first paragraph of a sentence at
 * least. */
static void told_lead(struct kh_build *b, const struct kh_blocks *all, const uint8_t *role,
		      kh_str told)
{
	for (uint32_t i = 0; i < all->n; i++) {
		const struct kh_block *k = &all->block[i];
		if (role[i] != KH_ROLE_BODY || k->chars < LEAD)
			continue;
		if (kh_str_find(told, kh_str_sub(k->text, 0, LEAD / 2), 0) != SIZE_MAX)
			return;
		put_block(b, all, k);
		kh_build_gap(b, "\n\n");
		return;
	}
}

/* Where the page shows less than a third of what its own schema.org data hold (a preview, a text
 * that a script would draw), those are the text. */
static bool told_body(struct kh_build *b, const struct kh_blocks *all, uint8_t *role,
		      const struct kh_value *told, struct kh_story *s)
{
	size_t shown = 0;
	for (uint32_t i = 0; i < all->n; i++)
		shown += role[i] == KH_ROLE_BODY ? all->block[i].text.n : 0;
	if (told->text.n < TOLD_TIMES * shown || !told->text.n || told->text.n > KH_MOST_TEXT)
		return false;
	uint32_t from = b->n;
	told_lead(b, all, role, told->text);
	for (uint32_t i = 0; i < all->n; i++)
		role[i] = role[i] == KH_ROLE_BODY ? KH_ROLE_NONE : role[i];
	s->text = kh_build_span(b, told->text, told->at);
	s->text.begin = from;
	s->origin = kh_charset_source(b->from, told->at);
	return true;
}

static void asides(struct kh_build *b, const struct kh_blocks *all, const uint8_t *role,
		   struct kh_story *s)
{
	struct kh_doc *d = b->w->doc;
	s->first_caption = d->n_caption;
	s->first_heading = d->n_heading;
	for (uint32_t i = 0; i < all->n; i++) {
		if (role[i] != KH_ROLE_CAPTION && role[i] != KH_ROLE_HEADING)
			continue;
		kh_span at = put_aside(b, all, &all->block[i]);
		kh_span *to;
		if (role[i] == KH_ROLE_CAPTION)
			to = KH_PUSH(b->w->arena, d->caption, d->n_caption, d->cap_caption);
		else
			to = KH_PUSH(b->w->arena, d->heading, d->n_heading, d->cap_heading);
		*to = at;
	}
	s->n_captions = d->n_caption - s->first_caption;
	s->n_headings = d->n_heading - s->first_heading;
}

static void told(struct kh_build *b, const struct kh_meta *m, struct kh_story *s)
{
	if (m->title.text.n) {
		kh_build_gap(b, "\n\n");
		s->title = kh_build_span(b, m->title.text, m->title.at);
	}
	for (uint32_t i = 0; i < m->n_authors; i++) {
		kh_build_gap(b, i ? ", " : "\n\n");
		kh_span at = kh_build_span(b, m->author[i].text, m->author[i].at);
		s->byline = (kh_span){i ? s->byline.begin : at.begin, at.end};
	}
	s->source = m->publisher;
	s->language = m->language;
	s->url = m->url;
	if (m->published.n) {
		s->published = m->published;
		s->published_how = m->published_seen ? KH_PUB_TEXT : KH_PUB_METADATA;
	}
}

/* The headline of an element; KH_NONE: none, or one too short to be a story's. */
static uint32_t headline_in(const struct kh_tree *t, uint32_t i)
{
	for (uint32_t k = i + 1; k < t->node[i].end; k++)
		if (!t->node[k].is_text && t->node[k].tag == KH_TAG_H1)
			return k;
	return KH_NONE;
}

/* A page that goes on with the next story: articles side by side, each with a headline of its own.
 */
static uint32_t find_articles(const struct kh_blocks *b, uint32_t root[MOST_STORIES])
{
	const struct kh_tree *t = b->t;
	uint32_t n = 0;
	for (uint32_t i = 0; i < t->n && n < MOST_STORIES; i++) {
		const uint32_t no =
			KH_BLOCK_SKIP | KH_BLOCK_BAD | KH_BLOCK_COMMENT | KH_BLOCK_ASIDE;
		if (t->node[i].is_text || t->node[i].tag != KH_TAG_ARTICLE)
			continue;
		uint32_t held = b->good[t->node[i].end] - b->good[i];
		if (!(b->flags[i] & no) && held >= BRIEF && headline_in(t, i) != KH_NONE)
			root[n++] = i;
		i = t->node[i].end - 1;
	}
	return n;
}

/* The blocks of one element, as if the page had no others. */
static struct kh_blocks part_of(const struct kh_blocks *all, uint32_t node)
{
	struct kh_blocks part = *all;
	uint32_t from = 0, to, end = all->t->node[node].end;
	while (from < all->n && all->block[from].first < node)
		from++;
	for (to = from; to < all->n && all->block[to].first < end;)
		to++;
	part.block += from;
	part.n = to - from;
	return part;
}

/* Each article is a story; what the page says of itself it says of the one that has its title. */
static void articles(struct kh_build *b, const struct kh_blocks *all, const struct kh_meta *m,
		     const uint32_t *root, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		struct kh_blocks part = part_of(all, root[i]);
		struct kh_value title;
		title.text = kh_tree_text(all->t, headline_in(all->t, root[i]), &title.at);
		uint8_t *role = kh_html_pick(&part, title.text);
		if (b->n)
			kh_build_gap(b, "\n\n");
		struct kh_story *s = kh_build_story(b->w);
		struct kh_meta own = {
			.title = title, .publisher = m->publisher, .language = m->language};
		body(b, &part, role, s);
		told(b, i ? &own : m, s);
		asides(b, &part, role, s);
	}
}

void kh_html_page(struct kh_work *w)
{
	struct kh_decoded in = kh_charset_decode(w);
	struct kh_tree tree = kh_tree_build(w, in.text);
	struct kh_blocks blocks = kh_block_find(&tree);
	struct kh_meta meta = {0};
	uint32_t root[MOST_STORIES], n = find_articles(&blocks, root);
	kh_meta_read(&blocks, &meta);
	struct kh_build b = {.w = w, .from = &in};
	if (n > 1) {
		articles(&b, &blocks, &meta, root, n);
		kh_build_done(&b);
		return;
	}
	uint8_t *role = kh_html_pick(&blocks, meta.title.text);
	struct kh_story *s = kh_build_story(w);
	if (!told_body(&b, &blocks, role, &meta.body, s))
		body(&b, &blocks, role, s);
	told(&b, &meta, s);
	asides(&b, &blocks, role, s);
	kh_build_done(&b);
	if (s->text.begin == s->text.end)
		kh_doc_note(w, 0, KH_NOTE_EMPTY, s->origin, true);
}
