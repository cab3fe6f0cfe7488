/* A stored story as it came in. In: its id. Out: JSON in the order of khabar-record(5). */
#include <json-c/json.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "store/own.h"

typedef struct json_object js;

static js *reports(struct kh_store *s, sqlite3_int64 story)
{
	js *all = json_object_new_array();
	sqlite3_stmt *q =
		kh_store_sql(s, "select record from kh_report where story = ?1 order by n");
	if (!q)
		return all;
	sqlite3_bind_int64(q, 1, story);
	while (sqlite3_step(q) == SQLITE_ROW)
		json_object_array_add(all,
				      json_tokener_parse((const char *)sqlite3_column_text(q, 0)));
	sqlite3_finalize(q);
	return all;
}

char *kh_store_story(struct kh_store *s, const char *id)
{
	char *json = NULL;
	sqlite3_stmt *q = kh_store_sql(s, "select n, text, record from kh_story where story = ?1");
	if (!q)
		return NULL;
	sqlite3_bind_text(q, 1, id, -1, SQLITE_STATIC);
	if (sqlite3_step(q) == SQLITE_ROW) {
		js *o = json_tokener_parse((const char *)sqlite3_column_text(q, 2));
		js *list = reports(s, sqlite3_column_int64(q, 0));
		json_object_object_add(
			o, "text",
			json_object_new_string_len((const char *)sqlite3_column_text(q, 1),
						   sqlite3_column_bytes(q, 1)));
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
	sqlite3_finalize(q);
	return json;
}
