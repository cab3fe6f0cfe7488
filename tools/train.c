/* khabar-train: everything in data/weights from treebanks and name sets (see tools/train-all).
 *   khabar-train tree OUT [--hidden N] [--layers N] [--epochs N] … KIND=FILE…
 *   khabar-train names OUT … (see train_spans.c)
 * KIND: words, vectors (GloVe); image (the word lists, to cut name sets); tree, over, names (to
 * learn from); silver (trees of two models, see train-silver); again (documents in whose id this
 * stands, once more); dev, dev-over (to measure on); lemmas (a table to write). The same input
 * gives the same weights: one seed, one thread, sums in one order. OUT is written after every
 * fourth epoch.
 */
#include "train.h"

#include <time.h>

#include "doc/codes.h"

struct job {
	struct corpus learn, dev;
	struct vectors vectors;
	struct sizes size;
	uint32_t epochs, words; /* of a batch */
	float rate;
	const char *out, *image, *glove_words, *glove_rows, *lemmas;
};

enum { BATCH_MOST = 4096, SILVER_ONE_IN = 3 /* silver sentences are read in an epoch */ };

static void shuffle(uint32_t *order, uint32_t n)
{
	for (uint32_t i = n; i > 1; i--) {
		uint32_t k = random_below(i), swap = order[k];
		order[k] = order[i - 1];
		order[i - 1] = swap;
	}
}

static enum kh_casing casing_of(const struct sentence *s, int32_t n)
{
	struct kh_casing_count c = {0};
	for (int32_t i = 0; i < n; i++)
		kh_casing_add(&c, s->w[i].form);
	return kh_casing_of(&c);
}

/* Now and then a sentence is read as if in one case, as a headline, or without its last stop. */
static void batch_add(struct batch *b, const struct sentence *s, bool learn)
{
	int32_t n = s->n;
	const struct word *last = &s->w[n - 1];
	bool leaf = s->has_tree && last->upos == KH_PUNCT && n > 2;
	for (int32_t i = 0; i < n && leaf; i++)
		leaf = s->w[i].head != n - 1;
	if (learn && leaf && random_below(16) == 0)
		n--;
	enum kh_casing casing = casing_of(s, n);
	uint32_t dice = learn ? random_below(100) : 100;
	casing = dice < 10 ? KH_CASE_NONE : dice < 16 && n > 4 ? KH_CASE_TITLE : casing;
	b->s[b->n] = s;
	b->n_words[b->n] = n;
	b->casing[b->n] = casing;
	b->begin[b->n++] = b->words;
	b->words += (uint32_t)n;
	b->begin[b->n] = b->words;
}

/* Fills a batch from order[*at…]; false: nothing left. */
static bool batch_fill(struct batch *b, const struct corpus *c, const uint32_t *order, uint32_t *at,
		       uint32_t words, bool learn)
{
	b->n = b->words = 0;
	for (; *at < c->n && b->n < 512 && b->words < words; ++*at) {
		const struct sentence *s = &c->s[order ? order[*at] : *at];
		if (learn && s->silver && !s->has_names && random_below(SILVER_ONE_IN) > 0)
			continue;
		if (s->n > 512 || (b->words && b->words + (uint32_t)s->n > BATCH_MOST - 600))
			continue;
		batch_add(b, s, learn);
	}
	return b->n > 0;
}

static void print(const char *what, const struct figures *f)
{
	double p = f->name_right / (f->name_found + 1e-9), r = f->name_right / (f->named + 1e-9);
	printf("%s loss %.4f tag %.4f upos %.4f uas %.4f las %.4f names %.4f\n", what,
	       f->loss / f->words, f->tag / f->words, f->upos / f->words, f->arc / f->words,
	       f->label / f->words, 2 * p * r / (p + r + 1e-9));
	fflush(stdout);
}

static void measure(struct reader *r, const struct corpus *c)
{
	static struct batch b;
	uint32_t at = 0, half = 0;
	static const struct figures none;
	struct figures f[2] = {none, none};
	params_swap(&r->all);
	params_round(&r->all);
	while (batch_fill(&b, c, NULL, &at, 800, false)) {
		half = strncmp(c->document[b.s[0]->document], "GUM", 3) == 0;
		reader_batch(r, &b, 0, c, &f[half]);
	}
	params_swap(&r->all);
	print("  EWT", &f[0]);
	print("  GUM", &f[1]);
}

static float rate_at(const struct job *j, uint32_t step, uint32_t steps)
{
	float warm = least(1, (float)step / 300), done = (float)step / (float)steps;
	return j->rate * warm * (0.02f + 0.98f * (0.5f + 0.5f * cosf(3.14159265f * done)));
}

static void learn(struct job *j, struct reader *r)
{
	static struct batch b;
	uint32_t *order = calloc(j->learn.n, sizeof *order), all = 0, step = 0;
	for (uint32_t i = 0; i < j->learn.n; i++) {
		order[i] = i;
		bool now_and_then = j->learn.s[i].silver && !j->learn.s[i].has_names;
		all += (uint32_t)j->learn.s[i].n / (now_and_then ? SILVER_ONE_IN : 1);
	}
	uint32_t steps = j->epochs * (all / (j->words + 10));
	for (uint32_t e = 0; e < j->epochs; e++) {
		struct figures f = {0};
		clock_t start = clock();
		uint32_t at = 0;
		char what[64];
		shuffle(order, j->learn.n);
		while (batch_fill(&b, &j->learn, order, &at, j->words, true)) {
			params_round(&r->all);
			reader_batch(r, &b, rate_at(j, step++, steps), &j->learn, &f);
		}
		snprintf(what, sizeof what, "epoch %u, %.0f s,", e + 1,
			 (double)(clock() - start) / CLOCKS_PER_SEC);
		print(what, &f);
		if (e % 2 == 1 || e + 1 == j->epochs)
			measure(r, &j->dev);
		if (e % 4 == 3 || e + 1 == j->epochs) {
			params_swap(&r->all);
			params_round(&r->all);
			reader_write(r, &j->learn.tag, j->out);
			params_swap(&r->all);
		}
	}
	free(order);
}

static uint32_t row_hash(kh_str form)
{
	struct kh_seen s = kh_seen_of(form, KH_CASE_MIXED);
	return s.zero;
}

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

/* Rows for the words met twice that have no vector; how often each row is met. */
static uint32_t *vocabulary(struct job *j)
{
	uint32_t n = 0, room = 0, *hash;
	for (uint32_t i = 0; i < j->learn.n; i++)
		room += (uint32_t)j->learn.s[i].n;
	hash = calloc(room, sizeof *hash);
	for (uint32_t i = 0; i < j->learn.n; i++)
		for (int32_t k = 0; k < j->learn.s[i].n; k++) {
			struct kh_seen s = kh_seen_of(j->learn.s[i].w[k].form, KH_CASE_MIXED);
			if (vectors_find(&j->vectors, &s) == j->vectors.n)
				hash[n++] = row_hash(j->learn.s[i].w[k].form);
		}
	qsort(hash, n, sizeof *hash, by_number);
	for (uint32_t i = 1; i < n; i++)
		if (hash[i] == hash[i - 1])
			vectors_put(&j->vectors, hash[i]);
	free(hash);
	uint32_t *often = calloc(j->vectors.n + 1, sizeof *often);
	for (uint32_t i = 0; i < j->learn.n; i++)
		for (int32_t k = 0; k < j->learn.s[i].n; k++) {
			struct kh_seen s = kh_seen_of(j->learn.s[i].w[k].form, KH_CASE_MIXED);
			often[vectors_find(&j->vectors, &s)]++;
		}
	return often;
}

static bool number(struct job *j, const char *name, const char *value)
{
	struct {
		const char *name;
		uint32_t *to;
	} list[] = {{"--hidden", &j->size.hidden}, {"--layers", &j->size.layers},
		    {"--word", &j->size.word},	   {"--piece", &j->size.piece},
		    {"--arc", &j->size.arc},	   {"--label", &j->size.label},
		    {"--epochs", &j->epochs},	   {"--batch", &j->words}};
	if (strcmp(name, "--seed") == 0)
		random_seed((uint64_t)atoi(value));
	if (strcmp(name, "--rate") == 0)
		j->rate = (float)atof(value);
	for (size_t i = 0; i < KH_COUNT(list); i++)
		if (strcmp(name, list[i].name) == 0)
			*list[i].to = (uint32_t)atoi(value);
	return strncmp(name, "--", 2) == 0;
}

static void file(struct job *j, const char *arg)
{
	size_t n = strcspn(arg, "=");
	kh_str kind = {arg, n};
	const char *path = arg + n + (arg[n] == '=');
	if (kh_str_is(kind, "words"))
		j->glove_words = path;
	else if (kh_str_is(kind, "vectors"))
		j->glove_rows = path;
	else if (kh_str_is(kind, "image"))
		j->image = path;
	else if (kh_str_is(kind, "lemmas"))
		j->lemmas = path;
	else if (kh_str_is(kind, "tree") || kh_str_is(kind, "silver"))
		corpus_read(&j->learn, path, kh_str_is(kind, "silver"));
	else if (kh_str_is(kind, "again"))
		corpus_again(&j->learn, path);
	else if (kh_str_is(kind, "over"))
		names_over(&j->learn, path);
	else if (kh_str_is(kind, "names"))
		names_add(&j->learn, j->image, path);
	else if (kh_str_is(kind, "dev")) {
		if (!j->dev.n)
			j->dev.tag = j->learn.tag;
		corpus_read(&j->dev, path, false);
	} else if (kh_str_is(kind, "dev-over"))
		names_over(&j->dev, path);
	else
		fprintf(stderr, "khabar-train: what is %s?\n", arg);
}

int main(int argc, char **argv)
{
	static struct job j = {
		.size = {80, 64, 128, 3, 96, 80}, .epochs = 10, .words = 600, .rate = 0.002f};
	static struct reader r;
	if (argc > 3 && strcmp(argv[1], "names") == 0)
		return train_spans(argc, argv);
	if (argc < 4 || strcmp(argv[1], "tree") != 0) {
		fprintf(stderr, "usage: khabar-train tree|names OUT [--OPTION N]… KIND=FILE…\n");
		return 2;
	}
	j.out = argv[2];
	for (int i = 3; i < argc; i++)
		if (i + 1 < argc && number(&j, argv[i], argv[i + 1]))
			i++;
		else
			file(&j, argv[i]);
	if (j.lemmas)
		train_lemmas(&j.learn, j.lemmas);
	if (!j.epochs || !j.glove_words || !j.glove_rows)
		return 0;
	vectors_read(&j.vectors, j.glove_words, j.glove_rows);
	uint32_t *often = vocabulary(&j);
	reader_new(&r, j.size, j.learn.tag.n, 2 * KH_NAME_TYPES - 1, &j.vectors, BATCH_MOST);
	r.seen_often = often;
	fprintf(stderr, "%u sentences, %u rows, %u tags\n", j.learn.n, j.vectors.n, r.tags);
	learn(&j, &r);
	return 0;
}
