/* The learned models as the sections "tree" and "names" of an image (src/model/net.h, spans.h):
 * floats in, integers out. */
#include "train_save.h"

#include "model/net.h"

struct save save_open(const char *path)
{
	struct save o = {fopen(path, "wb"), 0};
	if (!o.f) {
		fprintf(stderr, "khabar-train: cannot write %s\n", path);
		exit(1);
	}
	return o;
}

void save_close(struct save *o, const char *path)
{
	fclose(o->f);
	fprintf(stderr, "%s: %zu bytes\n", path, o->at);
}

void save_put(struct save *o, const void *p, size_t n)
{
	static const char zero[64];
	size_t pad = (64 - n % 64) % 64;
	if (fwrite(p, 1, n, o->f) != n || fwrite(zero, 1, pad, o->f) != pad) {
		fprintf(stderr, "khabar-train: cannot write\n");
		exit(1);
	}
	o->at += n + pad;
}

int32_t save_whole(float x, float steps, int32_t most)
{
	float v = rintf(x * steps);
	return v > (float)most ? most : v < (float)-most ? -most : (int32_t)v;
}

void save_shorts(struct save *o, const float *x, size_t n, float steps)
{
	int16_t *s = calloc(n, sizeof *s);
	for (size_t i = 0; i < n; i++)
		s[i] = (int16_t)save_whole(x[i], steps, INT16_MAX);
	save_put(o, s, n * sizeof *s);
	free(s);
}

void save_matrix(struct save *o, const struct param *w, const struct param *bias,
		 const struct columns *c, uint32_t parts, uint32_t out, unsigned shift)
{
	int8_t *b = calloc((size_t)w->rows * out, 1);
	int32_t *add = calloc(out, sizeof *add);
	for (uint32_t p = 0; p < parts; p++)
		for (uint32_t j = 0; j < c[p].n; j++) {
			uint32_t to = c[p].at + j, from = c[p].from + j;
			/* sums are in 1/2^20 */
			add[to] = save_whole(bias->w[from], 1 << 20, 1 << 28);
			for (uint32_t k = 0; k < w->rows; k++)
				b[(size_t)(to / 16) * 16 * w->rows + (k / 2 * 16 + to % 16) * 2 +
				  k % 2] = (int8_t)save_whole(w->w[(size_t)k * w->cols + from], 128,
							      127);
		}
	for (uint32_t j = 0; j < out; j++)
		add[j] += 1 << (shift - 1);
	save_put(o, b, (size_t)w->rows * out);
	save_put(o, add, out * sizeof *add);
	free(b);
	free(add);
}

static void put_slots(struct save *o, const struct vectors *v, uint32_t bits)
{
	uint32_t *key = calloc(1u << bits, sizeof *key), *slot = calloc(1u << bits, sizeof *slot);
	for (uint32_t row = 0; row < v->n; row++) {
		uint32_t i = v->hash[row] & ((1u << bits) - 1);
		while (slot[i])
			i = (i + 1) & ((1u << bits) - 1);
		key[i] = v->hash[row];
		slot[i] = row + 1;
	}
	save_put(o, key, sizeof *key << bits);
	save_put(o, slot, sizeof *slot << bits);
	free(key);
	free(slot);
}

/* A row: the given vector through the map, and what was learned of the word. */
static void put_words(struct save *o, const struct reader *r)
{
	const struct vectors *v = r->vectors;
	const uint32_t nw = r->size.word;
	int8_t *b = calloc(v->n + 1, nw);
	float *x = calloc(nw, sizeof *x);
	for (uint32_t row = 0; row <= v->n; row++) {
		memcpy(x, r->own.w + (size_t)row * nw, nw * sizeof *x);
		for (uint32_t k = 0; k < v->given && row < v->n_given; k++)
			for (uint32_t j = 0; j < nw; j++)
				x[j] += v->row[(size_t)row * v->given + k] * r->map.w[k * nw + j];
		for (uint32_t j = 0; j < nw; j++)
			b[(size_t)row * nw + j] = (int8_t)save_whole(x[j], 64, 127);
	}
	save_put(o, b, (size_t)(v->n + 1) * nw);
	free(b);
	free(x);
}

void save_bytes(struct save *o, const struct param *p)
{
	size_t n = (size_t)p->rows * p->cols;
	int8_t *b = calloc(n, 1);
	for (size_t i = 0; i < n; i++)
		b[i] = (int8_t)save_whole(p->w[i], 128, 127);
	save_put(o, b, n);
	free(b);
}

void save_layer(struct save *o, const struct layer *y)
{
	struct columns all = {0, 6 * y->hidden, 0};
	save_matrix(o, &y->w, &y->b, &all, 1, all.n, 8);
	save_shorts(o, y->feed.w, (size_t)4 * y->hidden, 32768);
}

static void put_heads(struct save *o, const struct reader *r, uint32_t classes)
{
	const uint32_t arc = r->size.arc, label = r->size.label, from = r->tags + r->names;
	struct columns c = {0, from, 0}, roles = {from, 2 * arc + 2 * label, 0};
	struct columns pair = {0, arc, 0}, rels = {0, KH_RELS, 0};
	int32_t way[KH_NET_BUCKETS];
	save_matrix(o, &r->head, &r->head_bias, &c, 1, classes, 10);
	save_matrix(o, &r->head, &r->head_bias, &roles, 1, roles.n, 8);
	save_matrix(o, &r->pair, &r->pair_bias, &pair, 1, arc, 10);
	save_shorts(o, r->root_arc.w, arc, 8192);
	for (uint32_t i = 0; i < KH_NET_BUCKETS; i++)
		way[i] = save_whole(r->way_arc.w[i], 8192, 1 << 20);
	save_put(o, way, sizeof way);
	save_shorts(o, r->root_label.w, label, 4096);
	save_shorts(o, r->way_label.w, (size_t)KH_NET_BUCKETS * label, 4096);
	save_matrix(o, &r->label, &r->label_bias, &rels, 1, (KH_RELS + 15) & ~15, 10);
}

void reader_write(const struct reader *r, const struct tags *t, const char *path)
{
	char blob[KH_NET_TAGS * 32] = {0};
	const struct sizes *s = &r->size;
	struct kh_net_head h = {.format = 1,
				.word = s->word,
				.piece = s->piece,
				.hidden = s->hidden,
				.layers = s->layers,
				.arc = s->arc,
				.label = s->label,
				.tags = r->tags,
				.names = r->names,
				.rels = KH_RELS,
				.rows = r->vectors->n,
				.slot_bits = 18};
	struct save o = save_open(path);
	for (uint32_t i = 0; i < r->tags; i++) {
		memcpy(blob + h.n_blob, t->name[i], strlen(t->name[i]) + 1);
		h.n_blob += (uint32_t)strlen(t->name[i]) + 1;
	}
	h.classes = (r->tags + r->names + 15) & ~15u;
	save_put(&o, &h, sizeof h);
	save_put(&o, blob, h.n_blob);
	put_slots(&o, r->vectors, h.slot_bits);
	put_words(&o, r);
	save_bytes(&o, &r->piece);
	for (uint32_t l = 0; l < s->layers; l++)
		save_layer(&o, &r->layer[l]);
	put_heads(&o, r, h.classes);
	save_close(&o, path);
}
