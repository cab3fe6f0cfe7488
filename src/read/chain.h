/* The attribution chain of a token. */
#ifndef KH_CHAIN_H
#define KH_CHAIN_H

#include "doc/doc.h"

/* Voices whose content holds the token, outermost first; returns how many (at most max). */
uint32_t kh_voices_of_token(const struct kh_work *w, uint32_t token, uint32_t *out, uint32_t max);

#endif
