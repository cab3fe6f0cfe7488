/* khabar serve DB and khabar review DB: the page, on this machine only, until it is interrupted.
 * In: a store. Out: the page's address on standard output; agreement and examples without a page.
 */
#include <json-c/json.h>
#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "rows.h"
#include "store/review.h"
#include "view/view.h"

static char *explain(void *ctx, const char *story, const char *id)
{
	return ctx ? stored_explain(ctx, story, id) : NULL;
}

static void figure(double v, const char *form)
{
	if (isnan(v))
		printf("  %8s", "-");
	else
		printf(form, v);
}

static int agreement(struct kh_store *st, bool json)
{
	struct kh_agreement a;
	if (kh_review_agreement(st, &a) != 0)
		return rows_fail(st);
	if (!json)
		printf("%d reports judged by two or more of %d coders\n%-12s  %8s  %8s  %8s\n",
		       a.reports, a.coders, "field", "percent", "kappa", "alpha");
	for (int i = 0; i < KH_REVIEW_FIELDS; i++) {
		printf(json ? "{\"field\":\"%s\"" : "%-12s", a.field[i].name);
		if (json) {
			printf(",\"values\":%d", a.field[i].values);
			if (!isnan(a.field[i].percent))
				printf(",\"percent\":%.1f", a.field[i].percent);
			if (!isnan(a.field[i].kappa))
				printf(",\"kappa\":%.3f", a.field[i].kappa);
			if (!isnan(a.field[i].alpha))
				printf(",\"alpha\":%.3f", a.field[i].alpha);
			puts("}");
			continue;
		}
		figure(a.field[i].percent, "  %8.1f");
		figure(a.field[i].kappa, "  %8.3f");
		figure(a.field[i].alpha, "  %8.3f");
		putchar('\n');
	}
	if (!json && a.sample)
		printf("random sample: %d of %d right, %.1f %% (95 %% interval %.1f to %.1f)\n",
		       a.sample_good, a.sample, 100.0 * a.sample_good / a.sample, 100 * a.low,
		       100 * a.high);
	return a.reports || a.sample ? EXIT_ALL : EXIT_NOTHING;
}

/* Until somebody interrupts; the signals are blocked in all threads before the server starts. */
static void wait_for_end(const sigset_t *set)
{
	int got;
	sigwait(set, &got);
}

static int serve(struct kh_store *st, const struct settings *s, const char *coder, bool review)
{
	sigset_t set;
	const char *why;
	struct stored_model *m = stored_model_open();
	struct kh_view_options o = {.store = st,
				    .path = kh_store_name(st),
				    .coder = review ? coder : NULL,
				    .who = coder,
				    .port = (unsigned)s->port,
				    .explain = m ? explain : NULL,
				    .ctx = m};
	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
	struct kh_view *v = kh_view_start(&o, &why);
	int status = EXIT_NONE;
	if (!v)
		fprintf(stderr, "khabar %s: port %d: %s\n", s->command, s->port, why);
	else if (puts(kh_view_url(v)), (status = main_flush(EXIT_ALL)) == EXIT_ALL) {
		if (!kh_view_has_page())
			fputs("khabar: built without npm, so the page itself is not in it; the "
			      "addresses under /api are\n",
			      stderr);
		fputs("open this address in a browser on this machine; Ctrl-C ends it\n", stderr);
		wait_for_end(&set);
	}
	kh_view_stop(v);
	stored_model_close(m);
	return status;
}

static int run(struct settings *s, bool review)
{
	int status;
	const char *coder = s->coder ? s->coder : getenv("USER");
	struct kh_store *st = rows_open(s, &status);
	if (!st)
		return status;
	coder = coder && *coder ? coder : "coder";
	if (s->files) {
		fprintf(stderr, "khabar %s: one database is served\n", s->command);
		status = EXIT_USAGE;
	} else if (review && s->agreement) {
		status = agreement(st, s->json);
	} else if (review && s->examples) {
		long n = kh_review_examples(st, stdout);
		status = n < 0 ? rows_fail(st) : n ? EXIT_ALL : EXIT_NOTHING;
	} else if (s->port > 65535) {
		fprintf(stderr, "khabar %s: not a port: %d\n", s->command, s->port);
		status = EXIT_USAGE;
	} else {
		if (kh_store_link(st, false) != 0) /* another process writes: shown as they are */
			rows_fail(st);
		if (!s->address)
			kh_store_run(st, "pragma mmap_size = 1073741824");
		status = serve(st, s, coder, review);
	}
	kh_store_close(st);
	return status;
}

int main_serve(struct settings *s)
{
	return run(s, false);
}

int main_review(struct settings *s)
{
	return run(s, true);
}
