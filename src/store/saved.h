/* Questions that somebody keeps, and what is new since they looked last. */
#ifndef KH_STORE_SAVED_H
#define KH_STORE_SAVED_H

#include "store/store.h"

struct kh_saved {
	const char *name, *query, *looked;
	int64_t seen;		    /* the last report there was when they looked */
	int64_t reports, incidents; /* that answer and came since */
};
typedef void kh_saved_fn(void *ctx, const struct kh_saved *v);

/* Keeps query words under a name; another question under it takes its place. 0 or -1. */
int kh_saved_keep(struct kh_store *s, const char *who, const char *name, const char *query);
int kh_saved_drop(struct kh_store *s, const char *who, const char *name);
/* What there is now has been looked at. */
int kh_saved_look(struct kh_store *s, const char *who, const char *name);
/* All of somebody's, or one; how many, or -1. */
int kh_saved_each(struct kh_store *s, const char *who, const char *name, kh_saved_fn *each,
		  void *ctx);

#endif
