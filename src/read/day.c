/* Time expressions: fills doc->day. */
#include "read/day.h"

void kh_day_run(struct kh_work *w)
{
	(void)w;
}
