/* Records of JSON. In: a stream that begins with { or [{. Out: khabar_input for each object with a
 * text: a line each (JSON Lines), or one after another over any number of lines, in a list or not.
 * Only the object in hand is kept in memory; behind a damaged one the next is looked for. */
#include <json-c/json.h>
#include <string.h>

#include "packed.h"
#include "window.h"

enum { MOST = 128 << 20 };

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

/* One object with a text of its own. */
static bool object(const char *path, struct json_object *o, khabar_str line, uint64_t at,
		   struct reading *r, record_fn *each, void *ctx)
{
	struct record rec = {.file = path, .at = at, .line = line};
	if (!json_object_is_type(o, json_type_object) || !text_of(o, &rec.input))
		return false;
	json_fields(o, path, &rec.input);
	rec.input.kind = r->pages ? KHABAR_KIND_PAGE : KHABAR_KIND_STORY;
	r->good++;
	r->stop = !each(ctx, &rec);
	return true;
}

/* The answer of a search: objects with a text in a list of this one, or of one in it. */
static unsigned long listed(const char *path, struct json_object *o, khabar_str line, uint64_t at,
			    struct reading *r, record_fn *each, void *ctx, int depth)
{
	unsigned long found = 0;
	struct json_object_iterator i = json_object_iter_begin(o), end = json_object_iter_end(o);
	for (; !json_object_iter_equal(&i, &end); json_object_iter_next(&i)) {
		struct json_object *v = json_object_iter_peek_value(&i);
		if (depth < 2 && json_object_is_type(v, json_type_object))
			found += listed(path, v, line, at, r, each, ctx, depth + 1);
		if (!json_object_is_type(v, json_type_array))
			continue;
		for (size_t k = 0; k < json_object_array_length(v) && !r->stop; k++)
			found += object(path, json_object_array_get_idx(v, k), line, at, r, each,
					ctx);
	}
	return found;
}

/* JSON Feed says so in its "version", which may stand at its end. */
static bool is_feed(struct json_object *o)
{
	static const char *const name[] = {"version", NULL};
	khabar_str v = field(o, name);
	return v.n && strstr(v.p, "jsonfeed.org/version");
}

void read_line(const char *path, khabar_str line, uint64_t at, struct reading *r, record_fn *each,
	       void *ctx)
{
	struct json_tokener *t = json_tokener_new();
	struct json_object *o = json_tokener_parse_ex(t, line.p, (int)line.n);
	enum json_tokener_error e = json_tokener_get_error(t);
	size_t end = json_tokener_get_parse_end(t);
	if (e == json_tokener_continue) {
		read_fail(r, path, at + line.n, "JSON line is cut off");
	} else if (!o || !json_object_is_type(o, json_type_object)) {
		read_fail(r, path, at + end, "not a JSON object");
	} else if (strspn(line.p + end, " \t\r") < line.n - end) {
		read_fail(r, path, at + end, "more text after the JSON object");
	} else if (is_feed(o)) {
		struct part p = {.file = path, .at = at};
		p.input.bytes = line;
		p.input.kind = KHABAR_KIND_FEED;
		read_part(&p, r, each, ctx);
	} else if (!object(path, o, line, at, r, each, ctx) &&
		   !listed(path, o, line, at, r, each, ctx, 0)) {
		read_fail(r, path, at, "record without \"text\"");
	}
	json_object_put(o);
	json_tokener_free(t);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

size_t packed_blank(const char *p, size_t n)
{
	size_t i = n > 2 && memcmp(p, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
	while (i < n && is_blank(p[i]))
		i++;
	return i;
}

/* "[{" opens a list of objects; "[Photo: …" a text. */
bool packed_is_json(const char *p, size_t n)
{
	size_t i = packed_blank(p, n);
	if (i < n && p[i] == '[') {
		for (i++; i < n && is_blank(p[i]);)
			i++;
	}
	return i < n && p[i] == '{';
}

/* One object's bytes; p[n] may be written to. */
static void give(const char *path, char *p, size_t n, uint64_t at, struct reading *r,
		 record_fn *each, void *ctx)
{
	if (packed_blank(p, n) == n || !read_ours(r))
		return;
	char kept = p[n];
	p[n] = 0; /* the buffer has room for it */
	if (r->lines) {
		for (size_t i = 0; i < n;
		     i++) /* of an object over several lines; in a string stands none */
			p[i] = p[i] == '\n' ? ' ' : p[i];
		struct record rec = {.file = path, .at = at, .line = {p, n}};
		r->good++;
		r->stop = !each(ctx, &rec);
	} else {
		read_line(path, (khabar_str){p, n}, at, r, each, ctx);
	}
	p[n] = kept;
}

/* ---- a line each ---------------------------------------------------------- */

static void pass_line(struct window *w)
{
	const char *nl = NULL;
	for (size_t have; !nl && (have = window_need(w, 1)) > 0;) {
		nl = memchr(window_at(w), '\n', have);
		window_use(w, nl ? (size_t)(nl - window_at(w)) + 1 : have);
	}
}

static void by_lines(const char *path, struct window *w, struct reading *r, record_fn *each,
		     void *ctx)
{
	uint64_t raw = 0;
	khabar_str line;
	for (uint64_t at = window_offset(w); !r->stop && window_line(w, MOST, &line);
	     at = window_offset(w)) {
		if (line.n + 1 >= MOST) {
			read_fail(r, path, at, "line is longer than 128 MiB");
			pass_line(w);
		} else {
			give(path, (char *)(uintptr_t)line.p, line.n, at, r, each, ctx);
		}
		r->bytes += stream_raw(w->f) - raw;
		raw = stream_raw(w->f);
	}
}

/* ---- one after another ------------------------------------------------------ */

struct scan {
	size_t i, depth, column, own; /* own: column that the object began at */
	bool string, blank;	      /* blank: nothing else stands in this line so far */
};

/* Takes one byte of an object; false: it ends before this byte, for the next one begins here. A
 * line break in a string is a mistake of its own, and ends it. */
static bool step(struct scan *s, const char *p)
{
	char c = p[s->i];
	if (s->string) {
		s->string = c != '"' && c != '\n';
		s->i += c == '\\';
	} else if (c == '{' && s->blank && s->column == s->own && s->depth) {
		return false;
	} else {
		s->string = c == '"';
		s->depth += c == '{' || c == '[';
		s->depth -= (c == '}' || c == ']') && s->depth;
	}
	s->blank = c == '\n' || (s->blank && is_blank(c));
	s->column = c == '\n' ? 0 : s->column + 1;
	s->i++;
	return true;
}

/* Length of the object at hand: to the brace that closes it, else to where the next begins. */
static size_t object_end(struct window *w, size_t column)
{
	struct scan s = {.own = column, .column = column};
	size_t have = window_need(w, 1);
	do {
		if (s.i >= have) {
			size_t more = have > MOST ? have : window_need(w, s.i + 1);
			if (more <= s.i)
				return have;
			have = more;
		}
		if (!step(&s, window_at(w)))
			return s.i;
	} while (s.depth);
	return s.i;
}

static void by_objects(const char *path, struct window *w, struct reading *r, record_fn *each,
		       void *ctx)
{
	uint64_t raw = 0;
	size_t column = 0;
	bool blank = true, told = false;
	while (!r->stop && window_need(w, 1)) {
		char c = *window_at(w);
		if (c != '{') {
			if (!is_blank(c) && !strchr(",[]", c) && !told) {
				read_fail(r, path, window_offset(w), "not a JSON object");
				told = true;
			}
			column = c == '\n' ? 0 : column + 1;
			blank = c == '\n' || (blank && is_blank(c));
			window_use(w, 1);
			continue;
		}
		size_t n = object_end(w, blank ? column : SIZE_MAX);
		if (n > MOST)
			read_fail(r, path, window_offset(w), "object is longer than 128 MiB");
		else
			give(path, (char *)(uintptr_t)window_at(w), n, window_offset(w), r, each,
			     ctx);
		window_use(w, n);
		blank = told = false;
		r->bytes += stream_raw(w->f) - raw;
		raw = stream_raw(w->f);
	}
}

/* Is the first object whole at the end of its line? */
static bool has_lines(const char *p, size_t n)
{
	const char *nl = memchr(p, '\n', n);
	size_t end = nl ? (size_t)(nl - p) : n;
	while (end && is_blank(p[end - 1]))
		end--;
	return *p == '{' && !(nl && end && strchr("{[,", p[end - 1]));
}

void packed_json(const char *path, struct stream *f, struct buf *b, struct reading *r,
		 record_fn *each, void *ctx)
{
	struct window w = {.f = f, .b = b};
	window_use(&w, packed_blank(b->p, b->n));
	bool lines = has_lines(window_at(&w), b->n - w.at);
	do
		(lines ? by_lines : by_objects)(path, &w, r, each, ctx);
	while (!r->stop && window_resume(&w, path, r));
}
