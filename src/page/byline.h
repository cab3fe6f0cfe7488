/* Names of authors out of by-lines, in the languages of the press. */
#ifndef KH_BYLINE_H
#define KH_BYLINE_H

#include "base/base.h"

/* A name without what stands around it: "By", "Text:", "View all posts by", an agency in brackets,
 * a post behind it; empty: no name is left. */
kh_str kh_byline_clean(kh_str s);
/* The next name of a list ("Ann Roe, Bo Li and Cy Day"); *rest moves behind it. False: none. A
 * place or a post behind a name ("Ann Roe, Berlin") is passed over. */
bool kh_byline_next(kh_str *rest, kh_str *first, kh_str *name);
/* No name of anybody: "Admin", "Unknown", "Published". */
bool kh_byline_nobody(kh_str name);
/* What says that the next thing told is who wrote: "Written by", "Verfasst von". */
bool kh_byline_label(kh_str label);
/* All who write there: "Redaktion", "Web Desk". */
bool kh_byline_desk(kh_str name);
/* An address or a company: never one who writes. */
bool kh_byline_machine(kh_str name);
/* Does the text open as a by-line does, with a word for "by" in this language and full names behind
 * it? *names: from the first name to the last. */
bool kh_byline_opens(kh_str text, kh_str language, kh_str *names);

#endif
