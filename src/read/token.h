/* Sentences into words with lemma-ready forms: fills doc->token. */
#ifndef KH_TOKEN_H
#define KH_TOKEN_H

#include "doc/doc.h"

void kh_token_run(struct kh_work *w);

#endif
