/* The commands that work for a queue: what worker.c, coding.c and queue.c share. */
#ifndef KH_WORK_H
#define KH_WORK_H

#include <stdatomic.h>
#include <sys/types.h>

#include "bus/bus.h"
#include "main.h"

/* What a coding process tells the one that watches over it; in memory that both see. */
struct slot {
	pid_t pid;
	_Atomic long long batch; /* in hand; 0: none */
	_Atomic unsigned long batches, stories, reports, failed, again, foreign;
	_Atomic long long seen; /* second of the monotonic clock when it last was at work */
	double born;
};

extern volatile sig_atomic_t work_stop; /* signals that asked for an end, so far */

/* Takes batches, codes them, until told to stop (or, with --once, until none is left). */
int work_on(const struct settings *s, struct slot *slot, unsigned number);
/* Fills in what the commands share; false after one line on stderr. */
bool work_options(struct settings *s, khabar_model *m, struct kh_bus_options *o);
void work_hide(struct settings *s); /* then work_free() */
void work_free(struct settings *s);
void work_say(const char *line);

#endif
