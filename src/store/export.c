/* The store in the formats of others. In: a query. Out: rows as each format wants them; this file
 * has the list of formats, csv and jsonl. */
#include <sqlite3.h>
#include <string.h>

#include "store/export.h"

static const char *const names[] = {"csv", "jsonl", NULL};

const char *const *kh_export_formats(void)
{
	return names;
}

void kh_csv_field(FILE *to, const char *z)
{
	if (!z)
		return;
	if (!z[strcspn(z, ",\"\r\n\t")]) {
		fputs(z, to);
		return;
	}
	fputc('"', to);
	for (; *z; z++) {
		if (*z == '"')
			fputc('"', to);
		fputc(*z == '\n' || *z == '\r' || *z == '\t' ? ' ' : *z, to);
	}
	fputc('"', to);
}

struct sqlite3_stmt *kh_export_rows(struct kh_store *s, const struct kh_export *e, const char *what,
				    const char *tail)
{
	char sql[16384];
	static const char certain[] = "r.certainty in ('happened', 'ongoing')";
	snprintf(sql, sizeof sql,
		 "%s from kh_report r join kh_story s on s.n = r.story where (%s) and %s %s", what,
		 e->query ? e->query->where : "1", e->all ? "1" : certain, tail);
	struct sqlite3_stmt *q = kh_store_sql(s, sql);
	if (q && e->query)
		kh_query_bind(e->query, q);
	return q;
}

static long csv(struct kh_store *s, const struct kh_export *e, FILE *to)
{
	sqlite3_stmt *q =
		kh_export_rows(s, e, "select v.* from report v where v.report in (select r.id",
			       ") order by v.first_day, v.report");
	long n = 0;
	int code;
	if (!q)
		return -1;
	for (int i = 0; i < sqlite3_column_count(q); i++)
		fprintf(to, "%s%s", i ? "," : "", sqlite3_column_name(q, i));
	fputc('\n', to);
	while ((code = sqlite3_step(q)) == SQLITE_ROW) {
		for (int i = 0; i < sqlite3_column_count(q); i++) {
			if (i)
				fputc(',', to);
			kh_csv_field(to, (const char *)sqlite3_column_text(q, i));
		}
		fputc('\n', to);
		n++;
	}
	sqlite3_finalize(q);
	return code == SQLITE_DONE ? n : kh_store_sqlite(s, code);
}

static long jsonl(struct kh_store *s, const struct kh_export *e, FILE *to)
{
	sqlite3_stmt *q = kh_export_rows(s, e, "select r.record", "order by s.story, r.n");
	long n = 0;
	int code;
	if (!q)
		return -1;
	for (; (code = sqlite3_step(q)) == SQLITE_ROW; n++)
		fprintf(to, "%s\n", (const char *)sqlite3_column_text(q, 0));
	sqlite3_finalize(q);
	return code == SQLITE_DONE ? n : kh_store_sqlite(s, code);
}

long kh_store_export(struct kh_store *s, const struct kh_export *e, FILE *to)
{
	if (strcmp(e->format, "csv") == 0)
		return csv(s, e, to);
	if (strcmp(e->format, "jsonl") == 0)
		return jsonl(s, e, to);
	return kh_store_fail(s, "no such format");
}
