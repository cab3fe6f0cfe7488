/* Storing a story. In: its JSON with the reports inside. Out: rows; a story that is there stays as
 * it is. */
#include <stdlib.h>
#include <string.h>

#include "store/own.h"

typedef kh_tape_at js;

enum {
	FIND,
	STORY,
	TEXT,
	REPORT,
	ACTOR,
	WHO,
	WHO_OF,
	COUNT,
	WHERE,
	RELINK,
	LAST_STORY,
	LAST_REPORT,
	FLOOR,
	FORGET_TEXT,
	FORGET_WHERE,
	FORGET,
	SAVE,
	BACK,
	RELEASE
};

static const char *const sql_of[] = {
	[FIND] = "select n, text from kh_story where story = ?1",
	[STORY] = "insert into kh_story(story, source, url, language, title, byline, published, "
		  "published_day,"
		  " published_how, dateline, text, file, program, model, behaviour, record, n)"
		  " values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, "
		  "?17)",
	[REPORT] = "insert into kh_report(id, story, sentence, begin, \"end\", event, modes, "
		   "contexts, cameo, goldstein,"
		   " quad, word, word_begin, word_end, place, country, lat, lon, geonameid, "
		   "place_text, first_day,"
		   " last_day, time_how, certainty, within, rule, sure, actors, actor_countries, "
		   "actor_sectors,"
		   " recipients, recipient_countries, recipient_sectors, said_by, stance, record, "
		   "n, day, "
		   "mix, home)"
		   " values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, "
		   "?16, ?17, ?18, ?19,"
		   " ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, "
		   "?35, ?36, ?37, ?38, ?39, ?40)",
	[ACTOR] = "insert into kh_actor(report, role, ordinal, name, id, country, sectors, text, "
		  "begin, \"end\", kind, stance, quote, who) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, "
		  "?8, ?9, "
		  "?10, ?11, ?12, ?13, ?14)",
	[WHO] = "insert into kh_who(name, id, country, sectors, text, key) values (?1, ?2, ?3, ?4, "
		"?5, "
		"?6) on conflict do nothing",
	[WHO_OF] = "select n from kh_who where key = ?1",
	[COUNT] = "insert into kh_count values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
	[RELINK] = "insert into kh_relink(event, home, dated, day) values (?1, ?2, ?3, ?4) on "
		   "conflict "
		   "(event, home, dated) do update set day = excluded.day where excluded.day < "
		   "kh_relink.day",
	[LAST_STORY] = "select coalesce(max(n), 0) from kh_story",
	[LAST_REPORT] = "select max(v) from (select max(n) as v from kh_report union all select "
			"value from kh_state where name = 'floor') t",
	/* a number is never given twice */
	[FLOOR] =
		"update kh_state set value = (select max(n) from kh_report where story = ?1) where "
		"name = 'floor' and value < (select max(n) from kh_report where story = ?1)",
	[FORGET] = "delete from kh_story where n = ?1",
	[SAVE] = "savepoint one",
	[BACK] = "rollback to one",
	[RELEASE] = "release one",
};

/* Where the engines differ: texts and places as each of them looks them up. */
static const char *sql_for(const struct kh_store *s, int which)
{
	return which == TEXT	       ? kh_store_piece(s, KH_PIECE_ADD_WORDS)
	       : which == WHERE	       ? kh_store_piece(s, KH_PIECE_ADD_PLACE)
	       : which == FORGET_TEXT  ? kh_store_piece(s, KH_PIECE_FORGET_WORDS)
	       : which == FORGET_WHERE ? kh_store_piece(s, KH_PIECE_FORGET_PLACES)
				       : sql_of[which];
}

/* NULL after a failure. */
static struct kh_sql *st(struct kh_store *s, int which)
{
	if (!s->st[which])
		s->st[which] = kh_store_sql(s, sql_for(s, which));
	return s->st[which];
}

static int done(struct kh_sql *q)
{
	return q ? kh_sql_run(q) : -1;
}

static void bind_js(struct kh_sql *q, int i, js *v)
{
	if (!v)
		return; /* unbound is null */
	switch (v->kind) {
	case KH_TAPE_TEXT:
		kh_sql_put_text(q, i, v->text, (long)v->n);
		break;
	case KH_TAPE_WHOLE:
	case KH_TAPE_TRUE:
	case KH_TAPE_FALSE:
		kh_sql_put_int(q, i, kh_tape_int(v));
		break;
	case KH_TAPE_REAL:
		kh_sql_put_real(q, i, kh_tape_real(v));
		break;
	default:
		break;
	}
}

static void bind(struct kh_sql *q, int i, js *o, const char *key)
{
	bind_js(q, i, kh_tape_get(o, key));
}

static void bind_z(struct kh_sql *q, int i, const char *z)
{
	if (z && *z)
		kh_sql_put_copy(q, i, z);
}

static void bind_span(struct kh_sql *q, int i, js *o)
{
	js *at = kh_tape_get(o, "span"), *begin = kh_tape_first(at);
	js *end = begin ? kh_tape_next(at, begin) : NULL;
	if (at && at->kind == KH_TAPE_LIST && end && !kh_tape_next(at, end)) {
		bind_js(q, i, begin);
		bind_js(q, i + 1, end);
	}
}

bool kh_store_day(const char *iso, int *day)
{
	int y, m, d, end = 0;
	if (!iso || sscanf(iso, "%4d-%2d-%2d%n", &y, &m, &d, &end) != 3 || end != 10 || m < 1 ||
	    m > 12 || d < 1 || d > 31)
		return false;
	y -= m <= 2; /* civil days, after Howard Hinnant's well-known formula */
	int era = (y >= 0 ? y : y - 399) / 400, yoe = y - era * 400;
	int doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	*day = era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
	return true;
}

static void bind_day(struct kh_sql *q, int i, js *o, const char *key)
{
	int day;
	if (kh_store_day(kh_tape_text(kh_tape_get(o, key)), &day))
		kh_sql_put_int(q, i, day);
}

struct list { /* words joined by "; ", as many as fit */
	char p[1024];
	size_t n;
};

static void join(struct list *l, const char *word, bool once)
{
	size_t n = word ? strlen(word) : 0;
	if (!n || l->n + n + 3 > sizeof l->p || (once && strstr(l->p, word)))
		return;
	if (l->n)
		l->p[l->n++] = ';', l->p[l->n++] = ' ';
	memcpy(l->p + l->n, word, n + 1);
	l->n += n;
}

/* A list, else NULL. */
static js *list_of(js *v)
{
	return v && v->kind == KH_TAPE_LIST ? v : NULL;
}

static void join_all(struct list *l, js *v)
{
	js *list = list_of(v);
	for (js *w = kh_tape_first(list); w; w = kh_tape_next(list, w))
		join(l, kh_tape_text(w), true);
}

static void bind_list(struct kh_sql *q, int i, js *o, const char *key)
{
	struct list l = {.n = 0, .p = ""};
	join_all(&l, kh_tape_get(o, key));
	bind_z(q, i, l.p);
}

/* names, countries and sectors of the actors, in three columns from i on */
static void bind_actors(struct kh_sql *q, int i, js *v)
{
	struct list name = {.n = 0, .p = ""}, country = name, sector = name;
	js *list = list_of(v);
	for (js *a = kh_tape_first(list); a; a = kh_tape_next(list, a)) {
		const char *z = kh_tape_word(a, "name");
		join(&name, z ? z : kh_tape_word(a, "text"), false);
		join(&country, kh_tape_word(a, "country"), true);
		join_all(&sector, kh_tape_get(a, "sectors"));
	}
	bind_z(q, i, name.p);
	bind_z(q, i + 1, country.p);
	bind_z(q, i + 2, sector.p);
}

/* in five columns from i on */
static void bind_who(struct kh_sql *q, int i, js *a, const char *sectors)
{
	bind(q, i, a, "name");
	bind(q, i + 1, a, "id");
	bind(q, i + 2, a, "country");
	bind_z(q, i + 3, sectors);
	bind(q, i + 4, a, "text");
}

#define HASH_SEED 0xcbf29ce484222325u

static uint64_t hash(uint64_t h, const char *z)
{
	for (; *z; z++)
		h = (h ^ (unsigned char)*z) * 0x100000001b3u;
	return h ^ h >> 29;
}

enum { KEY = 2048 };

/* Text, name, id, country and sectors in one, as far as they fit. */
static void key_of(char key[KEY], js *a, const char *sectors)
{
	const char *const part[] = {kh_tape_word(a, "text"), kh_tape_word(a, "name"),
				    kh_tape_word(a, "id"), kh_tape_word(a, "country"), sectors};
	char *to = key, *end = key + KEY - 1;
	for (int i = 0; i < 5; i++) {
		if (i && to < end)
			*to++ = '\x1f';
		for (const char *p = part[i]; p && *p && to < end; p++)
			*to++ = *p;
	}
	*to = 0;
}

/* The number of whom the mention names, 0 after a failure; most are known from the story before. */
static int64_t who_of(struct kh_store *s, js *a, const char *sectors)
{
	char key[KEY];
	key_of(key, a, sectors);
	uint64_t h = hash(HASH_SEED, key);
	struct kh_known_who *known = &s->who[(h ^ h >> 32) % KH_STORE_WHO];
	if (known->n && known->hash == h)
		return known->n;
	struct kh_sql *q = st(s, WHO), *of = st(s, WHO_OF);
	if (!q || !of)
		return 0;
	bind_who(q, 1, a, sectors);
	kh_sql_put_text(q, 6, key, -1);
	if (done(q))
		return 0;
	kh_sql_put_text(of, 1, key, -1);
	int64_t n = kh_sql_step(of) == KH_SQL_ROW ? kh_sql_int(of, 0) : 0;
	kh_sql_reset(of);
	*known = (struct kh_known_who){h, n};
	return n;
}

static int put_actor(struct kh_store *s, int64_t report, const char *role, size_t ordinal, js *a,
		     js *voice)
{
	struct kh_sql *q = st(s, ACTOR);
	struct list sectors = {.n = 0, .p = ""};
	if (!kh_tape_word(a, "text"))
		return 0;
	join_all(&sectors, kh_tape_get(a, "sectors"));
	int64_t who = who_of(s, a, sectors.p);
	if (!q || !who)
		return -1;
	kh_sql_put_int(q, 1, report);
	kh_sql_put_text(q, 2, role, -1);
	kh_sql_put_int(q, 3, (int64_t)ordinal);
	bind_who(q, 4, a, sectors.p);
	bind_span(q, 9, a);
	bind(q, 11, a, "kind");
	bind(q, 12, voice, "stance");
	bind(q, 13, voice, "quote");
	kh_sql_put_int(q, 14, who);
	return done(q);
}

static int put_actors(struct kh_store *s, int64_t report, js *r)
{
	static const char *const field[] = {"actors", "recipients", "said_by"};
	static const char *const role[] = {"actor", "recipient", "speaker"};
	for (int f = 0; f < 3; f++) {
		js *list = list_of(kh_tape_get(r, field[f]));
		size_t i = 0;
		for (js *a = kh_tape_first(list); a; a = kh_tape_next(list, a))
			if (put_actor(s, report, role[f], i++,
				      f == 2 ? kh_tape_get(a, "speaker") : a, f == 2 ? a : NULL))
				return -1;
	}
	return 0;
}

static int put_counts(struct kh_store *s, int64_t report, js *r)
{
	js *list = list_of(kh_tape_get(r, "counts"));
	int64_t i = 0;
	for (js *c = kh_tape_first(list); c; c = kh_tape_next(list, c)) {
		struct kh_sql *q = st(s, COUNT);
		if (!q)
			return -1;
		kh_sql_put_int(q, 1, report);
		kh_sql_put_int(q, 2, i++);
		bind(q, 3, c, "kind");
		bind(q, 4, c, "low");
		bind(q, 5, c, "high");
		bind(q, 6, c, "text");
		bind_span(q, 7, c);
		if (done(q))
			return -1;
	}
	return 0;
}

static void bind_voices(struct kh_sql *q, int i, js *v)
{
	struct list who = {.n = 0, .p = ""};
	js *list = list_of(v), *last = NULL;
	for (js *a = kh_tape_first(list); a; a = kh_tape_next(list, a)) {
		js *speaker = kh_tape_get(a, "speaker");
		const char *name = kh_tape_word(speaker, "name");
		join(&who, name ? name : kh_tape_word(speaker, "text"), false);
		last = a;
	}
	bind_z(q, i, who.p);
	bind(q, i + 1, last, "stance");
}

static void bind_where(struct kh_sql *q, int i, js *place)
{
	bind(q, i, place, "name");
	bind(q, i + 1, place, "country");
	bind(q, i + 2, place, "lat");
	bind(q, i + 3, place, "lon");
	bind(q, i + 4, place, "geonameid");
	bind(q, i + 5, place, "text");
}

static void bind_report(struct kh_sql *q, js *r, int64_t story)
{
	static const char *const plain[] = {"certainty", "within", "rule", "sure"};
	bind(q, 1, r, "id");
	kh_sql_put_int(q, 2, story);
	bind(q, 3, r, "sentence");
	bind_span(q, 4, r);
	bind(q, 6, r, "event");
	bind_list(q, 7, r, "modes");
	bind_list(q, 8, r, "contexts");
	bind(q, 9, r, "cameo");
	bind(q, 10, r, "goldstein");
	bind(q, 11, r, "quad");
	bind(q, 12, kh_tape_get(r, "trigger"), "text");
	bind_span(q, 13, kh_tape_get(r, "trigger"));
	bind_where(q, 15, kh_tape_get(r, "place"));
	bind_day(q, 21, kh_tape_get(r, "time"), "begin");
	bind_day(q, 22, kh_tape_get(r, "time"), "end");
	bind(q, 23, kh_tape_get(r, "time"), "how");
	for (int i = 0; i < 4; i++)
		bind(q, 24 + i, r, plain[i]);
	bind_actors(q, 28, kh_tape_get(r, "actors"));
	bind_actors(q, 31, kh_tape_get(r, "recipients"));
	bind_voices(q, 34, kh_tape_get(r, "said_by"));
}

/* The next number of a table; 0 after a failure. */
static int64_t next(struct kh_store *s, int which, int64_t *last)
{
	struct kh_sql *q = *last ? NULL : st(s, which);
	if (q && kh_sql_step(q) == KH_SQL_ROW)
		*last = kh_sql_int(q, 0) + 1;
	else if (*last)
		++*last;
	if (q)
		kh_sql_reset(q);
	return *last;
}

static int put_place(struct kh_store *s, int64_t n, js *place)
{
	if (!kh_tape_get(place, "lat") || !kh_tape_get(place, "lon") || !*sql_for(s, WHERE))
		return 0;
	struct kh_sql *q = st(s, WHERE);
	if (!q)
		return -1;
	kh_sql_put_int(q, 1, n);
	bind(q, 2, place, "lat");
	bind(q, 3, place, "lon");
	return done(q);
}

static int wrong_record(struct kh_store *s, const char *what)
{
	kh_store_fail(s, what);
	s->data = true;
	return -1;
}

static const char *country_of(js *v)
{
	const char *z = NULL;
	js *list = list_of(v);
	for (js *a = kh_tape_first(list); a && !z; a = kh_tape_next(list, a))
		z = kh_tape_word(a, "country");
	return z;
}

const char *kh_store_home(js *report)
{
	const char *z = kh_tape_word(kh_tape_get(report, "place"), "country");
	z = z ? z : country_of(kh_tape_get(report, "recipients"));
	z = z ? z : country_of(kh_tape_get(report, "actors"));
	return z ? z : "";
}

/* The part of a report is to be linked anew from its day on; mostly that is known already. */
static int relink(struct kh_store *s, const char *event, const char *home, int day)
{
	uint64_t h = hash(hash(HASH_SEED + (day > KH_STORE_NO_DAY), event), home);
	struct kh_known_part *known = &s->part[(h ^ h >> 32) % KH_STORE_PARTS];
	struct kh_sql *q = st(s, RELINK);
	if (!q)
		return -1;
	if (known->hash == h && known->day <= day)
		return 0;
	*known = (struct kh_known_part){h, day};
	kh_sql_put_text(q, 1, event, -1);
	kh_sql_put_text(q, 2, home, -1);
	kh_sql_put_int(q, 3, day > KH_STORE_NO_DAY);
	kh_sql_put_int(q, 4, day);
	return done(q);
}

/* `json`: of the story; `day`: of the story, where the report has none. */
static int put_report(struct kh_store *s, js *r, int64_t story, int day, const char *json)
{
	struct kh_sql *q = st(s, REPORT);
	int64_t n = next(s, LAST_REPORT, &s->last_report);
	const char *id = kh_tape_word(r, "id"), *event = kh_tape_word(r, "event"), *home;
	if (!q || !n)
		return -1;
	if (!id || !event)
		return wrong_record(s, r->kind == KH_TAPE_OBJECT
					       ? "a report without \"id\" or \"event\""
					       : "reports that are no objects");
	bind_report(q, r, story);
	kh_sql_put_text(q, 36, json + r->from, (long)(r->to - r->from));
	kh_sql_put_int(q, 37, n);
	kh_store_day(kh_tape_word(kh_tape_get(r, "time"), "begin"), &day);
	kh_sql_put_int(q, 38, day);
	kh_sql_put_int(q, 39, kh_store_mix(id));
	kh_sql_put_text(q, 40, home = kh_store_home(r), -1);
	if (done(q) || put_place(s, n, kh_tape_get(r, "place")))
		return -1;
	return put_actors(s, n, r) || put_counts(s, n, r) || relink(s, event, home, day) ? -1 : 0;
}

/* "Not before" is no day: it neither sorts a story nor links what it tells. */
static bool is_bound(js *o)
{
	const char *how = kh_tape_word(o, "published_how");
	return how && strcmp(how, "bound") == 0;
}

/* Title and text go where words are looked for, as they are or as the engine wants them. */
static int put_words(struct kh_store *s, int64_t n, js *title, js *body)
{
	struct kh_sql *q = st(s, TEXT);
	if (!q)
		return -1;
	const char *head = kh_tape_text(title) ? title->text : "";
	size_t head_n = *head ? title->n : 0;
	kh_sql_put_int(q, 1, n);
	if (!s->engine->words) {
		kh_sql_put_text(q, 2, head, (long)head_n);
		bind_js(q, 3, body);
		return done(q);
	}
	char *one = s->engine->words(s, head, head_n);
	char *two = s->engine->words(s, body->text, body->n);
	if (one && two) {
		kh_sql_put_text(q, 2, one, -1);
		kh_sql_put_text(q, 3, two, -1);
	}
	int bad = one && two ? done(q) : kh_store_fail(s, "out of memory");
	free(one);
	free(two);
	return bad;
}

/* The story as it came, but for its reports and its text, which stand in columns of their own; the
 * place of the text is kept. */
static char *record_of(js *o, const char *json, size_t *n)
{
	char *to = malloc(o->to - o->from + 8), *p = to;
	if (!to)
		return NULL;
	for (js *v = kh_tape_first(o); v; v = kh_tape_next(o, v)) {
		bool text = strcmp(v->key, "text") == 0;
		uint32_t end = text ? v->from : v->to;
		if (strcmp(v->key, "reports") == 0)
			continue;
		*p = p == to ? '{' : ',';
		p++;
		memcpy(p, json + v->at, end - v->at);
		p += end - v->at;
		if (text)
			*p++ = '"', *p++ = '"';
	}
	*p++ = '}';
	*n = (size_t)(p - to);
	return to;
}

static int put_story(struct kh_store *s, js *o, int64_t *n, const char *json)
{
	static const char *const plain[] = {"story", "source", "url",	   "language",
					    "title", "byline", "published"};
	struct kh_sql *q = st(s, STORY);
	js *by = kh_tape_get(o, "by"), *body = kh_tape_get(o, "text");
	if (!q)
		return -1;
	for (int i = 0; i < 7; i++)
		bind(q, i + 1, o, plain[i]);
	bind_day(q, 8, is_bound(o) ? NULL : o, "published");
	bind(q, 9, o, "published_how");
	bind(q, 10, o, "dateline");
	bind_js(q, 11, body);
	bind(q, 12, kh_tape_get(o, "origin"), "file");
	bind(q, 13, by, "program");
	bind(q, 14, by, "model");
	bind(q, 15, by, "behaviour");
	size_t size = 0;
	char *record = record_of(o, json, &size);
	if (!record)
		return kh_store_fail(s, "out of memory");
	kh_sql_put_text(q, 16, record, (long)size);
	*n = next(s, LAST_STORY, &s->last_story);
	kh_sql_put_int(q, 17, *n);
	int bad = !*n || done(q) || put_words(s, *n, kh_tape_get(o, "title"), body) ? -1 : 0;
	free(record);
	return bad;
}

static int forget(struct kh_store *s, int64_t n)
{
	static const int steps[] = {FORGET_TEXT, FORGET_WHERE, FLOOR, FORGET};
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		if (!*sql_for(s, steps[i]))
			continue;
		struct kh_sql *q = st(s, steps[i]);
		if (!q)
			return -1;
		kh_sql_put_int(q, 1, n);
		if (done(q))
			return -1;
	}
	return 0;
}

/* Is the story there? Its number; *same: with this text. */
static int64_t find(struct kh_store *s, js *o, bool *same)
{
	struct kh_sql *q = st(s, FIND);
	int64_t n = 0;
	*same = false;
	bind(q, 1, o, "story");
	if (kh_sql_step(q) == KH_SQL_ROW) {
		js *body = kh_tape_get(o, "text");
		n = kh_sql_int(q, 0);
		*same = kh_sql_bytes(q, 1) == body->n &&
			memcmp(kh_sql_text(q, 1), body->text, body->n) == 0;
	}
	kh_sql_reset(q);
	return n;
}

static enum kh_added put(struct kh_store *s, js *o, const char *json, bool replace)
{
	bool same = false;
	int day = KH_STORE_NO_DAY;
	kh_store_day(is_bound(o) ? NULL : kh_tape_word(o, "published"), &day);
	int64_t n = 0, old = find(s, o, &same);
	if (old && !replace)
		return same ? KH_ADD_KNOWN : KH_ADD_OTHER;
	if (old && forget(s, old))
		return KH_ADD_FAILED;
	js *list = list_of(kh_tape_get(o, "reports"));
	int bad = put_story(s, o, &n, json);
	for (js *r = kh_tape_first(list); r && !bad; r = kh_tape_next(list, r))
		bad = put_report(s, r, n, day, json);
	return bad ? KH_ADD_FAILED : KH_ADD_NEW;
}

/* A record that breaks a rule of the schema takes nothing else with it. A savepoint costs a copy of
 * each page, so only a story that replaces another pays for one; a new one is taken out again. */
static enum kh_added guarded(struct kh_store *s, js *o, const char *json, bool replace)
{
	bool save = replace || s->engine->savepoints, same;
	if (save && done(st(s, SAVE)))
		return KH_ADD_FAILED;
	enum kh_added a = put(s, o, json, replace);
	if (a != KH_ADD_FAILED && s->engine->flush && s->engine->flush(s) != 0)
		a = KH_ADD_FAILED;
	if (a != KH_ADD_FAILED)
		return save && done(st(s, RELEASE)) ? KH_ADD_FAILED : a;
	if (!s->data)
		return a;
	char why[sizeof s->why];
	memcpy(why, s->why, sizeof why);
	kh_store_forget(s);
	int64_t n = save ? 0 : find(s, o, &same);
	int bad = save ? done(st(s, BACK)) || done(st(s, RELEASE)) : n && forget(s, n);
	if (!bad)
		memcpy(s->why, why, sizeof why);
	return bad ? KH_ADD_FAILED : KH_ADD_BAD;
}

enum kh_added kh_store_add(struct kh_store *s, const char *json, size_t n, bool replace)
{
	size_t wrong;
	enum kh_taped read = kh_tape_read(&s->tape, json, n, &wrong);
	js *o = s->tape.value;
	if (read == KH_TAPE_MEMORY)
		return kh_store_fail(s, "out of memory");
	if (read == KH_TAPED && kh_tape_word(o, "story") && kh_tape_word(o, "text"))
		return st(s, FIND) ? guarded(s, o, json, replace) : KH_ADD_FAILED;
	s->data = true;
	if (read == KH_TAPE_CUT)
		kh_store_fail(s, "JSON line is cut off");
	else if (read == KH_TAPED)
		kh_store_fail(s, "not a story of khabar: \"story\" and \"text\" are needed");
	else
		snprintf(s->why, sizeof s->why, "not JSON from byte %zu of the line on", wrong);
	return KH_ADD_BAD;
}
