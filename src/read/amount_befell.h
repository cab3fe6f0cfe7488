/* What is said to have befallen the people counted. */
#ifndef KH_AMOUNT_BEFELL_H
#define KH_AMOUNT_BEFELL_H

#include "model/words.h"
#include "read/amount_number.h"

struct kh_counting {
	struct kh_doc *d;
	struct kh_work *w;
	struct kh_words casualty, people;
};

struct kh_counted { /* a number and what it counts */
	struct kh_number number;
	uint32_t noun;  /* the noun counted; KH_NONE: the number stands alone */
	uint32_t end;   /* token behind the phrase */
	bool human, named;
	bool aged; /* the noun is an age: "a 3-year-old" */
	uint32_t trigger; /* KH_NONE: nothing befell them */
	uint8_t kind;     /* enum kh_count_kind */
	bool total, negated;
	bool part; /* of the amount told before */
};

/* Kind of count of a token's word and its roles ("o", "ne"); 0 none. */
uint8_t kh_casualty(const struct kh_counting *x, uint32_t t, kh_str *roles);
bool kh_is_people(const struct kh_counting *x, uint32_t t);
/* Finds trigger and kind; false: nothing befell them as far as is said. */
bool kh_befell(const struct kh_counting *x, const struct kh_sentence *s, struct kh_counted *c);
/* "killed 18 people, a monitor said": the phrase is the subject of a verb behind it, and no member of
 * the list before. */
bool kh_befell_tells(const struct kh_counting *x, const struct kh_counted *c);

#endif
