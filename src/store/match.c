/* See match.h. In: query words as SQL, part by part. Out: a bit for each report and incident. */
#include "store/match.h"

#include <stdlib.h>
#include <string.h>

#include "store/own.h"

enum { WORD = 64, SQL = sizeof((struct kh_query *)0)->where + 256 };

static size_t words_of(const struct kh_match *m)
{
	return m->reports / WORD + 1;
}

size_t kh_match_bytes(const struct kh_match *m)
{
	return m->incidents / 8 + 1;
}

/* ---- what is there --------------------------------------------------------------- */

static size_t last(struct kh_store *s, const char *sql)
{
	struct kh_sql *q = kh_store_sql(s, sql);
	int64_t n = q && kh_sql_step(q) == KH_SQL_ROW ? kh_sql_int(q, 0) : 0;
	kh_sql_end(q);
	return (size_t)n;
}

int kh_match_load(struct kh_match *m, struct kh_store *s)
{
	kh_match_free(m);
	m->reports = last(s, "select coalesce(max(n), 0) from kh_report") + 1;
	m->incidents = last(s, "select coalesce(max(n), 0) from kh_incident") + 1;
	m->story = calloc(m->reports, sizeof *m->story);
	m->incident = calloc(m->reports, sizeof *m->incident);
	m->answer = calloc(words_of(m), sizeof *m->answer);
	m->bits = calloc(kh_match_bytes(m), 1);
	struct kh_sql *q = kh_store_scan(s, "select r.n, r.story, coalesce(x.incident, 0) from "
					    "kh_report r left join kh_incident_report x on "
					    "x.report = r.n");
	enum kh_sql_step got = KH_SQL_FAILED;
	bool fine = m->story && m->incident && m->answer && m->bits;
	while (q && fine && (got = kh_sql_step(q)) == KH_SQL_ROW) {
		size_t n = (size_t)kh_sql_int(q, 0), i = (size_t)kh_sql_int(q, 2);
		if (n < m->reports && i < m->incidents) {
			m->story[n] = (uint32_t)kh_sql_int(q, 1);
			m->incident[n] = (uint32_t)i;
		}
	}
	kh_sql_end(q);
	if (got == KH_SQL_DONE)
		return 0;
	kh_match_free(m);
	return fine ? -1 : kh_store_fail(s, "out of memory");
}

void kh_match_free(struct kh_match *m)
{
	free(m->story);
	free(m->incident);
	free(m->answer);
	free(m->bits);
	*m = (struct kh_match){0};
}

/* ---- one part -------------------------------------------------------------------- */

static void set(uint64_t *bits, size_t n)
{
	bits[n / WORD] |= (uint64_t)1 << n % WORD;
}

struct asked { /* a part as a statement of its own */
	char sql[SQL];
	unsigned value[KH_QUERY_VALUES], values; /* its ?1 … among the query's */
};

/* Marks get numbers from 1 on: one that is nowhere used would have no type. */
static void number(struct asked *a, const char *p, const char *end)
{
	size_t n = strlen(a->sql);
	while (p < end) {
		if (*p != '?') {
			a->sql[n++] = *p++;
			continue;
		}
		char *rest;
		unsigned mark = (unsigned)strtoul(p + 1, &rest, 10), i = 0;
		while (i < a->values && a->value[i] != mark)
			i++;
		if (i == a->values)
			a->value[a->values++] = mark;
		n += (size_t)snprintf(a->sql + n, 8, "?%u", i + 1);
		p = rest;
	}
	a->sql[n] = 0;
}

/* What follows "in (" when the whole part is one such list. */
static const char *list_of(const char *p, size_t n, const char *in)
{
	size_t k = strlen(in);
	return n > k && memcmp(p, in, k) == 0 && p[n - 1] == ')' ? p + k : NULL;
}

/* Numbers of reports; true: of stories. */
static bool write(struct asked *a, const struct kh_query *q, const struct kh_query_part *part)
{
	const char *p = q->where + part->begin, *end = q->where + part->end, *list;
	a->sql[0] = 0;
	a->values = 0;
	if ((list = list_of(p, part->end - part->begin, "r.n in (")) != NULL) {
		number(a, list, end - 1);
		return false;
	}
	if ((list = list_of(p, part->end - part->begin, "s.n in (")) != NULL) {
		number(a, list, end - 1);
		return true;
	}
	bool story = memcmp(p, "s.", 2) == 0;
	strcpy(a->sql,
	       story ? "select s.n from kh_story s where " : "select r.n from kh_report r where ");
	number(a, p, end);
	return story;
}

/* Its reports are added to `to`. */
static int add(struct kh_match *m, struct kh_store *s, const struct kh_query *q,
	       const struct kh_query_part *part, uint64_t *to)
{
	struct asked a;
	bool story = write(&a, q, part);
	size_t most = 0;
	for (size_t n = 0; story && n < m->reports; n++)
		most = m->story[n] > most ? m->story[n] : most;
	uint64_t *stories = story ? calloc(most / WORD + 1, sizeof *stories) : NULL;
	struct kh_sql *st = story && !stories ? NULL : kh_store_sql(s, a.sql);
	enum kh_sql_step got = KH_SQL_FAILED;
	for (unsigned i = 0; st && i < a.values; i++)
		kh_sql_put_text(st, (int)i + 1, q->value[a.value[i] - 1], -1);
	while (st && (got = kh_sql_step(st)) == KH_SQL_ROW) {
		size_t n = (size_t)kh_sql_int(st, 0);
		if (story ? n <= most : n < m->reports)
			set(story ? stories : to, n);
	}
	for (size_t n = 0; stories && n < m->reports; n++)
		if (m->story[n] && stories[m->story[n] / WORD] >> m->story[n] % WORD & 1)
			set(to, n);
	kh_sql_end(st);
	free(stories);
	return got == KH_SQL_DONE ? 0 : -1;
}

/* ---- all of them ------------------------------------------------------------------ */

static void incidents(struct kh_match *m, int64_t after)
{
	memset(m->bits, 0, kh_match_bytes(m));
	for (size_t n = after > 0 ? (size_t)after + 1 : 0; n < m->reports; n++)
		if (m->incident[n] && m->answer[n / WORD] >> n % WORD & 1)
			m->bits[m->incident[n] / 8] |= (unsigned char)(1 << m->incident[n] % 8);
}

int kh_match_ask(struct kh_match *m, struct kh_store *s, const struct kh_query *q, int64_t after)
{
	size_t words = words_of(m);
	uint64_t *term = malloc(words * sizeof *term);
	int bad = term ? 0 : kh_store_fail(s, "out of memory");
	memset(m->answer, 0xff, words * sizeof *m->answer);
	for (unsigned i = 0; i < q->parts && !bad;) {
		unsigned of = q->part[i].term;
		bool minus = q->part[i].minus;
		memset(term, 0, words * sizeof *term);
		for (; i < q->parts && q->part[i].term == of && !bad; i++)
			bad = add(m, s, q, &q->part[i], term);
		for (size_t k = 0; k < words; k++)
			m->answer[k] &= minus ? ~term[k] : term[k];
	}
	free(term);
	if (!bad)
		incidents(m, after);
	return bad;
}
