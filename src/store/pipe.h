/* Statements of PostgreSQL that are sent without waiting for each answer. Inside postgres.c's
 * engine. */
#ifndef KH_STORE_PIPE_H
#define KH_STORE_PIPE_H

#include <libpq-fe.h>
#include <stdbool.h>

enum { KH_PIPE_MOST = 200 };

struct kh_pipe {
	PGconn *c;
	unsigned sent; /* whose answers are still to come */
};

/* A prepared statement on its way; false: the connection does not take it. */
bool kh_pipe_send(struct kh_pipe *p, const char *name, int n, const char *const *value);
/* Waits for all answers; the first that is a failure, to be cleared, or NULL. */
PGresult *kh_pipe_drain(struct kh_pipe *p);

#endif
