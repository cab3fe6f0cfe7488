/* See html_token.h. In: UTF-8. Out: one token a call. Every byte is looked at a bounded number of
 * times: each construct ends at the first byte that the standard lets end it. */
#include "page/html_token.h"

#include "base/str.h"
#include "page/entity.h"
#include "page/html_doctype.h"

static bool is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

bool kh_html_run(kh_str in, size_t *at, size_t end, uint8_t state, struct kh_html_run *r)
{
	size_t i = *at;
	bool refs = state == KH_HTML_DATA || state == KH_HTML_RCDATA;
	bool nul = state != KH_HTML_DATA && state != KH_HTML_CDATA;
	if (i >= end)
		return false;
	unsigned n = 0;
	size_t used = 0;
	if (in.p[i] == '&' && refs)
		used = kh_entity_read((kh_str){in.p, end}, i, false, r->room, &n);
	if (!used && in.p[i] == '\r') {
		used = i + 1 < end && in.p[i + 1] == '\n' ? 2 : 1;
		r->room[0] = '\n';
		n = 1;
	} else if (!used && in.p[i] == 0 && nul) {
		used = 1;
		memcpy(r->room, "\xEF\xBF\xBD", n = 3);
	}
	if (used) {
		*at = i + used;
		r->text = (kh_str){r->room, n};
	} else {
		for (i++; i < end; i++)
			if ((in.p[i] == '&' && refs) || in.p[i] == '\r' || (nul && in.p[i] == 0))
				break;
		r->text = kh_str_sub(in, *at, i);
		used = i - *at;
		*at = i;
	}
	r->begin = (uint32_t)(*at - used);
	r->end = (uint32_t)*at;
	return true;
}

kh_str kh_html_decode(struct kh_arena *a, kh_str s, bool attribute)
{
	if (!memchr(s.p, '&', s.n) && !memchr(s.p, '\r', s.n) && !memchr(s.p, 0, s.n))
		return s;
	char *to = kh_arena_bytes(a, s.n * 3 + 8); /* no reference grows more than threefold */
	size_t n = 0;
	for (size_t i = 0; i < s.n;) {
		unsigned k = 0;
		size_t used = s.p[i] == '&' ? kh_entity_read(s, i, attribute, to + n, &k) : 0;
		if (used) {
			n += k;
			i += used;
		} else if (s.p[i] == 0) {
			memcpy(to + n, "\xEF\xBF\xBD", 3);
			n += 3;
			i++;
		} else if (s.p[i] == '\r') {
			to[n++] = '\n';
			i += i + 1 < s.n && s.p[i + 1] == '\n' ? 2 : 1;
		} else {
			to[n++] = s.p[i++];
		}
	}
	return (kh_str){to, n};
}

/* A name in lower case with NULs mended; the input's own bytes when nothing changes. */
static kh_str name_of(struct kh_html *h, size_t from, size_t to)
{
	kh_str s = kh_str_sub(h->in, from, to);
	bool same = true, nul = false;
	for (size_t i = 0; i < s.n; i++) {
		same &= h->xml || !kh_is_upper((unsigned char)s.p[i]);
		nul |= s.p[i] == 0;
	}
	if (same && !nul)
		return s;
	char *p = kh_arena_bytes(h->arena, s.n * (nul ? 3 : 1) + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == 0) {
			memcpy(p + n, "\xEF\xBF\xBD", 3);
			n += 3;
		} else {
			p[n++] = h->xml ? s.p[i] : kh_lower(s.p[i]);
		}
	}
	return (kh_str){p, n};
}

static void add_attr(struct kh_html *h, kh_str name, kh_span value)
{
	for (uint32_t i = 0; i < h->n_attr; i++)
		if (kh_str_eq(h->attr[i].name, name))
			return;
	if (h->n_attr == KH_HTML_MOST_ATTRS) {
		h->dropped = true;
		return;
	}
	kh_str raw = kh_str_sub(h->in, value.begin, value.end);
	h->attr[h->n_attr++] =
		(struct kh_html_attr){name, kh_html_decode(h->arena, raw, true), value};
}

/* The value after '=' at `i`; returns the byte after it, in.n when the tag is never closed. */
static size_t read_value(struct kh_html *h, size_t i, kh_span *value)
{
	kh_str s = h->in;
	while (i < s.n && is_space(s.p[i]))
		i++;
	size_t from = i;
	if (i < s.n && (s.p[i] == '"' || s.p[i] == '\'')) {
		const char *close = memchr(s.p + i + 1, s.p[i], s.n - i - 1);
		size_t end = close ? (size_t)(close - s.p) : s.n;
		*value = (kh_span){(uint32_t)i + 1, (uint32_t)end};
		return close ? end + 1 : s.n;
	}
	while (i < s.n && !is_space(s.p[i]) && s.p[i] != '>')
		i++;
	*value = (kh_span){(uint32_t)from, (uint32_t)i};
	return i;
}

/* Attributes from `i` to the tag's '>'; returns the byte after it, or 0 at the end of the input. */
static size_t read_attrs(struct kh_html *h, size_t i, struct kh_html_token *t)
{
	kh_str s = h->in;
	for (;;) {
		while (i < s.n && is_space(s.p[i]))
			i++;
		if (i >= s.n)
			return 0;
		if (s.p[i] == '>')
			return i + 1;
		if (s.p[i] == '/' || (h->xml && s.p[i] == '?')) {
			t->self_closing = i + 1 < s.n && s.p[i + 1] == '>';
			i++;
			continue;
		}
		size_t from = i++;
		while (i < s.n && !is_space(s.p[i]) && s.p[i] != '/' && s.p[i] != '>' &&
		       s.p[i] != '=')
			i++;
		size_t to = i;
		kh_span value = {(uint32_t)i, (uint32_t)i};
		while (i < s.n && is_space(s.p[i]))
			i++;
		if (i < s.n && s.p[i] == '=') {
			i = read_value(h, i + 1, &value);
			if (i >= s.n)
				return 0;
		}
		add_attr(h, name_of(h, from, to), value);
	}
}

static bool tag(struct kh_html *h, struct kh_html_token *t, bool end)
{
	kh_str s = h->in;
	size_t from = h->at + 1 + end, i = from;
	while (i < s.n && !is_space(s.p[i]) && s.p[i] != '/' && s.p[i] != '>')
		i++;
	t->kind = end ? KH_HTML_END : KH_HTML_START;
	t->name = name_of(h, from, i);
	h->n_attr = 0;
	size_t after = read_attrs(h, i, t);
	if (!after) { /* never closed: the standard drops it */
		t->kind = KH_HTML_END_OF_FILE;
		h->at = s.n;
		return false;
	}
	if (!end)
		h->last = t->name;
	h->at = after;
	return true;
}

static void comment(struct kh_html *h, struct kh_html_token *t, size_t from, size_t to,
                    size_t after)
{
	t->kind = KH_HTML_COMMENT;
	kh_str raw = kh_str_sub(h->in, from, to);
	t->data = raw;
	if (memchr(raw.p, 0, raw.n) || memchr(raw.p, '\r', raw.n)) {
		char *p = kh_arena_bytes(h->arena, raw.n * 3);
		struct kh_html_run r;
		size_t n = 0;
		for (size_t at = from; kh_html_run(h->in, &at, to, KH_HTML_RAWTEXT, &r);
		     n += r.text.n)
			memcpy(p + n, r.text.p, r.text.n);
		t->data = (kh_str){p, n};
	}
	h->at = after;
}

static void bogus(struct kh_html *h, struct kh_html_token *t, size_t from)
{
	const char *close = memchr(h->in.p + from, '>', h->in.n - from);
	size_t end = close ? (size_t)(close - h->in.p) : h->in.n;
	comment(h, t, from, end, close ? end + 1 : end);
}

static void real_comment(struct kh_html *h, struct kh_html_token *t)
{
	kh_str s = h->in;
	size_t from = h->at + 4;
	kh_str rest = kh_str_sub(s, from, s.n);
	if (kh_str_starts(rest, ">") || kh_str_starts(rest, "->")) {
		comment(h, t, from, from, from + (s.p[from] == '>' ? 1 : 2));
		return;
	}
	for (size_t i = from; i + 2 < s.n; i++) {
		const char *dash = memchr(s.p + i, '-', s.n - i);
		if (!dash)
			break;
		i = (size_t)(dash - s.p);
		bool bang = i + 3 < s.n && s.p[i + 2] == '!' && s.p[i + 3] == '>';
		if (i + 2 < s.n && s.p[i + 1] == '-' && (s.p[i + 2] == '>' || bang)) {
			comment(h, t, from, i, i + 3 + bang);
			return;
		}
	}
	size_t end = s.n;
	if (end >= from + 3 && memcmp(s.p + end - 3, "--!", 3) == 0)
		end -= 3;
	else if (end >= from + 2 && memcmp(s.p + end - 2, "--", 2) == 0)
		end -= 2;
	else if (end > from && s.p[end - 1] == '-')
		end--;
	comment(h, t, from, end, s.n);
}

/* What stands at '<': true when a token was made, false when the '<' is text. */
static bool markup(struct kh_html *h, struct kh_html_token *t)
{
	kh_str s = h->in, rest = kh_str_sub(s, h->at, s.n);
	if (rest.n < 2)
		return false;
	unsigned char c = (unsigned char)rest.p[1];
	if (kh_is_alpha(c) || (h->xml && (c >= 0x80 || c == '_')))
		return tag(h, t, false) || true;
	if (c == '?' || (c == '!' && !kh_str_starts(rest, "<!--"))) {
		if (c == '!' && rest.n >= 9 && kh_str_ieq(kh_str_sub(rest, 2, 9), KH_S("doctype")))
			kh_html_doctype(h, t);
		else if (h->xml && kh_str_starts(rest, "<![CDATA["))
			return false;
		else
			bogus(h, t, h->at + (c == '!' ? 2 : 1));
		return true;
	}
	if (c == '!') {
		real_comment(h, t);
		return true;
	}
	if (c != '/' || rest.n < 3)
		return false;
	if (kh_is_alpha((unsigned char)rest.p[2]) || (h->xml && rest.p[2] != '>'))
		return tag(h, t, true) || true;
	if (rest.p[2] == '>') {
		t->kind = KH_HTML_COMMENT; /* the standard yields nothing: an empty span says so */
		t->state = KH_HTML_CDATA;
		h->at += 3;
		return true;
	}
	bogus(h, t, h->at + 2);
	return true;
}

/* Does the tag that ends this raw text stand at `i`? */
static bool ends_raw(const struct kh_html *h, size_t i, kh_str name)
{
	kh_str s = h->in;
	size_t after = i + 2 + name.n;
	if (i + 1 >= s.n || s.p[i] != '<' || s.p[i + 1] != '/' || after >= s.n || !name.n)
		return false;
	return kh_str_ieq(kh_str_sub(s, i + 2, after), name) &&
	       (is_space(s.p[after]) || s.p[after] == '/' || s.p[after] == '>');
}

static bool script_word(kh_str s, size_t i)
{
	size_t after = i + 6;
	return after < s.n && kh_str_ieq(kh_str_sub(s, i, after), KH_S("script")) &&
	       (is_space(s.p[after]) || s.p[after] == '/' || s.p[after] == '>');
}

/* End of script data from `i`: <!-- opens the escaped state, in which <script> nests once. */
static size_t script_end(const struct kh_html *h, size_t i)
{
	kh_str s = h->in;
	bool escaped = false, nested = false;
	size_t guard = 0; /* the dashes of "<!--" may close at once: "<!-->" */
	for (; i < s.n; i++) {
		if (s.p[i] == '<') {
			if (!nested && ends_raw(h, i, h->last))
				return i;
			if (!escaped && kh_str_starts(kh_str_sub(s, i, s.n), "<!--")) {
				escaped = true;
				guard = i + 2;
			} else if (escaped && !nested && script_word(s, i + 1)) {
				nested = true;
			} else if (nested && i + 1 < s.n && s.p[i + 1] == '/' &&
			           script_word(s, i + 2)) {
				nested = false;
			}
		} else if (escaped && s.p[i] == '>' && i >= guard + 2 && s.p[i - 1] == '-' &&
		           s.p[i - 2] == '-') {
			escaped = nested = false;
		}
	}
	return s.n;
}

static size_t raw_end(const struct kh_html *h)
{
	size_t i = h->at;
	if (h->state == KH_HTML_SCRIPT)
		return script_end(h, i);
	while (i < h->in.n && h->state != KH_HTML_PLAINTEXT) {
		const char *lt = memchr(h->in.p + i, '<', h->in.n - i);
		if (!lt)
			return h->in.n;
		i = (size_t)(lt - h->in.p);
		if (ends_raw(h, i, h->last))
			return i;
		i++;
	}
	return h->in.n;
}

static void text(struct kh_html *h, struct kh_html_token *t, size_t end)
{
	t->kind = KH_HTML_TEXT;
	t->state = h->state;
	t->data = kh_str_sub(h->in, h->at, end);
	h->at = end;
}

static bool cdata(struct kh_html *h, struct kh_html_token *t)
{
	kh_str rest = kh_str_sub(h->in, h->at, h->in.n);
	size_t skip = h->state == KH_HTML_CDATA ? 0 : 9;
	if (skip && !(h->xml && kh_str_starts(rest, "<![CDATA[")))
		return false;
	size_t end = kh_str_find(rest, KH_S("]]>"), skip);
	h->at += skip;
	h->state = KH_HTML_CDATA;
	text(h, t, end == SIZE_MAX ? h->in.n : h->at + end - skip);
	h->at += end == SIZE_MAX ? 0 : 3;
	h->state = KH_HTML_DATA;
	return true;
}

void kh_html_next(struct kh_html *h, struct kh_html_token *t)
{
	size_t from = h->at;
	*t = (struct kh_html_token){.kind = KH_HTML_END_OF_FILE};
	if (from < h->in.n && !cdata(h, t)) {
		if (h->state != KH_HTML_DATA) {
			size_t end = raw_end(h);
			if (end > from)
				text(h, t, end);
			if (h->state != KH_HTML_PLAINTEXT)
				h->state = KH_HTML_DATA;
			if (end > from)
				goto done;
		}
		if (h->in.p[from] != '<' || !markup(h, t)) {
			size_t i = from + 1;
			for (; i < h->in.n;
			     i++) { /* text runs to the next '<' that opens something */
				const char *lt = memchr(h->in.p + i, '<', h->in.n - i);
				i = lt ? (size_t)(lt - h->in.p) : h->in.n;
				if (i + 1 >= h->in.n)
					continue;
				char c = h->in.p[i + 1];
				if (kh_is_alpha((unsigned char)c) || c == '/' || c == '!' ||
				    c == '?' || h->xml)
					break;
			}
			text(h, t, kh_min32((uint32_t)i, (uint32_t)h->in.n));
		}
	}
done:
	t->at = (kh_span){(uint32_t)from, (uint32_t)h->at};
}
