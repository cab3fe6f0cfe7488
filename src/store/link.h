/* The rule by which reports become incidents, on what it keeps of each. Inside the store; see
 * relink.c for where the rows come from. */
#ifndef KH_STORE_LINK_H
#define KH_STORE_LINK_H

#include "store/own.h"

#define KH_LINK_DAYS 3 /* in SQL as well */
enum { KH_LINK_SET = 16, KH_LINK_ENOUGH = 5 };
enum kh_link_kind {
	KH_LINK_PLACE,
	KH_LINK_ACTOR,
	KH_LINK_RECIPIENT,
	KH_LINK_ACTOR_LAND,
	KH_LINK_RECIPIENT_LAND,
	KH_LINK_WORD,
	KH_LINK_FIGURE,
	KH_LINK_KINDS
};

struct kh_link_item {  /* a report, or an incident as its reports come in */
	int day, last; /* 0 where the part is undated: all of one day */
	int class;
	bool land;		      /* the country is that of a place */
	uint64_t mask[KH_LINK_KINDS]; /* no common bit: no common word */
	unsigned n[KH_LINK_KINDS];
	uint32_t word[KH_LINK_KINDS][KH_LINK_SET]; /* distinct, as hashes */
	int64_t report, story, incident, order;
};

struct kh_link_fit { /* the points that tie a report to an incident */
	int place, actor, recipient, day, figure, word, story, sum;
};

/* Words of a list split by "; ", without the figures that they begin with. */
void kh_link_words(struct kh_link_item *it, enum kh_link_kind kind, const char *list);
/* The word by its first letters: "killed", "killing". */
void kh_link_stem(struct kh_link_item *it, const char *word);
int kh_link_class(const char *certainty);

/* false: too far apart, of another kind, or tied by nothing. */
bool kh_link_fits(const struct kh_link_item *incident, const struct kh_link_item *report,
		  struct kh_link_fit *fit);
void kh_link_join(struct kh_link_item *incident, const struct kh_link_item *report);

#endif
