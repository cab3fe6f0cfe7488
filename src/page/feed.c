/* See feed.h. In: XML, well formed or not, or JSON. Out: doc->feed and a story for each entry. Our
 * own tokenizer reads it, so that a broken feed is read like a whole one and every value has its
 * bytes. */
#include "page/feed.h"

#include "base/str.h"
#include "page/address.h"
#include "page/build.h"
#include "page/date.h"
#include "page/feed_text.h"
#include "page/html_token.h"
#include "page/json_tree.h"

enum { DEEPEST = 64, MOST_PREFIXES = 32 };

struct element {
	kh_str name;	  /* canonical: "title", "dc:creator" */
	uint32_t content; /* first byte behind the start tag */
	kh_str mode, type, rel, href, permalink;
	kh_str base;   /* what its addresses are relative to */
	bool own_base; /* told by the feed, not by where it came from */
	bool item, feed;
};

struct value {
	kh_str html; /* as the feed means it: mark-up once resolved */
	kh_span at;
};

struct entry { /* one item, or the feed itself */
	struct value title, second_title, summary, content, second_summary, deck;
	kh_str link, guid, guid_link, id, author, name, mail, language, about, source;
	kh_str published, updated, created;
	kh_span at;
};

struct prefix {
	kh_str from;
	const char *to;
};

struct feed {
	struct kh_work *w;
	struct kh_html *h, *inner; /* inner: for one value at a time */
	kh_str in;
	struct element stack[DEEPEST];
	uint32_t depth, n_prefix;
	struct prefix prefix[MOST_PREFIXES];
	struct entry self, item;
	bool in_item, full; /* full: no more entries are taken */
	struct kh_build b;
};

/* ---- names ---- */

static const char *space_of(kh_str uri)
{
	static const struct {
		const char *part, *to;
	} list[] = {
		{"purl.org/dc/terms", "dcterms:"},
		{"purl.org/dc/elements", "dc:"},
		{"modules/content", "content:"},
		{"itunes.com", "itunes:"},
		{"search.yahoo.com/mrss", "media:"},
		{"w3.org/2005/atom", ""},
		{"purl.org/atom", ""},
		{"my.netscape.com", ""},
		{"purl.org/rss/1.0/modules/", "mod:"},
		{"purl.org/rss/1.0", ""},
		{"w3.org/1999/xhtml", "xhtml:"},
		{"w3.org/2000/svg", "svg:"},
		{"mathml", "math:"},
		{"rdf-syntax-ns", "rdf:"},
		{"sitemap-news", "news:"},
		{"iptc.org", ""},
		{"backend.userland.com", ""},
		{"blogs.law.harvard.edu", ""},
		{"sitemaps.org", ""},
		{"w3.org/1999/xlink", "xlink:"},
	};
	char low[128];
	size_t n = uri.n < sizeof low ? uri.n : sizeof low - 1;
	for (size_t i = 0; i < n; i++)
		low[i] = kh_lower(uri.p[i]);
	for (size_t i = 0; i < KH_COUNT(list); i++)
		if (kh_str_find((kh_str){low, n}, kh_str_of(list[i].part), 0) != SIZE_MAX)
			return list[i].to;
	return NULL;
}

static void learn_prefixes(struct feed *f)
{
	for (uint32_t i = 0; i < f->h->n_attr; i++) {
		const struct kh_html_attr *a = &f->h->attr[i];
		if (!kh_str_starts(a->name, "xmlns") || f->n_prefix == MOST_PREFIXES)
			continue;
		kh_str from = a->name.n > 6 ? kh_str_sub(a->name, 6, a->name.n) : (kh_str){"", 0};
		f->prefix[f->n_prefix++] = (struct prefix){from, space_of(a->value)};
	}
}

/* "r:title" with r bound to RSS is "title"; an unknown space keeps its prefix. */
static kh_str canonical(struct feed *f, kh_str raw)
{
	const char *colon = memchr(raw.p, ':', raw.n);
	kh_str prefix = colon ? kh_str_sub(raw, 0, (size_t)(colon - raw.p)) : (kh_str){"", 0};
	kh_str local = colon ? kh_str_sub(raw, prefix.n + 1, raw.n) : raw;
	const char *to = NULL;
	bool bound = false;
	for (uint32_t i = f->n_prefix; i-- > 0 && !bound;)
		if (kh_str_eq(f->prefix[i].from, prefix)) {
			bound = true;
			to = f->prefix[i].to;
		}
	if (!to) {
		to = "";
		if (prefix.n)
			local = raw; /* of a space that we do not know */
	}
	size_t n = strlen(to);
	char *p = kh_arena_bytes(f->w->arena, n + local.n + 1);
	memcpy(p, to, n);
	for (size_t i = 0; i < local.n; i++)
		p[n + i] = kh_lower(local.p[i]);
	return (kh_str){p, n + local.n};
}

static bool is_any(kh_str s, const char *list)
{
	for (const char *p = list; *p;) {
		size_t n = strcspn(p, " ");
		if (kh_str_eq(s, (kh_str){p, n}))
			return true;
		p += n + (p[n] == ' ');
	}
	return false;
}

static bool is_item(kh_str n)
{
	return is_any(n, "item entry newsitem url nitf");
}

static bool is_feed(kh_str n)
{
	return is_any(n, "channel feed rss rdf:rdf urlset newsmessage");
}

/* ---- values ---- */

static void keep(kh_str *to, kh_str v)
{
	if (!to->n)
		*to = v;
}

static kh_str plain(struct feed *f, struct value v)
{
	return kh_feed_plain(f->inner, v.html, false);
}

static void links(struct feed *f, struct entry *e, const struct element *x, kh_str text)
{
	kh_str told = x->href.n ? x->href : text;
	kh_str v = told.n ? kh_address_join(f->w->arena, x->base, told) : told;
	bool alternate = !x->rel.n || kh_str_ieq(x->rel, KH_S("alternate"));
	bool page = !x->type.n || kh_str_find(x->type, KH_S("html"), 0) != SIZE_MAX;
	if (!v.n)
		return;
	if ((!x->href.n && (x->type.n || x->rel.n)) || (alternate && page))
		e->link = v; /* the last one stands; one without address is read as its text */
}

static void people(struct feed *f, struct entry *e, const struct element *x, kh_str text)
{
	kh_str up = f->depth > 1 ? f->stack[f->depth - 2].name : (kh_str){"", 0};
	if (is_any(up, "author itunes:owner") && is_any(x->name, "name itunes:name"))
		e->name = text;
	else if (is_any(up, "author itunes:owner") && is_any(x->name, "email itunes:email"))
		e->mail = text;
}

static kh_str with_mail(struct feed *f, kh_str name, kh_str mail)
{
	if (!mail.n || !name.n)
		return name.n ? name : mail;
	char *p = kh_arena_bytes(f->w->arena, name.n + mail.n + 3);
	memcpy(p, name.p, name.n);
	memcpy(p + name.n, " (", 2);
	memcpy(p + name.n + 2, mail.p, mail.n);
	p[name.n + mail.n + 2] = ')';
	return (kh_str){p, name.n + mail.n + 3};
}

static void dates(struct entry *e, kh_str name, kh_str v)
{
	if (!v.n)
		return;
	if (is_any(name, "pubdate published dcterms:issued news:publication_date issued"))
		e->published = v; /* told twice: the last stands, as with people */
	else if (is_any(name, "updated modified dcterms:modified dc:date lastbuilddate lastmod "
			      "atom:updated"))
		e->updated = v;
	else if (is_any(name, "versioncreated firstcreated"))
		keep(&e->published, v);
	else if (is_any(name, "created dcterms:created"))
		e->created = v;
}

static void texts(struct entry *e, kh_str n, struct value v)
{
	if (is_any(n, "title dc:title headline hl1"))
		e->title = e->title.html.n ? e->title : v;
	else if (is_any(n, "media:title news:title"))
		e->second_title = e->second_title.html.n ? e->second_title : v;
	else if (is_any(n, "description dc:description summary itunes:summary abstract"))
		e->summary = e->summary.html.n ? e->summary : v;
	else if (is_any(n, "media:description"))
		e->second_summary = e->second_summary.html.n ? e->second_summary : v;
	else if (is_any(n, "subtitle itunes:subtitle tagline"))
		e->deck = e->deck.html.n ? e->deck : v;
	else if (is_any(n, "content content:encoded fullitem xhtml:body body body.content "
			   "inlinexml xhtml:div"))
		e->content = e->content.html.n ? e->content : v;
}

/* An element has ended: what it says of the entry that it belongs to. */
static void take(struct feed *f, const struct element *x, uint32_t end)
{
	struct entry *e = f->in_item ? &f->item : &f->self;
	const struct element *up = f->depth > 1 ? &f->stack[f->depth - 2] : NULL;
	kh_span at = {x->content, end > x->content ? end : x->content};
	struct value v = {{0}, at};
	bool media = up && kh_str_starts(up->name, "media:");
	bool news = up && is_any(up->name,
				 "news:news contentmeta itemmeta contentset inlinexml nitf body "
				 "hedline body.head xhtml:html");
	if (!up || is_item(x->name) || is_feed(x->name))
		return;
	if (is_any(up->name, "author itunes:owner") || is_any(x->name, "author itunes:owner")) {
		v.html = kh_feed_inner(f->inner, f->in, at, x->mode, x->type);
		if (!is_any(x->name, "author itunes:owner")) {
			people(f, e, x, plain(f, v));
			return;
		}
	}
	if (is_any(x->name, "author itunes:owner")) {
		bool owner = kh_str_is(x->name, "itunes:owner") && e->name.n;
		kh_str who = owner		      ? e->name
			     : e->name.n || e->mail.n ? with_mail(f, e->name, e->mail)
						      : plain(f, v);
		if (who.n && (up->item || up->feed))
			e->author = kh_str_is(x->name, "author") || !e->author.n ? who : e->author;
		e->name = e->mail = (kh_str){0};
		return;
	}
	if (is_any(up->name, "news:publication provider")) {
		v.html = kh_feed_inner(f->inner, f->in, at, x->mode, x->type);
		if (is_any(x->name, "name news:name"))
			keep(&e->source, plain(f, v));
		else if (is_any(x->name, "news:language"))
			keep(&e->language, plain(f, v));
		return;
	}
	if (!(up->item || up->feed || media || news))
		return;
	v.html = kh_feed_inner(f->inner, f->in, at, x->mode, x->type);
	texts(e, x->name, v);
	kh_str text = plain(f, v);
	dates(e, x->name, text);
	if (is_any(x->name, "link loc"))
		links(f, e, x, text);
	else if (is_any(x->name, "id guid"))
		keep(kh_str_is(x->name, "id") ? &e->id : &e->guid,
		     x->own_base ? kh_address_join(f->w->arena, x->base, text) : text);
	else if (is_any(x->name, "dc:creator dc:author managingeditor itunes:author creator by"))
		e->author = text.n ? text : e->author;
	else if (is_any(x->name, "byline"))
		keep(&e->author, text);
	else if (is_any(x->name, "language dc:language"))
		e->language = text.n ? text : e->language;
	if (kh_str_is(x->name, "guid") && !kh_str_is(x->permalink, "false"))
		keep(&e->guid_link, text);
}

/* ---- entries into stories ---- */

static kh_str iso(struct feed *f, kh_str s)
{
	struct kh_moment m;
	if (!s.n || !kh_date_read(s, true, &m))
		return (kh_str){0};
	if (m.has_time)
		m.has_zone = true;
	kh_date_utc(&m);
	char *to = kh_arena_bytes(f->w->arena, 32);
	return (kh_str){to, kh_date_write(&m, to)};
}

static struct value first_of(struct value a, struct value b)
{
	return a.html.n ? a : b;
}

static struct kh_feed_item settle(struct feed *f, const struct entry *e)
{
	struct kh_feed_item i = {
		.title = plain(f, first_of(e->title, e->second_title)),
		.summary = kh_feed_plain(
			f->inner,
			first_of(first_of(e->summary, e->second_summary), e->content).html, true),
		.author = e->author,
		.published = iso(f, e->published),
		.updated = iso(f, e->updated),
		.id = e->id.n	  ? e->id
		      : e->guid.n ? e->guid
				  : e->about,
	};
	i.link = e->link.n ? e->link : e->guid_link.n ? e->guid_link : e->id;
	return i;
}

/* An entry's own id names the story where it is made to be the only one ("tag:…", "urn:…", an
 * address); "123" is one of its feed only, and the address stands for it. */
static kh_str story_id(const struct kh_feed_item *item)
{
	if (memchr(item->id.p ? item->id.p : "", ':', item->id.n))
		return item->id;
	return kh_str_find(item->link, KH_S("://"), 0) != SIZE_MAX ? item->link : (kh_str){0};
}

static void put_story(struct feed *f)
{
	const struct entry *e = &f->item;
	struct kh_doc *d = f->w->doc;
	if (f->b.n > KH_MOST_TEXT) {
		if (!f->full)
			kh_doc_note(f->w, KH_NONE, KH_NOTE_LIMIT, kh_charset_source(f->b.from, e->at),
				    true);
		f->full = true;
		return;
	}
	struct kh_feed_item *item =
		KH_PUSH(f->w->arena, d->feed.item, d->feed.n_item, d->feed.cap_item);
	*item = settle(f, e);
	struct value body = e->content.html.n > e->summary.html.n ? e->content : e->summary;
	body = first_of(first_of(body, e->second_summary), e->deck);
	if (!body.html.n && !item->title.n && !item->link.n)
		return; /* an entry that says nothing is no story */
	struct kh_story *s = kh_build_story(f->w);
	if (f->b.n)
		kh_build_gap(&f->b, "\n\n");
	s->text = kh_build_span(&f->b, kh_feed_plain(f->inner, body.html, true), body.at);
	struct value title = first_of(e->title, e->second_title);
	if (item->title.n) {
		kh_build_gap(&f->b, "\n\n");
		s->title = kh_build_span(&f->b, item->title, title.at);
	}
	if (item->author.n) {
		kh_build_gap(&f->b, "\n\n");
		s->byline = kh_build_span(&f->b, item->author, (kh_span){e->at.begin, e->at.begin});
	}
	s->origin = kh_charset_source(f->b.from, e->at);
	s->url = item->link;
	s->id = story_id(item);
	s->source = e->source;
	s->language = e->language;
	s->published = item->published.n ? item->published : item->updated;
	s->published_how = s->published.n ? KH_PUB_METADATA : KH_PUB_NONE;
}

static void finish_feed(struct feed *f)
{
	struct kh_doc *d = f->w->doc;
	struct kh_feed_item self = settle(f, &f->self);
	d->feed.title = self.title;
	d->feed.link = self.link;
	d->feed.author = self.author;
	d->feed.language = f->self.language;
	for (uint32_t i = 0; i < d->n_story; i++) {
		struct kh_story *s = &d->story[i];
		keep(&s->source, self.title.n ? self.title : f->self.source);
		keep(&s->language, f->self.language);
	}
}

/* ---- the walk ---- */

static void ended(struct feed *f, uint32_t end, uint32_t after)
{
	struct element *x = &f->stack[f->depth - 1];
	take(f, x, end);
	f->depth--;
	if (x->item && f->in_item) {
		f->item.at.end = after;
		put_story(f);
		f->in_item = false;
	}
}

static void attributes(struct feed *f, struct element *x)
{
	struct entry *e = f->in_item ? &f->item : &f->self;
	for (uint32_t i = 0; i < f->h->n_attr; i++) {
		const struct kh_html_attr *a = &f->h->attr[i];
		kh_str n = canonical(f, a->name);
		if (is_any(n, "mode"))
			x->mode = a->value;
		else if (is_any(n, "type"))
			x->type = a->value;
		else if (is_any(n, "rel"))
			x->rel = a->value;
		else if (is_any(n, "xml:base")) {
			x->base = kh_address_join(f->w->arena, x->base, a->value);
			x->own_base = true;
		} else if (is_any(n, "href"))
			x->href = a->value;
		else if (is_any(n, "ispermalink"))
			x->permalink = a->value;
		else if (is_any(n, "rdf:about") && x->item)
			e->about = a->value;
		else if (is_any(n, "guid") && x->item)
			e->guid = a->value;
		else if (is_any(n, "tag") && kh_str_is(x->name, "language"))
			keep(&e->language, a->value);
		else if (is_any(n, "lastmod") && x->item)
			e->updated = a->value;
		else if (is_any(n, "xml:lang lang") && (x->feed || x->item))
			keep(&e->language, a->value);
		if (is_any(n, "href") && (x->item || x->feed)) /* CDF */
			keep(&e->link, kh_address_join(f->w->arena, x->base, a->value));
	}
}

static void started(struct feed *f, const struct kh_html_token *t)
{
	/* an address, an id, a date hold no elements: one that begins there says that they ended */
	if (f->depth && is_any(f->stack[f->depth - 1].name, "link guid pubdate"))
		ended(f, t->at.begin, t->at.begin);
	learn_prefixes(f);
	struct element x = {.name = canonical(f, t->name), .content = t->at.end};
	x.base = f->depth ? f->stack[f->depth - 1].base : f->w->input->url;
	x.own_base = f->depth && f->stack[f->depth - 1].own_base;
	x.item = is_item(x.name) && !f->in_item;
	x.feed = is_feed(x.name) && !f->in_item;
	if (x.item && kh_str_is(x.name, "url") && f->depth &&
	    !is_any(f->stack[f->depth - 1].name, "urlset"))
		x.item = false;
	if (x.item) {
		f->item = (struct entry){.at = t->at};
		f->in_item = true;
	}
	attributes(f, &x);
	if (f->depth == DEEPEST)
		return;
	f->stack[f->depth++] = x;
	if (t->self_closing)
		ended(f, t->at.end, t->at.end);
}

static void end_tag(struct feed *f, const struct kh_html_token *t)
{
	kh_str name = canonical(f, t->name);
	for (uint32_t i = f->depth; i-- > 0;) {
		if (!kh_str_eq(f->stack[i].name, name))
			continue;
		while (f->depth > i)
			ended(f, t->at.begin, t->at.end);
		return;
	}
}

/* ---- JSON Feed ---- */

static struct value json_value(struct feed *f, const struct kh_jtree *t, uint32_t object,
			       const char *key)
{
	uint32_t m = kh_json_member(t, object, key);
	if (m == KH_NONE || t->value[m].kind == '{' || t->value[m].kind == '[')
		return (struct value){{0}, {0, 0}};
	uint32_t at = (uint32_t)(t->value[m].raw.p - f->in.p);
	return (struct value){kh_json_text(t, m), {at, at + (uint32_t)t->value[m].raw.n}};
}

/* "authors": [{"name": …}, …], or "author" of version 1: names with commas between. */
static kh_str json_people(struct feed *f, const struct kh_jtree *t, uint32_t object)
{
	uint32_t list = kh_json_member(t, object, "authors");
	uint32_t one = kh_json_member(t, object, "author");
	list = list == KH_NONE ? one : list;
	kh_str all = {0};
	for (uint32_t i = list; list != KH_NONE && i < t->value[list].end; i++) {
		kh_str name = t->value[i].kind == '{' ? json_value(f, t, i, "name").html : (kh_str){0};
		if (!name.n)
			continue;
		char *p = kh_arena_bytes(f->w->arena, all.n + name.n + 2);
		size_t n = all.n;
		memcpy(p, all.n ? all.p : "", all.n);
		if (n) {
			memcpy(p + n, ", ", 2);
			n += 2;
		}
		memcpy(p + n, name.p, name.n);
		all = (kh_str){p, n + name.n};
	}
	return all;
}

static void json_item(struct feed *f, const struct kh_jtree *t, uint32_t i)
{
	struct entry *e = &f->item;
	uint32_t from = (uint32_t)(t->value[i].raw.p - f->in.p);
	kh_str last = t->value[t->value[i].end - 1].raw;
	*e = (struct entry){.at = {from, (uint32_t)(last.p + last.n - f->in.p)}};
	e->title = json_value(f, t, i, "title");
	e->content = first_of(json_value(f, t, i, "content_html"), json_value(f, t, i, "content_text"));
	e->summary = json_value(f, t, i, "summary");
	kh_str link = json_value(f, t, i, "url").html;
	if (!link.n)
		link = json_value(f, t, i, "external_url").html;
	e->link = link.n ? kh_address_join(f->w->arena, f->w->input->url, link) : link;
	e->id = json_value(f, t, i, "id").html;
	e->published = json_value(f, t, i, "date_published").html;
	e->updated = json_value(f, t, i, "date_modified").html;
	e->language = json_value(f, t, i, "language").html;
	e->author = json_people(f, t, i);
	put_story(f);
}

static void json_feed(struct feed *f)
{
	struct kh_jtree t = {.arena = f->w->arena};
	kh_json_read(&t, f->in);
	uint32_t items = t.n ? kh_json_member(&t, 0, "items") : KH_NONE;
	if (items == KH_NONE)
		return;
	f->self.title = json_value(f, &t, 0, "title");
	f->self.link = json_value(f, &t, 0, "home_page_url").html;
	f->self.language = json_value(f, &t, 0, "language").html;
	f->self.author = json_people(f, &t, 0);
	for (uint32_t i = items + 1; i < t.value[items].end; i = t.value[i].end)
		if (t.value[i].kind == '{')
			json_item(f, &t, i);
}

void kh_feed_page(struct kh_work *w)
{
	struct kh_decoded in = kh_charset_decode(w);
	struct feed *f = KH_TAKE(w->arena, 1, struct feed);
	struct kh_html_token t;
	*f = (struct feed){.w = w,
			   .h = KH_TAKE(w->arena, 1, struct kh_html),
			   .inner = KH_TAKE(w->arena, 1, struct kh_html),
			   .in = in.text,
			   .b = {.w = w, .from = &in}};
	f->h->arena = f->inner->arena = w->arena;
	f->h->in = in.text;
	f->h->xml = true;
	kh_str s = kh_str_trim(in.text);
	if (s.n && s.p[0] == '{')
		json_feed(f);
	else
		for (kh_html_next(f->h, &t); t.kind != KH_HTML_END_OF_FILE;
		     kh_html_next(f->h, &t)) {
			if (t.kind == KH_HTML_START)
				started(f, &t);
			else if (t.kind == KH_HTML_END)
				end_tag(f, &t);
		}
	uint32_t end = (uint32_t)in.text.n;
	while (f->depth)
		ended(f, end, end);
	kh_build_done(&f->b);
	w->doc->feed.is_feed = true;
	finish_feed(f);
}

/* A page may be XML too, and an entry may hold a whole page: what stands first decides. */
bool kh_feed_looks(kh_str bytes)
{
	static const char *const mark[] = {"<rss", "<feed", "<rdf:RDF", "<channel", "<CHANNEL", "<urlset",
					   "<nitf", "<newsItem", "<newsMessage", "jsonfeed.org/version",
					   "jsonfeed.org\\/version"};
	kh_str s = bytes.n > 4096 ? kh_str_sub(bytes, 0, 4096) : bytes;
	size_t page = kh_str_find(s, KH_S("<html"), 0);
	for (size_t i = 0; i < KH_COUNT(mark); i++) {
		size_t at = kh_str_find(s, kh_str_of(mark[i]), 0);
		if (at != SIZE_MAX && at < page)
			return true;
	}
	return page == SIZE_MAX && kh_str_find(s, KH_S("<?xml"), 0) != SIZE_MAX;
}
