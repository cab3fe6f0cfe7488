/* Documents into groups that tell of the same event. In: terms of each. Out: for each document the
 * least index of its group. Similarity is the cosine of log-weighted terms times their rarity, in
 * integers; groups are joined by average link, greatest similarity first, ties by least index; two
 * groups that are each about somebody whom the other never names stay apart (two arrests, two fights).
 * Documents that no chain of half-similar pairs connects are never compared further. */
#include "base/str.h"
#include "group/group.h"

#define DEFAULT_FLOOR 245
#define UNIT 65536u /* length of a document's vector */
#define LARGE 4 /* documents of a group whose common names mean something */
#define ABOUT 128 /* weight of what a document is about: a name in its lead, or named twice */

struct post { /* a term in a document */
	uint32_t doc, weight, next; /* next post of the same term; KH_NONE */
};

struct vocab { /* terms by hash: open addressing, a power of two of slots */
	uint32_t *hash, *df, *first, mask;
};

struct group {
	struct kh_arena *a;
	const struct kh_terms *doc;
	uint32_t n;
	struct vocab v;
	struct post *post;
	uint32_t *post_of; /* first post of a document; n + 1 of them */
	uint32_t *slot;    /* slot of each post's term */
	uint32_t *root;    /* union-find over documents */
	uint32_t *mine, *theirs; /* documents of two groups by term; zero between uses */
};

/* 256 times the binary logarithm of v (at least 1), straight between powers of two. */
static uint32_t log2_256(uint64_t v)
{
	uint32_t whole = 0;
	while (v >> (whole + 1))
		whole++;
	return whole * 256 + (uint32_t)(((v - ((uint64_t)1 << whole)) << 8) >> whole);
}

static uint32_t root_of(uint32_t *root, uint32_t i)
{
	while (root[i] != i)
		i = root[i] = root[root[i]];
	return i;
}

static uint32_t slot_of(struct vocab *v, uint32_t hash)
{
	uint32_t i = hash * 2654435761u & v->mask;
	while (v->df[i] && v->hash[i] != hash)
		i = (i + 1) & v->mask;
	v->hash[i] = hash;
	return i;
}

static void count(struct group *g)
{
	uint32_t total = 0, slots = 1024;
	g->post_of = KH_TAKE(g->a, g->n + 1, uint32_t);
	for (uint32_t i = 0; i < g->n; i++) {
		g->post_of[i] = total;
		total += g->doc[i].n;
	}
	g->post_of[g->n] = total;
	while (slots < total * 2u && slots < 1u << 30)
		slots *= 2;
	g->v = (struct vocab){ KH_TAKE(g->a, slots, uint32_t), KH_TAKE(g->a, slots, uint32_t),
			       KH_TAKE(g->a, slots, uint32_t), slots - 1 };
	g->post = KH_TAKE(g->a, total + 1, struct post);
	g->slot = KH_TAKE(g->a, total + 1, uint32_t);
	for (uint32_t i = 0; i < g->n; i++)
		for (uint32_t k = 0; k < g->doc[i].n; k++) {
			uint32_t s = slot_of(&g->v, g->doc[i].hash[k]);
			g->slot[g->post_of[i] + k] = s;
			g->v.df[s]++;
		}
	memset(g->v.first, 0xFF, slots * sizeof *g->v.first);
	g->mine = KH_TAKE(g->a, slots, uint32_t);
	g->theirs = KH_TAKE(g->a, slots, uint32_t);
}

static uint64_t square_root(uint64_t v)
{
	uint64_t r = 0;
	for (uint64_t bit = (uint64_t)1 << 31; bit; bit >>= 1)
		if ((r | bit) * (r | bit) <= v)
			r |= bit;
	return r;
}

/* Weights of a document's terms, scaled to unit length; terms of one document or of many tell nothing. */
static void weigh(struct group *g, uint32_t i)
{
	uint64_t length = 0;
	uint32_t common = g->n > 20 ? g->n * 3 / 10 : g->n;
	for (uint32_t p = g->post_of[i], k = 0; p < g->post_of[i + 1]; p++, k++) {
		uint32_t df = g->v.df[g->slot[p]];
		uint64_t w = 0;
		if (df > 1 && df <= common)
			w = (uint64_t)(log2_256(((uint64_t)g->doc[i].weight[k] + 16) * 16) - 8 * 256) *
			    (log2_256((uint64_t)g->n * 256 / df) - 8 * 256);
		g->post[p].weight = (uint32_t)(w >> 8);
		length += (w >> 8) * (w >> 8);
	}
	uint64_t norm = square_root(length);
	for (uint32_t p = g->post_of[i]; p < g->post_of[i + 1]; p++)
		g->post[p].weight = norm ? (uint32_t)((uint64_t)g->post[p].weight * UNIT / norm) : 0;
}

/* Similarity (0..1000) of document i to every earlier one it shares a term with, added into acc;
 * then i's own posts are hung in. `seen` lists the documents touched. */
static uint32_t compare(struct group *g, uint32_t i, uint64_t *acc, uint32_t *seen)
{
	uint32_t n = 0;
	for (uint32_t p = g->post_of[i]; p < g->post_of[i + 1]; p++) {
		struct post *mine = &g->post[p];
		if (!mine->weight)
			continue;
		for (uint32_t q = g->v.first[g->slot[p]]; q != KH_NONE; q = g->post[q].next) {
			uint32_t other = g->post[q].doc;
			if (!acc[other])
				seen[n++] = other;
			acc[other] += (uint64_t)mine->weight * g->post[q].weight + 1;
		}
	}
	for (uint32_t p = g->post_of[i]; p < g->post_of[i + 1]; p++) {
		g->post[p].doc = i;
		g->post[p].next = g->v.first[g->slot[p]];
		if (g->post[p].weight)
			g->v.first[g->slot[p]] = p;
	}
	return n;
}

static uint32_t per_mille(uint64_t dot)
{
	return (uint32_t)(dot * 1000 / ((uint64_t)UNIT * UNIT));
}

struct block { /* documents connected by chains of half-similar pairs */
	uint32_t m, *doc, *sum, *size, *best; /* sum: of similarities, in millionths */
};

static uint64_t link_of(const struct block *b, uint32_t x, uint32_t y)
{
	return (uint64_t)b->sum[x * b->m + y] * 1000 / ((uint64_t)b->size[x] * b->size[y]);
}

static void find_best(struct block *b, uint32_t x)
{
	b->best[x] = KH_NONE;
	for (uint32_t y = 0; y < b->m; y++)
		if (y != x && b->size[y] &&
		    (b->best[x] == KH_NONE || link_of(b, x, y) > link_of(b, x, b->best[x])))
			b->best[x] = y;
}

/* Joins y into x and puts right whoever had one of them as the best. */
static void join(struct block *b, uint32_t x, uint32_t y)
{
	for (uint32_t z = 0; z < b->m; z++)
		b->sum[z * b->m + x] = b->sum[x * b->m + z] += b->sum[y * b->m + z];
	b->size[x] += b->size[y];
	b->size[y] = 0;
	for (uint32_t z = 0; z < b->m; z++)
		if (b->size[z] && (z == x || b->best[z] == x || b->best[z] == y))
			find_best(b, z);
}

/* Adds `by` for each term of the group's documents; what they are about into mine, all into theirs. */
static void tally(struct group *g, const struct block *b, const uint32_t *cluster, uint32_t x,
		  bool about, uint32_t by)
{
	for (uint32_t z = 0; z < b->m; z++) {
		uint32_t d = b->doc[z], from = g->post_of[d];
		if (cluster[d] != b->doc[x])
			continue;
		for (uint32_t p = from; p < g->post_of[d + 1]; p++) {
			if (!about)
				g->theirs[g->slot[p]] += by;
			else if (g->post[p].weight && g->doc[d].weight[p - from] >= ABOUT)
				g->mine[g->slot[p]] += by;
		}
	}
}

/* Is most of group x about a name that hardly any document of y has? */
static bool names_another(struct group *g, const struct block *b, const uint32_t *cluster, uint32_t x,
			  uint32_t y)
{
	bool found = false;
	tally(g, b, cluster, x, true, 1);
	tally(g, b, cluster, y, false, 1);
	for (uint32_t z = 0; z < b->m && !found; z++) {
		uint32_t d = b->doc[z];
		for (uint32_t p = g->post_of[d]; cluster[d] == b->doc[x] && p < g->post_of[d + 1]; p++)
			found = found || (g->mine[g->slot[p]] * 4 >= b->size[x] * 3 &&
					  g->theirs[g->slot[p]] * 10 <= b->size[y]);
	}
	tally(g, b, cluster, x, true, 0u - 1);
	tally(g, b, cluster, y, false, 0u - 1);
	return found;
}

static bool apart(struct group *g, const struct block *b, const uint32_t *cluster, uint32_t x,
		  uint32_t y)
{
	return b->size[x] >= LARGE && b->size[y] >= LARGE && names_another(g, b, cluster, x, y) &&
	       names_another(g, b, cluster, y, x);
}

static void join_block(struct group *g, struct block *b, unsigned floor, uint32_t *cluster)
{
	for (uint32_t x = 0; x < b->m; x++)
		b->size[x] = 1;
	for (uint32_t x = 0; x < b->m; x++)
		find_best(b, x);
	for (;;) {
		uint32_t x = KH_NONE;
		for (uint32_t z = 0; z < b->m; z++)
			if (b->size[z] && b->best[z] != KH_NONE &&
			    (x == KH_NONE || link_of(b, z, b->best[z]) > link_of(b, x, b->best[x])))
				x = z;
		if (x == KH_NONE || link_of(b, x, b->best[x]) < (uint64_t)floor * 1000000)
			return;
		uint32_t y = kh_max32(x, b->best[x]);
		x = kh_min32(x, b->best[x]);
		if (apart(g, b, cluster, x, y)) {
			b->sum[x * b->m + y] = b->sum[y * b->m + x] = 0;
			find_best(b, x);
			find_best(b, y);
			continue;
		}
		for (uint32_t z = 0; z < b->m; z++)
			if (cluster[b->doc[z]] == b->doc[y])
				cluster[b->doc[z]] = b->doc[x];
		join(b, x, y);
	}
}

/* All pairs of a block, then average link. */
static void solve(struct group *g, struct block *b, unsigned floor, uint64_t *acc, uint32_t *seen,
		  uint32_t *at, uint32_t *cluster)
{
	b->sum = KH_TAKE(g->a, (size_t)b->m * b->m, uint32_t);
	b->size = KH_TAKE(g->a, b->m, uint32_t);
	b->best = KH_TAKE(g->a, b->m, uint32_t);
	for (uint32_t x = 0; x < b->m; x++)
		at[b->doc[x]] = x;
	for (uint32_t x = 0; x < b->m; x++) {
		uint32_t n = compare(g, b->doc[x], acc, seen);
		for (uint32_t k = 0; k < n; k++) {
			uint32_t y = at[seen[k]];
			b->sum[x * b->m + y] = b->sum[y * b->m + x] = per_mille(acc[seen[k]] * 1000);
			acc[seen[k]] = 0;
		}
	}
	for (uint32_t x = 0; x < b->m; x++) /* unhang, so that the next block starts clean */
		for (uint32_t p = g->post_of[b->doc[x]]; p < g->post_of[b->doc[x] + 1]; p++)
			g->v.first[g->slot[p]] = KH_NONE;
	join_block(g, b, floor, cluster);
}

/* Whom every document is connected with, directly or by others, at half the floor. */
static void connect(struct group *g, unsigned floor, uint64_t *acc, uint32_t *seen)
{
	for (uint32_t i = 0; i < g->n; i++) {
		uint32_t hits = compare(g, i, acc, seen);
		for (uint32_t k = 0; k < hits; k++) {
			if (per_mille(acc[seen[k]]) * 2 >= floor)
				g->root[root_of(g->root, i)] = root_of(g->root, seen[k]);
			acc[seen[k]] = 0;
		}
	}
	memset(g->v.first, 0xFF, ((size_t)g->v.mask + 1) * sizeof *g->v.first);
}

void kh_group_events(struct kh_arena *a, const struct kh_terms *doc, uint32_t n, unsigned floor,
		     uint32_t *cluster)
{
	struct group g = { .a = a, .doc = doc, .n = n, .root = KH_TAKE(a, n + 1, uint32_t) };
	uint64_t *acc = KH_TAKE(a, n + 1, uint64_t);
	uint32_t *seen = KH_TAKE(a, n + 1, uint32_t), *at = KH_TAKE(a, n + 1, uint32_t);
	uint32_t *head = KH_TAKE(a, n + 1, uint32_t), *next = KH_TAKE(a, n + 1, uint32_t);
	struct block b = { .doc = KH_TAKE(a, n + 1, uint32_t) };
	floor = floor ? floor : DEFAULT_FLOOR;
	count(&g);
	for (uint32_t i = 0; i < n; i++) {
		cluster[i] = g.root[i] = i;
		head[i] = KH_NONE;
		weigh(&g, i);
	}
	connect(&g, floor, acc, seen);
	for (uint32_t i = n; i-- > 0;) {
		uint32_t r = root_of(g.root, i);
		next[i] = head[r];
		head[r] = i;
	}
	for (uint32_t r = 0; r < n; r++) {
		b.m = 0;
		for (uint32_t i = head[r]; i != KH_NONE; i = next[i])
			b.doc[b.m++] = i;
		if (b.m > 1)
			solve(&g, &b, floor, acc, seen, at, cluster);
	}
}

int kh_group_texts(const kh_str *text, uint32_t n, unsigned floor, uint32_t *cluster)
{
	struct kh_arena a;
	khabar_options o = { .max_memory = (size_t)8 << 30 };
	jmp_buf door;
	kh_arena_init(&a, &o);
	a.door = &door;
	if (setjmp(door)) {
		kh_arena_free(&a);
		return KHABAR_E_MEMORY;
	}
	struct kh_terms *t = KH_TAKE(&a, n + 1, struct kh_terms);
	for (uint32_t i = 0; i < n; i++)
		t[i] = kh_terms_of(&a, text[i]);
	kh_group_events(&a, t, n, floor, cluster);
	kh_arena_free(&a);
	return 0;
}
