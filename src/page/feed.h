/* Feeds: RSS, RDF, Atom, CDF, sitemaps, NewsML and JSON Feed; every entry is a story. */
#ifndef KH_PAGE_FEED_H
#define KH_PAGE_FEED_H

#include "doc/doc.h"

void kh_feed_page(struct kh_work *w);
/* Do the bytes look like a feed? */
bool kh_feed_looks(kh_str bytes);

#endif
