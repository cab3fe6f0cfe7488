/* Blocks from the allocator, doubled in size; arrays that grow copy into newer room.
 * In: sizes. Out: memory that lasts until reset. */
#include "base/arena.h"

#include <stdlib.h>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#define POISON(p, n) __asan_poison_memory_region((p), (n))
#define UNPOISON(p, n) __asan_unpoison_memory_region((p), (n))
#define GAP 16u /* between pieces, so that an overrun is seen */
#else
#define POISON(p, n) ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
#define GAP 0u
#endif

#define FIRST_BLOCK ((size_t)1 << 18)

struct kh_block {
	struct kh_block *next;
	size_t size, used; /* bytes after this head */
	size_t pad;
};

static void *plain_alloc(void *ctx, size_t size)
{
	(void)ctx;
	return malloc(size);
}

static void plain_release(void *ctx, void *p, size_t size)
{
	(void)ctx;
	(void)size;
	free(p);
}

void kh_arena_init(struct kh_arena *a, const khabar_options *o)
{
	memset(a, 0, sizeof *a);
	a->limit = o && o->max_memory ? o->max_memory : (size_t)1 << 30;
	a->alloc = o && o->alloc ? o->alloc : plain_alloc;
	a->release = o && o->release ? o->release : plain_release;
	a->ctx = o ? o->ctx : NULL;
}

static void drop(struct kh_arena *a, struct kh_block *b)
{
	UNPOISON(b + 1, b->size);
	a->used -= b->size;
	a->release(a->ctx, b, sizeof *b + b->size);
}

void kh_arena_free(struct kh_arena *a)
{
	while (a->first) {
		struct kh_block *b = a->first;
		a->first = b->next;
		drop(a, b);
	}
}

void kh_arena_reset(struct kh_arena *a)
{
	struct kh_block *keep = a->first;
	for (struct kh_block *b = a->first; b; b = b->next)
		if (b->size > keep->size)
			keep = b;
	for (struct kh_block *b = a->first, *next; b; b = next) {
		next = b->next;
		if (b != keep)
			drop(a, b);
	}
	a->first = keep;
	if (keep) {
		keep->next = NULL;
		keep->used = 0;
		POISON(keep + 1, keep->size);
	}
}

static KH_NORETURN void leave(struct kh_arena *a)
{
	longjmp(*a->door, 1);
}

static void new_block(struct kh_arena *a, size_t size)
{
	size_t want = a->first ? a->first->size * 2 : FIRST_BLOCK;
	if (want > ((size_t)1 << 25))
		want = (size_t)1 << 25;
	if (want < size)
		want = size;
	if (want > a->limit - (a->used < a->limit ? a->used : a->limit))
		want = size;
	if (a->used > a->limit || want > a->limit - a->used)
		leave(a);
	struct kh_block *b = a->alloc(a->ctx, sizeof *b + want);
	if (!b)
		leave(a);
	*b = (struct kh_block){ .next = a->first, .size = want };
	POISON(b + 1, want);
	a->used += want;
	a->first = b;
}

void *kh_arena_bytes(struct kh_arena *a, size_t size)
{
	if (size > SIZE_MAX / 4)
		leave(a);
	size_t room = ((size + 15) & ~(size_t)15) + GAP;
	struct kh_block *b = a->first;
	if (!b || b->size - b->used < room) {
		new_block(a, room);
		b = a->first;
	}
	char *p = (char *)(b + 1) + b->used;
	b->used += room;
	UNPOISON(p, size);
	return p;
}

void *kh_arena_take(struct kh_arena *a, size_t n, size_t size)
{
	if (size && n > SIZE_MAX / 4 / size)
		leave(a);
	void *p = kh_arena_bytes(a, n * size);
	if (n && size)
		memset(p, 0, n * size);
	return p;
}

kh_str kh_arena_copy(struct kh_arena *a, kh_str s)
{
	char *p = kh_arena_bytes(a, s.n + 1);
	if (s.n)
		memcpy(p, s.p, s.n);
	p[s.n] = 0;
	return (kh_str){ p, s.n };
}

void *kh_arena_more(struct kh_arena *a, void *array, uint32_t n, uint32_t *cap, size_t size)
{
	if (n < *cap)
		return array;
	uint32_t want = *cap ? *cap * 2 : 16;
	if (want <= *cap)
		leave(a);
	char *p = kh_arena_take(a, want, size);
	if (n)
		memcpy(p, array, n * size);
	*cap = want;
	return p;
}
