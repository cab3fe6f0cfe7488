/* See feed_text.h. In: bytes of an element. Out: its words. */
#include "page/feed_text.h"

#include "base/str.h"
#include "base/utf8.h"
#include "page/entity.h"
#include "page/html_tag.h"

static int sextet(char c)
{
	static const char set[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *p = c ? strchr(set, c) : NULL;
	return p ? (int)(p - set) : -1;
}

static kh_str from_base64(struct kh_arena *a, kh_str s)
{
	char *to = kh_arena_bytes(a, s.n + 4);
	size_t n = 0;
	uint32_t bits = 0, have = 0;
	for (size_t i = 0; i < s.n; i++) {
		int v = sextet(s.p[i]);
		if (v < 0)
			continue;
		bits = bits << 6 | (uint32_t)v;
		have += 6;
		if (have >= 8)
			to[n++] = (char)(bits >> (have -= 8) & 255);
	}
	return kh_utf8_check((kh_str){to, n}) == n ? (kh_str){to, n} : s;
}

/* What text may grow to: a NUL becomes three bytes, "&nGt;" six. */
static size_t room_for(kh_str s)
{
	size_t n = s.n + s.n / 4 + 16;
	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == 0 ? 2 : 0;
	return n;
}

static void open(struct kh_html *h, kh_str in, bool xml)
{
	h->in = in;
	h->at = 0;
	h->state = KH_HTML_DATA;
	h->xml = xml;
	h->dropped = false;
	h->last = (kh_str){0};
	h->n_attr = 0;
}

kh_str kh_feed_inner(struct kh_html *h, kh_str in, kh_span at, kh_str mode, kh_str type)
{
	struct kh_html_token t;
	kh_str s = kh_str_sub(in, at.begin, at.end);
	if (!memchr(s.p, '<', s.n) && !memchr(s.p, '&', s.n) && !mode.n && !type.n)
		return kh_str_trim(s);
	char *to = kh_arena_bytes(h->arena, room_for(s));
	size_t n = 0;
	open(h, s, true);
	for (kh_html_next(h, &t); t.kind != KH_HTML_END_OF_FILE; kh_html_next(h, &t)) {
		struct kh_html_run r;
		if (t.kind == KH_HTML_TEXT) {
			size_t p = (size_t)(t.data.p - s.p), end = p + t.data.n;
			for (; kh_html_run(s, &p, end, t.state, &r); n += r.text.n)
				memcpy(to + n, r.text.p, r.text.n);
		} else if (t.kind == KH_HTML_START || t.kind == KH_HTML_END) {
			memcpy(to + n, s.p + t.at.begin, kh_span_len(t.at));
			n += kh_span_len(t.at);
		}
	}
	kh_str v = kh_str_trim((kh_str){to, n});
	bool binary = kh_str_is(mode, "base64") ||
		      (type.n && memchr(type.p, '/', type.n) && !kh_str_starts(type, "text/") &&
		       kh_str_find(type, KH_S("xml"), 0) == SIZE_MAX && !memchr(v.p, ' ', v.n));
	return binary ? from_base64(h->arena, v) : v;
}

/* "<!' he said": what HTML takes for a bogus comment is words in a feed. */
static bool is_words(kh_str html, kh_span at)
{
	kh_str s = kh_str_sub(html, at.begin, at.end);
	return s.n > 2 && s.p[1] == '!' && s.p[2] != '-' && s.p[2] != '[' &&
	       !kh_is_alpha((unsigned char)s.p[2]);
}

/* UTF-8 that was taken for Windows-1252 and written as UTF-8 again ("donâ€™t") is taken back. */
static kh_str once_encoded(struct kh_arena *a, kh_str s)
{
	char *to = kh_arena_bytes(a, s.n + 1);
	size_t n = 0;
	unsigned len;
	for (size_t i = 0; i < s.n; i += len) {
		int byte = kh_entity_to_windows(kh_utf8_at(s, i, &len));
		if (byte < 0)
			return s;
		to[n++] = (char)byte;
	}
	return kh_utf8_check((kh_str){to, n}) == n ? (kh_str){to, n} : s;
}

kh_str kh_feed_plain(struct kh_html *h, kh_str html, bool paragraphs)
{
	struct kh_html_token t;
	char *to = kh_arena_bytes(h->arena, room_for(html));
	size_t n = 0;
	bool space = false, block = false;
	open(h, html, false);
	for (kh_html_next(h, &t); t.kind != KH_HTML_END_OF_FILE; kh_html_next(h, &t)) {
		struct kh_html_run r;
		if (t.kind == KH_HTML_COMMENT && is_words(html, t.at)) {
			to[n++] = '<';
			to[n++] = '!';
			h->at = t.at.begin + 2u;
		}
		if (t.kind == KH_HTML_START || t.kind == KH_HTML_END) {
			enum kh_tag tag = kh_tag_find(t.name);
			bool breaks = (kh_tag_flags(tag) & KH_TAG_BLOCK) != 0;
			space = true;
			block |= breaks;
			if (t.kind == KH_HTML_START &&
			    (tag == KH_TAG_SCRIPT || tag == KH_TAG_STYLE))
				h->state = KH_HTML_RAWTEXT;
			continue;
		}
		if (t.kind != KH_HTML_TEXT || t.state == KH_HTML_RAWTEXT)
			continue;
		size_t p = (size_t)(t.data.p - html.p), end = p + t.data.n;
		while (kh_html_run(html, &p, end, t.state, &r)) {
			for (size_t k = 0; k < r.text.n;) {
				unsigned len;
				uint32_t c = kh_utf8_at(r.text, k, &len);
				if (kh_utf8_is_space(c)) {
					space = true;
				} else {
					if (n && block && paragraphs)
						to[n++] = '\n';
					if (n && (space || block))
						to[n++] = block && paragraphs ? '\n' : ' ';
					space = block = false;
					memcpy(to + n, r.text.p + k, len);
					n += len;
				}
				k += len;
			}
		}
	}
	return once_encoded(h->arena, (kh_str){to, n});
}
