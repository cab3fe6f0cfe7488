/* mbox files of newsletters, and single messages. In: a stream. Out: each text of each message as
 * one document, which may hold several stories: of alternatives the HTML one; messages that a
 * message forwards or gathers are texts of their own. Subject, sender and day as the headers tell.
 */
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "packed.h"
#include "window.h"

enum { LINE = 1 << 20, DEEP = 8, MOST_TEXTS = 256, FOOTER = 400 };

struct piece { /* a MIME entity */
	khabar_str type, encoding, charset, boundary, body;
	bool attached;
};

struct text {
	struct buf bytes;
	khabar_str charset;
	uint32_t head; /* of the message that it is part of */
	bool html;
};

struct head { /* what the headers of a message, or of one within it, say */
	struct buf subject, day, sender;
};

struct message {
	struct buf raw;
	struct text text[MOST_TEXTS];
	struct head head[MOST_TEXTS];
	uint32_t n, n_head;
	uint64_t at;
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
	for (size_t i = 1; i + n < v.n; i++) {
		if (!strchr("; \t\n", v.p[i - 1]) || strncasecmp(v.p + i, name, n) != 0)
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
	const char *language = memchr(charset.p, '*', charset.n); /* RFC 2231: "utf-8*en" */
	size_t n = language ? (size_t)(language - charset.p) : charset.n;
	memcpy(name, charset.p, n < 39 ? n : 39);
	iconv_t cd = iconv_open("UTF-8", name);
	if (cd == (iconv_t)-1) {
		buf_add(to, s.p, s.n);
		return;
	}
	char *in = (char *)(uintptr_t)s.p, *out = buf_room(to, s.n * 4 + 16);
	size_t left = s.n, room = s.n * 4 + 16, all = room;
	while (left && iconv(cd, &in, &left, &out, &room) == (size_t)-1 && left && room >= 3) {
		memcpy(out, "\xEF\xBF\xBD", 3); /* what is no letter of the charset */
		out += 3;
		room -= 3;
		in++;
		left--;
	}
	to->n += all - room;
	iconv_close(cd);
}

/* "=?utf-8?B?...?=" at the beginning of v: its length, its parts; 0: none. */
static size_t encoded_word(khabar_str v, khabar_str *charset, char *how, khabar_str *what)
{
	size_t mark[2] = {0, 0}, marks = 0, end = 2;
	if (v.n < 2 || v.p[0] != '=' || v.p[1] != '?')
		return 0;
	for (; end < v.n && marks < 2 && !strchr(" \t\n", v.p[end]); end++)
		if (v.p[end] == '?')
			mark[marks++] = end;
	while (end + 1 < v.n && !(v.p[end] == '?' && v.p[end + 1] == '='))
		end++;
	if (marks < 2 || mark[1] != mark[0] + 2 || end + 1 >= v.n)
		return 0;
	*charset = (khabar_str){v.p + 2, mark[0] - 2};
	*how = v.p[mark[0] + 1];
	*what = (khabar_str){v.p + mark[1] + 1, end - mark[1] - 1};
	return end + 2;
}

/* Encoded words and others; white space between two encoded ones is none, and a character may be
 * split between them, so that they are decoded together. */
static void header_text(khabar_str v, struct buf *to)
{
	khabar_str charset, what;
	char how;
	for (size_t i = 0; i < v.n;) {
		struct buf raw = {0};
		khabar_str first = {NULL, 0};
		size_t n, k = i;
		while ((n = encoded_word((khabar_str){v.p + k, v.n - k}, &charset, &how, &what)) &&
		       (!first.n ||
			(first.n == charset.n && strncasecmp(first.p, charset.p, first.n) == 0))) {
			if (how == 'B' || how == 'b')
				base64(what, &raw);
			else
				quoted_printable(what, &raw, true);
			first = charset;
			i = k += n;
			while (k < v.n && strchr(" \t\r\n", v.p[k]))
				k++;
		}
		if (first.n) {
			to_utf8((khabar_str){raw.p, raw.n}, first, to);
			i = n ? k : i; /* one of another charset follows */
		} else {
			char c = v.p[i] == '\r' || v.p[i] == '\n' || v.p[i] == '\t' ? ' ' : v.p[i];
			if (c != ' ' || (to->n && to->p[to->n - 1] != ' '))
				buf_add(to, &c, 1);
			i++;
		}
		buf_free(&raw);
	}
}

/* Minutes east of UTC of "+0100", "GMT", "EST"; false: not known. */
static bool zone_of(const char *zone, int *minutes)
{
	static const struct {
		const char *name;
		int hours;
	} list[] = {{"GMT", 0},	 {"UTC", 0},  {"UT", 0},   {"Z", 0},	{"EST", -5}, {"EDT", -4},
		    {"CST", -6}, {"CDT", -5}, {"MST", -7}, {"MDT", -6}, {"PST", -8}, {"PDT", -7}};
	int hour, minute;
	if ((*zone == '+' || *zone == '-') && sscanf(zone + 1, "%2d%2d", &hour, &minute) == 2) {
		*minutes = (hour * 60 + minute) * (*zone == '-' ? -1 : 1);
		return hour < 15 && minute < 60;
	}
	for (size_t i = 0; i < sizeof list / sizeof *list; i++)
		if (strcasecmp(zone, list[i].name) == 0) {
			*minutes = list[i].hours * 60;
			return true;
		}
	return false;
}

/* "Tue, 10 Mar 2026 09:00:00 +0100" as ISO 8601. */
static void header_day(khabar_str v, struct buf *to)
{
	static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";
	char text[64] = {0}, month[16] = {0}, zone[8] = {0}, iso[48];
	int day, year, hour, minute, second = 0, used = 0, minutes;
	memcpy(text, v.p, v.n < 63 ? v.n : 63);
	const char *p = strchr(text, ',');
	p = p ? p + 1 : text;
	if (sscanf(p, " %2d%*1[- ]%9[A-Za-z]%*1[- ]%4d%n", &day, month, &year, &used) < 3)
		return;
	for (size_t i = 0; month[i]; i++)
		month[i] |= 32;
	month[3] = 0;
	const char *m = strlen(month) == 3 ? strstr(months, month) : NULL;
	year += year < 70 ? 2000 : year < 100 ? 1900 : 0;
	if (!m || (m - months) % 3 || day < 1 || day > 31 || year < 1970 || year > 2100)
		return;
	int n = snprintf(iso, sizeof iso, "%04d-%02d-%02d", year, (int)(m - months) / 3 + 1, day);
	int got = sscanf(p + used, " %2d:%2d:%2d %6s", &hour, &minute, &second, zone);
	if (got == 2)
		got += 1 + sscanf(p + used, " %*d:%*d %6s", zone);
	if (got == 4 && hour < 24 && minute < 60 && second < 61 && hour >= 0 && minute >= 0 &&
	    zone_of(zone, &minutes))
		n += snprintf(iso + n, sizeof iso - (size_t)n, "T%02d:%02d:%02d%c%02d:%02d", hour,
			      minute, second, minutes < 0 ? '-' : '+', abs(minutes) / 60,
			      abs(minutes) % 60);
	buf_add(to, iso, (size_t)n);
}

/* "The Example <news@a.example>": the name, else the address. */
static void header_sender(khabar_str v, struct buf *to)
{
	const char *angle = memchr(v.p, '<', v.n);
	size_t n = angle ? (size_t)(angle - v.p) : v.n;
	while (n && strchr(" \t\"", v.p[n - 1]))
		n--;
	if (!n && angle) {
		v = (khabar_str){angle + 1, v.n - 1 - (size_t)(angle - v.p)};
		const char *end = memchr(v.p, '>', v.n);
		n = end ? (size_t)(end - v.p) : v.n;
	}
	size_t quote = n && *v.p == '"';
	header_text((khabar_str){v.p + quote, n - quote}, to);
}

static struct piece piece_of(khabar_str s, struct head *head)
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
		} else if ((v = packed_header(h, "content-disposition:")).n) {
			p.attached = v.n >= 10 && strncasecmp(v.p, "attachment", 10) == 0;
		} else if (head && (v = packed_header(h, "subject:")).n && !head->subject.n) {
			header_text(v, &head->subject);
		} else if (head && (v = packed_header(h, "from:")).n && !head->sender.n) {
			header_sender(v, &head->sender);
		} else if (head && (v = packed_header(h, "date:")).n && !head->day.n) {
			header_day(v, &head->day);
		}
	}
	p.body = s;
	return p;
}

static bool is_type(khabar_str type, const char *name)
{
	return type.n >= strlen(name) && strncasecmp(type.p, name, strlen(name)) == 0;
}

static void decode(const struct piece *p, struct buf *to)
{
	if (is_type(p->encoding, "base64"))
		base64(p->body, to);
	else if (is_type(p->encoding, "quoted-printable"))
		quoted_printable(p->body, to, false);
	else
		buf_add(to, p->body.p, p->body.n);
}

static bool is_blank(khabar_str s)
{
	while (s.n && strchr(" \t\r\n", *s.p))
		s.p++, s.n--;
	return s.n == 0;
}

/* A text of its own; a plain part behind a plain one goes on where that ended. What a list puts
 * below an HTML part is none. */
static void take_text(struct message *m, const struct piece *p, uint32_t head)
{
	bool html = is_type(p->type, "text/html");
	struct text *last = m->n && m->text[m->n - 1].head == head ? &m->text[m->n - 1] : NULL;
	if ((p->type.n && !html && !is_type(p->type, "text/plain")) || is_blank(p->body))
		return;
	if (!html && last && !last->html && last->charset.n == p->charset.n) {
		buf_add(&last->bytes, "\n\n", 2);
		decode(p, &last->bytes);
		return;
	}
	if (m->n == MOST_TEXTS || (!html && last && (p->attached || p->body.n < FOOTER)))
		return;
	struct text *t = &m->text[m->n++];
	t->bytes.n = 0;
	t->html = html;
	t->charset = p->charset;
	t->head = head;
	decode(p, &t->bytes);
}

static void take_part(struct message *m, khabar_str s, uint32_t head, bool top, int depth);

/* Of alternatives the last that is HTML, else the first, takes the place of the others. */
static void choose(struct message *m, uint32_t base, uint32_t from)
{
	if (from == base || from == m->n)
		return;
	if (!m->text[from].html) {
		m->n = from;
		return;
	}
	for (uint32_t i = from; i < m->n; i++) {
		struct text kept = m->text[base];
		m->text[base++] = m->text[i];
		m->text[i] = kept;
	}
	m->n = base;
}

/* The line that ends a part: "--boundary"; *last: that which ends all of them. */
static bool is_boundary(khabar_str line, khabar_str boundary, bool *last)
{
	if (line.n < boundary.n + 2 || line.p[0] != '-' || line.p[1] != '-' ||
	    memcmp(line.p + 2, boundary.p, boundary.n) != 0)
		return false;
	khabar_str rest = {line.p + 2 + boundary.n, line.n - 2 - boundary.n};
	*last = rest.n >= 2 && rest.p[0] == '-' && rest.p[1] == '-';
	rest.p += *last ? 2 : 0;
	rest.n -= *last ? 2 : 0;
	return is_blank(rest); /* else the boundary of a part within */
}

static void take_parts(struct message *m, const struct piece *p, uint32_t head, int depth)
{
	bool either = is_type(p->type, "multipart/alternative"), last = false;
	uint32_t base = m->n;
	khabar_str line, rest = p->body;
	const char *from = NULL;
	while (!last && packed_line(&rest, &line)) {
		bool ends = is_boundary(line, p->boundary, &last);
		if (!ends && rest.n)
			continue;
		const char *to = ends ? line.p : rest.p; /* the closing line may be missing */
		uint32_t n = m->n;
		if (from && to > from)
			take_part(m, (khabar_str){from, (size_t)(to - from)}, head, false,
				  depth + 1);
		if (either)
			choose(m, base, n);
		from = rest.p;
	}
}

/* A message, one within it, or a part. */
static void take_part(struct message *m, khabar_str s, uint32_t head, bool top, int depth)
{
	struct piece p = piece_of(s, top ? &m->head[head] : NULL);
	if (is_type(p.type, "multipart/") && p.boundary.n && depth < DEEP)
		take_parts(m, &p, head, depth);
	else if (is_type(p.type, "message/rfc822") && depth < DEEP && m->n_head < MOST_TEXTS)
		take_part(m, p.body, m->n_head++, true, depth + 1);
	else if (is_type(p.type, "message/rfc822") || !is_type(p.type, "multipart/"))
		take_text(m, &p, head);
}

static void give_text(struct message *m, struct text *t, const char *path, struct reading *r,
		      record_fn *each, void *ctx)
{
	const struct head *h = &m->head[t->head];
	struct part p = {.file = path, .at = m->at};
	buf_add(&t->bytes, "", 1);
	p.input.bytes = (khabar_str){t->bytes.p, t->bytes.n - 1};
	p.input.title = (khabar_str){h->subject.p, h->subject.n};
	p.input.published = (khabar_str){h->day.p, h->day.n};
	p.input.source = (khabar_str){h->sender.p, h->sender.n};
	p.input.charset = t->charset;
	p.input.kind = t->html ? (uint32_t)KHABAR_KIND_HTML : (uint32_t)KHABAR_KIND_PAGE;
	if (p.input.bytes.n)
		read_part(&p, r, each, ctx);
}

static void give(struct message *m, const char *path, struct reading *r, record_fn *each, void *ctx)
{
	if (!m->raw.n || r->stop)
		return;
	for (uint32_t i = 0; i < m->n_head; i++)
		m->head[i].subject.n = m->head[i].day.n = m->head[i].sender.n = 0;
	m->n = 0;
	m->n_head = 1;
	if (m->raw.n > MOST_WHOLE)
		read_fail(r, path, m->at,
			  "message is longer than 64 MiB; what comes before is read");
	if (read_ours(r)) {
		take_part(m, (khabar_str){m->raw.p, m->raw.n}, 0, true, 0);
		for (uint32_t i = 0; i < m->n && !r->stop; i++)
			give_text(m, &m->text[i], path, r, each, ctx);
		if (!m->n)
			read_fail(r, path, m->at, "message without a text to read");
	}
	m->raw.n = 0;
}

static void message_free(struct message *m)
{
	for (uint32_t i = 0; i < MOST_TEXTS; i++) {
		buf_free(&m->text[i].bytes);
		buf_free(&m->head[i].subject);
		buf_free(&m->head[i].day);
		buf_free(&m->head[i].sender);
	}
	buf_free(&m->raw);
	free(m);
}

/* ">From " and ">>From " are lines of a text that begin with "From ", ">From ". */
static bool is_quoted(khabar_str line)
{
	size_t n = 0;
	while (n < line.n && line.p[n] == '>')
		n++;
	return n && line.n - n >= 5 && memcmp(line.p + n, "From ", 5) == 0;
}

void packed_mbox(const char *path, struct stream *f, struct buf *b, struct reading *r,
		 record_fn *each, void *ctx)
{
	struct window w = {.f = f, .b = b};
	struct message *m = calloc(1, sizeof *m);
	khabar_str line;
	bool many = b->n > 5 && memcmp(b->p, "From ", 5) == 0, blank = true;
	uint64_t raw = 0;
	for (uint64_t at = 0; m && !r->stop && window_line(&w, LINE, &line);
	     at = window_offset(&w)) {
		if (many && blank && line.n > 5 && memcmp(line.p, "From ", 5) == 0) {
			give(m, path, r, each, ctx);
			m->at = at;
			blank = false;
			r->bytes += stream_raw(f) - raw;
			raw = stream_raw(f);
			continue;
		}
		blank = line.n == 0;
		bool quoted = many && is_quoted(line);
		if (m->raw.n <= MOST_WHOLE) {
			buf_add(&m->raw, line.p + quoted, line.n - quoted);
			buf_add(&m->raw, "\n", 1);
		}
	}
	if (m)
		give(m, path, r, each, ctx);
	r->bytes += stream_raw(f) - raw;
	message_free(m);
}
