/* Names of a story looked at together: one that is met twice is of one type. */
#ifndef KH_TREE_NAMES_H
#define KH_TREE_NAMES_H

#include "doc/doc.h"

/* Mends doc->name and the tokens' name_type after all sentences have been read. */
void kh_tree_names(struct kh_work *w);

#endif
