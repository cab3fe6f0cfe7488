/* See encode.h. In: words. Out: hashes of a word and of its pieces. */
#include "read/encode.h"

#include "base/str.h"

void kh_casing_add(struct kh_casing_count *c, kh_str form)
{
	uint32_t upper = 0, lower = 0;
	for (size_t k = 0; k < form.n; k++) {
		upper += kh_is_upper((unsigned char)form.p[k]);
		lower += kh_is_lower((unsigned char)form.p[k]);
	}
	if (c->words++ > 0 && upper + lower >= 4) {
		c->title += kh_is_upper((unsigned char)form.p[0]);
		c->plain += !kh_is_upper((unsigned char)form.p[0]);
	}
	c->upper += upper;
	c->lower += lower;
}

enum kh_casing kh_casing_of(const struct kh_casing_count *c)
{
	if (c->upper == 0 || c->lower * 4 < c->upper)
		return KH_CASE_NONE;
	return c->title >= 3 && c->title >= 7 * c->plain ? KH_CASE_TITLE : KH_CASE_MIXED;
}

enum { SHAPE_UPPER = 1, SHAPE_LOWER, SHAPE_DIGIT, SHAPE_DASH, SHAPE_DOT, SHAPE_QUOTE, SHAPE_OTHER };

/* Runs of capitals, small letters, digits and marks, as a short code; a run counts up to two. */
static uint32_t shape_of(kh_str w, enum kh_casing casing)
{
	uint32_t code = 1, last = 0, run = 0;
	for (size_t i = 0; i < w.n && code < 1u << 24; i++) {
		unsigned char c = (unsigned char)w.p[i];
		uint32_t k = kh_is_upper(c)		   ? SHAPE_UPPER
			     : kh_is_lower(c) || c >= 0x80 ? SHAPE_LOWER
			     : kh_is_digit(c)		   ? SHAPE_DIGIT
			     : c == '-'			   ? SHAPE_DASH
			     : c == '.'			   ? SHAPE_DOT
			     : c == '\''		   ? SHAPE_QUOTE
							   : SHAPE_OTHER;
		if (casing == KH_CASE_NONE && k == SHAPE_UPPER)
			k = SHAPE_LOWER;
		run = k == last ? run + 1 : 0;
		if (run < 2)
			code = code * 8 + k;
		last = k;
	}
	return code * 4 + (uint32_t)casing;
}

/* Small letters into `low`; curly quotation marks and long dashes as their plain kin. */
static size_t plain(kh_str form, char *low, size_t room)
{
	size_t n = 0;
	for (size_t i = 0; i < form.n && n < room;) {
		if (i + 2 < form.n && memcmp(form.p + i, "\xE2\x80", 2) == 0) {
			unsigned char c = (unsigned char)form.p[i + 2];
			char kin = c == 0x98 || c == 0x99   ? '\''
				   : c == 0x9C || c == 0x9D ? '"'
				   : c == 0x93 || c == 0x94 ? '-'
							    : 0;
			if (kin) {
				low[n++] = kin;
				i += 3;
				continue;
			}
		}
		low[n++] = kh_lower(form.p[i++]);
	}
	return n;
}

struct kh_seen kh_seen_of(kh_str form, enum kh_casing casing)
{
	struct kh_seen s;
	char low[48], zero[48];
	size_t n = plain(form, low, sizeof low), at = 0;
	uint32_t piece[KH_PIECES];
	for (size_t i = 0; i < n; i++)
		zero[i] = kh_is_digit((unsigned char)low[i]) ? '0' : low[i];
	s.form = kh_str_hash((kh_str){low, n});
	s.zero = kh_str_hash((kh_str){zero, n});
	kh_str w = {zero, n};
	for (size_t k = 1; k <= 4; k++)
		piece[at++] = kh_str_hash(kh_str_sub(w, n > k ? n - k : 0, n)) + (n <= k);
	for (size_t k = 1; k <= 4; k++)
		piece[at++] = kh_str_hash(kh_str_sub(w, 0, n < k ? n : k));
	piece[at++] = shape_of(form, casing);
	piece[at++] = s.zero;
	for (uint32_t k = 0; k < KH_PIECES; k++)
		s.piece[k] =
			(uint16_t)(kh_mix(k * 0x9E3779B1u + 1, piece[k]) >> (32 - KH_PIECE_BITS));
	return s;
}
