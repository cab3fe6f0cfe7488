/* khabar-train-cut OUT FILE…: pages in the format of the set `segments` in, src/page/cut_weights.h
 * (OUT) out. Two readings of a page, each an averaged structured perceptron; the pages of the even
 * numbers teach the first reading, all of them the second, which sees what the first one says.
 * The files are made by tools/made_pages.py; the same input gives the same weights. */
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "page/cut_read.h"

enum { N = KH_LINE_CLASSES, EPOCHS = 24, SCALE = 16 };

struct page {
	struct kh_units us;
	struct kh_tie *tie;
	uint8_t *gold, *first_class; /* first_class: of the first reading */
	struct kh_marks *marks;
};

struct model { /* rows: marks, then classes before, then the head */
	int32_t w[KH_MARKS + N + 1][N];
	int64_t sum[KH_MARKS + N + 1][N];
	int64_t step;
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

/* What a mistake costs while learning: titles count more. */
static int64_t cost(unsigned gold, unsigned c)
{
	if (gold == c)
		return 0;
	return gold == KH_LINE_TITLE || c == KH_LINE_TITLE ? 6 * SCALE : 2 * SCALE;
}

/* The best sequence under the weights, each wrong class made dearer to tell apart. */
static void decode(const struct model *m, const struct page *p, uint8_t *out)
{
	uint32_t n = p->us.n;
	int64_t best[N] = {0};
	uint8_t *from = calloc((size_t)n * N + 1, 1);
	for (uint32_t i = 0; i < n; i++) {
		int64_t next[N];
		for (unsigned c = 0; c < N; c++) {
			int64_t s = cost(p->gold[i], c);
			for (uint32_t k = 0; k < p->marks[i].n; k++)
				s += m->w[p->marks[i].id[k]][c];
			unsigned top = 0;
			for (unsigned q = 1; q < N && i; q++)
				if (best[q] + m->w[KH_MARKS + q][c] >
				    best[top] + m->w[KH_MARKS + top][c])
					top = q;
			next[c] = s +
				  (i ? best[top] + m->w[KH_MARKS + top][c] : m->w[KH_MARKS + N][c]);
			from[(size_t)i * N + c] = (uint8_t)top;
		}
		memcpy(best, next, sizeof best);
	}
	unsigned c = 0;
	for (unsigned k = 1; k < N; k++)
		if (best[k] > best[c])
			c = k;
	for (uint32_t i = n; i-- > 0;) {
		out[i] = (uint8_t)c;
		c = from[(size_t)i * N + c];
	}
	free(from);
}

static void bump(struct model *m, uint32_t row, unsigned c, int32_t d)
{
	m->w[row][c] += d;
	m->sum[row][c] += d * m->step;
}

static void learn(struct model *m, const struct page *p, const uint8_t *guess)
{
	for (uint32_t i = 0; i < p->us.n; i++) {
		unsigned g = p->gold[i], b = guess[i];
		if (g != b)
			for (uint32_t k = 0; k < p->marks[i].n; k++) {
				bump(m, p->marks[i].id[k], g, SCALE / 4);
				bump(m, p->marks[i].id[k], b, -SCALE / 4);
			}
		uint32_t was = KH_MARKS + (i ? p->gold[i - 1] : (unsigned)N);
		uint32_t said = KH_MARKS + (i ? guess[i - 1] : (unsigned)N);
		if (was != said || g != b) {
			bump(m, was, g, SCALE / 4);
			bump(m, said, b, -SCALE / 4);
		}
	}
}

static void train(struct model *m, struct page *p, uint32_t n, bool even)
{
	uint32_t *order = calloc(n + 1, sizeof *order);
	for (uint32_t i = 0; i < n; i++)
		order[i] = i;
	memset(m, 0, sizeof *m);
	m->step = 1;
	for (int e = 0; e < EPOCHS; e++) {
		uint64_t wrong = 0, all = 0;
		for (uint32_t i = n; i > 1; i--) {
			uint32_t k = random_below(i), swap = order[k];
			order[k] = order[i - 1];
			order[i - 1] = swap;
		}
		for (uint32_t k = 0; k < n; k++) {
			struct page *q = &p[order[k]];
			if (even && order[k] % 2)
				continue;
			uint8_t *guess = calloc(q->us.n + 1, 1);
			decode(m, q, guess);
			for (uint32_t i = 0; i < q->us.n; i++)
				wrong += guess[i] != q->gold[i];
			all += q->us.n;
			learn(m, q, guess);
			m->step++;
			free(guess);
		}
		fprintf(stderr, "epoch %d: %.4f wrong\n", e, (double)wrong / (double)(all + !all));
	}
	free(order);
	for (size_t r = 0; r < KH_MARKS + N + 1; r++) /* the average over all steps */
		for (unsigned c = 0; c < N; c++) {
			int64_t v = m->w[r][c] * 16 - m->sum[r][c] * 16 / m->step;
			m->w[r][c] = (int32_t)(v > 32767 ? 32767 : v < -32767 ? -32767 : v);
		}
}

static void rows(FILE *f, const char *name, const char *room, int32_t (*w)[N], uint32_t n)
{
	fprintf(f, "static const int16_t %s[%s][KH_LINE_CLASSES] = {", name, room);
	size_t column = 100;
	for (uint32_t r = 0; r < n; r++) {
		char row[120];
		bool any = false;
		int k = snprintf(row, sizeof row, "[%u] = {", (unsigned)r);
		for (unsigned c = 0; c < N; c++) {
			any |= w[r][c] != 0;
			k += snprintf(row + k, sizeof row - (size_t)k, "%s%d", c ? ", " : "",
				      (int)w[r][c]);
		}
		if (!any)
			continue;
		bool fits = column + (size_t)k + 3 <= 100;
		fprintf(f, "%s%s},", fits ? " " : "\n\t", row);
		column = (fits ? column + 1 : 8) + (size_t)k + 2;
	}
	fprintf(f, "\n};\n");
}

static void write_model(FILE *f, struct model *m, const char *which)
{
	char name[64];
	snprintf(name, sizeof name, "%s_mark", which);
	rows(f, name, "KH_MARKS", m->w, KH_MARKS);
	snprintf(name, sizeof name, "%s_follow", which);
	rows(f, name, "KH_LINE_CLASSES", m->w + KH_MARKS, N);
	fprintf(f, "static const int16_t %s_head[KH_LINE_CLASSES] = {", which);
	for (unsigned c = 0; c < N; c++)
		fprintf(f, "%s%d", c ? ", " : "", (int)m->w[KH_MARKS + N][c]);
	fprintf(f, "};\n");
}

/* Adds to the marks of each unit what the first reading says. */
static void agree(const struct model *m, struct page *p)
{
	static int16_t mark[KH_MARKS][N], follow[N][N], head[N];
	for (uint32_t r = 0; r < KH_MARKS; r++)
		for (unsigned c = 0; c < N; c++)
			mark[r][c] = (int16_t)m->w[r][c];
	for (unsigned r = 0; r < N; r++)
		for (unsigned c = 0; c < N; c++)
			follow[r][c] = (int16_t)m->w[KH_MARKS + r][c];
	for (unsigned c = 0; c < N; c++)
		head[c] = (int16_t)m->w[KH_MARKS + N][c];
	struct kh_cut_weights k = {(const kh_class_row *)mark, (const kh_class_row *)follow, head};
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
	static struct model first, second;
	jmp_buf door;
	if (argc < 3)
		return fprintf(stderr, "usage: khabar-train-cut OUT FILE...\n"), 2;
	kh_arena_init(&arena, &o);
	arena.door = &door;
	if (setjmp(door))
		return fprintf(stderr, "khabar-train-cut: out of memory\n"), 4;
	uint32_t n = read_pages(&page, argv + 2, argc - 2);
	train(&first, page, n, true);
	for (uint32_t i = 0; i < n; i++)
		agree(&first, &page[i]);
	train(&second, page, n, false);
	FILE *f = fopen(argv[1], "w");
	if (!f)
		return perror(argv[1]), 1;
	fprintf(f,
		"/* The weights of the cutter, for the first and the second reading of a page: "
		"[mark][class],\n"
		" * [class before][class], [class at the head]. Written by khabar-train-cut, see\n"
		" * tools/train-cut. Only cut.c includes it. */\n");
	write_model(f, &first, "first");
	write_model(f, &second, "second");
	free(page);
	return fclose(f) != 0;
}
