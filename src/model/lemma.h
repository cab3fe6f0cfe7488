/* Lemmas: by a table of endings (data/words/en/lemma.txt), mended where the outcome is no word and
 * another way to undo the ending gives one. */
#ifndef KH_LEMMA_H
#define KH_LEMMA_H

#include "base/arena.h"
#include "model/net.h"
#include "model/words.h"

struct kh_lemmas {
	struct kh_words table;	   /* "TAG^ending" or "TAG^=word": "cut+ending" */
	struct kh_words irregular; /* verbs: form, lemma */
	const struct kh_net *net;  /* knows words */
};

enum kh_capitals { KH_CAPITALS_OFF, KH_CAPITALS_KEEP, KH_CAPITALS_FIRST };

/* The lemma of a word with that tag ("VERB|VBD"), in small letters, as written, or with a capital
 * first letter alone. */
kh_str kh_lemma_of(const struct kh_lemmas *l, kh_str tag, kh_str form, enum kh_capitals keep,
		   struct kh_arena *a);

#endif
