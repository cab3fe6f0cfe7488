/* Tags, lemmas, heads, relations and name spans: fills the tokens' fields and doc->name. */
#ifndef KH_TREE_H
#define KH_TREE_H

#include "doc/doc.h"

void kh_tree_run(struct kh_work *w);
/* 0, or KHABAR_E_MODEL when the weights in the image are damaged or do not fit each other. */
int kh_tree_check(const struct khabar_model *m, khabar_error *err);

#endif
