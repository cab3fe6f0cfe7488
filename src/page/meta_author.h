/* Who wrote the story of a page. */
#ifndef KH_META_AUTHOR_H
#define KH_META_AUTHOR_H

#include "page/meta_ld.h"

/* Fills m->author; title, publisher, language and url are there. */
void kh_author_find(const struct kh_ld *ld, const struct kh_blocks *b, struct kh_meta *m);

#endif
