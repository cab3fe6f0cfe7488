/* Takes off a story what stands in its element and is none of it. */
#ifndef KH_HTML_TRIM_H
#define KH_HTML_TRIM_H

#include "page/html_block.h"

/* role: one enum kh_role for each block; top: the element that holds the story. */
void kh_html_trim(const struct kh_blocks *b, uint8_t *role, uint32_t top);

#endif
