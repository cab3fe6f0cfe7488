/* Polite fetching: one request at a time, robots.txt, conditional requests, pauses between requests
 * to a host. */
#ifndef KH_FETCH_H
#define KH_FETCH_H

#include "main.h"

struct fetcher;

struct answer {
	long status;				    /* of HTTP; 0: no answer; or FETCH_… */
	long retry_after;			    /* seconds the server asks for; 0: none */
	struct buf body, etag, modified, type, url; /* url: after redirects */
	char why[160];				    /* where there is no answer */
	bool cut;   /* the body is longer than FETCH_MOST: what comes before is there */
	bool moved; /* for good, to `url` */
};

enum {
	FETCH_ROBOTS = -1,
	FETCH_NEVER = -2 /* no address, or redirections without end */,
	FETCH_MOST = 16 << 20 /* bytes of a body */
};

/* `pause`: least seconds between two requests to the same host. NULL: out of memory. */
struct fetcher *fetch_new(int pause);
void fetch_free(struct fetcher *f);
/* `etag` and `modified` may be empty: what the server said of the copy we have. */
void fetch_get(struct fetcher *f, const char *url, const char *etag, const char *modified,
	       struct answer *a);
void fetch_answer_free(struct answer *a);
/* An address that a page at `base` names, made whole. */
void fetch_join(const char *base, const char *href, size_t n, struct buf *to);

#endif
