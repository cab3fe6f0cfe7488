/* Trees after the net: what no verb can have, two subjects, is put right. */
#ifndef KH_TREE_PAIR_H
#define KH_TREE_PAIR_H

#include "doc/doc.h"

/* Mends the heads of the tokens [first, first + n), whose children must be listed. */
void kh_tree_pair(struct kh_doc *d, uint32_t first, uint32_t n);

#endif
