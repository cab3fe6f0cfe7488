/* Each set of kernels of the net gives the same bits as plain C. Out: a line a set: "same", or why
 * it was not run. Built three ways by ./run: for this processor, with vectors that SIMDe makes of
 * any processor's (KH_NET_ALIAS: all sets, from the same files), and for another processor. */
#include <stdio.h>
#include <string.h>

#include "model/net_lanes.h"

enum { IN = 144, OUT = 96, HIDDEN = 48, MOST = 40 };

static uint64_t seed = 88172645463325252u;

static uint32_t dice(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (uint32_t)(seed >> 20);
}

static void shorts(int16_t *x, size_t n, int low, int high)
{
	for (size_t i = 0; i < n; i++)
		x[i] = (int16_t)(low + (int)(dice() % (unsigned)(high - low + 1)));
}

/* Numbers as layers make them, all numbers, and numbers at both ends. */
static void inputs(int16_t *x, size_t n, unsigned turn)
{
	shorts(x, n, turn % 3 ? -8192 : INT16_MIN, turn % 3 ? 8192 : INT16_MAX);
	if (turn % 3 == 2)
		for (size_t i = 0; i < n; i++)
			x[i] = (int16_t)(dice() % 2 ? 32639 : -32640);
}

static const char *products(const struct kh_net_kernels *k)
{
	static int8_t w[IN * OUT];
	static int32_t bias[OUT];
	static int16_t x[MOST * IN], a[MOST * OUT], b[MOST * OUT];
	for (unsigned turn = 0; turn < 3 * MOST; turn++) {
		for (size_t i = 0; i < sizeof w; i++)
			w[i] = (int8_t)(turn % 5     ? (int)(dice() % 256) - 128
					: dice() % 2 ? 127
						     : -128);
		for (size_t i = 0; i < OUT; i++)
			bias[i] = (int32_t)(dice() % (1 << 24)) - (1 << 23);
		inputs(x, MOST * IN, turn / MOST);
		struct kh_net_matrix m = {w, bias, IN, turn % 2 ? OUT : OUT - 16};
		unsigned rows = turn % MOST + 1, shift = turn % 3 ? 8 : 10;
		memset(a, 0, sizeof a);
		memset(b, 0, sizeof b);
		kh_net_plain.product(&m, x, rows, shift, a);
		k->product(&m, x, rows, shift, b);
		if (memcmp(a, b, sizeof a) != 0)
			return "products";
	}
	return NULL;
}

static const char *steps(const struct kh_net_kernels *k)
{
	static int16_t pre[3 * HIDDEN], feed[2 * HIDDEN], x[HIDDEN];
	for (unsigned turn = 0; turn < 4000; turn++) {
		int16_t c[2][HIDDEN], h[2][HIDDEN];
		shorts(pre, 3 * HIDDEN, turn % 2 ? -20000 : INT16_MIN,
		       turn % 2 ? 20000 : INT16_MAX);
		shorts(feed, 2 * HIDDEN, -INT16_MAX, INT16_MAX);
		shorts(x, HIDDEN, -8192, 8192);
		shorts(c[0], HIDDEN, -8192, 8192);
		memcpy(c[1], c[0], sizeof c[0]);
		kh_net_plain.step(pre, feed, turn % 3 ? x : NULL, HIDDEN, c[0], h[0]);
		k->step(pre, feed, turn % 3 ? x : NULL, HIDDEN, c[1], h[1]);
		if (memcmp(c[0], c[1], sizeof c[0]) != 0 || memcmp(h[0], h[1], sizeof h[0]) != 0)
			return "steps";
		for (unsigned j = 0; j < HIDDEN; j++)
			if (c[0][j] < -8192 || c[0][j] > 8192)
				return "states out of range";
	}
	return NULL;
}

static const char *dots_and_bends(const struct kh_net_kernels *k)
{
	static int16_t a[IN], b[MOST * IN], x[2][MOST * IN];
	for (unsigned turn = 0; turn < 200; turn++) {
		int32_t y[2][MOST];
		shorts(a, IN, INT16_MIN, INT16_MAX);
		shorts(b, MOST * IN, INT16_MIN, INT16_MAX);
		kh_net_plain.dots(a, b, IN, IN, MOST, y[0]);
		k->dots(a, b, IN, IN, MOST, y[1]);
		if (memcmp(y[0], y[1], sizeof y[0]) != 0)
			return "dots";
		memcpy(x[0], b, sizeof b);
		memcpy(x[1], b, sizeof b);
		kh_net_plain.bend(x[0], MOST * IN);
		k->bend(x[1], MOST * IN);
		if (memcmp(x[0], x[1], sizeof x[0]) != 0)
			return "bends";
	}
	return NULL;
}

static const char *const name[KH_LANES_KINDS] = {"plain", "neon", "sse2", "avx2", "avx512", "vnni"};

#ifdef KH_NET_ALIAS
static const struct kh_net_kernels *kernels(enum kh_lanes l)
{
	static const struct kh_net_kernels *const all[KH_LANES_KINDS] = {
		&kh_net_plain, &kh_net_neon,   &kh_net_sse2,
		&kh_net_avx2,  &kh_net_avx512, &kh_net_vnni};
	return all[l];
}
#else
static const struct kh_net_kernels *kernels(enum kh_lanes l)
{
	return kh_net_kernels(l);
}
#endif

int main(void)
{
	int bad = 0;
	for (int l = KH_LANES_PLAIN + 1; l < KH_LANES_KINDS; l++) {
		const struct kh_net_kernels *k = kernels((enum kh_lanes)l);
		if (!k) {
			printf("  %-6s not run: this processor has no such vectors\n", name[l]);
			continue;
		}
		const char *what = products(k);
		what = what ? what : steps(k);
		what = what ? what : dots_and_bends(k);
		printf("  %-6s %s%s\n", name[l], what ? "OTHER BITS than plain C: " : "same",
		       what ? what : "");
		bad |= what != NULL;
	}
	return bad;
}
