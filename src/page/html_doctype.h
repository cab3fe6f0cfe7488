/* The doctype of a page: name, public and system identifier, quirks. */
#ifndef KH_HTML_DOCTYPE_H
#define KH_HTML_DOCTYPE_H

#include "page/html_token.h"

/* Reads the doctype at h->at ("<!DOCTYPE"), moves behind it. */
void kh_html_doctype(struct kh_html *h, struct kh_html_token *t);

#endif
