/* See json_tree.h. In: JSON, or what a page takes for it. Out: values. json-c refuses what many
 * pages hold in ld+json and keeps no offsets; its memory would be lost when ours runs out. */
#include "page/json_tree.h"

#include "base/str.h"
#include "base/utf8.h"

enum { DEEPEST = 128, MOST = 1 << 18 };

static size_t string_end(kh_str s, size_t i)
{
	while (i < s.n && s.p[i] != '"')
		i += s.p[i] == '\\' ? 2 : 1;
	return i < s.n ? i : s.n;
}

static uint32_t push(struct kh_jtree *t, uint32_t parent, kh_str *key, char kind, kh_str raw)
{
	struct kh_jvalue *v = KH_PUSH(t->arena, t->value, t->n, t->cap);
	*v = (struct kh_jvalue){*key, raw, parent, t->n, kind};
	*key = (kh_str){0};
	return t->n - 1;
}

static size_t blank(kh_str s, size_t i)
{
	while (i < s.n && kh_is_space((unsigned char)s.p[i]))
		i++;
	return i;
}

void kh_json_read(struct kh_jtree *t, kh_str s)
{
	uint32_t stack[DEEPEST], depth = 0;
	kh_str key = {0};
	for (size_t i = 0; i < s.n && t->n < MOST;) {
		char c = s.p[i];
		uint32_t up = depth ? stack[depth - 1] : KH_NONE;
		if (c == '{' || c == '[') {
			uint32_t v = push(t, up, &key, c, kh_str_sub(s, i, i));
			if (depth == DEEPEST)
				break;
			stack[depth++] = v;
			i++;
		} else if (c == '}' || c == ']') {
			if (depth)
				t->value[stack[--depth]].end = t->n;
			i++;
		} else if (c == '"') {
			size_t end = string_end(s, i + 1),
			       next = blank(s, end + 1 < s.n ? end + 1 : s.n);
			kh_str raw = kh_str_sub(s, i + 1, end);
			bool is_key = up != KH_NONE && t->value[up].kind == '{' && next < s.n &&
			              s.p[next] == ':';
			if (is_key && !key.p)
				key = raw;
			else
				push(t, up, &key, '"', raw);
			i = is_key ? next + 1 : end + 1;
		} else if (kh_is_alpha((unsigned char)c) || kh_is_digit((unsigned char)c) ||
		           c == '-') {
			size_t from = i;
			while (i < s.n && !strchr(",]} \t\r\n", s.p[i]))
				i++;
			push(t, up, &key, 'v', kh_str_sub(s, from, i));
		} else {
			i++;
		}
	}
	while (depth)
		t->value[stack[--depth]].end = t->n;
}

uint32_t kh_json_member(const struct kh_jtree *t, uint32_t object, const char *key)
{
	uint32_t end = t->value[object].end;
	if (t->value[object].kind != '{')
		return KH_NONE;
	for (uint32_t i = object + 1; i < end; i = t->value[i].end)
		if (kh_str_is(t->value[i].key, key))
			return i;
	return KH_NONE;
}

static uint32_t hex4(kh_str s, size_t i)
{
	uint32_t v = 0;
	for (size_t k = i; k < i + 4; k++) {
		char c = k < s.n ? kh_lower(s.p[k]) : 'x';
		if (kh_is_digit((unsigned char)c))
			v = v * 16 + (uint32_t)(c - '0');
		else if (c >= 'a' && c <= 'f')
			v = v * 16 + (uint32_t)(c - 'a' + 10);
		else
			return KH_BAD_CHAR;
	}
	return v;
}

static size_t escape(kh_str s, size_t i, char *to, size_t *n)
{
	static const char from[] = "bfnrt", as[] = " \n\n\n\t";
	char c = i + 1 < s.n ? s.p[i + 1] : ' ';
	const char *at = strchr(from, c);
	if (c != 'u') {
		to[(*n)++] = at ? as[at - from] : c;
		return i + 2;
	}
	uint32_t v = hex4(s, i + 2);
	size_t used = 6;
	if (v >= 0xD800 && v < 0xDC00 && i + 7 < s.n && s.p[i + 6] == '\\' && s.p[i + 7] == 'u') {
		uint32_t low = hex4(s, i + 8);
		v = 0x10000 + ((v - 0xD800) << 10) + ((low - 0xDC00) & 0x3FF);
		used = 12;
	}
	*n += kh_utf8_put(v, to + *n);
	return i + used;
}

kh_str kh_json_text(const struct kh_jtree *t, uint32_t value)
{
	kh_str s = t->value[value].raw;
	if (!memchr(s.p, '\\', s.n))
		return s;
	char *to = kh_arena_bytes(t->arena, s.n + 16);
	size_t n = 0;
	for (size_t i = 0; i < s.n;) {
		if (s.p[i] == '\\')
			i = escape(s, i, to, &n);
		else
			to[n++] = s.p[i++];
	}
	return (kh_str){to, n};
}
