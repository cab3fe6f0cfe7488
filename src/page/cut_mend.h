/* What the weights got wrong that the page itself shows: lines go with their kind. */
#ifndef KH_CUT_MEND_H
#define KH_CUT_MEND_H

#include "page/cut_mark.h"

struct kh_mend {
	struct kh_arena *arena;
	const struct kh_units *us;
	const struct kh_tie *tie;
	uint8_t *class; /* enum kh_line_class, of each unit */
};

/* Changes the classes. */
void kh_mend_run(struct kh_mend *x);

bool kh_mend_has_body(const struct kh_mend *x, uint32_t first, uint32_t end);
/* End of the story that begins at `first`: the next title. */
uint32_t kh_mend_story_end(const struct kh_mend *x, uint32_t first);
/* "14:20", "09:42 GMT": the hour that an entry of a running report begins with. */
bool kh_mend_is_hour(kh_str line);
/* Does the line end in a stop, a colon or the like? */
bool kh_mend_is_sentence(const struct kh_mend *x, uint32_t unit);

#endif
