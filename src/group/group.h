/* Which documents tell of the same event: terms weighted by rarity, names above other words, grouped by
 * average link. The answer depends on nothing but the texts and their order. */
#ifndef KH_GROUP_H
#define KH_GROUP_H

#include "base/arena.h"
#include "base/base.h"

struct kh_terms { /* of one document: distinct terms with their weights, hashes ascending */
	uint32_t n;
	uint32_t *hash;
	uint32_t *weight; /* times it occurs, in sixteenths, names and the lead counting more */
};

/* The terms of a text. The text need not outlive the answer. */
struct kh_terms kh_terms_of(struct kh_arena *a, kh_str text);

/* Fills cluster[i] with the least index of the documents grouped with i. `floor` is the least average
 * similarity (0..1000) at which two groups are joined; 0: the default, 245. */
void kh_group_events(struct kh_arena *a, const struct kh_terms *doc, uint32_t n, unsigned floor,
		     uint32_t *cluster);

/* The same from texts, with memory of its own; 0 or KHABAR_E_MEMORY. */
int kh_group_texts(const kh_str *text, uint32_t n, unsigned floor, uint32_t *cluster);

/* Which texts are copies of one another, edited or not, or versions of one story: cluster[i] is the least
 * index of the copies of i. `title` may be NULL. 0 or KHABAR_E_MEMORY. */
int kh_group_repeats(const kh_str *text, const kh_str *title, uint32_t n, uint32_t *cluster);
/* "UPDATE 3-Bomb kills 18" is version 3; 0: the headline names none. */
uint32_t kh_group_version(kh_str title);
/* Does the headline say that the story corrects one: "CORRECTED-", "Correction:", "REFILE-UPDATE 1-"? */
bool kh_group_corrects(kh_str title);

#endif
