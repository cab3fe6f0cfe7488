/* Judging reports in the page. In: a queue's name, or what a coder says of a report. Out: reports
 * to judge, without what others said of them until the coder has spoken; how far coders agree. */
#include <json-c/json.h>
#include <math.h>
#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>

#include "store/review.h"
#include "view/own.h"

/* The coder that the request names, else the one that the command named; NULL: read only. */
static const char *coder_of(const struct kh_ask *a)
{
	const char *told = kh_ask_arg(a, "coder");
	return a->v->o.coder && told && *told ? told : a->v->o.coder;
}

static void put_row(FILE *to, struct kh_sql *one)
{
	static const char *const key[] = {"id", "words", "story", "title", "source", "published"};
	fprintf(to, "\"record\":%s", kh_sql_text(one, 0));
	for (int i = 0; i < 6; i++) {
		fprintf(to, ",\"%s\":", key[i]);
		kh_put_string(to, kh_sql_text(one, i + 1));
	}
}

/* What was said of the report, all coders; only asked once the coder has had a say. */
static void put_said(struct kh_store *s, FILE *to, const char *id)
{
	struct kh_sql *q = kh_store_sql(s, "select coder, verdict, changes, reason, at from review "
					   "where report = ?1 order by at, coder");
	if (q)
		kh_sql_put_copy(q, 1, id);
	fputs(",\"said\":[", to);
	for (bool any = false; q && kh_sql_step(q) == KH_SQL_ROW; any = true) {
		const char *changes = kh_sql_text(q, 2);
		fputs(any ? ",{\"coder\":" : "{\"coder\":", to);
		kh_put_string(to, kh_sql_text(q, 0));
		fputs(",\"verdict\":", to);
		kh_put_string(to, kh_sql_text(q, 1));
		fprintf(to, ",\"changes\":%s,\"reason\":", changes ? changes : "null");
		kh_put_string(to, kh_sql_text(q, 3));
		fputc('}', to);
	}
	fputc(']', to);
	kh_sql_end(q);
}

void kh_api_queue(struct kh_ask *a)
{
	const char *name = kh_ask_arg(a, "name"), *limit = kh_ask_arg(a, "limit");
	struct kh_store *s = a->v->o.store;
	struct kh_query query;
	bool any = false, disputed = name && strcmp(name, "disputed") == 0;
	int code = KH_SQL_FAILED;
	if (!kh_ask_query(a, &query))
		return;
	struct kh_sql *q = kh_review_queue(s, name ? name : "unsure", coder_of(a), &query,
					   limit ? atoi(limit) : 50);
	struct kh_sql *one =
		kh_store_sql(s, "select r.record, r.id, kh_words(s.text, r.begin, r.\"end\"), "
				"s.story, s.title, s.source, s.published from kh_report r join "
				"kh_story s on s.n = r.story where r.id = ?1");
	fputs("{\"queue\":[", a->to);
	for (; q && one && (code = kh_sql_step(q)) == KH_SQL_ROW; any = true) {
		kh_sql_put_copy(one, 1, kh_sql_text(q, 0));
		if (kh_sql_step(one) == KH_SQL_ROW) {
			fputs(any ? ",{" : "{", a->to);
			put_row(a->to, one);
			fputs(",\"because\":", a->to);
			kh_put_string(a->to, kh_sql_text(q, 1));
			if (disputed)
				put_said(s, a->to, kh_sql_text(q, 0));
			fputc('}', a->to);
		}
		kh_sql_reset(one);
	}
	fputs("]}", a->to);
	kh_sql_end(q);
	kh_sql_end(one);
	kh_query_free(&query);
	if (code != KH_SQL_DONE)
		kh_ask_fail(a, MHD_HTTP_BAD_REQUEST, kh_store_why(s));
}

void kh_api_judge(struct kh_ask *a)
{
	struct kh_store *s = a->v->o.store;
	struct json_object *o = json_tokener_parse(a->body);
	struct json_object *changes = kh_get(o, "changes");
	const char *coder =
		kh_get_text(o, "coder") && *kh_get_text(o, "coder") ? kh_get_text(o, "coder") : a->v->o.coder;
	struct kh_judgement j = {.report = kh_get_text(o, "report"),
				 .coder = coder,
				 .verdict = kh_get_text(o, "verdict"),
				 .reason = kh_get_text(o, "reason"),
				 .queue = kh_get_text(o, "queue")};
	if (changes)
		j.changes = json_object_to_json_string_ext(
			changes, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE);
	if (!a->v->o.coder) {
		kh_ask_fail(a, MHD_HTTP_FORBIDDEN, "opened for reading only (khabar review DB)");
	} else if (!o) {
		kh_ask_fail(a, MHD_HTTP_BAD_REQUEST, "not a JSON object");
	} else if (kh_review_add(s, &j) != 0) {
		kh_ask_fail(a, MHD_HTTP_BAD_REQUEST, kh_store_why(s));
	} else {
		fputs("{\"done\":true", a->to);
		put_said(s, a->to, j.report);
		fputc('}', a->to);
	}
	json_object_put(o);
}

static void put_number(FILE *to, const char *key, double v)
{
	if (isnan(v))
		fprintf(to, ",\"%s\":null", key);
	else
		fprintf(to, ",\"%s\":%.3f", key, v);
}

void kh_api_agreement(struct kh_ask *a)
{
	struct kh_agreement g;
	if (kh_review_agreement(a->v->o.store, &g) != 0) {
		kh_ask_fail(a, MHD_HTTP_INTERNAL_SERVER_ERROR, kh_store_why(a->v->o.store));
		return;
	}
	fprintf(a->to,
		"{\"reports\":%d,\"coders\":%d,\"sample\":%d,\"sample_good\":%d,\"low\":%.3f,"
		"\"high\":%.3f,\"fields\":[",
		g.reports, g.coders, g.sample, g.sample_good, g.low, g.high);
	for (int i = 0; i < KH_REVIEW_FIELDS; i++) {
		fprintf(a->to, "%s{\"field\":\"%s\",\"values\":%d", i ? "," : "", g.field[i].name,
			g.field[i].values);
		put_number(a->to, "percent", g.field[i].percent);
		put_number(a->to, "kappa", g.field[i].kappa);
		put_number(a->to, "alpha", g.field[i].alpha);
		fputc('}', a->to);
	}
	fputs("]}", a->to);
}

void kh_api_handbook(struct kh_ask *a)
{
	a->type = "text/plain; charset=utf-8";
	snprintf(a->file, sizeof a->file, "attachment; filename=\"khabar-examples.txt\"");
	if (kh_review_examples(a->v->o.store, a->to) < 0)
		kh_ask_fail(a, MHD_HTTP_INTERNAL_SERVER_ERROR, kh_store_why(a->v->o.store));
}

void kh_api_confusion(struct kh_ask *a)
{
	struct kh_confusion c;
	const char *field = kh_ask_arg(a, "field");
	if (kh_review_confusion(a->v->o.store, field ? field : "event", &c) != 0) {
		kh_ask_fail(a, MHD_HTTP_BAD_REQUEST, kh_store_why(a->v->o.store));
	} else {
		fputs("{\"pairs\":[", a->to);
		for (int i = 0; i < c.n; i++) {
			fputs(i ? ",[" : "[", a->to);
			kh_put_string(a->to, c.pair[i].one);
			fputc(',', a->to);
			kh_put_string(a->to, c.pair[i].other);
			fprintf(a->to, ",%d]", c.pair[i].times);
		}
		fputs("]}", a->to);
	}
	kh_review_confusion_free(&c);
}
