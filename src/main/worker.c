/* khabar worker: watches over coding processes. One that dies is started again, so that a story
 * that kills its coder takes nothing else with it; what it had in hand is free at once. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bus/http.h"
#include "work.h"

enum { MAX_PROCESSES = 256, STALE = 90 /* seconds without a sign of life */ };

struct watch {
	struct settings *s;
	struct slot *slot;
	unsigned n, alive;
	unsigned long restarts;
	double began;
	int status;
};

volatile sig_atomic_t work_stop;

static void asked(int sig)
{
	(void)sig;
	work_stop = work_stop < 100 ? work_stop + 1 : 100;
}

static void listen_to_signals(bool child)
{
	struct sigaction a = {.sa_handler = asked};
	sigaction(SIGTERM, &a, NULL);
	a.sa_handler = child ? SIG_IGN : asked; /* ^C goes to all; the parent passes it on once */
	sigaction(SIGINT, &a, NULL);
	signal(SIGPIPE, SIG_IGN);
}

static void start(struct watch *w, unsigned i)
{
	pid_t parent = getpid();
	w->slot[i].born = main_clock();
	atomic_store(&w->slot[i].seen, (long long)w->slot[i].born);
	fflush(stderr);
	pid_t pid = fork();
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (getppid() != parent)
			_exit(EXIT_NONE);
		listen_to_signals(true);
		_exit(work_on(w->s, &w->slot[i], i));
	}
	w->slot[i].pid = pid;
	w->alive += pid > 0;
	if (pid < 0)
		fprintf(stderr, "khabar worker: %s\n", strerror(errno));
}

static unsigned long sum(const struct watch *w, size_t field)
{
	unsigned long n = 0;
	for (unsigned i = 0; i < w->n; i++)
		n += atomic_load(
			(const _Atomic unsigned long *)(const void *)((const char *)&w->slot[i] +
								      field));
	return n;
}

static int metrics(const struct watch *w, char *to, size_t room)
{
	static const struct {
		const char *name, *what;
		size_t at;
	} counter[] = {
		{"batches", "Batches finished.", offsetof(struct slot, batches)},
		{"stories", "Stories coded and stored.", offsetof(struct slot, stories)},
		{"reports", "Reports in them.", offsetof(struct slot, reports)},
		{"failed_stories", "Stories that could not be coded.",
		 offsetof(struct slot, failed)},
		{"refused_batches", "Batches that the store refused.",
		 offsetof(struct slot, again)},
		{"foreign_messages", "Messages of others in the queue.",
		 offsetof(struct slot, foreign)},
	};
	size_t n = 0;
	for (size_t i = 0; i < sizeof counter / sizeof *counter; i++)
		n += (size_t)snprintf(to + n, room - n,
				      "# HELP khabar_worker_%s_total %s\n"
				      "# TYPE khabar_worker_%s_total counter\n"
				      "khabar_worker_%s_total %lu\n",
				      counter[i].name, counter[i].what, counter[i].name,
				      counter[i].name, sum(w, counter[i].at));
	snprintf(to + n, room - n,
		 "# HELP khabar_worker_restarts_total Coding processes started again.\n"
		 "# TYPE khabar_worker_restarts_total counter\nkhabar_worker_restarts_total %lu\n"
		 "# HELP khabar_worker_processes Coding processes.\n"
		 "# TYPE khabar_worker_processes gauge\nkhabar_worker_processes %u\n",
		 w->restarts, w->alive);
	return 200;
}

static int answer(void *ctx, const char *path, char *to, size_t room)
{
	const struct watch *w = ctx;
	if (strcmp(path, "/metrics") == 0)
		return metrics(w, to, room);
	if (strcmp(path, "/healthz") != 0)
		return 404;
	for (unsigned i = 0; i < w->n; i++)
		if (w->slot[i].pid <= 0 ||
		    main_clock() - (double)atomic_load(&w->slot[i].seen) > STALE) {
			snprintf(to, room, "process %u has stood still\n", i);
			return 503;
		}
	snprintf(to, room, work_stop ? "draining\n" : "ok\n");
	return work_stop ? 503 : 200;
}

/* A process ended: by itself that is its last word, by a signal it is started again. */
static void ended(struct watch *w, pid_t pid, int how)
{
	unsigned i = 0;
	while (i < w->n && w->slot[i].pid != pid)
		i++;
	if (i == w->n)
		return;
	w->alive--;
	w->slot[i].pid = 0;
	if (WIFSIGNALED(how) && !work_stop) {
		fprintf(stderr,
			"khabar worker: process %u died by signal %d and is started again\n", i,
			WTERMSIG(how));
		w->restarts++;
		if (main_clock() - w->slot[i].born < 0.2)
			kh_http_run(NULL, 500); /* no storm of processes */
		start(w, i);
	} else {
		int status = WIFEXITED(how) ? WEXITSTATUS(how) : EXIT_SOME;
		w->status = status > w->status ? status : w->status;
	}
}

static void watch(struct watch *w, struct kh_http *http)
{
	int passed = 0, how;
	for (unsigned i = 0; i < w->n; i++)
		start(w, i);
	while (w->alive) {
		pid_t pid;
		kh_http_run(http, 50);
		while ((pid = waitpid(-1, &how, WNOHANG)) > 0)
			ended(w, pid, how);
		for (unsigned i = 0; passed < work_stop && i < w->n; i++)
			if (w->slot[i].pid > 0)
				kill(w->slot[i].pid, SIGTERM);
		passed = work_stop;
	}
}

static void summary(const struct watch *w)
{
	fprintf(stderr,
		"{\"batches\":%lu,\"stories\":%lu,\"reports\":%lu,\"failed\":%lu,\"restarts\":%lu,"
		"\"seconds\":%.3f,\"status\":%d}\n",
		sum(w, offsetof(struct slot, batches)), sum(w, offsetof(struct slot, stories)),
		sum(w, offsetof(struct slot, reports)), sum(w, offsetof(struct slot, failed)),
		w->restarts, main_clock() - w->began, w->status);
}

/* The server for --listen; false after one line when it cannot be had. */
static bool serve(struct watch *w, struct kh_http **http)
{
	const char *port = w->s->listen;
	char *end = NULL;
	unsigned long n = port ? strtoul(port, &end, 10) : 0;
	*http = NULL;
	if (!port)
		return true;
	unsigned at = (unsigned)n;
	if (*end || end == port || n > 65535) {
		fprintf(stderr, "khabar worker: not a port: %s\n", port);
		return false;
	}
	*http = kh_http_open(&at, answer, w);
	if (*http)
		fprintf(stderr, "khabar worker: http://127.0.0.1:%u/metrics\n", at);
	else
		fprintf(stderr,
			"khabar worker: port %u cannot be had, or this khabar was built "
			"without libmicrohttpd\n",
			at);
	return *http != NULL;
}

int main_worker(struct settings *s)
{
	struct watch w = {.s = s, .began = main_clock()};
	struct kh_http *http = NULL;
	struct kh_bus_options o;
	if (!work_options(s, NULL, &o))
		return EXIT_USAGE;
	work_hide(s);
	w.n = s->jobs > 1 ? (unsigned)(s->jobs < MAX_PROCESSES ? s->jobs : MAX_PROCESSES) : 1;
	w.slot = mmap(NULL, w.n * sizeof *w.slot, PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (w.slot == MAP_FAILED) {
		fprintf(stderr, "khabar worker: out of memory\n");
		return EXIT_NONE;
	}
	listen_to_signals(false);
	if (serve(&w, &http))
		watch(&w, http);
	else
		w.status = EXIT_USAGE;
	kh_http_close(http);
	if (s->summary)
		summary(&w);
	work_free(s);
	munmap(w.slot, w.n * sizeof *w.slot);
	return w.status;
}
