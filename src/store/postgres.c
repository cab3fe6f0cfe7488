/* The engine PostgreSQL: the same tables in a database of a server (server.c). In: the statements
 * that SQLite gets. Out: the same rows. */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "store/dialect.h"
#include "store/server.h"

enum { VALUES = 128, FETCH = 256 };
enum { INT8 = 20, INT2 = 21, INT4 = 23, FLOAT4 = 700, FLOAT8 = 701, NUMERIC = 1700 };

struct pg {
	struct kh_sql base;
	char *sql;
	unsigned name, marks;
	bool scan, prepared, running, failed;
	const char *value[VALUES]; /* NULL: null */
	bool copied[VALUES];
	PGresult *r;
	int row;
	char number[40]; /* of the column asked for last */
};

static struct pg *pg_of(struct kh_sql *q)
{
	return (struct pg *)(void *)q;
}

/* ---- statements ---------------------------------------------------------------- */

static struct kh_sql *statement(struct kh_store *s, char *sql, unsigned marks, bool scan)
{
	struct pg *q = sql && marks < VALUES ? calloc(1, sizeof *q) : NULL;
	if (!q) {
		free(sql);
		kh_store_fail(s, marks < VALUES ? "out of memory" : "too many values");
		return NULL;
	}
	q->base.s = s;
	q->sql = sql;
	q->marks = marks;
	q->scan = scan;
	q->name = ++kh_server_of(s)->names;
	return &q->base;
}

static void forget_values(struct pg *q)
{
	for (unsigned i = 0; i < q->marks; i++) {
		if (q->copied[i])
			free((char *)(uintptr_t)q->value[i]);
		q->copied[i] = false;
		q->value[i] = NULL;
	}
}

/* Values are told as text; the server knows what each is from where it stands. */
static PGresult *execute(struct pg *q, const char *sql)
{
	PGconn *c = kh_server_of(q->base.s)->c;
	char name[32];
	if (sql)
		return PQexecParams(c, sql, (int)q->marks, NULL, q->value, NULL, NULL, 0);
	snprintf(name, sizeof name, "kh%u", q->name);
	if (!q->prepared) {
		PGresult *r = PQprepare(c, name, q->sql, (int)q->marks, NULL);
		if (!kh_server_well(r))
			return r;
		PQclear(r);
		q->prepared = true;
	}
	return PQexecPrepared(c, name, (int)q->marks, q->value, NULL, NULL, 0);
}

static int hold(struct kh_store *s)
{
	struct kh_server *v = kh_server_of(s);
	if (v->cursors == 0 && PQtransactionStatus(v->c) == PQTRANS_IDLE) {
		if (kh_server_run(s, "begin read only") != 0)
			return -1;
		v->held = true;
	}
	v->cursors++;
	return 0;
}

static void let_go(struct kh_store *s)
{
	struct kh_server *v = kh_server_of(s);
	if (--v->cursors == 0 && v->held) {
		PQclear(PQexec(v->c, "commit"));
		v->held = false;
	}
}

static int declare(struct pg *q)
{
	size_t n = strlen(q->sql) + 64;
	char *sql = malloc(n);
	if (!sql || hold(q->base.s) != 0) {
		free(sql);
		return -1;
	}
	q->running = true;
	snprintf(sql, n, "declare kh%u no scroll cursor for %s", q->name, q->sql);
	PGresult *r = execute(q, sql);
	int bad = kh_server_well(r) ? 0 : kh_server_fault(q->base.s, r);
	PQclear(r);
	free(sql);
	return bad;
}

static int fetch(struct pg *q)
{
	char sql[64];
	snprintf(sql, sizeof sql, "fetch %d from kh%u", FETCH, q->name);
	PQclear(q->r);
	q->r = NULL;
	if (kh_server_flush(q->base.s) != 0)
		return -1;
	q->r = PQexec(kh_server_of(q->base.s)->c, sql);
	q->row = -1;
	return kh_server_well(q->r) ? 0 : kh_server_fault(q->base.s, q->r);
}

static int start(struct pg *q)
{
	struct kh_server *v = kh_server_of(q->base.s);
	q->row = -1;
	q->failed = true; /* until it is not */
	if (kh_server_flush(q->base.s) != 0)
		return -1;
	if (q->scan) {
		q->failed = declare(q) != 0 || fetch(q) != 0;
		return q->failed ? -1 : 0;
	}
	q->r = execute(q, NULL);
	if (!kh_server_well(q->r))
		return kh_server_fault(q->base.s, q->r);
	q->failed = false;
	v->changed = atoll(PQcmdTuples(q->r));
	return 0;
}

static enum kh_sql_step pg_step(struct kh_sql *base)
{
	struct pg *q = pg_of(base);
	if (q->failed || (!q->r && start(q) != 0))
		return KH_SQL_FAILED;
	if (++q->row < PQntuples(q->r))
		return KH_SQL_ROW;
	if (!q->scan || PQntuples(q->r) < FETCH)
		return KH_SQL_DONE;
	if (fetch(q) != 0)
		return KH_SQL_FAILED;
	return ++q->row < PQntuples(q->r) ? KH_SQL_ROW : KH_SQL_DONE;
}

static void pg_reset(struct kh_sql *base)
{
	struct pg *q = pg_of(base);
	char sql[64];
	PQclear(q->r);
	q->r = NULL;
	q->failed = false;
	if (q->running) {
		snprintf(sql, sizeof sql, "close kh%u", q->name);
		kh_server_flush(base->s);
		if (PQtransactionStatus(kh_server_of(base->s)->c) == PQTRANS_INTRANS)
			PQclear(PQexec(kh_server_of(base->s)->c, sql));
		let_go(base->s);
	}
	q->running = false;
	forget_values(q);
}

static void pg_end(struct kh_sql *base)
{
	struct pg *q = pg_of(base);
	char sql[64];
	pg_reset(base);
	kh_server_flush(base->s);
	if (q->prepared && PQtransactionStatus(kh_server_of(base->s)->c) != PQTRANS_INERROR) {
		snprintf(sql, sizeof sql, "deallocate kh%u", q->name);
		PQclear(PQexec(kh_server_of(base->s)->c, sql));
	}
	free(q->sql);
	free(q);
}

/* Inside a batch nobody waits for the answer to what only writes; the batch's end does. */
static int pg_write(struct kh_sql *base)
{
	struct pg *q = pg_of(base);
	struct kh_server *v = kh_server_of(base->s);
	char name[32];
	if (!v->writing || q->scan || !q->prepared) {
		enum kh_sql_step got = pg_step(base);
		pg_reset(base);
		return got == KH_SQL_FAILED ? -1 : 0;
	}
	snprintf(name, sizeof name, "kh%u", q->name);
	v->pipe.c = v->c;
	int bad = kh_pipe_send(&v->pipe, name, (int)q->marks, q->value)
			  ? 0
			  : kh_server_fault(base->s, NULL);
	forget_values(q);
	return bad || (v->pipe.sent >= KH_PIPE_MOST && kh_server_flush(base->s) != 0) ? -1 : 0;
}

static struct kh_sql *pg_prepare(struct kh_store *s, const char *sql, bool scan)
{
	unsigned marks = 0;
	char *own = kh_dialect_own(sql, &marks);
	return statement(s, own, marks, scan);
}

static struct kh_sql *pg_question(struct kh_store *s, const char *sql, int *at)
{
	struct kh_sql *q = NULL;
	if (!sql[strspn(sql, " \t\n;")]) {
		kh_store_fail(s, "no SQL");
		return NULL;
	}
	if (kh_server_run(s, "set session characteristics as transaction read only") != 0)
		return NULL;
	q = statement(s, strdup(sql), 0, false);
	if (!q || start(pg_of(q)) == 0)
		return q;
	const char *where = PQresultErrorField(pg_of(q)->r, PG_DIAG_STATEMENT_POSITION);
	const char *state = PQresultErrorField(pg_of(q)->r, PG_DIAG_SQLSTATE);
	bool several = strstr(s->why, "multiple commands") != NULL;
	if (several || (state && strcmp(state, "25006") == 0))
		kh_store_fail(s, "one statement, and one that only reads");
	else if (where)
		*at = kh_dialect_byte(sql, atoi(where));
	kh_sql_end(q);
	return NULL;
}

/* ---- values ---------------------------------------------------------------------- */

static void put(struct kh_sql *base, int i, char *copy, const char *z)
{
	struct pg *q = pg_of(base);
	unsigned k = (unsigned)i - 1;
	if (k >= q->marks) {
		free(copy);
		return;
	}
	if (q->copied[k])
		free((char *)(uintptr_t)q->value[k]);
	q->value[k] = copy ? copy : z;
	q->copied[k] = copy != NULL;
}

static void pg_put_text(struct kh_sql *base, int i, const char *z, long n, bool copy)
{
	bool whole =
		z && (n < 0 || strlen(z) == (size_t)n); /* a NUL inside ends it: there is none */
	if (z)
		put(base, i, copy || !whole ? strndup(z, n < 0 ? strlen(z) : (size_t)n) : NULL, z);
}

static void pg_put_int(struct kh_sql *base, int i, int64_t v)
{
	char z[32];
	snprintf(z, sizeof z, "%lld", (long long)v);
	put(base, i, strdup(z), NULL);
}

static void pg_put_real(struct kh_sql *base, int i, double v)
{
	char z[40];
	snprintf(z, sizeof z, "%.17g", v);
	put(base, i, strdup(z), NULL);
}

static int pg_columns(struct kh_sql *base)
{
	struct pg *q = pg_of(base);
	return q->r || start(q) == 0 ? PQnfields(q->r) : 0;
}

static const char *pg_name(struct kh_sql *base, int i)
{
	struct pg *q = pg_of(base);
	return q->r || start(q) == 0 ? PQfname(q->r, i) : "";
}

static enum kh_sql_type pg_type(struct kh_sql *base, int i)
{
	struct pg *q = pg_of(base);
	if (PQgetisnull(q->r, q->row, i))
		return KH_SQL_NULL;
	switch ((int)PQftype(q->r, i)) {
	case INT2:
	case INT4:
	case INT8:
		return KH_SQL_WHOLE;
	case FLOAT4:
	case FLOAT8:
	case NUMERIC:
		return KH_SQL_REAL;
	default:
		return KH_SQL_TEXT;
	}
}

/* Fractions are written as SQLite writes them. */
static const char *pg_text(struct kh_sql *base, int i)
{
	struct pg *q = pg_of(base);
	if (PQgetisnull(q->r, q->row, i))
		return NULL;
	const char *z = PQgetvalue(q->r, q->row, i);
	int type = (int)PQftype(q->r, i);
	if (type != FLOAT8 && type != FLOAT4)
		return z;
	sqlite3_snprintf((int)sizeof q->number, q->number, "%!.15g", strtod(z, NULL));
	return q->number;
}

static size_t pg_bytes(struct kh_sql *base, int i)
{
	return (size_t)PQgetlength(pg_of(base)->r, pg_of(base)->row, i);
}

static int64_t pg_whole(struct kh_sql *base, int i)
{
	return atoll(PQgetvalue(pg_of(base)->r, pg_of(base)->row, i));
}

static double pg_real(struct kh_sql *base, int i)
{
	return strtod(PQgetvalue(pg_of(base)->r, pg_of(base)->row, i), NULL);
}

/* ---- the rest ------------------------------------------------------------------------ */

/* The planner hears of rows that came since only when it is told. */
static int pg_settle(struct kh_store *s)
{
	int64_t many = kh_server_count(s, "select count(*) from kh_touched");
	int64_t unknown =
		kh_server_count(s, "select count(*) from pg_class where oid = cast('kh_report' as "
				   "regclass) and reltuples < 0");
	return many > 1000 || unknown
		       ? kh_server_run(s, "analyze kh_report, kh_incident, kh_incident_report, "
					  "kh_count, kh_touched")
		       : 0;
}

static bool pg_readonly(const struct kh_store *s)
{
	return kh_server_of(s)->readonly;
}

static int64_t pg_changes(struct kh_store *s)
{
	return kh_server_of(s)->changed;
}

static int64_t pg_others(struct kh_store *s)
{
	return kh_server_count(s, "select value from kh_state where name = 'linked'");
}

static char *pg_words(struct kh_store *s, const char *text, size_t n)
{
	return kh_words_of(kh_server_of(s)->words, text, n);
}

/* The server answers for pages and keys; the words of each story are made again. */
static int pg_check(struct kh_store *s, kh_store_tell *tell, void *ctx)
{
	enum kh_sql_step got = KH_SQL_FAILED;
	struct kh_sql *q =
		kh_store_scan(s, "select s.story, coalesce(s.title, ''), s.text, w.words from "
				 "kh_story s left join kh_text w on w.story = s.n");
	while (q && (got = kh_sql_step(q)) == KH_SQL_ROW) {
		char *head = pg_words(s, kh_sql_text(q, 1), kh_sql_bytes(q, 1));
		char *body = pg_words(s, kh_sql_text(q, 2), kh_sql_bytes(q, 2));
		const char *there = kh_sql_text(q, 3);
		size_t n = head ? strlen(head) : 0;
		bool same = head && body && there && strncmp(there, head, n) == 0 &&
			    strncmp(there + n, " | ", 3) == 0 && strcmp(there + n + 3, body) == 0;
		if (!same)
			tell(ctx, kh_sql_text(q, 0), "its words are not those that are looked for");
		free(head);
		free(body);
	}
	if (got == KH_SQL_FAILED)
		tell(ctx, "stories", s->why);
	kh_sql_end(q);
	return 0;
}

const struct kh_engine kh_postgres_engine = {
	.open = kh_server_open,
	.close = kh_server_close,
	.begin = kh_server_begin,
	.run = kh_server_run,
	.readonly = pg_readonly,
	.wait = kh_server_wait,
	.changes = pg_changes,
	.others = pg_others,
	.check = pg_check,
	.settle = pg_settle,
	.question = pg_question,
	.words = pg_words,
	.prepare = pg_prepare,
	.end = pg_end,
	.put_text = pg_put_text,
	.put_int = pg_put_int,
	.put_real = pg_put_real,
	.step = pg_step,
	.reset = pg_reset,
	.write = pg_write,
	.flush = kh_server_flush,
	.columns = pg_columns,
	.name = pg_name,
	.type = pg_type,
	.text = pg_text,
	.bytes = pg_bytes,
	.whole = pg_whole,
	.real = pg_real,
	.piece = {[KH_PIECE_WORDS] = "s.n in (select w.story from kh_text w where "
				     "string_to_array(w.words, ' ') @@> "
				     "string_to_array(@, ' ') and strpos(' ' || w.words || ' ', ' "
				     "' || @ || ' ') > 0)",
		  [KH_PIECE_BOX] =
			  "point(r.lon, r.lat) <@ box(point(%3$.5f, %1$.5f), point(%4$.5f, "
			  "%2$.5f))",
		  [KH_PIECE_ADD_WORDS] =
			  "insert into kh_text(story, words) values (?1, ?2 || ' | ' || ?3)",
		  [KH_PIECE_ADD_PLACE] = "",
		  [KH_PIECE_FORGET_WORDS] = "",
		  [KH_PIECE_FORGET_PLACES] = "",
		  [KH_PIECE_COLUMNS] =
			  "select column_name from information_schema.columns where "
			  "table_schema = current_schema() and table_name = 'report' order "
			  "by ordinal_position"},
	.savepoints = true,
};
