/* See arcs.h. In: scores of arcs. Out: heads. */
#include "model/arcs.h"

struct spans { /* best scores of spans [i,j]; the t tables are transposed: [j][i] */
	uint32_t n;
	const int32_t *score;
	int32_t *right, *right_t; /* complete, headed by i */
	int32_t *left, *left_t;	  /* complete, headed by j */
	int32_t *arc_right;	  /* with an arc from i to j */
	int32_t *arc_left_t;	  /* with an arc from j to i */
};

enum { TABLES = 6 };

/* Does no arc cross another, the root's neither? Then what hangs below a word is one run of words.
 * Three gold trees in a hundred cross, six of those the words' own likings make: mostly errors. */
static bool projective(const int32_t *head, uint32_t n)
{
	enum { DONE = UINT16_MAX };
	uint16_t from[KH_ARCS_LONGEST], to[KH_ARCS_LONGEST], size[KH_ARCS_LONGEST];
	uint16_t waits[KH_ARCS_LONGEST] = {0}; /* for so many children */
	for (uint32_t i = 0; i < n; i++) {
		from[i] = to[i] = (uint16_t)i;
		size[i] = 1;
		if (head[i] >= 0)
			waits[head[i]]++;
	}
	for (uint32_t i = 0; i < n; i++)
		for (int32_t k = (int32_t)i, h; k >= 0 && !waits[k]; k = h) {
			if (to[k] - from[k] + 1 != size[k])
				return false;
			waits[k] = DONE;
			h = head[k];
			if (h < 0)
				break;
			from[h] = from[k] < from[h] ? from[k] : from[h];
			to[h] = to[k] > to[h] ? to[k] : to[h];
			size[h] = (uint16_t)(size[h] + size[k]);
			waits[h]--;
		}
	return true;
}

/* The heads that each word likes best; false where they are no projective tree with one root. */
static bool greedy(const int32_t *score, uint32_t n, int32_t *head)
{
	uint8_t state[KH_ARCS_LONGEST] = {0}; /* 1 on the way, 2 leads to the root */
	uint32_t roots = 0;
	for (uint32_t i = 0; i < n; i++) {
		const int32_t *row = score + (size_t)i * n;
		uint32_t best = 0;
		for (uint32_t h = 1; h < n; h++)
			if (row[h] > row[best])
				best = h;
		head[i] = best == i ? -1 : (int32_t)best;
		roots += best == i;
	}
	if (roots != 1)
		return false;
	for (uint32_t i = 0; i < n; i++) {
		int32_t k = (int32_t)i;
		for (; k >= 0 && !state[k]; k = head[k])
			state[k] = 1;
		if (k >= 0 && state[k] == 1)
			return false;
		for (k = (int32_t)i; k >= 0 && state[k] == 1; k = head[k])
			state[k] = 2;
	}
	return projective(head, n);
}

/* The greatest a[k] + b[k]; where it first is in *at. */
static int32_t best_sum(const int32_t *a, const int32_t *b, uint32_t n, uint32_t *at)
{
	int32_t best = a[0] + b[0];
	*at = 0;
	for (uint32_t k = 1; k < n; k++)
		if (a[k] + b[k] > best) {
			best = a[k] + b[k];
			*at = k;
		}
	return best;
}

static int32_t split_of(const struct spans *s, uint32_t i, uint32_t j, uint32_t *at)
{
	return best_sum(s->right + (size_t)i * s->n + i, s->left_t + (size_t)j * s->n + i + 1,
			j - i, at);
}

static int32_t left_of(const struct spans *s, uint32_t i, uint32_t j, uint32_t *at)
{
	return best_sum(s->left + (size_t)i * s->n + i, s->arc_left_t + (size_t)j * s->n + i, j - i,
			at);
}

static int32_t right_of(const struct spans *s, uint32_t i, uint32_t j, uint32_t *at)
{
	return best_sum(s->arc_right + (size_t)i * s->n + i + 1,
			s->right_t + (size_t)j * s->n + i + 1, j - i, at);
}

static void fill(struct spans *s)
{
	const uint32_t n = s->n;
	uint32_t at;
	for (uint32_t i = 0; i < n; i++) {
		size_t d = (size_t)i * n + i;
		s->right[d] = s->right_t[d] = s->left[d] = s->left_t[d] = 0;
	}
	for (uint32_t len = 1; len < n; len++)
		for (uint32_t i = 0; i + len < n; i++) {
			uint32_t j = i + len;
			size_t ij = (size_t)i * n + j, ji = (size_t)j * n + i;
			int32_t both = split_of(s, i, j, &at);
			s->arc_left_t[ji] = both + s->score[ij];
			s->arc_right[ij] = both + s->score[ji];
			s->left[ij] = s->left_t[ji] = left_of(s, i, j, &at);
			s->right[ij] = s->right_t[ji] = right_of(s, i, j, &at);
		}
}

struct todo {
	uint16_t i, j;
	enum { COMPLETE_LEFT, COMPLETE_RIGHT, ARC } kind;
};

/* Takes the best spans apart again, which names the heads. */
static void unfold(const struct spans *s, uint32_t root, int32_t *head)
{
	struct todo stack[2 * KH_ARCS_LONGEST + 4];
	uint32_t top = 0, at;
	head[root] = -1;
	stack[top++] = (struct todo){0, (uint16_t)root, COMPLETE_LEFT};
	stack[top++] = (struct todo){(uint16_t)root, (uint16_t)(s->n - 1), COMPLETE_RIGHT};
	while (top) {
		struct todo t = stack[--top];
		if (t.i == t.j)
			continue;
		if (t.kind == COMPLETE_LEFT) {
			left_of(s, t.i, t.j, &at);
			uint16_t k = (uint16_t)(t.i + at);
			head[k] = t.j;
			stack[top++] = (struct todo){t.i, k, COMPLETE_LEFT};
			stack[top++] = (struct todo){k, t.j, ARC};
		} else if (t.kind == COMPLETE_RIGHT) {
			right_of(s, t.i, t.j, &at);
			uint16_t k = (uint16_t)(t.i + 1 + at);
			head[k] = t.i;
			stack[top++] = (struct todo){t.i, k, ARC};
			stack[top++] = (struct todo){k, t.j, COMPLETE_RIGHT};
		} else {
			split_of(s, t.i, t.j, &at);
			uint16_t k = (uint16_t)(t.i + at);
			stack[top++] = (struct todo){t.i, k, COMPLETE_RIGHT};
			stack[top++] = (struct todo){(uint16_t)(k + 1), t.j, COMPLETE_LEFT};
		}
	}
}

void kh_arcs_tree(const int32_t *score, uint32_t n, int32_t *head, struct kh_arcs_room *room,
		  struct kh_arena *a)
{
	if (greedy(score, n, head))
		return;
	if (n > room->n) {
		room->table = kh_arena_bytes(a, (size_t)n * n * TABLES * sizeof(int32_t));
		room->n = n;
	}
	int32_t *t = room->table;
	size_t one = (size_t)n * n;
	struct spans s = {n, score, t, t + one, t + 2 * one, t + 3 * one, t + 4 * one, t + 5 * one};
	fill(&s);
	uint32_t root = 0;
	int64_t best = INT64_MIN;
	for (uint32_t r = 0; r < n; r++) {
		int64_t sum = (int64_t)s.left[r] + s.right[(size_t)r * n + n - 1] +
			      score[(size_t)r * n + r];
		if (sum > best)
			best = sum, root = r;
	}
	unfold(&s, root, head);
}
