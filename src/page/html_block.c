/* See html_block.h. In: the tree. Out: blocks in document order. An element that is named as junk
 * but holds most of the page's paragraphs is not believed. */
#include "page/html_block.h"

#include "base/str.h"
#include "base/utf8.h"
#include "page/html_class.h"

enum {		    /* percent of the page's paragraphs */
       MOST = 60,   /* more than what is no part of the story holds */
       ALL = 85,    /* the same where a story stands outside of it */
       NAME = 20,   /* characters of a site's name, at most */
       BRIEF = 150, /* characters of the shortest story */
       ENOUGH = 400 /* characters that say something where no headline stands among them */
};

struct make {
	struct kh_blocks *b;
	uint32_t *block_of; /* nearest block element of a node */
	char *to;	    /* text of all blocks */
	size_t n, from;
	uint32_t node, first, last, first_run, chars, link_chars, strong_chars;
	bool space, line, open;
};

static uint32_t by_tag(enum kh_tag tag)
{
	switch (tag) {
	case KH_TAG_NAV:
	case KH_TAG_FOOTER:
	case KH_TAG_FORM:
		return KH_BLOCK_SKIP;
	case KH_TAG_ASIDE:
		return KH_BLOCK_ASIDE;
	case KH_TAG_HEADER:
		return KH_BLOCK_HEADER;
	case KH_TAG_FIGCAPTION:
	case KH_TAG_FIGURE:
		return KH_BLOCK_CAPTION;
	case KH_TAG_H1:
	case KH_TAG_H2:
	case KH_TAG_H3:
	case KH_TAG_H4:
	case KH_TAG_H5:
	case KH_TAG_H6:
		return KH_BLOCK_HEADING;
	case KH_TAG_LI:
	case KH_TAG_DD:
	case KH_TAG_DT:
		return KH_BLOCK_ITEM;
	case KH_TAG_A:
		return KH_BLOCK_LINK;
	case KH_TAG_ARTICLE:
		return KH_BLOCK_ARTICLE;
	case KH_TAG_MAIN:
		return KH_BLOCK_MAIN;
	case KH_TAG_TABLE:
		return KH_BLOCK_TABLE;
	case KH_TAG_BLOCKQUOTE:
		return KH_BLOCK_QUOTE;
	case KH_TAG_STRONG:
	case KH_TAG_B:
		return KH_BLOCK_STRONG;
	default:
		return kh_tag_flags(tag) & KH_TAG_SKIP ? KH_BLOCK_SKIP : 0;
	}
}

static bool hidden(const struct kh_tree *t, uint32_t i)
{
	kh_str style = kh_tree_attr(t, i, "style");
	if (kh_tree_find_attr(t, i, "hidden") ||
	    kh_str_is(kh_tree_attr(t, i, "aria-hidden"), "true"))
		return true;
	static const char *const unseen[] = {"display:none", "display: none", "clip-path:inset(50%",
					     "clip-path: inset(50%"};
	for (size_t k = 0; style.n && k < KH_COUNT(unseen); k++)
		if (kh_str_find(style, kh_str_of(unseen[k]), 0) != SIZE_MAX)
			return true;
	return false;
}

static uint32_t by_name(const struct kh_tree *t, uint32_t i, const struct kh_class_index *words)
{
	unsigned c = kh_class_of(t, i, words);
	uint32_t f = 0;
	if (c & KH_CLASS_BAD)
		f |= KH_BLOCK_BAD;
	if (c & KH_CLASS_UNSEEN)
		f |= KH_BLOCK_SKIP;
	if (c & KH_CLASS_COMMENT)
		f |= KH_BLOCK_COMMENT;
	if (c & KH_CLASS_CAPTION)
		f |= KH_BLOCK_CAPTION;
	if (c & KH_CLASS_BYLINE)
		f |= KH_BLOCK_BYLINE;
	if (c & KH_CLASS_LEAD)
		f |= KH_BLOCK_LEAD;
	if (c & KH_CLASS_DECK)
		f |= KH_BLOCK_DECK;
	if (c & KH_CLASS_TITLE)
		f |= KH_BLOCK_TITLE;
	if ((c & KH_CLASS_BODY) || kh_str_is(kh_tree_attr(t, i, "itemprop"), "articleBody"))
		f |= KH_BLOCK_BODY;
	return f;
}

/* A figure that holds a headline is the head of the page, not a picture with its caption. */
static bool holds_headline(const struct kh_tree *t, uint32_t i)
{
	for (uint32_t k = i + 1; k < t->node[i].end; k++)
		if (!t->node[k].is_text && t->node[k].tag == KH_TAG_H1)
			return true;
	return false;
}

static uint32_t own_flags(const struct kh_blocks *b, uint32_t i, const struct kh_class_index *words)
{
	const struct kh_tree *t = b->t;
	const struct kh_node *n = &t->node[i];
	uint32_t f = by_tag((enum kh_tag)n->tag);
	if ((f & KH_BLOCK_CAPTION) && holds_headline(t, i))
		f &= ~(uint32_t)KH_BLOCK_CAPTION;
	if (!n->n_attr || n->tag == KH_TAG_BODY || n->tag == KH_TAG_HTML)
		return f; /* what the whole page is named ("has-sidebar") says nothing of its parts
			   */
	uint32_t named = by_name(t, i, words);
	if (n->tag == KH_TAG_ARTICLE || n->tag == KH_TAG_MAIN) /* "author-ann" tells whose it is */
		named &= ~(uint32_t)(KH_BLOCK_BYLINE | KH_BLOCK_TITLE | KH_BLOCK_DECK |
				     KH_BLOCK_CAPTION);
	f |= named;
	kh_str role = kh_tree_attr(t, i, "role");
	if (hidden(t, i) || kh_str_is(role, "navigation") || kh_str_is(role, "dialog"))
		f |= KH_BLOCK_SKIP;
	if (kh_str_is(role, "complementary"))
		f |= KH_BLOCK_ASIDE;
	if (kh_str_is(role, "main"))
		f |= KH_BLOCK_MAIN;
	return f;
}

static uint32_t letters(const struct kh_tree *t, const struct kh_node *n)
{
	kh_str s = kh_str_trim(kh_str_sub(t->in, n->at.begin, n->at.end));
	return (uint32_t)s.n;
}

/* Characters of paragraph text before each node, before anything is believed of names. */
static void count_good(struct kh_blocks *b, const uint32_t *block_of)
{
	struct kh_tree *t = b->t;
	for (uint32_t i = 0; i < t->n; i++) {
		uint32_t add = 0;
		const struct kh_node *n = &t->node[i];
		if (n->is_text && n->state == KH_HTML_DATA) {
			uint32_t p = block_of[i];
			uint32_t chars = letters(t, n);
			enum kh_tag up = p == KH_NONE ? KH_TAG_OTHER : (enum kh_tag)t->node[p].tag;
			bool linked = n->parent != KH_NONE && t->node[n->parent].tag == KH_TAG_A;
			if (!linked && (up == KH_TAG_P || chars > 80))
				add = chars;
		}
		b->good[i + 1] = b->good[i] + add;
	}
}

/* Flags of each element's own, and the characters of what readers wrote; 0 where that is all but
 * the whole page. */
static uint32_t name_all(struct kh_blocks *b)
{
	const struct kh_tree *t = b->t;
	const struct kh_class_index words = kh_class_index_make();
	uint32_t comments = 0, end = 0;
	for (uint32_t i = 0; i < t->n; i++) {
		b->flags[i] = t->node[i].is_text ? 0 : own_flags(b, i, &words);
		if (i < end || !(b->flags[i] & KH_BLOCK_COMMENT))
			continue;
		if (holds_headline(t, i)) { /* "comments-open": the story that may be commented */
			b->flags[i] &= ~(uint32_t)(KH_BLOCK_COMMENT | KH_BLOCK_BAD);
			continue;
		}
		end = t->node[i].end;
		comments += b->good[end] - b->good[i];
	}
	return (uint64_t)comments * 100 > (uint64_t)b->good[t->n] * ALL ? 0 : comments;
}

/* The first headline of the page that is longer than the site's name; t->n: none. */
static uint32_t headline(const struct kh_tree *t)
{
	for (uint32_t i = 0; i < t->n; i++) {
		if (t->node[i].is_text || t->node[i].tag != KH_TAG_H1)
			continue;
		uint32_t chars = 0;
		for (uint32_t k = i + 1; k < t->node[i].end; k++)
			chars += t->node[k].is_text ? letters(t, &t->node[k]) : 0;
		if (chars >= NAME)
			return i;
		i = t->node[i].end - 1;
	}
	return t->n;
}

/* Does the story stand outside of the element: text between the headline and it, or behind a
 * headline that follows it? */
static bool story_elsewhere(const struct kh_blocks *b, uint32_t i, uint32_t h1)
{
	const struct kh_node *n = &b->t->node[i];
	if (h1 == b->t->n || (h1 >= i && h1 < n->end))
		return false;
	uint32_t end = b->t->node[h1].end;
	return b->good[i > h1 ? i : b->t->n] >= b->good[end] + BRIEF;
}

/* Flags from above; an element that holds most of the page's paragraphs is not what its name says.
 */
static void inherit(struct kh_blocks *b, uint32_t *block_of)
{
	struct kh_tree *t = b->t;
	for (uint32_t i = 0; i < t->n; i++) {
		uint32_t up = t->node[i].parent;
		bool block = !t->node[i].is_text &&
			     (kh_tag_flags((enum kh_tag)t->node[i].tag) & KH_TAG_BLOCK);
		block_of[i] = block ? i : up == KH_NONE ? KH_NONE : block_of[up];
	}
	count_good(b, block_of);
	const uint32_t h1 = headline(t), comments = name_all(b), total = b->good[t->n] - comments;
	const uint32_t doubt = KH_BLOCK_BAD | KH_BLOCK_SKIP | KH_BLOCK_ASIDE | KH_BLOCK_COMMENT |
			       KH_BLOCK_BYLINE | KH_BLOCK_CAPTION | KH_BLOCK_LINK |
			       KH_BLOCK_HEADER | KH_BLOCK_TITLE | KH_BLOCK_LEAD | KH_BLOCK_DECK |
			       KH_BLOCK_HEADING;
	for (uint32_t i = 0; i < t->n; i++) {
		const struct kh_node *n = &t->node[i];
		uint32_t up = n->parent == KH_NONE ? 0 : b->flags[n->parent], own = b->flags[i];
		uint32_t held = b->good[n->end] - b->good[i];
		uint32_t most = (own & doubt) && story_elsewhere(b, i, h1) ? ALL : MOST;
		uint32_t least = h1 >= i && h1 < n->end ? BRIEF : ENOUGH;
		if ((own & doubt) && total > least &&
		    (uint64_t)held * 100 > (uint64_t)total * most &&
		    !(comments && (own & KH_BLOCK_COMMENT)) &&
		    !(kh_tag_flags((enum kh_tag)n->tag) & KH_TAG_SKIP))
			own &= ~doubt;
		b->flags[i] = up | own;
	}
}

static void flush(struct make *m)
{
	struct kh_blocks *b = m->b;
	if (m->open && m->n > m->from) {
		struct kh_block *k = KH_PUSH(b->t->w->arena, b->block, b->n, b->cap);
		*k = (struct kh_block){.node = m->node,
				       .first = m->first,
				       .last = m->last,
				       .text = {m->to + m->from, m->n - m->from},
				       .first_run = m->first_run,
				       .n_runs = b->n_run - m->first_run,
				       .chars = m->chars,
				       .link_chars = m->link_chars,
				       .strong_chars = m->strong_chars,
				       .flags = b->flags[m->node],
				       .tag = b->t->node[m->node].tag};
	}
	m->open = m->space = m->line = false;
	m->from = m->n;
}

static void put(struct make *m, const char *p, uint32_t n, kh_span at)
{
	struct kh_blocks *b = m->b;
	struct kh_run *last = b->n_run > m->first_run ? &b->run[b->n_run - 1] : NULL;
	bool same = n == kh_span_len(at);
	memcpy(m->to + m->n, p, n);
	if (last && same && last->n == kh_span_len(last->at) && last->at.end == at.begin) {
		last->n += n;
		last->at.end = at.end;
	} else {
		struct kh_run *r = KH_PUSH(b->t->w->arena, b->run, b->n_run, b->cap_run);
		*r = (struct kh_run){(uint32_t)(m->n - m->from), n, at};
	}
	m->n += n;
}

static void one_char(struct make *m, const struct kh_html_run *r, size_t k, unsigned len,
		     uint32_t flags)
{
	bool whole = r->text.p == r->room;
	uint32_t from = whole ? r->begin : r->begin + (uint32_t)k;
	kh_span at = {from, whole ? r->end : from + len};
	if (whole && k) /* the second character of one reference */
		at.begin = at.end;
	if (m->space && m->n > m->from) {
		kh_str in = m->b->t->in;
		bool there = from > 0 && !m->line && in.p[from - 1] == ' ';
		put(m, m->line ? "\n" : " ", 1, (kh_span){there ? from - 1 : from, from});
	}
	m->space = m->line = false;
	put(m, r->text.p + k, len, at);
	m->chars++;
	m->link_chars += (flags & KH_BLOCK_LINK) != 0;
	m->strong_chars += (flags & KH_BLOCK_STRONG) != 0;
}

static void text_node(struct make *m, uint32_t i)
{
	const struct kh_tree *t = m->b->t;
	const struct kh_node *x = &t->node[i];
	struct kh_html_run r;
	uint32_t block = m->block_of[i] == KH_NONE ? 0 : m->block_of[i];
	if (m->open && m->node != block)
		flush(m);
	for (size_t p = x->at.begin; kh_html_run(t->in, &p, x->at.end, x->state, &r);) {
		for (size_t k = 0; k < r.text.n;) {
			unsigned len;
			uint32_t c = kh_utf8_at(r.text, k, &len);
			if (kh_utf8_is_space(c) || c == 0) {
				m->space = true;
			} else if (c != KH_SOFT_HYPHEN) {
				if (!m->open) {
					m->open = true;
					m->node = block;
					m->first = i;
					m->first_run = m->b->n_run;
					m->chars = m->link_chars = m->strong_chars = 0;
					m->space = m->line = false;
				}
				m->last = i;
				one_char(m, &r, k, len, m->b->flags[i]);
			}
			k += len;
		}
	}
}

struct kh_blocks kh_block_find(struct kh_tree *t)
{
	struct kh_blocks b = {.t = t};
	struct make m = {.b = &b};
	if (!t->n)
		return b;
	b.flags = KH_TAKE(t->w->arena, t->n, uint32_t);
	b.good = KH_TAKE(t->w->arena, t->n + 1, uint32_t);
	m.block_of = KH_TAKE(t->w->arena, t->n, uint32_t);
	m.to = kh_arena_bytes(t->w->arena, t->in.n * 3 + 16);
	inherit(&b, m.block_of);
	for (uint32_t i = 0; i < t->n; i++) {
		const struct kh_node *n = &t->node[i];
		if (n->is_text) {
			if (n->state == KH_HTML_DATA && !(b.flags[i] & KH_BLOCK_SKIP))
				text_node(&m, i);
			continue;
		}
		if (n->tag == KH_TAG_BR) { /* two in a row end the paragraph */
			if (m.line)
				flush(&m);
			m.space = m.line = true;
		} else if (kh_tag_flags((enum kh_tag)n->tag) & KH_TAG_BLOCK) {
			if (!(b.flags[i] & KH_BLOCK_SKIP) || n->tag == KH_TAG_FORM)
				flush(&m);
		}
	}
	flush(&m);
	return b;
}
