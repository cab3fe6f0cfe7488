/* URLs of NATS. In: nats://[USER:PASSWORD@]HOST[:PORT][,…]/STREAM, or tls://. Out: servers, user,
 * stream; whether any of the servers is another machine. */
#include "bus/url.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static bool loopback(const char *host)
{
	size_t digits = strspn(host, "0123456789."); /* 127.news.example is a name */
	size_t n = strncmp(host, "127.", 4) == 0	? digits
		   : strncmp(host, "[::1]", 5) == 0	? 5
		   : strncmp(host, "localhost", 9) == 0 ? 9
							: 0;
	return n && (host[n] == ':' || host[n] == 0);
}

static bool stream_name(const char *z)
{
	size_t n = strlen(z);
	for (const char *p = z; *p; p++)
		if (!isalnum((unsigned char)*p) && *p != '_' && *p != '-')
			return false;
	return n > 0 && n < sizeof((struct kh_url *)0)->stream;
}

/* The user of the first server, cut out of `hosts`. */
static void user_of(struct kh_url *u, char **hosts)
{
	char *at = strrchr(*hosts, '@');
	if (!at)
		return;
	*at = 0;
	char *colon = strchr(*hosts, ':');
	if (colon)
		*colon = 0;
	u->user = strdup(*hosts);
	u->password = strdup(colon ? colon + 1 : "");
	*hosts = at + 1;
}

static const char *take_hosts(struct kh_url *u, char *hosts)
{
	char *rest = NULL;
	for (char *h = strtok_r(hosts, ",", &rest); h; h = strtok_r(NULL, ",", &rest)) {
		char line[300];
		const char *tail = strrchr(h, ']') ? strrchr(h, ']') : h;
		if (u->n == KH_URL_SERVERS)
			return "too many servers";
		snprintf(line, sizeof line, "%s://%.200s%s", u->tls ? "tls" : "nats", h,
			 strchr(tail, ':') ? "" : ":4222");
		u->elsewhere = u->elsewhere || !loopback(h);
		u->server[u->n] = strdup(line);
		if (!u->server[u->n++])
			return "out of memory";
	}
	return u->n ? NULL : "no server in the URL (nats://HOST/STREAM)";
}

const char *kh_url_parse(struct kh_url *u, const char *url)
{
	memset(u, 0, sizeof *u);
	const char *begin = strstr(url, "://");
	u->tls = strncmp(url, "tls", 3) == 0;
	u->copy = strdup(begin ? begin + 3 : "");
	char *hosts = u->copy, *slash = hosts ? strrchr(hosts, '/') : NULL;
	if (!slash || !stream_name(slash + 1))
		return "no stream in the URL (nats://HOST/STREAM; letters, digits, _ and -)";
	snprintf(u->stream, sizeof u->stream, "%s", slash + 1);
	*slash = 0;
	user_of(u, &hosts);
	return take_hosts(u, hosts);
}

void kh_url_free(struct kh_url *u)
{
	for (int i = 0; i < u->n; i++)
		free(u->server[i]);
	free(u->user);
	free(u->password);
	free(u->copy);
	memset(u, 0, sizeof *u);
}
