/* How sure a report is: evidence weighed by a table that was fitted on coded sentences. */
#ifndef KH_REPORT_SURE_H
#define KH_REPORT_SURE_H

#include "doc/doc.h"

/* 0 to 1000; the report's certainty and voices are set. */
uint16_t kh_report_sure(const struct kh_doc *d, const struct kh_event *e, const struct kh_report *r);

#endif
