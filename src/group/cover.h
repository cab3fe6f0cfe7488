/* How much of one text stands in another, word by word. */
#ifndef KH_COVER_H
#define KH_COVER_H

#include "base/arena.h"

enum { KH_RUN = 3 /* words of a run */ };

struct kh_print {       /* of a text */
	uint32_t words; /* of it; those of lines that are no sentences left out of `counted` */
	uint32_t counted;
	uint32_t
		*run; /* number of the run of words that begins at each word; KH_NONE: too common */
	bool *counts; /* by word: of a line that counts */
	bool *quoted; /* by word: between quotation marks of one paragraph */
	uint32_t n_figure, *figure; /* figures, distinct, ascending hashes */
};

struct kh_cover {       /* of text a by text b */
	uint32_t other; /* b */
	uint32_t words; /* of a that count and stand in b */
	uint64_t *mask; /* by word */
};

/* Reads texts into runs, which it numbers over all texts. */
struct kh_print *kh_cover_read(struct kh_arena *a, const kh_str *text, uint32_t n, uint32_t *runs);
struct kh_place { /* of a run in the text in hand */
	uint32_t mark, at;
};

/* What of text a stands in text b: the runs of b are in `where` (by run) with `mark`. */
struct kh_cover kh_cover_of(struct kh_arena *a, const struct kh_print *p,
			    const struct kh_place *where, uint32_t mark);
/* Words that count and that both covers of a text hold. */
uint32_t kh_cover_both(const struct kh_cover *a, const struct kh_cover *b,
		       const struct kh_print *p);

#endif
