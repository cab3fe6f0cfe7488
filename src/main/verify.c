/* khabar verify and khabar diff: is a store sound, and what do two of them code otherwise? */
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "rows.h"
#include "store/js.h"

typedef struct json_object js;

struct verifying {
	struct kh_store *st;
	khabar_worker *worker;
	unsigned behaviour;
	bool json;
	unsigned long stories, reports, spans, wrong_spans, otherwise, older, broken;
};

static void tell(struct verifying *v, const char *id, const char *what)
{
	if (v->json) {
		fputs("{\"id\":", stdout);
		rows_json_string(stdout, id);
		fputs(",\"wrong\":", stdout);
		rows_json_string(stdout, what);
		puts("}");
	} else {
		printf("%s: %s\n", id, what);
	}
}

/* Every object with "span" and "text", however deep: the words must stand there. No recursion: a
 * work list. */
static void check_spans(struct verifying *v, const char *id, js *root, const char *body, size_t n)
{
	js *todo[512];
	size_t left = 1;
	todo[0] = root;
	while (left) {
		js *o = todo[--left];
		if (json_object_is_type(o, json_type_array)) {
			for (size_t i = 0; i < json_object_array_length(o) && left < 512; i++)
				todo[left++] = json_object_array_get_idx(o, i);
			continue;
		}
		if (!json_object_is_type(o, json_type_object))
			continue;
		js *at = kh_get(o, "span"), *words = kh_get(o, "text");
		if (at && words && json_object_array_length(at) == 2) {
			int64_t b = json_object_get_int64(json_object_array_get_idx(at, 0));
			int64_t e = json_object_get_int64(json_object_array_get_idx(at, 1));
			size_t k = (size_t)json_object_get_string_len(words);
			v->spans++;
			if (b < 0 || e < b || (size_t)e > n || (size_t)(e - b) != k ||
			    memcmp(body + b, json_object_get_string(words), k) != 0) {
				v->wrong_spans++;
				tell(v, id, "the words of a span do not stand where it says");
			}
		}
		json_object_object_foreach(o, key, value)
		{
			(void)key;
			if (left < 512 && value)
				todo[left++] = value;
		}
	}
}

/* Stored reports against those of this version: the same JSON, one by one. */
static void check_again(struct verifying *v, js *o, const char *id)
{
	khabar_input in = {.kind = KHABAR_KIND_STORY};
	khabar_str *const to[] = {&in.id, &in.title, &in.url, &in.source, &in.published, &in.bytes};
	static const char *const key[] = {"story", "title", "url", "source", "published", "text"};
	const khabar_doc *doc;
	js *list = kh_get(o, "reports");
	size_t n = list ? json_object_array_length(list) : 0;
	struct buf b = {0};
	for (size_t i = 0; i < sizeof key / sizeof *key; i++) {
		js *f = kh_get(o, key[i]);
		if (f)
			*to[i] = (khabar_str){json_object_get_string(f),
					      (size_t)json_object_get_string_len(f)};
	}
	bool same = khabar_read(v->worker, &in, &doc, NULL) == 0 && doc->n_stories == 1 &&
		    doc->n_reports == n;
	for (uint32_t i = 0; same && i < n; i++) {
		size_t need = khabar_write_report(doc, i, NULL, 0);
		b.n = 0;
		khabar_write_report(doc, i, buf_room(&b, need + 1), need);
		b.p[need] = 0;
		js *now = json_tokener_parse(b.p);
		same = json_object_equal(now, json_object_array_get_idx(list, i));
		json_object_put(now);
	}
	buf_free(&b);
	if (!same) {
		v->otherwise++;
		tell(v, id, "coded otherwise when the stored text is read again");
	}
}

static void check_story(struct verifying *v, const char *id)
{
	char *json = kh_store_story(v->st, id);
	js *o = json ? json_tokener_parse(json) : NULL;
	js *body = kh_get(o, "text"), *by = kh_get(o, "by"), *list = kh_get(o, "reports");
	v->stories++;
	if (!body) {
		v->broken++;
		tell(v, id, "the record is not JSON");
	} else {
		v->reports += list ? json_object_array_length(list) : 0;
		check_spans(v, id, list ? list : o, json_object_get_string(body),
			    (size_t)json_object_get_string_len(body));
		if ((unsigned)json_object_get_int(kh_get(by, "behaviour")) == v->behaviour)
			check_again(v, o, id);
		else
			v->older++;
	}
	json_object_put(o);
	free(json);
}

static void broken(void *ctx, const char *where, const char *what)
{
	struct verifying *v = ctx;
	v->broken++;
	tell(v, where, what);
}

static int verify(struct verifying *v)
{
	enum kh_sql_step got = KH_SQL_DONE;
	kh_store_check(v->st, broken, v);
	struct kh_sql *q =
		v->broken ? NULL : kh_store_scan(v->st, "select story from kh_story order by n");
	while (q && (got = kh_sql_step(q)) == KH_SQL_ROW)
		check_story(v, kh_sql_text(q, 0));
	if (got == KH_SQL_FAILED)
		broken(v, "stories", kh_store_why(v->st));
	kh_sql_end(q);
	unsigned long bad = v->wrong_spans + v->otherwise + v->broken;
	if (v->json)
		printf("{\"stories\":%lu,\"reports\":%lu,\"spans\":%lu,\"wrong_spans\":%lu,"
		       "\"otherwise\":%lu,\"older\":%lu,"
		       "\"broken\":%lu}\n",
		       v->stories, v->reports, v->spans, v->wrong_spans, v->otherwise, v->older,
		       v->broken);
	else
		printf("%lu stories, %lu reports, %lu spans: %s\n", v->stories, v->reports,
		       v->spans, bad ? "not sound" : "sound");
	if (!v->json && v->older)
		printf("%lu stories were coded by another version: only their spans were checked\n",
		       v->older);
	return bad ? (v->broken || v->otherwise == v->stories ? EXIT_NONE : EXIT_SOME) : EXIT_ALL;
}

int main_verify(struct settings *s)
{
	int status;
	struct verifying v = {.json = s->json};
	khabar_model *m = main_model_open();
	if (!m)
		return EXIT_NONE;
	v.st = rows_open(s, &status);
	if (v.st && s->files) {
		fprintf(stderr, "khabar verify: one database is verified\n");
		status = EXIT_USAGE;
	} else if (v.st && khabar_worker_new(&v.worker, m, NULL) == 0) {
		v.behaviour = khabar_model_about(m).behaviour;
		status = verify(&v);
	}
	khabar_worker_free(v.worker);
	khabar_model_close(m);
	kh_store_close(v.st);
	return status;
}

/* ---- khabar diff ------------------------------------------------------------ */

static const char diff_sql[] =
	"with x as (select r.id, s.story, r.word_begin, r.event, r.cameo, r.word, "
	"r.actor_countries, r.actors, r.recipients,"
	"  r.place, r.first_day, r.certainty, r.said_by, r.record from kh_report r join kh_story s "
	"on s.n = r.story),"
	" y as (select r.id, s.story, r.word_begin, r.event, r.cameo, r.word, r.actors, "
	"r.recipients, r.place, r.first_day,"
	"  r.certainty, r.said_by, r.record from other.kh_report r join other.kh_story s on s.n = "
	"r.story)"
	" select 'only in A' as what, x.story, x.id as report, x.event, x.word as trigger, null as "
	"a, null as b from x"
	"  where not exists (select 1 from y where y.story = x.story and y.word_begin = "
	"x.word_begin and y.event = x.event)"
	"  and x.story in (select story from other.kh_story)"
	" union all select 'only in B', y.story, y.id, y.event, y.word, null, null from y"
	"  where not exists (select 1 from x where x.story = y.story and x.word_begin = "
	"y.word_begin and x.event = y.event)"
	"  and y.story in (select story from kh_story)"
	" union all select 'otherwise', x.story, x.id, x.event, x.word,"
	"  coalesce(x.actors, '-') || ' > ' || coalesce(x.recipients, '-') || ' @ ' || "
	"coalesce(x.place, "
	"'-') || ' ' ||"
	"  x.certainty || ' by ' || coalesce(x.said_by, '-'),"
	"  coalesce(y.actors, '-') || ' > ' || coalesce(y.recipients, '-') || ' @ ' || "
	"coalesce(y.place, "
	"'-') || ' ' ||"
	"  y.certainty || ' by ' || coalesce(y.said_by, '-')"
	"  from x join y on y.story = x.story and y.word_begin = x.word_begin and y.event = x.event"
	"  where x.record <> y.record"
	" union all select 'story only in A', story, null, null, title, null, null from kh_story"
	"  where story not in (select story from other.kh_story)"
	" union all select 'story only in B', story, null, null, title, null, null from "
	"other.kh_story"
	"  where story not in (select story from kh_story)"
	" order by 2, 3, 1";

int main_diff(struct settings *s)
{
	int status;
	struct kh_store *b = NULL;
	if (s->files != 2) {
		fprintf(stderr, "khabar diff: two databases are needed\n");
		return EXIT_USAGE;
	}
	const char *other = s->file[1];
	if (kh_store_is_address(s->file[0]) || kh_store_is_address(other)) {
		kh_store_hide(s->file[0]);
		kh_store_hide(s->file[1]);
		fprintf(stderr, "khabar diff: two files of SQLite are compared; code into one, or "
				"export from both\n");
		return EXIT_USAGE;
	}
	b = rows_open_as(other, KH_STORE_READ);
	if (!b)
		return EXIT_NONE;
	kh_store_close(b);
	struct kh_store *a = rows_open(s, &status);
	if (!a)
		return status;
	struct kh_sql *join = kh_store_sql(a, "attach ?1 as other"), *q = NULL;
	kh_sql_put_text(join, 1, other, -1);
	if (join && kh_sql_step(join) == KH_SQL_DONE)
		q = kh_store_sql(a, diff_sql);
	status = q ? rows_status(rows_print(a, q, s)) : rows_fail(a);
	kh_sql_end(join);
	kh_sql_end(q);
	kh_store_close(a);
	return status;
}
