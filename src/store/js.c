/* See js.h. */
#include "store/js.h"

struct json_object *kh_get(struct json_object *o, const char *key)
{
	struct json_object *v = NULL;
	return o && json_object_is_type(o, json_type_object) &&
			       json_object_object_get_ex(o, key, &v)
		       ? v
		       : NULL;
}

const char *kh_string(struct json_object *v)
{
	return v && json_object_is_type(v, json_type_string) ? json_object_get_string(v) : NULL;
}

const char *kh_get_text(struct json_object *o, const char *key)
{
	return kh_string(kh_get(o, key));
}
