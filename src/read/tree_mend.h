/* What the parser's habits get wrong in plain sentences, mended before anybody reads the tree. */
#ifndef KH_TREE_MEND_H
#define KH_TREE_MEND_H

#include "doc/doc.h"

/* The children must be set before; they are to be set anew when it returns true. */
bool kh_tree_mend(struct kh_doc *d, struct kh_sentence *s);

#endif
