/* What the coding of a mention needs: the document, the dictionary, its matches by token. */
#ifndef KH_NAME_CODE_H
#define KH_NAME_CODE_H

#include "doc/doc.h"
#include "model/dict.h"

struct kh_match { /* of the dictionary, at a token */
	uint32_t entry, use, n;
	bool past; /* a person whose office had ended by the day of the story */
};

struct kh_name_unit { /* words that are one mention */
	uint32_t head; /* 1 + token; 0: the word is of none */
	uint32_t first, n;
};

struct kh_naming {
	struct kh_work *w;
	struct kh_doc *d;
	struct kh_dict dict;
	struct kh_match *match; /* by token; n 0: none begins here */
	uint32_t *of;	   /* by token: 1 + token where the match that covers it begins; 0 none */
	uint32_t *place;   /* by token: 1 + index of the place that covers it; 0 none */
	struct kh_name_unit *unit; /* by token */
	bool *in_day;		/* by token: part of a day or a time */
	bool upper, lower; /* the sentence is in one case */
	kh_span story;	   /* the story at hand */
	int32_t day;	   /* of its publication; KH_NO_DAY */
};

/* Country, sectors, name and kind from the mention's own words. */
void kh_name_code(const struct kh_naming *x, struct kh_mention *m);
/* What the mention lacks, from what stands behind it: "of Brazil", "from the movement". The
 * mentions behind it must be complete. */
void kh_name_behind(const struct kh_naming *x, struct kh_mention *m);
/* The country of people who have none, from where their clause puts them: "in Serbia". */
void kh_name_setting(const struct kh_naming *x, struct kh_mention *m);
/* Marks the units of a sentence. */
void kh_name_units(struct kh_naming *x, const struct kh_sentence *s);
/* A name's match that covers the token, agents left out; NULL. */
const struct kh_match *kh_name_at(const struct kh_naming *x, uint32_t token);

#endif
