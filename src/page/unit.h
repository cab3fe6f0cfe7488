/* The units of a page of plain text: its lines, hard-wrapped ones joined, with what can be seen of
 * each. */
#ifndef KH_UNIT_H
#define KH_UNIT_H

#include "doc/doc.h"

struct kh_unit {
	kh_span at;                      /* of the decoded text, trimmed */
	uint32_t blank;                  /* blank lines before it */
	uint32_t chars, words, capitals; /* chars: as many as an alphabet would take; capitals: words
					    that begin with one */
	uint32_t whole, lead, shape,
		prefix;         /* hashes: the text, its first 30 letters, its shape, two words */
	uint32_t before, after; /* nearest unit of the same `whole`; KH_NONE */
	uint32_t lead_after;    /* nearest later unit with the same `lead`; KH_NONE */
	uint32_t n_same, n_shape, n_prefix; /* how many units of the page share it */
	uint32_t same_id, shape_id;         /* the first unit that shares it */
	uint32_t first_word, n_word; /* its words that mean something, once each, in `word` */
	bool uncased; /* of a script without capitals */
	bool place;   /* a line that files a story: place, day, agency */
	bool shouted, has_digit, dated, junk, credit, by, bars,
		filed; /* filed: begins with a dateline */
	bool listed;   /* one of a run of short lines, without a full stop, below a line of junk */
};

struct kh_page_word {        /* a word of the page, by its first letters */
	uint32_t units;      /* that hold it */
	uint32_t last;       /* unit that held it last, from 1; while the units are read */
	uint32_t first_long; /* first unit of running text that holds it; KH_NONE */
};

#define KH_WORD_NAME 0x80000000u

enum { KH_RUNNING = 72 /* characters from which a unit is running text */ };

struct kh_units {
	struct kh_arena *arena;
	kh_str in;
	uint32_t n, cap;
	struct kh_unit *unit;
	uint32_t width; /* at which lines are broken; 0: they are not */
	uint32_t gap; /* blank lines that usually stand between paragraphs of running text */
	uint32_t n_word, cap_word;
	uint32_t *word; /* number in `known`, with KH_WORD_NAME */
	uint32_t n_known, cap_known;
	struct kh_page_word *known;
};

struct kh_units kh_unit_find(struct kh_arena *a, kh_str text);

#endif
