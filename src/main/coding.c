/* One coding process: batches from a queue, stories into records, records into the store, which a
 * thread does beside it. It asks for more time while it is at it, and on SIGTERM ends after the
 * batch in hand. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "work.h"

struct coding {
	const struct settings *s;
	struct slot *slot;
	struct kh_bus *bus;
	khabar_worker *worker;
	struct buf out;
	struct kh_bus_story *story; /* in hand */
	struct storing storing;
	struct tally {
		unsigned long stories, reports, failed;
	} tally; /* what the batch that is being stored adds to the counters */
	double held, stopped;
	int lease;
	bool told, broker;
};

void work_say(const char *line)
{
	fprintf(stderr, "khabar %s\n", line);
}

static void lost(struct kh_bus_story *s, uint64_t at, const char *what)
{
	snprintf(s->error, sizeof s->error, "byte %llu: %.160s", (unsigned long long)at, what);
}

/* One story into lines, as khabar code --stories prints them. */
static bool code_one(void *ctx, const struct record *r)
{
	struct coding *c = ctx;
	const khabar_doc *doc;
	khabar_error err;
	if (khabar_read(c->worker, &r->input, &doc, &err) != 0) {
		lost(c->story, r->at + err.at, err.what);
		return true;
	}
	c->story->stories = (int)doc->n_stories;
	c->story->reports = (int)doc->n_reports;
	story_lines(doc, &c->out);
	return true;
}

static void code_story(struct coding *c, struct kh_bus_story *s)
{
	c->story = s;
	if (s->error[0])
		return;
	if (s->kind == KH_BUS_LINE || s->kind == KH_BUS_LINE_PAGE) {
		struct reading r = {.pages = s->kind == KH_BUS_LINE_PAGE};
		read_line(s->file, s->bytes, s->at, &r, code_one, c);
		if (r.bad)
			lost(s, r.why_at, r.why);
		return;
	}
	struct record r = {.file = s->file, .at = s->at};
	r.input = (khabar_input){.bytes = s->bytes,
				 .kind = s->kind,
				 .id = s->told[0],
				 .title = s->told[1],
				 .url = s->told[2],
				 .source = s->told[3],
				 .charset = s->told[4],
				 .published = s->told[5],
				 .file = {s->file, strlen(s->file)}};
	code_one(c, &r);
}

/* Asks for more time before the lease ends; false: told to stop, and it is time to give back. */
static bool go_on(struct coding *c, struct kh_bus_batch *b)
{
	double now = main_clock();
	atomic_store(&c->slot->seen, (long long)now);
	if (now - c->held > c->lease / 3.0) {
		c->held = now;
		kh_bus_hold(c->bus, b);
	}
	if (!work_stop)
		return true;
	c->stopped = c->stopped > 0 ? c->stopped : now;
	return work_stop == 1 && now - c->stopped < c->lease / 2.0;
}

static struct tally tally(const struct kh_bus_batch *b)
{
	struct tally t = {0, 0, 0};
	for (unsigned i = 0; i < b->n; i++) {
		bool bad = b->story[i].error[0] != 0;
		t.failed += bad;
		t.stories += !bad;
		t.reports += bad ? 0 : (unsigned long)b->story[i].reports;
	}
	return t;
}

static void count(struct coding *c, const struct tally *t)
{
	atomic_fetch_add(&c->slot->batches, 1);
	atomic_fetch_add(&c->slot->stories, t->stories);
	atomic_fetch_add(&c->slot->reports, t->reports);
	atomic_fetch_add(&c->slot->failed, t->failed);
}

/* The end of the batch that is being stored; false: the store is gone for good. *again: it was
 * given back, for someone to take. */
static bool settle(struct coding *c, bool *again)
{
	*again = false;
	if (!c->storing.given)
		return true;
	int r = storing_wait(&c->storing);
	if (r == 0)
		count(c, &c->tally);
	if (r == 1) {
		*again = true;
		atomic_fetch_add(&c->slot->again, 1);
		fprintf(stderr, "khabar worker: batch %lld was refused: %s\n",
			(long long)atomic_load(&c->slot->storing), kh_bus_why(c->storing.bus));
	}
	if (r < 0)
		fprintf(stderr, "khabar worker: %s\n", kh_bus_why(c->storing.bus));
	atomic_store(&c->slot->storing, 0);
	return r >= 0;
}

/* The stories of a batch into c->out; 1, 0: it was given back, -1: and that failed. */
static int code_stories(struct coding *c, struct kh_bus_batch *b)
{
	size_t *at = calloc(b->n + 1, sizeof *at);
	if (!at)
		abort(); /* as all buffers here do: the one that watches starts it again */
	c->out.n = 0;
	for (unsigned i = 0; i < b->n; i++) {
		if (!go_on(c, b)) {
			free(at);
			return kh_bus_back(c->bus, b, NULL) == 0 ? 0 : -1;
		}
		code_story(c, &b->story[i]);
		at[i + 1] = c->out.n;
	}
	for (unsigned i = 0; i < b->n; i++)
		b->story[i].record = (khabar_str){c->out.p + at[i], at[i + 1] - at[i]};
	free(at);
	return 1;
}

/* One batch; false: the queue or the store is gone for good. */
static bool code_batch(struct coding *c, struct kh_bus_batch *b)
{
	bool again;
	c->held = main_clock();
	atomic_store(&c->slot->batch, b->id);
	int r = code_stories(c, b);
	if (r < 0)
		fprintf(stderr, "khabar worker: %s\n", kh_bus_why(c->bus));
	if (r == 1 && settle(c, &again)) {
		c->tally = tally(b);
		atomic_store(&c->slot->storing, b->id);
		storing_give(&c->storing, b, &c->out);
	} else if (r != 0) {
		return false;
	}
	atomic_store(&c->slot->foreign, (unsigned long)kh_bus_foreign(c->bus));
	atomic_store(&c->slot->batch, 0);
	return true;
}

/* What a process that died had in hand is free at once. It died of what it was coding; a batch that was
 * being stored meanwhile is no suspect. */
static void free_leases(struct coding *c)
{
	long long coded = atomic_load(&c->slot->batch), stored = atomic_load(&c->slot->storing);
	if (stored && stored != coded && kh_bus_free_lease(c->bus, stored, !coded) == 0)
		atomic_store(&c->slot->storing, 0);
	if (coded && kh_bus_free_lease(c->bus, coded, true) == 0)
		atomic_store(&c->slot->batch, 0);
	if (stored == coded)
		atomic_store(&c->slot->storing, 0); /* it died on the way from one hand to the other */
}

static void idle(struct coding *c)
{
	unsigned behaviour = 0;
	long n = c->told ? 0 : kh_bus_others(c->bus, &behaviour);
	if (n > 0)
		fprintf(stderr,
			"khabar worker: %ld batches wait for a model of behaviour %u; this one "
			"leaves them\n",
			n, behaviour);
	c->told = c->told || n > 0;
}

/* Nothing came; true: nothing will, with --once. */
static bool none_left(struct coding *c, bool again)
{
	if (!again)
		idle(c);
	return c->s->once && !again;
}

static int loop(struct coding *c)
{
	struct kh_bus_batch b;
	bool again = false;
	free_leases(c);
	while (!work_stop) {
		atomic_store(&c->slot->seen, (long long)main_clock());
		int r = kh_bus_take(c->bus, &b, c->s->once ? (c->broker ? 1500 : 300) : 5000);
		if (r < 0 && work_stop)
			break;
		if (r < 0)
			fprintf(stderr, "khabar worker: %s\n", kh_bus_why(c->bus));
		if (r < 0 || (r == 1 && !code_batch(c, &b)) || (r == 0 && !settle(c, &again)))
			return EXIT_NONE;
		if (r == 0 && none_left(c, again))
			break;
	}
	if (!settle(c, &again))
		return EXIT_NONE;
	return atomic_load(&c->slot->failed) ? EXIT_SOME : EXIT_ALL;
}

int work_on(const struct settings *s, struct slot *slot, unsigned number)
{
	struct coding c = {.s = s, .slot = slot};
	struct kh_bus_options o;
	struct settings own = *s;
	char host[64] = "", name[120];
	khabar_model *m = main_model_open();
	int status = EXIT_NONE;
	if (!m || !work_options(&own, m, &o))
		return m ? EXIT_USAGE : EXIT_NONE;
	gethostname(host, sizeof host - 1);
	snprintf(name, sizeof name, "%s/%ld/%u", host, (long)getpid(), number);
	o.worker = name;
	o.takes = true;
	c.lease = o.lease;
	c.broker = strncmp(o.queue, "pg:", 3) != 0; /* whose messages take a while */
	if (kh_bus_open(&c.bus, &o) != 0)
		fprintf(stderr, "khabar worker: %s\n", kh_bus_why(c.bus));
	else if (storing_open(&c.storing, &o) != 0)
		fprintf(stderr, "khabar worker: %s\n", kh_bus_why(c.storing.bus));
	else if (khabar_worker_new(&c.worker, m, NULL) != 0)
		fprintf(stderr, "khabar worker: out of memory\n");
	else
		status = loop(&c);
	khabar_worker_free(c.worker);
	storing_close(&c.storing);
	kh_bus_close(c.bus);
	buf_free(&c.out);
	khabar_model_close(m);
	return status;
}
