/* The image is refused when it is damaged in any way, and read when it is whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../slurp.h"
#include "base/str.h"
#include "model/image.h"
#include "model/words.h"

static unsigned char *image;
static size_t size;

static int load(void **state)
{
	(void)state;
	image = slurp(getenv("KHABAR_MODEL"), &size);
	return !image;
}

static void a_whole_image_opens(void **state)
{
	(void)state;
	khabar_model *m;
	khabar_error err;
	kh_str v;
	assert_int_equal(khabar_model_open(&m, image, size, &err), 0);
	struct kh_words months = kh_words_list(m, "months");
	assert_true(kh_words_find(&months, KH_S("sept"), &v));
	assert_true(kh_str_is(v, "9"));
	assert_false(kh_words_find(&months, KH_S("Sept"), &v));
	assert_true(khabar_model_about(m).manifest.n > 0);
	khabar_model_close(m);
}

static void a_damaged_image_is_refused(void **state)
{
	(void)state;
	khabar_model *m = NULL;
	khabar_error err;
	static const size_t cut[] = { 0, 1, 7, 63, 64, 100 };
	for (size_t i = 0; i < KH_COUNT(cut); i++)
		assert_int_equal(khabar_model_open(&m, image, cut[i], &err), KHABAR_E_MODEL);
	assert_int_equal(khabar_model_open(&m, image, size - 1, &err), KHABAR_E_MODEL);
	for (size_t at = 0; at < size; at += at < 256 ? 1 : size / 7) {
		image[at] ^= 1;
		assert_int_equal(khabar_model_open(&m, image, size, &err), KHABAR_E_MODEL);
		assert_true(err.what[0] != 0);
		image[at] ^= 1;
	}
	assert_null(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_whole_image_opens),
		cmocka_unit_test(a_damaged_image_is_refused),
	};
	return cmocka_run_group_tests(tests, load, NULL);
}
