/* Inside the view: one question and what is answered to it. */
#ifndef KH_VIEW_OWN_H
#define KH_VIEW_OWN_H

#include "store/export.h"
#include "store/match.h"
#include "view/view.h"

struct MHD_Connection;
struct MHD_Daemon;

struct kh_view {
	struct kh_view_options o;
	struct MHD_Daemon *daemon;
	char token[33], url[128];
	unsigned port;
	char *incidents; /* the answer to /api/incidents, as long as the store stays as it was */
	size_t incidents_n;
	long long incidents_of;
	struct kh_match match; /* the same of what filters ask */
	long long match_of;
};

struct kh_ask {
	struct kh_view *v;
	struct MHD_Connection *c;
	const char *body; /* of a POST, ending in NUL */
	FILE *to;	  /* the answer */
	unsigned status;
	const char *type;
	char file[160]; /* not empty: to be saved under this name */
};

typedef void kh_answer(struct kh_ask *a);
/* All incidents by column, kept in the view; 0, or -1 with kh_store_why(). */
int kh_api_keep_incidents(struct kh_view *v);
kh_answer kh_api_info, kh_api_incidents, kh_api_match, kh_api_incident, kh_api_story,
	kh_api_explain, kh_api_export, kh_api_queue, kh_api_judge, kh_api_agreement,
	kh_api_handbook, kh_api_saved, kh_api_keep, kh_api_confusion;

const char *kh_ask_arg(const struct kh_ask *a, const char *key); /* NULL when absent */
/* An error as {"error":…}. */
void kh_ask_fail(struct kh_ask *a, unsigned status, const char *what);
/* The query of the argument q; false after the answer says where it goes wrong. */
bool kh_ask_query(struct kh_ask *a, struct kh_query *q);
void kh_put_string(FILE *to, const char *z); /* as a JSON string; NULL is null */

extern const unsigned char kh_page_html[], kh_page_js[], kh_page_css[], kh_page_world[],
	kh_page_icon[];
extern const unsigned long kh_page_html_n, kh_page_js_n, kh_page_css_n, kh_page_world_n,
	kh_page_icon_n;
extern const int kh_page_built;

#endif
