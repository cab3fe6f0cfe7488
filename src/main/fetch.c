/* See fetch.h. In: an address. Out: what the server says, after its robots.txt was asked once a
 * run. Requests are made one after another, so a host never sees two at a time. */
#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "fetch.h"

enum { HOSTS = 512, HOST = 256, ROBOTS = 512 << 10, TIMEOUT = 30, REDIRECTS = 5 };

struct host {
	char name[HOST]; /* scheme://host:port */
	bool asked,
		closed; /* closed: robots.txt could not be had, so nothing is fetched this time */
	struct buf robots;
	int delay;   /* seconds, as robots.txt asks */
	double last; /* of the last request */
};

struct fetcher {
	CURL *curl;
	int pause, hosts;
	struct host host[HOSTS];
};

struct fetcher *fetch_new(int pause)
{
	struct fetcher *f = calloc(1, sizeof *f);
	if (!f || curl_global_init(CURL_GLOBAL_DEFAULT) != 0 || !(f->curl = curl_easy_init())) {
		free(f);
		return NULL;
	}
	f->pause = pause;
	return f;
}

void fetch_free(struct fetcher *f)
{
	if (!f)
		return;
	for (int i = 0; i < f->hosts; i++)
		buf_free(&f->host[i].robots);
	curl_easy_cleanup(f->curl);
	curl_global_cleanup();
	free(f);
}

void fetch_answer_free(struct answer *a)
{
	buf_free(&a->body);
	buf_free(&a->etag);
	buf_free(&a->modified);
	buf_free(&a->type);
	buf_free(&a->url);
}

static void set(struct buf *b, const char *p, size_t n)
{
	while (n && strchr(" \t\r\n", p[n - 1]))
		n--;
	while (n && (*p == ' ' || *p == '\t'))
		p++, n--;
	b->n = 0;
	buf_add(b, p, n);
	buf_add(b, "", 1);
	b->n--;
}

static size_t take_body(char *p, size_t size, size_t n, void *ctx)
{
	struct answer *a = ctx;
	if (a->body.n + size * n > FETCH_MOST)
		return 0; /* ends the request */
	buf_add(&a->body, p, size * n);
	return size * n;
}

static size_t take_header(char *p, size_t size, size_t n, void *ctx)
{
	struct answer *a = ctx;
	static const char *const names[] = {
		"etag:", "last-modified:", "content-type:", "retry-after:"};
	n *= size;
	for (unsigned i = 0; i < 4; i++) {
		size_t k = strlen(names[i]);
		if (n <= k || strncasecmp(p, names[i], k) != 0)
			continue;
		struct buf value = {0}, *to = i == 0   ? &a->etag
					      : i == 1 ? &a->modified
					      : i == 2 ? &a->type
						       : &value;
		set(to, p + k, n - k);
		if (i == 3) { /* seconds, or a date */
			char *end;
			a->retry_after = strtol(value.p, &end, 10);
			if (end == value.p) {
				time_t when = curl_getdate(value.p, NULL);
				a->retry_after = when > time(NULL) ? (long)(when - time(NULL)) : 0;
			}
		}
		buf_free(&value);
	}
	return n;
}

static void wait_turn(const struct fetcher *f, struct host *h)
{
	double least = h->delay > f->pause ? h->delay : f->pause;
	double left = h->last > 0 ? h->last + least - main_clock() : 0;
	if (left > 0)
		usleep((useconds_t)(left * 1e6));
}

/* `onward`: where a redirection leads to is put there and not followed; NULL: it is followed. */
static void request(struct fetcher *f, struct host *h, const char *url, const char *etag,
		    const char *modified, struct answer *a, struct buf *onward)
{
	struct curl_slist *headers = NULL;
	struct buf line = {0};
	wait_turn(f, h);
	a->body.n = 0;
	curl_easy_reset(f->curl);
	if (*etag) {
		buf_text(&line, "If-None-Match: ");
		buf_text(&line, etag);
		buf_add(&line, "", 1);
		headers = curl_slist_append(headers, line.p);
	}
	line.n = 0;
	if (*modified) {
		buf_text(&line, "If-Modified-Since: ");
		buf_text(&line, modified);
		buf_add(&line, "", 1);
		headers = curl_slist_append(headers, line.p);
	}
	curl_easy_setopt(f->curl, CURLOPT_URL, url);
	curl_easy_setopt(f->curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(f->curl, CURLOPT_USERAGENT, "khabar/" KHABAR_PROGRAM_VERSION);
	curl_easy_setopt(f->curl, CURLOPT_ACCEPT_ENCODING, "");
	curl_easy_setopt(f->curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(f->curl, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(f->curl, CURLOPT_FOLLOWLOCATION, onward ? 0L : 1L);
	curl_easy_setopt(f->curl, CURLOPT_MAXREDIRS, (long)REDIRECTS); /* of robots.txt */
	curl_easy_setopt(f->curl, CURLOPT_TIMEOUT, (long)TIMEOUT);
	curl_easy_setopt(f->curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(f->curl, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(f->curl, CURLOPT_WRITEDATA, a);
	curl_easy_setopt(f->curl, CURLOPT_HEADERFUNCTION, take_header);
	curl_easy_setopt(f->curl, CURLOPT_HEADERDATA, a);
	CURLcode r = curl_easy_perform(f->curl);
	h->last = main_clock();
	a->status = 0;
	const char *last = NULL, *next = NULL;
	if (r == CURLE_OK) {
		curl_easy_getinfo(f->curl, CURLINFO_REDIRECT_URL, &next);
		if (onward && next)
			set(onward, next, strlen(next));
		curl_easy_getinfo(f->curl, CURLINFO_RESPONSE_CODE, &a->status);
		curl_easy_getinfo(f->curl, CURLINFO_EFFECTIVE_URL, &last);
	} else {
		snprintf(a->why, sizeof a->why, "%s",
			 r == CURLE_WRITE_ERROR ? "longer than 16 MiB" : curl_easy_strerror(r));
	}
	set(&a->url, last ? last : url, strlen(last ? last : url));
	curl_slist_free_all(headers);
	buf_free(&line);
}

/* ---- robots.txt ---------------------------------------------------------- */

static bool next_line(const char **p, const char *end, const char **line, size_t *n)
{
	if (*p >= end)
		return false;
	const char *nl = memchr(*p, '\n', (size_t)(end - *p));
	*line = *p;
	*n = (size_t)((nl ? nl : end) - *p);
	*p = nl ? nl + 1 : end;
	const char *hash = memchr(*line, '#', *n);
	*n = hash ? (size_t)(hash - *line) : *n;
	while (*n && strchr(" \t\r", (*line)[*n - 1]))
		--*n;
	return true;
}

static bool field(const char *line, size_t n, const char *name, const char **value, size_t *left)
{
	size_t k = strlen(name);
	if (n < k || strncasecmp(line, name, k) != 0)
		return false;
	while (k < n && strchr(" \t", line[k]))
		k++;
	*value = line + k;
	*left = n - k;
	return true;
}

/* Does a pattern with * and a closing $ cover the path? Steps back to the last * only: linear
 * enough for lines of a bounded length. */
static bool covers(const char *p, size_t n, const char *path)
{
	size_t i = 0, star = SIZE_MAX, mark = 0, k = 0, len = strlen(path);
	bool whole = n && p[n - 1] == '$';
	n -= whole;
	while (i < n || (whole && k < len)) {
		if (i < n && p[i] == '*') {
			star = i++;
			mark = k;
		} else if (i < n && k < len && p[i] == path[k]) {
			i++, k++;
		} else if (star != SIZE_MAX && mark < len) {
			i = star + 1;
			k = ++mark;
		} else {
			return false;
		}
	}
	return true;
}

/* The longest rule for us decides; rules for khabar by name stand before those for all. */
static bool allowed(struct host *h, const char *path)
{
	const char *p = h->robots.p, *end = p + h->robots.n, *line, *v;
	size_t n, left, best[2] = {0, 0};
	bool ours = false, all = false, rules = true, allow[2] = {true, true}, named = false;
	while (h->robots.n && next_line(&p, end, &line, &n)) {
		if (field(line, n, "user-agent:", &v, &left)) {
			if (rules)
				ours = all = rules = false;
			ours |= left >= 6 && strncasecmp(v, "khabar", 6) == 0;
			all |= left == 1 && *v == '*';
			named |= ours;
			continue;
		}
		bool yes = field(line, n, "allow:", &v, &left);
		bool rule = yes || field(line, n, "disallow:", &v, &left);
		rules |= n > 0;
		if (field(line, n, "crawl-delay:", &v, &left) && (ours || all))
			h->delay = atoi(v) < 60 ? atoi(v) : 60;
		if (!rule || !left || left > 500 || !(ours || all))
			continue;
		rule = yes || field(line, n, "disallow:", &v, &left);
		field(line, n, yes ? "allow:" : "disallow:", &v, &left);
		for (unsigned k = 0; k < 2; k++)
			if ((k ? all : ours) && covers(v, left, path) && left + yes > best[k]) {
				best[k] = left + yes;
				allow[k] = yes;
			}
	}
	return named ? allow[0] : allow[1];
}

static struct host *host_of(struct fetcher *f, const char *url)
{
	const char *p = strstr(url, "://");
	size_t n = p ? (size_t)(p + 3 - url) + strcspn(p + 3, "/?#") : 0;
	if (!n || n >= HOST)
		return NULL;
	for (int i = 0; i < f->hosts; i++)
		if (strlen(f->host[i].name) == n && memcmp(f->host[i].name, url, n) == 0)
			return &f->host[i];
	if (f->hosts == HOSTS) { /* the oldest makes room */
		buf_free(&f->host[0].robots);
		memmove(f->host, f->host + 1, (HOSTS - 1) * sizeof *f->host);
		f->hosts--;
	}
	struct host *h = &f->host[f->hosts++];
	memset(h, 0, sizeof *h);
	memcpy(h->name, url, n);
	return h;
}

/* 4xx: there is no robots.txt, all is open; 5xx or no answer: all is closed for now. */
static void ask_robots(struct fetcher *f, struct host *h)
{
	struct answer a = {0};
	char url[HOST + 16];
	snprintf(url, sizeof url, "%s/robots.txt", h->name);
	request(f, h, url, "", "", &a, NULL);
	h->asked = true;
	h->closed = a.status == 0 || a.status >= 500;
	if (a.status == 200)
		buf_add(&h->robots, a.body.p, a.body.n < ROBOTS ? a.body.n : ROBOTS);
	fetch_answer_free(&a);
}

/* One address; where it leads to is asked of that host's robots.txt, too. */
static void get_one(struct fetcher *f, const char *url, const char *etag, const char *modified,
		    struct answer *a, struct buf *onward)
{
	struct host *h = host_of(f, url);
	a->status = a->retry_after = 0;
	a->why[0] = 0;
	onward->n = 0;
	if (!h) {
		snprintf(a->why, sizeof a->why, "not an address of the web");
		return;
	}
	if (!h->asked)
		ask_robots(f, h);
	const char *path = url + strlen(h->name);
	if (h->closed)
		snprintf(a->why, sizeof a->why, "robots.txt cannot be had");
	else if (!allowed(h, *path ? path : "/"))
		a->status = FETCH_ROBOTS;
	else
		request(f, h, url, etag, modified, a, onward);
}

void fetch_get(struct fetcher *f, const char *url, const char *etag, const char *modified,
	       struct answer *a)
{
	struct buf onward = {0}, here = {0};
	get_one(f, url, etag, modified, a, &onward);
	for (int i = 0; i < REDIRECTS && onward.n; i++) {
		here.n = 0;
		buf_add(&here, onward.p, onward.n);
		buf_add(&here, "", 1);
		get_one(f, here.p, etag, modified, a, &onward);
	}
	if (onward.n && a->status >= 300 && a->status < 400) {
		a->status = 0;
		snprintf(a->why, sizeof a->why, "more than %d redirections", REDIRECTS);
	}
	buf_free(&onward);
	buf_free(&here);
}
