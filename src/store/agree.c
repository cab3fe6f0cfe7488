/* How far coders agree, field by field, and how good a random sample is. In: the last words of all
 * coders. Out: percent agreement and Cohen's kappa (means over the pairs of coders), Krippendorff's
 * alpha for nominal data, Wilson's interval; and examples for the handbook. */
#include <json-c/json.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "store/export.h"
#include "store/review.h"

static const char *const fields[KH_REVIEW_FIELDS] = {"verdict", "event",  "certainty",
						     "cameo",	"actors", "recipients",
						     "place",	"counts", "time"};

struct word {			 /* what one coder says of one report */
	int report, coder, code; /* code: the value's number, -1 none */
	char *verdict, *changes, *record, *value;
};

struct table {
	struct word *w;
	int n, cap, coders;
	char *coder[64];
};

static int coder_of(struct table *t, const char *name)
{
	for (int i = 0; i < t->coders; i++)
		if (strcmp(t->coder[i], name) == 0)
			return i;
	if (t->coders == 64)
		return 63; /* more coders than that are counted as one */
	t->coder[t->coders] = strdup(name);
	return t->coders++;
}

static char *column(struct kh_sql *q, int i)
{
	const char *z = kh_sql_text(q, i);
	return z ? strdup(z) : NULL;
}

static int load(struct kh_store *s, struct table *t)
{
	char last[400] = "";
	int report = -1, code;
	struct kh_sql *q = kh_store_sql(s, "select report, coder, verdict, changes, record from "
					   "review order by report, coder");
	if (!q)
		return -1;
	while ((code = kh_sql_step(q)) == KH_SQL_ROW) {
		const char *id = kh_sql_text(q, 0);
		report += report < 0 || strcmp(id, last) != 0;
		snprintf(last, sizeof last, "%s", id);
		if (t->n == t->cap) {
			t->cap = t->cap ? t->cap * 2 : 256;
			struct word *more = realloc(t->w, (size_t)t->cap * sizeof *more);
			if (!more)
				break;
			t->w = more;
		}
		t->w[t->n++] = (struct word){report,	   coder_of(t, kh_sql_text(q, 1)),
					     -1,	   column(q, 2),
					     column(q, 3), column(q, 4),
					     NULL};
	}
	kh_sql_end(q);
	return code == KH_SQL_DONE ? 0 : -1;
}

static void unload(struct table *t)
{
	for (int i = 0; i < t->n; i++) {
		free(t->w[i].verdict);
		free(t->w[i].changes);
		free(t->w[i].record);
		free(t->w[i].value);
	}
	for (int i = 0; i < t->coders; i++)
		free(t->coder[i]);
	free(t->w);
}

static int by_value(const void *a, const void *b)
{
	const struct word *const *x = a, *const *y = b;
	if (!(*x)->value || !(*y)->value)
		return ((*x)->value != NULL) - ((*y)->value != NULL);
	return strcmp((*x)->value, (*y)->value);
}

/* What each coder has in a field; a rejected report has no fields but the verdict. Equal values get
 * equal numbers below t->n. */
static void take_values(struct table *t, const char *field)
{
	struct word **order = calloc((size_t)t->n + 1, sizeof *order);
	int code = -1;
	for (int i = 0; order && i < t->n; i++) {
		struct word *w = order[i] = &t->w[i];
		free(w->value);
		w->value =
			strcmp(field, "verdict") == 0
				? strdup(strcmp(w->verdict, "correct") == 0 ? "accept" : w->verdict)
			: strcmp(w->verdict, "reject") == 0 || !w->record
				? NULL
				: kh_review_value(field, w->record, w->changes);
	}
	if (order && t->n)
		qsort(order, (size_t)t->n, sizeof *order, by_value);
	for (int i = 0; order && i < t->n; i++) {
		code += order[i]->value && (i == 0 || by_value(&order[i - 1], &order[i]) != 0);
		order[i]->code = order[i]->value ? code : -1;
	}
	free(order);
}

/* Percent and kappa of two coders; false when they share no report. `mine` and `theirs` are all
 * zero, before and after. */
static bool pair(const struct table *t, int x, int y, int *mine, int *theirs, double *percent,
		 double *kappa)
{
	double n = 0, agree = 0, chance = 0;
	for (int round = 0; round < 2; round++)
		for (int i = 0; i < t->n; i++)
			for (int k = i + 1; k < t->n && t->w[k].report == t->w[i].report; k++) {
				const struct word *a = &t->w[i], *b = &t->w[k];
				bool turned = a->coder == y && b->coder == x;
				if ((!turned && (a->coder != x || b->coder != y)) || a->code < 0 ||
				    b->code < 0)
					continue;
				const struct word *p = turned ? b : a, *q = turned ? a : b;
				if (round == 0) {
					n++, agree += p->code == q->code;
					mine[p->code]++, theirs[q->code]++;
					continue;
				}
				chance += (double)mine[p->code] * theirs[p->code];
				mine[p->code] = 0; /* each value once */
			}
	memset(mine, 0, (size_t)t->n * sizeof *mine);
	memset(theirs, 0, (size_t)t->n * sizeof *theirs);
	if (n <= 0)
		return false;
	chance /= n * n;
	*percent = agree / n;
	*kappa = chance < 1 ? (agree / n - chance) / (1 - chance) : (double)NAN;
	return true;
}

/* Krippendorff's alpha for nominal data: 1 - observed / expected disagreement. */
static double alpha_of(const struct table *t, int *times, int *values)
{
	double observed = 0, n = 0, alike = 0;
	for (int i = 0, end; i < t->n; i = end) {
		double m = 0, differ = 0;
		for (end = i; end < t->n && t->w[end].report == t->w[i].report; end++)
			m += t->w[end].code >= 0;
		for (int a = i; m > 1 && a < end; a++)
			for (int b = i; b < end; b++)
				differ += t->w[a].code >= 0 && t->w[b].code >= 0 &&
					  t->w[a].code != t->w[b].code;
		for (int a = i; m > 1 && a < end; a++)
			if (t->w[a].code >= 0)
				times[t->w[a].code]++;
		if (m > 1)
			n += m, observed += differ / (m - 1);
	}
	for (int c = 0; c < t->n; c++)
		alike += (double)times[c] * (times[c] - 1);
	memset(times, 0, (size_t)t->n * sizeof *times);
	*values = (int)n;
	double expected = n * (n - 1) - alike;
	return n > 1 && expected > 0 ? 1 - (n - 1) * observed / expected : (double)NAN;
}

static void sample_of(struct kh_store *s, struct kh_agreement *a)
{
	struct kh_sql *q = kh_store_sql(
		s, "select count(*), count(case when verdict = 'accept' then 1 end) from review "
		   "where queue = "
		   "'sample' and coder = (select coder from review where queue = 'sample' group by "
		   "coder order by count(*) desc, coder limit 1)");
	if (q && kh_sql_step(q) == KH_SQL_ROW) {
		a->sample = (int)kh_sql_int(q, 0);
		a->sample_good = (int)kh_sql_int(q, 1);
	}
	kh_sql_end(q);
	double n = a->sample, p = n > 0 ? a->sample_good / n : 0, z = 1.959964;
	double mid = n > 0 ? (p + z * z / (2 * n)) / (1 + z * z / n) : 0.5;
	double half =
		n > 0 ? z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n) : 0.5;
	a->low = mid - half;
	a->high = mid + half;
}

static void field_of(struct table *t, int f, int *one, int *two, struct kh_agreement *a)
{
	double percent, kappa, pairs = 0, known = 0, sum_p = 0, sum_k = 0;
	take_values(t, fields[f]);
	for (int x = 0; x < t->coders; x++)
		for (int y = x + 1; y < t->coders; y++)
			if (pair(t, x, y, one, two, &percent, &kappa)) {
				pairs++, sum_p += percent;
				if (!isnan(kappa))
					known++, sum_k += kappa;
			}
	a->field[f].name = fields[f];
	a->field[f].percent = pairs > 0 ? 100 * sum_p / pairs : (double)NAN;
	a->field[f].kappa = known > 0 ? sum_k / known : (double)NAN;
	a->field[f].alpha = alpha_of(t, one, &a->field[f].values);
}

int kh_review_agreement(struct kh_store *s, struct kh_agreement *a)
{
	struct table t = {0};
	memset(a, 0, sizeof *a);
	int bad = load(s, &t);
	int *count = calloc((size_t)t.n * 2 + 2, sizeof *count);
	bad = bad || !count ? -1 : 0;
	a->coders = t.coders;
	for (int i = 0; i < t.n; i++)
		a->reports += i + 1 < t.n && t.w[i].report == t.w[i + 1].report &&
			      (i == 0 || t.w[i - 1].report != t.w[i].report);
	for (int f = 0; f < KH_REVIEW_FIELDS && !bad; f++)
		field_of(&t, f, count, count + t.n + 1, a);
	free(count);
	unload(&t);
	sample_of(s, a);
	return bad;
}

/* ---- examples -------------------------------------------------------------------- */

static void part(FILE *to, const char *key, const char *field, const char *record,
		 const char *changes)
{
	char *v = kh_review_value(field, record, changes), *save = NULL;
	for (char *z = strtok_r(v, ";", &save); z; z = strtok_r(NULL, ";", &save)) {
		z += strspn(z, " ");
		if (*z)
			fprintf(to, " | %s %s", key, z);
	}
	free(v);
}

/* What was judged right, or put right, is an example; what was rejected is one that must give none.
 */
long kh_review_examples(struct kh_store *s, FILE *to)
{
	static const char *const key[] = {"actor", "recipient", "count",
					  "place", "day",	"certainty"};
	static const char *const field[] = {"actors", "recipients", "counts",
					    "place",  "time",	    "certainty"};
	struct kh_sql *q = kh_store_sql(
		s,
		"select min(v.verdict), min(v.changes), min(v.record), kh_words(s.text, r.begin, "
		"r.\"end\"), r.event from review v join kh_report r on r.id = v.report join "
		"kh_story s on s.n = r.story group by r.n, s.n having count(distinct v.verdict || "
		"coalesce(v.changes, '')) = 1 order by r.n");
	long n = 0;
	int code = q ? kh_sql_step(q) : KH_SQL_FAILED;
	for (; code == KH_SQL_ROW; code = kh_sql_step(q), n++) {
		const char *verdict = kh_sql_text(q, 0), *changes = kh_sql_text(q, 1),
			   *record = kh_sql_text(q, 2), *words = kh_sql_text(q, 3);
		if (strcmp(verdict, "reject") == 0) {
			fprintf(to, "    - %s: %s\n", kh_sql_text(q, 4), words);
			continue;
		}
		char *event = kh_review_value("event", record, changes);
		fprintf(to, "    + %s\n      %s", words, event);
		free(event);
		for (int i = 0; i < 6; i++)
			part(to, key[i], field[i], record, changes);
		fputc('\n', to);
	}
	kh_sql_end(q);
	return code == KH_SQL_DONE ? n : -1;
}

/* ---- who says what where ------------------------------------------------------------ */

static int by_pair(const void *a, const void *b)
{
	const struct kh_confused *x = a, *y = b;
	int d = strcmp(x->one, y->one);
	return d ? d : strcmp(x->other, y->other);
}

/* Adds a pair of values, the lesser first: which coder said which does not matter. */
static bool tally(struct kh_confusion *c, int *cap, const char *a, const char *b)
{
	bool turn = strcmp(a, b) > 0;
	const char *one = turn ? b : a, *other = turn ? a : b;
	for (int i = 0; i < c->n; i++)
		if (strcmp(c->pair[i].one, one) == 0 && strcmp(c->pair[i].other, other) == 0) {
			c->pair[i].times++;
			return true;
		}
	if (c->n == *cap) {
		*cap = *cap ? *cap * 2 : 64;
		struct kh_confused *more = realloc(c->pair, (size_t)*cap * sizeof *more);
		if (!more)
			return false;
		c->pair = more;
	}
	c->pair[c->n++] = (struct kh_confused){strdup(one), strdup(other), 1};
	return true;
}

int kh_review_confusion(struct kh_store *s, const char *field, struct kh_confusion *c)
{
	struct table t = {0};
	int f = 0, cap = 0, bad;
	memset(c, 0, sizeof *c);
	while (f < KH_REVIEW_FIELDS && strcmp(fields[f], field) != 0)
		f++;
	if (f == KH_REVIEW_FIELDS)
		return kh_store_fail(s, "no such field");
	bad = load(s, &t);
	if (!bad)
		take_values(&t, field);
	for (int i = 0; i < t.n && !bad; i++)
		for (int k = i + 1; k < t.n && t.w[k].report == t.w[i].report; k++)
			if (t.w[i].value && t.w[k].value &&
			    !tally(c, &cap, t.w[i].value, t.w[k].value))
				bad = kh_store_fail(s, "out of memory");
	unload(&t);
	if (c->n)
		qsort(c->pair, (size_t)c->n, sizeof *c->pair, by_pair);
	return bad;
}

void kh_review_confusion_free(struct kh_confusion *c)
{
	for (int i = 0; i < c->n; i++) {
		free(c->pair[i].one);
		free(c->pair[i].other);
	}
	free(c->pair);
}
