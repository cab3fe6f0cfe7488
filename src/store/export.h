/* Inside the store: what the exporters share. A row is filled by the names of its columns and
 * written with the delimiter and the word for "missing" of its format. */
#ifndef KH_STORE_EXPORT_H
#define KH_STORE_EXPORT_H

#include "store/js.h"
#include "store/own.h"

struct json_object;

enum { KH_ROW_COLUMNS = 64, KH_ROW_SPACE = 16384 };

struct kh_row {
	const char *columns; /* of columns.tsv: names split by tabs, to the end of the line */
	const char *missing;
	char delimiter;
	bool header;
	unsigned n;
	const char *name[KH_ROW_COLUMNS];
	size_t length[KH_ROW_COLUMNS];
	const char *value[KH_ROW_COLUMNS]; /* in `space`; NULL: missing */
	size_t used;
	char space[KH_ROW_SPACE];
};

/* The columns of a format; false when there is no such format. */
bool kh_row_begin(struct kh_row *r, const char *format, const char *missing);
void kh_row_clear(struct kh_row *r);
/* A value under a column's name, copied; tabs and line breaks become blanks. NULL or "": missing.
 */
void kh_row_put(struct kh_row *r, const char *column, const char *value);
void kh_row_print(struct kh_row *r, const char *column, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void kh_row_write(struct kh_row *r, FILE *to);
void kh_row_header(struct kh_row *r, FILE *to);

/* Field `column` (from 0) of the line of a table whose first field is `key`; "" when there is none.
 */
const char *kh_table(const char *table, const char *key, unsigned column, char *to, size_t room);
extern const char kh_store_countries[], kh_store_cameo[], kh_store_columns[];
enum {
	KH_COUNTRY_ISO2 = 1,
	KH_COUNTRY_ISONUM,
	KH_COUNTRY_COW,
	KH_COUNTRY_GW,
	KH_COUNTRY_FIPS,
	KH_COUNTRY_CAMEO,
	KH_COUNTRY_NAME
};
enum { KH_CAMEO_ICEWS = 1, KH_CAMEO_GDELT, KH_CAMEO_PHOENIX, KH_CAMEO_LABEL };

/* `what` (a select without its from), the query as condition, `tail`; NULL after a failure. */
struct kh_sql *kh_export_rows(struct kh_store *s, const struct kh_export *e, const char *what,
			      const char *tail);
void kh_csv_field(FILE *to,
		  const char *z);	/* quoted where needed; no line break or tab comes out */
void kh_day_text(int day, char to[11]); /* ISO */

/* One report with its story and incident, as the exporters of events see it. */
struct kh_ereport {
	struct json_object *record;
	const char *id, *story, *source, *url, *title, *text, *published, *language, *file;
	int day, published_day;	       /* KH_EXPORT_NO_DAY: unknown */
	int reports, stories, sources; /* of its incident */
	const char *incident, *model;
};
enum { KH_EXPORT_NO_DAY = -1000000 };


/* Writes the rows of one report in a format of events: gdelt gdelt-mentions phoenix icews polecat.
 */
long kh_export_events(struct kh_store *s, const struct kh_export *e, FILE *to);
/* Rows of incidents: acled ged. */
long kh_export_incidents(struct kh_store *s, const struct kh_export *e, FILE *to);

#endif
