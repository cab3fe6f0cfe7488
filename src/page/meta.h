/* What a page says of its story outside the story's text. */
#ifndef KH_META_H
#define KH_META_H

#include "page/html_block.h"

enum { KH_META_MOST_AUTHORS = 16 };

struct kh_value {
	kh_str text; /* clean */
	kh_span at;  /* of the page; empty: unknown */
};

struct kh_meta {
	struct kh_value title;
	struct kh_value author[KH_META_MOST_AUTHORS];
	uint32_t n_authors;
	kh_str publisher, published, language, url;
	bool published_seen; /* the words shown say it, and nothing else */
	struct kh_value body; /* the article's text as schema.org data give it */
};

void kh_meta_read(const struct kh_blocks *b, struct kh_meta *m);

#endif
