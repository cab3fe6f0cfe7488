/* Storing beside coding: a thread with a connection of its own takes finished batches, one at a
 * time, so that a coder need not wait for PostgreSQL. In: a batch with its records. Out: whether it
 * is stored. The batch and its bytes are the thread's until storing_wait(). */
#include <string.h>

#include "work.h"

enum { IDLE, GIVEN, STORED, END };

static void *loop(void *arg)
{
	struct storing *s = arg;
	pthread_mutex_lock(&s->lock);
	for (;;) {
		while (s->state != GIVEN && s->state != END)
			pthread_cond_wait(&s->changed, &s->lock);
		if (s->state == END)
			break;
		pthread_mutex_unlock(&s->lock);
		int r = kh_bus_finish(s->bus, &s->batch);
		pthread_mutex_lock(&s->lock);
		s->result = r;
		s->state = STORED;
		pthread_cond_signal(&s->changed);
	}
	pthread_mutex_unlock(&s->lock);
	return NULL;
}

static void set(struct storing *s, int state)
{
	pthread_mutex_lock(&s->lock);
	s->state = state;
	pthread_cond_signal(&s->changed);
	pthread_mutex_unlock(&s->lock);
}

int storing_open(struct storing *s, const struct kh_bus_options *o)
{
	struct kh_bus_options own = *o;
	memset(s, 0, sizeof *s);
	own.queue = o->store ? o->store : o->queue; /* the broker is told by who took the batch */
	own.store = NULL;
	own.takes = false;
	if (kh_bus_open(&s->bus, &own) != 0)
		return -1;
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->changed, NULL);
	s->runs = pthread_create(&s->thread, NULL, loop, s) == 0;
	return s->runs ? 0 : -1;
}

void storing_give(struct storing *s, const struct kh_bus_batch *batch, struct buf *records)
{
	struct buf empty = s->records;
	s->batch = *batch;
	s->records = *records;
	*records = empty;
	s->given = true;
	set(s, GIVEN);
}

int storing_wait(struct storing *s)
{
	pthread_mutex_lock(&s->lock);
	while (s->state == GIVEN)
		pthread_cond_wait(&s->changed, &s->lock);
	s->state = IDLE;
	s->given = false;
	pthread_mutex_unlock(&s->lock);
	return s->result;
}

void storing_close(struct storing *s)
{
	if (s->runs) {
		if (s->given)
			storing_wait(s);
		set(s, END);
		pthread_join(s->thread, NULL);
		pthread_cond_destroy(&s->changed);
		pthread_mutex_destroy(&s->lock);
	}
	kh_bus_close(s->bus);
	buf_free(&s->records);
}
