/* See meta_day.h. In: what JSON-LD, meta elements, marked elements, the line near the title and the
 * address say. Out: one moment. The sources vote for a day, the better ones with more weight; the
 * moment is that of the best source that says this day. Without any, the text is searched. */
#include "page/meta_day.h"

#include "base/day.h"
#include "base/str.h"
#include "page/alike.h"
#include "page/date.h"

enum { VOTES = 40, NEAR = 12, ABOVE = 3, PARAGRAPH = 90, OPENING = 40 };

struct vote {
	struct kh_moment m;
	uint32_t weight;
	bool address; /* said by the page's address, which knows no hour */
	bool seen;    /* read off the words that the page shows */
};

struct reader {
	const struct kh_blocks *b;
	const struct kh_tree *t;
	const struct kh_ld *ld;
	struct kh_meta *m;
	bool american;
	bool seen; /* the day was found among the words shown */
	uint32_t n;
	struct vote vote[VOTES];
};

/* Is an element with these flags none of the story's own? An aside that is named for what it tells
 * of the story, or stands in its head, is. */
static bool apart(uint32_t flags)
{
	bool beside = (flags & KH_BLOCK_ASIDE) && !(flags & (KH_BLOCK_BYLINE | KH_BLOCK_HEADER));
	return beside || (flags & KH_BLOCK_COMMENT);
}

static bool take_date(struct reader *r, kh_str s, struct kh_moment *best)
{
	struct kh_moment m;
	if (!s.n || !kh_date_read(s, r->american, &m) || !m.month || !m.day)
		return false;
	if (m.year < 1995 || m.year > 2030)
		return false;
	*best = m;
	return true;
}

/* /2024/05/03/, /2024-05-03-, /20240503/ in an address. */
static bool url_date(struct reader *r, kh_str url, struct kh_moment *best)
{
	for (size_t i = 1; i + 8 < url.n; i++) {
		bool edge = url.p[i - 1] == '/' || url.p[i - 1] == '-' || url.p[i - 1] == '_' ||
			    url.p[i - 1] == '=';
		if (!edge || (url.p[i] != '1' && url.p[i] != '2'))
			continue;
		size_t end = i;
		while (end < url.n && end < i + 10 &&
		       (kh_is_digit((unsigned char)url.p[end]) || url.p[end] == '/' ||
			url.p[end] == '-'))
			end++;
		struct kh_moment m;
		kh_str part = kh_str_sub(url, i, end);
		if (end < url.n && kh_is_digit((unsigned char)url.p[end]))
			continue; /* a longer number: of an archive, an id */
		if (part.n >= 8 && kh_is_digit((unsigned char)part.p[3]) &&
		    take_date(r, part, &m)) {
			m.has_time = false;
			*best = m;
			return true;
		}
	}
	return false;
}

/* Elements that are marked as a time or named for a date; before the end of the story's head first.
 */
static bool marked_date(struct reader *r, struct kh_moment *best)
{
	const struct kh_tree *t = r->t;
	for (int pass = 0; pass < 3; pass++) {
		for (uint32_t i = 0; i < t->n; i++) {
			const struct kh_node *n = &t->node[i];
			if (n->is_text || apart(r->b->flags[i]))
				continue;
			kh_str prop = kh_tree_attr(t, i, "itemprop"), s = {0};
			if (pass == 0 && kh_str_is(prop, "datePublished")) {
				s = kh_tree_attr(t, i, "content");
				if (!s.n)
					s = kh_tree_attr(t, i, "datetime");
				if (!s.n)
					s = kh_tree_text(t, i, NULL);
			} else if (pass == 1 && n->tag == KH_TAG_TIME) {
				s = kh_tree_attr(t, i, "datetime");
				if (!s.n)
					s = kh_tree_text(t, i, NULL);
			} else if (pass == 2 && n->n_attr && n->end - i < 24) {
				kh_str c = kh_tree_attr(t, i, "class"),
				       id = kh_tree_attr(t, i, "id");
				bool named = kh_str_find(c, KH_S("date"), 0) != SIZE_MAX ||
					     kh_str_find(c, KH_S("time"), 0) != SIZE_MAX ||
					     kh_str_find(c, KH_S("publish"), 0) != SIZE_MAX ||
					     kh_str_find(c, KH_S("meta"), 0) != SIZE_MAX ||
					     kh_str_find(c, KH_S("datum"), 0) != SIZE_MAX ||
					     kh_str_find(c, KH_S("byline"), 0) != SIZE_MAX ||
					     kh_str_find(id, KH_S("date"), 0) != SIZE_MAX;
				named |= kh_str_find(c, KH_S("updated"), 0) != SIZE_MAX;
				if (named)
					s = kh_tree_text(t, i, NULL);
				if (named && !s.n)
					s = kh_tree_attr(t, i, "title");
				if (s.n > 160)
					s.n = 0;
			}
			if (s.n && take_date(r, s, best))
				return true;
		}
	}
	return false;
}

/* The block that is the title, else the first top heading. */
static uint32_t title_block(const struct reader *r)
{
	const struct kh_blocks *b = r->b;
	uint32_t top = KH_NONE;
	for (uint32_t i = 0; i < b->n; i++) {
		if (kh_alike_same(r->m->title.text, b->block[i].text, false))
			return i;
		if (top == KH_NONE && b->block[i].tag == KH_TAG_H1)
			top = i;
	}
	return top;
}

/* "Karlsruhe (12.11.2021). The church …": the bracket that the first paragraph opens with. */
static bool opening_date(struct reader *r, uint32_t title, struct kh_moment *best)
{
	for (uint32_t i = title + 1; i < r->b->n; i++) {
		const struct kh_block *k = &r->b->block[i];
		if (k->chars < PARAGRAPH || apart(k->flags) || (k->flags & KH_BLOCK_CAPTION))
			continue;
		size_t open = kh_str_find(k->text, KH_S("("), 0), close;
		if (open > OPENING)
			return false;
		close = kh_str_find(k->text, KH_S(")"), open);
		return close < open + OPENING &&
		       take_date(r, kh_str_sub(k->text, open, close), best);
	}
	return false;
}

/* The first short block that holds a whole date. */
static bool text_date(struct reader *r, struct kh_moment *best)
{
	const uint32_t title = title_block(r),
		       from = title == KH_NONE || title < ABOVE ? 0 : title - ABOVE;
	for (uint32_t i = from; i < r->b->n; i++) {
		const struct kh_block *k = &r->b->block[i];
		if (k->chars <= 140 && k->chars >= 8 &&
		    !(k->flags & (KH_BLOCK_COMMENT | KH_BLOCK_CAPTION)) &&
		    take_date(r, k->text, best))
			return true;
	}
	for (uint32_t i = from; i < r->b->n; i++)
		if (!(r->b->block[i].flags & KH_BLOCK_CAPTION) &&
		    take_date(r, r->b->block[i].text, best))
			return true;
	return false;
}

static int64_t seconds(struct kh_moment m)
{
	kh_date_utc(&m);
	return (int64_t)kh_day_of(m.year, m.month, m.day) * 86400 + m.hour * 3600 + m.minute * 60 +
	       m.second;
}

/* The same instant told a second time with the zone of the place: the day is that of the place. */
static void local_zone(const struct reader *r, struct kh_moment *m)
{
	if (!m->has_time || !m->has_zone || m->zone)
		return;
	for (uint32_t i = 0; i < r->t->n; i++) {
		const struct kh_node *n = &r->t->node[i];
		if (n->is_text || (n->tag != KH_TAG_TIME && n->tag != KH_TAG_META))
			continue;
		kh_str s = kh_tree_attr(r->t, i, n->tag == KH_TAG_TIME ? "datetime" : "content");
		struct kh_moment x;
		if (s.n < 20 || s.n > 40 || !kh_date_read(s, false, &x) || !x.has_time ||
		    !x.has_zone)
			continue;
		int64_t apart = seconds(x) - seconds(*m);
		if (x.month && x.day && x.zone && apart < 60 && apart > -60) {
			*m = x;
			return;
		}
	}
}

static void add_vote(struct reader *r, kh_str s, uint32_t weight)
{
	struct kh_moment m;
	if (r->n < VOTES && take_date(r, s, &m))
		r->vote[r->n++] = (struct vote){m, weight, false, false};
}

static void meta_votes(struct reader *r)
{
	static const struct {
		const char *name;
		uint32_t weight;
	} list[] = {
		{"article:published_time", 3},
		{"og:article:published_time", 3},
		{"og:published_time", 3},
		{"datePublished", 3},
		{"parsely-pub-date", 3},
		{"sailthru.date", 2},
		{"pubdate", 2},
		{"publishdate", 2},
		{"publish-date", 2},
		{"publish_date", 2},
		{"article.published", 2},
		{"article:published", 2},
		{"dc.date.issued", 2},
		{"dcterms.created", 2},
		{"dcterms.issued", 2},
		{"dcterms.date", 1},
		{"dc.date", 2},
		{"dc.date.created", 2},
		{"dc.created", 2},
		{"citation_publication_date", 2},
		{"citation_date", 2},
		{"date", 2},
		{"cXenseParse:recs:publishtime", 2},
		{"created", 1},
		{"creation_date", 1},
		{"ptime", 1},
		{"originalpublicationdate", 2},
		{"article_date_original", 2},
		{"article:post_modified", 1},
		{"date.created", 1},
		{"rnews:datePublished", 2},
		{"timestamp", 1},
		{"publication_date", 2},
		{"shareaholic:article_published_time", 2},
	};
	for (size_t i = 0; i < KH_COUNT(list); i++)
		add_vote(r, kh_meta_named(r->t, &list[i].name, 1).text, list[i].weight);
}

/* Is an element marked as the day of publication, as microdata or RDFa write it? */
static bool says_day(const struct kh_tree *t, uint32_t i)
{
	static const char *const rdfa[] = {"dc:date", "dc:created", "schema:datePublished",
					   "datePublished"};
	kh_str property = kh_tree_attr(t, i, "property");
	for (size_t k = 0; k < KH_COUNT(rdfa) && property.n; k++)
		if (kh_str_find(property, kh_str_of(rdfa[k]), 0) != SIZE_MAX)
			return true;
	return kh_str_is(kh_tree_attr(t, i, "itemprop"), "datePublished");
}

/* Elements that say of themselves that they hold the day: the first of the story's own. */
static void marked_vote(struct reader *r)
{
	for (uint32_t i = 0; i < r->t->n; i++) {
		const struct kh_node *n = &r->t->node[i];
		if (n->is_text || !n->n_attr || n->tag == KH_TAG_META || apart(r->b->flags[i]) ||
		    !says_day(r->t, i))
			continue;
		kh_str s = kh_tree_attr(r->t, i, "datetime");
		if (!s.n)
			s = kh_tree_attr(r->t, i, "content");
		if (!s.n)
			s = kh_tree_attr(r->t, i, "title");
		uint32_t before = r->n;
		add_vote(r, s.n ? s : kh_tree_text(r->t, i, NULL), 3);
		if (r->n > before)
			return;
	}
}

static void address_vote(struct reader *r)
{
	struct kh_moment m;
	if (r->n < VOTES && (url_date(r, r->m->url, &m) || url_date(r, r->t->w->input->url, &m)))
		r->vote[r->n++] = (struct vote){m, 4, true, false};
}

static bool says_changed(kh_str s)
{
	static const char *const words[] = {
		"pdate", "ktualisier", "odif",	   "tand:",    "uletzt",    "eändert",
		"dited", "ccessed",    "etrieved", "tualizad", "ise à jour"};
	for (size_t i = 0; i < KH_COUNT(words); i++)
		if (kh_str_find(s, kh_str_of(words[i]), 0) != SIZE_MAX)
			return true;
	return false;
}

static bool shows_date(struct reader *r, uint32_t i, kh_str *line)
{
	const struct kh_block *k = &r->b->block[i];
	struct kh_moment m;
	if (k->chars > 90 || says_changed(k->text) || apart(k->flags) ||
	    (k->flags & KH_BLOCK_CAPTION) || !take_date(r, k->text, &m))
		return false;
	*line = k->text;
	return true;
}

/* The date that stands nearest to the title, below it or closely above. */
static bool shown_date(struct reader *r, kh_str *line)
{
	uint32_t title = title_block(r);
	if (title == KH_NONE)
		return false;
	for (uint32_t far = 1; far < NEAR; far++) {
		if (title + far < r->b->n && shows_date(r, title + far, line))
			return true;
		if (far <= ABOVE && far <= title && shows_date(r, title - far, line))
			return true;
	}
	return false;
}

static bool same_day(const struct kh_moment *a, const struct kh_moment *b)
{
	return a->year == b->year && a->month == b->month && a->day == b->day;
}

/* Hours by which a moment in UTC has to be moved to fall on a day; 0: it is there, or cannot be. */
static int hours_to(const struct kh_moment *m, const struct kh_moment *day)
{
	if (!m->has_time || !m->has_zone || m->zone || same_day(m, day))
		return 0;
	int32_t a = kh_day_of(m->year, m->month, m->day),
		b = kh_day_of(day->year, day->month, day->day);
	if (b == a - 1 && m->hour < 9)
		return -(m->hour + 1);
	if (b == a + 1 && m->hour >= 12)
		return 24 - m->hour;
	return 0;
}

static uint32_t score(const struct reader *r, const struct vote *day)
{
	uint32_t sum = 0;
	for (uint32_t i = 0; i < r->n; i++) {
		const struct vote *v = &r->vote[i];
		if (same_day(&v->m, &day->m) || (day->address && hours_to(&v->m, &day->m)))
			sum += v->weight;
	}
	return sum;
}

/* The moment moved into a zone where it falls on the day of the address. */
static struct kh_moment in_zone(struct kh_moment m, int hours, const struct kh_moment *day)
{
	m.hour = (m.hour + hours + 24) % 24;
	m.zone = hours * 60;
	m.year = day->year;
	m.month = day->month;
	m.day = day->day;
	return m;
}

static bool elect(const struct reader *r, struct kh_moment *best)
{
	const struct vote *won = NULL;
	uint32_t most = 0;
	for (uint32_t i = 0; i < r->n; i++)
		if (score(r, &r->vote[i]) > most) {
			most = score(r, &r->vote[i]);
			won = &r->vote[i];
		}
	if (!won)
		return false;
	*best = won->m;
	for (unsigned want = 0; want < 3; want++) /* an instant, one in UTC, a time of day */
		for (uint32_t i = 0; i < r->n; i++) {
			const struct kh_moment *m = &r->vote[i].m;
			int hours = won->address ? hours_to(m, &won->m) : 0;
			if (want == 1 && hours) {
				*best = in_zone(*m, hours, &won->m);
				return true;
			}
			if (want != 1 && same_day(m, &won->m) && m->has_time &&
			    (want || m->has_zone)) {
				*best = *m;
				return true;
			}
		}
	return true;
}

/* Where scripts keep what the page shows: "published_at":"2019-03-02T06:22:28+01:00". */
static bool script_date(struct reader *r, struct kh_moment *best)
{
	static const char *const keys[] = {"ublish", "pubdate", "pubDate", "created_at", "howDate"};
	kh_str in = r->t->in;
	for (size_t k = 0; k < KH_COUNT(keys); k++)
		for (size_t at = 0; (at = kh_str_find(in, kh_str_of(keys[k]), at)) != SIZE_MAX;
		     at++) {
			size_t from = at, end = at + 40 < in.n ? at + 40 : in.n;
			while (from < end && !kh_is_digit((unsigned char)in.p[from]))
				from++;
			end = from + 26 < in.n ? from + 26 : in.n;
			if (end > from + 9 && (in.p[from + 4] == '-' || in.p[from + 4] == '/') &&
			    take_date(r, kh_str_sub(in, from, end), best))
				return true;
		}
	return false;
}

/* The last places: any short text, footers too. */
static bool any_date(struct reader *r, struct kh_moment *best)
{
	const uint32_t title = title_block(r);
	for (uint32_t i = title == KH_NONE ? 0 : r->b->block[title].node; i < r->t->n; i++) {
		const struct kh_node *n = &r->t->node[i];
		if (n->tag == KH_TAG_FIGCAPTION && n->end > i + 1) {
			i = n->end - 1; /* when the picture was taken: a bound, and no more */
			continue;
		}
		kh_str s = n->is_text && n->state == KH_HTML_DATA
				   ? kh_str_trim(kh_str_sub(r->t->in, n->at.begin, n->at.end))
				   : (kh_str){0};
		if (s.n >= 8 && s.n <= 140 && take_date(r, s, best))
			return true;
	}
	return false;
}

/* The day is seen where nothing but words shown says it. */
static bool seen_alone(const struct reader *r, const struct kh_moment *m)
{
	for (uint32_t i = 0; i < r->n; i++)
		if (!r->vote[i].seen && same_day(&r->vote[i].m, m))
			return false;
	return true;
}

static bool searched(struct reader *r, kh_str shown, struct kh_moment *m)
{
	static const char *const changed[] = {"article:modified_time", "og:updated_time",
					      "dateModified", "last-modified"};
	static const char *const image[] = {"og:image", "twitter:image"};
	if ((r->seen = shown.n && take_date(r, shown, m)) ||
	    (r->seen = opening_date(r, title_block(r), m)) || marked_date(r, m) ||
	    (r->seen = text_date(r, m)) || take_date(r, r->ld->modified, m))
		return true;
	for (size_t i = 0; i < KH_COUNT(changed); i++)
		if (take_date(r, kh_meta_named(r->t, changed + i, 1).text, m))
			return true;
	return script_date(r, m) || (r->seen = any_date(r, m)) ||
	       url_date(r, kh_meta_named(r->t, image, KH_COUNT(image)).text, m);
}

void kh_day_published(const struct kh_ld *ld, const struct kh_blocks *b, bool american,
		      struct kh_meta *m)
{
	struct reader r = {.b = b, .t = b->t, .ld = ld, .m = m, .american = american};
	struct kh_moment when;
	kh_str shown = {0};
	add_vote(&r, ld->published, 5);
	meta_votes(&r);
	marked_vote(&r);
	bool told = r.n > 0;
	address_vote(&r);
	uint32_t before = r.n;
	if (shown_date(&r, &shown))
		add_vote(&r, shown, 3);
	for (uint32_t i = before; i < r.n; i++)
		r.vote[i].seen = true;
	bool elected = told || r.n > (shown.n > 0);
	if (!(elected ? elect(&r, &when) : searched(&r, shown, &when)))
		return;
	m->published_seen = elected ? seen_alone(&r, &when) : r.seen;
	local_zone(&r, &when);
	char *to = kh_arena_bytes(r.t->w->arena, 32);
	m->published = (kh_str){to, kh_date_write(&when, to)};
}
