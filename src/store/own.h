/* Inside the store: what its files share. */
#ifndef KH_STORE_OWN_H
#define KH_STORE_OWN_H

#include "store/store.h"

enum { KH_STORE_STATEMENTS = 17, KH_STORE_WHO = 4096 };

struct kh_known_who { /* a row of kh_who that is there */
	uint64_t hash;
	int64_t n;
};

struct kh_store {
	struct sqlite3 *db;
	struct sqlite3_stmt *st[KH_STORE_STATEMENTS]; /* of add.c, prepared once */
	struct kh_known_who who[KH_STORE_WHO];
	char why[256];
};

extern const char kh_store_schema[], kh_store_schema_2[]; /* schema.sql, schema-2.sql */

int kh_store_fail(struct kh_store *s, const char *what); /* -1, and why */
int kh_store_sqlite(struct kh_store *s, int code);	 /* the same from SQLite's error */
/* What was taken back is not known any more. */
void kh_store_forget_who(struct kh_store *s);
/* Days since 1970-01-01 of an ISO date; false when it is none. */
bool kh_store_day(const char *iso, int *day);

#endif
