/* WARC 1.0 and 1.1, gzip members or not. In: a stream. Out: each response, resource and conversion
 * that may be news, with its address; chunked and packed bodies undone. A record that is damaged is
 * one line with its offset; reading goes on at the next record. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "packed.h"
#include "window.h"

enum { LINE = 1 << 16, HEADERS = 256 };

struct head { /* of a WARC record */
	uint64_t at, length;
	bool known, http, wanted;
	struct buf url;
};

struct body { /* of an HTTP message */
	khabar_str bytes, type;
	bool chunked, good;
	bool (*unpack)(khabar_str in, struct buf *to); /* NULL: it is not packed */
};

/* Steps over to the line that opens the next record; false at the file's end. */
static bool next_record(struct window *w, bool *skipped, uint64_t *at)
{
	khabar_str line;
	*skipped = false;
	for (;;) {
		size_t have = window_need(w, 8);
		*at = window_offset(w);
		if (have >= 5 && memcmp(window_at(w), "WARC/", 5) == 0)
			return window_line(w, LINE, &line);
		if (!have || !window_line(w, LINE, &line))
			return false;
		*skipped |= line.n > 0;
	}
}

static void read_head(struct window *w, struct head *h)
{
	khabar_str line, v;
	h->url.n = 0;
	h->known = h->http = h->wanted = false;
	for (int i = 0; i < HEADERS && window_line(w, LINE, &line) && line.n; i++) {
		if ((v = packed_header(line, "content-length:")).n && v.n < 19) {
			char *end;
			h->length = strtoull(v.p, &end, 10);
			h->known = end != v.p;
		} else if ((v = packed_header(line, "warc-type:")).n) {
			h->wanted = (v.n == 8 && strncasecmp(v.p, "response", 8) == 0) ||
				    (v.n == 8 && strncasecmp(v.p, "resource", 8) == 0) ||
				    (v.n == 10 && strncasecmp(v.p, "conversion", 10) == 0);
		} else if ((v = packed_header(line, "content-type:")).n) {
			h->http = v.n >= 16 && strncasecmp(v.p, "application/http", 16) == 0;
		} else if ((v = packed_header(line, "warc-target-uri:")).n) {
			bool angle = v.n > 2 && v.p[0] == '<' && v.p[v.n - 1] == '>';
			buf_add(&h->url, v.p + angle, v.n - 2 * (size_t)angle);
		}
	}
}

static bool has(khabar_str v, const char *word)
{
	size_t n = strlen(word);
	for (size_t i = 0; i + n <= v.n; i++)
		if (strncasecmp(v.p + i, word, n) == 0)
			return true;
	return false;
}

static struct body http_body(khabar_str s)
{
	struct body b = {.good = true};
	khabar_str line, v;
	if (!packed_line(&s, &line) || strncmp(line.p, "HTTP/", line.n < 5 ? line.n : 5) != 0) {
		b.bytes = s;
		b.good = false;
		return b;
	}
	for (int i = 0; i < HEADERS && packed_line(&s, &line) && line.n; i++) {
		if ((v = packed_header(line, "transfer-encoding:")).n)
			b.chunked = has(v, "chunked");
		else if ((v = packed_header(line, "content-encoding:")).n) {
			b.unpack = has(v, "gzip") || has(v, "deflate") ? packed_inflate
				   : has(v, "zstd")		       ? packed_unzstd
				   : has(v, "br")		       ? packed_unbrotli
								       : NULL;
		} else if ((v = packed_header(line, "content-type:")).n) {
			b.type = v;
		}
	}
	b.bytes = s;
	return b;
}

/* The chunks put together; bytes that follow no sound chunk length are taken as they stand. */
static bool dechunk(khabar_str s, struct buf *to)
{
	khabar_str line;
	while (packed_line(&s, &line)) {
		char hex[20] = {0}, *end;
		memcpy(hex, line.p, line.n < 16 ? line.n : 16);
		unsigned long long n = strtoull(hex, &end, 16);
		if (end == hex) {
			buf_add(to, line.p, line.n);
			buf_add(to, s.p, s.n);
			return false;
		}
		if (!n)
			return true;
		size_t k = n < s.n ? (size_t)n : s.n;
		buf_add(to, s.p, k);
		s.p += k;
		s.n -= k;
		if (s.n && *s.p == '\r')
			s.p++, s.n--;
		if (s.n && *s.p == '\n')
			s.p++, s.n--;
	}
	return false;
}

static bool may_be_news(khabar_str type)
{
	static const char *const kinds[] = {"html", "xml", "text/plain", "json", "rss", "atom"};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (has(type, kinds[i]))
			return true;
	return !type.n;
}

static void give(struct part *p, struct reading *r, record_fn *each, void *ctx, khabar_str payload,
		 bool http)
{
	struct body b = http ? http_body(payload) : (struct body){.bytes = payload, .good = true};
	struct buf whole = {0}, clear = {0};
	if (!may_be_news(b.type))
		return;
	if (b.chunked && !dechunk(b.bytes, &whole))
		complain(p->file, p->at, "WARC record: chunks are damaged, what there is is read");
	khabar_str s = b.chunked ? (khabar_str){whole.p, whole.n} : b.bytes;
	bool sound = !b.unpack || b.unpack(s, &clear);
	if (b.unpack)
		s = (khabar_str){clear.p, clear.n};
	if (!sound)
		complain(p->file, p->at,
			 "WARC record: packed body is damaged, what there is is read");
	if (s.n) {
		p->input.bytes = s;
		if (has(b.type, "text/html"))
			p->input.kind = KHABAR_KIND_HTML;
		const char *cs = NULL;
		for (size_t i = 0; i + 8 < b.type.n && !cs; i++)
			if (strncasecmp(b.type.p + i, "charset=", 8) == 0)
				cs = b.type.p + i + 8;
		if (cs) {
			cs += *cs == '"';
			size_t n = (size_t)(b.type.p + b.type.n - cs);
			p->input.charset = (khabar_str){cs, n};
			for (size_t i = 0; i < n; i++)
				if (strchr("\"; \t", cs[i])) {
					p->input.charset.n = i;
					break;
				}
		}
		read_part(p, r, each, ctx);
	}
	buf_free(&whole);
	buf_free(&clear);
}

/* Steps over n bytes without keeping them; fewer are left: false. */
static bool pass(struct window *w, uint64_t n)
{
	while (n) {
		size_t have = window_need(w, 1), k = have < n ? have : (size_t)n;
		if (!have)
			return false;
		window_use(w, k);
		n -= k;
	}
	return true;
}

static void one_record(struct window *w, struct head *h, const char *path, struct reading *r,
		       record_fn *each, void *ctx)
{
	if (!h->known) {
		read_fail(r, path, h->at, "WARC record without a length");
		return;
	}
	if (!h->wanted || h->length > MOST_WHOLE) {
		if (h->wanted)
			read_fail(r, path, h->at, "WARC record is longer than 64 MiB");
		if (!pass(w, h->length))
			read_fail(r, path, h->at, "WARC record is cut off");
		return;
	}
	size_t have = window_need(w, (size_t)h->length);
	size_t n = have < h->length ? have : (size_t)h->length;
	struct part p = {.file = path, .at = h->at};
	p.input.url = (khabar_str){h->url.p, h->url.n};
	struct buf copy = {0};
	buf_add(&copy, window_at(w), n);
	buf_add(&copy, "", 1);
	if (read_ours(r))
		give(&p, r, each, ctx, (khabar_str){copy.p, n}, h->http);
	buf_free(&copy);
	window_use(w, n);
	if (n < h->length)
		read_fail(r, path, h->at, "WARC record is cut off; its good part was read");
}

void packed_warc(const char *path, struct stream *f, struct buf *b, struct reading *r,
		 record_fn *each, void *ctx)
{
	struct window w = {.f = f, .b = b};
	struct head h = {0};
	bool skipped;
	uint64_t from = 0, raw = stream_raw(f);
	r->bytes += raw;
	do {
		while (!r->stop && next_record(&w, &skipped, &h.at)) {
			if (skipped)
				read_fail(r, path, from,
					  "bytes between WARC records: a length is wrong");
			read_head(&w, &h);
			one_record(&w, &h, path, r, each, ctx);
			from = window_offset(&w);
			r->bytes += stream_raw(f) - raw;
			raw = stream_raw(f);
		}
	} while (!r->stop && window_resume(&w, path, r));
	buf_free(&h.url);
}
