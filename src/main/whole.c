/* A file of documents. In: a stream. Out: markup as one document of at most MOST_WHOLE bytes, or
 * one each where pages or feeds stand one behind another; a feed of any length in parts that end
 * between entries, a text in parts that end between paragraphs, so that memory does not grow with
 * them. A packed file that is cut off gives what there is. */
#include <string.h>
#include <strings.h>

#include "packed.h"

enum { STEP = 1 << 16, PART = 2 << 20, LOOK = 4096, GAP = 1 << 13 };

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
	if (n > 262 && memcmp(p + 257, "ustar", 5) == 0)
		return "a tar archive: unpack it first";
	if (n > 4 && (memcmp(p, "\xff\xfe{", 4) == 0 || memcmp(p, "\xfe\xff\0{", 4) == 0))
		return "JSON in UTF-16: turn it into UTF-8 first";
	if (n > 2 && (memcmp(p, "\xff\xfe", 2) == 0 || memcmp(p, "\xfe\xff", 2) == 0))
		return NULL; /* UTF-16 says so */
	size_t odd = 0, nul = 0, even = 0, high = 0;
	n = n < 4096 ? n : 4096;
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)p[i];
		nul += c == 0;
		even += c == 0 && i % 2 == 0;
		high += c > 127;
		odd += c != 0 && c < 32 && c != '\t' && c != '\n' && c != '\r' && c != '\f' &&
		       c != 27;
	}
	if (n >= 16 && nul * 8 > n && nul * 2 <= n + 1 && (even == 0 || even == nul))
		return NULL; /* UTF-16 without a mark: of two bytes of mark-up one is zero */
	bool wide = nul * 10 > n * 3;		   /* UTF-16: every other byte, or nearly */
	bool noise = high * 3 > n && odd * 33 > n; /* packed or encrypted bytes are of all values */
	return odd * 10 > n || noise || (nul * 10 > n && !wide) || (wide && odd * 20 > n) ||
			       nul * 10 > n * 7
		       ? "binary data, not text"
		       : NULL;
}

static bool starts(const char *p, size_t n, const char *word)
{
	size_t k = strlen(word);
	return n >= k && strncasecmp(p, word, k) == 0;
}

/* Does it begin like HTML, XML or JSON? There is no blank line where such a document can be cut. */
static bool is_markup(const struct reading *r, const char *p, size_t n)
{
	static const char *const mark[] = {"<!doctype html", "<html",	 "<head", "<body",
					   "<div",	     "<article", "<p>"};
	if (r->kind)
		return r->kind != KHABAR_KIND_STORY && r->kind != KHABAR_KIND_PAGE;
	n = n < LOOK ? n : LOOK;
	if (n && memchr(p, 0, n)) /* UTF-16: a part of it would not say so */
		return true;
	size_t first = packed_blank(p, n);
	for (size_t i = first; i < n; i++)
		for (size_t k = 0; p[i] == '<' && k < sizeof mark / sizeof *mark; k++)
			if (starts(p + i, n - i, mark[k]))
				return true;
	return first < n && (p[first] == '<' || p[first] == '{');
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
	struct stream *f;
	struct buf *b; /* bytes at hand; b->p[0] lies at `at` of the file */
	struct reading *r;
	record_fn *each;
	void *ctx;
	uint64_t at, raw;
	bool more; /* the file has more bytes than are at hand */
};

static void give(const struct whole *w, size_t n, uint32_t kind)
{
	struct reading *r = w->r;
	struct record rec = {.file = w->path, .at = w->at, .whole = true};
	char name[4096], *p = w->b->p, kept = p[n];
	if (!n || !read_ours(r))
		return;
	p[n] = 0; /* the buffer has room for it */
	rec.input.bytes = (khabar_str){p, n};
	rec.input.file = read_place(w->path, w->at, name, sizeof name);
	rec.input.kind = r->gold_tokens ? (uint32_t)KHABAR_KIND_CONLLU
			 : r->kind	? r->kind
			 : r->pages	? (uint32_t)KHABAR_KIND_PAGE
					: kind;
	r->good++;
	r->stop = !w->each(w->ctx, &rec);
	p[n] = kept;
}

/* Gives up the bytes [from, to) at hand; what follows moves up. */
static void drop(struct whole *w, size_t from, size_t to)
{
	memmove(w->b->p + from, w->b->p + to, w->b->n - to);
	w->b->n -= to - from;
	w->at += to - from;
}

/* Reads on until more than `most` bytes are at hand, or to the file's end. */
static void fill(struct whole *w, size_t most)
{
	while (w->more && w->b->n <= most) {
		size_t got = stream_read(w->f, buf_room(w->b, STEP + 1), STEP);
		w->b->n += got;
		w->more = got == STEP;
	}
	w->r->bytes += stream_raw(w->f) - w->raw;
	w->raw = stream_raw(w->f);
}

static void text_in_parts(struct whole *w)
{
	for (fill(w, PART); !w->r->stop && w->b->n > PART; fill(w, PART)) {
		size_t n = part_end(w->b->p, PART);
		if (!w->at)
			complain(w->path, n,
				 "a long text: read in parts that end between paragraphs");
		give(w, n, w->at ? KHABAR_KIND_PAGE : KHABAR_KIND_SNIFF);
		drop(w, 0, n);
	}
	if (!w->r->stop)
		give(w, w->b->n, w->at ? KHABAR_KIND_PAGE : KHABAR_KIND_SNIFF);
}

/* ---- documents one after another ------------------------------------------- */

/* White space and comments; n where they do not end. */
static size_t pass_gap(const char *p, size_t i, size_t n)
{
	for (;;) {
		while (i < n && strchr(" \t\r\n", p[i]) && p[i])
			i++;
		if (!starts(p + i, n - i, "<!--"))
			return i;
		const char *end = memmem(p + i, n - i, "-->", 3);
		if (!end)
			return n;
		i = (size_t)(end - p) + 3;
	}
}

static bool any(const char *p, size_t n, const char *const *list)
{
	while (*list && !starts(p, n, *list))
		list++;
	return *list != NULL;
}

/* Where the next document begins: a root element was closed and one like it is opened, with nothing
 * but comments between. 0: not in the bytes behind *looked. */
static size_t next_document(const char *p, size_t n, bool more, size_t *looked)
{
	static const char *const ends[] = {"</html>",	"</rss>",	  "</feed>", "</rdf:rdf>",
					   "</urlset>", "</newsmessage>", NULL};
	static const char *const begins[] = {"<!doctype html", "<html",	       "<?xml",
					     "<rss",	       "<feed",	       "<rdf:rdf",
					     "<urlset",	       "<newsmessage", NULL};
	while (*looked < n) {
		const char *tag = memchr(p + *looked, '<', n - *looked);
		size_t i = tag ? (size_t)(tag - p) : n;
		*looked = i;
		if (more && n - i < GAP)
			return 0; /* to be looked at when all of it is there */
		if (i + 1 < n && p[i + 1] == '/' && any(p + i, n - i, ends)) {
			size_t most = n - i < GAP ? n : i + GAP,
			       k = pass_gap(p, (size_t)(strchr(p + i, '>') - p) + 1, most);
			if (any(p + k, most - k, begins))
				return k;
		}
		*looked = i + 1;
	}
	return 0;
}

struct entries {	/* of a feed */
	char name[64];	/* "item", "atom:entry"; ends in NUL */
	size_t n, head; /* head: bytes before the first, which every part begins with */
};

static bool find_entries(const char *p, size_t n, struct entries *e)
{
	static const char *const roots[] = {"<rss",    "<feed",	       "<rdf:rdf", "<channel",
					    "<urlset", "<newsmessage", NULL};
	static const char *const names[] = {"item", "entry", "url", "newsitem"};
	bool root = false;
	for (size_t i = 0; i < n; i++) {
		if (p[i] != '<')
			continue;
		root |= i < LOOK && any(p + i, n - i, roots);
		if (!root)
			continue;
		size_t end = i + 1, local = i + 1;
		for (; end < n && end - i < sizeof e->name && !strchr(" \t\r\n/>", p[end]); end++)
			local = p[end] == ':' ? end + 1 : local;
		for (size_t k = 0; k < 4 && end < n && end - i < sizeof e->name; k++)
			if (end - local == strlen(names[k]) &&
			    starts(p + local, end - local, names[k])) {
				e->n = end - i - 1;
				e->head = i;
				memcpy(e->name, p + i + 1, e->n);
				e->name[e->n] = 0;
				return true;
			}
	}
	return false;
}

/* Behind the last entry that ends in the first `most` bytes; 0: none does. */
static size_t last_entry(const struct entries *e, const char *p, size_t most)
{
	for (size_t i = most; i-- > e->head;) {
		size_t k = i + 2 + e->n;
		if (p[i] != '<' || k >= most || p[i + 1] != '/' ||
		    memcmp(p + i + 2, e->name, e->n) != 0)
			continue;
		k = pass_gap(p, k, most);
		size_t next = k < most && p[k] == '>' ? pass_gap(p, k + 1, most) : most;
		if (next + 1 < most && p[next] == '<' &&
		    (p[next + 1] == '/' || starts(p + next + 1, most - next - 1, e->name)))
			return k + 1;
	}
	return 0;
}

/* Over the rest of an entry that is too long, to where the next begins. */
static void pass_entry(struct whole *w, const struct entries *e)
{
	for (size_t i = e->head;;) {
		const char *tag = memchr(w->b->p + i, '<', w->b->n - i);
		i = tag ? (size_t)(tag - w->b->p) : w->b->n;
		if (w->b->n - i < sizeof e->name + 2 && w->more) {
			drop(w, e->head, i);
			fill(w, w->b->n);
			i = e->head;
		} else if (i == w->b->n || starts(tag + 1, w->b->n - i - 1, e->name)) {
			drop(w, e->head, i);
			return;
		} else {
			i++;
		}
	}
}

/* A feed longer than a part: each part holds whole entries, behind what the feed says of itself. */
static void feed_in_parts(struct whole *w, const struct entries *e)
{
	size_t most = PART + e->head;
	bool told = false;
	while (!w->r->stop) {
		size_t looked = 0, n, end;
		fill(w, most + GAP);
		end = next_document(w->b->p, w->b->n < most + GAP ? w->b->n : most + GAP, w->more,
				    &looked);
		if (end || (w->b->n <= most && !w->more)) {
			n = end ? end : w->b->n;
			give(w, n, KHABAR_KIND_FEED);
			drop(w, 0, n);
			return;
		}
		n = last_entry(e, w->b->p, most);
		if (!n && most < MOST_WHOLE / 2) {
			most *= 2;
			continue;
		}
		bool rest = !n;
		if (rest)
			read_fail(w->r, w->path, w->at + most,
				  "entry is longer than 32 MiB; what comes before is read");
		else if (!told)
			complain(w->path, w->at + n,
				 "a long feed: read in parts that end between entries");
		n = n ? n : most;
		most = PART + e->head;
		told = true;
		give(w, n, KHABAR_KIND_FEED);
		drop(w, e->head, n);
		if (rest)
			pass_entry(w, e);
	}
}

/* Over the rest of a document that is too long. */
static size_t pass_document(struct whole *w)
{
	size_t looked = 0, end;
	while (!(end = next_document(w->b->p, w->b->n, w->more, &looked)) && w->more) {
		drop(w, 0, looked);
		looked = 0;
		fill(w, w->b->n);
	}
	return end ? end : w->b->n;
}

static void documents(struct whole *w)
{
	while (!w->r->stop && (w->b->n || w->more)) {
		size_t looked = 0, n = 0;
		struct entries e;
		bool tried = false, feed = false;
		while (!(n = next_document(w->b->p, w->b->n, w->more, &looked)) && w->more &&
		       w->b->n <= MOST_WHOLE && !feed) {
			fill(w, w->b->n);
			feed = !tried && w->b->n > PART && find_entries(w->b->p, PART, &e);
			tried |= w->b->n > PART;
		}
		if (feed) {
			feed_in_parts(w, &e);
			continue;
		}
		bool rest = !n && w->b->n > MOST_WHOLE;
		n = n ? n : rest ? MOST_WHOLE : w->b->n;
		give(w, n, KHABAR_KIND_SNIFF);
		if (rest) {
			read_fail(w->r, w->path, w->at + n, TOO_LONG);
			n = w->r->stop ? n : pass_document(w);
		}
		drop(w, 0, n);
	}
}

void packed_whole(const char *path, struct stream *f, struct buf *b, struct reading *r,
		  record_fn *each, void *ctx)
{
	struct whole w = {
		.path = path, .f = f, .b = b, .r = r, .each = each, .ctx = ctx, .more = true};
	fill(&w, LOOK);
	const char *odd = r->gold_tokens ? NULL : packed_no_text(b->p, b->n);
	if (odd)
		read_fail(r, path, 0, odd);
	else if (r->gold_tokens || is_markup(r, b->p, b->n))
		documents(&w);
	else
		text_in_parts(&w);
}
