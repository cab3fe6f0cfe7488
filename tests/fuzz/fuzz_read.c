/* Any bytes as any kind of input: the first byte chooses the kind, the rest is the document. It
 * must end in a document that keeps its promises and can be written, or in a clear error. */
#include <stdlib.h>

#include "fuzz.h"
#include "read/api.h"

static khabar_model *model;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint32_t kinds[] = { KHABAR_KIND_SNIFF, KHABAR_KIND_STORY, KHABAR_KIND_PAGE,
					  KHABAR_KIND_HTML, KHABAR_KIND_FEED, KHABAR_KIND_CONLLU };
	khabar_worker *w;
	const khabar_doc *doc;
	khabar_error err;
	if (!model)
		model = fuzz_model();
	if (size == 0 || khabar_worker_new(&w, model, NULL) != 0)
		return 0;
	khabar_input in = { .bytes = { (const char *)data + 1, size - 1 },
			    .kind = kinds[data[0] % (sizeof kinds / sizeof *kinds)],
			    .published = { "2026-03-15", 10 } };
	int code = khabar_read(w, &in, &doc, &err);
	if (code == KHABAR_E_INTERNAL)
		abort();
	if (code == 0) {
		for (uint32_t i = 0; i < doc->n_stories; i++) {
			char *to = malloc(1 << 16);
			khabar_write_story(doc, i, to, 1 << 16);
			khabar_write_layer(doc, i, "conllu", to, 1 << 16);
			free(to);
		}
	} else if (!err.what[0]) {
		abort();
	}
	khabar_worker_free(w);
	return 0;
}
