/* Which texts are copies of one another: edited, cut, reworded, with junk around. In: texts. Out:
 * groups. Shared runs of three words are counted. Round-ups that hold the beginnings of several
 * texts, texts that borrow background from another, and bulletins that differ only in their figures
 * stay apart. */
#include "base/str.h"
#include "base/utf8.h"
#include "group/group.h"

enum {
	RUN = 3,     /* words of a shingle */
	COMMON = 48, /* a shingle of more texts than this tells nothing */
	STRONG = 50, /* percent of the longer text: copies, without more evidence */
	HELD = 56,   /* percent of the shorter text: held in the other */
	FIGURES = 3, /* so many figures must a text have before they are compared */
};

struct print { /* of a text */
	uint32_t n, n_figures;
	uint32_t *hash, *figure; /* distinct, ascending */
};

struct post {
	uint32_t hash, doc;
};

struct pair {
	uint32_t a, b, shared; /* a < b */
};

struct all {
	struct kh_arena *arena;
	struct print *print;
	uint32_t n, n_pair, cap_pair;
	struct pair *pair;
	uint32_t *root, *size;
	uint32_t *first; /* first[i]: the first pair of text i in `link`; n + 1 of them */
	uint32_t *link;  /* pairs by text */
};

/* Sorts by the key, least byte first: linear, and the same everywhere. */
static void sort_posts(struct post *p, struct post *room, uint32_t n)
{
	for (unsigned shift = 0; shift < 32; shift += 8) {
		uint32_t count[257] = {0};
		for (uint32_t i = 0; i < n; i++)
			count[(p[i].hash >> shift & 255) + 1]++;
		for (unsigned k = 0; k < 256; k++)
			count[k + 1] += count[k];
		for (uint32_t i = 0; i < n; i++)
			room[count[p[i].hash >> shift & 255]++] = p[i];
		memcpy(p, room, n * sizeof *p);
	}
}

static uint32_t distinct(struct kh_arena *a, uint32_t *v, uint32_t n)
{
	struct post *p = KH_TAKE(a, n + 1, struct post), *room = KH_TAKE(a, n + 1, struct post);
	uint32_t m = 0;
	for (uint32_t i = 0; i < n; i++)
		p[i].hash = v[i];
	sort_posts(p, room, n);
	for (uint32_t i = 0; i < n; i++)
		if (!m || v[m - 1] != p[i].hash)
			v[m++] = p[i].hash;
	return m;
}

static struct print print_of(struct kh_arena *a, kh_str s)
{
	struct print p = {.hash = KH_TAKE(a, s.n / 2 + 2, uint32_t),
	                  .figure = KH_TAKE(a, s.n / 2 + 2, uint32_t)};
	uint32_t last[RUN] = {0}, words = 0;
	for (size_t i = 0; i < s.n;) {
		uint32_t h = 2166136261u;
		bool any = false, figure = false;
		for (; i < s.n; any = true) {
			unsigned len;
			uint32_t c = kh_utf8_at(s, i, &len);
			bool digit = c < 128 && kh_is_digit((unsigned char)c);
			if (!digit && !kh_utf8_is_letter(c))
				break;
			figure |= digit;
			h = (h ^ kh_utf8_lower(c)) * 16777619u;
			i += len;
		}
		if (!any) {
			unsigned len;
			kh_utf8_at(s, i, &len);
			i += len;
			continue;
		}
		for (unsigned k = 0; k + 1 < RUN; k++)
			last[k] = last[k + 1];
		last[RUN - 1] = h;
		if (figure)
			p.figure[p.n_figures++] = h;
		if (++words >= RUN)
			p.hash[p.n++] =
				((last[0] * 2654435761u ^ last[1]) * 2246822519u ^ last[2]) *
				3266489917u;
	}
	p.n = distinct(a, p.hash, p.n);
	p.n_figures = distinct(a, p.figure, p.n_figures);
	return p;
}

static uint32_t shared_of(const uint32_t *a, uint32_t n, const uint32_t *b, uint32_t m)
{
	uint32_t i = 0, k = 0, both = 0;
	while (i < n && k < m) {
		both += a[i] == b[k];
		uint32_t x = a[i], y = b[k];
		i += x <= y;
		k += y <= x;
	}
	return both;
}

/* Pairs that share a run, with how many: an index of runs, then a table of pairs. */
static void find_pairs(struct all *x)
{
	uint32_t total = 0, room = 1024;
	for (uint32_t i = 0; i < x->n; i++)
		total += x->print[i].n;
	struct post *post = KH_TAKE(x->arena, total + 1, struct post);
	struct post *spare = KH_TAKE(x->arena, total + 1, struct post);
	uint32_t m = 0, *slot = KH_TAKE(x->arena, room, uint32_t);
	for (uint32_t i = 0; i < x->n; i++)
		for (uint32_t k = 0; k < x->print[i].n; k++)
			post[m++] = (struct post){x->print[i].hash[k], i};
	sort_posts(post, spare, m);
	for (uint32_t i = 0, end; i < m; i = end) {
		for (end = i + 1; end < m && post[end].hash == post[i].hash;)
			end++;
		if (end - i > COMMON)
			continue;
		for (uint32_t a = i; a < end; a++)
			for (uint32_t b = a + 1; b < end; b++) {
				uint32_t d = post[a].doc, e = post[b].doc;
				uint32_t h = (d * 2654435761u ^ e * 2246822519u) & (room - 1);
				while (slot[h] &&
				       (x->pair[slot[h] - 1].a != d || x->pair[slot[h] - 1].b != e))
					h = (h + 1) & (room - 1);
				if (slot[h]) {
					x->pair[slot[h] - 1].shared++;
					continue;
				}
				*KH_PUSH(x->arena, x->pair, x->n_pair, x->cap_pair) =
					(struct pair){d, e, 1};
				slot[h] = x->n_pair;
				if (x->n_pair * 2 < room)
					continue;
				room *= 2;
				slot = KH_TAKE(x->arena, room, uint32_t);
				for (uint32_t p = 0; p < x->n_pair; p++) {
					const struct pair *q = &x->pair[p];
					h = (q->a * 2654435761u ^ q->b * 2246822519u) & (room - 1);
					while (slot[h])
						h = (h + 1) & (room - 1);
					slot[h] = p + 1;
				}
			}
	}
}

static uint32_t root_of(const struct all *x, uint32_t i)
{
	while (x->root[i] != i)
		i = x->root[i];
	return i;
}

static void join(struct all *x, uint32_t a, uint32_t b)
{
	a = root_of(x, a);
	b = root_of(x, b);
	if (a == b)
		return;
	uint32_t low = a < b ? a : b, high = a < b ? b : a;
	x->root[high] = low;
	x->size[low] += x->size[high];
}

/* The same words about other figures: another bulletin of a series. */
static bool other_figures(const struct all *x, const struct pair *p)
{
	const struct print *a = &x->print[p->a], *b = &x->print[p->b];
	uint32_t least = a->n_figures < b->n_figures ? a->n_figures : b->n_figures;
	if (least < FIGURES)
		return false;
	uint32_t both = shared_of(a->figure, a->n_figures, b->figure, b->n_figures);
	uint32_t runs = a->n < b->n ? a->n : b->n;
	return both * 100 < least * 60 && p->shared * 100 < runs * 92;
}

static void index_pairs(struct all *x)
{
	x->first = KH_TAKE(x->arena, x->n + 2, uint32_t);
	x->link = KH_TAKE(x->arena, 2 * (size_t)x->n_pair + 1, uint32_t);
	for (uint32_t i = 0; i < x->n_pair; i++) {
		x->first[x->pair[i].a + 1]++;
		x->first[x->pair[i].b + 1]++;
	}
	for (uint32_t i = 0; i < x->n; i++)
		x->first[i + 1] += x->first[i];
	uint32_t *next = KH_TAKE(x->arena, x->n + 1, uint32_t);
	memcpy(next, x->first, x->n * sizeof *next);
	for (uint32_t i = 0; i < x->n_pair; i++) {
		x->link[next[x->pair[i].a]++] = i;
		x->link[next[x->pair[i].b]++] = i;
	}
}

/* Do two or more groups that share little each hold a good part of this text, and none all of it?
 */
static bool is_roundup(const struct all *x, uint32_t doc)
{
	uint32_t group[8], part[8], n = 0, n_runs = x->print[doc].n, sum = 0, most = 0;
	for (uint32_t k = x->first[doc]; k < x->first[doc + 1]; k++) {
		const struct pair *p = &x->pair[x->link[k]];
		uint32_t other = p->a == doc ? p->b : p->a, root = root_of(x, other), g = 0;
		if (root == root_of(x, doc) || p->shared * 100 < n_runs * 10)
			continue;
		while (g < n && group[g] != root)
			g++;
		if (g == 8)
			continue;
		if (g == n) {
			group[n] = root;
			part[n++] = 0;
		}
		part[g] = p->shared > part[g] ? p->shared : part[g];
	}
	for (uint32_t g = 0; g < n; g++) {
		sum += part[g];
		most = part[g] > most ? part[g] : most;
	}
	return n >= 2 && (sum - most) * 100 >= n_runs * 18;
}

/* Percent of a text that a group holds: the mean over its members, the text itself left out. */
static uint32_t held_by(const struct all *x, uint32_t doc, uint32_t root)
{
	uint32_t sum = 0;
	for (uint32_t k = x->first[doc]; k < x->first[doc + 1]; k++) {
		const struct pair *p = &x->pair[x->link[k]];
		uint32_t other = p->a == doc ? p->b : p->a;
		uint32_t least =
			x->print[doc].n < x->print[other].n ? x->print[doc].n : x->print[other].n;
		if (root_of(x, other) == root)
			sum += p->shared * 100 / (least ? least : 1);
	}
	return sum / x->size[root];
}

static void solve(struct all *x)
{
	bool *loose = KH_TAKE(x->arena, x->n_pair + 1, bool);
	for (uint32_t i = 0; i < x->n_pair; i++) {
		const struct pair *p = &x->pair[i];
		uint32_t a = x->print[p->a].n, b = x->print[p->b].n;
		uint32_t most = a > b ? a : b, least = a > b ? b : a;
		if (p->shared * 100 < least * HELD || other_figures(x, p))
			continue;
		if (p->shared * 100 >= most * STRONG)
			join(x, p->a, p->b);
		else
			loose[i] = true;
	}
	bool *mixed = KH_TAKE(x->arena, x->n + 1, bool);
	for (uint32_t i = 0; i < x->n; i++)
		mixed[i] = x->size[root_of(x, i)] == 1 && is_roundup(x, i);
	for (uint32_t i = 0; i < x->n_pair; i++) {
		const struct pair *p = &x->pair[i];
		if (!loose[i] || mixed[p->a] || mixed[p->b])
			continue;
		uint32_t small = x->print[p->a].n < x->print[p->b].n ? p->a : p->b,
			 big = p->a + p->b - small;
		if (held_by(x, small, root_of(x, big)) >= 45 &&
		    held_by(x, big, root_of(x, small)) >= 45)
			join(x, small, big);
	}
}

int kh_group_repeats(const kh_str *text, uint32_t n, uint32_t *cluster)
{
	struct kh_arena a;
	khabar_options o = {.max_memory = (size_t)8 << 30};
	jmp_buf door;
	kh_arena_init(&a, &o);
	a.door = &door;
	if (setjmp(door)) {
		kh_arena_free(&a);
		return KHABAR_E_MEMORY;
	}
	struct all x = {.arena = &a,
	                .n = n,
	                .print = KH_TAKE(&a, n + 1, struct print),
	                .root = KH_TAKE(&a, n + 1, uint32_t),
	                .size = KH_TAKE(&a, n + 1, uint32_t)};
	for (uint32_t i = 0; i < n; i++) {
		x.print[i] = print_of(&a, text[i]);
		x.root[i] = i;
		x.size[i] = 1;
	}
	find_pairs(&x);
	index_pairs(&x);
	solve(&x);
	for (uint32_t i = 0; i < n; i++)
		cluster[i] = root_of(&x, i);
	kh_arena_free(&a);
	return 0;
}
