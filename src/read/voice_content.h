/* What a cue tells: the pieces of its content, by quotation marks, tree and commas. */
#ifndef KH_VOICE_CONTENT_H
#define KH_VOICE_CONTENT_H

#include "read/voice_cue.h"
#include "read/voice_quote.h"

void kh_content_of_verb(const struct kh_doc *d, const struct kh_quotes *q, struct kh_say *s);
void kh_content_of_noun(const struct kh_doc *d, struct kh_say *s);
void kh_content_of_phrase(const struct kh_doc *d, struct kh_say *s, uint32_t phrase);
/* A piece more, cut to the limit and without the cue and its speaker. */
void kh_content_add(const struct kh_doc *d, struct kh_say *s, kh_span at);

#endif
