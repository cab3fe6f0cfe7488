/* The tokenizer as a reader of XML, beside expat: xml [--time] FILE… In: XML files. Out: how many
 * expat takes for well-formed, in how many of them both see the same elements, attributes and text,
 * and each file where they differ; status 1 when one does that `--may-differ NAME` does not allow. */
#include <expat.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/str.h"
#include "doc/doc.h"
#include "page/charset.h"
#include "page/html_token.h"

struct out {
	char *p;
	size_t n, room;
};

static void put(struct out *o, const char *p, size_t n)
{
	if (o->n + n + 1 > o->room) {
		o->room = (o->n + n + 1) * 2;
		o->p = realloc(o->p, o->room);
		if (!o->p)
			abort();
	}
	memcpy(o->p + o->n, p, n);
	o->n += n;
}

static void word(struct out *o, const char *z)
{
	put(o, z, strlen(z));
}

/* ---- expat ---- */

static void xml_start(void *ctx, const char *name, const char **attr)
{
	word(ctx, "\n<");
	word(ctx, name);
	for (; *attr; attr += 2) {
		word(ctx, "|");
		word(ctx, attr[0]);
		word(ctx, "=");
		word(ctx, attr[1]);
	}
	word(ctx, ">");
}

static void xml_end(void *ctx, const char *name)
{
	word(ctx, "\n</");
	word(ctx, name);
	word(ctx, ">");
}

static void xml_text(void *ctx, const char *p, int n)
{
	put(ctx, p, (size_t)n);
}

static bool by_expat(kh_str in, const char *charset, struct out *o)
{
	XML_Parser x = XML_ParserCreate(charset);
	XML_SetUserData(x, o);
	XML_SetElementHandler(x, xml_start, xml_end);
	XML_SetCharacterDataHandler(x, xml_text);
	bool good = XML_Parse(x, in.p, (int)in.n, 1) == XML_STATUS_OK;
	XML_ParserFree(x);
	return good;
}

/* ---- ours ---- */

static void by_khabar(struct kh_arena *a, kh_str in, struct out *o)
{
	struct kh_html *h = KH_TAKE(a, 1, struct kh_html);
	struct kh_html_token t;
	int depth = 0;
	h->arena = a;
	h->in = in;
	h->xml = true;
	for (kh_html_next(h, &t); t.kind != KH_HTML_END_OF_FILE; kh_html_next(h, &t)) {
		struct kh_html_run r;
		size_t at = (size_t)(t.data.p - in.p), end = at + t.data.n;
		if (t.kind == KH_HTML_TEXT)
			while (depth && kh_html_run(in, &at, end, t.state, &r))
				put(o, r.text.p, r.text.n);
		if (t.kind != KH_HTML_START && t.kind != KH_HTML_END)
			continue;
		word(o, t.kind == KH_HTML_START ? "\n<" : "\n</");
		put(o, t.name.p, t.name.n);
		for (uint32_t i = 0; t.kind == KH_HTML_START && i < h->n_attr; i++) {
			word(o, "|");
			put(o, h->attr[i].name.p, h->attr[i].name.n);
			word(o, "=");
			for (size_t k = 0; k < h->attr[i].value.n; k++) { /* XML 1.0, 3.3.3 */
				char c = h->attr[i].value.p[k];
				put(o, c == '\n' || c == '\t' || c == '\r' ? " " : &h->attr[i].value.p[k], 1);
			}
		}
		word(o, ">");
		depth += t.kind == KH_HTML_START ? !t.self_closing : -1;
		if (t.kind == KH_HTML_START && t.self_closing) {
			word(o, "\n</");
			put(o, t.name.p, t.name.n);
			word(o, ">");
		}
	}
}

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static kh_str read_whole(const char *path)
{
	struct out o = {0};
	char part[65536];
	FILE *f = fopen(path, "rb");
	for (size_t n; f && (n = fread(part, 1, sizeof part, f)) > 0;)
		put(&o, part, n);
	if (f)
		fclose(f);
	return (kh_str){o.p ? o.p : "", o.n};
}

static unsigned files, raw_good, good, same;
static double ours_s, expat_s;
static size_t bytes;

/* False: both read the file and see something else. */
static bool one(struct kh_arena *a, const char *path)
{
	kh_arena_reset(a);
	kh_str in = read_whole(path);
	khabar_input input = {.bytes = in};
	struct kh_doc *doc = KH_TAKE(a, 1, struct kh_doc);
	struct kh_work w = {.arena = a, .doc = doc, .input = &input};
	struct out x = {0}, y = {0}, raw = {0};
	kh_str text = kh_charset_decode(&w).text;
	files++;
	raw_good += by_expat(in, NULL, &raw);
	double t0 = now();
	bool sound = by_expat(text, "UTF-8", &x);
	double t1 = now();
	by_khabar(a, text, &y);
	ours_s += now() - t1;
	expat_s += t1 - t0;
	bytes += text.n;
	bool equal = x.n == y.n && (!x.n || memcmp(x.p, y.p, x.n) == 0);
	good += sound;
	same += sound && equal;
	free(x.p);
	free(y.p);
	free(raw.p);
	free((void *)(uintptr_t)(in.n ? in.p : NULL));
	return !sound || equal;
}

int main(int argc, char **argv)
{
	static struct kh_arena arena;
	bool timed = false;
	const char *may[64];
	int n_may = 0, status = 0;
	kh_arena_init(&arena, NULL);
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--time") == 0) {
			timed = true;
		} else if (strcmp(argv[i], "--may-differ") == 0 && i + 1 < argc && n_may < 64) {
			may[n_may++] = argv[++i];
		} else if (!one(&arena, argv[i])) {
			bool known = false;
			for (int k = 0; k < n_may; k++)
				known |= strstr(argv[i], may[k]) != NULL;
			printf("%s: differs%s\n", argv[i], known ? ", as it may" : "");
			status |= !known;
		}
	}
	printf("%u files: expat takes %u as they are, %u once their charset is known; in %u of these "
	       "both see the same\n",
	       files, raw_good, good, same);
	if (timed)
		printf("%.1f MB: expat %.0f MB/s, ours %.0f MB/s\n", (double)bytes / 1e6,
		       (double)bytes / 1e6 / expat_s, (double)bytes / 1e6 / ours_s);
	kh_arena_free(&arena);
	return status;
}
