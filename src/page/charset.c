/* See charset.h. In: the input's bytes. Out: UTF-8 and segments. A page that is well-formed UTF-8
 * is taken as that, whatever it says of itself; glibc's iconv reads the rest. */
#include "page/charset.h"

#include <iconv.h>

#include "base/str.h"
#include "base/utf8.h"
#include "page/charset_guess.h"
#include "page/entity.h"

#define LOOK 4096 /* bytes at the head of a page in which it may name its charset */

struct decode {
	struct kh_work *w;
	struct kh_decoded d;
	char *to;
	uint32_t n;
};

static void segment(struct decode *x, uint32_t source, uint32_t n_source, uint32_t n_text,
		    bool same)
{
	struct kh_decoded *d = &x->d;
	struct kh_piece *last = d->n_seg ? &d->seg[d->n_seg - 1] : NULL;
	if (same && last && last->n_text == last->n_source &&
	    last->source + last->n_source == source) {
		last->n_text += n_text;
		last->n_source += n_source;
	} else {
		struct kh_piece *p = KH_PUSH(x->w->arena, d->seg, d->n_seg, d->cap_seg);
		*p = (struct kh_piece){x->n, source, n_text, n_source};
	}
	x->n += n_text;
}

/* A byte that no text has: NUL, or one that begins no UTF-8 character. */
static enum kh_note_kind odd(kh_str in, size_t i)
{
	unsigned n;
	if (in.p[i] == 0)
		return KH_NOTE_NUL;
	return kh_utf8_at(in, i, &n) == KH_BAD_CHAR && n == 1 ? KH_NOTE_BAD_UTF8 : KH_NOTE_NONE;
}

/* One byte of Windows-1252 among letters of UTF-8 ("K\xF6ln"), as pages put together of several
 * sources have it: the bytes that it is in UTF-8; 0: it is damage of another kind. */
static unsigned stray(kh_str in, size_t i, char to[4])
{
	unsigned char c = (unsigned char)in.p[i];
	bool before = i && (unsigned char)in.p[i - 1] >= 0x80;
	bool after = i + 1 < in.n && (unsigned char)in.p[i + 1] >= 0x80;
	uint32_t means = kh_entity_from_windows(c);
	if (before || after || means < 0xA0)
		return 0;
	return kh_utf8_put(means, to);
}

static void as_utf8(struct decode *x, kh_str in, size_t from)
{
	size_t zero = from; /* the next NUL, or the end; looked for once */
	for (size_t i = from; i < in.n;) {
		if (zero < i || zero == from) {
			const char *p = memchr(in.p + i, 0, in.n - i);
			zero = p ? (size_t)(p - in.p) : in.n;
		}
		size_t good = kh_utf8_check(kh_str_sub(in, i, zero));
		if (good) {
			memcpy(x->to + x->n, in.p + i, good);
			segment(x, (uint32_t)i, (uint32_t)good, (uint32_t)good, true);
			i += good;
			continue;
		}
		enum kh_note_kind kind = odd(in, i);
		size_t run = i; /* neighbours are one note and one segment */
		while (run < in.n && odd(in, run) == kind)
			run++;
		kh_doc_note(x->w, KH_NONE, kind, (kh_span){(uint32_t)i, (uint32_t)run}, true);
		unsigned n = kind == KH_NOTE_BAD_UTF8 ? stray(in, i, x->to + x->n) : 0;
		if (!n) {
			memcpy(x->to + x->n, "\xEF\xBF\xBD", 3);
			n = 3;
		}
		segment(x, (uint32_t)i, (uint32_t)(run - i), n, false);
		i = run;
	}
}

/* Character by character through iconv; what it refuses becomes U+FFFD. The room for the text is
 * taken before, so that nothing leaves by the door while the converter is open: segments are
 * counted first and pushed after. */
static void by_iconv(struct decode *x, kh_str in, size_t from, iconv_t cd, uint16_t *step,
		     bool plain)
{
	size_t n_step = 0, i = from, n = 0;
	while (i < in.n) {
		if (plain && in.p[i] &&
		    (unsigned char)in.p[i] < 0x80) { /* where a character begins, ASCII is itself */
			x->to[n++] = in.p[i++];
			step[n_step++] = 0x0101;
			continue;
		}
		char *src = (char *)(uintptr_t)(in.p + i), *dst = x->to + n;
		size_t left = in.n - i, want = 1, room;
		if ((unsigned char)in.p[i] < 0x80 && n_step && step[n_step - 1] == 0x0101)
			want = 1;
		for (;; want++) { /* the least number of bytes that makes a character */
			src = (char *)(uintptr_t)(in.p + i);
			size_t give = want < left ? want : left;
			room = 8;
			size_t r = iconv(cd, &src, &give, &dst, &room);
			if (dst > x->to + n || (r != (size_t)-1 && src > in.p + i) || want >= 8 ||
			    want >= left)
				break;
		}
		size_t used = (size_t)(src - (in.p + i)), made = (size_t)(dst - (x->to + n));
		if ((!used && !made) || (made == 1 && !x->to[n])) { /* refused, or a NUL */
			memcpy(x->to + n, "\xEF\xBF\xBD", 3);
			used = used ? used : 1;
			made = 3;
			iconv(cd, NULL, NULL, NULL, NULL);
		}
		step[n_step++] = (uint16_t)(used << 8 | made);
		i += used;
		n += made;
	}
	step[n_step] = 0;
}

static bool says(kh_str told, const char *first)
{
	size_t n = strlen(first);
	return told.n >= n && kh_str_ieq(kh_str_sub(told, 0, n), (kh_str){first, n});
}

/* Charsets in which what a byte is depends on more than the character that it begins. */
static bool has_states(const char *name)
{
	static const char *const list[] = {"utf",  "ucs",  "10646", "2022",   "1255",
					   "1258", "tcvn", "hz",    "ebcdic", "unicode"};
	kh_str s = kh_str_of(name);
	for (size_t k = 0; k < KH_COUNT(list); k++)
		for (size_t i = 0, n = strlen(list[k]); i + n <= s.n; i++)
			if (kh_str_ieq(kh_str_sub(s, i, i + n), (kh_str){list[k], n}))
				return true;
	return false;
}

static bool convert(struct decode *x, kh_str in, size_t from, const char *name)
{
	uint16_t *step = kh_arena_bytes(x->w->arena, (in.n + 2) * sizeof *step);
	iconv_t cd = iconv_open("UTF-8", name);
	if (cd == (iconv_t)-1)
		return false;
	by_iconv(x, in, from, cd, step, !has_states(name));
	iconv_close(cd);
	for (size_t i = from; *step; step++) {
		uint32_t used = (uint32_t)(*step >> 8), made = (uint32_t)(*step & 255);
		segment(x, (uint32_t)i, used, made, used == made && x->to[x->n] == in.p[i]);
		i += used;
	}
	return true;
}

static const struct {
	const char *label, *name;
} labels[] = {
	{"iso-8859-1", "CP1252"},
	{"iso8859-1", "CP1252"},
	{"latin1", "CP1252"},
	{"us-ascii", "CP1252"},
	{"ascii", "CP1252"},
	{"windows-1252", "CP1252"},
	{"iso-8859-9", "CP1254"},
	{"gb2312", "GB18030"},
	{"gbk", "GB18030"},
	{"x-gbk", "GB18030"},
	{"shift_jis", "CP932"},
	{"shift-jis", "CP932"},
	{"x-sjis", "CP932"},
	{"sjis", "CP932"},
	{"euc-kr", "CP949"},
	{"ks_c_5601-1987", "CP949"},
	{"big5", "BIG5-HKSCS"},
	{"iso-8859-11", "CP874"},
	{"tis-620", "CP874"},
	{"utf-16", "UTF-16LE"},
	{"x-mac-roman", "MACINTOSH"},
	{"iso_8859-1", "CP1252"},
	{"l1", "CP1252"},
	{"cp1252", "CP1252"},
	{"x-cp1252", "CP1252"},
	{"x-cp1250", "CP1250"},
	{"x-cp1251", "CP1251"},
	{"latin5", "CP1254"},
	{"iso8859-9", "CP1254"},
	{"gb_2312-80", "GB18030"},
	{"chinese", "GB18030"},
	{"cp936", "GB18030"},
	{"cn-big5", "BIG5-HKSCS"},
	{"x-x-big5", "BIG5-HKSCS"},
	{"korean", "CP949"},
	{"ksc5601", "CP949"},
	{"windows-949", "CP949"},
	{"ks_c_5601", "CP949"},
	{"x-euc-jp", "EUC-JP"},
	{"ms_kanji", "CP932"},
	{"x-mac-cyrillic", "MAC-CYRILLIC"},
	{"x-mac-ukrainian", "MAC-UK"},
	{"dos-874", "CP874"},
	{"koi", "KOI8-R"},
	{"iso-8859-8-i", "CP1255"},
	{"iso-8859-8", "CP1255"},
	{"logical", "CP1255"},
	{"visual", "ISO-8859-8"},
};

/* The name glibc has for a label of the encoding standard; the rest go as they are. */
static const char *known(kh_str label, char room[32])
{
	label = kh_str_trim(label);
	for (size_t i = 0; i < KH_COUNT(labels); i++)
		if (kh_str_ieq(label, kh_str_of(labels[i].label)))
			return labels[i].name;
	if (!label.n || label.n > 30)
		return NULL;
	memcpy(room, label.p, label.n);
	room[label.n] = 0;
	return strchr(room, '/') ? NULL : room; /* "//TRANSLIT" is not for pages to ask */
}

/* Does a page that says UTF-8 and breaks its rules hold it all the same, here and there damaged?
 * Its characters of several bytes outnumber the bytes that are none. */
static bool mostly_utf8(kh_str in)
{
	size_t good = 0, bad = 0;
	unsigned n;
	for (size_t i = 0; i < in.n; i += n) {
		n = 1;
		if ((unsigned char)in.p[i] < 0x80)
			continue;
		bool broken = kh_utf8_at(in, i, &n) == KH_BAD_CHAR && n == 1;
		bad += broken;
		good += !broken;
	}
	return good >= bad;
}

/* "charset=…" or "encoding=…" in the head of the page. */
static kh_str said(kh_str in)
{
	static const char *const key[] = {"charset", "encoding"};
	kh_str head = in.n > LOOK ? kh_str_sub(in, 0, LOOK) : in;
	for (size_t k = 0; k < KH_COUNT(key); k++) {
		size_t n = strlen(key[k]);
		for (size_t i = 0; i + n < head.n; i++) {
			if (!kh_str_ieq(kh_str_sub(head, i, i + n), (kh_str){key[k], n}))
				continue;
			size_t at = i + n;
			while (at < head.n && kh_is_space((unsigned char)head.p[at]))
				at++;
			if (at >= head.n || head.p[at] != '=')
				continue;
			at++;
			while (at < head.n && (kh_is_space((unsigned char)head.p[at]) ||
					       head.p[at] == '"' || head.p[at] == '\''))
				at++;
			size_t end = at;
			while (end < head.n && !strchr(" \t\r\n\"'>;/?", head.p[end]))
				end++;
			if (end > at)
				return kh_str_sub(head, at, end);
		}
	}
	return (kh_str){0};
}

/* UTF-16 without a mark: every other byte of mark-up is zero, none of the rest. */
static const char *wide(kh_str in)
{
	size_t n = in.n < 512 ? in.n & ~(size_t)1 : 512, even = 0, odd = 0;
	for (size_t i = 0; i < n; i += 2) {
		even += in.p[i] == 0;
		odd += in.p[i + 1] == 0;
	}
	if (n < 4)
		return NULL;
	return odd * 8 > n && !even ? "UTF-16LE" : even * 8 > n && !odd ? "UTF-16BE" : NULL;
}

static void guessed(struct kh_work *w, size_t at)
{
	kh_doc_note(w, KH_NONE, KH_NOTE_CHARSET, (kh_span){(uint32_t)at, (uint32_t)at + 1}, true);
}

/* By the mark at its head, or the zeros of UTF-16; *skip: bytes of the mark. */
static const char *by_mark(struct kh_work *w, kh_str in, size_t *skip)
{
	if (kh_str_starts(in, "\xEF\xBB\xBF")) {
		*skip = 3;
		return NULL;
	}
	if (kh_str_starts(in, "\xFF\xFE") || kh_str_starts(in, "\xFE\xFF")) {
		*skip = 2;
		return in.p[0] == '\xFF' ? "UTF-16LE" : "UTF-16BE";
	}
	const char *name = wide(in);
	if (name) /* a guess, so it is said */
		kh_doc_note(w, KH_NONE, KH_NOTE_CHARSET, (kh_span){0, 2}, true);
	return name;
}

/* By what the carrier told, what the page says, else a guess; NULL: UTF-8. `fine`: the bytes are
 * UTF-8 all the same (only escapes make them another charset). */
static const char *by_name(struct kh_work *w, bool fine, char room[32])
{
	kh_str in = w->input->bytes;
	kh_str told = w->input->charset.n ? w->input->charset : said(in);
	size_t good = kh_utf8_check(in);
	bool sure, utf8 = says(told, "utf");
	const char *name = known(told, room);
	if (fine)
		return says(told, "iso-2022")				? name
		       : kh_str_find(in, KH_S("\x1B$B"), 0) != SIZE_MAX ? "ISO-2022-JP"
									: NULL;
	if ((utf8 || !told.n) && mostly_utf8(in))
		return NULL;
	bool western = name && strcmp(name, "CP1252") == 0;
	if (name && !utf8 && !western)
		return name;
	const char *looks = kh_charset_guess(in, good, &sure);
	if (western && !(looks && sure))
		return name;
	guessed(w, good);
	return looks ? looks : "CP1252";
}

struct kh_decoded kh_charset_decode(struct kh_work *w)
{
	kh_str in = w->input->bytes;
	char room[32];
	size_t skip = 0;
	const char *name = by_mark(w, in, &skip);
	bool fine = !name && kh_utf8_check(kh_str_sub(in, skip, in.n)) == in.n - skip;
	bool shifted = fine && memchr(in.p, 0x1B, in.n); /* ISO-2022: escapes look like ASCII */
	if (fine && !skip && !shifted && !memchr(in.p, 0, in.n))
		return (struct kh_decoded){.text = in};
	struct decode x = {.w = w, .to = kh_arena_bytes(w->arena, in.n * 3 + 16)};
	if (!name && !skip && (!fine || shifted))
		name = by_name(w, fine, room);
	if (name && !convert(&x, in, skip, name)) {
		kh_doc_note(w, KH_NONE, KH_NOTE_CHARSET, (kh_span){0, 0}, true);
		bool sure;
		name = NULL; /* no such charset */
		if (!fine && !mostly_utf8(in)) {
			const char *looks = kh_charset_guess(in, skip, &sure);
			looks = looks ? looks : "CP1252";
			name = convert(&x, in, skip, looks) ? looks : NULL;
		}
	}
	if (!name)
		as_utf8(&x, in, skip);
	x.d.text = (kh_str){x.to, x.n};
	return x.d;
}

static const struct kh_piece *seg_at(const struct kh_decoded *d, uint32_t at)
{
	uint32_t low = 0, high = d->n_seg;
	while (low + 1 < high) {
		uint32_t mid = low + (high - low) / 2;
		if (d->seg[mid].text <= at)
			low = mid;
		else
			high = mid;
	}
	return &d->seg[low];
}

kh_span kh_charset_source(const struct kh_decoded *d, kh_span s)
{
	if (!d->n_seg)
		return s;
	const struct kh_piece *a = seg_at(d, s.begin);
	const struct kh_piece *b = seg_at(d, s.end > s.begin ? s.end - 1 : s.begin);
	kh_span out = {a->source, b->source + b->n_source};
	if (a->n_text == a->n_source)
		out.begin = a->source + kh_min32(s.begin - a->text, a->n_source);
	if (b->n_text == b->n_source)
		out.end = b->source + kh_min32(s.end - b->text, b->n_source);
	return out.end < out.begin ? (kh_span){out.begin, out.begin} : out;
}
