/* Work for many machines: batches of stories from a queue, results and the ledger in PostgreSQL.
 * The ledger knows every story that was put and every batch; a queue only says which batch is next,
 * so a queue that is lost is a delay. Nothing here prints; each failure is one line in kh_bus_why()
 * and holds no password. */
#ifndef KH_BUS_H
#define KH_BUS_H

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>

#include "khabar.h"

struct kh_bus;

struct kh_bus_options {
	const char *queue;  /* pg:DSN or nats://HOST[:PORT][,…]/STREAM, tls:// the same */
	const char *store;  /* pg:DSN of the ledger; NULL: that of the queue */
	unsigned behaviour; /* of the model that codes */
	int lease;	    /* seconds that a batch is lent for; 0: 60 */
	int tries;	    /* of a batch before it is halved; 0: 3 */
	int patience;	    /* seconds to wait for a server that is away; 0: 300 */
	int replicas;	    /* of a new stream; 0: 1 */
	bool insecure;	    /* a NATS server elsewhere without TLS */
	bool make;	    /* the ledger when it is not there */
	bool takes;	    /* it is to take batches, not only to put or look */
	const char *worker; /* a name for the ledger */
	const volatile sig_atomic_t *stop; /* not 0: wait no longer; may be NULL */
	void (*say)(const char *line);	   /* news of servers lost and found; may be NULL */
};

/* Always sets *out (unless memory is out); not 0: see kh_bus_why(), then close. */
int kh_bus_open(struct kh_bus **out, const struct kh_bus_options *o);
void kh_bus_close(struct kh_bus *b);
const char *kh_bus_why(const struct kh_bus *b);

/* ---- putting ------------------------------------------------------------- */

enum { KH_BUS_LINE = 16, KH_BUS_LINE_PAGE = 17, KH_BUS_TOLD = 6 };

struct kh_bus_story {
	khabar_str bytes;
	const char *file;
	uint64_t at;
	uint32_t kind;		      /* enum khabar_kind, or KH_BUS_LINE… */
	khabar_str told[KH_BUS_TOLD]; /* of a document: id title url source charset published */
	bool reference;		      /* only the place goes into the ledger */

	/* of a story in a batch */
	int64_t id;
	unsigned char key[16];
	/* filled in by who codes */
	khabar_str record; /* as khabar code --stories prints it */
	int stories, reports;
	char error[200]; /* not empty: it could not be coded */
};

struct kh_bus_put {
	long stories, known, batches; /* new; there already; made */
};

/* Stories go into the ledger in large transactions; kh_bus_put_end() completes the last. */
int kh_bus_put(struct kh_bus *b, const struct kh_bus_story *s, int batch, struct kh_bus_put *sum);
int kh_bus_put_end(struct kh_bus *b, int batch, struct kh_bus_put *sum);

/* ---- working --------------------------------------------------------------- */

struct kh_bus_batch {
	int64_t id, first, last;
	int stories, tries;
	struct kh_bus *from; /* which took it, and tells its queue */
	struct kh_bus_story *story; /* those without a result */
	unsigned n;
	void *rows, *message; /* of the drivers */
};

/* 1: a batch to code; 0: none came within wait_ms; -1. A batch that was tried too often is halved
 * here, and one story that was goes to the table of failed ones. */
int kh_bus_take(struct kh_bus *b, struct kh_bus_batch *batch, int wait_ms);
/* Still at it: the lease begins anew. */
int kh_bus_hold(struct kh_bus *b, struct kh_bus_batch *batch);
/* Results and ledger in one transaction, then the queue is told. The connection may be another than the
 * one that took the batch, in a thread of its own. 1: PostgreSQL refuses the data;
 * the batch was given back and counts as tried. Frees the batch whatever happens. */
int kh_bus_finish(struct kh_bus *b, struct kh_bus_batch *batch);
/* Gives a batch back at once; `why` NULL: it does not count as tried. Frees it. */
int kh_bus_back(struct kh_bus *b, struct kh_bus_batch *batch, const char *why);
/* A batch that a process had in hand when it died, so that nobody waits for its lease; it counts as
 * tried if it is the suspect. */
int kh_bus_free_lease(struct kh_bus *b, int64_t id, bool suspect);
/* Batches waiting for workers of other behaviour numbers, and for which. */
long kh_bus_others(struct kh_bus *b, unsigned *behaviour);
/* Foreign messages met (NATS), since opening. */
long kh_bus_foreign(const struct kh_bus *b);

/* ---- looking after ----------------------------------------------------------- */

struct kh_bus_status {
	long long waiting, leased, done, failed;	 /* batches */
	long long stories_open, stories_done, failures; /* stories */
	double per_second; /* stories, over the last minute */
	double oldest;	   /* seconds since the oldest waiting batch was put; -1: none */
	long long queued;  /* messages in the broker; -1: no broker, or not known */
	unsigned behaviour;
};
int kh_bus_status(struct kh_bus *b, struct kh_bus_status *s);

struct kh_bus_mend {
	long long lost;	     /* stories that had neither result, error nor batch */
	long long freed;     /* leases that had run out */
	long long published; /* messages sent again */
};
int kh_bus_reconcile(struct kh_bus *b, int batch, struct kh_bus_mend *m);

typedef void kh_bus_failed_fn(void *ctx, const char *file, long long at, long long bytes, int tries,
			      const char *error);
long kh_bus_failed(struct kh_bus *b, kh_bus_failed_fn *each, void *ctx); /* how many, or -1 */
long kh_bus_retry(struct kh_bus *b); /* failed stories become batches again */

/* The results in the order of putting, as lines that end in a line break; how many stories, or -1.
 * false from `each` ends it. */
typedef bool kh_bus_result_fn(void *ctx, const char *lines, size_t n);
long kh_bus_results(struct kh_bus *b, kh_bus_result_fn *each, void *ctx);

#endif
