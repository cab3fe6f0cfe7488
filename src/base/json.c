/* See json.h. Bytes that are not UTF-8 are written as U+FFFD, so the output always is. */
#include "base/json.h"

#include "base/str.h"
#include "base/utf8.h"

void kh_out_bytes(struct kh_out *o, kh_str s)
{
	if (s.n && o->n < o->room) {
		size_t left = o->room - o->n;
		memcpy(o->to + o->n, s.p, s.n < left ? s.n : left);
	}
	o->n += s.n;
}

void kh_out_text(struct kh_out *o, const char *z)
{
	kh_out_bytes(o, kh_str_of(z));
}

void kh_out_int(struct kh_out *o, int64_t v)
{
	char b[24];
	unsigned at = sizeof b;
	uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
	do
		b[--at] = (char)('0' + u % 10);
	while (u /= 10);
	if (v < 0)
		b[--at] = '-';
	kh_out_bytes(o, (kh_str){ b + at, sizeof b - at });
}

/* The short escape of a control character, or NULL. */
static const char *short_escape(unsigned char c)
{
	switch (c) {
	case '"':
		return "\\\"";
	case '\\':
		return "\\\\";
	case '\b':
		return "\\b";
	case '\t':
		return "\\t";
	case '\n':
		return "\\n";
	case '\f':
		return "\\f";
	case '\r':
		return "\\r";
	default:
		return NULL;
	}
}

static void escape(struct kh_out *o, kh_str s)
{
	static const char hex[] = "0123456789abcdef";
	size_t from = 0;
	for (size_t i = 0; i < s.n;) {
		unsigned char c = (unsigned char)s.p[i];
		unsigned n = 1;
		if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\') {
			i++;
			continue;
		}
		if (c >= 0x80 && !(kh_utf8_at(s, i, &n) == KH_BAD_CHAR && n == 1)) {
			i += n;
			continue;
		}
		kh_out_bytes(o, kh_str_sub(s, from, i));
		char u[6] = { '\\', 'u', '0', '0', hex[c >> 4], hex[c & 15] };
		if (c >= 0x80)
			kh_out_text(o, "\xEF\xBF\xBD");
		else if (short_escape(c))
			kh_out_text(o, short_escape(c));
		else
			kh_out_bytes(o, (kh_str){ u, 6 });
		from = ++i;
	}
	kh_out_bytes(o, kh_str_sub(s, from, s.n));
}

static void begin(struct kh_out *o, const char *key)
{
	if (o->comma)
		kh_out_text(o, ",");
	o->comma = true;
	if (key) {
		kh_out_text(o, "\"");
		kh_out_text(o, key);
		kh_out_text(o, "\":");
	}
}

void kh_json_open(struct kh_out *o, const char *key, char bracket)
{
	begin(o, key);
	kh_out_bytes(o, (kh_str){ &bracket, 1 });
	o->comma = false;
}

void kh_json_close(struct kh_out *o, char bracket)
{
	kh_out_bytes(o, (kh_str){ &bracket, 1 });
	o->comma = true;
}

void kh_json_str(struct kh_out *o, const char *key, kh_str s)
{
	begin(o, key);
	kh_out_text(o, "\"");
	escape(o, s);
	kh_out_text(o, "\"");
}

void kh_json_strz(struct kh_out *o, const char *key, const char *z)
{
	kh_json_str(o, key, kh_str_of(z));
}

void kh_json_int(struct kh_out *o, const char *key, int64_t v)
{
	begin(o, key);
	kh_out_int(o, v);
}

void kh_json_fixed(struct kh_out *o, const char *key, int64_t v, unsigned decimals)
{
	int64_t unit = 1;
	for (unsigned i = 0; i < decimals; i++)
		unit *= 10;
	begin(o, key);
	if (v < 0)
		kh_out_text(o, "-");
	uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
	kh_out_int(o, (int64_t)(u / (uint64_t)unit));
	uint64_t rest = u % (uint64_t)unit;
	if (rest == 0)
		return;
	kh_out_text(o, ".");
	for (int64_t d = unit / 10; d > 0 && rest; d /= 10) {
		kh_out_int(o, (int64_t)(rest / (uint64_t)d));
		rest %= (uint64_t)d;
	}
}

void kh_json_bool(struct kh_out *o, const char *key, bool v)
{
	begin(o, key);
	kh_out_text(o, v ? "true" : "false");
}

void kh_json_span(struct kh_out *o, const char *key, uint32_t b, uint32_t e)
{
	kh_json_open(o, key, '[');
	kh_json_int(o, NULL, b);
	kh_json_int(o, NULL, e);
	kh_json_close(o, ']');
}
