/* Who stands where around a trigger: subjects, objects, prepositional phrases, with coordination,
 * control, relative clauses and passives undone. */
#ifndef KH_EVENT_ARGS_H
#define KH_EVENT_ARGS_H

#include "doc/doc.h"

enum { KH_ARGS = 24 };

struct kh_args {			      /* head tokens */
	uint32_t subject[KH_ARGS], n_subject; /* who does it */
	uint32_t object[KH_ARGS], n_object;   /* what it is done to */
	uint32_t oblique[KH_ARGS],
		n_oblique; /* nouns of prepositional phrases of the verb or the object */
	bool passive, moved; /* moved: the subject is the object of the verb above */
};

void kh_args_of_verb(const struct kh_doc *d, uint32_t verb, struct kh_args *a);
void kh_args_of_noun(const struct kh_doc *d, uint32_t noun, struct kh_args *a);
/* The preposition of a noun; empty when it has none. */
kh_str kh_args_case(const struct kh_doc *d, uint32_t noun);
/* A day, month or part of the day. */
bool kh_args_is_day(const struct kh_token *t);

#endif
