/* Scripts: which have cases, which part words by spaces, how each ends a sentence. */
#ifndef KH_SCRIPT_H
#define KH_SCRIPT_H

#include "base/base.h"

/* Letters of scripts with capitals: Latin, Greek, Cyrillic, Armenian. */
bool kh_script_is_cased(uint32_t c);
/* Letters that tell a word in scripts that put no spaces between words (2: Han, kana; 4: Thai, Lao,
 * Khmer, Burmese); 0: the script parts its words. */
unsigned kh_script_unspaced(uint32_t c);
/* How many letters of an alphabet one such character stands for in running text. */
unsigned kh_script_weight(uint32_t c);
/* The value of a digit of any of the usual scripts; -1: it is none. */
int kh_script_digit(uint32_t c);
/* Bytes of the full stop that the text ends with, in any script; 0: it ends otherwise. */
unsigned kh_script_stop(kh_str s);
/* The same for question and exclamation marks. */
unsigned kh_script_asks(kh_str s);

#endif
