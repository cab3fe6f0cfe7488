/* Treebanks and word vectors for khabar-train. In: CoNLL-U; GloVe as bytes. Out: sentences; rows.
 */
#include <zlib.h>

#include "train.h"

static void *checked(void *p, const char *path)
{
	if (!p) {
		fprintf(stderr, "khabar-train: cannot read %s\n", path);
		exit(1);
	}
	return p;
}

/* The class of a tag; one met when all classes are taken goes with the first of its UPOS. */
uint32_t tag_class(struct tags *t, const char *name)
{
	size_t upos = strcspn(name, "|") + 1;
	for (uint32_t i = 0; i < t->n; i++)
		if (strcmp(t->name[i], name) == 0)
			return i;
	for (uint32_t i = 0; t->n == KH_NET_TAGS && i < t->n; i++)
		if (strncmp(t->name[i], name, upos) == 0)
			return i;
	if (t->n == KH_NET_TAGS)
		return 0;
	snprintf(t->name[t->n], sizeof t->name[0], "%s", name);
	return t->n++;
}

kh_str keep_bytes(const char *p, size_t n)
{
	char *q = checked(malloc(n + 1), "memory");
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
	bool tagged = strcmp(tag, "_|_") != 0, hangs = strcmp(col[6], "_") != 0;
	*w = (struct word){.form = keep_bytes(col[1], strlen(col[1])),
			   .lemma = keep_bytes(col[2], strlen(col[2])),
			   .upos = (uint8_t)kh_upos_find(kh_str_of(col[3])),
			   .head = hangs ? atoi(col[6]) - 1 : UNKNOWN_HEAD,
			   .tag = tagged ? (uint8_t)tag_class(&c->tag, tag) : UNKNOWN_CLASS,
			   .rel = strcmp(col[7], "_") != 0 ? (uint8_t)kh_rel_find(kh_str_of(col[7]))
							   : UNKNOWN_CLASS};
	return true;
}

struct sentence *corpus_add(struct corpus *c, const struct word *w, int32_t n)
{
	c->s = checked(realloc(c->s, (c->n + 1) * sizeof *c->s), "memory");
	struct sentence *s = &c->s[c->n++];
	*s = (struct sentence){.w = malloc((size_t)n * sizeof *w), .n = n};
	memcpy(s->w, w, (size_t)n * sizeof *w);
	return s;
}

void corpus_read(struct corpus *c, const char *path, bool silver)
{
	enum { LONGEST = 4096 };
	char *line = malloc(1 << 20);
	struct word *w = malloc(LONGEST * sizeof *w);
	gzFile f = checked(gzopen(path, "rb"), path);
	int32_t words = 0;
	while (gzgets(f, line, 1 << 20)) {
		line[strcspn(line, "\r\n")] = 0;
		if (strncmp(line, "# newdoc id = ", 14) == 0) {
			c->document =
				realloc(c->document, (c->documents + 1) * sizeof *c->document);
			snprintf(c->document[c->documents++], sizeof *c->document, "%s", line + 14);
		} else if (line[0] && line[0] != '#' && words < LONGEST) {
			words += word_line(c, line, &w[words]);
		} else if (!line[0] && words) {
			struct sentence *s = corpus_add(c, w, words);
			s->has_tree = true;
			s->silver = silver;
			s->document = c->documents - 1;
			words = 0;
		}
	}
	gzclose(f);
	free(line);
	free(w);
	fprintf(stderr, "%s: %u sentences, %u tags so far\n", path, c->n, c->tag.n);
}

void corpus_again(struct corpus *c, const char *part)
{
	uint32_t n = c->n;
	for (uint32_t i = 0; i < n; i++) {
		if (!c->s[i].has_tree || !strstr(c->document[c->s[i].document], part))
			continue;
		c->s = checked(realloc(c->s, (c->n + 1) * sizeof *c->s), "memory");
		c->s[c->n] = c->s[i];
		c->n++;
	}
	fprintf(stderr, "%s: %u sentences once more\n", part, c->n - n);
}

/* ---- word vectors -------------------------------------------------------- */

static uint32_t find(const struct vectors *v, uint32_t hash)
{
	for (uint32_t i = hash & v->mask; v->slot[i]; i = (i + 1) & v->mask)
		if (v->hash[v->slot[i] - 1] == hash)
			return v->slot[i] - 1;
	return v->n;
}

uint32_t vectors_find(const struct vectors *v, const struct kh_seen *s)
{
	uint32_t row = find(v, s->form);
	return row < v->n ? row : find(v, s->zero);
}

void vectors_put(struct vectors *v, uint32_t hash)
{
	if (find(v, hash) < v->n)
		return;
	uint32_t i = hash & v->mask;
	while (v->slot[i])
		i = (i + 1) & v->mask;
	v->hash = realloc(v->hash, (v->n + 1) * sizeof *v->hash);
	v->hash[v->n++] = hash;
	v->slot[i] = v->n;
}

void vectors_read(struct vectors *v, const char *words, const char *bytes)
{
	char line[256];
	uint32_t head[2];
	gzFile f = checked(gzopen(bytes, "rb"), bytes);
	if (gzread(f, head, sizeof head) != (int)sizeof head)
		exit(1);
	*v = (struct vectors){.given = head[1], .mask = (1u << 18) - 1};
	v->slot = calloc(v->mask + 1, sizeof *v->slot);
	float *scale = calloc(head[0], sizeof *scale);
	int8_t *row = calloc(head[0], head[1]);
	gzread(f, scale, (unsigned)(head[0] * sizeof *scale));
	gzread(f, row, head[0] * head[1]);
	gzclose(f);
	v->row = calloc((size_t)head[0] * head[1], sizeof *v->row);
	f = checked(gzopen(words, "rb"), words);
	for (uint32_t i = 0; i < head[0] && gzgets(f, line, sizeof line); i++) {
		line[strcspn(line, "\r\n")] = 0;
		uint32_t before = v->n;
		vectors_put(v, kh_seen_of(kh_str_of(line), KH_CASE_MIXED).form);
		for (uint32_t k = 0; v->n > before && k < head[1]; k++)
			v->row[(size_t)before * head[1] + k] =
				(float)row[(size_t)i * head[1] + k] * scale[i];
	}
	v->n_given = v->n;
	gzclose(f);
	free(scale);
	free(row);
	fprintf(stderr, "%u words with vectors\n", v->n);
}
