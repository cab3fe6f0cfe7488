/* Inside the store: what the exporters share. */
#ifndef KH_STORE_EXPORT_H
#define KH_STORE_EXPORT_H

#include "store/own.h"

/* `what` (a select without its from), the query as condition, `tail`; NULL after a failure. */
struct sqlite3_stmt *kh_export_rows(struct kh_store *s, const struct kh_export *e, const char *what,
				    const char *tail);
void kh_csv_field(FILE *to,
		  const char *z); /* quoted where needed; no line break or tab comes out */

#endif
