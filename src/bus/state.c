/* Looking after a queue. In: the ledger. Out: what waits and what failed, batches for what was
 * lost, the results in the order of putting. */
#include <stdlib.h>
#include <string.h>

#include "bus/own.h"

static int status(struct kh_bus *b, void *arg)
{
	struct kh_bus_status *s = arg;
	struct kh_param p[] = {kh_pg_int4((int32_t)b->o.behaviour)};
	PGresult *r = kh_pg_query(
		b,
		"select count(*) filter (where state = 'waiting'),"
		" count(*) filter (where state = 'leased'), count(*) filter (where state = 'done'),"
		" count(*) filter (where state = 'failed'),"
		" coalesce(sum(stories) filter (where state in ('waiting', 'leased')), 0)::bigint,"
		" coalesce(sum(stories) filter (where state = 'done'), 0)::bigint,"
		" (select count(*) from khabar.failed f where f.behaviour = $1::integer),"
		" coalesce(sum(stories) filter (where state = 'done'"
		"  and done_at > clock_timestamp() - interval '1 minute'), 0)::bigint,"
		" coalesce(extract(epoch from clock_timestamp() - min(put_at)"
		"  filter (where state = 'waiting')) * 1000, -1000)::bigint"
		" from khabar.batch where behaviour = $1::integer",
		p, 1);
	if (!r)
		return -1;
	long long *const to[] = {&s->waiting,	   &s->leased,	     &s->done,	  &s->failed,
				 &s->stories_open, &s->stories_done, &s->failures};
	for (int i = 0; i < 7; i++)
		*to[i] = kh_pg_number(r, 0, i);
	s->per_second = (double)kh_pg_number(r, 0, 7) / 60;
	s->oldest = (double)kh_pg_number(r, 0, 8) / 1000;
	s->behaviour = b->o.behaviour;
	PQclear(r);
	s->queued = b->driver->queued(b);
	return 0;
}

int kh_bus_status(struct kh_bus *b, struct kh_bus_status *s)
{
	memset(s, 0, sizeof *s);
	return kh_bus_try(b, status, s);
}

long kh_bus_others(struct kh_bus *b, unsigned *behaviour)
{
	struct kh_param p[] = {kh_pg_int4((int32_t)b->o.behaviour)};
	PGresult *r =
		kh_pg_query(b,
			    "select count(*), max(behaviour) from khabar.batch"
			    " where behaviour <> $1::integer and state in ('waiting', 'leased')",
			    p, 1);
	long n = r ? (long)kh_pg_number(r, 0, 0) : -1;
	*behaviour = r ? (unsigned)kh_pg_number(r, 0, 1) : 0;
	PQclear(r);
	return n;
}

/* ---- reconcile ------------------------------------------------------------------- */

struct mending {
	int batch;
	struct kh_bus_mend *m;
	PGresult *open;
};

/* Stories that have neither a result nor an error of this behaviour and are in no open batch. */
static int remake(struct kh_bus *b, struct mending *m)
{
	struct kh_param p[] = {kh_pg_int4((int32_t)b->o.behaviour), kh_pg_int4(m->batch)};
	PGresult *r = kh_pg_query(
		b,
		"with lost as (select s.story from khabar.story s"
		"  where not exists (select from khabar.result r"
		"   where r.key = s.key and r.behaviour = $1::integer)"
		"  and not exists (select from khabar.failed f"
		"   where f.key = s.key and f.behaviour = $1::integer)"
		"  and not exists (select from khabar.batch b where b.behaviour = $1::integer"
		"   and b.state in ('waiting', 'leased') and s.story between b.first and b.last)),"
		" cut as (select story, (row_number() over (order by story) - 1) / $2::integer as a"
		"  from lost)"
		" insert into khabar.batch(behaviour, first, last, stories)"
		" select $1::integer, min(story), max(story), count(*) from cut group by a"
		" order by 2 returning stories",
		p, 2);
	for (int i = 0; r && i < PQntuples(r); i++)
		m->m->lost += kh_pg_number(r, i, 0);
	PQclear(r);
	return r ? 0 : -1;
}

static int unlease(struct kh_bus *b, struct mending *m)
{
	struct kh_param p[] = {kh_pg_int4((int32_t)b->o.behaviour)};
	PGresult *r = kh_pg_query(b,
				  "update khabar.batch set state = 'waiting', lease_until = null"
				  " where behaviour = $1::integer and state = 'leased'"
				  " and lease_until < clock_timestamp() returning batch",
				  p, 1);
	m->m->freed = r ? PQntuples(r) : 0;
	PQclear(r);
	return r ? 0 : -1;
}

static int mend(struct kh_bus *b, void *arg)
{
	struct mending *m = arg;
	struct kh_param p[] = {kh_pg_int4((int32_t)b->o.behaviour)};
	memset(m->m, 0, sizeof *m->m);
	PQclear(m->open);
	m->open = NULL;
	if (PQtransactionStatus(b->pg) != PQTRANS_IDLE)
		kh_pg_run(b, "rollback");
	if (kh_pg_run(b, "begin; select pg_advisory_xact_lock(1802001010)") != 0 ||
	    unlease(b, m) != 0 || remake(b, m) != 0)
		return -1;
	m->open = kh_pg_query(b,
			      "select batch, -1 from khabar.batch"
			      " where behaviour = $1::integer and state = 'waiting' order by batch",
			      p, 1);
	return m->open ? kh_pg_run(b, "commit") : -1;
}

int kh_bus_reconcile(struct kh_bus *b, int batch, struct kh_bus_mend *m)
{
	struct mending all = {batch, m, NULL};
	struct kh_bus_status s;
	int bad = kh_bus_try(b, mend, &all);
	long long waiting = bad ? 0 : PQntuples(all.open);
	if (waiting && kh_bus_status(b, &s) == 0 && !b->driver->all_told(b, waiting, s.leased)) {
		m->published = waiting;
		bad = kh_ledger_publish(b, all.open);
	}
	PQclear(all.open);
	return bad;
}

/* ---- failed ------------------------------------------------------------------------ */

long kh_bus_failed(struct kh_bus *b, kh_bus_failed_fn *each, void *ctx)
{
	struct kh_param p[] = {kh_pg_int4((int32_t)b->o.behaviour)};
	PGresult *r = kh_pg_query(b,
				  "select file, at, bytes, tries, error from khabar.failed"
				  " where behaviour = $1::integer order by story",
				  p, 1);
	if (!r)
		return -1;
	long n = PQntuples(r);
	for (int i = 0; i < n; i++)
		each(ctx, PQgetvalue(r, i, 0), kh_pg_number(r, i, 1), kh_pg_number(r, i, 2),
		     (int)kh_pg_number(r, i, 3), PQgetvalue(r, i, 4));
	PQclear(r);
	return n;
}

struct retrying {
	PGresult *made;
};

static int retry(struct kh_bus *b, void *arg)
{
	struct retrying *t = arg;
	struct kh_param p[] = {kh_pg_int4((int32_t)b->o.behaviour)};
	PQclear(t->made);
	t->made =
		kh_pg_query(b,
			    "with again as (delete from khabar.failed where behaviour = $1::integer"
			    "  returning story),"
			    " old as (delete from khabar.batch where behaviour = $1::integer"
			    "  and state = 'failed')"
			    " insert into khabar.batch(behaviour, first, last, stories)"
			    " select $1::integer, story, story, 1 from again order by story"
			    " returning batch, tries",
			    p, 1);
	return t->made ? 0 : -1;
}

long kh_bus_retry(struct kh_bus *b)
{
	struct retrying t = {NULL};
	int bad = kh_bus_try(b, retry, &t);
	long n = bad ? -1 : PQntuples(t.made);
	if (!bad && kh_ledger_publish(b, t.made) != 0)
		n = -1;
	PQclear(t.made);
	return n;
}

/* ---- results ----------------------------------------------------------------------- */

long kh_bus_results(struct kh_bus *b, kh_bus_result_fn *each, void *ctx)
{
	char sql[300];
	long n = 0;
	bool more = true;
	snprintf(sql, sizeof sql,
		 "select r.record, r.stories from khabar.story s join khabar.result r"
		 " on r.key = s.key and r.behaviour = %u order by s.story",
		 b->o.behaviour);
	if (PQsendQueryParams(b->pg, sql, 0, NULL, NULL, NULL, NULL, 1) != 1 ||
	    PQsetSingleRowMode(b->pg) != 1)
		return kh_pg_error(b, NULL);
	for (PGresult *r; (r = PQgetResult(b->pg)) != NULL; PQclear(r)) {
		if (PQresultStatus(r) != PGRES_SINGLE_TUPLE &&
		    PQresultStatus(r) != PGRES_TUPLES_OK && n >= 0)
			n = kh_pg_error(b, r);
		for (int i = 0; n >= 0 && i < PQntuples(r); i++) {
			more = more && each(ctx, PQgetvalue(r, i, 0), (size_t)PQgetlength(r, i, 0));
			n += (long)kh_pg_number(r, i, 1);
		}
	}
	return n;
}
