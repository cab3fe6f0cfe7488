/* See html_class.h. In: an element. Out: bits. Names are cut at hyphens, underscores and capitals
 * ("articleBody", "related-links"); the words are of the trade in several languages, not of a site.
 */
#include "page/html_class.h"

#include "base/str.h"

struct word {
	const char *z;
	unsigned bits;
	bool prefix; /* "recommend" stands for "recommended", "recommendations" */
};

static const struct word words[] = {
	{"related", KH_CLASS_BAD, true},
	{"relacionad", KH_CLASS_BAD, true},
	{"recommend", KH_CLASS_BAD, true},
	{"empfehl", KH_CLASS_BAD, true},
	{"share", KH_CLASS_BAD, false},
	{"sharing", KH_CLASS_BAD, true},
	{"sharebar", KH_CLASS_BAD, true},
	{"sharetools", KH_CLASS_BAD, true},
	{"sharedaddy", KH_CLASS_BAD, true},
	{"addtoany", KH_CLASS_BAD, true},
	{"social", KH_CLASS_BAD, true},
	{"newsletter", KH_CLASS_BAD, true},
	{"signup", KH_CLASS_BAD, true},
	{"subscri", KH_CLASS_BAD, true},
	{"promo", KH_CLASS_BAD, true},
	{"sidebar", KH_CLASS_BAD, true},
	{"footer", KH_CLASS_BAD, true},
	{"breadcrumb", KH_CLASS_BAD, true},
	{"menu", KH_CLASS_BAD, false},
	{"nav", KH_CLASS_BAD, false},
	{"navbar", KH_CLASS_BAD, false},
	{"navigation", KH_CLASS_BAD, false},
	{"pagination", KH_CLASS_BAD, false},
	{"pager", KH_CLASS_BAD, false},
	{"cookie", KH_CLASS_BAD, true},
	{"consent", KH_CLASS_BAD, false},
	{"gdpr", KH_CLASS_BAD, false},
	{"popup", KH_CLASS_BAD, true},
	{"modal", KH_CLASS_BAD, false},
	{"overlay", KH_CLASS_BAD, false},
	{"lightbox", KH_CLASS_BAD, false},
	{"ad", KH_CLASS_BAD, false},
	{"ads", KH_CLASS_BAD, false},
	{"advert", KH_CLASS_BAD, true},
	{"sponsor", KH_CLASS_BAD, true},
	{"outbrain", KH_CLASS_BAD, true},
	{"taboola", KH_CLASS_BAD, true},
	{"teaser", KH_CLASS_BAD | KH_CLASS_LEAD, true},
	{"trending", KH_CLASS_BAD, true},
	{"popular", KH_CLASS_BAD, true},
	{"mostread", KH_CLASS_BAD, true},
	{"tags", KH_CLASS_BAD, false},
	{"taglist", KH_CLASS_BAD, false},
	{"keywords", KH_CLASS_BAD, false},
	{"topics", KH_CLASS_BAD, false},
	{"toolbar", KH_CLASS_BAD, true},
	{"disqus", KH_CLASS_COMMENT | KH_CLASS_BAD, true},
	{"comment", KH_CLASS_COMMENT | KH_CLASS_BAD, false},
	{"comments", KH_CLASS_COMMENT | KH_CLASS_BAD, true},
	{"commentlist", KH_CLASS_COMMENT | KH_CLASS_BAD, true},
	{"kommentar", KH_CLASS_COMMENT | KH_CLASS_BAD, true},
	{"respond", KH_CLASS_COMMENT | KH_CLASS_BAD, false},
	{"reply", KH_CLASS_COMMENT | KH_CLASS_BAD, false},
	{"caption", KH_CLASS_CAPTION, true},
	{"figcaption", KH_CLASS_CAPTION, true},
	{"credit", KH_CLASS_CAPTION, true},
	{"copyright", KH_CLASS_CAPTION, true},
	{"bildunterschrift", KH_CLASS_CAPTION, true},
	{"legende", KH_CLASS_CAPTION, true},
	{"gallery", KH_CLASS_CAPTION, false},
	{"slideshow", KH_CLASS_CAPTION, true},
	{"byline", KH_CLASS_BYLINE, true},
	{"author", KH_CLASS_BYLINE, true},
	{"autor", KH_CLASS_BYLINE, true},
	{"dateline", KH_CLASS_BYLINE, false},
	{"timestamp", KH_CLASS_BYLINE, true},
	{"pubdate", KH_CLASS_BYLINE, true},
	{"postmeta", KH_CLASS_BYLINE, true},
	{"meta", KH_CLASS_BYLINE, false},
	{"bio", KH_CLASS_BYLINE, false},
	{"articlebody", KH_CLASS_BODY, true},
	{"storybody", KH_CLASS_BODY, true},
	{"postcontent", KH_CLASS_BODY, true},
	{"entrycontent", KH_CLASS_BODY, true},
	{"articlecontent", KH_CLASS_BODY, true},
	{"articletext", KH_CLASS_BODY, true},
	{"storycontent", KH_CLASS_BODY, true},
	{"bodytext", KH_CLASS_BODY, true},
	{"posttext", KH_CLASS_BODY, true},
	{"lead", KH_CLASS_LEAD, false},
	{"lede", KH_CLASS_LEAD, false},
	{"standfirst", KH_CLASS_DECK, true},
	{"subtitle", KH_CLASS_DECK, true},
	{"intro", KH_CLASS_LEAD, true},
	{"excerpt", KH_CLASS_DECK, true},
	{"deck", KH_CLASS_DECK, false},
	{"dek", KH_CLASS_DECK, false},
	{"abstract", KH_CLASS_DECK, false},
	{"summary", KH_CLASS_DECK, false},
	{"vorspann", KH_CLASS_LEAD, true},
	{"subhead", KH_CLASS_DECK, true},
	{"strapline", KH_CLASS_DECK, true},
	{"chapo", KH_CLASS_DECK, true},
	{"entradilla", KH_CLASS_DECK, true},
	{"bajada", KH_CLASS_DECK, true},
	{"headline", KH_CLASS_TITLE, false},
	{"title", KH_CLASS_TITLE, false},
	{"print", 0, false},
	{"rail", KH_CLASS_BAD, false},
	{"widget", KH_CLASS_BAD, false},
	{"readmore", KH_CLASS_BAD, true},
	{"seealso", KH_CLASS_BAD, true},
	{"disclaimer", KH_CLASS_BAD, true},
	{"banner", KH_CLASS_BAD, false},
	{"toc", KH_CLASS_BAD, false},
	{"donat", KH_CLASS_BAD, true},
	{"crosslink", KH_CLASS_BAD, true},
	{"login", KH_CLASS_BAD, true},
	{"skip", KH_CLASS_BAD, false},
};

static unsigned match(kh_str w)
{
	for (size_t i = 0; i < KH_COUNT(words); i++) {
		if (words[i].z[0] != w.p[0])
			continue;
		size_t n = strlen(words[i].z);
		if (w.n < n || (w.n > n && !words[i].prefix))
			continue;
		if (memcmp(w.p, words[i].z, n) == 0)
			return words[i].bits;
	}
	return 0;
}

/* Words of a value, and every two neighbours joined ("article-body" is "articlebody"). */
static unsigned of_value(kh_str s)
{
	char last[40], now[20];
	size_t n_last = 0, n = 0;
	unsigned bits = 0;
	for (size_t i = 0; i <= s.n && i < 2000; i++) {
		unsigned char c = i < s.n ? (unsigned char)s.p[i] : ' ';
		bool letter = kh_is_alpha(c) || kh_is_digit(c);
		bool hump = kh_is_upper(c) && i && kh_is_lower((unsigned char)s.p[i - 1]);
		if ((!letter || hump) && n) {
			bits |= match((kh_str){now, n});
			if (n_last && n_last + n < sizeof last) {
				memcpy(last + n_last, now, n);
				bits |= match((kh_str){last, n_last + n}) & ~(unsigned)KH_CLASS_BAD;
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

unsigned kh_class_of(const struct kh_tree *t, uint32_t node)
{
	static const char *const from[] = {"class", "id", "data-testid", "data-component",
					   "data-qa"};
	const struct kh_node *n = &t->node[node];
	unsigned bits = 0;
	for (uint32_t i = n->first_attr; i < n->first_attr + n->n_attr; i++)
		for (size_t k = 0; k < KH_COUNT(from); k++)
			if (kh_str_is(t->attr[i].name, from[k]))
				bits |= of_value(t->attr[i].value);
	return bits;
}
