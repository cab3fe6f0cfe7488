/* Stories into sentences: fills doc->sentence. In: the body of each story, paragraphs separated by
 * blank lines, lines perhaps wrapped. Out: sentences in text order, none across a blank line.
 * A mark that may end a sentence is looked at with the word before and the word after it:
 * "Gen. Smith" goes on, "the U.S. The" does not. */
#include "read/sent.h"

#include "base/str.h"
#include "base/utf8.h"
#include "model/words.h"

#define LONGEST 4000 /* bytes; beyond, a sentence is cut at a space */

struct cut {
	struct kh_work *w;
	kh_str text;             /* of the document */
	struct kh_words abbrev;  /* abbreviations without their last stop, and their kind */
	struct kh_words starter; /* words that begin a sentence but seldom a name */
	struct kh_words saying;
	uint32_t story, paragraph;
	uint32_t width;          /* longest line of the story */
	bool lower;              /* the story is written without capitals */
	bool capitals;           /* it is written in nothing else */
	bool casual;             /* so is this stretch of it: "i think so. what about you" */
};

struct near { /* what stands around a mark */
	kh_str before, after; /* words */
	bool after_dot;       /* a stop follows the word after */
	bool after_name;      /* a capital follows the word after: "Security Council" */
	uint32_t after_char;  /* first character after, quotation marks and brackets skipped */
	bool closed;          /* a quotation mark closes right behind the mark */
};

static uint32_t fold(kh_str s, char *to, uint32_t room)
{
	uint32_t n = 0;
	while (n < s.n && n < room) {
		to[n] = kh_lower(s.p[n]);
		n++;
	}
	return n;
}

static bool listed(const struct kh_words *list, kh_str word, kh_str *value)
{
	char low[24];
	if (word.n == 0 || word.n > sizeof low)
		return false;
	uint32_t n = fold(word, low, sizeof low);
	return kh_words_find(list, (kh_str){ low, n }, value);
}

static bool word_byte(unsigned char c)
{
	return kh_is_alpha(c) || kh_is_digit(c) || c >= 0xC3 || (c >= 0x80 && c < 0xC0) || c == '\'' ||
	       c == '-' || c == '&' || c == '.';
}

/* Bytes of the closing quotation mark or bracket at `i`; 0: none. */
static uint32_t closer(kh_str t, uint32_t i, uint32_t end, bool *quote)
{
	unsigned n;
	uint32_t c = i < end ? kh_utf8_at(t, i, &n) : 0;
	if (c == ')' || c == ']' || c == '}')
		return 1;
	if (c == '"' || c == '\'' || c == 0x201D || c == 0x2019 || c == 0xBB || c == 0x203A) {
		*quote = true;
		return n;
	}
	return 0;
}

/* "[12]" behind a mark, as reference works have it, and "[...]". */
static uint32_t reference(kh_str t, uint32_t i, uint32_t end)
{
	uint32_t k = i;
	if (k >= end || t.p[k] != '[')
		return 0;
	if (k + 5 <= end && (memcmp(t.p + k, "[...]", 5) == 0 || memcmp(t.p + k, "[\xE2\x80\xA6]", 5) == 0))
		return 5;
	for (k++; k < end && kh_is_digit((unsigned char)t.p[k]); k++)
		;
	return k > i + 1 && k < end && t.p[k] == ']' && k - i <= 4 ? k + 1 - i : 0;
}

static uint32_t skip_space(kh_str t, uint32_t i, uint32_t end)
{
	while (i < end) {
		unsigned n;
		uint32_t c = kh_utf8_at(t, i, &n);
		if (!kh_utf8_is_space(c))
			break;
		i += n;
	}
	return i;
}

static kh_str word_before(kh_str t, uint32_t begin, uint32_t mark)
{
	uint32_t a = mark;
	while (a > begin && mark - a < 40 && word_byte((unsigned char)t.p[a - 1]))
		a--;
	while (a < mark && (t.p[a] == '\'' || t.p[a] == '-' || t.p[a] == '.'))
		a++;
	return kh_str_sub(t, a, mark);
}

static void look_after(kh_str t, uint32_t i, uint32_t end, struct near *x)
{
	x->after_char = 0;
	x->after = (kh_str){ t.p + i, 0 };
	for (unsigned skipped = 0; i < end && skipped < 4; skipped++) {
		unsigned n;
		uint32_t c = kh_utf8_at(t, i, &n);
		x->after_char = c;
		if (!kh_utf8_is_quote(c) && c != '\'' && c != '(' && c != '[' && c != '`')
			break;
		i += n;
	}
	uint32_t b = i;
	while (b < end && b - i < 40 && word_byte((unsigned char)t.p[b]) && t.p[b] != '.')
		b++;
	x->after = kh_str_sub(t, i, b);
	x->after_dot = b < end && t.p[b] == '.';
	unsigned n;
	x->after_name = b + 1 < end && t.p[b] == ' ' && kh_utf8_is_upper(kh_utf8_at(t, b + 1, &n));
}

static bool begins_upper(const struct near *x)
{
	return kh_utf8_is_upper(x->after_char);
}

static bool begins_lower(const struct near *x)
{
	return kh_utf8_is_letter(x->after_char) && !kh_utf8_is_upper(x->after_char) &&
	       x->after_char < 0x590; /* scripts beyond have no case */
}

static bool all_digits(kh_str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!kh_is_digit((unsigned char)s.p[i]))
			return false;
	return s.n > 0;
}

/* A single stop behind a word: does the sentence end? */
static bool stop_ends(const struct cut *c, const struct near *x, bool first_word)
{
	kh_str kind, what = { NULL, 0 };
	bool starts = listed(&c->starter, x->after, &what) && !begins_lower(x) &&
		      !((c->capitals || x->after_name) && kh_str_is(what, "noun")) &&
		      !(x->after.n == 1 && x->after_dot);
	if (begins_lower(x) && !c->casual)
		return false;
	if (x->before.n == 0)
		return true;
	if (first_word && (x->before.n == 1 || (x->before.n <= 3 && all_digits(x->before))))
		return false;
	if (listed(&c->abbrev, x->before, &kind)) {
		if (kh_str_is(kind, "title"))
			return false;
		bool digit = kh_is_digit((unsigned char)(x->after_char & 0x7F)) && x->after_char < 0x80;
		if (kh_str_is(kind, "number"))
			return !digit;
		return starts && !digit;
	}
	if (x->before.n == 1 && kh_is_alpha((unsigned char)x->before.p[0]))
		return starts || x->before.p[0] == 'I';
	const char *dot = memchr(x->before.p, '.', x->before.n);
	if (dot && dot - x->before.p <= 3) /* U.S, a.m, Ph.D */
		return starts;
	return true;
}

/* "Stop!" the man said: a word of saying follows within three words. */
static bool said_after(const struct cut *c, uint32_t i, uint32_t end)
{
	kh_str none;
	for (unsigned words = 0; words < 4 && i < end; words++) {
		uint32_t b = i;
		while (b < end && b - i < 40 && word_byte((unsigned char)c->text.p[b]))
			b++;
		if (b == i)
			return false;
		if (listed(&c->saying, kh_str_sub(c->text, i, b), &none))
			return true;
		i = skip_space(c->text, b, end);
	}
	return false;
}

/* killed.The: a space is missing. */
static bool glued(const struct cut *c, uint32_t begin, uint32_t mark, uint32_t end)
{
	const char *p = c->text.p;
	kh_str none;
	struct near x;
	if (mark < begin + 2 || mark + 2 >= end || !kh_is_lower((unsigned char)p[mark - 1]) ||
	    !kh_is_lower((unsigned char)p[mark - 2]))
		return false;
	look_after(c->text, mark + 1, end, &x);
	if (!begins_upper(&x) || !listed(&c->starter, x.after, &none) || x.after_dot)
		return false;
	for (uint32_t i = mark; i-- > begin && mark - i < 60 && !kh_is_space((unsigned char)p[i]);)
		if (p[i] == '/' || p[i] == '@')
			return false;
	return true;
}

/* ":-)" and its kin; its bytes, 0: none. */
static uint32_t face(kh_str t, uint32_t i, uint32_t end)
{
	uint32_t k = i;
	if (k >= end || !memchr(":;=", t.p[k], 3))
		return 0;
	k++;
	if (k < end && (t.p[k] == '-' || t.p[k] == '\''))
		k++;
	if (k >= end || !memchr(")(DPp", t.p[k], 5))
		return 0;
	k++;
	return k == end || kh_is_space((unsigned char)t.p[k]) ? k - i : 0;
}

/* What still belongs to the sentence though a space stands before it: "later. [3]", "left. )",
 * "thanks! :-)", ". . ." Where the sentence then ends. */
static uint32_t trailing(kh_str t, uint32_t i, uint32_t end)
{
	for (;;) {
		uint32_t k = i, n;
		while (k < end && t.p[k] == ' ')
			k++;
		if (k == i || k >= end)
			return i;
		n = reference(t, k, end);
		if (!n)
			n = face(t, k, end);
		bool alone = k + 1 >= end || kh_is_space((unsigned char)t.p[k + 1]);
		if (!n && alone && memchr(".!?)]", t.p[k], 5))
			n = 1;
		if (!n)
			return i;
		i = k + n;
	}
}

/* The end of the sentence whose last mark is at `i`; 0 when it goes on. *resume: where to look on. */
static uint32_t ends_at(const struct cut *c, uint32_t begin, uint32_t i, uint32_t end,
			uint32_t *resume)
{
	kh_str t = c->text;
	uint32_t mark = i, stops = 0;
	bool strong = false, dots = false;
	while (i < end) {
		unsigned n;
		uint32_t ch = kh_utf8_at(t, i, &n);
		if (ch != '.' && ch != '!' && ch != '?' && ch != 0x2026)
			break;
		strong |= ch == '!' || ch == '?';
		dots |= ch == 0x2026;
		stops++;
		i += n;
	}
	*resume = i;
	struct near x = { .closed = false };
	for (uint32_t n; (n = closer(t, i, end, &x.closed)) > 0;)
		i += n;
	for (uint32_t n; (n = reference(t, i, end)) > 0;)
		i += n;
	uint32_t next = skip_space(t, i, end);
	if (next > i && next < end) {
		i = trailing(t, i, end);
		next = skip_space(t, i, end);
	}
	if (next >= end)
		return end;
	if (next == i)
		return stops == 1 && *resume == i && glued(c, begin, mark, end) ? i : 0;
	look_after(t, next, end, &x);
	if (strong || stops > 1 || dots) {
		if (begins_lower(&x) && !(c->casual && strong && !x.closed))
			return 0;
		return x.closed && strong && said_after(c, next, end) ? 0 : i;
	}
	x.before = word_before(t, begin, mark);
	bool first_word = x.before.p == t.p + begin;
	return stop_ends(c, &x, first_word) ? i : 0;
}

static void push(const struct cut *c, uint32_t begin, uint32_t end)
{
	struct kh_doc *d = c->w->doc;
	begin = skip_space(c->text, begin, end);
	while (end > begin && kh_is_space((unsigned char)c->text.p[end - 1]))
		end--;
	if (begin >= end)
		return;
	struct kh_sentence *s = KH_PUSH(c->w->arena, d->sentence, d->n_sentence, d->cap_sentence);
	*s = (struct kh_sentence){ .at = { begin, end }, .story = c->story, .paragraph = c->paragraph,
				   .first_token = KH_NONE, .root = KH_NONE };
}

/* Where to cut a sentence that is too long: behind the last space, else between characters. */
static uint32_t safe_cut(kh_str t, uint32_t begin, uint32_t i)
{
	for (uint32_t k = i; k > begin + LONGEST / 2; k--)
		if (kh_is_space((unsigned char)t.p[k - 1]))
			return k;
	while (i > begin + 1 && ((unsigned char)t.p[i] & 0xC0) == 0x80)
		i--;
	return i;
}

static uint32_t digits(kh_str t, uint32_t i, uint32_t end)
{
	uint32_t k = i;
	while (k < end && kh_is_digit((unsigned char)t.p[k]))
		k++;
	return k - i;
}

/* "03/27/2001 01:58 PM", as heads of mail have it; its bytes, 0: none begins here. */
static uint32_t stamp(kh_str t, uint32_t i, uint32_t end)
{
	static const char marks[] = "// :";
	uint32_t k = i;
	for (unsigned part = 0; part < 5; part++) {
		uint32_t n = digits(t, k, end);
		k += n;
		if (n == 0 || n > (part == 2 ? 4 : 2) || k >= end)
			return 0;
		if (part < 4 && t.p[k++] != marks[part])
			return 0;
	}
	if (k + 3 <= end && t.p[k] == ':' && digits(t, k + 1, end) == 2)
		k += 3;
	if (k + 3 <= end && t.p[k] == ' ' && memchr("AaPp", t.p[k + 1], 4) &&
	    (t.p[k + 2] == 'M' || t.p[k + 2] == 'm'))
		return k + 3 - i;
	return 0;
}

/* A line of eight and more equal marks, or an address of the web before another one: where it ends
 * when a sentence ends with it; 0: it does not. */
static uint32_t apart(kh_str t, uint32_t i, uint32_t end)
{
	uint32_t k = i;
	if (memchr("=_*-#~", t.p[i], 6)) {
		while (k < end && t.p[k] == t.p[i])
			k++;
		return k - i >= 8 && (k >= end || kh_is_space((unsigned char)t.p[k])) ? k : 0;
	}
	if (end - i < 8 || memcmp(t.p + i, "http", 4) != 0)
		return 0;
	while (k < end && !kh_is_space((unsigned char)t.p[k]))
		k++;
	return k + 8 < end && memcmp(t.p + k, " http", 5) == 0 ? k : 0;
}

/* Where a sentence ends without a stop, looked for at the beginning of each word. *before: it ends
 * in front of the word as well. */
static uint32_t set_apart(kh_str t, uint32_t i, uint32_t end, bool *before)
{
	uint32_t n = kh_is_digit((unsigned char)t.p[i]) ? stamp(t, i, end) : 0;
	*before = n > 0;
	return n ? i + n : apart(t, i, end);
}

/* "I know she — See now": a dash breaks off, and the word at `i` begins anew. */
static bool broken_off(const struct cut *c, uint32_t begin, uint32_t i, uint32_t end)
{
	const char *p = c->text.p;
	kh_str none;
	struct near x;
	if (i < begin + 6 || !kh_is_upper((unsigned char)p[i]) || p[i - 1] != ' ' ||
	    (memcmp(p + i - 4, "\xE2\x80\x94", 3) != 0 && memcmp(p + i - 3, "--", 2) != 0))
		return false;
	look_after(c->text, i, end, &x);
	return !kh_str_is(x.after, "The") && !kh_str_is(x.after, "I") && !x.after_dot &&
	       listed(&c->starter, x.after, &none);
}

/* One stretch of text that ends at a break: one or more sentences. */
static void split(const struct cut *c, uint32_t begin, uint32_t end)
{
	uint32_t i = begin;
	while (i < end) {
		unsigned char b = (unsigned char)c->text.p[i];
		uint32_t stop = 0, resume = i + 1;
		bool before = false;
		if (b == '.' || b == '!' || b == '?' ||
		    (b == 0xE2 && i + 2 < end && memcmp(c->text.p + i, "\xE2\x80\xA6", 3) == 0))
			stop = ends_at(c, begin, i, end, &resume);
		else if (i == begin || c->text.p[i - 1] == ' ')
			stop = set_apart(c->text, i, end, &before);
		if (i > begin && ((stop && before) || broken_off(c, begin, i, end)))
			push(c, begin, i), begin = i;
		if (!stop && i - begin >= LONGEST) {
			stop = resume = safe_cut(c->text, begin, i);
			kh_doc_note(c->w, c->story, KH_NOTE_LONG_SENTENCE, (kh_span){ begin, stop }, false);
		}
		i = stop ? kh_max32(stop, begin + 1) : resume;
		if (stop) {
			push(c, begin, i);
			begin = i = skip_space(c->text, i, end);
		}
	}
	push(c, begin, end);
}

/* Is the line break at `i` meant, or only where the line was full? */
static bool hard_break(const struct cut *c, uint32_t line, uint32_t i, uint32_t end)
{
	uint32_t next = skip_space(c->text, i, end);
	if (next >= end || c->width > 140)
		return true;
	unsigned char b = (unsigned char)c->text.p[next];
	if ((b == '*' || b == '-' || b == '+') && next + 1 < end && c->text.p[next + 1] == ' ')
		return true;
	uint32_t word = next;
	while (word < end && !kh_is_space((unsigned char)c->text.p[word]))
		word++;
	if ((i - line) + 1 + (word - next) >= c->width * 3 / 4)
		return false;
	unsigned char last = i > line ? (unsigned char)c->text.p[i - 1] : 0;
	return kh_is_upper(b) || kh_is_digit(b) || b == '"' || last == '.' || last == ':';
}

/* The next line break that ends a stretch; *blank: a blank line follows, which ends the paragraph. */
static uint32_t next_break(const struct cut *c, uint32_t begin, uint32_t end, bool *blank)
{
	uint32_t line = begin; /* where it begins: a dateline may stand before the stretch */
	while (line > 0 && c->text.p[line - 1] != '\n')
		line--;
	*blank = true;
	for (uint32_t i = begin; i < end; i++) {
		if (c->text.p[i] != '\n')
			continue;
		uint32_t k = i + 1;
		while (k < end && (c->text.p[k] == ' ' || c->text.p[k] == '\t' || c->text.p[k] == '\r'))
			k++;
		if (k >= end || c->text.p[k] == '\n')
			return i;
		if (hard_break(c, line, i, end)) {
			*blank = false;
			return i;
		}
		line = i + 1;
	}
	return end;
}

/* Is a stretch written without capitals? It begins with a small letter, or has an "i" for "I". */
static bool is_casual(const struct cut *c, uint32_t begin, uint32_t end)
{
	const char *p = c->text.p;
	if (begin < end && kh_is_lower((unsigned char)p[begin]))
		return true;
	for (uint32_t i = begin + 1; i + 1 < end; i++)
		if (p[i] == 'i' && p[i - 1] == ' ' && (p[i + 1] == ' ' || p[i + 1] == '\''))
			return true;
	return false;
}

static void measure(struct cut *c, kh_span at)
{
	uint32_t upper = 0, lower = 0, line = at.begin;
	c->width = 0;
	for (uint32_t i = at.begin; i < at.end; i++) {
		unsigned char b = (unsigned char)c->text.p[i];
		upper += kh_is_upper(b);
		lower += kh_is_lower(b);
		if (b == '\n') {
			c->width = kh_max32(c->width, i - line);
			line = i + 1;
		}
	}
	c->width = kh_max32(c->width, at.end - line);
	c->lower = lower > 40 && upper < lower / 200;
	c->capitals = upper > 40 && lower < upper / 20;
}

void kh_sent_run(struct kh_work *w)
{
	struct kh_doc *d = w->doc;
	if (d->n_sentence)
		return; /* given with the input */
	struct cut c = { .w = w, .text = d->text };
	c.abbrev = kh_words_list(w->model, "abbreviation");
	c.starter = kh_words_list(w->model, "starter");
	c.saying = kh_words_list(w->model, "quote_verb");
	for (c.story = 0; c.story < d->n_story; c.story++) {
		struct kh_story *s = &d->story[c.story];
		s->first_sentence = d->n_sentence;
		c.paragraph = 0;
		measure(&c, s->text);
		uint32_t at = skip_space(c.text, s->text.begin, s->text.end);
		while (at < s->text.end) {
			bool blank;
			if (s->dateline.begin <= at && s->dateline.end > at) {
				push(&c, at, s->dateline.end); /* no part of the first sentence */
				at = skip_space(c.text, s->dateline.end, s->text.end);
				continue;
			}
			uint32_t end = next_break(&c, at, s->text.end, &blank);
			c.casual = c.lower || is_casual(&c, at, end);
			split(&c, at, end);
			c.paragraph += blank;
			at = skip_space(c.text, end, s->text.end);
		}
		d->story[c.story].n_sentences = d->n_sentence - s->first_sentence;
	}
}
