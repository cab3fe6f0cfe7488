/* The tree of every sentence. In: tokens. Out: UPOS and XPOS by a greedy tagger, heads by an
 * arc-hybrid parser, relations by a classifier over the finished tree, lemmas by table, features
 * from all of these, names by a BIO tagger. All models are integer sums over hashed features
 * (model/score.h). */
#include "read/tree.h"

#include "base/str.h"
#include "model/score.h"
#include "model/words.h"
#include "read/encode.h"

struct tagset { /* what a class of the tagger stands for */
	uint8_t upos;
	char xpos[8];
};

struct tree {
	struct kh_work *w;
	struct kh_score tag, arc, rel, name;
	kh_str clusters;
	struct kh_words lemmas;
	struct tagset set[KH_SCORE_CLASSES];
	uint8_t rels[KH_SCORE_CLASSES];
	struct kh_seen *seen;
	struct kh_token *tok; /* of the sentence in hand */
	int32_t n;
};

int kh_tree_check(const struct khabar_model *m, khabar_error *err)
{
	static const char *const section[] = {"tag", "arc", "rel", "name"};
	for (size_t i = 0; i < KH_COUNT(section); i++) {
		int bad = kh_score_check(m, section[i], err);
		if (bad)
			return bad;
	}
	struct kh_score arc = kh_score_open(m, "arc"), name = kh_score_open(m, "name");
	bool good = (!arc.row || arc.n_classes == KH_MOVES) &&
		    (!name.row || name.n_classes == 2 * KH_NAME_TYPES - 1) &&
		    kh_model_section(m, "cluster").n % 8 == 0;
	if (good)
		return 0;
	kh_error_set(err, KHABAR_E_MODEL, 0, "the weights of the tree do not fit the program");
	return KHABAR_E_MODEL;
}

static void open_models(struct tree *t)
{
	const struct khabar_model *m = t->w->model;
	t->tag = kh_score_open(m, "tag");
	t->arc = kh_score_open(m, "arc");
	t->rel = kh_score_open(m, "rel");
	t->name = kh_score_open(m, "name");
	t->clusters = kh_model_section(m, "cluster");
	t->lemmas = kh_words_list(m, "lemma");
	for (uint32_t i = 0; t->tag.row && i < t->tag.n_classes; i++) {
		kh_str name = kh_str_of(kh_score_name(&t->tag, i));
		size_t bar = kh_str_find(name, KH_S("|"), 0);
		bar = bar == SIZE_MAX ? name.n : bar;
		t->set[i].upos = (uint8_t)kh_upos_find(kh_str_sub(name, 0, bar));
		for (size_t k = bar + 1; k < name.n && k - bar - 1 < 7; k++)
			t->set[i].xpos[k - bar - 1] = name.p[k];
	}
	for (uint32_t i = 0; t->rel.row && i < t->rel.n_classes; i++)
		t->rels[i] = (uint8_t)kh_rel_find(kh_str_of(kh_score_name(&t->rel, i)));
}

static void look(struct tree *t)
{
	uint32_t upper = 0, lower = 0;
	for (int32_t i = 0; i < t->n; i++)
		for (size_t k = 0; k < t->tok[i].form.n; k++) {
			upper += kh_is_upper((unsigned char)t->tok[i].form.p[k]);
			lower += kh_is_lower((unsigned char)t->tok[i].form.p[k]);
		}
	enum kh_casing casing = upper == 0 || lower * 4 < upper ? KH_CASE_NONE : KH_CASE_MIXED;
	for (int32_t i = 0; i < t->n; i++)
		t->seen[i] = kh_seen_of(t->tok[i].form, casing, t->clusters);
}

static void tag(struct tree *t)
{
	uint32_t f[KH_TAG_FEATURES];
	int32_t sum[KH_SCORE_CLASSES];
	for (int32_t i = 0; i < t->n; i++) {
		uint32_t n = kh_tag_features(t->seen, t->n, i, f);
		kh_score_sum(&t->tag, f, n, sum);
		uint32_t best = kh_score_best(sum, t->tag.n_classes);
		t->seen[i].tag = (uint8_t)best;
		t->seen[i].upos = t->tok[i].upos = t->set[best].upos;
		t->tok[i].xpos = (uint8_t)best;
	}
}

static void parse(struct tree *t, struct kh_state *st)
{
	uint32_t f[KH_ARC_FEATURES];
	int32_t sum[KH_SCORE_CLASSES];
	kh_state_init(st, t->w->arena, t->n);
	while (!kh_state_done(st)) {
		int best = -1;
		kh_score_sum(&t->arc, f, kh_arc_features(t->seen, st, f), sum);
		for (int m = 0; m < KH_MOVES; m++)
			if (kh_state_may(st, (enum kh_move)m) && (best < 0 || sum[m] > sum[best]))
				best = m;
		kh_state_do(st, (enum kh_move)best);
	}
	for (int32_t i = 0; i < t->n; i++)
		t->seen[i].head = st->head[i] == t->n ? -1 : st->head[i];
}

static void relate(struct tree *t, const struct kh_state *st)
{
	uint32_t f[KH_REL_FEATURES];
	int32_t sum[KH_SCORE_CLASSES];
	for (int32_t i = 0; i < t->n; i++) {
		kh_score_sum(&t->rel, f, kh_rel_features(t->seen, t->n, st, i, f), sum);
		uint32_t best = 0;
		for (uint32_t c = 1; c < t->rel.n_classes; c++) /* root is for the root alone */
			if (sum[c] > sum[best] && t->rels[c] != KH_ROOT)
				best = c;
		t->tok[i].rel = t->seen[i].head < 0 ? (uint8_t)KH_ROOT : t->rels[best];
		t->seen[i].rel = t->tok[i].rel;
	}
}

/* The lemma by the longest ending that the table has for the tag. */
static kh_str lemma_of(struct tree *t, const struct kh_token *k)
{
	kh_str tagname = kh_str_of(kh_score_name(&t->tag, k->xpos)), value = {0};
	char key[96];
	size_t head = tagname.n, n = k->form.n;
	if (n > 48 || head > 32)
		return k->form;
	memcpy(key, tagname.p, head);
	key[head++] = '^';
	key[head] = '=';
	for (size_t i = 0; i < n; i++)
		key[head + 1 + i] = kh_lower(k->form.p[i]);
	bool found = kh_words_find(&t->lemmas, (kh_str){key, head + 1 + n}, &value);
	memmove(key + head, key + head + 1, n);
	for (size_t len = n < 5 ? n : 5; !found; len--) {
		char end[48];
		memcpy(end, key, head);
		memcpy(end + head, key + head + n - len, len);
		found = kh_words_find(&t->lemmas, (kh_str){end, head + len}, &value);
		if (len == 0)
			break;
	}
	int64_t cut = 0;
	size_t plus = kh_str_find(value, KH_S("+"), 0);
	if (!found || plus == SIZE_MAX || !kh_str_number(kh_str_sub(value, 0, plus), &cut) ||
	    (size_t)cut > n)
		cut = 0, value = KH_S("0+"), plus = 1;
	kh_str add = kh_str_sub(value, plus + 1, value.n);
	char *p = kh_arena_bytes(t->w->arena, n + add.n + 1);
	bool proper = k->upos == KH_PROPN || (k->upos == KH_ADJ && !(k->flags & KH_TOK_FIRST));
	memcpy(p, proper ? k->form.p : key + head, n - (size_t)cut);
	if (add.n)
		memcpy(p + n - (size_t)cut, add.p, add.n);
	kh_str lemma = {p, n - (size_t)cut + add.n};
	return k->upos == KH_PRON && kh_str_is(lemma, "i") ? KH_S("I") : lemma;
}

static uint32_t feats_of(const char *x, const struct kh_token *k)
{
	static const struct {
		char xpos[6];
		uint32_t feats;
	} list[] = {
		{"NNS", KH_FEAT_PLURAL},
		{"NNPS", KH_FEAT_PLURAL},
		{"NN", KH_FEAT_SING},
		{"NNP", KH_FEAT_SING},
		{"VBD", KH_FEAT_PAST | KH_FEAT_FIN},
		{"VBN", KH_FEAT_PAST | KH_FEAT_PART},
		{"VBG", KH_FEAT_PRES | KH_FEAT_GER},
		{"VBZ", KH_FEAT_PRES | KH_FEAT_FIN | KH_FEAT_SING},
		{"VBP", KH_FEAT_PRES | KH_FEAT_FIN},
		{"VB", KH_FEAT_INF},
		{"MD", KH_FEAT_FIN},
		{"PRP$", KH_FEAT_POSS},
		{"WDT", KH_FEAT_REL},
		{"WP", KH_FEAT_REL},
		{"JJR", KH_FEAT_CMP},
		{"RBR", KH_FEAT_CMP},
		{"JJS", KH_FEAT_SUP},
		{"RBS", KH_FEAT_SUP},
	};
	static const struct {
		char word[12];
		uint32_t feats;
	} pron[] = {
		{"I", KH_FEAT_FIRST | KH_FEAT_SING},
		{"we", KH_FEAT_FIRST | KH_FEAT_PLURAL},
		{"you", KH_FEAT_SECOND},
		{"he", KH_FEAT_THIRD | KH_FEAT_MASC | KH_FEAT_SING},
		{"his", KH_FEAT_THIRD | KH_FEAT_MASC | KH_FEAT_SING},
		{"she", KH_FEAT_THIRD | KH_FEAT_FEM | KH_FEAT_SING},
		{"her", KH_FEAT_THIRD | KH_FEAT_FEM | KH_FEAT_SING},
		{"it", KH_FEAT_THIRD | KH_FEAT_NEUT | KH_FEAT_SING},
		{"its", KH_FEAT_THIRD | KH_FEAT_NEUT | KH_FEAT_SING},
		{"they", KH_FEAT_THIRD | KH_FEAT_PLURAL},
		{"their", KH_FEAT_THIRD | KH_FEAT_PLURAL},
		{"not", KH_FEAT_NEG},
		{"no", KH_FEAT_NEG},
		{"never", KH_FEAT_NEG},
	};
	uint32_t feats = 0;
	for (size_t i = 0; i < KH_COUNT(list); i++)
		if (strcmp(x, list[i].xpos) == 0)
			feats |= list[i].feats;
	for (size_t i = 0; i < KH_COUNT(pron); i++)
		if (kh_str_is(k->lemma, pron[i].word))
			feats |= pron[i].feats;
	return feats;
}

/* Heads as document indexes, children, lemmas, features; passive verbs marked. */
static void finish(struct tree *t, struct kh_sentence *s)
{
	struct kh_doc *d = t->w->doc;
	for (int32_t i = 0; i < t->n; i++) {
		struct kh_token *k = &t->tok[i];
		int32_t h = t->seen[i].head;
		k->head = h < 0 ? KH_NONE : s->first_token + (uint32_t)h;
		if (h < 0)
			s->root = s->first_token + (uint32_t)i;
		k->lemma = lemma_of(t, k);
		k->feats = feats_of(t->set[k->xpos].xpos, k);
	}
	kh_doc_children(d, s->first_token, s->n_tokens);
	for (int32_t i = 0; i < t->n; i++) {
		struct kh_token *k = &t->tok[i];
		bool aux =
			k->rel == KH_AUX_PASS || k->rel == KH_NSUBJ_PASS || k->rel == KH_OBL_AGENT;
		if (aux && k->head != KH_NONE && (d->token[k->head].feats & KH_FEAT_PART))
			d->token[k->head].flags |= KH_TOK_PASSIVE;
		bool bare = (k->rel == KH_ACL || k->rel == KH_AMOD) && k->upos == KH_VERB;
		if (bare && (k->feats & KH_FEAT_PART) && !(k->feats & KH_FEAT_GER))
			k->flags |= KH_TOK_PASSIVE;
	}
}

static void push_name(struct tree *t, uint32_t first, uint32_t n, uint8_t type)
{
	struct kh_doc *d = t->w->doc;
	struct kh_name *e = KH_PUSH(t->w->arena, d->name, d->n_name, d->cap_name);
	*e = (struct kh_name){kh_tokens_span(d, first, n), first, n, type, 700};
	for (uint32_t i = first; i < first + n; i++)
		d->token[i].name_type = type;
}

/* Classes: 0 outside, 2k-1 the first word of a name of type k, 2k a further one. */
static void find_names(struct tree *t, const struct kh_sentence *s)
{
	uint32_t f[KH_NAME_FEATURES], before = 0, first = 0;
	int32_t sum[KH_SCORE_CLASSES];
	for (int32_t i = 0; i <= t->n; i++) {
		uint32_t best = 0;
		if (i < t->n) {
			kh_score_sum(&t->name, f, kh_name_features(t->seen, t->n, i, before, f),
				     sum);
			for (uint32_t c = 1; c < t->name.n_classes; c++)
				if (sum[c] > sum[best] &&
				    (c % 2 || (c == before || c == before + 1)))
					best = c;
		}
		bool goes_on = best && best % 2 == 0;
		if (before && !goes_on)
			push_name(t, s->first_token + first, (uint32_t)i - first,
				  (uint8_t)((before + 1) / 2));
		if (best % 2)
			first = (uint32_t)i;
		before = best;
	}
}

void kh_tree_run(struct kh_work *w)
{
	struct kh_doc *d = w->doc;
	struct tree t = {.w = w};
	uint32_t most = 1;
	open_models(&t);
	for (uint32_t i = 0; i < d->n_sentence; i++)
		most = kh_max32(most, d->sentence[i].n_tokens);
	t.seen = KH_TAKE(w->arena, most, struct kh_seen);
	for (uint32_t i = 0; i < d->n_sentence && t.tag.row && t.arc.row && t.rel.row; i++) {
		struct kh_sentence *s = &d->sentence[i];
		struct kh_state st;
		if (!s->n_tokens)
			continue;
		t.tok = d->token + s->first_token;
		t.n = (int32_t)s->n_tokens;
		look(&t);
		tag(&t);
		parse(&t, &st);
		relate(&t, &st);
		finish(&t, s);
		if (t.name.row)
			find_names(&t, s);
	}
}
