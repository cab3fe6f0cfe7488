/* The store in the formats of others. In: a query. Out: rows as each format wants them. This file
 * has the list of formats, csv and jsonl; events.c and incident.c have the rest. */
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "store/export.h"

static const char *const names[] = {"csv",     "jsonl", "gdelt",   "gdelt-mentions",
				    "phoenix", "icews", "polecat", "acled",
				    "ged",     NULL};

const char *const *kh_export_formats(void)
{
	return names;
}

struct kh_sql *kh_export_rows(struct kh_store *s, const struct kh_export *e, const char *what,
			      const char *tail)
{
	char sql[16384];
	static const char certain[] = "r.certainty in ('happened', 'ongoing')";
	snprintf(sql, sizeof sql,
		 "%s from kh_report r join kh_story s on s.n = r.story left join "
		 "kh_incident_report x on"
		 " x.report = r.n left join kh_incident i on i.n = x.incident where (%s) and %s %s",
		 what, e->query ? e->query->where : "true", e->all ? "true" : certain, tail);
	struct kh_sql *q = kh_store_scan(s, sql);
	if (q && e->query)
		kh_query_bind(e->query, q);
	return q;
}

static long csv(struct kh_store *s, const struct kh_export *e, FILE *to)
{
	struct kh_sql *q =
		kh_export_rows(s, e, "select v.* from report v where v.report in (select r.id",
			       ") order by v.first_day nulls first, v.report");
	long n = 0;
	int code;
	if (!q)
		return -1;
	for (int i = 0; i < kh_sql_columns(q); i++)
		fprintf(to, "%s%s", i ? "," : "", kh_sql_name(q, i));
	fputc('\n', to);
	while ((code = kh_sql_step(q)) == KH_SQL_ROW) {
		for (int i = 0; i < kh_sql_columns(q); i++) {
			if (i)
				fputc(',', to);
			kh_csv_field(to, kh_sql_text(q, i));
		}
		fputc('\n', to);
		n++;
	}
	kh_sql_end(q);
	return code == KH_SQL_DONE ? n : -1;
}

static long jsonl(struct kh_store *s, const struct kh_export *e, FILE *to)
{
	struct kh_sql *q = kh_export_rows(s, e, "select r.record", "order by s.story, r.n");
	long n = 0;
	int code;
	if (!q)
		return -1;
	for (; (code = kh_sql_step(q)) == KH_SQL_ROW; n++)
		fprintf(to, "%s\n", kh_sql_text(q, 0));
	kh_sql_end(q);
	return code == KH_SQL_DONE ? n : -1;
}

/* The type of a column of any format, after Frictionless: everything is a string that is not told.
 */
static const char *type_of(const char *name, size_t n)
{
	static const char *const whole[] = {"sentence",
					    "quad",
					    "killed_low",
					    "killed_high",
					    "geonameid",
					    "sure",
					    "GLOBALEVENTID",
					    "NumMentions",
					    "NumSources",
					    "NumArticles",
					    "QuadClass",
					    "Confidence",
					    "fatalities",
					    "best",
					    "low",
					    "high",
					    "deaths_unknown",
					    "number_of_sources",
					    "type_of_violence"};
	static const char *const real[] = {
		"goldstein", "lat",	 "lon",		  "Latitude",
		"Longitude", "latitude", "longitude",	  "GoldsteinScale",
		"Lat",	     "Lon",	 "ActionGeo_Lat", "ActionGeo_Long",
		"AvgTone",   "Intensity"};
	static const char *const day[] = {"first_day",	"last_day",   "event_date",
					  "Event Date", "date_start", "date_end"};
	for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
		if (strlen(whole[i]) == n && memcmp(whole[i], name, n) == 0)
			return "integer";
	for (size_t i = 0; i < sizeof real / sizeof *real; i++)
		if (strlen(real[i]) == n && memcmp(real[i], name, n) == 0)
			return "number";
	for (size_t i = 0; i < sizeof day / sizeof *day; i++)
		if (strlen(day[i]) == n && memcmp(day[i], name, n) == 0)
			return "date";
	return "string";
}

static void field(FILE *to, bool first, const char *name, size_t n)
{
	fprintf(to, "%s\n        {\"name\": \"%.*s\", \"type\": \"%s\"}", first ? "" : ",", (int)n,
		name, type_of(name, n));
}

int kh_store_fields(struct kh_store *s, const char *format, FILE *to)
{
	struct kh_row *r = malloc(sizeof *r);
	bool known = r && kh_row_begin(r, format, "");
	fprintf(to,
		"\"dialect\": {\"delimiter\": \"%s\", \"header\": %s},\n      \"schema\": "
		"{\"missingValues\": [\"\"%s], \"fields\": [",
		known && r->delimiter == '\t' ? "\\t" : ",", known && !r->header ? "false" : "true",
		strcmp(format, "polecat") == 0 ? ", \"None\"" : "");
	for (unsigned i = 0; known && i < r->n; i++)
		field(to, i == 0, r->name[i], r->length[i]);
	free(r);
	struct kh_sql *q = known ? NULL : kh_store_sql(s, kh_store_piece(s, KH_PIECE_COLUMNS));
	for (bool first = true; q && kh_sql_step(q) == KH_SQL_ROW; first = false)
		field(to, first, kh_sql_text(q, 0), kh_sql_bytes(q, 0));
	kh_sql_end(q);
	fputs("\n      ]}", to);
	return known || q ? 0 : -1;
}

long kh_store_export(struct kh_store *s, const struct kh_export *e, FILE *to)
{
	if (strcmp(e->format, "csv") == 0)
		return csv(s, e, to);
	if (strcmp(e->format, "jsonl") == 0)
		return jsonl(s, e, to);
	if (strcmp(e->format, "acled") == 0 || strcmp(e->format, "ged") == 0)
		return kh_export_incidents(s, e, to);
	return kh_export_events(s, e, to);
}
