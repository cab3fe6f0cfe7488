/* See meta_author.h. In: schema.org data, meta elements, marked elements, the lines near the title.
 * Out: names. The first of these sources that names a person is taken; the site itself counts only
 * where schema.org data of the article say so, and nobody is where the page names nobody. */
#include "page/meta_author.h"

#include "base/str.h"
#include "page/address.h"
#include "page/alike.h"
#include "page/byline.h"
#include "page/date.h"
#include "page/meta_day.h"

enum {
	SHORTEST = 3, /* bytes of a name */
	LONGEST = 80,
	LIST = 100,  /* bytes of a list of names */
	SPACES = 6,  /* between the words of such a list, at most */
	AROUND = 60, /* nodes within which a second author is marked */
	ABOVE = 3,   /* blocks around the title that hold the by-line */
	BELOW = 10,
	LINE = 160,
};

struct reader {
	const struct kh_blocks *b;
	const struct kh_tree *t;
	struct kh_meta *m;
	struct kh_value kept; /* a desk, a name for machines ("ann-roe"): where nobody else is */
	uint32_t title;	      /* the block that is the title; KH_NONE */
	kh_str site;	      /* the page's og:site_name or the like */
	kh_str host;	      /* of its address: "the-paper" of www.the-paper.com */
};

/* Is it the site's own name, as it calls itself or as its address does? */
static bool is_site(const struct reader *r, kh_str s)
{
	const kh_str own[] = {r->m->publisher, r->site};
	for (size_t i = 0; i < KH_COUNT(own); i++)
		if (kh_alike_same(s, own[i], false) || kh_alike_same(own[i], s, true))
			return true;
	return r->host.n && s.n > 2 && kh_alike_same(s, r->host, true);
}

/* The name of a section that stands in the address: /capital/… */
static bool is_section(const struct reader *r, kh_str s)
{
	kh_str url = r->m->url;
	for (size_t at = 0; s.n > 2 && (at = kh_str_find(url, s, at)) != SIZE_MAX; at++)
		if (at && url.p[at - 1] == '/' && at + s.n < url.n && url.p[at + s.n] == '/')
			return true;
	return false;
}

/* "3 May", "12 comments": user names have digits, but no blanks. */
static bool is_counted(kh_str s)
{
	bool digit = false;
	for (size_t i = 0; i < s.n; i++)
		digit |= kh_is_digit((unsigned char)s.p[i]);
	return digit && memchr(s.p, ' ', s.n);
}

static bool can_write(const struct reader *r, kh_str s)
{
	return !is_counted(s) && !kh_byline_nobody(s) && !kh_byline_machine(s) && !is_site(r, s) &&
	       !is_section(r, s);
}

static bool for_machines(kh_str s) /* no capital, and letters of ASCII alone */
{
	for (size_t i = 0; i < s.n; i++)
		if (kh_is_upper((unsigned char)s.p[i]) || (s.p[i] & 0x80))
			return false;
	return true;
}

static bool has_letter(kh_str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (kh_is_alpha((unsigned char)s.p[i]) || (s.p[i] & 0x80))
			return true;
	return false;
}

static void add(struct kh_meta *m, kh_str s, kh_span at)
{
	if (s.n < SHORTEST || s.n > LONGEST || !has_letter(s) ||
	    m->n_authors == KH_META_MOST_AUTHORS || kh_str_find(s, KH_S("://"), 0) != SIZE_MAX ||
	    kh_str_starts(s, "www.") || memchr(s.p, '@', s.n))
		return;
	for (uint32_t i = 0; i < m->n_authors; i++)
		if (kh_str_ieq(m->author[i].text, s))
			return;
	m->author[m->n_authors++] = (struct kh_value){s, at};
}

enum take {
	TAKE_PEOPLE, /* who can write; the first list of others who can is kept */
	TAKE_OTHERS, /* a desk and user names too */
	TAKE_ALL
};

static void add_list(struct reader *r, struct kh_value v, enum take take)
{
	kh_str rest = v.text, first = {0}, name;
	while (kh_byline_next(&rest, &first, &name)) {
		bool can = can_write(r, name);
		bool one = !kh_byline_desk(name) && (r->m->n_authors || !for_machines(name));
		if (take == TAKE_ALL || (can && (one || take == TAKE_OTHERS)))
			add(r->m, name, v.at);
		else if (!r->kept.text.n && can)
			r->kept = v;
	}
}

static bool wordy(kh_str s) /* too long for a list of names */
{
	size_t spaces = 0;
	for (size_t i = 0; i < s.n; i++)
		spaces += s.p[i] == ' ';
	return spaces > SPACES || s.n > LIST;
}

/* "Ann Roe, 01.12.2021" and "Posted on 1 December by Ann Roe" without their dates. */
static kh_str undated(kh_str s)
{
	static const char *const by[] = {" by ", " von ", " por ", " par ", " - "};
	struct kh_moment when;
	size_t end = 0, last = s.n;
	if (s.n > LINE || !kh_date_read(s, false, &when))
		return s;
	while (end < s.n && !kh_is_digit((unsigned char)s.p[end]))
		end++;
	while (last > 0 && !kh_is_digit((unsigned char)s.p[last - 1]))
		last--;
	for (size_t i = 0; i < KH_COUNT(by); i++) {
		size_t at = kh_str_find(s, kh_str_of(by[i]), last);
		if (at != SIZE_MAX)
			return kh_str_trim(kh_str_sub(s, at + strlen(by[i]), s.n));
	}
	return kh_str_trim(kh_str_sub(s, 0, end));
}

/* A link to a full name that stands close to the title. */
static bool near_title(const struct reader *r, uint32_t node, kh_str name)
{
	uint32_t title = r->title == KH_NONE ? KH_NONE : r->b->block[r->title].node;
	return title != KH_NONE && memchr(name.p, ' ', name.n) && node + AROUND > title &&
	       node < title + 2 * AROUND;
}

/* The address of a writer's own page. */
static bool leads_to_writer(kh_str href)
{
	static const char *const path[] = {
		"/author/",    "/authors/",  "/autor/",	      "/autoren/",
		"/autores/",   "/auteur/",   "/auteurs/",     "/reporter/",
		"/reporters/", "/newsteam/", "/journalist/",  "/journalists/",
		"/redakteur/", "/writer/",   "/contributor/", "/profiles/"};
	for (size_t i = 0; i < KH_COUNT(path); i++) {
		size_t at = kh_str_find(href, kh_str_of(path[i]), 0);
		if (at != SIZE_MAX && at + strlen(path[i]) < href.n)
			return true;
	}
	return false;
}

/* How an element is marked as the author's: 1 by its meaning, 2 and 3 by its name, 4 by where it
 * leads; 0: it is not. */
static unsigned marked(const struct kh_tree *t, uint32_t i)
{
	if (kh_str_ihas(kh_tree_attr(t, i, "itemprop"), "author") ||
	    kh_str_is(kh_tree_attr(t, i, "rel"), "author") ||
	    kh_str_is(kh_tree_attr(t, i, "property"), "foaf:name") ||
	    kh_str_is(kh_tree_attr(t, i, "property"), "schema:author"))
		return 1;
	kh_str class = kh_tree_attr(t, i, "class");
	if (kh_str_ihas(class, "author") || kh_str_ihas(class, "autor") || kh_str_ihas(class, "auteur"))
		return 2;
	if (kh_str_ihas(class, "byline"))
		return 3;
	return t->node[i].tag == KH_TAG_A && leads_to_writer(kh_tree_attr(t, i, "href")) ? 4 : 0;
}

/* By node: how it is marked, 0 where it stands among what others wrote. */
static const uint8_t *marks(const struct reader *r)
{
	const struct kh_tree *t = r->t;
	const uint32_t others = KH_BLOCK_COMMENT | KH_BLOCK_CAPTION;
	uint8_t *mark = KH_TAKE(t->w->arena, t->n, uint8_t);
	for (uint32_t i = 0; i < t->n; i++) {
		const struct kh_node *n = &t->node[i];
		uint32_t f = r->b->flags[i];
		bool beside = (f & KH_BLOCK_ASIDE) && !(f & KH_BLOCK_HEADER);
		bool never = n->is_text || !n->n_attr || n->tag == KH_TAG_META || n->tag == KH_TAG_LINK;
		mark[i] = never || beside || (f & others) ? 0 : (uint8_t)marked(t, i);
	}
	return mark;
}

/* Names marked up as the author's; of each kind the first, and those that stand close to it. */
static void marked_authors(struct reader *r)
{
	const struct kh_tree *t = r->t;
	const uint8_t *mark = marks(r);
	for (unsigned kind = 1; kind <= 4 && !r->m->n_authors; kind++) {
		uint32_t last = KH_NONE;
		for (uint32_t i = 0; i < t->n; i++) {
			if (mark[i] != kind)
				continue;
			if (last != KH_NONE && i > last + AROUND)
				return;
			struct kh_value v;
			v.text = kh_tree_text(t, i, &v.at);
			v.text = undated(v.text);
			if (v.text.n < SHORTEST || wordy(v.text) ||
			    (kind == 4 && !near_title(r, i, v.text)))
				continue;
			add_list(r, v, TAKE_PEOPLE);
			if (r->m->n_authors)
				last = i;
			i = t->node[i].end - 1;
			if (r->m->n_authors && kind > 1)
				return;
		}
	}
}

/* Does the block open with a by-line? Its names are taken. */
static bool opens(struct reader *r, uint32_t i, kh_str language)
{
	const struct kh_blocks *b = r->b;
	const struct kh_block *k = &b->block[i];
	kh_str names;
	if (k->chars > LINE || (k->flags & (KH_BLOCK_COMMENT | KH_BLOCK_CAPTION)) ||
	    !kh_byline_opens(k->text, language, &names))
		return false;
	kh_span from = b->run[k->first_run].at;
	kh_span at = {from.begin, b->run[k->first_run + k->n_runs - 1].at.end};
	add_list(r, (struct kh_value){names, at}, TAKE_PEOPLE);
	return r->m->n_authors > 0;
}

/* "By Ann Roe" near the title; "Author: Ann Roe" anywhere below it. */
static void shown_authors(struct reader *r)
{
	uint32_t title = r->title, n = r->b->n;
	if (title == KH_NONE)
		return;
	for (uint32_t i = title > ABOVE ? title - ABOVE : 0; i < title + BELOW && i < n; i++)
		if (opens(r, i, r->m->language))
			return;
	for (uint32_t i = title; i < n; i++)
		if (opens(r, i, (kh_str){0}))
			return;
}

/* "twitter:label1" says what "twitter:data1" holds: who wrote it. */
static void labelled_author(struct reader *r)
{
	static const char *const label[] = {"twitter:label1", "twitter:label2"};
	static const char *const data[] = {"twitter:data1", "twitter:data2"};
	for (size_t i = 0; i < KH_COUNT(label) && !r->m->n_authors; i++) {
		kh_str what = kh_meta_named(r->t, label + i, 1).text;
		if (kh_byline_label(what))
			add_list(r, kh_meta_named(r->t, data + i, 1), TAKE_PEOPLE);
	}
}

static void meta_authors(struct reader *r)
{
	static const char *const names[] = {"author",
					    "article:author",
					    "parsely-author",
					    "sailthru.author",
					    "dc.creator",
					    "dcterms.creator",
					    "byl",
					    "citation_author",
					    "og:article:author",
					    "article.author",
					    "cXenseParse:author",
					    "twitter:misc:Written by"};
	for (size_t k = 0; k < KH_COUNT(names) && !r->m->n_authors; k++) {
		uint32_t i = 0;
		for (struct kh_value v; kh_meta_next(r->t, names[k], &i, &v);)
			if (!wordy(v.text))
				add_list(r, v, TAKE_PEOPLE);
	}
	if (!r->m->n_authors)
		labelled_author(r);
}

void kh_author_find(const struct kh_ld *ld, const struct kh_blocks *b, struct kh_meta *m)
{
	static const char *const site[] = {"og:site_name", "application-name", "publisher",
					   "dc.publisher"};
	struct reader r = {.b = b, .t = b->t, .m = m, .host = kh_address_host(m->url)};
	r.title = KH_NONE;
	for (uint32_t i = 0; i < b->n && r.title == KH_NONE; i++)
		if (kh_alike_same(m->title.text, b->block[i].text, false))
			r.title = i;
	r.site = kh_meta_named(r.t, site, KH_COUNT(site)).text;
	for (uint32_t i = 0; i < ld->n_authors; i++) {
		struct kh_value v = ld->author[i];
		kh_str name = kh_byline_clean(v.text);
		if (ld->n_authors == 1)
			add_list(&r, v, TAKE_PEOPLE);
		else if (can_write(&r, name)) /* each is one name already */
			add(m, name, v.at);
	}
	if (!m->n_authors)
		meta_authors(&r);
	if (!m->n_authors)
		marked_authors(&r);
	if (!m->n_authors)
		shown_authors(&r);
	if (!m->n_authors)
		add_list(&r, r.kept, TAKE_OTHERS);
	for (uint32_t i = 0; i < ld->n_authors && !m->n_authors; i++)
		if (!kh_byline_nobody(ld->author[i].text) && !is_section(&r, ld->author[i].text))
			add_list(&r, ld->author[i], TAKE_ALL);
}
