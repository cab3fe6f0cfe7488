/* khabar export: the store in a format that others read, on standard output. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "rows.h"

/* datapackage.json in the folder of the file: what the columns are, and of which version. */
static int describe(struct kh_store *st, const struct settings *s, const struct kh_query *q,
		    long rows)
{
	const char *slash = strrchr(s->out, '/'), *name = slash ? slash + 1 : s->out;
	struct buf path = {0};
	buf_add(&path, s->out, (size_t)(name - s->out));
	buf_text(&path, "datapackage.json");
	buf_add(&path, "", 1);
	FILE *to = fopen(path.p, "w");
	if (!to) {
		fprintf(stderr, "khabar: %s: %s\n", path.p, strerror(errno));
		buf_free(&path);
		return EXIT_NONE;
	}
	fprintf(to,
		"{\n  \"profile\": \"tabular-data-package\",\n  \"name\": \"khabar-%s\",\n  "
		"\"khabar\": {\"version\": \"%s\", \"rows\": %ld, \"certainty\": \"%s\", "
		"\"query\": ",
		s->format, khabar_version(), rows, s->all ? "all" : "happened ongoing");
	rows_json_string(to, q->words);
	fputs("},\n  \"resources\": [\n    {\"name\": \"reports\", \"profile\": "
	      "\"tabular-data-resource\", \"encoding\": \"utf-8\", \"path\": ",
	      to);
	rows_json_string(to, name);
	fputs(",\n      ", to);
	int bad = kh_store_fields(st, s->format, to);
	fputs("}\n  ]\n}\n", to);
	bad = fclose(to) != 0 || bad;
	if (bad)
		fprintf(stderr, "khabar: %s: %s\n", path.p, strerror(errno));
	buf_free(&path);
	return bad ? EXIT_NONE : EXIT_ALL;
}

/* The rows, to standard output or into a file; -1 after one line. */
static long write_rows(struct kh_store *st, const struct settings *s, const struct kh_export *e)
{
	FILE *to = s->out ? fopen(s->out, "w") : stdout;
	if (!to) {
		fprintf(stderr, "khabar: %s: %s\n", s->out, strerror(errno));
		return -1;
	}
	long n = kh_store_link(st, false) == 0 ? kh_store_export(st, e, to) : -1;
	if (n < 0)
		rows_fail(st);
	if (s->out && fclose(to) != 0) {
		fprintf(stderr, "khabar: %s: %s\n", s->out, strerror(errno));
		return -1;
	}
	return n;
}

static int answer(struct kh_store *st, const struct settings *s, const struct kh_query *q)
{
	struct kh_export e = {.format = s->format, .scale = s->scale, .query = q, .all = s->all};
	long n = write_rows(st, s, &e);
	if (n == 0)
		fprintf(stderr, "khabar export: no report answers\n");
	if (n >= 0 && s->out && strcmp(s->format, "jsonl") != 0 &&
	    describe(st, s, q, n) != EXIT_ALL)
		return EXIT_NONE;
	return rows_status(n);
}

int main_export(struct settings *s)
{
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
	return rows_answer(s, false, answer);
}
