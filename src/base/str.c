/* See str.h. In: borrowed bytes. Out: answers; nothing is allocated. */
#include "base/str.h"

int kh_str_cmp(kh_str a, kh_str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n ? memcmp(a.p, b.p, n) : 0;
	return c ? c : (a.n > b.n) - (a.n < b.n);
}

bool kh_str_ieq(kh_str a, kh_str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (kh_lower(a.p[i]) != kh_lower(b.p[i]))
			return false;
	return true;
}

bool kh_str_among(kh_str s, const char *words)
{
	for (size_t n; *words; words += n) {
		n = strcspn(words, " ");
		if (n && kh_str_ieq(s, (kh_str){words, n}))
			return true;
		n += words[n] == ' ';
	}
	return false;
}

bool kh_str_starts(kh_str s, const char *z)
{
	size_t n = strlen(z);
	return s.n >= n && memcmp(s.p, z, n) == 0;
}

bool kh_str_istarts(kh_str s, const char *z)
{
	size_t n = strlen(z);
	return s.n >= n && kh_str_ieq((kh_str){s.p, n}, (kh_str){z, n});
}

bool kh_str_ihas(kh_str s, const char *z)
{
	size_t n = strlen(z);
	for (size_t i = 0; i + n <= s.n; i++)
		if (kh_lower(s.p[i]) == *z && kh_str_ieq((kh_str){s.p + i, n}, (kh_str){z, n}))
			return true;
	return false;
}

bool kh_str_ends(kh_str s, const char *z)
{
	size_t n = strlen(z);
	return s.n >= n && memcmp(s.p + s.n - n, z, n) == 0;
}

size_t kh_str_find(kh_str s, kh_str what, size_t from)
{
	if (what.n == 0)
		return from <= s.n ? from : SIZE_MAX;
	for (size_t i = from; i + what.n <= s.n;) {
		const char *hit = memchr(s.p + i, what.p[0], s.n - i - what.n + 1);
		if (!hit)
			return SIZE_MAX;
		i = (size_t)(hit - s.p);
		if (memcmp(hit, what.p, what.n) == 0)
			return i;
		i++;
	}
	return SIZE_MAX;
}

kh_str kh_str_trim(kh_str s)
{
	while (s.n && kh_is_space((unsigned char)s.p[0]))
		s.p++, s.n--;
	while (s.n && kh_is_space((unsigned char)s.p[s.n - 1]))
		s.n--;
	return s;
}

uint32_t kh_str_hash(kh_str s)
{
	uint32_t h = 2166136261u;
	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 16777619u;
	return h;
}

uint32_t kh_str_ihash(kh_str s)
{
	uint32_t h = 2166136261u;
	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)kh_lower(s.p[i])) * 16777619u;
	return h;
}

static uint64_t mix(uint64_t x)
{
	x ^= x >> 30;
	x *= 0xbf58476d1ce4e5b9u;
	x ^= x >> 27;
	x *= 0x94d049bb133111ebu;
	return x ^ (x >> 31);
}

uint64_t kh_str_hash64(kh_str s)
{
	uint64_t h = 0x9e3779b97f4a7c15u ^ mix(s.n);
	size_t i = 0;
	for (; i + 8 <= s.n; i += 8) {
		uint64_t v = 0;
		for (unsigned k = 0; k < 8; k++) /* byte by byte: the same on any machine */
			v |= (uint64_t)(unsigned char)s.p[i + k] << (8 * k);
		h = mix(h ^ v) + 0x9e3779b97f4a7c15u;
	}
	uint64_t v = 0;
	for (unsigned k = 0; i < s.n; i++, k++)
		v |= (uint64_t)(unsigned char)s.p[i] << (8 * k);
	return mix(h ^ v);
}

bool kh_str_number(kh_str s, int64_t *out)
{
	int64_t v = 0;
	unsigned digits = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == ',' && digits && i + 3 < s.n + 0 && kh_is_digit((unsigned char)s.p[i + 1]))
			continue;
		if (!kh_is_digit((unsigned char)s.p[i]) || ++digits > 15)
			return false;
		v = v * 10 + (s.p[i] - '0');
	}
	*out = v;
	return digits > 0;
}

int kh_str_digits(kh_str s, size_t at, size_t n)
{
	int v = 0;
	for (size_t i = at; i < at + n; i++) {
		if (i >= s.n || !kh_is_digit((unsigned char)s.p[i]))
			return -1;
		v = v * 10 + (s.p[i] - '0');
	}
	return v;
}

bool kh_str_line(kh_str text, size_t *at, kh_str *line)
{
	if (*at >= text.n)
		return false;
	const char *nl = memchr(text.p + *at, '\n', text.n - *at);
	size_t end = nl ? (size_t)(nl - text.p) : text.n;
	*line = kh_str_sub(text, *at, end);
	*at = end + 1;
	if (line->n && line->p[line->n - 1] == '\r')
		line->n--;
	return true;
}
