/* Stories into the ledger. In: stories one at a time. Out: rows by COPY into a table of this
 * session, then in one transaction the new ones among them, cut into batches; the queue is told
 * afterwards. A story that is there already changes nothing, so a put that was cut off is simply
 * run again. */
#include <stdlib.h>
#include <string.h>

#include "bus/own.h"

enum { FLUSH_STORIES = 5000, FLUSH_BYTES = 16 << 20, BATCH_BYTES = 1000000 };

static void told(struct kh_bytes *to, const struct kh_bus_story *s)
{
	struct kh_bytes all = {0};
	unsigned last = KH_BUS_TOLD;
	while (last && !s->told[last - 1].n)
		last--;
	for (unsigned i = 0; i < last; i++) {
		kh_bytes_add(&all, s->told[i].p, s->told[i].n);
		kh_bytes_add(&all, "\x1f", 1);
	}
	kh_bytes_field(to, last ? all.p : NULL, all.n);
	kh_bytes_free(&all);
}

/* One row of COPY's binary form. */
static void row(struct kh_bytes *to, struct kh_bus_story *s)
{
	kh_ledger_key(s);
	kh_bytes_u16(to, 7);
	kh_bytes_field(to, s->key, sizeof s->key);
	kh_bytes_field(to, s->file, strlen(s->file));
	kh_bytes_u32(to, 8);
	kh_bytes_u64(to, s->at);
	kh_bytes_u32(to, 8);
	kh_bytes_u64(to, s->bytes.n);
	kh_bytes_u32(to, 2);
	kh_bytes_u16(to, s->kind);
	told(to, s);
	kh_bytes_field(to, s->reference ? NULL : s->bytes.n ? s->bytes.p : "", s->bytes.n);
}

static int copy(struct kh_bus *b)
{
	static const char head[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0";
	PGresult *r = PQexec(b->pg, "copy pg_temp.incoming(key, file, at, bytes, kind, told, body)"
				    " from stdin (format binary)");
	int bad = PQresultStatus(r) == PGRES_COPY_IN ? 0 : kh_pg_error(b, r);
	PQclear(r);
	if (bad)
		return bad;
	if (PQputCopyData(b->pg, head, sizeof head) != 1)
		bad = kh_pg_error(b, NULL);
	for (size_t at = 0; at < b->copy.n && !bad;) {
		size_t n = b->copy.n - at < 1 << 20 ? b->copy.n - at : 1 << 20;
		if (PQputCopyData(b->pg, b->copy.p + at, (int)n) != 1)
			bad = kh_pg_error(b, NULL);
		at += n;
	}
	if (!bad && (PQputCopyData(b->pg, "\377\377", 2) != 1 || PQputCopyEnd(b->pg, NULL) != 1))
		bad = kh_pg_error(b, NULL);
	while ((r = PQgetResult(b->pg)) != NULL) {
		if (PQresultStatus(r) != PGRES_COMMAND_OK && !bad)
			bad = kh_pg_error(b, r);
		PQclear(r);
		if (PQstatus(b->pg) == CONNECTION_BAD)
			break;
	}
	return bad;
}

struct putting {
	int batch;
	struct kh_bus_put *sum;
	PGresult *made;
	long stories;
};

/* The new ones get numbers in the order they came in, and batches are runs of numbers: at most so
 * many stories, and not much over a megabyte. */
static int take_in(struct kh_bus *b, struct putting *p)
{
	struct kh_param param[] = {kh_pg_int4((int32_t)b->o.behaviour), kh_pg_int4(p->batch),
				   kh_pg_int4(BATCH_BYTES)};
	if (kh_pg_run(b, "insert into khabar.file(name) select distinct file from pg_temp.incoming"
			 " on conflict do nothing") != 0)
		return -1;
	p->made = kh_pg_query(
		b,
		"with new as (insert into khabar.story(key, file, at, bytes, kind, told, body)"
		"  select i.key, f.file, i.at, i.bytes, i.kind, i.told, i.body"
		"  from pg_temp.incoming i join khabar.file f on f.name = i.file order by i.n"
		"  on conflict do nothing returning story, bytes),"
		" cut as (select story, (row_number() over w - 1) / $2::integer as a,"
		"  (sum(bytes) over w - bytes) / $3::integer as b from new"
		"  window w as (order by story))"
		" insert into khabar.batch(behaviour, first, last, stories)"
		" select $1::integer, min(story), max(story), count(*) from cut"
		" group by a, trunc(b) order by 2 returning batch, tries, stories",
		param, 3);
	return p->made ? 0 : -1;
}

static int flush(struct kh_bus *b, void *arg)
{
	struct putting *p = arg;
	PQclear(p->made);
	p->made = NULL;
	if (PQtransactionStatus(b->pg) != PQTRANS_IDLE)
		kh_pg_run(b, "rollback");
	/* the lock keeps the numbers of one put in one piece */
	if (kh_pg_run(b, "begin") == 0 &&
	    kh_pg_run(b, "create temp table if not exists incoming (n bigint generated always as"
			 " identity, key bytea, file text, at bigint, bytes bigint, kind smallint,"
			 " told text, body bytea) on commit delete rows") == 0 &&
	    copy(b) == 0 && kh_pg_run(b, "select pg_advisory_xact_lock(1802001010)") == 0 &&
	    take_in(b, p) == 0 && kh_pg_run(b, "commit") == 0)
		return 0;
	bool away = b->away, data = b->data;
	char why[sizeof b->why];
	memcpy(why, b->why, sizeof why);
	if (PQstatus(b->pg) == CONNECTION_OK)
		kh_pg_run(b, "rollback");
	memcpy(b->why, why, sizeof why);
	b->away = away;
	b->data = data;
	return -1;
}

int kh_bus_put_end(struct kh_bus *b, int batch, struct kh_bus_put *sum)
{
	struct putting p = {.batch = batch, .sum = sum};
	if (!b->copied)
		return 0;
	if (b->copy.bad)
		return kh_bus_fail(b, "out of memory");
	int bad = kh_bus_try(b, flush, &p);
	if (!bad) {
		long n = 0;
		for (int i = 0; i < PQntuples(p.made); i++)
			n += (long)kh_pg_number(p.made, i, 2);
		sum->stories += n;
		sum->known += b->copied - n;
		sum->batches += PQntuples(p.made);
		b->copied = 0;
		b->copy.n = 0;
		bad = kh_ledger_publish(b, p.made);
	}
	PQclear(p.made);
	return bad;
}

int kh_bus_put(struct kh_bus *b, const struct kh_bus_story *s, int batch, struct kh_bus_put *sum)
{
	struct kh_bus_story own = *s;
	row(&b->copy, &own);
	b->copied++;
	if (b->copied < FLUSH_STORIES && b->copy.n < FLUSH_BYTES)
		return b->copy.bad ? kh_bus_fail(b, "out of memory") : 0;
	return kh_bus_put_end(b, batch, sum);
}
