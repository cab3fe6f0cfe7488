/* See cut_read.h. In: marks, weights. Out: for each unit the class that the weights give the whole
 * sequence (Viterbi), and by how much the page reads better with a title there. */
#include "page/cut_read.h"

enum { N = KH_LINE_CLASSES };

/* What a reading of the page goes through: the score of each class at each unit. */
void kh_cut_emit(const struct kh_cut_weights *k, const struct kh_marks *m, int32_t score[N])
{
	int32_t sum[KH_CUT_ROW] = {0};
	for (uint32_t i = 0; i < m->n; i++) {
		uint32_t id = m->id[i];
		const int8_t *row = id < KH_MARKS_OWN ? k->mark[id] : k->agree[id - KH_MARKS_OWN];
		for (unsigned c = 0; c < KH_CUT_ROW; c++)
			sum[c] += row[c];
	}
	memcpy(score, sum, N * sizeof *score);
	for (unsigned h = 0; h < KH_CUT_HIDDEN; h++)
		for (unsigned c = 0; c < N && sum[N + h] > 0; c++)
			score[c] += sum[N + h] * k->hidden[h][c] / (1 << KH_CUT_SHIFT);
}

/* Scores of the best ways to each class of each unit from the head of the page; where from. */
static void forward(const struct kh_cut_weights *k, const int32_t (*score)[N], uint32_t n,
		    int64_t (*best)[N], uint8_t (*from)[N])
{
	for (uint32_t i = 0; i < n; i++)
		for (unsigned c = 0; c < N; c++) {
			unsigned top = 0;
			for (unsigned p = 1; p < N && i; p++)
				if (best[i - 1][p] + k->follow[p][c] >
				    best[i - 1][top] + k->follow[top][c])
					top = p;
			best[i][c] = score[i][c] +
				     (i ? best[i - 1][top] + k->follow[top][c] : k->at_head[c]);
			from[i][c] = (uint8_t)top;
		}
}

/* How much better the page reads with a title at each unit than without one there. */
static void margins(const struct kh_cut_weights *k, const int32_t (*score)[N], uint32_t n,
		    const int64_t (*best)[N], int32_t *margin)
{
	int64_t rest[N] = {0}, back[N];
	for (uint32_t i = n; i-- > 0;) {
		int64_t with = best[i][KH_LINE_TITLE] + rest[KH_LINE_TITLE], without = INT64_MIN;
		for (unsigned c = 0; c < N; c++)
			if (c != KH_LINE_TITLE && best[i][c] + rest[c] > without)
				without = best[i][c] + rest[c];
		int64_t d = with - without;
		margin[i] = (int32_t)(d > INT32_MAX ? INT32_MAX : d < INT32_MIN ? INT32_MIN : d);
		for (unsigned p = 0; p < N; p++) {
			back[p] = INT64_MIN;
			for (unsigned c = 0; c < N; c++)
				if (k->follow[p][c] + score[i][c] + rest[c] > back[p])
					back[p] = k->follow[p][c] + score[i][c] + rest[c];
		}
		memcpy(rest, back, sizeof rest);
	}
}

/* The best sequence of classes, and the margins of titles. */
struct kh_reading kh_cut_best(struct kh_arena *a, const struct kh_cut_weights *k,
			      const int32_t (*score)[N], uint32_t n)
{
	struct kh_reading r = {KH_TAKE(a, n + 1, uint8_t), KH_TAKE(a, n + 1, int32_t)};
	uint8_t(*from)[N] = kh_arena_take(a, n + 1, sizeof *from);
	int64_t(*best)[N] = kh_arena_take(a, n + 1, sizeof *best);
	forward(k, score, n, best, from);
	margins(k, score, n, (const int64_t(*)[N])best, r.margin);
	unsigned c = 0;
	for (unsigned i = 1; i < N && n; i++)
		if (best[n - 1][i] > best[n - 1][c])
			c = i;
	for (uint32_t i = n; i-- > 0;) {
		r.class[i] = (uint8_t)c;
		c = from[i][c];
	}
	return r;
}
