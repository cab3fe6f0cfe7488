/* khabar for R by .Call. In: texts, or a store's path and a view. Out: data frames. */
#include <fcntl.h>
#include <json-c/json.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <R.h>
#include <R_ext/Rdynload.h>
#include <Rinternals.h>

#include "khabar.h"

typedef struct json_object js;

struct reader { /* what an external pointer of R holds */
	khabar_model *model;
	khabar_worker *worker;
	void *image;
	size_t size;
};

static void reader_free(struct reader *r)
{
	khabar_worker_free(r->worker);
	khabar_model_close(r->model);
	if (r->image)
		munmap(r->image, r->size);
	free(r);
}

static void finalize(SEXP p)
{
	if (R_ExternalPtrAddr(p))
		reader_free(R_ExternalPtrAddr(p));
	R_ClearExternalPtr(p);
}

static SEXP open_model(SEXP path)
{
	const char *name = CHAR(STRING_ELT(path, 0));
	struct stat st;
	khabar_error err = {0};
	int fd = open(name, O_RDONLY | O_CLOEXEC);
	struct reader *r = calloc(1, sizeof *r);
	if (fd >= 0 && r && fstat(fd, &st) == 0 && st.st_size > 0) {
		r->size = (size_t)st.st_size;
		r->image = mmap(NULL, r->size, PROT_READ, MAP_SHARED, fd, 0);
		r->image = r->image == MAP_FAILED ? NULL : r->image;
	}
	if (fd >= 0)
		close(fd);
	if (!r || !r->image || khabar_model_open(&r->model, r->image, r->size, &err) != 0 ||
	    khabar_worker_new(&r->worker, r->model, NULL) != 0) {
		if (r)
			reader_free(r);
		error("%s: %s", name, err.what[0] ? err.what : "cannot be opened");
	}
	SEXP p = PROTECT(R_MakeExternalPtr(r, R_NilValue, R_NilValue));
	R_RegisterCFinalizerEx(p, finalize, TRUE);
	UNPROTECT(1);
	return p;
}

/* ---- flat rows ------------------------------------------------------------------ */

enum { COLUMNS = 21 };
static const char *const names[COLUMNS] = {
	"id", "story", "event", "modes", "cameo", "actors", "actor_countries", "actor_sectors", "recipients",
	"recipient_countries", "recipient_sectors", "place", "country", "begin", "end", "certainty", "said_by",
	"counts", "trigger", "rule", "sure"};

struct rows {
	js **report;
	int n, cap;
};

static js *get(js *o, const char *key)
{
	js *v = NULL;
	return o && json_object_is_type(o, json_type_object) && json_object_object_get_ex(o, key, &v) ? v : NULL;
}

static const char *text(js *o, const char *key)
{
	js *v = get(o, key);
	return v ? json_object_get_string(v) : "";
}

/* Values of one column; lists are joined by "; ". */
static void put(char *to, size_t room, int i, const char *z)
{
	size_t n = strlen(to);
	snprintf(to + n, room - n, "%s%s", i ? "; " : "", z ? z : "");
}

static void joined(char *to, size_t room, js *list, const char *key)
{
	int n = list && json_object_is_type(list, json_type_array) ? (int)json_object_array_length(list) : 0;
	for (int i = 0; i < n; i++) {
		js *o = json_object_array_get_idx(list, (size_t)i), *inner = key ? get(o, key) : o;
		char one[400] = "";
		if (inner && json_object_is_type(inner, json_type_array))
			for (size_t k = 0; k < json_object_array_length(inner); k++)
				snprintf(one + strlen(one), sizeof one - strlen(one), "%s%s", k ? " " : "",
					 json_object_get_string(json_object_array_get_idx(inner, k)));
		else
			snprintf(one, sizeof one, "%s", inner ? json_object_get_string(inner) : "");
		put(to, room, i, one);
	}
}

static void counts(char *to, size_t room, js *list)
{
	int n = list ? (int)json_object_array_length(list) : 0;
	for (int i = 0; i < n; i++) {
		js *c = json_object_array_get_idx(list, (size_t)i);
		char one[120];
		snprintf(one, sizeof one, "%s %s..%s", text(c, "kind"), text(c, "low"), text(c, "high"));
		put(to, room, i, one);
	}
}

static void said_by(char *to, size_t room, js *list)
{
	int n = list ? (int)json_object_array_length(list) : 0;
	for (int i = 0; i < n; i++)
		put(to, room, i, text(get(json_object_array_get_idx(list, (size_t)i), "speaker"), "text"));
}

static void value(js *r, int column, char *to, size_t room)
{
	static const char *const key[] = {"text", "country", "sectors"};
	const char *name = names[column];
	to[0] = 0;
	if (column >= 5 && column <= 10)
		joined(to, room, get(r, column < 8 ? "actors" : "recipients"), key[(column - 5) % 3]);
	else if (strcmp(name, "modes") == 0)
		joined(to, room, get(r, "modes"), NULL);
	else if (strcmp(name, "place") == 0)
		put(to, room, 0, text(get(r, "place"), "name"));
	else if (strcmp(name, "country") == 0)
		put(to, room, 0, text(get(r, "place"), "country"));
	else if (strcmp(name, "begin") == 0 || strcmp(name, "end") == 0)
		put(to, room, 0, text(get(r, "time"), name));
	else if (strcmp(name, "counts") == 0)
		counts(to, room, get(r, "counts"));
	else if (strcmp(name, "said_by") == 0)
		said_by(to, room, get(r, "said_by"));
	else if (strcmp(name, "trigger") == 0)
		put(to, room, 0, text(get(r, "trigger"), "text"));
	else
		put(to, room, 0, text(r, name));
}

static void frame_finish(SEXP frame, SEXP heads, int n)
{
	SEXP row = PROTECT(allocVector(INTSXP, 2));
	INTEGER(row)[0] = NA_INTEGER;
	INTEGER(row)[1] = -n;
	setAttrib(frame, R_NamesSymbol, heads);
	setAttrib(frame, R_RowNamesSymbol, row);
	setAttrib(frame, R_ClassSymbol, mkString("data.frame"));
	UNPROTECT(1);
}

static SEXP frame_of(const struct rows *rows)
{
	static char to[8192];
	SEXP frame = PROTECT(allocVector(VECSXP, COLUMNS)), heads = PROTECT(allocVector(STRSXP, COLUMNS));
	for (int c = 0; c < COLUMNS; c++) {
		bool number = strcmp(names[c], "sure") == 0;
		SEXP v = allocVector(number ? INTSXP : STRSXP, rows->n);
		SET_VECTOR_ELT(frame, c, v);
		SET_STRING_ELT(heads, c, mkChar(names[c]));
		for (int i = 0; i < rows->n; i++) {
			value(rows->report[i], c, to, sizeof to);
			if (number)
				INTEGER(v)[i] = to[0] ? atoi(to) : NA_INTEGER;
			else
				SET_STRING_ELT(v, i, mkCharCE(to, CE_UTF8));
		}
	}
	frame_finish(frame, heads, rows->n);
	UNPROTECT(2);
	return frame;
}

static void drop(struct rows *rows)
{
	for (int i = 0; i < rows->n; i++)
		json_object_put(rows->report[i]);
	free(rows->report);
}

static const char *add_reports(struct rows *rows, const khabar_doc *doc)
{
	for (uint32_t i = 0; i < doc->n_reports; i++) {
		size_t need = khabar_write_report(doc, i, NULL, 0);
		char *json = malloc(need + 1);
		if (rows->n == rows->cap) {
			rows->cap = rows->cap ? rows->cap * 2 : 64;
			js **more = realloc(rows->report, (size_t)rows->cap * sizeof *more);
			if (!more)
				return "out of memory";
			rows->report = more;
		}
		if (!json)
			return "out of memory";
		khabar_write_report(doc, i, json, need);
		json[need] = 0;
		rows->report[rows->n++] = json_tokener_parse(json);
		free(json);
	}
	return NULL;
}

static khabar_str str(SEXP list, int which, int i)
{
	const char *z = CHAR(STRING_ELT(VECTOR_ELT(list, which), i));
	return (khabar_str){z, strlen(z)};
}

static SEXP code_texts(SEXP pointer, SEXP texts, SEXP told)
{
	struct reader *r = R_ExternalPtrAddr(pointer);
	struct rows rows = {0};
	khabar_error err = {0};
	const char *why = r ? NULL : "the worker is closed";
	for (int i = 0; i < length(texts) && !why; i++) {
		const char *z = STRING_ELT(texts, i) == NA_STRING ? "" : CHAR(STRING_ELT(texts, i));
		const khabar_doc *doc;
		khabar_input in = {.bytes = {z, strlen(z)}, .kind = KHABAR_KIND_STORY, .id = str(told, 0, i)};
		in.published = str(told, 1, i);
		in.source = str(told, 2, i);
		in.title = str(told, 3, i);
		in.url = str(told, 4, i);
		why = khabar_read(r->worker, &in, &doc, &err) != 0 ? err.what : add_reports(&rows, doc);
	}
	if (why) {
		drop(&rows);
		error("%s", why);
	}
	SEXP frame = PROTECT(frame_of(&rows));
	drop(&rows);
	UNPROTECT(1);
	return frame;
}

/* ---- stores ---------------------------------------------------------------------- */

/* The type of a column: numbers only where no row has text. */
static int type_of(int have, int now)
{
	if (now == SQLITE_NULL || have == SQLITE_TEXT)
		return have;
	if (now == SQLITE_TEXT || now == SQLITE_BLOB)
		return SQLITE_TEXT;
	return have == SQLITE_FLOAT || now == SQLITE_FLOAT ? SQLITE_FLOAT : SQLITE_INTEGER;
}

static int measure(sqlite3_stmt *q, int *type, int columns)
{
	int n = 0;
	for (; sqlite3_step(q) == SQLITE_ROW; n++)
		for (int c = 0; c < columns; c++)
			type[c] = type_of(type[c], sqlite3_column_type(q, c));
	sqlite3_reset(q);
	return n;
}

static void put_cell(SEXP v, int i, sqlite3_stmt *q, int c)
{
	bool none = sqlite3_column_type(q, c) == SQLITE_NULL;
	if (TYPEOF(v) == REALSXP)
		REAL(v)[i] = none ? NA_REAL : sqlite3_column_double(q, c);
	else if (TYPEOF(v) == INTSXP)
		INTEGER(v)[i] = none ? NA_INTEGER : sqlite3_column_int(q, c);
	else
		SET_STRING_ELT(v, i, none ? NA_STRING
					  : mkCharCE((const char *)sqlite3_column_text(q, c), CE_UTF8));
}

static SEXP read_view(SEXP path, SEXP view)
{
	sqlite3 *db = NULL;
	sqlite3_stmt *q = NULL;
	char sql[120], why[300] = "";
	snprintf(sql, sizeof sql, "select * from \"%.60s\"", CHAR(STRING_ELT(view, 0)));
	if (sqlite3_open_v2(CHAR(STRING_ELT(path, 0)), &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(db, sql, -1, &q, NULL) != SQLITE_OK) {
		snprintf(why, sizeof why, "%s", db ? sqlite3_errmsg(db) : "out of memory");
		sqlite3_close_v2(db);
		error("%s: %s", CHAR(STRING_ELT(path, 0)), why);
	}
	sqlite3_exec(db, "begin", NULL, NULL, NULL); /* both passes see the same rows */
	int columns = sqlite3_column_count(q);
	int *type = (int *)R_alloc((size_t)columns, sizeof *type);
	memset(type, 0, (size_t)columns * sizeof *type);
	int n = measure(q, type, columns);
	SEXP frame = PROTECT(allocVector(VECSXP, columns)), heads = PROTECT(allocVector(STRSXP, columns));
	for (int c = 0; c < columns; c++) {
		SET_VECTOR_ELT(frame, c,
			       allocVector(type[c] == SQLITE_FLOAT     ? REALSXP
					   : type[c] == SQLITE_INTEGER ? INTSXP
								       : STRSXP, n));
		SET_STRING_ELT(heads, c, mkChar(sqlite3_column_name(q, c)));
	}
	for (int i = 0; i < n && sqlite3_step(q) == SQLITE_ROW; i++)
		for (int c = 0; c < columns; c++)
			put_cell(VECTOR_ELT(frame, c), i, q, c);
	sqlite3_finalize(q);
	sqlite3_close_v2(db);
	frame_finish(frame, heads, n);
	UNPROTECT(2);
	return frame;
}

static SEXP version(void)
{
	return mkString(khabar_version());
}

static const R_CallMethodDef calls[] = {{"C_khabar_open", (DL_FUNC)open_model, 1},
					{"C_khabar_code", (DL_FUNC)code_texts, 3},
					{"C_khabar_read", (DL_FUNC)read_view, 2},
					{"C_khabar_version", (DL_FUNC)version, 0},
					{NULL, NULL, 0}};

void R_init_khabar(DllInfo *info)
{
	R_registerRoutines(info, NULL, calls, NULL, NULL);
	R_useDynamicSymbols(info, FALSE);
}
