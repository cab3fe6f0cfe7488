/* The commands that work for a queue: what worker.c, coding.c and queue.c share. */
#ifndef KH_WORK_H
#define KH_WORK_H

#include <pthread.h>
#include <stdatomic.h>
#include <sys/types.h>

#include "bus/bus.h"
#include "main.h"

/* What a coding process tells the one that watches over it; in memory that both see. */
struct slot {
	pid_t pid;
	_Atomic long long batch, storing; /* in hand; 0: none */
	_Atomic unsigned long batches, stories, reports, failed, again, foreign;
	_Atomic long long seen; /* second of the monotonic clock when it last was at work */
	double born;
};

/* A thread that stores finished batches while others are coded; see storing.c. */
struct storing {
	struct kh_bus *bus;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct kh_bus_batch batch;
	struct buf records;
	int state, result;
	bool runs, given; /* given: to be waited for */
};
/* 0, or -1: see kh_bus_why(s->bus). Close it in any case. */
int storing_open(struct storing *s, const struct kh_bus_options *o);
/* Takes the batch and the bytes of its records; the buffer becomes another one. One at a time. */
void storing_give(struct storing *s, const struct kh_bus_batch *batch, struct buf *records);
/* Of the batch given: what kh_bus_finish() said. */
int storing_wait(struct storing *s);
void storing_close(struct storing *s); /* waits for a batch given */

extern volatile sig_atomic_t work_stop; /* signals that asked for an end, so far */

/* Takes batches, codes them, until told to stop (or, with --once, until none is left). */
int work_on(const struct settings *s, struct slot *slot, unsigned number);
/* Fills in what the commands share; false after one line on stderr. */
bool work_options(struct settings *s, khabar_model *m, struct kh_bus_options *o);
void work_hide(struct settings *s); /* then work_free() */
void work_free(struct settings *s);
void work_say(const char *line);

#endif
