/* Opening a queue and its ledger. In: a URL of the queue, a DSN of the ledger. Out: a connection to
 * both, the ledger made when asked to. */
#include <stdlib.h>
#include <string.h>

#include "bus/own.h"

extern const char kh_bus_schema[];

static int version(struct kh_bus *b)
{
	PGresult *r = kh_pg_query(b, "select version from khabar.version", NULL, 0);
	if (!r)
		return -1;
	int v = PQntuples(r) ? (int)kh_pg_number(r, 0, 0) : 0;
	PQclear(r);
	return v == 1 ? 0
		      : kh_bus_failf(b, "a ledger of version %d; this khabar knows version 1", v);
}

/* Makes the ledger; two that try at once do not meet, thanks to the lock. */
static int make(struct kh_bus *b)
{
	PGresult *r;
	int bad = kh_pg_run(b, "begin; select pg_advisory_xact_lock(1802001011)");
	if (!bad) {
		r = kh_pg_query(b, "select 1 where to_regclass('khabar.version') is null", NULL, 0);
		bad = !r || (PQntuples(r) && kh_pg_run(b, kh_bus_schema) != 0) ? -1 : 0;
		PQclear(r);
	}
	if (!bad)
		return kh_pg_run(b, "commit");
	char why[sizeof b->why];
	memcpy(why, b->why, sizeof why);
	kh_pg_run(b, "rollback");
	return kh_bus_fail(b, why);
}

static void defaults(struct kh_bus *b)
{
	b->o.lease = b->o.lease > 0 ? b->o.lease : 60;
	b->o.tries = b->o.tries > 0 ? b->o.tries : 3;
	b->o.patience = b->o.patience > 0 ? b->o.patience : 300;
	b->o.replicas = b->o.replicas > 0 ? b->o.replicas : 1;
	b->o.worker = b->o.worker ? b->o.worker : "khabar";
}

static bool starts(const char *z, const char *with)
{
	return z && strncmp(z, with, strlen(with)) == 0;
}

int kh_bus_open(struct kh_bus **out, const struct kh_bus_options *o)
{
	struct kh_bus *b = calloc(1, sizeof *b);
	const char *store = o->store ? o->store : o->queue;
	*out = b;
	if (!b)
		return -1;
	b->o = *o;
	defaults(b);
	if (starts(o->queue, "pg:"))
		b->driver = &kh_bus_pg;
	else if (starts(o->queue, "nats://") || starts(o->queue, "tls://"))
		b->driver = &kh_bus_nats;
	else
		return kh_bus_fail(b,
				   "not a queue: pg:DSN, nats://HOST/STREAM or tls://HOST/STREAM");
	if (!starts(store, "pg:"))
		return kh_bus_fail(b, "a store is needed for the ledger (--store pg:DSN)");
	b->url = strdup(o->queue);
	if (!b->url)
		return kh_bus_fail(b, "out of memory");
	double began = 0;
	int bad;
	while ((bad = b->pg ? (PQstatus(b->pg) == CONNECTION_OK ? 0 : -1)
			    : kh_pg_open(b, store + 3)) == -1 &&
	       kh_pg_again(b, &began))
		;
	if (bad || (o->make && make(b) != 0) || version(b) != 0)
		return -1;
	return b->driver->open(b);
}

void kh_bus_close(struct kh_bus *b)
{
	if (!b)
		return;
	if (b->driver)
		b->driver->close(b);
	PQfinish(b->pg);
	kh_bytes_free(&b->copy);
	free(b->dsn);
	free(b->password);
	free(b->url);
	free(b);
}

const char *kh_bus_why(const struct kh_bus *b)
{
	return b ? b->why : "out of memory";
}

long kh_bus_foreign(const struct kh_bus *b)
{
	return b->foreign;
}
