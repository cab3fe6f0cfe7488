/* The sets of kernels that kh_net_kernels() chooses from. */
#ifndef KH_NET_LANES_H
#define KH_NET_LANES_H

#include "model/net.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define KH_NET_X86 1
#else
#define KH_NET_X86 0
#endif

extern const struct kh_net_kernels kh_net_plain;
#if KH_NET_X86
extern const struct kh_net_kernels kh_net_sse2, kh_net_avx2;
#endif

#endif
