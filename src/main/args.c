/* Options: one table for all commands. In: argv. Out: settings; help; the words for completion. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "main.h"

enum kind { FLAG, TEXT, NUMBER };

static const struct option {
	const char *name, *value, *what;
	enum kind kind;
	size_t at;
	const char *key; /* its word in `takes` where two commands mean two things; else NULL */
	const char *of;	 /* the words it may be, split by spaces; NULL: any */
} options[] = {
#define F(field, name, what)                                                                       \
	{                                                                                          \
		name, NULL, what, FLAG, offsetof(struct settings, field), NULL, NULL               \
	}
#define T(field, name, value, what)                                                                \
	{                                                                                          \
		name, value, what, TEXT, offsetof(struct settings, field), NULL, NULL              \
	}
#define N(field, name, value, what)                                                                \
	{                                                                                          \
		name, value, what, NUMBER, offsetof(struct settings, field), NULL, NULL            \
	}
	F(stories, "stories", "stories with their reports inside, instead of reports"),
	F(pages, "pages", "a JSON record's text is a crawled page that may hold several stories"),
	F(gold_tokens, "gold-tokens", "the input is CoNLL-U: take its sentences and tokens"),
	T(kind, "kind", "KIND", "what the input is: story page html feed conllu; else found out"),
	{"kind", "KIND", "what the files hold: actors agents verbs discards; else by their names",
	 TEXT, offsetof(struct settings, kind), "dict-kind", NULL},
	T(data, "data", "DIR", "a folder of one's own dictionaries (khabar help dict)"),
	T(scheme, "codes", "SCHEME", "codes of foreign verbs: cameo weis, or either,FILE of one's own"),
	F(lenient, "lenient", "rows with mistakes are told and left out"),
	F(json, "json", "JSON Lines"),
	F(csv, "csv", "comma-separated, with a header"),
	F(table, "table", "a table for reading (on a terminal the default)"),
	F(filter, "filter",
	  "a part of a larger job: --summary, and status 0 when there is nothing to code"),
	F(summary, "summary", "one line of JSON about the run on standard error"),
	N(jobs, "jobs", "N", "threads; the output keeps the order of the input"),
	{"jobs", "N", "coding processes", NUMBER, offsetof(struct settings, jobs), "processes", NULL},
	T(shard, "shard", "I/N", "only every N-th record, from the I-th"),
	{"progress", "WHEN", "progress bar: auto never", TEXT, offsetof(struct settings, progress), NULL,
	 "auto never"},
	{"color", "WHEN", "colours: auto always never", TEXT, offsetof(struct settings, color), NULL,
	 "auto always never"},
	T(stage, "stage", "LAYER",
	  "sent token tree conllu name actor day amount place voice fact event story feed"),
	T(stop_after, "stop-after", "STAGE",
	  "read story sentence token tree mention claim report"),
	F(conllu, "conllu", "trees as CoNLL-U"),
	T(db, "db", "DB", "the store, instead of the first argument: a file, or postgresql://…"),
	F(why_not, "why-not", "sentences without a report, and what is missing in each"),
	T(span, "span", "B:E", "these bytes of the text"),
	F(coded, "coded", "the input is stories as 'khabar code --stories' prints them"),
	F(replace, "replace", "a story that is stored already is coded and stored again"),
	N(batch, "batch", "N", "stories in a transaction (500), in a batch of a queue (200)"),
	T(queue, "queue", "URL", "pg:DSN or nats://HOST/STREAM; else $KHABAR_QUEUE"),
	{"store", "pg:DSN", "ledger and results; else $KHABAR_STORE, else that of the queue", TEXT,
	 offsetof(struct settings, ledger), "ledger", NULL},
	F(once, "once", "stop when no batch is left, when every feed was asked"),
	N(every, "every", "SECONDS", "least time between two looks at a feed (900)"),
	N(pause, "pause", "SECONDS", "least time between two requests to a host (2)"),
	T(listen, "listen", "PORT", "/healthz and /metrics on 127.0.0.1 (0: any free port)"),
	N(lease, "lease", "SECONDS", "time for a batch before another worker may have it (60)"),
	N(tries, "tries", "N", "of a batch before it is halved (3)"),
	N(patience, "patience", "SECONDS", "how long to wait for a server that is away (300)"),
	N(replicas, "replicas", "N", "copies of a new stream in a cluster (1)"),
	F(insecure, "insecure", "a NATS server elsewhere without TLS"),
	F(reference, "reference", "only the place of each story goes into the ledger"),
	T(event, "event", "CATEGORY,…",
	  "only reports of these categories, and stories that have one"),
	T(country, "country", "ISO3,…",
	  "only those of these countries, as they are linked (none: of none)"),
	T(since, "since", "DAY", "only those of this day or later"),
	T(until, "until", "DAY", "only those of this day or earlier"),
	F(retry, "retry", "failed stories become batches again"),
	T(sql, "sql", "SELECT", "rows of a query in SQL, as CSV"),
	F(explain_query, "explain-query", "print the SQL instead of running it"),
	F(count, "count", "only the number of reports"),
	N(limit, "limit", "N", "at most N"),
	T(by, "by", "WORDS",
	  "day month year source country event cameo quad certainty place said_by "
	  "actor[_name] recipient[_name]"),
	T(format, "format", "FORMAT",
	  "csv jsonl gdelt gdelt-mentions phoenix icews polecat acled ged"),
	{"scale", "SCALE", "goldstein of icews gdelt phoenix", TEXT, offsetof(struct settings, scale), NULL,
	 "icews gdelt phoenix"},
	F(all, "all", "reports of every certainty, not only happened and ongoing"),
	N(floor, "floor", "N", "least average similarity at which two groups are joined (0..1000)"),
	F(copies, "copies", "copies of the same text instead of stories of the same event"),
	F(adding, "adding", "the store alone: adding what the texts were coded into, and linking it"),
	T(out, "out", "FILE", "rows into FILE, and datapackage.json with their types beside it"),
	N(port, "port", "N", "the port on 127.0.0.1; 0 or none: any that is free"),
	F(drop, "drop", "the question of this name is kept no longer"),
	T(coder, "coder", "NAME", "whose judgements or questions these are (your login)"),
	F(agreement, "agreement", "how far coders agree, field by field, instead of the page"),
	F(examples, "examples", "judged reports as examples of the handbook, instead of the page"),
	F(help, "help", "this text"),
#undef F
#undef T
#undef N
};

/* Is the word one of those, split by spaces? */
static bool among(const char *all, const char *word)
{
	size_t n = strlen(word);
	for (const char *p = all; n && (p = strstr(p, word)) != NULL; p += n)
		if ((p == all || p[-1] == ' ') && (p[n] == ' ' || p[n] == 0))
			return true;
	return false;
}

static bool takes(const struct command *c, const struct option *o)
{
	return strcmp(o->name, "help") == 0 || (c->takes && among(c->takes, o->key ? o->key : o->name));
}

static const struct option *find(const struct command *c, const char *name, size_t n)
{
	for (size_t i = 0; i < sizeof options / sizeof *options; i++)
		if (strlen(options[i].name) == n && memcmp(options[i].name, name, n) == 0 &&
		    takes(c, &options[i]))
			return &options[i];
	return NULL;
}

static bool wrong(const struct command *c, const char *what, const char *which)
{
	fprintf(stderr, "khabar %s: %s %s (khabar help %s)\n", c->name, what, which, c->name);
	return false;
}

static bool set(const struct command *c, const struct option *o, const char *value,
		struct settings *s)
{
	char *to = (char *)s + o->at;
	if (o->kind == FLAG) {
		if (value)
			return wrong(c, "no value belongs to", o->name);
		*(bool *)(void *)to = true;
	} else if (o->kind == TEXT) {
		if (o->of && !among(o->of, value)) {
			fprintf(stderr, "khabar %s: --%s is one of %s, not %s (khabar help %s)\n", c->name,
				o->name, o->of, value, c->name);
			return false;
		}
		memcpy(to, &value, sizeof value);
	} else {
		char *end;
		long v = strtol(value, &end, 10);
		if (*end || end == value || v < 0 || v > 1000000000)
			return wrong(c, "not a number:", value);
		*(int *)(void *)to = (int)v;
	}
	return true;
}

/* One option at argv[*i]; moves *i on to its value when that stands apart. */
static bool one(const struct command *c, int argc, char **argv, int *i, struct settings *s)
{
	const char *a = argv[*i], *value = NULL;
	const struct option *o;
	if (a[1] != '-') {
		o = a[1] == 'j' ? find(c, "jobs", 4) : a[1] == 'h' ? find(c, "help", 4) : NULL;
		value = a[2] ? a + 2 : NULL;
	} else {
		const char *eq = strchr(a, '=');
		o = find(c, a + 2, eq ? (size_t)(eq - a - 2) : strlen(a + 2));
		value = eq ? eq + 1 : NULL;
	}
	if (!o)
		return wrong(c, "no such option:", a);
	if (o->kind != FLAG && !value) {
		if (*i + 1 >= argc)
			return wrong(c, "a value is missing after", a);
		value = argv[++*i];
	}
	return set(c, o, value, s);
}

bool args_parse(const struct command *c, int argc, char **argv, struct settings *s)
{
	bool open = true,
	     words = strstr(c->usage, "QUERY") != NULL; /* after DB "-event:AID" is a word */
	memset(s, 0, sizeof *s);
	s->command = c->name;
	s->file = argv + 1;
	for (int i = 1; i < argc; i++) {
		char *a = argv[i];
		if (open && strcmp(a, "--") == 0)
			open = false;
		else if (!open || a[0] != '-' || a[1] == 0 || (words && (s->files || s->db) && a[1] != '-'))
			s->file[s->files++] = a;
		else if (!one(c, argc, argv, &i, s))
			return false;
	}
	return true;
}

void args_each(const struct command *c, void (*each)(void *ctx, const char *name, const char *what),
	       void *ctx)
{
	char name[64];
	for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
		const struct option *o = &options[i];
		if (!takes(c, o))
			continue;
		snprintf(name, sizeof name, "--%s%s%s", o->name, o->value ? " " : "",
			 o->value ? o->value : "");
		each(ctx, name, o->what);
	}
}

static void line(void *ctx, const char *name, const char *what)
{
	int width = 20;
	for (const char *p = name; *p; p++)
		width += (*p & 0xc0) == 0x80; /* bytes that take no column */
	fprintf(ctx, "  %-*s %s\n", width, strcmp(name, "--jobs N") == 0 ? "-j, --jobs N" : name, what);
}

void args_help(const struct command *c, FILE *to)
{
	fprintf(to, "%s\n\nexamples:\n", c->what);
	for (const char *p = c->examples ? c->examples : ""; *p;) {
		size_t n = strcspn(p, "\n");
		fprintf(to, "  %.*s\n", (int)n, p);
		p += n + (p[n] != 0);
	}
	fprintf(to, "\nusage: khabar %s\n", c->usage);
	args_each(c, line, to);
	fprintf(to, "\nstatus: 0 all, 1 nothing found, 2 usage, 3 some failed, 4 all failed\n");
}
