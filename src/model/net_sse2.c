/* The kernels of net.h for every x86-64: 8 numbers at a time. See net_plain.c for what each does;
 * the results are the same bit for bit. */
#include "model/net_lanes.h"

#if KH_NET_X86
#include <emmintrin.h>

#define INLINE static inline __attribute__((always_inline))

INLINE __m128i load(const int16_t *p)
{
	return _mm_loadu_si128((const void *)p);
}

INLINE __m128i pair_at(const int16_t *p) /* two inputs, in every lane */
{
	int32_t v;
	memcpy(&v, p, sizeof v);
	return _mm_set1_epi32(v);
}

/* `rows` words by one block of 16 outputs. */
INLINE void tile(const int8_t *w, const int32_t *bias, uint32_t in, const int16_t *x, uint32_t rows,
		 unsigned shift, int16_t *y, uint32_t stride)
{
	__m128i s[2][4];
	const __m128i by = _mm_cvtsi32_si128((int)shift);
	for (uint32_t r = 0; r < rows; r++)
		for (uint32_t q = 0; q < 4; q++)
			s[r][q] = _mm_loadu_si128((const void *)(bias + 4 * q));
	for (uint32_t k = 0; k < in; k += 2, w += 32) {
		__m128i a = _mm_loadu_si128((const void *)w);
		__m128i b = _mm_loadu_si128((const void *)(w + 16));
		__m128i v[4] = {_mm_srai_epi16(_mm_unpacklo_epi8(a, a), 8),
				_mm_srai_epi16(_mm_unpackhi_epi8(a, a), 8),
				_mm_srai_epi16(_mm_unpacklo_epi8(b, b), 8),
				_mm_srai_epi16(_mm_unpackhi_epi8(b, b), 8)};
#pragma GCC unroll 2
		for (uint32_t r = 0; r < rows; r++) {
			__m128i in2 = pair_at(x + (size_t)r * in + k);
#pragma GCC unroll 4
			for (uint32_t q = 0; q < 4; q++)
				s[r][q] = _mm_add_epi32(s[r][q], _mm_madd_epi16(in2, v[q]));
		}
	}
	for (uint32_t r = 0; r < rows; r++)
		for (uint32_t q = 0; q < 4; q += 2)
			_mm_storeu_si128((void *)(y + (size_t)r * stride + 4 * q),
					 _mm_packs_epi32(_mm_sra_epi32(s[r][q], by),
							 _mm_sra_epi32(s[r][q + 1], by)));
}

static void product(const struct kh_net_matrix *m, const int16_t *x, uint32_t n, unsigned shift,
		    int16_t *y)
{
	for (uint32_t block = 0; block < m->out; block += 16) {
		const int8_t *w = m->w + (size_t)block * m->in;
		uint32_t t = 0;
		for (; t + 2 <= n; t += 2)
			tile(w, m->bias + block, m->in, x + (size_t)t * m->in, 2, shift,
			     y + (size_t)t * m->out + block, m->out);
		if (t < n)
			tile(w, m->bias + block, m->in, x + (size_t)t * m->in, 1, shift,
			     y + (size_t)t * m->out + block, m->out);
	}
}

INLINE __m128i gate(__m128i p)
{
	const __m128i one = _mm_set1_epi16(16384), none = _mm_setzero_si128();
	__m128i a = _mm_max_epi16(p, _mm_subs_epi16(none, p));
	__m128i u = _mm_sub_epi16(one, _mm_min_epi16(a, one));
	__m128i s = _mm_slli_epi16(_mm_mulhi_epi16(u, u), 1);
	__m128i sign = _mm_cmpgt_epi16(none, p);
	return _mm_or_si128(_mm_and_si128(sign, s), _mm_andnot_si128(sign, _mm_sub_epi16(one, s)));
}

INLINE __m128i bend_one(__m128i p)
{
	const __m128i one = _mm_set1_epi16(8192), none = _mm_setzero_si128();
	__m128i a = _mm_max_epi16(p, _mm_subs_epi16(none, p));
	__m128i u = _mm_slli_epi16(_mm_sub_epi16(one, _mm_min_epi16(a, one)), 1);
	__m128i y = _mm_sub_epi16(one, _mm_slli_epi16(_mm_mulhi_epi16(u, u), 1));
	__m128i sign = _mm_cmpgt_epi16(none, p);
	return _mm_sub_epi16(_mm_xor_si128(y, sign), sign);
}

/* (a (16384 - g) + b g) / 16384, rounded */
INLINE __m128i between(__m128i a, __m128i b, __m128i g)
{
	const __m128i half = _mm_set1_epi32(8192);
	__m128i f = _mm_sub_epi16(_mm_set1_epi16(16384), g);
	__m128i low = _mm_madd_epi16(_mm_unpacklo_epi16(a, b), _mm_unpacklo_epi16(f, g));
	__m128i high = _mm_madd_epi16(_mm_unpackhi_epi16(a, b), _mm_unpackhi_epi16(f, g));
	return _mm_packs_epi32(_mm_srai_epi32(_mm_add_epi32(low, half), 14),
			       _mm_srai_epi32(_mm_add_epi32(high, half), 14));
}

static void step(const int16_t *pre, const int16_t *feed, const int16_t *x, uint32_t n, int16_t *c,
		 int16_t *h)
{
	for (uint32_t j = 0; j < n; j += 8) {
		__m128i old = load(c + j);
		__m128i in = x ? load(x + j) : _mm_setzero_si128();
		__m128i g = gate(
			_mm_adds_epi16(load(pre + n + j), _mm_mulhi_epi16(load(feed + j), old)));
		__m128i r = gate(_mm_adds_epi16(load(pre + 2 * n + j),
						_mm_mulhi_epi16(load(feed + n + j), old)));
		__m128i now = between(old, bend_one(load(pre + j)), g);
		_mm_storeu_si128((void *)(c + j), now);
		_mm_storeu_si128((void *)(h + j), between(in, now, r));
	}
}

static void dots(const int16_t *a, const int16_t *b, uint32_t size, uint32_t stride, uint32_t n,
		 int32_t *y)
{
	for (uint32_t k = 0; k < n; k++) {
		const int16_t *row = b + (size_t)k * stride;
		__m128i s = _mm_setzero_si128();
		for (uint32_t i = 0; i < size; i += 8)
			s = _mm_add_epi32(s, _mm_madd_epi16(load(a + i), load(row + i)));
		s = _mm_add_epi32(s, _mm_shuffle_epi32(s, 0x4E));
		s = _mm_add_epi32(s, _mm_shuffle_epi32(s, 0xB1));
		y[k] = _mm_cvtsi128_si32(s) >> 10;
	}
}

static void bend(int16_t *x, uint32_t n)
{
	for (uint32_t i = 0; i < n; i += 8)
		_mm_storeu_si128((void *)(x + i), bend_one(load(x + i)));
}

const struct kh_net_kernels kh_net_sse2 = {product, step, dots, bend};
#endif
