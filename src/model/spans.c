/* See spans.h. In: the section "names" of the image; words, hints, logits of the tree's net. Out: a
 * class for each word. */
#include "model/spans.h"

#include "base/str.h"

enum { FORMAT = 1, TREE_SHIFT = 2 }; /* the tree's logits count a quarter */

/* Where all parts lie; the length they need together. */
static uint64_t lay_out(struct kh_spans *s, const char *section)
{
	struct kh_net_walk w = {section, 0};
	s->head = kh_net_part(&w, sizeof *s->head);
	const struct kh_net_head *h = &s->head->shape;
	s->net.head = h;
	s->net.piece = kh_net_part(&w, (uint64_t)h->piece << KH_PIECE_BITS);
	kh_net_layers(&s->net, &w);
	s->hint = kh_net_part(&w, (uint64_t)s->head->hints * 6 * h->hidden * sizeof *s->hint);
	s->net.classes = kh_net_matrix(&w, 2 * h->hidden, h->classes);
	s->chain = kh_net_part(&w, sizeof(int32_t) * KH_SPAN_CLASSES * KH_SPAN_CLASSES);
	return w.at;
}

static bool sane(const struct kh_spans_head *h, const struct kh_net_head *tree, uint32_t hints)
{
	const struct kh_net_head *n = &h->shape;
	return tree && n->format == FORMAT && kh_net_sane(n) && n->word == tree->word &&
	       n->rows == tree->rows && n->slot_bits == tree->slot_bits && h->hints == hints &&
	       n->classes >= KH_SPAN_CLASSES && n->classes % 16 == 0 && n->classes <= 64 &&
	       n->arc == 0 && n->label == 0 && tree->names == KH_SPAN_CLASSES;
}

int kh_spans_check(const struct khabar_model *m, uint32_t hints, khabar_error *err)
{
	kh_str b = kh_model_section(m, "names");
	struct kh_spans s;
	struct kh_net tree;
	if (!b.n)
		return 0;
	kh_net_open(&tree, m);
	bool good = b.n >= sizeof *s.head && sane((const void *)b.p, tree.head, hints) &&
		    lay_out(&s, b.p) == b.n;
	for (uint32_t i = 0; good && i < KH_SPAN_CLASSES * KH_SPAN_CLASSES; i++)
		good = s.chain[i] >= -(1 << 20) && s.chain[i] <= 1 << 20;
	if (good)
		return 0;
	kh_error_set(err, KHABAR_E_MODEL, (uint64_t)(b.p - (const char *)m->image),
		     "the weights of the names are damaged or not of this tree");
	return KHABAR_E_MODEL;
}

void kh_spans_open(struct kh_spans *s, const struct khabar_model *m)
{
	kh_str b = kh_model_section(m, "names");
	struct kh_net tree;
	*s = (struct kh_spans){.head = NULL};
	if (!b.n)
		return;
	kh_net_open(&tree, m);
	s->net.key = tree.key;
	s->net.slot = tree.slot;
	s->net.word = tree.word;
	lay_out(s, b.p);
}

void kh_spans_room_take(struct kh_spans_room *r, const struct kh_spans *s, struct kh_arena *a,
			uint32_t most)
{
	kh_net_room_take(&r->net, &s->net, a, most);
	r->more = kh_arena_bytes(a, (size_t)most * 6 * s->net.head->hidden * sizeof *r->more);
	r->from = kh_arena_bytes(a, (size_t)most * sizeof *r->from);
}

/* Sums of the rows of a word's hints; rows are small enough for nine of them (tools). */
static void add_hints(const struct kh_spans *s, const struct kh_spans_words *w, int16_t *more)
{
	const uint32_t wide = 6 * s->net.head->hidden;
	memset(more, 0, (size_t)w->n * wide * sizeof *more);
	for (uint32_t t = 0; t < w->n; t++)
		for (uint32_t k = 0; k < w->hints; k++) {
			uint32_t at = w->hint[t * w->hints + k];
			const int16_t *restrict row = s->hint + (size_t)at * wide;
			int16_t *restrict to = more + (size_t)t * wide;
			if (at == 0 || at >= s->head->hints)
				continue;
			for (uint32_t j = 0; j < wide; j++)
				to[j] = (int16_t)(to[j] + row[j]);
		}
}

/* The class that best comes before class c. */
static uint32_t before(const struct kh_spans *s, const int32_t *sum, uint32_t c)
{
	const int32_t *chain = s->chain + c;
	if (c && c % 2 == 0) {
		int32_t opens = sum[c - 1] + chain[(size_t)(c - 1) * KH_SPAN_CLASSES];
		return opens >= sum[c] + chain[(size_t)c * KH_SPAN_CLASSES] ? c - 1 : c;
	}
	uint32_t best = 0;
	for (uint32_t i = 1; i < KH_SPAN_CLASSES; i++)
		if (sum[i] + chain[(size_t)i * KH_SPAN_CLASSES] >
		    sum[best] + chain[(size_t)best * KH_SPAN_CLASSES])
			best = i;
	return best;
}

static void best_way(const struct kh_spans *s, const struct kh_spans_words *w,
		     struct kh_spans_room *r, uint8_t *class)
{
	enum { NEVER = -(1 << 28) };
	const uint32_t wide = s->net.classes.out;
	int32_t sum[KH_SPAN_CLASSES], next[KH_SPAN_CLASSES];
	for (uint32_t c = 0; c < KH_SPAN_CLASSES; c++)
		sum[c] = c ? NEVER : 0;
	for (uint32_t t = 0; t < w->n; t++) {
		const int16_t *x = r->net.classes + (size_t)t * wide;
		const int16_t *y = w->tree + (size_t)t * KH_SPAN_CLASSES;
		for (uint32_t c = 0; c < KH_SPAN_CLASSES; c++) {
			uint32_t from = before(s, sum, c);
			int32_t way = sum[from] + s->chain[from * KH_SPAN_CLASSES + c];
			next[c] = (way < NEVER ? NEVER : way) + x[c] + (y[c] >> TREE_SHIFT);
			r->from[t][c] = (uint8_t)from;
		}
		memcpy(sum, next, sizeof sum);
	}
	uint32_t c = 0;
	for (uint32_t k = 1; k < KH_SPAN_CLASSES; k++)
		c = sum[k] > sum[c] ? k : c;
	for (uint32_t t = w->n; t-- > 0; c = r->from[t][c])
		class[t] = (uint8_t)c;
}

void kh_spans_read(const struct kh_spans *s, const struct kh_net_kernels *k,
		   const struct kh_spans_words *w, struct kh_spans_room *r, uint8_t *class)
{
	add_hints(s, w, r->more);
	kh_net_encode(&s->net, k, w->seen, w->n, r->more, &r->net);
	k->product(&s->net.classes, r->net.x, w->n, 10, r->net.classes);
	best_way(s, w, r, class);
}
