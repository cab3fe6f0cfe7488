/* khabar-train: treebanks and name sets, and the model that learns from them. */
#ifndef KHABAR_TRAIN_H
#define KHABAR_TRAIN_H

#include <stdio.h>
#include <stdlib.h>

#include "base/str.h"
#include "doc/ud.h"
#include "model/net_shape.h"
#include "read/encode.h"
#include "read/tree_hints.h"
#include "train_net.h"

struct word {
	kh_str form, lemma;
	uint8_t upos, tag, rel;
	uint8_t name; /* 0 outside, 2k-1 the first word of a name of type k, 2k a further one */
	int32_t head; /* -1 root, UNKNOWN_HEAD */
};

enum { UNKNOWN_CLASS = 255, UNKNOWN_HEAD = -2 }; /* "_" of silver trees: nothing is learned of it */

struct sentence {
	struct word *w;
	int32_t n;
	bool has_tree, has_names;
	bool silver;	   /* its tree is a parser's */
	uint32_t document; /* of the corpus; where names are laid over trees */
};

struct tags { /* classes, in the order they were met */
	char name[KH_NET_TAGS][32];
	uint32_t n;
};

struct corpus {
	struct sentence *s;
	uint32_t n;
	struct tags tag;
	char (*document)[96];
	uint32_t documents;
};

void corpus_read(struct corpus *c, const char *path, bool silver); /* CoNLL-U, gzipped or not */
/* Adds the sentences of the documents in whose id `part` stands once more. */
void corpus_again(struct corpus *c, const char *part);
struct sentence *corpus_add(struct corpus *c, const struct word *w, int32_t n);
uint32_t tag_class(struct tags *t, const char *name);
kh_str keep_bytes(const char *p, size_t n);

/* Names of a set of JSON Lines: laid over the documents of the corpus that have the same id, or
 * read into sentences of their own by the library (image: a model image with the word lists). */
void names_over(struct corpus *c, const char *path);
void names_add(struct corpus *c, const char *image, const char *path);

struct hinted_sentence { /* what the reader of names learns from */
	struct kh_seen *seen;
	uint16_t (*row)[KH_HINTS];
	uint8_t *name; /* classes as in struct word */
	uint32_t n;
};

struct hinted {
	struct hinted_sentence *s;
	uint32_t n;
};

/* The documents of a set of names, read by the library up to the tree (image: with its weights). */
void names_hint(struct hinted *to, const char *image, const char *path, bool learn);
const struct khabar_model *names_model(void); /* of that image */
int train_spans(int argc, char **argv);

void train_lemmas(const struct corpus *c, const char *path);

struct vectors { /* of words; rows behind n_given have none given, only what is learned */
	uint32_t n, n_given, given; /* rows; with a vector given; numbers of one */
	float *row;
	uint32_t *hash;	      /* of every row */
	uint32_t *slot, mask; /* row + 1 by hash */
};

void vectors_read(struct vectors *v, const char *words, const char *bytes);
void vectors_put(struct vectors *v, uint32_t hash); /* a row without a vector, if it is new */
/* The row of a word; n when it has none. */
uint32_t vectors_find(const struct vectors *v, const struct kh_seen *s);

struct sizes {
	uint32_t word, piece, hidden, layers, arc, label; /* numbers of each part */
};

struct reader { /* the model */
	struct sizes size;
	uint32_t tags, names, heads; /* classes; outputs of the heads' one matrix */
	struct vectors *vectors;
	const uint32_t *seen_often; /* by row: how often in training */
	struct params all;
	struct param map, own, piece;
	struct layer layer[KH_NET_LAYERS];
	struct param head, head_bias;
	struct param pair, pair_bias, root_arc, way_arc;
	struct param root_label, way_label, label, label_bias;
};

struct batch {
	const struct sentence *s[512];
	int32_t n_words[512]; /* of the sentence that are used */
	enum kh_casing casing[512];
	uint32_t begin[513], n, words;
};

struct figures {
	double loss, words, tag, upos, arc, label, named, name_right, name_found;
};

void reader_new(struct reader *r, struct sizes size, uint32_t tags, uint32_t names,
		struct vectors *v, uint32_t most_words);
/* Learns from a batch (rate > 0), or only reads it; adds to the figures. */
void reader_batch(struct reader *r, const struct batch *b, float rate, const struct corpus *c,
		  struct figures *f);
/* The image's section: see src/model/net.h. */
void reader_write(const struct reader *r, const struct tags *t, const char *path);

#endif
