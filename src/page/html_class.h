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
	KH_CLASS_DECK = 128,   /* a second headline of a sentence or two */
	KH_CLASS_UNSEEN = 256, /* read aloud only: "opens in a new tab" */
};

enum { KH_CLASS_WORDS = 160 }; /* most words that names may hold */

struct kh_class_index { /* the words by their first letter, each letter's in their order */
	uint8_t first[26], next[KH_CLASS_WORDS]; /* 1 + a word; 0: none */
};

struct kh_class_index kh_class_index_make(void);
unsigned kh_class_of(const struct kh_tree *t, uint32_t node, const struct kh_class_index *index);

#endif
