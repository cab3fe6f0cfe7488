/* Gold sentences and tokens, for measuring the tree. */
#ifndef KH_CONLLU_H
#define KH_CONLLU_H

#include "doc/doc.h"

void kh_conllu_run(struct kh_work *w);

#endif
