/* What a TIMEX3 value denotes, in days; values that denote none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/day.h"
#include "base/str.h"
#include "read/day_words.h"

static void denotes(const char *value, int y, int m, int d, int y2, int m2, int d2)
{
	int32_t begin, end;
	assert_true(kh_day_interval(kh_str_of(value), &begin, &end));
	assert_int_equal(begin, kh_day_of(y, m, d));
	assert_int_equal(end, kh_day_of(y2, m2, d2));
}

static void values_denote_days(void **state)
{
	(void)state;
	denotes("2024", 2024, 1, 1, 2024, 12, 31);
	denotes("2024-02", 2024, 2, 1, 2024, 2, 29);
	denotes("2024-02-29", 2024, 2, 29, 2024, 2, 29);
	denotes("2020-W01", 2019, 12, 30, 2020, 1, 5);
	denotes("2026-W10-WE", 2026, 3, 7, 2026, 3, 8);
	denotes("2025-Q3", 2025, 7, 1, 2025, 9, 30);
	denotes("2025-H2", 2025, 7, 1, 2025, 12, 31);
	denotes("1998-WI", 1998, 12, 1, 1999, 2, 28);
	denotes("199", 1990, 1, 1, 1999, 12, 31);
	denotes("19", 1900, 1, 1, 1999, 12, 31);
	denotes("2024-05-02T10:30", 2024, 5, 2, 2024, 5, 2);
}

static void others_denote_none(void **state)
{
	(void)state;
	static const char *const bad[] = {"",	       "PXD",	      "0000",	    "2023-02-29", "2024-13",
					  "2024-04-31", "XXXX-WXX-1", "PAST_REF", "2025-Q5",	"2025-H3"};
	int32_t begin, end;
	for (size_t i = 0; i < KH_COUNT(bad); i++)
		assert_false(kh_day_interval(kh_str_of(bad[i]), &begin, &end));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_denote_days),
		cmocka_unit_test(others_denote_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
