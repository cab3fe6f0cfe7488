/* Which reports and incidents answer a query, a bit each: for a page that asks at every key. Each
 * part of the query is asked alone, mostly of an index, and what they mean together is told by
 * bits; SQL would fetch every report for it, which is ten times slower. */
#ifndef KH_STORE_MATCH_H
#define KH_STORE_MATCH_H

#include "store/store.h"

struct kh_match {		    /* of the store as it was when it was loaded, by number */
	uint32_t *story, *incident; /* of a report; 0: there is none */
	size_t reports, incidents;  /* one more than the last */
	uint64_t *answer;	    /* the reports that answered last */
	unsigned char *bits;	    /* and their incidents */
};

/* Each 0, or -1 with kh_store_why(). */
int kh_match_load(struct kh_match *m, struct kh_store *s);
int kh_match_ask(struct kh_match *m, struct kh_store *s, const struct kh_query *q, int64_t after);
void kh_match_free(struct kh_match *m);
size_t kh_match_bytes(const struct kh_match *m); /* of `bits` */

#endif
