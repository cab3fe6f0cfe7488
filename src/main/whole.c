/* A file that is one document. In: a stream. Out: markup as one document of at most MOST_WHOLE
 * bytes; a text of any length in parts that end between paragraphs, so that memory does not grow
 * with it. A packed file that is cut off gives what there is. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "packed.h"

enum { STEP = 1 << 16, PART = 2 << 20, LOOK = 4096 };

const char *packed_no_text(const char *p, size_t n)
{
	static const struct {
		const char *first, *what;
	} known[] = {
		{"\x7f"
		 "ELF",
		 "a program, not text"},
		{"\x89PNG", "an image, not text"},
		{"\xff\xd8\xff", "an image, not text"},
		{"GIF8", "an image, not text"},
		{"%PDF", "a PDF, not text"},
		{"SQLite format 3", "a database, not text"},
		{"KHABAR\r\n", "a model image, not text"},
		{"BZh", "bzip2 data: unpack it first"},
		{"\xfd"
		 "7zXZ",
		 "xz data: unpack it first"},
	};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (n >= strlen(known[i].first) &&
		    memcmp(p, known[i].first, strlen(known[i].first)) == 0)
			return known[i].what;
	size_t odd = 0, nul = 0;
	n = n < 4096 ? n : 4096;
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)p[i];
		nul += c == 0;
		odd += c != 0 && c < 32 && c != '\t' && c != '\n' && c != '\r' && c != '\f' &&
		       c != 27;
	}
	bool wide = nul * 10 > n * 3; /* UTF-16: every other byte, or nearly */
	return odd * 10 > n || (nul * 10 > n && !wide) || (wide && odd * 20 > n) || nul * 10 > n * 7
		       ? "binary data, not text"
		       : NULL;
}

/* Does it begin like HTML, XML or JSON? Such a document has no place where it can be cut, and
 * is one. */
static bool is_markup(const struct reading *r, const char *p, size_t n)
{
	if (r->kind)
		return r->kind != KHABAR_KIND_STORY && r->kind != KHABAR_KIND_PAGE;
	n = n < LOOK ? n : LOOK;
	if (n && memchr(p, 0, n)) /* UTF-16: a part of it would not say so */
		return true;
	for (size_t i = 0; i + 1 < n; i++)
		if (p[i] == '<' && (isalpha((unsigned char)p[i + 1]) || strchr("!?/", p[i + 1])))
			return true;
	return n && *p == '{';
}

/* Where a part of the first `most` bytes ends: behind the last blank line, else line, else a
 * character. */
static size_t part_end(const char *p, size_t most)
{
	size_t line = 0;
	for (size_t i = most; i-- > most / 2;) {
		if (p[i] != '\n')
			continue;
		line = line ? line : i + 1;
		size_t k = i;
		while (k && strchr(" \t\r", p[k - 1]) && p[k - 1])
			k--;
		if (k && p[k - 1] == '\n')
			return i + 1;
	}
	while (!line && most > 1 && (p[most] & 0xC0) == 0x80)
		most--;
	return line ? line : most;
}

struct whole {
	const char *path;
	struct reading *r;
	record_fn *each;
	void *ctx;
	bool text; /* no markup: may be cut between paragraphs */
};

static void give(const struct whole *w, char *p, size_t n, uint64_t at)
{
	struct reading *r = w->r;
	struct record rec = {.file = w->path, .at = at, .whole = true};
	char name[4096], kept = p[n];
	if (!read_ours(r))
		return;
	p[n] = 0; /* the buffer has room for it */
	rec.input.bytes = (khabar_str){p, n};
	rec.input.file = read_place(w->path, at, name, sizeof name);
	rec.input.kind = r->gold_tokens			? (uint32_t)KHABAR_KIND_CONLLU
			 : !r->kind && (at || r->pages) ? (uint32_t)KHABAR_KIND_PAGE
							: r->kind;
	r->good++;
	r->stop = !w->each(w->ctx, &rec);
	p[n] = kept;
}

/* Reads on until more than `most` bytes are at hand; false at the file's end. */
static bool fill(struct stream *f, struct buf *b, size_t most)
{
	while (b->n <= most) {
		size_t got = stream_read(f, buf_room(b, STEP + 1), STEP);
		b->n += got;
		if (got < STEP)
			return false;
	}
	return true;
}

void packed_whole(const char *path, struct stream *f, struct buf *b, struct reading *r,
		  record_fn *each, void *ctx)
{
	struct whole w = {path, r, each, ctx, false};
	uint64_t at = 0, raw = 0;
	bool more = fill(f, b, LOOK);
	const char *odd = r->gold_tokens ? NULL : packed_no_text(b->p, b->n);
	if (odd) {
		read_fail(r, path, 0, odd);
		return;
	}
	w.text = !r->gold_tokens && !is_markup(r, b->p, b->n);
	size_t most = w.text ? PART : MOST_WHOLE;
	while (!r->stop) {
		more = more && fill(f, b, most);
		r->bytes += stream_raw(f) - raw;
		raw = stream_raw(f);
		if (!more) {
			if (b->n)
				give(&w, b->p, b->n, at);
			return;
		}
		size_t n = part_end(b->p, most);
		if (w.text && !at)
			complain(path, n, "a long text: read in parts that end between paragraphs");
		give(&w, b->p, n, at);
		at += n;
		if (!w.text) {
			read_fail(r, path, at, TOO_LONG);
			return;
		}
		memmove(b->p, b->p + n, b->n - n);
		b->n -= n;
	}
}
