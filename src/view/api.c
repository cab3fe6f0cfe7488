/* What the page asks: incidents by column, which of them a query means, one incident, one story,
 * why, and files to take away. In: arguments of a request. Out: JSON, or the format asked for. */
#include <json-c/json.h>
#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>

#include "khabar.h"
#include "view/own.h"

void kh_put_string(FILE *to, const char *z)
{
	if (!z) {
		fputs("null", to);
		return;
	}
	putc_unlocked('"', to);
	for (; *z; z++) {
		unsigned char c = (unsigned char)*z;
		if (c == '"' || c == '\\')
			putc_unlocked('\\', to), putc_unlocked(c, to);
		else if (c < 0x20 || c == 0x7f)
			fprintf(to, "\\u%04x", c);
		else
			putc_unlocked(c, to);
	}
	putc_unlocked('"', to);
}

const char *kh_ask_arg(const struct kh_ask *a, const char *key)
{
	return MHD_lookup_connection_value(a->c, MHD_GET_ARGUMENT_KIND, key);
}

void kh_ask_fail(struct kh_ask *a, unsigned status, const char *what)
{
	a->status = status;
	a->type = "application/json";
	a->file[0] = 0;
	fseeko(a->to, 0, SEEK_SET);
	fputs("{\"error\":", a->to);
	kh_put_string(a->to, what);
	fputc('}', a->to);
}

static void fail_store(struct kh_ask *a)
{
	kh_ask_fail(a, MHD_HTTP_INTERNAL_SERVER_ERROR, kh_store_why(a->v->o.store));
}

bool kh_ask_query(struct kh_ask *a, struct kh_query *q)
{
	const char *words = kh_ask_arg(a, "q");
	if (kh_query_parse(q, a->v->o.store, words ? words : "") == 0)
		return true;
	a->status = MHD_HTTP_BAD_REQUEST;
	fputs("{\"error\":", a->to);
	kh_put_string(a->to, q->why);
	fprintf(a->to, ",\"at\":%zu}", q->at);
	kh_query_free(q);
	return false;
}

static long long number_of(struct kh_store *s, const char *sql)
{
	struct kh_sql *q = kh_store_sql(s, sql);
	long long n = q && kh_sql_step(q) == KH_SQL_ROW ? kh_sql_int(q, 0) : 0;
	kh_sql_end(q);
	return n;
}

/* While another process writes, incidents are shown as they were linked last. */
static void link_softly(struct kh_store *s)
{
	kh_store_wait(s, 50);
	kh_store_link(s, false);
	kh_store_wait(s, 3000);
}

/* ---- info ------------------------------------------------------------------------ */

static void put_countries(FILE *to)
{
	const char *p = kh_store_countries;
	char iso3[8], number[16], name[160];
	bool any = false;
	fputs(",\"countries\":[", to);
	for (; *p; p = *p ? p + 1 : p) {
		size_t n = strcspn(p, "\t\n");
		if (n == 3) {
			snprintf(iso3, sizeof iso3, "%.3s", p);
			kh_table(kh_store_countries, iso3, KH_COUNTRY_ISONUM, number,
				 sizeof number);
			kh_table(kh_store_countries, iso3, KH_COUNTRY_NAME, name, sizeof name);
			fprintf(to, "%s[\"%s\",\"%s\",", any ? "," : "", iso3, number);
			kh_put_string(to, name);
			fputc(']', to);
			any = true;
		}
		p += strcspn(p, "\n");
	}
	fputc(']', to);
}

void kh_api_info(struct kh_ask *a)
{
	struct kh_store *s = a->v->o.store;
	const char *const *f = kh_export_formats();
	link_softly(s);
	fprintf(a->to, "{\"version\":\"%s\",\"stories\":%lld,\"reports\":%lld,\"incidents\":%lld",
		khabar_version(), number_of(s, "select count(*) from kh_story"),
		number_of(s, "select count(*) from kh_report"),
		number_of(s, "select count(*) from kh_incident"));
	fputs(",\"name\":", a->to);
	kh_put_string(a->to, a->v->o.path);
	fputs(",\"coder\":", a->to);
	kh_put_string(a->to, a->v->o.coder);
	fprintf(a->to, ",\"explains\":%s,\"formats\":[", a->v->o.explain ? "true" : "false");
	for (int i = 0; f[i]; i++)
		fprintf(a->to, "%s\"%s\"", i ? "," : "", f[i]);
	fputc(']', a->to);
	put_countries(a->to);
	fputc('}', a->to);
}

/* ---- incidents ------------------------------------------------------------------- */

struct column {
	const char *name;
	FILE *to;
	char *p;
	size_t n;
};

enum { COLUMNS = 20, AREA = 19 };
static const char incidents_sql[] =
	"select n, incident as id, event, country, place, first_day as day, last_day as last, "
	"actors, recipients, reports, stories, sources, certainty, contested, round(lat, 4) as "
	"lat, "
	"round(lon, 4) as lon, actor_countries as actor_land, recipient_countries as "
	"recipient_land, "
	"killed_high as killed, case when lat is not null then coalesce((select r.geonameid from "
	"kh_incident_report x join kh_report r on r.n = x.report where x.incident = i.n and r.lat "
	"is "
	"not null order by r.n + 0 limit 1), 0) end as area"
	" from kh_incident i order by coalesce(first_day, 0) desc, n desc";

static void put_value(FILE *to, struct kh_sql *q, int i)
{
	enum kh_sql_type type = kh_sql_type(q, i);
	if (type == KH_SQL_WHOLE || type == KH_SQL_REAL)
		fputs(kh_sql_text(q, i), to);
	else
		kh_put_string(to, kh_sql_text(q, i));
}

static bool is_area(struct kh_sql *q)
{
	return kh_store_is_area(kh_sql_type(q, AREA) != KH_SQL_NULL, kh_sql_int(q, AREA));
}

static bool gather(struct kh_sql *q, struct column *c)
{
	int code = KH_SQL_DONE;
	for (int i = 0; i < COLUMNS; i++) {
		c[i].name = kh_sql_name(q, i);
		c[i].to = open_memstream(&c[i].p, &c[i].n);
		if (!c[i].to)
			return false;
	}
	for (bool any = false; (code = kh_sql_step(q)) == KH_SQL_ROW; any = true)
		for (int i = 0; i < COLUMNS; i++) {
			if (any)
				putc_unlocked(',', c[i].to);
			if (i == AREA) /* the point is the middle of one */
				putc_unlocked(is_area(q) ? '1' : '0', c[i].to);
			else
				put_value(c[i].to, q, i);
		}
	return code == KH_SQL_DONE;
}

/* What changes whenever stories come, in this process or in another. */
static long long state_of(struct kh_store *s)
{
	return number_of(s, "select value from kh_state where name = 'linked'") * 65536 +
	       kh_store_others(s) % 65536;
}

/* One array for each column: a third of the bytes that objects would take. */
int kh_api_keep_incidents(struct kh_view *v)
{
	struct column c[COLUMNS] = {{0}};
	struct kh_store *s = v->o.store;
	link_softly(s);
	long long state = state_of(s);
	if (v->incidents && v->incidents_of == state)
		return 0;
	free(v->incidents);
	v->incidents = NULL;
	struct kh_sql *q = kh_store_sql(s, incidents_sql);
	FILE *to = q ? open_memstream(&v->incidents, &v->incidents_n) : NULL;
	bool fine = to && gather(q, c);
	for (int i = 0; i < COLUMNS; i++) {
		if (c[i].to)
			fclose(c[i].to);
		if (fine)
			fprintf(to, "%s\"%s\":[%s]", i ? "," : "{", c[i].name, c[i].p);
		free(c[i].p);
	}
	if (to)
		fputc('}', to);
	fine = to && fclose(to) == 0 && fine;
	kh_sql_end(q);
	v->incidents_of = state;
	if (fine)
		return 0;
	free(v->incidents);
	v->incidents = NULL;
	return -1;
}

void kh_api_incidents(struct kh_ask *a)
{
	if (kh_api_keep_incidents(a->v) != 0)
		fail_store(a);
	else
		fwrite(a->v->incidents, 1, a->v->incidents_n, a->to);
}

/* Which incidents have a report that answers: a bit for each number, and in JSON the numbers. */
void kh_api_match(struct kh_ask *a)
{
	struct kh_view *v = a->v;
	struct kh_query q;
	const char *seen = kh_ask_arg(a, "seen"); /* only what came after this report */
	if (!kh_ask_query(a, &q))
		return;
	long long state = state_of(v->o.store);
	bool fine = (v->match.bits && v->match_of == state) ||
		    kh_match_load(&v->match, v->o.store) == 0;
	v->match_of = state;
	fine = fine && kh_match_ask(&v->match, v->o.store, &q, seen ? atoll(seen) : 0) == 0;
	kh_query_free(&q);
	if (!fine) {
		fail_store(a);
		return;
	}
	if (kh_ask_arg(a, "bits")) {
		a->type = "application/octet-stream";
		fwrite(v->match.bits, 1, kh_match_bytes(&v->match), a->to);
		return;
	}
	const char *comma = "";
	fputs("{\"n\":[", a->to);
	for (size_t n = 0; n < v->match.incidents; n++)
		if (v->match.bits[n / 8] >> n % 8 & 1) {
			fprintf(a->to, "%s%zu", comma, n);
			comma = ",";
		}
	fputs("]}", a->to);
}

static const char incident_sql[] =
	"select r.record, x.why, s.story, s.title, s.source, s.published, s.url, r.id,"
	" kh_words(s.text, r.begin, r.\"end\") as words,"
	" i.contested, i.event, i.place, i.country, date(i.first_day * 86400, 'unixepoch'),"
	" i.incident from kh_incident i join kh_incident_report x on x.incident = i.n"
	" join kh_report r on r.n = x.report join kh_story s on s.n = r.story"
	" where i.incident = ?1 order by s.published_day nulls first, s.story, r.n";

static void put_report(FILE *to, struct kh_sql *q)
{
	static const char *const key[] = {"why",       "story", "title", "source",
					  "published", "url",	"id",	 "words"};
	fprintf(to, "{\"record\":%s", kh_sql_text(q, 0));
	for (int i = 0; i < 8; i++) {
		fprintf(to, ",\"%s\":", key[i]);
		kh_put_string(to, kh_sql_text(q, i + 1));
	}
	fputc('}', to);
}

/* All reports of an incident, the earliest published first. */
void kh_api_incident(struct kh_ask *a)
{
	static const char *const key[] = {"contested", "event", "place", "country", "day", "id"};
	const char *id = kh_ask_arg(a, "id");
	struct kh_sql *q = kh_store_sql(a->v->o.store, incident_sql);
	int code = KH_SQL_FAILED;
	bool any = false;
	if (q && id)
		kh_sql_put_text(q, 1, id, -1);
	for (; q && id && (code = kh_sql_step(q)) == KH_SQL_ROW; any = true) {
		for (int i = 0; i < 6 && !any; i++) {
			fprintf(a->to, "%s\"%s\":", i ? "," : "{", key[i]);
			kh_put_string(a->to, kh_sql_text(q, 9 + i));
		}
		fputs(any ? "," : ",\"reports\":[", a->to);
		put_report(a->to, q);
	}
	fputs("]}", a->to);
	kh_sql_end(q);
	if (q && (!id || !any))
		kh_ask_fail(a, MHD_HTTP_NOT_FOUND, "no incident of this id");
	else if (code != KH_SQL_DONE)
		fail_store(a);
}

/* ---- stories, why, files ----------------------------------------------------------- */

void kh_api_story(struct kh_ask *a)
{
	const char *id = kh_ask_arg(a, "id");
	char *json = id ? kh_store_story(a->v->o.store, id) : NULL;
	if (json)
		fputs(json, a->to);
	else
		kh_ask_fail(a, MHD_HTTP_NOT_FOUND, "no story of this id");
	free(json);
}

/* "STORY/4.0" without its tail. */
static char *story_of(const char *id)
{
	const char *slash = id ? strrchr(id, '/') : NULL;
	return slash ? strndup(id, (size_t)(slash - id)) : NULL;
}

void kh_api_explain(struct kh_ask *a)
{
	const char *id = kh_ask_arg(a, "id");
	char *name = story_of(id), *story = name ? kh_store_story(a->v->o.store, name) : NULL;
	char *why = story && a->v->o.explain ? a->v->o.explain(a->v->o.ctx, story, id) : NULL;
	if (why) {
		a->type = "text/plain; charset=utf-8";
		fputs(why, a->to);
	} else {
		kh_ask_fail(a, MHD_HTTP_NOT_FOUND,
			    !story ? "no report of this id"
				   : "this version and its model do not make the report again");
	}
	free(why);
	free(story);
	free(name);
}

/* A name for the file that tells what was asked: khabar-event_ASSAULT-since_2026.csv */
static void name_file(struct kh_ask *a, const char *format)
{
	const char *q = kh_ask_arg(a, "q");
	char words[80] = "";
	size_t n = 0;
	for (; q && *q && n + 1 < sizeof words; q++) {
		bool plain = (*q >= 'a' && *q <= 'z') || (*q >= 'A' && *q <= 'Z') ||
			     (*q >= '0' && *q <= '9') || *q == '-';
		words[n++] = plain ? *q : *q == ' ' ? '-' : '_';
	}
	words[n] = 0;
	snprintf(a->file, sizeof a->file, "attachment; filename=\"khabar%s%s.%s\"", n ? "-" : "",
		 words,
		 strcmp(format, "jsonl") == 0 ? "jsonl"
		 : strcmp(format, "csv") == 0 || strcmp(format, "acled") == 0 ||
				 strcmp(format, "ged") == 0
			 ? "csv"
			 : "tsv");
}

void kh_api_export(struct kh_ask *a)
{
	const char *format = kh_ask_arg(a, "format"), *all = kh_ask_arg(a, "all");
	const char *const *f = kh_export_formats();
	struct kh_query q;
	while (*f && format && strcmp(*f, format) != 0)
		f++;
	if (!format || !*f) {
		kh_ask_fail(a, MHD_HTTP_BAD_REQUEST, "no such format");
		return;
	}
	if (!kh_ask_query(a, &q))
		return;
	struct kh_export e = {.format = format, .query = &q, .all = all && strcmp(all, "1") == 0};
	a->type = "application/octet-stream";
	name_file(a, format);
	if (kh_store_export(a->v->o.store, &e, a->to) < 0)
		fail_store(a);
	kh_query_free(&q);
}
