/* The charset of a page that does not say it, or says another. */
#ifndef KH_CHARSET_GUESS_H
#define KH_CHARSET_GUESS_H

#include "base/base.h"

/* The name that iconv has for what the bytes from `from` on look like; NULL: nothing but Western
 * letters, if any. `sure`: enough to overrule a page that calls itself Western. */
const char *kh_charset_guess(kh_str in, size_t from, bool *sure);

#endif
