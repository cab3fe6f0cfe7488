/* Candidates: the best rule for each verb and noun of a sentence, with its participants. */
#ifndef KH_EVENT_MATCH_H
#define KH_EVENT_MATCH_H

#include "model/rule.h"
#include "read/event_args.h"

struct kh_find { /* a rule that fits a token */
	uint32_t token;
	const struct kh_rule *rule; /* NULL: no rule fits */
	const struct kh_rule *rule_of; /* that gave it its doer: "claimed responsibility" */
	struct kh_args args;
	uint32_t actor[KH_ARGS], n_actors;	   /* mentions */
	uint32_t recipient[KH_ARGS], n_recipients; /* mentions */
	kh_str label; /* of a user's pattern; empty: a rule gave it */
	bool noun, dropped;
	uint8_t event, mode[3], certainty;
	char cameo[5];
	uint32_t within; /* token of the find that this one is told in; KH_NONE */
};

/* Fills *f for the token; false when no rule fits or a rule says that it means nothing. */
bool kh_event_match(const struct kh_work *w, const struct kh_rules *rules, uint32_t token,
		    struct kh_find *f);
/* Is the verb in the future (will; would in reported speech), is it refused (will not)? */
bool kh_event_will(const struct kh_doc *d, uint32_t verb);
bool kh_event_refused(const struct kh_doc *d, uint32_t verb);
/* Turns the arguments into actors and recipients as the rule says. */
void kh_event_roles(const struct kh_work *w, const struct kh_rules *rules, struct kh_find *f);

#endif
