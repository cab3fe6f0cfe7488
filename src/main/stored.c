/* khabar show DB ID and khabar explain --db DB ID. In: a store and an id. Out: the story with its
 * words marked, or why a report says what it says. */
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "rows.h"
#include "store/js.h"

typedef struct json_object js;

struct mark {
	size_t begin, end;
	int rank;	   /* of marks that begin together the lower goes first */
	const char *label; /* "ASSAULT", "actor", … */
	const char *paint; /* escape sequence */
};

struct marks {
	struct mark *m;
	size_t n, cap;
};

static void add(struct marks *l, js *o, int rank, const char *label, const char *paint)
{
	js *at = kh_get(o, "span");
	if (!at || json_object_array_length(at) != 2)
		return;
	if (l->n == l->cap) {
		l->cap = l->cap ? l->cap * 2 : 64;
		l->m = realloc(l->m, l->cap * sizeof *l->m);
		if (!l->m)
			abort();
	}
	l->m[l->n++] =
		(struct mark){(size_t)json_object_get_int64(json_object_array_get_idx(at, 0)),
			      (size_t)json_object_get_int64(json_object_array_get_idx(at, 1)), rank,
			      label, paint};
}

static void add_list(struct marks *l, js *array, int rank, const char *label, const char *paint)
{
	size_t n = array ? json_object_array_length(array) : 0;
	for (size_t i = 0; i < n; i++) {
		js *o = json_object_array_get_idx(array, i);
		add(l, label ? o : kh_get(o, "speaker"), rank, label ? label : "says", paint);
	}
}

static void add_report(struct marks *l, js *r)
{
	add(l, kh_get(r, "trigger"), 0, kh_string(kh_get(r, "event")), "\033[1;31m");
	add_list(l, kh_get(r, "actors"), 1, "actor", "\033[1;34m");
	add_list(l, kh_get(r, "recipients"), 2, "recipient", "\033[1;35m");
	add_list(l, kh_get(r, "said_by"), 3, NULL, "\033[36m");
	add_list(l, kh_get(r, "counts"), 4, "count", "\033[33m");
	add(l, kh_get(r, "place"), 5, "place", "\033[32m");
	add(l, kh_get(r, "time"), 6, "day", "\033[32m");
}

static int by_place(const void *a, const void *b)
{
	const struct mark *x = a, *y = b;
	if (x->begin != y->begin)
		return x->begin < y->begin ? -1 : 1;
	if (x->rank != y->rank)
		return x->rank - y->rank;
	return x->end < y->end ? -1 : x->end > y->end;
}

/* The text with "[actor The army]": the role stands in words, colour only helps. */
static void print_marked(const char *body, size_t n, struct marks *l, bool colour)
{
	size_t at = 0;
	if (l->n)
		qsort(l->m, l->n, sizeof *l->m, by_place);
	for (size_t i = 0; i < l->n; i++) {
		const struct mark *m = &l->m[i];
		if (m->begin < at || m->end > n || m->end <= m->begin)
			continue; /* inside another mark, or the same words in a second role */
		fwrite(body + at, 1, m->begin - at, stdout);
		printf("%s[%s ", colour ? m->paint : "", m->label ? m->label : "?");
		fwrite(body + m->begin, 1, m->end - m->begin, stdout);
		printf("]%s", colour ? "\033[0m" : "");
		at = m->end;
	}
	fwrite(body + at, 1, n - at, stdout);
	putchar('\n');
}

static void line(const char *key, js *v)
{
	if (kh_string(v))
		printf("%-10s %s\n", key, kh_string(v));
}

static void print_story(js *o, bool colour)
{
	static const char *const head[] = {"story",  "title",	  "source",  "url",
					   "byline", "published", "dateline"};
	struct marks l = {0};
	js *reports = kh_get(o, "reports"), *body = kh_get(o, "text");
	size_t n = reports ? json_object_array_length(reports) : 0;
	bool begun = false;
	for (size_t i = 0; i < sizeof head / sizeof *head; i++)
		line(head[i], kh_get(o, head[i]));
	putchar('\n');
	for (size_t i = 0; i < n; i++)
		add_report(&l, json_object_array_get_idx(reports, i));
	print_marked(json_object_get_string(body), (size_t)json_object_get_string_len(body), &l,
		     colour);
	free(l.m);
	if (n)
		putchar('\n');
	for (size_t i = 0; i < n; i++) {
		const char *z = json_object_to_json_string_ext(
			json_object_array_get_idx(reports, i), JSON_C_TO_STRING_PLAIN);
		table_reports(stdout, z, strlen(z), &begun);
	}
}

/* "STORY/4.0" is a report of STORY; what has no such tail is a story. */
char *stored_story(struct kh_store *st, const char *id, bool *report)
{
	struct buf b = {0};
	const char *slash = strrchr(id, '/');
	*report = slash && slash[1 + strspn(slash + 1, "0123456789")] == '.';
	char *json = kh_store_story(st, id);
	if (json || !*report) {
		*report = false;
		return json;
	}
	buf_add(&b, id, (size_t)(slash - id));
	buf_add(&b, "", 1);
	json = kh_store_story(st, b.p);
	buf_free(&b);
	return json;
}

static int not_there(const char *id)
{
	fprintf(stderr, "khabar: %s: no story or report of this id in the store\n", id);
	return EXIT_NOTHING;
}

int main_show_stored(struct settings *s)
{
	int status;
	bool report;
	if (s->files != (s->db ? 1 : 2)) {
		fprintf(stderr,
			"khabar show: DB and ID, or --stage LAYER with files (khabar help show)\n");
		return EXIT_USAGE;
	}
	struct kh_store *st = rows_open(s, &status);
	if (!st)
		return status;
	char *json = stored_story(st, s->file[0], &report);
	status = EXIT_ALL;
	if (!json) {
		status = not_there(s->file[0]);
	} else if (s->json) {
		puts(json);
	} else {
		js *o = json_tokener_parse(json);
		print_story(o, main_colour(s));
		json_object_put(o);
	}
	free(json);
	kh_store_close(st);
	return status;
}

/* ---- explain ------------------------------------------------------------ */

/* The story as input again: its text as it stands, and what was known of it. */
static khabar_input input_of(js *o)
{
	khabar_input in = {.kind = KHABAR_KIND_STORY};
	khabar_str *const to[] = {&in.id, &in.title, &in.url, &in.source, &in.published, &in.bytes};
	static const char *const key[] = {"story", "title", "url", "source", "published", "text"};
	for (size_t i = 0; i < sizeof key / sizeof *key; i++) {
		js *v = kh_get(o, key[i]);
		if (kh_string(v))
			*to[i] = (khabar_str){kh_string(v), (size_t)json_object_get_string_len(v)};
	}
	return in;
}

/* The explanation of the report with this id, as text to be freed; NULL when there is none. */
static char *explain_report(const khabar_doc *doc, const char *id)
{
	const char *tail = strrchr(id, '/');
	for (uint32_t i = 0; tail && i < doc->n_reports; i++) {
		khabar_report r;
		char mine[32];
		khabar_report_at(doc, i, &r);
		snprintf(mine, sizeof mine, "/%u.%u", r.sentence, r.ordinal);
		if (strcmp(mine, tail) != 0)
			continue;
		struct buf b = {0};
		size_t need = khabar_explain(doc, i, NULL, 0);
		khabar_explain(doc, i, buf_room(&b, need + 1), need);
		b.p[need] = 0;
		return b.p;
	}
	return NULL;
}

struct stored_model {
	khabar_model *model;
	khabar_worker *worker;
};

struct stored_model *stored_model_open(void)
{
	struct stored_model *m = calloc(1, sizeof *m);
	if (m)
		m->model = main_model_open();
	if (m && m->model && khabar_worker_new(&m->worker, m->model, NULL) == 0)
		return m;
	stored_model_close(m);
	return NULL;
}

void stored_model_close(struct stored_model *m)
{
	if (!m)
		return;
	khabar_worker_free(m->worker);
	khabar_model_close(m->model);
	free(m);
}

char *stored_explain(struct stored_model *m, const char *story, const char *id)
{
	const khabar_doc *doc;
	khabar_error err = {0};
	char *why = NULL;
	js *o = json_tokener_parse(story);
	khabar_input in = input_of(o);
	if (khabar_read(m->worker, &in, &doc, &err) == 0)
		why = explain_report(doc, id);
	json_object_put(o);
	return why;
}

static int explain_again(char *json, const char *id)
{
	struct stored_model *m = stored_model_open();
	if (!m)
		return EXIT_NONE;
	char *why = stored_explain(m, json, id);
	if (why)
		printf("report: %s\n%s", id, why);
	else
		fprintf(stderr,
			"khabar: %s: this version does not make the report (khabar verify tells "
			"more)\n",
			id);
	stored_model_close(m);
	free(why);
	return why ? EXIT_ALL : EXIT_NOTHING;
}

static int explain_incident(struct kh_store *st, const char *id)
{
	struct kh_sql *q = kh_store_sql(st, "select event, why from incident where incident = ?1");
	int status = EXIT_NOTHING;
	if (!q)
		return rows_fail(st);
	kh_sql_put_text(q, 1, id, -1);
	if (kh_sql_step(q) == KH_SQL_ROW) {
		printf("incident: %s\nevent: %s\nits reports, and why each belongs to it (5 points "
		       "are needed):\n%s\n",
		       id, kh_sql_text(q, 0), kh_sql_text(q, 1));
		status = EXIT_ALL;
	} else {
		fprintf(stderr, "khabar: %s: no incident of this id in the store\n", id);
	}
	kh_sql_end(q);
	return status;
}

int main_explain_stored(struct settings *s)
{
	int status;
	bool report;
	if (s->files != 1) {
		fprintf(stderr, "khabar explain: one id of a report or an incident is needed\n");
		return EXIT_USAGE;
	}
	const char *id = s->file[0];
	struct kh_store *st = rows_open(s, &status);
	if (!st)
		return status;
	if (strncmp(id, "i/", 2) == 0) {
		status = kh_store_link(st, false) == 0 ? explain_incident(st, id) : rows_fail(st);
	} else {
		char *json = stored_story(st, id, &report);
		status = json && report ? explain_again(json, id) : not_there(id);
		free(json);
	}
	kh_store_close(st);
	return status;
}
