/* JSON as the store reads it: what it means, where each value stands, and where it goes wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "store/tape.h"

static enum kh_taped read(struct kh_tape *t, const char *json, size_t *wrong)
{
	return kh_tape_read(t, json, strlen(json), wrong);
}

static void values_and_where_they_stand(void **state)
{
	static const char json[] =
		" {\"a\" : [1, -2.5e1,true,null],\"b\":{\"c\":\"x\"}, \"d\":\"\"} ";
	struct kh_tape t = {0};
	size_t wrong;
	(void)state;
	assert_int_equal(read(&t, json, &wrong), KH_TAPED);
	kh_tape_at *a = kh_tape_get(t.value, "a"), *v = kh_tape_first(a);
	assert_int_equal(kh_tape_int(v), 1);
	v = kh_tape_next(a, v);
	assert_true(kh_tape_real(v) == -25);
	assert_memory_equal(json + v->from, "-2.5e1", v->to - v->from);
	v = kh_tape_next(a, v);
	assert_int_equal(kh_tape_int(v), 1);
	v = kh_tape_next(a, v);
	assert_int_equal(v->kind, KH_TAPE_NULL);
	assert_null(kh_tape_text(v));
	assert_null(kh_tape_next(a, v));
	kh_tape_at *b = kh_tape_get(t.value, "b");
	assert_memory_equal(json + b->at, "\"b\":{\"c\":\"x\"}", b->to - b->at);
	assert_string_equal(kh_tape_word(b, "c"), "x");
	assert_string_equal(kh_tape_word(t.value, "d"), "");
	assert_null(kh_tape_get(t.value, "c"));
	assert_null(kh_tape_get(a, "c"));
	assert_null(kh_tape_first(kh_tape_get(t.value, "d")));
	kh_tape_free(&t);
}

static void strings_are_decoded(void **state)
{
	struct kh_tape t = {0};
	size_t wrong;
	(void)state;
	assert_int_equal(read(&t, "[\"a\\\"\\n\\u00e9\\ud83d\\ude00\\ud83dx\\/\",\"y\\u0000z\"]",
			      &wrong),
			 KH_TAPED);
	kh_tape_at *v = kh_tape_first(t.value);
	assert_string_equal(kh_tape_text(v), "a\"\n\xc3\xa9\xf0\x9f\x98\x80\xef\xbf\xbdx/");
	v = kh_tape_next(t.value, v);
	assert_int_equal(v->n, 3);
	assert_memory_equal(v->text, "y\0z", 3);
	kh_tape_free(&t);
}

static void what_is_wrong_has_a_place(void **state)
{
	static const struct {
		const char *json;
		enum kh_taped told;
		size_t wrong;
	} bad[] = {
		{"", KH_TAPE_CUT, 0},		{"{\"a\":", KH_TAPE_CUT, 5},
		{"{\"a\":\"x", KH_TAPE_CUT, 7}, {"[1,2", KH_TAPE_CUT, 4},
		{"{\"a\":1}x", KH_TAPE_BAD, 7}, {"[1,]", KH_TAPE_BAD, 3},
		{"{\"a\" 1}", KH_TAPE_BAD, 5},	{"{a:1}", KH_TAPE_BAD, 1},
		{"[1}", KH_TAPE_BAD, 2},	{"[\"\\x\"]", KH_TAPE_BAD, 2},
		{"[nul]", KH_TAPE_BAD, 1},	{"[-]", KH_TAPE_BAD, 2},
		{"[1.]", KH_TAPE_BAD, 3},	{"]", KH_TAPE_BAD, 0},
	};
	struct kh_tape t = {0};
	char deep[200];
	size_t wrong;
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_int_equal(read(&t, bad[i].json, &wrong), bad[i].told);
		assert_int_equal(wrong, bad[i].wrong);
	}
	assert_int_equal(kh_tape_read(&t, "[1,\0", 4, &wrong), KH_TAPE_BAD);
	memset(deep, '[', 199);
	deep[199] = 0;
	assert_int_equal(read(&t, deep, &wrong), KH_TAPE_BAD);
	assert_int_equal(read(&t, "[]", &wrong), KH_TAPED);
	kh_tape_free(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_and_where_they_stand),
		cmocka_unit_test(strings_are_decoded),
		cmocka_unit_test(what_is_wrong_has_a_place),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
