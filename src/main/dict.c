/* khabar dict: a user's own dictionaries. import: foreign files into a data folder. check: the
 * folder's syntax. test: a file of sentences with what must come out of them. diff: what the folder
 * changes in texts. */
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "import.h"
#include "main.h"
#include "overlay.h"

static int usage(void)
{
	fprintf(stderr, "khabar dict: import FILE… --data DIR, check DIR, test DIR FILE…, or "
			"diff DIR FILE… was expected (khabar help dict)\n");
	return EXIT_USAGE;
}

static int import(struct settings *s)
{
	static const char *const kind[] = {"", "actors", "agents", "verbs", "discards"};
	pack_keeps();
	struct import *m = calloc(1, sizeof *m);
	enum import_kind as = IMPORT_GUESS;
	if (!m || !s->data || s->files < 2) {
		free(m);
		return usage();
	}
	m->folder = s->data;
	m->lenient = s->lenient;
	m->weis = s->scheme && strncmp(s->scheme, "weis", 4) == 0;
	const char *comma = s->scheme ? strchr(s->scheme, ',') : NULL;
	if (s->scheme && !m->weis && strncmp(s->scheme, "cameo", 5) != 0) {
		fprintf(stderr, "khabar dict: --codes cameo or weis was expected, and behind a "
				"comma a file of one's own\n");
		free(m);
		return EXIT_USAGE;
	}
	if (comma && import_codes(m, comma + 1) != 0) {
		free(m);
		return EXIT_NONE;
	}
	for (unsigned k = IMPORT_ACTORS; s->kind && k <= IMPORT_DISCARDS; k++)
		if (strcmp(s->kind, kind[k]) == 0)
			as = (enum import_kind)k;
	if (s->kind && as == IMPORT_GUESS) {
		fprintf(stderr, "khabar dict: --kind actors, agents, verbs or discards was "
				"expected\n");
		free(m);
		return EXIT_USAGE;
	}
	for (int i = 1; i < s->files; i++)
		import_file(m, s->file[i], as);
	int bad = import_write(m);
	if (m->errors)
		fprintf(stderr, "khabar dict: %u mistake%s; nothing is written\n", m->errors,
			m->errors == 1 ? "" : "s");
	else if (!bad)
		printf("%s: %u entries, %u patterns; %u names stood again and the first counts, "
		       "%u rows say nothing here, %u mistakes left out\n",
		       m->folder, m->entries, m->patterns, m->repeated, m->skipped, m->told);
	free(m);
	return bad ? EXIT_NONE : EXIT_ALL;
}

/* Does the folder pack? Mistakes are told. */
static int check(struct settings *s)
{
	if (s->files != 2)
		return usage();
	khabar_model *m = main_model_with(s->file[1], true);
	if (!m)
		return EXIT_NONE;
	khabar_model_close(m);
	printf("%s: no mistakes\n", s->file[1]);
	return EXIT_ALL;
}

/* ---- reports of a text as lines --------------------------------------- */

struct reports {
	char *line[4096];
	unsigned n;
};

static void text_of(json_object *list, char *to, size_t room)
{
	size_t n = 0;
	to[0] = 0;
	for (size_t i = 0; list && i < json_object_array_length(list); i++) {
		json_object *a = json_object_array_get_idx(list, i), *sectors, *country, *words;
		json_object_object_get_ex(a, "sectors", &sectors);
		json_object_object_get_ex(a, "country", &country);
		json_object_object_get_ex(a, "text", &words);
		n += (size_t)snprintf(to + (n < room ? n : room), n < room ? room - n : 0,
				      "%s%s %s", i ? ", " : "",
				      words ? json_object_get_string(words) : "",
				      country ? json_object_get_string(country) : "");
		for (size_t k = 0; sectors && k < json_object_array_length(sectors); k++)
			n += (size_t)snprintf(
				to + (n < room ? n : room), n < room ? room - n : 0, " %s",
				json_object_get_string(json_object_array_get_idx(sectors, k)));
	}
}

/* "ASSAULT 190 | Rebels SDN REB -> the town" */
static void take(struct reports *r, const khabar_doc *doc, uint32_t i)
{
	size_t need = khabar_write_report(doc, i, NULL, 0);
	char *json = malloc(need + 1), actor[512], recipient[512];
	if (!json || r->n == sizeof r->line / sizeof *r->line) {
		free(json);
		return;
	}
	khabar_write_report(doc, i, json, need);
	json[need] = 0;
	json_object *o = json_tokener_parse(json), *event, *cameo, *from, *to;
	json_object_object_get_ex(o, "event", &event);
	json_object_object_get_ex(o, "cameo", &cameo);
	json_object_object_get_ex(o, "actors", &from);
	json_object_object_get_ex(o, "recipients", &to);
	text_of(from, actor, sizeof actor);
	text_of(to, recipient, sizeof recipient);
	char line[1200];
	snprintf(line, sizeof line, "%s %s | %s -> %s", event ? json_object_get_string(event) : "",
		 cameo ? json_object_get_string(cameo) : "", actor, recipient);
	r->line[r->n++] = strdup(line);
	json_object_put(o);
	free(json);
}

static void code(khabar_worker *w, const khabar_input *in, struct reports *r)
{
	const khabar_doc *doc;
	khabar_error err;
	if (khabar_read(w, in, &doc, &err) != 0)
		return;
	for (uint32_t i = 0; i < doc->n_reports; i++)
		take(r, doc, i);
}

static void clear(struct reports *r)
{
	for (unsigned i = 0; i < r->n; i++)
		free(r->line[i]);
	r->n = 0;
}

/* ---- test ------------------------------------------------------------- */

/* Each blank-separated word of `want` must stand in one report's line. */
static bool holds(const struct reports *r, const char *want)
{
	for (unsigned i = 0; i < r->n; i++) {
		char copy[512], *rest = copy, *word;
		bool all = true;
		snprintf(copy, sizeof copy, "%s", want);
		while (all && (word = strsep(&rest, " \t")))
			all = !word[0] || strstr(r->line[i], word);
		if (all)
			return true;
	}
	return false;
}

/* "+ SENTENCE" with lines of words behind it that one report must hold; "- SENTENCE" without one.
 */
static unsigned test_file(khabar_worker *w, const char *path, unsigned *n)
{
	FILE *f = fopen(path, "r");
	char line[4096], sentence[4096] = "";
	struct reports r = {.n = 0};
	unsigned failed = 0, at = 0;
	if (!f) {
		fprintf(stderr, "khabar: %s: cannot be read\n", path);
		return 1;
	}
	while (fgets(line, sizeof line, f)) {
		at++;
		line[strcspn(line, "\r\n")] = 0;
		bool plus = line[0] == '+', minus = line[0] == '-';
		const char *words =
			line + (plus || minus ? 1 : 0) + strspn(line + (plus || minus), " \t");
		if (plus || minus) {
			khabar_input in = {.bytes = {words, strlen(words)}};
			clear(&r);
			snprintf(sentence, sizeof sentence, "%s", words);
			code(w, &in, &r);
			*n += minus;
			if (minus && r.n) {
				printf("%s:%u: no report was expected: %s\n", path, at, r.line[0]);
				failed++;
			}
		} else if (words[0] && words[0] != '#' && sentence[0]) {
			++*n;
			if (!holds(&r, words)) {
				printf("%s:%u: expected %s: %s\n", path, at, words, sentence);
				for (unsigned i = 0; i < r.n; i++)
					printf("\tcame out: %s\n", r.line[i]);
				failed++;
			}
		}
	}
	clear(&r);
	fclose(f);
	return failed;
}

static int test(struct settings *s)
{
	unsigned failed = 0, n = 0;
	if (s->files < 3)
		return usage();
	khabar_model *m = main_model_with(s->file[1], false);
	khabar_worker *w = NULL;
	if (!m || khabar_worker_new(&w, m, NULL) != 0)
		return EXIT_NONE;
	for (int i = 2; i < s->files; i++)
		failed += test_file(w, s->file[i], &n);
	printf("%u examples, %u failed\n", n, failed);
	khabar_worker_free(w);
	khabar_model_close(m);
	return failed ? EXIT_SOME : EXIT_ALL;
}

/* ---- diff ------------------------------------------------------------- */

struct diff {
	khabar_worker *old, *new;
	unsigned long gone, came, stories;
};

static bool has(const struct reports *r, const char *line)
{
	for (unsigned i = 0; i < r->n; i++)
		if (strcmp(r->line[i], line) == 0)
			return true;
	return false;
}

static bool differ(void *ctx, const struct record *r)
{
	struct diff *d = ctx;
	struct reports a = {.n = 0}, b = {.n = 0};
	code(d->old, &r->input, &a);
	code(d->new, &r->input, &b);
	d->stories++;
	for (unsigned i = 0; i < a.n; i++)
		if (!has(&b, a.line[i])) {
			printf("%s:%llu: - %s\n", r->file, (unsigned long long)r->at, a.line[i]);
			d->gone++;
		}
	for (unsigned i = 0; i < b.n; i++)
		if (!has(&a, b.line[i])) {
			printf("%s:%llu: + %s\n", r->file, (unsigned long long)r->at, b.line[i]);
			d->came++;
		}
	clear(&a);
	clear(&b);
	return true;
}

static int diff(struct settings *s)
{
	struct diff d = {.stories = 0};
	struct reading reading;
	if (s->files < 3)
		return usage();
	khabar_model *old = main_model_open(), *new = old ? main_model_with(s->file[1], false) : NULL;
	if (!new || khabar_worker_new(&d.old, old, NULL) != 0 ||
	    khabar_worker_new(&d.new, new, NULL) != 0 || !reading_from(s, &reading))
		return EXIT_NONE;
	for (int i = 2; i < s->files; i++)
		read_file(s->file[i], &reading, differ, &d);
	printf("%lu stories: %lu reports gone, %lu new\n", d.stories, d.gone, d.came);
	khabar_worker_free(d.old);
	khabar_worker_free(d.new);
	khabar_model_close(new);
	khabar_model_close(old);
	return d.gone + d.came ? EXIT_NOTHING : EXIT_ALL;
}

int main_dict(struct settings *s)
{
	static const struct {
		const char *name;
		int (*run)(struct settings *);
	} verb[] = {{"import", import}, {"check", check}, {"test", test}, {"diff", diff}};
	for (size_t i = 0; s->files && i < sizeof verb / sizeof *verb; i++)
		if (strcmp(s->file[0], verb[i].name) == 0)
			return verb[i].run(s);
	return usage();
}
