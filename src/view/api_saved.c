/* Kept questions in the page. In: a name, query words. Out: what is kept, with what is new. */
#include <json-c/json.h>
#include <microhttpd.h>

#include "store/saved.h"
#include "view/own.h"

struct listing {
	FILE *to;
	bool any;
};

static void put(void *ctx, const struct kh_saved *v)
{
	struct listing *l = ctx;
	static const char *const key[] = {"name", "query", "looked"};
	const char *const value[] = {v->name, v->query, v->looked};
	fputs(l->any ? ",{" : "{", l->to);
	for (int i = 0; i < 3; i++) {
		fprintf(l->to, "\"%s\":", key[i]);
		kh_put_string(l->to, value[i]);
		fputc(',', l->to);
	}
	fprintf(l->to, "\"seen\":%lld,\"reports\":%lld,\"incidents\":%lld}", (long long)v->seen,
		(long long)v->reports, (long long)v->incidents);
	l->any = true;
}

void kh_api_saved(struct kh_ask *a)
{
	struct listing l = {.to = a->to};
	fputs("{\"saved\":[", a->to);
	if (kh_saved_each(a->v->o.store, a->v->o.who, NULL, put, &l) < 0)
		kh_ask_fail(a, MHD_HTTP_INTERNAL_SERVER_ERROR, kh_store_why(a->v->o.store));
	else
		fputs("]}", a->to);
}

/* {"name","query"} keeps, {"name","drop":true} keeps no longer, {"name"} has been looked at. */
void kh_api_keep(struct kh_ask *a)
{
	struct kh_store *s = a->v->o.store;
	struct json_object *o = json_tokener_parse(a->body);
	const char *name = kh_get_text(o, "name"), *query = kh_get_text(o, "query"), *who = a->v->o.who;
	int bad = !name || !*name			       ? -1
		  : json_object_get_boolean(kh_get(o, "drop")) ? kh_saved_drop(s, who, name)
		  : query				       ? kh_saved_keep(s, who, name, query)
							       : kh_saved_look(s, who, name);
	if (bad)
		kh_ask_fail(a, MHD_HTTP_BAD_REQUEST,
			    name && *name ? kh_store_why(s) : "a name is needed");
	else
		kh_api_saved(a);
	json_object_put(o);
}
