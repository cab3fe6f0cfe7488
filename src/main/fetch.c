/* See fetch.h. In: an address. Out: what the server says, after its robots.txt was asked once a
 * run. Requests are made one after another, so a host never sees two at a time. */
#include <ctype.h>
#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "fetch.h"

enum {
	HOSTS = 512,
	HOST = 256,
	ROBOTS = 512 << 10,
	TIMEOUT = 30,
	REDIRECTS = 5,
	DAY = 86400,   /* a robots.txt holds so long */
	CLOSED = 900,  /* one that could not be had is asked for again */
	PATTERN = 500, /* bytes of a path in it */
};

struct host {
	char name[HOST];    /* scheme://host:port */
	time_t again, hold; /* when robots.txt is asked for again; nothing is asked for before */
	bool closed;	    /* robots.txt could not be had, so nothing is fetched for now */
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
	size_t room = FETCH_MOST - a->body.n;
	a->cut = size * n > room;
	buf_add(&a->body, p, a->cut ? room : size * n);
	return a->cut ? 0 : size * n; /* 0 ends the request */
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
	a->cut = false;
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
	if (r == CURLE_OK || a->cut) {
		curl_easy_getinfo(f->curl, CURLINFO_REDIRECT_URL, &next);
		if (onward && next)
			set(onward, next, strlen(next));
		curl_easy_getinfo(f->curl, CURLINFO_RESPONSE_CODE, &a->status);
		curl_easy_getinfo(f->curl, CURLINFO_EFFECTIVE_URL, &last);
	} else {
		snprintf(a->why, sizeof a->why, "%s", curl_easy_strerror(r));
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
	size_t k = 0, left = (size_t)(end - *p);
	while (k < left && (*p)[k] != '\n' && (*p)[k] != '\r')
		k++;
	*line = *p;
	*n = k;
	*p += k + (k < left);
	const char *hash = memchr(*line, '#', *n);
	*n = hash ? (size_t)(hash - *line) : *n;
	while (*n && strchr(" \t", **line))
		++*line, --*n;
	while (*n && strchr(" \t", (*line)[*n - 1]))
		--*n;
	return true;
}

/* "Name: value", blanks allowed around the colon. */
static bool field(const char *line, size_t n, const char *name, const char **value, size_t *left)
{
	size_t k = strlen(name);
	if (n < k || strncasecmp(line, name, k) != 0)
		return false;
	while (k < n && strchr(" \t", line[k]))
		k++;
	if (k == n || line[k++] != ':')
		return false;
	while (k < n && strchr(" \t", line[k]))
		k++;
	*value = line + k;
	*left = n - k;
	return true;
}

/* One spelling of a path: letters, digits and "-._~" as they are, hex digits of others large. */
static size_t one_spelling(const char *p, size_t n, char *to)
{
	static const char digits[] = "0123456789ABCDEF";
	size_t m = 0;
	for (size_t i = 0; i < n && p[i] != '#'; i++) {
		unsigned char c = (unsigned char)p[i];
		bool coded = c == '%' && i + 2 < n && isxdigit((unsigned char)p[i + 1]) &&
			     isxdigit((unsigned char)p[i + 2]);
		if (coded) {
			char hex[3] = {p[i + 1], p[i + 2], 0};
			c = (unsigned char)strtoul(hex, NULL, 16);
			i += 2;
		}
		if (coded ? !isalnum(c) && (!c || !strchr("-._~", c)) : c > 126 || c < 33) {
			to[m++] = '%';
			to[m++] = digits[c >> 4];
			to[m++] = digits[c & 15];
		} else {
			to[m++] = (char)c;
		}
	}
	return m;
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

/* Is the group that this line opens, one of several perhaps, for us by name (0), for all (1)? */
static void group_for(const char *v, size_t n, bool is[2])
{
	is[0] |= n >= 6 && strncasecmp(v, "khabar", 6) == 0 &&
		 (n == 6 || !isalnum((unsigned char)v[6]));
	is[1] |= n == 1 && *v == '*';
}

/* The longest rule for us decides; rules for khabar by name stand before those for all. */
static bool allowed(struct host *h, const char *path)
{
	const char *p = h->robots.p, *end = p + h->robots.n, *line, *v;
	size_t n, left, best[2] = {0, 0};
	bool is[2] = {false, false}, rules = true, allow[2] = {true, true}, named = false;
	int delay[2] = {0, 0};
	char pattern[3 * PATTERN + 1];
	while (h->robots.n && next_line(&p, end, &line, &n)) {
		if (field(line, n, "user-agent", &v, &left)) {
			if (rules)
				is[0] = is[1] = rules = false;
			group_for(v, left, is);
			named |= is[0];
			continue;
		}
		if (field(line, n, "crawl-delay", &v, &left)) {
			rules = true;
			for (unsigned k = 0; k < 2 && left; k++) /* a NUL ends the file */
				delay[k] = is[k] ? atoi(v) : delay[k];
			continue;
		}
		bool yes = field(line, n, "allow", &v, &left);
		if (!yes && !field(line, n, "disallow", &v, &left))
			continue; /* "Sitemap:" belongs to no group */
		rules = true;
		if (!left || left > PATTERN || !(is[0] || is[1]))
			continue;
		size_t m = one_spelling(v, left, pattern);
		for (unsigned k = 0; k < 2; k++)
			if (is[k] && 2 * m + yes > best[k] && covers(pattern, m, path)) {
				best[k] = 2 * m + yes;
				allow[k] = yes;
			}
	}
	int seconds = delay[!named];
	h->delay = seconds < 0 ? 0 : seconds < 60 ? seconds : 60;
	return allow[!named];
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

/* 4xx: there is no robots.txt, all is open; 5xx, 429 or no answer: all is closed for now. */
static void ask_robots(struct fetcher *f, struct host *h)
{
	struct answer a = {0};
	char url[HOST + 16];
	snprintf(url, sizeof url, "%s/robots.txt", h->name);
	request(f, h, url, "", "", &a, NULL);
	h->closed = a.status == 0 || a.status >= 500 || a.status == 429;
	h->again = time(NULL) + (h->closed ? CLOSED : DAY);
	h->robots.n = 0;
	size_t mark = a.body.n > 2 && memcmp(a.body.p, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
	if (a.status == 200) {
		buf_add(&h->robots, a.body.p + mark,
			a.body.n - mark < ROBOTS ? a.body.n - mark : ROBOTS);
		buf_add(&h->robots, "", 1);
	}
	fetch_answer_free(&a);
}

/* One address; where it leads to is asked of that host's robots.txt, too. */
static void get_one(struct fetcher *f, const char *url, const char *etag, const char *modified,
		    struct answer *a, struct buf *onward)
{
	struct host *h = host_of(f, url);
	struct buf path = {0};
	a->status = a->retry_after = 0;
	a->why[0] = 0;
	onward->n = 0;
	if (!h) {
		a->status = FETCH_NEVER;
		snprintf(a->why, sizeof a->why, "not an address of the web");
		return;
	}
	if (h->hold > time(NULL)) {
		a->retry_after = h->hold - time(NULL);
		snprintf(a->why, sizeof a->why, "its server asked to wait");
		return;
	}
	if (time(NULL) >= h->again)
		ask_robots(f, h);
	const char *p = url + strlen(h->name);
	if (*p != '/')
		buf_text(&path, "/");
	path.n += one_spelling(p, strlen(p), buf_room(&path, 3 * strlen(p) + 1));
	buf_add(&path, "", 1);
	if (h->closed)
		snprintf(a->why, sizeof a->why, "robots.txt cannot be had");
	else if (!allowed(h, path.p))
		a->status = FETCH_ROBOTS;
	else
		request(f, h, url, etag, modified, a, onward);
	if (a->retry_after > 0 && a->status == 429) /* too many requests, of whatever */
		h->hold = time(NULL) + (a->retry_after < DAY ? a->retry_after : DAY);
	buf_free(&path);
}

void fetch_join(const char *base, const char *href, size_t n, struct buf *to)
{
	struct buf own = {0};
	CURLU *u = curl_url();
	char *whole = NULL;
	buf_add(&own, href, n);
	buf_add(&own, "", 1);
	to->n = 0;
	if (u && curl_url_set(u, CURLUPART_URL, base, 0) == CURLUE_OK &&
	    curl_url_set(u, CURLUPART_URL, own.p, 0) == CURLUE_OK &&
	    curl_url_get(u, CURLUPART_URL, &whole, 0) == CURLUE_OK)
		buf_text(to, whole);
	buf_add(to, "", 1);
	to->n--;
	curl_free(whole);
	curl_url_cleanup(u);
	buf_free(&own);
}

void fetch_get(struct fetcher *f, const char *url, const char *etag, const char *modified,
	       struct answer *a)
{
	struct buf onward = {0}, here = {0};
	bool moved = true;
	get_one(f, url, etag, modified, a, &onward);
	a->moved = false;
	for (int i = 0; i < REDIRECTS && onward.n; i++) {
		moved = moved && (a->status == 301 || a->status == 308);
		a->moved = moved;
		here.n = 0;
		buf_add(&here, onward.p, onward.n);
		buf_add(&here, "", 1);
		get_one(f, here.p, etag, modified, a, &onward);
	}
	if (onward.n && a->status >= 300 && a->status < 400) {
		a->status = FETCH_NEVER;
		snprintf(a->why, sizeof a->why, "more than %d redirections", REDIRECTS);
	}
	buf_free(&onward);
	buf_free(&here);
}
