/* The kernels of net.h in plain C: what the others must equal. In: int16 numbers and int8 weights.
 * Out: int16 numbers. Sums wrap as the vectors' do, so they are made of unsigned numbers. */
#include "model/net_lanes.h"

static int32_t cut(int32_t x, int32_t low, int32_t high)
{
	return x < low ? low : x > high ? high : x;
}

static int16_t narrow(int32_t x)
{
	return (int16_t)cut(x, INT16_MIN, INT16_MAX);
}

static void product(const struct kh_net_matrix *m, const int16_t *x, uint32_t n, unsigned shift,
		    int16_t *y)
{
	for (uint32_t block = 0; block < m->out; block += 16) {
		const int8_t *w = m->w + (size_t)block * m->in;
		for (uint32_t t = 0; t < n; t++) {
			const int16_t *row = x + (size_t)t * m->in;
			uint32_t sum[16];
			for (uint32_t o = 0; o < 16; o++)
				sum[o] = (uint32_t)m->bias[block + o];
			for (uint32_t k = 0; k < m->in; k++)
				for (uint32_t o = 0; o < 16; o++)
					sum[o] += (uint32_t)(row[k] *
							     w[(k / 2 * 16 + o) * 2 + k % 2]);
			for (uint32_t o = 0; o < 16; o++)
				y[(size_t)t * m->out + block + o] =
					narrow((int32_t)sum[o] >> shift);
		}
	}
}

/* sigmoid: 1/4096 in, 1/16384 out */
static int32_t gate(int32_t p)
{
	int32_t a = p < 0 ? (p == INT16_MIN ? INT16_MAX : -p) : p;
	int32_t u = 16384 - (a < 16384 ? a : 16384);
	int32_t s = (u * u >> 16) * 2;
	return p < 0 ? s : 16384 - s;
}

static int32_t bend_one(int32_t p)
{
	int32_t a = p < 0 ? (p == INT16_MIN ? INT16_MAX : -p) : p;
	int32_t u = (8192 - (a < 8192 ? a : 8192)) * 2;
	int32_t y = 8192 - (u * u >> 16) * 2;
	return p < 0 ? -y : y;
}

static void bend(int16_t *x, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		x[i] = (int16_t)bend_one(x[i]);
}

static void step(const int16_t *pre, const int16_t *feed, const int16_t *x, uint32_t n, int16_t *c,
		 int16_t *h)
{
	for (uint32_t j = 0; j < n; j++) {
		int32_t old = c[j], z = bend_one(pre[j]), in = x ? x[j] : 0;
		int32_t g = gate(narrow(pre[n + j] + (feed[j] * old >> 16)));
		int32_t r = gate(narrow(pre[2 * n + j] + (feed[n + j] * old >> 16)));
		int32_t now = (old * (16384 - g) + z * g + 8192) >> 14;
		c[j] = narrow(now);
		h[j] = narrow((in * (16384 - r) + c[j] * r + 8192) >> 14);
	}
}

static void dots(const int16_t *a, const int16_t *b, uint32_t size, uint32_t stride, uint32_t n,
		 int32_t *y)
{
	for (uint32_t k = 0; k < n; k++) {
		const int16_t *row = b + (size_t)k * stride;
		uint32_t sum = 0;
		for (uint32_t i = 0; i < size; i++)
			sum += (uint32_t)(a[i] * row[i]);
		y[k] = (int32_t)sum >> 10;
	}
}

const struct kh_net_kernels kh_net_plain = {product, step, dots, bend};
