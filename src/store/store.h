/* Records at rest: one SQLite file, or a database of PostgreSQL. What comes in is the JSON of
 * khabar-record(5); what goes out are rows, JSON, and the formats of others. Nothing here prints;
 * each failure is one line in kh_store_why(). */
#ifndef KH_STORE_H
#define KH_STORE_H

#include <stdbool.h>
#include <stdio.h>

#include "khabar.h"
#include "store/sql.h"

struct kh_tape_value;

enum kh_store_mode { KH_STORE_READ, KH_STORE_WRITE /* made when missing */ };

/* A path, or postgresql://…. Always sets *out (unless memory is out); not 0: see kh_store_why(),
 * then close. */
int kh_store_open(struct kh_store **out, const char *where, enum kh_store_mode mode);
bool kh_store_is_address(const char *where);
/* Paints over the password of an address, so that a list of processes does not show it. */
void kh_store_hide(char *where);
void kh_store_close(struct kh_store *s);
const char *kh_store_why(const struct kh_store *s);
const char *kh_store_name(const struct kh_store *s); /* as it may be shown: without a password */
int kh_store_run(struct kh_store *s, const char *sql);
bool kh_store_readonly(const struct kh_store *s);
void kh_store_wait(struct kh_store *s, int ms); /* for another process, at most */
/* Another number whenever another process wrote. */
int64_t kh_store_others(struct kh_store *s);
typedef void kh_store_tell(void *ctx, const char *where, const char *what);
/* The engine's own checks; 0 when they could be made. */
int kh_store_check(struct kh_store *s, kh_store_tell *tell, void *ctx);

int kh_store_begin(struct kh_store *s);
int kh_store_commit(struct kh_store *s);
void kh_store_rollback(struct kh_store *s);

enum kh_added {
	KH_ADD_FAILED = -1,
	KH_ADD_BAD /* the record, not the store */,
	KH_ADD_KNOWN,
	KH_ADD_NEW,
	KH_ADD_OTHER /* same id, another text */
};
/* A story with its reports, as JSON, inside a transaction. `replace`: a stored one goes first. */
enum kh_added kh_store_add(struct kh_store *s, const char *json, size_t n, bool replace);

/* The country of the part in which a report is linked: where it was, else of whom it
 * befell, else of who did it; "" when none is told. Reports of different parts never share an
 * incident. */
const char *kh_store_home(const struct kh_tape_value *report);

/* Days since 1970-01-01 of an ISO date; false when it is none. */
bool kh_store_day(const char *iso, int *day);

/* A stored story as JSON with text and reports, ending in NUL; free() it. NULL: none, or a failure.
 */
char *kh_store_story(struct kh_store *s, const char *id);

/* ---- questions ---------------------------------------------------------- */

enum { KH_QUERY_VALUES = 96, KH_QUERY_PARTS = 256 };

struct kh_query_part { /* of `where`, from byte to byte: any of those of a term, or (minus) none */
	unsigned begin, end, term;
	bool minus;
};

struct kh_query { /* query words as a condition on kh_report r join kh_story s */
	char where[8192];
	char *value[KH_QUERY_VALUES]; /* bound to ?1 … */
	unsigned values;
	struct kh_query_part part[KH_QUERY_PARTS];
	unsigned parts;
	char words[1024]; /* as they were told, as far as they fit */
	size_t at;	  /* where the words stop making sense */
	char why[160];	  /* and why */
};

/* 0, or -1 with `at` and `why`. Frees nothing on failure that kh_query_free() does not. */
int kh_query_parse(struct kh_query *q, struct kh_store *s, const char *words);
void kh_query_bind(const struct kh_query *q, struct kh_sql *st);
void kh_query_free(struct kh_query *q);

/* ---- incidents ----------------------------------------------------------- */

/* Links the reports of the parts that changed since the last time, or `all`. The incidents depend
 * on the rows alone, not on the order in which they came. */
int kh_store_link(struct kh_store *s, bool all);

/* ---- formats of others --------------------------------------------------- */

struct kh_export {
	const char *format, *scale;
	const struct kh_query *query;
	bool all; /* of every certainty */
};
const char *const *kh_export_formats(void); /* ends with NULL */
/* "dialect" and "schema" of a format's table for a datapackage.json, as far as it is a table. */
int kh_store_fields(struct kh_store *s, const char *format, FILE *to);
/* Rows written, or -1. */
long kh_store_export(struct kh_store *s, const struct kh_export *e, FILE *to);

#endif
