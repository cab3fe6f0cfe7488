/* Perceptrons and treebanks for khabar-train. In: CoNLL-U. Out: sentences; weights as files. */
#include <zlib.h>

#include "doc/ud.h"
#include "train.h"

struct perceptron perceptron_new(uint32_t bits, uint32_t classes)
{
	struct perceptron p = {
		.bits = bits, .classes = classes, .stride = (classes + 3) & ~3u, .step = 1};
	size_t n = ((size_t)1 << bits);
	p.w = calloc(n * p.stride, sizeof *p.w);
	p.sum = calloc(n * p.stride, sizeof *p.sum);
	p.when = calloc(n, sizeof *p.when);
	if (!p.w || !p.sum || !p.when)
		exit(1);
	return p;
}

void perceptron_free(struct perceptron *p)
{
	free(p->w);
	free(p->sum);
	free(p->when);
}

void perceptron_sum(const struct perceptron *p, const uint32_t *f, uint32_t n, int32_t *sum)
{
	memset(sum, 0, p->stride * sizeof *sum);
	for (uint32_t k = 0; k < n; k++) {
		const int32_t *row = p->w + (size_t)(f[k] >> (32 - p->bits)) * p->stride;
		for (uint32_t c = 0; c < p->stride; c++)
			sum[c] += row[c];
	}
}

/* Brings the running sum of a row up to now. */
static void settle(struct perceptron *p, size_t row)
{
	uint32_t steps = p->step - p->when[row];
	for (uint32_t c = 0; c < p->stride; c++)
		p->sum[row * p->stride + c] += (int64_t)p->w[row * p->stride + c] * steps;
	p->when[row] = p->step;
}

void perceptron_update(struct perceptron *p, const uint32_t *f, uint32_t n, uint32_t good,
		       uint32_t bad)
{
	p->step++;
	if (good == bad)
		return;
	for (uint32_t k = 0; k < n; k++) {
		size_t row = f[k] >> (32 - p->bits);
		settle(p, row);
		p->w[row * p->stride + good]++;
		p->w[row * p->stride + bad]--;
	}
}

void perceptron_average(struct perceptron *p)
{
	size_t rows = (size_t)1 << p->bits;
	for (size_t r = 0; r < rows; r++)
		settle(p, r);
	for (size_t i = 0; i < rows * p->stride; i++) /* in 1/64 */
		p->w[i] = (int32_t)(p->sum[i] * 64 / p->step);
}

void perceptron_write(struct perceptron *p, const char *path, const struct names *names)
{
	size_t n = ((size_t)1 << p->bits) * p->stride;
	char blob[KH_SCORE_CLASSES * 32] = {0};
	struct kh_score_head h = {p->bits, p->classes, p->stride, 0};
	for (uint32_t i = 0; i < names->n; i++) {
		memcpy(blob + h.n_names, names->name[i], strlen(names->name[i]) + 1);
		h.n_names += (uint32_t)strlen(names->name[i]) + 1;
	}
	h.n_names = ((h.n_names + 15 + 64) & ~63u) - 16; /* rows begin on 64 bytes of the section */
	FILE *f = fopen(path, "wb");
	int16_t *out = calloc(n, sizeof *out);
	for (size_t i = 0; i < n; i++) {
		int32_t v = p->w[i];
		out[i] = (int16_t)(v > INT16_MAX ? INT16_MAX : v < -INT16_MAX ? -INT16_MAX : v);
	}
	if (!f || fwrite(&h, sizeof h, 1, f) != 1 || fwrite(blob, 1, h.n_names, f) != h.n_names ||
	    fwrite(out, sizeof *out, n, f) != n || fclose(f) != 0) {
		fprintf(stderr, "khabar-train: cannot write %s\n", path);
		exit(1);
	}
	fprintf(stderr, "%s: %zu weights\n", path, n);
	free(out);
}

uint32_t class_of(struct names *n, const char *name)
{
	for (uint32_t i = 0; i < n->n; i++)
		if (strcmp(n->name[i], name) == 0)
			return i;
	if (n->n == KH_SCORE_CLASSES) {
		fprintf(stderr, "khabar-train: more than %d classes\n", KH_SCORE_CLASSES);
		exit(1);
	}
	snprintf(n->name[n->n], sizeof n->name[0], "%s", name);
	return n->n++;
}

/* The class of a tag; a tag met when all classes are taken goes with the first of its UPOS. */
static uint32_t tag_class(struct names *n, const char *tag)
{
	size_t upos = strcspn(tag, "|");
	for (uint32_t i = 0; n->n == KH_SCORE_CLASSES && i < n->n; i++)
		if (strcmp(n->name[i], tag) == 0)
			return i;
	for (uint32_t i = 0; n->n == KH_SCORE_CLASSES && i < n->n; i++)
		if (strncmp(n->name[i], tag, upos + 1) == 0)
			return i;
	return class_of(n, tag);
}

static kh_str keep(const char *p, size_t n)
{
	char *q = malloc(n + 1);
	memcpy(q, p, n);
	q[n] = 0;
	return (kh_str){q, n};
}

/* One word line into w; false for lines of surface tokens and empty nodes. */
static bool word_line(struct corpus *c, char *line, struct word *w)
{
	char *col[10], tag[32];
	int n = 0;
	for (char *p = line; n < 10; p++) {
		col[n++] = p;
		p = strchr(p, '\t');
		if (!p)
			break;
		*p = 0;
	}
	if (n < 8 || strchr(col[0], '-') || strchr(col[0], '.'))
		return false;
	snprintf(tag, sizeof tag, "%.8s|%.8s", col[3], col[4]);
	*w = (struct word){.form = keep(col[1], strlen(col[1])),
			   .lemma = keep(col[2], strlen(col[2])),
			   .upos = (uint8_t)kh_upos_find(kh_str_of(col[3])),
			   .head = atoi(col[6]) - 1,
			   .tag = (uint8_t)tag_class(&c->tag, tag),
			   .rel = (uint8_t)kh_rel_find(kh_str_of(col[7]))};
	return true;
}

struct corpus corpus_read(char **path, int n)
{
	struct corpus c = {0};
	char *line = malloc(1 << 20);
	struct word *w = malloc(4096 * sizeof *w);
	for (int k = 0; k < n; k++) {
		gzFile f = gzopen(path[k], "rb");
		int32_t words = 0;
		if (!f) {
			fprintf(stderr, "khabar-train: cannot read %s\n", path[k]);
			exit(1);
		}
		while (gzgets(f, line, 1 << 20)) {
			line[strcspn(line, "\r\n")] = 0;
			if (line[0] && line[0] != '#' && words < 4096) {
				words += word_line(&c, line, &w[words]);
			} else if (!line[0] && words) {
				c.s = realloc(c.s, (c.n + 1) * sizeof *c.s);
				c.s[c.n].w = malloc((size_t)words * sizeof *w);
				memcpy(c.s[c.n].w, w, (size_t)words * sizeof *w);
				c.s[c.n++].n = words;
				words = 0;
			}
		}
		gzclose(f);
	}
	free(line);
	free(w);
	fprintf(stderr, "%u sentences, %u tags\n", c.n, c.tag.n);
	return c;
}
