/* Inside link.c: what linking keeps of a report, and of an incident as its reports come in. */
#ifndef KH_STORE_LINK_H
#define KH_STORE_LINK_H

#include "store/own.h"

enum { KH_LINK_SET = 16 };

struct kh_link_set { /* distinct words, as hashes */
	unsigned n;
	uint32_t h[KH_LINK_SET];
};

struct kh_link_item {
	int64_t report, story, incident;
	int day, last; /* NO_DAY: unknown */
	int class;
	char event[16], country[4], id[320];
	struct kh_link_set place, actor, recipient, actor_land, recipient_land, word, figure;
};

#endif
