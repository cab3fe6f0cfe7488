/* The queue that needs no broker: the ledger itself, by "for update skip locked". The transaction
 * that stores the results is the acknowledgement. */
#include "bus/own.h"

static int nothing(struct kh_bus *b)
{
	(void)b;
	return 0;
}

static void closed(struct kh_bus *b)
{
	(void)b;
}

static int publish(struct kh_bus *b, const int64_t *id, const int *tries, unsigned n)
{
	(void)b, (void)id, (void)tries, (void)n;
	return 0;
}

static int take(struct kh_bus *b, struct kh_bus_batch *batch, int wait_ms)
{
	double end = kh_pg_clock() + wait_ms / 1e3, nap = 0.02;
	for (;;) {
		struct kh_param p[] = {kh_pg_int4((int32_t)b->o.behaviour), kh_pg_int4(b->o.lease),
				       kh_pg_text(b->o.worker)};
		PGresult *r = kh_pg_query(
			b,
			"update khabar.batch b set state = 'leased', tries = tries + 1,"
			" worker = $3::text,"
			" lease_until = clock_timestamp() + $2::integer * interval '1 second'"
			" where batch = (select batch from khabar.batch where behaviour = "
			"$1::integer"
			"  and state in ('waiting', 'leased') and (state = 'waiting'"
			"  or lease_until < clock_timestamp())"
			"  order by batch for update skip locked limit 1)"
			" returning " KH_LEDGER_ROW,
			p, 3);
		int got = r ? PQntuples(r) : -1;
		if (got > 0)
			kh_ledger_row(r, batch);
		PQclear(r);
		double left = end - kh_pg_clock();
		if (got || left <= 0 || (b->o.stop && *b->o.stop))
			return got;
		kh_pg_sleep(nap < left ? nap : left);
		nap = nap < 0.5 ? nap * 2 : 1;
	}
}

static void none(struct kh_bus *b, struct kh_bus_batch *batch)
{
	(void)b, (void)batch;
}

static void back(struct kh_bus *b, struct kh_bus_batch *batch, int after_s)
{
	(void)b, (void)batch, (void)after_s;
}

static long long queued(struct kh_bus *b)
{
	(void)b;
	return -1;
}

static bool all_told(struct kh_bus *b, long long waiting, long long leased)
{
	(void)b, (void)waiting, (void)leased;
	return true;
}

const struct kh_bus_driver kh_bus_pg = {"pg", nothing, closed, publish, take,
					none, none,    back,   queued,	all_told};
