/* Which of the places of one name is meant: candidates and the choice among their readings. */
#ifndef KH_PLACE_SENSE_H
#define KH_PLACE_SENSE_H

#include "doc/doc.h"
#include "model/gazetteer.h"
#include "model/words.h"

enum { KH_PLACE_READINGS = 24 };

struct kh_candidate {
	uint32_t first, n; /* tokens */
	uint32_t story;
	uint32_t hash;     /* of the name looked up */
	uint32_t reading[KH_PLACE_READINGS], n_readings; /* places, flag kept */
	int16_t support[KH_PLACE_READINGS]; /* by the story's other places */
	uint32_t best;     /* index in reading */
	uint32_t holder;   /* place behind the comma; UINT32_MAX */
	const char *level; /* GeoNames code of a place that no table has; it has no reading */
	uint32_t part_of;  /* the candidate that such a one lies in, plus one; 0 */
	bool local;        /* "Athens Elementary": of a town in the United States */
	bool division;     /* "Washington state", "the province of Quebec" */
	bool street;       /* "Bourbon Street" */
	bool inside;       /* part of another name: "Minnesota State Patrol" */
};

struct kh_placing {
	struct kh_work *w;
	struct kh_doc *d;
	struct kh_gazetteer g;
	struct kh_words given; /* names */
	struct kh_candidate *c;
	uint32_t n, cap;
	uint64_t *seen; /* names already taken for places in the story */
};

static inline const struct kh_gaz_place *kh_place_reading(const struct kh_placing *x,
							  const struct kh_candidate *c, uint32_t k)
{
	return &x->g.place[c->reading[k] & ~KH_GAZ_ADJECTIVE];
}

/* Does the one lie in the other by their codes? */
bool kh_place_holds(const struct kh_gaz_place *big, const struct kh_gaz_place *small);
/* Kilometres between two places nearer than about 400 km; 9999 else. */
int32_t kh_place_km(const struct kh_gaz_place *a, const struct kh_gaz_place *b);
/* Chooses a reading for the candidates [first, first + n) of one story. */
void kh_place_choose(struct kh_placing *x, uint32_t first, uint32_t n);
/* How much the reading chosen leads the next, in points; the runner-up's GeoNames id. */
int kh_place_lead(const struct kh_placing *x, const struct kh_candidate *c, uint32_t *second);

#endif
