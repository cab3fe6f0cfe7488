/* Tags, lemmas, heads, relations and name spans: fills the tokens' fields and doc->name. */
#ifndef KH_TREE_H
#define KH_TREE_H

#include "doc/doc.h"

void kh_tree_run(struct kh_work *w);

#endif
