/* A web page into one story. */
#ifndef KH_PAGE_HTML_H
#define KH_PAGE_HTML_H

#include "doc/doc.h"

void kh_html_page(struct kh_work *w);

#endif
