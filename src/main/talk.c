/* What the commands share that is no news: buffers, clocks, the progress bar, exit status. */
#include <errno.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "main.h"

char *buf_room(struct buf *b, size_t n)
{
	if (!b->p || b->n + n > b->room) {
		b->room = (b->n + n) * 2 + 256;
		b->p = realloc(b->p, b->room);
		if (!b->p) {
			fputs("khabar: out of memory\n", stderr);
			_exit(EXIT_NONE);
		}
	}
	return b->p + b->n;
}

void buf_add(struct buf *b, const void *p, size_t n)
{
	char *to = buf_room(b, n);
	if (n)
		memcpy(to, p, n);
	b->n += n;
}

void buf_text(struct buf *b, const char *z)
{
	buf_add(b, z, strlen(z));
}

void buf_free(struct buf *b)
{
	free(b->p);
	memset(b, 0, sizeof *b);
}

static double seconds(clockid_t which)
{
	struct timespec t;
	clock_gettime(which, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

double main_clock(void)
{
	return seconds(CLOCK_MONOTONIC);
}

double main_cpu(void)
{
	return seconds(CLOCK_PROCESS_CPUTIME_ID);
}

bool main_colour(const struct settings *s)
{
	if (s->color && strcmp(s->color, "always") == 0)
		return true;
	const char *no = getenv("NO_COLOR");
	return (!s->color || strcmp(s->color, "auto") == 0) && isatty(STDOUT_FILENO) &&
	       !(no && no[0]);
}

bool table_wanted(const struct settings *s)
{
	return s->table || (!s->json && !s->csv && !s->stories && isatty(STDOUT_FILENO));
}

void progress_begin(struct progress *p, const struct settings *s)
{
	struct stat st;
	memset(p, 0, sizeof *p);
	p->on = isatty(STDERR_FILENO) && !(s->progress && strcmp(s->progress, "never") == 0);
	p->began = p->last = main_clock();
	for (int i = 0; i < s->files; i++)
		if (stat(s->file[i], &st) == 0 && S_ISREG(st.st_mode))
			p->total += (uint64_t)st.st_size;
}

void progress_step(struct progress *p, uint64_t bytes, unsigned long stories, unsigned long reports)
{
	static const char bar[] = "####################....................";
	double now = p->on ? main_clock() : 0;
	if (!p->on || now - p->began < 1 || now - p->last < 0.1)
		return;
	p->last = now;
	unsigned part = p->total && bytes <= p->total ? (unsigned)(bytes * 20 / p->total) : 0;
	fprintf(stderr, "\r\033[K[%.20s] %lu stories, %lu reports, %.0f s", bar + 20 - part,
		stories, reports, now - p->began);
}

void progress_end(struct progress *p)
{
	if (p->on && p->last > p->began)
		fputs("\r\033[K", stderr);
}

int main_status(unsigned long good, unsigned long bad, bool found)
{
	if (bad)
		return good ? EXIT_SOME : EXIT_NONE;
	return found ? EXIT_ALL : EXIT_NOTHING;
}

void print_quoted(FILE *to, const char *p, size_t n)
{
	fputc('"', to);
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)p[i];
		if (c == '"' || c == '\\')
			fprintf(to, "\\%c", c);
		else if (c == '\n')
			fputs("\\n", to);
		else if (c < 0x20)
			fprintf(to, "\\u%04x", c);
		else
			fputc(c, to);
	}
	fputc('"', to);
}

int main_flush(int status)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return status;
	fprintf(stderr, "khabar: standard output: %s\n", strerror(errno ? errno : EIO));
	__fpurge(stdout); /* said once */
	clearerr(stdout);
	return EXIT_NONE;
}
