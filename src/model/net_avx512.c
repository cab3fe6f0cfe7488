/* The kernels of net.h for processors with AVX-512, with and without VNNI: the products, a block of
 * 16 outputs in one register; the rest as with AVX2. See net_plain.c for what each does; the
 * results are the same bit for bit. */
#include "model/net_lanes.h"

#if KH_NET_X86
#include <immintrin.h>

enum { ROWS = 12 }; /* sums that are under way at once */

#define BW KH_NET_FOR("avx2,avx512f,avx512bw")
#define VNNI KH_NET_FOR("avx2,avx512f,avx512bw,avx512vnni")
#define INLINE static inline __attribute__((always_inline))

BW INLINE __m512i weights(const int8_t *w)
{
	return _mm512_cvtepi8_epi16(_mm256_loadu_si256((const void *)w));
}

BW INLINE __m512i pair_at(const int16_t *p) /* two inputs, in every lane */
{
	int32_t v;
	memcpy(&v, p, sizeof v);
	return _mm512_set1_epi32(v);
}

BW INLINE void keep(const __m512i *s, uint32_t rows, unsigned shift, int16_t *y, uint32_t stride)
{
	for (uint32_t r = 0; r < rows; r++)
		_mm256_storeu_si256((void *)(y + (size_t)r * stride),
				    _mm512_cvtsepi32_epi16(
					    _mm512_sra_epi32(s[r], _mm_cvtsi32_si128((int)shift))));
}

/* `rows` words by one block of 16 outputs. */
BW INLINE void tile(const int8_t *w, const int32_t *bias, uint32_t in, const int16_t *x,
		    uint32_t rows, unsigned shift, int16_t *y, uint32_t stride)
{
	__m512i s[ROWS];
	for (uint32_t r = 0; r < rows; r++)
		s[r] = _mm512_loadu_si512((const void *)bias);
	for (uint32_t k = 0; k < in; k += 2, w += 32) {
		__m512i v = weights(w);
#pragma GCC unroll 12
		for (uint32_t r = 0; r < rows; r++)
			s[r] = _mm512_add_epi32(
				s[r], _mm512_madd_epi16(pair_at(x + (size_t)r * in + k), v));
	}
	keep(s, rows, shift, y, stride);
}

VNNI INLINE void tile_fused(const int8_t *w, const int32_t *bias, uint32_t in, const int16_t *x,
			    uint32_t rows, unsigned shift, int16_t *y, uint32_t stride)
{
	__m512i s[ROWS];
	for (uint32_t r = 0; r < rows; r++)
		s[r] = _mm512_loadu_si512((const void *)bias);
	for (uint32_t k = 0; k < in; k += 2, w += 32) {
		__m512i v = weights(w);
#pragma GCC unroll 12
		for (uint32_t r = 0; r < rows; r++)
			s[r] = _mm512_dpwssd_epi32(s[r], pair_at(x + (size_t)r * in + k), v);
	}
	keep(s, rows, shift, y, stride);
}

/* All rows by all blocks, in tiles of constant height. */
#define EACH(tile)                                                                                 \
	for (uint32_t block = 0; block < m->out; block += 16) {                                    \
		const int8_t *w = m->w + (size_t)block * m->in;                                    \
		const int32_t *bias = m->bias + block;                                             \
		const int16_t *from = x;                                                           \
		int16_t *to = y + block;                                                           \
		uint32_t left = n, in = m->in, out = m->out;                                       \
		for (; left >= ROWS;                                                               \
		     left -= ROWS, from += ROWS * (size_t)in, to += ROWS * (size_t)out)            \
			tile(w, bias, in, from, ROWS, shift, to, out);                             \
		if (left >= 6) {                                                                   \
			tile(w, bias, in, from, 6, shift, to, out);                                \
			left -= 6, from += 6 * (size_t)in, to += 6 * (size_t)out;                  \
		}                                                                                  \
		if (left >= 3) {                                                                   \
			tile(w, bias, in, from, 3, shift, to, out);                                \
			left -= 3, from += 3 * (size_t)in, to += 3 * (size_t)out;                  \
		}                                                                                  \
		if (left == 2)                                                                     \
			tile(w, bias, in, from, 2, shift, to, out);                                \
		else if (left == 1)                                                                \
			tile(w, bias, in, from, 1, shift, to, out);                                \
	}

BW static void product(const struct kh_net_matrix *m, const int16_t *x, uint32_t n, unsigned shift,
		       int16_t *y){EACH(tile)}

VNNI static void product_fused(const struct kh_net_matrix *m, const int16_t *x, uint32_t n,
			       unsigned shift, int16_t *y)
{
	EACH(tile_fused)
}

const struct kh_net_kernels kh_net_avx512 = {product, kh_net_avx2_step, kh_net_avx2_dots,
					     kh_net_avx2_bend};
const struct kh_net_kernels kh_net_vnni = {product_fused, kh_net_avx2_step, kh_net_avx2_dots,
					   kh_net_avx2_bend};
#endif
