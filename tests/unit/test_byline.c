/* By-lines of many countries give their names; what is no by-line gives none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"
#include "page/byline.h"

static void names(const char *text, const char *want)
{
	kh_str rest = kh_str_of(text), first = {0}, name;
	char got[256] = "";
	size_t n = 0;
	while (kh_byline_next(&rest, &first, &name)) {
		if (n)
			got[n++] = '|';
		memcpy(got + n, name.p, name.n);
		n += name.n;
	}
	got[n] = 0;
	if (strcmp(got, want))
		fail_msg("%s: %s, not %s", text, got, want);
}

static void lists(void **state)
{
	(void)state;
	names("By Ann Roe, Berlin", "Ann Roe");
	names("By Ann Roe, Bo Li and Cy Day", "Ann Roe|Bo Li|Cy Day");
	names("Von Max Roe und Bo Li", "Max Roe|Bo Li");
	names("Por Ana G\xC3\xB3mez y Luis Paz", "Ana G\xC3\xB3mez|Luis Paz");
	names("Par Jean Dupont et Lea Roy", "Jean Dupont|Lea Roy");
	names("di Ada Roe e Ugo Re", "Ada Roe|Ugo Re");
	names("Di Maria", "Di Maria");
	names("Von der Heyden", "Von der Heyden");
	names("\xD9\x85\xD9\x86 \xD8\xA3\xD8\xAD\xD9\x85\xD8\xAF \xD8\xB9\xD9\x84\xD9\x8A",
	      "\xD8\xA3\xD8\xAD\xD9\x85\xD8\xAF \xD8\xB9\xD9\x84\xD9\x8A");
	names("\xEC\x8B\xA0\xED\x98\x84\xEC\xA3\xBC \xEA\xB8\xB0\xEC\x9E\x90",
	      "\xEC\x8B\xA0\xED\x98\x84\xEC\xA3\xBC");
	names("View all posts by Ann Roe \xE2\x86\x92", "Ann Roe");
	names("Ann Roe Ann Roe", "Ann Roe");
	names("Text: Ann Roe (dpa)", "Ann Roe");
	names("capital von Ann Roe", "Ann Roe");
}

static bool opens(const char *text, const char *language)
{
	kh_str of;
	return kh_byline_opens(kh_str_of(text), kh_str_of(language), &of);
}

static void openings(void **state)
{
	(void)state;
	assert_true(opens("Von Ann Roe", "de"));
	assert_true(opens("By Ann Roe and Bo Li | 3 May 2024", "en"));
	assert_false(opens("Von Bagdad nach Berlin", "de"));
	assert_false(opens("Von Ann Roe", "en"));
	assert_false(opens("By land and sea", "en"));
	assert_false(opens("By Monday", "en"));
	assert_false(opens("Da Vinci Exhibition", "it"));
}

static void nobody(void **state)
{
	(void)state;
	assert_true(kh_byline_nobody(kh_str_of("Admin")));
	assert_true(kh_byline_nobody(kh_str_of("wordpressadmin")));
	assert_true(kh_byline_desk(kh_str_of("Die Redaktion")));
	assert_true(kh_byline_machine(kh_str_of("ann@paper.example")));
	assert_true(kh_byline_machine(kh_str_of("Acme Web GmbH")));
	assert_false(kh_byline_nobody(kh_str_of("Ann Roe")));
	assert_false(kh_byline_machine(kh_str_of("Ann Roe")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(lists), cmocka_unit_test(openings),
					   cmocka_unit_test(nobody)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
