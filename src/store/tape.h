/* JSON as values one after the other, each before those within it. Strings are decoded; every value
 * knows where it stands in the JSON, so that bytes can be kept as they came. */
#ifndef KH_STORE_TAPE_H
#define KH_STORE_TAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum kh_tape_kind {
	KH_TAPE_OBJECT,
	KH_TAPE_LIST,
	KH_TAPE_TEXT,
	KH_TAPE_WHOLE,
	KH_TAPE_REAL,
	KH_TAPE_TRUE,
	KH_TAPE_FALSE,
	KH_TAPE_NULL
};

struct kh_tape_value {
	const char *key;   /* ends in NUL; NULL in a list */
	const char *text;  /* of a string: ends in NUL; of another value: where it begins */
	uint32_t key_n, n; /* bytes of key and text */
	uint32_t at;	   /* where it stands: from its key on, */
	uint32_t from, to; /* the value alone */
	uint32_t span;	   /* values to the next beside it: itself and all within */
	enum kh_tape_kind kind;
};

struct kh_tape { /* its memory is used again by the next text */
	struct kh_tape_value *value;
	size_t n, room;
	char *copy;
	size_t copy_room;
};

enum kh_taped { KH_TAPED, KH_TAPE_CUT /* it ends too early */, KH_TAPE_BAD, KH_TAPE_MEMORY };

/* One value, with nothing but blanks around. *wrong: the byte that does not fit. */
enum kh_taped kh_tape_read(struct kh_tape *t, const char *json, size_t n, size_t *wrong);
void kh_tape_free(struct kh_tape *t);

typedef const struct kh_tape_value kh_tape_at;
/* The value of a key; NULL when `o` is no object or has none. */
kh_tape_at *kh_tape_get(kh_tape_at *o, const char *key);
/* What stands in a list or an object, one after the other; NULL: no more, or it is neither. */
kh_tape_at *kh_tape_first(kh_tape_at *o);
kh_tape_at *kh_tape_next(kh_tape_at *o, kh_tape_at *v);
/* The words of a string; NULL when it is none. */
const char *kh_tape_text(kh_tape_at *v);
/* Of a string under a key. */
const char *kh_tape_word(kh_tape_at *o, const char *key);
int64_t kh_tape_int(kh_tape_at *v); /* 1 of true; 0 of what is no number */
double kh_tape_real(kh_tape_at *v);

#endif
