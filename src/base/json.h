/* Writing JSON and text into room of a given size, counting what would be needed. */
#ifndef KH_JSON_H
#define KH_JSON_H

#include "base/base.h"

struct kh_out { /* a writer: bytes beyond `room` are counted, not written */
	char *to;
	size_t room, n;
	bool comma; /* a comma is due before the next member */
};

void kh_out_bytes(struct kh_out *o, kh_str s);
void kh_out_text(struct kh_out *o, const char *z);
void kh_out_int(struct kh_out *o, int64_t v);

/* JSON: begin and end of objects and lists; `key` may be NULL inside lists. Commas are kept. */
void kh_json_open(struct kh_out *o, const char *key, char bracket); /* '{' or '[' */
void kh_json_close(struct kh_out *o, char bracket);                 /* '}' or ']' */
void kh_json_str(struct kh_out *o, const char *key, kh_str s);
void kh_json_strz(struct kh_out *o, const char *key, const char *z);
void kh_json_int(struct kh_out *o, const char *key, int64_t v);
void kh_json_fixed(struct kh_out *o, const char *key, int64_t v, unsigned decimals);
void kh_json_bool(struct kh_out *o, const char *key, bool v);
void kh_json_span(struct kh_out *o, const char *key, uint32_t begin, uint32_t end);

#endif
