/* Quotations. In: the text of a story. Out: a list of what stands between quotation marks, marks
 * left out, with what tells speech from scare quotes. A straight mark opens where a word follows
 * and closes where one stands before; a blank line ends what was not closed. Linear in the text. */
#include "read/voice_quote.h"

#include "base/str.h"

enum kind { NONE, STRAIGHT, CURLY, ANGLE, DOUBLED };

enum {
	SPEECH_WORDS = 6,   /* as many words are no mere term in quotation marks */
	SINGLE_BYTES = 1500 /* a quotation in single marks is no longer */
};

/* Bytes of the double quotation mark at a byte; 0: there is none. */
static uint32_t mark_at(kh_str t, uint32_t i)
{
	if (t.p[i] == '"')
		return 1;
	if ((t.p[i] == '\'' || t.p[i] == '`') && i + 1 < t.n && t.p[i + 1] == t.p[i])
		return 2; /* two apostrophes, as wires and old archives write them */
	if (i + 2 < t.n && (unsigned char)t.p[i] == 0xE2 && (unsigned char)t.p[i + 1] == 0x80)
		return ((unsigned char)t.p[i + 2] | 1) == 0x9D ? 3 : 0;
	if (i + 1 < t.n && (unsigned char)t.p[i] == 0xC2)
		return (unsigned char)t.p[i + 1] == 0xAB || (unsigned char)t.p[i + 1] == 0xBB ? 2
											      : 0;
	return 0;
}

/* Bytes of an apostrophe or single quotation mark; 0: there is none. */
static uint32_t single_at(kh_str t, uint32_t i)
{
	if (t.p[i] == '\'')
		return 1;
	return i + 2 < t.n && (unsigned char)t.p[i] == 0xE2 && (unsigned char)t.p[i + 1] == 0x80 &&
			       ((unsigned char)t.p[i + 2] | 1) == 0x99
		       ? 3
		       : 0;
}

static bool blank_at(kh_str t, uint32_t i)
{
	return i >= t.n || kh_is_space((unsigned char)t.p[i]);
}

static enum kind kind_of(kh_str t, uint32_t i, uint32_t n)
{
	return n == 1				 ? STRAIGHT
	       : n == 3				 ? CURLY
	       : t.p[i] == '\'' || t.p[i] == '`' ? DOUBLED
						 : ANGLE;
}

/* A straight mark: does it stand as an opening one does? */
static bool looks_open(kh_str t, kh_span story, uint32_t i, uint32_t n)
{
	bool before = i == story.begin || blank_at(t, i - 1) || t.p[i - 1] == '(' ||
		      t.p[i - 1] == '[' || t.p[i - 1] == '-' || (unsigned char)t.p[i - 1] == 0x94 ||
		      (unsigned char)t.p[i - 1] == 0x93;
	return before && i + n < story.end && !blank_at(t, i + n);
}

static bool opens_at(kh_str t, kh_span story, uint32_t i, uint32_t n, enum kind kind)
{
	if (kind == STRAIGHT || kind == DOUBLED)
		return looks_open(t, story, i, n);
	return (unsigned char)t.p[i + n - 1] == (kind == CURLY ? 0x9C : 0xAB);
}

static void add(struct kh_work *w, struct kh_quotes *q, kh_span whole, uint32_t open,
		uint32_t close)
{
	kh_str t = w->doc->text;
	kh_span at = {whole.begin + open, whole.end - close};
	while (at.begin < at.end && kh_is_space((unsigned char)t.p[at.begin]))
		at.begin++;
	while (at.end > at.begin && kh_is_space((unsigned char)t.p[at.end - 1]))
		at.end--;
	if (at.begin >= at.end)
		return;
	struct kh_quote k = {.at = at, .whole = whole, .n_words = 1, .runs_on = !close};
	if (!close)
		k.whole.end = at.end;
	for (uint32_t i = at.begin; i < at.end; i++)
		k.n_words += t.p[i] == ' ';
	char last = t.p[at.end - 1];
	k.speech = k.n_words >= SPEECH_WORDS || k.runs_on ||
		   (k.n_words > 1 && (last == ',' || last == '.' || last == '!' || last == '?'));
	*KH_PUSH(w->arena, q->list, q->n, q->cap) = k;
}

/* Opened with one and closed with the other: straight and curly marks get mixed up. */
static bool mixes(enum kind open, enum kind close)
{
	return (open == STRAIGHT && close == CURLY) || (open == CURLY && close == STRAIGHT);
}

/* Of a word, as far as one byte tells. */
static bool letter(unsigned char c)
{
	return kh_is_alpha(c) || kh_is_digit(c) || (c >= 0xC3 && c < 0xE2);
}

/* Where the single quotation that opens at `i` closes, as its mark's place: behind a mark that ends
 * a clause, else behind its first words; 0: it is an apostrophe. */
static uint32_t single_end(kh_str t, kh_span story, uint32_t i, uint32_t n)
{
	uint32_t first = 0, end = kh_min32(story.end, i + SINGLE_BYTES);
	if (!looks_open(t, story, i, n) || (n == 3 && (unsigned char)t.p[i + 2] != 0x98) ||
	    (t.p[i + n] >= '0' && t.p[i + n] <= '9'))
		return 0;
	for (uint32_t k = i + n; k < end; k++) {
		uint32_t m = single_at(t, k);
		if (mark_at(t, k) || (t.p[k] == '\n' && k + 1 < end && t.p[k + 1] == '\n'))
			break;
		if (!m || (m != n))
			continue;
		if (looks_open(t, story, k, m) || (n == 3 && (unsigned char)t.p[k + 2] == 0x98))
			break;
		unsigned char before = (unsigned char)t.p[k - 1];
		if (k + m < story.end && letter((unsigned char)t.p[k + m]))
			continue;
		if (before == ',' || before == '.' || before == '!' || before == '?')
			return k;
		first = first ? first : k;
	}
	return first;
}

struct open { /* a quotation that is not closed yet */
	uint32_t begin, n;
	enum kind kind;
	bool inner; /* within another one in it, in marks of another kind */
};

/* A double mark; returns whether it has closed or opened something. */
static void on_mark(struct kh_work *w, struct kh_quotes *q, kh_span story, uint32_t i, uint32_t n,
		    struct open *o)
{
	kh_str t = w->doc->text;
	enum kind here = kind_of(t, i, n);
	bool opens = opens_at(t, story, i, n, here);
	if (o->kind && here != o->kind && (opens || o->inner || !mixes(o->kind, here))) {
		o->inner = opens;
		return;
	}
	if (o->kind && here != o->kind)
		opens = false;
	if (o->kind && (here == STRAIGHT || here == DOUBLED || !opens)) {
		add(w, q, (kh_span){o->begin, i + n}, o->n, n);
		o->kind = NONE;
		if (!opens)
			return;
	}
	if (!o->kind && opens)
		*o = (struct open){.begin = i, .n = n, .kind = here};
}

void kh_quotes_of_story(struct kh_work *w, const struct kh_story *s, struct kh_quotes *q)
{
	kh_str t = w->doc->text;
	struct open o = {.kind = NONE};
	for (uint32_t i = s->text.begin, n; i < s->text.end; i += n ? n : 1) {
		bool blank = t.p[i] == '\n' && i + 1 < s->text.end && t.p[i + 1] == '\n';
		if (blank && o.kind) {
			add(w, q, (kh_span){o.begin, i}, o.n, 0);
			o.kind = NONE;
		}
		n = mark_at(t, i);
		if (n) {
			on_mark(w, q, s->text, i, n, &o);
			continue;
		}
		n = o.kind ? 0 : single_at(t, i);
		uint32_t close = n ? single_end(t, s->text, i, n) : 0;
		if (close) {
			add(w, q, (kh_span){i, close + n}, n, n);
			n += close - i;
		}
	}
	if (o.kind)
		add(w, q, (kh_span){o.begin, s->text.end}, o.n, 0);
}

uint32_t kh_quotes_from(const struct kh_quotes *q, uint32_t at)
{
	uint32_t low = 0, high = q->n;
	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		if (q->list[mid].at.begin < at)
			low = mid + 1;
		else
			high = mid;
	}
	return low < q->n ? low : KH_NONE;
}

uint32_t kh_quotes_at(const struct kh_quotes *q, uint32_t at)
{
	uint32_t next = kh_quotes_from(q, at + 1);
	uint32_t i = next == KH_NONE ? q->n : next;
	return i > 0 && q->list[i - 1].at.end > at ? i - 1 : KH_NONE;
}

uint32_t kh_quotes_end(const struct kh_quotes *q, uint32_t at)
{
	uint32_t next = kh_quotes_from(q, at);
	uint32_t i = next == KH_NONE ? q->n : next;
	return i > 0 && q->list[i - 1].whole.end == at && !q->list[i - 1].runs_on ? i - 1 : KH_NONE;
}
