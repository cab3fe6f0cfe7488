/* khabar saved: questions that somebody keeps. In: a store, a name, query words. Out: what is kept
 * with how much is new since they looked; or the new reports of one, which are then looked at. */
#include <stdlib.h>
#include <string.h>

#include "rows.h"
#include "store/saved.h"

struct looking {
	struct kh_store *st;
	const struct settings *s;
	long n; /* reports printed, -1 after a failure */
};

static void print_line(void *ctx, const struct kh_saved *v)
{
	const struct settings *s = ctx;
	if (!s->json) {
		printf("%s: %lld new reports in %lld incidents since %s  %s\n", v->name,
		       (long long)v->reports, (long long)v->incidents, v->looked, v->query);
		return;
	}
	fputs("{\"name\":", stdout);
	rows_json_string(stdout, v->name);
	fputs(",\"query\":", stdout);
	rows_json_string(stdout, v->query);
	printf(",\"reports\":%lld,\"incidents\":%lld,\"looked\":\"%s\"}\n", (long long)v->reports,
	       (long long)v->incidents, v->looked);
}

static void print_new(void *ctx, const struct kh_saved *v)
{
	struct looking *l = ctx;
	struct kh_query q;
	struct buf sql = {0};
	char since[80];
	bool begun = false, table = table_wanted(l->s);
	enum kh_sql_step got = KH_SQL_FAILED;
	if (kh_query_parse(&q, l->st, v->query) != 0) {
		fprintf(stderr, "khabar saved: %s: %s\n", v->query, q.why);
		kh_query_free(&q);
		l->n = -1;
		return;
	}
	snprintf(since, sizeof since, ") and r.n > %lld order by r.day, s.story, r.n",
		 (long long)v->seen);
	buf_text(&sql, "select r.record from kh_report r join kh_story s on s.n = r.story where (");
	buf_text(&sql, q.where);
	buf_text(&sql, since);
	buf_add(&sql, "", 1);
	struct kh_sql *st = kh_store_scan(l->st, sql.p);
	if (st)
		kh_query_bind(&q, st);
	for (; st && (got = kh_sql_step(st)) == KH_SQL_ROW; l->n++) {
		const char *json = kh_sql_text(st, 0);
		if (table)
			table_reports(stdout, json, strlen(json), &begun);
		else
			puts(json);
	}
	if (got == KH_SQL_FAILED) {
		rows_fail(l->st);
		l->n = -1;
	}
	kh_sql_end(st);
	kh_query_free(&q);
	buf_free(&sql);
}

static int look(struct kh_store *st, const struct settings *s, const char *who, const char *name)
{
	struct looking l = {.st = st, .s = s};
	int known = kh_saved_each(st, who, name, print_new, &l);
	if (known == 0) {
		fprintf(stderr, "khabar saved: %s: no question of this name is kept\n", name);
		return EXIT_NOTHING;
	}
	if (known < 0)
		return rows_fail(st);
	if (l.n < 0)
		return EXIT_NONE;
	if (kh_saved_look(st, who, name) != 0)
		return rows_fail(st);
	return l.n ? EXIT_ALL : EXIT_NOTHING;
}

static int keep(struct kh_store *st, struct settings *s, const char *who, const char *name)
{
	struct kh_query q;
	if (!rows_query(st, s, &q))
		return EXIT_USAGE;
	struct buf words = rows_words(s); /* all of them, however many */
	int status = kh_saved_keep(st, who, name, words.p) == 0 ? EXIT_ALL : rows_fail(st);
	buf_free(&words);
	kh_query_free(&q);
	return status;
}

static int list(struct kh_store *st, const struct settings *s, const char *who)
{
	int n = kh_store_link(st, false) == 0
			? kh_saved_each(st, who, NULL, print_line, (void *)(uintptr_t)s)
			: -1;
	return n < 0 ? rows_fail(st) : n ? EXIT_ALL : EXIT_NOTHING;
}

int main_saved(struct settings *s)
{
	int status;
	const char *who = s->coder ? s->coder : getenv("USER");
	struct kh_store *st = rows_open(s, &status);
	if (!st)
		return status;
	who = who && *who ? who : "coder";
	const char *name = s->files ? s->file[0] : NULL;
	s->file += s->files > 0;
	s->files -= s->files > 0;
	if (s->drop && (!name || s->files)) {
		fprintf(stderr, "khabar saved: --drop takes a name alone\n");
		status = EXIT_USAGE;
	} else if (s->drop) {
		status = kh_saved_drop(st, who, name) == 0 ? EXIT_ALL : rows_fail(st);
	} else if (name) {
		status = s->files ? keep(st, s, who, name) : look(st, s, who, name);
	} else {
		status = list(st, s, who);
	}
	kh_store_close(st);
	return status;
}
