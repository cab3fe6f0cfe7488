/* Products of matrices for khabar-train, in one fixed order, so that the same data give the same
 * weights on every machine with AVX2 and FMA. In: row-major floats. Out: C = or += op(A) op(B).
 * Panels of 6 rows and 16 columns are copied together first; a kernel keeps 12 sums in registers.
 */
#include <stdlib.h>
#include <string.h>

#include "train_net.h"

enum { ROWS = 6, COLS = 16, DEPTH = 256 };

typedef float lane __attribute__((vector_size(32), aligned(4)));

static void pack_a(const float *a, size_t ra, size_t ca, size_t m, size_t k, float *to)
{
	for (size_t i = 0; i < m; i += ROWS)
		for (size_t p = 0; p < k; p++)
			for (size_t r = 0; r < ROWS; r++)
				*to++ = i + r < m ? a[(i + r) * ra + p * ca] : 0;
}

static void pack_b(const float *b, size_t rb, size_t cb, size_t k, size_t n, float *to)
{
	for (size_t j = 0; j < n; j += COLS)
		for (size_t p = 0; p < k; p++)
			for (size_t c = 0; c < COLS; c++)
				*to++ = j + c < n ? b[p * rb + (j + c) * cb] : 0;
}

/* One block of 6 x 16 sums into `out`. */
static void kernel(const float *a, const float *b, size_t k, float *out)
{
	lane s[ROWS][2] = {0};
	for (size_t p = 0; p < k; p++, a += ROWS, b += COLS) {
		lane b0 = *(const lane *)b, b1 = *(const lane *)(b + 8);
		for (int r = 0; r < ROWS; r++) {
			s[r][0] += a[r] * b0;
			s[r][1] += a[r] * b1;
		}
	}
	memcpy(out, s, sizeof s);
}

static void add_block(float *c, size_t ldc, const float *block, size_t m, size_t n)
{
	for (size_t r = 0; r < m; r++)
		for (size_t j = 0; j < n; j++)
			c[r * ldc + j] += block[r * COLS + j];
}

/* Strides: element (i,p) of op(A) is a[i*ra + p*ca], and so on. */
static void product(float *c, size_t ldc, const float *a, size_t ra, size_t ca, const float *b,
		    size_t rb, size_t cb, size_t m, size_t n, size_t k)
{
	static float *pa, *pb;
	static size_t room_a, room_b;
	size_t need_a = (m + ROWS) * DEPTH, need_b = (n + COLS) * DEPTH;
	if (need_a > room_a)
		pa = realloc(pa, (room_a = need_a) * sizeof *pa);
	if (need_b > room_b)
		pb = realloc(pb, (room_b = need_b) * sizeof *pb);
	for (size_t p = 0; p < k; p += DEPTH) {
		size_t d = k - p < DEPTH ? k - p : DEPTH;
		pack_a(a + p * ca, ra, ca, m, d, pa);
		pack_b(b + p * rb, rb, cb, d, n, pb);
		for (size_t j = 0; j < n; j += COLS)
			for (size_t i = 0; i < m; i += ROWS) {
				float block[ROWS * COLS];
				kernel(pa + i * d, pb + j * d, d, block);
				add_block(c + i * ldc + j, ldc, block, m - i < ROWS ? m - i : ROWS,
					  n - j < COLS ? n - j : COLS);
			}
	}
}

void gemm(float *c, const float *a, const float *b, size_t m, size_t n, size_t k)
{
	memset(c, 0, m * n * sizeof *c);
	product(c, n, a, k, 1, b, n, 1, m, n, k);
}

void gemm_ta_add(float *c, const float *a, const float *b, size_t m, size_t n, size_t k)
{
	product(c, n, a, 1, m, b, n, 1, m, n, k);
}

void gemm_tb_add(float *c, const float *a, const float *b, size_t m, size_t n, size_t k)
{
	product(c, n, a, k, 1, b, 1, k, m, n, k);
}
