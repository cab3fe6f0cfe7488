/* The open incidents of a part, and which of them a report fits best. Inside the store. */
#ifndef KH_STORE_FIT_H
#define KH_STORE_FIT_H

#include "store/link.h"

struct kh_fit {	     /* in the order in which they were opened */
	bool plain;  /* compares with each of them: what the index must not differ from */
	bool broken; /* out of memory */
	struct kh_link_item *item;
	struct kh_fit_mark *mark; /* as many as items */
	uint32_t n, cap;
	uint32_t tidy_at; /* so many: those that nothing can join any more leave */
	uint32_t turn;
	struct kh_fit_post *post; /* item and next of a list */
	uint32_t posts, posts_cap;
	struct kh_fit_slot *slot; /* a key and its list: open addressing */
	uint32_t slots, used;
	unsigned long compared;
};

void kh_fit_clear(struct kh_fit *f);
/* As it stands, without being indexed; then all in the order that they have. NULL: out of memory.
 */
struct kh_link_item *kh_fit_keep(struct kh_fit *f, const struct kh_link_item *it);
void kh_fit_index(struct kh_fit *f);

/* NULL when none fits. Its place is good until the next kh_fit_open(). */
struct kh_link_item *kh_fit_best(struct kh_fit *f, const struct kh_link_item *r,
				 struct kh_link_fit *best);
struct kh_link_item *kh_fit_open(struct kh_fit *f, const struct kh_link_item *r);
int kh_fit_join(struct kh_fit *f, struct kh_link_item *inc, const struct kh_link_item *r);
void kh_fit_free(struct kh_fit *f);

/* kh_store_link(), by the plain rule when a test asks for it. *compared: pairs looked at. */
int kh_fit_link(struct kh_store *s, bool all, bool plain, unsigned long *compared);

#endif
