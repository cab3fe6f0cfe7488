/* khabar-pack DATA IMAGE [--lenient]: data/ and weights in, the model image out.
 * Refuses (exit 1, nothing written) when a file is malformed or an example fails. */
#include "pack.h"
#include "pack_rules.h"

#include <errno.h>
#include <string.h>

/* Beside the old one first: a process that has that mapped keeps it. */
static int write_image(const char *path, const void *image, size_t size)
{
	char beside[4096];
	int n = snprintf(beside, sizeof beside, "%s.new", path);
	FILE *f = n > 0 && (size_t)n < sizeof beside ? fopen(beside, "wb") : NULL;
	bool good = f && fwrite(image, 1, size, f) == size;
	if (f && fclose(f) != 0)
		good = false;
	if (good && rename(beside, path) == 0)
		return 0;
	fprintf(stderr, "khabar-pack: %s: %s\n", path, strerror(errno));
	if (f)
		remove(beside);
	return 1;
}

static void check(struct pack *p, const void *image, size_t size)
{
	unsigned negative = 0, known = 0;
	pack_check_rules(p, image, size);
	for (uint32_t i = 0; i < p->n_examples; i++) {
		negative += p->example[i].negative;
		known += p->example[i].known;
	}
	printf("%u rules, %u examples (%u negative, %u known to fail), %u failed\n", p->n_rules,
	       p->n_examples, negative, known, p->errors);
}

int main(int argc, char **argv)
{
	struct pack p = { 0 };
	if (argc < 3) {
		fprintf(stderr, "usage: khabar-pack DATA IMAGE [--lenient]\n");
		return 2;
	}
	p.data = argv[1];
	p.lenient = argc > 3 && strcmp(argv[3], "--lenient") == 0;
	pack_words(&p);
	pack_actors(&p, NULL);
	pack_places(&p);
	pack_rules(&p, NULL);
	pack_tree(&p);
	size_t size;
	unsigned char *image = pack_image(&p, &size);
	if (!p.errors)
		check(&p, image, size);
	if (p.errors && !p.lenient) {
		fprintf(stderr, "khabar-pack: %u mistakes; no image written\n", p.errors);
		return 1;
	}
	return write_image(argv[2], image, size);
}
