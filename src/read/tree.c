/* The tree of every sentence. In: tokens. Out: UPOS and XPOS, heads, relations, names by the net
 * (model/net.h), lemmas by table, features from all of these. A sentence longer than the net reads
 * at once is read in stretches; the later ones hang on the first. */
#include "read/tree.h"

#include "base/str.h"
#include "model/arcs.h"
#include "model/gazetteer.h"
#include "model/lemma.h"
#include "model/net.h"
#include "model/spans.h"
#include "read/encode.h"
#include "read/tree_hints.h"
#include "read/tree_join.h"
#include "read/tree_mend.h"
#include "read/tree_names.h"
#include "read/tree_pair.h"

struct tagset { /* what a class of the tagger stands for */
	kh_str name;
	uint8_t upos;
	uint32_t feats;
	bool name_like; /* PROPN, or a word of a name by its XPOS */
};

enum { LEMMAS_KEPT = 256 };

_Static_assert(KH_SPAN_CLASSES == 2 * KH_NAME_TYPES - 1, "each type opens and goes on");

struct lemma_kept { /* words of a text come again */
	kh_str form, lemma;
	uint8_t xpos;
	enum kh_capitals keep;
};

struct tree {
	struct kh_work *w;
	struct kh_net net;
	const struct kh_net_kernels *kernels;
	struct kh_net_room room;
	struct kh_arcs_room arcs;
	struct kh_lemmas lemmas;
	struct kh_gazetteer gaz;
	enum kh_casing casing; /* of the sentence in hand */
	struct tagset set[KH_NET_TAGS];
	struct lemma_kept kept[LEMMAS_KEPT];
	uint8_t gerund, noun, participle,
		name_tag; /* tags of "shelling", "archer", "burnt", "Ann" */
	struct kh_spans spans;
	struct kh_spans_room spans_room;
	struct kh_hints *hints;
	uint16_t (*hint)[KH_HINTS]; /* of a stretch */
	/* of the sentence in hand, word by word */
	struct kh_seen *seen;
	int32_t *head; /* -1 the root */
	uint8_t *name; /* classes */
	int16_t (*name_logit)[KH_SPAN_CLASSES];
	struct kh_token *tok;
	int32_t n;
};

int kh_tree_check(const struct khabar_model *m, khabar_error *err)
{
	struct kh_net net;
	int bad = kh_net_check(m, err);
	if (bad)
		return bad;
	kh_net_open(&net, m);
	if (!net.head || (net.head->rels == KH_RELS && net.head->names == KH_SPAN_CLASSES))
		return kh_spans_check(m, KH_HINT_ROWS, err);
	kh_error_set(err, KHABAR_E_MODEL, 0, "the weights of the tree do not fit the program");
	return KHABAR_E_MODEL;
}

/* What the tag tells of a word's form. */
static uint32_t tag_feats(const char *xpos)
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
	for (size_t i = 0; i < KH_COUNT(list); i++)
		if (strcmp(xpos, list[i].xpos) == 0)
			return list[i].feats;
	return 0;
}

static void open_models(struct tree *t)
{
	kh_net_open(&t->net, t->w->model);
	kh_spans_open(&t->spans, t->w->model);
	t->kernels = kh_net_kernels((enum kh_lanes)t->w->model->lanes);
	t->lemmas = (struct kh_lemmas){kh_words_list(t->w->model, "lemma"),
				       kh_words_list(t->w->model, "irregular_verb"), &t->net};
	const char *tag[KH_NET_TAGS];
	t->gaz = kh_gaz_open(t->w->model);
	kh_net_tags(&t->net, tag);
	for (uint32_t i = 0; t->net.head && i < t->net.head->tags; i++) {
		kh_str name = kh_str_of(tag[i]);
		size_t bar = kh_str_find(name, KH_S("|"), 0);
		bar = bar == SIZE_MAX ? name.n : bar;
		t->set[i].name = name;
		t->set[i].upos = (uint8_t)kh_upos_find(kh_str_sub(name, 0, bar));
		t->set[i].name_like = t->set[i].upos == KH_PROPN ||
				      kh_str_find(name, KH_S("|NNP"), 0) != SIZE_MAX;
		t->set[i].feats = tag_feats(bar < name.n ? tag[i] + bar + 1 : "");
		if (kh_str_is(name, "VERB|VBG"))
			t->gerund = (uint8_t)i;
		if (kh_str_is(name, "NOUN|NN"))
			t->noun = (uint8_t)i;
		if (kh_str_is(name, "VERB|VBN"))
			t->participle = (uint8_t)i;
		if (kh_str_is(name, "PROPN|NNP"))
			t->name_tag = (uint8_t)i;
	}
}

static enum kh_casing casing_of(const struct tree *t)
{
	struct kh_casing_count c = {0};
	for (int32_t i = 0; i < t->n; i++)
		kh_casing_add(&c, t->tok[i].form);
	return kh_casing_of(&c);
}

static uint32_t greatest(const int16_t *x, uint32_t n)
{
	uint32_t best = 0;
	for (uint32_t c = 1; c < n; c++)
		if (x[c] > x[best])
			best = c;
	return best;
}

static void relate(struct tree *t, int32_t begin, int32_t n)
{
	const uint32_t wide = t->net.label.out;
	for (int32_t i = 0; i < n; i++) {
		int16_t *x = t->room.label + (size_t)i * wide;
		x[KH_ROOT] = x[KH_REL_NONE] = INT16_MIN; /* root is for the root alone */
		t->tok[begin + i].rel =
			t->head[begin + i] < 0 ? (uint8_t)KH_ROOT : (uint8_t)greatest(x, KH_RELS);
	}
}

/* "The archer" is no name though many are called Archer; "Peele" behind "Jordan" is one: where the
 * text has its capitals, they say so. */
static uint32_t tag_by_capitals(const struct tree *t, int32_t i, uint32_t tag)
{
	kh_str form = t->tok[i].form;
	uint32_t lower = 0, before = i ? t->tok[i - 1].upos : 0;
	for (size_t k = 0; k < form.n; k++)
		lower += kh_is_lower((unsigned char)form.p[k]);
	if (t->casing != KH_CASE_MIXED || !i || form.n < 2)
		return tag;
	if (t->set[tag].upos == KH_PROPN && i == 1 && before == KH_DET && lower == form.n)
		return t->noun;
	bool capital = kh_is_upper((unsigned char)form.p[0]) && lower + 1 == form.n;
	bool after = before == KH_PROPN && kh_is_upper((unsigned char)t->tok[i - 1].form.p[0]);
	return tag == t->noun && capital && after && !kh_net_knows(&t->net, t->seen[i].form)
		       ? t->name_tag
		       : tag;
}

/* Reads words [begin, begin + n) of the sentence. */
static void read_stretch(struct tree *t, int32_t begin, int32_t n, enum kh_casing casing)
{
	for (int32_t i = 0; i < n; i++)
		t->seen[begin + i] = kh_seen_of(t->tok[begin + i].form, casing);
	kh_net_read(&t->net, t->kernels, t->seen + begin, (uint32_t)n, &t->room);
	for (int32_t i = 0; i < n; i++) {
		const int16_t *class = t->room.classes + (size_t)i * t->net.classes.out;
		uint32_t tag = greatest(class, t->net.head->tags);
		memcpy(t->name_logit[begin + i], class + t->net.head->tags, sizeof *t->name_logit);
		tag = tag_by_capitals(t, begin + i, tag);
		t->tok[begin + i].xpos = (uint8_t)tag;
		t->tok[begin + i].upos = t->set[tag].upos;
	}
	kh_arcs_tree(t->room.score, (uint32_t)n, t->head + begin, &t->arcs, t->w->arena);
	kh_net_label(&t->net, t->kernels, t->head + begin, (uint32_t)n, &t->room);
	relate(t, begin, n);
}

/* Where the stretch that begins here ends: behind a mark, if there is one in its second half. */
static int32_t stretch_end(const struct tree *t, int32_t begin)
{
	int32_t end = begin + KH_ARCS_LONGEST;
	if (t->n <= end)
		return t->n;
	for (int32_t k = end; k > end - KH_ARCS_LONGEST / 2; k--)
		if (t->tok[k - 1].flags & KH_TOK_PUNCT)
			return k;
	return end;
}

static void read_sentence(struct tree *t)
{
	enum kh_casing casing = t->casing = casing_of(t);
	int32_t root = -1;
	for (int32_t begin = 0, end; begin < t->n; begin = end) {
		end = stretch_end(t, begin);
		read_stretch(t, begin, end - begin, casing);
		for (int32_t i = begin; i < end; i++) {
			if (t->head[i] >= 0) {
				t->head[i] += begin;
			} else if (root < 0) {
				root = i;
			} else {
				t->head[i] = root;
				t->tok[i].rel = KH_PARATAXIS;
			}
		}
	}
}

/* "french", "Kenyan": the gazetteer has the word as the adjective of a country. */
static bool is_nationality(const struct tree *t, kh_str form)
{
	uint32_t at, n = t->gaz.head ? kh_gaz_find(&t->gaz, kh_gaz_hash(form), &at) : 0;
	for (uint32_t k = 0; k < n; k++)
		if (t->gaz.key[at + k].place & KH_GAZ_ADJECTIVE)
			return true;
	return false;
}

/* A name in small letters ("kerala", "sunday"): days, and countries, provinces and large towns. */
static bool is_small_name(const struct tree *t, kh_str form)
{
	enum { SHORTEST = 4, LARGE = 100000 };
	uint32_t at, n = t->gaz.head ? kh_gaz_find(&t->gaz, kh_gaz_hash(form), &at) : 0;
	for (uint32_t k = 0; k < n && form.n >= SHORTEST; k++) {
		uint32_t place = t->gaz.key[at + k].place;
		if (!(place & KH_GAZ_ADJECTIVE) && t->gaz.place[place].population >= LARGE)
			return true;
	}
	return kh_str_ends(form, "day");
}

/* What of the word's capitals its lemma keeps. Words of names do keep them ("New" York),
 * nationalities and faiths
 * ("Israeli"), and short nouns that are all capitals ("IED") where the sentence is not. */
static enum kh_capitals capitals_of(const struct tree *t, const struct kh_token *k)
{
	static const char *const kin[] = {"an",	 "ish", "ese", "i",   "ic",  "ch",
					  "eek", "ab",	"iss", "ite", "lim", "se"};
	uint32_t upper = 0, lower = 0;
	bool is = false;
	for (size_t i = 0; i < k->form.n; i++) {
		upper += kh_is_upper((unsigned char)k->form.p[i]);
		lower += kh_is_lower((unsigned char)k->form.p[i]);
	}
	if (t->set[k->xpos].name_like) { /* "TEHRAN", but "NATO" */
		is = upper == 0 ? is_small_name(t, k->form) : lower == 0 && upper > 4;
		return is ? KH_CAPITALS_FIRST : KH_CAPITALS_KEEP;
	}
	if (k->upos == KH_ADJ && is_nationality(t, k->form))
		return KH_CAPITALS_FIRST;
	if (t->casing == KH_CASE_NONE || upper == 0)
		return KH_CAPITALS_OFF;
	if (k->upos == KH_NOUN)
		is = lower == 0 && k->form.n <= 4;
	if (k->upos != KH_ADJ || (k->flags & KH_TOK_FIRST))
		return is ? KH_CAPITALS_KEEP : KH_CAPITALS_OFF;
	is = lower == 0 && k->form.n <= 3;
	for (size_t i = 0; i < KH_COUNT(kin); i++)
		is |= kh_str_ends(k->form, kin[i]);
	return is ? KH_CAPITALS_KEEP : KH_CAPITALS_OFF;
}

static kh_str lemma_of(struct tree *t, const struct kh_token *k)
{
	enum kh_capitals keep = capitals_of(t, k);
	struct lemma_kept *old =
		&t->kept[(kh_str_hash(k->form) + k->xpos * 2u + keep) % LEMMAS_KEPT];
	if (old->form.n && old->xpos == k->xpos && old->keep == keep &&
	    kh_str_eq(old->form, k->form))
		return old->lemma;
	kh_str lemma = kh_lemma_of(&t->lemmas, t->set[k->xpos].name, k->form, keep, t->w->arena);
	if (k->upos == KH_PRON && kh_str_is(lemma, "i"))
		lemma = KH_S("I");
	*old = (struct lemma_kept){k->form, lemma, k->xpos, keep};
	return lemma;
}

static uint32_t feats_of(const struct tree *t, const struct kh_token *k)
{
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
	uint32_t feats = t->set[k->xpos].feats;
	if (k->upos != KH_PRON && k->upos != KH_PART && k->upos != KH_DET && k->upos != KH_ADV)
		return feats;
	for (size_t i = 0; i < KH_COUNT(pron); i++)
		if (kh_str_is(k->lemma, pron[i].word))
			feats |= pron[i].feats;
	return feats;
}

/* The heads that the net found, as document indexes. */
static void heads(struct tree *t, struct kh_sentence *s)
{
	for (int32_t i = 0; i < t->n; i++) {
		int32_t h = t->head[i];
		t->tok[i].head = h < 0 ? KH_NONE : s->first_token + (uint32_t)h;
		if (h < 0)
			s->root = s->first_token + (uint32_t)i;
	}
	kh_doc_children(t->w->doc, s->first_token, s->n_tokens);
}

/* What mends a sentence that it was not made for may leave no tree: then the net's own stands. */
static void mend(struct tree *t, struct kh_sentence *s)
{
	if (!kh_tree_mend(t->w->doc, s))
		return;
	kh_doc_children(t->w->doc, s->first_token, s->n_tokens);
	if (kh_doc_check_tree(t->w->doc, s))
		heads(t, s);
}

/* Heads as document indexes, children, lemmas, features; passive verbs marked. */
static void finish(struct tree *t, struct kh_sentence *s)
{
	struct kh_doc *d = t->w->doc;
	for (int32_t i = 0; i < t->n; i++) {
		struct kh_token *k = &t->tok[i];
		k->lemma = lemma_of(t, k);
		k->feats = feats_of(t, k);
	}
	heads(t, s);
	kh_tree_join(d, s);
	for (int32_t i = 1; i < t->n; i++)
		if (kh_tree_free_deed(d, s->first_token + (uint32_t)i)) {
			t->tok[i].xpos = t->gerund;
			t->tok[i].lemma = lemma_of(t, &t->tok[i]);
			t->tok[i].feats = feats_of(t, &t->tok[i]);
		}
	kh_doc_children(d, s->first_token, s->n_tokens);
	kh_tree_pair(d, s->first_token, s->n_tokens);
	kh_doc_children(d, s->first_token, s->n_tokens);
	mend(t, s);
	for (int32_t i = 0; i < t->n; i++) {
		struct kh_token *k = &t->tok[i];
		if (k->upos == KH_VERB && t->set[k->xpos].upos == KH_ADJ &&
		    (k->feats & KH_FEAT_PART)) {
			k->xpos = t->participle;
			k->lemma = lemma_of(t, k);
		}
		bool aux =
			k->rel == KH_AUX_PASS || k->rel == KH_NSUBJ_PASS || k->rel == KH_OBL_AGENT;
		if (aux && k->head != KH_NONE && (d->token[k->head].feats & KH_FEAT_PART))
			d->token[k->head].flags |= KH_TOK_PASSIVE;
		bool bare = (k->rel == KH_ACL || k->rel == KH_AMOD) && k->upos == KH_VERB;
		if (bare && (k->feats & KH_FEAT_PART) && !(k->feats & KH_FEAT_GER))
			k->flags |= KH_TOK_PASSIVE;
	}
}

/* Does the tree's net see a name or a proper noun anywhere? Three sentences in ten hold none. */
static bool may_name(const struct tree *t, int32_t begin, int32_t end)
{
	for (int32_t i = begin; i < end; i++)
		if (t->tok[i].upos == KH_PROPN || greatest(t->name_logit[i], KH_SPAN_CLASSES))
			return true;
	return false;
}

/* Classes of names for all words; the hints want the tree. */
static void name_words(struct tree *t, const struct kh_sentence *s)
{
	for (int32_t begin = 0, end; begin < t->n; begin = end) {
		end = stretch_end(t, begin);
		uint32_t n = (uint32_t)(end - begin);
		memset(t->name + begin, 0, n);
		if (!may_name(t, begin, end))
			continue;
		kh_hints_of(t->hints, s->first_token + (uint32_t)begin, n, t->hint);
		struct kh_spans_words w = {t->seen + begin, t->hint[0], t->name_logit[begin], n,
					   KH_HINTS};
		kh_spans_read(&t->spans, t->kernels, &w, &t->spans_room, t->name + begin);
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

static void find_names(struct tree *t, const struct kh_sentence *s)
{
	uint32_t before = 0, first = 0;
	for (int32_t i = 0; i <= t->n; i++) {
		uint32_t c = i < t->n ? t->name[i] : 0;
		bool goes_on = c && c % 2 == 0;
		if (before && !goes_on)
			push_name(t, s->first_token + first, (uint32_t)i - first,
				  (uint8_t)((before + 1) / 2));
		if (c % 2)
			first = (uint32_t)i;
		before = c;
	}
}

static void take_room(struct tree *t, uint32_t most)
{
	struct kh_arena *a = t->w->arena;
	uint32_t stretch = kh_min32(most, KH_ARCS_LONGEST);
	t->seen = KH_TAKE(a, most, struct kh_seen);
	t->head = KH_TAKE(a, most, int32_t);
	t->name = KH_TAKE(a, most, uint8_t);
	t->name_logit = kh_arena_bytes(a, most * sizeof *t->name_logit);
	kh_net_room_take(&t->room, &t->net, a, stretch);
	if (!t->spans.head)
		return;
	kh_spans_room_take(&t->spans_room, &t->spans, a, stretch);
	t->hint = kh_arena_bytes(a, stretch * sizeof *t->hint);
	t->hints = kh_hints_open(t->w);
}

void kh_tree_run(struct kh_work *w)
{
	struct kh_doc *d = w->doc;
	struct tree *t = KH_TAKE(w->arena, 1, struct tree);
	uint32_t most = 1;
	t->w = w;
	open_models(t);
	for (uint32_t i = 0; i < d->n_sentence; i++)
		most = kh_max32(most, d->sentence[i].n_tokens);
	if (!t->net.head)
		return;
	take_room(t, most);
	for (uint32_t i = 0; i < d->n_sentence; i++) {
		struct kh_sentence *s = &d->sentence[i];
		if (!s->n_tokens)
			continue;
		t->tok = d->token + s->first_token;
		t->n = (int32_t)s->n_tokens;
		if (t->n > KH_ARCS_LONGEST)
			kh_doc_note(w, s->story, KH_NOTE_LONG_SENTENCE, s->at, false);
		read_sentence(t);
		finish(t, s);
		if (!t->spans.head)
			continue;
		name_words(t, s);
		find_names(t, s);
	}
	kh_tree_names(w);
}
