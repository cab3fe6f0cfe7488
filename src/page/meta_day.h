/* The instant at which a page's story was published. */
#ifndef KH_META_DAY_H
#define KH_META_DAY_H

#include "page/meta_ld.h"

/* The content of the first meta element of any of these names, in the order of the names. */
struct kh_value kh_meta_named(const struct kh_tree *t, const char *const *names, size_t n);

/* The next meta element of a name from the node *at on; *at moves behind it. False: none. */
bool kh_meta_next(const struct kh_tree *t, const char *name, uint32_t *at, struct kh_value *v);

/* Fills m->published; m->title and m->url are there. `american`: 3/4 is March. */
void kh_day_published(const struct kh_ld *ld, const struct kh_blocks *b, bool american,
		      struct kh_meta *m);

#endif
