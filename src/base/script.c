/* See script.h. In: characters, ends of texts. Out: what their script is like. */
#include "base/script.h"

#include "base/str.h"

bool kh_script_is_cased(uint32_t c)
{
	return c < 0x590 || (c >= 0x1E00 && c < 0x2000);
}

static bool is_han(uint32_t c)
{
	return (c >= 0x3400 && c < 0xA000) || (c >= 0xF900 && c < 0xFB00) ||
	       (c >= 0x20000 && c < 0x40000);
}

unsigned kh_script_unspaced(uint32_t c)
{
	if (c < 0xE00)
		return 0;
	if (is_han(c) || (c >= 0x3041 && c < 0x3100))
		return 2;
	bool south_east = c < 0xF00 || (c >= 0x1000 && c < 0x10A0) || (c >= 0x1780 && c < 0x1800);
	return south_east ? 4 : 0;
}

unsigned kh_script_weight(uint32_t c)
{
	if (c < 0x1100)
		return 1;
	bool syllable = (c >= 0x3041 && c < 0x3100) || (c >= 0xAC00 && c < 0xD7B0);
	return is_han(c) ? 3 : syllable ? 2 : 1;
}

int kh_script_digit(uint32_t c)
{
	static const uint32_t zero[] = {'0',
					0x660 /* Arabic */,
					0x6F0 /* Persian, Urdu */,
					0x966,
					0x9E6,
					0xA66,
					0xAE6,
					0xB66,
					0xBE6,
					0xC66,
					0xCE6,
					0xD66 /* of Indian scripts */,
					0xE50,
					0xED0,
					0x1040 /* Thai, Lao, Burmese */,
					0xFF10 /* full width */};
	if (c > '9' && c < zero[1])
		return -1;
	for (unsigned i = 0; i < KH_COUNT(zero); i++)
		if (c >= zero[i] && c < zero[i] + 10)
			return (int)(c - zero[i]);
	return -1;
}

/* Bytes of the one of these marks that the text ends with. */
static unsigned ends_in(kh_str s, const char *const *mark, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (kh_str_ends(s, mark[i]))
			return (unsigned)strlen(mark[i]);
	return 0;
}

unsigned kh_script_stop(kh_str s)
{
	static const char *const stop[] = {
		".",
		"\xE3\x80\x82", /* ideographic */
		"\xEF\xBD\xA1", /* the same, half width */
		"\xEF\xBC\x8E", /* full width */
		"\xE0\xA5\xA4", /* danda */
		"\xDB\x94",	/* Arabic, of Urdu */
		"\xD6\x89",	/* Armenian */
		"\xE1\x8D\xA2", /* Ethiopic */
		"\xE1\x81\x8B", /* Burmese */
		"\xE1\x9F\x94", /* Khmer */
	};
	return ends_in(s, stop, KH_COUNT(stop));
}

unsigned kh_script_asks(kh_str s)
{
	static const char *const mark[] = {"?", "!", "\xD8\x9F" /* Arabic */, "\xEF\xBC\x9F",
					   "\xEF\xBC\x81" /* full width */};
	return ends_in(s, mark, KH_COUNT(mark));
}
