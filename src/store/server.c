/* A connection to a PostgreSQL server. In: postgresql://…. Out: a database with the tables of this
 * version, SQL done, why it was not. A password is never shown: not in a name, not in a failure. */
#include "store/server.h"

#include <stdlib.h>
#include <string.h>

enum { WAIT_MS = 5000 };

struct kh_server *kh_server_of(const struct kh_store *s)
{
	return s->link;
}

/* ---- failures ----------------------------------------------------------------- */

/* The first line, with the password painted over wherever it stands. */
static int say(struct kh_store *s, const char *what)
{
	const char *secret = kh_server_of(s) ? kh_server_of(s)->password : NULL;
	size_t n = secret ? strlen(secret) : 0;
	char line[sizeof s->why];
	snprintf(line, sizeof line, "%.*s", (int)strcspn(what, "\r\n"), what);
	for (char *p = line; n && (p = strstr(p, secret)) != NULL; p += n)
		memset(p, '*', n);
	return kh_store_fail(s, line);
}

int kh_server_fault(struct kh_store *s, const PGresult *r)
{
	static const char *const told[][2] = {
		{"53100", "the disk is full"},
		{"55P03", "locked by another process"},
		{"25006", "read-only"},
		{"42501", "read-only"},
	};
	const char *state = r ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL;
	const char *text = r ? PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY) : NULL;
	for (size_t i = 0; state && i < sizeof told / sizeof *told; i++)
		if (strcmp(state, told[i][0]) == 0)
			return kh_store_fail(s, told[i][1]);
	if (PQstatus(kh_server_of(s)->c) != CONNECTION_OK)
		return kh_store_fail(s, "the connection to the server was lost");
	say(s, text ? text : PQerrorMessage(kh_server_of(s)->c));
	s->data = state && (strncmp(state, "22", 2) == 0 || strncmp(state, "23", 2) == 0);
	return -1;
}

/* What was sent without waiting has been done, or -1. */
int kh_server_flush(struct kh_store *s)
{
	struct kh_server *v = kh_server_of(s);
	if (!v->pipe.sent)
		return 0;
	PGresult *bad = kh_pipe_drain(&v->pipe);
	if (!bad)
		return 0;
	kh_server_fault(s, bad);
	PQclear(bad);
	return -1;
}

bool kh_server_well(const PGresult *r)
{
	ExecStatusType t = PQresultStatus(r);
	return t == PGRES_COMMAND_OK || t == PGRES_TUPLES_OK || t == PGRES_EMPTY_QUERY;
}

int kh_server_run(struct kh_store *s, const char *sql)
{
	bool end = strcmp(sql, "commit") == 0 || strcmp(sql, "rollback") == 0;
	kh_server_of(s)->writing = kh_server_of(s)->writing && !end;
	if (kh_server_flush(s) != 0 && strcmp(sql, "rollback") != 0)
		return -1;
	PGresult *r = PQexec(kh_server_of(s)->c, sql);
	int bad = kh_server_well(r) ? 0 : kh_server_fault(s, r);
	/* what failed before makes a commit a rollback, which the server does not call a failure */
	if (!bad && strcmp(sql, "commit") == 0 && strcmp(PQcmdStatus(r), "COMMIT") != 0)
		bad = kh_store_fail(s, "the server took the batch back");
	PQclear(r);
	return bad;
}

/* ---- opening ----------------------------------------------------------------------- */

static void quiet(void *ctx, const char *line)
{
	(void)ctx, (void)line;
}

/* One value of one row, as text to be freed; NULL: none. */
static char *one(struct kh_store *s, const char *sql)
{
	if (kh_server_flush(s) != 0)
		return NULL;
	PGresult *r = PQexec(kh_server_of(s)->c, sql);
	char *z = NULL;
	if (!kh_server_well(r))
		kh_server_fault(s, r);
	else if (PQntuples(r) == 1 && !PQgetisnull(r, 0, 0))
		z = strdup(PQgetvalue(r, 0, 0));
	PQclear(r);
	return z;
}

int64_t kh_server_count(struct kh_store *s, const char *sql)
{
	char *z = one(s, sql);
	int64_t n = z ? atoll(z) : -1;
	free(z);
	return n;
}

/* libpq would name the part of an address that it does not understand, which may be half of a
 * password: such addresses are refused without a word of theirs. */
static int understand(struct kh_store *s, const char *where)
{
	char *error = NULL;
	const char *at = strchr(where, '@');
	const char *user = NULL, *host = NULL, *port = NULL, *db = NULL;
	PQconninfoOption *o = PQconninfoParse(where, &error);
	PQfreemem(error);
	if (!o || (at && strchr(at + 1, '@'))) {
		PQconninfoFree(o);
		return kh_store_fail(
			s, o ? "two @ in an address: write %40 for the one in the password"
			     : "not an address (its words are not shown: one may be a "
			       "password)");
	}
	for (PQconninfoOption *p = o; p->keyword; p++) {
		const char *v = p->val && p->val[0] ? p->val : NULL;
		if (v && strcmp(p->keyword, "password") == 0)
			kh_server_of(s)->password = strdup(v);
		user = v && strcmp(p->keyword, "user") == 0 ? v : user;
		host = v && strcmp(p->keyword, "host") == 0 ? v : host;
		port = v && strcmp(p->keyword, "port") == 0 ? v : port;
		db = v && strcmp(p->keyword, "dbname") == 0 ? v : db;
	}
	snprintf(s->name, sizeof s->name, "postgresql://%s%s%s%s%s/%s", user ? user : "",
		 user ? "@" : "", host ? host : "", port ? ":" : "", port ? port : "",
		 db ? db : "");
	PQconninfoFree(o);
	return 0;
}

static int make(struct kh_store *s)
{
	char mark[100];
	if (kh_server_count(
		    s,
		    "select count(*) from pg_class where relnamespace = cast(current_schema() as "
		    "regnamespace) and relname in ('story', 'report', 'incident', 'claim', "
		    "'actor_day', 'dyad_month', 'review', 'saved')") != 0)
		return kh_store_fail(s, "a database of another program");
	snprintf(mark, sizeof mark, "insert into kh_state values ('schema', %d); commit",
		 KH_STORE_VERSION);
	char *there = NULL;
	int bad = kh_server_run(s, "begin; select pg_advisory_xact_lock(1802003058)");
	if (!bad) /* another process may have been first */
		there = one(s, "select cast(to_regclass('kh_state') as text)");
	if (!bad && there)
		bad = kh_server_run(s, "commit");
	else if (!bad)
		bad = kh_server_run(s, kh_store_postgres) || kh_server_run(s, kh_store_views) ||
				      kh_server_run(s, mark)
			      ? -1
			      : 0;
	free(there);
	return bad;
}

static int ready(struct kh_store *s, enum kh_store_mode mode)
{
	struct kh_server *v = kh_server_of(s);
	char *code = one(s, "show server_encoding"),
	     *readonly = one(s, "show transaction_read_only");
	char *there = one(s, "select cast(to_regclass('kh_state') as text)");
	bool utf8 = code && strcmp(code, "UTF8") == 0;
	v->readonly = readonly && strcmp(readonly, "on") == 0;
	bool known = there != NULL;
	free(code);
	free(readonly);
	free(there);
	if (!utf8)
		return kh_store_fail(s, "the database does not keep UTF-8");
	if (mode == KH_STORE_WRITE && v->readonly)
		return kh_store_fail(s, "read-only");
	if (!known && mode == KH_STORE_READ)
		return kh_store_fail(s, "an empty database");
	if (!known && make(s) != 0)
		return -1;
	int64_t version = kh_server_count(s, "select value from kh_state where name = 'schema'");
	if (version < 0)
		return kh_store_fail(s, "a database of another program");
	if (version != KH_STORE_VERSION) {
		snprintf(s->why, sizeof s->why,
			 "made by %s khabar (schema %lld, this one knows %d)",
			 version > KH_STORE_VERSION ? "a newer" : "another", (long long)version,
			 KH_STORE_VERSION);
		return -1;
	}
	if (kh_server_count(
		    s, "select count(*) where has_table_privilege('kh_incident', 'update')") == 0)
		v->readonly = true;
	return 0;
}

void kh_server_wait(struct kh_store *s, int ms)
{
	char sql[64];
	snprintf(sql, sizeof sql, "set lock_timeout = %d", ms);
	kh_server_run(s, sql);
}

int kh_server_open(struct kh_store *s, const char *where, enum kh_store_mode mode)
{
	static const char *const key[] = {"dbname",	     "application_name", "client_encoding",
					  "connect_timeout", "keepalives_idle",	 NULL};
	const char *const value[] = {where, "khabar", "UTF8", "10", "20", NULL};
	struct kh_server *v = s->link = calloc(1, sizeof *v);
	if (!v)
		return kh_store_fail(s, "out of memory");
	if (understand(s, where) != 0)
		return -1;
	v->c = PQconnectdbParams(key, value, 1);
	v->words = kh_words_open();
	if (!v->c || !v->words)
		return kh_store_fail(s, "out of memory");
	PQsetNoticeProcessor(v->c, quiet, NULL);
	if (PQstatus(v->c) != CONNECTION_OK)
		return say(s, PQerrorMessage(v->c));
	if (kh_server_run(
		    s, "set client_min_messages = warning; set extra_float_digits = 1; set jit = "
		       "off") != 0)
		return -1;
	kh_server_wait(s, WAIT_MS);
	return ready(s, mode);
}

void kh_server_close(struct kh_store *s)
{
	struct kh_server *v = kh_server_of(s);
	if (!v)
		return;
	PQfinish(v->c);
	kh_words_close(v->words);
	free(v->password);
	free(v);
}

int kh_server_begin(struct kh_store *s)
{
	if (kh_server_run(s, "begin") ||
	    kh_server_run(s, "select pg_advisory_xact_lock(1802003058)"))
		return -1;
	kh_server_of(s)->writing = true;
	return 0;
}
