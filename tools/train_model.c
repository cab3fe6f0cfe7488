/* The model of the tree, in floats. In: batches of sentences. Out: losses and gradients; figures.
 * Words become vectors (GloVe by a linear map, and what was learned of the word, and its pieces);
 * layers of simple recurrences read them both ways; one matrix makes of the top what the heads
 * need: tags, names, and each word as a dependent and as a head, for arcs and for labels. */
#include "train.h"

static struct {
	uint32_t *row; /* of a word; own.rows - 1 where it is to be unknown */
	uint8_t *no_own;
	struct kh_seen *seen;
	float *given, *mapped, *x, *x_mask, *d_x;
	float *z, *d_z, *a, *b, *a_mask, *b_mask, *au, *d_a, *d_b, *d_au;
	float *hid, *hid_mask, *d_hid, *logit;
	float *score;  /* words of a sentence squared */
	int32_t *head; /* by word: used for the label */
} room;

static float *floats(size_t n)
{
	float *p = calloc(n + 16, sizeof *p);
	if (!p)
		exit(1);
	return p;
}

static void take_room(const struct reader *r, size_t n)
{
	const struct sizes *s = &r->size;
	size_t in = s->word + s->piece;
	room.row = calloc(n, sizeof *room.row);
	room.no_own = calloc(n, 1);
	room.seen = calloc(n, sizeof *room.seen);
	room.head = calloc(n, sizeof *room.head);
	room.given = floats(n * r->vectors->given);
	size_t wide = s->word > s->label ? s->word : s->label;
	room.mapped = floats(n * wide);
	room.x = floats(n * in), room.x_mask = floats(n * in), room.d_x = floats(n * in);
	room.z = floats(n * r->heads), room.d_z = floats(n * r->heads);
	float **arc[] = {&room.a,  &room.b,   &room.a_mask, &room.b_mask,
			 &room.au, &room.d_a, &room.d_b,    &room.d_au};
	for (size_t i = 0; i < KH_COUNT(arc); i++)
		*arc[i] = floats(n * s->arc);
	room.hid = floats(n * (s->arc > s->label ? s->arc : s->label));
	room.hid_mask = floats(n * s->label);
	room.d_hid = floats(n * s->label), room.logit = floats(n * KH_RELS);
	room.score = floats(1024 * 1024);
}

void reader_new(struct reader *r, struct sizes size, uint32_t tags, uint32_t names,
		struct vectors *v, uint32_t most_words)
{
	struct params *all = &r->all;
	uint32_t in = size.word + size.piece, top = 2 * size.hidden;
	*r = (struct reader){.size = size, .tags = tags, .names = names, .vectors = v};
	r->heads = tags + names + 2 * size.arc + 2 * size.label;
	param_new(all, &r->map, v->given, size.word, PARAM_FREE, sqrtf(1.0f / (float)v->given));
	param_new(all, &r->own, v->n + 1, size.word, PARAM_TABLE, 0);
	param_new(all, &r->piece, 1u << KH_PIECE_BITS, size.piece, PARAM_TABLE, 0.15f);
	for (uint32_t l = 0; l < size.layers; l++) {
		layer_new(all, &r->layer[l], l ? top : in, size.hidden, l > 0);
		layer_room(&r->layer[l], most_words);
	}
	param_new(all, &r->head, top, r->heads, PARAM_BYTE, sqrtf(3.0f / (float)top));
	param_new(all, &r->head_bias, 1, r->heads, PARAM_FREE, 0);
	param_new(all, &r->pair, size.arc, size.arc, PARAM_BYTE, sqrtf(3.0f / (float)size.arc));
	param_new(all, &r->pair_bias, 1, size.arc, PARAM_FREE, 0);
	param_new(all, &r->root_arc, 1, size.arc, PARAM_SHORT, 0.1f);
	param_new(all, &r->way_arc, 1, KH_NET_BUCKETS, PARAM_FREE, 0);
	param_new(all, &r->root_label, 1, size.label, PARAM_FREE, 0.1f);
	param_new(all, &r->way_label, KH_NET_BUCKETS, size.label, PARAM_FREE, 0.1f);
	param_new(all, &r->label, size.label, KH_RELS, PARAM_BYTE, sqrtf(3.0f / (float)size.label));
	param_new(all, &r->label_bias, 1, KH_RELS, PARAM_FREE, 0);
	take_room(r, most_words);
}

/* ---- words ---------------------------------------------------------------- */

static float as_byte(float x, float steps)
{
	return least(most(rintf(x * steps), -127), 127) / steps;
}

/* In a headline every longer word gets a capital. */
static kh_str titled(kh_str form, char *room_for, size_t longest)
{
	if (form.n < 4 || form.n > longest)
		return form;
	memcpy(room_for, form.p, form.n);
	if (kh_is_lower((unsigned char)form.p[0]))
		room_for[0] = (char)(form.p[0] - 32);
	return (kh_str){room_for, form.n};
}

static void look(struct reader *r, const struct batch *b, bool learn)
{
	const uint32_t unknown = r->vectors->n;
	for (uint32_t s = 0; s < b->n; s++)
		for (int32_t i = 0; i < b->n_words[s]; i++) {
			uint32_t t = b->begin[s] + (uint32_t)i;
			char buf[64];
			kh_str form = b->s[s]->w[i].form;
			if (learn && b->casing[s] == KH_CASE_TITLE)
				form = titled(form, buf, sizeof buf);
			room.seen[t] = kh_seen_of(form, b->casing[s]);
			uint32_t row = vectors_find(r->vectors, &room.seen[t]);
			float often = row < unknown ? (float)r->seen_often[row] : 0;
			room.no_own[t] = learn && random_unit() < 0.05f + 0.25f / (0.25f + often);
			if (learn && random_unit() < 0.15f / (0.15f + often) + 0.01f)
				row = unknown;
			room.row[t] = row;
		}
}

static void embed(struct reader *r, const struct batch *b, bool learn)
{
	const uint32_t dw = r->size.word, dp = r->size.piece, given = r->vectors->given;
	for (uint32_t t = 0; t < b->words; t++)
		if (room.row[t] < r->vectors->n_given)
			memcpy(room.given + (size_t)t * given,
			       r->vectors->row + (size_t)room.row[t] * given,
			       given * sizeof(float));
		else
			memset(room.given + (size_t)t * given, 0, given * sizeof(float));
	gemm(room.mapped, room.given, r->map.w, b->words, dw, given);
	for (uint32_t t = 0; t < b->words; t++) {
		float *x = room.x + (size_t)t * (dw + dp);
		const float *own = r->own.w + (size_t)room.row[t] * dw;
		bool with_own = room.row[t] == r->vectors->n || !room.no_own[t];
		for (uint32_t j = 0; j < dw; j++)
			x[j] = as_byte(room.mapped[(size_t)t * dw + j] + (with_own ? own[j] : 0),
				       64);
		memset(x + dw, 0, dp * sizeof *x);
		for (uint32_t k = 0; k < KH_PIECES; k++) {
			const float *p = r->piece.w + (size_t)room.seen[t].piece[k] * dp;
			for (uint32_t j = 0; j < dp; j++)
				x[dw + j] += as_byte(p[j], 128);
		}
	}
	if (learn)
		drop_out(room.x, room.x_mask, (size_t)b->words * (dw + dp), 0.2f);
}

static void embed_back(struct reader *r, const struct batch *b)
{
	const uint32_t dw = r->size.word, dp = r->size.piece;
	drop_back(room.d_x, room.x_mask, (size_t)b->words * (dw + dp));
	for (uint32_t t = 0; t < b->words; t++) {
		const float *d = room.d_x + (size_t)t * (dw + dp);
		memcpy(room.mapped + (size_t)t * dw, d, dw * sizeof *d);
		if (room.row[t] == r->vectors->n || !room.no_own[t]) {
			param_met(&r->own, room.row[t]);
			for (uint32_t j = 0; j < dw; j++)
				r->own.g[(size_t)room.row[t] * dw + j] += d[j];
		}
		for (uint32_t k = 0; k < KH_PIECES; k++) {
			uint32_t row = room.seen[t].piece[k];
			param_met(&r->piece, row);
			for (uint32_t j = 0; j < dp; j++)
				r->piece.g[(size_t)row * dp + j] += d[dw + j];
		}
	}
	gemm_ta_add(r->map.g, room.given, room.mapped, r->vectors->given, dw, b->words);
}

/* ---- heads ---------------------------------------------------------------- */

/* Softmax of n numbers in place of x; returns -log of the one that is right. */
static float soften(float *x, uint32_t n, uint32_t right)
{
	float top = x[0], sum = 0;
	for (uint32_t i = 1; i < n; i++)
		top = most(top, x[i]);
	for (uint32_t i = 0; i < n; i++)
		sum += x[i] = expf(x[i] - top);
	for (uint32_t i = 0; i < n; i++)
		x[i] /= sum;
	return -logf(x[right] + 1e-20f);
}

static uint32_t best(const float *x, uint32_t n)
{
	uint32_t at = 0;
	for (uint32_t i = 1; i < n; i++)
		if (x[i] > x[at])
			at = i;
	return at;
}

/* x becomes the gradient of a softmax: loss, weighed. */
static float blame(float *x, float *d, uint32_t n, uint32_t right, float weight)
{
	float loss = soften(x, n, right);
	for (uint32_t i = 0; i < n; i++)
		d[i] = x[i] * weight;
	d[right] -= weight;
	return loss;
}

static void tags(struct reader *r, const struct batch *b, const struct corpus *c, float weight,
		 struct figures *f)
{
	for (uint32_t s = 0; s < b->n; s++)
		for (int32_t i = 0; i < b->n_words[s] && b->s[s]->has_tree; i++) {
			size_t at = (size_t)(b->begin[s] + (uint32_t)i) * r->heads;
			uint32_t gold = b->s[s]->w[i].tag, mine = best(room.z + at, r->tags);
			if (gold == UNKNOWN_CLASS)
				continue;
			const char *g = c->tag.name[gold], *m = c->tag.name[mine];
			f->words++;
			f->tag += gold == mine;
			f->upos += strncmp(g, m, strcspn(g, "|") + 1) == 0;
			f->loss += blame(room.z + at, room.d_z + at, r->tags, gold, weight);
		}
}

static uint32_t name_class(const float *z, uint32_t n, uint32_t before)
{
	uint32_t at = 0;
	for (uint32_t k = 1; k < n; k++)
		if (z[k] > z[at] && (k % 2 || k == before || k == before + 1))
			at = k;
	return at;
}

static void names(struct reader *r, const struct batch *b, float weight, struct figures *f)
{
	for (uint32_t s = 0; s < b->n; s++) {
		uint32_t mine = 0, gold = 0, both = 0; /* both: the two spans began together */
		if (!b->s[s]->has_names)
			continue;
		for (int32_t i = 0; i <= b->n_words[s]; i++) {
			size_t at = (size_t)(b->begin[s] + (uint32_t)i) * r->heads + r->tags;
			bool end = i == b->n_words[s];
			uint32_t g = end ? 0 : b->s[s]->w[i].name;
			uint32_t m = end ? 0 : name_class(room.z + at, r->names, mine);
			bool goes_m = m && m % 2 == 0, goes_g = g && g % 2 == 0;
			f->name_right += both && !goes_m && !goes_g;
			both = both && goes_m && goes_g;
			if (g % 2)
				f->named++;
			if (m % 2)
				f->name_found++;
			both = both || (g % 2 && g == m);
			mine = m, gold = g;
			if (!end)
				f->loss +=
					blame(room.z + at, room.d_z + at, r->names, gold, weight);
		}
	}
}

static void arcs_open(struct reader *r, const struct batch *b, bool learn)
{
	const uint32_t n = r->size.arc, from = r->tags + r->names;
	for (uint32_t t = 0; t < b->words; t++)
		for (uint32_t j = 0; j < n; j++) {
			const float *z = room.z + (size_t)t * r->heads + from;
			room.a[(size_t)t * n + j] = net_tanh(z[j]);
			room.b[(size_t)t * n + j] = net_tanh(z[n + j]);
		}
	if (learn) {
		drop_out(room.a, room.a_mask, (size_t)b->words * n, 0.25f);
		drop_out(room.b, room.b_mask, (size_t)b->words * n, 0.25f);
	}
	gemm(room.au, room.a, r->pair.q, b->words, n, n);
	for (uint32_t t = 0; t < b->words; t++)
		for (uint32_t j = 0; j < n; j++)
			room.au[(size_t)t * n + j] += r->pair_bias.w[j];
	memset(room.d_au, 0, (size_t)b->words * n * sizeof(float));
	memset(room.d_a, 0, (size_t)b->words * n * sizeof(float));
	memset(room.d_b, 0, (size_t)b->words * n * sizeof(float));
}

static float dot(const float *a, const float *b, uint32_t n)
{
	float sum = 0;
	for (uint32_t i = 0; i < n; i++)
		sum += a[i] * b[i];
	return sum;
}

/* Scores of all heads of a word: place i, its own, is the root's. */
static void arc_scores(const struct reader *r, uint32_t begin, int32_t m, float *score)
{
	const uint32_t n = r->size.arc;
	memset(score, 0, (size_t)m * (size_t)m * sizeof *score);
	gemm_tb_add(score, room.au + (size_t)begin * n, room.b + (size_t)begin * n, (size_t)m,
		    (size_t)m, n);
	for (int32_t i = 0; i < m; i++) {
		float *row = score + (size_t)i * (size_t)m;
		for (int32_t h = 0; h < m; h++)
			row[h] += r->way_arc.w[kh_net_bucket(i, h)];
		row[i] = dot(room.au + ((size_t)begin + (uint32_t)i) * n, r->root_arc.w, n) +
			 r->way_arc.w[0];
	}
}

static void arcs_back(struct reader *r, uint32_t begin, int32_t m, float *d)
{
	const uint32_t n = r->size.arc;
	for (int32_t i = 0; i < m; i++) {
		float *row = d + (size_t)i * (size_t)m, root = row[i];
		float *au = room.au + ((size_t)begin + (uint32_t)i) * n;
		float *d_au = room.d_au + ((size_t)begin + (uint32_t)i) * n;
		for (int32_t h = 0; h < m; h++)
			r->way_arc.g[h == i ? 0 : kh_net_bucket(i, h)] += row[h];
		row[i] = 0;
		for (uint32_t j = 0; j < n; j++) {
			r->root_arc.g[j] += root * au[j];
			d_au[j] += root * r->root_arc.w[j];
		}
	}
	float *scratch = room.hid; /* free here */
	gemm(scratch, d, room.b + (size_t)begin * n, (size_t)m, n, (size_t)m);
	for (size_t k = 0; k < (size_t)m * n; k++)
		room.d_au[(size_t)begin * n + k] += scratch[k];
	gemm_ta_add(room.d_b + (size_t)begin * n, d, room.au + (size_t)begin * n, (size_t)m, n,
		    (size_t)m);
}

static void arcs(struct reader *r, const struct batch *b, bool learn, float weight,
		 struct figures *f)
{
	for (uint32_t s = 0; s < b->n; s++) {
		int32_t m = b->n_words[s];
		if (!b->s[s]->has_tree || m > 1024)
			continue;
		arc_scores(r, b->begin[s], m, room.score);
		for (int32_t i = 0; i < m; i++) {
			float *row = room.score + (size_t)i * (size_t)m;
			int32_t gold = b->s[s]->w[i].head, mine = (int32_t)best(row, (uint32_t)m);
			mine = mine == i ? -1 : mine;
			f->arc += mine == gold;
			room.head[b->begin[s] + (uint32_t)i] = learn ? gold : mine;
			if (gold == UNKNOWN_HEAD) {
				memset(row, 0, (size_t)m * sizeof *row);
				continue;
			}
			f->loss += blame(row, row, (uint32_t)m, (uint32_t)(gold < 0 ? i : gold),
					 weight);
		}
		if (learn)
			arcs_back(r, b->begin[s], m, room.score);
	}
}

/* What the arcs want of the heads' matrix. */
static void arcs_close(struct reader *r, const struct batch *b)
{
	const uint32_t n = r->size.arc, from = r->tags + r->names;
	gemm_tb_add(room.d_a, room.d_au, r->pair.q, b->words, n, n);
	gemm_ta_add(r->pair.g, room.a, room.d_au, n, n, b->words);
	drop_back(room.d_a, room.a_mask, (size_t)b->words * n);
	drop_back(room.d_b, room.b_mask, (size_t)b->words * n);
	for (uint32_t t = 0; t < b->words; t++) {
		const float *z = room.z + (size_t)t * r->heads + from;
		float *d = room.d_z + (size_t)t * r->heads + from;
		for (uint32_t j = 0; j < n; j++) {
			d[j] = room.d_a[(size_t)t * n + j] * net_tanh_slope(z[j]);
			d[n + j] = room.d_b[(size_t)t * n + j] * net_tanh_slope(z[n + j]);
			r->pair_bias.g[j] += room.d_au[(size_t)t * n + j];
		}
	}
}

static void labels_open(struct reader *r, const struct batch *b)
{
	const uint32_t n = r->size.label, from = r->tags + r->names + 2 * r->size.arc;
	for (uint32_t s = 0; s < b->n; s++)
		for (int32_t i = 0; i < b->n_words[s]; i++) {
			uint32_t t = b->begin[s] + (uint32_t)i;
			int32_t h = b->s[s]->has_tree ? room.head[t] : -1;
			const float *p = room.z + (size_t)t * r->heads + from;
			const float *q =
				h < 0 ? r->root_label.w
				      : room.z + (size_t)(b->begin[s] + (uint32_t)h) * r->heads +
						from + n;
			const float *way =
				r->way_label.w + (size_t)(h < 0 ? 0 : kh_net_bucket(i, h)) * n;
			for (uint32_t j = 0; j < n; j++)
				room.hid[(size_t)t * n + j] = p[j] + q[j] + way[j];
		}
}

static void labels_back(struct reader *r, const struct batch *b, const float *pre)
{
	const uint32_t n = r->size.label, from = r->tags + r->names + 2 * r->size.arc;
	for (uint32_t s = 0; s < b->n; s++)
		for (int32_t i = 0; i < b->n_words[s] && b->s[s]->has_tree; i++) {
			uint32_t t = b->begin[s] + (uint32_t)i;
			int32_t h = room.head[t];
			float *p = room.d_z + (size_t)t * r->heads + from;
			float *q = h < 0 ? r->root_label.g
					 : room.d_z +
						   (size_t)(b->begin[s] + (uint32_t)h) * r->heads +
						   from + n;
			float *way = r->way_label.g + (size_t)(h < 0 ? 0 : kh_net_bucket(i, h)) * n;
			for (uint32_t j = 0; j < n; j++) {
				float d = room.d_hid[(size_t)t * n + j] *
					  net_tanh_slope(pre[(size_t)t * n + j]);
				p[j] += d;
				q[j] += d;
				way[j] += d;
			}
		}
}

static void labels(struct reader *r, const struct batch *b, bool learn, float weight,
		   struct figures *f)
{
	const uint32_t n = r->size.label;
	size_t all = (size_t)b->words * n;
	float *pre = room.mapped; /* free here */
	labels_open(r, b);
	memcpy(pre, room.hid, all * sizeof *pre);
	for (size_t k = 0; k < all; k++)
		room.hid[k] = net_tanh(room.hid[k]);
	if (learn)
		drop_out(room.hid, room.hid_mask, all, 0.25f);
	gemm(room.logit, room.hid, r->label.q, b->words, KH_RELS, n);
	for (uint32_t s = 0; s < b->n; s++)
		for (int32_t i = 0; i < b->n_words[s]; i++) {
			uint32_t t = b->begin[s] + (uint32_t)i, gold = b->s[s]->w[i].rel;
			float *z = room.logit + (size_t)t * KH_RELS;
			if (!b->s[s]->has_tree || gold == UNKNOWN_CLASS) {
				memset(z, 0, KH_RELS * sizeof *z);
				continue;
			}
			for (uint32_t k = 0; k < KH_RELS; k++)
				z[k] += r->label_bias.w[k];
			f->label += best(z, KH_RELS) == gold && room.head[t] == b->s[s]->w[i].head;
			f->loss += blame(z, z, KH_RELS, gold, weight);
			for (uint32_t k = 0; k < KH_RELS && learn; k++)
				r->label_bias.g[k] += z[k];
		}
	if (!learn)
		return;
	memset(room.d_hid, 0, all * sizeof *room.d_hid);
	gemm_tb_add(room.d_hid, room.logit, r->label.q, b->words, n, KH_RELS);
	gemm_ta_add(r->label.g, room.hid, room.logit, n, KH_RELS, b->words);
	drop_back(room.d_hid, room.hid_mask, all);
	labels_back(r, b, pre);
}

/* ---- all of it ------------------------------------------------------------ */

static float *read_up(struct reader *r, const struct batch *b, bool learn)
{
	float *x = room.x;
	for (uint32_t l = 0; l < r->size.layers; l++) {
		struct layer *y = &r->layer[l];
		layer_forward(y, x, b->words, b->begin, b->n);
		if (learn)
			drop_out(y->h, y->mask, (size_t)b->words * 2 * y->hidden, 0.25f);
		x = y->h;
	}
	gemm(room.z, x, r->head.q, b->words, r->heads, 2 * r->size.hidden);
	for (uint32_t t = 0; t < b->words; t++)
		for (uint32_t j = 0; j < r->heads; j++)
			room.z[(size_t)t * r->heads + j] += r->head_bias.w[j];
	memset(room.d_z, 0, (size_t)b->words * r->heads * sizeof *room.d_z);
	return x;
}

static void learn_down(struct reader *r, const struct batch *b, const float *top)
{
	size_t wide = 2 * r->size.hidden, n = b->words;
	struct layer *y = &r->layer[r->size.layers - 1];
	memset(y->d_h, 0, n * wide * sizeof(float));
	gemm_tb_add(y->d_h, room.d_z, r->head.q, n, wide, r->heads);
	gemm_ta_add(r->head.g, top, room.d_z, wide, r->heads, n);
	for (uint32_t t = 0; t < b->words; t++)
		for (uint32_t j = 0; j < r->heads; j++)
			r->head_bias.g[j] += room.d_z[(size_t)t * r->heads + j];
	for (uint32_t l = r->size.layers; l-- > 0;) {
		y = &r->layer[l];
		float *d_x = l ? r->layer[l - 1].d_h : room.d_x;
		drop_back(y->d_h, y->mask, n * wide);
		memset(d_x, 0, n * y->in * sizeof *d_x);
		layer_back(y, n, b->begin, b->n, d_x);
	}
}

void reader_batch(struct reader *r, const struct batch *b, float rate, const struct corpus *c,
		  struct figures *f)
{
	bool learn = rate > 0;
	float trees = 0, named = 0;
	for (uint32_t s = 0; s < b->n; s++) {
		trees += b->s[s]->has_tree ? (float)b->n_words[s] : 0;
		named += b->s[s]->has_names ? (float)b->n_words[s] : 0;
	}
	float wt = trees > 0 ? 1 / (float)b->words : 0, wn = 1 / (float)b->words;
	look(r, b, learn);
	embed(r, b, learn);
	const float *top = read_up(r, b, learn);
	tags(r, b, c, 0.5f * wt, f);
	names(r, b, wn, f);
	arcs_open(r, b, learn);
	arcs(r, b, learn, wt, f);
	labels(r, b, learn, wt, f);
	if (!learn || named + trees == 0)
		return;
	/* room.z holds probabilities of tags and names by now; the rest is as it was */
	arcs_close(r, b);
	learn_down(r, b, top);
	embed_back(r, b);
	params_step(&r->all, rate, 5);
}
