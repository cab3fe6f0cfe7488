/* What a URL of NATS says. */
#ifndef KH_BUS_URL_H
#define KH_BUS_URL_H

#include <stdbool.h>
#include <stdio.h>

enum { KH_URL_SERVERS = 16 };

struct kh_url {
	char *server[KH_URL_SERVERS]; /* scheme://HOST:PORT, without a user */
	int n;
	char *user, *password, *copy;
	char stream[64];
	bool tls, elsewhere; /* elsewhere: not all servers are on the loopback address */
};

/* NULL, or what is wrong with it; free it in any case. */
const char *kh_url_parse(struct kh_url *u, const char *url);
void kh_url_free(struct kh_url *u);

#endif
