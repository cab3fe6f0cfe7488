/* The sets of kernels that kh_net_kernels() chooses from. */
#ifndef KH_NET_LANES_H
#define KH_NET_LANES_H

#include "model/net.h"

/* KH_NET_ALIAS: all sets at once, of vectors made by a library for any processor (tests/lanes). */
#if defined(KH_NET_ALIAS)
#define KH_NET_X86 1
#define KH_NET_NEON 1
#define KH_NET_FOR(features)
#elif defined(__x86_64__) && defined(__GNUC__)
#define KH_NET_X86 1
#define KH_NET_NEON 0
#define KH_NET_FOR(features) __attribute__((target(features)))
#elif defined(__aarch64__) && !defined(__AARCH64EB__)
#define KH_NET_X86 0
#define KH_NET_NEON 1
#else
#define KH_NET_X86 0
#define KH_NET_NEON 0
#endif

extern const struct kh_net_kernels kh_net_plain, kh_net_neon;
extern const struct kh_net_kernels kh_net_sse2, kh_net_avx2, kh_net_avx512, kh_net_vnni;

/* Those of AVX2 that the sets for AVX-512 have too. */
void kh_net_avx2_step(const int16_t *pre, const int16_t *feed, const int16_t *x, uint32_t n,
		      int16_t *c, int16_t *h);
void kh_net_avx2_dots(const int16_t *a, const int16_t *b, uint32_t size, uint32_t stride,
		      uint32_t n, int32_t *y);
void kh_net_avx2_bend(int16_t *x, uint32_t n);

#endif
