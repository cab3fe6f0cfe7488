/* The rules of events, compiled: triggers by lemma, constraints as hashes of lemmas. */
#ifndef KH_RULE_H
#define KH_RULE_H

#include "model/image.h"

enum kh_rule_flag {
	KH_RULE_RECIPROCAL = 1, /* both sides are actors */
	KH_RULE_OPERATOR = 2,   /* takes the event in its complement: see read/event_embed.c */
	KH_RULE_LIGHT = 4,      /* a verb that only carries the noun it takes */
	KH_RULE_HUMAN = 8,      /* the object must be people or a political actor */
	KH_RULE_ACTOR = 16,     /* somebody political must do it */
	KH_RULE_SWAP = 32,      /* the subject is the recipient ("received aid from X") */
	KH_RULE_INTRANSITIVE = 64, /* no object may stand there */
	KH_RULE_NOT = 128,      /* matches and means nothing: another sense */
	KH_RULE_PASSIVE = 256,  /* only in the passive */
	KH_RULE_TARGET = 512,   /* a recipient must be found */
	KH_RULE_MUTE = 1024,    /* means nothing, and what it tells means nothing either */
	KH_RULE_REFUSED = 2048, /* only with will not, would not, cannot */
	KH_RULE_INDIRECT = 4096, /* the object is what is given: who receives it is another */
	KH_RULE_PUBLIC = 8192,   /* who does it must be political: no mere person */
	KH_RULE_THING = 16384,   /* the object must not be people */
	KH_RULE_STATE = 32768    /* who does it must be a state or one of its forces or courts */
};

struct kh_rule_list { /* of lemma hashes */
	uint32_t first, n;
};

struct kh_rule {
	uint32_t name, n_name; /* bytes of the section's text */
	uint16_t flags;
	uint8_t event, mode[3]; /* enum kh_plover; mode codes (a context's: its code) */
	char cameo[6];
	struct kh_rule_list object;  /* lemma of the object, or of a word close to it */
	struct kh_rule_list subject; /* the same of the subject */
	struct kh_rule_list near;    /* some word of the clause */
	struct kh_rule_list no;      /* no object, subject or word near may be one of these */
	struct kh_rule_list prep;    /* prepositions whose noun is the recipient */
	struct kh_rule_list phrase;  /* noun of a prepositional phrase of the verb or its object */
};

struct kh_rule_trigger { /* hashes ascending */
	uint32_t hash;     /* of the lemma; 'v' verb, 'n' noun, 'c' context, 'm' mode before it */
	uint32_t particle; /* hash of the particle or second word; 0 none */
	uint32_t rule;
};

struct kh_rule_head {
	uint32_t n_rules, n_triggers, n_hashes, n_bytes;
};

struct kh_rules {
	const struct kh_rule_head *head; /* NULL: the image has none */
	const struct kh_rule *rule;
	const struct kh_rule_trigger *trigger;
	const uint32_t *hash;
	const char *bytes;
};

struct kh_rules kh_rules_open(const struct khabar_model *m);
int kh_rules_check(const struct khabar_model *m, khabar_error *err);
uint32_t kh_rule_hash(char pos, kh_str lemma);
/* The first trigger of a hash and how many there are. */
uint32_t kh_rules_find(const struct kh_rules *r, uint32_t hash, uint32_t *first);
bool kh_rules_has(const struct kh_rules *r, struct kh_rule_list list, kh_str lemma);

#endif
