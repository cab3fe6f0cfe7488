/* Verbs hung on the wrong verb or noun by their forms alone, hung where their meaning puts them. */
#ifndef KH_TREE_JOIN_H
#define KH_TREE_JOIN_H

#include "doc/doc.h"

/* Joined verbs: one that is finite to a finite one, one that speaks to one that speaks. The
 * children must be set before, and anew behind it. */
void kh_tree_join(struct kh_doc *d, const struct kh_sentence *s);
/* "accused them of shelling villages": makes "shelling" the verb; true: its tag, lemma and features
 * are to be set anew. `at` is not the first of its sentence. */
bool kh_tree_free_deed(struct kh_doc *d, uint32_t at);

#endif
