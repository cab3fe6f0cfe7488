/* Denials of what was told before: "the army denied the claim", "Moscow denied responsibility". Both
 * sides' words are to stand side by side. */
#ifndef KH_REPORT_DENY_H
#define KH_REPORT_DENY_H

#include "doc/doc.h"

enum { KH_DENIALS = 3 }; /* that one sentence may hold */

/* Events that are denied in the sentence, pushed behind all others with `denies` set; how many. */
uint32_t kh_report_denials(struct kh_work *w, uint32_t sentence, uint32_t *out);

#endif
