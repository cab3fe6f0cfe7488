/* See http.h. In: GET on the loopback address. Out: what `answer` writes, as text. */
#include "bus/http.h"

#include <arpa/inet.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#ifdef KH_HTTP
#include <microhttpd.h>

struct kh_http {
	struct MHD_Daemon *daemon;
	kh_http_fn *answer;
	void *ctx;
};

static enum MHD_Result request(void *ctx, struct MHD_Connection *c, const char *url,
			       const char *method, const char *version, const char *data, size_t *n,
			       void **state)
{
	struct kh_http *h = ctx;
	char text[8192] = "not here\n";
	(void)version, (void)data, (void)n;
	if (!*state) {
		*state = h; /* the first call has the head only */
		return MHD_YES;
	}
	int status = strcmp(method, "GET") == 0 ? h->answer(h->ctx, url, text, sizeof text) : 405;
	struct MHD_Response *r =
		MHD_create_response_from_buffer(strlen(text), text, MHD_RESPMEM_MUST_COPY);
	MHD_add_response_header(r, "Content-Type", "text/plain; version=0.0.4; charset=utf-8");
	enum MHD_Result ok = MHD_queue_response(c, (unsigned)status, r);
	MHD_destroy_response(r);
	return ok;
}

struct kh_http *kh_http_open(unsigned *port, kh_http_fn *answer, void *ctx)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((uint16_t)*port)};
	struct kh_http *h = calloc(1, sizeof *h);
	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (!h)
		return NULL;
	h->answer = answer;
	h->ctx = ctx;
	h->daemon = MHD_start_daemon(0, (uint16_t)*port, NULL, NULL, request, h,
				     MHD_OPTION_SOCK_ADDR, &at, MHD_OPTION_CONNECTION_LIMIT, 16u,
				     MHD_OPTION_CONNECTION_TIMEOUT, 5u, MHD_OPTION_END);
	if (!h->daemon) {
		free(h);
		return NULL;
	}
	*port = MHD_get_daemon_info(h->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
	return h;
}

void kh_http_run(struct kh_http *h, int ms)
{
	if (h)
		MHD_run_wait(h->daemon, ms);
	else
		poll(NULL, 0, ms);
}

void kh_http_close(struct kh_http *h)
{
	if (h)
		MHD_stop_daemon(h->daemon);
	free(h);
}
#else
struct kh_http *kh_http_open(unsigned *port, kh_http_fn *answer, void *ctx)
{
	(void)port, (void)answer, (void)ctx;
	return NULL;
}

void kh_http_run(struct kh_http *h, int ms)
{
	(void)h;
	poll(NULL, 0, ms);
}

void kh_http_close(struct kh_http *h)
{
	(void)h;
}
#endif
