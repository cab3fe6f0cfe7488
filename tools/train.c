/* khabar-train trees OUT CLUSTERS TREEBANK…: CoNLL-U in, weights of the tagger, the parser, the
 * relations and the lemma table out (OUT/tag.bin, arc.bin, rel.bin, lemma.txt). CLUSTERS is
 * OUT/cluster.bin, made by tools/clusters.py glove-clusters-1024.tsv.gz OUT/cluster.bin
 * khabar-train names OUT/name.bin IMAGE FILE…: the name tagger (train_names.c).
 * The same input gives the same weights. What is shipped was trained by tools/train-all. */
#include "train.h"

#include "doc/ud.h"

static uint64_t seed = 20261124;

uint32_t random_below(uint32_t n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)((seed >> 33) % n);
}

void shuffle(uint32_t *order, uint32_t n)
{
	for (uint32_t i = n; i > 1; i--) {
		uint32_t k = random_below(i), swap = order[k];
		order[k] = order[i - 1];
		order[i - 1] = swap;
	}
}

struct job {
	struct corpus c;
	kh_str clusters;
	struct kh_seen *seen; /* of the sentence in hand */
};

static enum kh_casing casing_of(const struct sentence *s)
{
	uint32_t upper = 0, lower = 0;
	for (int32_t i = 0; i < s->n; i++)
		for (size_t k = 0; k < s->w[i].form.n; k++) {
			upper += kh_is_upper((unsigned char)s->w[i].form.p[k]);
			lower += kh_is_lower((unsigned char)s->w[i].form.p[k]);
		}
	return upper == 0 || lower * 4 < upper ? KH_CASE_NONE : KH_CASE_MIXED;
}

/* The words as the taggers see them; now and then without their shapes, as text in one case is. */
static void see(struct job *j, const struct sentence *s, bool plain)
{
	enum kh_casing casing = casing_of(s);
	if (plain && random_below(6) == 0)
		casing = KH_CASE_NONE;
	for (int32_t i = 0; i < s->n; i++)
		j->seen[i] = kh_seen_of(s->w[i].form, casing, j->clusters);
}

static uint32_t tag_word(const struct perceptron *p, const struct kh_seen *s, int32_t n, int32_t i,
			 uint32_t *f, uint32_t *nf)
{
	int32_t sum[KH_SCORE_CLASSES];
	*nf = kh_tag_features(s, n, i, f);
	perceptron_sum(p, f, *nf, sum);
	return kh_score_best(sum, p->classes);
}

/* One tagger over the sentences whose number is not `skip` modulo 5 (skip 5: all). */
static struct perceptron train_tagger(struct job *j, uint32_t skip, int epochs)
{
	struct perceptron p = perceptron_new(15, j->c.tag.n);
	uint32_t *order = calloc(j->c.n, sizeof *order), f[KH_TAG_FEATURES], nf;
	for (uint32_t i = 0; i < j->c.n; i++)
		order[i] = i;
	for (int e = 0; e < epochs; e++) {
		uint32_t right = 0, all = 0;
		shuffle(order, j->c.n);
		for (uint32_t k = 0; k < j->c.n; k++) {
			const struct sentence *s = &j->c.s[order[k]];
			if (order[k] % 5 == skip)
				continue;
			see(j, s, true);
			for (int32_t i = 0; i < s->n; i++) {
				uint32_t guess = tag_word(&p, j->seen, s->n, i, f, &nf);
				j->seen[i].tag = (uint8_t)guess;
				right += guess == s->w[i].tag;
				all++;
				perceptron_update(&p, f, nf, s->w[i].tag, guess);
			}
		}
		fprintf(stderr, "tag %u epoch %d: %.4f\n", skip, e, (double)right / (double)all);
	}
	free(order);
	perceptron_average(&p);
	return p;
}

/* Tags of every word by a tagger that was not trained on its sentence. */
static void guess_tags(struct job *j)
{
	for (uint32_t fold = 0; fold < 5; fold++) {
		struct perceptron p = train_tagger(j, fold, 4);
		uint32_t f[KH_TAG_FEATURES], nf;
		for (uint32_t k = fold; k < j->c.n; k += 5) {
			struct sentence *s = &j->c.s[k];
			see(j, s, false);
			for (int32_t i = 0; i < s->n; i++)
				s->w[i].guess = j->seen[i].tag =
					(uint8_t)tag_word(&p, j->seen, s->n, i, f, &nf);
		}
		perceptron_free(&p);
	}
}

/* What a move loses for good: arcs of the gold tree that can no longer be made (Goldberg and Nivre
 * 2013). */
static uint32_t cost(const struct kh_state *p, const struct sentence *s, enum kh_move m)
{
	uint32_t lost = 0;
	int32_t b = p->b, s0 = p->top ? p->stack[p->top - 1] : -1,
		s1 = p->top > 1 ? p->stack[p->top - 2] : -1;
	int32_t head = m == KH_SHIFT ? s->w[b].head : s->w[s0].head;
	int32_t root = p->n;
	head = head < 0 ? root : head;
	if (m == KH_SHIFT) {
		for (int32_t k = 0; k < p->top; k++) {
			lost += s->w[p->stack[k]].head == b;
			lost += k + 1 < p->top && p->stack[k] == head;
		}
		return lost;
	}
	for (int32_t k = b; k < p->n; k++) {
		lost += s->w[k].head == s0;
		lost += k == head && !(m == KH_LEFT && k == b);
	}
	lost += head == root && !(m == KH_LEFT && b == root);
	lost += m == KH_LEFT && head == s1;
	return lost;
}

static void parse_one(struct perceptron *p, struct kh_arena *a, const struct sentence *s,
		      const struct kh_seen *seen, bool explore, uint32_t *right, uint32_t *all)
{
	struct kh_state st;
	uint32_t f[KH_ARC_FEATURES];
	int32_t sum[KH_SCORE_CLASSES];
	kh_arena_reset(a);
	kh_state_init(&st, a, s->n);
	while (!kh_state_done(&st)) {
		uint32_t nf = kh_arc_features(seen, &st, f), least = ~0u;
		uint32_t loss[KH_MOVES];
		int best = -1, good = -1;
		perceptron_sum(p, f, nf, sum);
		for (int m = 0; m < KH_MOVES; m++) {
			loss[m] = kh_state_may(&st, (enum kh_move)m) ? cost(&st, s, (enum kh_move)m)
								     : ~0u;
			if (loss[m] < least)
				least = loss[m];
		}
		for (int m = 0; m < KH_MOVES; m++) {
			if (loss[m] == ~0u)
				continue;
			if (best < 0 || sum[m] > sum[best])
				best = m;
			if (loss[m] == least && (good < 0 || sum[m] > sum[good]))
				good = m;
		}
		(*all)++;
		*right += loss[best] == least;
		perceptron_update(p, f, nf, (uint32_t)good,
				  loss[best] == least ? (uint32_t)good : (uint32_t)best);
		kh_state_do(&st, (enum kh_move)(explore && random_below(10) ? best : good));
	}
}

static struct perceptron train_parser(struct job *j, struct kh_arena *a, int epochs)
{
	struct perceptron p = perceptron_new(19, KH_MOVES);
	uint32_t *order = calloc(j->c.n, sizeof *order);
	for (uint32_t i = 0; i < j->c.n; i++)
		order[i] = i;
	for (int e = 0; e < epochs; e++) {
		uint32_t right = 0, all = 0;
		shuffle(order, j->c.n);
		for (uint32_t k = 0; k < j->c.n; k++) {
			const struct sentence *s = &j->c.s[order[k]];
			see(j, s, true);
			for (int32_t i = 0; i < s->n; i++)
				j->seen[i].tag = s->w[i].guess;
			parse_one(&p, a, s, j->seen, e > 0, &right, &all);
		}
		fprintf(stderr, "arc epoch %d: %.4f\n", e, (double)right / (double)all);
	}
	free(order);
	return p;
}

/* A state whose children lists are those of the gold tree. */
static void gold_state(struct kh_state *st, struct kh_arena *a, const struct sentence *s)
{
	kh_arena_reset(a);
	kh_state_init(st, a, s->n);
	for (int32_t i = 0; i < s->n; i++) { /* inner first, so that outer ones end in place 0 */
		int32_t h = s->w[i].head;
		if (h > i)
			continue;
		if (h >= 0) {
			st->right[1][h] = st->right[0][h];
			st->right[0][h] = i;
			st->n_right[h]++;
		}
	}
	for (int32_t i = s->n; i-- > 0;) {
		int32_t h = s->w[i].head < 0 ? s->n : s->w[i].head;
		if (h < i || (h == s->n && s->w[i].head >= 0))
			continue;
		if (h > i) {
			st->left[1][h] = st->left[0][h];
			st->left[0][h] = i;
			st->n_left[h]++;
		}
	}
}

static struct perceptron train_relations(struct job *j, struct kh_arena *a, int epochs)
{
	struct perceptron p = perceptron_new(16, KH_RELS);
	uint32_t *order = calloc(j->c.n, sizeof *order), f[KH_REL_FEATURES];
	int32_t sum[KH_SCORE_CLASSES];
	struct kh_state st;
	for (uint32_t i = 0; i < j->c.n; i++)
		order[i] = i;
	for (int e = 0; e < epochs; e++) {
		uint32_t right = 0, all = 0;
		shuffle(order, j->c.n);
		for (uint32_t k = 0; k < j->c.n; k++) {
			const struct sentence *s = &j->c.s[order[k]];
			see(j, s, true);
			for (int32_t i = 0; i < s->n; i++) {
				j->seen[i].tag = s->w[i].guess;
				j->seen[i].head = s->w[i].head;
			}
			gold_state(&st, a, s);
			for (int32_t i = 0; i < s->n; i++) {
				uint32_t nf = kh_rel_features(j->seen, s->n, &st, i, f);
				perceptron_sum(&p, f, nf, sum);
				uint32_t best = kh_score_best(sum, p.classes);
				right += best == s->w[i].rel;
				all++;
				perceptron_update(&p, f, nf, s->w[i].rel, best);
			}
		}
		fprintf(stderr, "rel epoch %d: %.4f\n", e, (double)right / (double)all);
	}
	free(order);
	return p;
}

static kh_str slurp(const char *path)
{
	FILE *f = fopen(path, "rb");
	if (!f) {
		fprintf(stderr, "khabar-train: cannot read %s\n", path);
		exit(1);
	}
	fseek(f, 0, SEEK_END);
	size_t n = (size_t)ftell(f);
	rewind(f);
	char *p = aligned_alloc(64, (n + 64) & ~(size_t)63);
	if (!p || fread(p, 1, n, f) != n)
		exit(1);
	fclose(f);
	return (kh_str){p, n};
}

static const char *in(const char *folder, const char *name)
{
	static char path[4][1024];
	static int turn;
	turn = (turn + 1) % 4;
	snprintf(path[turn], sizeof path[turn], "%s/%s", folder, name);
	return path[turn];
}

static int train_trees(int argc, char **argv)
{
	struct job j = {.clusters = slurp(argv[1])};
	struct kh_arena a;
	struct names rels = {.n = 0};
	jmp_buf door;
	kh_arena_init(&a, NULL);
	a.door = &door;
	if (setjmp(door))
		return 1;
	j.c = corpus_read(argv + 2, argc - 2);
	j.seen = calloc(4096, sizeof *j.seen);
	for (uint32_t i = 0; i < KH_RELS; i++)
		class_of(&rels, kh_rel_name(i));
	struct names moves = {.name = {"shift", "left", "right"}, .n = 3};
	train_lemmas(&j.c, in(argv[0], "lemma.txt"));
	struct perceptron tag = train_tagger(&j, 5, 7);
	perceptron_write(&tag, in(argv[0], "tag.bin"), &j.c.tag);
	guess_tags(&j);
	struct perceptron rel = train_relations(&j, &a, 8);
	perceptron_average(&rel);
	perceptron_write(&rel, in(argv[0], "rel.bin"), &rels);
	struct perceptron arc = train_parser(&j, &a, 14);
	perceptron_average(&arc);
	perceptron_write(&arc, in(argv[0], "arc.bin"), &moves);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc > 4 && strcmp(argv[1], "trees") == 0)
		return train_trees(argc - 2, argv + 2);
	if (argc > 4 && strcmp(argv[1], "names") == 0)
		return train_names(argc - 2, argv + 2);
	fprintf(stderr, "usage: khabar-train trees OUT CLUSTERS TREEBANK…\n"
			"       khabar-train names OUT IMAGE FILE…\n");
	return 2;
}
