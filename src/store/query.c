/* Query words into SQL. In: 'event:ASSAULT actor:ISR since:2025-11 -certainty:denied "air
 * strikes"'. Out: a condition on kh_report r join kh_story s, with its values apart; or where the
 * words go wrong. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "store/own.h"

struct cursor {
	struct kh_query *q;
	struct kh_store *s;
	const char *words;
	size_t at;
	unsigned term;
	bool minus;
};

static int wrong(struct cursor *c, size_t at, const char *what)
{
	c->q->at = at;
	snprintf(c->q->why, sizeof c->q->why, "%s", what);
	return -1;
}

static int add(struct cursor *c, const char *sql)
{
	size_t n = strlen(c->q->where), k = strlen(sql);
	if (n + k + 1 > sizeof c->q->where)
		return wrong(c, c->at, "the query is too long");
	memcpy(c->q->where + n, sql, k + 1);
	return 0;
}

/* What was added since `from` is a part of the term. */
static int part(struct cursor *c, size_t from)
{
	struct kh_query *q = c->q;
	if (q->parts == KH_QUERY_PARTS)
		return wrong(c, c->at, "the query is too long");
	q->part[q->parts++] = (struct kh_query_part){(unsigned)from, (unsigned)strlen(q->where),
						     c->term, c->minus};
	return 0;
}

/* Keeps a value and appends "?n". */
static int value(struct cursor *c, const char *p, size_t n)
{
	char mark[16];
	char *copy = malloc(n + 1);
	if (!copy || c->q->values >= KH_QUERY_VALUES) {
		free(copy);
		return wrong(c, c->at, "too many values in the query");
	}
	memcpy(copy, p, n);
	copy[n] = 0;
	c->q->value[c->q->values++] = copy;
	snprintf(mark, sizeof mark, "?%u", c->q->values);
	return add(c, mark);
}

/* `sql` with each @ replaced by a mark for the value (the same each time); @@ is @ itself. */
static int with_value(struct cursor *c, const char *sql, const char *p, size_t n)
{
	char mark[16] = "";
	for (const char *at; (at = strchr(sql, '@')) != NULL; sql = at + 1) {
		char head[400];
		bool itself = at[1] == '@';
		snprintf(head, sizeof head, "%.*s", (int)(at - sql) + itself, sql);
		at += itself;
		if (add(c, head) != 0)
			return -1;
		if (itself)
			continue;
		if (!mark[0] ? value(c, p, n) != 0 : add(c, mark) != 0)
			return -1;
		snprintf(mark, sizeof mark, "?%u", c->q->values);
	}
	return add(c, sql);
}

/* ---- what a field means --------------------------------------------------- */

/* A code is three capitals; names are compared without case, in the way LIKE does it. */
#define BY_CODE "w.country = @ or instr(w.sectors, @) > 0 or w.name = @ or w.text = @))"
#define BY_NAME                                                                                    \
	"w.name like '%' || @ || '%' or w.text like '%' || @ || '%' or lower(w.id) = lower(@) or " \
	"w.country = upper(@)))"
#define IN_LIST(column)                                                                            \
	"instr('; ' || lower(coalesce(" column ", '')) || ';', '; ' || lower(@) || ';') > 0"

enum sort { PLAIN, WHO, SINCE, UNTIL, DAY_OF, FIGURE, NUMBER, NEAR };

static const struct field {
	const char *name;
	enum sort sort;
	const char *sql;
} fields[] = {
	{"event", PLAIN, "r.event = upper(@)"},
	{"mode", PLAIN, IN_LIST("r.modes")},
	{"context", PLAIN, IN_LIST("r.contexts")},
	{"cameo", PLAIN, "substr(r.cameo, 1, length(@)) = @"},
	{"actor", WHO, "a.role = 'actor'"},
	{"recipient", WHO, "a.role = 'recipient'"},
	{"who", WHO, "a.role in ('actor', 'recipient')"},
	{"said_by", WHO, "a.role = 'speaker'"},
	{"place", PLAIN,
	 "(r.country = upper(@) or r.place like '%' || @ || '%' or r.place_text like '%' || @ || "
	 "'%')"},
	{"country", PLAIN, "r.country = upper(@)"},
	{"near", NEAR, ""},
	{"since", SINCE, ""},
	{"until", UNTIL, ""},
	{"day", DAY_OF, ""},
	{"certainty", PLAIN, "r.certainty = lower(@)"},
	{"stance", PLAIN, "r.n in (select a.report from kh_actor a where a.stance = lower(@))"},
	{"source", PLAIN, "s.source like '%' || @ || '%'"},
	{"url", PLAIN, "s.url like '%' || @ || '%'"},
	{"story", PLAIN, "s.story = @"},
	{"report", PLAIN, "r.id = @"},
	{"incident", PLAIN,
	 "r.n in (select ir.report from kh_incident_report ir join kh_incident i"
	 " on i.n = ir.incident where i.incident = @)"},
	{"rule", PLAIN, "(r.rule = @ or r.rule like @ || '.%')"},
	{"trigger", PLAIN, "r.word like '%' || @ || '%'"},
	{"quad", NUMBER, "r.quad"},
	{"sure", NUMBER, "r.sure"},
	{"goldstein", NUMBER, "r.goldstein"},
	{"killed", FIGURE, NULL},
	{"wounded", FIGURE, NULL},
	{"detained", FIGURE, NULL},
	{"abducted", FIGURE, NULL},
	{"displaced", FIGURE, NULL},
	{"released", FIGURE, NULL},
	{"missing", FIGURE, NULL},
	{"participants", FIGURE, NULL},
};

static const struct field *find(const char *p, size_t n)
{
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (strlen(fields[i].name) == n && memcmp(fields[i].name, p, n) == 0)
			return &fields[i];
	return NULL;
}

/* A code like ISR or MIL is a country or a sector, never a part of a name. */
static bool is_code(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i] < 'A' || p[i] > 'Z')
			return false;
	return n == 3;
}

static int who(struct cursor *c, const struct field *f, const char *p, size_t n)
{
	if (add(c, "r.n in (select a.report from kh_actor a where ") != 0 || add(c, f->sql) != 0 ||
	    add(c, " and a.who in (select w.n from kh_who w where ") != 0)
		return -1;
	return with_value(c, is_code(p, n) ? BY_CODE : BY_NAME, p, n);
}

/* First and last day of "2025", "2025-11" or "2025-11-07". */
static bool period(const char *p, size_t n, int *first, int *last)
{
	char iso[16];
	int y = 0, m = 1;
	if (n >= sizeof iso || (n != 4 && n != 7 && n != 10))
		return false;
	memcpy(iso, p, n);
	iso[n] = 0;
	if (sscanf(iso, "%4d-%2d", &y, &m) < (n == 4 ? 1 : 2))
		return false;
	char from[16], to[16];
	snprintf(from, sizeof from, "%04d-%02d-01", y % 10000, m % 100);
	if (n == 10)
		return kh_store_day(iso, first) && kh_store_day(iso, last);
	y += n == 4 || m == 12;
	m = n == 4 || m == 12 ? 1 : m + 1;
	snprintf(to, sizeof to, "%04d-%02d-01", y % 10000, m % 100);
	if (!kh_store_day(from, first) || !kh_store_day(to, last))
		return false;
	--*last;
	return true;
}

static int when(struct cursor *c, enum sort sort, const char *p, size_t n, size_t at)
{
	int first, last;
	char sql[128];
	if (!period(p, n, &first, &last))
		return wrong(c, at, "a day is written 2025, 2025-11 or 2025-11-07");
	if (sort == SINCE)
		snprintf(sql, sizeof sql, "r.day >= %d", first);
	else if (sort == UNTIL)
		snprintf(sql, sizeof sql, "(r.day between %d and %d)", KH_STORE_NO_DAY + 1, last);
	else
		snprintf(sql, sizeof sql, "(r.day between %d and %d)", first, last);
	return add(c, sql);
}

/* ">10", "<=3", "7" */
static bool compare(const char *p, size_t n, const char **op, long *number)
{
	static const char *const ops[] = {">=", "<=", ">", "<", "="};
	char z[32];
	char *end;
	*op = "=";
	for (size_t i = 0; i < sizeof ops / sizeof *ops; i++)
		if (n > strlen(ops[i]) && memcmp(p, ops[i], strlen(ops[i])) == 0) {
			*op = ops[i];
			p += strlen(ops[i]);
			n -= strlen(ops[i]);
			break;
		}
	if (!n || n >= sizeof z)
		return false;
	memcpy(z, p, n);
	z[n] = 0;
	*number = strtol(z, &end, 10);
	return *end == 0;
}

static int figure(struct cursor *c, const struct field *f, const char *p, size_t n, size_t at)
{
	const char *op;
	long number;
	char sql[256];
	if (!compare(p, n, &op, &number))
		return wrong(c, at, "a number is written 7, >7, >=7, <7 or <=7");
	if (f->sort == NUMBER)
		snprintf(sql, sizeof sql, "%s %s %ld", f->sql, op, number);
	else
		snprintf(sql, sizeof sql,
			 "r.n in (select c.report from kh_count c where c.kind = '%s'"
			 " and coalesce(c.%s, c.%s) %s %ld)",
			 f->name, op[0] == '<' ? "high" : "low", op[0] == '<' ? "low" : "high", op,
			 number);
	return add(c, sql);
}

/* near:LAT,LON,KM */
static int near(struct cursor *c, const char *p, size_t n, size_t at)
{
	char z[64], sql[256];
	double lat, lon, km;
	int used = 0;
	if (n >= sizeof z)
		return wrong(c, at, "near:LAT,LON,KM");
	memcpy(z, p, n);
	z[n] = 0;
	if (sscanf(z, "%lf,%lf,%lf%n", &lat, &lon, &km, &used) != 3 || (size_t)used != n ||
	    km <= 0 || lat < -90 || lat > 90 || lon < -180 || lon > 180)
		return wrong(c, at, "near:LAT,LON,KM, as near:14.5,-4.2,50");
	double up = km / 111.2, shrink = 1 - (lat / 90) * (lat / 90),
	       side = up / (shrink > 0.05 ? shrink : 0.05);
	snprintf(sql, sizeof sql, kh_store_piece(c->s, KH_PIECE_BOX), lat - up, lat + up,
		 lon - side, lon + side);
	return add(c, sql);
}

/* All the values of a field that has few: a word that is none of them would be answered by nothing,
 * as if nothing of the kind had been told. */
static const char *const closed[][2] = {
	{"event", "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT "
		  "THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT"},
	{"certainty", "happened ongoing denied planned possible conditional past"},
	{"stance", "says confirms denies accuses claims believes reports doubts"},
};

/* Is it one of the words of a list, whatever its case? */
static bool among(const char *list, const char *p, size_t n)
{
	for (size_t k; *list; list += k + (list[k] == ' ')) {
		k = strcspn(list, " ");
		if (k == n && strncasecmp(list, p, n) == 0)
			return true;
	}
	return false;
}

static int one_value(struct cursor *c, const struct field *f, const char *p, size_t n, size_t at)
{
	char told[sizeof c->q->why];
	if (!n)
		return wrong(c, at, "a value is missing");
	for (size_t i = 0; i < sizeof closed / sizeof *closed; i++)
		if (strcmp(closed[i][0], f->name) == 0 && !among(closed[i][1], p, n)) {
			snprintf(told, sizeof told, "one of %s", closed[i][1]);
			return wrong(c, at, told);
		}
	switch (f->sort) {
	case WHO:
		return who(c, f, p, n);
	case SINCE:
	case UNTIL:
	case DAY_OF:
		return when(c, f->sort, p, n, at);
	case FIGURE:
	case NUMBER:
		return figure(c, f, p, n, at);
	case NEAR:
		return near(c, p, n, at);
	default:
		return with_value(c, f->sql, p, n);
	}
}

/* ---- words ---------------------------------------------------------------- */

/* The bytes of a value at the cursor: quoted, or up to a blank (and a comma, where lists are
 * meant). */
static int span(struct cursor *c, bool commas, const char **p, size_t *n)
{
	const char *w = c->words + c->at;
	if (*w == '"') {
		const char *end = strchr(w + 1, '"');
		if (!end)
			return wrong(c, c->at, "a quotation mark is not closed");
		*p = w + 1;
		*n = (size_t)(end - w - 1);
		c->at += *n + 2;
		return 0;
	}
	*p = w;
	*n = strcspn(w, commas ? " \t\n,\"" : " \t\n\"");
	c->at += *n;
	return 0;
}

/* Free words are looked for in title and text; quoted, so that FTS5 takes them as they are;
 * another engine gets them as it keeps them. */
static int free_words(struct cursor *c)
{
	const char *p;
	size_t n, at = c->at;
	char quoted[512];
	if (span(c, false, &p, &n) != 0)
		return -1;
	bool word = false, plain = c->words[at] != '"';
	if (plain && n <= 3 && among("AND OR NOT", p, n) && *p <= 'Z')
		return wrong(c, at,
			     "words side by side must all hold; event:AID,COERCE is either; -word "
			     "must not hold");
	if (plain && *p == '(' && memchr(p, ':', n))
		return wrong(c, at, "brackets mean nothing here; event:AID,COERCE is either");
	for (size_t i = 0; i < n; i++)
		word = word || isalnum((unsigned char)p[i]) || (unsigned char)p[i] >= 0x80;
	if (!word || n + 3 > sizeof quoted)
		return wrong(c, at,
			     n + 3 > sizeof quoted ? "the words are too long"
						   : "no word to look for");
	if (c->s->engine->words) {
		char *own = c->s->engine->words(c->s, p, n);
		int bad =
			own ? with_value(c, kh_store_piece(c->s, KH_PIECE_WORDS), own, strlen(own))
			    : wrong(c, at, "out of memory");
		free(own);
		return bad;
	}
	snprintf(quoted, sizeof quoted, "\"%.*s\"", (int)n, p);
	return with_value(c, kh_store_piece(c->s, KH_PIECE_WORDS), quoted, n + 2);
}

static int field_values(struct cursor *c, const struct field *f)
{
	bool many = f->sort != NEAR;
	if (add(c, "(") != 0)
		return -1;
	for (;;) {
		const char *p;
		size_t n, at = c->at, from = strlen(c->q->where);
		if (span(c, many, &p, &n) != 0 || one_value(c, f, p, n, at) != 0 ||
		    part(c, from) != 0)
			return -1;
		if (!many || c->words[c->at] != ',')
			return add(c, ")");
		c->at++;
		if (add(c, " or ") != 0)
			return -1;
	}
}

static int term(struct cursor *c)
{
	if (c->words[c->at] == '-') {
		c->at++;
		c->minus = !c->minus;
		if (add(c, "not coalesce(") != 0)
			return -1;
		return term(c) == 0 ? add(c, ", false)") : -1;
	}
	size_t n = strspn(c->words + c->at, "abcdefghijklmnopqrstuvwxyz_");
	if (n && c->words[c->at + n] == ':') {
		const struct field *f = find(c->words + c->at, n);
		if (!f)
			return wrong(c, c->at, "no such field");
		c->at += n + 1;
		return field_values(c, f);
	}
	n = strlen(c->q->where);
	return free_words(c) == 0 ? part(c, n) : -1;
}

int kh_query_parse(struct kh_query *q, struct kh_store *s, const char *words)
{
	struct cursor c = {.q = q, .s = s, .words = words};
	memset(q, 0, sizeof *q);
	snprintf(q->words, sizeof q->words, "%s", words);
	for (;;) {
		c.at += strspn(words + c.at, " \t\n");
		if (!words[c.at])
			return q->where[0] ? 0 : add(&c, "true");
		if (words[c.at] == '-' && words[c.at + 1] == '-')
			return wrong(&c, c.at, "options stand before the query");
		if (q->where[0] && add(&c, " and ") != 0)
			return -1;
		c.term++;
		c.minus = false;
		if (term(&c) != 0)
			return -1;
	}
}

void kh_query_bind(const struct kh_query *q, struct kh_sql *st)
{
	for (unsigned i = 0; i < q->values; i++)
		kh_sql_put_text(st, (int)i + 1, q->value[i], -1);
}

void kh_query_free(struct kh_query *q)
{
	for (unsigned i = 0; i < q->values; i++)
		free(q->value[i]);
	q->values = 0;
}
