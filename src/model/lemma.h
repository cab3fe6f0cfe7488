/* Lemmas: by a table of endings (data/words/en/lemma.txt), mended where the outcome is no word and
 * another way to undo the ending gives one. */
#ifndef KH_LEMMA_H
#define KH_LEMMA_H

#include "base/arena.h"
#include "model/net.h"
#include "model/words.h"

struct kh_lemmas {
	struct kh_words table;	  /* "TAG^ending" or "TAG^=word": "cut+ending" */
	const struct kh_net *net; /* knows words */
};

/* The lemma of a word with that tag ("VERB|VBD"), in small letters unless `keep` says that the word
 * keeps its capitals. */
kh_str kh_lemma_of(const struct kh_lemmas *l, kh_str tag, kh_str form, bool keep,
		   struct kh_arena *a);

#endif
