/* Incidents: the reports of one real event, within and across stories. In: the parts (category,
 * country, dated or not) where reports came or went, and from which day on. Out: kh_incident with
 * its reports and the reason for each. A report joins the open incident of its part that it fits
 * best, or opens one, in the order of day, story and place in it. What a day gives depends on that
 * day and those before it, so a part is taken up again from its first new day, and parts may lie in
 * different files. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "store/fit.h"

struct part {
	char event[128], home[128];
	int from, to; /* days to be linked */
};

enum { LEAVE, UNTIE, EARLIER, LATER, MAKE, TIE, TOUCH, STATEMENTS };

struct link {
	struct kh_store *s;
	struct part part;
	struct kh_fit open;
	struct kh_sql *st[STATEMENTS];
};

/* in the order of day, story and place in it */
#define ITEM                                                                                       \
	"select r.n, r.story, r.day, r.country, case when r.lat is not null then r.place end, "    \
	"r.actors, r.recipients, r.actor_countries, r.recipient_countries, r.word, "               \
	"(select group_concat(f, '; ') from (select c.kind || '=' || coalesce(cast(c.low as "      \
	"text), "                                                                                  \
	"'') || '-' || coalesce(cast(c.high as text), '') as f from kh_count c where c.report = "  \
	"r.n order by c.ordinal) t), r.certainty, "                                                \
	"row_number() over (order by r.day, s.story, r.sentence, r.id) as place"
#define PART "r.event = ?1 and r.home = ?2 and r.day between ?3 and ?4"
#define STRING(x) #x
#define DAYS(n) STRING(n)
#define BEFORE                                                                                     \
	"r.event = ?1 and r.home = ?2 and r.day between ?3 - " DAYS(KH_LINK_DAYS) " and ?3 - 1"

static const char *const sql_of[STATEMENTS] = {
	[LEAVE] = "insert into kh_touched select distinct x.incident from kh_report r join "
		  "kh_incident_report x on x.report = r.n where " PART " on conflict do nothing",
	[UNTIE] = "delete from kh_incident_report where report in (select r.n from kh_report r "
		  "where " PART ")",
	[EARLIER] =
		ITEM ", x.incident from kh_incident_report x join kh_report r on r.n = x.report"
		     " join kh_story s on s.n = r.story where x.incident in (select y.incident"
		     " from kh_report r join kh_incident_report y on y.report = r.n where " BEFORE
		     ") and r.day < ?3 order by x.incident, place",
	[LATER] = ITEM " from kh_report r join kh_story s on s.n = r.story where " PART
		       " order by place",
	/* the number of its first report, unless it is there already */
	[MAKE] = "insert into kh_incident(n, incident, event, reports, stories, sources)"
		 " select n, 'i/' || id, event, 0, 0, 0 from kh_report where n = ?1"
		 " on conflict(incident) do update set event = excluded.event returning n",
	[TIE] = "insert into kh_incident_report(report, incident, why) values (?1, ?2, ?3)",
	[TOUCH] = "insert into kh_touched values (?1) on conflict do nothing",
};

static const char *text(struct kh_sql *q, int i)
{
	return kh_sql_text(q, i);
}

static void read_item(struct kh_sql *q, struct kh_link_item *it)
{
	memset(it, 0, sizeof *it);
	it->report = kh_sql_int(q, 0);
	it->story = kh_sql_int(q, 1);
	it->day = it->last = (int)kh_sql_int(q, 2);
	it->land = text(q, 3) != NULL;
	for (int i = 0; i < 5; i++)
		kh_link_words(it, (enum kh_link_kind)i, text(q, 4 + i));
	kh_link_stem(it, text(q, 9));
	kh_link_words(it, KH_LINK_FIGURE, text(q, 10));
	it->class = kh_link_class(text(q, 11));
	it->order = kh_sql_int(q, 12);
}

static struct kh_sql *of_part(struct link *l, int which)
{
	struct kh_sql *q = l->st[which];
	kh_sql_reset(q);
	kh_sql_put_text(q, 1, l->part.event, -1);
	kh_sql_put_text(q, 2, l->part.home, -1);
	kh_sql_put_int(q, 3, l->part.from);
	if (which != EARLIER)
		kh_sql_put_int(q, 4, l->part.to);
	return q;
}

/* ---- one part ------------------------------------------------------------------------------ */

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
	enum kh_sql_step code = KH_SQL_FAILED;
	int bad = 0;
	struct kh_sql *q = of_part(l, EARLIER);
	while (!bad && (code = kh_sql_step(q)) == KH_SQL_ROW) {
		read_item(q, &r);
		r.incident = kh_sql_int(q, 13);
		if (o && o->incident == r.incident)
			kh_link_join(o, &r);
		else
			o = kh_fit_keep(&l->open, &r);
		bad = o ? 0 : kh_store_fail(l->s, "out of memory");
	}
	kh_sql_reset(q);
	if (l->open.n)
		qsort(l->open.item, l->open.n, sizeof *l->open.item, by_order);
	kh_fit_index(&l->open);
	return bad || code == KH_SQL_FAILED ? -1 : 0;
}

static int open_one(struct link *l, const struct kh_link_item *r, struct kh_link_item **o)
{
	*o = kh_fit_open(&l->open, r);
	if (!*o)
		return kh_store_fail(l->s, "out of memory");
	struct kh_sql *q = l->st[MAKE];
	kh_sql_put_int(q, 1, r->report);
	(*o)->incident = kh_sql_step(q) == KH_SQL_ROW ? kh_sql_int(q, 0) : 0;
	kh_sql_reset(q);
	return (*o)->incident ? 0 : -1;
}

static int put(struct link *l, const struct kh_link_item *r)
{
	struct kh_link_fit f;
	char why[300] = "the first report";
	struct kh_link_item *o = kh_fit_best(&l->open, r, &f);
	if (o) {
		if (kh_fit_join(&l->open, o, r))
			return kh_store_fail(l->s, "out of memory");
		snprintf(
			why, sizeof why,
			"place %d, actors %d, recipients %d, day %d, figures %d, words %d, story %d"
			" = %d",
			f.place, f.actor, f.recipient, f.day, f.figure, f.word, f.story, f.sum);
	} else if (open_one(l, r, &o)) {
		return -1;
	}
	kh_sql_put_int(l->st[TIE], 1, r->report);
	kh_sql_put_int(l->st[TIE], 2, o->incident);
	kh_sql_put_text(l->st[TIE], 3, why, -1);
	kh_sql_put_int(l->st[TOUCH], 1, o->incident);
	return kh_sql_run(l->st[TIE]) || kh_sql_run(l->st[TOUCH]) ? -1 : 0;
}

/* The reports of these days leave their incidents, and then join or open some, one by one. */
static int link_part(struct link *l)
{
	struct kh_link_item r;
	enum kh_sql_step code = KH_SQL_FAILED;
	int bad;
	kh_fit_clear(&l->open);
	if (kh_sql_run(of_part(l, LEAVE)) || kh_sql_run(of_part(l, UNTIE)) || take_up(l))
		return -1;
	struct kh_sql *q = of_part(l, LATER);
	for (bad = 0; !bad && (code = kh_sql_step(q)) == KH_SQL_ROW;) {
		read_item(q, &r);
		bad = put(l, &r);
	}
	kh_sql_reset(q);
	return bad || code == KH_SQL_FAILED ? -1 : 0;
}

/* ---- all of them ----------------------------------------------------------------------------- */

static int link_parts(struct link *l)
{
	enum kh_sql_step code = KH_SQL_FAILED;
	int bad;
	struct kh_sql *parts = kh_store_sql(
		l->s, "select event, home, dated, day from kh_relink order by event, home, dated");
	bad = parts ? 0 : -1;
	for (int i = 0; i < STATEMENTS && !bad; i++) {
		bool many = i == EARLIER || i == LATER;
		l->st[i] = many ? kh_store_scan(l->s, sql_of[i]) : kh_store_sql(l->s, sql_of[i]);
		bad = l->st[i] ? 0 : -1;
	}
	while (!bad && (code = kh_sql_step(parts)) == KH_SQL_ROW) {
		bool dated = (int)kh_sql_int(parts, 2);
		snprintf(l->part.event, sizeof l->part.event, "%s", text(parts, 0));
		snprintf(l->part.home, sizeof l->part.home, "%s", text(parts, 1));
		l->part.from = (int)kh_sql_int(parts, 3);
		l->part.to = dated ? INT_MAX : l->part.from;
		bad = link_part(l);
	}
	if (code == KH_SQL_FAILED)
		bad = -1;
	kh_sql_end(parts);
	for (int i = 0; i < STATEMENTS; i++)
		kh_sql_end(l->st[i]);
	kh_fit_free(&l->open);
	return bad;
}

static bool stale(struct kh_store *s)
{
	struct kh_sql *q = kh_store_sql(s, "select 1 from kh_relink limit 1");
	bool yes = q && kh_sql_step(q) == KH_SQL_ROW;
	kh_sql_end(q);
	return yes;
}

static const char anew[] =
	"insert into kh_relink(event, home, dated, day) select event, home, dated, min(day) from "
	"(select event, home, case when day > -1000000 then 1 else 0 end as dated, day from "
	"kh_report) "
	"t where true group by event, home, dated on conflict (event, home, dated) do update set "
	"day = "
	"excluded.day";

int kh_fit_link(struct kh_store *s, bool all, bool plain, unsigned long *compared)
{
	struct link l = {.s = s, .open = {.plain = plain}};
	if (kh_store_readonly(s) || (!all && !stale(s)))
		return 0; /* a store that cannot be written shows its incidents as they are */
	if (kh_store_run(
		    s, "create temporary table if not exists kh_touched (n bigint primary key)") ||
	    kh_store_begin(s) != 0)
		return -1;
	int bad = (all && kh_store_run(s, anew)) || link_parts(&l) ||
		  (s->engine->settle && s->engine->settle(s)) || kh_store_run(s, kh_store_summary);
	if (compared)
		*compared = l.open.compared;
	if (!bad && kh_store_commit(s) == 0)
		return 0;
	kh_store_rollback(s);
	return -1;
}

int kh_store_link(struct kh_store *s, bool all)
{
	return kh_fit_link(s, all, false, NULL);
}
