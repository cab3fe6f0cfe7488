/* Statements of a store, handed to its engine. In: SQL with marks, values. Out: rows. */
#include "store/own.h"

struct kh_sql *kh_store_sql(struct kh_store *s, const char *sql)
{
	return s->engine->prepare(s, sql, false);
}

struct kh_sql *kh_store_scan(struct kh_store *s, const char *sql)
{
	return s->engine->prepare(s, sql, true);
}

struct kh_sql *kh_store_question(struct kh_store *s, const char *sql, int *at)
{
	*at = -1;
	return s->engine->question(s, sql, at);
}

const char *kh_store_piece(const struct kh_store *s, enum kh_store_piece piece)
{
	return s->engine->piece[piece];
}

void kh_sql_end(struct kh_sql *q)
{
	if (q)
		q->s->engine->end(q);
}

void kh_sql_put_text(struct kh_sql *q, int i, const char *z, long n)
{
	q->s->engine->put_text(q, i, z, n, false);
}

void kh_sql_put_copy(struct kh_sql *q, int i, const char *z)
{
	q->s->engine->put_text(q, i, z, -1, true);
}

void kh_sql_put_int(struct kh_sql *q, int i, int64_t v)
{
	q->s->engine->put_int(q, i, v);
}

void kh_sql_put_real(struct kh_sql *q, int i, double v)
{
	q->s->engine->put_real(q, i, v);
}

enum kh_sql_step kh_sql_step(struct kh_sql *q)
{
	return q->s->engine->step(q);
}

void kh_sql_reset(struct kh_sql *q)
{
	q->s->engine->reset(q);
}

int kh_sql_run(struct kh_sql *q)
{
	if (q->s->engine->write)
		return q->s->engine->write(q);
	enum kh_sql_step got = q->s->engine->step(q);
	q->s->engine->reset(q);
	return got == KH_SQL_FAILED ? -1 : 0;
}

int kh_sql_columns(struct kh_sql *q)
{
	return q->s->engine->columns(q);
}

const char *kh_sql_name(struct kh_sql *q, int i)
{
	return q->s->engine->name(q, i);
}

enum kh_sql_type kh_sql_type(struct kh_sql *q, int i)
{
	return q->s->engine->type(q, i);
}

const char *kh_sql_text(struct kh_sql *q, int i)
{
	return q->s->engine->text(q, i);
}

size_t kh_sql_bytes(struct kh_sql *q, int i)
{
	return q->s->engine->bytes(q, i);
}

int64_t kh_sql_int(struct kh_sql *q, int i)
{
	return q->s->engine->whole(q, i);
}

double kh_sql_real(struct kh_sql *q, int i)
{
	return q->s->engine->real(q, i);
}
