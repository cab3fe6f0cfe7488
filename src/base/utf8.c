/* See utf8.h. Classes are coarse on purpose: they steer splitting, they do not define scripts. */
#include "base/utf8.h"

#include "base/str.h"

static unsigned length_of(unsigned char c)
{
	return c < 0x80 ? 1 : c < 0xC2 ? 0 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : c < 0xF5 ? 4 : 0;
}

uint32_t kh_utf8_at(kh_str s, size_t at, unsigned *n)
{
	const unsigned char *p = (const unsigned char *)s.p + at;
	unsigned len = length_of(*p);
	static const uint32_t least[5] = { 0, 0, 0x80, 0x800, 0x10000 };
	*n = 1;
	if (len == 1)
		return *p;
	if (len == 0 || at + len > s.n)
		return KH_BAD_CHAR;
	uint32_t c = *p & (0xFFu >> (len + 1));
	for (unsigned i = 1; i < len; i++) {
		if ((p[i] & 0xC0) != 0x80)
			return KH_BAD_CHAR;
		c = c << 6 | (p[i] & 0x3F);
	}
	if (c < least[len] || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
		return KH_BAD_CHAR;
	*n = len;
	return c;
}

unsigned kh_utf8_put(uint32_t c, char to[4])
{
	unsigned char *p = (unsigned char *)to;
	if (c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
		c = KH_BAD_CHAR;
	if (c < 0x80) {
		p[0] = (unsigned char)c;
		return 1;
	}
	if (c < 0x800) {
		p[0] = (unsigned char)(0xC0 | c >> 6);
		p[1] = (unsigned char)(0x80 | (c & 0x3F));
		return 2;
	}
	if (c < 0x10000) {
		p[0] = (unsigned char)(0xE0 | c >> 12);
		p[1] = (unsigned char)(0x80 | (c >> 6 & 0x3F));
		p[2] = (unsigned char)(0x80 | (c & 0x3F));
		return 3;
	}
	p[0] = (unsigned char)(0xF0 | c >> 18);
	p[1] = (unsigned char)(0x80 | (c >> 12 & 0x3F));
	p[2] = (unsigned char)(0x80 | (c >> 6 & 0x3F));
	p[3] = (unsigned char)(0x80 | (c & 0x3F));
	return 4;
}

size_t kh_utf8_check(kh_str s)
{
	const uint64_t beyond_ascii = 0x8080808080808080;
	for (size_t i = 0; i < s.n;) {
		unsigned n;
		uint64_t eight;
		if ((unsigned char)s.p[i] < 0x80) {
			for (i++; i + sizeof eight <= s.n; i += sizeof eight) {
				memcpy(&eight, s.p + i, sizeof eight);
				if (eight & beyond_ascii)
					break;
			}
			continue;
		}
		if (kh_utf8_at(s, i, &n) == KH_BAD_CHAR && n == 1)
			return i;
		i += n;
	}
	return s.n;
}

bool kh_utf8_is_space(uint32_t c)
{
	return (c < 0x80 && kh_is_space((unsigned char)c)) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
	       (c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
	       c == 0x205F || c == 0x3000 || c == 0xFEFF;
}

bool kh_utf8_is_letter(uint32_t c)
{
	if (c < 0x80)
		return kh_is_alpha((unsigned char)c);
	if (c == 0xAA || c == 0xB5 || c == 0xBA)
		return true;
	if (c < 0xC0 || c == 0xD7 || c == 0xF7)
		return false;
	if (c >= 0x2000 && c < 0x2C00)
		return c >= 0x2100 && c < 0x2190;
	return !(c >= 0x3000 && c < 0x3041) && !(c >= 0xE000 && c < 0xF900) && c != 0xFEFF &&
	       !(c >= 0xFE00 && c < 0xFE70) && !(c >= 0xFF00 && c < 0xFF21) && c < 0x1F000;
}

uint32_t kh_utf8_lower(uint32_t c)
{
	if (c < 0x80)
		return c >= 'A' && c <= 'Z' ? c + 32 : c;
	if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9) ||
	    (c >= 0x410 && c <= 0x42F))
		return c + 32;
	if (c >= 0x400 && c <= 0x40F)
		return c + 80;
	if (c >= 0x531 && c <= 0x556)
		return c + 48;
	if (c == 0x130)
		return 'i';
	if (c == 0x178)
		return 0xFF;
	if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E))
		return c & 1 ? c + 1 : c;
	if ((c >= 0x100 && c <= 0x177) || (c >= 0x460 && c <= 0x481) || (c >= 0x48A && c <= 0x4BF) ||
	    (c >= 0x4D0 && c <= 0x52F) || (c >= 0x1E00 && c <= 0x1E95) || (c >= 0x1EA0 && c <= 0x1EFF))
		return c | 1;
	return c;
}

bool kh_utf8_is_upper(uint32_t c)
{
	return kh_utf8_lower(c) != c;
}

bool kh_utf8_is_quote(uint32_t c)
{
	return c == '"' || (c >= 0x2018 && c <= 0x201F) || c == 0xAB || c == 0xBB || c == 0x2039 ||
	       c == 0x203A || c == 0x300C || c == 0x300D;
}

bool kh_utf8_is_dash(uint32_t c)
{
	return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}
