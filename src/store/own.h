/* Inside the store: what its files share. */
#ifndef KH_STORE_OWN_H
#define KH_STORE_OWN_H

#include "store/store.h"

enum { KH_STORE_STATEMENTS = 16, KH_STORE_WHO = 4096, KH_STORE_PARTS = 512 };
enum { KH_STORE_NO_DAY = -1000000 }; /* in kh_report.day and kh_relink.day: nobody knows */

struct kh_known_who { /* a row of kh_who that is there */
	uint64_t hash;
	int64_t n;
};

struct kh_known_part { /* a row of kh_relink that is there, since the transaction began */
	uint64_t hash;
	int day;
};

struct kh_store {
	struct sqlite3 *db;
	struct sqlite3_stmt *st[KH_STORE_STATEMENTS]; /* of add.c, prepared once */
	struct kh_known_who who[KH_STORE_WHO];
	struct kh_known_part part[KH_STORE_PARTS];
	char why[256];
};

extern const char kh_store_schema[], kh_store_schema_2[], kh_store_schema_3[]; /* schema.sql … */

int kh_store_fail(struct kh_store *s, const char *what); /* -1, and why */
int kh_store_sqlite(struct kh_store *s, int code);	 /* the same from SQLite's error */
/* What was taken back is not known any more. */
void kh_store_forget(struct kh_store *s);

#endif
