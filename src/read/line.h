/* The line: every station in order. */
#ifndef KH_LINE_H
#define KH_LINE_H

#include "doc/doc.h"

/* As far as options say; tells options->passed of each station that is through. */
void kh_line_run(struct kh_work *w, const khabar_options *options);

#endif
