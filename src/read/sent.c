/* Stories into sentences: fills doc->sentence. */
#include "read/sent.h"

void kh_sent_run(struct kh_work *w)
{
	(void)w;
}
