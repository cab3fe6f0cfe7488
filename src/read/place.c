/* Place names and where they are: fills doc->place. */
#include "read/place.h"

void kh_place_run(struct kh_work *w)
{
	(void)w;
}
