/* WARC 1.0 and 1.1, gzip members or not. In: a stream. Out: each response, resource and conversion
 * that may be news, with its address; chunked and packed bodies undone. A record that is damaged is
 * one line with its offset; reading goes on at the next record. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "packed.h"
#include "window.h"

enum { LINE = 1 << 16, HEADERS = 256, PEEK = 1 << 16, TAIL = 16 };

struct head { /* of a WARC record */
	uint64_t at, length;
	bool http, wanted;
	struct buf url, type; /* type: of the block */
};

struct body { /* of an HTTP message */
	khabar_str bytes, type;
	bool chunked,
		refused; /* refused: the server says that there is no such page, or where it is */
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
	h->url.n = h->type.n = 0;
	h->length = 0; /* where none is told, the next record is looked for */
	h->http = h->wanted = false;
	for (int i = 0; i < HEADERS && window_line(w, LINE, &line) && line.n; i++) {
		if ((v = packed_header(line, "content-length:")).n && v.n < 19) {
			h->length = strtoull(v.p, NULL, 10);
		} else if ((v = packed_header(line, "warc-type:")).n) {
			h->wanted = (v.n == 8 && strncasecmp(v.p, "response", 8) == 0) ||
				    (v.n == 8 && strncasecmp(v.p, "resource", 8) == 0) ||
				    (v.n == 10 && strncasecmp(v.p, "conversion", 10) == 0);
		} else if ((v = packed_header(line, "content-type:")).n) {
			h->http = v.n >= 16 && strncasecmp(v.p, "application/http", 16) == 0;
			h->type.n = 0;
			buf_add(&h->type, v.p, v.n);
		} else if ((v = packed_header(line, "warc-target-uri:")).n) {
			bool angle = v.n > 2 && v.p[0] == '<' && v.p[v.n - 1] == '>';
			buf_add(&h->url, v.p + angle, v.n - 2 * (size_t)angle);
		}
	}
}

static struct body http_body(khabar_str s)
{
	struct body b = {.bytes = s};
	khabar_str line, v;
	if (s.n < 5 || memcmp(s.p, "HTTP/", 5) != 0 || !packed_line(&s, &line))
		return b;
	const char *status = memchr(line.p, ' ', line.n);
	while (status && status < line.p + line.n && *status == ' ')
		status++;
	b.refused = status && status < line.p + line.n && *status >= '3' && *status <= '5';
	for (int i = 0; i < HEADERS && packed_line(&s, &line) && line.n; i++) {
		if ((v = packed_header(line, "transfer-encoding:")).n)
			b.chunked = packed_has(v, "chunked");
		else if ((v = packed_header(line, "content-encoding:")).n) {
			b.unpack = packed_has(v, "gzip") || packed_has(v, "deflate") ? packed_inflate
				   : packed_has(v, "zstd")		       ? packed_unzstd
				   : packed_has(v, "br")		       ? packed_unbrotli
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
	for (khabar_str all = s; packed_line(&s, &line); all = s) {
		char hex[20] = {0}, *end;
		memcpy(hex, line.p, line.n < 16 ? line.n : 16);
		unsigned long long n = strtoull(hex, &end, 16);
		if (end == hex) {
			buf_add(to, all.p, all.n);
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
		if (packed_has(type, kinds[i]))
			return true;
	return !type.n;
}

/* A body that was stored unpacked under the headers of the packed one. */
static bool is_plain(khabar_str s)
{
	while (s.n && strchr(" \t\r\n", *s.p) && *s.p)
		s.p++, s.n--;
	return s.n && *s.p == '<';
}

static void give(struct part *p, struct reading *r, record_fn *each, void *ctx, struct body b)
{
	struct buf whole = {0}, clear = {0};
	if (b.chunked && !dechunk(b.bytes, &whole) && !is_plain(b.bytes))
		complain(p->file, p->at, "WARC record: chunks are damaged, what there is is read");
	khabar_str s = b.chunked ? (khabar_str){whole.p, whole.n} : b.bytes;
	if (b.unpack && !is_plain(s)) {
		if (!b.unpack(s, &clear))
			complain(p->file, p->at,
				 "WARC record: packed body is damaged, what there is is read");
		s = (khabar_str){clear.p, clear.n};
	}
	if (s.n) {
		p->input.bytes = s;
		if (packed_has(b.type, "text/html"))
			p->input.kind = KHABAR_KIND_HTML;
		p->input.charset = packed_charset(b.type);
		read_part(p, r, each, ctx);
	}
	buf_free(&whole);
	buf_free(&clear);
}

/* Does a record end before these bytes: line breaks, and then the next or the file's end? */
static bool ends(const char *p, size_t n)
{
	size_t i = 0;
	while (i < n && i < 8 && (p[i] == '\r' || p[i] == '\n'))
		i++;
	return i == n || (n - i >= 5 && memcmp(p + i, "WARC/", 5) == 0);
}

/* Where the next record opens, behind an empty line; n: not here. */
static size_t next_open(const char *p, size_t n)
{
	const char *at = p;
	while ((at = memmem(at, n - (size_t)(at - p), "\nWARC/1.", 8))) {
		size_t i = (size_t)(at - p);
		if (i && (p[i - 1] == '\n' || (i > 1 && p[i - 1] == '\r' && p[i - 2] == '\n')))
			return i + 1;
		at++;
	}
	return n;
}

/* Steps over n bytes without keeping them; fewer are left: false. A length of more than a document
 * may be wrong: the record ends where the next one opens. */
static bool pass(struct window *w, uint64_t n)
{
	bool look = n > MOST_WHOLE;
	while (n) {
		size_t have = window_need(w, look ? PEEK : 1), k = have < n ? have : (size_t)n;
		if (!have)
			return false;
		size_t open = look ? next_open(window_at(w), k) : k;
		if (open < k) {
			window_use(w, open);
			return true;
		}
		k = look && k == have && have > TAIL ? k - TAIL : k;
		window_use(w, k);
		n -= k;
	}
	return true;
}

/* The bytes of the block, all at hand, where its length is right; else up to where the next record
 * opens, if that is found. */
static size_t block_of(struct window *w, uint64_t length, const char **wrong)
{
	size_t most = length < MOST_WHOLE ? (size_t)length : MOST_WHOLE;
	size_t have = window_need(w, most + TAIL), n = have < most ? have : most;
	if (n == length && ends(window_at(w) + n, have - n))
		return n;
	size_t looked = 0, open;
	while ((open = looked + next_open(window_at(w) + looked, have - looked)) == have &&
	       have < MOST_WHOLE) {
		size_t more = window_need(w, have + PEEK);
		if (more == have)
			break;
		looked = have > TAIL ? have - TAIL : 0;
		have = more;
	}
	if (open < have || (!length && have)) {
		*wrong = "WARC record: its length is wrong; what there is up to the next is read";
		return open;
	}
	if (n < length)
		*wrong = length > MOST_WHOLE
				 ? "WARC record is longer than 64 MiB; what comes before is read"
				 : "WARC record is cut off; its good part was read";
	return n;
}

static void one_record(struct window *w, struct head *h, const char *path, struct reading *r,
		       record_fn *each, void *ctx)
{
	size_t have = h->wanted ? window_need(w, h->length < PEEK ? (size_t)h->length : PEEK) : 0;
	khabar_str block = {window_at(w), have < h->length ? have : (size_t)h->length};
	struct body b = h->http ? http_body(block) : (struct body){.type = {h->type.p, h->type.n}};
	if (!h->wanted || b.refused || !may_be_news(b.type)) {
		if (!pass(w, h->length))
			read_fail(r, path, h->at, "WARC record is cut off");
		return;
	}
	const char *wrong = NULL;
	size_t n = block_of(w, h->length, &wrong);
	struct part p = {.file = path, .at = h->at};
	p.input.url = (khabar_str){h->url.p, h->url.n};
	block = (khabar_str){window_at(w), n};
	b = h->http ? http_body(block) : (struct body){.bytes = block, .type = b.type};
	if (read_ours(r))
		give(&p, r, each, ctx, b);
	window_use(w, n);
	if (wrong)
		read_fail(r, path, h->at, wrong);
	if (h->length > MOST_WHOLE && n == MOST_WHOLE)
		pass(w, h->length - n);
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
	buf_free(&h.type);
}
