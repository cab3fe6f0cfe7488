/* Borrowed strings: comparing, hashing, folding, small numbers. ASCII only where it says so. */
#ifndef KH_STR_H
#define KH_STR_H

#include "base/base.h"

#define KH_S(lit) ((kh_str){ (lit), sizeof(lit) - 1 })

static inline kh_str kh_str_of(const char *z)
{
	return (kh_str){ z, strlen(z) };
}

static inline kh_str kh_str_sub(kh_str s, size_t begin, size_t end)
{
	return (kh_str){ s.p + begin, end - begin };
}

static inline bool kh_str_eq(kh_str a, kh_str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool kh_str_is(kh_str a, const char *z)
{
	return kh_str_eq(a, kh_str_of(z));
}

static inline bool kh_is_upper(unsigned char c)
{
	return c >= 'A' && c <= 'Z';
}

static inline bool kh_is_lower(unsigned char c)
{
	return c >= 'a' && c <= 'z';
}

static inline bool kh_is_digit(unsigned char c)
{
	return c >= '0' && c <= '9';
}

static inline bool kh_is_alpha(unsigned char c)
{
	return kh_is_upper(c) || kh_is_lower(c);
}

static inline bool kh_is_space(unsigned char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline char kh_lower(char c)
{
	return kh_is_upper((unsigned char)c) ? (char)(c + 32) : c;
}

static inline uint32_t kh_mix(uint32_t h, uint32_t v) /* one more number into a hash */
{
	h ^= v + 0x9E3779B9u + (h << 6) + (h >> 2);
	return h * 0x85EBCA6Bu;
}

int kh_str_cmp(kh_str a, kh_str b);         /* by bytes: <0, 0, >0 */
bool kh_str_ieq(kh_str a, kh_str b);        /* equal, ASCII case folded */
bool kh_str_among(kh_str s, const char *words); /* one of those, which blanks split; as ieq */
bool kh_str_starts(kh_str s, const char *z);
bool kh_str_istarts(kh_str s, const char *z); /* ASCII case folded, as ihas */
bool kh_str_ihas(kh_str s, const char *z);    /* somewhere; z in lower case */
bool kh_str_ends(kh_str s, const char *z);
size_t kh_str_find(kh_str s, kh_str what, size_t from); /* SIZE_MAX: absent */
kh_str kh_str_trim(kh_str s);               /* ASCII white space off both ends */
uint32_t kh_str_hash(kh_str s);             /* FNV-1a, 32 bits */
uint32_t kh_str_ihash(kh_str s);            /* the same with ASCII case folded */
uint64_t kh_str_hash64(kh_str s);           /* for ids: two mixed 64-bit lanes */
bool kh_str_number(kh_str s, int64_t *out); /* digits with thousands commas */
int kh_str_digits(kh_str s, size_t at, size_t n); /* the number that n digits at `at` make; -1 */
/* The line at *at, without CR and LF; *at moves behind it. False at the end of the text. */
bool kh_str_line(kh_str text, size_t *at, kh_str *line);

#endif
