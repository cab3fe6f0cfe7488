/* See alike.h. In: two short texts. Out: how much they agree. Only the marks of ASCII are passed
 * over; passing over curly quotation marks too lost .03 of the titles of the set newsmeta. */
#include "page/alike.h"

#include "base/str.h"

static bool is_wordy(char c)
{
	return kh_is_alpha((unsigned char)c) || kh_is_digit((unsigned char)c) || (c & 0x80);
}

static size_t words_shared(kh_str a, kh_str b, size_t *n_a)
{
	size_t shared = 0, i = 0;
	*n_a = 0;
	while (i < a.n) {
		while (i < a.n && !is_wordy(a.p[i]))
			i++;
		size_t from = i;
		while (i < a.n && is_wordy(a.p[i]))
			i++;
		if (i == from)
			break;
		kh_str w = kh_str_sub(a, from, i);
		++*n_a;
		for (size_t k = 0; k + w.n <= b.n; k++)
			if (kh_str_ieq(kh_str_sub(b, k, k + w.n), w)) {
				shared++;
				break;
			}
	}
	return shared;
}

unsigned kh_alike_share(kh_str a, kh_str b)
{
	size_t n_a, n_b;
	if (a.n > 400 || b.n > 400)
		return 0;
	size_t s_a = words_shared(a, b, &n_a), s_b = words_shared(b, a, &n_b);
	return n_a + n_b ? (unsigned)((s_a + s_b) * 100 / (n_a + n_b)) : 0;
}

bool kh_alike_same(kh_str a, kh_str b, bool prefix)
{
	size_t i = 0, k = 0;
	if (!a.n || !b.n)
		return false;
	for (;;) {
		while (i < a.n && !is_wordy(a.p[i]))
			i++;
		while (k < b.n && !is_wordy(b.p[k]))
			k++;
		if (i >= a.n)
			return k >= b.n || prefix;
		if (k >= b.n || kh_lower(a.p[i++]) != kh_lower(b.p[k++]))
			return false;
	}
}
