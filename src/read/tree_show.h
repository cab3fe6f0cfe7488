/* Sentences, tokens and trees for people and scorers: JSON and CoNLL-U. */
#ifndef KH_TREE_SHOW_H
#define KH_TREE_SHOW_H

#include "base/json.h"
#include "doc/doc.h"

void kh_sent_show(const struct kh_doc *d, const struct kh_story *s, struct kh_out *o);
void kh_token_show(const struct kh_doc *d, const struct kh_story *s, struct kh_out *o);
void kh_tree_show(const struct kh_doc *d, const struct kh_story *s, struct kh_out *o);
void kh_conllu_show(const struct kh_work *w, uint32_t story, struct kh_out *o);

#endif
