/* Fails every allocation once, one after another, and cuts a page at every byte: each must end in
 * an error that says so or in a document that keeps its promises; nothing may leak. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../slurp.h"
#include "khabar.h"
#include "read/api.h"

struct failing {
	unsigned long left; /* allocations until the one that fails */
	long held;          /* blocks not yet given back */
};

static void *take(void *ctx, size_t size)
{
	struct failing *f = ctx;
	if (f->left-- == 0)
		return NULL;
	f->held++;
	return malloc(size);
}

static void give(void *ctx, void *p, size_t size)
{
	struct failing *f = ctx;
	(void)size;
	f->held--;
	free(p);
}

static int read_once(const khabar_model *m, khabar_str bytes, unsigned long fail_at, int *done)
{
	struct failing f = { fail_at, 0 };
	khabar_options o = { .alloc = take, .release = give, .ctx = &f };
	khabar_worker *w;
	const khabar_doc *doc;
	khabar_error err = { 0 };
	khabar_input in = { .bytes = bytes };
	if (khabar_worker_new(&w, m, &o) != 0)
		return 1;
	int code = khabar_read(w, &in, &doc, &err);
	*done = code == 0;
	int bad = code == 0 ? kh_doc_check(kh_api_doc(doc)) != NULL : code != KHABAR_E_MEMORY || !err.what[0];
	khabar_worker_free(w);
	return bad || f.held != 0;
}

int main(int argc, char **argv)
{
	size_t n_model, n_page;
	char *image = slurp(getenv("KHABAR_MODEL"), &n_model);
	khabar_model *m;
	khabar_error err;
	if (!image || khabar_model_open(&m, image, n_model, &err) != 0)
		return 1;
	for (int i = 1; i < argc; i++) {
		char *page = slurp(argv[i], &n_page);
		if (!page)
			return 1;
		int done = 0;
		unsigned long k = 0;
		while (!done && k < 100000)
			if (read_once(m, (khabar_str){ page, n_page }, k++, &done) != 0) {
				printf("%s: failing allocation %lu goes wrong\n", argv[i], k - 1);
				return 1;
			}
		printf("%s: %lu allocations failed one after another\n", argv[i], k - 1);
		size_t step = n_page / 150 + 1;
		for (size_t cut = 0; cut <= n_page; cut += step)
			if (read_once(m, (khabar_str){ page, cut }, ~0ul, &done) != 0) {
				printf("%s: cut at byte %zu goes wrong\n", argv[i], cut);
				return 1;
			}
		free(page);
	}
	khabar_model_close(m);
	free(image);
	return 0;
}
