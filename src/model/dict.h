/* The dictionary of actors: phrases to entries, in the mapped image. A phrase is looked up by the hash of
 * its words in small letters, one blank between them, hyphens standing apart. */
#ifndef KH_DICT_H
#define KH_DICT_H

#include "model/image.h"

enum { KH_DICT_LONGEST = 10 }; /* words of the longest phrase, hyphens counted */

enum kh_dict_use { /* how a phrase names its entry */
	KH_USE_NAME = 1,     /* the entry's own name */
	KH_USE_PEOPLE = 2,   /* adjective or people of a country: "Kenyan", "Kenyans" */
	KH_USE_CAPITAL = 4,  /* seat of government */
	KH_USE_AGENT = 8,    /* what somebody is: "police officer" */
	KH_USE_CASE = 16,    /* counts only when written with a capital */
	KH_USE_ACRONYM = 32, /* counts only in capitals */
	KH_USE_COUNTRY = 64, /* the entry is a country */
	KH_USE_PERSON = 128, /* the entry is a person, whose code holds for the years in office */
	KH_USE_WEAK = 256,   /* an agent that takes the sector of what it heads or belongs to */
	KH_USE_SHARED = 512, /* a name of several entries: the one whose country the story names */
	KH_USE_THING = 1024, /* an agent that is no people: "base", "vehicle" */
	KH_USE_DISCARD = 4096, /* a sentence with this phrase is not read for events */
	KH_USE_STORY = 8192,   /* nor is its story */
	KH_USE_SURNAME = 2048  /* a person's last name: counts behind a title of the same sector */
};

struct kh_dict_entry {
	uint32_t name, id; /* bytes of the section's text */
	uint16_t n_name, n_id;
	char country[4];
	uint8_t sector[4];
	int32_t from, to; /* days, both included; KH_NO_DAY open */
	uint32_t wikidata; /* the number of its item, 30 for Q30; 0 not known */
};

struct kh_dict_key {
	uint64_t hash;
	uint32_t entry, use;
};

struct kh_dict_head {
	uint32_t n_entries, n_keys, n_bytes;
	uint32_t own; /* entries that a user added: they come first and win */
};

struct kh_dict { /* empty when the image has none */
	const struct kh_dict_head *head;
	const struct kh_dict_entry *entry;
	const struct kh_dict_key *key; /* hashes ascending */
	const char *bytes;
};

struct kh_dict kh_dict_open(const struct khabar_model *m);
int kh_dict_check(const struct khabar_model *m, khabar_error *err);
/* The phrase's hash; 0 when it is longer than any phrase may be. */
uint64_t kh_dict_hash(kh_str phrase);
/* First key of a hash and how many there are; 0 none. */
uint32_t kh_dict_find(const struct kh_dict *d, uint64_t hash, uint32_t *first);

#endif
