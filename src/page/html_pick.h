/* Which blocks of a page are the story. */
#ifndef KH_HTML_PICK_H
#define KH_HTML_PICK_H

#include "page/html_block.h"

enum kh_role { KH_ROLE_NONE, KH_ROLE_BODY, KH_ROLE_HEADING, KH_ROLE_CAPTION, KH_ROLE_MAYBE };

/* One role for each block. `title`, the headline, may be empty. */
uint8_t *kh_html_pick(const struct kh_blocks *b, kh_str title);

#endif
