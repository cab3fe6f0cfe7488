/* Bytes of any kind into clean stories: fills text, piece, story, caption, heading. */
#ifndef KH_PAGE_H
#define KH_PAGE_H

#include "doc/doc.h"

void kh_page_run(struct kh_work *w);

#endif
