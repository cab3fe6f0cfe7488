/* Files into records. In: paths of files and folders, plain or packed. Out: khabar_input for each
 * story or page, one at a time, by the reader of what a file's first bytes say it is. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "main.h"
#include "packed.h"
#include "stream.h"

enum { STEP = 1 << 16, MAX_DEPTH = 64 };

void complain(const char *file, uint64_t at, const char *what)
{
	fprintf(stderr, "khabar: %s: byte %llu: %s\n", file, (unsigned long long)at, what);
}

void read_fail(struct reading *r, const char *file, uint64_t at, const char *what)
{
	complain(file, at, what);
	snprintf(r->why, sizeof r->why, "%s", what);
	r->why_at = at;
	r->bad++;
}

/* Is this record one of our shard? */
bool read_ours(struct reading *r)
{
	unsigned long k = r->seen++;
	return !r->shards || k % r->shards == r->shard - 1;
}

bool read_resume(struct stream *f, const char *path, struct reading *r)
{
	uint64_t at;
	const char *what = stream_error(f, &at);
	if (!what || !stream_resume(f))
		return false;
	read_fail(r, path, at, what);
	return true;
}

khabar_str read_place(const char *file, uint64_t at, char *room, size_t n)
{
	if (!at)
		return (khabar_str){file, strlen(file)};
	int k = snprintf(room, n, "%s@%llu", file, (unsigned long long)at);
	return (khabar_str){room, k < 0 ? 0 : (size_t)k < n ? (size_t)k : n - 1};
}

void read_part(const struct part *p, struct reading *r, record_fn *each, void *ctx)
{
	struct record rec = {.file = p->file, .at = p->at, .input = p->input};
	const char *odd = packed_no_text(p->input.bytes.p, p->input.bytes.n);
	if (odd) {
		read_fail(r, p->file, p->at, odd);
		return;
	}
	char name[4096];
	rec.input.file = read_place(p->file, p->at, name, sizeof name);
	if (r->kind)
		rec.input.kind = r->kind;
	else if (r->pages && rec.input.kind == KHABAR_KIND_SNIFF)
		rec.input.kind = KHABAR_KIND_PAGE;
	r->good++;
	r->stop = !each(ctx, &rec);
}

void read_stream(const char *path, struct stream *f, struct reading *r, record_fn *each, void *ctx)
{
	struct buf b = {0};
	uint64_t at;
	b.n = stream_read(f, buf_room(&b, STEP + 1), STEP);
	if (packed_blank(b.p, b.n) == b.n && b.n < STEP && !stream_error(f, &at))
		r->empty_ok || r->nested ? (void)0 : complain(path, 0, "empty: nothing to read");
	else if (!r->gold_tokens && !r->kind && packed_is_json(b.p, b.n))
		packed_json(path, f, &b, r, each, ctx);
	else if (packed_is_zip(b.p, b.n))
		packed_zip(path, f, &b, r, each, ctx);
	else if (packed_is_warc(b.p, b.n))
		packed_warc(path, f, &b, r, each, ctx);
	else if (packed_is_mbox(b.p, b.n))
		packed_mbox(path, f, &b, r, each, ctx);
	else
		packed_whole(path, f, &b, r, each, ctx);
	if (stream_error(f, &at))
		read_fail(r, path, at, stream_error(f, &at));
	buf_free(&b);
}

static void one_file(const char *path, struct reading *r, record_fn *each, void *ctx)
{
	struct stream *f = stream_open(path);
	if (!f) {
		fprintf(stderr, "khabar: %s: %s\n", path, strerror(errno));
		r->bad++;
		return;
	}
	read_stream(path, f, r, each, ctx);
	stream_close(f);
}

/* ---- folders ------------------------------------------------------------ */

static int seen(const struct dirent *e)
{
	return e->d_name[0] != '.';
}

struct above { /* the folders that a folder lies in */
	dev_t dev;
	ino_t ino;
	int depth;
	const struct above *up;
};

static void trouble(const char *path, const char *what, struct reading *r)
{
	fprintf(stderr, "khabar: %s: %s\n", path, what);
	r->bad++;
}

/* A link to a folder above would go round for ever. */
static bool goes_round(const struct above *a, const struct stat *st)
{
	for (; a; a = a->up)
		if (a->dev == st->st_dev && a->ino == st->st_ino)
			return true;
	return false;
}

static unsigned folder(const char *path, const struct stat *own, const struct above *up,
		       struct reading *r, record_fn *each, void *ctx)
{
	struct above here = {own->st_dev, own->st_ino, up ? up->depth + 1 : 1, up};
	struct dirent **list = NULL;
	int n = scandir(path, &list, seen, alphasort);
	unsigned files = n < 0;
	if (n < 0)
		trouble(path, strerror(errno), r);
	for (int i = 0; i < n; i++) {
		struct buf name = {0};
		struct stat st;
		buf_text(&name, path);
		buf_text(&name, "/");
		buf_text(&name, list[i]->d_name);
		buf_add(&name, "", 1);
		if (r->stop)
			; /* the names are freed only */
		else if (stat(name.p, &st) != 0)
			trouble(name.p, strerror(errno), r);
		else if (S_ISREG(st.st_mode))
			one_file(name.p, r, each, ctx), files++;
		else if (S_ISDIR(st.st_mode) && goes_round(&here, &st))
			complain(name.p, 0, "a link to a folder that it lies in: not followed");
		else if (S_ISDIR(st.st_mode) && here.depth == MAX_DEPTH)
			trouble(name.p, "64 folders deep: not read", r);
		else if (S_ISDIR(st.st_mode))
			files += folder(name.p, &st, &here, r, each, ctx);
		buf_free(&name);
		free(list[i]);
	}
	free(list);
	return files;
}

void read_file(const char *path, struct reading *r, record_fn *each, void *ctx)
{
	struct stat st;
	if (strcmp(path, "-") == 0 || stat(path, &st) != 0 || !S_ISDIR(st.st_mode)) {
		one_file(path, r, each, ctx);
	} else if (!folder(path, &st, NULL, r, each, ctx)) {
		trouble(path, "a folder without a file to read", r);
	}
}

void read_all(const struct settings *s, struct reading *r, record_fn *each, void *ctx)
{
	for (int i = 0; i < s->files && !r->stop; i++)
		read_file(s->file[i], r, each, ctx);
	if (!s->files)
		read_file("-", r, each, ctx);
}

static bool kind_of(const char *name, uint32_t *kind)
{
	static const char *const names[] = {"", "story", "page", "html", "feed", "conllu"};
	for (uint32_t i = 1; i < sizeof names / sizeof *names; i++)
		if (strcmp(name, names[i]) == 0) {
			*kind = i;
			return true;
		}
	fprintf(stderr, "khabar: no such kind of input: %s (story page html feed conllu)\n", name);
	return false;
}

bool reading_from(const struct settings *s, struct reading *r)
{
	memset(r, 0, sizeof *r);
	r->pages = s->pages;
	r->gold_tokens = s->gold_tokens;
	r->empty_ok = s->filter;
	if (s->kind && !kind_of(s->kind, &r->kind))
		return false;
	char rest;
	if (s->shard && (sscanf(s->shard, "%u/%u%c", &r->shard, &r->shards, &rest) != 2 ||
			 r->shard < 1 || r->shard > r->shards)) {
		fprintf(stderr, "khabar: not a shard: %s (3/16: the third of sixteen)\n", s->shard);
		return false;
	}
	return true;
}
