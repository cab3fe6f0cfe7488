/* The line: every station in order. */
#ifndef KH_LINE_H
#define KH_LINE_H

#include "doc/doc.h"

void kh_line_run(struct kh_work *w, uint32_t stop_after); /* enum khabar_stage; 0: all */

#endif
