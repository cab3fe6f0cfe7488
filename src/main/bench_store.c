/* khabar bench --adding: how fast the store is, alone. In: texts, coded first (not timed), or coded
 * stories. Out: stories a second of CPU for adding them to a new file, and for linking them. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "main.h"
#include "store/store.h"

struct lines {
	struct buf all; /* coded stories, a line each */
	khabar_worker *w;
	bool coded;
};

static bool keep(void *ctx, const struct record *r)
{
	struct lines *l = ctx;
	const khabar_doc *doc;
	if (l->coded && r->line.n) {
		buf_add(&l->all, r->line.p, r->line.n);
		buf_add(&l->all, "\n", 1);
	}
	if (l->coded || khabar_read(l->w, &r->input, &doc, NULL) != 0)
		return true;
	story_lines(doc, &l->all);
	return true;
}

/* Adds all lines in batches as `khabar add` does; stories added, 0 after a failure (told). */
static unsigned long fill(struct kh_store *st, const struct buf *all, unsigned long batch)
{
	unsigned long added = 0, seen = 0;
	bool fine = kh_store_begin(st) == 0;
	for (size_t at = 0; fine && at < all->n;) {
		const char *nl = memchr(all->p + at, '\n', all->n - at);
		size_t n = (size_t)(nl - all->p) - at;
		enum kh_added a = kh_store_add(st, all->p + at, n, false);
		added += a == KH_ADD_NEW;
		fine = a != KH_ADD_FAILED;
		at += n + 1;
		if (fine && ++seen % batch == 0)
			fine = kh_store_commit(st) == 0 && kh_store_begin(st) == 0;
	}
	if (fine && kh_store_commit(st) == 0)
		return added;
	fprintf(stderr, "khabar bench: %s\n", kh_store_why(st));
	return 0;
}

static void print(unsigned long n, double mb, double add, double link, bool json)
{
	double s = add > 0 ? add : 1e-9, l = link > 0 ? link : 1e-9;
	if (json)
		printf("{\"stories\":%lu,\"mb\":%.3f,\"add_s\":%.4f,\"stories_s\":%.0f,"
		       "\"link_s\":%.4f,\"linked_s\":%.0f}\n",
		       n, mb, add, (double)n / s, link, (double)n / l);
	else
		printf("%lu stories, %.2f MB of JSON, into a new store in %.3f s of CPU\n"
		       "%.0f stories/s added  %.0f stories/s linked\n",
		       n, mb, add, (double)n / s, (double)n / l);
}

static int run(const struct settings *s, const struct lines *l, const char *path)
{
	struct kh_store *st = NULL;
	unlink(path);
	if (kh_store_open(&st, path, KH_STORE_WRITE) != 0) {
		fprintf(stderr, "khabar: %s: %s\n", path, kh_store_why(st));
		kh_store_close(st);
		return EXIT_NONE;
	}
	double from = main_cpu();
	unsigned long n = fill(st, &l->all, s->batch ? (unsigned long)s->batch : 500);
	double added = main_cpu() - from;
	from = main_cpu();
	int status = n && kh_store_link(st, true) == 0 ? EXIT_ALL : EXIT_NONE;
	if (status == EXIT_ALL)
		print(n, (double)l->all.n / 1e6, added, main_cpu() - from, s->json);
	kh_store_close(st);
	return status;
}

int main_bench_store(struct settings *s)
{
	struct lines l = {.coded = s->coded};
	struct reading r;
	const char *tmp = getenv("TMPDIR");
	char folder[4096], path[4200];
	if (!reading_from(s, &r))
		return EXIT_USAGE;
	khabar_model *m = s->coded ? NULL : main_model_open();
	if (!s->coded && (!m || khabar_worker_new(&l.w, m, NULL) != 0))
		return EXIT_NONE;
	r.lines = s->coded;
	read_all(s, &r, keep, &l);
	snprintf(folder, sizeof folder, "%s/khabar-XXXXXX", tmp && tmp[0] ? tmp : "/tmp");
	int status = main_status(0, r.bad, false);
	if (l.all.n && mkdtemp(folder)) {
		static const char *const tail[] = {"", "-wal", "-shm"};
		snprintf(path, sizeof path, "%s/bench.db", folder);
		status = run(s, &l, path);
		for (int i = 0; i < 3; i++) {
			snprintf(path, sizeof path, "%s/bench.db%s", folder, tail[i]);
			unlink(path);
		}
		rmdir(folder);
	}
	buf_free(&l.all);
	khabar_worker_free(l.w);
	khabar_model_close(m);
	return status;
}
