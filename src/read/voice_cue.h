/* A cue and whose it is: the words of telling with their auxiliaries, the speaker by the tree. */
#ifndef KH_VOICE_CUE_H
#define KH_VOICE_CUE_H

#include "doc/doc.h"
#include "model/words.h"
#include "read/voice_quote.h"

enum { KH_SAY_PIECES = 6 };

struct kh_say { /* an attribution in the making */
	struct kh_voice v;
	const struct kh_words *cues;
	kh_str frames;	/* the line of the word list: what the cue takes */
	uint32_t token; /* the cue's */
	uint32_t who;	/* head token of the speaker; KH_NONE */
	kh_span region; /* cue, its own subject and what stands between */
	kh_span limit;	/* where its content may lie: the sentence, or the quotation around the cue
			 */
	bool passive;	/* "was told", "is believed" */
	bool own;	/* the subject is the cue's own, not one it shares */
	bool closes;	/* cue and speaker end the sentence, as the commas tell */
	kh_span piece[KH_SAY_PIECES];
	uint32_t n_piece;
};

/* Is the word one of those of a value that stand apart by blanks? */
bool kh_cue_takes(kh_str frames, kh_str word);
void kh_cue_of_verb(const struct kh_doc *d, const struct kh_quotes *q, struct kh_say *s);
/* The words of a speaker: a noun phrase without the clauses that hang on it. */
void kh_cue_source(const struct kh_doc *d, struct kh_say *s, uint32_t token);
/* "claim", "allegation": what stands for words told. */
bool kh_cue_is_claim(const struct kh_token *k);
/* Blanks, commas and colons off both ends. */
kh_span kh_cue_trim(const struct kh_doc *d, kh_span at);

#endif
