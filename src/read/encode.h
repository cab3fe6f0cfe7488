/* What the reader of sentences (net.h) sees of a word: its hash, by which the table of word vectors
 * is asked, and the rows of its pieces in the table of pieces. The trainer uses the same functions,
 * so that what is learned is what is read. */
#ifndef KH_ENCODE_H
#define KH_ENCODE_H

#include "model/net.h"

enum kh_casing { /* of a sentence: what its capitals can tell */
		 KH_CASE_MIXED,
		 KH_CASE_NONE,	/* all capitals or all small: nothing */
		 KH_CASE_TITLE, /* a headline in which every longer word has one */
};

struct kh_casing_count {       /* zeroed to begin with */
	uint32_t upper, lower; /* letters */
	uint32_t title,
		plain; /* words of four letters and more, behind the first of the sentence */
	uint32_t words;
};

void kh_casing_add(struct kh_casing_count *c, kh_str form);
enum kh_casing kh_casing_of(const struct kh_casing_count *c);
struct kh_seen kh_seen_of(kh_str form, enum kh_casing casing);

#endif
