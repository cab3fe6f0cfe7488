/* khabar incidents: events with all their reports, what each of them says side by side. */
#include <stdlib.h>
#include <string.h>

#include "rows.h"

static const char one_sql[] = "select r.id, r.certainty, coalesce(r.said_by, ''), (select "
			      "group_concat(c.text || ' ' || c.kind, ', ')"
			      " from kh_count c where c.report = r.n), coalesce(r.actors, ''), "
			      "r.word, coalesce(r.recipients, ''),"
			      " coalesce(s.source, ''), coalesce(s.published, '') from "
			      "kh_incident_report x join kh_report r on r.n = x.report"
			      " join kh_story s on s.n = r.story where x.incident = ?1 order by "
			      "s.published_day nulls first, s.story, r.n";

static const char *text(struct kh_sql *q, int i)
{
	const char *z = kh_sql_text(q, i);
	return z ? z : "";
}

/* The reports of one incident, a line each. */
static void side_by_side(struct kh_sql *one, int64_t n)
{
	kh_sql_put_int(one, 1, n);
	while (kh_sql_step(one) == KH_SQL_ROW) {
		fputs("  ", stdout);
		print_columns(stdout, text(one, 1), 12);
		print_columns(stdout, text(one, 3), 22);
		fputc(' ', stdout);
		print_columns(stdout, text(one, 4), 20);
		fputc(' ', stdout);
		print_columns(stdout, text(one, 5), 14);
		fputc(' ', stdout);
		print_columns(stdout, text(one, 6), 20);
		printf(" %s%s  (%s)\n", text(one, 2)[0] ? "says " : "", text(one, 2), text(one, 0));
	}
	kh_sql_reset(one);
}

static long list(struct kh_store *st, struct kh_sql *q, const struct settings *s)
{
	long n = 0;
	int code;
	struct kh_sql *one = kh_store_sql(st, one_sql);
	if (!one)
		return -1;
	while ((code = kh_sql_step(q)) == KH_SQL_ROW && (!s->limit || n < s->limit)) {
		n++;
		printf("%s%s  %s  %s", n > 1 ? "\n" : "", text(q, 1), text(q, 2), text(q, 3));
		if (text(q, 4)[0])
			printf("  %s", text(q, 4));
		printf("  %d %s in %d %s%s%s\n", (int)kh_sql_int(q, 5),
		       (int)kh_sql_int(q, 5) == 1 ? "report" : "reports", (int)kh_sql_int(q, 6),
		       (int)kh_sql_int(q, 6) == 1 ? "story" : "stories",
		       text(q, 7)[0] ? "  contested: " : "", text(q, 7));
		side_by_side(one, kh_sql_int(q, 0));
	}
	kh_sql_end(one);
	return code == KH_SQL_ROW || code == KH_SQL_DONE ? n : -1;
}

static int answer(struct kh_store *st, const struct settings *s, const struct kh_query *q)
{
	struct buf sql = {0};
	bool rows = s->json || s->csv || s->table;
	buf_text(&sql,
		 rows ? "select incident, event, country, place, date(first_day * 86400, "
			"'unixepoch') as first_day,"
			" date(last_day * 86400, 'unixepoch') as last_day, actors, recipients, "
			"reports, stories,"
			" sources, certainty, contested from kh_incident i where "
		      : "select n, coalesce(date(first_day * 86400, 'unixepoch'), 'no day'), event,"
			" coalesce(place, coalesce(country, '')), incident, reports, stories, "
			"contested"
			" from kh_incident i where ");
	buf_text(&sql, "i.n in (select x.incident from kh_incident_report x join kh_report r on "
		       "r.n = x.report"
		       " join kh_story s on s.n = r.story where ");
	buf_text(&sql, q->where);
	buf_text(&sql, ") order by i.first_day nulls first, i.n");
	buf_add(&sql, "", 1);
	struct kh_sql *stmt = kh_store_sql(st, sql.p);
	buf_free(&sql);
	if (!stmt)
		return rows_fail(st);
	kh_query_bind(q, stmt);
	long n = rows ? rows_print(st, stmt, s) : list(st, stmt, s);
	kh_sql_end(stmt);
	return rows_status(n);
}

int main_incidents(struct settings *s)
{
	return rows_answer(s, true, answer);
}
