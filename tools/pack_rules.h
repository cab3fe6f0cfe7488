/* The examples of rules, between who reads them and who runs them. */
#ifndef KH_PACK_RULES_H
#define KH_PACK_RULES_H

#include "pack.h"

struct pack_example {
	const char *file;
	unsigned line;
	bool negative, known; /* known: fails for now, told when it holds */
	kh_str text;
	uint32_t rule; /* in the section "rules" */
};

void pack_example(struct pack *p, struct pack_example e);

#endif
