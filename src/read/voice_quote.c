/* Quotations. In: the text of a story. Out: a list of what stands between quotation marks, marks
 * left out, with what tells speech from scare quotes. A straight mark opens where a word follows
 * and closes where one stands before; a blank line ends what was not closed. Linear in the text. */
#include "read/voice_quote.h"

#include "base/str.h"

enum kind { NONE, STRAIGHT, CURLY, ANGLE, DOUBLED };

enum { SPEECH_WORDS = 6 }; /* as many words are no mere term in quotation marks */

uint32_t kh_quotes_mark(kh_str t, uint32_t i)
{
	if (i >= t.n)
		return 0;
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

uint32_t kh_quotes_mark_before(kh_str t, uint32_t i)
{
	for (uint32_t n = 1; n <= 3; n++)
		if (i >= n && kh_quotes_mark(t, i - n) == n)
			return n;
	return 0;
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

static void add(struct kh_work *w, struct kh_quotes *q, kh_span at, bool runs_on)
{
	kh_str t = w->doc->text;
	while (at.begin < at.end && kh_is_space((unsigned char)t.p[at.begin]))
		at.begin++;
	while (at.end > at.begin && kh_is_space((unsigned char)t.p[at.end - 1]))
		at.end--;
	if (at.begin >= at.end)
		return;
	struct kh_quote k = {.at = at, .n_words = 1, .runs_on = runs_on};
	for (uint32_t i = at.begin; i < at.end; i++)
		k.n_words += t.p[i] == ' ';
	char last = t.p[at.end - 1];
	k.speech = k.n_words >= SPEECH_WORDS || runs_on ||
		   (k.n_words > 1 && (last == ',' || last == '.' || last == '!' || last == '?'));
	*KH_PUSH(w->arena, q->list, q->n, q->cap) = k;
}

/* Opened with one and closed with the other: straight and curly marks get mixed up. */
static bool mixes(enum kind open, enum kind close)
{
	return (open == STRAIGHT && close == CURLY) || (open == CURLY && close == STRAIGHT);
}

void kh_quotes_of_story(struct kh_work *w, const struct kh_story *s, struct kh_quotes *q)
{
	kh_str t = w->doc->text;
	uint32_t open = 0;
	enum kind kind = NONE;
	bool inner = false; /* within a quotation in the quotation, in marks of another kind */
	for (uint32_t i = s->text.begin; i < s->text.end; i++) {
		bool blank = t.p[i] == '\n' && i + 1 < s->text.end && t.p[i + 1] == '\n';
		if (blank && kind) {
			add(w, q, (kh_span){open, i}, true);
			kind = NONE;
			inner = false;
		}
		uint32_t n = kh_quotes_mark(t, i);
		if (!n)
			continue;
		enum kind here = kind_of(t, i, n);
		bool opens = opens_at(t, s->text, i, n, here);
		if (kind && here != kind && (opens || inner || !mixes(kind, here))) {
			inner = opens;
			continue;
		}
		if (kind && here != kind)
			opens = false;
		if (kind && (here == STRAIGHT || here == DOUBLED || !opens)) {
			add(w, q, (kh_span){open, i}, false);
			kind = NONE;
			if (!opens) {
				i += n - 1;
				continue;
			}
		}
		if (!kind && opens) {
			open = i + n;
			kind = here;
		}
		i += n - 1;
	}
	if (kind)
		add(w, q, (kh_span){open, s->text.end}, true);
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
