/* Answers to what was told before: "the army denied the claim", "Moscow denied responsibility", "Hamas
 * claimed responsibility". Both sides' words are to stand side by side. */
#ifndef KH_REPORT_ANSWER_H
#define KH_REPORT_ANSWER_H

#include "doc/doc.h"

enum { KH_ANSWERS = 3 }; /* that one sentence may hold */

/* Events that are denied or claimed in the sentence, pushed behind all others with `answers` set; how
 * many. */
uint32_t kh_report_answers(struct kh_work *w, uint32_t sentence, uint32_t *out);

#endif
