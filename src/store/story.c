/* A stored story as it came in. In: its id. Out: JSON in the order of khabar-record(5). */
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "store/own.h"

typedef struct json_object js;

static js *reports(struct kh_store *s, int64_t story)
{
	js *all = json_object_new_array();
	struct kh_sql *q =
		kh_store_sql(s, "select record from kh_report where story = ?1 order by n");
	if (!q)
		return all;
	kh_sql_put_int(q, 1, story);
	while (kh_sql_step(q) == KH_SQL_ROW)
		json_object_array_add(all, json_tokener_parse(kh_sql_text(q, 0)));
	kh_sql_end(q);
	return all;
}

char *kh_store_story(struct kh_store *s, const char *id)
{
	char *json = NULL;
	struct kh_sql *q = kh_store_sql(s, "select n, text, record from kh_story where story = ?1");
	if (!q)
		return NULL;
	kh_sql_put_text(q, 1, id, -1);
	if (kh_sql_step(q) == KH_SQL_ROW) {
		js *o = json_tokener_parse(kh_sql_text(q, 2));
		js *list = reports(s, kh_sql_int(q, 0));
		json_object_object_add(
			o, "text",
			json_object_new_string_len(kh_sql_text(q, 1), (int)kh_sql_bytes(q, 1)));
		if (json_object_array_length(list))
			json_object_object_add(o, "reports", list);
		else
			json_object_put(list);
		json = strdup(json_object_to_json_string_ext(
			o, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE));
		json_object_put(o);
	} else {
		kh_store_fail(s, "no story of this id");
	}
	kh_sql_end(q);
	return json;
}
