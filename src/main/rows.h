/* What the commands that ask a store share: opening it, query words, rows in three forms. */
#ifndef KH_ROWS_H
#define KH_ROWS_H

#include "main.h"
#include "store/store.h"

/* Where the store is: --db, or the first file, which is taken off; NULL after one line. A password
 * leaves the list of processes. */
const char *rows_where(struct settings *s);
/* NULL after one line. */
struct kh_store *rows_open_as(const char *where, enum kh_store_mode mode);
/* The store named by the first file, which is taken off; NULL after one line, *status set. */
struct kh_store *rows_open(struct settings *s, int *status);
/* What is no option, as one string to be freed. */
struct buf rows_words(const struct settings *s);
/* The rest of the files as query words; false after a line and a caret. */
bool rows_query(struct kh_store *st, const struct settings *s, struct kh_query *q);
/* Opens the store, reads the query words and lets `answer` tell the status; `linked`: incidents are
 * brought up to date before. */
typedef int rows_fn(struct kh_store *st, const struct settings *s, const struct kh_query *q);
int rows_answer(struct settings *s, bool linked, rows_fn *answer);
/* All rows as CSV, JSON Lines or a table; their number, -1 after a failure (told). */
long rows_print(struct kh_store *st, struct kh_sql *q, const struct settings *s);
/* The failure as one line; EXIT_NONE. */
int rows_fail(struct kh_store *st);
int rows_status(long n); /* of so many rows, or of a failure that was told */
/* Of stored.c: the story with this id, or the one that a report's id ("STORY/4.0") names, as JSON to
 * be freed; NULL: not there. */
char *stored_story(struct kh_store *st, const char *id, bool *report);
void rows_json_string(FILE *to, const char *z);

#endif
