/* The words of a text as the day station sees them, and what time words mean. */
#ifndef KH_DAY_WORDS_H
#define KH_DAY_WORDS_H

#include "doc/doc.h"

enum kh_unit { KH_UNIT_NONE, KH_UNIT_DAY, KH_UNIT_WEEK, KH_UNIT_MONTH, KH_UNIT_YEAR, KH_UNIT_DECADE,
	KH_UNIT_CENTURY, KH_UNIT_QUARTER, KH_UNIT_HOUR, KH_UNIT_MINUTE, KH_UNIT_SECOND, KH_UNIT_WEEKEND };

struct kh_tword {
	kh_span at;
	char low[16];    /* small letters, cut */
	int32_t number;  /* digits or number word; -1 */
	uint8_t digits;  /* how many digits it is made of; 0 */
	uint8_t month;   /* 1..12 */
	uint8_t weekday; /* 1..7 */
	uint8_t unit;    /* enum kh_unit */
	uint8_t season;  /* 1 spring .. 4 winter */
	uint8_t part;    /* 1 morning 2 afternoon 3 evening 4 night 5 noon 6 midnight */
	uint32_t token;  /* that it begins in; KH_NONE */
	char half;       /* 'a' or 'p' of figures that end in am or pm: "8pm" */
	bool ad;         /* "AD842" */
	bool plural;     /* of a unit, a decade, a weekday */
	bool ordinal;
	bool title;
	bool joined;     /* a hyphen stands between it and the word before */
	bool stop;       /* a full stop or a line's end stands between it and the word before */
	bool comma;      /* a comma does */
	bool cue;        /* a time expression may begin or turn here */
};

/* The words of a story, in order; *token is the first token that may be theirs, and moves on. */
struct kh_tword *kh_day_words(struct kh_work *w, const struct kh_story *s, uint32_t *token,
			      uint32_t *n);
/* Monday of an ISO week of a day, and its year and number. */
void kh_day_week(int32_t day, int *year, int *week);
/* First and last day that a TIMEX3 value denotes; false when it denotes none. */
bool kh_day_interval(kh_str value, int32_t *begin, int32_t *end);

#endif
