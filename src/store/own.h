/* Inside the store: what its files share, and what an engine is. */
#ifndef KH_STORE_OWN_H
#define KH_STORE_OWN_H

#include "store/store.h"
#include "store/tape.h"

enum { KH_STORE_STATEMENTS = 20, KH_STORE_WHO = 4096, KH_STORE_PARTS = 512, KH_STORE_VERSION = 4 };
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
	const struct kh_engine *engine;
	void *link;				/* the engine's own: sqlite3 *, PGconn * … */
	struct kh_sql *st[KH_STORE_STATEMENTS]; /* of add.c, prepared once */
	struct kh_known_who who[KH_STORE_WHO];
	struct kh_known_part part[KH_STORE_PARTS];
	int64_t last_story, last_report; /* numbers given so far; 0: ask, in each transaction */
	struct kh_tape tape;		 /* the story in hand */
	bool data;			 /* the last failure is the fault of the values */
	char name[400];			 /* of the database, without a password */
	char why[256];
};

/* A statement begins with this; the rest is its engine's. */
struct kh_sql {
	struct kh_store *s;
};

/* Each function that fails has said why in the store. */
struct kh_engine {
	int (*open)(struct kh_store *s, const char *where, enum kh_store_mode mode);
	void (*close)(struct kh_store *s);
	int (*begin)(struct kh_store *s); /* and nobody else writes until the end */
	int (*run)(struct kh_store *s, const char *sql);
	bool (*readonly)(const struct kh_store *s);
	void (*wait)(struct kh_store *s, int ms); /* for a lock, at most */
	int64_t (*changes)(struct kh_store *s);	  /* rows that the last statement wrote */
	int64_t (*others)(struct kh_store *s);	  /* a number that others' writing changes */
	int (*check)(struct kh_store *s, kh_store_tell *tell, void *ctx);
	int (*settle)(
		struct kh_store *s); /* after many rows, before large questions; may be NULL */
	/* One statement of somebody else's that only reads; *at: the byte where it goes wrong, or
	 * -1. */
	struct kh_sql *(*question)(struct kh_store *s, const char *sql, int *at);
	/* The words of a story as one text to be freed, where the engine has none of its own for
	 * that. */
	char *(*words)(struct kh_store *s, const char *text, size_t n);

	struct kh_sql *(*prepare)(struct kh_store *s, const char *sql, bool scan);
	void (*end)(struct kh_sql *q);
	void (*put_text)(struct kh_sql *q, int i, const char *z, long n, bool copy);
	void (*put_int)(struct kh_sql *q, int i, int64_t v);
	void (*put_real)(struct kh_sql *q, int i, double v);
	enum kh_sql_step (*step)(struct kh_sql *q);
	void (*reset)(struct kh_sql *q);
	/* Where answers need not be waited for: a step and reset whose failure flush() may tell. */
	int (*write)(struct kh_sql *q);
	int (*flush)(struct kh_store *s);
	int (*columns)(struct kh_sql *q);
	const char *(*name)(struct kh_sql *q, int i);
	enum kh_sql_type (*type)(struct kh_sql *q, int i);
	const char *(*text)(struct kh_sql *q, int i);
	size_t (*bytes)(struct kh_sql *q, int i);
	int64_t (*whole)(struct kh_sql *q, int i);
	double (*real)(struct kh_sql *q, int i);

	const char *piece[KH_PIECES];
	bool savepoints; /* after a failure a transaction goes on only from a savepoint */
};

extern const struct kh_engine kh_lite_engine;
#ifdef KH_PG
extern const struct kh_engine kh_postgres_engine;
extern const char kh_store_postgres[]; /* postgres.sql */
#endif
extern const char kh_store_schema[], kh_store_schema_2[], kh_store_schema_3[],
	kh_store_schema_4[]; /* schema.sql … */

extern const char kh_store_views[], kh_store_summary[]; /* views.sql, summary.sql: of both */

int kh_store_fail(struct kh_store *s, const char *what); /* -1, and why */
/* What was taken back is not known any more. */
void kh_store_forget(struct kh_store *s);
/* A place that is known only to a province, a district or a region: its point is a middle. */
bool kh_store_is_area(bool point, int64_t geonameid);
extern const char kh_store_areas[];
/* A number that is the same everywhere for the same id: the order of the random sample. */
int64_t kh_store_mix(const char *id);

#endif
