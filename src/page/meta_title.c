/* See meta_title.h. In: schema.org data, meta elements, headings, the window's title. Out: what two
 * of them agree on, without the site's name. */
#include "page/meta_title.h"

#include "base/str.h"
#include "page/alike.h"
#include "page/meta_day.h"

enum {
	HEADINGS = 128,
	LONGEST = 400,
	LIKE = 55,
	MORE_LIKE = 75,
	KICKER = 60,
	SHORTEST = 20,
	FAR_EAST = 0xE3
};

struct heading {
	struct kh_value v;
	bool top;   /* marked as the headline */
	bool first; /* h1 */
	bool crumb; /* the end of the path that leads to the page */
};

struct reader {
	const struct kh_tree *t;
	uint32_t n;
	struct heading *heading;
};

/* Where the last mark without blanks stands between letters of scripts that write none:
 * "标题_新华网". */
static size_t tight_mark(kh_str s, size_t *after)
{
	static const char *const mark[] = {"_", "-", "|", "\xEF\xBD\x9C", "\xE3\x85\xA3"};
	for (size_t i = s.n; i-- > 1;)
		for (size_t k = 0; k < KH_COUNT(mark); k++) {
			size_t n = strlen(mark[k]);
			if (i + n < s.n && kh_str_starts(kh_str_sub(s, i, s.n), mark[k]) &&
			    (s.p[i - 1] & 0x80) && (unsigned char)s.p[i + n] >= FAR_EAST) {
				*after = i + n;
				return i;
			}
		}
	return SIZE_MAX;
}

/* "Headline | The Paper": the site's name is cut off behind the last such mark. */
static kh_str without_site(kh_str s, kh_str site)
{
	static const char *const mark[] = {
		" | ",	      " - ",  " \xE2\x80\x93 ", " \xE2\x80\x94 ",
		" \xC2\xBB ", " :: ", " \xC2\xB7 ",	" \xE2\x80\xA2 "};
	for (bool more = s.n <= LONGEST; more;) {
		size_t cut = SIZE_MAX, after = 0;
		for (size_t i = 0; i < KH_COUNT(mark); i++) {
			size_t at = SIZE_MAX, n = strlen(mark[i]);
			for (size_t k = kh_str_find(s, kh_str_of(mark[i]), 0); k != SIZE_MAX;
			     k = kh_str_find(s, kh_str_of(mark[i]), k + n))
				at = k;
			if (at != SIZE_MAX && (cut == SIZE_MAX || at > cut)) {
				cut = at;
				after = at + n;
			}
		}
		if (cut == SIZE_MAX)
			cut = tight_mark(s, &after);
		if (cut == SIZE_MAX)
			break;
		kh_str tail = kh_str_sub(s, after, s.n), head = kh_str_sub(s, 0, cut);
		bool named = site.n && kh_alike_share(tail, site) >= 60;
		bool clause = tail.n && kh_is_lower((unsigned char)tail.p[0]) &&
			      memchr(tail.p, ' ', tail.n); /* "…: votes - and many questions" */
		more = named || (tail.n <= 32 && head.n > tail.n && head.n >= 15 && !clause);
		if (more)
			s = kh_str_trim(head);
	}
	return s;
}

static const char *const marks[] = {"|",  "-",	      "\xE2\x80\x93", "\xE2\x80\x94", "\xC2\xBB",
				    "::", "\xC2\xB7", "\xE2\x80\xA2", "\xE2\x80\xBA"};

/* Does `s` begin with this heading and go on behind a mark, as "Heading - Section - Site" does? */
static bool begins_with(kh_str s, kh_str heading)
{
	if (heading.n < 12 || s.n <= heading.n + 3 ||
	    !kh_str_ieq(kh_str_sub(s, 0, heading.n), heading))
		return false;
	kh_str rest = kh_str_sub(s, heading.n, s.n);
	if (rest.p[0] != ' ')
		return false;
	rest = kh_str_trim(rest);
	for (size_t i = 0; i < KH_COUNT(marks); i++)
		if (kh_str_starts(rest, marks[i]))
			return true;
	return false;
}

/* Does `s` end with this heading behind a mark, as "Site | Heading" does? */
static bool ends_with(kh_str s, kh_str heading)
{
	if (heading.n < 12 || s.n <= heading.n + 3 ||
	    !kh_str_ieq(kh_str_sub(s, s.n - heading.n, s.n), heading))
		return false;
	kh_str rest = kh_str_sub(s, 0, s.n - heading.n);
	for (size_t i = 0; i < KH_COUNT(marks); i++)
		if (kh_str_ends(kh_str_trim(rest), marks[i]) && kh_str_ends(rest, " "))
			return true;
	return false;
}

/* Does a link lead to the front page of its site? */
static bool leads_home(kh_str href)
{
	size_t host = kh_str_find(href, KH_S("://"), 0);
	href = kh_str_trim(href);
	if (host != SIZE_MAX) {
		size_t path = kh_str_find(href, KH_S("/"), host + 3);
		href = path == SIZE_MAX ? KH_S("/") : kh_str_sub(href, path, href.n);
	}
	return kh_str_is(href, "/") || kh_str_is(href, "./") || kh_str_is(href, "/index.php") ||
	       kh_str_is(href, "/index.html");
}

/* Is a heading the site's own name on top of every page: its link leads home, or it is named so? */
static bool is_masthead(const struct kh_tree *t, uint32_t i)
{
	static const char *const named[] = {"site-title", "site-name", "site_title", "sitename",
					    "blog-title", "logo",      "brand"};
	uint32_t from = t->node[i].parent, end = t->node[i].end;
	if (from != KH_NONE && t->node[from].tag == KH_TAG_A &&
	    leads_home(kh_tree_attr(t, from, "href")))
		return true;
	for (uint32_t k = i; k < end && k < i + 4; k++)
		if (!t->node[k].is_text && t->node[k].tag == KH_TAG_A &&
		    leads_home(kh_tree_attr(t, k, "href")))
			return true;
	for (size_t k = 0; k < KH_COUNT(named); k++)
		if (kh_str_find(kh_tree_attr(t, i, "class"), kh_str_of(named[k]), 0) != SIZE_MAX ||
		    kh_str_find(kh_tree_attr(t, i, "id"), kh_str_of(named[k]), 0) != SIZE_MAX)
			return true;
	return false;
}

static bool in_crumbs(const struct kh_tree *t, uint32_t i)
{
	for (unsigned k = 0; k < 3 && (i = t->node[i].parent) != KH_NONE; k++)
		if (t->node[i].tag == KH_TAG_LI || t->node[i].tag == KH_TAG_NAV ||
		    kh_str_find(kh_tree_attr(t, i, "class"), KH_S("crumb"), 0) != SIZE_MAX)
			return true;
	return false;
}

/* Marked as the headline: by its meaning, or by the name that blogs give it. */
static bool is_marked(const struct kh_tree *t, uint32_t i)
{
	if (t->node[i].tag == KH_TAG_META)
		return false;
	return kh_str_is(kh_tree_attr(t, i, "itemprop"), "headline") ||
	       (t->node[i].tag == KH_TAG_H3 &&
		kh_str_find(kh_tree_attr(t, i, "class"), KH_S("entry-title"), 0) != SIZE_MAX);
}

static void headings(struct reader *r)
{
	const struct kh_tree *t = r->t;
	for (uint32_t i = 0, seen = 0; i < t->n && seen < HEADINGS; i++) {
		uint32_t tag = t->node[i].tag;
		if (t->node[i].is_text)
			continue;
		bool prop = is_marked(t, i);
		if (tag != KH_TAG_H1 && tag != KH_TAG_H2 && !prop)
			continue;
		seen++;
		struct heading h = {.top = tag == KH_TAG_H1 || prop,
				    .first = tag == KH_TAG_H1,
				    .crumb = tag == KH_TAG_H1 && in_crumbs(t, i)};
		h.v.text = kh_tree_text(t, i, &h.v.at);
		if (h.v.text.n >= 4 && h.v.text.n <= LONGEST && !is_masthead(t, i))
			r->heading[r->n++] = h;
	}
}

/* The part of a title that is a top heading, between marks and its begin or end; empty: none. */
static kh_str cut_at_heading(const struct reader *r, kh_str s)
{
	kh_str best = {0};
	bool first = false; /* else the top heading is the site's: second ones count */
	for (uint32_t i = 0; i < r->n; i++)
		first |= r->heading[i].first;
	for (uint32_t i = 0; i < r->n; i++) {
		kh_str h = r->heading[i].v.text;
		if (r->heading[i].first != first || h.n <= best.n || (!first && h.n < SHORTEST))
			continue;
		if (begins_with(s, h))
			best = kh_str_sub(s, 0, h.n);
		else if (ends_with(s, h))
			best = kh_str_sub(s, s.n - h.n, s.n);
	}
	return best;
}

/* The heading most like what a source tells; without one, the first top heading. */
static struct kh_value heading_like(const struct reader *r, kh_str told)
{
	struct kh_value best = {{0}, {0, 0}};
	unsigned most = 0;
	for (uint32_t i = 0; i < r->n; i++) {
		const struct heading *h = &r->heading[i];
		if (!told.n && h->first)
			return h->v;
		unsigned a = told.n ? kh_alike_share(h->v.text, told) + (h->top ? 3 : 0) : 0;
		if (a > most && (h->top || a >= MORE_LIKE)) {
			most = a;
			best = h->v;
		}
	}
	return most >= LIKE ? best : (struct kh_value){{0}, {0, 0}};
}

/* "Talks in Paris: Ministers meet" where another source has "Ministers meet" alone. */
static bool has_kicker(kh_str s, kh_str bare)
{
	const char *colon = memchr(s.p, ':', s.n);
	size_t n = colon ? (size_t)(colon - s.p) : 0;
	return n >= 3 && bare.n >= 20 && bare.n > n &&
	       kh_alike_same(kh_str_sub(s, n + 1, s.n), bare, false);
}

/* What two of the sources agree on: schema.org, meta, the heading, the window's title; without a
 * kicker that one of them has left out. */
static struct kh_value elect(const struct kh_value c[4])
{
	bool short_one = !c[0].text.n && c[2].text.n > SHORTEST;
	if (short_one && kh_alike_same(c[2].text, c[1].text, true) &&
	    kh_alike_same(c[2].text, c[3].text, true))
		return c[2]; /* the others only go on: with a place, an hour, the ware */
	static const uint8_t order[][2] = {{0, 1}, {2, 0}, {2, 1}, {2, 3}, {0, 3}, {1, 3}};
	for (size_t i = 0; i < KH_COUNT(order); i++) {
		struct kh_value v = c[order[i][0]];
		if (!kh_alike_same(v.text, c[order[i][1]].text, false))
			continue;
		for (uint32_t k = 0; k < 3; k++)
			if (has_kicker(v.text, c[k].text))
				return c[k];
		return v;
	}
	if (kh_alike_same(c[2].text, c[1].text, true))
		return c[2];
	if (kh_alike_same(c[0].text, c[1].text, true))
		return c[0];
	return c[1].text.n ? c[1] : c[2].text.n ? c[2] : c[0].text.n ? c[0] : c[3];
}

/* The headline shown as a second heading where the top one ends the path of links, written for
 * search engines: each is what one of schema.org data and meta elements tells; a kicker may stand
 * before it. */
static bool second_heading(const struct reader *r, struct kh_value a, struct kh_value b,
			   struct kh_value *v)
{
	bool searched = false;
	if (!a.text.n || !b.text.n || kh_alike_same(a.text, b.text, false))
		return false;
	for (uint32_t i = 0; i < r->n; i++) {
		kh_str h = r->heading[i].v.text;
		size_t kicker = h.n > b.text.n ? h.n - b.text.n : 0;
		if (r->heading[i].crumb)
			searched |= kh_alike_same(h, a.text, false);
		else if (searched && kicker < KICKER && b.text.n > KICKER / 2 &&
			 (kh_alike_same(h, b.text, false) ||
			  kh_alike_same(kh_str_sub(h, kicker, h.n), b.text, false))) {
			*v = b;
			return true;
		}
	}
	return false;
}

struct kh_value kh_title_find(const struct kh_ld *ld, const struct kh_blocks *b, kh_str publisher)
{
	static const char *const og[] = {"og:title",	  "twitter:title", "dc.title",
					 "dcterms.title", "parsely-title", "sailthru.title"};
	static const char *const headline[] = {"headline"};
	struct reader r = {.t = b->t};
	struct kh_value told = ld->title, meta = kh_meta_named(r.t, og, KH_COUNT(og)),
			page = {{0}, {0, 0}};
	r.heading = KH_TAKE(r.t->w->arena, HEADINGS, struct heading);
	headings(&r);
	if (!told.text.n)
		told = kh_meta_named(r.t, headline, 1);
	for (uint32_t i = 0; i < r.t->n && !page.text.n; i++)
		if (!r.t->node[i].is_text && r.t->node[i].tag == KH_TAG_TITLE)
			page.text = kh_tree_text(r.t, i, &page.at);
	struct kh_value *const cut[] = {&told, &meta, &page};
	for (size_t i = 0; i < KH_COUNT(cut); i++) {
		kh_str s = cut_at_heading(&r, cut[i]->text);
		if (!s.n)
			s = i ? without_site(cut[i]->text, publisher) : told.text;
		cut[i]->text = s;
	}
	struct kh_value h = {{0}, {0, 0}};
	for (size_t i = 0; i < KH_COUNT(cut) && !h.text.n; i++)
		if (cut[i]->text.n)
			h = heading_like(&r, cut[i]->text);
	if (!h.text.n && !told.text.n && !meta.text.n)
		h = heading_like(&r, (kh_str){0});
	struct kh_value c[4] = {told, meta, h, page}, second;
	if (second_heading(&r, told, meta, &second) || second_heading(&r, meta, told, &second))
		return second;
	return elect(c);
}
