/* A look into JSON that may lack anything. */
#ifndef KH_STORE_JS_H
#define KH_STORE_JS_H

#include <json-c/json.h>

/* The value of a key; NULL when `o` is no object or has none. */
struct json_object *kh_get(struct json_object *o, const char *key);
const char *kh_get_text(struct json_object *o, const char *key); /* NULL when no string */
/* The words of a string; NULL when it is none. Owned by `v`. */
const char *kh_string(struct json_object *v);

#endif
