/* The ground: types and macros that every file may use. Nothing here knows of news. */
#ifndef KH_BASE_H
#define KH_BASE_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "khabar.h"

typedef khabar_str kh_str;
typedef khabar_span kh_span;

#define KH_NONE UINT32_MAX /* no index */
#define KH_NO_DAY INT32_MIN

#define KH_COUNT(a) (sizeof(a) / sizeof((a)[0]))

#if defined(__GNUC__)
#define KH_PRINTF(a, b) __attribute__((format(printf, a, b)))
#define KH_NORETURN __attribute__((noreturn))
#define KH_UNUSED __attribute__((unused))
#else
#define KH_PRINTF(a, b)
#define KH_NORETURN
#define KH_UNUSED
#endif

static inline uint32_t kh_min32(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

static inline uint32_t kh_max32(uint32_t a, uint32_t b)
{
	return a > b ? a : b;
}

static inline uint32_t kh_span_len(kh_span s)
{
	return s.end - s.begin;
}

static inline bool kh_span_holds(kh_span outer, kh_span inner)
{
	return outer.begin <= inner.begin && inner.end <= outer.end;
}

static inline bool kh_span_touch(kh_span a, kh_span b)
{
	return a.begin < b.end && b.begin < a.end;
}

#endif
