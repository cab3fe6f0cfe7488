/* The kernels of net.h for 64-bit ARM: 8 numbers at a time. See net_plain.c for what each does; the
 * results are the same bit for bit. */
#include "model/net_lanes.h"

#if KH_NET_NEON
#include <arm_neon.h>

#define INLINE static inline __attribute__((always_inline))

/* `rows` words by one block of 16 outputs. */
INLINE void tile(const int8_t *w, const int32_t *bias, uint32_t in, const int16_t *x, uint32_t rows,
		 unsigned shift, int16_t *y, uint32_t stride)
{
	int32x4_t s[4][4];
	const int32x4_t by = vdupq_n_s32(-(int)shift);
	for (uint32_t r = 0; r < rows; r++)
		for (uint32_t q = 0; q < 4; q++)
			s[r][q] = vld1q_s32(bias + 4 * q);
	for (uint32_t k = 0; k < in; k += 2, w += 32) {
		int8x16x2_t both = vld2q_s8(w); /* of an input each: its weights to 16 outputs */
		int16x8_t v[2][2] = {
			{vmovl_s8(vget_low_s8(both.val[0])), vmovl_s8(vget_high_s8(both.val[0]))},
			{vmovl_s8(vget_low_s8(both.val[1])), vmovl_s8(vget_high_s8(both.val[1]))}};
#pragma GCC unroll 4
		for (uint32_t r = 0; r < rows; r++) {
			const int16_t *p = x + (size_t)r * in + k;
#pragma GCC unroll 2
			for (uint32_t i = 0; i < 2; i++) {
				int16x4_t one = vdup_n_s16(p[i]);
				s[r][0] = vmlal_s16(s[r][0], vget_low_s16(v[i][0]), one);
				s[r][1] = vmlal_s16(s[r][1], vget_high_s16(v[i][0]), one);
				s[r][2] = vmlal_s16(s[r][2], vget_low_s16(v[i][1]), one);
				s[r][3] = vmlal_s16(s[r][3], vget_high_s16(v[i][1]), one);
			}
		}
	}
	for (uint32_t r = 0; r < rows; r++)
		for (uint32_t q = 0; q < 4; q++)
			vst1_s16(y + (size_t)r * stride + 4 * q,
				 vqmovn_s32(vshlq_s32(s[r][q], by)));
}

static void product(const struct kh_net_matrix *m, const int16_t *x, uint32_t n, unsigned shift,
		    int16_t *y)
{
	for (uint32_t block = 0; block < m->out; block += 16) {
		const int8_t *w = m->w + (size_t)block * m->in;
		const int32_t *bias = m->bias + block;
		const int16_t *from = x;
		int16_t *to = y + block;
		uint32_t left = n, in = m->in, out = m->out;
		for (; left >= 4; left -= 4, from += 4 * (size_t)in, to += 4 * (size_t)out)
			tile(w, bias, in, from, 4, shift, to, out);
		for (; left; left--, from += in, to += out)
			tile(w, bias, in, from, 1, shift, to, out);
	}
}

/* a b / 65536; not both are -32768 */
INLINE int16x8_t high(int16x8_t a, int16x8_t b)
{
	return vshrq_n_s16(vqdmulhq_s16(a, b), 1);
}

INLINE int16x8_t gate(int16x8_t p)
{
	const int16x8_t one = vdupq_n_s16(16384);
	int16x8_t u = vsubq_s16(one, vminq_s16(vqabsq_s16(p), one));
	int16x8_t s = vshlq_n_s16(high(u, u), 1);
	return vbslq_s16(vcltzq_s16(p), s, vsubq_s16(one, s));
}

INLINE int16x8_t bend_one(int16x8_t p)
{
	const int16x8_t one = vdupq_n_s16(8192);
	int16x8_t u = vshlq_n_s16(vsubq_s16(one, vminq_s16(vqabsq_s16(p), one)), 1);
	int16x8_t y = vsubq_s16(one, vshlq_n_s16(high(u, u), 1));
	return vbslq_s16(vcltzq_s16(p), vnegq_s16(y), y);
}

/* (a (16384 - g) + b g) / 16384, rounded */
INLINE int16x8_t between(int16x8_t a, int16x8_t b, int16x8_t g)
{
	int16x8_t f = vsubq_s16(vdupq_n_s16(16384), g);
	int32x4_t low = vmlal_s16(vmull_s16(vget_low_s16(a), vget_low_s16(f)), vget_low_s16(b),
				  vget_low_s16(g));
	int32x4_t top = vmlal_s16(vmull_s16(vget_high_s16(a), vget_high_s16(f)), vget_high_s16(b),
				  vget_high_s16(g));
	return vcombine_s16(vqrshrn_n_s32(low, 14), vqrshrn_n_s32(top, 14));
}

static void step(const int16_t *pre, const int16_t *feed, const int16_t *x, uint32_t n, int16_t *c,
		 int16_t *h)
{
	for (uint32_t j = 0; j < n; j += 8) {
		int16x8_t old = vld1q_s16(c + j), in = x ? vld1q_s16(x + j) : vdupq_n_s16(0);
		int16x8_t g =
			gate(vqaddq_s16(vld1q_s16(pre + n + j), high(vld1q_s16(feed + j), old)));
		int16x8_t r = gate(
			vqaddq_s16(vld1q_s16(pre + 2 * n + j), high(vld1q_s16(feed + n + j), old)));
		int16x8_t now = between(old, bend_one(vld1q_s16(pre + j)), g);
		vst1q_s16(c + j, now);
		vst1q_s16(h + j, between(in, now, r));
	}
}

static void dots(const int16_t *a, const int16_t *b, uint32_t size, uint32_t stride, uint32_t n,
		 int32_t *y)
{
	for (uint32_t k = 0; k < n; k++) {
		const int16_t *row = b + (size_t)k * stride;
		int32x4_t s[2] = {vdupq_n_s32(0), vdupq_n_s32(0)};
		for (uint32_t i = 0; i < size; i += 8) {
			int16x8_t p = vld1q_s16(a + i), q = vld1q_s16(row + i);
			s[0] = vmlal_s16(s[0], vget_low_s16(p), vget_low_s16(q));
			s[1] = vmlal_s16(s[1], vget_high_s16(p), vget_high_s16(q));
		}
		y[k] = vaddvq_s32(vaddq_s32(s[0], s[1])) >> 10;
	}
}

static void bend(int16_t *x, uint32_t n)
{
	for (uint32_t i = 0; i < n; i += 8)
		vst1q_s16(x + i, bend_one(vld1q_s16(x + i)));
}

const struct kh_net_kernels kh_net_neon = {product, step, dots, bend};
#endif
