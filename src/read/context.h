/* PLOVER contexts of a sentence and its story, as bits of enum kh_context order (codes.c). */
#ifndef KH_CONTEXT_H
#define KH_CONTEXT_H

#include "doc/doc.h"

uint64_t kh_context_of(const struct kh_work *w, uint32_t event);

#endif
