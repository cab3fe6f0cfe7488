/* The headline of a page. */
#ifndef KH_META_TITLE_H
#define KH_META_TITLE_H

#include "page/meta_ld.h"

struct kh_value kh_title_find(const struct kh_ld *ld, const struct kh_blocks *b, kh_str publisher);

#endif
