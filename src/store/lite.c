/* The engine SQLite: one file, made when missing, migrated when older, refused with one line when
 * it is none. In: a path. Out: a database with the schema of this version. */
#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/own.h"

enum { APPLICATION = 0x6b686272 /* "khbr" */, WAIT_MS = 5000 };

struct lite {
	struct kh_sql base;
	sqlite3_stmt *st;
};

static sqlite3 *db_of(const struct kh_store *s)
{
	return s->link;
}

/* ---- failures ----------------------------------------------------------------- */

static int system_fault(struct kh_store *s, const char *before, const char *otherwise)
{
	int e = db_of(s) ? sqlite3_system_errno(db_of(s)) : 0;
	s->data = false;
	snprintf(s->why, sizeof s->why, "%s%s", before, e ? strerror(e) : otherwise);
	return -1;
}

static int fault(struct kh_store *s, int code)
{
	int extended = db_of(s) ? sqlite3_extended_errcode(db_of(s)) : code;
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
		return system_fault(s, "", "cannot be opened");
	case SQLITE_IOERR:
		return system_fault(s, "the disk fails: ", strerror(EIO));
	default:
		kh_store_fail(s, db_of(s) ? sqlite3_errmsg(db_of(s)) : sqlite3_errstr(code));
		s->data = (extended & 0xff) == SQLITE_CONSTRAINT;
		return -1;
	}
}

/* ---- statements ---------------------------------------------------------------- */

static int lite_run(struct kh_store *s, const char *sql)
{
	int code = sqlite3_exec(db_of(s), sql, NULL, NULL, NULL);
	return code == SQLITE_OK ? 0 : fault(s, code);
}

static struct kh_sql *wrap(struct kh_store *s, sqlite3_stmt *st)
{
	struct lite *q = st ? malloc(sizeof *q) : NULL;
	if (!q) {
		sqlite3_finalize(st);
		return NULL;
	}
	*q = (struct lite){{s}, st};
	return &q->base;
}

static struct kh_sql *lite_prepare(struct kh_store *s, const char *sql, bool scan)
{
	sqlite3_stmt *st = NULL;
	int code = sqlite3_prepare_v3(db_of(s), sql, -1, scan ? 0 : SQLITE_PREPARE_PERSISTENT, &st,
				      NULL);
	if (code != SQLITE_OK)
		fault(s, code);
	return wrap(s, st);
}

static struct kh_sql *lite_question(struct kh_store *s, const char *sql, int *at)
{
	sqlite3_stmt *st = NULL;
	const char *rest = "";
	if (sqlite3_prepare_v2(db_of(s), sql, -1, &st, &rest) != SQLITE_OK || !st) {
		*at = sqlite3_error_offset(db_of(s));
		kh_store_fail(s, *at >= 0 || sqlite3_errcode(db_of(s)) != SQLITE_OK
					 ? sqlite3_errmsg(db_of(s))
					 : "no SQL");
		return NULL;
	}
	if (sqlite3_stmt_readonly(st) && !rest[strspn(rest, " \t\n;")])
		return wrap(s, st);
	sqlite3_finalize(st);
	kh_store_fail(s, "one statement, and one that only reads");
	return NULL;
}

static sqlite3_stmt *st_of(struct kh_sql *q)
{
	return ((struct lite *)(void *)q)->st;
}

static void lite_end(struct kh_sql *q)
{
	sqlite3_finalize(st_of(q));
	free(q);
}

static void lite_put_text(struct kh_sql *q, int i, const char *z, long n, bool copy)
{
	if (z)
		sqlite3_bind_text(st_of(q), i, z, (int)n, copy ? SQLITE_TRANSIENT : SQLITE_STATIC);
}

static void lite_put_int(struct kh_sql *q, int i, int64_t v)
{
	sqlite3_bind_int64(st_of(q), i, v);
}

static void lite_put_real(struct kh_sql *q, int i, double v)
{
	sqlite3_bind_double(st_of(q), i, v);
}

static enum kh_sql_step lite_step(struct kh_sql *q)
{
	int code = sqlite3_step(st_of(q));
	if (code == SQLITE_ROW)
		return KH_SQL_ROW;
	if (code == SQLITE_DONE)
		return KH_SQL_DONE;
	fault(q->s, code);
	return KH_SQL_FAILED;
}

static void lite_reset(struct kh_sql *q)
{
	sqlite3_reset(st_of(q));
	sqlite3_clear_bindings(st_of(q));
}

static int lite_columns(struct kh_sql *q)
{
	return sqlite3_column_count(st_of(q));
}

static const char *lite_name(struct kh_sql *q, int i)
{
	return sqlite3_column_name(st_of(q), i);
}

static enum kh_sql_type lite_type(struct kh_sql *q, int i)
{
	switch (sqlite3_column_type(st_of(q), i)) {
	case SQLITE_NULL:
		return KH_SQL_NULL;
	case SQLITE_INTEGER:
		return KH_SQL_WHOLE;
	case SQLITE_FLOAT:
		return KH_SQL_REAL;
	default:
		return KH_SQL_TEXT;
	}
}

static const char *lite_text(struct kh_sql *q, int i)
{
	return (const char *)sqlite3_column_text(st_of(q), i);
}

static size_t lite_bytes(struct kh_sql *q, int i)
{
	return (size_t)sqlite3_column_bytes(st_of(q), i);
}

static int64_t lite_whole(struct kh_sql *q, int i)
{
	return sqlite3_column_int64(st_of(q), i);
}

static double lite_real(struct kh_sql *q, int i)
{
	return sqlite3_column_double(st_of(q), i);
}

/* ---- functions of SQL ------------------------------------------------------------ */

/* kh_words(text, begin, end): bytes of a text. */
static void words(sqlite3_context *ctx, int n, sqlite3_value **v)
{
	const char *z = (const char *)sqlite3_value_text(v[0]);
	int all = sqlite3_value_bytes(v[0]), b = sqlite3_value_int(v[1]),
	    e = sqlite3_value_int(v[2]);
	(void)n;
	if (z && b >= 0 && b <= e && e <= all)
		sqlite3_result_text(ctx, z + b, e - b, SQLITE_TRANSIENT);
}

static void mix(sqlite3_context *ctx, int n, sqlite3_value **v)
{
	const char *z = (const char *)sqlite3_value_text(v[0]);
	(void)n;
	sqlite3_result_int64(ctx, kh_store_mix(z ? z : ""));
}

static void functions(sqlite3 *db)
{
	const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC;
	sqlite3_create_function(db, "kh_words", 3, flags, NULL, words, NULL, NULL);
	sqlite3_create_function(db, "kh_mix", 1, flags, NULL, mix, NULL, NULL);
}

/* ---- opening ---------------------------------------------------------------------- */

static int number(struct kh_store *s, const char *sql, long long *value)
{
	struct kh_sql *q = lite_prepare(s, sql, false);
	if (!q)
		return -1;
	enum kh_sql_step got = lite_step(q);
	*value = got == KH_SQL_ROW ? lite_whole(q, 0) : 0;
	lite_end(q);
	return got == KH_SQL_FAILED ? -1 : 0;
}

/* The schema grows by steps: the n-th leads from version n to n + 1, a new file takes them all. */
static const char *const steps[KH_STORE_VERSION] = {kh_store_schema, kh_store_schema_2,
						    kh_store_schema_3, kh_store_schema_4};

static int climb(struct kh_store *s)
{
	long long from = 0;
	char mark[96];
	int bad = 0;
	snprintf(mark, sizeof mark, "pragma application_id = %d; pragma user_version = %d;",
		 APPLICATION, KH_STORE_VERSION);
	if (lite_run(s, "begin immediate") != 0)
		return -1;
	bad = number(s, "pragma user_version", &from); /* another process may have been first */
	for (long long i = from; i < KH_STORE_VERSION && !bad; i++)
		bad = lite_run(s, steps[i]);
	if (!bad && lite_run(s, kh_store_views) == 0 && lite_run(s, mark) == 0 &&
	    lite_run(s, "commit") == 0)
		return 0;
	sqlite3_exec(db_of(s), "rollback", NULL, NULL, NULL);
	return -1;
}

static bool lite_readonly(const struct kh_store *s)
{
	return sqlite3_db_readonly(db_of(s), "main") == 1;
}

static int migrate(struct kh_store *s, long long from)
{
	if (from == KH_STORE_VERSION)
		return 0;
	if (from < 1 || from > KH_STORE_VERSION) {
		snprintf(s->why, sizeof s->why,
			 "made by a newer khabar (schema %lld, this one knows %d)", from,
			 KH_STORE_VERSION);
		return -1;
	}
	if (!lite_readonly(s))
		return climb(s);
	snprintf(s->why, sizeof s->why,
		 "read-only, and of an older khabar (schema %lld, this one needs %d)", from,
		 KH_STORE_VERSION);
	return -1;
}

static int ready(struct kh_store *s, enum kh_store_mode mode)
{
	long long id = 0, version = 0, tables = 0;
	sqlite3_busy_timeout(db_of(s), WAIT_MS);
	if (number(s, "pragma application_id", &id) != 0 ||
	    number(s, "pragma user_version", &version) != 0 ||
	    number(s, "select count(*) from sqlite_schema", &tables) != 0)
		return -1;
	if (id == APPLICATION)
		return migrate(s, version);
	if (tables || id || mode == KH_STORE_READ)
		return kh_store_fail(s, tables || id ? "a database of another program"
						     : "an empty database");
	return lite_run(s, "pragma journal_mode = wal") == 0 ? climb(s) : -1;
}

/* errno says why not: SQLite would name the last of what it tried. */
static bool may_be_made(const char *path)
{
	char *folder = strdup(path), *slash = folder ? strrchr(folder, '/') : NULL;
	if (slash)
		slash[slash == folder] = 0;
	bool may = access(slash ? folder : ".", W_OK) == 0;
	free(folder);
	return may;
}

/* What can be said of the path before SQLite sees it. */
static int look(struct kh_store *s, const char *path, enum kh_store_mode mode)
{
	struct stat st;
	bool there = stat(path, &st) == 0;
	if (!there && (mode == KH_STORE_READ || errno != ENOENT || !may_be_made(path)))
		return kh_store_fail(s, strerror(errno));
	if (there && !S_ISREG(st.st_mode))
		return kh_store_fail(s, S_ISDIR(st.st_mode) ? "a folder, not a database"
							    : "not a file");
	if (there && access(path, R_OK) != 0)
		return kh_store_fail(s, strerror(errno));
	if (there && mode == KH_STORE_WRITE && access(path, W_OK) != 0)
		return kh_store_fail(s, "read-only");
	return 0;
}

/* Nobody writes at this moment: there is no log beside the file, or an empty one. */
static bool at_rest(const char *path)
{
	struct stat st;
	char *log = sqlite3_mprintf("%s-wal", path);
	bool rest = log && (stat(log, &st) != 0 || st.st_size == 0);
	sqlite3_free(log);
	return rest;
}

/* A file in a folder where nothing can be written beside it is read as one that does not change. */
static int open_unchanging(struct kh_store *s, const char *path)
{
	sqlite3 *db = NULL;
	sqlite3_str *uri = sqlite3_str_new(NULL);
	sqlite3_close(db_of(s));
	sqlite3_str_appendall(uri, path[0] == '/' ? "file://" : "file:");
	for (const unsigned char *p = (const unsigned char *)path; *p; p++)
		sqlite3_str_appendf(
			uri, *p > ' ' && *p < 127 && !strchr("?#%", *p) ? "%c" : "%%%02X", *p);
	sqlite3_str_appendall(uri, "?immutable=1");
	char *name = sqlite3_str_finish(uri);
	int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX;
	int code = name ? sqlite3_open_v2(name, &db, flags, NULL) : SQLITE_NOMEM;
	sqlite3_free(name);
	s->link = db;
	if (code != SQLITE_OK)
		return fault(s, code);
	functions(db);
	return ready(s, KH_STORE_READ);
}

static int lite_open(struct kh_store *s, const char *path, enum kh_store_mode mode)
{
	sqlite3 *db = NULL;
	int flags = mode == KH_STORE_READ ? SQLITE_OPEN_READWRITE
					  : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
	/* counting memory costs a lock each time; said too late it does no harm */
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	if (look(s, path, mode) != 0)
		return -1;
	if (mode == KH_STORE_READ && access(path, W_OK) != 0)
		flags = SQLITE_OPEN_READONLY;
	int code = sqlite3_open_v2(path, &db, flags | SQLITE_OPEN_NOMUTEX, NULL);
	s->link = db;
	if (code != SQLITE_OK)
		return fault(s, code);
	functions(db);
	if (ready(s, mode) != 0) {
		code = sqlite3_errcode(db) & 0xff;
		bool closed = code == SQLITE_READONLY || code == SQLITE_CANTOPEN;
		if (mode != KH_STORE_READ || !closed || !at_rest(path) || open_unchanging(s, path) != 0)
			return -1;
	}
	sqlite3_exec(
		db_of(s),
		"pragma foreign_keys = on; pragma synchronous = normal; pragma temp_store = memory;"
		"pragma secure_delete = off; pragma cache_size = -65536",
		NULL, NULL, NULL);
	return 0;
}

static void lite_close(struct kh_store *s)
{
	sqlite3_close_v2(db_of(s));
}

static int lite_begin(struct kh_store *s)
{
	return lite_run(s, "begin immediate");
}

static void lite_wait(struct kh_store *s, int ms)
{
	sqlite3_busy_timeout(db_of(s), ms);
}

static int64_t lite_changes(struct kh_store *s)
{
	return sqlite3_changes(db_of(s));
}

static int64_t lite_others(struct kh_store *s)
{
	long long v = 0;
	number(s, "pragma data_version", &v);
	return v;
}

/* Pages, indexes, foreign keys, the full-text index. */
static int lite_check(struct kh_store *s, kh_store_tell *tell, void *ctx)
{
	static const char *const checks[] = {"pragma integrity_check", "pragma foreign_key_check"};
	for (int i = 0; i < 2; i++) {
		struct kh_sql *q = lite_prepare(s, checks[i], false);
		enum kh_sql_step got = KH_SQL_FAILED;
		while (q && (got = lite_step(q)) == KH_SQL_ROW) {
			const char *z = lite_text(q, 0);
			if (z && strcmp(z, "ok") != 0)
				tell(ctx, checks[i] + 7, z);
		}
		if (got == KH_SQL_FAILED)
			tell(ctx, checks[i] + 7, s->why);
		kh_sql_end(q);
	}
	if (!lite_readonly(s) &&
	    lite_run(s, "insert into kh_text(kh_text, rank) values ('integrity-check', 1)") != 0)
		tell(ctx, "full-text index", s->why);
	return 0;
}

const struct kh_engine kh_lite_engine = {
	.open = lite_open,
	.close = lite_close,
	.begin = lite_begin,
	.run = lite_run,
	.readonly = lite_readonly,
	.wait = lite_wait,
	.changes = lite_changes,
	.others = lite_others,
	.check = lite_check,
	.question = lite_question,
	.prepare = lite_prepare,
	.end = lite_end,
	.put_text = lite_put_text,
	.put_int = lite_put_int,
	.put_real = lite_put_real,
	.step = lite_step,
	.reset = lite_reset,
	.columns = lite_columns,
	.name = lite_name,
	.type = lite_type,
	.text = lite_text,
	.bytes = lite_bytes,
	.whole = lite_whole,
	.real = lite_real,
	.piece = {[KH_PIECE_WORDS] = "s.n in (select rowid from kh_text where kh_text match @)",
		  [KH_PIECE_BOX] = "r.n in (select n from kh_where where lat0 >= %.5f and lat1 <= "
				   "%.5f and lon0 >= %.5f and lon1 <= %.5f)",
		  [KH_PIECE_ADD_WORDS] =
			  "insert into kh_text(rowid, title, text) values (?1, ?2, ?3)",
		  [KH_PIECE_ADD_PLACE] = "insert into kh_where values (?1, ?2, ?2, ?3, ?3)",
		  [KH_PIECE_FORGET_WORDS] =
			  "insert into kh_text(kh_text, rowid, title, text) select 'delete', n, "
			  "coalesce(title, ''), text from kh_story where n = ?1",
		  [KH_PIECE_FORGET_PLACES] = "delete from kh_where where n in (select n from "
					     "kh_report where story = ?1)",
		  [KH_PIECE_COLUMNS] = "select name from pragma_table_info('report')"},
};
