/* Batches on loan. In: what a queue says is next. Out: the stories of it that have no result yet;
 * results and the ledger's row in one transaction. A batch that was tried too often is halved until
 * the one story is found. */
#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bus/own.h"

void kh_ledger_key(struct kh_bus_story *s)
{
	unsigned char hash[EVP_MAX_MD_SIZE], kind = (unsigned char)s->kind;
	EVP_MD_CTX *c = EVP_MD_CTX_new();
	memset(s->key, 0, sizeof s->key);
	if (c && EVP_DigestInit_ex(c, EVP_sha256(), NULL)) {
		EVP_DigestUpdate(c, &kind, 1);
		for (int i = 0; i < KH_BUS_TOLD; i++) {
			EVP_DigestUpdate(c, s->told[i].n ? s->told[i].p : "", s->told[i].n);
			EVP_DigestUpdate(c, "\x1f", 1);
		}
		EVP_DigestUpdate(c, s->bytes.n ? s->bytes.p : "", s->bytes.n);
		EVP_DigestFinal_ex(c, hash, NULL);
		memcpy(s->key, hash, sizeof s->key);
	}
	EVP_MD_CTX_free(c);
}

void kh_ledger_row(const PGresult *r, struct kh_bus_batch *batch)
{
	batch->id = kh_pg_number(r, 0, 0);
	batch->first = kh_pg_number(r, 0, 1);
	batch->last = kh_pg_number(r, 0, 2);
	batch->stories = (int)kh_pg_number(r, 0, 3);
	batch->tries = (int)kh_pg_number(r, 0, 4);
}

void kh_ledger_drop(struct kh_bus_batch *batch)
{
	for (unsigned i = 0; i < batch->n; i++)
		if (batch->story[i].reference)
			free((void *)(uintptr_t)batch->story[i].bytes.p);
	free(batch->story);
	PQclear(batch->rows);
	batch->story = NULL;
	batch->rows = NULL;
	batch->n = 0;
}

int kh_ledger_publish(struct kh_bus *b, const PGresult *r)
{
	int n = PQntuples(r), bad = 0;
	int64_t *id = calloc((size_t)n + 1, sizeof *id);
	int *tries = calloc((size_t)n + 1, sizeof *tries);
	for (int i = 0; id && tries && i < n; i++) {
		id[i] = kh_pg_number(r, i, 0);
		tries[i] = (int)kh_pg_number(r, i, 1);
	}
	if (!id || !tries)
		bad = kh_bus_fail(b, "out of memory");
	else if (n)
		bad = b->driver->publish(b, id, tries, (unsigned)n);
	free(id);
	free(tries);
	return bad;
}

/* ---- loading ------------------------------------------------------------------- */

/* A story of which the ledger has the place only. -1: this machine cannot read the file. */
static int read_place(struct kh_bus *b, struct kh_bus_story *s, uint64_t n)
{
	unsigned char key[sizeof s->key];
	char *p = malloc(n + 1);
	int fd = open(s->file, O_RDONLY | O_CLOEXEC);
	size_t got = 0;
	ssize_t k = 1;
	while (p && fd >= 0 && got < n && k > 0) {
		k = pread(fd, p + got, n - got, (off_t)(s->at + got));
		got += k > 0 ? (size_t)k : 0;
	}
	int e = errno;
	if (fd >= 0)
		close(fd);
	if (!p || fd < 0 || k < 0) {
		free(p);
		return kh_bus_failf(b, "%s: %s (its stories were put by reference)", s->file,
				    p ? strerror(e) : "out of memory");
	}
	p[got] = 0;
	s->bytes = (khabar_str){p, got};
	memcpy(key, s->key, sizeof key);
	kh_ledger_key(s);
	if (memcmp(key, s->key, sizeof key) != 0)
		snprintf(s->error, sizeof s->error, "the file has changed since it was put");
	memcpy(s->key, key, sizeof key);
	return 0;
}

static void told(struct kh_bus_story *s, const char *p, size_t n)
{
	for (int i = 0; i < KH_BUS_TOLD && n; i++) {
		const char *end = memchr(p, '\x1f', n);
		size_t k = end ? (size_t)(end - p) : n;
		s->told[i] = (khabar_str){p, k};
		p += k + (end != NULL);
		n -= k + (end != NULL);
	}
}

static int load_row(struct kh_bus *b, PGresult *r, int i, struct kh_bus_story *s)
{
	s->id = kh_pg_number(r, i, 0);
	if (PQgetlength(r, i, 1) == sizeof s->key)
		memcpy(s->key, PQgetvalue(r, i, 1), sizeof s->key);
	s->file = PQgetvalue(r, i, 2);
	s->at = (uint64_t)kh_pg_number(r, i, 3);
	s->kind = (uint32_t)kh_pg_number(r, i, 5);
	told(s, PQgetvalue(r, i, 6), (size_t)PQgetlength(r, i, 6));
	s->bytes = (khabar_str){PQgetvalue(r, i, 7), (size_t)PQgetlength(r, i, 7)};
	if (!PQgetisnull(r, i, 7))
		return 0;
	s->bytes = (khabar_str){NULL, 0};
	s->reference = true;
	return read_place(b, s, (uint64_t)kh_pg_number(r, i, 4));
}

static int load(struct kh_bus *b, void *arg)
{
	struct kh_bus_batch *batch = arg;
	struct kh_param p[] = {kh_pg_int8(batch->first), kh_pg_int8(batch->last),
			       kh_pg_int4((int32_t)b->o.behaviour)};
	PGresult *r =
		kh_pg_query(b,
			    "select s.story, s.key, f.name, s.at, s.bytes, s.kind, s.told, s.body"
			    " from khabar.story s join khabar.file f using (file)"
			    " where s.story between $1::bigint and $2::bigint"
			    " and not exists (select from khabar.result r where r.key = s.key"
			    "  and r.behaviour = $3::integer)"
			    " and not exists (select from khabar.failed x where x.key = s.key"
			    "  and x.behaviour = $3::integer)"
			    " order by s.story",
			    p, 3);
	if (!r)
		return -1;
	batch->rows = r;
	batch->story = calloc((size_t)PQntuples(r) + 1, sizeof *batch->story);
	if (!batch->story)
		return kh_bus_fail(b, "out of memory");
	for (int i = 0; i < PQntuples(r); i++) {
		batch->n = (unsigned)i + 1;
		if (load_row(b, r, i, &batch->story[i]) != 0)
			return -2; /* not ours to try again: kh_bus_try() passes it on */
	}
	return 0;
}

/* ---- halving --------------------------------------------------------------------- */

static int halve(struct kh_bus *b, void *arg)
{
	struct kh_bus_batch *batch = arg;
	unsigned half = batch->n / 2;
	struct kh_param p[] = {kh_pg_int8(batch->id),
			       kh_pg_int4(batch->tries),
			       kh_pg_int8(batch->story[half].id),
			       kh_pg_int4((int32_t)half),
			       kh_pg_int4((int32_t)(batch->n - half)),
			       kh_pg_int4(b->o.tries - 1)};
	PGresult *r = kh_pg_query(
		b,
		"with gone as (delete from khabar.batch where batch = $1::bigint"
		"  and tries = $2::integer and state = 'leased' returning *)"
		" insert into khabar.batch(behaviour, first, last, stories, tries, error)"
		" select behaviour, first, $3::bigint - 1, $4::integer, $6::integer,"
		"  coalesce(error, 'its worker died') from gone union all"
		" select behaviour, $3::bigint, last, $5::integer, $6::integer,"
		"  coalesce(error, 'its worker died') from gone"
		" returning batch, tries",
		p, 6);
	int bad = r ? kh_ledger_publish(b, r) : -1;
	PQclear(r);
	return bad;
}

static int give_up(struct kh_bus *b, void *arg)
{
	struct kh_bus_batch *batch = arg;
	struct kh_param p[] = {kh_pg_int8(batch->id), kh_pg_int8(batch->story[0].id)};
	PGresult *r = kh_pg_query(
		b,
		"with lost as (update khabar.batch set state = 'failed', lease_until = null,"
		"  done_at = clock_timestamp(), error = coalesce(error, 'its worker died')"
		"  where batch = $1::bigint and state = 'leased' returning *)"
		" insert into khabar.failed(key, behaviour, story, file, at, bytes, tries, error)"
		" select s.key, l.behaviour, s.story, f.name, s.at, s.bytes, l.tries - 1, l.error"
		" from lost l join khabar.story s on s.story = $2::bigint"
		" join khabar.file f using (file) on conflict do nothing",
		p, 2);
	PQclear(r);
	return r ? 0 : -1;
}

static int too_often(struct kh_bus *b, struct kh_bus_batch *batch)
{
	int bad = kh_bus_try(b, batch->n > 1 ? halve : give_up, batch);
	if (!bad)
		b->driver->done(b, batch);
	kh_ledger_drop(batch);
	return bad;
}

struct taking {
	struct kh_bus_batch *batch;
	int wait_ms;
};

static int take(struct kh_bus *b, void *arg)
{
	struct taking *t = arg;
	return b->driver->take(b, t->batch, t->wait_ms);
}

int kh_bus_take(struct kh_bus *b, struct kh_bus_batch *batch, int wait_ms)
{
	struct taking t = {batch, wait_ms};
	for (;;) {
		memset(batch, 0, sizeof *batch);
		batch->from = b;
		int r = kh_bus_try(b, take, &t);
		if (r <= 0)
			return r;
		r = kh_bus_try(b, load, batch);
		if (r != 0) {
			char why[sizeof b->why];
			memcpy(why, b->why, sizeof why);
			kh_bus_back(b, batch, NULL);
			return kh_bus_fail(b, why);
		}
		if (batch->n && batch->tries <= b->o.tries)
			return 1;
		r = batch->n ? too_often(b, batch) : kh_bus_finish(b, batch);
		if (r != 0)
			return -1;
	}
}

/* ---- giving back ------------------------------------------------------------------- */

int kh_bus_hold(struct kh_bus *b, struct kh_bus_batch *batch)
{
	struct kh_param p[] = {kh_pg_int8(batch->id), kh_pg_int4(b->o.lease),
			       kh_pg_text(b->o.worker)};
	PGresult *r = kh_pg_query(b,
				  "update khabar.batch set lease_until = clock_timestamp()"
				  " + $2::integer * interval '1 second' where batch = $1::bigint"
				  " and worker = $3::text and state = 'leased'",
				  p, 3);
	PQclear(r);
	b->driver->hold(b, batch);
	return r ? 0 : -1; /* a lease that was not renewed costs work, never a result */
}

struct giving {
	struct kh_bus_batch *batch;
	const char *why;
};

static int back(struct kh_bus *b, void *arg)
{
	struct giving *g = arg;
	struct kh_param p[] = {kh_pg_int8(g->batch->id), kh_pg_text(g->why),
			       kh_pg_text(b->o.worker)};
	PGresult *r = kh_pg_query(
		b,
		"update khabar.batch set state = 'waiting', lease_until = null, worker = null,"
		" tries = tries - ($2::text is null)::integer, error = coalesce($2::text, error)"
		" where batch = $1::bigint and worker = $3::text and state = 'leased'",
		p, 3);
	PQclear(r);
	return r ? 0 : -1;
}

int kh_bus_back(struct kh_bus *b, struct kh_bus_batch *batch, const char *why)
{
	struct giving g = {batch, why};
	int bad = kh_bus_try(b, back, &g);
	batch->from->driver->back(batch->from, batch, 0);
	kh_ledger_drop(batch);
	return bad;
}

int kh_bus_free_lease(struct kh_bus *b, int64_t id, bool suspect)
{
	struct kh_param p[] = {kh_pg_int8(id), kh_pg_int4(!suspect)};
	PGresult *r = kh_pg_query(b,
				  "update khabar.batch set state = 'waiting', lease_until = null,"
				  " tries = tries - $2::integer, error = case when $2::integer = 0"
				  " then 'its worker died' else error end where batch = $1::bigint"
				  " and state = 'leased' returning batch, tries",
				  p, 2);
	int bad = r ? kh_ledger_publish(b, r) : -1;
	PQclear(r);
	return bad;
}

/* ---- finishing ----------------------------------------------------------------------- */

struct column { /* an array of PostgreSQL, as its binary form has it */
	struct kh_bytes b;
	uint32_t n;
};

static void begin(struct column *c, uint32_t oid)
{
	memset(c, 0, sizeof *c);
	kh_bytes_u32(&c->b, 1); /* dimensions */
	kh_bytes_u32(&c->b, 0); /* no nulls */
	kh_bytes_u32(&c->b, oid);
	kh_bytes_u32(&c->b, 0); /* elements: see end() */
	kh_bytes_u32(&c->b, 1);
}

static void put(struct column *c, const void *p, size_t n)
{
	kh_bytes_field(&c->b, p ? p : "", n);
	c->n++;
}

static void put4(struct column *c, int v)
{
	kh_bytes_u32(&c->b, 4);
	kh_bytes_u32(&c->b, (uint32_t)v);
	c->n++;
}

static void end(struct column *c)
{
	for (int i = 0; i < 4 && !c->b.bad; i++)
		c->b.p[12 + i] = (char)(c->n >> (24 - 8 * i));
}

enum { KEY, STORIES, REPORTS, RECORD, LOST, ERROR, COLUMNS };

static void columns(const struct kh_bus_batch *batch, struct column *c)
{
	static const uint32_t oid[] = {KH_OID_BYTEA, KH_OID_INT4, KH_OID_INT4,
				       KH_OID_TEXT,  KH_OID_INT8, KH_OID_TEXT};
	for (int i = 0; i < COLUMNS; i++)
		begin(&c[i], oid[i]);
	for (unsigned i = 0; i < batch->n; i++) {
		const struct kh_bus_story *s = &batch->story[i];
		if (s->error[0]) {
			kh_bytes_u32(&c[LOST].b, 8);
			kh_bytes_u64(&c[LOST].b, (uint64_t)s->id);
			c[LOST].n++;
			put(&c[ERROR], s->error, strlen(s->error));
			continue;
		}
		put(&c[KEY], s->key, sizeof s->key);
		put4(&c[STORIES], s->stories);
		put4(&c[REPORTS], s->reports);
		put(&c[RECORD], s->record.p, s->record.n);
	}
	for (int i = 0; i < COLUMNS; i++)
		end(&c[i]);
}

static int send(struct kh_bus *b, const char *sql, const struct kh_param *param, int n)
{
	const char *value[8];
	int length[8], format[8];
	for (int i = 0; i < n; i++) {
		value[i] = param[i].p ? param[i].p : param[i].own;
		length[i] = param[i].n;
		format[i] = 1;
	}
	return PQsendQueryParams(b->pg, sql, n, NULL, value, length, format, 1) == 1 ? 0 : -1;
}

/* Three statements and a sync in one flight: PostgreSQL takes what stands before the sync as one
 * transaction. */
static int send_all(struct kh_bus *b, const struct kh_bus_batch *batch, struct column *c)
{
	struct kh_param done[] = {kh_pg_int8(batch->id), kh_pg_int4(batch->tries)};
	struct kh_param made[] = {kh_pg_bytes(&c[KEY].b), kh_pg_bytes(&c[STORIES].b),
				  kh_pg_bytes(&c[REPORTS].b), kh_pg_bytes(&c[RECORD].b),
				  kh_pg_int4((int32_t)b->o.behaviour)};
	struct kh_param lost[] = {kh_pg_bytes(&c[LOST].b), kh_pg_bytes(&c[ERROR].b),
				  kh_pg_int4((int32_t)b->o.behaviour), kh_pg_int4(batch->tries)};
	if (c[KEY].n && send(b,
			     "insert into khabar.result(key, behaviour, stories, reports, record)"
			     " select k, $5::integer, s, r, t from unnest($1::bytea[],"
			     " $2::integer[], $3::integer[], $4::text[]) x(k, s, r, t)"
			     " on conflict do nothing",
			     made, 5) != 0)
		return -1;
	if (c[LOST].n &&
	    send(b,
		 "insert into khabar.failed(key, behaviour, story, file, at, bytes, tries, error)"
		 " select s.key, $3::integer, s.story, f.name, s.at, s.bytes, $4::integer, x.e"
		 " from unnest($1::bigint[], $2::text[]) x(n, e)"
		 " join khabar.story s on s.story = x.n join khabar.file f using (file)"
		 " on conflict do nothing",
		 lost, 4) != 0)
		return -1;
	return send(b,
		    "update khabar.batch set state = 'done', done_at = clock_timestamp(),"
		    " lease_until = null, error = null"
		    " where batch = $1::bigint and state in ('waiting', 'leased')"
		    " and $2::integer is not null",
		    done, 2);
}

static int answers(struct kh_bus *b)
{
	int bad = 0;
	PGresult *r;
	for (int none = 0; none < 2 && PQstatus(b->pg) == CONNECTION_OK;) {
		r = PQgetResult(b->pg);
		ExecStatusType t = PQresultStatus(r);
		none = r ? 0 : none + 1;
		if (r && t != PGRES_COMMAND_OK && t != PGRES_TUPLES_OK &&
		    t != PGRES_PIPELINE_SYNC && t != PGRES_PIPELINE_ABORTED && !bad)
			bad = kh_pg_error(b, r);
		PQclear(r);
		if (t == PGRES_PIPELINE_SYNC && r)
			return bad;
	}
	return bad ? bad : kh_pg_error(b, NULL);
}

static int finish(struct kh_bus *b, void *arg)
{
	struct kh_bus_batch *batch = arg;
	struct column c[COLUMNS];
	bool room = true;
	int bad = 0;
	columns(batch, c);
	for (int i = 0; i < COLUMNS; i++)
		room = room && !c[i].b.bad && c[i].b.n < INT32_MAX / 2;
	if (!room) {
		bad = kh_bus_fail(b, "a batch of more than a gigabyte");
		b->data = true;
	} else if (!PQenterPipelineMode(b->pg) || send_all(b, batch, c) != 0 ||
		   !PQpipelineSync(b->pg)) {
		bad = kh_pg_error(b, NULL);
		b->away = true;
	} else {
		bad = answers(b);
	}
	if (PQpipelineStatus(b->pg) != PQ_PIPELINE_OFF && !PQexitPipelineMode(b->pg))
		PQreset(b->pg);
	for (int i = 0; i < COLUMNS; i++)
		kh_bytes_free(&c[i].b);
	return bad;
}

int kh_bus_finish(struct kh_bus *b, struct kh_bus_batch *batch)
{
	int bad = kh_bus_try(b, finish, batch);
	if (bad && b->data) {
		char why[sizeof b->why];
		memcpy(why, b->why, sizeof why);
		bad = kh_bus_back(b, batch, why);
		memcpy(b->why, why, sizeof why);
		return bad ? -1 : 1;
	}
	if (!bad)
		batch->from->driver->done(batch->from, batch);
	kh_ledger_drop(batch);
	return bad;
}
