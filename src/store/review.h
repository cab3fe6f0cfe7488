/* What people say of reports: judgements as rows that are never changed, lists of what to judge
 * next, how far coders agree, and what they corrected as examples of the handbook. */
#ifndef KH_STORE_REVIEW_H
#define KH_STORE_REVIEW_H

#include "store/store.h"

struct kh_judgement {
	const char *report, *coder, *verdict; /* accept reject correct undo */
	const char *changes;		      /* JSON object; NULL: none */
	const char *reason, *queue;	      /* may be NULL */
};
/* 0; -1 with kh_store_why(). `undo` takes back the last word of the coder on the report. */
int kh_review_add(struct kh_store *s, const struct kh_judgement *j);

/* Reports that the coder has not judged, as rows of id and why it is in the queue (unsure sample
 * actors disputed query); for `disputed`,
 * those that two have judged otherwise. `q` narrows it. NULL after a failure. */
struct kh_sql *kh_review_queue(struct kh_store *s, const char *queue, const char *coder,
			       const struct kh_query *q, int limit);

enum { KH_REVIEW_FIELDS = 9 };

struct kh_agreement {
	int reports, coders; /* judged by two or more; by how many in all */
	struct {
		const char *name;
		int values;		      /* pairable, over all coders */
		double percent, kappa, alpha; /* NaN where it cannot be said */
	} field[KH_REVIEW_FIELDS];
	/* Of a random sample: accepted, judged, and Wilson's 95 % interval. */
	int sample_good, sample;
	double low, high;
};
int kh_review_agreement(struct kh_store *s, struct kh_agreement *a);

struct kh_confused { /* two coders of one report, the lesser value first */
	char *one, *other;
	int times;
};
struct kh_confusion {
	int n;
	struct kh_confused *pair; /* in order */
};
/* How often which values stand side by side in a field; 0 or -1. */
int kh_review_confusion(struct kh_store *s, const char *field, struct kh_confusion *c);
void kh_review_confusion_free(struct kh_confusion *c);

/* Accepted and corrected reports as examples in the handbook's form; lines written, -1 failure. */
long kh_review_examples(struct kh_store *s, FILE *to);

/* The value of a field as a coder has it: corrected, or as the report says. Freed by the caller. */
char *kh_review_value(const char *field, const char *record, const char *changes);

#endif
