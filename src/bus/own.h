/* Inside the bus: what its files share. */
#ifndef KH_BUS_OWN_H
#define KH_BUS_OWN_H

#include <libpq-fe.h>

#include "bus/bus.h"

/* Bytes that grow; `bad` once memory is out. */
struct kh_bytes {
	char *p;
	size_t n, room;
	bool bad;
};
void kh_bytes_add(struct kh_bytes *b, const void *p, size_t n);
void kh_bytes_u16(struct kh_bytes *b, uint32_t v); /* big-endian, as PostgreSQL has it */
void kh_bytes_u32(struct kh_bytes *b, uint32_t v);
void kh_bytes_u64(struct kh_bytes *b, uint64_t v);
void kh_bytes_field(struct kh_bytes *b, const void *p, size_t n); /* length, then bytes */
void kh_bytes_free(struct kh_bytes *b);

enum { KH_OID_BYTEA = 17, KH_OID_INT8 = 20, KH_OID_INT4 = 23, KH_OID_TEXT = 25 };

struct kh_bus_driver {
	const char *name;
	int (*open)(struct kh_bus *b);
	void (*close)(struct kh_bus *b);
	/* These batches wait: tell the workers. tries -1: again, the message was lost. */
	int (*publish)(struct kh_bus *b, const int64_t *id, const int *tries, unsigned n);
	/* 1: a batch was leased (its row is in `batch`), 0 none, -1. */
	int (*take)(struct kh_bus *b, struct kh_bus_batch *batch, int wait_ms);
	void (*hold)(struct kh_bus *b, struct kh_bus_batch *batch);
	void (*done)(struct kh_bus *b, struct kh_bus_batch *batch);
	void (*back)(struct kh_bus *b, struct kh_bus_batch *batch, int after_s);
	long long (*queued)(struct kh_bus *b);
	/* Will the queue bring so many waiting batches by itself? */
	bool (*all_told)(struct kh_bus *b, long long waiting, long long leased);
};
extern const struct kh_bus_driver kh_bus_pg, kh_bus_nats;

struct kh_bus {
	struct kh_bus_options o;
	const struct kh_bus_driver *driver;
	void *own; /* of the driver */
	PGconn *pg;
	char *dsn, *password, *url; /* url: of the queue, a copy */
	const char *secret;	    /* the broker's password, while it is open */
	struct kh_bytes copy;	    /* stories not yet put */
	long copied;
	long foreign;
	bool away, data; /* the last failure: may pass; lies in the data */
	char why[400];
};

int kh_bus_fail(struct kh_bus *b, const char *what);			/* -1, and why */
int kh_bus_failf(struct kh_bus *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void kh_bus_say(struct kh_bus *b, const char *line);

/* ---- PostgreSQL ------------------------------------------------------------ */

int kh_pg_open(struct kh_bus *b, const char *dsn); /* without "pg:" */
/* After a failure: may it pass? Waits a little and connects anew; false: give up. *began: 0 at first. */
bool kh_pg_again(struct kh_bus *b, double *began);
int kh_pg_error(struct kh_bus *b, const PGresult *r); /* -1, why, away, data */
/* One statement without parameters; 0 or -1. */
int kh_pg_run(struct kh_bus *b, const char *sql);
struct kh_param {
	const char *p;
	int n;
	char own[8];
};
struct kh_param kh_pg_int8(int64_t v); /* its p is set by kh_pg_query: keep it in the array */
struct kh_param kh_pg_int4(int32_t v);
struct kh_param kh_pg_bytes(const struct kh_bytes *v);
struct kh_param kh_pg_text(const char *z); /* NULL: null */
/* A statement with binary parameters and binary rows; NULL after a failure. */
PGresult *kh_pg_query(struct kh_bus *b, const char *sql, struct kh_param *param, int n);
int64_t kh_pg_number(const PGresult *r, int row, int column); /* of 2, 4 or 8 bytes; null is 0 */
double kh_pg_clock(void);
void kh_pg_sleep(double seconds);

/* Runs `op` until it does not fail for what may pass, or patience ends. */
typedef int kh_bus_op(struct kh_bus *b, void *arg);
int kh_bus_try(struct kh_bus *b, kh_bus_op *op, void *arg);

/* ---- ledger ------------------------------------------------------------------ */

/* The row that a claiming statement returned: batch, first, last, stories, tries. */
void kh_ledger_row(const PGresult *r, struct kh_bus_batch *batch);
#define KH_LEDGER_ROW "b.batch, b.first, b.last, b.stories, b.tries"
void kh_ledger_drop(struct kh_bus_batch *batch);
void kh_ledger_key(struct kh_bus_story *s);
/* Tells the queue of the batches that a statement returned: batch, tries. */
int kh_ledger_publish(struct kh_bus *b, const PGresult *r);

#endif
