/* See html_doctype.h. In: bytes from "<!DOCTYPE". Out: the token as the standard's states yield it.
 */
#include "page/html_doctype.h"

#include "base/str.h"

struct read {
	kh_str s;
	size_t at;
	bool junk; /* behind the system identifier */
};

static bool is_ws(char c) /* of HTML: without the vertical tab */
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

static bool space(struct read *r)
{
	size_t from = r->at;
	while (r->at < r->s.n && is_ws(r->s.p[r->at]))
		r->at++;
	return r->at > from;
}

static char peek(const struct read *r)
{
	return r->at < r->s.n ? r->s.p[r->at] : '>';
}

/* Skips to the '>' and behind it; true when the input ended first. */
static bool close(struct read *r)
{
	const char *p = memchr(r->s.p + r->at, '>', r->s.n - r->at);
	r->at = p ? (size_t)(p - r->s.p) + 1 : r->s.n;
	return !p;
}

/* A quoted identifier; a '>' or the end of the input cuts it. True when it is whole. */
static bool quoted(struct kh_html *h, struct read *r, kh_str *out, bool *has)
{
	char q = peek(r);
	if (q != '"' && q != '\'')
		return false;
	size_t from = ++r->at;
	while (r->at < r->s.n && r->s.p[r->at] != q && r->s.p[r->at] != '>')
		r->at++;
	kh_str raw = kh_str_sub(r->s, from, r->at);
	char *p = kh_arena_bytes(h->arena, raw.n * 3 + 1);
	size_t n = 0, at = from;
	struct kh_html_run run;
	for (; kh_html_run(r->s, &at, r->at, KH_HTML_RAWTEXT, &run); n += run.text.n)
		memcpy(p + n, run.text.p, run.text.n);
	*out = (kh_str){p, n};
	*has = true;
	if (r->at < r->s.n && r->s.p[r->at] == q) {
		r->at++;
		return true;
	}
	return false;
}

static void name(struct kh_html *h, struct read *r, struct kh_html_token *t)
{
	size_t from = r->at;
	while (r->at < r->s.n && !is_ws(r->s.p[r->at]) && r->s.p[r->at] != '>')
		r->at++;
	char *p = kh_arena_bytes(h->arena, (r->at - from) * 3 + 1);
	size_t n = 0;
	for (size_t i = from; i < r->at; i++) {
		if (r->s.p[i] == 0)
			memcpy(p + n, "\xEF\xBF\xBD", 3);
		else
			p[n] = kh_lower(r->s.p[i]);
		n += r->s.p[i] == 0 ? 3 : 1;
	}
	t->name = (kh_str){p, n};
	t->has_name = n > 0;
}

/* Public and system identifiers; true when all is well up to the '>'. */
static bool identifiers(struct kh_html *h, struct read *r, struct kh_html_token *t)
{
	kh_str rest = kh_str_sub(r->s, r->at, r->s.n);
	bool public = rest.n >= 6 && kh_str_ieq(kh_str_sub(rest, 0, 6), KH_S("public"));
	bool system = rest.n >= 6 && kh_str_ieq(kh_str_sub(rest, 0, 6), KH_S("system"));
	if (!public && !system)
		return false;
	r->at += 6;
	space(r);
	if (public) {
		if (!quoted(h, r, &t->public_id, &t->has_public))
			return false;
		space(r);
		if (peek(r) == '>')
			return true;
	}
	if (!quoted(h, r, &t->system_id, &t->has_system))
		return false;
	space(r);
	r->junk = peek(r) != '>'; /* a bogus doctype: its end may be missing */
	return true;
}

void kh_html_doctype(struct kh_html *h, struct kh_html_token *t)
{
	struct read r = {.s = h->in, .at = h->at + 9};
	t->kind = KH_HTML_DOCTYPE;
	space(&r);
	if (peek(&r) != '>')
		name(h, &r, t);
	t->quirks = !t->has_name;
	space(&r);
	if (t->has_name && peek(&r) != '>')
		t->quirks = !identifiers(h, &r, t);
	t->quirks |= close(&r) && !r.junk;
	h->at = r.at;
}
