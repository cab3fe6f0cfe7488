/* Linear models over hashed features: rows of 16-bit integer weights, one column a class. The only
 * arithmetic of the taggers and the parser: sums of integers, the same on every machine. */
#ifndef KH_SCORE_H
#define KH_SCORE_H

#include "model/image.h"

#define KH_SCORE_CLASSES 128 /* most classes of a model */

struct kh_score_head { /* of a section; then the class names, NUL-ended each, padded to 64; then rows */
	uint32_t bits;      /* rows are 1 << bits */
	uint32_t n_classes; /* at most KH_SCORE_CLASSES */
	uint32_t stride;    /* weights of a row, a multiple of 4 */
	uint32_t n_names;   /* bytes of the class names, padding included */
};

struct kh_score {
	const int16_t *row; /* NULL: the image lacks the model */
	uint32_t bits, n_classes, stride;
	const char *names;
};

struct kh_score kh_score_open(const struct khabar_model *m, const char *section);
/* 0, or KHABAR_E_MODEL when a section is there and damaged. */
int kh_score_check(const struct khabar_model *m, const char *section, khabar_error *err);
/* The name of a class; a walk over the names, so keep the answer. */
const char *kh_score_name(const struct kh_score *s, uint32_t class);
/* Sums the rows of n features into sum[], which has KH_SCORE_CLASSES places. */
void kh_score_sum(const struct kh_score *s, const uint32_t *feature, uint32_t n, int32_t *sum);
/* The greatest of sum[], the least index on ties. */
uint32_t kh_score_best(const int32_t *sum, uint32_t n);

static inline uint32_t kh_mix(uint32_t h, uint32_t v)
{
	h ^= v + 0x9E3779B9u + (h << 6) + (h >> 2);
	return h * 0x85EBCA6Bu;
}

#endif
