/* khabar source: the bytes that words came from. In: a span of a file's text, or a stored story or
 * report, whose page is looked for again in the file that it came from. Out: file, record, byte
 * offsets, the bytes themselves. */
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "packed.h"
#include "rows.h"

typedef struct json_object js;

struct looking {
	khabar_worker *worker;
	khabar_str id, text, place; /* of the story; place: what its origin says, or empty */
	uint32_t begin, end;	    /* span of the story's text */
	bool stored, found, other;  /* other: the id is there with another text */
	unsigned long failed;
};

static bool same(khabar_str a, khabar_str b)
{
	return a.n == b.n && (!a.n || memcmp(a.p, b.p, a.n) == 0);
}

static void print(struct looking *l, const struct record *r, const khabar_doc *doc, uint32_t from)
{
	khabar_span at = khabar_source(doc, (khabar_span){from + l->begin, from + l->end});
	/* a part of a long text is counted from the beginning of its file, like a whole file */
	unsigned long long base = r->whole ? r->at : 0;
	if (!l->stored) {
		printf("%u:%u\t", at.begin, at.end);
	} else {
		printf("file:   %s\n", l->place.n ? l->place.p : r->file);
		if (!r->whole)
			printf("record: byte %llu%s\n", (unsigned long long)r->at,
			       r->line.n ? ", a line of JSON" : "");
		if (r->input.url.n)
			printf("url:    %.*s\n", (int)r->input.url.n, r->input.url.p);
		printf("bytes:  %llu:%llu%s\n\n", base + at.begin, base + at.end,
		       r->line.n   ? " of its text"
		       : !r->whole ? " of what the record holds, unpacked"
				   : "");
	}
	fwrite(r->input.bytes.p + at.begin, 1, at.end - at.begin, stdout);
	putchar('\n');
	l->found = true;
}

static const khabar_doc *read_one(struct looking *l, const struct record *r)
{
	const khabar_doc *doc;
	khabar_error err;
	if (khabar_read(l->worker, &r->input, &doc, &err) == 0)
		return doc;
	complain(r->file, r->at + err.at, err.what);
	l->failed++;
	return NULL;
}

static bool span_of_file(void *ctx, const struct record *r)
{
	struct looking *l = ctx;
	const khabar_doc *doc = read_one(l, r);
	if (!doc)
		return false;
	if (l->begin > l->end || l->end > doc->text.n) {
		fprintf(stderr, "khabar source: the text has %zu bytes, not %u\n", doc->text.n,
			l->end);
		l->failed++;
		return false;
	}
	print(l, r, doc, 0);
	return false;
}

static bool story_of_file(void *ctx, const struct record *r)
{
	struct looking *l = ctx;
	if (l->place.n && !same(l->place, r->input.file))
		return true;
	const khabar_doc *doc = read_one(l, r);
	for (uint32_t i = 0; doc && i < doc->n_stories && !l->found; i++) {
		khabar_story s;
		if (khabar_story_at(doc, i, &s) != 0 || !same(s.id, l->id))
			continue;
		khabar_str text = {doc->text.p + s.at.begin, s.at.end - s.at.begin};
		if (same(text, l->text))
			print(l, r, doc, s.at.begin);
		else
			l->other = true;
	}
	return !l->found;
}

static int look(struct settings *s, struct looking *l, record_fn *each)
{
	struct reading r;
	khabar_options o = {.stop_after = KHABAR_STAGE_STORY};
	if (!reading_from(s, &r))
		return EXIT_USAGE;
	khabar_model *model = main_model_open();
	if (!model || khabar_worker_new(&l->worker, model, &o) != 0)
		return EXIT_NONE;
	read_all(s, &r, each, l);
	if (l->stored && !l->found && !r.pages) { /* stored with --pages, perhaps */
		r.pages = true;
		r.stop = false;
		read_all(s, &r, each, l);
	}
	khabar_worker_free(l->worker);
	khabar_model_close(model);
	return l->found ? EXIT_ALL : l->failed + r.bad ? EXIT_NONE : EXIT_NOTHING;
}

/* ---- from a store ------------------------------------------------------------- */

static khabar_str text_of(js *o, const char *key)
{
	js *v = NULL;
	if (!json_object_object_get_ex(o, key, &v) || !json_object_is_type(v, json_type_string))
		return (khabar_str){NULL, 0};
	return (khabar_str){json_object_get_string(v), (size_t)json_object_get_string_len(v)};
}

/* The span told by the caller, that of the report with this id, or the whole story. */
static bool span_of(struct looking *l, js *story, const char *id, bool report)
{
	js *list = NULL, *at;
	bool told = l->end > 0;
	if (!told)
		l->end = (uint32_t)l->text.n;
	if (report)
		json_object_object_get_ex(story, "reports", &list);
	bool found = told || !report;
	for (size_t i = 0; !found && list && i < json_object_array_length(list); i++) {
		js *r = json_object_array_get_idx(list, i);
		if (!same(text_of(r, "id"), (khabar_str){id, strlen(id)}) ||
		    !json_object_object_get_ex(r, "span", &at))
			continue;
		l->begin = (uint32_t)json_object_get_int64(json_object_array_get_idx(at, 0));
		l->end = (uint32_t)json_object_get_int64(json_object_array_get_idx(at, 1));
		found = true;
	}
	return found && l->begin <= l->end && l->end <= l->text.n;
}

/* The file that a place lies in: "a.zip/x.html" in a.zip, "a.warc.gz@1234" in a.warc.gz. */
static bool file_of(char *place)
{
	struct stat st;
	while (stat(place, &st) != 0 || !S_ISREG(st.st_mode)) {
		char *at = strrchr(place, '@'), *slash = strrchr(place, '/');
		char *cut = at && (!slash || at > slash) ? at : slash;
		if (!cut || cut == place)
			return false;
		*cut = 0;
	}
	return true;
}

static int locate(struct settings *s, struct looking *l, js *story, const char *id)
{
	js *origin = NULL;
	char place[4096] = "", *file = place;
	json_object_object_get_ex(story, "origin", &origin);
	khabar_str told = origin ? text_of(origin, "file") : (khabar_str){NULL, 0};
	if (s->files > 1) { /* the file as the caller has it */
		s->file++;
		s->files--;
	} else {
		if (told.n && told.n < sizeof place)
			memcpy(place, told.p, told.n);
		if (!*place || !file_of(place)) {
			khabar_str from = told.n ? told : text_of(story, "url");
			fprintf(stderr,
				"khabar source: %s came from %.*s, which is no file here; name "
				"it: khabar source --db DB ID FILE\n",
				id, (int)from.n, from.n ? from.p : "");
			return EXIT_NOTHING;
		}
		l->place = told;
		s->file = &file;
		s->files = 1;
	}
	int status = look(s, l, story_of_file);
	if (status == EXIT_NOTHING)
		fprintf(stderr, "khabar source: %s: %s\n", s->file[0],
			l->other ? "the story of this id has another text there"
				 : "the story is not in it, as this version reads it");
	return status;
}

static int from_store(struct settings *s, struct looking *l)
{
	struct kh_store *st = NULL;
	bool report = false;
	int status = EXIT_NOTHING;
	if (s->files < 1) {
		fprintf(stderr, "khabar source: the id of a story or report is needed\n");
		return EXIT_USAGE;
	}
	const char *id = s->file[0];
	if (kh_store_open(&st, s->db, KH_STORE_READ) != 0) {
		fprintf(stderr, "khabar: %s: %s\n", s->db, kh_store_why(st));
		kh_store_close(st);
		return EXIT_NONE;
	}
	char *json = stored_story(st, id, &report);
	kh_store_close(st);
	js *story = json ? json_tokener_parse(json) : NULL;
	l->stored = true;
	if (story) {
		l->id = text_of(story, "story");
		l->text = text_of(story, "text");
	}
	if (story && span_of(l, story, id, report))
		status = locate(s, l, story, id);
	else
		fprintf(stderr, "khabar: %s: %s in the store\n", id,
			story ? "no such report or span of this story"
			      : "no story or report of this id");
	json_object_put(story);
	free(json);
	return status;
}

int main_source(struct settings *s)
{
	struct looking l = {0};
	char rest;
	if ((s->span || !s->db) &&
	    (!s->span || sscanf(s->span, "%u:%u%c", &l.begin, &l.end, &rest) != 2 || l.begin > l.end)) {
		fprintf(stderr, "khabar source: --span B:E is needed, two offsets in the text, the first not "
				"behind the second\n");
		return EXIT_USAGE;
	}
	return s->db ? from_store(s, &l) : look(s, &l, span_of_file);
}
