/* Who says so: fills doc->voice and doc->content. */
#ifndef KH_VOICE_H
#define KH_VOICE_H

#include "doc/doc.h"

void kh_voice_run(struct kh_work *w);

#endif
