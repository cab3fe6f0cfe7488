/* Bytes of any charset into UTF-8, with the way back. */
#ifndef KH_CHARSET_H
#define KH_CHARSET_H

#include "doc/doc.h"

struct kh_decoded {
	kh_str text; /* UTF-8 */
	uint32_t n_seg, cap_seg;
	struct kh_piece *seg; /* text to input; none: text is the input itself */
};

/* Decodes by BOM, what the carrier told, what the page says of itself, and a guess. Bad bytes
 * become U+FFFD and leave notes. */
struct kh_decoded kh_charset_decode(struct kh_work *w);
/* The bytes of the input that text [begin, end) came from. */
kh_span kh_charset_source(const struct kh_decoded *d, kh_span text);

#endif
