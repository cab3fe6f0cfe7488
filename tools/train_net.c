/* Parameters and layers for khabar-train. In: batches of floats. Out: activations, gradients, and
 * steps of Adam. */
#include "train_net.h"

#include <stdlib.h>
#include <string.h>

static uint64_t seed = 20261126;

static uint64_t next_random(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed * 2685821657736338717u;
}

void random_seed(uint64_t s)
{
	seed = 20261126 + s * 7919;
}

uint32_t random_below(uint32_t n)
{
	return (uint32_t)((next_random() >> 33) % n);
}

float random_unit(void)
{
	return (float)(next_random() >> 40) / (float)(1 << 24);
}

void drop_out(float *x, float *mask, size_t n, float share)
{
	uint32_t limit = (uint32_t)(share * 65536);
	float keep = 1 / (1 - share);
	for (size_t i = 0; i < n; i += 4) {
		uint64_t r = next_random();
		for (size_t k = i; k < i + 4 && k < n; k++, r >>= 16) {
			mask[k] = (r & 0xFFFF) < limit ? 0 : keep;
			x[k] *= mask[k];
		}
	}
}

void drop_back(float *d, const float *mask, size_t n)
{
	for (size_t i = 0; i < n; i++)
		d[i] *= mask[i];
}

void param_new(struct params *all, struct param *p, uint32_t rows, uint32_t cols,
	       enum param_kind kind, float scale)
{
	size_t n = (size_t)rows * cols;
	float **part[] = {&p->w, &p->g, &p->m, &p->v, &p->mean, &p->q};
	*p = (struct param){.rows = rows, .cols = cols, .kind = kind};
	for (size_t i = 0; i < 6; i++)
		if (!(*part[i] = calloc(n + 16, sizeof(float))))
			exit(1);
	for (size_t i = 0; i < n; i++)
		p->mean[i] = p->w[i] = scale * (2 * random_unit() - 1);
	if (kind == PARAM_TABLE) {
		p->met = calloc(rows, sizeof *p->met);
		p->is_met = calloc(rows, 1);
	}
	all->p[all->n++] = p;
}

void param_met(struct param *p, uint32_t row)
{
	if (p->is_met[row])
		return;
	p->is_met[row] = 1;
	p->met[p->n_met++] = row;
}

void params_round(struct params *all)
{
	for (uint32_t k = 0; k < all->n; k++) {
		struct param *p = all->p[k];
		if (p->kind != PARAM_BYTE)
			continue;
		for (size_t i = 0; i < (size_t)p->rows * p->cols; i++)
			p->q[i] = rintf(p->w[i] * 128) * (1.0f / 128);
	}
}

static void adam(struct param *p, size_t from, size_t n, float rate, float scale, uint32_t step)
{
	const float b1 = 0.9f, b2 = 0.98f;
	float fix1 = 1 - powf(b1, (float)step), fix2 = 1 - powf(b2, (float)step);
	float top = p->kind == PARAM_BYTE ? 127.0f / 128 : p->kind == PARAM_SHORT ? 0.9999f : 1e9f;
	for (size_t i = from; i < from + n; i++) {
		float g = p->g[i] * scale;
		p->m[i] = b1 * p->m[i] + (1 - b1) * g;
		p->v[i] = b2 * p->v[i] + (1 - b2) * g * g;
		float w = p->w[i] - rate * (p->m[i] / fix1) / (sqrtf(p->v[i] / fix2) + 1e-7f);
		p->w[i] = least(most(w, -top), top);
		p->g[i] = 0;
	}
}

static double square(const float *g, size_t n)
{
	float sum = 0;
	for (size_t i = 0; i < n; i++)
		sum += g[i] * g[i];
	return sum;
}

static double norm(const struct params *all)
{
	double sum = 0;
	for (uint32_t k = 0; k < all->n; k++) {
		const struct param *p = all->p[k];
		if (p->kind == PARAM_TABLE)
			for (uint32_t i = 0; i < p->n_met; i++)
				sum += square(p->g + (size_t)p->met[i] * p->cols, p->cols);
		else
			sum += square(p->g, (size_t)p->rows * p->cols);
	}
	return sqrt(sum);
}

static void follow(struct param *p, uint32_t step)
{
	float keep = step < 2000 ? 0.9f : 0.995f; /* every fifth step */
	for (size_t i = 0; i < (size_t)p->rows * p->cols; i++)
		p->mean[i] += (p->w[i] - p->mean[i]) * (1 - keep);
}

void params_step(struct params *all, float rate, float clip)
{
	double size = norm(all);
	float scale = size > clip ? clip / (float)size : 1;
	all->step++;
	for (uint32_t k = 0; k < all->n; k++) {
		struct param *p = all->p[k];
		if (p->kind == PARAM_TABLE) {
			for (uint32_t i = 0; i < p->n_met; i++) {
				adam(p, (size_t)p->met[i] * p->cols, p->cols, rate, scale,
				     all->step);
				p->is_met[p->met[i]] = 0;
			}
			p->n_met = 0;
		} else {
			adam(p, 0, (size_t)p->rows * p->cols, rate, scale, all->step);
		}
		if (all->step % 5 == 0)
			follow(p, all->step);
	}
}

void params_swap(struct params *all)
{
	for (uint32_t k = 0; k < all->n; k++) {
		float *w = all->p[k]->w;
		all->p[k]->w = all->p[k]->mean;
		all->p[k]->mean = w;
	}
}

/* ---- the recurrent layer ------------------------------------------------- */

void layer_new(struct params *all, struct layer *l, uint32_t in, uint32_t hidden, bool highway)
{
	*l = (struct layer){.in = in, .hidden = hidden, .highway = highway};
	param_new(all, &l->w, in, 6 * hidden, PARAM_BYTE, sqrtf(3.0f / (float)in));
	param_new(all, &l->b, 1, 6 * hidden, PARAM_FREE, 0);
	param_new(all, &l->feed, 4, hidden, PARAM_SHORT, 0.5f);
	for (uint32_t way = 0; way < 2; way++)
		for (uint32_t j = 0; j < hidden; j++)
			l->b.w[(way * 3 + 1) * hidden + j] = -0.5f;
	memcpy(l->b.mean, l->b.w, 6 * hidden * sizeof(float));
}

void layer_room(struct layer *l, size_t n)
{
	l->pre = calloc(n * 6 * l->hidden, sizeof(float));
	l->d_pre = calloc(n * 6 * l->hidden, sizeof(float));
	l->c = calloc(n * 2 * l->hidden, sizeof(float));
	l->h = calloc(n * 2 * l->hidden, sizeof(float));
	l->d_h = calloc(n * 2 * l->hidden, sizeof(float));
	l->mask = calloc(n * 2 * l->hidden, sizeof(float));
}

static const float zeros[1024];

struct at { /* where a word of one way lies */
	float *pre, *c, *h, *d_pre, *d_h;
	const float *x, *before; /* highway input, c of the word before */
};

static struct at at(const struct layer *l, size_t t, size_t before, uint32_t way)
{
	size_t n = l->hidden, o = t * 2 * n + way * n, p = t * 6 * n + way * 3 * n;
	return (struct at){l->pre + p,
			   l->c + o,
			   l->h + o,
			   l->d_pre + p,
			   l->d_h + o,
			   l->highway ? l->x + o : zeros,
			   before == SIZE_MAX ? zeros : l->c + before * 2 * n + way * n};
}

static void step_forward(const struct layer *l, struct at a, uint32_t way)
{
	const uint32_t n = l->hidden;
	const float *fg = l->feed.w + (size_t)way * 2 * n, *fr = fg + n;
	float *restrict z = a.pre, *restrict g = a.pre + n, *restrict r = a.pre + 2 * n;
	float *restrict c = a.c, *restrict h = a.h;
	const float *restrict before = a.before, *restrict x = a.x;
#pragma GCC ivdep
	for (uint32_t j = 0; j < n; j++) {
		float old = before[j];
		g[j] += fg[j] * old;
		r[j] += fr[j] * old;
		float now = old + (net_tanh(z[j]) - old) * net_sigmoid(g[j]);
		c[j] = now;
		h[j] = x[j] + (now - x[j]) * net_sigmoid(r[j]);
	}
}

void layer_forward(struct layer *l, float *x, size_t n, const uint32_t *begin, uint32_t sentences)
{
	uint32_t wide = 6 * l->hidden;
	l->x = x;
	gemm(l->pre, x, l->w.q, n, wide, l->in);
	for (size_t t = 0; t < n; t++)
		for (uint32_t j = 0; j < wide; j++)
			l->pre[t * wide + j] += l->b.w[j];
	for (size_t k = 0; l->more && k < n * wide; k++)
		l->pre[k] += l->more[k];
	for (uint32_t s = 0; s < sentences; s++) {
		size_t a = begin[s], b = begin[s + 1];
		for (size_t t = a; t < b; t++)
			step_forward(l, at(l, t, t > a ? t - 1 : SIZE_MAX, 0), 0);
		for (size_t t = b; t-- > a;)
			step_forward(l, at(l, t, t + 1 < b ? t + 1 : SIZE_MAX, 1), 1);
	}
}

/* d_c: in, what the next word wants of c; out, what this one wants of c before it. */
static void step_back(struct layer *l, struct at a, uint32_t way, float *restrict d_c, float *d_x)
{
	const uint32_t n = l->hidden;
	const float *fg = l->feed.w + (size_t)way * 2 * n, *fr = fg + n;
	float *restrict gg = l->feed.g + (size_t)way * 2 * n, *restrict gr = gg + n;
	float *restrict out = a.d_pre;
	const float *restrict before = a.before, *restrict x = a.x, *restrict pre = a.pre;
	const float *restrict c = a.c, *restrict d_h = a.d_h;
	static float nowhere[1024];
	float *restrict dx = d_x ? d_x : nowhere;
#pragma GCC ivdep
	for (uint32_t j = 0; j < n; j++) {
		float old = before[j], z = net_tanh(pre[j]);
		float g = net_sigmoid(pre[n + j]), r = net_sigmoid(pre[2 * n + j]);
		float dh = d_h[j], dc = d_c[j] + dh * r;
		float dr = dh * (c[j] - x[j]) * net_sigmoid_slope(pre[2 * n + j]);
		float dg = dc * (z - old) * net_sigmoid_slope(pre[n + j]);
		out[j] = dc * g * net_tanh_slope(pre[j]);
		out[n + j] = dg;
		out[2 * n + j] = dr;
		gg[j] += dg * old;
		gr[j] += dr * old;
		d_c[j] = dc * (1 - g) + dg * fg[j] + dr * fr[j];
		dx[j] += dh * (1 - r);
	}
}

void layer_back(struct layer *l, size_t n, const uint32_t *begin, uint32_t sentences, float *d_x)
{
	uint32_t wide = 6 * l->hidden, hidden = l->hidden;
	float d_c[1024];
	for (uint32_t s = 0; s < sentences; s++)
		for (uint32_t way = 0; way < 2; way++) {
			size_t a = begin[s], b = begin[s + 1];
			memset(d_c, 0, sizeof d_c);
			for (size_t k = a; k < b; k++) {
				size_t t = way ? k : b - 1 - (k - a);
				size_t before = way ? (t + 1 < b ? t + 1 : SIZE_MAX)
						    : (t > a ? t - 1 : SIZE_MAX);
				float *dx = l->highway && d_x
						    ? d_x + t * l->in + (size_t)way * hidden
						    : NULL;
				step_back(l, at(l, t, before, way), way, d_c, dx);
			}
		}
	gemm_ta_add(l->w.g, l->x, l->d_pre, l->in, wide, n);
	for (size_t t = 0; t < n; t++)
		for (uint32_t j = 0; j < wide; j++)
			l->b.g[j] += l->d_pre[t * wide + j];
	if (d_x)
		gemm_tb_add(d_x, l->d_pre, l->w.q, n, l->in, wide);
}
