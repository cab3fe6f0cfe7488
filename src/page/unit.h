/* The units of a page of plain text: its lines, hard-wrapped ones joined, with what can be seen of
 * each. */
#ifndef KH_UNIT_H
#define KH_UNIT_H

#include "doc/doc.h"

struct kh_unit {
	kh_span at;                      /* of the decoded text, trimmed */
	uint32_t blank;                  /* blank lines before it */
	uint32_t chars, words, capitals; /* capitals: words that begin with one */
	uint32_t whole, lead, shape,
		prefix;         /* hashes: the text, its first 30 letters, its shape, two words */
	uint32_t before, after; /* nearest unit of the same `whole`; KH_NONE */
	uint32_t lead_after;    /* nearest later unit with the same `lead`; KH_NONE */
	uint32_t n_same, n_shape, n_prefix; /* how many units of the page share it */
	uint64_t bloom[4];                  /* words of four letters and more */
	uint64_t names[2];                  /* capitalised words */
	bool shouted, has_digit, dated, junk, credit, by, bars;
};

struct kh_units {
	struct kh_arena *arena;
	kh_str in;
	uint32_t n, cap;
	struct kh_unit *unit;
};

struct kh_units kh_unit_find(struct kh_arena *a, kh_str text);

#endif
