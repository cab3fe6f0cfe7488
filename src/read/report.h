/* Reports: puts events, voices, days, places and counts together. */
#ifndef KH_REPORT_H
#define KH_REPORT_H

#include "doc/doc.h"

void kh_report_run(struct kh_work *w);

#endif
