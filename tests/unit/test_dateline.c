/* Datelines are found, read, and not seen where there are none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"
#include "page/dateline.h"

static void found(const char *text, const char *place, const char *rest, int y, int m, int d)
{
	struct kh_dateline l = kh_dateline_find(kh_str_of(text));
	assert_int_equal(l.place.n, strlen(place));
	assert_memory_equal(l.place.p, place, l.place.n);
	assert_string_equal(text + l.end, rest);
	assert_int_equal(l.year, y);
	assert_int_equal(l.month, m);
	assert_int_equal(l.day, d);
}

static void absent(const char *text)
{
	struct kh_dateline l = kh_dateline_find(kh_str_of(text));
	if (l.begin != l.end)
		fail_msg("a dateline in: %s", text);
}

static void datelines(void **state)
{
	(void)state;
	found("CAIRO (AFP) - Two men", "CAIRO", "Two men", 0, 0, 0);
	found("NAIROBI, March 11 - Kenya", "NAIROBI", "Kenya", 0, 3, 11);
	found("BOGOTA, Jan. 12 - A group", "BOGOTA", "A group", 0, 1, 12);
	found("   LIMA, 4 FEB 90 (XY-Z) -- [TEXT] THE ARMY", "LIMA", "THE ARMY", 1990, 2, 4);
	found("NEW YORK \xE2\x80\x94 The mayor", "NEW YORK", "The mayor", 0, 0, 0);
	found("Lima (Agency) - Trucks", "Lima", "Trucks", 0, 0, 0);
	found("MOSCOW, March 5. /XYZ/. The army", "MOSCOW", "The army", 0, 3, 5);
	found("ST. LOUIS, Oct. 5, 2024 - It", "ST. LOUIS", "It", 2024, 10, 5);
}

static void no_datelines(void **state)
{
	(void)state;
	absent("Police - who came late - left.");
	absent("The army said on Monday - the first day - that it left.");
	absent("A well-known man came. THE - END");
	absent("");
	absent("-- ");
	absent("The army /police/ said so.");
	absent("RAIPUR: Two men"); /* kh_dateline_colon's */
	absent("Two men (both old) were seen - nobody knows why.");
}

static void colons(void **state)
{
	(void)state;
	static const char *const not[] = {"Raipur: Two men", "RAIPUR:Two", "", ":", "RAIPUR\nX: Two men"};
	struct kh_dateline l = kh_dateline_colon(kh_str_of("NEW DELHI: Two men"));
	if (!kh_str_is(l.place, "NEW DELHI") || l.begin != 0 || l.end != 11)
		fail_msg("NEW DELHI: [%zu,%zu)", l.begin, l.end);
	for (size_t i = 0; i < KH_COUNT(not); i++)
		if (kh_dateline_colon(kh_str_of(not[i])).end)
			fail_msg("a dateline in: %s", not[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(datelines), cmocka_unit_test(no_datelines),
					    cmocka_unit_test(colons) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
