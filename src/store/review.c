/* Judgements and queues. In: who says what of which report. Out: rows of kh_review, which are only
 * ever added; lists of reports to judge next. */
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "store/export.h"
#include "store/review.h"

static bool is_object(const char *json)
{
	struct json_object *o = json_tokener_parse(json);
	bool fine = o && json_object_is_type(o, json_type_object);
	json_object_put(o);
	return fine;
}

static const char put_sql[] =
	"insert into kh_review(report, coder, at, verdict, changes, reason, queue, undoes, record)"
	" select r.id, ?2, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), ?3, ?4, ?5, ?6,"
	" case when ?3 = 'undo' then (select max(n) from kh_review b where b.report = ?1 and "
	"b.coder "
	"= ?2 and b.verdict <> 'undo' and b.n not in (select undoes from kh_review where undoes is "
	"not null)) end, r.record from kh_report r where r.id = ?1 and (?3 <> 'undo' or exists "
	"(select 1 from review v where v.report = ?1 and v.coder = ?2))";

int kh_review_add(struct kh_store *s, const struct kh_judgement *j)
{
	const char *const z[] = {j->report, j->coder, j->verdict, j->changes, j->reason, j->queue};
	if (!j->report || !j->coder || !*j->coder || !j->verdict)
		return kh_store_fail(s, "a judgement needs a report, a coder and a verdict");
	if (strcmp(j->verdict, "correct") == 0 && (!j->changes || !is_object(j->changes)))
		return kh_store_fail(s, "a correction needs its changes, a JSON object");
	struct kh_sql *q = kh_store_sql(s, put_sql);
	if (!q)
		return -1;
	for (int i = 0; i < 6; i++)
		if (z[i])
			kh_sql_put_text(q, i + 1, z[i], -1);
	int bad = kh_sql_run(q);
	kh_sql_end(q);
	if (bad && s->data)
		return kh_store_fail(s, "no such verdict (accept reject correct undo)");
	if (bad)
		return -1;
	return s->engine->changes(s) == 1
		       ? 0
		       : kh_store_fail(s, strcmp(j->verdict, "undo") == 0
						  ? "nothing of yours to undo on this report"
						  : "no report of this id");
}

/* ---- queues ------------------------------------------------------------------- */

/* In the forms W is the query's condition, C the mark of the coder, N the limit. */
#define FROM " from kh_report r join kh_story s on s.n = r.story where W"
#define NOT_MINE                                                                                   \
	" and r.id not in (select report from review where coder = C and report is not null)"

static const char *form_of(const char *queue)
{
	static const char *const form[][2] = {
		{"unsure",
		 "select r.id, 'sure ' || coalesce(cast(r.sure as text), '?')" FROM NOT_MINE
		 " order by coalesce(r.sure, 0), r.n limit N"},
		{"sample",
		 "select r.id, 'random sample'" FROM NOT_MINE " order by r.mix, r.n limit N"},
		{"actors",
		 "with unknown as (select coalesce(name, text) as who, count(*) as times, "
		 "min(report) as one from kh_actor where id is null and kind is distinct from "
		 "'place' "
		 "group by 1) select r.id, u.who || ', ' || u.times || ' times' from unknown u "
		 "join "
		 "kh_report r on r.n = u.one join kh_story s on s.n = r.story where W" NOT_MINE
		 " order by u.times desc, u.who limit N"},
		{"disputed",
		 "select r.id, count(*) || ' coders' from review v join kh_report r on r.id = "
		 "v.report join kh_story s on s.n = r.story where W and (C is null or r.id in "
		 "(select "
		 "report from review where coder = C)) group by r.n having count(*) > 1 and "
		 "count(distinct v.verdict || coalesce(v.changes, '')) > 1 order by r.n limit N"},
		{"query",
		 "select r.id, 'as asked for'" FROM NOT_MINE " order by r.day, r.n limit N"},
	};
	for (size_t i = 0; i < sizeof form / sizeof *form; i++)
		if (strcmp(form[i][0], queue) == 0)
			return form[i][1];
	return NULL;
}

struct kh_sql *kh_review_queue(struct kh_store *s, const char *queue, const char *coder,
			       const struct kh_query *q, int limit)
{
	char sql[10000];
	size_t n = 0;
	unsigned mark = q ? q->values + 1 : 1;
	const char *form = form_of(queue);
	if (!form) {
		kh_store_fail(s, "no such queue (unsure sample actors disputed query)");
		return NULL;
	}
	for (; *form && n < sizeof sql - 1; form++) {
		bool alone = (form[1] < 'A' || form[1] > 'z') && n && sql[n - 1] < 'A';
		char *to = sql + n;
		int k = alone && *form == 'W'
				? snprintf(to, sizeof sql - n, "(%s)", q ? q->where : "true")
			: alone && *form == 'C' ? snprintf(to, sizeof sql - n, "?%u", mark)
			: alone && *form == 'N'
				? snprintf(to, sizeof sql - n, "%d", limit > 0 ? limit : 100)
				: (*to = *form, 1);
		n += (size_t)k;
	}
	sql[n < sizeof sql ? n : sizeof sql - 1] = 0;
	struct kh_sql *st = kh_store_sql(s, sql);
	if (st && q)
		kh_query_bind(q, st);
	if (st && coder)
		kh_sql_put_copy(st, (int)mark, coder);
	return st;
}

/* ---- values of fields ---------------------------------------------------------- */

typedef struct json_object js;

static void add(char *to, size_t room, const char *z)
{
	size_t n = strlen(to);
	if (z && *z)
		snprintf(to + n, room - n, "%s%s", n ? "; " : "", z);
}

static const char *name_of(js *o)
{
	const char *z = kh_get_text(o, "name");
	return z ? z : kh_get_text(o, "text");
}

/* A field of a report in words, as a form shows it. */
static void in_words(js *r, const char *field, char *to, size_t room)
{
	js *v = kh_get(r, field);
	size_t n = v && json_object_is_type(v, json_type_array) ? json_object_array_length(v) : 0;
	to[0] = 0;
	if (strcmp(field, "time") == 0)
		add(to, room, kh_get_text(v, "begin"));
	else if (strcmp(field, "place") == 0)
		add(to, room, name_of(v));
	else if (!v || !n)
		add(to, room, v ? json_object_get_string(v) : NULL);
	for (size_t i = 0; i < n; i++) {
		js *o = json_object_array_get_idx(v, i);
		char one[300] = "";
		if (strcmp(field, "counts") == 0)
			snprintf(one, sizeof one, "%s %s", kh_get_text(o, "kind"),
				 kh_get_text(o, kh_get(o, "low") ? "low" : "high"));
		else if (strcmp(field, "said_by") == 0)
			snprintf(one, sizeof one, "%s",
				 name_of(kh_get(o, "speaker")) ? name_of(kh_get(o, "speaker"))
							       : "?");
		else
			snprintf(one, sizeof one, "%s",
				 json_object_is_type(o, json_type_string)
					 ? json_object_get_string(o)
				 : name_of(o) ? name_of(o)
					      : "");
		add(to, room, one);
	}
}

char *kh_review_value(const char *field, const char *record, const char *changes)
{
	char words[4000] = "";
	js *c = changes ? json_tokener_parse(changes) : NULL, *r = json_tokener_parse(record);
	js *v = NULL;
	if (c && json_object_is_type(c, json_type_object) &&
	    json_object_object_get_ex(c, field, &v))
		snprintf(words, sizeof words, "%s", v ? json_object_get_string(v) : "");
	else
		in_words(r, field, words, sizeof words);
	json_object_put(c);
	json_object_put(r);
	return strdup(words);
}
