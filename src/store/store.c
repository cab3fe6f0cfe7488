/* Opening a store: made when missing, migrated when older, refused with one line when it is none.
 * In: a path. Out: a database with the schema of this version. */
#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/own.h"

enum { APPLICATION = 0x6b686272 /* "khbr" */, VERSION = 3, WAIT_MS = 5000 };

int kh_store_fail(struct kh_store *s, const char *what)
{
	snprintf(s->why, sizeof s->why, "%s", what);
	return -1;
}

int kh_store_sqlite(struct kh_store *s, int code)
{
	int extended = s->db ? sqlite3_extended_errcode(s->db) : code;
	switch (extended & 0xff) {
	case SQLITE_FULL:
		return kh_store_fail(s, "the disk is full");
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return kh_store_fail(s, "locked by another process");
	case SQLITE_READONLY:
		return kh_store_fail(s, "read-only");
	case SQLITE_NOTADB:
		return kh_store_fail(s, "not a database of khabar");
	case SQLITE_CORRUPT:
		return kh_store_fail(s, "the database is damaged");
	case SQLITE_CANTOPEN:
		return kh_store_fail(s, s->db && sqlite3_system_errno(s->db)
						? strerror(sqlite3_system_errno(s->db))
						: "cannot be opened");
	case SQLITE_IOERR:
		snprintf(s->why, sizeof s->why, "the disk fails: %s",
			 strerror(s->db && sqlite3_system_errno(s->db) ? sqlite3_system_errno(s->db)
								       : EIO));
		return -1;
	default:
		snprintf(s->why, sizeof s->why, "%s",
			 s->db ? sqlite3_errmsg(s->db) : sqlite3_errstr(code));
		return -1;
	}
}

int kh_store_run(struct kh_store *s, const char *sql)
{
	int code = sqlite3_exec(s->db, sql, NULL, NULL, NULL);
	return code == SQLITE_OK ? 0 : kh_store_sqlite(s, code);
}

struct sqlite3_stmt *kh_store_sql(struct kh_store *s, const char *sql)
{
	sqlite3_stmt *st = NULL;
	int code = sqlite3_prepare_v2(s->db, sql, -1, &st, NULL);
	if (code != SQLITE_OK)
		kh_store_sqlite(s, code);
	return st;
}

static int number(struct kh_store *s, const char *sql, long long *value)
{
	sqlite3_stmt *st = kh_store_sql(s, sql);
	if (!st)
		return -1;
	int code = sqlite3_step(st);
	*value = code == SQLITE_ROW ? sqlite3_column_int64(st, 0) : 0;
	sqlite3_finalize(st);
	return code == SQLITE_ROW || code == SQLITE_DONE ? 0 : kh_store_sqlite(s, code);
}

/* The schema grows by steps: the n-th leads from version n to n + 1, a new file takes them all. */
static const char *const steps[VERSION] = {kh_store_schema, kh_store_schema_2,
					     kh_store_schema_3};

static int climb(struct kh_store *s)
{
	long long from = 0;
	char mark[96];
	int bad = 0;
	snprintf(mark, sizeof mark, "pragma application_id = %d; pragma user_version = %d;",
		 APPLICATION, VERSION);
	if (kh_store_run(s, "begin immediate") != 0)
		return -1;
	bad = number(s, "pragma user_version", &from); /* another process may have been first */
	for (long long i = from; i < VERSION && !bad; i++)
		bad = kh_store_run(s, steps[i]);
	if (!bad && kh_store_run(s, mark) == 0 && kh_store_run(s, "commit") == 0)
		return 0;
	sqlite3_exec(s->db, "rollback", NULL, NULL, NULL);
	return -1;
}

static int migrate(struct kh_store *s, long long from)
{
	if (from == VERSION)
		return 0;
	if (from < 1 || from > VERSION) {
		snprintf(s->why, sizeof s->why,
			 "made by a newer khabar (schema %lld, this one knows %d)", from, VERSION);
		return -1;
	}
	if (sqlite3_db_readonly(s->db, "main") != 1)
		return climb(s);
	snprintf(s->why, sizeof s->why,
		 "read-only, and of an older khabar (schema %lld, this one needs %d)", from,
		 VERSION);
	return -1;
}

static int ready(struct kh_store *s, enum kh_store_mode mode)
{
	long long id = 0, version = 0, tables = 0;
	sqlite3_busy_timeout(s->db, WAIT_MS);
	if (number(s, "pragma application_id", &id) != 0 ||
	    number(s, "pragma user_version", &version) != 0 ||
	    number(s, "select count(*) from sqlite_schema", &tables) != 0)
		return -1;
	if (id == APPLICATION)
		return migrate(s, version);
	if (tables || id || mode == KH_STORE_READ)
		return kh_store_fail(s, tables || id ? "a database of another program"
						     : "an empty database");
	return kh_store_run(s, "pragma journal_mode = wal") == 0 ? climb(s) : -1;
}

int kh_store_open(struct kh_store **out, const char *path, enum kh_store_mode mode)
{
	struct stat st;
	struct kh_store *s = calloc(1, sizeof *s);
	*out = s;
	if (!s)
		return -1;
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS,
		       0); /* counting costs a lock each time; too late: no harm */
	bool there = stat(path, &st) == 0;
	if (!there && (mode == KH_STORE_READ || errno != ENOENT))
		return kh_store_fail(s, strerror(errno));
	if (there && !S_ISREG(st.st_mode))
		return kh_store_fail(s, S_ISDIR(st.st_mode) ? "a folder, not a database"
							    : "not a file");
	if (there && access(path, R_OK) != 0)
		return kh_store_fail(s, strerror(errno));
	if (there && mode == KH_STORE_WRITE && access(path, W_OK) != 0)
		return kh_store_fail(s, "read-only");
	int flags = mode == KH_STORE_READ ? SQLITE_OPEN_READWRITE
					  : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
	if (mode == KH_STORE_READ && access(path, W_OK) != 0)
		flags = SQLITE_OPEN_READONLY;
	int code = sqlite3_open_v2(path, &s->db, flags | SQLITE_OPEN_NOMUTEX, NULL);
	if (code != SQLITE_OK)
		return kh_store_sqlite(s, code);
	if (ready(s, mode) != 0)
		return -1;
	sqlite3_exec(
		s->db,
		"pragma foreign_keys = on; pragma synchronous = normal; pragma temp_store = memory;"
		"pragma secure_delete = off; pragma cache_size = -65536",
		NULL, NULL, NULL);
	return 0;
}

void kh_store_close(struct kh_store *s)
{
	if (!s)
		return;
	for (unsigned i = 0; i < KH_STORE_STATEMENTS; i++)
		sqlite3_finalize(s->st[i]);
	sqlite3_close_v2(s->db);
	free(s);
}

const char *kh_store_why(const struct kh_store *s)
{
	return s ? s->why : "out of memory";
}

struct sqlite3 *kh_store_db(struct kh_store *s)
{
	return s->db;
}

int kh_store_begin(struct kh_store *s)
{
	memset(s->part, 0, sizeof s->part);
	return kh_store_run(s, "begin immediate");
}

int kh_store_commit(struct kh_store *s)
{
	return kh_store_run(s, "commit");
}

void kh_store_forget(struct kh_store *s)
{
	memset(s->who, 0, sizeof s->who);
	memset(s->part, 0, sizeof s->part);
}

void kh_store_rollback(struct kh_store *s)
{
	kh_store_forget(s);
	sqlite3_exec(s->db, "rollback", NULL, NULL, NULL);
}
