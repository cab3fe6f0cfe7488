/* Speakers that a mark names instead of a verb: a colon behind them, a dash before them. */
#ifndef KH_VOICE_MARK_H
#define KH_VOICE_MARK_H

#include "doc/doc.h"
#include "model/words.h"
#include "read/voice_quote.h"

struct kh_mark {
	kh_span source, cue, content;
	kh_span region;	  /* speaker and mark */
	uint32_t token;	  /* of the mark */
	uint32_t speaker; /* mention; KH_NONE */
	bool quote;
};

bool kh_mark_colon(const struct kh_doc *d, const struct kh_words *cues, const struct kh_quotes *q,
		   uint32_t sentence, struct kh_mark *m);
bool kh_mark_dash(const struct kh_doc *d, const struct kh_words *cues, const struct kh_quotes *q,
		  uint32_t sentence, struct kh_mark *m);

#endif
