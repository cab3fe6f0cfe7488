/* See score.h. In: hashed features. Out: one sum a class. */
#include "model/score.h"

#include "base/str.h"

struct kh_score kh_score_open(const struct khabar_model *m, const char *section)
{
	kh_str s = kh_model_section(m, section);
	const struct kh_score_head *h = (const void *)s.p;
	if (!s.n)
		return (struct kh_score){0};
	return (struct kh_score){(const void *)(s.p + sizeof *h + h->n_names), h->bits,
				 h->n_classes, h->stride, s.p + sizeof *h};
}

int kh_score_check(const struct khabar_model *m, const char *section, khabar_error *err)
{
	kh_str s = kh_model_section(m, section);
	const struct kh_score_head *h = (const void *)s.p;
	if (!s.n)
		return 0;
	bool good =
		s.n >= sizeof *h && h->bits >= 4 && h->bits <= 24 && h->n_classes >= 1 &&
		h->n_classes <= KH_SCORE_CLASSES && h->stride >= h->n_classes &&
		h->stride <= KH_SCORE_CLASSES && h->stride % 4 == 0 && h->n_names % 2 == 0 &&
		h->n_names <= s.n - sizeof *h &&
		s.n - sizeof *h - h->n_names == ((uint64_t)h->stride * sizeof(int16_t) << h->bits);
	uint32_t names = 0;
	for (uint32_t i = 0; good && i < h->n_names; i++)
		names += s.p[sizeof *h + i] == 0;
	if (good && names >= h->n_classes)
		return 0;
	kh_error_set(err, KHABAR_E_MODEL, (uint64_t)(s.p - (const char *)m->image),
		     "a section of weights is damaged");
	return KHABAR_E_MODEL;
}

const char *kh_score_name(const struct kh_score *s, uint32_t class)
{
	const char *p = s->names;
	while (class --)
		p += strlen(p) + 1;
	return p;
}

void kh_score_sum(const struct kh_score *s, const uint32_t *feature, uint32_t n, int32_t *sum)
{
	memset(sum, 0, s->stride * sizeof *sum);
	for (uint32_t k = 0; k < n; k++) {
		const int16_t *row = s->row + (size_t)(feature[k] >> (32 - s->bits)) * s->stride;
		for (uint32_t c = 0; c < s->stride; c++)
			sum[c] += row[c];
	}
}

uint32_t kh_score_best(const int32_t *sum, uint32_t n)
{
	uint32_t best = 0;
	for (uint32_t c = 1; c < n; c++)
		if (sum[c] > sum[best])
			best = c;
	return best;
}
