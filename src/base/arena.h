/* One arena a worker: memory taken in order and given back at once. Out of memory leaves by
 * longjmp to the jump buffer of the arena, so that no caller checks an allocation. */
#ifndef KH_ARENA_H
#define KH_ARENA_H

#include <setjmp.h>

#include "base/base.h"

struct kh_block;

struct kh_arena {
	struct kh_block *first; /* newest block, the one taken from */
	size_t used, limit;     /* bytes held in all blocks; most allowed */
	void *(*alloc)(void *ctx, size_t size);
	void (*release)(void *ctx, void *p, size_t size);
	void *ctx;
	jmp_buf *door; /* where out of memory leaves to; set by whoever runs the line */
};

void kh_arena_init(struct kh_arena *a, const khabar_options *o);
void kh_arena_reset(struct kh_arena *a); /* keeps the largest block */
void kh_arena_free(struct kh_arena *a);

/* Zeroed, aligned to 16. Never NULL: leaves through the door. */
void *kh_arena_take(struct kh_arena *a, size_t n, size_t size);
/* Raw bytes, not zeroed. */
void *kh_arena_bytes(struct kh_arena *a, size_t size);
/* A copy of `n` bytes, NUL-ended beyond n. */
kh_str kh_arena_copy(struct kh_arena *a, kh_str s);
/* Room for one more: returns the array, grown and moved when *cap is reached. New room is zeroed. */
void *kh_arena_more(struct kh_arena *a, void *array, uint32_t n, uint32_t *cap, size_t size);

#define KH_TAKE(a, n, type) ((type *)kh_arena_take((a), (n), sizeof(type)))
/* Append room for one element and return a pointer to it; the list is {ptr,n,cap}. */
#define KH_PUSH(a, ptr, n, cap) \
	((ptr) = kh_arena_more((a), (ptr), (n), &(cap), sizeof(*(ptr))), &(ptr)[(n)++])

#endif
