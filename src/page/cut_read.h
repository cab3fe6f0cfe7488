/* One reading of a page: the marks of its units weighed, and the best sequence of classes. */
#ifndef KH_CUT_READ_H
#define KH_CUT_READ_H

#include "page/cut_agree.h"

/* A mark weighs for the classes, and for hidden units that weigh for the classes where they are
 * above zero. All in 32ths. */
enum { KH_CUT_HIDDEN = 16, KH_CUT_ROW = KH_LINE_CLASSES + KH_CUT_HIDDEN, KH_CUT_SHIFT = 5 };

typedef int8_t kh_cut_row[KH_CUT_ROW];
typedef int16_t kh_class_row[KH_LINE_CLASSES];

struct kh_cut_weights {
	const kh_cut_row *mark, *agree; /* marks of the first reading; those of the second behind */
	const kh_class_row *hidden;	/* [hidden unit][class] */
	const kh_class_row *follow;	/* [class before][class] */
	const int16_t *at_head;		/* [class of the first unit] */
};

/* The scores of the classes of a unit. */
void kh_cut_emit(const struct kh_cut_weights *k, const struct kh_marks *m,
		 int32_t score[KH_LINE_CLASSES]);
/* The best sequence of classes, and the margins of titles. */
struct kh_reading kh_cut_best(struct kh_arena *a, const struct kh_cut_weights *k,
			      const int32_t (*score)[KH_LINE_CLASSES], uint32_t n);

#endif
