/* UTF-8: one character at a time, and what kind of character it is. */
#ifndef KH_UTF8_H
#define KH_UTF8_H

#include "base/base.h"

#define KH_BAD_CHAR 0xFFFDu

/* The character at s[at] and, in *n, the bytes it takes (at least 1). A byte that begins no
 * well-formed character gives KH_BAD_CHAR with *n 1. `at` must be inside. */
uint32_t kh_utf8_at(kh_str s, size_t at, unsigned *n);
/* Bytes written (1..4) of a scalar value; others are written as U+FFFD. */
unsigned kh_utf8_put(uint32_t c, char to[4]);
/* Offset of the first byte that is not UTF-8; s.n when all is well. */
size_t kh_utf8_check(kh_str s);

bool kh_utf8_is_space(uint32_t c);  /* ASCII white space, NBSP, thin and wide spaces, ZWSP, BOM */
bool kh_utf8_is_letter(uint32_t c); /* letters and marks, coarse beyond Latin, Greek, Cyrillic */
bool kh_utf8_is_upper(uint32_t c);
uint32_t kh_utf8_lower(uint32_t c); /* Latin, Greek, Cyrillic, Armenian */
bool kh_utf8_is_quote(uint32_t c);  /* any double quotation mark, also single curly ones */
bool kh_utf8_is_dash(uint32_t c);

#endif
