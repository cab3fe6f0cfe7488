/* zip archives. In: a path, or a stream. Out: each file in it, one at a time; a name that cannot be
 * read is one line, the rest goes on. A file with its list of names is read by libzip; a stream,
 * and an archive whose list is missing, entry by entry as they stand. */
#include <stdlib.h>
#include <string.h>
#include <zip.h>
#include <zlib.h>

#include "packed.h"
#include "window.h"

enum { STEP = 1 << 16, HEAD = 30 };

/* ---- with the list of names ----------------------------------------------- */

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

/* "archive.zip/name" */
static void name_of(struct buf *name, const char *path, const char *entry, size_t n)
{
	name->n = 0;
	buf_text(name, path);
	buf_text(name, "/");
	buf_add(name, entry, n);
	buf_add(name, "", 1);
}

static void give(const char *name, struct buf *b, bool good, struct reading *r, record_fn *each,
		 void *ctx)
{
	struct part p = {.file = name};
	bool long_one = b->n > MOST_WHOLE;
	if (!good)
		read_fail(r, name, b->n,
			  long_one ? TOO_LONG
				   : "damaged in the zip archive; what there is is read");
	b->n = long_one ? MOST_WHOLE : b->n;
	if (!b->n)
		return;
	buf_room(b, 1)[0] = 0;
	p.input.bytes = (khabar_str){b->p, b->n};
	read_part(&p, r, each, ctx);
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
		name_of(&name, path, st.name, strlen(st.name));
		bool good = one_name(z, (zip_uint64_t)i, &b);
		give(name.p, &b, good, r, each, ctx);
	}
	buf_free(&b);
	buf_free(&name);
}

/* ---- entry by entry --------------------------------------------------------- */

static uint32_t number(const char *p, int bytes)
{
	uint32_t v = 0;
	for (int i = bytes; i-- > 0;)
		v = v << 8 | (unsigned char)p[i];
	return v;
}

/* Deflated bytes up to their own end; of more than MOST_WHOLE only these are kept. */
static bool inflate_entry(struct window *w, struct buf *b)
{
	z_stream z = {0};
	char spill[1 << 12];
	int r = inflateInit2(&z, -15);
	while (r == Z_OK) {
		size_t have = window_need(w, 1);
		bool keep = b->n <= MOST_WHOLE;
		if (!have)
			break;
		z.next_in = (Bytef *)(uintptr_t)window_at(w);
		z.avail_in = (uInt)(have < 1u << 30 ? have : 1u << 30);
		z.avail_out = keep ? STEP : sizeof spill;
		z.next_out = (Bytef *)(keep ? buf_room(b, STEP + 1) : spill);
		uInt in = z.avail_in;
		r = inflate(&z, Z_NO_FLUSH);
		window_use(w, in - z.avail_in);
		b->n += keep ? STEP - z.avail_out : 0;
		if (r == Z_BUF_ERROR && z.avail_in < in)
			r = Z_OK;
	}
	inflateEnd(&z);
	return r == Z_STREAM_END && b->n <= MOST_WHOLE;
}

static bool copy_entry(struct window *w, struct buf *b, uint32_t n)
{
	while (n) {
		size_t have = window_need(w, 1), k = have < n ? have : n;
		if (!have)
			return false;
		if (b->n <= MOST_WHOLE)
			buf_add(b, window_at(w), k);
		window_use(w, k);
		n -= (uint32_t)k;
	}
	return b->n <= MOST_WHOLE;
}

/* To the next entry, over what describes the data of the last; false at the list or the end. */
static bool next_entry(struct window *w)
{
	for (;;) {
		size_t have = window_need(w, HEAD);
		const char *p = have >= 4 ? window_at(w) : NULL;
		if (!p || memcmp(p, "PK\1\2", 4) == 0 || memcmp(p, "PK\5\6", 4) == 0)
			return false;
		if (have >= HEAD && memcmp(p, "PK\3\4", 4) == 0)
			return true;
		const char *pk = memchr(p + 1, 'P', have - 1);
		window_use(w, pk ? (size_t)(pk - p) : have);
	}
}

static void one_entry(struct window *w, const char *path, struct buf *name, struct buf *b,
		      struct reading *r, record_fn *each, void *ctx)
{
	const char *p = window_at(w);
	uint32_t flags = number(p + 6, 2), method = number(p + 8, 2), size = number(p + 18, 4);
	uint32_t n_name = number(p + 26, 2), n_more = number(p + 28, 2);
	if (window_need(w, HEAD + n_name + n_more) < HEAD + n_name + n_more) {
		read_fail(r, path, window_offset(w), "zip archive is cut off");
		window_use(w, window_need(w, 1));
		return;
	}
	name_of(name, path, window_at(w) + HEAD, n_name);
	window_use(w, HEAD + n_name + n_more);
	b->n = 0;
	bool known = !(flags & 8) && size != UINT32_MAX, packed = flags & 1, good = true;
	if (packed || (method != 0 && method != 8) || (method == 0 && !known)) {
		read_fail(r, name->p, 0,
			  "of a kind that is read from a file only, not from a stream");
		if (known)
			copy_entry(w, b, size);
		return;
	}
	good = method == 8 ? inflate_entry(w, b) : copy_entry(w, b, size);
	bool folder = n_name && name->p[name->n - 2] == '/';
	if (!folder && read_ours(r))
		give(name->p, b, good, r, each, ctx);
}

static void by_entries(const char *path, struct window *w, struct reading *r, record_fn *each,
		       void *ctx)
{
	struct buf b = {0}, name = {0};
	uint64_t raw = 0;
	while (!r->stop && next_entry(w)) {
		one_entry(w, path, &name, &b, r, each, ctx);
		r->bytes += stream_raw(w->f) - raw;
		raw = stream_raw(w->f);
	}
	if (!r->stop && !window_need(w, 1))
		read_fail(r, path, window_offset(w),
			  "zip archive is cut off; its good part was read");
	buf_free(&b);
	buf_free(&name);
}

void packed_zip(const char *path, struct stream *f, struct buf *b, struct reading *r,
		record_fn *each, void *ctx)
{
	int code = 0;
	zip_t *z = strcmp(path, "-") == 0 ? NULL : zip_open(path, ZIP_RDONLY, &code);
	if (z) {
		all_names(z, path, r, each, ctx);
		r->bytes += stream_raw(f);
		zip_discard(z);
	} else {
		by_entries(path, &(struct window){.f = f, .b = b}, r, each, ctx);
	}
}
