/* Arena, strings, days, UTF-8, JSON. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/day.h"
#include "base/json.h"
#include "base/str.h"
#include "base/utf8.h"

static void words_of_a_list(void **state)
{
	(void)state;
	assert_true(kh_str_among(KH_S("On"), "against on to"));
	assert_true(kh_str_among(KH_S("to"), "against on to"));
	assert_false(kh_str_among(KH_S("o"), "against on to"));
	assert_false(kh_str_among(KH_S("against on"), "against on to"));
	assert_false(kh_str_among(KH_S(""), "against  on"));
}

static void days_go_there_and_back(void **state)
{
	(void)state;
	assert_int_equal(kh_day_of(1970, 1, 1), 0);
	assert_int_equal(kh_day_of(2024, 2, 29), 19782);
	assert_int_equal(kh_day_of(2023, 2, 29), KH_NO_DAY);
	assert_int_equal(kh_day_weekday(kh_day_of(2026, 11, 24)), 2);
	for (int32_t d = kh_day_of(1, 1, 1); d <= kh_day_of(9999, 12, 31); d += 97) {
		struct kh_ymd c = kh_day_ymd(d);
		assert_int_equal(kh_day_of(c.year, c.month, c.day), d);
	}
	assert_int_equal(kh_day_parse(KH_S("2024-03-12T14:00:00Z")), kh_day_of(2024, 3, 12));
	assert_int_equal(kh_day_parse(KH_S("20240312")), kh_day_of(2024, 3, 12));
	assert_int_equal(kh_day_parse(KH_S("soon")), KH_NO_DAY);
}

static void utf8_is_read_and_refused(void **state)
{
	(void)state;
	unsigned n;
	assert_int_equal(kh_utf8_at(KH_S("\xE2\x82\xAC"), 0, &n), 0x20AC);
	assert_int_equal(n, 3);
	assert_int_equal(kh_utf8_at(KH_S("\xC0\x80"), 0, &n), KH_BAD_CHAR);
	assert_int_equal(n, 1);
	assert_int_equal(kh_utf8_at(KH_S("\xED\xA0\x80"), 0, &n), KH_BAD_CHAR);
	assert_int_equal(kh_utf8_check(KH_S("plain \xC3\xA9\xFF")), 8);
	char b[4];
	for (uint32_t c = 1; c < 0x110000; c += 61) {
		unsigned w = kh_utf8_put(c, b);
		uint32_t want = c >= 0xD800 && c < 0xE000 ? KH_BAD_CHAR : c;
		assert_int_equal(kh_utf8_at((kh_str){ b, w }, 0, &n), want);
		assert_int_equal(n, w);
	}
}

static void json_is_escaped_and_counted(void **state)
{
	(void)state;
	char b[64];
	struct kh_out o = { .to = b, .room = sizeof b };
	kh_json_open(&o, NULL, '{');
	kh_json_str(&o, "a", KH_S("q\"\\\n\x01\xFF"));
	kh_json_fixed(&o, "x", -1250, 2);
	kh_json_close(&o, '}');
	const char *want = "{\"a\":\"q\\\"\\\\\\n\\u0001\xEF\xBF\xBD\",\"x\":-12.5}";
	assert_int_equal(o.n, strlen(want));
	assert_memory_equal(b, want, o.n);
	struct kh_out small = { .to = b, .room = 3 };
	kh_json_str(&small, NULL, KH_S("longer than room"));
	assert_int_equal(small.n, strlen("\"longer than room\""));
}

static void numbers_are_whole(void **state)
{
	(void)state;
	int64_t v;
	assert_true(kh_str_number(KH_S("1,250,000"), &v));
	assert_int_equal(v, 1250000);
	assert_false(kh_str_number(KH_S("12x"), &v));
	assert_false(kh_str_number(KH_S("9999999999999999"), &v));
}

static void arena_grows_and_leaves_by_the_door(void **state)
{
	(void)state;
	struct kh_arena a;
	khabar_options o = { .max_memory = 1 << 20 };
	kh_arena_init(&a, &o);
	jmp_buf door;
	a.door = &door;
	volatile uint32_t n = 0;
	if (setjmp(door) == 0) {
		uint32_t *list = NULL, cap = 0, count = 0;
		for (;;) {
			uint32_t *one = KH_PUSH(&a, list, count, cap);
			*one = count - 1;
			assert_int_equal(list[count / 2], count / 2);
			n = count;
		}
	}
	assert_true(n > 10000);
	kh_arena_reset(&a);
	assert_true(a.used <= (1 << 20));
	kh_arena_free(&a);
	assert_int_equal(a.used, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_of_a_list),
		cmocka_unit_test(days_go_there_and_back),
		cmocka_unit_test(utf8_is_read_and_refused),
		cmocka_unit_test(json_is_escaped_and_counted),
		cmocka_unit_test(numbers_are_whole),
		cmocka_unit_test(arena_grows_and_leaves_by_the_door),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
