/* Sentences into words as Universal Dependencies cuts English: fills doc->token. In: sentences.
 * Out: words with byte spans; "don't" gives "do" and, joined to it, "n't"; "15-year" gives three;
 * "U.S.", "3.5", "AT&T", "al." and addresses of the web stay whole. */
#include "read/token.h"

#include "base/str.h"
#include "base/utf8.h"
#include "model/words.h"

struct scan {
	struct kh_work *w;
	kh_str text;
	uint32_t sentence, begin, end; /* of the sentence */
	struct kh_words abbrev, prefix, unit, clitic;
	bool open_quote;               /* a single quotation mark is open */
};

static uint32_t at(const struct scan *s, uint32_t i, unsigned *n)
{
	*n = 1;
	return i < s->end ? kh_utf8_at(s->text, i, n) : 0;
}

static unsigned char byte(const struct scan *s, uint32_t i)
{
	return i < s->end ? (unsigned char)s->text.p[i] : 0;
}

static bool apostrophe(uint32_t c)
{
	return c == '\'' || c == 0x2019 || c == 0x02BC || c == '`' || c == 0xB4;
}

/* Characters that words are made of, digits with them. */
static bool wordly(uint32_t c)
{
	if (c < 0x80)
		return kh_is_alpha((unsigned char)c) || kh_is_digit((unsigned char)c) || c == '_';
	return (kh_utf8_is_letter(c) && c != KH_BAD_CHAR && !kh_utf8_is_space(c)) || c == 0xAD ||
	       c == 0x200C || c == 0x200D;
}

static uint8_t flags_of(kh_str f)
{
	unsigned upper = 0, letters = 0;
	uint8_t flags = 0;
	for (size_t i = 0; i < f.n;) {
		unsigned n;
		uint32_t c = kh_utf8_at(f, i, &n);
		if (c < 0x80 && kh_is_digit((unsigned char)c))
			flags |= KH_TOK_DIGIT;
		if (kh_utf8_is_letter(c)) {
			letters++;
			upper += kh_utf8_is_upper(c);
			if (i == 0 && kh_utf8_is_upper(c))
				flags |= KH_TOK_TITLE;
		}
		i += n;
	}
	if (letters > 1 && upper == letters)
		flags |= KH_TOK_UPPER;
	if (letters == 0 && !(flags & KH_TOK_DIGIT))
		flags |= KH_TOK_PUNCT;
	return flags;
}

static void emit(struct scan *s, uint32_t a, uint32_t b, bool joined)
{
	struct kh_doc *d = s->w->doc;
	struct kh_sentence *sent = &d->sentence[s->sentence];
	if (sent->first_token == KH_NONE)
		sent->first_token = d->n_token;
	struct kh_token *t = KH_PUSH(s->w->arena, d->token, d->n_token, d->cap_token);
	*t = (struct kh_token){ .at = { a, b }, .head = KH_NONE, .child = KH_NONE, .next = KH_NONE,
				.mention = KH_NONE, .sentence = s->sentence };
	t->form = t->lemma = kh_str_sub(s->text, a, b);
	t->flags = flags_of(t->form);
	unsigned n;
	uint32_t c = at(s, b, &n);
	if (b < s->end && !kh_utf8_is_space(c))
		t->flags |= KH_TOK_NO_SPACE;
	if (joined)
		t->flags |= KH_TOK_JOINED;
	if (sent->n_tokens++ == 0)
		t->flags |= KH_TOK_FIRST;
}

static bool listed(const struct kh_words *list, kh_str word, kh_str *value)
{
	char low[24];
	if (word.n == 0 || word.n > sizeof low)
		return false;
	for (size_t i = 0; i < word.n; i++)
		low[i] = kh_lower(word.p[i]);
	return kh_words_find(list, (kh_str){ low, word.n }, value);
}

/* ---- words ------------------------------------------------------------ */

static bool only_digits(kh_str t)
{
	for (size_t i = 0; i < t.n; i++)
		if (!kh_is_digit((unsigned char)t.p[i]))
			return false;
	return t.n > 0;
}

/* Where "n't", "'s", "'re", "'ll", "'ve", "'d", "'m" begin; the word's end when it has none. */
static uint32_t clitic_at(const struct scan *s, uint32_t a, uint32_t b)
{
	uint32_t i = b, tail = 0;
	while (i > a && kh_is_alpha(byte(s, i - 1)) && tail < 3) {
		i--;
		tail++;
	}
	uint32_t mark = i; /* just behind the apostrophe */
	if (tail == 0 || tail > 2 || i <= a + 1)
		return b;
	if (byte(s, i - 1) == '\'' || byte(s, i - 1) == '`')
		i -= 1;
	else if (i >= a + 3 && memcmp(s->text.p + i - 3, "\xE2\x80\x99", 3) == 0)
		i -= 3;
	else if (i >= a + 2 && memcmp(s->text.p + i - 2, "\xC2\xB4", 2) == 0)
		i -= 2;
	else
		return b;
	if (i == a)
		return b;
	char x = kh_lower((char)byte(s, mark)), y = tail == 2 ? kh_lower((char)byte(s, mark + 1)) : 0;
	if (x == 't' && !y && kh_lower((char)byte(s, i - 1)) == 'n' && i - 1 > a)
		return i - 1;
	bool is = (!y && (x == 's' || x == 'd' || x == 'm')) || (x == 'r' && y == 'e') ||
		  (x == 'v' && y == 'e') || (x == 'l' && y == 'l');
	if (!is || only_digits(kh_str_sub(s->text, a, i)))
		return b;
	return i;
}

/* A whole word without outer punctuation: words written as one are taken apart. */
static void word(struct scan *s, uint32_t a, uint32_t b)
{
	kh_str first;
	uint32_t cut = clitic_at(s, a, b);
	if (cut < b) {
		emit(s, a, cut, false);
		emit(s, cut, b, true);
		return;
	}
	if (listed(&s->clitic, kh_str_sub(s->text, a, b), &first) && first.n == 1 &&
	    (uint32_t)(first.p[0] - '0') < b - a) {
		emit(s, a, a + (uint32_t)(first.p[0] - '0'), false);
		emit(s, a + (uint32_t)(first.p[0] - '0'), b, true);
		return;
	}
	emit(s, a, b, false);
}

/* Does the hyphen at `i` stay inside the word that began at `a`? */
static bool hyphen_stays(const struct scan *s, uint32_t a, uint32_t i)
{
	kh_str left = kh_str_sub(s->text, a, i), none;
	if (listed(&s->prefix, left, &none))
		return true;
	if (!only_digits(left))
		return memchr(left.p, '-', left.n) && kh_is_digit((unsigned char)left.p[0]) &&
		       kh_is_digit(byte(s, i + 1));
	uint32_t k = i + 1, groups = 1, n = 0; /* telephone numbers, dates: 713-853-3989, 02-05-02 */
	for (; kh_is_digit(byte(s, k)) || (byte(s, k) == '-' && kh_is_digit(byte(s, k + 1))); k++, n++)
		groups += byte(s, k) == '-';
	return groups > 1 || (left.n == 3 && n == 4);
}

static bool slash_stays(const struct scan *s, uint32_t a, uint32_t i)
{
	bool digits = kh_is_digit(byte(s, i - 1)) && kh_is_digit(byte(s, i + 1));
	bool single = i == a + 1 && !wordly(byte(s, i + 2));
	bool w = i == a + 1 && kh_lower((char)byte(s, a)) == 'w';
	return digits || ((single || w) && kh_is_alpha(byte(s, i + 1)));
}

/* "killed.The": the stop between a word in small letters and a capital. */
static bool glued(const struct scan *s, uint32_t a, uint32_t i)
{
	return i >= a + 2 && kh_is_lower(byte(s, i - 1)) && kh_is_lower(byte(s, i - 2)) &&
	       kh_is_upper(byte(s, i + 1)) && kh_is_lower(byte(s, i + 2));
}

/* Does the mark at `i`, between two word characters, belong to the word? */
static bool inner(const struct scan *s, uint32_t a, uint32_t i, uint32_t c)
{
	bool digits = kh_is_digit(byte(s, i - 1)) && kh_is_digit(byte(s, i + 1));
	switch (c) {
	case '.':
		return !glued(s, a, i);
	case ',':
	case ':':
		return digits;
	case '&':
	case '@':
		return true;
	case '*':
		return !digits;
	case '-':
		return hyphen_stays(s, a, i);
	case '/':
		return slash_stays(s, a, i);
	default:
		return apostrophe(c) || c == 0x2010 || c == 0x2011 || c == 0xB7;
	}
}

/* Does the stop at `i`, behind the word [a,i), belong to it? */
static bool stop_stays(const struct scan *s, uint32_t a, uint32_t i)
{
	kh_str w = kh_str_sub(s->text, a, i), kind;
	bool last = true; /* nothing but closing marks after it */
	uint32_t k = i + 1;
	for (; k < s->end && last; k++)
		last = !wordly(byte(s, k)) && byte(s, k) < 0xC3;
	if (byte(s, i + 1) == '.' || byte(s, i + 1) == '?' || byte(s, i + 1) == '!')
		return false;
	if (listed(&s->abbrev, w, &kind))
		return !kh_str_is(kind, "number") || (k <= s->end && kh_is_digit(byte(s, k - 1)) && !last);
	if (w.n == 1 && kh_is_upper((unsigned char)w.p[0]))
		return !last;
	if (a == s->begin && !last && (only_digits(w) ? w.n < 4 : w.n == 1))
		return true;
	const char *dot = memchr(w.p, '.', w.n); /* U.S, a.m, Ph.D */
	return dot && !kh_is_digit((unsigned char)w.p[0]) && dot - w.p <= 2 && w.n <= 8;
}

/* Where the digits of "35mm" end, when what follows is a unit. */
static uint32_t unit_at(const struct scan *s, uint32_t a, uint32_t b)
{
	kh_str none;
	uint32_t i = a;
	while (i < b && (kh_is_digit(byte(s, i)) || byte(s, i) == '.' || byte(s, i) == ',' ||
			 byte(s, i) == ':'))
		i++;
	if (i == a || i == b || !kh_is_alpha(byte(s, i)))
		return b;
	return listed(&s->unit, kh_str_sub(s->text, i, b), &none) ? i : b;
}

/* Reads the word at `a`, which begins with a word character; returns where it ends. */
static uint32_t take_word(struct scan *s, uint32_t a)
{
	uint32_t i = a;
	unsigned n, m;
	while (i < s->end) {
		uint32_t c = at(s, i, &n);
		if (!wordly(c)) {
			uint32_t next = at(s, i + n, &m);
			if (i == a || !wordly(next) || i + n >= s->end || !inner(s, a, i, c))
				break;
		}
		i += n;
	}
	if (byte(s, i) == '.' && stop_stays(s, a, i))
		i++;
	if (byte(s, i) == '$' && i - a <= 2 && kh_is_upper(byte(s, a)) && kh_is_upper(byte(s, i - 1)))
		i++;
	uint32_t unit = unit_at(s, a, i);
	if (unit < i) {
		emit(s, a, unit, false);
		emit(s, unit, i, false);
		return i;
	}
	word(s, a, i);
	return i;
}

/* ---- marks ------------------------------------------------------------ */

/* The plural's apostrophe: "workers' rights". */
static bool possessive(const struct scan *s, uint32_t i, bool after_word)
{
	char before = i > s->begin ? kh_lower((char)byte(s, i - 1)) : 0;
	return after_word && !s->open_quote && (before == 's' || before == 'z' || before == 'x');
}

/* ’72, 'em: an apostrophe that opens a word. Returns its end; 0: it does not. */
static uint32_t elided(const struct scan *s, uint32_t i, unsigned n)
{
	static const char *const known[] = { "em", "til", "cause", "n", "bout", "tis", "twas" };
	uint32_t k = i + n;
	while (kh_is_alpha(byte(s, k)) || kh_is_digit(byte(s, k)))
		k++;
	kh_str w = kh_str_sub(s->text, i + n, k);
	if (w.n >= 2 && w.n <= 3 && kh_is_digit((unsigned char)w.p[0]) &&
	    kh_is_digit((unsigned char)w.p[1]) && (w.n == 2 || w.p[2] == 's'))
		return k;
	for (size_t j = 0; j < KH_COUNT(known); j++)
		if (kh_str_ieq(w, kh_str_of(known[j])))
			return k;
	return 0;
}

static bool runs(uint32_t c)
{
	return c == '.' || c == '!' || c == '?' || c == '-' || c == '*' || c == '=' || c == '~' ||
	       c == '#' || c == '+' || c == '_' || c == '<' || c == '>' || c == 0x2026;
}

/* The end of the run of marks that begins at `i`: "...", "?!", "--". */
static uint32_t run_end(const struct scan *s, uint32_t i, uint32_t c)
{
	unsigned n;
	bool stop = c == '.' || c == '!' || c == '?';
	uint32_t k = i;
	for (;;) {
		uint32_t x = at(s, k, &n);
		if (k >= s->end || !(x == c || (stop && (x == '.' || x == '!' || x == '?'))))
			return k;
		k += n;
	}
}

static bool spaced(const struct scan *s, uint32_t i)
{
	return i <= s->begin || kh_is_space(byte(s, i - 1));
}

/* Reads the mark at `i`; returns where it ends. */
static uint32_t take_mark(struct scan *s, uint32_t i, uint32_t c, unsigned n, bool after_word)
{
	uint32_t end = i + n;
	bool joined = false;
	if (runs(c)) {
		end = run_end(s, i, c);
		if (c == '#' && end == i + 1 && kh_is_alpha(byte(s, end)) && spaced(s, i))
			while (wordly(byte(s, end)) && end < s->end)
				end++;
	} else if (apostrophe(c) || c == 0x2018) {
		uint32_t word_end = after_word ? 0 : elided(s, i, n);
		joined = possessive(s, i, after_word);
		if (word_end)
			end = word_end;
		else if (c == '\'' && byte(s, end) == '\'')
			end++;
		else if (c == '`' && byte(s, end) == '`')
			end++;
		else if (!joined)
			s->open_quote = !after_word && (c == 0x2018 || spaced(s, i));
	} else if ((c == ':' || c == ';') && spaced(s, i) && (byte(s, end) == ')' || byte(s, end) == '(')) {
		end++;
	}
	emit(s, i, end, joined);
	return end;
}

/* The end of an address that begins at `i`: http://..., www..., a@b.c; 0: none begins here. */
static uint32_t address(const struct scan *s, uint32_t i)
{
	uint32_t k = i, mail = 0, scheme = 0, dot = 0;
	while (k < s->end && !kh_is_space(byte(s, k)) && byte(s, k) != '<' && byte(s, k) != '>' &&
	       byte(s, k) != '"' && byte(s, k) < 0x80 && k - i < 2000) {
		if (byte(s, k) == '@' && k > i)
			mail = k;
		if (byte(s, k) == '.' && mail && k > mail + 1 && wordly(byte(s, k + 1)))
			dot = k;
		if (byte(s, k) == ':' && byte(s, k + 1) == '/' && byte(s, k + 2) == '/')
			scheme = k;
		k++;
	}
	bool www = k > i + 5 && kh_str_ieq(kh_str_sub(s->text, i, i + 4), KH_S("www."));
	if (!(scheme && scheme - i <= 8) && !www && !dot)
		return 0;
	while (k > i + 1 && memchr(".,;:!?)]}'", s->text.p[k - 1], 10))
		k--;
	return k;
}

/* May an address begin here? A cheap look before the long one. */
static bool address_like(const struct scan *s, uint32_t i)
{
	uint32_t k = i;
	while (k < s->end && k - i < 64 && (wordly(byte(s, k)) || byte(s, k) == '.' || byte(s, k) == '-'))
		k++;
	return byte(s, k) == '@' || (byte(s, k) == ':' && byte(s, k + 1) == '/') ||
	       (k > i + 5 && kh_str_ieq(kh_str_sub(s->text, i, i + 4), KH_S("www.")));
}

static void cut(struct scan *s)
{
	bool after_word = false;
	uint32_t i = s->begin;
	s->open_quote = false;
	while (i < s->end) {
		unsigned n;
		uint32_t c = at(s, i, &n), k;
		if (kh_utf8_is_space(c)) {
			i += n;
			after_word = false;
		} else if (wordly(c) && address_like(s, i) && (k = address(s, i)) > i) {
			emit(s, i, k, false);
			i = k;
			after_word = true;
		} else if (wordly(c)) {
			i = take_word(s, i);
			after_word = true;
		} else {
			i = take_mark(s, i, c, n, after_word);
			after_word = false;
		}
	}
}

void kh_token_run(struct kh_work *w)
{
	struct kh_doc *d = w->doc;
	if (d->n_token)
		return; /* given with the input */
	struct scan s = { .w = w, .text = d->text };
	s.abbrev = kh_words_list(w->model, "abbreviation");
	s.prefix = kh_words_list(w->model, "hyphen_prefix");
	s.unit = kh_words_list(w->model, "unit");
	s.clitic = kh_words_list(w->model, "written_as_one");
	for (uint32_t i = 0; i < d->n_sentence; i++) {
		s.sentence = i;
		s.begin = d->sentence[i].at.begin;
		s.end = d->sentence[i].at.end;
		cut(&s);
		if (d->sentence[i].first_token == KH_NONE)
			d->sentence[i].first_token = d->n_token;
	}
}
