/* khabar add: texts in, rows in a store out. One thread writes, the others code; a batch is a
 * transaction. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rows.h"

#define HOLD_S 0.5

struct adding {
	const struct settings *s;
	const char *path;
	struct reading reading;
	struct progress progress;
	struct pool *pool;
	struct kh_store *store;
	unsigned long records, failed, stories, known, other, reports;
	int batch, in_batch;
	double batch_began; /* a batch of no told size is over after HOLD_S too: others want to
			       write */
	bool broken;
	double began;
};

static void work(void *ctx, khabar_worker *w, struct job *j)
{
	const khabar_doc *doc = job_read(j, w);
	(void)ctx;
	if (doc)
		story_lines(doc, &j->out);
}

static bool broken(struct adding *a)
{
	if (!a->broken)
		fprintf(stderr, "khabar: %s: %s\n", kh_store_name(a->store),
			kh_store_why(a->store));
	a->broken = true;
	return false;
}

/* One story; a batch that is full is committed. */
static bool store_one(struct adding *a, const char *json, size_t n, const char *file, uint64_t at)
{
	if (a->in_batch == 0 && kh_store_begin(a->store) != 0)
		return broken(a);
	switch (kh_store_add(a->store, json, n, a->s->replace)) {
	case KH_ADD_NEW:
		a->stories++;
		break;
	case KH_ADD_KNOWN:
		a->known++;
		break;
	case KH_ADD_OTHER:
		complain(file, at,
			 "a story of this id is stored with another text (--replace puts the new "
			 "one in its place)");
		a->other++;
		break;
	case KH_ADD_BAD:
		complain(file, at, kh_store_why(a->store));
		a->failed++;
		break;
	default:
		return broken(a);
	}
	if (a->in_batch == 0)
		a->batch_began = main_clock();
	if (++a->in_batch < a->batch && (a->s->batch || main_clock() - a->batch_began < HOLD_S))
		return true;
	a->in_batch = 0;
	return kh_store_commit(a->store) == 0 || broken(a);
}

static bool done(void *ctx, struct job *j)
{
	struct adding *a = ctx;
	a->records++;
	a->failed += j->failed;
	a->reports += j->reports;
	if (j->talk.n)
		fwrite(j->talk.p, 1, j->talk.n, stderr);
	for (size_t at = 0; at < j->out.n;) {
		char *nl = memchr(j->out.p + at, '\n', j->out.n - at);
		size_t n = (size_t)(nl - j->out.p) - at;
		if (!store_one(a, j->out.p + at, n, j->file, j->at))
			return false;
		at += n + 1;
	}
	progress_step(&a->progress, a->reading.bytes, a->stories + a->known, a->reports);
	return true;
}

static bool each(void *ctx, const struct record *r)
{
	struct adding *a = ctx;
	if (!a->s->coded)
		return pool_give(a->pool, r);
	if (!r->line.n) {
		complain(r->file, r->at, "not a story of khabar (--coded)");
		a->failed++;
		return true;
	}
	a->records++;
	return store_one(a, r->line.p, r->line.n, r->file, r->at);
}

static int finish(struct adding *a)
{
	if (!a->broken && a->in_batch && kh_store_commit(a->store) != 0)
		broken(a);
	if (a->broken)
		kh_store_rollback(a->store);
	progress_end(&a->progress);
	if (a->s->summary)
		fprintf(stderr,
			"{\"records\":%lu,\"stories\":%lu,\"known\":%lu,\"refused\":%lu,"
			"\"reports\":%lu,\"failed\":%lu,"
			"\"seconds\":%.3f}\n",
			a->records, a->stories, a->known, a->other, a->reports,
			a->failed + a->reading.bad, main_clock() - a->began);
	else if (isatty(STDERR_FILENO) && !a->broken)
		fprintf(stderr, "%lu stories added, %lu known already, %lu reports read\n",
			a->stories, a->known, a->reports);
	if (a->broken)
		return a->stories > (unsigned long)a->in_batch ? EXIT_SOME : EXIT_NONE;
	return main_status(a->stories + a->known, a->failed + a->reading.bad + a->other,
			   a->stories + a->known > 0);
}

int main_add(struct settings *s)
{
	struct adding a = {.s = s, .batch = s->batch ? s->batch : 500, .began = main_clock()};
	a.path = rows_where(s);
	if (!a.path)
		return EXIT_USAGE;
	if (!reading_from(s, &a.reading))
		return EXIT_USAGE;
	khabar_model *model = s->coded ? NULL : main_model_open();
	if (!model && !s->coded)
		return EXIT_NONE;
	a.store = rows_open_as(a.path, KH_STORE_WRITE);
	if (!a.store) {
		khabar_model_close(model);
		return EXIT_NONE;
	}
	a.reading.lines = s->coded;
	progress_begin(&a.progress, s);
	if (!s->coded)
		a.pool = pool_new(model, NULL, s->jobs, work, done, &a);
	read_all(s, &a.reading, each, &a);
	if (a.pool)
		pool_end(a.pool);
	int status = finish(&a);
	kh_store_close(a.store);
	khabar_model_close(model);
	return status;
}
