/* One connection to PostgreSQL. In: a DSN, statements with binary parameters. Out: rows; one line
 * for each failure, without the password, and whether it may pass by itself. */
#include <arpa/inet.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bus/own.h"

/* ---- bytes ------------------------------------------------------------------ */

void kh_bytes_add(struct kh_bytes *b, const void *p, size_t n)
{
	if (b->n + n > b->room) {
		size_t room = (b->n + n) * 2 + 1024;
		char *more = b->bad ? NULL : realloc(b->p, room);
		if (!more) {
			b->bad = true;
			return;
		}
		b->p = more;
		b->room = room;
	}
	if (n)
		memcpy(b->p + b->n, p, n);
	b->n += n;
}

void kh_bytes_u16(struct kh_bytes *b, uint32_t v)
{
	uint16_t be = htons((uint16_t)v);
	kh_bytes_add(b, &be, sizeof be);
}

void kh_bytes_u32(struct kh_bytes *b, uint32_t v)
{
	uint32_t be = htonl(v);
	kh_bytes_add(b, &be, sizeof be);
}

void kh_bytes_u64(struct kh_bytes *b, uint64_t v)
{
	kh_bytes_u32(b, (uint32_t)(v >> 32));
	kh_bytes_u32(b, (uint32_t)v);
}

void kh_bytes_field(struct kh_bytes *b, const void *p, size_t n)
{
	if (!p) {
		kh_bytes_u32(b, UINT32_MAX); /* null */
		return;
	}
	kh_bytes_u32(b, (uint32_t)n);
	kh_bytes_add(b, p, n);
}

void kh_bytes_free(struct kh_bytes *b)
{
	free(b->p);
	memset(b, 0, sizeof *b);
}

/* ---- failures ----------------------------------------------------------------- */

static void paint_over(char *text, const char *secret)
{
	size_t n = secret ? strlen(secret) : 0;
	for (char *p = text; n && (p = strstr(p, secret)) != NULL; p += n)
		memset(p, '*', n);
}

/* The first line, with the passwords painted over wherever they stand. */
static void keep_why(struct kh_bus *b, const char *what)
{
	char line[sizeof b->why];
	size_t n = strcspn(what, "\r\n");
	snprintf(line, sizeof line, "%.*s", (int)(n < 380 ? n : 380), what);
	paint_over(line, b->password);
	paint_over(line, b->secret);
	memcpy(b->why, line, sizeof line); /* `what` may lie in it */
}

int kh_bus_fail(struct kh_bus *b, const char *what)
{
	b->away = b->data = false;
	keep_why(b, what);
	return -1;
}

int kh_bus_failf(struct kh_bus *b, const char *format, ...)
{
	char line[400];
	va_list args;
	va_start(args, format);
	vsnprintf(line, sizeof line, format, args);
	va_end(args);
	return kh_bus_fail(b, line);
}

void kh_bus_say(struct kh_bus *b, const char *line)
{
	if (b->o.say)
		b->o.say(line);
}

/* Classes of SQLSTATE: what a server that is away, full or shutting down says, and what the rows
 * themselves are to blame for. */
static bool passes(const char *state)
{
	return strncmp(state, "08", 2) == 0 || strncmp(state, "57P", 3) == 0 ||
	       strncmp(state, "53", 2) == 0 || strncmp(state, "40", 2) == 0 ||
	       strcmp(state, "58030") == 0 || strcmp(state, "55P03") == 0;
}

int kh_pg_error(struct kh_bus *b, const PGresult *r)
{
	const char *state = r ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL;
	const char *text = r ? PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY) : NULL;
	keep_why(b, text ? text : PQerrorMessage(b->pg));
	b->away = PQstatus(b->pg) == CONNECTION_BAD || (state && passes(state));
	b->data = state && (strncmp(state, "22", 2) == 0 || strncmp(state, "23", 2) == 0 ||
			    strncmp(state, "54", 2) == 0);
	if (state && (strcmp(state, "3F000") == 0 || strcmp(state, "42P01") == 0))
		kh_bus_fail(b, "no ledger there (khabar queue put makes it)");
	if (!b->why[0])
		keep_why(b, "the connection was lost");
	return -1;
}

/* ---- connection ---------------------------------------------------------------- */

double kh_pg_clock(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void kh_pg_sleep(double seconds)
{
	struct timespec t = {(time_t)seconds, (long)((seconds - (double)(time_t)seconds) * 1e9)};
	nanosleep(&t, NULL); /* a signal ends it early, and is meant to */
}

static void quiet(void *ctx, const char *line)
{
	(void)ctx;
	(void)line;
}

/* libpq would name the part of a DSN that it does not understand, which may be half of a password:
 * such DSNs are refused without a word of theirs. */
static int understand(struct kh_bus *b, const char *dsn)
{
	char *error = NULL;
	const char *at = strchr(dsn, '@');
	bool url = strncmp(dsn, "postgres", 8) == 0 && strstr(dsn, "://");
	PQconninfoOption *o = PQconninfoParse(dsn, &error);
	PQfreemem(error);
	if (!o)
		return kh_bus_fail(b, "not a DSN (its words are not shown: one may be a password)");
	for (PQconninfoOption *p = o; p->keyword; p++)
		if (strcmp(p->keyword, "password") == 0 && p->val && p->val[0])
			b->password = strdup(p->val);
	PQconninfoFree(o);
	if (url && at && strchr(at + 1, '@'))
		return kh_bus_fail(b, "two @ in a DSN: write %40 for the one in the password");
	return 0;
}

static int settle(struct kh_bus *b)
{
	PQsetNoticeProcessor(b->pg, quiet, NULL);
	if (PQstatus(b->pg) == CONNECTION_OK)
		return kh_pg_run(b, "set client_min_messages = warning");
	return kh_pg_error(b, NULL);
}

int kh_pg_open(struct kh_bus *b, const char *dsn)
{
	static const char *const key[] = {"dbname",	      "application_name", "client_encoding",
					  "tcp_user_timeout", "keepalives_idle",  NULL};
	const char *const value[] = {dsn, "khabar", "UTF8", "20000", "20", NULL};
	if (understand(b, dsn) != 0)
		return -1;
	b->dsn = strdup(dsn);
	b->pg = PQconnectdbParams(key, value, 1);
	if (!b->dsn || !b->pg)
		return kh_bus_fail(b, "out of memory");
	if (settle(b) == 0)
		return 0;
	b->away = strstr(b->why, "starting up") || strstr(b->why, "shutting down");
	return -1;
}

bool kh_pg_again(struct kh_bus *b, double *began)
{
	double now = kh_pg_clock(), waited = *began > 0 ? now - *began : 0;
	char line[500];
	if (!b->away || waited > b->o.patience || (b->o.stop && *b->o.stop > 1))
		return false;
	if (*began <= 0) {
		*began = now;
		snprintf(line, sizeof line, "waiting: %s", b->why);
		kh_bus_say(b, line);
	}
	kh_pg_sleep(waited < 0.2 ? 0.05 : waited < 2 ? 0.2 : 1);
	if (PQstatus(b->pg) != CONNECTION_OK || PQtransactionStatus(b->pg) != PQTRANS_IDLE ||
	    PQpipelineStatus(b->pg) != PQ_PIPELINE_OFF) {
		PQreset(b->pg);
		settle(b);
	}
	return true;
}

int kh_bus_try(struct kh_bus *b, kh_bus_op *op, void *arg)
{
	double began = 0;
	int r;
	while ((r = op(b, arg)) == -1 && kh_pg_again(b, &began))
		;
	if (r >= 0 && began > 0)
		kh_bus_say(b, "found again");
	return r;
}

/* ---- statements ----------------------------------------------------------------- */

int kh_pg_run(struct kh_bus *b, const char *sql)
{
	PGresult *r = PQexec(b->pg, sql);
	ExecStatusType t = PQresultStatus(r);
	int bad = t == PGRES_COMMAND_OK || t == PGRES_TUPLES_OK || t == PGRES_EMPTY_QUERY
			  ? 0
			  : kh_pg_error(b, r);
	PQclear(r);
	return bad;
}

struct kh_param kh_pg_int8(int64_t v)
{
	struct kh_param p = {.n = 8};
	for (int i = 0; i < 8; i++)
		p.own[i] = (char)((uint64_t)v >> (56 - 8 * i));
	return p;
}

struct kh_param kh_pg_int4(int32_t v)
{
	struct kh_param p = {.n = 4};
	for (int i = 0; i < 4; i++)
		p.own[i] = (char)((uint32_t)v >> (24 - 8 * i));
	return p;
}

struct kh_param kh_pg_bytes(const struct kh_bytes *v)
{
	return (struct kh_param){.p = v->p ? v->p : "", .n = (int)v->n};
}

struct kh_param kh_pg_text(const char *z)
{
	return (struct kh_param){.p = z, .n = z ? (int)strlen(z) : -1};
}

PGresult *kh_pg_query(struct kh_bus *b, const char *sql, struct kh_param *param, int n)
{
	const char *value[12];
	int length[12], format[12];
	for (int i = 0; i < n && i < 12; i++) {
		value[i] = param[i].p ? param[i].p : param[i].n < 0 ? NULL : param[i].own;
		length[i] = param[i].n < 0 ? 0 : param[i].n;
		format[i] = 1;
	}
	PGresult *r = PQexecParams(b->pg, sql, n, NULL, value, length, format, 1);
	ExecStatusType t = PQresultStatus(r);
	if (t == PGRES_TUPLES_OK || t == PGRES_COMMAND_OK)
		return r;
	kh_pg_error(b, r);
	PQclear(r);
	return NULL;
}

int64_t kh_pg_number(const PGresult *r, int row, int column)
{
	const unsigned char *p = (const unsigned char *)PQgetvalue(r, row, column);
	int n = PQgetisnull(r, row, column) ? 0 : PQgetlength(r, row, column);
	uint64_t v = n && p[0] & 0x80 ? UINT64_MAX : 0;
	for (int i = 0; i < n; i++)
		v = v << 8 | p[i];
	return (int64_t)v;
}
