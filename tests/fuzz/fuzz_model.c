/* A model image with bytes changed: the input is a list of {u32 place, u8 value}; the hash is put
 * right again, so that the checks behind it are what is tried. Whatever still opens must read. */
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "fuzz.h"
#include "model/image.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char text[] = "Police in Lagos arrested 12 protesters on Sunday, the army said.";
	size_t n;
	const void *whole = fuzz_image(&n);
	unsigned char *image = aligned_alloc(64, (n + 63) & ~(size_t)63);
	khabar_model *m;
	khabar_worker *w;
	const khabar_doc *doc;
	if (!image)
		return 0;
	memcpy(image, whole, n);
	for (size_t i = 0; i + 5 <= size; i += 5) {
		uint32_t at;
		memcpy(&at, data + i, 4);
		image[at % n] = data[i + 4];
	}
	struct kh_image_head *head = (void *)image;
	head->hash = kh_image_hash(image, n);
	khabar_input in = { .bytes = { text, sizeof text - 1 }, .kind = KHABAR_KIND_STORY };
	if (khabar_model_open(&m, image, n, NULL) == 0) {
		if (khabar_worker_new(&w, m, NULL) == 0) {
			khabar_read(w, &in, &doc, NULL);
			khabar_worker_free(w);
		}
		khabar_model_close(m);
	}
	free(image);
	return 0;
}
