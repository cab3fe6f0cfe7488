/* khabar find and khabar table: questions to a store. In: query words. Out: reports, counts, rows.
 */
#include <stdlib.h>
#include <string.h>

#include "rows.h"

#define FROM " from kh_report r join kh_story s on s.n = r.story where "
#define ORDER " order by r.day, s.story, r.n"

/* SQL with its values in it, as one may paste it elsewhere. */
static void print_sql(const char *sql, const struct kh_query *q)
{
	for (; *sql; sql++) {
		unsigned k = 0;
		if (*sql != '?') {
			putchar(*sql);
			continue;
		}
		while (sql[1] >= '0' && sql[1] <= '9')
			k = k * 10 + (unsigned)(*++sql - '0');
		putchar('\'');
		for (const char *z = k && k <= q->values ? q->value[k - 1] : ""; *z; z++) {
			if (*z == '\'')
				putchar('\'');
			putchar(*z);
		}
		putchar('\'');
	}
	putchar('\n');
}

static struct kh_sql *ask(struct kh_store *st, const char *what, const struct kh_query *q,
			  const char *tail, bool show)
{
	struct buf sql = {0};
	buf_text(&sql, what);
	buf_text(&sql, FROM "(");
	buf_text(&sql, q->where);
	buf_text(&sql, ")");
	buf_text(&sql, tail);
	buf_add(&sql, "", 1);
	struct kh_sql *s = kh_store_scan(st, sql.p);
	if (s)
		kh_query_bind(q, s);
	if (s && show)
		print_sql(sql.p, q);
	buf_free(&sql);
	return s;
}

static long print_reports(struct kh_store *st, struct kh_sql *q, const struct settings *s)
{
	bool table = table_wanted(s), begun = false;
	int code;
	long n = 0;
	while ((code = kh_sql_step(q)) == KH_SQL_ROW) {
		const char *json = kh_sql_text(q, 0);
		char *story = s->stories ? kh_store_story(st, json) : NULL;
		n++;
		if (table)
			table_reports(stdout, json, strlen(json), &begun);
		else
			puts(story ? story : json);
		free(story);
	}
	if (code == KH_SQL_DONE)
		return n;
	rows_fail(st);
	return -1;
}

static int find_sql(struct kh_store *st, const struct settings *s)
{
	int at;
	struct kh_sql *q = kh_store_question(st, s->sql, &at);
	if (!q) {
		fprintf(stderr, "khabar find: %s\n", kh_store_why(st));
		if (at >= 0)
			fprintf(stderr, "  %s\n  %*s^\n", s->sql, at, "");
		return EXIT_USAGE;
	}
	int status = rows_status(rows_print(st, q, s));
	kh_sql_end(q);
	return status;
}

static int find_words(struct kh_store *st, const struct settings *s, const struct kh_query *q)
{
	char tail[160] = ORDER;
	if (s->csv) {
		struct kh_export e = {.format = "csv", .query = q, .all = true};
		long n = kh_store_link(st, false) == 0 ? kh_store_export(st, &e, stdout) : -1;
		return n < 0 ? rows_fail(st) : rows_status(n);
	}
	const char *what = s->count && s->stories ? "select count(distinct s.n)"
			   : s->count		  ? "select count(*)"
			   : s->stories		  ? "select s.story"
						  : "select r.record";
	if (s->count)
		tail[0] = 0;
	else if (s->stories)
		snprintf(tail, sizeof tail,
			 " group by s.n order by s.published_day nulls first, s.story");
	if (s->limit)
		snprintf(tail + strlen(tail), sizeof tail - strlen(tail), " limit %d", s->limit);
	struct kh_sql *stmt = ask(st, what, q, tail, s->explain_query);
	if (!stmt)
		return rows_fail(st);
	int status = EXIT_ALL;
	if (s->count && !s->explain_query && kh_sql_step(stmt) == KH_SQL_ROW) {
		long long n = kh_sql_int(stmt, 0);
		printf("%lld\n", n);
		status = n ? EXIT_ALL : EXIT_NOTHING;
	} else if (!s->explain_query) {
		status = rows_status(print_reports(st, stmt, s));
	}
	kh_sql_end(stmt);
	return status;
}

int main_find(struct settings *s)
{
	int status;
	if (!s->sql)
		return rows_answer(s, false, find_words);
	struct kh_store *st = rows_open(s, &status);
	if (!st)
		return status;
	status = find_sql(st, s);
	kh_store_close(st);
	return status;
}

/* ---- khabar table ----------------------------------------------------------- */

#define DAY "nullif(r.day, -1000000)"

static const struct {
	const char *name, *sql;
	bool of_story; /* stories and sources can be counted along it */
	const char *story_sql;
} columns[] = {
	{"day", "date(" DAY " * 86400, 'unixepoch')", true,
	 "date(s.published_day * 86400, 'unixepoch')"},
	{"month", "strftime('%Y-%m', " DAY " * 86400, 'unixepoch')", true,
	 "strftime('%Y-%m', s.published_day * 86400, 'unixepoch')"},
	{"year", "strftime('%Y', " DAY " * 86400, 'unixepoch')", true,
	 "strftime('%Y', s.published_day * 86400, 'unixepoch')"},
	{"source", "s.source", true, "s.source"},
	{"country", "r.country", false, NULL},
	{"event", "r.event", false, NULL},
	{"cameo", "r.cameo", false, NULL},
	{"quad", "r.quad", false, NULL},
	{"actor", "r.actor_countries", false, NULL},
	{"recipient", "r.recipient_countries", false, NULL},
	{"actor_name", "r.actors", false, NULL},
	{"recipient_name", "r.recipients", false, NULL},
	{"certainty", "r.certainty", false, NULL},
	{"place", "r.place", false, NULL},
	{"said_by", "r.said_by", false, NULL},
};

/* --by into select, group and the condition that ties the denominators to a row; false: no such
 * column. */
static bool columns_of(const char *by, struct buf *select, struct buf *tie)
{
	int n = 0;
	char one[600];
	for (const char *p = by; *p; p += strcspn(p, ","), p += *p == ',', n++) {
		size_t k = strcspn(p, ","), i = 0;
		while (i < sizeof columns / sizeof *columns &&
		       !(strlen(columns[i].name) == k && memcmp(columns[i].name, p, k) == 0))
			i++;
		if (i == sizeof columns / sizeof *columns || n > 8) {
			fprintf(stderr, "khabar table: no such column: %.*s\n ", (int)k, p);
			for (i = 0; i < sizeof columns / sizeof *columns; i++)
				fprintf(stderr, " %s", columns[i].name);
			fputc('\n', stderr);
			return false;
		}
		snprintf(one, sizeof one, "%s as %s, ", columns[i].sql, columns[i].name);
		buf_text(select, one);
		if (columns[i].of_story) {
			snprintf(one, sizeof one, " and %s is not distinct from g.%s",
				 columns[i].story_sql, columns[i].name);
			buf_text(tie, one);
		}
	}
	buf_add(select, "", 1);
	buf_add(tie, "", 1);
	return n > 0;
}

/* The whole statement: the counts of what was asked, and beside each row the stories and sources
 * that there are at all along the same days and sources. */
static void table_sql(struct buf *sql, const struct buf *select, const struct buf *tie,
		      const char *where, int n, bool all)
{
	char group[64] = "1", order[200] = "1 nulls first";
	for (int i = 1; i < n; i++) {
		snprintf(group + strlen(group), sizeof group - strlen(group), ", %d", i + 1);
		snprintf(order + strlen(order), sizeof order - strlen(order), ", %d nulls first",
			 i + 1);
	}
	const char *const parts[] = {
		"with g as (select ",
		select->p,
		"count(distinct ir.incident) as incidents, count(*) as reports, count(distinct "
		"r.story) as stories,"
		" count(distinct s.source) as sources, round(avg(r.goldstein), 2) as goldstein"
		" from kh_report r join kh_story s on s.n = r.story"
		" left join kh_incident_report ir on ir.report = r.n where (",
		where,
		all ? ")" : ") and r.certainty in ('happened', 'ongoing')",
		" group by ",
		group,
		") select g.*, (select count(*) from kh_story s where true",
		tie->p,
		") as all_stories, (select count(distinct s.source) from kh_story s where true",
		tie->p,
		") as all_sources from g order by ",
		order,
	};
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		buf_text(sql, parts[i]);
	buf_add(sql, "", 1);
}

static int print_table(struct kh_store *st, const struct settings *s, const struct kh_query *q)
{
	struct buf select = {0}, tie = {0}, sql = {0};
	const char *by = s->by && s->by[0] ? s->by : "month,event";
	int status = EXIT_USAGE, n = 1;
	for (const char *p = by; *p; p++)
		n += *p == ',';
	if (columns_of(by, &select, &tie)) {
		table_sql(&sql, &select, &tie, q->where, n, s->all);
		struct kh_sql *stmt = kh_store_sql(st, sql.p);
		if (stmt)
			kh_query_bind(q, stmt);
		status = stmt ? rows_status(rows_print(st, stmt, s)) : rows_fail(st);
		kh_sql_end(stmt);
	}
	buf_free(&select);
	buf_free(&tie);
	buf_free(&sql);
	return status;
}

int main_table(struct settings *s)
{
	return rows_answer(s, true, print_table);
}
