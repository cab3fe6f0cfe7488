/* What the benches compare khabar with, in one process and round by round: peer tokens FILE… (HTML
 * tokenizers: ours, lexbor's, libxml2's, gumbo's, as compiled in), peer inflate FILE (zlib).
 * Out: one line of JSON, seconds of CPU, the least of five rounds. Built by bench/html and
 * bench/warc. */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zlib.h>

#include "page/html_tag.h"
#include "page/html_token.h"

#ifdef HAVE_LEXBOR
#include <lexbor/html/tokenizer.h>
#endif
#ifdef HAVE_LIBXML2
#include <libxml/HTMLparser.h>
#endif
#ifdef HAVE_GUMBO
#include <gumbo.h>
#endif

enum { ROUNDS = 5 };

struct file {
	char *p;
	size_t n;
};

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static struct file slurp(const char *path)
{
	struct file f = {0};
	FILE *in = fopen(path, "rb");
	if (!in)
		perror(path), exit(1);
	fseek(in, 0, SEEK_END);
	f.n = (size_t)ftell(in);
	rewind(in);
	f.p = malloc(f.n + 1);
	if (!f.p || fread(f.p, 1, f.n, in) != f.n)
		perror(path), exit(1);
	f.p[f.n] = 0;
	fclose(in);
	return f;
}

/* ---- tokenizers: each returns how many tokens it saw ---- */

static uint8_t state_after(kh_str name)
{
	switch (kh_tag_find(name)) {
	case KH_TAG_SCRIPT:
		return KH_HTML_SCRIPT;
	case KH_TAG_STYLE:
		return KH_HTML_RAWTEXT;
	case KH_TAG_TITLE:
	case KH_TAG_TEXTAREA:
		return KH_HTML_RCDATA;
	default:
		return KH_HTML_DATA;
	}
}

static unsigned long ours(const struct file *f)
{
	static struct kh_arena arena;
	static struct kh_html h;
	struct kh_html_token t;
	jmp_buf door;
	if (!arena.door)
		kh_arena_init(&arena, NULL);
	kh_arena_reset(&arena);
	arena.door = &door;
	if (setjmp(door))
		exit(1);
	memset(&h, 0, sizeof h);
	h.arena = &arena;
	h.in = (kh_str){f->p, f->n};
	unsigned long n = 0;
	for (kh_html_next(&h, &t); t.kind != KH_HTML_END_OF_FILE; kh_html_next(&h, &t), n++)
		if (t.kind == KH_HTML_START)
			h.state = state_after(t.name);
	return n;
}

#ifdef HAVE_LEXBOR
static unsigned long seen;

static lxb_html_token_t *lexbor_token(lxb_html_tokenizer_t *tkz, lxb_html_token_t *t, void *ctx)
{
	(void)ctx;
	seen++;
	if (!(t->type & LXB_HTML_TOKEN_TYPE_CLOSE))
		lxb_html_tokenizer_set_state_by_tag(tkz, false, t->tag_id, LXB_NS_HTML);
	return t;
}

static unsigned long lexbor(const struct file *f)
{
	lxb_html_tokenizer_t *tkz = lxb_html_tokenizer_create();
	seen = 0;
	if (lxb_html_tokenizer_init(tkz) != LXB_STATUS_OK)
		exit(1);
	lxb_html_tokenizer_callback_token_done_set(tkz, lexbor_token, NULL);
	lxb_html_tokenizer_begin(tkz);
	lxb_html_tokenizer_chunk(tkz, (const lxb_char_t *)f->p, f->n);
	lxb_html_tokenizer_end(tkz);
	lxb_html_tokenizer_destroy(tkz);
	return seen;
}
#endif

#ifdef HAVE_LIBXML2
static void element(void *ctx, const xmlChar *name, const xmlChar **attrs)
{
	(void)name, (void)attrs;
	++*(unsigned long *)ctx;
}

static void element_end(void *ctx, const xmlChar *name)
{
	(void)name;
	++*(unsigned long *)ctx;
}

static void text(void *ctx, const xmlChar *p, int n)
{
	(void)p, (void)n;
	++*(unsigned long *)ctx;
}

static unsigned long libxml2(const struct file *f)
{
	unsigned long n = 0;
	htmlSAXHandler sax = {.startElement = element,
			      .endElement = element_end,
			      .characters = text,
			      .cdataBlock = text};
	htmlParserCtxtPtr c =
		htmlCreatePushParserCtxt(&sax, &n, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
	htmlParseChunk(c, f->p, (int)f->n, 1);
	htmlFreeParserCtxt(c);
	return n;
}
#endif

#ifdef HAVE_GUMBO
static unsigned long gumbo(const struct file *f)
{
	GumboOutput *o = gumbo_parse_with_options(&kGumboDefaultOptions, f->p, f->n);
	unsigned long n = o->root ? 1 : 0;
	gumbo_destroy_output(&kGumboDefaultOptions, o);
	return n;
}
#endif

static const struct {
	const char *name;
	unsigned long (*run)(const struct file *f);
} peer[] = {
	{"khabar", ours},
#ifdef HAVE_LEXBOR
	{"lexbor", lexbor},
#endif
#ifdef HAVE_LIBXML2
	{"libxml2_sax", libxml2},
#endif
#ifdef HAVE_GUMBO
	{"gumbo_tree", gumbo},
#endif
};

static int tokens(int n, char **path)
{
	enum { PEERS = sizeof peer / sizeof *peer };
	struct file *f = calloc((size_t)n, sizeof *f);
	double best[PEERS] = {0}, bytes = 0;
	unsigned long count[PEERS] = {0};
	for (int i = 0; i < n; i++) {
		f[i] = slurp(path[i]);
		bytes += (double)f[i].n;
	}
	for (int round = 0; round < ROUNDS; round++)
		for (int k = 0; k < PEERS; k++) {
			double from = now();
			count[k] = 0;
			for (int i = 0; i < n; i++)
				count[k] += peer[k].run(&f[i]);
			double s = now() - from;
			best[k] = !round || s < best[k] ? s : best[k];
		}
	printf("{\"pages\":%d,\"bytes\":%.0f", n, bytes);
	for (int k = 0; k < PEERS; k++)
		printf(",\"%s\":{\"mb_s\":%.1f,\"tokens\":%lu}", peer[k].name,
		       bytes / 1e6 / best[k], count[k]);
	puts("}");
	return 0;
}

/* All gzip members of a file, a window of 256 KiB at a time. */
static unsigned long long inflate_all(const struct file *f)
{
	static unsigned char out[1 << 18];
	z_stream z = {.next_in = (unsigned char *)f->p, .avail_in = (unsigned)f->n};
	unsigned long long total = 0;
	int rc = inflateInit2(&z, 47);
	while (rc == Z_OK && z.avail_in) {
		z.next_out = out;
		z.avail_out = sizeof out;
		rc = inflate(&z, Z_NO_FLUSH);
		total += sizeof out - z.avail_out;
		if (rc == Z_STREAM_END)
			rc = inflateReset(&z);
	}
	inflateEnd(&z);
	return total;
}

/* The same by zlib's own reader of files, as whoever unpacks an archive does: once through, from the
 * disk's cache, what comes out kept until the next piece. */
static double by_gzread(const char *path)
{
	static unsigned char out[1 << 18];
	double best = 0;
	for (int round = 0; round < ROUNDS; round++) {
		double from = now();
		gzFile g = gzopen(path, "rb");
		while (g && gzread(g, out, sizeof out) > 0)
			;
		gzclose(g);
		double s = now() - from;
		best = !round || s < best ? s : best;
	}
	return best;
}

static int inflating(const char *path)
{
	struct file f = slurp(path);
	double best = 0;
	unsigned long long out = 0;
	for (int round = 0; round < ROUNDS; round++) {
		double from = now();
		out = inflate_all(&f);
		double s = now() - from;
		best = !round || s < best ? s : best;
	}
	printf("{\"packed\":%zu,\"unpacked\":%llu,\"seconds\":%.4f,\"gzread\":%.4f}\n", f.n, out, best,
	       by_gzread(path));
	return 0;
}

int main(int argc, char **argv)
{
	if (argc > 2 && strcmp(argv[1], "tokens") == 0)
		return tokens(argc - 2, argv + 2);
	if (argc == 3 && strcmp(argv[1], "inflate") == 0)
		return inflating(argv[2]);
	fputs("usage: peer tokens FILE… | inflate FILE\n", stderr);
	return 2;
}
