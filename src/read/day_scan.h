/* What the patterns of the day station share: the words of a story, where they stand in it, and
 * what was found. A pattern looks at the word in hand and its neighbours and fills `found`. */
#ifndef KH_DAY_SCAN_H
#define KH_DAY_SCAN_H

#include "read/day_words.h"

enum kh_mod { KH_MOD_NONE, KH_MOD_EARLY, KH_MOD_MID, KH_MOD_LATE };
enum kh_grain {
	KH_GRAIN_NONE,
	KH_GRAIN_DAY,
	KH_GRAIN_WEEK,
	KH_GRAIN_MONTH,
	KH_GRAIN_QUARTER,
	KH_GRAIN_YEAR,
	KH_GRAIN_LONG
};

enum { KH_MONTHS = -2 }; /* figures of six or nine months were told last, not of a quarter */

struct kh_scan {
	struct kh_work *w;
	const struct kh_tword *t;
	uint32_t n, i;	 /* words; the one in hand */
	int32_t anchor;	 /* day that expressions are resolved against; KH_NO_DAY */
	int tense;	 /* of the clause of the word in hand: see kh_day_tense */
	bool narrative;	 /* the story tells of years long gone: its own dates lead */
	bool aside;	 /* the date is a byword: it leads no other */
	bool game;	 /* the story tells of a match: its halves are no years' */
	bool caption;	 /* words beside a picture */
	int32_t latest;	 /* day told as past, or shown; KH_NO_DAY */
	bool ancient;	 /* years of three digits are years */
	int32_t ref;	 /* first day of the date told last; KH_NO_DAY */
	uint32_t ref_at; /* word behind it */
	uint8_t ref_grain;
	int year; /* year told last, 0; the word it stands at */
	uint32_t year_at;
	bool year_dated; /* with a month or a day */
	int quarter;	 /* year * 4 + quarter - 1 of the quarter told last; -1; KH_MONTHS */
	/* what a pattern found */
	uint32_t first, count, skip; /* skip: words that are no date, whatever follows */
	uint8_t type, how, mod;
	int32_t begin, end; /* where the value does not say them; KH_NO_DAY */
	char value[40];
};

const struct kh_tword *kh_scan_at(const struct kh_scan *s, int32_t k);
bool kh_scan_is(const struct kh_tword *t, const char *word);
/* Is the word one of a list " like this one "? */
bool kh_scan_any(const struct kh_tword *t, const char *words);
/* The byte before a word; 0 at the beginning. */
char kh_scan_before(const struct kh_scan *s, const struct kh_tword *t);
char kh_scan_after(const struct kh_scan *s, const struct kh_tword *t);
bool kh_scan_took(struct kh_scan *s, int32_t from, uint32_t n, enum kh_day_type type,
		  enum kh_how how);
bool kh_scan_is_year(const struct kh_tword *t);
/* How many words behind the one in hand, from k on, are zones of time: "EST", "GMT", "local time".
 */
int32_t kh_scan_zone(const struct kh_scan *s, int32_t k);

void kh_say(struct kh_scan *s, const char *text);
void kh_say_day(struct kh_scan *s, int32_t day);
void kh_say_month(struct kh_scan *s, int year, int month);
void kh_say_year(struct kh_scan *s, int year);
void kh_say_week(struct kh_scan *s, int32_t day, bool weekend);
void kh_say_season(struct kh_scan *s, int year, uint8_t season);
void kh_say_quarter(struct kh_scan *s, int year, char letter, int k);
void kh_say_duration(struct kh_scan *s, int n, uint8_t unit, bool half);
/* The anchor or the reference, so many units on. */
void kh_say_shift(struct kh_scan *s, int32_t from, uint8_t unit, int n);
/* Adds a part of the day (1 morning 2 afternoon 3 evening 4 night 5 noon 6 midnight). */
void kh_say_part(struct kh_scan *s, uint8_t part);
void kh_say_clock(struct kh_scan *s, int hour, int minute);

/* day_tense.c: the tense of the clause a word stands in: -1 past, 0 unknown, 1 perhaps and 3 surely
 * to come. */
int kh_day_tense(const struct kh_doc *d, const struct kh_tword *word);
/* day_date.c: dates that name what they are. */
bool kh_day_numeric(struct kh_scan *s);
bool kh_day_month(struct kh_scan *s);
bool kh_day_more(struct kh_scan *s);
bool kh_day_weekday_name(struct kh_scan *s);
bool kh_day_quarter(struct kh_scan *s);
bool kh_day_clock(struct kh_scan *s);
bool kh_day_season(struct kh_scan *s);
/* day_year.c: years, decades, centuries. */
bool kh_day_year(struct kh_scan *s);
/* The year that the words from k on spell ("nineteen ninety-six") and how many they are; 0 none. */
int kh_day_spelled_year(const struct kh_scan *s, int32_t k, uint32_t *n);
/* day_near.c: dates told from another day, durations, sets. */
bool kh_day_deictic(struct kh_scan *s);
bool kh_day_relative(struct kh_scan *s);
bool kh_day_definite(struct kh_scan *s);
bool kh_day_every(struct kh_scan *s);
bool kh_day_amount(struct kh_scan *s);
/* day_feast.c: feasts and remembered days, by rule. */
bool kh_day_feast(struct kh_scan *s);

#endif
