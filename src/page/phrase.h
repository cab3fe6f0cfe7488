/* Phrases by which pages of any site speak to their reader instead of telling the story. */
#ifndef KH_PHRASE_H
#define KH_PHRASE_H

#include "base/base.h"

/* Is the block of `chars` characters such a phrase: "Read more:", "Sign up for …", "Advertisement"?
 */
bool kh_phrase_junk(kh_str text, uint32_t chars);

#endif
