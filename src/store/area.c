/* Is a place an area (a province, a district, a region) rather than a town? In: what a record says
 * of it. Out: yes for those whose number is that of a state or region of our tables, and for those
 * with a point and no number, which come from the tables of provinces and districts. */
#include <stdlib.h>

#include "store/own.h"

bool kh_store_is_area(bool point, int64_t geonameid)
{
	const char *p = kh_store_areas; /* numbers, a line each */
	if (!point || geonameid <= 0)
		return point;
	while (*p) {
		char *end;
		if (strtoll(p, &end, 10) == geonameid)
			return true;
		for (p = end; *p == '\n'; p++)
			;
	}
	return false;
}
