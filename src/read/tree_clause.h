/* Clauses that the parser read as noun phrases, or hung on the wrong word. */
#ifndef KH_TREE_CLAUSE_H
#define KH_TREE_CLAUSE_H

#include "doc/doc.h"

static inline bool kh_tree_nominal(const struct kh_token *t)
{
	return t->upos == KH_NOUN || t->upos == KH_PROPN || t->upos == KH_PRON;
}

static inline void kh_tree_hang(struct kh_token *k, uint32_t head, uint8_t rel)
{
	k->head = head;
	k->rel = rel;
}

/* Does the sentence end in a full stop? Headlines do not. */
bool kh_tree_stopped(const struct kh_doc *d, const struct kh_sentence *s);
/* Mends them; the children are set anew where it returns true. */
bool kh_tree_clauses(struct kh_doc *d, struct kh_sentence *s);

#endif
