/* Who can act: fills doc->mention and token.mention. */
#ifndef KH_NAME_H
#define KH_NAME_H

#include "doc/doc.h"

void kh_name_run(struct kh_work *w);

#endif
