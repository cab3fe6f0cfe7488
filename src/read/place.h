/* Place names and where they are: fills doc->place. */
#ifndef KH_PLACE_H
#define KH_PLACE_H

#include "doc/doc.h"

void kh_place_run(struct kh_work *w);

#endif
