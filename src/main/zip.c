/* zip archives. In: a path, or a stream. Out: the records of each file in it, as if it stood in a
 * folder; a name that cannot be read is one line, the rest goes on. A file with its list of names
 * is read by libzip; a stream, and an archive whose list is missing, entry by entry as they stand.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zip.h>
#include <zlib.h>

#include "packed.h"
#include "window.h"

enum { HEAD = 30, BOMB = 256 << 20, TIMES = 256 };
#define ENCRYPTED "encrypted in the zip archive: not read"
#define METHOD "packed in the zip archive by a method that is not read: unpack it first"
#define DAMAGED "damaged in the zip archive; what there is is read"
#define TOO_GOOD "unpacks to more than 256 times its size: not read on"

/* What both ways give of an entry. */
struct entry {
	zip_file_t *file; /* with the list of names */
	struct window *w; /* entry by entry */
	z_stream z;
	bool packed;
	uint64_t left, made, used; /* left: of stored bytes; used: packed bytes */
	bool done;
	const char *wrong;
};

/* "archive.zip/name" */
static void name_of(struct buf *name, const char *path, const char *entry, size_t n)
{
	name->n = 0;
	buf_text(name, path);
	buf_text(name, "/");
	buf_add(name, entry, n);
	buf_add(name, "", 1);
}

/* A folder, a hidden file, or what a system put beside a file of its own accord. */
static bool is_aside(const char *name, size_t n)
{
	if (!n || name[n - 1] == '/' || (n > 8 && memcmp(name, "__MACOSX", 8) == 0))
		return true;
	for (size_t i = 0; i + 1 < n; i++)
		if (name[i] == '.' && (!i || name[i - 1] == '/') && name[i + 1] != '.' &&
		    name[i + 1] != '/')
			return true;
	return false;
}

static bool too_good(struct entry *e)
{
	if (e->made > BOMB && e->made / TIMES > e->used)
		e->wrong = TOO_GOOD;
	return e->wrong != NULL;
}

static void records(const char *name, struct entry *e, size_t (*more)(void *, void *, size_t),
		    struct reading *r, record_fn *each, void *ctx)
{
	uint64_t bytes = r->bytes;
	struct stream *f;
	if (r->nested == MOST_NESTED) {
		read_fail(r, name, 0, "four containers within each other: not opened");
		return;
	}
	f = stream_over(more, e);
	r->nested++;
	if (f)
		read_stream(name, f, r, each, ctx);
	r->nested--;
	r->bytes = bytes; /* they are counted as bytes of the archive */
	stream_close(f);
	if (e->wrong)
		read_fail(r, name, e->made, e->wrong);
}

/* ---- with the list of names ----------------------------------------------- */

static size_t more_of_name(void *ctx, void *to, size_t n)
{
	struct entry *e = ctx;
	zip_int64_t got = too_good(e) ? 0 : zip_fread(e->file, to, n);
	if (got < 0)
		e->wrong = DAMAGED;
	e->made += got > 0 ? (uint64_t)got : 0;
	return got > 0 ? (size_t)got : 0;
}

static void one_name(zip_t *z, const zip_stat_t *st, const char *name, struct reading *r,
		     record_fn *each, void *ctx)
{
	struct entry e = {.used = st->comp_size};
	if (st->encryption_method != ZIP_EM_NONE) {
		read_fail(r, name, 0, ENCRYPTED);
	} else if (!zip_compression_method_supported(st->comp_method, 0)) {
		read_fail(r, name, 0, METHOD);
	} else if (!(e.file = zip_fopen_index(z, st->index, 0))) {
		read_fail(r, name, 0, DAMAGED);
	} else {
		records(name, &e, more_of_name, r, each, ctx);
		zip_fclose(e.file);
	}
}

/* Entries that lie in each other are one way to make much of few bytes: more bytes than the archive
 * has are not read. */
static void all_names(zip_t *z, const char *path, struct reading *r, record_fn *each, void *ctx)
{
	struct buf name = {0};
	struct stat own;
	uint64_t sum = 0, size = stat(path, &own) == 0 ? (uint64_t)own.st_size : 0;
	zip_int64_t n = zip_get_num_entries(z, 0);
	for (zip_int64_t i = 0; i < n && !r->stop; i++) {
		zip_stat_t st;
		if (zip_stat_index(z, (zip_uint64_t)i, 0, &st) != 0 || !st.name)
			continue;
		sum += st.comp_size;
		if (sum > size) {
			read_fail(r, path, size, "entries of the zip archive overlap: not read on");
			break;
		}
		if (is_aside(st.name, strlen(st.name)))
			continue;
		name_of(&name, path, st.name, strlen(st.name));
		one_name(z, &st, name.p, r, each, ctx);
	}
	buf_free(&name);
}

/* ---- entry by entry --------------------------------------------------------- */

static uint64_t number(const char *p, int bytes)
{
	uint64_t v = 0;
	for (int i = bytes; i-- > 0;)
		v = v << 8 | (unsigned char)p[i];
	return v;
}

static size_t copied(struct entry *e, void *to, size_t n)
{
	size_t have = e->left ? window_need(e->w, 1) : 0;
	n = n < have ? n : have;
	n = n < e->left ? n : (size_t)e->left;
	if (e->left && !have)
		e->wrong = DAMAGED;
	memcpy(to, window_at(e->w), n);
	window_use(e->w, n);
	e->left -= n;
	e->done = !e->left || !have;
	return n;
}

static size_t inflated(struct entry *e, void *to, size_t n)
{
	e->z.next_out = to;
	e->z.avail_out = (uInt)n;
	for (int r = Z_OK; r == Z_OK && e->z.avail_out == n;) {
		size_t have = window_need(e->w, 1);
		e->z.next_in = (Bytef *)(uintptr_t)window_at(e->w);
		e->z.avail_in = (uInt)(have < 1u << 30 ? have : 1u << 30);
		uInt in = e->z.avail_in;
		r = have ? inflate(&e->z, Z_NO_FLUSH) : Z_DATA_ERROR;
		window_use(e->w, in - e->z.avail_in);
		e->used += in - e->z.avail_in;
		r = r == Z_BUF_ERROR && e->z.avail_in < in ? Z_OK : r;
		e->done = r != Z_OK;
		if (r != Z_OK && r != Z_STREAM_END)
			e->wrong = DAMAGED;
	}
	return n - e->z.avail_out;
}

static size_t more_of_entry(void *ctx, void *to, size_t n)
{
	struct entry *e = ctx;
	if (e->done || (e->packed && too_good(e)))
		return 0;
	size_t got = e->packed ? inflated(e, to, n) : copied(e, to, n);
	e->made += got;
	return got;
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

/* The size of an entry of more than 4 GB stands in a field of its own. */
static uint64_t wide_size(const char *p, size_t n, uint64_t size)
{
	for (size_t i = 0; i + 4 <= n && size == UINT32_MAX;) {
		size_t k = (size_t)number(p + i + 2, 2);
		if (number(p + i, 2) == 1 && k >= 16 && i + 20 <= n)
			return number(p + i + 12, 8);
		i += 4 + k;
	}
	return size;
}

static void one_entry(struct window *w, const char *path, struct buf *name, struct reading *r,
		      record_fn *each, void *ctx)
{
	const char *p = window_at(w);
	uint64_t flags = number(p + 6, 2), method = number(p + 8, 2), size = number(p + 18, 4);
	size_t n_name = (size_t)number(p + 26, 2), n_more = (size_t)number(p + 28, 2);
	struct entry e = {.w = w, .packed = method == 8};
	char spill[1 << 12];
	if (window_need(w, HEAD + n_name + n_more) < HEAD + n_name + n_more) {
		read_fail(r, path, window_offset(w), "zip archive is cut off");
		window_use(w, window_need(w, 1));
		return;
	}
	bool aside = is_aside(window_at(w) + HEAD, n_name);
	name_of(name, path, window_at(w) + HEAD, n_name);
	e.left = wide_size(window_at(w) + HEAD + n_name, n_more, size);
	window_use(w, HEAD + n_name + n_more);
	bool known = !(flags & 8) && e.left != UINT32_MAX,
	     good = !(flags & 1) && (method == 8 || (method == 0 && known));
	if (!good) {
		read_fail(r, name->p, 0,
			  flags & 1 ? ENCRYPTED
			  : method == 0
				  ? "of unknown length: read from a file only, not from a stream"
				  : METHOD);
		e.packed = false;
		e.left = known ? e.left : 0;
		aside = true; /* passed over */
	}
	if (e.packed && inflateInit2(&e.z, -15) != Z_OK)
		return;
	if (!aside)
		records(name->p, &e, more_of_entry, r, each, ctx);
	while (!r->stop && more_of_entry(&e, spill, sizeof spill)) {
	}
	inflateEnd(&e.z);
}

static void by_entries(const char *path, struct window *w, struct reading *r, record_fn *each,
		       void *ctx)
{
	struct buf name = {0};
	uint64_t raw = 0;
	while (!r->stop && next_entry(w)) {
		one_entry(w, path, &name, r, each, ctx);
		r->bytes += stream_raw(w->f) - raw;
		raw = stream_raw(w->f);
	}
	if (!r->stop && !window_need(w, 1))
		read_fail(r, path, window_offset(w),
			  "zip archive is cut off; its good part was read");
	buf_free(&name);
}

void packed_zip(const char *path, struct stream *f, struct buf *b, struct reading *r,
		record_fn *each, void *ctx)
{
	int code = 0;
	zip_t *z = strcmp(path, "-") == 0 || r->nested ? NULL : zip_open(path, ZIP_RDONLY, &code);
	if (z) {
		all_names(z, path, r, each, ctx);
		r->bytes += stream_raw(f);
		zip_discard(z);
	} else {
		by_entries(path, &(struct window){.f = f, .b = b}, r, each, ctx);
	}
}
