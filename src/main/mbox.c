/* mbox files of newsletters. In: a stream. Out: each message as one document: its HTML part, else
 * its plain one, which may hold several stories; subject and day as the headers tell. */
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "packed.h"
#include "window.h"

enum { LINE = 1 << 20, DEEP = 8 };

struct piece { /* a MIME entity */
	khabar_str type, encoding, charset, boundary, body;
};

struct message {
	struct buf raw, text, subject, day;
	khabar_str charset;
	uint64_t at;
	bool html, found;
};

/* A header with the lines that continue it. */
static bool next_header(khabar_str *s, khabar_str *header)
{
	khabar_str line;
	if (!packed_line(s, header) || !header->n)
		return false;
	while (s->n && (*s->p == ' ' || *s->p == '\t')) {
		packed_line(s, &line);
		header->n = (size_t)(line.p + line.n - header->p);
	}
	return true;
}

static khabar_str parameter(khabar_str v, const char *name)
{
	size_t n = strlen(name);
	for (size_t i = 0; i + n < v.n; i++) {
		if (strncasecmp(v.p + i, name, n) != 0)
			continue;
		khabar_str p = {v.p + i + n, v.n - i - n};
		bool quoted = p.n && *p.p == '"';
		p.p += quoted;
		p.n -= quoted;
		for (size_t k = 0; k < p.n; k++)
			if (quoted ? p.p[k] == '"' : strchr("; \t\r\n", p.p[k]) != NULL) {
				p.n = k;
				break;
			}
		return p;
	}
	return (khabar_str){NULL, 0};
}

static int hex(char c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
				      : -1;
}

static void quoted_printable(khabar_str s, struct buf *to, bool word)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		int a = i + 2 < s.n ? hex(s.p[i + 1]) : -1, b = i + 2 < s.n ? hex(s.p[i + 2]) : -1;
		if (word && c == '_') {
			buf_add(to, " ", 1);
		} else if (c == '=' && a >= 0 && b >= 0) {
			char byte = (char)(a * 16 + b);
			buf_add(to, &byte, 1);
			i += 2;
		} else if (c == '=' && i + 1 < s.n && (s.p[i + 1] == '\n' || s.p[i + 1] == '\r')) {
			i += s.p[i + 1] == '\r' && i + 2 < s.n && s.p[i + 2] == '\n' ? 2u : 1u;
		} else {
			buf_add(to, &c, 1);
		}
	}
}

static void base64(khabar_str s, struct buf *to)
{
	static const char set[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	unsigned bits = 0, have = 0;
	for (size_t i = 0; i < s.n && s.p[i] != '='; i++) {
		const char *at = s.p[i] ? strchr(set, s.p[i]) : NULL;
		if (!at)
			continue;
		bits = (bits << 6 | (unsigned)(at - set)) & 0xffffff;
		have += 6;
		if (have >= 8) {
			have -= 8;
			char byte = (char)(bits >> have & 255);
			buf_add(to, &byte, 1);
		}
	}
}

static void to_utf8(khabar_str s, khabar_str charset, struct buf *to)
{
	char name[40] = {0};
	memcpy(name, charset.p, charset.n < 39 ? charset.n : 39);
	iconv_t cd = iconv_open("UTF-8//TRANSLIT", name);
	if (cd == (iconv_t)-1) {
		buf_add(to, s.p, s.n);
		return;
	}
	char *in = (char *)(uintptr_t)s.p, *out = buf_room(to, s.n * 4 + 16);
	size_t left = s.n, room = s.n * 4 + 16, all = room;
	iconv(cd, &in, &left, &out, &room);
	to->n += all - room;
	iconv_close(cd);
}

/* "=?utf-8?B?...?=" in a header; white space between two such words is none. */
static void header_text(khabar_str v, struct buf *to)
{
	for (size_t i = 0; i < v.n;) {
		size_t end = i + 2, marks = 0, q[2] = {0, 0};
		if (v.p[i] == '=' && i + 1 < v.n && v.p[i + 1] == '?') {
			for (; end < v.n && marks < 2; end++)
				if (v.p[end] == '?')
					q[marks++] = end;
			while (end + 1 < v.n && !(v.p[end] == '?' && v.p[end + 1] == '='))
				end++;
		}
		if (marks == 2 && q[1] == q[0] + 2 && end + 1 < v.n) {
			struct buf raw = {0};
			khabar_str s = {v.p + q[1] + 1, end - q[1] - 1};
			if (v.p[q[0] + 1] == 'B' || v.p[q[0] + 1] == 'b')
				base64(s, &raw);
			else
				quoted_printable(s, &raw, true);
			to_utf8((khabar_str){raw.p, raw.n}, (khabar_str){v.p + i + 2, q[0] - i - 2},
				to);
			buf_free(&raw);
			i = end + 2;
			size_t k = i;
			while (k < v.n && strchr(" \t\r\n", v.p[k]))
				k++;
			if (k + 1 < v.n && v.p[k] == '=' && v.p[k + 1] == '?')
				i = k;
			continue;
		}
		char c = v.p[i] == '\r' || v.p[i] == '\n' || v.p[i] == '\t' ? ' ' : v.p[i];
		if (c != ' ' || (to->n && to->p[to->n - 1] != ' '))
			buf_add(to, &c, 1);
		i++;
	}
}

/* "Tue, 10 Mar 2026 09:00:00 +0100" as ISO 8601. */
static void header_day(khabar_str v, struct buf *to)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	char text[64] = {0}, month[4] = {0}, zone[6] = {0}, iso[48];
	int day, year, hour = 0, minute = 0, second = 0;
	memcpy(text, v.p, v.n < 63 ? v.n : 63);
	const char *p = strchr(text, ',');
	int got = sscanf(p ? p + 1 : text, " %2d %3s %4d %2d:%2d:%2d %5s", &day, month, &year,
			 &hour, &minute, &second, zone);
	const char *m = strlen(month) == 3 ? strstr(months, month) : NULL;
	if (got < 3 || !m || (m - months) % 3 || day < 1 || day > 31 || year < 1970 || year > 2100)
		return;
	int n = snprintf(iso, sizeof iso, "%04d-%02d-%02d", year, (int)(m - months) / 3 + 1, day);
	if (got == 7 && (zone[0] == '+' || zone[0] == '-') && strlen(zone) == 5)
		n += snprintf(iso + n, sizeof iso - (size_t)n, "T%02d:%02d:%02d%.3s:%s", hour,
			      minute, second, zone, zone + 3);
	buf_add(to, iso, (size_t)n);
}

static struct piece piece_of(khabar_str s, struct message *m, bool top)
{
	struct piece p = {0};
	khabar_str h, v;
	while (next_header(&s, &h)) {
		if ((v = packed_header(h, "content-type:")).n) {
			p.type = v;
			p.charset = parameter(v, "charset=");
			p.boundary = parameter(v, "boundary=");
		} else if ((v = packed_header(h, "content-transfer-encoding:")).n) {
			p.encoding = v;
		} else if (top && (v = packed_header(h, "subject:")).n) {
			header_text(v, &m->subject);
		} else if (top && (v = packed_header(h, "date:")).n && !m->day.n) {
			header_day(v, &m->day);
		}
	}
	p.body = s;
	return p;
}

static bool is_type(khabar_str type, const char *name)
{
	return type.n >= strlen(name) && strncasecmp(type.p, name, strlen(name)) == 0;
}

static void take_text(struct message *m, const struct piece *p)
{
	bool html = is_type(p->type, "text/html");
	if ((p->type.n && !html && !is_type(p->type, "text/plain")) ||
	    (m->found && (m->html || !html)))
		return;
	m->text.n = 0;
	if (is_type(p->encoding, "base64"))
		base64(p->body, &m->text);
	else if (is_type(p->encoding, "quoted-printable"))
		quoted_printable(p->body, &m->text, false);
	else
		buf_add(&m->text, p->body.p, p->body.n);
	m->charset = p->charset;
	m->html = html;
	m->found = true;
}

/* The parts between the lines of a boundary, and theirs. */
static void take_part(struct message *m, khabar_str s, int depth)
{
	struct piece p = piece_of(s, m, depth == 0);
	if (!is_type(p.type, "multipart/") || !p.boundary.n || depth == DEEP) {
		take_text(m, &p);
		return;
	}
	khabar_str line, rest = p.body;
	const char *from = NULL;
	while (packed_line(&rest, &line)) {
		if (line.n < p.boundary.n + 2 || line.p[0] != '-' || line.p[1] != '-' ||
		    memcmp(line.p + 2, p.boundary.p, p.boundary.n) != 0)
			continue;
		if (from)
			take_part(m, (khabar_str){from, (size_t)(line.p - from)}, depth + 1);
		from = rest.p;
	}
	if (from && rest.p > from && !m->found) /* the closing line is missing */
		take_part(m, (khabar_str){from, (size_t)(rest.p - from)}, depth + 1);
}

static void give(struct message *m, const char *path, struct reading *r, record_fn *each, void *ctx)
{
	if (!m->raw.n || r->stop)
		return;
	m->found = m->html = false;
	m->text.n = m->subject.n = m->day.n = 0;
	if (m->raw.n > MOST_WHOLE) {
		read_fail(r, path, m->at, "message is longer than 64 MiB");
	} else if (read_ours(r)) {
		take_part(m, (khabar_str){m->raw.p, m->raw.n}, 0);
		struct part p = {.file = path, .at = m->at};
		buf_add(&m->text, "", 1);
		p.input.bytes = (khabar_str){m->text.p, m->text.n - 1};
		p.input.title = (khabar_str){m->subject.p, m->subject.n};
		p.input.published = (khabar_str){m->day.p, m->day.n};
		p.input.charset = m->charset;
		p.input.kind = m->html ? (uint32_t)KHABAR_KIND_HTML : (uint32_t)KHABAR_KIND_PAGE;
		if (m->found && p.input.bytes.n)
			read_part(&p, r, each, ctx);
		else
			read_fail(r, path, m->at, "message without a text to read");
	}
	m->raw.n = 0;
}

void packed_mbox(const char *path, struct stream *f, struct buf *b, struct reading *r,
		 record_fn *each, void *ctx)
{
	struct window w = {.f = f, .b = b};
	struct message m = {0};
	khabar_str line;
	bool blank = true;
	for (uint64_t at = 0; !r->stop && window_line(&w, LINE, &line); at = window_offset(&w)) {
		if (blank && line.n > 5 && memcmp(line.p, "From ", 5) == 0) {
			give(&m, path, r, each, ctx);
			m.at = at;
			blank = false;
			continue;
		}
		blank = line.n == 0;
		bool quoted = line.n > 6 && memcmp(line.p, ">From ", 6) == 0;
		if (m.raw.n <= MOST_WHOLE) {
			buf_add(&m.raw, line.p + quoted, line.n - quoted);
			buf_add(&m.raw, "\n", 1);
		}
	}
	give(&m, path, r, each, ctx);
	r->bytes += stream_raw(f);
	buf_free(&m.raw);
	buf_free(&m.text);
	buf_free(&m.subject);
	buf_free(&m.day);
}
