/* See tape.h. In: JSON. Out: values. json-c takes a third of the time that storing a story takes: a
 * piece of memory for each value; here two for all, and they stay for the next story. */
#include "store/tape.h"

#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 64 };

struct reader {
	struct kh_tape *t;
	char *p, *begin;
	uint32_t open[DEEPEST]; /* objects and lists around */
	unsigned depth;
	bool memory;
};

static uint32_t offset(const struct reader *r)
{
	return (uint32_t)(r->p - r->begin);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void blanks(struct reader *r)
{
	while (is_blank(*r->p))
		r->p++;
}

static struct kh_tape_value *push(struct reader *r)
{
	struct kh_tape *t = r->t;
	if (t->n == t->room) {
		size_t room = t->room ? t->room * 2 : 1024;
		struct kh_tape_value *v = realloc(t->value, room * sizeof *v);
		r->memory = !v;
		if (!v)
			return NULL;
		t->value = v;
		t->room = room;
	}
	t->value[t->n] = (struct kh_tape_value){.span = 1};
	return &t->value[t->n++];
}

/* ---- strings ------------------------------------------------------------------ */

static bool hex4(const char *p, uint32_t *v)
{
	*v = 0;
	for (int i = 0; i < 4; i++) {
		char c = p[i];
		uint32_t d = c >= '0' && c <= '9'   ? (uint32_t)(c - '0')
			     : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a' + 10)
			     : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A' + 10)
						    : 16;
		if (d > 15)
			return false;
		*v = *v * 16 + d;
	}
	return true;
}

static char *put_utf8(char *to, uint32_t v)
{
	if (v < 0x80) {
		*to++ = (char)v;
	} else if (v < 0x800) {
		*to++ = (char)(0xc0 | v >> 6);
		*to++ = (char)(0x80 | (v & 0x3f));
	} else if (v < 0x10000) {
		*to++ = (char)(0xe0 | v >> 12);
		*to++ = (char)(0x80 | (v >> 6 & 0x3f));
		*to++ = (char)(0x80 | (v & 0x3f));
	} else {
		*to++ = (char)(0xf0 | v >> 18);
		*to++ = (char)(0x80 | (v >> 12 & 0x3f));
		*to++ = (char)(0x80 | (v >> 6 & 0x3f));
		*to++ = (char)(0x80 | (v & 0x3f));
	}
	return to;
}

/* \uXXXX at r->p, after the u; half a pair becomes U+FFFD. */
static char *unicode(struct reader *r, char *to)
{
	uint32_t v, low;
	if (!hex4(r->p, &v))
		return NULL;
	r->p += 4;
	if (v >= 0xd800 && v < 0xdc00 && r->p[0] == '\\' && r->p[1] == 'u' &&
	    hex4(r->p + 2, &low) && low >= 0xdc00 && low < 0xe000) {
		v = 0x10000 + ((v - 0xd800) << 10) + (low - 0xdc00);
		r->p += 6;
	}
	return put_utf8(to, v >= 0xd800 && v < 0xe000 ? 0xfffd : v);
}

static char *escape(struct reader *r, char *to)
{
	static const char from[] = "\"\\/bfnrt", as[] = "\"\\/\b\f\n\r\t";
	char c = r->p[1];
	const char *at = c ? strchr(from, c) : NULL;
	if (c == 'u') {
		r->p += 2;
		return unicode(r, to);
	}
	if (!at)
		return NULL;
	r->p += 2;
	*to++ = as[at - from];
	return to;
}

/* From the quotation mark on; decoded where it stands, for it only becomes shorter. */
static bool string(struct reader *r, const char **text, uint32_t *n)
{
	char *to = ++r->p;
	*text = to;
	for (;;) {
		char *from = r->p;
		while (*r->p != '"' && *r->p != '\\' && *r->p)
			r->p++;
		if (to != from)
			memmove(to, from, (size_t)(r->p - from));
		to += r->p - from;
		if (*r->p == '"')
			break;
		to = *r->p ? escape(r, to) : NULL;
		if (!to)
			return false;
	}
	*n = (uint32_t)(to - *text);
	*to = 0;
	r->p++;
	return true;
}

/* ---- values -------------------------------------------------------------------- */

static bool word(struct reader *r, struct kh_tape_value *v, const char *z, enum kh_tape_kind kind)
{
	size_t n = strlen(z);
	v->kind = kind;
	v->text = r->p;
	if (strncmp(r->p, z, n) != 0)
		return false;
	r->p += n;
	return true;
}

static bool digits(struct reader *r)
{
	char *from = r->p;
	while (*r->p >= '0' && *r->p <= '9')
		r->p++;
	return r->p > from;
}

static bool number(struct reader *r, struct kh_tape_value *v)
{
	v->text = r->p;
	v->kind = KH_TAPE_WHOLE;
	r->p += *r->p == '-';
	if (!digits(r))
		return false;
	if (*r->p == '.') {
		v->kind = KH_TAPE_REAL;
		r->p++;
		if (!digits(r))
			return false;
	}
	if (*r->p == 'e' || *r->p == 'E') {
		v->kind = KH_TAPE_REAL;
		r->p++;
		r->p += *r->p == '-' || *r->p == '+';
		return digits(r);
	}
	return true;
}

static bool open(struct reader *r, struct kh_tape_value *v)
{
	if (r->depth == DEEPEST)
		return false;
	v->kind = *r->p == '{' ? KH_TAPE_OBJECT : KH_TAPE_LIST;
	v->text = r->p++;
	r->open[r->depth++] = (uint32_t)(r->t->n - 1);
	return true;
}

static bool value(struct reader *r, struct kh_tape_value *v)
{
	v->from = offset(r);
	switch (*r->p) {
	case '{':
	case '[':
		return open(r, v);
	case '"':
		v->kind = KH_TAPE_TEXT;
		return string(r, &v->text, &v->n);
	case 't':
		return word(r, v, "true", KH_TAPE_TRUE);
	case 'f':
		return word(r, v, "false", KH_TAPE_FALSE);
	case 'n':
		return word(r, v, "null", KH_TAPE_NULL);
	default:
		return number(r, v);
	}
}

static bool key(struct reader *r, struct kh_tape_value *v)
{
	if (*r->p != '"' || !string(r, &v->key, &v->key_n))
		return false;
	blanks(r);
	if (*r->p != ':')
		return false;
	r->p++;
	blanks(r);
	return true;
}

static bool in_object(const struct reader *r)
{
	return r->depth && r->t->value[r->open[r->depth - 1]].kind == KH_TAPE_OBJECT;
}

static bool closes(const struct reader *r)
{
	return r->depth && *r->p == (in_object(r) ? '}' : ']');
}

/* After a value: all that ends here. False: neither the end nor a comma. */
static bool ends(struct reader *r)
{
	for (blanks(r); closes(r); blanks(r)) {
		struct kh_tape_value *v = &r->t->value[r->open[--r->depth]];
		r->p++;
		v->to = offset(r);
		v->span = (uint32_t)(r->t->n - (size_t)(v - r->t->value));
	}
	if (!r->depth)
		return true;
	if (*r->p != ',')
		return false;
	r->p++;
	blanks(r);
	return true;
}

static bool all(struct reader *r)
{
	blanks(r);
	do {
		struct kh_tape_value *v = push(r);
		if (!v)
			return false;
		v->at = offset(r);
		if ((in_object(r) && !key(r, v)) || !value(r, v))
			return false;
		v->to = offset(r);
		if (v->kind <= KH_TAPE_LIST) {
			blanks(r);
			if (!closes(r))
				continue;
		}
		if (!ends(r))
			return false;
	} while (r->depth);
	return true;
}

enum kh_taped kh_tape_read(struct kh_tape *t, const char *json, size_t n, size_t *wrong)
{
	*wrong = 0;
	if (n >= UINT32_MAX)
		return KH_TAPE_MEMORY;
	if (n >= t->copy_room) {
		free(t->copy);
		t->copy_room = n + n / 2 + 4096;
		t->copy = malloc(t->copy_room);
	}
	if (!t->copy) {
		t->copy_room = 0;
		return KH_TAPE_MEMORY;
	}
	memcpy(t->copy, json, n);
	t->copy[n] = 0;
	t->n = 0;
	struct reader r = {.t = t, .p = t->copy, .begin = t->copy};
	bool fine = all(&r);
	*wrong = offset(&r);
	if (fine && *wrong == n)
		return KH_TAPED;
	return r.memory ? KH_TAPE_MEMORY : *wrong >= n ? KH_TAPE_CUT : KH_TAPE_BAD;
}

void kh_tape_free(struct kh_tape *t)
{
	free(t->value);
	free(t->copy);
	*t = (struct kh_tape){0};
}

/* ---- looking ------------------------------------------------------------------- */

kh_tape_at *kh_tape_first(kh_tape_at *o)
{
	return o && o->kind <= KH_TAPE_LIST && o->span > 1 ? o + 1 : NULL;
}

kh_tape_at *kh_tape_next(kh_tape_at *o, kh_tape_at *v)
{
	v += v->span;
	return v < o + o->span ? v : NULL;
}

kh_tape_at *kh_tape_get(kh_tape_at *o, const char *key)
{
	size_t n = strlen(key);
	if (!o || o->kind != KH_TAPE_OBJECT)
		return NULL;
	for (kh_tape_at *v = o + 1, *end = o + o->span; v < end; v += v->span)
		if (v->key_n == n && memcmp(v->key, key, n) == 0)
			return v;
	return NULL;
}

const char *kh_tape_text(kh_tape_at *v)
{
	return v && v->kind == KH_TAPE_TEXT ? v->text : NULL;
}

const char *kh_tape_word(kh_tape_at *o, const char *key)
{
	return kh_tape_text(kh_tape_get(o, key));
}

int64_t kh_tape_int(kh_tape_at *v)
{
	if (!v || v->kind == KH_TAPE_TRUE)
		return v != NULL;
	return v->kind == KH_TAPE_WHOLE	 ? strtoll(v->text, NULL, 10)
	       : v->kind == KH_TAPE_REAL ? (int64_t)strtod(v->text, NULL)
					 : 0;
}

double kh_tape_real(kh_tape_at *v)
{
	return v && (v->kind == KH_TAPE_WHOLE || v->kind == KH_TAPE_REAL) ? strtod(v->text, NULL)
									  : 0;
}
