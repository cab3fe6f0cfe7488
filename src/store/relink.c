/* Incidents: the reports of one real event, within and across stories. In: the parts (category,
 * country, dated or not) where reports came or went, and from which day on. Out: kh_incident with
 * its reports and the reason for each. A report joins the open incident of its part that it fits
 * best, or opens one, in the order of day, story and place in it. What a day gives depends on that
 * day and those before it, so a part is taken up again from its first new day, and parts may lie in
 * different files. */
#include <limits.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "store/link.h"

struct open { /* incidents that later reports may still join */
	struct kh_link_item *item;
	unsigned n, cap, first;
};

struct part {
	char event[128], home[128];
	int from, to; /* days to be linked */
};

enum { LEAVE, UNTIE, EARLIER, LATER, MAKE, TIE, TOUCH, STATEMENTS };

struct link {
	struct kh_store *s;
	struct part part;
	struct open open;
	sqlite3_stmt *st[STATEMENTS];
};

/* in the order of day, story and place in it */
#define ITEM                                                                                       \
	"select r.n, r.story, r.day, r.country, iif(r.lat is null, null, r.place), r.actors, "     \
	"r.recipients, r.actor_countries, r.recipient_countries, r.word, "                         \
	"(select group_concat(c.kind || '=' || ifnull(c.low, '') || '-' || ifnull(c.high, ''), "   \
	"'; ') from kh_count c where c.report = r.n), r.certainty, "                               \
	"row_number() over (order by r.day, s.story, r.sentence, r.id) as place"
#define PART "r.event = ?1 and r.home = ?2 and r.day between ?3 and ?4"
#define BEFORE "r.event = ?1 and r.home = ?2 and r.day between ?3 - 3 and ?3 - 1"

static const char *const sql_of[STATEMENTS] = {
	[LEAVE] = "insert or ignore into kh_touched select x.incident from kh_report r join "
		  "kh_incident_report x on x.report = r.n where " PART,
	[UNTIE] = "delete from kh_incident_report where report in (select r.n from kh_report r "
		  "where " PART ")",
	[EARLIER] =
		ITEM ", x.incident from kh_incident_report x join kh_report r on r.n = x.report"
		     " join kh_story s on s.n = r.story where x.incident in (select y.incident"
		     " from kh_report r join kh_incident_report y on y.report = r.n where " BEFORE
		     ") and r.day < ?3 order by x.incident, place",
	[LATER] = ITEM " from kh_report r join kh_story s on s.n = r.story where " PART
		       " order by place",
	[MAKE] = "insert into kh_incident(incident, event, reports, stories, sources)"
		 " select 'i/' || id, event, 0, 0, 0 from kh_report where n = ?1"
		 " on conflict(incident) do update set event = excluded.event returning n",
	[TIE] = "insert into kh_incident_report(report, incident, why) values (?1, ?2, ?3)",
	[TOUCH] = "insert or ignore into kh_touched values (?1)",
};

static const char *text(sqlite3_stmt *q, int i)
{
	return (const char *)sqlite3_column_text(q, i);
}

static void read_item(sqlite3_stmt *q, struct kh_link_item *it)
{
	memset(it, 0, sizeof *it);
	it->report = sqlite3_column_int64(q, 0);
	it->story = sqlite3_column_int64(q, 1);
	it->day = it->last = sqlite3_column_int(q, 2);
	it->land = text(q, 3) != NULL;
	for (int i = 0; i < 5; i++)
		kh_link_words(it, KH_LINK_PLACE + i, text(q, 4 + i));
	kh_link_stem(it, text(q, 9));
	kh_link_words(it, KH_LINK_FIGURE, text(q, 10));
	it->class = kh_link_class(text(q, 11));
	it->order = sqlite3_column_int64(q, 12);
}

static int step(struct kh_store *s, sqlite3_stmt *q)
{
	int code = sqlite3_step(q);
	sqlite3_reset(q);
	return code == SQLITE_DONE || code == SQLITE_ROW ? 0 : kh_store_sqlite(s, code);
}

static sqlite3_stmt *of_part(struct link *l, int which)
{
	sqlite3_stmt *q = l->st[which];
	sqlite3_reset(q);
	sqlite3_bind_text(q, 1, l->part.event, -1, SQLITE_STATIC);
	sqlite3_bind_text(q, 2, l->part.home, -1, SQLITE_STATIC);
	sqlite3_bind_int(q, 3, l->part.from);
	sqlite3_bind_int(q, 4, l->part.to);
	return q;
}

/* ---- one part ------------------------------------------------------------------------------ */

static struct kh_link_item *room(struct link *l)
{
	struct open *o = &l->open;
	if (o->n == o->cap) {
		unsigned cap = o->cap ? o->cap * 2 : 256;
		struct kh_link_item *p = realloc(o->item, cap * sizeof *p);
		if (!p)
			return NULL;
		o->item = p;
		o->cap = cap;
	}
	return &o->item[o->n++];
}

static int by_order(const void *a, const void *b)
{
	const struct kh_link_item *x = a, *y = b;
	return x->order < y->order ? -1 : x->order > y->order;
}

/* Incidents with a report in the days before the first new one, as their earlier reports made them.
 */
static int take_up(struct link *l)
{
	struct kh_link_item r, *o = NULL;
	int code = SQLITE_DONE, bad = 0;
	sqlite3_stmt *q = of_part(l, EARLIER);
	while (!bad && (code = sqlite3_step(q)) == SQLITE_ROW) {
		read_item(q, &r);
		r.incident = sqlite3_column_int64(q, 13);
		if (o && o->incident == r.incident)
			kh_link_join(o, &r);
		else if ((o = room(l)) != NULL)
			*o = r;
		bad = o ? 0 : kh_store_fail(l->s, "out of memory");
	}
	sqlite3_reset(q);
	if (l->open.n)
		qsort(l->open.item, l->open.n, sizeof *l->open.item, by_order);
	return bad ? bad : code == SQLITE_DONE ? 0 : kh_store_sqlite(l->s, code);
}

static int open_one(struct link *l, const struct kh_link_item *r, struct kh_link_item **o)
{
	*o = room(l);
	if (!*o)
		return kh_store_fail(l->s, "out of memory");
	sqlite3_stmt *q = l->st[MAKE];
	sqlite3_bind_int64(q, 1, r->report);
	**o = *r;
	(*o)->incident = sqlite3_step(q) == SQLITE_ROW ? sqlite3_column_int64(q, 0) : 0;
	int code = sqlite3_reset(q);
	return (*o)->incident ? 0 : kh_store_sqlite(l->s, code);
}

static struct kh_link_item *best_fit(const struct open *o, const struct kh_link_item *r,
				     struct kh_link_fit *best)
{
	struct kh_link_item *found = NULL;
	struct kh_link_fit f;
	for (unsigned i = o->first; i < o->n; i++)
		if (kh_link_fits(&o->item[i], r, &f) && (!found || f.sum > best->sum)) {
			found = &o->item[i];
			*best = f;
		}
	return found;
}

static int put(struct link *l, const struct kh_link_item *r)
{
	struct kh_link_fit f;
	char why[300] = "the first report";
	struct kh_link_item *o = best_fit(&l->open, r, &f);
	if (o) {
		kh_link_join(o, r);
		snprintf(
			why, sizeof why,
			"place %d, actors %d, recipients %d, day %d, figures %d, words %d, story %d"
			" = %d",
			f.place, f.actor, f.recipient, f.day, f.figure, f.word, f.story, f.sum);
	} else if (open_one(l, r, &o)) {
		return -1;
	}
	sqlite3_bind_int64(l->st[TIE], 1, r->report);
	sqlite3_bind_int64(l->st[TIE], 2, o->incident);
	sqlite3_bind_text(l->st[TIE], 3, why, -1, SQLITE_STATIC);
	sqlite3_bind_int64(l->st[TOUCH], 1, o->incident);
	return step(l->s, l->st[TIE]) || step(l->s, l->st[TOUCH]) ? -1 : 0;
}

/* Incidents that no later report can join leave the window. */
static void close_old(struct open *o, int day)
{
	while (o->first < o->n && o->item[o->first].last + KH_LINK_DAYS < day)
		o->first++;
}

/* The reports of these days leave their incidents, and then join or open some, one by one. */
static int link_part(struct link *l)
{
	struct kh_link_item r;
	int code = SQLITE_DONE, bad;
	l->open.n = l->open.first = 0;
	if (step(l->s, of_part(l, LEAVE)) || step(l->s, of_part(l, UNTIE)) || take_up(l))
		return -1;
	sqlite3_stmt *q = of_part(l, LATER);
	for (bad = 0; !bad && (code = sqlite3_step(q)) == SQLITE_ROW;) {
		read_item(q, &r);
		close_old(&l->open, r.day);
		bad = put(l, &r);
	}
	sqlite3_reset(q);
	return bad ? bad : code == SQLITE_DONE ? 0 : kh_store_sqlite(l->s, code);
}

/* ---- all of them ----------------------------------------------------------------------------- */

static int link_parts(struct link *l)
{
	int code = SQLITE_DONE, bad;
	sqlite3_stmt *parts = kh_store_sql(
		l->s, "select event, home, dated, day from kh_relink order by event, home, dated");
	bad = parts ? 0 : -1;
	for (int i = 0; i < STATEMENTS && !bad; i++)
		bad = (l->st[i] = kh_store_sql(l->s, sql_of[i])) ? 0 : -1;
	while (!bad && (code = sqlite3_step(parts)) == SQLITE_ROW) {
		bool dated = sqlite3_column_int(parts, 2);
		snprintf(l->part.event, sizeof l->part.event, "%s", text(parts, 0));
		snprintf(l->part.home, sizeof l->part.home, "%s", text(parts, 1));
		l->part.from = sqlite3_column_int(parts, 3);
		l->part.to = dated ? INT_MAX : l->part.from;
		bad = link_part(l);
	}
	if (!bad && code != SQLITE_DONE)
		bad = kh_store_sqlite(l->s, code);
	sqlite3_finalize(parts);
	for (int i = 0; i < STATEMENTS; i++)
		sqlite3_finalize(l->st[i]);
	free(l->open.item);
	return bad;
}

static const char summary[] =
	"insert or ignore into kh_touched select n from kh_incident where reports < 0;"
	"delete from kh_incident where n in (select n from kh_touched) and not exists"
	" (select 1 from kh_incident_report x where x.incident = kh_incident.n);"
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
	" actor_countries = (select r.actor_countries from kh_incident_report x join kh_report r "
	"on "
	"r.n = x.report"
	"  where x.incident = kh_incident.n and r.actor_countries is not null order by r.n limit "
	"1),"
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
	"  join kh_report r on r.n = x.report where x.incident = kh_incident.n order by 1)) where "
	"n in (select n from kh_touched);"
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
	"   and r.certainty = 'denied' having count(*) > 0)) where n in (select n from kh_touched);"
	"delete from kh_touched; delete from kh_relink;"
	"update kh_state set value = value + 1 where name = 'linked'";

static int stale(struct kh_store *s)
{
	sqlite3_stmt *q = kh_store_sql(s, "select exists (select 1 from kh_relink)");
	int yes = q && sqlite3_step(q) == SQLITE_ROW && sqlite3_column_int(q, 0);
	sqlite3_finalize(q);
	return yes;
}

static const char anew[] =
	"insert into kh_relink select event, home, day > -1000000, min(day) from kh_report"
	" where true group by 1, 2, 3 on conflict do update set day = excluded.day";

int kh_store_link(struct kh_store *s, bool all)
{
	struct link l = {.s = s};
	if (sqlite3_db_readonly(s->db, "main") == 1 || (!all && !stale(s)))
		return 0; /* a store that cannot be written shows its incidents as they are */
	if (kh_store_run(s, "create temp table if not exists kh_touched (n integer primary key)") ||
	    kh_store_begin(s) != 0)
		return -1;
	if ((!all || kh_store_run(s, anew) == 0) && link_parts(&l) == 0 &&
	    kh_store_run(s, summary) == 0 && kh_store_commit(s) == 0)
		return 0;
	kh_store_rollback(s);
	return -1;
}
