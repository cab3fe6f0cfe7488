/* See net.h. In: the section "tree" of the image; words. Out: what the heads say of each word. */
#include "model/net.h"

#include "base/str.h"
#include "model/net_lanes.h"

#define FORMAT 1u

/* ---- the section ---------------------------------------------------------- */

const void *kh_net_part(struct kh_net_walk *w, uint64_t bytes)
{
	const char *p = w->p ? w->p + w->at : NULL;
	w->at += (bytes + 63) & ~(uint64_t)63;
	return p;
}

struct kh_net_matrix kh_net_matrix(struct kh_net_walk *w, uint32_t in, uint32_t out)
{
	struct kh_net_matrix m = {.in = in, .out = out};
	m.w = kh_net_part(w, (uint64_t)in * out);
	m.bias = kh_net_part(w, (uint64_t)out * sizeof *m.bias);
	return m;
}

void kh_net_layers(struct kh_net *n, struct kh_net_walk *w)
{
	const struct kh_net_head *h = n->head;
	for (uint32_t l = 0; l < h->layers; l++) {
		n->layer[l].m = kh_net_matrix(w, l ? 2 * h->hidden : h->word + h->piece,
					      6 * h->hidden);
		n->layer[l].feed = kh_net_part(w, (uint64_t)h->hidden * 4 * sizeof(int16_t));
	}
}

bool kh_net_sane(const struct kh_net_head *h)
{
	bool wide = h->word && h->word % 16 == 0 && h->piece && h->piece % 16 == 0 && h->hidden &&
		    h->hidden % 16 == 0;
	return wide && h->word + h->piece <= KH_NET_WIDE && h->word <= KH_NET_WIDE &&
	       h->piece <= KH_NET_WIDE && h->hidden <= KH_NET_WIDE / 2 && h->layers >= 1 &&
	       h->layers <= KH_NET_LAYERS && h->rows <= 1u << 22 && h->slot_bits >= 4 &&
	       h->slot_bits <= 24 && h->rows < 1u << h->slot_bits;
}

static bool sane(const struct kh_net_head *h)
{
	bool wide = h->arc && h->arc % 16 == 0 && h->label && h->label % 16 == 0;
	return wide && kh_net_sane(h) && h->format == FORMAT && h->arc <= 256 && h->label <= 256 &&
	       h->tags >= 1 && h->tags <= KH_NET_TAGS && h->names >= 1 && h->names <= 64 &&
	       h->rels >= 1 && h->rels <= 128 && h->classes % 16 == 0 &&
	       h->classes >= h->tags + h->names && h->classes <= 256 && h->n_blob &&
	       h->n_blob <= 1u << 16;
}

/* Where all parts lie, from the head alone; the length they need together. */
static uint64_t lay_out(struct kh_net *n, const struct kh_net_head *h, const char *section)
{
	struct kh_net_walk w = {section, 0};
	uint32_t top = 2 * h->hidden;
	n->head = h;
	kh_net_part(&w, sizeof *h);
	n->blob = kh_net_part(&w, h->n_blob);
	n->key = kh_net_part(&w, sizeof(uint32_t) << h->slot_bits);
	n->slot = kh_net_part(&w, sizeof(uint32_t) << h->slot_bits);
	n->word = kh_net_part(&w, ((uint64_t)h->rows + 1) * h->word);
	n->piece = kh_net_part(&w, (uint64_t)h->piece << KH_PIECE_BITS);
	kh_net_layers(n, &w);
	n->classes = kh_net_matrix(&w, top, h->classes);
	n->roles = kh_net_matrix(&w, top, 2 * h->arc + 2 * h->label);
	n->pair = kh_net_matrix(&w, h->arc, h->arc);
	n->root_arc = kh_net_part(&w, h->arc * sizeof(int16_t));
	n->way_arc = kh_net_part(&w, KH_NET_BUCKETS * sizeof(int32_t));
	n->root_label = kh_net_part(&w, h->label * sizeof(int16_t));
	n->way_label = kh_net_part(&w, (uint64_t)KH_NET_BUCKETS * h->label * sizeof(int16_t));
	n->label = kh_net_matrix(&w, h->label, (h->rels + 15) & ~15u);
	return w.at;
}

int kh_net_check(const struct khabar_model *m, khabar_error *err)
{
	kh_str s = kh_model_section(m, "tree");
	struct kh_net net;
	if (!s.n)
		return 0;
	const struct kh_net_head *h = (const void *)s.p;
	bool good = s.n >= sizeof *h && sane(h) && lay_out(&net, h, s.p) == s.n;
	uint32_t names = 0;
	for (uint32_t i = 0; good && i < h->n_blob; i++)
		names += net.blob[i] == 0;
	good = good && names >= h->tags;
	for (uint32_t i = 0; good && i < KH_NET_BUCKETS;
	     i++) /* sums over a sentence stay in range */
		good = net.way_arc[i] >= -(1 << 20) && net.way_arc[i] <= 1 << 20;
	uint32_t taken = 0;
	for (uint32_t i = 0; good && i < 1u << h->slot_bits; i++) {
		good = net.slot[i] <= h->rows;
		taken += net.slot[i] != 0;
	}
	if (good && taken < 1u << h->slot_bits) /* an empty slot ends each search */
		return 0;
	kh_error_set(err, KHABAR_E_MODEL, (uint64_t)(s.p - (const char *)m->image),
		     "the weights of the tree are damaged");
	return KHABAR_E_MODEL;
}

void kh_net_open(struct kh_net *net, const struct khabar_model *m)
{
	kh_str s = kh_model_section(m, "tree");
	*net = (struct kh_net){.head = NULL};
	if (s.n)
		lay_out(net, (const void *)s.p, s.p);
}

void kh_net_tags(const struct kh_net *net, const char **name)
{
	const char *p = net->blob;
	for (uint32_t i = 0; net->head && i < net->head->tags; i++) {
		name[i] = p;
		p += strlen(p) + 1;
	}
}

/* ---- the processor -------------------------------------------------------- */

#if KH_NET_X86
#include <cpuid.h>

/* The widest set of vectors that the processor has and whose registers the system keeps. */
enum kh_lanes kh_net_lanes(void)
{
	enum { YMM = 6, ZMM = 0xE6 };
	const unsigned wide = bit_AVX512F | bit_AVX512BW;
	unsigned a, b, c, d, e, kept, high;
	if (!__get_cpuid_count(7, 0, &a, &b, &c, &d) || !(b & bit_AVX2) ||
	    !__get_cpuid(1, &a, &e, &d, &high) || !(d & bit_OSXSAVE))
		return KH_LANES_SSE2;
	__asm__("xgetbv" : "=a"(kept), "=d"(high) : "c"(0));
	if ((kept & YMM) != YMM)
		return KH_LANES_SSE2;
	if ((b & wide) != wide || (kept & ZMM) != ZMM)
		return KH_LANES_AVX2;
	return c & bit_AVX512VNNI ? KH_LANES_VNNI : KH_LANES_AVX512;
}
#elif KH_NET_NEON
enum kh_lanes kh_net_lanes(void)
{
	return KH_LANES_NEON;
}
#else
enum kh_lanes kh_net_lanes(void)
{
	return KH_LANES_PLAIN;
}
#endif

const struct kh_net_kernels *kh_net_kernels(enum kh_lanes lanes)
{
	static const struct kh_net_kernels *const built[KH_LANES_KINDS] = {
		[KH_LANES_PLAIN] = &kh_net_plain,
#if KH_NET_X86
		[KH_LANES_SSE2] = &kh_net_sse2,
		[KH_LANES_AVX2] = &kh_net_avx2,
		[KH_LANES_AVX512] = &kh_net_avx512,
		[KH_LANES_VNNI] = &kh_net_vnni,
#elif KH_NET_NEON
		[KH_LANES_NEON] = &kh_net_neon,
#endif
	};
	return lanes <= kh_net_lanes() ? built[lanes] : NULL;
}

/* ---- reading -------------------------------------------------------------- */

void kh_net_room_take(struct kh_net_room *r, const struct kh_net *net, struct kh_arena *a,
		      uint32_t most)
{
	const struct kh_net_head *h = net->head;
	size_t n = most, wide = kh_max32(h->word + h->piece, 2 * h->hidden);
	r->most = most;
	r->x = kh_arena_bytes(a, n * wide * sizeof *r->x);
	r->h = kh_arena_bytes(a, n * wide * sizeof *r->h);
	r->pre = kh_arena_bytes(a, n * 6 * h->hidden * sizeof *r->pre);
	r->sums = kh_arena_bytes(a, n * 6 * h->hidden * sizeof *r->sums);
	r->classes = kh_arena_bytes(a, n * net->classes.out * sizeof *r->classes);
	r->roles = kh_arena_bytes(a, n * net->roles.out * sizeof *r->roles);
	r->seek = kh_arena_bytes(a, n * h->arc * 2 * sizeof *r->seek);
	r->hidden = kh_arena_bytes(a, n * h->label * sizeof *r->hidden);
	r->label = kh_arena_bytes(a, n * net->label.out * sizeof *r->label);
	r->score = kh_arena_bytes(a, (h->arc ? n * n : 0) * sizeof *r->score);
	r->kept = kh_arena_take(a, KH_NET_KEPT, sizeof *r->kept);
	r->kept_pre = kh_arena_bytes(a, (size_t)KH_NET_KEPT * 6 * h->hidden * sizeof *r->kept_pre);
	r->fresh = kh_arena_bytes(a, n * sizeof *r->fresh);
}

static uint32_t find(const struct kh_net *net, uint32_t hash)
{
	uint32_t mask = (1u << net->head->slot_bits) - 1;
	for (uint32_t i = hash & mask; net->slot[i]; i = (i + 1) & mask)
		if (net->key[i] == hash)
			return net->slot[i] - 1;
	return net->head->rows;
}

bool kh_net_knows(const struct kh_net *net, uint32_t hash)
{
	return find(net, hash) < net->head->rows;
}

uint32_t kh_net_row(const struct kh_net *net, const struct kh_seen *s)
{
	uint32_t row = find(net, s->form);
	return row == net->head->rows && s->zero != s->form ? find(net, s->zero) : row;
}

/* Adds a row of bytes to sums. */
static void add_row(int16_t *restrict sum, const int8_t *restrict row, uint32_t n)
{
	for (uint32_t j = 0; j < n; j++)
		sum[j] = (int16_t)(sum[j] + row[j]);
}

static void embed(const struct kh_net *net, const struct kh_seen *s, int16_t *restrict x)
{
	const uint32_t nw = net->head->word, np = net->head->piece;
	const int8_t *restrict w = net->word + (size_t)kh_net_row(net, s) * nw;
	int16_t *restrict to = x + nw;
	for (uint32_t j = 0; j < nw; j++)
		x[j] = (int16_t)(w[j] * 128);
	memset(to, 0, np * sizeof *to);
	for (uint32_t k = 0; k < KH_PIECES; k++)
		add_row(to, net->piece + (size_t)s->piece[k] * np, np);
	for (uint32_t j = 0; j < np; j++) {
		int16_t v = to[j] > 511 ? 511 : to[j] < -511 ? -511 : to[j];
		to[j] = (int16_t)(v * 64);
	}
}

static void recur(const struct kh_net_kernels *k, const struct kh_net_layer *l, const int16_t *pre,
		  const int16_t *x, uint32_t hidden, uint32_t n, int16_t *h)
{
	int16_t c[KH_NET_WIDE / 2];
	memset(c, 0, sizeof c);
	for (uint32_t t = 0; t < n; t++)
		k->step(pre + (size_t)t * 6 * hidden, l->feed,
			x ? x + (size_t)t * 2 * hidden : NULL, hidden, c,
			h + (size_t)t * 2 * hidden);
	memset(c, 0, sizeof c);
	for (uint32_t t = n; t-- > 0;)
		k->step(pre + ((size_t)t * 6 + 3) * hidden, l->feed + 2 * hidden,
			x ? x + ((size_t)t * 2 + 1) * hidden : NULL, hidden, c,
			h + ((size_t)t * 2 + 1) * hidden);
}

/* Every word as a head for every other; the root in a word's own place. */
static void score_arcs(const struct kh_net *net, const struct kh_net_kernels *k, uint32_t n,
		       struct kh_net_room *r)
{
	const uint32_t arc = net->head->arc, wide = net->roles.out;
	int16_t *a = r->seek + (size_t)n * arc; /* the dependents, close together */
	for (uint32_t t = 0; t < n; t++) {
		k->bend(r->roles + (size_t)t * wide, 2 * arc);
		memcpy(a + (size_t)t * arc, r->roles + (size_t)t * wide, arc * sizeof *a);
	}
	k->product(&net->pair, a, n, 10, r->seek);
	for (uint32_t t = 0; t < n; t++) {
		int32_t *row = r->score + (size_t)t * n;
		const int16_t *seek = r->seek + (size_t)t * arc;
		k->dots(seek, r->roles + arc, arc, wide, n, row);
		for (uint32_t h = 0; h < n; h++)
			row[h] += net->way_arc[kh_net_bucket((int32_t)t, (int32_t)h)];
		k->dots(seek, net->root_arc, arc, 0, 1, &row[t]);
		row[t] += net->way_arc[0];
	}
}

static bool same_word(const struct kh_seen *a, const struct kh_seen *b)
{
	return a->form == b->form && memcmp(a->piece, b->piece, sizeof a->piece) == 0;
}

/* The sums of the first layer, which depend on the word alone: worked out for words that are not
 * kept, copied for the others. */
static void first_sums(const struct kh_net *net, const struct kh_net_kernels *k,
		       const struct kh_seen *seen, uint32_t n, struct kh_net_room *r)
{
	const uint32_t in = net->head->word + net->head->piece;
	const size_t wide = 6 * (size_t)net->head->hidden;
	uint32_t fresh = 0;
	for (uint32_t t = 0; t < n; t++) {
		uint32_t at = (seen[t].form ^ seen[t].piece[KH_PIECE_SHAPE]) % KH_NET_KEPT;
		if (r->kept[at].full && same_word(&r->kept[at].word, &seen[t])) {
			memcpy(r->pre + t * wide, r->kept_pre + at * wide, wide * sizeof *r->pre);
			continue;
		}
		r->fresh[fresh] = (uint16_t)t;
		embed(net, &seen[t], r->x + (size_t)fresh++ * in);
	}
	k->product(&net->layer[0].m, r->x, fresh, 8, r->sums);
	for (uint32_t f = 0; f < fresh; f++) {
		uint32_t t = r->fresh[f];
		uint32_t at = (seen[t].form ^ seen[t].piece[KH_PIECE_SHAPE]) % KH_NET_KEPT;
		r->kept[at] = (struct kh_net_kept){seen[t], true};
		memcpy(r->pre + t * wide, r->sums + f * wide, wide * sizeof *r->pre);
		memcpy(r->kept_pre + at * wide, r->sums + f * wide, wide * sizeof *r->pre);
	}
}

static int16_t narrow(int32_t v)
{
	return (int16_t)(v > INT16_MAX ? INT16_MAX : v < INT16_MIN ? INT16_MIN : v);
}

static void add_sums(int16_t *restrict sum, const int16_t *restrict more, size_t n)
{
	for (size_t j = 0; j < n; j++) {
		int32_t v = sum[j] + 2 * more[j];
		v = v > INT16_MAX ? INT16_MAX : v;
		sum[j] = (int16_t)(v < INT16_MIN ? INT16_MIN : v);
	}
}

void kh_net_encode(const struct kh_net *net, const struct kh_net_kernels *k,
		   const struct kh_seen *seen, uint32_t n, const int16_t *more,
		   struct kh_net_room *r)
{
	first_sums(net, k, seen, n, r);
	if (more)
		add_sums(r->pre, more, (size_t)n * 6 * net->head->hidden);
	for (uint32_t l = 0; l < net->head->layers; l++) {
		if (l)
			k->product(&net->layer[l].m, r->x, n, 8, r->pre);
		recur(k, &net->layer[l], r->pre, l ? r->x : NULL, net->head->hidden, n, r->h);
		int16_t *swap = r->x;
		r->x = r->h;
		r->h = swap;
	}
}

void kh_net_read(const struct kh_net *net, const struct kh_net_kernels *k,
		 const struct kh_seen *seen, uint32_t n, struct kh_net_room *r)
{
	kh_net_encode(net, k, seen, n, NULL, r);
	k->product(&net->classes, r->x, n, 10, r->classes);
	k->product(&net->roles, r->x, n, 8, r->roles);
	score_arcs(net, k, n, r);
}

void kh_net_label(const struct kh_net *net, const struct kh_net_kernels *k, const int32_t *head,
		  uint32_t n, struct kh_net_room *r)
{
	const uint32_t m = net->head->label, wide = net->roles.out, at = 2 * net->head->arc;
	for (uint32_t t = 0; t < n; t++) {
		const int16_t *p = r->roles + (size_t)t * wide + at;
		const int16_t *q =
			head[t] < 0 ? net->root_label : r->roles + (size_t)head[t] * wide + at + m;
		uint32_t bucket = head[t] < 0 ? 0 : kh_net_bucket((int32_t)t, head[t]);
		const int16_t *way = net->way_label + (size_t)bucket * m;
		for (uint32_t j = 0; j < m; j++)
			r->hidden[(size_t)t * m + j] = narrow(p[j] + q[j] + way[j]);
	}
	k->bend(r->hidden, n * m);
	k->product(&net->label, r->hidden, n, 10, r->label);
}
