/* The kernels of net.h for processors with AVX2: 16 numbers at a time. See net_plain.c for what
 * each does; the results are the same bit for bit. */
#include "model/net_lanes.h"

#if KH_NET_X86
#include <immintrin.h>

#define AVX2 KH_NET_FOR("avx2")
#define INLINE AVX2 static inline __attribute__((always_inline))

INLINE __m256i load(const int16_t *p)
{
	return _mm256_loadu_si256((const void *)p);
}

INLINE __m256i pair_at(const int16_t *p) /* two inputs, in every lane */
{
	int32_t v;
	memcpy(&v, p, sizeof v);
	return _mm256_set1_epi32(v);
}

INLINE int32_t sum_of(__m256i s)
{
	__m128i t = _mm_add_epi32(_mm256_castsi256_si128(s), _mm256_extracti128_si256(s, 1));
	t = _mm_add_epi32(t, _mm_shuffle_epi32(t, 0x4E));
	t = _mm_add_epi32(t, _mm_shuffle_epi32(t, 0xB1));
	return _mm_cvtsi128_si32(t);
}

INLINE void put(const __m256i *s, __m128i by, int16_t *y) /* 16 sums, cut to int16 */
{
	__m256i p = _mm256_packs_epi32(_mm256_sra_epi32(s[0], by), _mm256_sra_epi32(s[1], by));
	_mm256_storeu_si256((void *)y, _mm256_permute4x64_epi64(p, 0xD8));
}

/* `rows` words by one block of 16 outputs. */
INLINE void tile(const int8_t *w, const int32_t *bias, uint32_t in, const int16_t *x, uint32_t rows,
		 unsigned shift, int16_t *y, uint32_t stride)
{
	__m256i s[6][2];
	const __m128i by = _mm_cvtsi32_si128((int)shift);
	for (uint32_t r = 0; r < rows; r++) {
		s[r][0] = _mm256_loadu_si256((const void *)bias);
		s[r][1] = _mm256_loadu_si256((const void *)(bias + 8));
	}
	for (uint32_t k = 0; k < in; k += 2, w += 32) {
		__m256i a = _mm256_cvtepi8_epi16(_mm_loadu_si128((const void *)w));
		__m256i b = _mm256_cvtepi8_epi16(_mm_loadu_si128((const void *)(w + 16)));
#pragma GCC unroll 6
		for (uint32_t r = 0; r < rows; r++) {
			__m256i v = pair_at(x + (size_t)r * in + k);
			s[r][0] = _mm256_add_epi32(s[r][0], _mm256_madd_epi16(v, a));
			s[r][1] = _mm256_add_epi32(s[r][1], _mm256_madd_epi16(v, b));
		}
	}
	for (uint32_t r = 0; r < rows; r++)
		put(s[r], by, y + (size_t)r * stride);
}

/* All rows by the block of outputs that starts at `block`. */
AVX2 static void direct(const struct kh_net_matrix *m, uint32_t block, const int16_t *x, uint32_t n,
			unsigned shift, int16_t *y)
{
	const int8_t *w = m->w + (size_t)block * m->in;
	const int32_t *bias = m->bias + block;
	int16_t *to = y + block;
	uint32_t t = 0, in = m->in, out = m->out;
	for (; t + 6 <= n; t += 6, x += 6 * (size_t)in, to += 6 * (size_t)out)
		tile(w, bias, in, x, 6, shift, to, out);
	if (n - t >= 3) {
		tile(w, bias, in, x, 3, shift, to, out);
		t += 3, x += 3 * (size_t)in, to += 3 * (size_t)out;
	}
	if (n - t == 2)
		tile(w, bias, in, x, 2, shift, to, out);
	else if (n - t == 1)
		tile(w, bias, in, x, 1, shift, to, out);
}

/* ---- crossed products ----
 * x0 w0 + x2 w2 = (x0 + w2) (x2 + w0) - x0 x2 - w0 w2 (Winograd 1968): half the multiplications,
 * for which many processors have one unit and three for sums. What is taken away depends on the
 * row or on the output alone. Sums wrap; the results do not, as they fit without. */

enum { MOST = 64, FEW = 4, WIDTH = 32 }; /* rows at once; not worth it; outputs of a strip */

/* Of a row: x0 x2 + x1 x3 of each four. False where x + w may not fit 16 bits. */
INLINE bool row_part(const int16_t *x, uint32_t in, int32_t *part)
{
	__m256i s = _mm256_setzero_si256(), top = s, low = s;
	for (uint32_t k = 0; k < in; k += 16) {
		__m256i v = load(x + k);
		top = _mm256_max_epi16(top, v);
		low = _mm256_min_epi16(low, v);
		s = _mm256_add_epi32(s, _mm256_madd_epi16(v, _mm256_srli_epi64(v, 32)));
	}
	*part = sum_of(s);
	__m256i out = _mm256_or_si256(_mm256_cmpgt_epi16(top, _mm256_set1_epi16(INT16_MAX - 128)),
				      _mm256_cmpgt_epi16(_mm256_set1_epi16(INT16_MIN + 128), low));
	return _mm256_testz_si256(out, out);
}

/* The weights of 16 outputs, made int16, into half of each line of a strip; of each output its bias
 * less w0 w2 + w1 w3 of each four. */
INLINE void widen(const struct kh_net_matrix *m, uint32_t block, int16_t *strip, int32_t *bias)
{
	const int8_t *w = m->w + (size_t)block * m->in;
	__m256i part[2] = {_mm256_loadu_si256((const void *)(m->bias + block)),
			   _mm256_loadu_si256((const void *)(m->bias + block + 8))};
	for (uint32_t k = 0; k < m->in; k += 4, strip += 4 * WIDTH)
		for (uint32_t q = 0; q < 2; q++, w += 16) {
			__m256i a = _mm256_cvtepi8_epi16(_mm_loadu_si128((const void *)w));
			__m256i b = _mm256_cvtepi8_epi16(_mm_loadu_si128((const void *)(w + 32)));
			_mm256_storeu_si256((void *)(strip + 16 * q), a);
			_mm256_storeu_si256((void *)(strip + 2 * WIDTH + 16 * q), b);
			part[q] = _mm256_sub_epi32(part[q], _mm256_madd_epi16(a, b));
			w += q * 32;
		}
	_mm256_storeu_si256((void *)bias, part[0]);
	_mm256_storeu_si256((void *)(bias + 8), part[1]);
}

/* `rows` words by a strip of 32 outputs. */
INLINE void crossed(const int16_t *w, const int32_t *bias, const int32_t *part, uint32_t in,
		    const int16_t *x, uint32_t rows, unsigned shift, int16_t *y, uint32_t stride)
{
	__m256i s[2][4];
	const __m128i by = _mm_cvtsi32_si128((int)shift);
	for (uint32_t r = 0; r < rows; r++)
		for (uint32_t q = 0; q < 4; q++)
			s[r][q] = _mm256_sub_epi32(_mm256_loadu_si256((const void *)(bias + 8 * q)),
						   _mm256_set1_epi32(part[r]));
	for (uint32_t k = 0; k < in; k += 4, w += 4 * WIDTH)
#pragma GCC unroll 2
		for (uint32_t r = 0; r < rows; r++) {
			__m256i v0 = pair_at(x + (size_t)r * in + k);
			__m256i v2 = pair_at(x + (size_t)r * in + k + 2);
#pragma GCC unroll 4
			for (uint32_t q = 0; q < 4; q++)
				s[r][q] = _mm256_add_epi32(
					s[r][q],
					_mm256_madd_epi16(
						_mm256_add_epi16(v0, load(w + 2 * WIDTH + 16 * q)),
						_mm256_add_epi16(v2, load(w + 16 * q))));
		}
	for (uint32_t r = 0; r < rows; r++)
		for (uint32_t q = 0; q < 4; q += 2)
			put(s[r] + q, by, y + (size_t)r * stride + 8 * q);
}

/* At most MOST rows, of which all may be crossed, by 32 outputs. */
AVX2 static void strip_of(const struct kh_net_matrix *m, uint32_t block, const int32_t *part,
			  const int16_t *x, uint32_t n, unsigned shift, int16_t *y)
{
	_Alignas(64) int16_t strip[KH_NET_WIDE * WIDTH];
	int32_t bias[WIDTH];
	const uint32_t in = m->in, out = m->out;
	widen(m, block, strip, bias);
	widen(m, block + 16, strip + WIDTH, bias + 16);
	uint32_t t = 0;
	for (; t + 2 <= n; t += 2)
		crossed(strip, bias, part + t, in, x + (size_t)t * in, 2, shift,
			y + (size_t)t * out + block, out);
	if (t < n)
		crossed(strip, bias, part + t, in, x + (size_t)t * in, 1, shift,
			y + (size_t)t * out + block, out);
}

AVX2 static void some_rows(const struct kh_net_matrix *m, const int16_t *x, uint32_t n,
			   unsigned shift, int16_t *y)
{
	int32_t part[MOST];
	uint32_t block = 0;
	bool cross = n >= FEW && m->in % 16 == 0 && m->in <= KH_NET_WIDE;
	for (uint32_t t = 0; cross && t < n; t++)
		cross = row_part(x + (size_t)t * m->in, m->in, &part[t]);
	for (; cross && block + WIDTH <= m->out; block += WIDTH)
		strip_of(m, block, part, x, n, shift, y);
	for (; block < m->out; block += 16)
		direct(m, block, x, n, shift, y);
}

AVX2 static void product(const struct kh_net_matrix *m, const int16_t *x, uint32_t n,
			 unsigned shift, int16_t *y)
{
	for (uint32_t t = 0; t < n; t += MOST)
		some_rows(m, x + (size_t)t * m->in, n - t < MOST ? n - t : MOST, shift,
			  y + (size_t)t * m->out);
}

/* ---- the others ---- */

INLINE __m256i gate(__m256i p)
{
	const __m256i one = _mm256_set1_epi16(16384), none = _mm256_setzero_si256();
	__m256i a = _mm256_max_epi16(p, _mm256_subs_epi16(none, p));
	__m256i u = _mm256_sub_epi16(one, _mm256_min_epi16(a, one));
	__m256i s = _mm256_slli_epi16(_mm256_mulhi_epi16(u, u), 1);
	return _mm256_blendv_epi8(_mm256_sub_epi16(one, s), s, _mm256_cmpgt_epi16(none, p));
}

INLINE __m256i bend_one(__m256i p)
{
	const __m256i one = _mm256_set1_epi16(8192), none = _mm256_setzero_si256();
	__m256i a = _mm256_max_epi16(p, _mm256_subs_epi16(none, p));
	__m256i u = _mm256_slli_epi16(_mm256_sub_epi16(one, _mm256_min_epi16(a, one)), 1);
	__m256i y = _mm256_sub_epi16(one, _mm256_slli_epi16(_mm256_mulhi_epi16(u, u), 1));
	__m256i sign = _mm256_cmpgt_epi16(none, p);
	return _mm256_sub_epi16(_mm256_xor_si256(y, sign), sign);
}

/* (a (16384 - g) + b g) / 16384, rounded */
INLINE __m256i between(__m256i a, __m256i b, __m256i g)
{
	const __m256i half = _mm256_set1_epi32(8192);
	__m256i f = _mm256_sub_epi16(_mm256_set1_epi16(16384), g);
	__m256i low = _mm256_madd_epi16(_mm256_unpacklo_epi16(a, b), _mm256_unpacklo_epi16(f, g));
	__m256i high = _mm256_madd_epi16(_mm256_unpackhi_epi16(a, b), _mm256_unpackhi_epi16(f, g));
	return _mm256_packs_epi32(_mm256_srai_epi32(_mm256_add_epi32(low, half), 14),
				  _mm256_srai_epi32(_mm256_add_epi32(high, half), 14));
}

AVX2 void kh_net_avx2_step(const int16_t *pre, const int16_t *feed, const int16_t *x, uint32_t n,
			   int16_t *c, int16_t *h)
{
	for (uint32_t j = 0; j < n; j += 16) {
		__m256i old = load(c + j);
		__m256i in = x ? load(x + j) : _mm256_setzero_si256();
		__m256i g = gate(_mm256_adds_epi16(load(pre + n + j),
						   _mm256_mulhi_epi16(load(feed + j), old)));
		__m256i r = gate(_mm256_adds_epi16(load(pre + 2 * n + j),
						   _mm256_mulhi_epi16(load(feed + n + j), old)));
		__m256i now = between(old, bend_one(load(pre + j)), g);
		_mm256_storeu_si256((void *)(c + j), now);
		_mm256_storeu_si256((void *)(h + j), between(in, now, r));
	}
}

AVX2 void kh_net_avx2_dots(const int16_t *a, const int16_t *b, uint32_t size, uint32_t stride,
			   uint32_t n, int32_t *y)
{
	for (uint32_t k = 0; k < n; k++) {
		const int16_t *row = b + (size_t)k * stride;
		__m256i s = _mm256_setzero_si256();
		for (uint32_t i = 0; i < size; i += 16)
			s = _mm256_add_epi32(s, _mm256_madd_epi16(load(a + i), load(row + i)));
		y[k] = sum_of(s) >> 10;
	}
}

AVX2 void kh_net_avx2_bend(int16_t *x, uint32_t n)
{
	for (uint32_t i = 0; i < n; i += 16)
		_mm256_storeu_si256((void *)(x + i), bend_one(load(x + i)));
}

const struct kh_net_kernels kh_net_avx2 = {product, kh_net_avx2_step, kh_net_avx2_dots,
					   kh_net_avx2_bend};
#endif
