/* Places by name, in the mapped image. */
#ifndef KH_GAZETTEER_H
#define KH_GAZETTEER_H

#include "model/image.h"

struct kh_gaz_place {
	uint32_t name, id;     /* byte of the section's text; GeoNames id, 0 none */
	int32_t lat, lon;      /* 1e-5 degrees */
	uint32_t population;
	uint16_t n_name;
	char cc[2];            /* ISO2; zeros none */
	char iso3[4], admin[4]; /* country; code of the province within it */
	char fcode[6];
	uint8_t adjective;     /* 1: this key names the country's people or is its adjective */
	uint8_t reserved;
};

struct kh_gaz_key { /* hashes ascending */
	uint32_t hash, place; /* place's top bit: an adjective or a people */
};

struct kh_gaz_head {
	uint32_t n_places, n_keys, n_bytes, reserved;
};

struct kh_gazetteer {
	const struct kh_gaz_head *head; /* NULL: the image has none */
	const struct kh_gaz_place *place;
	const struct kh_gaz_key *key;
	const char *bytes;
};

#define KH_GAZ_ADJECTIVE 0x80000000u

struct kh_gazetteer kh_gaz_open(const struct khabar_model *m);
int kh_gaz_check(const struct khabar_model *m, khabar_error *err);
/* Hash of a name: small letters, accents of Latin taken off, blanks single. */
uint32_t kh_gaz_hash(kh_str name);
uint32_t kh_gaz_find(const struct kh_gazetteer *g, uint32_t hash, uint32_t *first);

#endif
