/* Building the document's text from parts of the decoded input, with the map back. */
#ifndef KH_BUILD_H
#define KH_BUILD_H

#include "page/charset.h"

enum { KH_MOST_TEXT = 6 << 20 }; /* bytes of text of a document; the rest is left out, and said */

struct kh_build {
	struct kh_work *w;
	const struct kh_decoded *from;
	char *to;
	uint32_t n, cap;
};

/* Appends bytes that stand for text [at.begin, at.end) of the decoded input. */
void kh_build_put(struct kh_build *b, kh_str bytes, kh_span at);
/* Appends a separator that stands for no byte. */
void kh_build_gap(struct kh_build *b, const char *z);
/* Appends bytes as a whole; the span of the document's text that they now have. */
kh_span kh_build_span(struct kh_build *b, kh_str bytes, kh_span at);
/* The text is whole: hands it to the document. */
void kh_build_done(struct kh_build *b);
/* A new story of the document, empty. */
struct kh_story *kh_build_story(struct kh_work *w);

#endif
