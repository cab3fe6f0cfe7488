/* See charset_guess.h. In: bytes that are no UTF-8. Out: a name. East Asian charsets are tried by
 * what their characters are; those of one byte a letter by how often which byte stands, against the
 * letters that languages write. */
#include "page/charset_guess.h"

#include <errno.h>
#include <iconv.h>

#include "base/str.h"
#include "base/utf8.h"

enum {
	SAMPLE = 1 << 16, /* bytes looked at */
	FEW = 8,	  /* letters that tell nothing */
	MANY = 16,	  /* letters that may overrule what a page says */
	GOOD = 1300,	  /* thousandths of points a letter; the right charset has 2000 and more */
	BETTER = 400	  /* by which another must be better than Western */
};

struct sample {
	kh_str s;
	uint32_t all[128], mid[128]; /* bytes above 127; of these, those behind a letter */
	uint32_t n, pairs;	     /* of them, and of those behind one of them */
};

static bool is_letter(unsigned char c)
{
	return c >= 0x80 || kh_is_alpha(c);
}

static struct sample take(kh_str in, size_t from)
{
	struct sample x = {.n = 0};
	while (from < in.n && (unsigned char)in.p[from] < 0x80)
		from++;
	x.s = kh_str_sub(in, from, from + SAMPLE < in.n ? from + SAMPLE : in.n);
	for (size_t i = 0; i < x.s.n; i++) {
		unsigned char c = (unsigned char)x.s.p[i],
			      before = i ? (unsigned char)x.s.p[i - 1] : 0;
		if (c < 0x80)
			continue;
		x.n++;
		x.pairs += before >= 0x80;
		x.all[c & 127]++;
		x.mid[c & 127] += is_letter(before);
	}
	return x;
}

/* ---- several bytes a character ------------------------------------------- */

enum kind { OTHER, KANA, HANGUL, HAN, COMMON };

static bool among(uint32_t c, const char *z)
{
	kh_str s = kh_str_of(z);
	unsigned n;
	for (size_t i = 0; i < s.n; i += n)
		if (kh_utf8_at(s, i, &n) == c)
			return true;
	return false;
}

/* The commonest characters of Chinese, as both scripts write them and as only one does. */
#define BOTH                                                                                       \
	"的一是不了在人有我他大中上到以就出可也你年而子"                    \
	"那得着自之后作里用道行所然家事成方多去法"
#define SIMPLIFIED                                                                                 \
	"这个们来为国说时要会对生能于过"                                            \
	"发学动同经现开问应关东政军报长"
#define TRADITIONAL                                                                                \
	"這個們來為國說時要會對生能於過"                                            \
	"發學動同經現開問應關東政軍報長"

static bool is_common(uint32_t c, bool simplified)
{
	return among(c, BOTH) || among(c, simplified ? SIMPLIFIED : TRADITIONAL);
}

static enum kind kind_of(uint32_t c, bool simplified)
{
	if (c >= 0x3041 && c <= 0x30FE)
		return KANA;
	if (c >= 0xAC00 && c <= 0xD7A3)
		return HANGUL;
	if (c >= 0x4E00 && c <= 0x9FFF)
		return is_common(c, simplified) ? COMMON : HAN;
	return OTHER;
}

struct counts {
	uint32_t of[COMMON + 1], wrong, n;
};

static void count(struct counts *k, const unsigned char *p, size_t n, bool simplified)
{
	for (size_t i = 0; i + 4 <= n; i += 4) {
		uint32_t c = p[i] | (uint32_t)p[i + 1] << 8 | (uint32_t)p[i + 2] << 16;
		if (c < 0x80)
			continue;
		k->n++;
		k->of[kind_of(c, simplified)]++;
	}
}

static struct counts read_as(kh_str s, const char *name, bool simplified)
{
	struct counts k = {.n = 0};
	iconv_t cd = iconv_open("UTF-32LE", name);
	if (cd == (iconv_t)-1)
		return k;
	char *src = (char *)(uintptr_t)s.p;
	size_t left = s.n;
	while (left) {
		char room[4096], *dst = room;
		size_t space = sizeof room;
		size_t r = iconv(cd, &src, &left, &dst, &space);
		int why = errno;
		count(&k, (unsigned char *)room, (size_t)(dst - room), simplified);
		if (r != (size_t)-1 || why == EINVAL)
			break;
		if (why == EILSEQ) {
			k.wrong++;
			src++;
			left--;
			iconv(cd, NULL, NULL, NULL, NULL);
		}
	}
	iconv_close(cd);
	return k;
}

/* Points of an East Asian charset, in thousandths of its characters. */
static uint32_t east(const struct sample *x, const char *name, enum kind wanted, bool simplified)
{
	struct counts k = read_as(x->s, name, simplified);
	if (k.n < FEW || k.wrong * 50 > k.n)
		return 0;
	uint32_t share = k.of[wanted] * 1000 / k.n;
	switch (wanted) {
	case KANA: /* half of Japanese, none of the others */
		return share >= 250 ? 1000 + share : 0;
	case HANGUL:
		return share >= 800 ? 1000 + share : 0;
	default: /* an eighth of Chinese and more */
		return share >= 80 && k.of[KANA] * 10 < k.n && k.of[HANGUL] * 10 < k.n
			       ? 1000 + share
			       : 0;
	}
}

static const char *many_bytes(const struct sample *x)
{
	static const struct {
		const char *name;
		enum kind wanted;
		bool simplified;
	} list[] = {{"EUC-JP", KANA, false},
		    {"CP932", KANA, false},
		    {"CP949", HANGUL, false},
		    {"GB18030", COMMON, true},
		    {"BIG5-HKSCS", COMMON, false}};
	const char *best = NULL;
	uint32_t most = 0;
	for (size_t i = 0; i < KH_COUNT(list); i++) {
		uint32_t points = east(x, list[i].name, list[i].wanted, list[i].simplified);
		if (points > most) {
			most = points;
			best = list[i].name;
		}
	}
	return best;
}

/* ---- one byte a letter --------------------------------------------------- */

#define CYRILLIC "оеаинтсрвлкмдпуяіћј"
#define ARABIC "اليمنوترهبعدفسكحقجشأ"
#define GREEK "αοιετσνηυρκπμλςίάόέήώύ"
#define POLISH "ąćęłńóśźż"
#define CZECH "áčďéěíňóřšťúůýž"
#define SLOVAK "áäčďéíľňóôŕšťúýž"
#define MAGYAR "áéíóöőúüű"

static const struct tongue {
	const char *charset, *letters; /* Western ones first: of two as good the first is taken */
	uint16_t first, last;	       /* other letters of the script, if it is not Latin */
} tongues[] = {
	{"CP1252", "äöüß", 0, 0},
	{"CP1252", "àâçéèêëîïôœùûü", 0, 0},
	{"CP1252", "áéíñóúüªº", 0, 0},
	{"CP1252", "áàâãçéêíóôõúü", 0, 0},
	{"CP1252", "àèéìíòóù", 0, 0},
	{"CP1252", "åäöæøéüõšž", 0, 0},
	{"MACINTOSH", "äöüß", 0, 0},
	{"MACINTOSH", "àâçéèêëîïôœùûü", 0, 0},
	{"CP1250", POLISH, 0, 0},
	{"CP1250", CZECH, 0, 0},
	{"CP1250", SLOVAK, 0, 0},
	{"CP1250", MAGYAR, 0, 0},
	{"CP1250", "ăâîşţ", 0, 0},
	{"CP1250", "čćđšž", 0, 0},
	{"ISO-8859-2", POLISH, 0, 0},
	{"ISO-8859-2", CZECH, 0, 0},
	{"ISO-8859-2", SLOVAK, 0, 0},
	{"ISO-8859-2", MAGYAR, 0, 0},
	{"CP1254", "çğıöşüİâ", 0, 0},
	{"CP1257", "ąčęėįšųūž", 0, 0},
	{"CP1257", "āčēģīķļņšūž", 0, 0},
	{"CP1251", CYRILLIC, 0x430, 0x45F},
	{"KOI8-R", CYRILLIC, 0x430, 0x45F},
	{"ISO-8859-5", CYRILLIC, 0x430, 0x45F},
	{"CP866", CYRILLIC, 0x430, 0x45F},
	{"MAC-CYRILLIC", CYRILLIC, 0x430, 0x45F},
	{"CP1256", ARABIC, 0x621, 0x6D2},
	{"ISO-8859-6", ARABIC, 0x621, 0x652},
	{"CP1255", "יוהלאתרבשמנדקחע", 0x5B0, 0x5EA},
	{"CP1253", GREEK, 0x3AC, 0x3CE},
	{"ISO-8859-7", GREEK, 0x3AC, 0x3CE},
	{"CP874", "านรอกเงมยลวดทสต่้ัิี", 0xE01, 0xE4E},
};

/* What each byte above 127 is; 0: nothing. */
static bool table_of(const char *name, uint32_t table[128])
{
	iconv_t cd = iconv_open("UTF-32LE", name);
	if (cd == (iconv_t)-1)
		return false;
	for (unsigned i = 0; i < 128; i++) {
		char in = (char)(unsigned char)(i + 128), *src = &in;
		unsigned char room[8];
		char *dst = (char *)room;
		size_t left = 1, space = sizeof room;
		table[i] = 0;
		/* what waits for a mark to be joined comes out at the second call */
		if (iconv(cd, &src, &left, &dst, &space) != (size_t)-1 &&
		    iconv(cd, NULL, NULL, &dst, &space) != (size_t)-1 && space == 4)
			table[i] = room[0] | (uint32_t)room[1] << 8 | (uint32_t)room[2] << 16;
		iconv(cd, NULL, NULL, NULL, NULL);
	}
	iconv_close(cd);
	return true;
}

/* Points of one byte that stands `all` times, `mid` of them behind a letter; *n: the letters. */
static int32_t points(const struct tongue *t, uint32_t c, uint32_t all, uint32_t mid, uint32_t *n)
{
	uint32_t low = kh_utf8_lower(c);
	bool upper = low != c || kh_utf8_is_upper(c);
	if (!kh_utf8_is_letter(c)) { /* a sign: at home between words, not in them */
		*n += mid;
		return -3 * (int32_t)mid;
	}
	*n += all;
	int32_t one = among(low, t->letters) || among(c, t->letters)  ? 3
		      : t->first && low >= t->first && low <= t->last ? 1
								      : -1;
	return one * (int32_t)(upper ? all - mid : all) - (upper ? 2 * (int32_t)mid : 0);
}

static int32_t fit(const struct sample *x, const struct tongue *t, const uint32_t table[128])
{
	int64_t sum = 0;
	uint32_t n = 0;
	for (unsigned i = 0; i < 128; i++)
		if (x->all[i])
			sum += points(t, table[i], x->all[i], x->mid[i], &n);
	return n ? (int32_t)(sum * 1000 / n) : 0;
}

static const char *one_byte(const struct sample *x, int32_t *lead)
{
	uint32_t table[128];
	const char *have = NULL, *best = NULL;
	int32_t most = 0, western = INT32_MIN / 2;
	for (size_t i = 0; i < KH_COUNT(tongues); i++) {
		const struct tongue *t = &tongues[i];
		if (t->first && x->pairs * 3 < x->n)
			continue; /* words of another script are more than single letters */
		if ((!have || strcmp(have, t->charset) != 0) && !table_of(t->charset, table))
			continue;
		have = t->charset;
		int32_t s = fit(x, t, table);
		if (strcmp(t->charset, "CP1252") == 0)
			western = s > western ? s : western;
		if (s > most) {
			most = s;
			best = t->charset;
		}
	}
	*lead = most - western;
	return best && most >= GOOD && *lead >= BETTER ? best : NULL;
}

const char *kh_charset_guess(kh_str in, size_t from, bool *sure)
{
	struct sample x = take(in, from);
	*sure = false;
	if (x.n < FEW)
		return NULL;
	const char *name = x.pairs * 5 >= x.n * 2 ? many_bytes(&x) : NULL;
	int32_t lead = 0;
	if (name) {
		*sure = x.n >= MANY;
		return name;
	}
	name = one_byte(&x, &lead);
	*sure = name && x.n >= MANY && lead >= 2 * BETTER;
	return name;
}
