/* The server: loopback only, a token for each run, one thread. In: requests. Out: the page's files
 * as they were built in, answers of the api, or one clear line why not. */
#include <errno.h>
#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/resource.h>

#include "view/own.h"

enum {
	CONNECTIONS = 4000, /* more wait at the door until one is closed */
	BUSY = 2000,	    /* from here on an answer is 503, so that the door stays open */
	IDLE_S = 30,
	BODY = 1 << 18
};

struct post { /* a request as it comes in */
	size_t n;
	bool over;
	char *p;
};

static const struct route {
	const char *path;
	kh_answer *answer;
	bool post;
} routes[] = {
	{"/api/info", kh_api_info, false},	   {"/api/incidents", kh_api_incidents, false},
	{"/api/match", kh_api_match, false},	   {"/api/incident", kh_api_incident, false},
	{"/api/story", kh_api_story, false},	   {"/api/explain", kh_api_explain, false},
	{"/api/export", kh_api_export, false},	   {"/api/queue", kh_api_queue, false},
	{"/api/review", kh_api_judge, true},	   {"/api/agreement", kh_api_agreement, false},
	{"/api/handbook", kh_api_handbook, false}, {"/api/saved", kh_api_saved, false},
	{"/api/keep", kh_api_keep, true},	   {"/api/confusion", kh_api_confusion, false},
};

static const struct file {
	const char *path, *type;
	const unsigned char *p;
	const unsigned long *n;
	bool packed;
} files[] = {
	{"/", "text/html; charset=utf-8", kh_page_html, &kh_page_html_n, false},
	{"/app.js", "text/javascript; charset=utf-8", kh_page_js, &kh_page_js_n, true},
	{"/app.css", "text/css; charset=utf-8", kh_page_css, &kh_page_css_n, true},
	{"/world.json", "application/json", kh_page_world, &kh_page_world_n, true},
	{"/icon.svg", "image/svg+xml", kh_page_icon, &kh_page_icon_n, false},
};

bool kh_view_has_page(void)
{
	return kh_page_built != 0;
}

/* ---- who asks --------------------------------------------------------------- */

/* Takes as long for a wrong token as for a right one. */
static bool is_token(const struct kh_view *v, const char *z)
{
	unsigned char other = 0;
	if (!z || strlen(z) != strlen(v->token))
		return false;
	for (size_t i = 0; z[i]; i++)
		other |= (unsigned char)(z[i] ^ v->token[i]);
	return !other;
}

static const char *header(struct MHD_Connection *c, const char *name)
{
	return MHD_lookup_connection_value(c, MHD_HEADER_KIND, name);
}

/* A page elsewhere may have a name that leads to this machine: only our own names are answered. */
static bool own_host(const struct kh_view *v, const char *host)
{
	char own[64];
	static const char *const names[] = {"127.0.0.1", "localhost"};
	for (size_t i = 0; host && i < 2; i++) {
		snprintf(own, sizeof own, "%s:%u", names[i], v->port);
		if (strcmp(host, own) == 0)
			return true;
	}
	return false;
}

static bool own_origin(const struct kh_view *v, const char *origin)
{
	return !origin || (strncmp(origin, "http://", 7) == 0 && own_host(v, origin + 7));
}

/* NULL: welcome; else why not. */
static const char *refuse(const struct kh_view *v, struct MHD_Connection *c, bool post)
{
	const char *arg = MHD_lookup_connection_value(c, MHD_GET_ARGUMENT_KIND, "token");
	const char *cookie = MHD_lookup_connection_value(c, MHD_COOKIE_KIND, "khabar");
	const char *told = header(c, "X-Khabar-Token");
	if (!own_host(v, header(c, "Host")))
		return "this address is not the page's own";
	if (!own_origin(v, header(c, "Origin")))
		return "a request from another origin";
	if (post && !header(c, "Origin") && !told)
		return "a request that does not say where it comes from";
	if (post && !is_token(v, told))
		return "the token is missing or wrong; open the address that khabar printed";
	if (is_token(v, told) || is_token(v, cookie) || is_token(v, arg))
		return NULL;
	return "the token is missing or wrong; open the address that khabar printed";
}

/* ---- answers ---------------------------------------------------------------- */

static enum MHD_Result send_bytes(struct MHD_Connection *c, unsigned status, const char *type,
				  struct MHD_Response *r)
{
	static const char *const always[][2] = {
		{"Content-Security-Policy",
		 "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
		 "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
		{"X-Content-Type-Options", "nosniff"},
		{"Referrer-Policy", "no-referrer"},
		{"Cross-Origin-Resource-Policy", "same-origin"},
		{"Cross-Origin-Opener-Policy", "same-origin"},
		{"Cache-Control", "no-store"},
	};
	for (size_t i = 0; r && i < sizeof always / sizeof *always; i++)
		MHD_add_response_header(r, always[i][0], always[i][1]);
	if (!r)
		return MHD_NO;
	MHD_add_response_header(r, MHD_HTTP_HEADER_CONTENT_TYPE, type);
	enum MHD_Result done = MHD_queue_response(c, status, r);
	MHD_destroy_response(r);
	return done;
}

static enum MHD_Result send_line(struct MHD_Connection *c, unsigned status, const char *what)
{
	char line[400];
	int n = snprintf(line, sizeof line, "khabar: %s\n", what);
	struct MHD_Response *r =
		MHD_create_response_from_buffer((size_t)n, line, MHD_RESPMEM_MUST_COPY);
	if (r && status == MHD_HTTP_SERVICE_UNAVAILABLE) {
		MHD_add_response_header(r, "Retry-After", "1");
		MHD_add_response_header(r, "Connection", "close");
	}
	return send_bytes(c, status, "text/plain; charset=utf-8", r);
}

static enum MHD_Result send_file(const struct kh_view *v, struct MHD_Connection *c,
				 const struct file *f)
{
	char cookie[96];
	struct MHD_Response *r = MHD_create_response_from_buffer(*f->n, (void *)(uintptr_t)f->p,
								 MHD_RESPMEM_PERSISTENT);
	if (r && f->packed)
		MHD_add_response_header(r, "Content-Encoding", "gzip");
	snprintf(cookie, sizeof cookie, "khabar=%s; HttpOnly; SameSite=Strict; Path=/", v->token);
	if (r)
		MHD_add_response_header(r, "Set-Cookie", cookie);
	return send_bytes(c, MHD_HTTP_OK, f->type, r);
}

static enum MHD_Result send_answer(struct kh_view *v, struct MHD_Connection *c,
				   const struct route *route, const char *body)
{
	char *p = NULL;
	size_t n = 0;
	struct kh_ask a = {.v = v, .c = c, .body = body, .status = MHD_HTTP_OK};
	a.type = "application/json";
	a.to = open_memstream(&p, &n);
	if (!a.to)
		return send_line(c, MHD_HTTP_INTERNAL_SERVER_ERROR, "out of memory");
	route->answer(&a);
	if (fclose(a.to) != 0 || !p) {
		free(p);
		return send_line(c, MHD_HTTP_INTERNAL_SERVER_ERROR, "out of memory");
	}
	struct MHD_Response *r = MHD_create_response_from_buffer(n, p, MHD_RESPMEM_MUST_FREE);
	if (!r)
		free(p);
	if (r && a.file[0])
		MHD_add_response_header(r, "Content-Disposition", a.file);
	return send_bytes(c, a.status, a.type, r);
}

static bool crowded(const struct kh_view *v)
{
	const union MHD_DaemonInfo *i =
		MHD_get_daemon_info(v->daemon, MHD_DAEMON_INFO_CURRENT_CONNECTIONS);
	return i && i->num_connections > BUSY;
}

static enum MHD_Result answer(struct kh_view *v, struct MHD_Connection *c, const char *path,
			      const char *method, const char *body)
{
	bool post = strcmp(method, "POST") == 0;
	const char *why = refuse(v, c, post);
	if (crowded(v))
		return send_line(c, MHD_HTTP_SERVICE_UNAVAILABLE, "too many connections are open");
	if (why)
		return send_line(c, MHD_HTTP_FORBIDDEN, why);
	for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
		if (strcmp(path, routes[i].path) != 0)
			continue;
		return routes[i].post == post
			       ? send_answer(v, c, &routes[i], body)
			       : send_line(c, MHD_HTTP_METHOD_NOT_ALLOWED, "not this method");
	}
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		if (strcmp(path, files[i].path) == 0)
			return post ? send_line(c, MHD_HTTP_METHOD_NOT_ALLOWED, "not this method")
				    : send_file(v, c, &files[i]);
	return send_line(c, MHD_HTTP_NOT_FOUND, "there is nothing of this name");
}

/* Called when a request's head is there, for each piece of its body, and when it is whole. */
static enum MHD_Result handle(void *ctx, struct MHD_Connection *c, const char *path,
			      const char *method, const char *version, const char *piece, size_t *n,
			      void **own)
{
	struct post *p = *own;
	(void)version;
	if (!p) {
		*own = p = calloc(1, sizeof *p);
		return p ? MHD_YES : MHD_NO;
	}
	if (strcmp(method, "GET") != 0 && strcmp(method, "POST") != 0 &&
	    strcmp(method, "HEAD") != 0)
		return send_line(c, MHD_HTTP_METHOD_NOT_ALLOWED, "not this method");
	if (*n) {
		p->over = p->over || p->n + *n > BODY;
		char *more = p->over ? NULL : realloc(p->p, p->n + *n + 1);
		p->over = !more;
		if (more) {
			memcpy(more + p->n, piece, *n);
			p->n += *n;
			more[p->n] = 0;
			p->p = more;
		}
		*n = 0;
		return MHD_YES;
	}
	if (p->over)
		return send_line(c, MHD_HTTP_CONTENT_TOO_LARGE, "the request is too large");
	return answer(ctx, c, path, method, p->p ? p->p : "");
}

static void finished(void *ctx, struct MHD_Connection *c, void **own,
		     enum MHD_RequestTerminationCode code)
{
	struct post *p = *own;
	(void)ctx, (void)c, (void)code;
	if (p)
		free(p->p);
	free(p);
	*own = NULL;
}

/* ---- start and stop ----------------------------------------------------------- */

static bool new_token(char to[33])
{
	unsigned char raw[16];
	if (getrandom(raw, sizeof raw, 0) != (ssize_t)sizeof raw)
		return false;
	for (int i = 0; i < 16; i++)
		snprintf(to + 2 * i, 3, "%02x", raw[i]);
	return true;
}

/* Each open connection is a file: as many as the system lets us have, up to our own bound. */
static unsigned allowed(void)
{
	struct rlimit r;
	if (getrlimit(RLIMIT_NOFILE, &r) != 0)
		return 256;
	r.rlim_cur = r.rlim_max;
	setrlimit(RLIMIT_NOFILE, &r);
	return r.rlim_cur > CONNECTIONS + 64 ? CONNECTIONS : (unsigned)r.rlim_cur / 2;
}

struct kh_view *kh_view_start(const struct kh_view_options *o, const char **why)
{
	struct kh_view *v = calloc(1, sizeof *v);
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((uint16_t)o->port)};
	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	*why = "out of memory";
	if (!v || !new_token(v->token)) {
		free(v);
		return NULL;
	}
	v->o = *o;
	if (kh_api_keep_incidents(v) != 0) {
		*why = kh_store_why(o->store);
		kh_view_stop(v);
		return NULL;
	}
	v->daemon = MHD_start_daemon(MHD_USE_AUTO | MHD_USE_INTERNAL_POLLING_THREAD,
				     (uint16_t)o->port, NULL, NULL, handle, v, MHD_OPTION_SOCK_ADDR,
				     (struct sockaddr *)&at, MHD_OPTION_CONNECTION_LIMIT, allowed(),
				     MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S,
				     MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)32768,
				     MHD_OPTION_NOTIFY_COMPLETED, finished, NULL, MHD_OPTION_END);
	const union MHD_DaemonInfo *i =
		v->daemon ? MHD_get_daemon_info(v->daemon, MHD_DAEMON_INFO_BIND_PORT) : NULL;
	if (!i) {
		*why = errno ? strerror(errno) : "the server does not start";
		kh_view_stop(v);
		return NULL;
	}
	v->port = i->port;
	snprintf(v->url, sizeof v->url, "http://127.0.0.1:%u/?token=%s", v->port, v->token);
	return v;
}

const char *kh_view_url(const struct kh_view *v)
{
	return v->url;
}

void kh_view_stop(struct kh_view *v)
{
	if (!v)
		return;
	if (v->daemon)
		MHD_stop_daemon(v->daemon);
	free(v->incidents);
	kh_match_free(&v->match);
	free(v);
}
