/* See fuzz.h. Without libFuzzer (-DREPLAY) also the main that replays files and folders, and
 * mangles each of them some hundred times from a fixed seed. */
#include "fuzz.h"

#include "../slurp.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const void *fuzz_image(size_t *size)
{
	static void *image;
	static size_t n;
	if (!image)
		image = slurp(getenv("KHABAR_MODEL"), &n);
	if (!image) {
		fprintf(stderr, "$KHABAR_MODEL is not readable\n");
		exit(1);
	}
	*size = n;
	return image;
}

khabar_model *fuzz_model(void)
{
	size_t n;
	khabar_model *m;
	const void *image = fuzz_image(&n);
	if (khabar_model_open(&m, image, n, NULL) != 0)
		exit(1);
	return m;
}

#ifdef REPLAY
static uint64_t seed = 0x9E3779B97F4A7C15u;

static uint32_t next(void)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(seed >> 33);
}

/* Bytes changed, pieces cut out and doubled. */
static void mangle(const uint8_t *p, size_t n)
{
	uint8_t *q = malloc(n * 2 + 16);
	if (!q)
		return;
	memcpy(q, p, n);
	size_t m = n;
	for (uint32_t k = next() % 8 + 1; k-- && m > 4;) {
		size_t at = next() % m, len = next() % 16 % (m - at) + 0;
		if (next() % 3 == 0)
			q[at] = (uint8_t)next();
		else if (next() % 2 && m + len < n * 2)
			memmove(q + at + len, q + at, m - at), m += len;
		else
			memmove(q + at, q + at + len, m - at - len), m -= len;
	}
	LLVMFuzzerTestOneInput(q, m);
	free(q);
}

static int replay(const char *path, unsigned rounds)
{
	size_t n;
	uint8_t *p = slurp(path, &n);
	if (!p)
		return 1;
	uint8_t *exact = malloc(n ? n : 1); /* no room behind it, so that an overrun is seen */
	memcpy(exact, p, n);
	LLVMFuzzerTestOneInput(exact, n);
	for (unsigned i = 0; i < rounds; i++)
		mangle(exact, n);
	free(exact);
	free(p);
	return 0;
}

int main(int argc, char **argv)
{
	unsigned rounds = argc > 2 ? (unsigned)atoi(argv[2]) : 20, files = 0;
	struct dirent **e;
	int n = argc > 1 ? scandir(argv[1], &e, NULL, alphasort) : -1; /* what is mangled how is the same everywhere */
	if (n < 0)
		return 2;
	for (int i = 0; i < n; i++) {
		char path[4096];
		snprintf(path, sizeof path, "%s/%s", argv[1], e[i]->d_name);
		if (e[i]->d_name[0] != '.' && replay(path, rounds) != 0)
			return 1;
		files += e[i]->d_name[0] != '.';
		free(e[i]);
	}
	free(e);
	printf("%u files replayed, each mangled %u times\n", files, rounds);
	return files == 0;
}
#endif
