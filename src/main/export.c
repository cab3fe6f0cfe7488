/* khabar export: the store in a format that others read, on standard output. */
#include <string.h>

#include "rows.h"

int main_export(struct settings *s)
{
	int status;
	struct kh_query q;
	const char *const *f = kh_export_formats();
	while (s->format && *f && strcmp(*f, s->format) != 0)
		f++;
	if (!s->format || !*f) {
		fprintf(stderr, "khabar export: %s%s; formats:",
			s->format ? "no such format: " : "--format is needed",
			s->format ? s->format : "");
		for (f = kh_export_formats(); *f; f++)
			fprintf(stderr, " %s", *f);
		fputc('\n', stderr);
		return EXIT_USAGE;
	}
	struct kh_store *st = rows_open(s, &status);
	if (!st)
		return status;
	if (!rows_query(s, &q)) {
		kh_store_close(st);
		return EXIT_USAGE;
	}
	struct kh_export e = {.format = s->format, .scale = s->scale, .query = &q, .all = s->all};
	long n = kh_store_link(st, false) == 0 ? kh_store_export(st, &e, stdout) : -1;
	if (n < 0)
		status = rows_fail(st);
	else
		status = n ? EXIT_ALL : EXIT_NOTHING;
	if (n == 0)
		fprintf(stderr, "khabar export: no report answers\n");
	kh_query_free(&q);
	kh_store_close(st);
	return status;
}
