/* data/actors into the image. */
#include "pack.h"

void pack_actors(struct pack *p)
{
	(void)p;
}
