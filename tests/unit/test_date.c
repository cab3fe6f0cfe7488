/* Dates as the press of many countries writes them, and what is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"
#include "page/date.h"

static void reads(const char *text, const char *iso)
{
	struct kh_moment m;
	char to[33] = "";
	if (kh_date_read(kh_str_of(text), false, &m))
		to[kh_date_write(&m, to)] = 0;
	if (strcmp(to, iso))
		fail_msg("%s: %s, not %s", text, to, iso);
}

static void latin(void **state)
{
	(void)state;
	reads("Fri, 03 May 2024 15:47 GMT", "2024-05-03T15:47:00Z");
	reads("3. Mai 2024, 15.47 Uhr", "2024-05-03T15:47:00");
	reads("3 de mayo de 2024 3:47 p. m.", "2024-05-03T15:47:00");
	reads("03.05.2024 20:15 am Freitag", "2024-05-03T20:15:00");
	reads("May 3, 2024 12:05 a.m.", "2024-05-03T00:05:00");
	reads("2024. május 3. 15:47", "2024-05-03T15:47:00");
	reads("3. studenog 2023.", "2023-11-03");
	reads("3 lipca 2023", "2023-07-03");
	reads("3. lipnja 2023.", "2023-06-03");
	reads("3 травня 2024", "2024-05-03");
	reads("Tue Feb 20 2018 01:00:00 GMT+0100 (Central European Standard Time)",
	      "2018-02-20T01:00:00+01:00");
	reads("2024-05-03T15:47:42+02:00", "2024-05-03T15:47:42+02:00");
	reads("1714751262", "2024-05-03T15:47:42Z");
}

static void others(void **state)
{
	(void)state;
	reads("٣ مايو ٢٠٢٤ ٠٣:٤٧ م", "2024-05-03T15:47:00");
	reads("الجمعة 3 أيار 2024", "2024-05-03");
	reads("3 تشرين الثاني 2023", "2023-11-03");
	reads("۳ مئی ۲۰۲۴", "2024-05-03");
	reads("جمعه ۱۴ اردیبهشت ۱۴۰۳", "2024-05-03");
	reads("2 تير 1399 - 12:09:08 ب.ظ", "2020-06-22T12:09:08");
	reads("1403/12/30", "2025-03-20");
	reads("1402/12/30", "");
	reads("০৩ মে ২০২৪, ১৫:৪৭", "2024-05-03T15:47:00");
	reads("3 मई 2024", "2024-05-03");
	reads("३ नवंबर २०२३", "2023-11-03");
	reads("2024年5月3日 15時47分", "2024-05-03T15:47:00");
	reads("2024年5月3日 下午3:47", "2024-05-03T15:47:00");
	reads("2024년 5월 3일 오후 3:47", "2024-05-03T15:47:00");
	reads("3 พฤษภาคม 2567", "2024-05-03");
	reads("3 במאי 2024", "2024-05-03");
	reads("3 Μαΐου 2024, 03:47 μ.μ.", "2024-05-03T15:47:00");
}

static void absent(void **state)
{
	(void)state;
	reads("", "");
	reads("May", "");
	reads("31.02.2024", "");
	reads("10 bis 20 m", "");
	reads("7 di 10", "");
	reads("Part 3 of 5", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(latin), cmocka_unit_test(others),
					   cmocka_unit_test(absent)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
