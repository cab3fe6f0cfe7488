/* What the packer and `khabar dict` share: buffers, files of a data folder, mistakes told, the
 * image made of its sections. */
#include "pack.h"

#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>

#include "base/str.h"
#include "model/image.h"

void __lsan_disable(void) __attribute__((weak)); /* only there in a build that checks leaks */

void pack_keeps(void)
{
	if (__lsan_disable)
		__lsan_disable();
}

void *pack_alloc(size_t n)
{
	void *p = calloc(1, n ? n : 1);
	if (!p) {
		fprintf(stderr, "khabar-pack: out of memory\n");
		exit(1);
	}
	return p;
}

size_t pack_put(struct pack_buf *b, const void *bytes, size_t n)
{
	size_t at = b->n;
	if (b->n + n > b->cap) {
		size_t cap = b->cap ? b->cap : 4096;
		while (cap < b->n + n)
			cap *= 2;
		unsigned char *p = pack_alloc(cap);
		if (b->n)
			memcpy(p, b->p, b->n);
		free(b->p);
		b->p = p;
		b->cap = cap;
	}
	if (n)
		memcpy(b->p + b->n, bytes, n);
	b->n += n;
	return at;
}

void pack_section(struct pack *p, const char *name, struct pack_buf *b)
{
	struct pack_section *s = &p->section[p->n_sections++];
	snprintf(s->name, sizeof s->name, "%s", name);
	s->bytes = b->p;
	s->n = b->n;
}

void pack_source(struct pack *p, const char *path, kh_str bytes, const char *licence)
{
	char line[512];
	int n = snprintf(line, sizeof line, "%s\t%zu\t%016llx\t%s\n", path, bytes.n,
			 (unsigned long long)kh_str_hash64(bytes), licence);
	if (n < 0 || (size_t)n >= sizeof line)
		return;
	char *m = pack_alloc(p->n_manifest + (size_t)n + 1);
	if (p->n_manifest)
		memcpy(m, p->manifest, p->n_manifest);
	memcpy(m + p->n_manifest, line, (size_t)n);
	free(p->manifest);
	p->manifest = m;
	p->n_manifest += (size_t)n;
}

char *pack_path(const struct pack *p, const char *path)
{
	size_t n = strlen(p->data) + strlen(path) + 2;
	char *full = pack_alloc(n);
	snprintf(full, n, "%s/%s", p->data, path);
	return full;
}

kh_str pack_read(struct pack *p, const char *path)
{
	char *full = pack_path(p, path);
	FILE *f = fopen(full, "rb");
	struct pack_buf b = { 0 };
	char chunk[65536];
	size_t n;
	if (!f) {
		pack_error(p, full, 0, 0, "%s", strerror(errno));
		return (kh_str){ NULL, 0 };
	}
	while ((n = fread(chunk, 1, sizeof chunk, f)) > 0)
		pack_put(&b, chunk, n);
	fclose(f);
	free(full);
	size_t size = b.n;
	pack_put(&b, "", 1);
	return (kh_str){ (char *)b.p, size };
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

char **pack_list(struct pack *p, const char *folder, const char *suffix)
{
	char *full = pack_path(p, folder);
	char **list = pack_alloc(4096 * sizeof *list);
	size_t n = 0;
	DIR *dir = opendir(full);
	struct dirent *e;
	while (dir && (e = readdir(dir)) && n < 4095)
		if (kh_str_ends(kh_str_of(e->d_name), suffix)) {
			size_t size = strlen(folder) + strlen(e->d_name) + 2;
			list[n] = pack_alloc(size);
			snprintf(list[n++], size, "%s/%s", folder, e->d_name);
		}
	if (dir)
		closedir(dir);
	qsort(list, n, sizeof *list, by_name);
	free(full);
	return list;
}

void pack_error(struct pack *p, const char *file, unsigned line, unsigned column,
		const char *format, ...)
{
	va_list args;
	p->errors++;
	fprintf(stderr, "%s:", file);
	if (line)
		fprintf(stderr, "%u:", line);
	if (column)
		fprintf(stderr, "%u:", column);
	fputc(' ', stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
}

kh_str pack_column(kh_str row, unsigned want)
{
	for (;; want--) {
		const char *tab = memchr(row.p, '\t', row.n);
		size_t n = tab ? (size_t)(tab - row.p) : row.n;
		if (want == 0)
			return kh_str_trim(kh_str_sub(row, 0, n));
		if (!tab)
			return (kh_str){row.p + row.n, 0};
		row = kh_str_sub(row, n + 1, row.n);
	}
}

static size_t round64(size_t n)
{
	return (n + 63) & ~(size_t)63;
}

unsigned char *pack_image(const struct pack *p, size_t *size)
{
	struct kh_image_head head = { .format = KH_IMAGE_FORMAT, .behaviour = KH_BEHAVIOUR,
				      .n_sections = p->n_sections + 1 };
	size_t at = round64(sizeof head + (p->n_sections + 1) * sizeof(struct kh_image_section));
	*size = at + round64(p->n_manifest);
	for (unsigned i = 0; i < p->n_sections; i++)
		*size += round64(p->section[i].n);
	unsigned char *image = aligned_alloc(64, round64(*size));
	if (!image)
		exit(1);
	memset(image, 0, *size);
	struct kh_image_section *table = (void *)(image + sizeof head);
	for (unsigned i = 0; i <= p->n_sections; i++) {
		bool last = i == p->n_sections;
		const void *bytes = last ? (const void *)p->manifest : p->section[i].bytes;
		size_t n = last ? p->n_manifest : p->section[i].n;
		memcpy(table[i].name, last ? "manifest" : p->section[i].name,
		       last ? sizeof "manifest" : sizeof table[i].name);
		table[i].offset = at;
		table[i].length = n;
		if (n)
			memcpy(image + at, bytes, n);
		at += round64(n);
	}
	memcpy(head.magic, KH_IMAGE_MAGIC, sizeof head.magic);
	memcpy(head.name, "en-2026.11", sizeof "en-2026.11");
	head.size = *size;
	memcpy(image, &head, sizeof head);
	head.hash = kh_image_hash(image, *size);
	memcpy(image, &head, sizeof head);
	return image;
}
