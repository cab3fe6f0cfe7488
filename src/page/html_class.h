/* What the names that a page gives its elements (class, id, test id) say about them. */
#ifndef KH_HTML_CLASS_H
#define KH_HTML_CLASS_H

#include "page/html_tree.h"

enum kh_class {
	KH_CLASS_BAD = 1,      /* shares, related stories, subscriptions, navigation, adverts */
	KH_CLASS_CAPTION = 2,  /* captions and credits of pictures */
	KH_CLASS_BODY = 4,     /* "article-body", "entry-content" */
	KH_CLASS_BYLINE = 8,   /* authors and dates above a story */
	KH_CLASS_COMMENT = 16, /* what readers wrote */
	KH_CLASS_LEAD = 32,    /* the first paragraph, set apart */
	KH_CLASS_TITLE = 64,
	KH_CLASS_DECK = 128, /* a second headline of a sentence or two */
};

unsigned kh_class_of(const struct kh_tree *t, uint32_t node);

#endif
