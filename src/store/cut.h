/* The bytes of each report in the JSON of a story. Inside the store. */
#ifndef KH_STORE_CUT_H
#define KH_STORE_CUT_H

#include <stdbool.h>
#include <stddef.h>

struct kh_cut {
	const char *p, *end;
};

/* Puts it on the first report; false: none. */
bool kh_cut_first(struct kh_cut *c);
/* The length of the report it is on; it goes on to the next. */
size_t kh_cut_next(struct kh_cut *c);

#endif
