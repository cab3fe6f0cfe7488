/* Formats whose row is a coded event: GDELT 2.0 events and mentions, Phoenix, ICEWS, POLECAT. In:
 * reports. Out: rows; a report with several actors and recipients becomes their pairs where the
 * format knows only pairs. */
#include <ctype.h>
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "store/export.h"

typedef struct json_object js;

struct out { /* what a row is made from */
	struct kh_row *row;
	const struct kh_ereport *r;
	const char *scale;
	FILE *to;
	long n;
};

static js *item(js *array, size_t i)
{
	return array && i < json_object_array_length(array) ? json_object_array_get_idx(array, i)
							    : NULL;
}

static size_t count(js *array)
{
	return array && json_object_is_type(array, json_type_array)
		       ? json_object_array_length(array)
		       : 0;
}

/* Countries of PLOVER that are no countries. */
static bool is_bloc(const char *code)
{
	static const char *const bloc[] = {"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"};
	for (size_t i = 0; code && i < sizeof bloc / sizeof *bloc; i++)
		if (strcmp(code, bloc[i]) == 0)
			return true;
	return false;
}

static const char *cameo_country(const char *iso, char to[16])
{
	if (!iso || is_bloc(iso))
		snprintf(to, 16, "%s", iso ? iso : "");
	else if (!kh_table(kh_store_countries, iso, KH_COUNTRY_CAMEO, to, 16)[0])
		snprintf(to, 16, "%.3s", iso);
	return to;
}

/* PLOVER's sector in CAMEO; "" when CAMEO has none. */
static const char *cameo_sector(const char *plover)
{
	static const char *const map[][2] = {{"JRN", "MED"}, {"MED", "HLH"}, {"PRM", "MIL"},
					     {"UNK", ""},    {"SOC", "CVL"}, {"REL", ""},
					     {"PRE", ""}};
	for (size_t i = 0; i < sizeof map / sizeof *map; i++)
		if (strcmp(plover, map[i][0]) == 0)
			return map[i][1];
	return plover;
}

static uint64_t hash(const char *z, unsigned pair)
{
	uint64_t h = 14695981039346656037u;
	for (; *z; z++)
		h = (h ^ (unsigned char)*z) * 1099511628211u;
	h = (h ^ pair) * 1099511628211u;
	h ^= h >> 32;
	return h & 0x7fffffffffffffffu;
}

static int day_of(const struct kh_ereport *r)
{
	return r->day != KH_EXPORT_NO_DAY ? r->day : r->published_day;
}

static void digits(const char *iso, char to[9])
{
	snprintf(to, 9, "%.4s%.2s%.2s", iso, iso + 5, iso + 8);
}

/* ---- GDELT ------------------------------------------------------------------ */

static void gdelt_actor(struct out *o, int side, js *a)
{
	char column[32], whole[32] = "", code[16], upper[256];
	const char *country = kh_get_text(a, "country"), *name = kh_get_text(a, "name");
	unsigned types = 0;
	if (!a)
		return;
	cameo_country(country, code);
	snprintf(whole, sizeof whole, "%s", code);
	snprintf(column, sizeof column,
		 is_bloc(country) ? "Actor%dKnownGroupCode" : "Actor%dCountryCode", side);
	kh_row_put(o->row, column, code);
	for (size_t i = 0; i < count(kh_get(a, "sectors")); i++) {
		const char *s = cameo_sector(json_object_get_string(item(kh_get(a, "sectors"), i)));
		if (!*s || types == 3)
			continue;
		snprintf(column, sizeof column, "Actor%dType%uCode", side, ++types);
		kh_row_put(o->row, column, s);
		snprintf(whole + strlen(whole), sizeof whole - strlen(whole), "%s", s);
	}
	snprintf(column, sizeof column, "Actor%dCode", side);
	kh_row_put(o->row, column, whole);
	snprintf(upper, sizeof upper, "%s", name ? name : kh_get_text(a, "text"));
	for (char *p = upper; *p; p++)
		*p = (char)toupper((unsigned char)*p);
	snprintf(column, sizeof column, "Actor%dName", side);
	kh_row_put(o->row, column, upper);
}

static void gdelt_place(struct out *o, js *place)
{
	char name[200], fips[16];
	const char *iso = kh_get_text(place, "country"), *town = kh_get_text(place, "name");
	if (!place)
		return;
	kh_table(kh_store_countries, iso, KH_COUNTRY_NAME, name, sizeof name);
	bool point = kh_get(place, "lat") != NULL;
	kh_row_put(o->row, "ActionGeo_Type",
		   !point			    ? "1"
		   : iso && strcmp(iso, "USA") == 0 ? "3"
						    : "4");
	if (point && town)
		kh_row_print(o->row, "ActionGeo_FullName", "%s%s%s", town, name[0] ? ", " : "",
			     name);
	else
		kh_row_put(o->row, "ActionGeo_FullName", name);
	kh_row_put(o->row, "ActionGeo_CountryCode",
		   kh_table(kh_store_countries, iso, KH_COUNTRY_FIPS, fips, 16));
	kh_row_put(o->row, "ActionGeo_ADM1Code", fips);
	kh_row_put(o->row, "ActionGeo_Lat", kh_get_text(place, "lat"));
	kh_row_put(o->row, "ActionGeo_Long", kh_get_text(place, "lon"));
	if (kh_get(place, "geonameid"))
		kh_row_print(o->row, "ActionGeo_FeatureID", "GN%s",
			     kh_get_text(place, "geonameid"));
}

static void gdelt_code(struct out *o, const char *cameo)
{
	char scale[16];
	static const char quad[] = "011111222233333444444"; /* by root, 01 to 20 */
	int root = atoi((const char[]){cameo[0], cameo[1], 0});
	unsigned column = o->scale && strcmp(o->scale, "icews") == 0	 ? KH_CAMEO_ICEWS
			  : o->scale && strcmp(o->scale, "phoenix") == 0 ? KH_CAMEO_PHOENIX
									 : KH_CAMEO_GDELT;
	kh_row_put(o->row, "EventCode", cameo);
	kh_row_print(o->row, "EventBaseCode", "%.3s", cameo);
	kh_row_print(o->row, "EventRootCode", "%.2s", cameo);
	kh_row_print(o->row, "QuadClass", "%c", root >= 1 && root <= 20 ? quad[root] : '0');
	kh_row_put(o->row, "GoldsteinScale",
		   kh_table(kh_store_cameo, cameo, column, scale, sizeof scale));
}

static void gdelt(struct out *o, js *actor, js *recipient, unsigned pair)
{
	const struct kh_ereport *r = o->r;
	char iso[11], day[9];
	int64_t begin = json_object_get_int64(item(kh_get(r->record, "span"), 0));
	const char *paragraph = strstr(r->text, "\n\n");
	kh_row_print(o->row, "GLOBALEVENTID", "%llu", (unsigned long long)hash(r->id, pair));
	if (day_of(r) != KH_EXPORT_NO_DAY) {
		kh_day_text(day_of(r), iso);
		digits(iso, day);
		int y = atoi((const char[]){iso[0], iso[1], iso[2], iso[3], 0});
		int m = atoi((const char[]){iso[5], iso[6], 0}), d = atoi(iso + 8);
		kh_row_put(o->row, "SQLDATE", day);
		kh_row_print(o->row, "MonthYear", "%.6s", day);
		kh_row_print(o->row, "Year", "%.4s", day);
		kh_row_print(o->row, "FractionDate", "%.4f", y + (m * 30 + d) / 365.0);
	}
	gdelt_actor(o, 1, actor);
	gdelt_actor(o, 2, recipient);
	kh_row_put(o->row, "IsRootEvent", !paragraph || begin < paragraph - r->text ? "1" : "0");
	gdelt_code(o, kh_get_text(r->record, "cameo") ? kh_get_text(r->record, "cameo") : "00");
	kh_row_print(o->row, "NumMentions", "%d", r->reports);
	kh_row_print(o->row, "NumSources", "%d", r->sources);
	kh_row_print(o->row, "NumArticles", "%d", r->stories);
	kh_row_put(o->row, "AvgTone", "0.0"); /* not measured: see khabar-export(1) */
	gdelt_place(o, kh_get(r->record, "place"));
	if (r->published_day != KH_EXPORT_NO_DAY) {
		kh_day_text(r->published_day, iso);
		digits(iso, day);
		kh_row_print(o->row, "DATEADDED", "%s000000", day);
	}
	kh_row_put(o->row, "SOURCEURL", r->url ? r->url : r->file);
}

/* Characters, not bytes, before a byte of the text; -1 where there is no span. */
static long characters(const char *text, js *o)
{
	js *at = kh_get(o, "span");
	if (!at)
		return -1;
	int64_t n = json_object_get_int64(json_object_array_get_idx(at, 0));
	long c = 0;
	for (int64_t i = 0; i < n && text[i]; i++)
		c += ((unsigned char)text[i] & 0xc0) != 0x80;
	return c;
}

static void mention(struct out *o, js *actor, js *recipient, unsigned pair)
{
	const struct kh_ereport *r = o->r;
	char iso[11], day[9] = "";
	long length = 0;
	for (const char *p = r->text; *p; p++)
		length += ((unsigned char)*p & 0xc0) != 0x80;
	if (r->published_day != KH_EXPORT_NO_DAY) {
		kh_day_text(r->published_day, iso);
		digits(iso, day);
		kh_row_print(o->row, "EventTimeDate", "%s000000", day);
		kh_row_print(o->row, "MentionTimeDate", "%s000000", day);
	}
	kh_row_print(o->row, "GLOBALEVENTID", "%llu", (unsigned long long)hash(r->id, pair));
	kh_row_put(o->row, "MentionType", r->url ? "1" : "2");
	kh_row_put(o->row, "MentionSourceName", r->source);
	kh_row_put(o->row, "MentionIdentifier", r->url ? r->url : r->file);
	kh_row_print(o->row, "SentenceID", "%d",
		     json_object_get_int(kh_get(r->record, "sentence")) + 1);
	kh_row_print(o->row, "Actor1CharOffset", "%ld", characters(r->text, actor));
	kh_row_print(o->row, "Actor2CharOffset", "%ld", characters(r->text, recipient));
	kh_row_print(o->row, "ActionCharOffset", "%ld",
		     characters(r->text, kh_get(r->record, "trigger")));
	kh_row_put(o->row, "InRawText", "1");
	kh_row_print(o->row, "Confidence", "%d",
		     json_object_get_int(kh_get(r->record, "sure")) / 10);
	kh_row_print(o->row, "MentionDocLen", "%ld", length);
	kh_row_put(o->row, "MentionDocTone", "0.0");
}

/* ---- Phoenix and ICEWS --------------------------------------------------------- */

static void phoenix_actor(struct out *o, const char *side, js *a)
{
	static const char roles[] = "GOV MIL REB OPP PTY COP JUD SPY MED EDU BUS CRM CVL";
	char column[32], entity[16], full[32], rest[64] = "", role[8] = "";
	if (!a)
		return;
	cameo_country(kh_get_text(a, "country"), entity);
	snprintf(full, sizeof full, "%s", entity[0] ? entity : "---");
	for (size_t i = 0; i < count(kh_get(a, "sectors")); i++) {
		const char *s = cameo_sector(json_object_get_string(item(kh_get(a, "sectors"), i)));
		if (!*s)
			continue;
		snprintf(full + strlen(full), sizeof full - strlen(full), "%s", s);
		if (!role[0] && strstr(roles, s))
			snprintf(role, sizeof role, "%s", s);
		else
			snprintf(rest + strlen(rest), sizeof rest - strlen(rest), "%s%s",
				 rest[0] ? ";" : "", s);
	}
	snprintf(column, sizeof column, "%sActorFull", side);
	kh_row_put(o->row, column, strcmp(full, "---") == 0 ? "" : full);
	snprintf(column, sizeof column, "%sActorEntity", side);
	kh_row_put(o->row, column, entity);
	snprintf(column, sizeof column, "%sActorRole", side);
	kh_row_put(o->row, column, role);
	snprintf(column, sizeof column, "%sActorAttribute", side);
	kh_row_put(o->row, column, rest);
}

static void phoenix(struct out *o, js *actor, js *recipient, unsigned pair)
{
	const struct kh_ereport *r = o->r;
	static const char quad[] = "000111222333334434444"; /* by root; 16 is verbal */
	const char *cameo = kh_get_text(r->record, "cameo");
	js *place = kh_get(r->record, "place");
	char iso[11], z[200];
	int root = cameo ? atoi((const char[]){cameo[0], cameo[1], 0}) : 0;
	kh_row_print(o->row, "EventID", "%llu_1", (unsigned long long)hash(r->id, pair));
	if (day_of(r) != KH_EXPORT_NO_DAY) {
		kh_day_text(day_of(r), iso);
		kh_row_print(o->row, "Date", "%.4s%.2s%.2s", iso, iso + 5, iso + 8);
		kh_row_print(o->row, "Year", "%.4s", iso);
		kh_row_print(o->row, "Month", "%.2s", iso + 5);
		kh_row_print(o->row, "Day", "%.2s", iso + 8);
	}
	phoenix_actor(o, "Source", actor);
	phoenix_actor(o, "Target", recipient);
	kh_row_put(o->row, "EventCode", cameo);
	kh_row_print(o->row, "EventRootCode", "%.2s", cameo ? cameo : "");
	kh_row_print(o->row, "QuadClass", "%c", root >= 1 && root <= 20 ? quad[root] : '0');
	kh_row_put(o->row, "GoldsteinScore",
		   kh_table(kh_store_cameo, cameo, KH_CAMEO_PHOENIX, z, sizeof z));
	kh_row_put(o->row, "Lat", kh_get_text(place, "lat"));
	kh_row_put(o->row, "Lon", kh_get_text(place, "lon"));
	kh_row_put(o->row, "LocationName", kh_get_text(place, "name"));
	kh_row_put(o->row, "CountryCode",
		   kh_table(kh_store_countries, kh_get_text(place, "country"), KH_COUNTRY_NAME, z,
			    sizeof z));
	kh_row_print(o->row, "SentenceID", "%s_%d", r->story,
		     json_object_get_int(kh_get(r->record, "sentence")));
	kh_row_put(o->row, "URLs", r->url);
	kh_row_put(o->row, "NewsSources", r->source);
}

static const char *sector_name(const char *code)
{
	static const char *const name[][2] = {
		{"COP", "Police"},
		{"GOV", "Government"},
		{"MIL", "Military"},
		{"JUD", "Judicial"},
		{"LEG", "Legislative / Parliamentary"},
		{"SPY", "Intelligence"},
		{"PRM", "Paramilitary"},
		{"REB", "Rebel"},
		{"UAF", "Unidentified Armed Force"},
		{"UNK", "Unidentified"},
		{"PTY", "Parties"},
		{"OPP", "Opposition"},
		{"CVL", "Civilian"},
		{"SOC", "Social"},
		{"BUS", "Business"},
		{"LAB", "Labor"},
		{"AGR", "Agricultural"},
		{"CRM", "Criminals / Gangs"},
		{"EDU", "Education"},
		{"ELI", "Elite"},
		{"REL", "Religious"},
		{"REF", "Refugees / Displaced"},
		{"PRE", "Partially Recognized"},
		{"JRN", "News Media"},
		{"MED", "Medical / Health"},
	};
	for (size_t i = 0; i < sizeof name / sizeof *name; i++)
		if (strcmp(code, name[i][0]) == 0)
			return name[i][1];
	return code;
}

static void icews_actor(struct out *o, const char *side, js *a)
{
	char column[32], list[256] = "", country[100];
	if (!a)
		return;
	for (size_t i = 0; i < count(kh_get(a, "sectors")); i++)
		snprintf(list + strlen(list), sizeof list - strlen(list), "%s%s", i ? "," : "",
			 sector_name(json_object_get_string(item(kh_get(a, "sectors"), i))));
	kh_table(kh_store_countries, kh_get_text(a, "country"), KH_COUNTRY_NAME, country,
		 sizeof country);
	const char *name = kh_get_text(a, "name") ? kh_get_text(a, "name") : kh_get_text(a, "text");
	snprintf(column, sizeof column, "%s Name", side);
	if (country[0] && strcmp(country, name) != 0)
		kh_row_print(o->row, column, "%s (%s)", name, country);
	else
		kh_row_put(o->row, column, name);
	snprintf(column, sizeof column, "%s Sectors", side);
	kh_row_put(o->row, column, list);
	snprintf(column, sizeof column, "%s Country", side);
	kh_row_put(o->row, column, country);
}

static void icews(struct out *o, js *actor, js *recipient, unsigned pair)
{
	const struct kh_ereport *r = o->r;
	const char *cameo = kh_get_text(r->record, "cameo");
	js *place = kh_get(r->record, "place");
	char iso[11], z[200];
	unsigned column = o->scale && strcmp(o->scale, "gdelt") == 0	 ? KH_CAMEO_GDELT
			  : o->scale && strcmp(o->scale, "phoenix") == 0 ? KH_CAMEO_PHOENIX
									 : KH_CAMEO_ICEWS;
	kh_row_print(o->row, "Event ID", "%llu", (unsigned long long)hash(r->id, pair));
	if (day_of(r) != KH_EXPORT_NO_DAY) {
		kh_day_text(day_of(r), iso);
		kh_row_put(o->row, "Event Date", iso);
	}
	icews_actor(o, "Source", actor);
	icews_actor(o, "Target", recipient);
	kh_row_put(o->row, "Event Text",
		   kh_table(kh_store_cameo, cameo, KH_CAMEO_LABEL, z, sizeof z));
	kh_row_put(o->row, "CAMEO Code", cameo);
	kh_row_put(o->row, "Intensity", kh_table(kh_store_cameo, cameo, column, z, sizeof z));
	kh_row_put(o->row, "Story ID", r->story);
	kh_row_print(o->row, "Sentence Number", "%d",
		     json_object_get_int(kh_get(r->record, "sentence")) + 1);
	kh_row_put(o->row, "Publisher", r->source);
	if (kh_get(place, "lat"))
		kh_row_put(o->row, "City", kh_get_text(place, "name"));
	kh_row_put(o->row, "Country",
		   kh_table(kh_store_countries, kh_get_text(place, "country"), KH_COUNTRY_NAME, z,
			    sizeof z));
	kh_row_put(o->row, "Latitude", kh_get_text(place, "lat"));
	kh_row_put(o->row, "Longitude", kh_get_text(place, "lon"));
}

/* ---- POLECAT ---------------------------------------------------------------------- */

struct list {
	char p[2000];
	size_t n;
};

static void join(struct list *l, bool first, const char *z)
{
	int k = snprintf(l->p + l->n, sizeof l->p - l->n, "%s%s", first ? "" : "; ",
			 z && *z ? z : "None");
	if (k > 0 && l->n + (size_t)k < sizeof l->p)
		l->n += (size_t)k;
}

/* The lists keep step with one another: the n-th country belongs to the n-th name. */
static void polecat_side(struct out *o, const char *side, js *array)
{
	struct list name = {{0}, 0}, country = {{0}, 0}, cow = {{0}, 0}, first = {{0}, 0},
		    all = {{0}, 0}, raw = {{0}, 0};
	char column[48], code[16];
	for (size_t i = 0; i < count(array); i++) {
		js *a = item(array, i), *sectors = kh_get(a, "sectors");
		struct list own = {{0}, 0};
		for (size_t k = 0; k < count(sectors); k++)
			snprintf(own.p + strlen(own.p), sizeof own.p - strlen(own.p), "%s%s",
				 k ? ", " : "", json_object_get_string(item(sectors, k)));
		join(&name, i == 0,
		     kh_get_text(a, "name") ? kh_get_text(a, "name") : kh_get_text(a, "text"));
		join(&country, i == 0, kh_get_text(a, "country"));
		join(&cow, i == 0,
		     kh_table(kh_store_countries, kh_get_text(a, "country"), KH_COUNTRY_COW, code,
			      sizeof code));
		join(&first, i == 0,
		     count(sectors) ? json_object_get_string(item(sectors, 0)) : NULL);
		join(&all, i == 0, own.p);
		join(&raw, i == 0, kh_get_text(a, "text"));
	}
	const struct list *const list[] = {&name, &country, &cow, &first, &all, &raw};
	static const char *const after[] = {"Name", "Country", "COW", NULL, "Sectors", "Name Raw"};
	for (size_t i = 0; i < 6; i++) {
		if (after[i])
			snprintf(column, sizeof column, "%s %s", side, after[i]);
		else
			snprintf(column, sizeof column, "Primary %s Sector", side);
		kh_row_put(o->row, column, list[i]->p);
	}
}

static void joined(struct out *o, const char *column, js *array)
{
	struct list l = {{0}, 0};
	for (size_t i = 0; i < count(array); i++)
		join(&l, i == 0, json_object_get_string(item(array, i)));
	kh_row_put(o->row, column, l.p);
}

static void polecat(struct out *o, js *actor, js *recipient, unsigned pair)
{
	static const char *const quad[] = {"", "VERBAL COOPERATION", "MATERIAL COOPERATION",
					   "VERBAL CONFLICT", "MATERIAL CONFLICT"};
	const struct kh_ereport *r = o->r;
	js *place = kh_get(r->record, "place");
	int q = json_object_get_int(kh_get(r->record, "quad"));
	char iso[11], z[200];
	(void)actor;
	(void)recipient;
	(void)pair;
	kh_row_put(o->row, "Event ID", r->id);
	if (day_of(r) != KH_EXPORT_NO_DAY) {
		kh_day_text(day_of(r), iso);
		kh_row_put(o->row, "Event Date", iso);
	}
	kh_row_put(o->row, "Event Type", kh_get_text(r->record, "event"));
	joined(o, "Event Mode", kh_get(r->record, "modes"));
	kh_row_put(o->row, "Intensity", kh_get_text(r->record, "goldstein"));
	kh_row_put(o->row, "Quad Code", q >= 1 && q <= 4 ? quad[q] : "");
	joined(o, "Contexts", kh_get(r->record, "contexts"));
	polecat_side(o, "Actor", kh_get(r->record, "actors"));
	polecat_side(o, "Recipient", kh_get(r->record, "recipients"));
	kh_row_put(o->row, "Placename", kh_get_text(place, "name"));
	kh_row_put(o->row, "Country",
		   kh_table(kh_store_countries, kh_get_text(place, "country"), KH_COUNTRY_NAME, z,
			    sizeof z));
	kh_row_put(o->row, "Latitude", kh_get_text(place, "lat"));
	kh_row_put(o->row, "Longitude", kh_get_text(place, "lon"));
	kh_row_put(o->row, "GeoNames ID", kh_get_text(place, "geonameid"));
	kh_row_put(o->row, "Raw Placename", kh_get_text(place, "text"));
	kh_row_put(o->row, "Source", r->source);
	kh_row_print(o->row, "Publication Date", "%.10s", r->published ? r->published : "");
	kh_row_put(o->row, "Language", r->language);
	kh_row_put(o->row, "Version", r->model);
}

/* ---- the driver -------------------------------------------------------------------- */

typedef void row_fn(struct out *o, js *actor, js *recipient, unsigned pair);

static const struct format {
	const char *name, *missing;
	row_fn *row;
	bool pairs;
} formats[] = {
	{"gdelt", "", gdelt, true},	     {"gdelt-mentions", "", mention, true},
	{"phoenix", "", phoenix, true},	     {"icews", "", icews, true},
	{"polecat", "None", polecat, false},
};

static void rows_of(struct out *o, const struct format *f)
{
	js *a = kh_get(o->r->record, "actors"), *b = kh_get(o->r->record, "recipients");
	size_t na = f->pairs && count(a) ? count(a) : 1, nb = f->pairs && count(b) ? count(b) : 1;
	for (size_t i = 0; i < na; i++)
		for (size_t k = 0; k < nb; k++) {
			kh_row_clear(o->row);
			f->row(o, item(a, i), item(b, k), (unsigned)(i * nb + k));
			kh_row_write(o->row, o->to);
			o->n++;
		}
}

static int number(struct kh_sql *q, int i, int none)
{
	return kh_sql_type(q, i) == KH_SQL_NULL ? none : (int)kh_sql_int(q, i);
}

static void read_row(struct kh_sql *q, struct kh_ereport *r)
{
	const char **const z[] = {&r->id,   &r->story,	   &r->source,	 &r->url,  &r->title,
				  &r->text, &r->published, &r->language, &r->file, &r->model};
	for (int i = 0; i < 10; i++)
		*z[i] = kh_sql_text(q, i + 1);
	r->day = number(q, 11, KH_EXPORT_NO_DAY);
	r->published_day = number(q, 12, KH_EXPORT_NO_DAY);
	r->reports = number(q, 13, 1);
	r->sources = number(q, 14, 1);
	r->stories = number(q, 15, 1);
}

long kh_export_events(struct kh_store *s, const struct kh_export *e, FILE *to)
{
	const struct format *f = formats;
	struct kh_ereport r;
	int code;
	while (strcmp(f->name, e->format) != 0)
		if (++f == formats + sizeof formats / sizeof *formats)
			return kh_store_fail(s, "no such format");
	struct kh_row *row = malloc(sizeof *row);
	struct out o = {.row = row, .r = &r, .scale = e->scale, .to = to};
	struct kh_sql *q = kh_export_rows(
		s, e,
		"select r.record, r.id, s.story, s.source, s.url, s.title, s.text, s.published,"
		" s.language, s.file, s.model, r.first_day, s.published_day, i.reports, i.sources,"
		" i.stories",
		"order by r.day, s.story, r.n");
	if (!row || !q || !kh_row_begin(row, f->name, f->missing)) {
		free(row);
		kh_sql_end(q);
		return -1;
	}
	kh_row_header(row, to);
	while ((code = kh_sql_step(q)) == KH_SQL_ROW) {
		memset(&r, 0, sizeof r);
		read_row(q, &r);
		r.record = json_tokener_parse(kh_sql_text(q, 0));
		if (r.record)
			rows_of(&o, f);
		json_object_put(r.record);
	}
	kh_sql_end(q);
	free(row);
	return code == KH_SQL_DONE ? o.n : -1;
}
