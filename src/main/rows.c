/* See rows.h. In: a statement. Out: CSV, JSON Lines or a table. */
#include "rows.h"
#include "store/export.h"

#include <stdlib.h>
#include <string.h>

const char *rows_where(struct settings *s)
{
	char *told = (char *)(uintptr_t)s->db;
	if (!told && s->files > 0) {
		told = s->file[0];
		s->file++;
		s->files--;
	}
	if (!told) {
		fprintf(stderr, "khabar %s: a database is needed (khabar help %s)\n", s->command,
			s->command);
		return NULL;
	}
	if (!kh_store_is_address(told))
		return told;
	s->address = strdup(told); /* for as long as the program runs: libpq may ask for it again */
	kh_store_hide(told);
	return s->address;
}

struct kh_store *rows_open_as(const char *where, enum kh_store_mode mode)
{
	struct kh_store *st = NULL;
	if (kh_store_open(&st, where, mode) == 0)
		return st;
	fprintf(stderr, "khabar: %s: %s\n", kh_store_name(st), kh_store_why(st));
	kh_store_close(st);
	return NULL;
}

struct kh_store *rows_open(struct settings *s, int *status)
{
	const char *where = rows_where(s);
	*status = where ? EXIT_NONE : EXIT_USAGE;
	return where ? rows_open_as(where, KH_STORE_READ) : NULL;
}

struct buf rows_words(const struct settings *s)
{
	struct buf words = {0};
	for (int i = 0; i < s->files; i++) {
		buf_text(&words, i ? " " : "");
		buf_text(&words, s->file[i]);
	}
	buf_add(&words, "", 1);
	return words;
}

bool rows_query(struct kh_store *st, const struct settings *s, struct kh_query *q)
{
	struct buf words = rows_words(s);
	bool fine = kh_query_parse(q, st, words.p) == 0;
	if (!fine) {
		fprintf(stderr, "khabar %s: %s\n  %s\n  ", s->command, q->why, words.p);
		for (size_t i = 0; i < q->at; i++)
			if (((unsigned char)words.p[i] & 0xc0) != 0x80)
				fputc(words.p[i] == '\t' ? '\t' : ' ', stderr);
		fputs("^\n", stderr);
		kh_query_free(q);
	}
	buf_free(&words);
	return fine;
}

int rows_answer(struct settings *s, bool linked, rows_fn *answer)
{
	int status;
	struct kh_query q;
	struct kh_store *st = rows_open(s, &status);
	if (!st)
		return status;
	if (rows_query(st, s, &q)) {
		bool ready = !linked || kh_store_link(st, false) == 0;
		status = ready ? answer(st, s, &q) : rows_fail(st);
		kh_query_free(&q);
	} else {
		status = EXIT_USAGE;
	}
	kh_store_close(st);
	return status;
}

int rows_status(long n)
{
	return n < 0 ? EXIT_NONE : n ? EXIT_ALL : EXIT_NOTHING;
}

int rows_fail(struct kh_store *st)
{
	fprintf(stderr, "khabar: %s\n", kh_store_why(st));
	return EXIT_NONE;
}

void rows_json_string(FILE *to, const char *z)
{
	print_quoted(to, z, z ? strlen(z) : 0);
}

static void csv_row(struct kh_sql *q, bool head)
{
	for (int i = 0; i < kh_sql_columns(q); i++) {
		if (i)
			putchar(',');
		kh_csv_field(stdout, head ? kh_sql_name(q, i) : kh_sql_text(q, i));
	}
	putchar('\n');
}

static void json_row(struct kh_sql *q)
{
	bool any = false;
	putchar('{');
	for (int i = 0; i < kh_sql_columns(q); i++) {
		enum kh_sql_type type = kh_sql_type(q, i);
		if (type == KH_SQL_NULL)
			continue;
		if (any)
			putchar(',');
		any = true;
		rows_json_string(stdout, kh_sql_name(q, i));
		putchar(':');
		if (type == KH_SQL_WHOLE || type == KH_SQL_REAL)
			fputs(kh_sql_text(q, i), stdout);
		else
			rows_json_string(stdout, kh_sql_text(q, i));
	}
	puts("}");
}

/* A table keeps its first rows to find the width of each column; later rows are cut to it. */
static int width_of(struct kh_sql *q, int i)
{
	const char *z = kh_sql_text(q, i);
	size_t n = strlen(kh_sql_name(q, i)), k = z ? strlen(z) : 0;
	n = n > k ? n : k;
	return n < 10 ? 10 : n > 28 ? 28 : (int)n;
}

static void table_row(struct kh_sql *q, const int *width, bool head)
{
	int n = kh_sql_columns(q);
	for (int i = 0; i < n; i++) {
		const char *z = head ? kh_sql_name(q, i) : kh_sql_text(q, i);
		if (i + 1 < n) {
			print_columns(stdout, z ? z : "", width[i % 64]);
			fputs("  ", stdout);
		} else {
			puts(z ? z : "");
		}
	}
}

long rows_print(struct kh_store *st, struct kh_sql *q, const struct settings *s)
{
	bool table = table_wanted(s);
	int code, width[64] = {0};
	long n = 0;
	while ((code = kh_sql_step(q)) == KH_SQL_ROW && (!s->limit || n < s->limit)) {
		for (int i = 0; table && !n && i < kh_sql_columns(q) && i < 64; i++)
			width[i] = width_of(q, i);
		if (!n && table)
			table_row(q, width, true);
		else if (!n && !s->json)
			csv_row(q, true);
		if (table)
			table_row(q, width, false);
		else if (s->json)
			json_row(q);
		else
			csv_row(q, false);
		n++;
	}
	if (code == KH_SQL_ROW || code == KH_SQL_DONE)
		return n;
	rows_fail(st);
	return -1;
}
