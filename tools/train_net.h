/* khabar-train: floats, parameters, and the layers that the integer net of src/model/net.h copies.
 */
#ifndef KHABAR_TRAIN_NET_H
#define KHABAR_TRAIN_NET_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* C = A B; C += A' B; C += A B'. C is m x n, k is what is summed over. */
void gemm(float *c, const float *a, const float *b, size_t m, size_t n, size_t k);
void gemm_ta_add(float *c, const float *a, const float *b, size_t m, size_t n, size_t k);
void gemm_tb_add(float *c, const float *a, const float *b, size_t m, size_t n, size_t k);

enum param_kind {
	PARAM_FREE,  /* biases: kept as they are */
	PARAM_BYTE,  /* 1/128 steps in (-1,1): int8 in the image */
	PARAM_SHORT, /* (-1,1), int16 */
	PARAM_TABLE, /* rows of an embedding: only those met are touched */
};

struct param {
	uint32_t rows, cols;
	enum param_kind kind;
	float *w, *g, *m, *v, *mean; /* value, gradient, Adam's moments, running mean */
	float *q;		     /* PARAM_BYTE: as the image will have it */
	uint32_t *met, n_met;	     /* PARAM_TABLE: rows with a gradient */
	uint8_t *is_met;
};

enum { PARAMS_MOST = 40 };

struct params {
	struct param *p[PARAMS_MOST];
	uint32_t n, step;
};

void param_new(struct params *all, struct param *p, uint32_t rows, uint32_t cols,
	       enum param_kind kind, float scale);
void param_met(struct param *p, uint32_t row);
/* Rounds what will be bytes; call before each forward pass. */
void params_round(struct params *all);
/* One step of Adam with the gradients clipped to `clip`; gradients are zeroed. */
void params_step(struct params *all, float rate, float clip);
/* Swaps the weights with their running means. */
void params_swap(struct params *all);

void random_seed(uint64_t s); /* another order of everything; the same seed, the same weights */
uint32_t random_below(uint32_t n);
float random_unit(void); /* [0,1) */
/* Zeroes a share of x and scales the rest; keeps the factors in mask. */
void drop_out(float *x, float *mask, size_t n, float share);
void drop_back(float *d, const float *mask, size_t n);

static inline float least(float a, float b)
{
	return a < b ? a : b;
}
static inline float most(float a, float b)
{
	return a > b ? a : b;
}

/* sigmoid and tanh in two parabolas each, as the integers have them */
static inline float net_sigmoid(float x)
{
	float u = 1 - least(fabsf(x), 4) * 0.25f, s = 0.5f * u * u;
	return x < 0 ? s : 1 - s;
}
static inline float net_sigmoid_slope(float x)
{
	return (1 - least(fabsf(x), 4) * 0.25f) * 0.25f;
}
static inline float net_tanh(float x)
{
	float u = 1 - least(fabsf(x), 2) * 0.5f;
	return copysignf(1 - u * u, x);
}
static inline float net_tanh_slope(float x)
{
	return 1 - least(fabsf(x), 2) * 0.5f;
}

/* A layer of two simple recurrences, one each way: z, g, r = three products of the input;
 * c = c' + (z - c') g; h = r c + (1 - r) x. */
struct layer {
	uint32_t in, hidden;
	bool highway;		       /* h keeps a share of x: in = 2 hidden */
	struct param w, b;	       /* in x 6 hidden: each way z, g, r */
	struct param feed;	       /* 4 rows of hidden: each way, of c' into g and into r */
	float *x, *pre, *c, *h, *mask; /* of the batch */
	const float *more;	       /* added to the products (n x 6 hidden); NULL: nothing */
	float *d_pre, *d_h;
};

void layer_new(struct params *all, struct layer *l, uint32_t in, uint32_t hidden, bool highway);
void layer_room(struct layer *l, size_t n);
/* x is n x in; begin[0..sentences] are the first words of the sentences. */
void layer_forward(struct layer *l, float *x, size_t n, const uint32_t *begin, uint32_t sentences);
/* From l->d_h; adds to d_x (n x in; NULL: not wanted). */
void layer_back(struct layer *l, size_t n, const uint32_t *begin, uint32_t sentences, float *d_x);

#endif
