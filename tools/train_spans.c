/* khabar-train names OUT [--hidden N] … image=MODEL names=SET… dev=SET…: the reader of names, in
 * floats. In: words with hints, and their classes. Out: weights (src/model/spans.h). A word is its
 * row of the tree's table of words, its pieces, and its hints, which are rows added to the products
 * of the first layer; layers of simple recurrences read the words both ways; what they say of each
 * class goes through a chain (CRF). */
#include "train.h"

#include <time.h>

#include "model/spans.h"
#include "train_save.h"

enum { C = KH_SPAN_CLASSES, MOST = 4096 };
#define HINT_MOST 1.77f /* all of a word's fit into the sums of spans.c */

struct spans {
	struct kh_net tree;
	uint32_t word, piece, hidden, layers;
	struct params all;
	struct param pieces, hint, head, head_bias, chain;
	struct layer layer[KH_NET_LAYERS];
	float drop_x, drop_h, drop_hint; /* shares that are dropped: inputs, outputs, hints */
};

static struct {
	uint32_t begin[513], n, words;
	const struct hinted_sentence *s[512];
	uint16_t (*piece)[KH_PIECES];
	uint16_t (*row)[KH_HINTS];
	float *x, *x_mask, *d_x, *more, *z, *d_z;
} b;

static float *floats(size_t n)
{
	float *p = calloc(n + 16, sizeof *p);
	if (!p)
		exit(1);
	return p;
}

static void spans_new(struct spans *m)
{
	uint32_t in = m->word + m->piece, top = 2 * m->hidden;
	param_new(&m->all, &m->pieces, 1u << KH_PIECE_BITS, m->piece, PARAM_TABLE, 0.15f);
	param_new(&m->all, &m->hint, KH_HINT_ROWS, 6 * m->hidden, PARAM_TABLE, 0.02f);
	for (uint32_t l = 0; l < m->layers; l++) {
		layer_new(&m->all, &m->layer[l], l ? top : in, m->hidden, l > 0);
		layer_room(&m->layer[l], MOST);
	}
	param_new(&m->all, &m->head, top, C, PARAM_BYTE, sqrtf(3.0f / (float)top));
	param_new(&m->all, &m->head_bias, 1, C, PARAM_FREE, 0);
	param_new(&m->all, &m->chain, C, C, PARAM_FREE, 0.1f);
	b.piece = calloc(MOST, sizeof *b.piece);
	b.row = calloc(MOST, sizeof *b.row);
	b.x = floats(MOST * in), b.x_mask = floats(MOST * in), b.d_x = floats(MOST * in);
	b.more = floats((size_t)MOST * 6 * m->hidden);
	b.z = floats(MOST * C), b.d_z = floats(MOST * C);
}

/* ---- words ---------------------------------------------------------------- */

static float as_byte(float x)
{
	return least(most(rintf(x * 128), -127), 127) / 128;
}

/* One word: its vector into x, what its hints add to the first products into `more`. */
static void embed_word(const struct spans *m, const struct hinted_sentence *s, uint32_t i,
		       uint32_t t, bool learn)
{
	const uint32_t wide = 6 * m->hidden;
	const struct kh_seen *seen = &s->seen[i];
	float *x = b.x + (size_t)t * (m->word + m->piece), *more = b.more + (size_t)t * wide;
	uint32_t row = kh_net_row(&m->tree, seen);
	if (learn && random_unit() < 0.05f)
		row = m->tree.head->rows; /* as if unknown */
	for (uint32_t j = 0; j < m->word; j++)
		x[j] = (float)m->tree.word[(size_t)row * m->word + j] / 64;
	memset(x + m->word, 0, m->piece * sizeof *x);
	for (uint32_t k = 0; k < KH_PIECES; k++) {
		b.piece[t][k] = seen->piece[k];
		if (learn && k == KH_PIECES - 1 && random_unit() < 0.3f) /* the word itself */
			b.piece[t][k] = (uint16_t)random_below(1u << KH_PIECE_BITS);
		const float *p = m->pieces.w + (size_t)b.piece[t][k] * m->piece;
		for (uint32_t j = 0; j < m->piece; j++)
			x[m->word + j] += as_byte(p[j]);
	}
	memset(more, 0, wide * sizeof *more);
	for (uint32_t k = 0; k < KH_HINTS; k++) {
		uint16_t hint = learn && random_unit() < m->drop_hint ? 0 : s->row[i][k];
		const float *p = m->hint.w + (size_t)hint * wide;
		b.row[t][k] = hint;
		for (uint32_t j = 0; hint && j < wide; j++)
			more[j] += least(most(p[j], -HINT_MOST), HINT_MOST);
	}
}

static void embed(const struct spans *m, bool learn)
{
	for (uint32_t s = 0, t = 0; s < b.n; s++)
		for (uint32_t i = 0; i < b.s[s]->n; i++, t++)
			embed_word(m, b.s[s], i, t, learn);
	if (learn)
		drop_out(b.x, b.x_mask, (size_t)b.words * (m->word + m->piece), m->drop_x);
}

static void embed_back(struct spans *m)
{
	const uint32_t in = m->word + m->piece, wide = 6 * m->hidden;
	drop_back(b.d_x, b.x_mask, (size_t)b.words * in);
	for (uint32_t t = 0; t < b.words; t++) {
		const float *d = b.d_x + (size_t)t * in + m->word;
		const float *d_pre = m->layer[0].d_pre + (size_t)t * wide;
		for (uint32_t k = 0; k < KH_PIECES; k++) {
			float *g = m->pieces.g + (size_t)b.piece[t][k] * m->piece;
			param_met(&m->pieces, b.piece[t][k]);
			for (uint32_t j = 0; j < m->piece; j++)
				g[j] += d[j];
		}
		for (uint32_t k = 0; k < KH_HINTS; k++) {
			float *g = m->hint.g + (size_t)b.row[t][k] * wide;
			if (!b.row[t][k])
				continue;
			param_met(&m->hint, b.row[t][k]);
			for (uint32_t j = 0; j < wide; j++)
				g[j] += d_pre[j];
		}
	}
}

/* ---- the chain ------------------------------------------------------------ */

static bool may_follow(uint32_t from, uint32_t to)
{
	return !to || to % 2 || from == to || from == to - 1;
}

static struct {
	float e[C][C]; /* exp of the chain */
	float a[512][C], f[512][C],
		scale[512]; /* forward sums; exp of the logits; to keep in range */
} way;

/* Sums over all ways up to each word; the log of all. */
static float forward(const struct spans *m, const float *z, uint32_t n)
{
	float all = 0;
	for (uint32_t i = 0; i < C; i++)
		for (uint32_t j = 0; j < C; j++)
			way.e[i][j] = may_follow(i, j) ? expf(m->chain.w[i * C + j]) : 0;
	for (uint32_t t = 0; t < n; t++) {
		float top = z[t * C], sum = 0;
		for (uint32_t j = 1; j < C; j++)
			top = most(top, z[t * C + j]);
		for (uint32_t j = 0; j < C; j++) {
			float in = t ? 0 : way.e[0][j];
			for (uint32_t i = 0; t && i < C; i++)
				in += way.a[t - 1][i] * way.e[i][j];
			way.f[t][j] = expf(z[t * C + j] - top);
			sum += way.a[t][j] = in * way.f[t][j];
		}
		way.scale[t] = 1 / sum;
		for (uint32_t j = 0; j < C; j++)
			way.a[t][j] *= way.scale[t];
		all += logf(sum) + top;
	}
	return all;
}

/* Marginals of each word into d, of each pair into the gradient of the chain. */
static void backward(struct spans *m, uint32_t n, float weight, float *d)
{
	float back[C], next[C];
	for (uint32_t j = 0; j < C; j++)
		back[j] = 1;
	for (uint32_t t = n; t-- > 0;) {
		for (uint32_t j = 0; j < C; j++) {
			d[t * C + j] = way.a[t][j] * back[j] * weight;
			next[j] = way.f[t][j] * back[j] * way.scale[t];
		}
		for (uint32_t i = 0; i < C; i++) {
			float before = t ? way.a[t - 1][i] : i == 0;
			back[i] = 0;
			for (uint32_t j = 0; j < C; j++) {
				float pair = way.e[i][j] * next[j];
				back[i] += pair;
				m->chain.g[i * C + j] += weight * pair * before;
			}
		}
	}
}

/* Loss of one sentence; marginals less truth into d. */
static float chain(struct spans *m, const float *z, const uint8_t *gold, uint32_t n, float weight,
		   float *d)
{
	float loss = forward(m, z, n);
	backward(m, n, weight, d);
	for (uint32_t t = 0, before = 0; t < n; before = gold[t++]) {
		loss -= z[t * C + gold[t]] + m->chain.w[before * C + gold[t]];
		d[t * C + gold[t]] -= weight;
		m->chain.g[before * C + gold[t]] -= weight;
	}
	return loss;
}

static void best_way(const struct spans *m, const float *z, uint32_t n, uint8_t *out)
{
	static uint8_t from[513][C];
	float sum[C], next[C];
	for (uint32_t t = 0; t < n; t++) {
		for (uint32_t j = 0; j < C; j++) {
			float top = -1e30f;
			for (uint32_t i = 0; i < (t ? C : 1); i++) {
				float v = (t ? sum[i] : 0) + m->chain.w[i * C + j];
				if (may_follow(i, j) && v > top)
					top = v, from[t][j] = (uint8_t)i;
			}
			next[j] = top + z[t * C + j];
		}
		memcpy(sum, next, sizeof sum);
	}
	uint32_t c = 0;
	for (uint32_t j = 1; j < C; j++)
		c = sum[j] > sum[c] ? j : c;
	for (uint32_t t = n; t-- > 0; c = from[t][c])
		out[t] = (uint8_t)c;
}

/* ---- learning ------------------------------------------------------------- */

static float *read_up(struct spans *m, bool learn)
{
	float *x = b.x;
	embed(m, learn);
	for (uint32_t l = 0; l < m->layers; l++) {
		struct layer *y = &m->layer[l];
		y->more = l ? NULL : b.more;
		layer_forward(y, x, b.words, b.begin, b.n);
		if (learn)
			drop_out(y->h, y->mask, (size_t)b.words * 2 * y->hidden, m->drop_h);
		x = y->h;
	}
	gemm(b.z, x, m->head.q, b.words, C, 2 * m->hidden);
	for (uint32_t t = 0; t < b.words; t++)
		for (uint32_t j = 0; j < C; j++)
			b.z[t * C + j] += m->head_bias.w[j];
	return x;
}

static void learn_down(struct spans *m, const float *top)
{
	const size_t wide = 2 * m->hidden, n = b.words;
	struct layer *y = &m->layer[m->layers - 1];
	memset(y->d_h, 0, n * wide * sizeof(float));
	gemm_tb_add(y->d_h, b.d_z, m->head.q, n, wide, C);
	gemm_ta_add(m->head.g, top, b.d_z, wide, C, n);
	for (uint32_t t = 0; t < n; t++)
		for (uint32_t j = 0; j < C; j++)
			m->head_bias.g[j] += b.d_z[t * C + j];
	for (uint32_t l = m->layers; l-- > 0;) {
		y = &m->layer[l];
		float *d_x = l ? m->layer[l - 1].d_h : b.d_x;
		drop_back(y->d_h, y->mask, n * wide);
		memset(d_x, 0, n * y->in * sizeof *d_x);
		layer_back(y, n, b.begin, b.n, d_x);
	}
	embed_back(m);
}

static bool fill(const struct hinted *c, const uint32_t *order, uint32_t *at, uint32_t words)
{
	b.n = b.words = 0;
	for (; *at < c->n && b.n < 512 && b.words < words; ++*at) {
		const struct hinted_sentence *s = &c->s[order ? order[*at] : *at];
		b.s[b.n] = s;
		b.begin[b.n++] = b.words;
		b.words += s->n;
		b.begin[b.n] = b.words;
	}
	return b.n > 0;
}

struct tally {
	double right[KH_NAME_TYPES], gold[KH_NAME_TYPES], found[KH_NAME_TYPES];
};

static void compare(const uint8_t *g, const uint8_t *m, uint32_t n, struct tally *y)
{
	uint32_t both = 0;
	for (uint32_t t = 0; t <= n; t++) {
		uint32_t x = t < n ? g[t] : 0, z = t < n ? m[t] : 0;
		bool goes_x = x && x % 2 == 0, goes_z = z && z % 2 == 0;
		if (both && !goes_x && !goes_z)
			y->right[both]++;
		if (!goes_x || !goes_z)
			both = 0;
		if (x % 2)
			y->gold[(x + 1) / 2]++;
		if (z % 2)
			y->found[(z + 1) / 2]++;
		if (x % 2 && x == z)
			both = (x + 1) / 2;
	}
}

static double f1(double r, double g, double p)
{
	return 2 * r / (g + p + 1e-9);
}

static void measure(struct spans *m, const struct hinted *c)
{
	uint32_t at = 0;
	uint8_t out[512];
	struct tally y = {0};
	double r = 0, g = 0, p = 0;
	params_swap(&m->all);
	params_round(&m->all);
	while (fill(c, NULL, &at, 600)) {
		read_up(m, false);
		for (uint32_t s = 0; s < b.n; s++) {
			best_way(m, b.z + (size_t)b.begin[s] * C, b.s[s]->n, out);
			compare(b.s[s]->name, out, b.s[s]->n, &y);
		}
	}
	params_swap(&m->all);
	static const char *const kind[] = {"", "person", "organisation", "place"};
	for (uint32_t k = KH_NAME_PERSON; k <= KH_NAME_PLACE; k++) {
		printf("  %s %.3f", kind[k], f1(y.right[k], y.gold[k], y.found[k]));
		r += y.right[k], g += y.gold[k], p += y.found[k];
	}
	printf("  all %.4f\n", f1(r, g, p));
	fflush(stdout);
}

/* The section "names": see src/model/spans.h. */
static void write_out(struct spans *m, const char *path)
{
	struct save o = save_open(path);
	struct kh_spans_head h = {.hints = KH_HINT_ROWS};
	struct columns all = {0, C, 0};
	int32_t pair[C * C];
	h.shape = (struct kh_net_head){.format = 1,
				       .word = m->word,
				       .piece = m->piece,
				       .hidden = m->hidden,
				       .layers = m->layers,
				       .names = C,
				       .classes = (C + 15) & ~15u,
				       .rows = m->tree.head->rows,
				       .slot_bits = m->tree.head->slot_bits};
	save_put(&o, &h, sizeof h);
	save_bytes(&o, &m->pieces);
	for (uint32_t l = 0; l < m->layers; l++)
		save_layer(&o, &m->layer[l]);
	size_t n = (size_t)KH_HINT_ROWS * 6 * m->hidden;
	for (size_t i = 0; i < n; i++)
		m->hint.w[i] = least(most(m->hint.w[i], -HINT_MOST), HINT_MOST);
	save_shorts(&o, m->hint.w, n, 2048);
	save_matrix(&o, &m->head, &m->head_bias, &all, 1, h.shape.classes, 10);
	for (size_t i = 0; i < C * C; i++)
		pair[i] = save_whole(m->chain.w[i], 1024, 1 << 20);
	save_put(&o, pair, sizeof pair);
	save_close(&o, path);
}

static void shuffle(uint32_t *order, uint32_t n)
{
	for (uint32_t i = n; i > 1; i--) {
		uint32_t k = random_below(i), swap = order[k];
		order[k] = order[i - 1];
		order[i - 1] = swap;
	}
}

static float rate_at(float rate, uint32_t step, uint32_t steps)
{
	float warm = least(1, (float)step / 200), done = least(1, (float)step / (float)steps);
	return rate * warm * (0.02f + 0.98f * (0.5f + 0.5f * cosf(3.14159265f * done)));
}

struct course {			/* of learning */
	uint32_t epochs, words; /* words of a batch */
	float rate;
	struct hinted learn, dev[4];
	uint32_t devs;
	const char *image;
};

static void learn_all(struct spans *m, const struct course *j)
{
	const struct hinted *c = &j->learn;
	uint32_t *order = calloc(c->n, sizeof *order), total = 0, step = 0;
	for (uint32_t i = 0; i < c->n; i++)
		order[i] = i, total += c->s[i].n;
	uint32_t steps = j->epochs * (total / (j->words + 10));
	for (uint32_t e = 0; e < j->epochs; e++) {
		uint32_t at = 0;
		double loss = 0;
		clock_t start = clock();
		shuffle(order, c->n);
		while (fill(c, order, &at, j->words)) {
			params_round(&m->all);
			const float *top = read_up(m, true);
			for (uint32_t s = 0; s < b.n; s++) {
				size_t from = (size_t)b.begin[s] * C;
				loss += (double)chain(m, b.z + from, b.s[s]->name, b.s[s]->n,
						      10.0f / (float)b.words, b.d_z + from);
			}
			learn_down(m, top);
			params_step(&m->all, rate_at(j->rate, step++, steps), 5);
		}
		printf("epoch %u, %.0f s, loss %.4f\n", e + 1,
		       (double)(clock() - start) / CLOCKS_PER_SEC, loss / total);
		for (uint32_t k = 0; k < j->devs; k++)
			measure(m, &j->dev[k]);
	}
	free(order);
}

static bool number(struct spans *m, struct course *j, const char *name, const char *value)
{
	struct {
		const char *name;
		uint32_t *to;
	} list[] = {{"--hidden", &m->hidden},
		    {"--layers", &m->layers},
		    {"--piece", &m->piece},
		    {"--epochs", &j->epochs},
		    {"--batch", &j->words}};
	for (size_t i = 0; i < KH_COUNT(list); i++)
		if (strcmp(name, list[i].name) == 0)
			*list[i].to = (uint32_t)atoi(value);
	return strncmp(name, "--", 2) == 0;
}

static void file(struct course *j, const char *arg)
{
	if (strncmp(arg, "image=", 6) == 0)
		j->image = arg + 6;
	else if (strncmp(arg, "names=", 6) == 0)
		names_hint(&j->learn, j->image, arg + 6, true);
	else if (strncmp(arg, "dev=", 4) == 0 && j->devs < KH_COUNT(j->dev))
		names_hint(&j->dev[j->devs++], j->image, arg + 4, false);
	else
		fprintf(stderr, "khabar-train: what is %s?\n", arg);
}

int train_spans(int argc, char **argv)
{
	static struct spans m = {.piece = 48,
				 .hidden = 48,
				 .layers = 2,
				 .drop_x = 0.35f,
				 .drop_h = 0.4f,
				 .drop_hint = 0.25f};
	static struct course j = {.epochs = 6, .words = 600, .rate = 0.003f};
	for (int i = 3; i < argc; i++)
		if (i + 1 < argc && number(&m, &j, argv[i], argv[i + 1]))
			i++;
		else
			file(&j, argv[i]);
	if (!j.learn.n)
		return 2;
	kh_net_open(&m.tree, names_model());
	m.word = m.tree.head->word;
	spans_new(&m);
	learn_all(&m, &j);
	params_swap(&m.all);
	params_round(&m.all);
	write_out(&m, argv[2]);
	return 0;
}
