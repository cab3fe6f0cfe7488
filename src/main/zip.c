/* zip archives, by libzip. In: a path, or what was read of standard input. Out: each file in it,
 * one at a time; a name that cannot be read is one line, the rest goes on. */
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "packed.h"
#include "window.h"

enum { STEP = 1 << 16, MOST_STDIN = 1 << 30 };

static bool one_name(zip_t *z, zip_uint64_t i, struct buf *b)
{
	zip_file_t *f = zip_fopen_index(z, i, 0);
	zip_int64_t got = 0;
	b->n = 0;
	while (f && b->n <= MOST_WHOLE && (got = zip_fread(f, buf_room(b, STEP + 1), STEP)) > 0)
		b->n += (size_t)got;
	bool good = f && got == 0;
	if (f)
		zip_fclose(f);
	return good;
}

static void all_names(zip_t *z, const char *path, struct reading *r, record_fn *each, void *ctx)
{
	struct buf b = {0}, name = {0};
	zip_int64_t n = zip_get_num_entries(z, 0);
	for (zip_int64_t i = 0; i < n && !r->stop; i++) {
		zip_stat_t st;
		if (zip_stat_index(z, (zip_uint64_t)i, 0, &st) != 0 || !st.name ||
		    (st.name[0] && st.name[strlen(st.name) - 1] == '/'))
			continue;
		if (!read_ours(r))
			continue;
		name.n = 0;
		buf_text(&name, path);
		buf_text(&name, "/");
		buf_text(&name, st.name);
		buf_add(&name, "", 1);
		if (!one_name(z, (zip_uint64_t)i, &b)) {
			read_fail(r, name.p, 0,
				  b.n > MOST_WHOLE ? "document is longer than 64 MiB"
						   : "damaged in the zip archive");
			continue;
		}
		b.p[b.n] = 0;
		struct part p = {.file = name.p};
		p.input.bytes = (khabar_str){b.p, b.n};
		if (b.n)
			read_part(&p, r, each, ctx);
	}
	buf_free(&b);
	buf_free(&name);
}

void packed_zip(const char *path, struct stream *f, struct buf *b, struct reading *r,
		record_fn *each, void *ctx)
{
	zip_t *z = NULL;
	zip_error_t e;
	zip_error_init(&e);
	if (strcmp(path, "-") != 0) {
		int code = 0;
		z = zip_open(path, ZIP_RDONLY, &code);
	} else { /* the list of names is at the end: all of it is needed */
		struct window w = {.f = f, .b = b};
		while (!w.last && b->n < MOST_STDIN)
			window_need(&w, b->n + STEP);
		zip_source_t *s = zip_source_buffer_create(b->p, b->n, 0, &e);
		z = s ? zip_open_from_source(s, ZIP_RDONLY, &e) : NULL;
		if (s && !z)
			zip_source_free(s);
	}
	r->bytes += stream_raw(f);
	if (!z)
		read_fail(r, path, 0, "not a whole zip archive");
	else
		all_names(z, path, r, each, ctx);
	if (z)
		zip_discard(z);
	zip_error_fini(&e);
}
