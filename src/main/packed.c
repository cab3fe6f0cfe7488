/* See packed.h: what the containers share. */
#include <string.h>
#include <strings.h>
#include <brotli/decode.h>
#include <zlib.h>
#include <zstd.h>

#include "packed.h"

bool packed_is_warc(const char *p, size_t n)
{
	return n > 8 && memcmp(p, "WARC/", 5) == 0;
}

/* One message as mail programs save it: nothing but headers up to a blank line, and such as no text
 * has by chance. */
static bool is_message(const char *p, size_t n)
{
	khabar_str s = {p, n}, line;
	bool sender = false, mail = false;
	while (packed_line(&s, &line) && line.n) {
		size_t name = 0;
		while (name < line.n && line.p[name] > ' ' && line.p[name] != ':' &&
		       line.p[name] < 127)
			name++;
		bool more = line.p[0] == ' ' || line.p[0] == '\t';
		if (!more && (!name || name == line.n || line.p[name] != ':'))
			return false;
		sender |= packed_header(line, "from:").n > 0;
		mail |= packed_header(line, "message-id:").n ||
			packed_header(line, "mime-version:").n ||
			packed_header(line, "received:").n;
	}
	return sender && mail;
}

bool packed_is_mbox(const char *p, size_t n)
{
	if (n < 16 || memcmp(p, "From ", 5) != 0)
		return is_message(p, n);
	const char *nl = memchr(p, '\n', n < 200 ? n : 200);
	const char *colon =
		nl ? memchr(nl, ':', n - (size_t)(nl - p) < 80 ? n - (size_t)(nl - p) : 80) : NULL;
	for (const char *q = nl ? nl + 1 : NULL; q && colon && q < colon; q++)
		if (*q == ' ' || *q == '\n')
			return false; /* the next line is no header */
	return colon != NULL;
}

bool packed_is_zip(const char *p, size_t n)
{
	return n > 4 && (memcmp(p, "PK\3\4", 4) == 0 || memcmp(p, "PK\5\6", 4) == 0);
}

bool packed_line(khabar_str *s, khabar_str *line)
{
	if (!s->n)
		return false;
	const char *nl = memchr(s->p, '\n', s->n);
	size_t n = nl ? (size_t)(nl - s->p) : s->n;
	*line = (khabar_str){s->p, n && s->p[n - 1] == '\r' ? n - 1 : n};
	n += nl != NULL;
	s->p += n;
	s->n -= n;
	return true;
}

bool packed_has(khabar_str s, const char *word)
{
	size_t n = strlen(word);
	for (size_t i = 0; i + n <= s.n; i++)
		if (strncasecmp(s.p + i, word, n) == 0)
			return true;
	return false;
}

khabar_str packed_header(khabar_str line, const char *name)
{
	size_t n = strlen(name);
	if (line.n < n || strncasecmp(line.p, name, n) != 0)
		return (khabar_str){NULL, 0};
	line.p += n;
	line.n -= n;
	while (line.n && (*line.p == ' ' || *line.p == '\t'))
		line.p++, line.n--;
	while (line.n && strchr(" \t\r\n", line.p[line.n - 1]))
		line.n--;
	return line;
}

khabar_str packed_charset(khabar_str type)
{
	khabar_str cs = {NULL, 0};
	for (size_t i = 0; i + 8 < type.n && !cs.p; i++)
		if (strncasecmp(type.p + i, "charset=", 8) == 0)
			cs = (khabar_str){type.p + i + 8, type.n - i - 8};
	if (cs.n && *cs.p == '"')
		cs.p++, cs.n--;
	for (size_t i = 0; i < cs.n; i++)
		if (strchr("\"; \t", cs.p[i]))
			cs.n = i;
	return cs;
}

bool packed_inflate(khabar_str in, struct buf *to)
{
	enum { STEP = 1 << 16 };
	const unsigned char *p = (const unsigned char *)in.p;
	bool gzip = in.n > 2 && p[0] == 0x1f && p[1] == 0x8b;
	bool zlib = in.n > 2 && (p[0] & 15) == 8 && (p[0] * 256u + p[1]) % 31 == 0;
	z_stream z = {0};
	if (inflateInit2(&z, gzip ? 15 + 16 : zlib ? 15 : -15) != Z_OK)
		return false;
	int r = Z_OK;
	z.next_in = (Bytef *)(uintptr_t)in.p;
	z.avail_in = (uInt)in.n;
	while (r == Z_OK && to->n <= MOST_WHOLE) {
		z.next_out = (Bytef *)buf_room(to, STEP);
		z.avail_out = STEP;
		r = inflate(&z, Z_NO_FLUSH);
		to->n += STEP - z.avail_out;
		if (r == Z_OK && z.avail_out)
			break; /* the input ended */
	}
	inflateEnd(&z);
	return r == Z_STREAM_END;
}

bool packed_unzstd(khabar_str in, struct buf *to)
{
	ZSTD_DStream *z = ZSTD_createDStream();
	ZSTD_inBuffer from = {in.p, in.n, 0};
	size_t r = 1;
	while (z && r && !ZSTD_isError(r) && to->n <= MOST_WHOLE && from.pos < from.size) {
		ZSTD_outBuffer out = {buf_room(to, 1 << 16), 1 << 16, 0};
		r = ZSTD_decompressStream(z, &out, &from);
		to->n += out.pos;
	}
	ZSTD_freeDStream(z);
	return r == 0;
}

bool packed_unbrotli(khabar_str in, struct buf *to)
{
	BrotliDecoderState *b = BrotliDecoderCreateInstance(NULL, NULL, NULL);
	BrotliDecoderResult r = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
	const uint8_t *from = (const uint8_t *)in.p;
	size_t left = in.n;
	while (b && r == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT && to->n <= MOST_WHOLE) {
		size_t room = 1 << 16;
		uint8_t *out = (uint8_t *)buf_room(to, room);
		r = BrotliDecoderDecompressStream(b, &left, &from, &room, &out, NULL);
		to->n += (1 << 16) - room;
	}
	BrotliDecoderDestroyInstance(b);
	return r == BROTLI_DECODER_RESULT_SUCCESS;
}
