/* See meta.h. In: the tree and blocks of a page. Out: title, authors, publisher, instant, language.
 * Sources in the order of their trust: schema.org data, meta elements, marked-up times and names,
 * the address, the text near the headline. */
#include "page/meta.h"

#include "base/day.h"
#include "base/str.h"
#include "base/utf8.h"
#include "page/address.h"
#include "page/alike.h"
#include "page/date.h"
#include "page/meta_author.h"
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

/* Does an attribute that names what a meta element tells hold this name? */
static bool tells(const struct kh_tree *t, const struct kh_node *n, kh_str name)
{
	static const char key[] = "property name itemprop http-equiv";
	for (uint32_t k = n->first_attr; k < n->first_attr + n->n_attr; k++) {
		const struct kh_attr *a = &t->attr[k];
		if (a->value.n == name.n && kh_str_ieq(a->value, name) && kh_str_among(a->name, key))
			return true;
	}
	return false;
}

bool kh_meta_next(const struct kh_tree *t, const char *name, uint32_t *at, struct kh_value *v)
{
	kh_str wanted = kh_str_of(name);
	for (uint32_t i = *at; i < t->end_meta; i++) {
		const struct kh_node *n = &t->node[i];
		const struct kh_attr *c;
		if (n->is_text || n->tag != KH_TAG_META || !tells(t, n, wanted) ||
		    !(c = kh_tree_find_attr(t, i, "content")))
			continue;
		*v = (struct kh_value){kh_str_trim(c->value), c->at};
		*at = i + 1;
		if (v->text.n)
			return true;
	}
	return false;
}

struct kh_value kh_meta_named(const struct kh_tree *t, const char *const *names, size_t n)
{
	struct kh_value v = {{0}, {0, 0}};
	for (size_t k = 0; k < n; k++) {
		uint32_t at = 0;
		if (kh_meta_next(t, names[k], &at, &v))
			return v;
	}
	return (struct kh_value){{0}, {0, 0}};
}

/* Is 3/4 March? Where the page's language is American, or English of nowhere else: neither its
 * locale nor the end of its address names another country. */
static bool month_first(const struct kh_tree *t, const struct kh_meta *m)
{
	static const char *const locale[] = {"og:locale"};
	kh_str l = kh_meta_named(t, locale, 1).text;
	kh_str tld = kh_address_host(m->url);
	for (size_t dot; (dot = kh_str_find(tld, KH_S("."), 0)) != SIZE_MAX;)
		tld = kh_str_sub(tld, dot + 1, tld.n);
	bool abroad = tld.n == 2 && !kh_str_among(tld, "us ph tv co io me");
	if (kh_str_among(m->language, "en-US en_US en-PH"))
		return true;
	return kh_str_is(m->language, "en") && !abroad &&
	       (l.n < 5 || kh_str_among(l, "en_US en-US en_PH"));
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
	r->american = month_first(r->t, r->m);
}

void kh_meta_read(const struct kh_blocks *b, struct kh_meta *m)
{
	struct reader r = {.b = b, .t = b->t, .m = m};
	kh_ld_read(b, &r.ld);
	rest(&r);
	m->title = kh_title_find(&r.ld, b, m->publisher);
	kh_author_find(&r.ld, b, m);
	kh_day_published(&r.ld, b, r.american, m);
}
