/* What schema.org data in a page (ld+json) says of its article. */
#ifndef KH_META_LD_H
#define KH_META_LD_H

#include "page/json_tree.h"
#include "page/meta.h"

enum { KH_LD_BODY = 300 }; /* bytes below which an articleBody is a teaser */

struct kh_ld {
	struct kh_value title, author[KH_META_MOST_AUTHORS];
	uint32_t n_authors;
	kh_str published, modified, publisher, language, url;
	struct kh_value body; /* with its paragraphs; only what is long enough to be one */
};

void kh_ld_read(const struct kh_blocks *b, struct kh_ld *ld);

#endif
