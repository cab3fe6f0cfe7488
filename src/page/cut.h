/* A crawled page of plain text that may run several stories together, into separate stories. */
#ifndef KH_CUT_H
#define KH_CUT_H

#include "doc/doc.h"

void kh_cut_page(struct kh_work *w);

#endif
