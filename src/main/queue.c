/* khabar queue put | status | reconcile | failed | results: the ledger of a queue. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/store.h"
#include "store/tape.h"
#include "work.h"

struct queue {
	struct settings *s;
	struct kh_bus *bus;
	struct reading reading;
	struct progress progress;
	struct kh_bus_put put;
	int batch;
	bool broken;
};

bool work_options(struct settings *s, khabar_model *m, struct kh_bus_options *o)
{
	if (!s->queue || !s->queue[0])
		s->queue = getenv("KHABAR_QUEUE");
	if (!s->ledger || !s->ledger[0])
		s->ledger = getenv("KHABAR_STORE");
	if (!s->queue || !s->queue[0]) {
		fprintf(stderr,
			"khabar %s: --queue is needed, or $KHABAR_QUEUE: pg:DSN or "
			"nats://HOST/STREAM\n",
			s->command);
		return false;
	}
	*o = (struct kh_bus_options){.queue = s->queue,
				     .store = s->ledger && s->ledger[0] ? s->ledger : NULL,
				     .lease = s->lease ? s->lease : 60,
				     .tries = s->tries,
				     .patience = s->patience,
				     .replicas = s->replicas,
				     .insecure = s->insecure,
				     .stop = &work_stop,
				     .say = work_say};
	o->behaviour = m ? khabar_model_about(m).behaviour : 0;
	return true;
}

/* The DSNs out of the arguments, which all users can see; there their passwords are painted over.
 */
void work_hide(struct settings *s)
{
	const char **const of[] = {&s->queue, &s->ledger};
	for (int i = 0; i < 2; i++) {
		char *told = (char *)(uintptr_t)*of[i]; /* of main's argv or the environment */
		*of[i] = told ? strdup(told) : NULL;
		kh_store_hide(told);
	}
}

void work_free(struct settings *s)
{
	free((void *)(uintptr_t)s->queue);
	free((void *)(uintptr_t)s->ledger);
}

static int broken(struct queue *q)
{
	fprintf(stderr, "khabar queue: %s\n", kh_bus_why(q->bus));
	return EXIT_NONE;
}

/* ---- put ------------------------------------------------------------------------ */

static bool put_one(void *ctx, const struct record *r)
{
	struct queue *q = ctx;
	bool line = r->line.n > 0;
	const khabar_input *in = &r->input;
	struct kh_bus_story s = {.bytes = line ? r->line : in->bytes,
				 .file = r->file,
				 .at = r->at,
				 .reference = q->s->reference,
				 .kind = !line	       ? in->kind
					 : q->s->pages ? KH_BUS_LINE_PAGE
						       : KH_BUS_LINE};
	if (!line) {
		const khabar_str told[KH_BUS_TOLD] = {in->id,	  in->title,   in->url,
						      in->source, in->charset, in->published};
		memcpy(s.told, told, sizeof told);
	}
	q->broken = kh_bus_put(q->bus, &s, q->batch, &q->put) != 0;
	progress_step(&q->progress, q->reading.bytes, (unsigned long)q->put.stories, 0);
	return !q->broken;
}

/* A file that is packed has no byte range to refer to. */
static bool plain(const struct settings *s)
{
	unsigned char first[4];
	for (int i = 1; s->reference && i < s->files; i++) {
		FILE *f = strcmp(s->file[i], "-") == 0 ? NULL : fopen(s->file[i], "rb");
		size_t n = f ? fread(first, 1, sizeof first, f) : 0;
		if (f)
			fclose(f);
		bool packed = n >= 2 && ((first[0] == 0x1f && first[1] == 0x8b) ||
					 memcmp(first, "\x28\xb5\x2f\xfd", n < 4 ? n : 4) == 0);
		if (!f || packed || s->file[i][0] != '/') {
			fprintf(stderr,
				"khabar queue: %s: by reference only plain files can be put, with "
				"their full path\n",
				s->file[i]);
			return false;
		}
	}
	return true;
}

static int put(struct queue *q)
{
	struct settings files = *q->s;
	files.file++;
	files.files--;
	if (!plain(q->s) || !reading_from(q->s, &q->reading))
		return EXIT_USAGE;
	q->reading.lines = true;
	progress_begin(&q->progress, &files);
	read_all(&files, &q->reading, put_one, q);
	progress_end(&q->progress);
	if (q->broken || kh_bus_put_end(q->bus, q->batch, &q->put) != 0)
		return broken(q);
	if (q->s->summary || isatty(STDERR_FILENO))
		fprintf(stderr, "{\"stories\":%ld,\"known\":%ld,\"batches\":%ld,\"failed\":%lu}\n",
			q->put.stories, q->put.known, q->put.batches, q->reading.bad);
	return main_status((unsigned long)(q->put.stories + q->put.known), q->reading.bad,
			   q->put.stories + q->put.known > 0);
}

/* ---- the others ------------------------------------------------------------------- */

static int status(struct queue *q)
{
	struct kh_bus_status s;
	if (kh_bus_status(q->bus, &s) != 0)
		return broken(q);
	if (q->s->json)
		printf("{\"behaviour\":%u,\"waiting\":%lld,\"leased\":%lld,\"done\":%lld,"
		       "\"failed\":%lld,\"stories_open\":%lld,\"stories_done\":%lld,"
		       "\"stories_failed\":%lld,\"stories_per_second\":%.1f,\"oldest\":%.0f",
		       s.behaviour, s.waiting, s.leased, s.done, s.failed, s.stories_open,
		       s.stories_done, s.failures, s.per_second, s.oldest);
	else
		printf("behaviour  %u\nwaiting    %lld batches\nleased     %lld\ndone       %lld\n"
		       "failed     %lld\nstories    %lld open, %lld done, %lld failed\n"
		       "rate       %.1f stories a second in the last minute\n",
		       s.behaviour, s.waiting, s.leased, s.done, s.failed, s.stories_open,
		       s.stories_done, s.failures, s.per_second);
	if (!q->s->json && s.oldest >= 0)
		printf("oldest     %.0f s\n", s.oldest);
	if (s.queued >= 0)
		printf(q->s->json ? ",\"queued\":%lld" : "queued     %lld messages\n", s.queued);
	if (q->s->json)
		printf("}\n");
	return EXIT_ALL;
}

static int reconcile(struct queue *q)
{
	struct kh_bus_mend m;
	if (kh_bus_reconcile(q->bus, q->batch, &m) != 0)
		return broken(q);
	printf("{\"lost\":%lld,\"freed\":%lld,\"published\":%lld}\n", m.lost, m.freed, m.published);
	return EXIT_ALL;
}

static void failed_one(void *ctx, const char *file, long long at, long long bytes, int tries,
		       const char *error)
{
	const struct settings *s = ctx;
	if (s->json) {
		printf("{\"file\":\"");
		for (const char *p = file; *p; p++) {
			if ((unsigned char)*p < 0x20 || *p == '"' || *p == '\\')
				printf("\\u%04x", (unsigned char)*p);
			else
				putchar(*p);
		}
		printf("\",\"span\":[%lld,%lld],\"tries\":%d,\"error\":\"", at, at + bytes, tries);
		for (const char *p = error; *p; p++)
			if ((unsigned char)*p >= 0x20 && *p != '"' && *p != '\\')
				putchar(*p);
		printf("\"}\n");
	} else {
		printf("%s: bytes %lld to %lld: %s (tried %d times)\n", file, at, at + bytes, error,
		       tries);
	}
}

static int failed(struct queue *q)
{
	long n = q->s->retry ? kh_bus_retry(q->bus) : kh_bus_failed(q->bus, failed_one, q->s);
	if (n < 0)
		return broken(q);
	if (q->s->retry)
		printf("{\"retried\":%ld}\n", n);
	return n ? EXIT_ALL : EXIT_NOTHING;
}

/* Is `event` one of a list split by commas? */
static bool among(const char *list, const char *event)
{
	size_t n = strlen(event);
	for (const char *p = list; (p = strstr(p, event)) != NULL; p += n)
		if ((p == list || p[-1] == ',') && (p[n] == ',' || p[n] == 0))
			return n > 0;
	return false;
}

/* Is it of the part that was asked for? `published`: of its story. */
static bool wanted(const struct settings *s, kh_tape_at *r, const char *published)
{
	const char *event = kh_tape_word(r, "event"), *home = kh_store_home(r);
	const char *day = kh_tape_word(kh_tape_get(r, "time"), "begin");
	int n;
	day = kh_store_day(day, &n) ? day : published;
	if (s->event && !(event && among(s->event, event)))
		return false;
	if (s->country && !among(s->country, home[0] ? home : "none"))
		return false;
	return (!s->since || (day && strncmp(day, s->since, 10) >= 0)) &&
	       (!s->until || (day && strncmp(day, s->until, 10) <= 0));
}

/* Bytes of the line, after what separates them from those before. */
static void piece(const char *line, uint32_t from, uint32_t to, const char *before)
{
	fputs(before, stdout);
	fwrite(line + from, 1, to - from, stdout);
}

/* A story with only its reports of some parts; nothing when it has none of them. */
static void part(struct kh_tape *t, const char *line, size_t n, const struct settings *s)
{
	size_t wrong;
	bool any = false;
	kh_tape_at *o = kh_tape_read(t, line, n, &wrong) == KH_TAPED ? t->value : NULL;
	kh_tape_at *all = kh_tape_get(o, "reports");
	const char *published = kh_tape_word(o, "published");
	for (kh_tape_at *r = kh_tape_first(all); r && !any; r = kh_tape_next(all, r))
		any = wanted(s, r, published);
	if (!any)
		return;
	for (kh_tape_at *v = kh_tape_first(o); v; v = kh_tape_next(o, v)) {
		const char *before = "";
		piece(line, v->at, v == all ? v->from : v->to, v == o + 1 ? "{" : ",");
		for (kh_tape_at *r = v == all ? kh_tape_first(all) : NULL; r;
		     r = kh_tape_next(all, r)) {
			if (!wanted(s, r, published))
				continue;
			piece(line, r->from, r->to, *before ? before : "[");
			before = ",";
		}
		if (v == all)
			putchar(']');
	}
	puts("}");
}

static bool result(void *ctx, const char *lines, size_t n)
{
	const struct settings *s = ctx;
	if (!s->event && !s->country && !s->since && !s->until)
		return fwrite(lines, 1, n, stdout) == n;
	struct kh_tape t = {0};
	for (size_t at = 0; at < n;) {
		const char *nl = memchr(lines + at, '\n', n - at);
		size_t k = nl ? (size_t)(nl - lines) - at : n - at;
		part(&t, lines + at, k, s);
		at += k + 1;
	}
	kh_tape_free(&t);
	return !ferror(stdout);
}

static int results(struct queue *q)
{
	long n = kh_bus_results(q->bus, result, q->s);
	return n < 0 ? broken(q) : n ? EXIT_ALL : EXIT_NOTHING;
}

static const struct verb {
	const char *name;
	int (*run)(struct queue *q);
	bool make, files;
} verbs[] = {
	{"put", put, true, true},
	{"status", status, false, false},
	{"reconcile", reconcile, false, false},
	{"failed", failed, false, false},
	{"results", results, false, false},
};

static const struct verb *verb_of(const struct settings *s)
{
	for (size_t i = 0; s->files && i < sizeof verbs / sizeof *verbs; i++)
		if (strcmp(s->file[0], verbs[i].name) == 0 && (verbs[i].files || s->files == 1))
			return &verbs[i];
	fprintf(stderr, "khabar queue: put FILE…, status, reconcile, failed or results? (khabar "
			"help queue)\n");
	return NULL;
}

int main_queue(struct settings *s)
{
	struct queue q = {.s = s, .batch = s->batch ? s->batch : 200};
	struct kh_bus_options o;
	const struct verb *v = verb_of(s);
	khabar_model *m = v ? main_model_open() : NULL;
	if (!v)
		return EXIT_USAGE;
	if (!m || !work_options(s, m, &o)) {
		khabar_model_close(m);
		return m ? EXIT_USAGE : EXIT_NONE;
	}
	work_hide(s);
	o.queue = s->queue;
	o.store = s->ledger;
	o.make = v->make;
	o.patience = s->patience ? s->patience : 20;
	int status = EXIT_NONE;
	if (kh_bus_open(&q.bus, &o) != 0)
		broken(&q);
	else
		status = v->run(&q);
	kh_bus_close(q.bus);
	khabar_model_close(m);
	work_free(s);
	return status;
}
