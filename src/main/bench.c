/* khabar bench: how fast the line is on one core, by station, and how much memory it takes. In:
 * files, kept in memory. Out: figures. The clock is read after each station. */
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "main.h"

enum { STATIONS = 24, ROUNDS = 3, PATIENCE = 20 }; /* seconds after which no further round begins */

struct bench {
	struct buf *blob;
	khabar_input *input;
	size_t n, cap;
	uint64_t bytes;
};

static bool keep(void *ctx, const struct record *r)
{
	struct bench *b = ctx;
	if (b->n == b->cap) {
		b->cap = b->cap ? b->cap * 2 : 64;
		b->blob = realloc(b->blob, b->cap * sizeof *b->blob);
		b->input = realloc(b->input, b->cap * sizeof *b->input);
		if (!b->blob || !b->input)
			abort();
	}
	struct buf *to = &b->blob[b->n];
	khabar_input *in = &b->input[b->n++];
	memset(to, 0, sizeof *to);
	*in = (khabar_input){.kind = r->input.kind};
	buf_add(to, r->input.bytes.p, r->input.bytes.n);
	buf_add(to, r->input.published.n ? r->input.published.p : "", r->input.published.n);
	in->bytes = (khabar_str){to->p, r->input.bytes.n};
	in->published = (khabar_str){to->p + r->input.bytes.n, r->input.published.n};
	b->bytes += r->input.bytes.n;
	return true;
}

struct total {
	unsigned long stories, sentences, reports, tokens;
	uint64_t text; /* bytes of the stories */
};

struct clocks { /* of one round, in the order in which stations come */
	double last, all, spent[STATIONS];
	const char *name[STATIONS];
	unsigned n;
};

static void passed(void *ctx, const char *station)
{
	struct clocks *c = ctx;
	double now = main_cpu();
	unsigned i = 0;
	while (i < c->n && strcmp(c->name[i], station) != 0)
		i++;
	if (i == STATIONS)
		return;
	if (i == c->n)
		c->name[c->n++] = station;
	c->spent[i] += now - c->last;
	c->all += now - c->last;
	c->last = now;
}

static unsigned long tokens_of(const khabar_doc *doc, uint32_t story, struct buf *b)
{
	unsigned long n = 0;
	size_t need = khabar_write_layer(doc, story, "token", NULL, 0);
	b->n = 0;
	khabar_write_layer(doc, story, "token", buf_room(b, need + 1), need);
	b->p[need] = 0;
	for (const char *p = b->p; need && (p = strstr(p, "\"form\":")) != NULL; p += 7)
		n++;
	return n;
}

static void count(const khabar_doc *doc, struct total *t, struct buf *line)
{
	for (uint32_t k = 0; k < doc->n_stories; k++) {
		khabar_story s;
		khabar_story_at(doc, k, &s);
		t->sentences += s.n_sentences;
		t->text += s.text.n;
		t->tokens += tokens_of(doc, k, line);
	}
	t->stories += doc->n_stories;
	t->reports += doc->n_reports;
}

/* All inputs once; t NULL: only the clocks. */
static void once(const struct bench *b, const khabar_model *m, uint32_t stop, struct clocks *c,
		 struct total *t)
{
	khabar_worker *w = NULL;
	khabar_options o = {.stop_after = stop, .ctx = c, .passed = passed};
	const khabar_doc *doc;
	struct buf line = {0};
	memset(c, 0, sizeof *c);
	if (khabar_worker_new(&w, m, &o) != 0)
		abort();
	for (size_t i = 0; i < b->n; i++) {
		c->last = main_cpu();
		if (khabar_read(w, &b->input[i], &doc, NULL) == 0 && t)
			count(doc, t, &line);
	}
	buf_free(&line);
	khabar_worker_free(w);
}

static void quickest(const struct bench *b, const khabar_model *m, uint32_t stop,
		     struct clocks *best, struct total *t)
{
	once(b, m, stop, best, t);
	for (int round = 1; round < ROUNDS && best->all < PATIENCE; round++) {
		struct clocks c;
		once(b, m, stop, &c, NULL);
		if (c.all < best->all)
			*best = c;
	}
}

static double spent_in(const struct clocks *c, const char *station)
{
	for (unsigned i = 0; i < c->n; i++)
		if (strcmp(c->name[i], station) == 0)
			return c->spent[i];
	return 0;
}

static double rate(double what, double seconds)
{
	return what / (seconds > 0 ? seconds : 1e-9);
}

/* MB of the stories' text that a second of the day station reads; 0 when it did not run. */
static double day_rate(const struct clocks *c, const struct total *t)
{
	double s = spent_in(c, "day");
	return s > 0 ? rate((double)t->text / 1e6, s) : 0;
}

static void print_json(const struct bench *b, const struct total *t, const struct clocks *c)
{
	struct rusage use;
	double s = c->all;
	getrusage(RUSAGE_SELF, &use);
	printf("{\"inputs\":%zu,\"bytes\":%llu,\"text\":%llu,\"stories\":%lu,\"sentences\":%lu,"
	       "\"tokens\":%lu,\"reports\":%lu,\"seconds\":%.4f,\"inputs_s\":%.0f,"
	       "\"stories_s\":%.0f,\"sentences_s\":%.0f,\"tokens_s\":%.0f,\"mb_s\":%.3f,"
	       "\"day_mb_s\":%.3f,\"peak_kib\":%ld,\"stations\":{",
	       b->n, (unsigned long long)b->bytes, (unsigned long long)t->text, t->stories,
	       t->sentences, t->tokens, t->reports, s, rate((double)b->n, s),
	       rate((double)t->stories, s), rate((double)t->sentences, s),
	       rate((double)t->tokens, s), rate((double)b->bytes / 1e6, s), day_rate(c, t),
	       use.ru_maxrss);
	for (unsigned i = 0; i < c->n; i++)
		printf("%s\"%s\":%.4f", i ? "," : "", c->name[i], c->spent[i]);
	puts("}}");
}

static void print(const struct bench *b, const struct total *t, const struct clocks *c)
{
	struct rusage use;
	double s = c->all, mb = (double)b->bytes / 1e6, before = 0, tree = spent_in(c, "tree");
	double read = 0; /* up to the tree */
	getrusage(RUSAGE_SELF, &use);
	printf("%lu stories, %lu sentences, %lu tokens, %lu reports, %.2f MB in %.3f s of one "
	       "core\n",
	       t->stories, t->sentences, t->tokens, t->reports, mb, s);
	printf("%.0f stories/s  %.0f sentences/s  %.0f tokens/s  %.2f MB/s  peak memory %ld MiB\n",
	       rate((double)t->stories, s), rate((double)t->sentences, s),
	       rate((double)t->tokens, s), rate(mb, s), use.ru_maxrss / 1024);
	for (unsigned i = 0; i < c->n; i++) {
		printf("  %-7s %8.3f s  %5.1f %%\n", c->name[i], c->spent[i],
		       100 * rate(c->spent[i], s));
		before += c->spent[i];
		read = strcmp(c->name[i], "tree") == 0 ? before : read;
	}
	if (read > 0)
		printf("up to the tree: %.0f tokens/s\n", rate((double)t->tokens, read));
	if (day_rate(c, t) > 0)
		printf("time tagging (day): %.2f MB of text/s\n", day_rate(c, t));
	if (spent_in(c, "report") > 0)
		printf("the coder (all after the tree): %.2f of the tree\n", rate(s - read, tree));
}

static bool pass_over(void *ctx, const struct record *r)
{
	struct bench *b = ctx;
	b->n++;
	b->bytes += r->input.bytes.n;
	return true;
}

/* Files alone: unpacked, taken apart, not read. */
static int reading_alone(struct settings *s, struct reading *r)
{
	struct bench b = {0};
	double from = main_cpu();
	read_all(s, r, pass_over, &b);
	double spent = main_cpu() - from;
	if (s->json)
		printf("{\"inputs\":%zu,\"bytes\":%llu,\"packed\":%llu,\"read\":%.4f}\n", b.n,
		       (unsigned long long)b.bytes, (unsigned long long)r->bytes, spent);
	else
		printf("%zu inputs, %.2f MB out of %.2f MB of files in %.3f s: %.1f MB of "
		       "files/s\n",
		       b.n, (double)b.bytes / 1e6, (double)r->bytes / 1e6, spent,
		       rate((double)r->bytes / 1e6, spent));
	return main_status(b.n, r->bad, b.n > 0);
}

/* The stage of a name; false, told, when there is none. */
static bool stage_of(const char *name, uint32_t *stage)
{
	static const char *const known[] = {"story",   "sentence", "token", "tree",
					    "mention", "claim",	   "report"};
	*stage = KHABAR_STAGE_ALL;
	for (uint32_t i = 0; name && i < sizeof known / sizeof *known; i++)
		if (strcmp(name, known[i]) == 0)
			*stage = KHABAR_STAGE_STORY + i;
	if (!name || *stage != KHABAR_STAGE_ALL || strcmp(name, "read") == 0)
		return true;
	fprintf(stderr, "khabar bench: no such stage: %s\n", name);
	return false;
}

int main_bench(struct settings *s)
{
	struct bench b = {0};
	struct reading r;
	struct clocks best;
	struct total t = {0};
	uint32_t stop;
	if (s->adding)
		return main_bench_store(s);
	if (!stage_of(s->stop_after, &stop) || !reading_from(s, &r))
		return EXIT_USAGE;
	if (s->stop_after && strcmp(s->stop_after, "read") == 0)
		return reading_alone(s, &r);
	khabar_model *m = main_model_open();
	if (!m)
		return EXIT_NONE;
	read_all(s, &r, keep, &b);
	quickest(&b, m, stop, &best, &t);
	if (b.n && s->json)
		print_json(&b, &t, &best);
	else if (b.n)
		print(&b, &t, &best);
	for (size_t i = 0; i < b.n; i++)
		buf_free(&b.blob[i]);
	free(b.blob);
	free(b.input);
	khabar_model_close(m);
	return main_status(b.n, r.bad, b.n > 0);
}
