/* Statements of either engine. The SQL of the store is written once, in what SQLite and PostgreSQL
 * share; where they differ stand named pieces (kh_store_piece) and each engine's own schema. Marks
 * for values are ?1 ?2 …; a value that is not put is null. */
#ifndef KH_STORE_SQL_H
#define KH_STORE_SQL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct kh_store;
struct kh_sql;

enum kh_sql_step { KH_SQL_FAILED = -1 /* see kh_store_why() */, KH_SQL_DONE, KH_SQL_ROW };
enum kh_sql_type { KH_SQL_NULL, KH_SQL_WHOLE, KH_SQL_REAL, KH_SQL_TEXT };

/* NULL after a failure. */
struct kh_sql *kh_store_sql(struct kh_store *s, const char *sql);
/* The same for more rows than memory should hold; no commit or rollback before its end. */
struct kh_sql *kh_store_scan(struct kh_store *s, const char *sql);
/* Somebody else's statement: one, and one that only reads. *at: the byte where it goes wrong, or
 * -1. */
struct kh_sql *kh_store_question(struct kh_store *s, const char *sql, int *at);
void kh_sql_end(struct kh_sql *q); /* NULL is fine */

/* Texts are not copied: they stay as they are until the first step. n < 0: up to the NUL. */
void kh_sql_put_text(struct kh_sql *q, int i, const char *z, long n);
void kh_sql_put_copy(struct kh_sql *q, int i, const char *z);
void kh_sql_put_int(struct kh_sql *q, int i, int64_t v);
void kh_sql_put_real(struct kh_sql *q, int i, double v);

enum kh_sql_step kh_sql_step(struct kh_sql *q);
void kh_sql_reset(struct kh_sql *q); /* ready for other values */
int kh_sql_run(struct kh_sql *q);    /* one step and reset; 0 or -1 */

int kh_sql_columns(struct kh_sql *q);
const char *kh_sql_name(struct kh_sql *q, int i);
enum kh_sql_type kh_sql_type(struct kh_sql *q, int i);
const char *kh_sql_text(struct kh_sql *q, int i); /* NULL when null; until the next step */
size_t kh_sql_bytes(struct kh_sql *q, int i);
int64_t kh_sql_int(struct kh_sql *q, int i);
double kh_sql_real(struct kh_sql *q, int i);

/* What each engine says its own way; "" where it has nothing to say. */
enum kh_store_piece {
	KH_PIECE_WORDS,	    /* the story s has the words of the value @ */
	KH_PIECE_BOX,	    /* the report r lies from %.5f to %.5f (lat), %.5f to %.5f (lon) */
	KH_PIECE_ADD_WORDS, /* of story ?1: its title ?2 and text ?3, or its words ?2 */
	KH_PIECE_ADD_PLACE, /* of report ?1: lat ?2, lon ?3 */
	KH_PIECE_FORGET_WORDS /* of story ?1, before it goes */,
	KH_PIECE_FORGET_PLACES,
	KH_PIECE_COLUMNS, /* names of the columns of view report */
	KH_PIECES
};
const char *kh_store_piece(const struct kh_store *s, enum kh_store_piece piece);

#endif
