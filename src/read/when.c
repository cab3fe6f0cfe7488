/* See when.h. */
#include "read/when.h"

uint32_t kh_when_of_event(const struct kh_work *w, uint32_t token, int32_t *begin, int32_t *end,
			  uint8_t *how)
{
	(void)w;
	(void)token;
	*begin = *end = KH_NO_DAY;
	*how = KH_HOW_NONE;
	return KH_NONE;
}
