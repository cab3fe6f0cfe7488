/* One reading of a page: the marks of its units weighed, and the best sequence of classes. */
#ifndef KH_CUT_READ_H
#define KH_CUT_READ_H

#include "page/cut_agree.h"

typedef int16_t kh_class_row[KH_LINE_CLASSES];

struct kh_cut_weights {
	const kh_class_row *mark, *follow; /* [mark][class]; [class before][class] */
	const int16_t *at_head;            /* [class of the first unit] */
};

/* The scores of the classes of a unit. */
void kh_cut_emit(const struct kh_cut_weights *k, const struct kh_marks *m,
		 int32_t score[KH_LINE_CLASSES]);
/* The best sequence of classes, and the margins of titles. */
struct kh_reading kh_cut_best(struct kh_arena *a, const struct kh_cut_weights *k,
			      const int32_t (*score)[KH_LINE_CLASSES], uint32_t n);

#endif
