/* Formats whose row is an incident: ACLED and UCDP GED. In: linked reports. Out: a row for each
 * incident with at least one report that answers. Figures: the lowest of the latest report that
 * gives one; the range stands apart. */
#include <json-c/json.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "store/export.h"

typedef struct json_object js;

struct incident {
	js *record; /* of its first report */
	const char *id, *first, *last, *country, *place, *sources, *words, *title, *said_by,
		*published, *actors;
	long long number, killed, low, high; /* -1: not told */
	double lat, lon;
	bool point;
	int n_sources;
};

static bool has(js *array, const char *value)
{
	for (size_t i = 0; array && i < json_object_array_length(array); i++)
		if (strcmp(json_object_get_string(json_object_array_get_idx(array, i)), value) == 0)
			return true;
	return false;
}

static js *first_of(const struct incident *x, const char *side)
{
	js *array = kh_get(x->record, side);
	return array ? json_object_array_get_idx(array, 0) : NULL;
}

static const char *name_of(js *a)
{
	return kh_get_text(a, "name") ? kh_get_text(a, "name") : kh_get_text(a, "text");
}

/* ACLED's kinds of actors, 1 to 8; 0: nobody. */
static int inter(js *a, const char *event, bool riot)
{
	js *s = kh_get(a, "sectors");
	if (!a)
		return 0;
	if (has(s, "MIL") || has(s, "COP") || has(s, "GOV") || has(s, "SPY") || has(s, "JUD"))
		return 1;
	if (has(s, "REB"))
		return 2;
	if (has(s, "PRM") || has(s, "UAF") || has(s, "CRM") || has(s, "PTY"))
		return 3;
	if (strcmp(event, "PROTEST") == 0)
		return riot ? 5 : 6;
	return kh_get_text(a, "country") && !s ? 8 : 7;
}

static bool armed(js *a)
{
	js *s = kh_get(a, "sectors");
	return has(s, "MIL") || has(s, "REB") || has(s, "UAF") || has(s, "PRM");
}

/* event_type and sub_event_type; false: ACLED has no place for it. */
static bool acled_type(const struct incident *x, const char **type, const char **sub)
{
	static const struct {
		const char *event, *mode, *type, *sub;
	} map[] = {
		{"ASSAULT", "suicide-attack", "Explosions/Remote violence", "Suicide bomb"},
		{"ASSAULT", "aerial", "Explosions/Remote violence", "Air/drone strike"},
		{"ASSAULT", "drone", "Explosions/Remote violence", "Air/drone strike"},
		{"ASSAULT", "heavy-weapons", "Explosions/Remote violence",
		 "Shelling/artillery/missile attack"},
		{"ASSAULT", "unconventional", "Explosions/Remote violence", "Chemical weapon"},
		{"ASSAULT", "explosives", "Explosions/Remote violence",
		 "Remote explosive/landmine/IED"},
		{"ASSAULT", "abduct", "Violence against civilians",
		 "Abduction/forced disappearance"},
		{"ASSAULT", "sexual", "Violence against civilians", "Sexual violence"},
		{"ASSAULT", "destroy", "Strategic developments", "Looting/property destruction"},
		{"PROTEST", "riot", "Riots", "Violent demonstration"},
		{"PROTEST", "vandalize", "Riots", "Violent demonstration"},
		{"PROTEST", NULL, "Protests", "Peaceful protest"},
		{"COERCE", "arrest", "Strategic developments", "Arrests"},
		{"COERCE", "seize", "Strategic developments", "Looting/property destruction"},
		{"AGREE", NULL, "Strategic developments", "Agreement"},
		{"RETREAT", NULL, "Strategic developments", "Change to group/activity"},
		{"MOBILIZE", NULL, "Strategic developments", "Change to group/activity"},
	};
	const char *event = kh_get_text(x->record, "event");
	js *modes = kh_get(x->record, "modes");
	for (size_t i = 0; i < sizeof map / sizeof *map; i++)
		if (strcmp(event, map[i].event) == 0 && (!map[i].mode || has(modes, map[i].mode))) {
			*type = map[i].type;
			*sub = map[i].sub;
			return true;
		}
	if (strcmp(event, "ASSAULT") != 0)
		return false;
	bool battle = armed(first_of(x, "actors")) && armed(first_of(x, "recipients"));
	*type = battle ? "Battles" : "Violence against civilians";
	*sub = battle ? "Armed clash" : "Attack";
	return true;
}

static const char *disorder(const char *type)
{
	if (strcmp(type, "Protests") == 0)
		return "Demonstrations";
	if (strcmp(type, "Riots") == 0)
		return "Demonstrations; Political violence";
	return strcmp(type, "Strategic developments") == 0 ? "Strategic developments"
							   : "Political violence";
}

static void where(struct kh_row *r, const struct incident *x, const char *lat, const char *lon)
{
	if (!x->point)
		return;
	kh_row_print(r, lat, "%.4f", x->lat);
	kh_row_print(r, lon, "%.4f", x->lon);
}

static bool is_area(const struct incident *x)
{
	js *id = kh_get(kh_get(x->record, "place"), "geonameid");
	return kh_store_is_area(x->point, json_object_get_int64(id));
}

static bool acled(struct kh_row *r, const struct incident *x)
{
	const char *type, *sub, *event = kh_get_text(x->record, "event");
	char z[200];
	if (!acled_type(x, &type, &sub))
		return false;
	bool riot = strcmp(type, "Riots") == 0;
	js *a = first_of(x, "actors"), *b = first_of(x, "recipients");
	int i1 = inter(a, event, riot), i2 = inter(b, event, riot);
	kh_row_print(r, "event_id_cnty", "%s%lld", x->country ? x->country : "", x->number);
	kh_row_put(r, "event_date", x->first);
	kh_row_print(r, "year", "%.4s", x->first ? x->first : "");
	kh_row_put(r, "time_precision", x->first ? "1" : "");
	kh_row_put(r, "disorder_type", disorder(type));
	kh_row_put(r, "event_type", type);
	kh_row_put(r, "sub_event_type", sub);
	kh_row_put(r, "actor1", name_of(a));
	kh_row_print(r, "inter1", "%d", i1);
	kh_row_put(r, "actor2", name_of(b));
	kh_row_print(r, "inter2", "%d", i2);
	kh_row_print(r, "interaction", "%d%d", !i1 || (i2 && i2 < i1) ? i2 : i1,
		     !i1 || (i2 && i2 < i1) ? i1 : i2);
	if (i2 == 7 && strcmp(event, "ASSAULT") == 0)
		kh_row_put(r, "civilian_targeting", "Civilian targeting");
	kh_row_put(r, "iso",
		   kh_table(kh_store_countries, x->country, KH_COUNTRY_ISONUM, z, sizeof z));
	kh_row_put(r, "country",
		   kh_table(kh_store_countries, x->country, KH_COUNTRY_NAME, z, sizeof z));
	kh_row_put(r, "location", x->place);
	where(r, x, "latitude", "longitude");
	kh_row_put(r, "geo_precision",
		   !x->point	? (x->country ? "3" : "")
		   : is_area(x) ? "2"
				: "1");
	kh_row_put(r, "source", x->sources);
	kh_row_put(r, "notes", x->words);
	kh_row_print(r, "fatalities", "%lld", x->killed > 0 ? x->killed : 0);
	if (x->low >= 0 && x->high >= 0)
		kh_row_print(r, "tags", "killed=%lld-%lld", x->low, x->high);
	kh_row_put(r, "timestamp", x->published);
	return true;
}

static int violence(js *a, js *b)
{
	bool state = has(kh_get(a, "sectors"), "MIL") || has(kh_get(b, "sectors"), "MIL") ||
		     has(kh_get(a, "sectors"), "GOV") || has(kh_get(b, "sectors"), "GOV");
	if (!armed(b))
		return 3;
	return state ? 1 : 2;
}

static bool ged(struct kh_row *r, const struct incident *x)
{
	js *a = first_of(x, "actors"), *b = first_of(x, "recipients");
	char z[200], dyad[400];
	if (strcmp(kh_get_text(x->record, "event"), "ASSAULT") != 0 || x->killed <= 0)
		return false;
	kh_row_print(r, "id", "%lld", x->number);
	kh_row_put(r, "relid", x->id);
	kh_row_print(r, "year", "%.4s", x->first ? x->first : "");
	kh_row_put(r, "active_year", "1");
	kh_row_put(r, "code_status", "Clear");
	kh_row_print(r, "type_of_violence", "%d", violence(a, b));
	snprintf(dyad, sizeof dyad, "%s - %s", a ? name_of(a) : "Unknown",
		 b ? name_of(b) : "Civilians");
	kh_row_put(r, "dyad_name", dyad);
	kh_row_put(r, "side_a", a ? name_of(a) : "Unknown");
	kh_row_put(r, "side_b", b ? name_of(b) : "Civilians");
	kh_row_print(r, "number_of_sources", "%d", x->n_sources);
	kh_row_put(r, "source_article", x->words);
	kh_row_put(r, "source_office", x->sources);
	kh_row_print(r, "source_date", "%.10s", x->published ? x->published : "");
	kh_row_put(r, "source_headline", x->title);
	kh_row_put(r, "source_original", x->said_by);
	kh_row_put(r, "where_prec", !x->point ? "6" : is_area(x) ? "4" : "1");
	kh_row_put(r, "where_coordinates", x->place);
	where(r, x, "latitude", "longitude");
	if (x->point) {
		kh_row_print(r, "geom_wkt", "POINT (%.4f %.4f)", x->lon, x->lat);
		kh_row_print(r, "priogrid_gid", "%.0f",
			     floor((x->lat + 90) * 2) * 720 + floor((x->lon + 180) * 2) + 1);
	}
	kh_row_put(r, "country",
		   kh_table(kh_store_countries, x->country, KH_COUNTRY_NAME, z, sizeof z));
	kh_row_put(r, "country_id",
		   kh_table(kh_store_countries, x->country, KH_COUNTRY_GW, z, sizeof z));
	kh_row_put(r, "event_clarity", "1");
	kh_row_put(r, "date_prec",
		   x->first && x->last && strcmp(x->first, x->last) == 0 ? "1" : "2");
	kh_row_put(r, "date_start", x->first);
	kh_row_put(r, "date_end", x->last);
	kh_row_print(r, "deaths_unknown", "%lld", x->killed);
	kh_row_print(r, "best", "%lld", x->killed);
	kh_row_print(r, "high", "%lld", x->high > x->killed ? x->high : x->killed);
	kh_row_print(r, "low", "%lld", x->low >= 0 && x->low < x->killed ? x->low : x->killed);
	return true;
}

static const char incident_sql[] =
	"select i.n, i.incident, date(i.first_day * 86400, 'unixepoch'), date(i.last_day * 86400, "
	"'unixepoch'),"
	" i.country, i.place, i.sources,"
	" (select group_concat(x, '; ') from (select distinct s.source as x from "
	"kh_incident_report y join kh_report r"
	"  on r.n = y.report join kh_story s on s.n = r.story where y.incident = i.n and s.source "
	"is not null order by 1) t),"
	" (select coalesce(c.low, c.high) from kh_incident_report y join kh_report r on r.n = "
	"y.report join kh_story s on"
	"  s.n = r.story join kh_count c on c.report = r.n where y.incident = i.n and c.kind = "
	"'killed' and"
	"  r.certainty <> 'denied' order by s.published_day desc nulls last, s.story desc, r.n "
	"desc limit 1),"
	" (select min(coalesce(c.low, c.high)) from kh_incident_report y join kh_count c on "
	"c.report "
	"= y.report"
	"  where y.incident = i.n and c.kind = 'killed'),"
	" (select max(coalesce(c.high, c.low)) from kh_incident_report y join kh_count c on "
	"c.report "
	"= y.report"
	"  where y.incident = i.n and c.kind = 'killed'),"
	" r.record, r.lat, r.lon, kh_words(s.text, r.begin, r.\"end\"), s.title,"
	" r.said_by, s.published from kh_incident i join kh_report r on r.n = (select y.report "
	"from kh_incident_report y"
	"  join kh_report z on z.n = y.report where y.incident = i.n order by z.lat is null, z.n "
	"limit 1)"
	" join kh_story s on s.n = r.story where i.n in (";

static void read_incident(struct kh_sql *q, struct incident *x)
{
	const char **const z[] = {&x->id, &x->first, &x->last, &x->country, &x->place};
	memset(x, 0, sizeof *x);
	x->number = kh_sql_int(q, 0);
	for (int i = 0; i < 5; i++)
		*z[i] = kh_sql_text(q, i + 1);
	x->n_sources = (int)kh_sql_int(q, 6);
	x->sources = kh_sql_text(q, 7);
	long long *const n[] = {&x->killed, &x->low, &x->high};
	for (int i = 0; i < 3; i++)
		*n[i] = kh_sql_type(q, 8 + i) == KH_SQL_NULL ? -1 : kh_sql_int(q, 8 + i);
	x->record = json_tokener_parse(kh_sql_text(q, 11));
	x->point = kh_sql_type(q, 12) != KH_SQL_NULL;
	x->lat = kh_sql_real(q, 12);
	x->lon = kh_sql_real(q, 13);
	x->words = kh_sql_text(q, 14);
	x->title = kh_sql_text(q, 15);
	x->said_by = kh_sql_text(q, 16);
	x->published = kh_sql_text(q, 17);
}

long kh_export_incidents(struct kh_store *s, const struct kh_export *e, FILE *to)
{
	char what[6000];
	struct incident x;
	long n = 0;
	int code;
	struct kh_row *row = malloc(sizeof *row);
	bool is_acled = strcmp(e->format, "acled") == 0;
	snprintf(what, sizeof what, "%sselect x.incident", incident_sql);
	struct kh_sql *q = kh_export_rows(s, e, what, ") order by i.first_day nulls first, i.n");
	if (!row || !q || !kh_row_begin(row, e->format, "")) {
		free(row);
		kh_sql_end(q);
		return -1;
	}
	kh_row_header(row, to);
	while ((code = kh_sql_step(q)) == KH_SQL_ROW) {
		read_incident(q, &x);
		kh_row_clear(row);
		if (x.record && (is_acled ? acled(row, &x) : ged(row, &x))) {
			kh_row_write(row, to);
			n++;
		}
		json_object_put(x.record);
	}
	kh_sql_end(q);
	free(row);
	return code == KH_SQL_DONE ? n : -1;
}
