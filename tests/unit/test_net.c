/* The net reads sentences alike with all kernels of this processor (tests/lanes has the kernels one
 * by one); scores become trees. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../slurp.h"
#include "base/str.h"
#include "model/arcs.h"
#include "model/net.h"
#include "model/spans.h"
#include "read/encode.h"

enum { MOST = 40 };

static uint64_t seed = 88172645463325252u;

static uint32_t dice(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (uint32_t)(seed >> 20);
}

static khabar_model *model_open(void **image)
{
	khabar_model *m;
	khabar_error err;
	size_t size;
	*image = slurp(getenv("KHABAR_MODEL"), &size);
	assert_non_null(*image);
	assert_int_equal(khabar_model_open(&m, *image, size, &err), 0);
	return m;
}

static void sentences_are_read_alike(void **state)
{
	(void)state;
	static const char *const word[] = {"Police",  "in",	"Kano",	  "said", "on",
					   "Tuesday", "that",	"gunmen", "had",  "killed",
					   "13",      "people", ".",	  "zqxjk"};
	const struct kh_net_kernels *const plain = kh_net_kernels(KH_LANES_PLAIN);
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
		for (int l = KH_LANES_PLAIN + 1; l < KH_LANES_KINDS; l++) {
			const struct kh_net_kernels *k = kh_net_kernels((enum kh_lanes)l);
			if (!k)
				continue;
			kh_net_room_take(&r[0], &net, &a, n);
			kh_net_room_take(&r[1], &net, &a, n);
			kh_net_read(&net, plain, seen, n, &r[0]);
			kh_net_read(&net, k, seen, n, &r[1]);
			kh_net_label(&net, plain, head, n, &r[0]);
			kh_net_label(&net, k, head, n, &r[1]);
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

/* Names: any hints and any logits of the tree give the same classes, each a way that may be. */
static void names_are_read_alike(void **state)
{
	(void)state;
	enum { HINTS = 8 };
	static const char *const word[] = {"Mary", "Okello", "of",     "the",  "Bank",
					   "in",   "Kano",   "Xqzjkw", "said", "."};
	const struct kh_net_kernels *const plain = kh_net_kernels(KH_LANES_PLAIN);
	void *image;
	khabar_model *m = model_open(&image);
	struct kh_spans s;
	struct kh_arena a;
	jmp_buf door;
	unsigned named = 0;
	kh_spans_open(&s, m);
	assert_non_null(s.head);
	kh_arena_init(&a, NULL);
	a.door = &door;
	assert_int_equal(setjmp(door), 0);
	for (unsigned turn = 0; turn < 60; turn++) {
		struct kh_seen seen[MOST];
		uint16_t hint[MOST * HINTS];
		int16_t tree[MOST * KH_SPAN_CLASSES];
		uint8_t class[2][MOST];
		struct kh_spans_words w = {seen, hint, tree, dice() % MOST + 1, HINTS};
		for (uint32_t i = 0; i < w.n; i++)
			seen[i] =
				kh_seen_of(kh_str_of(word[dice() % KH_COUNT(word)]), KH_CASE_MIXED);
		for (uint32_t i = 0; i < w.n * HINTS; i++) /* some rows that are not there */
			hint[i] = (uint16_t)(dice() % (s.head->hints + 9));
		for (uint32_t i = 0; i < w.n * KH_SPAN_CLASSES; i++)
			tree[i] = (int16_t)((int)(dice() % 65536) - 32768);
		for (int l = KH_LANES_PLAIN; l < KH_LANES_KINDS; l++) {
			const struct kh_net_kernels *k = kh_net_kernels((enum kh_lanes)l);
			struct kh_spans_room r;
			if (!k)
				continue;
			kh_arena_reset(&a);
			kh_spans_room_take(&r, &s, &a, w.n);
			kh_spans_read(&s, k, &w, &r, class[k != plain]);
			assert_memory_equal(class[0], class[k != plain], w.n);
		}
		for (uint32_t i = 0; i < w.n; i++) {
			uint8_t c = class[0][i], before = i ? class[0][i - 1] : 0;
			assert_true(c < KH_SPAN_CLASSES);
			assert_true(!c || c % 2 || before == c || before == c - 1);
			named += c != 0;
		}
	}
	assert_true(named > 100);
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
		cmocka_unit_test(sentences_are_read_alike),
		cmocka_unit_test(names_are_read_alike),
		cmocka_unit_test(trees_are_the_best),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
