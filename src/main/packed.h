/* Containers of documents: WARC, mbox, zip. Each hands on its documents one at a time. */
#ifndef KH_PACKED_H
#define KH_PACKED_H

#include "main.h"
#include "stream.h"

enum { MOST_WHOLE = 64 << 20 /* bytes of one document */ };
#define TOO_LONG "document is longer than 64 MiB; what comes before is read"

/* One record or message of a container, as the container tells of it. */
struct part {
	const char *file;
	uint64_t at; /* of the unpacked container */
	khabar_input input;
};

/* What the first bytes of a file are. */
bool packed_is_warc(const char *p, size_t n);
bool packed_is_mbox(const char *p, size_t n); /* or one message */
bool packed_is_zip(const char *p, size_t n);
bool packed_is_json(const char *p, size_t n); /* objects, in a list or not */
size_t packed_blank(const char *p, size_t n); /* a byte order mark and white space before the first byte */

/* `b` holds the bytes read so far. */
void packed_warc(const char *path, struct stream *f, struct buf *b, struct reading *r,
		 record_fn *each, void *ctx);
void packed_mbox(const char *path, struct stream *f, struct buf *b, struct reading *r,
		 record_fn *each, void *ctx);
void packed_zip(const char *path, struct stream *f, struct buf *b, struct reading *r,
		record_fn *each, void *ctx);

/* Of json_in.c: JSON Lines, lists of objects, objects over several lines. */
void packed_json(const char *path, struct stream *f, struct buf *b, struct reading *r, record_fn *each,
		 void *ctx);

/* Of whole.c: a file that is one document, or a text of any length, which is handed on in parts. */
void packed_whole(const char *path, struct stream *f, struct buf *b, struct reading *r,
		  record_fn *each, void *ctx);

/* What cannot be news, told by its first bytes or by many control bytes; NULL: may be text. */
const char *packed_no_text(const char *p, size_t n);
/* Of input.c: all records of a stream, by the reader of what its first bytes say it is; at most so
 * many containers within each other are opened. */
enum { MOST_NESTED = 4 };
void read_stream(const char *path, struct stream *f, struct reading *r, record_fn *each, void *ctx);
/* Of input.c: hands on one document; one line on stderr and a count for what cannot be read. */
void read_part(const struct part *p, struct reading *r, record_fn *each, void *ctx);
/* What a record's `origin` says of where it lies: "crawl.warc@1234", the record at byte 1234 of the
 * unpacked file; the file alone for what begins with it. */
khabar_str read_place(const char *file, uint64_t at, char *room, size_t n);
void read_fail(struct reading *r, const char *file, uint64_t at, const char *what);
/* At the end of what could be unpacked: the damage is told, and reading goes on at the next packed
 * member; false at the file's end. */
bool read_resume(struct stream *f, const char *path, struct reading *r);
bool read_ours(struct reading *r);

/* The next line of bytes at hand, without its end, taken off `s`; false when there is none. */
bool packed_line(khabar_str *s, khabar_str *line);
/* A header's value, `name` in lower case with its colon; empty when the line is another. */
khabar_str packed_header(khabar_str line, const char *name);
/* Of "text/html; charset=utf-8"; empty when it names none. */
khabar_str packed_charset(khabar_str type);
/* Does it hold the word, in ASCII of either case? */
bool packed_has(khabar_str s, const char *word);
/* Unpacks gzip, zlib or raw deflate, at most MOST_WHOLE bytes; what came before damage is kept. */
bool packed_inflate(khabar_str in, struct buf *to);
bool packed_unzstd(khabar_str in, struct buf *to);
bool packed_unbrotli(khabar_str in, struct buf *to);

#endif
