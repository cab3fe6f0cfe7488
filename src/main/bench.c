/* khabar bench: how fast the line is on one core, by station, and how much memory it takes. In:
 * files, kept in memory. Out: figures. A station's time is the difference between stopping after it
 * and before it. */
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "main.h"

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
};

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

/* Seconds of CPU for all inputs, the least of three rounds. */
static double once(const struct bench *b, const khabar_model *m, uint32_t stop, struct total *t)
{
	double best = 0;
	for (int round = 0; round < 3; round++) {
		khabar_worker *w = NULL;
		khabar_options o = {.stop_after = stop};
		const khabar_doc *doc;
		struct buf line = {0};
		double spent = 0;
		memset(t, 0, sizeof *t);
		if (khabar_worker_new(&w, m, &o) != 0)
			abort();
		for (size_t i = 0; i < b->n; i++) {
			double from = main_cpu();
			int bad = khabar_read(w, &b->input[i], &doc, NULL);
			spent += main_cpu() - from;
			for (uint32_t k = 0; !bad && k < doc->n_stories; k++) {
				khabar_story s;
				khabar_story_at(doc, k, &s);
				t->sentences += s.n_sentences;
				t->tokens += round == 0 && stop == KHABAR_STAGE_TOKEN
						     ? tokens_of(doc, k, &line)
						     : 0;
			}
			t->stories += bad ? 0 : doc->n_stories;
			t->reports += bad ? 0 : doc->n_reports;
		}
		unsigned long tokens = t->tokens;
		buf_free(&line);
		khabar_worker_free(w);
		best = round == 0 || spent < best ? spent : best;
		if (round == 0 && stop == KHABAR_STAGE_TOKEN) {
			t->tokens = tokens;
			return spent;
		}
		if (spent > 20)
			break;
	}
	return best;
}

static const char *const stage_name[] = {"story",   "sentence", "token", "tree",
					 "mention", "claim",	"report"};

static void print(const struct bench *b, const struct total *t, const double *at, double all,
		  bool json)
{
	struct rusage use;
	getrusage(RUSAGE_SELF, &use);
	double s = all > 0 ? all : 1e-9, mb = (double)b->bytes / 1e6, before = 0;
	if (json) {
		printf("{\"bytes\":%llu,\"stories\":%lu,\"sentences\":%lu,\"tokens\":%lu,"
		       "\"reports\":%lu,\"seconds\":%.4f,"
		       "\"stories_s\":%.0f,\"sentences_s\":%.0f,\"tokens_s\":%.0f,\"mb_s\":%.3f,"
		       "\"peak_kib\":%ld,\"stations\":{",
		       (unsigned long long)b->bytes, t->stories, t->sentences, t->tokens,
		       t->reports, all, (double)t->stories / s, (double)t->sentences / s,
		       (double)t->tokens / s, mb / s, use.ru_maxrss);
	} else {
		printf("%lu stories, %lu sentences, %lu tokens, %lu reports, %.2f MB in %.3f s of "
		       "one core\n",
		       t->stories, t->sentences, t->tokens, t->reports, mb, all);
		printf("%.0f stories/s  %.0f sentences/s  %.0f tokens/s  %.2f MB/s  peak memory "
		       "%ld MiB\n",
		       (double)t->stories / s, (double)t->sentences / s, (double)t->tokens / s,
		       mb / s, use.ru_maxrss / 1024);
	}
	for (int i = 0; i < 7; i++) {
		double own = at[i] > before ? at[i] - before : 0;
		before = at[i] > before ? at[i] : before;
		if (json)
			printf("%s\"%s\":%.4f", i ? "," : "", stage_name[i], own);
		else
			printf("  %-9s %8.3f s  %3.0f %%\n", stage_name[i], own, 100 * own / s);
	}
	if (json)
		puts("}}");
}

int main_bench(struct settings *s)
{
	if (s->adding)
		return main_bench_store(s);
	struct bench b = {0};
	struct reading r;
	struct total t, end = {0};
	double at[7];
	unsigned long tokens = 0;
	if (!reading_from(s, &r))
		return EXIT_USAGE;
	khabar_model *m = main_model_open();
	if (!m)
		return EXIT_NONE;
	read_all(s, &r, keep, &b);
	for (uint32_t i = 0; i < 7 && b.n; i++) {
		at[i] = once(&b, m, KHABAR_STAGE_STORY + i, &t);
		tokens = i == 2 ? t.tokens : tokens;
		end = t;
	}
	end.tokens = tokens;
	if (b.n)
		print(&b, &end, at, at[6], s->json);
	for (size_t i = 0; i < b.n; i++)
		buf_free(&b.blob[i]);
	free(b.blob);
	free(b.input);
	khabar_model_close(m);
	return main_status(b.n, r.bad, b.n > 0);
}
