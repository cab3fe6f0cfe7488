/* JSON as pages hold it, read leniently: line feeds in strings, missing commas, an end cut off. A
 * flat list of values in document order; strings stay as written, so that every value has its
 * bytes. */
#ifndef KH_JSON_TREE_H
#define KH_JSON_TREE_H

#include "base/arena.h"
#include "base/base.h"

struct kh_jvalue {
	kh_str key, raw; /* raw: of a string without quotes, of a number or word as written */
	uint32_t parent; /* KH_NONE */
	uint32_t end;    /* first value behind it and all that it holds */
	char kind;       /* '{' '[' '"' or 'v' */
};

struct kh_jtree {
	struct kh_arena *arena;
	uint32_t n, cap;
	struct kh_jvalue *value;
};

/* Appends the values of a text to the tree. */
void kh_json_read(struct kh_jtree *t, kh_str text);
/* The member of an object; KH_NONE. */
uint32_t kh_json_member(const struct kh_jtree *t, uint32_t object, const char *key);
/* A string value with its escapes resolved. */
kh_str kh_json_text(const struct kh_jtree *t, uint32_t value);

#endif
