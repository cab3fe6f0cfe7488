/* Character references: "&amp;", "&#8217;", "&eacute" into UTF-8. */
#ifndef KH_ENTITY_H
#define KH_ENTITY_H

#include "base/base.h"

/* Reads the reference at s[at] == '&'. Bytes it takes, 0 when it is only an ampersand; writes UTF-8
 * to `to` and its length to *n. In attributes the standard leaves "&copy=1" alone. */
size_t kh_entity_read(kh_str s, size_t at, bool attribute, char to[8], unsigned *n);

/* The byte that a character is in Windows-1252; -1: none. */
int kh_entity_to_windows(uint32_t c);
/* The character that a byte is in Windows-1252. */
uint32_t kh_entity_from_windows(unsigned char byte);

#endif
