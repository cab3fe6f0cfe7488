/* See meta_ld.h. In: script elements of a page. Out: fields of the best article object: of a kind
 * of article before a web page, with a headline and a date before one without. */
#include "page/meta_ld.h"

#include "base/str.h"
#include "base/utf8.h"
#include "page/alike.h"
#include "page/feed_text.h"
#include "page/meta_day.h"

enum {
	ARTICLE = 10,  /* rank of what is an article, at least */
	ARTICLES = 64, /* that are compared with the page */
	ALIKE = 30,    /* a title less alike is of another story */
	TRIES = 32     /* authors that are looked up */
};

struct found {
	const struct kh_blocks *b;
	struct kh_jtree t;
};

static bool is_article(kh_str type)
{
	static const char *const list[] = {"NewsArticle",
					   "Article",
					   "BlogPosting",
					   "ReportageNewsArticle",
					   "OpinionNewsArticle",
					   "AnalysisNewsArticle",
					   "LiveBlogPosting",
					   "BackgroundNewsArticle",
					   "ReviewNewsArticle",
					   "Report",
					   "SocialMediaPosting",
					   "TechArticle",
					   "ScholarlyArticle",
					   "Review",
					   "AdvertiserContentArticle",
					   "AskPublicNewsArticle",
					   "DiscussionForumPosting"};
	size_t slash = type.n;
	while (slash && type.p[slash - 1] != '/')
		slash--;
	type = kh_str_sub(type, slash, type.n);
	for (size_t i = 0; i < KH_COUNT(list); i++)
		if (kh_str_is(type, list[i]))
			return true;
	return false;
}

/* Told of something else on the page: a reader's review of a recipe, an article quoted or related.
 */
static bool is_remark(const struct kh_jtree *t, uint32_t object)
{
	for (uint32_t i = object; i != KH_NONE; i = t->value[i].parent)
		if (kh_str_among(t->value[i].key,
				 "review reviews comment comments mentions citation "
				 "isBasedOn relatedLink hasPart itemListElement"))
			return true;
	return false;
}

static unsigned rank(const struct kh_jtree *t, uint32_t object)
{
	uint32_t type = kh_json_member(t, object, "@type");
	unsigned r = 0;
	if (type == KH_NONE)
		return 0;
	for (uint32_t i = type; i < t->value[type].end; i++) {
		kh_str s = t->value[i].raw;
		if (t->value[i].kind == '"' && is_article(s))
			r = ARTICLE;
		else if (t->value[i].kind == '"' && !r &&
			 (kh_str_is(s, "WebPage") || kh_str_is(s, "VideoObject") ||
			  kh_str_is(s, "Recipe")))
			r = 2;
	}
	if (!r || is_remark(t, object))
		return 0;
	r += kh_json_member(t, object, "datePublished") != KH_NONE ? 2 : 0;
	r += kh_json_member(t, object, "headline") != KH_NONE ? 2 : 0;
	r += kh_json_member(t, object, "author") != KH_NONE ? 1 : 0;
	r += t->value[object].parent == KH_NONE ? 1 : 0;
	return r;
}

/* References and tags inside a string value are resolved as in the page. */
static kh_str clean(struct kh_arena *a, kh_str s)
{
	s = kh_html_decode(a, s, false);
	if (memchr(s.p, '&', s.n))
		s = kh_html_decode(a, s, false);
	char *to = kh_arena_bytes(a, s.n + 1);
	size_t n = 0;
	bool space = false;
	for (size_t i = 0; i < s.n;) {
		unsigned len;
		const char *close = s.p[i] == '<' ? memchr(s.p + i, '>', s.n - i) : NULL;
		if (close && i + 1 < s.n &&
		    (kh_is_alpha((unsigned char)s.p[i + 1]) || s.p[i + 1] == '/')) {
			i = (size_t)(close - s.p) + 1;
			continue;
		}
		uint32_t c = kh_utf8_at(s, i, &len);
		if (kh_utf8_is_space(c)) {
			space = true;
		} else {
			if (space && n)
				to[n++] = ' ';
			space = false;
			memcpy(to + n, s.p + i, len);
			n += len;
		}
		i += len;
	}
	return (kh_str){to, n};
}

static struct kh_value value_at(struct found *f, uint32_t v)
{
	struct kh_value out = {{0}, {0, 0}};
	if (v == KH_NONE || f->t.value[v].kind == '{')
		return out;
	if (f->t.value[v].kind == '[') {
		if (f->t.value[v].end == v + 1)
			return out;
		v++;
	}
	if (f->t.value[v].kind != '"')
		return out;
	kh_str raw = f->t.value[v].raw;
	out.text = clean(f->t.arena, kh_json_text(&f->t, v));
	uint32_t at = (uint32_t)(raw.p - f->b->t->in.p);
	out.at = (kh_span){at, at + (uint32_t)raw.n};
	return out;
}

/* A long text with its paragraphs: lines of plain text, blocks of mark-up. */
static struct kh_value whole_at(struct found *f, uint32_t v)
{
	struct kh_value out = value_at(f, v);
	if (out.text.n < KH_LD_BODY)
		return (struct kh_value){{0}, {0, 0}};
	struct kh_arena *a = f->t.arena;
	kh_str s = kh_json_text(&f->t, v);
	if (kh_str_find(s, KH_S("</p>"), 0) != SIZE_MAX ||
	    kh_str_find(s, KH_S("<br"), 0) != SIZE_MAX) {
		struct kh_html *h = KH_TAKE(a, 1, struct kh_html);
		h->arena = a;
		out.text = kh_feed_plain(h, s, true);
		return out;
	}
	char *to = kh_arena_bytes(a, s.n * 4 + 2);
	size_t n = 0;
	kh_str line;
	for (size_t at = 0; kh_str_line(s, &at, &line);) {
		line = clean(a, line);
		if (!line.n)
			continue;
		memcpy(to + n, "\n\n", 2);
		n += n ? 2 : 0;
		memcpy(to + n, line.p, line.n);
		n += line.n;
	}
	out.text = (kh_str){to, n};
	return out;
}

static kh_str text_of(struct found *f, uint32_t object, const char *key)
{
	return value_at(f, kh_json_member(&f->t, object, key)).text;
}

/* The object that an "@id" reference means. */
static uint32_t refer(const struct kh_jtree *t, uint32_t object)
{
	uint32_t id = kh_json_member(t, object, "@id");
	if (id == KH_NONE || kh_json_member(t, object, "name") != KH_NONE)
		return object;
	for (uint32_t i = 0; i < t->n; i++) {
		if (t->value[i].kind != '{' || i == object)
			continue;
		uint32_t other = kh_json_member(t, i, "@id");
		if (other != KH_NONE && kh_str_eq(t->value[other].raw, t->value[id].raw) &&
		    kh_json_member(t, i, "name") != KH_NONE)
			return i;
	}
	return object;
}

static void add_author(struct kh_ld *ld, struct kh_value v)
{
	if (v.text.n < 2 || v.text.n > 120 || ld->n_authors == KH_META_MOST_AUTHORS)
		return;
	for (uint32_t i = 0; i < ld->n_authors; i++)
		if (kh_str_ieq(ld->author[i].text, v.text))
			return;
	ld->author[ld->n_authors++] = v;
}

static void authors(struct found *f, uint32_t v, struct kh_ld *ld)
{
	const struct kh_jtree *t = &f->t;
	if (v == KH_NONE)
		return;
	uint32_t tries = 0;
	for (uint32_t i = v; i < t->value[v].end && tries < TRIES; i++) {
		char kind = t->value[i].kind;
		if (kind == '"' && (i == v || t->value[t->value[i].parent].kind == '[')) {
			add_author(ld, value_at(f, i));
		} else if (kind == '{') {
			uint32_t who = refer(t, i);
			tries++;
			add_author(ld, value_at(f, kh_json_member(t, who, "name")));
			i = t->value[i].end - 1;
		}
	}
}

static void publisher(struct found *f, uint32_t object, struct kh_ld *ld)
{
	uint32_t p = kh_json_member(&f->t, object, "publisher");
	if (p == KH_NONE)
		return;
	if (f->t.value[p].kind == '[' && f->t.value[p].end > p + 1)
		p++;
	if (f->t.value[p].kind == '{')
		ld->publisher = text_of(f, refer(&f->t, p), "name");
	else
		ld->publisher = value_at(f, p).text;
}

static void take(struct found *f, uint32_t object, struct kh_ld *ld)
{
	ld->title = value_at(f, kh_json_member(&f->t, object, "headline"));
	if (!ld->title.text.n)
		ld->title = value_at(f, kh_json_member(&f->t, object, "name"));
	ld->published = text_of(f, object, "datePublished");
	if (!ld->published.n)
		ld->published = text_of(f, object, "dateCreated");
	ld->modified = text_of(f, object, "dateModified");
	ld->language = text_of(f, object, "inLanguage");
	ld->body = whole_at(f, kh_json_member(&f->t, object, "articleBody"));
	ld->url = text_of(f, object, "url");
	authors(f, kh_json_member(&f->t, object, "author"), ld);
	if (!ld->n_authors)
		authors(f, kh_json_member(&f->t, object, "creator"), ld);
	publisher(f, object, ld);
}

struct page { /* what its meta elements say of the page itself */
	kh_str title, url;
};

static struct page this_page(const struct kh_tree *t)
{
	static const char *const title[] = {"og:title", "twitter:title"};
	static const char *const url[] = {"og:url"};
	struct page p = {kh_meta_named(t, title, KH_COUNT(title)).text,
			 kh_meta_named(t, url, 1).text};
	for (uint32_t i = 0; i < t->n && !p.title.n; i++)
		if (!t->node[i].is_text && t->node[i].tag == KH_TAG_TITLE)
			p.title = kh_tree_text(t, i, NULL);
	return p;
}

/* An address without what two ways to write it differ in: scheme, "www.", query, last slash. */
static kh_str bare_address(kh_str url)
{
	size_t host = kh_str_find(url, KH_S("://"), 0), n = 0;
	kh_str s = host == SIZE_MAX ? url : kh_str_sub(url, host + 3, url.n);
	s = kh_str_starts(s, "www.") ? kh_str_sub(s, 4, s.n) : s;
	while (n < s.n && s.p[n] != '?' && s.p[n] != '#')
		n++;
	return kh_str_sub(s, 0, n && s.p[n - 1] == '/' ? n - 1 : n);
}

/* Points for an article that does not say that it is another: by its address, by its title. */
static unsigned fits(struct found *f, uint32_t object, const struct page *p)
{
	static const char *const at[] = {"url", "mainEntityOfPage"};
	kh_str title = text_of(f, object, "headline");
	bool told = false, same = false;
	for (size_t i = 0; i < KH_COUNT(at) && p->url.n; i++) {
		uint32_t v = kh_json_member(&f->t, object, at[i]);
		if (v != KH_NONE && f->t.value[v].kind == '{')
			v = kh_json_member(&f->t, v, "@id");
		kh_str url = value_at(f, v).text;
		told |= kh_str_starts(url, "http");
		same |= kh_str_eq(bare_address(url), bare_address(p->url));
	}
	bool like = !title.n || !p->title.n || kh_alike_share(title, p->title) >= ALIKE;
	return (told && !same ? 0U : 3U) + (like ? 2U : 0U);
}

void kh_ld_read(const struct kh_blocks *b, struct kh_ld *ld)
{
	uint32_t seen = 0;
	const struct kh_tree *t = b->t;
	struct found f = {.b = b, .t = {.arena = t->w->arena}};
	for (uint32_t i = 0; i + 1 < t->n; i++) {
		if (t->node[i].is_text || t->node[i].tag != KH_TAG_SCRIPT ||
		    !t->node[i + 1].is_text)
			continue;
		kh_str type = kh_tree_attr(t, i, "type");
		if (kh_str_find(type, KH_S("ld+json"), 0) == SIZE_MAX)
			continue;
		kh_span at = t->node[i + 1].at;
		kh_json_read(&f.t, kh_str_sub(t->in, at.begin, at.end));
	}
	uint32_t best = KH_NONE;
	unsigned most = 0;
	struct page this = this_page(t);
	for (uint32_t i = 0; i < f.t.n; i++) {
		unsigned r = f.t.value[i].kind == '{' ? rank(&f.t, i) : 0;
		if (r >= ARTICLE && seen++ < ARTICLES)
			r += fits(&f, i, &this);
		if (r > most) {
			most = r;
			best = i;
		}
	}
	if (best != KH_NONE)
		take(&f, best, ld);
}
