/* What the parts of the station of events share: the finds of one sentence. */
#ifndef KH_EVENT_FIND_H
#define KH_EVENT_FIND_H

#include "read/event_match.h"

struct kh_finding {
	struct kh_work *w;
	struct kh_rules rules;
	struct kh_find *find; /* by token, copies ("each other") at the end */
	uint32_t n, cap;
	uint32_t *of; /* by token of the sentence: 1 + index in find; 0 none */
	uint32_t first, n_tokens; /* of the sentence */
};

static inline struct kh_find *kh_find_at(const struct kh_finding *x, uint32_t token)
{
	uint32_t k = token - x->first; /* a name may stand in another sentence */
	uint32_t i = k < x->n_tokens ? x->of[k] : 0;
	return i ? &x->find[i - 1] : NULL;
}

static inline bool kh_find_alive(const struct kh_find *f)
{
	return f && f->rule && !f->dropped;
}

/* AGREE, CONSULT, SUPPORT, COOPERATE, AID */
bool kh_embed_coop(uint8_t event);
uint8_t kh_embed_mode(const char *name);
/* The mode of REQUEST and REJECT over an event, that of THREATEN over one. */
uint8_t kh_embed_asked(const struct kh_find *inner);
uint8_t kh_embed_threat(const struct kh_find *inner);
/* CAMEO's root with the figures that say what is promised, asked, refused or threatened. */
void kh_embed_cameo(char *cameo, const char *root, const struct kh_find *inner);
/* Comments and hopes take what they tell with them. */
void kh_embed_mutes(struct kh_finding *x);
/* Promises, demands, refusals, threats, accusations take the event in their complement. */
void kh_embed_run(struct kh_finding *x);
/* Recipients where the rules found none, from what is told within the event. */
void kh_fill_run(struct kh_finding *x);
/* No roles for those who only tell of it, no events of how they want to be named (event_told.c). */
void kh_told_run(struct kh_finding *x);
/* Modes of assaults by weapons and by the events around them (event_mode.c). */
void kh_event_modes(struct kh_finding *x);

#endif
