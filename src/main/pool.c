/* Several threads, one order. In: records. Out: what the work makes of each, handed over in input
 * order. A ring of jobs bounds the memory: the reader waits for the oldest when all are in use. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "main.h"

enum { FREE, READY, BUSY, DONE };

struct pool {
	pthread_mutex_t lock;
	pthread_cond_t ready, done;
	pthread_t *thread;
	const khabar_model *model;
	khabar_options options;
	khabar_worker *own; /* for one thread: the caller's */
	work_fn *work;
	done_fn *finish;
	void *ctx;
	struct job *ring;
	unsigned slots, head, tail, next; /* tail: oldest; next: first READY; head: next to fill */
	int threads;
	bool closing, stopped;
};

static _Noreturn void no_memory(void)
{
	fputs("khabar: out of memory\n", stderr);
	_exit(EXIT_NONE);
}

static void *loop(void *arg)
{
	struct pool *p = arg;
	khabar_worker *w = NULL;
	if (khabar_worker_new(&w, p->model, &p->options) != 0)
		no_memory();
	pthread_mutex_lock(&p->lock);
	for (;;) {
		while (p->next == p->head && !p->closing)
			pthread_cond_wait(&p->ready, &p->lock);
		if (p->next == p->head)
			break;
		struct job *j = &p->ring[p->next++ % p->slots];
		j->state = BUSY;
		pthread_mutex_unlock(&p->lock);
		p->work(p->ctx, w, j);
		pthread_mutex_lock(&p->lock);
		j->state = DONE;
		pthread_cond_signal(&p->done);
	}
	pthread_mutex_unlock(&p->lock);
	khabar_worker_free(w);
	return NULL;
}

struct pool *pool_new(const khabar_model *m, const khabar_options *o, int threads, work_fn *work,
		      done_fn *done, void *ctx)
{
	struct pool *p = calloc(1, sizeof *p);
	if (!p)
		no_memory();
	*p = (struct pool){.model = m, .work = work, .finish = done, .ctx = ctx};
	p->options = o ? *o : p->options;
	p->threads = threads > 1 ? (threads < 256 ? threads : 256) : 0;
	p->slots = p->threads ? (unsigned)p->threads * 8 : 1;
	p->ring = calloc(p->slots, sizeof *p->ring);
	p->thread = calloc((size_t)p->threads + 1, sizeof *p->thread);
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->ready, NULL);
	pthread_cond_init(&p->done, NULL);
	if (!p->ring || !p->thread ||
	    (!p->threads && khabar_worker_new(&p->own, m, &p->options) != 0))
		no_memory();
	for (int i = 0; i < p->threads; i++)
		if (pthread_create(&p->thread[i], NULL, loop, p) != 0)
			p->threads = i; /* as many as the system lets us have */
	if (threads > 1 && !p->threads && khabar_worker_new(&p->own, m, &p->options) != 0)
		no_memory();
	return p;
}

static void copy(struct job *j, khabar_str *s)
{
	size_t at = j->blob.n;
	buf_add(&j->blob, s->n ? s->p : "", s->n);
	buf_add(&j->blob, "", 1);
	s->p = (const char *)(uintptr_t)at; /* an offset until the blob has stopped growing */
}

static void fill(struct job *j, const struct record *r)
{
	khabar_input *in = &j->input;
	khabar_str *const own[] = {&in->bytes,	&in->id,      &in->title, &in->url,
				   &in->source, &in->charset, &in->file,  &in->published};
	*in = r->input;
	j->blob.n = j->out.n = j->talk.n = 0;
	j->stories = j->reports = 0;
	j->failed = false;
	j->at = r->at;
	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		copy(j, own[i]);
	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		own[i]->p = own[i]->n ? j->blob.p + (uintptr_t)own[i]->p : NULL;
	j->file = j->input.file.n ? j->input.file.p : "-"; /* ends in NUL: see copy() */
}

const khabar_doc *job_read(struct job *j, khabar_worker *w)
{
	const khabar_doc *doc;
	khabar_error err;
	if (khabar_read(w, &j->input, &doc, &err) != 0) {
		char line[512];
		snprintf(line, sizeof line, "khabar: %s: byte %llu: %s\n", j->file,
			 (unsigned long long)(j->at + err.at), err.what);
		buf_text(&j->talk, line);
		j->failed = true;
		return NULL;
	}
	j->stories = doc->n_stories;
	j->reports = doc->n_reports;
	return doc;
}

void story_add(const khabar_doc *doc, uint32_t i, struct buf *out)
{
	char *to = buf_room(out, 1);
	size_t room = out->room - out->n, need = khabar_write_story(doc, i, to, room);
	if (need > room)
		khabar_write_story(doc, i, buf_room(out, need + 1), need);
	out->n += need;
}

void story_lines(const khabar_doc *doc, struct buf *out)
{
	for (uint32_t i = 0; i < doc->n_stories; i++) {
		story_add(doc, i, out);
		buf_add(out, "\n", 1);
	}
}

/* The caller's side: hands over the oldest job, waiting for it. The lock is held. */
static void take_oldest(struct pool *p)
{
	struct job *j = &p->ring[p->tail % p->slots];
	while (j->state != DONE)
		pthread_cond_wait(&p->done, &p->lock);
	pthread_mutex_unlock(&p->lock);
	if (!p->stopped && !p->finish(p->ctx, j))
		p->stopped = true;
	pthread_mutex_lock(&p->lock);
	j->state = FREE;
	p->tail++;
}

bool pool_give(struct pool *p, const struct record *r)
{
	if (!p->threads) {
		struct job *j = &p->ring[0];
		fill(j, r);
		p->work(p->ctx, p->own, j);
		p->stopped = p->stopped || !p->finish(p->ctx, j);
		return !p->stopped;
	}
	pthread_mutex_lock(&p->lock);
	while (p->tail != p->head &&
	       (p->head - p->tail == p->slots || p->ring[p->tail % p->slots].state == DONE))
		take_oldest(p);
	struct job *j = &p->ring[p->head % p->slots];
	fill(j, r);
	j->state = READY;
	p->head++;
	pthread_cond_signal(&p->ready);
	pthread_mutex_unlock(&p->lock);
	return !p->stopped;
}

bool pool_end(struct pool *p)
{
	pthread_mutex_lock(&p->lock);
	while (p->tail != p->head)
		take_oldest(p);
	p->closing = true;
	pthread_cond_broadcast(&p->ready);
	pthread_mutex_unlock(&p->lock);
	for (int i = 0; i < p->threads; i++)
		pthread_join(p->thread[i], NULL);
	for (unsigned i = 0; i < p->slots; i++) {
		buf_free(&p->ring[i].blob);
		buf_free(&p->ring[i].out);
		buf_free(&p->ring[i].talk);
	}
	bool whole = !p->stopped;
	khabar_worker_free(p->own);
	pthread_mutex_destroy(&p->lock);
	pthread_cond_destroy(&p->ready);
	pthread_cond_destroy(&p->done);
	free(p->ring);
	free(p->thread);
	free(p);
	return whole;
}
