/* Eight workers on threads of their own over one model: each must write the same bytes. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../slurp.h"
#include "khabar.h"

#define WORKERS 8

struct job {
	const khabar_model *model;
	khabar_str page;
	char *out;
	size_t n;
	int bad;
};

static void *run(void *arg)
{
	struct job *j = arg;
	khabar_worker *w;
	const khabar_doc *doc;
	khabar_input in = { .bytes = j->page };
	j->bad = khabar_worker_new(&w, j->model, NULL);
	for (int round = 0; round < 3 && !j->bad; round++) {
		j->bad = khabar_read(w, &in, &doc, NULL);
		j->n = 0;
		for (uint32_t i = 0; !j->bad && i < doc->n_stories; i++)
			j->n += khabar_write_story(doc, i, j->out + j->n, ((size_t)1 << 22) - j->n);
	}
	khabar_worker_free(w);
	return NULL;
}

int main(int argc, char **argv)
{
	size_t n_model, n_page;
	char *image = slurp(getenv("KHABAR_MODEL"), &n_model);
	khabar_model *m;
	khabar_error err;
	if (argc < 2 || !image || khabar_model_open(&m, image, n_model, &err) != 0)
		return 1;
	char *page = slurp(argv[1], &n_page);
	struct job job[WORKERS];
	pthread_t thread[WORKERS];
	for (int i = 0; i < WORKERS; i++) {
		job[i] = (struct job){ m, { page, n_page }, malloc((size_t)1 << 22), 0, 0 };
		if (pthread_create(&thread[i], NULL, run, &job[i]) != 0)
			return 1;
	}
	int bad = 0;
	for (int i = 0; i < WORKERS; i++) {
		pthread_join(thread[i], NULL);
		bad |= job[i].bad || job[i].n == 0 || job[i].n != job[0].n ||
		       memcmp(job[i].out, job[0].out, job[0].n) != 0;
	}
	for (int i = 0; i < WORKERS; i++)
		free(job[i].out);
	khabar_model_close(m);
	free(image);
	free(page);
	return bad;
}
