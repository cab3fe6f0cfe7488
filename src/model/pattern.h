/* Patterns of a user's dictionary of verbs, compiled: a verb's form or lemma, words before and
 * behind it in order, and the code they give. They come before the rules. */
#ifndef KH_PATTERN_H
#define KH_PATTERN_H

#include "model/image.h"

struct kh_pattern_words {  /* elements, see kh_pattern_element */
	uint32_t first, n; /* place in the pool, elements */
};

struct kh_pattern {
	uint32_t label, n_label;  /* bytes of the section's text: "petr:901" */
	uint8_t event;            /* enum kh_plover; 0: means nothing */
	uint8_t swap, unused[2];  /* 1: who stands before the verb receives */
	char cameo[8];
	struct kh_pattern_words before, behind; /* before: nearest to the verb first */
};

/* An element of the pool: a word of flags and number of alternatives, then for each alternative
 * its number of words and their hashes; of a set only the place where its alternatives are. */
enum {
	KH_PATTERN_NEXT = 1 << 16, /* no gap between it and what is nearer to the verb */
	KH_PATTERN_SET = 1 << 17
};

struct kh_pattern_trigger { /* hashes ascending */
	uint32_t hash, pattern;
};

struct kh_pattern_head {
	uint32_t n_patterns, n_triggers, n_pool, n_bytes;
};

struct kh_patterns {
	const struct kh_pattern_head *head; /* NULL: the image has none */
	const struct kh_pattern *pattern;
	const struct kh_pattern_trigger *trigger;
	const uint32_t *pool;
	const char *bytes;
};

struct kh_patterns kh_patterns_open(const struct khabar_model *m);
int kh_patterns_check(const struct khabar_model *m, khabar_error *err);
/* The first trigger of a word's hash and how many there are. */
uint32_t kh_patterns_find(const struct kh_patterns *p, uint32_t hash, uint32_t *first);

#endif
