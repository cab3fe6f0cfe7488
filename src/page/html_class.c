/* See html_class.h. In: an element. Out: bits. Names are cut at hyphens, underscores and capitals
 * ("articleBody", "related-links"); the words are of the trade in several languages, not of a site.
 */
#include "page/html_class.h"

#include "base/str.h"

struct word {
	const char *z;
	size_t n;
	unsigned bits;
	bool prefix; /* "recommend" stands for "recommended", "recommendations" */
};

#define WORD(z, bits, prefix)                                                                      \
	{                                                                                          \
		z, sizeof(z) - 1, bits, prefix                                                     \
	}
static const struct word words[] = {
	WORD("related", KH_CLASS_BAD, true),
	WORD("relacionad", KH_CLASS_BAD, true),
	WORD("recommend", KH_CLASS_BAD, true),
	WORD("empfehl", KH_CLASS_BAD, true),
	WORD("share", KH_CLASS_BAD, false),
	WORD("sharing", KH_CLASS_BAD, true),
	WORD("sharebar", KH_CLASS_BAD, true),
	WORD("sharetools", KH_CLASS_BAD, true),
	WORD("sharedaddy", KH_CLASS_BAD, true),
	WORD("addtoany", KH_CLASS_BAD, true),
	WORD("social", KH_CLASS_BAD, true),
	WORD("newsletter", KH_CLASS_BAD, true),
	WORD("signup", KH_CLASS_BAD, true),
	WORD("subscri", KH_CLASS_BAD, true),
	WORD("promo", KH_CLASS_BAD, true),
	WORD("sidebar", KH_CLASS_BAD, true),
	WORD("footer", KH_CLASS_BAD, true),
	WORD("breadcrumb", KH_CLASS_BAD, true),
	WORD("menu", KH_CLASS_BAD, false),
	WORD("nav", KH_CLASS_BAD, false),
	WORD("navbar", KH_CLASS_BAD, false),
	WORD("navigation", KH_CLASS_BAD, false),
	WORD("pagination", KH_CLASS_BAD, false),
	WORD("pager", KH_CLASS_BAD, false),
	WORD("cookie", KH_CLASS_BAD, true),
	WORD("consent", KH_CLASS_BAD, false),
	WORD("gdpr", KH_CLASS_BAD, false),
	WORD("popup", KH_CLASS_BAD, true),
	WORD("modal", KH_CLASS_BAD, false),
	WORD("overlay", KH_CLASS_BAD, false),
	WORD("lightbox", KH_CLASS_BAD, false),
	WORD("ad", KH_CLASS_BAD, false),
	WORD("ads", KH_CLASS_BAD, false),
	WORD("advert", KH_CLASS_BAD, true),
	WORD("sponsor", KH_CLASS_BAD, true),
	WORD("outbrain", KH_CLASS_BAD, true),
	WORD("taboola", KH_CLASS_BAD, true),
	WORD("teaser", KH_CLASS_BAD | KH_CLASS_LEAD, true),
	WORD("trending", KH_CLASS_BAD, true),
	WORD("popular", KH_CLASS_BAD, true),
	WORD("mostread", KH_CLASS_BAD, true),
	WORD("tags", KH_CLASS_BAD, false),
	WORD("taglist", KH_CLASS_BAD, false),
	WORD("keywords", KH_CLASS_BAD, false),
	WORD("topics", KH_CLASS_BAD, false),
	WORD("toolbar", KH_CLASS_BAD, true),
	WORD("disqus", KH_CLASS_COMMENT | KH_CLASS_BAD, true),
	WORD("comment", KH_CLASS_COMMENT | KH_CLASS_BAD, false),
	WORD("comments", KH_CLASS_COMMENT | KH_CLASS_BAD, true),
	WORD("commentlist", KH_CLASS_COMMENT | KH_CLASS_BAD, true),
	WORD("kommentar", KH_CLASS_COMMENT | KH_CLASS_BAD, true),
	WORD("respond", KH_CLASS_COMMENT | KH_CLASS_BAD, false),
	WORD("reply", KH_CLASS_COMMENT | KH_CLASS_BAD, false),
	WORD("caption", KH_CLASS_CAPTION, true),
	WORD("figcaption", KH_CLASS_CAPTION, true),
	WORD("credit", KH_CLASS_CAPTION, true),
	WORD("copyright", KH_CLASS_CAPTION, true),
	WORD("bildunterschrift", KH_CLASS_CAPTION, true),
	WORD("legende", KH_CLASS_CAPTION, true),
	WORD("gallery", KH_CLASS_CAPTION, false),
	WORD("slideshow", KH_CLASS_CAPTION, true),
	WORD("byline", KH_CLASS_BYLINE, true),
	WORD("author", KH_CLASS_BYLINE, true),
	WORD("autor", KH_CLASS_BYLINE, true),
	WORD("dateline", KH_CLASS_BYLINE, false),
	WORD("timestamp", KH_CLASS_BYLINE, true),
	WORD("pubdate", KH_CLASS_BYLINE, true),
	WORD("postmeta", KH_CLASS_BYLINE, true),
	WORD("meta", KH_CLASS_BYLINE, false),
	WORD("bio", KH_CLASS_BYLINE, false),
	WORD("articlebody", KH_CLASS_BODY, true),
	WORD("storybody", KH_CLASS_BODY, true),
	WORD("postcontent", KH_CLASS_BODY, true),
	WORD("entrycontent", KH_CLASS_BODY, true),
	WORD("articlecontent", KH_CLASS_BODY, true),
	WORD("articletext", KH_CLASS_BODY, true),
	WORD("storycontent", KH_CLASS_BODY, true),
	WORD("bodytext", KH_CLASS_BODY, true),
	WORD("posttext", KH_CLASS_BODY, true),
	WORD("lead", KH_CLASS_LEAD, false),
	WORD("lede", KH_CLASS_LEAD, false),
	WORD("standfirst", KH_CLASS_DECK, true),
	WORD("subtitle", KH_CLASS_DECK, true),
	WORD("intro", KH_CLASS_LEAD, true),
	WORD("excerpt", KH_CLASS_DECK, true),
	WORD("deck", KH_CLASS_DECK, false),
	WORD("dek", KH_CLASS_DECK, false),
	WORD("abstract", KH_CLASS_DECK, false),
	WORD("summary", KH_CLASS_DECK, false),
	WORD("vorspann", KH_CLASS_LEAD, true),
	WORD("subhead", KH_CLASS_DECK, true),
	WORD("strapline", KH_CLASS_DECK, true),
	WORD("chapo", KH_CLASS_DECK, true),
	WORD("entradilla", KH_CLASS_DECK, true),
	WORD("bajada", KH_CLASS_DECK, true),
	WORD("headline", KH_CLASS_TITLE, false),
	WORD("title", KH_CLASS_TITLE, false),
	WORD("print", 0, false),
	WORD("rail", KH_CLASS_BAD, false),
	WORD("widget", KH_CLASS_BAD, false),
	WORD("readmore", KH_CLASS_BAD, true),
	WORD("seealso", KH_CLASS_BAD, true),
	WORD("disclaimer", KH_CLASS_BAD, true),
	WORD("banner", KH_CLASS_BAD, false),
	WORD("toc", KH_CLASS_BAD, false),
	WORD("donat", KH_CLASS_BAD, true),
	WORD("crosslink", KH_CLASS_BAD, true),
	WORD("login", KH_CLASS_BAD, true),
	WORD("skip", KH_CLASS_BAD, false),
	WORD("recirc", KH_CLASS_BAD, true),
	WORD("upnext", KH_CLASS_BAD, false),
	WORD("nextstory", KH_CLASS_BAD, true),
	WORD("nextpost", KH_CLASS_BAD, true),
	WORD("nextarticle", KH_CLASS_BAD, true),
	WORD("prevpost", KH_CLASS_BAD, true),
	WORD("alsoread", KH_CLASS_BAD, false),
	WORD("readnext", KH_CLASS_BAD, false),
	WORD("morefrom", KH_CLASS_BAD, false),
	WORD("morestories", KH_CLASS_BAD, false),
	WORD("recentposts", KH_CLASS_BAD, false),
	WORD("latestnews", KH_CLASS_BAD, false),
	WORD("topstories", KH_CLASS_BAD, false),
	WORD("disclosure", KH_CLASS_BAD, false),
	WORD("licen", KH_CLASS_BAD, true),
	WORD("messenger", KH_CLASS_BAD, false),
	WORD("readtime", KH_CLASS_BYLINE, false),
	WORD("readingtime", KH_CLASS_BYLINE, false),
	WORD("carousel", KH_CLASS_CAPTION, true),
	WORD("sronly", KH_CLASS_UNSEEN, false),
	WORD("screenreader", KH_CLASS_UNSEEN, false),
	WORD("visuallyhidden", KH_CLASS_UNSEEN, false),
};

_Static_assert(KH_COUNT(words) < KH_CLASS_WORDS, "the index has room for all words");

struct kh_class_index kh_class_index_make(void)
{
	struct kh_class_index x = {{0}, {0}};
	for (size_t i = KH_COUNT(words); i-- > 0;) {
		uint8_t *first = &x.first[words[i].z[0] - 'a'];
		x.next[i] = *first;
		*first = (uint8_t)(i + 1);
	}
	return x;
}

static unsigned match(const struct kh_class_index *x, kh_str w)
{
	if (!kh_is_lower((unsigned char)w.p[0]))
		return 0;
	for (size_t i = x->first[w.p[0] - 'a']; i; i = x->next[i - 1]) {
		const struct word *k = &words[i - 1];
		if ((w.n == k->n || (w.n > k->n && k->prefix)) && memcmp(w.p, k->z, k->n) == 0)
			return k->bits;
	}
	return 0;
}

/* "js-lightbox", "has-sidebar": a name that tells what an element does or stands beside; bytes of
 * it. */
static size_t of_state(kh_str s)
{
	static const char *const first[] = {"js-", "has-", "is-", "no-", "with-", "without-"};
	for (size_t i = 0; i < KH_COUNT(first); i++) {
		if (!kh_str_starts(s, first[i]))
			continue;
		size_t end = 0;
		while (end < s.n && !kh_is_space((unsigned char)s.p[end]))
			end++;
		return end;
	}
	return 0;
}

/* Words of a value, and every two neighbours joined ("article-body" is "articlebody"). */
static unsigned of_value(const struct kh_class_index *x, kh_str s)
{
	char last[40], now[20];
	size_t n_last = 0, n = 0;
	unsigned bits = 0;
	for (size_t i = 0; i <= s.n && i < 2000; i++) {
		if (i == 0 || kh_is_space((unsigned char)s.p[i - 1]))
			i += of_state(kh_str_sub(s, i, s.n));
		unsigned char c = i < s.n ? (unsigned char)s.p[i] : ' ';
		bool letter = kh_is_alpha(c) || kh_is_digit(c);
		bool hump = kh_is_upper(c) && i && kh_is_lower((unsigned char)s.p[i - 1]);
		if ((!letter || hump) && n) {
			bits |= match(x, (kh_str){now, n});
			if (n_last && n_last + n < sizeof last) {
				memcpy(last + n_last, now, n);
				bits |= match(x, (kh_str){last, n_last + n});
			}
			memcpy(last, now, n);
			n_last = n;
			n = 0;
		}
		if (!letter && c == ' ')
			n_last = 0;
		if (letter && n < sizeof now)
			now[n++] = kh_lower((char)c);
	}
	return bits;
}

unsigned kh_class_of(const struct kh_tree *t, uint32_t node, const struct kh_class_index *index)
{
	static const kh_str from[] = {{"class", 5},
				      {"id", 2},
				      {"data-testid", 11},
				      {"data-component", 14},
				      {"data-qa", 7}};
	const struct kh_node *n = &t->node[node];
	unsigned bits = 0;
	for (uint32_t i = n->first_attr; i < n->first_attr + n->n_attr; i++)
		for (size_t k = 0; k < KH_COUNT(from); k++)
			if (kh_str_eq(t->attr[i].name, from[k]))
				bits |= of_value(index, t->attr[i].value);
	return bits;
}
