/* Quotations: what stands between quotation marks, marks left out, in text order. */
#ifndef KH_VOICE_QUOTE_H
#define KH_VOICE_QUOTE_H

#include "doc/doc.h"

struct kh_quote {
	kh_span at, whole; /* inside the marks, with them */
	uint32_t n_words; /* at least one */
	bool speech;	  /* long or closed like a sentence: no scare quotes */
	bool runs_on;	  /* not closed when its paragraph ended */
};

struct kh_quotes {
	struct kh_quote *list;
	uint32_t n, cap;
};

void kh_quotes_of_story(struct kh_work *w, const struct kh_story *s, struct kh_quotes *q);
/* The quotation that holds a byte; KH_NONE. */
uint32_t kh_quotes_at(const struct kh_quotes *q, uint32_t at);
/* The first quotation that begins at or behind a byte; KH_NONE. */
uint32_t kh_quotes_from(const struct kh_quotes *q, uint32_t at);
/* The quotation whose closing mark ends at a byte; KH_NONE. */
uint32_t kh_quotes_end(const struct kh_quotes *q, uint32_t at);

#endif
