/* Numbers in a sentence: figures and words, with their bounds. */
#ifndef KH_AMOUNT_NUMBER_H
#define KH_AMOUNT_NUMBER_H

#include "doc/doc.h"

struct kh_number {
	uint32_t first, n;  /* tokens of the number words */
	int64_t low, high;  /* -1: open */
	bool vague;         /* "dozens": an "of" may follow */
	bool single;        /* "a", "another" */
};

/* Is the word at t, within the sentence, this one? ASCII case folded. */
bool kh_number_word(const struct kh_doc *d, const struct kh_sentence *s, int64_t t, const char *w);
/* Is it one of a list " like this "? */
bool kh_number_any(const struct kh_doc *d, const struct kh_sentence *s, int64_t t, const char *list);
/* A number that begins at t: "1,200", "two hundred", "tens of thousands", "several dozen",
 * "between 10 and 20", with what "at least", "up to" before it make of its bounds. */
bool kh_number_read(const struct kh_doc *d, const struct kh_sentence *s, uint32_t t,
		    struct kh_number *out);

#endif
