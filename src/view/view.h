/* The page over a store: a server on loopback and what it answers. In: a store that is open, a
 * token. Out: HTTP; nothing leaves the machine and nobody without the token is answered. */
#ifndef KH_VIEW_H
#define KH_VIEW_H

#include "store/store.h"

struct kh_view;

struct kh_view_options {
	struct kh_store *store;
	const char *path;  /* of the store, for the page's title */
	const char *coder; /* whose reviews; NULL: the page reads only */
	const char *who;   /* whose questions are kept */
	unsigned port;	   /* 0: any that is free */
	/* Why a report is as it is, as text to be freed; NULL: cannot be told. May be NULL. */
	char *(*explain)(void *ctx, const char *story, const char *id);
	void *ctx;
};

/* Starts the server in a thread of its own, which alone uses the store from then on. NULL and *why
 * when it cannot. */
struct kh_view *kh_view_start(const struct kh_view_options *o, const char **why);
/* http://127.0.0.1:PORT/?token=… */
const char *kh_view_url(const struct kh_view *v);
void kh_view_stop(struct kh_view *v);
/* Was the page itself built in? */
bool kh_view_has_page(void);

#endif
