/* Files into records. In: paths of files and folders, plain or packed. Out: khabar_input for each
 * story or page, one at a time; of JSON Lines only the line in hand is kept in memory. */
#include <dirent.h>
#include <errno.h>
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "main.h"
#include "packed.h"
#include "stream.h"

enum { STEP = 1 << 16, MAX_LINE = 128 << 20, MAX_DEPTH = 32, LOOK = 4096 };
#define JSON_FEED "jsonfeed.org/version" /* one document, not a line for each */

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

static khabar_str field(struct json_object *o, const char *const *names)
{
	struct json_object *v = NULL;
	for (; *names; names++)
		if (json_object_object_get_ex(o, *names, &v) && v &&
		    !json_object_is_type(v, json_type_object) &&
		    !json_object_is_type(v, json_type_array)) {
			const char *s = json_object_get_string(v);
			return (khabar_str){s, strlen(s)};
		}
	return (khabar_str){NULL, 0};
}

static bool text_of(struct json_object *o, khabar_input *in)
{
	static const char *const names[] = {"text", "content", "body", "maintext", "event_text"};
	struct json_object *v = NULL;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (json_object_object_get_ex(o, names[i], &v) &&
		    json_object_is_type(v, json_type_string)) {
			in->bytes = (khabar_str){json_object_get_string(v),
						 (size_t)json_object_get_string_len(v)};
			return true;
		}
	return false;
}

static void json_fields(struct json_object *o, const char *path, khabar_input *in)
{
	static const char *const id[] = {"story", "id", "story_id", NULL};
	static const char *const title[] = {"title", "headline", NULL};
	static const char *const day[] = {"published", "date", "date_publish", "pub_date", NULL};
	static const char *const source[] = {"source", "publisher", NULL};
	static const char *const url[] = {"url", "link", NULL};
	in->id = field(o, id);
	in->title = field(o, title);
	in->published = field(o, day);
	in->source = field(o, source);
	in->url = field(o, url);
	in->file = (khabar_str){path, strlen(path)};
}

/* One line of JSON Lines. */
static void json_line(const char *path, khabar_str line, uint64_t at, struct reading *r,
		      record_fn *each, void *ctx)
{
	struct json_tokener *t = json_tokener_new();
	struct json_object *o = json_tokener_parse_ex(t, line.p, (int)line.n);
	enum json_tokener_error e = json_tokener_get_error(t);
	size_t end = json_tokener_get_parse_end(t);
	struct record rec = {.file = path, .at = at, .line = line};
	if (e == json_tokener_continue)
		read_fail(r, path, at + line.n, "JSON line is cut off");
	else if (!o || !json_object_is_type(o, json_type_object))
		read_fail(r, path, at + end, "not a JSON object");
	else if (strspn(line.p + end, " \t\r") < line.n - end)
		read_fail(r, path, at + end, "more text after the JSON object");
	else if (!text_of(o, &rec.input))
		read_fail(r, path, at, "record without \"text\"");
	else {
		json_fields(o, path, &rec.input);
		rec.input.kind = r->pages ? KHABAR_KIND_PAGE : KHABAR_KIND_STORY;
		r->good++;
		r->stop = !each(ctx, &rec);
	}
	json_object_put(o);
	json_tokener_free(t);
}

void read_line(const char *path, khabar_str line, uint64_t at, struct reading *r, record_fn *each,
	       void *ctx)
{
	json_line(path, line, at, r, each, ctx);
}

static bool blank(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i] != ' ' && p[i] != '\t' && p[i] != '\r' && p[i] != '\n')
			return false;
	return true;
}

static void one_line(const char *path, char *p, size_t n, uint64_t at, struct reading *r,
		     record_fn *each, void *ctx)
{
	if (blank(p, n) || !read_ours(r))
		return;
	char kept = p[n];
	p[n] = 0; /* the buffer has room for it */
	if (r->lines) {
		struct record rec = {.file = path, .at = at, .line = {p, n}};
		r->good++;
		r->stop = !each(ctx, &rec);
	} else {
		json_line(path, (khabar_str){p, n}, at, r, each, ctx);
	}
	p[n] = kept;
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

/* Lines, from a buffer that keeps only what no line break has ended yet. */
static void json_lines(const char *path, struct stream *f, struct buf *b, struct reading *r,
		       record_fn *each, void *ctx)
{
	uint64_t base = 0, raw = 0; /* where b->p[0] lies in the unpacked file */
	size_t looked = 0;
	bool last = false, skip = false;
	while (!r->stop) {
		char *nl = memchr(b->p + looked, '\n', b->n - looked);
		if (nl || (last && b->n)) {
			size_t n = nl ? (size_t)(nl - b->p) : b->n;
			if (!skip)
				one_line(path, b->p, n, base, r, each, ctx);
			skip = false;
			size_t used = nl ? n + 1 : n;
			memmove(b->p, b->p + used, b->n - used);
			b->n -= used;
			base += used;
			looked = 0;
			continue;
		}
		if (last && !read_resume(f, path, r))
			break;
		looked = b->n;
		if (b->n > MAX_LINE) {
			if (!skip)
				read_fail(r, path, base, "line is longer than 128 MiB");
			skip = true;
			base += b->n;
			b->n = looked = 0;
		}
		size_t got = stream_read(f, buf_room(b, STEP + 1), STEP);
		b->n += got;
		last = got < STEP;
		r->bytes += stream_raw(f) - raw;
		raw = stream_raw(f);
	}
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

static void one_file(const char *path, struct reading *r, record_fn *each, void *ctx)
{
	struct stream *f = stream_open(path);
	struct buf b = {0};
	uint64_t at;
	if (!f) {
		fprintf(stderr, "khabar: %s: %s\n", path, strerror(errno));
		r->bad++;
		return;
	}
	b.n = stream_read(f, buf_room(&b, STEP + 1), STEP);
	size_t first = 0;
	while (first < b.n && strchr(" \t\r\n", b.p[first]) && b.p[first])
		first++;
	if (first == b.n && b.n < STEP && !stream_error(f, &at))
		r->empty_ok ? (void)0 : complain(path, 0, "empty: nothing to read");
	else if (first < b.n && b.p[first] == '{' && !r->gold_tokens && !r->kind &&
		 !memmem(b.p, b.n < LOOK ? b.n : LOOK, JSON_FEED, strlen(JSON_FEED)))
		json_lines(path, f, &b, r, each, ctx);
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
	stream_close(f);
	buf_free(&b);
}

/* ---- folders ------------------------------------------------------------ */

static int seen(const struct dirent *e)
{
	return e->d_name[0] != '.';
}

static unsigned folder(const char *path, struct reading *r, record_fn *each, void *ctx, int depth)
{
	struct dirent **list = NULL;
	int n = scandir(path, &list, seen, alphasort);
	unsigned files = 0;
	if (n < 0) {
		fprintf(stderr, "khabar: %s: %s\n", path, strerror(errno));
		r->bad++;
		return 1;
	}
	for (int i = 0; i < n; i++) {
		struct buf name = {0};
		struct stat st;
		buf_text(&name, path);
		buf_text(&name, "/");
		buf_text(&name, list[i]->d_name);
		buf_add(&name, "", 1);
		bool known = !r->stop && stat(name.p, &st) == 0;
		if (known && S_ISDIR(st.st_mode) && depth < MAX_DEPTH)
			files += folder(name.p, r, each, ctx, depth + 1);
		else if (known && S_ISREG(st.st_mode))
			one_file(name.p, r, each, ctx), files++;
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
	} else if (!folder(path, r, each, ctx, 0)) {
		fprintf(stderr, "khabar: %s: a folder without a file to read\n", path);
		r->bad++;
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
