/* Incidents: the reports of one real event, within and across stories. In: all reports, in the
 * order of event, day, story and place in it. Out: kh_incident with its reports and the reason for
 * each. A report joins the open incident of its category that it fits best, or opens one; the
 * answer depends on the rows alone. */
#include <ctype.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "store/link.h"

enum { ENOUGH = 5, DAYS = 3, NO_DAY = -1000000 };

/* A set of words as small hashes: 64 bits say what may be shared, `h` what is. */
static void set_add(struct kh_link_set *s, const char *p, size_t n)
{
	uint32_t h = 2166136261u;
	for (size_t i = 0; i < n; i++)
		h = (h ^ (uint32_t)tolower((unsigned char)p[i])) * 16777619u;
	for (unsigned i = 0; i < s->n; i++)
		if (s->h[i] == h)
			return;
	if (n && s->n < KH_LINK_SET)
		s->h[s->n++] = h;
}

static void set_list(struct kh_link_set *s, const char *z)
{
	while (z && *z) {
		const char *end = strstr(z, "; ");
		size_t n = end ? (size_t)(end - z) : strlen(z);
		size_t skip = strspn(z, "0123456789., "); /* "21 people" and "25 people" */
		set_add(s, z + (skip < n ? skip : 0), n - (skip < n ? skip : 0));
		z = end ? end + 2 : z + n;
	}
}

static bool meets(const struct kh_link_set *a, const struct kh_link_set *b)
{
	for (unsigned i = 0; i < a->n; i++)
		for (unsigned k = 0; k < b->n; k++)
			if (a->h[i] == b->h[k])
				return true;
	return false;
}

static void set_join(struct kh_link_set *a, const struct kh_link_set *b)
{
	for (unsigned i = 0; i < b->n && a->n < KH_LINK_SET; i++) {
		unsigned k = 0;
		while (k < a->n && a->h[k] != b->h[i])
			k++;
		if (k == a->n)
			a->h[a->n++] = b->h[i];
	}
}

/* What kind of statement: what happened (or is denied), and what may yet be, are never one
 * incident. */
static int class_of(const char *certainty)
{
	static const char *const later[] = {"planned", "possible", "conditional"};
	for (size_t i = 0; certainty && i < sizeof later / sizeof *later; i++)
		if (strcmp(certainty, later[i]) == 0)
			return 1;
	return 0;
}

/* How two sides agree: 2 they share a name, 1 a country ("Kenya", "Kenyan police"), 0 one is not
 * told, -2 they are of different countries, -1 they share nothing that is known. */
static int side(const struct kh_link_set *a, const struct kh_link_set *b,
		const struct kh_link_set *land_a, const struct kh_link_set *land_b)
{
	if (!a->n || !b->n)
		return 0;
	if (meets(a, b))
		return 2;
	if (!land_a->n || !land_b->n)
		return -1;
	return meets(land_a, land_b) ? 1 : -2;
}

static int place_score(const struct kh_link_item *a, const struct kh_link_item *b)
{
	if (a->place.n && b->place.n && meets(&a->place, &b->place))
		return 3;
	if (a->country[0] && b->country[0]) {
		if (strcmp(a->country, b->country) != 0)
			return -9;
		return a->place.n && b->place.n ? -4 : 1;
	}
	return 0;
}

/* How well a report fits an incident; `why` says it in words. */
static int score(const struct kh_link_item *inc, const struct kh_link_item *r, char *why,
		 size_t room)
{
	int apart = r->day == NO_DAY || inc->last == NO_DAY ? 1
		    : r->day < inc->day			    ? inc->day - r->day
		    : r->day > inc->last		    ? r->day - inc->last
							    : 0;
	if (inc->class != r->class || apart > DAYS)
		return -9;
	int where = place_score(inc, r),
	    actor = side(&inc->actor, &r->actor, &inc->actor_land, &r->actor_land);
	int recipient =
		side(&inc->recipient, &r->recipient, &inc->recipient_land, &r->recipient_land);
	int words = meets(&inc->word, &r->word) ? 1 : 0,
	    figures = meets(&inc->figure, &r->figure) ? 2 : 0;
	int day = apart == 0 ? 2 : apart == 1 ? 1 : 0, same = inc->story == r->story ? 1 : 0;
	bool tied = where >= 3 || actor > 0 || recipient > 0 || figures;
	snprintf(why, room,
		 "place %d, actors %d, recipients %d, day %d, figures %d, words %d, story %d",
		 where, actor, recipient, day, figures, words, same);
	return tied ? where + actor + recipient + day + figures + words + same : -9;
}

static void join(struct kh_link_item *inc, const struct kh_link_item *r)
{
	set_join(&inc->actor, &r->actor);
	set_join(&inc->recipient, &r->recipient);
	set_join(&inc->actor_land, &r->actor_land);
	set_join(&inc->recipient_land, &r->recipient_land);
	set_join(&inc->place, &r->place);
	set_join(&inc->word, &r->word);
	set_join(&inc->figure, &r->figure);
	if (!inc->country[0])
		memcpy(inc->country, r->country, sizeof inc->country);
	if (r->day != NO_DAY && (inc->last == NO_DAY || r->day > inc->last) &&
	    inc->last - inc->day < DAYS)
		inc->last = r->day;
	inc->story = r->story;
}

static void figures_of(struct kh_link_set *s, const char *z)
{
	set_list(s, z);
}

static void read_item(sqlite3_stmt *q, struct kh_link_item *it)
{
	memset(it, 0, sizeof *it);
	it->report = sqlite3_column_int64(q, 0);
	snprintf(it->event, sizeof it->event, "%s", (const char *)sqlite3_column_text(q, 1));
	it->day = sqlite3_column_type(q, 2) == SQLITE_NULL ? NO_DAY : sqlite3_column_int(q, 2);
	it->last = it->day;
	const char *country = (const char *)sqlite3_column_text(q, 3);
	snprintf(it->country, sizeof it->country, "%.3s", country ? country : "");
	set_list(&it->place, (const char *)sqlite3_column_text(q, 4));
	set_list(&it->actor, (const char *)sqlite3_column_text(q, 5));
	set_list(&it->recipient, (const char *)sqlite3_column_text(q, 6));
	const char *word = (const char *)sqlite3_column_text(q, 7);
	set_add(&it->word, word ? word : "", word ? strnlen(word, 5) : 0);
	figures_of(&it->figure, (const char *)sqlite3_column_text(q, 8));
	it->class = class_of((const char *)sqlite3_column_text(q, 9));
	it->story = sqlite3_column_int64(q, 10);
	set_list(&it->actor_land, (const char *)sqlite3_column_text(q, 12));
	set_list(&it->recipient_land, (const char *)sqlite3_column_text(q, 13));
	snprintf(it->id, sizeof it->id, "%s", (const char *)sqlite3_column_text(q, 11));
}

struct open { /* incidents that later reports may still join */
	struct kh_link_item *item;
	unsigned n, cap, first;
};

static int best_fit(const struct open *o, const struct kh_link_item *r, unsigned *which, char *why,
		    size_t room)
{
	int best = ENOUGH - 1;
	char reason[200];
	for (unsigned i = o->first; i < o->n; i++) {
		int k = score(&o->item[i], r, reason, sizeof reason);
		if (k <= best)
			continue;
		best = k;
		*which = i;
		snprintf(why, room, "%s", reason);
	}
	return best;
}

static int step(struct kh_store *s, sqlite3_stmt *q)
{
	int code = sqlite3_step(q);
	sqlite3_reset(q);
	return code == SQLITE_DONE || code == SQLITE_ROW ? 0 : kh_store_sqlite(s, code);
}

static int open_one(struct kh_store *s, sqlite3_stmt *make, struct open *o,
		    const struct kh_link_item *r)
{
	char id[340];
	if (o->n == o->cap) {
		o->cap = o->cap ? o->cap * 2 : 256;
		struct kh_link_item *p = realloc(o->item, o->cap * sizeof *p);
		if (!p)
			return kh_store_fail(s, "out of memory");
		o->item = p;
	}
	snprintf(id, sizeof id, "i/%s", r->id);
	sqlite3_bind_text(make, 1, id, -1, SQLITE_STATIC);
	sqlite3_bind_text(make, 2, r->event, -1, SQLITE_STATIC);
	if (step(s, make))
		return -1;
	o->item[o->n] = *r;
	o->item[o->n++].incident = sqlite3_last_insert_rowid(s->db);
	return 0;
}

static int put(struct kh_store *s, sqlite3_stmt *make, sqlite3_stmt *tie, struct open *o,
	       const struct kh_link_item *r)
{
	unsigned at = o->n;
	char why[256] = "", line[300] = "the first report";
	int fit = best_fit(o, r, &at, why, sizeof why);
	if (fit >= ENOUGH) {
		join(&o->item[at], r);
		snprintf(line, sizeof line, "%s = %d", why, fit);
	} else if (open_one(s, make, o, r)) {
		return -1;
	}
	sqlite3_bind_int64(tie, 1, r->report);
	sqlite3_bind_int64(tie, 2, o->item[at].incident);
	sqlite3_bind_text(tie, 3, line, -1, SQLITE_STATIC);
	return step(s, tie);
}

/* Incidents that no later report can join leave the window. */
static void close_old(struct open *o, const struct kh_link_item *r)
{
	if (o->n && strcmp(o->item[o->n - 1].event, r->event) != 0)
		o->first = o->n = 0;
	while (o->first < o->n && r->day != NO_DAY && o->item[o->first].last != NO_DAY &&
	       o->item[o->first].last + DAYS < r->day)
		o->first++;
}

static int link_all(struct kh_store *s)
{
	struct open o = {0};
	struct kh_link_item r;
	int code = SQLITE_DONE, bad = 0;
	sqlite3_stmt *all =
		kh_store_sql(s, "select r.n, r.event, ifnull(r.first_day, s.published_day) as day, "
				"r.country, iif(r.lat is null, null, r.place),"
				" r.actors, r.recipients, r.word, (select group_concat(c.kind || "
				"'=' || ifnull(c.low, '') || '-' ||"
				" ifnull(c.high, ''), '; ') from kh_count c where c.report = r.n), "
				"r.certainty, r.story, r.id,"
				" r.actor_countries, r.recipient_countries"
				" from kh_report r join kh_story s on s.n = r.story"
				" order by r.event, day, s.story, r.sentence, r.id");
	sqlite3_stmt *make = kh_store_sql(s, "insert into kh_incident(incident, event, reports, "
					     "stories, sources) values (?1, ?2, 0, 0, 0)");
	sqlite3_stmt *tie = kh_store_sql(
		s, "insert into kh_incident_report(report, incident, why) values (?1, ?2, ?3)");
	bad = !all || !make || !tie ? -1 : 0;
	while (!bad && (code = sqlite3_step(all)) == SQLITE_ROW) {
		read_item(all, &r);
		close_old(&o, &r);
		bad = put(s, make, tie, &o, &r);
	}
	if (!bad && code != SQLITE_DONE)
		bad = kh_store_sqlite(s, code);
	sqlite3_finalize(all);
	sqlite3_finalize(make);
	sqlite3_finalize(tie);
	free(o.item);
	return bad;
}

/* What an incident shows of its reports: the figures are kept apart, none is chosen. */
static const char summary[] =
	"update kh_incident set"
	" reports = (select count(*) from kh_incident_report x where x.incident = kh_incident.n),"
	" stories = (select count(distinct r.story) from kh_incident_report x join kh_report r on "
	"r.n = x.report"
	"  where x.incident = kh_incident.n),"
	" sources = (select count(distinct s.source) from kh_incident_report x join kh_report r on "
	"r.n = x.report"
	"  join kh_story s on s.n = r.story where x.incident = kh_incident.n),"
	" (first_day, last_day, country) = (select min(ifnull(r.first_day, s.published_day)),"
	"  max(ifnull(r.first_day, s.published_day)), max(r.country) from kh_incident_report x"
	"  join kh_report r on r.n = x.report join kh_story s on s.n = r.story where x.incident = "
	"kh_incident.n),"
	" place = (select r.place from kh_incident_report x join kh_report r on r.n = x.report"
	"  where x.incident = kh_incident.n and r.place is not null order by r.n limit 1),"
	" actors = (select r.actors from kh_incident_report x join kh_report r on r.n = x.report"
	"  where x.incident = kh_incident.n and r.actors is not null order by r.n limit 1),"
	" recipients = (select r.recipients from kh_incident_report x join kh_report r on r.n = "
	"x.report"
	"  where x.incident = kh_incident.n and r.recipients is not null order by r.n limit 1),"
	" actor_countries = (select r.actor_countries from kh_incident_report x join kh_report r on "
	"r.n = x.report"
	"  where x.incident = kh_incident.n and r.actor_countries is not null order by r.n limit 1),"
	" recipient_countries = (select r.recipient_countries from kh_incident_report x join "
	"kh_report r on r.n = x.report"
	"  where x.incident = kh_incident.n and r.recipient_countries is not null order by r.n "
	"limit 1),"
	" (lat, lon) = (select r.lat, r.lon from kh_incident_report x join kh_report r on r.n = "
	"x.report"
	"  where x.incident = kh_incident.n and r.lat is not null order by r.n limit 1),"
	" (killed_low, killed_high) = (select min(ifnull(c.low, c.high)), max(ifnull(c.high, "
	"c.low))"
	"  from kh_incident_report x join kh_count c on c.report = x.report where x.incident = "
	"kh_incident.n and c.kind = 'killed'),"
	" certainty = (select group_concat(c, '; ') from (select distinct r.certainty as c from "
	"kh_incident_report x"
	"  join kh_report r on r.n = x.report where x.incident = kh_incident.n order by 1));"
	"update kh_incident set contested = (select nullif(group_concat(t, '; '), '') from ("
	"  select kind || ' ' || group_concat(figure, ' / ') as t from (select c.kind, min(c.text) "
	"as figure"
	"   from kh_incident_report x join kh_count c on c.report = x.report where x.incident = "
	"kh_incident.n"
	"   group by c.kind, c.low, c.high order by c.kind, ifnull(c.low, c.high)) group by kind "
	"having count(*) > 1"
	"  union all select 'denied by ' || group_concat(distinct ifnull(r.said_by, 'the "
	"publisher'))"
	"   from kh_incident_report x join kh_report r on r.n = x.report where x.incident = "
	"kh_incident.n"
	"   and r.certainty = 'denied' having count(*) > 0)) where reports > 1;"
	"update kh_state set value = (select value from kh_state where name = 'changes') where "
	"name = 'linked'";

static bool stale(struct kh_store *s)
{
	sqlite3_stmt *q =
		kh_store_sql(s, "select (select value from kh_state where name = 'changes') <>"
				" (select value from kh_state where name = 'linked')");
	bool yes = q && sqlite3_step(q) == SQLITE_ROW && sqlite3_column_int(q, 0);
	sqlite3_finalize(q);
	return yes;
}

int kh_store_link(struct kh_store *s, bool anew)
{
	if (sqlite3_db_readonly(s->db, "main") == 1 || (!anew && !stale(s)))
		return 0; /* a store that cannot be written shows its incidents as they are */
	if (kh_store_begin(s) != 0)
		return -1;
	if (kh_store_run(s, "delete from kh_incident_report; delete from kh_incident") == 0 &&
	    link_all(s) == 0 && kh_store_run(s, summary) == 0 && kh_store_commit(s) == 0)
		return 0;
	kh_store_rollback(s);
	return -1;
}
