/* See entity.h. In: text with '&'. Out: the characters meant, as the HTML standard resolves them.
 */
#include "page/entity.h"

#include "base/str.h"
#include "base/utf8.h"
#include "page/entity_table.h"

/* What the standard makes of the numbers 0x80 to 0x9F: Windows-1252. */
static const uint16_t windows[32] = {
	0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
	0x2039, 0x152,  0x8D,   0x17D,  0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
	0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178,
};

int kh_entity_to_windows(uint32_t c)
{
	for (int i = 0; i < 32; i++)
		if (windows[i] == c)
			return 0x80 + i;
	return c < 0x100 ? (int)c : -1;
}

uint32_t kh_entity_from_windows(unsigned char byte)
{
	return byte >= 0x80 && byte <= 0x9F ? windows[byte - 0x80] : byte;
}

static int digit_of(char c, bool hex)
{
	if (kh_is_digit((unsigned char)c))
		return c - '0';
	c = kh_lower(c);
	return hex && c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static size_t number(kh_str s, size_t at, char *to, unsigned *n)
{
	size_t i = at + 2;
	bool hex = i < s.n && (s.p[i] == 'x' || s.p[i] == 'X');
	i += hex;
	size_t first = i;
	uint32_t c = 0;
	for (int v; i < s.n && (v = digit_of(s.p[i], hex)) >= 0; i++)
		if (c <= 0x10FFFF)
			c = c * (hex ? 16 : 10) + (uint32_t)v;
	if (i == first)
		return 0;
	if (i < s.n && s.p[i] == ';')
		i++;
	if (c >= 0x80 && c <= 0x9F)
		c = windows[c - 0x80];
	if (c == 0 || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
		c = KH_BAD_CHAR;
	*n = kh_utf8_put(c, to);
	return i - at;
}

static unsigned put_hex(const char *p, char *to)
{
	unsigned n = 0;
	uint32_t c = 0;
	for (;; p++) {
		int v = digit_of(*p, true);
		if (v >= 0) {
			c = c * 16 + (uint32_t)v;
			continue;
		}
		n += kh_utf8_put(c, to + n);
		c = 0;
		if (*p != '+')
			return n;
	}
}

struct named {
	size_t length;	   /* of the longest name found */
	const char *value; /* its code points */
	bool bare;	   /* the semicolon may be missing */
};

static void look(struct named *best, const char *row, kh_str s, size_t from)
{
	while (*row) {
		size_t n = 0;
		while (row[n] != ':' && row[n] != '=')
			n++;
		bool bare = row[n] == '=';
		bool fits = n > best->length && from + n <= s.n && memcmp(row, s.p + from, n) == 0;
		if (fits && (bare || (from + n < s.n && s.p[from + n] == ';')))
			*best = (struct named){n, row + n + 1, bare};
		row += n + 1;
		while (*row != ' ')
			row++;
		row++;
	}
}

static size_t first_row(char c)
{
	size_t low = 0, high = KH_COUNT(kh_entity_row);
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (kh_entity_row[mid][0] < c)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static const char *row_after(size_t i)
{
	return i + 1 < KH_COUNT(kh_entity_row) ? kh_entity_row[i + 1] : "";
}

size_t kh_entity_read(kh_str s, size_t at, bool attribute, char to[8], unsigned *n)
{
	struct named best = {0};
	*n = 0;
	if (at + 1 >= s.n)
		return 0;
	if (s.p[at + 1] == '#')
		return number(s, at, to, n);
	if (!kh_is_alpha((unsigned char)s.p[at + 1]) || at + 2 >= s.n)
		return 0;
	const char second = s.p[at + 2];
	for (size_t i = first_row(s.p[at + 1]); i < KH_COUNT(kh_entity_row); i++) {
		const char *row = kh_entity_row[i], *next = row_after(i);
		if (row[0] != s.p[at + 1] || row[1] > second)
			break;
		if (next[0] == row[0] && next[1] < second)
			continue; /* all of this row come before */
		look(&best, kh_entity_row[i], s, at + 1);
	}
	if (!best.length)
		return 0;
	size_t end = at + 1 + best.length;
	bool closed = end < s.n && s.p[end] == ';';
	if (!closed && attribute && end < s.n &&
	    (s.p[end] == '=' || kh_is_alpha((unsigned char)s.p[end]) ||
	     kh_is_digit((unsigned char)s.p[end])))
		return 0;
	*n = put_hex(best.value, to);
	return end + closed - at;
}
