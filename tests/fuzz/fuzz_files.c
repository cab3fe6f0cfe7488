/* Any bytes as a file: the first byte says whether it lies in another container (and is a stream), the
 * rest is what the file holds. Every record that comes out must lie in memory that is ours. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <sys/mman.h>

#include "fuzz.h"
#include "main/main.h"

static unsigned sum(khabar_str s)
{
	unsigned v = 0;
	for (size_t i = 0; i < s.n; i++)
		v = v * 31 + (unsigned char)s.p[i];
	return v;
}

static bool each(void *ctx, const struct record *r)
{
	unsigned *v = ctx;
	const khabar_input *in = &r->input;
	*v += sum(in->bytes) + sum(in->id) + sum(in->title) + sum(in->url) + sum(in->source) + sum(in->charset) +
	      sum(in->file) + sum(in->published) + sum(r->line);
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct reading r = {0};
	char path[64];
	unsigned v = 0;
	if (size < 2 || size > 1 << 20)
		return 0;
#ifdef REPLAY
	static bool quiet;
	if (!quiet)
		quiet = freopen("/dev/null", "w", stderr) != NULL;
#endif
	int fd = memfd_create("fuzz", 0);
	if (fd < 0 || write(fd, data + 1, size - 1) != (ssize_t)size - 1)
		abort();
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	r.nested = data[0] & 1;
	r.lines = data[0] & 2;
	read_file(path, &r, each, &v);
	close(fd);
	return 0;
}
