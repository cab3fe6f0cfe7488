/* The text of a feed's values: mark-up, escaped mark-up, CDATA and base64 into plain words. */
#ifndef KH_FEED_TEXT_H
#define KH_FEED_TEXT_H

#include "page/html_token.h"

/* `h` is a tokenizer to work with: one serves all values, for it is large. */

/* What stands between the tags of an element, with references resolved once and inner tags kept. */
kh_str kh_feed_inner(struct kh_html *h, kh_str in, kh_span at, kh_str mode, kh_str type);
/* Without its mark-up; white space collapsed. `paragraphs`: blocks are parted by a blank line. */
kh_str kh_feed_plain(struct kh_html *h, kh_str html, bool paragraphs);

#endif
