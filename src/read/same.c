/* Which mentions are the same: fills mention.same and what it brings. */
#include "read/same.h"

void kh_same_run(struct kh_work *w)
{
	(void)w;
}
