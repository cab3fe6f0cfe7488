/* The net gives the same numbers in plain C, with SSE2 and with AVX2; scores become trees. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/str.h"
#include "model/arcs.h"
#include "model/net.h"
#include "read/encode.h"

enum { IN = 144, OUT = 96, HIDDEN = 48, MOST = 40 };

static uint64_t seed = 88172645463325252u;

static uint32_t dice(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (uint32_t)(seed >> 20);
}

/* The kernels that this processor can run, after the plain ones. */
static unsigned others(const struct kh_net_kernels **list)
{
	unsigned n = 0;
	for (int l = KH_LANES_PLAIN + 1; l <= (int)kh_net_lanes(); l++)
		list[n++] = kh_net_kernels((enum kh_lanes)l);
	return n;
}

static void shorts(int16_t *x, size_t n, int low, int high)
{
	for (size_t i = 0; i < n; i++)
		x[i] = (int16_t)(low + (int)(dice() % (unsigned)(high - low + 1)));
}

static void products_are_equal(void **state)
{
	(void)state;
	static int8_t w[IN * OUT];
	static int32_t bias[OUT];
	static int16_t x[MOST * IN], a[MOST * OUT], b[MOST * OUT];
	const struct kh_net_kernels *plain = kh_net_kernels(KH_LANES_PLAIN), *list[4];
	unsigned n = others(list);
	for (unsigned turn = 0; turn < 60; turn++) {
		for (size_t i = 0; i < sizeof w; i++)
			w[i] = (int8_t)(dice() % 255 - 127);
		for (size_t i = 0; i < OUT; i++)
			bias[i] = (int32_t)(dice() % (1 << 24)) - (1 << 23);
		shorts(x, MOST * IN, turn % 2 ? -8192 : INT16_MIN, turn % 2 ? 8192 : INT16_MAX);
		struct kh_net_matrix m = {w, bias, IN, OUT};
		unsigned rows = turn % MOST + 1, shift = turn % 3 ? 8 : 10;
		plain->product(&m, x, rows, shift, a);
		for (unsigned k = 0; k < n; k++) {
			memset(b, 0, sizeof b);
			list[k]->product(&m, x, rows, shift, b);
			assert_memory_equal(a, b, rows * OUT * sizeof *a);
		}
	}
}

static void steps_are_equal(void **state)
{
	(void)state;
	static int16_t pre[3 * HIDDEN], feed[2 * HIDDEN], x[HIDDEN];
	const struct kh_net_kernels *plain = kh_net_kernels(KH_LANES_PLAIN), *list[4];
	unsigned n = others(list);
	for (unsigned turn = 0; turn < 4000; turn++) {
		int16_t c[2][HIDDEN], h[2][HIDDEN];
		shorts(pre, 3 * HIDDEN, turn % 2 ? -20000 : INT16_MIN,
		       turn % 2 ? 20000 : INT16_MAX);
		shorts(feed, 2 * HIDDEN, -INT16_MAX, INT16_MAX);
		shorts(x, HIDDEN, -8192, 8192);
		shorts(c[0], HIDDEN, -8192, 8192);
		for (unsigned k = 0; k < n; k++) {
			int16_t start[HIDDEN];
			memcpy(start, c[0], sizeof start);
			memcpy(c[1], c[0], sizeof start);
			plain->step(pre, feed, turn % 3 ? x : NULL, HIDDEN, c[0], h[0]);
			list[k]->step(pre, feed, turn % 3 ? x : NULL, HIDDEN, c[1], h[1]);
			assert_memory_equal(c[0], c[1], sizeof c[0]);
			assert_memory_equal(h[0], h[1], sizeof h[0]);
			for (unsigned j = 0; j < HIDDEN; j++)
				assert_in_range(c[0][j] + 8192, 0, 16384);
			memcpy(c[0], start, sizeof start);
		}
	}
}

static void dots_and_bends_are_equal(void **state)
{
	(void)state;
	static int16_t a[IN], b[MOST * IN], x[2][MOST * IN];
	const struct kh_net_kernels *plain = kh_net_kernels(KH_LANES_PLAIN), *list[4];
	unsigned n = others(list);
	for (unsigned turn = 0; turn < 200; turn++) {
		int32_t y[2][MOST];
		shorts(a, IN, INT16_MIN, INT16_MAX);
		shorts(b, MOST * IN, INT16_MIN, INT16_MAX);
		plain->dots(a, b, IN, IN, MOST, y[0]);
		memcpy(x[0], b, sizeof b);
		plain->bend(x[0], MOST * IN);
		for (unsigned k = 0; k < n; k++) {
			list[k]->dots(a, b, IN, IN, MOST, y[1]);
			assert_memory_equal(y[0], y[1], sizeof y[0]);
			memcpy(x[1], b, sizeof b);
			list[k]->bend(x[1], MOST * IN);
			assert_memory_equal(x[0], x[1], sizeof x[0]);
		}
	}
}

static khabar_model *model_open(void **image)
{
	FILE *f = fopen(getenv("KHABAR_MODEL"), "rb");
	khabar_model *m;
	khabar_error err;
	assert_non_null(f);
	fseek(f, 0, SEEK_END);
	size_t size = (size_t)ftell(f);
	rewind(f);
	*image = aligned_alloc(64, (size + 63) & ~(size_t)63);
	assert_int_equal(fread(*image, 1, size, f), size);
	fclose(f);
	assert_int_equal(khabar_model_open(&m, *image, size, &err), 0);
	return m;
}

static void sentences_are_read_alike(void **state)
{
	(void)state;
	static const char *const word[] = {"Police",  "in",	"Kano",	  "said", "on",
					   "Tuesday", "that",	"gunmen", "had",  "killed",
					   "13",      "people", ".",	  "zqxjk"};
	const struct kh_net_kernels *list[4];
	unsigned kinds = others(list);
	void *image;
	khabar_model *m = model_open(&image);
	struct kh_net net;
	struct kh_arena a;
	jmp_buf door;
	kh_net_open(&net, m);
	assert_non_null(net.head);
	kh_arena_init(&a, NULL);
	a.door = &door;
	assert_int_equal(setjmp(door), 0);
	for (unsigned turn = 0; turn < 50; turn++) {
		struct kh_seen seen[MOST];
		struct kh_net_room r[2];
		uint32_t n = dice() % MOST + 1;
		int32_t head[MOST];
		for (uint32_t i = 0; i < n; i++) {
			seen[i] =
				kh_seen_of(kh_str_of(word[dice() % KH_COUNT(word)]), KH_CASE_MIXED);
			head[i] = (int32_t)i - 1;
		}
		kh_arena_reset(&a);
		for (unsigned k = 0; k < kinds; k++) {
			kh_net_room_take(&r[0], &net, &a, n);
			kh_net_room_take(&r[1], &net, &a, n);
			kh_net_read(&net, kh_net_kernels(KH_LANES_PLAIN), seen, n, &r[0]);
			kh_net_read(&net, list[k], seen, n, &r[1]);
			kh_net_label(&net, kh_net_kernels(KH_LANES_PLAIN), head, n, &r[0]);
			kh_net_label(&net, list[k], head, n, &r[1]);
			assert_memory_equal(r[0].score, r[1].score, (size_t)n * n * 4);
			assert_memory_equal(r[0].classes, r[1].classes,
					    (size_t)n * net.classes.out * 2);
			assert_memory_equal(r[0].label, r[1].label, (size_t)n * net.label.out * 2);
		}
	}
	kh_arena_free(&a);
	khabar_model_close(m);
	free(image);
}

/* The best tree without crossing arcs and with one root, by trying all heads of four words. */
static int32_t best_of_all(const int32_t *score)
{
	int32_t best = INT32_MIN, head[4];
	for (unsigned code = 0; code < 256; code++) {
		int32_t sum = 0;
		unsigned roots = 0, good = 1;
		for (unsigned i = 0; i < 4; i++) {
			head[i] = (int32_t)(code >> 2 * i & 3);
			sum += score[i * 4 + (unsigned)head[i]];
			roots += head[i] == (int32_t)i;
		}
		for (unsigned i = 0; i < 4; i++) {
			unsigned k = i, steps = 0;
			while (head[k] != (int32_t)k && steps++ < 5)
				k = (unsigned)head[k];
			good &= steps < 5;
			for (unsigned j = 0; j < 4; j++) {
				unsigned a = i < (unsigned)head[i] ? i : (unsigned)head[i];
				unsigned b = i < (unsigned)head[i] ? (unsigned)head[i] : i;
				bool in = j > a && j < b,
				     out = (unsigned)head[j] < a || (unsigned)head[j] > b;
				good &= !(in && (out || head[j] == (int32_t)j));
			}
		}
		if (good && roots == 1 && sum > best)
			best = sum;
	}
	return best;
}

static void trees_are_the_best(void **state)
{
	(void)state;
	struct kh_arcs_room room = {0};
	struct kh_arena a;
	jmp_buf door;
	volatile unsigned cyclic = 0;
	kh_arena_init(&a, NULL);
	a.door = &door;
	assert_int_equal(setjmp(door), 0);
	for (unsigned turn = 0; turn < 2000; turn++) {
		int32_t score[16], head[4], sum = 0;
		unsigned roots = 0;
		for (unsigned i = 0; i < 16; i++)
			score[i] = (int32_t)(dice() % 1000);
		kh_arcs_tree(score, 4, head, &room, &a);
		for (unsigned i = 0; i < 4; i++) {
			sum += score[i * 4 + (head[i] < 0 ? i : (unsigned)head[i])];
			roots += head[i] < 0;
			unsigned k = i, steps = 0;
			while (head[k] >= 0 && steps++ < 5)
				k = (unsigned)head[k];
			assert_true(steps < 5);
		}
		assert_int_equal(roots, 1);
		assert_true(sum >= best_of_all(score)); /* more where arcs cross */
		cyclic += sum == best_of_all(score);
	}
	assert_true(cyclic > 1000);
	kh_arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(products_are_equal),
		cmocka_unit_test(steps_are_equal),
		cmocka_unit_test(dots_and_bends_are_equal),
		cmocka_unit_test(sentences_are_read_alike),
		cmocka_unit_test(trees_are_the_best),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
