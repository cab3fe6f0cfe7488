/* See encode.h. In: words. Out: hashed features. */
#include "read/encode.h"

#include "base/str.h"
#include "base/utf8.h"
#include "model/score.h"

uint16_t kh_cluster_of(kh_str section, uint32_t hash)
{
	const uint32_t *row = (const void *)section.p; /* pairs */
	size_t low = 0, high = section.n / 8;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (row[2 * mid] == hash)
			return (uint16_t)row[2 * mid + 1];
		if (row[2 * mid] < hash)
			low = mid + 1;
		else
			high = mid;
	}
	return 0;
}

/* Runs of capitals, small letters, digits and marks, as a short code. */
static uint32_t shape_of(kh_str w)
{
	uint32_t code = 1, last = 0;
	for (size_t i = 0; i < w.n && code < 1u << 24; i++) {
		unsigned char c = (unsigned char)w.p[i];
		uint32_t k = kh_is_upper(c)		   ? 1
			     : kh_is_lower(c) || c >= 0x80 ? 2
			     : kh_is_digit(c)		   ? 3
			     : c == '-'			   ? 4
			     : c == '.'			   ? 5
			     : c == '\''		   ? 6
							   : 7;
		if (k != last)
			code = code * 8 + k;
		last = k;
	}
	return code;
}

struct kh_seen kh_seen_of(kh_str form, enum kh_casing casing, kh_str clusters)
{
	struct kh_seen s = {.head = -1};
	char low[48];
	size_t n = form.n < sizeof low ? form.n : sizeof low;
	for (size_t i = 0; i < n; i++)
		low[i] = kh_lower(form.p[i]);
	kh_str w = {low, n};
	s.form = kh_str_hash(w);
	s.cluster = kh_cluster_of(clusters, s.form);
	bool number = n > 0 && kh_is_digit((unsigned char)low[0]);
	if (number && !s.cluster) { /* all unknown numbers look alike */
		for (size_t i = 0; i < n; i++)
			if (kh_is_digit((unsigned char)low[i]))
				low[i] = '0';
		s.form = kh_str_hash(w);
	}
	for (size_t k = 1; k <= 4; k++)
		s.suffix[k - 1] = kh_str_hash(kh_str_sub(w, n > k ? n - k : 0, n)) + (n <= k);
	for (size_t k = 1; k <= 3; k++)
		s.prefix[k - 1] = kh_str_hash(kh_str_sub(w, 0, n < k ? n : k));
	uint32_t shape = shape_of(form);
	s.shape = casing == KH_CASE_MIXED || shape % 8 > 2 || shape >= 64 ? shape : 0;
	if (casing == KH_CASE_NONE && (shape == 9 || shape == 10 || shape == 82)) /* u, l, ul */
		s.shape = 0;
	return s;
}

struct list {
	uint32_t *out, n;
};

static void add(struct list *l, uint32_t template, uint32_t a, uint32_t b, uint32_t c)
{
	l->out[l->n++] = kh_mix(kh_mix(kh_mix(template * 0x9E3779B1u, a), b), c);
}

static const struct kh_seen *word(const struct kh_seen *s, int32_t n, int32_t i)
{
	static const struct kh_seen out = {.form = 77, .tag = 255, .head = -1};
	return i < 0 || i >= n ? &out : &s[i];
}

uint32_t kh_tag_features(const struct kh_seen *s, int32_t n, int32_t i, uint32_t *out)
{
	const struct kh_seen *w = &s[i], *p = word(s, n, i - 1), *q = word(s, n, i + 1);
	const struct kh_seen *pp = word(s, n, i - 2), *qq = word(s, n, i + 2);
	struct list l = {out, 0};
	add(&l, 1, w->form, 0, 0);
	add(&l, 2, p->form, 0, 0);
	add(&l, 3, q->form, 0, 0);
	add(&l, 4, w->form, p->tag, 0);
	add(&l, 5, w->form, q->form, 0);
	add(&l, 6, w->form, p->form, 0);
	add(&l, 7, p->tag, 0, 0);
	add(&l, 8, p->tag, pp->tag, 0);
	for (uint32_t k = 0; k < 4; k++)
		add(&l, 9 + k, w->suffix[k], 0, 0);
	for (uint32_t k = 1; k < 3; k++)
		add(&l, 13 + k, w->prefix[k], 0, 0);
	add(&l, 16, w->shape, i == 0, 0);
	add(&l, 17, w->cluster, 0, 0);
	add(&l, 18, p->cluster, w->cluster >> 4, 0);
	add(&l, 19, q->cluster, w->cluster >> 4, 0);
	add(&l, 20, q->cluster, 0, 0);
	add(&l, 21, w->suffix[1], p->tag, 0);
	add(&l, 22, w->suffix[2], q->suffix[1], 0);
	add(&l, 23, w->suffix[1], q->form, 0);
	add(&l, 24, q->suffix[1], q->suffix[0], q->shape);
	add(&l, 25, w->form, p->tag, pp->tag);
	add(&l, 26, qq->form, w->suffix[2], 0);
	add(&l, 27, pp->form, w->suffix[2], 0);
	add(&l, 28, w->shape, p->shape, q->shape);
	add(&l, 29, w->cluster, p->tag, 0);
	add(&l, 30, w->form, q->cluster, 0);
	add(&l, 31, q->form, qq->form, 0);
	add(&l, 32, p->form, q->form, 0);
	add(&l, 33, w->suffix[2], w->shape, p->tag);
	add(&l, 34, w->cluster, q->cluster, p->tag);
	add(&l, 35, 0, 0, 0);
	return l.n;
}

uint32_t kh_name_features(const struct kh_seen *s, int32_t n, int32_t i, uint32_t before,
			  uint32_t *out)
{
	const struct kh_seen *w = &s[i], *p = word(s, n, i - 1), *q = word(s, n, i + 1);
	const struct kh_seen *pp = word(s, n, i - 2), *qq = word(s, n, i + 2);
	struct list l = {out, 0};
	add(&l, 101, w->form, before, 0);
	add(&l, 102, w->form, 0, 0);
	add(&l, 103, p->form, before, 0);
	add(&l, 104, q->form, 0, 0);
	add(&l, 105, w->form, p->form, 0);
	add(&l, 106, w->form, q->form, 0);
	add(&l, 107, before, w->tag, w->shape);
	add(&l, 108, before, w->cluster, 0);
	add(&l, 109, w->cluster, 0, 0);
	add(&l, 110, w->cluster >> 4, p->cluster >> 4, q->cluster >> 4);
	add(&l, 111, p->cluster, w->shape, before);
	add(&l, 112, q->cluster, w->shape, before);
	for (uint32_t k = 1; k < 4; k++)
		add(&l, 113 + k, w->suffix[k], w->shape, 0);
	for (uint32_t k = 1; k < 3; k++)
		add(&l, 117 + k, w->prefix[k], w->shape, 0);
	add(&l, 120, w->shape, p->shape, q->shape);
	add(&l, 121, w->shape, w->tag, i == 0);
	add(&l, 122, p->tag, w->tag, q->tag);
	add(&l, 123, pp->form, p->form, before);
	add(&l, 124, q->form, qq->form, w->tag);
	add(&l, 125, p->form, w->shape, 0);
	add(&l, 126, q->form, w->shape, before);
	add(&l, 127, pp->cluster, w->tag, before);
	add(&l, 128, qq->cluster, w->tag, before);
	add(&l, 129, w->head < 0 ? 1 : s[w->head].form, w->rel, w->tag);
	add(&l, 130, w->head < 0 ? 1 : s[w->head].cluster, w->rel, w->tag);
	add(&l, 131, w->cluster, p->cluster, before);
	add(&l, 132, w->cluster, q->cluster, before);
	add(&l, 133, before, 0, 0);
	return l.n;
}

void kh_state_init(struct kh_state *p, struct kh_arena *a, int32_t n)
{
	size_t m = (size_t)n + 1;
	int32_t *room = kh_arena_bytes(a, m * 8 * sizeof *room);
	*p = (struct kh_state){.n = n, .stack = room, .head = room + m};
	for (int k = 0; k < 2; k++) {
		p->left[k] = room + m * (size_t)(2 + k);
		p->right[k] = room + m * (size_t)(4 + k);
	}
	p->n_left = room + m * 6;
	p->n_right = room + m * 7;
	memset(p->head, 0xFF, m * 5 * sizeof *room);
	memset(p->n_left, 0, m * 2 * sizeof *room);
}

bool kh_state_may(const struct kh_state *p, enum kh_move m)
{
	if (m == KH_SHIFT)
		return p->b < p->n;
	if (m == KH_LEFT) /* the root takes one child only: the last left on the stack */
		return p->top > 0 && (p->b < p->n || p->top == 1);
	return p->top > 1;
}

static void attach(struct kh_state *p, int32_t child, int32_t head)
{
	p->head[child] = head;
	if (child < head) {
		p->left[1][head] = p->left[0][head];
		p->left[0][head] = child;
		p->n_left[head]++;
	} else {
		p->right[1][head] = p->right[0][head];
		p->right[0][head] = child;
		p->n_right[head]++;
	}
}

void kh_state_do(struct kh_state *p, enum kh_move m)
{
	if (m == KH_SHIFT) {
		p->stack[p->top++] = p->b++;
		return;
	}
	int32_t child = p->stack[--p->top];
	attach(p, child, m == KH_LEFT ? p->b : p->stack[p->top - 1]);
}

/* Tag of a word, 254 for the root, 255 for none. */
static uint32_t tag_at(const struct kh_seen *s, const struct kh_state *p, int32_t i)
{
	return i < 0 ? 255u : i == p->n ? 254u : s[i].tag;
}

struct view { /* what the parser looks at: s is the stack, b the buffer; t and u their tags */
	const struct kh_seen *s0, *s1, *b0, *b1;
	uint32_t t0, t1, t2, u0, u1, u2, u3;
	uint32_t l0, r0, l1, r1, lb, r01, l01, lb1; /* tags of children */
	uint32_t w_r0, w_l0, w_lb, w_r1;	    /* words of children */
	uint32_t d, e, v0, v1, vb, top;		    /* distances, valencies, stack */
};

static void see_children(struct view *v, const struct kh_seen *s, const struct kh_state *p,
			 int32_t s0, int32_t s1)
{
	int32_t b0 = p->b, n = p->n;
#define KID(side, k, i) ((i) >= 0 ? tag_at(s, p, p->side[k][i]) : 255u)
#define KIDW(side, i) ((i) >= 0 ? word(s, n, p->side[0][i])->form : 0u)
	v->l0 = KID(left, 0, s0), v->r0 = KID(right, 0, s0), v->l1 = KID(left, 0, s1);
	v->r1 = KID(right, 0, s1), v->lb = KID(left, 0, b0), v->r01 = KID(right, 1, s0);
	v->l01 = KID(left, 1, s0), v->lb1 = KID(left, 1, b0);
	v->w_r0 = KIDW(right, s0), v->w_l0 = KIDW(left, s0), v->w_lb = KIDW(left, b0);
	v->w_r1 = KIDW(right, s1);
#undef KID
#undef KIDW
	v->v0 = s0 < 0 ? 0 : (uint32_t)(p->n_left[s0] * 8 + (p->n_right[s0] & 7));
	v->v1 = s1 < 0 ? 0 : (uint32_t)(p->n_left[s1] * 8 + (p->n_right[s1] & 7));
	v->vb = (uint32_t)p->n_left[b0];
}

static struct view view_of(const struct kh_seen *s, const struct kh_state *p)
{
	int32_t s0 = p->top > 0 ? p->stack[p->top - 1] : -1,
		s1 = p->top > 1 ? p->stack[p->top - 2] : -1;
	int32_t s2 = p->top > 2 ? p->stack[p->top - 3] : -1, b0 = p->b, n = p->n;
	struct view v = { .s0 = word(s, n, s0) };
	v.s1 = word(s, n, s1), v.b0 = word(s, n, b0), v.b1 = word(s, n, b0 + 1);
	v.t0 = tag_at(s, p, s0), v.t1 = tag_at(s, p, s1), v.t2 = tag_at(s, p, s2);
	v.u0 = tag_at(s, p, b0), v.u1 = b0 + 1 < n ? s[b0 + 1].tag : 255u;
	v.u2 = b0 + 2 < n ? s[b0 + 2].tag : 255u, v.u3 = b0 + 3 < n ? s[b0 + 3].tag : 255u;
	v.d = s0 < 0 ? 0 : (uint32_t)(b0 - s0 > 9 ? 9 : b0 - s0);
	v.e = s1 < 0 ? 0 : (uint32_t)(s0 - s1 > 9 ? 9 : s0 - s1);
	v.top = (uint32_t)(p->top > 4 ? 4 : p->top);
	see_children(&v, s, p, s0, s1);
	return v;
}

static void words_and_tags(struct list *l, const struct view *v)
{
	add(l, 201, v->s0->form, v->t0, 0);
	add(l, 202, v->s1->form, v->t1, 0);
	add(l, 203, v->b0->form, v->u0, 0);
	add(l, 204, v->b1->form, v->u1, 0);
	add(l, 205, v->t0, v->u0, v->t1);
	add(l, 206, v->t0, v->u0, v->u1);
	add(l, 207, v->t0, v->t1, v->t2);
	add(l, 208, v->u0, v->u1, v->u2);
	add(l, 209, v->s0->form, v->b0->form, 0);
	add(l, 210, v->s0->form, v->s1->form, 0);
	add(l, 211, v->s0->form, v->u0, v->t0);
	add(l, 212, v->t0, v->b0->form, v->u0);
	add(l, 213, v->s0->form, v->t1, v->t0);
	add(l, 214, v->t0, v->s1->form, v->t1);
	add(l, 215, v->s1->form, v->b0->form, 0);
	add(l, 216, v->t1, v->u0, v->b0->form);
	add(l, 217, v->s0->cluster, v->b0->cluster, 0);
	add(l, 218, v->s0->cluster, v->s1->cluster, 0);
	add(l, 219, v->s1->cluster, v->b0->cluster, 0);
	add(l, 220, v->s0->cluster >> 4, v->b0->cluster >> 4, v->s1->cluster >> 4);
	add(l, 241, v->t0, v->u0, kh_mix(v->u1, v->u2));
	add(l, 242, v->t0, v->t1, kh_mix(v->t2, v->u0));
	add(l, 243, v->u0, v->u1, kh_mix(v->u2, v->u3));
	add(l, 246, v->t1, v->t0, kh_mix(v->u0, v->u1));
	add(l, 247, v->s1->form, v->s0->form, v->u0);
	add(l, 248, v->t1, v->s0->form, v->b0->form);
	add(l, 249, v->s0->cluster, v->u0, v->t1);
	add(l, 250, v->s1->cluster, v->t0, v->u0);
	add(l, 251, v->b0->cluster, v->t0, v->t1);
	add(l, 254, v->s0->suffix[2], v->t0, v->u0);
	add(l, 255, v->b0->suffix[2], v->t0, v->u0);
	add(l, 257, v->s0->form, v->b0->form, v->t1);
	add(l, 258, v->s0->form, v->u0, v->u1);
	add(l, 259, v->s1->form, v->t0, v->u0);
}

uint32_t kh_arc_features(const struct kh_seen *s, const struct kh_state *p, uint32_t *out)
{
	struct view x = view_of(s, p), *v = &x;
	struct list l = {out, 0};
	words_and_tags(&l, v);
	add(&l, 221, v->t0, v->u0, v->d);
	add(&l, 222, v->t0, v->t1, v->e);
	add(&l, 223, v->s0->form, v->d, 0);
	add(&l, 224, v->b0->form, v->d, 0);
	add(&l, 225, v->t0, v->l0, v->r0);
	add(&l, 226, v->t1, v->l1, v->r1);
	add(&l, 227, v->u0, v->lb, v->lb1);
	add(&l, 228, v->t0, v->u0, v->lb);
	add(&l, 229, v->t0, v->u0, v->r0);
	add(&l, 230, v->t0, v->t1, v->r1);
	add(&l, 231, v->t0, v->t1, v->l0);
	add(&l, 232, v->s0->form, v->v0, v->t0);
	add(&l, 233, v->s1->form, v->v1, v->t1);
	add(&l, 234, v->b0->form, v->vb, v->u0);
	add(&l, 235, v->t0, v->v0, v->u0);
	add(&l, 236, v->t1, v->v1, v->t0);
	add(&l, 237, v->w_r0, v->s0->form, v->u0);
	add(&l, 238, v->w_l0, v->t0, v->t1);
	add(&l, 239, v->w_lb, v->t0, v->u0);
	add(&l, 240, v->w_r1, v->t0, v->t1);
	add(&l, 244, v->t0, v->r0, v->r01);
	add(&l, 245, v->t0, v->l0, v->l01);
	add(&l, 252, v->t1, v->t0, kh_mix(v->r1, v->u0));
	add(&l, 253, v->t0, v->u0, kh_mix(v->lb, v->r0));
	add(&l, 256, v->d, v->e, kh_mix(v->t0, kh_mix(v->t1, v->u0)));
	add(&l, 260, v->t0, v->u0, kh_mix(v->t1, kh_mix(v->u1, 7)));
	add(&l, 261, v->w_l0, v->u0, v->t0);
	add(&l, 262, v->top, v->u0, v->t0);
	return l.n;
}

uint32_t kh_rel_features(const struct kh_seen *s, int32_t n, const struct kh_state *p, int32_t i,
			 uint32_t *out)
{
	int32_t h = s[i].head;
	const struct kh_seen *w = &s[i], *g = word(s, n, h);
	int32_t hh = h < 0 ? -1 : g->head;
	uint32_t t = w->tag, u = h < 0 ? 254u : g->tag, side = h < 0 ? 2u : h > i;
	uint32_t d = h < 0 ? 0 : (uint32_t)(h > i ? h - i : i - h);
	const struct kh_seen *lk = word(s, n, p->left[0][i]), *rk = word(s, n, p->right[0][i]);
	const struct kh_seen *lk1 = word(s, n, p->left[1][i]);
	int32_t gl = h < 0 ? -1 : p->left[0][h], gr = h < 0 ? -1 : p->right[0][h];
	struct list l = {out, 0};
	d = d > 6 ? 6 : d;
	add(&l, 301, w->form, t, side);
	add(&l, 302, g->form, u, side);
	add(&l, 303, t, u, kh_mix(side, d));
	add(&l, 304, w->form, g->form, side);
	add(&l, 305, t, g->form, side);
	add(&l, 306, w->form, u, side);
	add(&l, 307, w->cluster, g->cluster, side);
	add(&l, 308, w->cluster, u, side);
	add(&l, 309, t, g->cluster, side);
	add(&l, 310, lk->form, t, kh_mix(u, side));
	add(&l, 311, lk->tag, t, kh_mix(u, side));
	add(&l, 312, rk->form, t, kh_mix(u, side));
	add(&l, 313, rk->tag, t, kh_mix(u, side));
	add(&l, 314, lk->form, w->form, side);
	add(&l, 315, lk->form, w->cluster, g->form);
	add(&l, 316, lk->form, g->form, t);
	add(&l, 317, lk1->form, t, u);
	add(&l, 318, gl == i ? 1 : word(s, n, gl)->form, t, side);
	add(&l, 319, gr == i ? 1 : word(s, n, gr)->form, t, side);
	add(&l, 320, word(s, n, gl)->tag, kh_mix(t, u), side);
	add(&l, 321, word(s, n, gr)->tag, kh_mix(t, u), side);
	add(&l, 322, word(s, n, i - 1)->tag, t, kh_mix(word(s, n, i + 1)->tag, u));
	add(&l, 323, word(s, n, i - 1)->form, t, u);
	add(&l, 324, word(s, n, i + 1)->form, t, u);
	add(&l, 325, w->suffix[2], u, side);
	add(&l, 326, hh < 0 ? 254u : s[hh].tag, t, u);
	add(&l, 327, hh < 0 ? 0 : s[hh].form, t, u);
	add(&l, 328, (uint32_t)p->n_left[i] * 8 + ((uint32_t)p->n_right[i] & 7), t, u);
	add(&l, 329, h < 0 ? 0 : (uint32_t)p->n_left[h] * 8 + ((uint32_t)p->n_right[h] & 7), t,
	    kh_mix(u, side));
	add(&l, 330, t, kh_mix(u, lk->tag), kh_mix(rk->tag, side));
	add(&l, 331, h < 0 ? 1 : word(s, n, h - 1)->form, t, kh_mix(u, side));
	add(&l, 332, h < 0 ? 1 : word(s, n, p->left[1][h])->form, t, side);
	add(&l, 333, w->shape, t, u);
	add(&l, 334, kh_mix(w->cluster >> 4, lk->form), u, side);
	add(&l, 335, kh_mix(w->cluster, lk->form), g->cluster, side);
	add(&l, 336, t, u, side);
	return l.n;
}
