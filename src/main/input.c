/* Files into records. In: paths. Out: khabar_input for each story or page, one at a time. */
#include <errno.h>
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "main.h"

struct bytes {
	char *p;
	size_t n;
};

static bool slurp(FILE *f, struct bytes *b)
{
	size_t cap = 1 << 16, n;
	b->p = malloc(cap + 1);
	b->n = 0;
	while (b->p && (n = fread(b->p + b->n, 1, cap - b->n, f)) > 0) {
		b->n += n;
		if (b->n < cap)
			continue;
		cap *= 2;
		char *p = realloc(b->p, cap + 1);
		if (!p)
			free(b->p);
		b->p = p;
	}
	if (b->p)
		b->p[b->n] = 0;
	return b->p && !ferror(f);
}

static khabar_str field(struct json_object *o, const char *a, const char *b)
{
	struct json_object *v = NULL;
	if (!json_object_object_get_ex(o, a, &v) && b)
		json_object_object_get_ex(o, b, &v);
	if (!v || json_object_is_type(v, json_type_null))
		return (khabar_str){ NULL, 0 };
	const char *s = json_object_get_string(v);
	return (khabar_str){ s, strlen(s) };
}

static void complain(const char *file, uint64_t at, const char *what)
{
	fprintf(stderr, "khabar: %s: byte %llu: %s\n", file, (unsigned long long)at, what);
}

/* One line of JSON Lines; false stops the reading. */
static bool json_line(const char *path, const char *line, size_t n, uint64_t at, struct reading *r,
		      record_fn *each, void *ctx)
{
	struct json_tokener *t = json_tokener_new();
	struct json_object *o = json_tokener_parse_ex(t, line, (int)n);
	enum json_tokener_error e = json_tokener_get_error(t);
	bool go = true;
	struct record rec = { .file = path, .at = at };
	if (!o || !json_object_is_type(o, json_type_object)) {
		complain(path, at + json_tokener_get_parse_end(t),
			 e == json_tokener_continue ? "JSON line is cut off" : "not a JSON object");
		r->bad++;
	} else {
		struct json_object *text = NULL;
		json_object_object_get_ex(o, "text", &text);
		if (!text || !json_object_is_type(text, json_type_string)) {
			complain(path, at, "record without \"text\"");
			r->bad++;
		} else {
			rec.input.bytes = (khabar_str){ json_object_get_string(text),
							(size_t)json_object_get_string_len(text) };
			rec.input.kind = r->pages ? KHABAR_KIND_PAGE : KHABAR_KIND_STORY;
			rec.input.id = field(o, "story", "id");
			rec.input.title = field(o, "title", NULL);
			rec.input.published = field(o, "published", "date");
			rec.input.source = field(o, "source", NULL);
			rec.input.url = field(o, "url", NULL);
			rec.input.file = (khabar_str){ path, strlen(path) };
			go = each(ctx, &rec);
			r->good++;
		}
	}
	json_object_put(o);
	json_tokener_free(t);
	return go;
}

static void json_lines(const char *path, struct bytes b, struct reading *r, record_fn *each,
		       void *ctx)
{
	for (size_t at = 0; at < b.n;) {
		char *nl = memchr(b.p + at, '\n', b.n - at);
		size_t end = nl ? (size_t)(nl - b.p) : b.n;
		if (end > at && strspn(b.p + at, " \t\r\n") < end - at &&
		    !json_line(path, b.p + at, end - at, at, r, each, ctx))
			return;
		at = end + 1;
	}
}

void read_file(const char *path, struct reading *r, record_fn *each, void *ctx)
{
	bool std = strcmp(path, "-") == 0;
	struct stat st;
	struct bytes b = { 0 };
	FILE *f = std ? stdin : fopen(path, "rb");
	if (f && !std && fstat(fileno(f), &st) == 0 && S_ISDIR(st.st_mode)) {
		fclose(f);
		f = NULL;
		errno = EISDIR;
	}
	if (!f || !slurp(f, &b)) {
		fprintf(stderr, "khabar: %s: %s\n", path, strerror(errno));
		r->bad++;
	} else if (b.n && b.p[strspn(b.p, " \t\r\n")] == '{' && !r->gold_tokens) {
		json_lines(path, b, r, each, ctx);
	} else {
		struct record rec = { .file = path };
		rec.input.bytes = (khabar_str){ b.p, b.n };
		rec.input.file = (khabar_str){ path, strlen(path) };
		rec.input.kind = r->gold_tokens ? KHABAR_KIND_CONLLU : KHABAR_KIND_SNIFF;
		each(ctx, &rec);
		r->good++;
	}
	free(b.p);
	if (f && !std)
		fclose(f);
}
