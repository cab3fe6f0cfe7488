/* khabar code, show --stage and parse: texts in, records or layers out, in the order of the input.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "main.h"

struct run {
	const struct settings *s;
	struct reading reading;
	struct progress progress;
	struct pool *pool;
	const char *layer; /* NULL: reports, or stories */
	unsigned long records, failed, stories, reports, notes;
	unsigned behaviour;
	bool table, begun;
	double began;
};

static size_t write_item(const struct run *u, const khabar_doc *doc, uint32_t i, char *to,
			 size_t room)
{
	if (u->layer)
		return khabar_write_layer(doc, i, u->layer, to, room);
	if (u->s->stories)
		return khabar_write_story(doc, i, to, room);
	return khabar_write_report(doc, i, to, room);
}

/* In any thread: one record into lines. */
static void work(void *ctx, khabar_worker *w, struct job *j)
{
	const struct run *u = ctx;
	const khabar_doc *doc = job_read(j, w);
	if (!doc)
		return;
	uint32_t n = u->layer || u->s->stories ? doc->n_stories : doc->n_reports;
	if (u->layer && strcmp(u->layer, "feed") == 0)
		n = 1; /* of the document, even when it has no story */
	for (uint32_t i = 0; i < n; i++) {
		char *to = buf_room(&j->out, 1);
		size_t room = j->out.room - j->out.n, need = write_item(u, doc, i, to, room);
		if (need > room)
			write_item(u, doc, i, buf_room(&j->out, need + 1), need);
		j->out.n += need;
		if (need && !(u->layer && strcmp(u->layer, "conllu") == 0))
			buf_add(&j->out, "\n", 1);
	}
}

static bool done(void *ctx, struct job *j)
{
	struct run *u = ctx;
	u->records++;
	u->failed += j->failed;
	u->stories += j->stories;
	u->reports += j->reports;
	if (j->talk.n)
		fwrite(j->talk.p, 1, j->talk.n, stderr);
	if (u->table)
		table_reports(stdout, j->out.p, j->out.n, &u->begun);
	else if (j->out.n)
		fwrite(j->out.p, 1, j->out.n, stdout);
	progress_step(&u->progress, u->reading.bytes, u->stories, u->reports);
	return !ferror(stdout);
}

static bool each(void *ctx, const struct record *r)
{
	struct run *u = ctx;
	return pool_give(u->pool, r);
}

/* One line for the program that started this one. Fields are added, never renamed. */
static void summary(const struct run *u, int status)
{
	struct rusage use;
	getrusage(RUSAGE_SELF, &use);
	fprintf(stderr,
		"{\"records\":%lu,\"stories\":%lu,\"reports\":%lu,\"failed\":%lu,\"bytes\":%llu,"
		"\"seconds\":%.3f,\"cpu\":%.3f,\"peak_kib\":%ld,\"shard\":\"%u/%u\","
		"\"behaviour\":%u,\"status\":%d}\n",
		u->records, u->stories, u->reports, u->failed + u->reading.bad,
		(unsigned long long)u->reading.bytes, main_clock() - u->began, main_cpu(),
		use.ru_maxrss, u->reading.shards ? u->reading.shard : 1,
		u->reading.shards ? u->reading.shards : 1, u->behaviour, status);
}

/* As a part of a larger job nothing to code is no failure: engines stop at any status but 0. */
static int status_of(const struct run *u)
{
	bool found = u->layer || u->s->stories ? u->stories > 0 : u->reports > 0;
	return main_status(u->records - u->failed, u->failed + u->reading.bad,
			   found || u->s->filter);
}

static int run(struct settings *s, const char *layer, uint32_t stop)
{
	khabar_options options = {.stop_after = stop};
	struct run u = {.s = s, .layer = layer, .began = main_clock()};
	if (!reading_from(s, &u.reading))
		return EXIT_USAGE;
	khabar_model *model = main_model_open();
	if (!model)
		return EXIT_NONE;
	u.behaviour = khabar_model_about(model).behaviour;
	u.table = !layer && !s->stories && !s->filter && table_wanted(s);
	progress_begin(&u.progress, s);
	u.pool = pool_new(model, &options, s->jobs, work, done, &u);
	read_all(s, &u.reading, each, &u);
	pool_end(u.pool);
	progress_end(&u.progress);
	khabar_model_close(model);
	int status = main_flush(status_of(&u));
	if (s->summary || s->filter)
		summary(&u, status);
	return status;
}

int main_code(struct settings *s)
{
	return run(s, NULL, KHABAR_STAGE_ALL);
}

static bool layer_known(const char *name)
{
	static const char all[] =
		" sent token tree conllu name actor day amount place voice fact event story feed ";
	char word[32];
	snprintf(word, sizeof word, " %.28s ", name);
	if (strchr(name, ' ') == NULL && strstr(all, word))
		return true;
	fprintf(stderr, "khabar show: no such layer: %s (%.*s)\n", name, (int)sizeof all - 3,
		all + 1);
	return false;
}

int main_show(struct settings *s)
{
	if (!s->stage)
		return main_show_stored(s);
	return layer_known(s->stage) ? run(s, s->stage, KHABAR_STAGE_ALL) : EXIT_USAGE;
}

int main_parse(struct settings *s)
{
	return run(s, s->conllu ? "conllu" : "tree", KHABAR_STAGE_TREE);
}
