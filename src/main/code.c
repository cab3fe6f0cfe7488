/* khabar code and khabar show: records in, JSON Lines out. */
#include <stdlib.h>
#include <string.h>

#include "main.h"

struct job {
	khabar_worker *worker;
	const char *layer; /* NULL: reports */
	bool stories;
	char *line;
	size_t room;
	unsigned long reports, failed;
};

static void put(struct job *j, size_t n)
{
	fwrite(j->line, 1, n, stdout);
	if (!j->layer || strcmp(j->layer, "conllu") != 0)
		fputc('\n', stdout);
}

static size_t write_item(struct job *j, const khabar_doc *doc, uint32_t i)
{
	if (j->layer)
		return khabar_write_layer(doc, i, j->layer, j->line, j->room);
	if (j->stories)
		return khabar_write_story(doc, i, j->line, j->room);
	return khabar_write_report(doc, i, j->line, j->room);
}

static bool one(void *ctx, const struct record *r)
{
	struct job *j = ctx;
	const khabar_doc *doc;
	khabar_error err;
	if (khabar_read(j->worker, &r->input, &doc, &err) != 0) {
		fprintf(stderr, "khabar: %s: byte %llu: %s\n", r->file,
			(unsigned long long)(r->at + err.at), err.what);
		j->failed++;
		return true;
	}
	uint32_t n = j->layer || j->stories ? doc->n_stories : doc->n_reports;
	for (uint32_t i = 0; i < n; i++) {
		size_t need = write_item(j, doc, i);
		if (need > j->room) {
			free(j->line);
			j->room = need * 2;
			j->line = malloc(j->room);
			if (!j->line)
				abort();
			need = write_item(j, doc, i);
		}
		if (need)
			put(j, need);
	}
	j->reports += doc->n_reports;
	return true;
}

static int run(int argc, char **argv, const char *layer)
{
	struct job j = { .layer = layer };
	struct reading r = { 0 };
	khabar_model *model = main_model_open();
	if (!model || khabar_worker_new(&j.worker, model, NULL) != 0)
		return EXIT_NONE;
	int files = 0;
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--stories") == 0)
			j.stories = true;
		else if (strcmp(argv[i], "--pages") == 0)
			r.pages = true;
		else if (strcmp(argv[i], "--gold-tokens") == 0)
			r.gold_tokens = true;
		else if (strcmp(argv[i], "--stage") == 0 && i + 1 < argc)
			j.layer = argv[++i];
	}
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--stage") == 0)
			i++;
		else if (argv[i][0] != '-' || argv[i][1] == 0)
			read_file(argv[i], &r, one, &j), files++;
	}
	if (!files)
		read_file("-", &r, one, &j);
	khabar_worker_free(j.worker);
	khabar_model_close(model);
	free(j.line);
	if (r.bad || j.failed)
		return r.good > j.failed ? EXIT_SOME : EXIT_NONE;
	return j.layer || j.reports ? EXIT_ALL : EXIT_NOTHING;
}

int main_code(int argc, char **argv)
{
	return run(argc, argv, NULL);
}

int main_show(int argc, char **argv)
{
	return run(argc, argv, "tree");
}
