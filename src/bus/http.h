/* A page or two for those who watch over a process, on the loopback address only. */
#ifndef KH_BUS_HTTP_H
#define KH_BUS_HTTP_H

#include <stddef.h>

struct kh_http;
/* Fills `to` for a path; the HTTP status, 404 for paths that are none. */
typedef int kh_http_fn(void *ctx, const char *path, char *to, size_t room);

/* *port 0: any that is free, told in *port. NULL: it cannot be had, or this khabar was built without. */
struct kh_http *kh_http_open(unsigned *port, kh_http_fn *answer, void *ctx);
void kh_http_run(struct kh_http *h, int ms); /* answers for so long; h may be NULL: sleeps */
void kh_http_close(struct kh_http *h);

#endif
