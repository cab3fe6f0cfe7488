/* The light tree of a page: elements and texts in document order, with their bytes. */
#ifndef KH_HTML_TREE_H
#define KH_HTML_TREE_H

#include "doc/doc.h"
#include "page/html_tag.h"
#include "page/html_token.h"

enum { KH_SOFT_HYPHEN = 0xAD /* where a word may be broken: no letter of it */ };

struct kh_attr {
	kh_str name, value;
	kh_span at;
};

struct kh_node {
	uint32_t parent; /* KH_NONE: the root */
	uint32_t end;	 /* first node behind the subtree */
	kh_span at;	 /* of the start tag, or of the text */
	uint32_t first_attr;
	uint8_t n_attr, tag; /* enum kh_tag; KH_TAG_OTHER with is_text for texts */
	uint8_t state;	     /* texts: how to decode */
	bool is_text;
};

struct kh_tree {
	struct kh_work *w;
	kh_str in; /* UTF-8 */
	uint32_t n, cap, n_attr, cap_attr;
	uint32_t end_meta; /* after the last meta element */
	struct kh_node *node;
	struct kh_attr *attr;
};

struct kh_tree kh_tree_build(struct kh_work *w, kh_str in);
/* Value of an attribute; p is NULL when it has none. */
kh_str kh_tree_attr(const struct kh_tree *t, uint32_t node, const char *name);
const struct kh_attr *kh_tree_find_attr(const struct kh_tree *t, uint32_t node, const char *name);
/* All text below a node, decoded, white space collapsed and trimmed. *at: its bytes. */
kh_str kh_tree_text(const struct kh_tree *t, uint32_t node, kh_span *at);

#endif
