/* The dateline that a story opens with: "CAIRO (AFP) -", "LIMA, 4 FEB 90 (Agency) -- [TEXT]". */
#ifndef KH_DATELINE_H
#define KH_DATELINE_H

#include "base/base.h"

struct kh_dateline {
	size_t begin, end;    /* of the dateline, separator included; begin == end: none */
	kh_str place;         /* "CAIRO" */
	int year, month, day; /* 0: not given */
};

struct kh_dateline kh_dateline_find(kh_str text);
/* A line of its own that files a story: "ADDIS ABABA, March 14 (Agency)". */
bool kh_dateline_is_line(kh_str line);
/* "RAIPUR: ": capitals before a colon, as papers of South Asia file; whether they name a place is
 * for the caller to find out. */
struct kh_dateline kh_dateline_colon(kh_str text);

#endif
