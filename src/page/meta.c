/* See meta.h. In: the tree and blocks of a page. Out: title, authors, publisher, instant, language.
 * Sources in the order of their trust: schema.org data, meta elements, marked-up times and names,
 * the address, the text near the headline. */
#include "page/meta.h"

#include "base/day.h"
#include "base/str.h"
#include "base/utf8.h"
#include "page/alike.h"
#include "page/date.h"
#include "page/meta_day.h"
#include "page/meta_ld.h"
#include "page/meta_title.h"

struct reader {
	const struct kh_blocks *b;
	const struct kh_tree *t;
	struct kh_ld ld;
	struct kh_meta *m;
	bool american;
};

/* The content of the first meta element of any of these names, in the order of the names. */
struct kh_value kh_meta_named(const struct kh_tree *t, const char *const *names, size_t n)
{
	static const char *const key[] = {"property", "name", "itemprop", "http-equiv"};
	for (size_t k = 0; k < n; k++) {
		for (uint32_t i = 0; i < t->end_meta; i++) {
			if (t->node[i].is_text || t->node[i].tag != KH_TAG_META)
				continue;
			for (size_t j = 0; j < KH_COUNT(key); j++) {
				kh_str name = kh_tree_attr(t, i, key[j]);
				if (!name.n || !kh_str_ieq(name, kh_str_of(names[k])))
					continue;
				const struct kh_attr *c = kh_tree_find_attr(t, i, "content");
				kh_str v = c ? kh_str_trim(c->value) : (kh_str){0};
				if (v.n)
					return (struct kh_value){v, c->at};
			}
		}
	}
	return (struct kh_value){{0}, {0, 0}};
}

/* ---- authors ---- */

static kh_str strip_by(kh_str s)
{
	static const char *const by[] = {
		"by ", "by: ", "von ", "von: ", "par ", "por ", "di ", "door ", "av ", "text: ",
		"autor: ", "author: ", "written by ", "posted by ", "reported by ", "story by ",
		"from ",
	};
	for (bool more = true; more;) {
		more = false;
		s = kh_str_trim(s);
		for (size_t i = 0; i < KH_COUNT(by); i++) {
			size_t n = strlen(by[i]);
			if (s.n > n && kh_str_ieq(kh_str_sub(s, 0, n), (kh_str){by[i], n})) {
				s = kh_str_sub(s, n, s.n);
				more = true;
			}
		}
	}
	while (s.n && strchr(",;|:- \t\n", s.p[s.n - 1]))
		s.n--;
	return s;
}

static void add(struct kh_meta *m, kh_str s, kh_span at)
{
	s = strip_by(s);
	bool letters = false;
	for (size_t i = 0; i < s.n; i++)
		letters |= kh_is_alpha((unsigned char)s.p[i]) || (s.p[i] & 0x80);
	const char *open = memchr(s.p, '(', s.n); /* "(dpa)", initials */
	if (open && open > s.p + 2)
		s = strip_by(kh_str_sub(s, 0, (size_t)(open - s.p)));
	if (s.n < 3 || s.n > 80 || !letters || m->n_authors == KH_META_MOST_AUTHORS)
		return;
	if (kh_str_find(s, KH_S("://"), 0) != SIZE_MAX || kh_str_find(s, KH_S("www."), 0) == 0 ||
	    memchr(s.p, '@', s.n))
		return;
	for (uint32_t i = 0; i < m->n_authors; i++)
		if (kh_str_ieq(m->author[i].text, s))
			return;
	m->author[m->n_authors++] = (struct kh_value){s, at};
}

static bool one_word(kh_str s)
{
	s = kh_str_trim(s);
	return !memchr(s.p, ' ', s.n) && kh_str_find(s, KH_S("\xC2\xA0"), 0) == SIZE_MAX;
}

/* "Ann Roe, Bo Li and Cy Day" into names; "Ann Roe, Berlin" is one. */
static void add_list(struct kh_meta *m, struct kh_value v)
{
	static const char *const cut[] = {
		", ",	  " and ", " und ", " et ", " & ",   "; ",  " y ",
		" | ",	  " e ",   ";",	    " og ", " och ", " / ", " en collaboration avec ",
		" with ", " / "};
	kh_str s = strip_by(v.text), first = {0};
	if (kh_str_find(s, KH_S("://"), 0) != SIZE_MAX)
		return;
	while (s.n) {
		size_t at = s.n, skip = 0;
		for (size_t i = 0; i < KH_COUNT(cut); i++) {
			size_t k = kh_str_find(s, kh_str_of(cut[i]), 0);
			if (k < at) {
				at = k;
				skip = strlen(cut[i]);
			}
		}
		kh_str name = kh_str_sub(s, 0, at);
		if (!first.n || one_word(first) || !one_word(name))
			add(m, name, v.at);
		if (!first.n)
			first = name;
		if (at == s.n)
			break;
		s = kh_str_trim(kh_str_sub(s, at + skip, s.n));
	}
}

static bool wordy(kh_str s) /* one or two words: a name that may hold no list */
{
	size_t spaces = 0;
	for (size_t i = 0; i < s.n; i++)
		spaces += s.p[i] == ' ';
	return spaces > 6;
}

/* Names marked up as the author's: rel=author, itemprop=author, an element named for the by-line.
 */
static void marked_authors(struct reader *r)
{
	const struct kh_tree *t = r->t;
	for (int pass = 0; pass < 3 && !r->m->n_authors; pass++) {
		for (uint32_t i = 0; i < t->n; i++) {
			const struct kh_node *n = &t->node[i];
			if (n->is_text || !n->n_attr || n->tag == KH_TAG_META ||
			    n->tag == KH_TAG_LINK)
				continue;
			uint32_t f = r->b->flags[i];
			bool hit = false;
			if (pass == 0)
				hit = kh_str_find(kh_tree_attr(t, i, "itemprop"), KH_S("author"),
						  0) != SIZE_MAX ||
				      kh_str_is(kh_tree_attr(t, i, "rel"), "author");
			else if (pass == 1)
				hit = kh_str_find(kh_tree_attr(t, i, "class"), KH_S("author"), 0) !=
				      SIZE_MAX;
			else
				hit = kh_str_find(kh_tree_attr(t, i, "class"), KH_S("byline"), 0) !=
				      SIZE_MAX;
			if (!hit || (f & (KH_BLOCK_COMMENT | KH_BLOCK_ASIDE)))
				continue;
			struct kh_value v;
			v.text = kh_tree_text(t, i, &v.at);
			if (v.text.n > 100 || wordy(v.text) || v.text.n < 3)
				continue;
			struct kh_moment when;
			if (kh_date_read(v.text, false, &when))
				continue;
			add_list(r->m, v);
			i = n->end - 1;
			if (r->m->n_authors && pass)
				return;
		}
	}
}

/* Is this author the site itself, or a name for machines ("ann-roe")? */
static bool no_person(const struct reader *r, kh_str s)
{
	bool upper = false, wide = false;
	for (size_t i = 0; i < s.n; i++) {
		upper |= kh_is_upper((unsigned char)s.p[i]);
		wide |= (s.p[i] & 0x80) != 0;
	}
	kh_str site = r->m->publisher;
	return (site.n && (kh_alike_same(s, site, true) || kh_alike_same(site, s, true))) ||
	       (!upper && !wide);
}

static void authors(struct reader *r)
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
					    "cXenseParse:author"};
	struct kh_meta *m = r->m;
	for (uint32_t i = 0; i < r->ld.n_authors; i++) {
		if (r->ld.n_authors == 1)
			add_list(m, r->ld.author[i]);
		else
			add(m, r->ld.author[i].text, r->ld.author[i].at);
	}
	struct kh_value kept = m->author[0];
	if (m->n_authors == 1 && no_person(r, kept.text))
		m->n_authors = 0;
	for (size_t i = 0; i < KH_COUNT(names) && !m->n_authors; i++) {
		struct kh_value v = kh_meta_named(r->t, names + i, 1);
		if (v.text.n && !wordy(v.text))
			add_list(m, v);
		if (m->n_authors == 1 && no_person(r, m->author[0].text)) {
			kept = kept.text.n ? kept : m->author[0];
			m->n_authors = 0;
		}
	}
	if (!m->n_authors)
		marked_authors(r);
	if (!m->n_authors && kept.text.n)
		m->author[m->n_authors++] = kept;
}

static void rest(struct reader *r)
{
	static const char *const site[] = {"og:site_name", "application-name", "publisher",
					   "dc.publisher"};
	static const char *const url[] = {"og:url"};
	r->m->publisher = r->ld.publisher.n ? r->ld.publisher
					    : kh_meta_named(r->t, site, KH_COUNT(site)).text;
	r->m->url = kh_meta_named(r->t, url, 1).text;
	r->m->language = r->ld.language;
	for (uint32_t i = 0; i < r->t->n; i++) {
		const struct kh_node *n = &r->t->node[i];
		if (!n->is_text && n->tag == KH_TAG_HTML && kh_tree_attr(r->t, i, "lang").n)
			r->m->language = kh_str_trim(kh_tree_attr(r->t, i, "lang"));
		if (!n->is_text && n->tag == KH_TAG_LINK && !r->m->url.n &&
		    kh_str_is(kh_tree_attr(r->t, i, "rel"), "canonical"))
			r->m->url = kh_tree_attr(r->t, i, "href");
	}
	kh_str in_url = r->t->w->input->url;
	if (!kh_str_starts(r->m->url, "http"))
		r->m->url = in_url;
	r->m->body = r->ld.body;
	r->american = kh_str_is(r->m->language, "en-US") || kh_str_is(r->m->language, "en");
}

void kh_meta_read(const struct kh_blocks *b, struct kh_meta *m)
{
	struct reader r = {.b = b, .t = b->t, .m = m};
	kh_ld_read(b, &r.ld);
	rest(&r);
	m->title = kh_title_find(&r.ld, b, m->publisher);
	authors(&r);
	kh_day_published(&r.ld, b, r.american, m);
}
