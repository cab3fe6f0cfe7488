/* Addresses of the web: a relative one against the one that it stands in (RFC 3986). */
#ifndef KH_ADDRESS_H
#define KH_ADDRESS_H

#include "base/arena.h"
#include "base/base.h"

/* "paper.com" of "https://www.paper.com/a"; empty: the address has no host. */
kh_str kh_address_host(kh_str url);
/* `ref` as it is when it is whole or `base` is not; else the whole address that it means. */
kh_str kh_address_join(struct kh_arena *a, kh_str base, kh_str ref);

#endif
