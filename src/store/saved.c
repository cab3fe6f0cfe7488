/* Questions that somebody keeps, and what is new since they looked last. In: who asks, a name,
 * query words. Out: rows of kh_saved; for each how many reports and incidents answer that came
 * since. */
#include <stdlib.h>
#include <string.h>

#include "store/own.h"
#include "store/saved.h"

#define NOW "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"
#define LAST "(select coalesce(max(n), 0) from kh_report)"

static int one(struct kh_store *s, const char *sql, const char *who, const char *name,
	       const char *query)
{
	const char *const z[] = {who, name, query};
	struct kh_sql *q = kh_store_sql(s, sql);
	for (int i = 0; q && i < 3; i++)
		if (z[i])
			kh_sql_put_text(q, i + 1, z[i], -1);
	int bad = q ? kh_sql_run(q) : -1;
	kh_sql_end(q);
	return bad;
}

int kh_saved_keep(struct kh_store *s, const char *who, const char *name, const char *query)
{
	struct kh_query q;
	int bad = kh_query_parse(&q, s, query);
	if (bad)
		kh_store_fail(s, q.why);
	kh_query_free(&q);
	if (!bad && !*name)
		bad = kh_store_fail(s, "a name is needed");
	return bad ? -1
		   : one(s,
			 "insert into kh_saved(who, name, query, seen, looked) select ?1, ?2, "
			 "?3, " LAST ", " NOW
			 " where true on conflict (who, name) do update set query = "
			 "excluded.query",
			 who, name, query);
}

int kh_saved_drop(struct kh_store *s, const char *who, const char *name)
{
	int bad = one(s, "delete from kh_saved where who = ?1 and name = ?2", who, name, NULL);
	if (bad)
		return -1;
	return s->engine->changes(s) ? 0 : kh_store_fail(s, "no question of this name is kept");
}

int kh_saved_look(struct kh_store *s, const char *who, const char *name)
{
	return one(s,
		   "update kh_saved set seen = " LAST ", looked = " NOW
		   " where who = ?1 and name = ?2",
		   who, name, NULL);
}

/* New reports, and incidents with one. */
static int count_new(struct kh_store *s, struct kh_saved *v)
{
	struct kh_query q;
	char sql[9000];
	enum kh_sql_step got = KH_SQL_FAILED;
	if (kh_query_parse(&q, s, v->query) != 0) { /* of a version that had another word */
		kh_query_free(&q);
		return 0;
	}
	snprintf(sql, sizeof sql,
		 "select count(*), count(distinct x.incident) from kh_report r join kh_story s on "
		 "s.n = "
		 "r.story left join kh_incident_report x on x.report = r.n where r.n > %lld and "
		 "(%s)",
		 (long long)v->seen, q.where);
	struct kh_sql *st = kh_store_sql(s, sql);
	if (st)
		kh_query_bind(&q, st);
	if (st && (got = kh_sql_step(st)) == KH_SQL_ROW) {
		v->reports = kh_sql_int(st, 0);
		v->incidents = kh_sql_int(st, 1);
	}
	kh_sql_end(st);
	kh_query_free(&q);
	return got == KH_SQL_ROW ? 0 : -1;
}

int kh_saved_each(struct kh_store *s, const char *who, const char *name, kh_saved_fn *each,
		  void *ctx)
{
	enum kh_sql_step got = KH_SQL_FAILED;
	int n = 0, bad = 0;
	struct kh_sql *q =
		kh_store_sql(s, "select name, query, seen, looked from kh_saved where who = "
				"?1 and (?2 = '' or name = ?2) order by name");
	if (q) {
		kh_sql_put_text(q, 1, who, -1);
		kh_sql_put_text(q, 2, name ? name : "", -1);
	}
	while (q && !bad && (got = kh_sql_step(q)) == KH_SQL_ROW) {
		struct kh_saved v = {.name = kh_sql_text(q, 0),
				     .query = kh_sql_text(q, 1),
				     .seen = kh_sql_int(q, 2),
				     .looked = kh_sql_text(q, 3)};
		bad = count_new(s, &v);
		n++;
		if (!bad)
			each(ctx, &v);
	}
	kh_sql_end(q);
	return bad || got == KH_SQL_FAILED ? -1 : n;
}
