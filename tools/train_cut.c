/* khabar-train-cut FOLDER FILE…: pages in the format of the set `segments` in, the headers
 * cut_first.h, cut_second.h and cut_again.h into the folder. Two readings of a page, each a field
 * of classes over a small net; the pages of the even numbers teach the first reading, all of them
 * the second, which sees what the first one says. The files are made by tools/made_pages.py; the
 * same input gives the same weights. */
#include <json-c/json.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "page/cut_read.h"

#define RATE 0.03f
#define MOST 3.0f
enum { N = KH_LINE_CLASSES, EPOCHS = 5 };

struct page {
	struct kh_units us;
	struct kh_tie *tie;
	uint8_t *gold, *first_class; /* first_class: of the first reading */
	struct kh_marks *marks;
};

/* Weights of one reading, with the squares of what each has been moved by (Adagrad). */
struct model {
	float mark[KH_MARKS][KH_CUT_ROW], hidden[KH_CUT_HIDDEN][N], follow[N + 1][N]; /* N: head */
};

struct net {
	struct model w, square;
};

static struct kh_arena arena;
static uint64_t seed = 20261126;

static uint32_t random_below(uint32_t n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)((seed >> 33) % n);
}

static void label(struct page *p, struct json_object *list, uint8_t class, uint8_t later)
{
	size_t n = list ? json_object_array_length(list) : 0;
	for (size_t k = 0; k < n; k++) {
		struct json_object *span = json_object_array_get_idx(list, k);
		uint32_t b = (uint32_t)json_object_get_int(json_object_array_get_idx(span, 0));
		uint32_t e = (uint32_t)json_object_get_int(json_object_array_get_idx(span, 1));
		for (uint32_t i = 0; i < p->us.n; i++)
			if (p->us.unit[i].at.begin >= b && p->us.unit[i].at.begin < e)
				p->gold[i] = k ? later : class;
	}
}

static struct json_object *get(struct json_object *o, const char *key)
{
	struct json_object *v = NULL;
	json_object_object_get_ex(o, key, &v);
	return v;
}

static bool read_page(struct page *p, const char *line)
{
	struct json_object *o = json_tokener_parse(line);
	if (!o)
		return false;
	struct json_object *t = get(o, "text"), *stories = get(o, "stories");
	kh_str text = kh_arena_copy(
		&arena, (kh_str){json_object_get_string(t), (size_t)json_object_get_string_len(t)});
	p->us = kh_unit_find(&arena, text);
	p->tie = kh_cohere_find(&p->us);
	p->gold = KH_TAKE(&arena, p->us.n + 1, uint8_t);
	p->first_class = KH_TAKE(&arena, p->us.n + 1, uint8_t);
	p->marks = KH_TAKE(&arena, p->us.n + 1, struct kh_marks);
	for (size_t k = 0; k < json_object_array_length(stories); k++) {
		struct json_object *s = json_object_array_get_idx(stories, k);
		label(p, get(s, "titles"), KH_LINE_TITLE, KH_LINE_AGAIN);
		label(p, get(s, "body"), KH_LINE_BODY, KH_LINE_BODY);
		label(p, get(s, "captions"), KH_LINE_CAPTION, KH_LINE_CAPTION);
		label(p, get(s, "meta"), KH_LINE_META, KH_LINE_META);
	}
	json_object_put(o);
	for (uint32_t i = 0; i < p->us.n; i++)
		kh_cut_marks(&p->us, p->tie, i, &p->marks[i]);
	return true;
}

static float random_unit(void) /* -1 .. 1 */
{
	return (float)random_below(200001) / 100000.0f - 1.0f;
}

/* What a mistake costs while learning: titles count more. */
static float cost(unsigned gold, unsigned c)
{
	if (gold == c)
		return 0;
	return gold == KH_LINE_TITLE || c == KH_LINE_TITLE ? 2.0f : 0.7f;
}

struct state { /* of a unit: sums by class and hidden unit, scores, ways from both ends */
	float sum[KH_CUT_ROW], score[N], from[N], to[N];
};

static void emit(const struct model *m, const struct kh_marks *k, struct state *s)
{
	memset(s->sum, 0, sizeof s->sum);
	for (uint32_t i = 0; i < k->n; i++)
		for (unsigned c = 0; c < KH_CUT_ROW; c++)
			s->sum[c] += m->mark[k->id[i]][c];
	for (unsigned c = 0; c < N; c++)
		s->score[c] = s->sum[c];
	for (unsigned h = 0; h < KH_CUT_HIDDEN; h++)
		for (unsigned c = 0; c < N && s->sum[N + h] > 0; c++)
			s->score[c] += s->sum[N + h] * m->hidden[h][c];
}

static float log_sum(const float v[N])
{
	float top = v[0], sum = 0;
	for (unsigned c = 1; c < N; c++)
		top = v[c] > top ? v[c] : top;
	for (unsigned c = 0; c < N; c++)
		sum += expf(v[c] - top);
	return top + logf(sum);
}

/* Ways to and from each class of each unit; the logarithm of the sum over all sequences. */
static float ways(const struct model *m, struct state *s, uint32_t n)
{
	float v[N];
	for (uint32_t i = 0; i < n; i++)
		for (unsigned c = 0; c < N; c++) {
			for (unsigned q = 0; q < N && i; q++)
				v[q] = s[i - 1].from[q] + m->follow[q][c];
			s[i].from[c] = s[i].score[c] + (i ? log_sum(v) : m->follow[N][c]);
		}
	memset(s[n - 1].to, 0, sizeof s[n - 1].to);
	for (uint32_t i = n - 1; i-- > 0;)
		for (unsigned c = 0; c < N; c++) {
			for (unsigned q = 0; q < N; q++)
				v[q] = m->follow[c][q] + s[i + 1].score[q] + s[i + 1].to[q];
			s[i].to[c] = log_sum(v);
		}
	return log_sum(s[n - 1].from);
}

/* A step of a weight; the first ones are short, and no single unit may pull it far. */
static void move(float *w, float *square, float by)
{
	by -= 1e-3f * *w;
	by = by > MOST ? MOST : by < -MOST ? -MOST : by;
	*square += by * by;
	*w += RATE * by / sqrtf(*square + 1.0f);
}

/* One unit: what the gold has more of than the sum over all sequences expects. */
static void learn_unit(struct net *t, const struct kh_marks *k, const struct state *s,
		       const float grad[N])
{
	float row[KH_CUT_ROW];
	memcpy(row, grad, N * sizeof *row);
	for (unsigned h = 0; h < KH_CUT_HIDDEN; h++) {
		row[N + h] = 0;
		if (s->sum[N + h] <= 0)
			continue;
		for (unsigned c = 0; c < N; c++) {
			row[N + h] += grad[c] * t->w.hidden[h][c];
			move(&t->w.hidden[h][c], &t->square.hidden[h][c], grad[c] * s->sum[N + h]);
		}
	}
	for (uint32_t i = 0; i < k->n; i++)
		for (unsigned c = 0; c < KH_CUT_ROW; c++)
			if (row[c] != 0)
				move(&t->w.mark[k->id[i]][c], &t->square.mark[k->id[i]][c], row[c]);
}

static uint32_t learn(struct net *t, const struct page *p, struct state *s)
{
	uint32_t n = p->us.n, wrong = 0;
	struct model *m = &t->w;
	float pair[N + 1][N] = {{0}};
	for (uint32_t i = 0; i < n; i++) {
		emit(m, &p->marks[i], &s[i]);
		for (unsigned c = 0; c < N; c++)
			s[i].score[c] += cost(p->gold[i], c);
	}
	float all = ways(m, s, n);
	for (uint32_t i = 0; i < n; i++) {
		pair[i ? p->gold[i - 1] : (unsigned)N][p->gold[i]] += 1;
		for (unsigned c = 0; c < N; c++)
			for (unsigned q = 0; q < N && i; q++)
				pair[q][c] -= expf(s[i - 1].from[q] + m->follow[q][c] +
						   s[i].score[c] + s[i].to[c] - all);
		for (unsigned c = 0; c < N && !i; c++)
			pair[N][c] -= expf(s[0].from[c] + s[0].to[c] - all);
	}
	for (uint32_t i = 0; i < n; i++) {
		float grad[N], top = 0;
		for (unsigned c = 0; c < N; c++) {
			float is = expf(s[i].from[c] + s[i].to[c] - all);
			grad[c] = (c == p->gold[i]) - is;
			top = is > top ? is : top;
		}
		wrong += 1 - grad[p->gold[i]] < top;
		learn_unit(t, &p->marks[i], &s[i], grad);
	}
	for (unsigned q = 0; q <= N; q++)
		for (unsigned c = 0; c < N; c++)
			move(&m->follow[q][c], &t->square.follow[q][c], pair[q][c]);
	return wrong;
}

static void start(struct net *t)
{
	memset(t, 0, sizeof *t);
	for (uint32_t r = 0; r < KH_MARKS; r++)
		for (unsigned h = N; h < KH_CUT_ROW; h++)
			t->w.mark[r][h] = random_unit() * 0.15f;
	for (unsigned h = 0; h < KH_CUT_HIDDEN; h++) { /* what all classes get is idle */
		float mean = 0;
		for (unsigned c = 0; c < N; c++)
			mean += (t->w.hidden[h][c] = random_unit() * 0.5f) / N;
		for (unsigned c = 0; c < N; c++)
			t->w.hidden[h][c] -= mean;
	}
}

enum { WEIGHTS = sizeof(struct model) / sizeof(float) };

struct mean { /* of the weights after each page of the later epochs */
	double sum[WEIGHTS], n;
};

static void add_up(struct mean *a, const struct model *m)
{
	const float *w = (const float *)m;
	for (size_t i = 0; i < WEIGHTS; i++)
		a->sum[i] += (double)w[i];
	a->n++;
}

static void train(struct net *t, struct page *p, uint32_t n, bool even)
{
	uint32_t *order = calloc(n + 1, sizeof *order), longest = 0;
	for (uint32_t i = 0; i < n; i++) {
		order[i] = i;
		longest = p[i].us.n > longest ? p[i].us.n : longest;
	}
	struct state *s = calloc(longest + 1, sizeof *s);
	static struct mean mean;
	memset(&mean, 0, sizeof mean);
	start(t);
	for (int e = 0; e < EPOCHS; e++) {
		uint64_t wrong = 0, all = 0;
		for (uint32_t i = n; i > 1; i--) {
			uint32_t k = random_below(i), swap = order[k];
			order[k] = order[i - 1];
			order[i - 1] = swap;
		}
		for (uint32_t k = 0; k < n; k++) {
			struct page *q = &p[order[k]];
			if ((even && order[k] % 2) || !q->us.n)
				continue;
			wrong += learn(t, q, s);
			all += q->us.n;
			if (e * 2 >= EPOCHS)
				add_up(&mean, &t->w);
		}
		fprintf(stderr, "epoch %d: %.4f wrong\n", e, (double)wrong / (double)(all + !all));
	}
	for (size_t i = 0; i < WEIGHTS; i++)
		((float *)&t->w)[i] = (float)(mean.sum[i] / mean.n);
	free(s);
	free(order);
}

/* Weights in 32ths. */
static int in_parts(float w, int most)
{
	float v = w * (1 << KH_CUT_SHIFT);
	int i = (int)(v < 0 ? v - 0.5f : v + 0.5f);
	return i > most ? most : i < -most ? -most : i;
}

static void rows(FILE *f, const char *type, const char *name, const char *room, const float *w,
		 uint32_t n, uint32_t width, int most)
{
	fprintf(f, "static const %s %s[%s] = {", type, name, room);
	size_t column = 100;
	for (uint32_t r = 0; r < n; r++) {
		char row[240];
		bool any = false;
		int k = snprintf(row, sizeof row, "[%u] = {", (unsigned)r);
		for (unsigned c = 0; c < width; c++) {
			int v = in_parts(w[r * width + c], most);
			any |= v != 0;
			k += snprintf(row + k, sizeof row - (size_t)k, "%s%d", c ? "," : "", v);
		}
		if (!any)
			continue;
		bool fits = column + (size_t)k + 3 <= 108;
		fprintf(f, "%s%s},", fits ? " " : "\n\t", row);
		column = (fits ? column + 1 : 8) + (size_t)k + 2;
	}
	fprintf(f, "\n};\n");
}

static FILE *open_weights(const char *folder, const char *name)
{
	char path[512];
	snprintf(path, sizeof path, "%s/cut_%s.h", folder, name);
	FILE *f = fopen(path, "w");
	if (!f)
		return perror(path), NULL;
	fprintf(f,
		"/* Weights of the cutter (%s), in 32ths; each row: the classes, then the hidden "
		"units.\n * Written by khabar-train-cut, see tools/train-cut. Only cut.c includes "
		"it. */\n",
		name);
	return f;
}

static int write_again(const char *folder, const struct model *m)
{
	FILE *f = open_weights(folder, "again");
	if (!f)
		return 1;
	rows(f, "kh_cut_row", "agree_mark", "KH_MARKS - KH_MARKS_OWN", m->mark[KH_MARKS_OWN],
	     KH_MARKS - KH_MARKS_OWN, KH_CUT_ROW, 127);
	return fclose(f) != 0;
}

static int write_model(const char *folder, const struct model *m, const char *which)
{
	char name[64];
	FILE *f = open_weights(folder, which);
	if (!f)
		return 1;
	snprintf(name, sizeof name, "%s_mark", which);
	rows(f, "kh_cut_row", name, "KH_MARKS_OWN", m->mark[0], KH_MARKS_OWN, KH_CUT_ROW, 127);
	snprintf(name, sizeof name, "%s_hidden", which);
	rows(f, "kh_class_row", name, "KH_CUT_HIDDEN", m->hidden[0], KH_CUT_HIDDEN, N, 32767);
	snprintf(name, sizeof name, "%s_follow", which);
	rows(f, "kh_class_row", name, "KH_LINE_CLASSES", m->follow[0], N, N, 32767);
	fprintf(f, "static const int16_t %s_head[KH_LINE_CLASSES] = {", which);
	for (unsigned c = 0; c < N; c++)
		fprintf(f, "%s%d", c ? ", " : "", in_parts(m->follow[N][c], 32767));
	fprintf(f, "};\n");
	return fclose(f) != 0;
}

/* The weights as the program reads them. */
struct whole {
	kh_cut_row mark[KH_MARKS];
	kh_class_row hidden[KH_CUT_HIDDEN], follow[N + 1];
};

static void in_whole(const struct model *m, struct whole *w)
{
	for (uint32_t r = 0; r < KH_MARKS; r++)
		for (unsigned c = 0; c < KH_CUT_ROW; c++)
			w->mark[r][c] = (int8_t)in_parts(m->mark[r][c], 127);
	for (unsigned h = 0; h < KH_CUT_HIDDEN; h++)
		for (unsigned c = 0; c < N; c++)
			w->hidden[h][c] = (int16_t)in_parts(m->hidden[h][c], 32767);
	for (unsigned q = 0; q <= N; q++)
		for (unsigned c = 0; c < N; c++)
			w->follow[q][c] = (int16_t)in_parts(m->follow[q][c], 32767);
}

/* Adds to the marks of each unit what the first reading says. */
static void agree(const struct whole *w, struct page *p)
{
	struct kh_cut_weights k = {
		(const kh_cut_row *)w->mark, (const kh_cut_row *)w->mark + KH_MARKS_OWN,
		(const kh_class_row *)w->hidden, (const kh_class_row *)w->follow, w->follow[N]};
	int32_t(*score)[N] = kh_arena_take(&arena, p->us.n + 1, sizeof *score);
	for (uint32_t i = 0; i < p->us.n; i++)
		kh_cut_emit(&k, &p->marks[i], score[i]);
	struct kh_reading r = kh_cut_best(&arena, &k, (const int32_t(*)[N])score, p->us.n);
	struct kh_agree *a = kh_agree_new(&p->us, &r);
	for (uint32_t i = 0; i < p->us.n; i++)
		kh_agree_marks(a, i, &p->marks[i]);
}

static uint32_t read_pages(struct page **to, char **path, int files)
{
	uint32_t n = 0, cap = 0;
	for (int k = 0; k < files; k++) {
		FILE *f = fopen(path[k], "r");
		char *line = NULL;
		size_t room = 0;
		while (f && getline(&line, &room, f) > 0) {
			if (n == cap)
				*to = realloc(*to, (cap = cap * 2 + 256) * sizeof **to);
			memset(&(*to)[n], 0, sizeof **to);
			n += read_page(&(*to)[n], line);
		}
		free(line);
		if (f)
			fclose(f);
	}
	return n;
}

int main(int argc, char **argv)
{
	khabar_options o = {.max_memory = (size_t)6 << 30};
	struct page *page = NULL;
	static struct net first, second;
	static struct whole whole;
	jmp_buf door;
	if (argc < 3)
		return fprintf(stderr, "usage: khabar-train-cut FOLDER FILE...\n"), 2;
	kh_arena_init(&arena, &o);
	arena.door = &door;
	if (setjmp(door))
		return fprintf(stderr, "khabar-train-cut: out of memory\n"), 4;
	uint32_t n = read_pages(&page, argv + 2, argc - 2);
	train(&first, page, n, true);
	in_whole(&first.w, &whole);
	for (uint32_t i = 0; i < n; i++)
		agree(&whole, &page[i]);
	train(&second, page, n, false);
	free(page);
	return write_model(argv[1], &first.w, "first") | write_model(argv[1], &second.w, "second") |
	       write_again(argv[1], &second.w);
}
