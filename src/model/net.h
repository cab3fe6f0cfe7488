/* The net that reads sentences: word rows in, numbers of each word out, in integers only, the same
 * on every machine. Layers of simple recurrences read the words both ways:
 *   z, g, r = three products of a word's input; c = c' + (z - c') g; h = r c + (1 - r) x
 * with c' that of the word before. Weights are int8 in 1/128; inputs and states int16 in 1/8192,
 * sums before the bends int16 in 1/4096. sigmoid and tanh are two parabolas each. */
#ifndef KH_NET_H
#define KH_NET_H

#include "base/arena.h"
#include "model/image.h"
#include "model/net_shape.h"

enum {
	KH_PIECES = 10,	    /* suffixes and prefixes of 1 to 4 letters, shape, the word itself */
	KH_PIECE_SHAPE = 8, /* which of them is the shape */
	KH_PIECE_BITS = 15, /* rows of the table of pieces */
	KH_NET_WIDE = 512,  /* most numbers of a word between layers */
};

struct kh_seen {       /* what the net sees of a word */
	uint32_t form; /* hash of the word in small letters, quotation marks made plain */
	uint32_t zero; /* the same with every digit a 0 */
	uint16_t piece[KH_PIECES];
};

struct kh_net_head { /* of the section; then all parts in the order of struct kh_net, each at a
		      * multiple of 64 bytes */
	uint32_t format, word, piece, hidden, layers, arc, label, tags, names, rels, rows,
		slot_bits;
	uint32_t classes; /* tags and names, padded to 16 */
	uint32_t n_blob;  /* bytes of the tags' names, padding included */
	uint32_t reserved[2];
};

struct kh_net_matrix { /* blocks of 16 outputs; in a block pairs of inputs, of each all outputs */
	const int8_t *w;
	const int32_t *bias; /* rounding included */
	uint32_t in, out;    /* multiples of 2 and of 16 */
};

struct kh_net_layer {
	struct kh_net_matrix m;
	const int16_t *feed; /* 4 rows: each way, of c' into g and into r; 1/32768 */
};

struct kh_net {
	const struct kh_net_head *head; /* NULL: the image has no net */
	const char *blob;		/* names of the tags, NUL-ended each */
	const uint32_t *key, *slot;	/* open addressing: hash of a word, its row + 1 */
	const int8_t *word;		/* rows + 1, the last for unknown words; 1/64 */
	const int8_t *piece;		/* 1/128 */
	struct kh_net_layer layer[KH_NET_LAYERS];
	struct kh_net_matrix classes; /* logits of tags and names; 1/1024 */
	struct kh_net_matrix roles;   /* a word as dependent and as head, for arcs, for labels */
	struct kh_net_matrix pair;    /* dependent to what it seeks in a head */
	const int16_t *root_arc;      /* the root as a head; 1/8192 */
	const int32_t *way_arc;	      /* by bucket; 1/8192 */
	const int16_t *root_label, *way_label; /* 1/4096 */
	struct kh_net_matrix label;	       /* logits of relations; 1/1024 */
};

enum { KH_NET_KEPT = 256 }; /* a power of two */

struct kh_net_kept { /* words whose first sums are kept, as words of a text come again */
	struct kh_seen word;
	bool full;
};

struct kh_net_room { /* for sentences of at most `most` words */
	uint32_t most;
	struct kh_net_kept *kept; /* by hash of the word */
	int16_t *kept_pre;	  /* their sums in the first layer */
	uint16_t *fresh;	  /* words of the sentence that are not kept yet */
	int16_t *sums;		  /* theirs */
	int16_t *x, *h, *pre;	  /* inputs, outputs of a layer; sums */
	int16_t *classes, *roles, *seek, *hidden, *label;
	int32_t *score; /* [word][head]; a word's own place is the root's */
};

/* The kernels in the way that a processor has them; all give the same numbers. */
enum kh_lanes {
	KH_LANES_PLAIN,
	KH_LANES_NEON,
	KH_LANES_SSE2,
	KH_LANES_AVX2,
	KH_LANES_AVX512,
	KH_LANES_VNNI,
	KH_LANES_KINDS
};

struct kh_net_kernels {
	/* y = sums >> shift, cut to int16, of n rows of x. */
	void (*product)(const struct kh_net_matrix *m, const int16_t *x, uint32_t n, unsigned shift,
			int16_t *y);
	/* One word of one way: pre = z, g, r of `hidden` numbers; c in and out; x NULL: none. */
	void (*step)(const int16_t *pre, const int16_t *feed, const int16_t *x, uint32_t hidden,
		     int16_t *c, int16_t *h);
	/* y[k] = a . b[k] >> 10 of n rows of b that lie `stride` apart; all of `size` numbers. */
	void (*dots)(const int16_t *a, const int16_t *b, uint32_t size, uint32_t stride, uint32_t n,
		     int32_t *y);
	void (*bend)(int16_t *x, uint32_t n); /* tanh in place: 1/4096 to 1/8192 */
};

/* The kernels, or NULL: this processor cannot run them, or they are not built for it. */
const struct kh_net_kernels *kh_net_kernels(enum kh_lanes lanes);
/* The widest that this processor has. */
enum kh_lanes kh_net_lanes(void);

/* Of a section with a net in it, part by part (spans.c has one too). */
struct kh_net_walk {
	const char *p;
	uint64_t at;
};

const void *kh_net_part(struct kh_net_walk *w, uint64_t bytes);
struct kh_net_matrix kh_net_matrix(struct kh_net_walk *w, uint32_t in, uint32_t out);
void kh_net_layers(struct kh_net *n, struct kh_net_walk *w); /* by the sizes in n->head */
bool kh_net_sane(const struct kh_net_head *h); /* sizes of words, pieces, layers */

/* 0, or KHABAR_E_MODEL when the section is there and damaged. */
int kh_net_check(const struct khabar_model *m, khabar_error *err);
void kh_net_open(struct kh_net *net, const struct khabar_model *m);
/* The names of the tags, KH_NET_TAGS of them at most. */
void kh_net_tags(const struct kh_net *net, const char **name);
/* Is a word, by the hash of its small letters, one that the net has a row for? */
bool kh_net_knows(const struct kh_net *net, uint32_t hash);
/* The row of a word in the table of word vectors; head->rows when it has none. */
uint32_t kh_net_row(const struct kh_net *net, const struct kh_seen *s);
void kh_net_room_take(struct kh_net_room *r, const struct kh_net *net, struct kh_arena *a,
		      uint32_t most);
/* Words through all layers: what the top says of them is in r->x. `more` is added to the sums of
 * the first layer, 6 x hidden for each word in 1/2048; NULL: nothing. */
void kh_net_encode(const struct kh_net *net, const struct kh_net_kernels *k,
		   const struct kh_seen *seen, uint32_t n, const int16_t *more,
		   struct kh_net_room *r);
/* Reads n words: fills classes, roles and score. */
void kh_net_read(const struct kh_net *net, const struct kh_net_kernels *k,
		 const struct kh_seen *seen, uint32_t n, struct kh_net_room *r);
/* With the heads known (-1 the root), fills label. */
void kh_net_label(const struct kh_net *net, const struct kh_net_kernels *k, const int32_t *head,
		  uint32_t n, struct kh_net_room *r);

#endif
