/* See cut_mark.h. In: units. Out: marks: length, ends, case, what repeats, what stands around. None
 * names a word of any site; phrases come in as one mark only. */
#include "page/cut_mark.h"

#include "base/script.h"
#include "base/str.h"
#include "base/utf8.h"

enum { FAR = 14, LIST = 6 /* lines of a list that are looked over */ };

static void add(struct kh_marks *m, unsigned id)
{
	if (m->n < KH_MARKS_OF_ONE && id < KH_MARKS_OWN)
		m->id[m->n++] = (uint16_t)id;
}

static unsigned length_class(uint32_t chars)
{
	static const uint32_t most[] = {12, 26, 45, 72, 105, 170};
	unsigned i = 0;
	while (i < KH_COUNT(most) && chars > most[i])
		i++;
	return i; /* 0..6 */
}

static unsigned end_class(kh_str s)
{
	while (s.n && (s.p[s.n - 1] == ')' || s.p[s.n - 1] == '"'))
		s.n--;
	if (kh_str_ends(s, "\xE2\x80\x9D") || kh_str_ends(s, "\xE2\x80\x99") ||
	    kh_str_ends(s, "\xE3\x80\x8D"))
		s.n -= 3;
	else if (kh_str_ends(s, "\xC2\xBB"))
		s.n -= 2;
	char c = s.n ? s.p[s.n - 1] : ' ';
	if (kh_str_ends(s, "\xE2\x80\xA6") || kh_str_ends(s, "..."))
		return 1;
	if (kh_script_stop(s))
		return 0;
	if (kh_script_asks(s))
		return 2;
	if (c == ':' || c == ',' || c == ';')
		return 3;
	size_t last = s.n ? s.n - 1 : 0;
	while (last > 0 && ((unsigned char)s.p[last] & 0xC0) == 0x80)
		last--;
	unsigned len;
	return s.n && kh_script_digit(kh_utf8_at(s, last, &len)) >= 0 ? 4 : 5;
}

static unsigned begin_class(kh_str s)
{
	unsigned n;
	uint32_t c = s.n ? kh_utf8_at(s, 0, &n) : ' ';
	if (kh_utf8_is_letter(c))
		return kh_utf8_is_upper(c) || !kh_script_is_cased(c) ? 0 : 1;
	if (c < 128 && kh_is_digit((unsigned char)c))
		return 2;
	if (kh_utf8_is_quote(c) || c == '\'')
		return 3;
	if (c == '(' || c == '[')
		return 4;
	return kh_utf8_is_dash(c) || c == '*' || c == 0x2022 ? 5 : 6;
}

static unsigned case_class(const struct kh_unit *u)
{
	if (u->shouted)
		return 0;
	uint32_t share = u->words ? u->capitals * 100 / u->words : 0;
	return share >= 75 ? 1 : share >= 45 ? 2 : share >= 20 ? 3 : 4;
}

static unsigned few(uint32_t n) /* 1, 2, 3, more */
{
	return n <= 3 ? n - 1 : 3;
}

static unsigned word_class(uint32_t n) /* 0..7 */
{
	return n <= 2	 ? 0
	       : n <= 4	 ? 1
	       : n <= 6	 ? 2
	       : n <= 8	 ? 3
	       : n <= 11 ? 4
	       : n <= 15 ? 5
	       : n <= 22 ? 6
			 : 7;
}

/* 100 .. 141, 256 .. 319: how its words tie it to the text around. */
static void lexical(const struct kh_unit *u, const struct kh_tie *t, struct kh_marks *m, bool ends)
{
	add(m, 100u + t->ahead);
	add(m, 106u + t->behind);
	add(m, 112u + (unsigned)(t->lean + 3));
	add(m, 119u + t->names);
	add(m, 125u + t->words);
	add(m, 131u + t->fresh);
	add(m, 256u + t->to_next);
	add(m, 264u + t->to_last);
	add(m, 272u + word_class(u->words));
	if (u->n_word >= 3 && t->strange)
		add(m, 360u + (u->n_word > 5));
	if (u->n_word >= 3 && t->strange && !ends)
		add(m, 372);
	bool parted = t->words && t->words <= 2 && t->names <= 2;
	if (parted)
		add(m, 137u + t->lowest);
	if (t->lowest)
		add(m, 139);
	bool brings = t->fresh >= 3 && t->ahead > t->behind;
	if (brings)
		add(m, 140u + parted);
	add(m, 280u + (brings ? 20u : 0) + word_class(u->words) * 2u + (parted ? 1u : 0));
}

/* Marks of a neighbour; base .. base+17. */
static void neighbour(const struct kh_units *us, uint32_t i, struct kh_marks *m, unsigned base)
{
	if (i >= us->n) {
		add(m, base);
		return;
	}
	const struct kh_unit *u = &us->unit[i];
	kh_str s = kh_str_sub(us->in, u->at.begin, u->at.end);
	add(m, base + 1 + length_class(u->chars));
	add(m, base + 8 + (end_class(s) == 0));
	if (u->dated)
		add(m, base + 10);
	if (u->by)
		add(m, base + 11);
	if (u->junk)
		add(m, base + 12);
	if (u->n_same > 1 && u->chars < 90)
		add(m, base + 13 + (u->n_same > 2));
	if (u->n_shape > 2 && u->chars < 72)
		add(m, base + 15);
	if (u->credit)
		add(m, base + 16);
	if (u->blank)
		add(m, base + 17);
}

static unsigned distance_class(uint32_t d)
{
	return d == 1 ? 0 : d <= 4 ? 1 : d <= FAR ? 2 : 3;
}

static void repeated(const struct kh_units *us, uint32_t i, struct kh_marks *m, bool brief)
{
	const struct kh_unit *u = &us->unit[i];
	uint32_t back = u->before == KH_NONE ? 0 : i - u->before;
	uint32_t on = u->after == KH_NONE ? 0 : u->after - i;
	unsigned long_text = brief ? 0 : 4;
	add(m, 40 + few(u->n_same) + long_text);
	if (back)
		add(m, 48 + distance_class(back) + long_text);
	if (on)
		add(m, 56 + distance_class(on) + long_text);
	if (brief) {
		add(m, 64 + few(u->n_shape));
		add(m, 68 + few(u->n_prefix));
	}
	if (u->lead_after != KH_NONE && u->lead_after - i <= FAR && u->after != u->lead_after)
		add(m, 72);
}

/* Do the lines before, or behind, look like those around other lines of the page? */
static void template_of(const struct kh_units *us, uint32_t i, struct kh_marks *m)
{
	const struct kh_unit *p = i ? &us->unit[i - 1] : NULL;
	const struct kh_unit *n = i + 1 < us->n ? &us->unit[i + 1] : NULL;
	bool before = p && p->chars < 72 && (p->n_shape > 1 || p->n_same > 1);
	bool behind = n && n->chars < 72 && (n->n_shape > 1 || n->n_same > 1);
	bool mine = us->unit[i].n_same == 1;
	add(m, 74u + before + (behind ? 2u : 0u) + (mine ? 0u : 4u));
}

/* "Q: Where did you grow up?": the turn of a speaker. */
static bool is_label(kh_str s)
{
	return s.n > 3 && kh_is_alpha((unsigned char)s.p[0]) &&
	       (s.p[1] == ':' || s.p[1] == '.' ||
		(s.p[2] == ':' && kh_is_upper((unsigned char)s.p[1])));
}

/* Less, as much, more than between paragraphs. */
static unsigned gap_class(const struct kh_units *us, uint32_t blank)
{
	return blank < us->gap ? 0 : blank == us->gap ? 1 : 2;
}

static kh_str text_at(const struct kh_units *us, uint32_t i)
{
	return kh_str_sub(us->in, us->unit[i].at.begin, us->unit[i].at.end);
}

/* What heads the list that a bulleted line stands in: a label that the page repeats, a phrase of
 * pages, a line that ends in a colon, a paragraph, or something else. 385 .. 394. */
static void list_of(const struct kh_units *us, uint32_t i, struct kh_marks *m, bool sentence)
{
	uint32_t head = i;
	for (uint32_t k = 0; k < LIST && head > 0; k++)
		if (begin_class(text_at(us, --head)) != 5)
			break;
	const struct kh_unit *h = &us->unit[head];
	bool label = h->chars < 72;
	unsigned kind = head == i || begin_class(text_at(us, head)) == 5 ? 4
			: label && h->n_same > 1			 ? 0
			: label && h->junk				 ? 1
			: end_class(text_at(us, head)) == 3		 ? 2
			: label						 ? 4
									 : 3;
	add(m, 385u + kind * 2u + sentence);
}

/* How far above a label that the page repeats is, with nothing between but lines of its kind:
 * short, met once, no sentences. 395 .. 398. */
static void label_above(const struct kh_units *us, uint32_t i, struct kh_marks *m)
{
	for (uint32_t k = 1; k <= LIST && k <= i; k++) {
		const struct kh_unit *u = &us->unit[i - k];
		if (u->chars < 72 && u->n_same > 1) {
			add(m, 394u + (k < 4 ? k : 4u));
			return;
		}
		if (u->chars >= KH_BRIEF || end_class(text_at(us, i - k)) == 0)
			return;
	}
}

/* What a line looks like at a glance. */
enum kind { EDGE, TEXT, UNENDED, SENTENCE, FRAME, COPY, SIGNED, SAID, RULE, PLAIN, KINDS };

static unsigned kind_of(const struct kh_units *us, uint32_t i)
{
	if (i >= us->n)
		return EDGE;
	const struct kh_unit *u = &us->unit[i];
	if (u->after == i + 1 || (i && u->before == i - 1))
		return COPY;
	if (!u->words)
		return u->has_digit ? FRAME : RULE;
	if (u->junk)
		return SAID;
	if (u->dated || u->by || u->credit || u->place)
		return SIGNED;
	unsigned end = end_class(text_at(us, i));
	bool ends = end == 0 || end == 1;
	if (u->chars >= KH_RUNNING)
		return ends ? TEXT : UNENDED;
	if (u->n_same > 1 || u->n_shape > 3)
		return FRAME;
	return ends ? SENTENCE : PLAIN;
}

/* The kinds of the lines around, 400 .. 449; blank lines around a kind, 450 .. 539. */
static void kinds(const struct kh_units *us, uint32_t i, struct kh_marks *m)
{
	uint32_t blank = i + 1 < us->n ? us->unit[i + 1].blank : 3;
	for (unsigned k = 0; k < 5; k++)
		add(m, 400u + k * KINDS + kind_of(us, i + k - 2)); /* below 0 is out of range */
	add(m, 450u + kind_of(us, i) * 9u + gap_class(us, us->unit[i].blank) * 3 +
		       gap_class(us, blank));
}

void kh_cut_marks(const struct kh_units *us, const struct kh_tie *tie, uint32_t i,
		  struct kh_marks *m)
{
	const struct kh_unit *u = &us->unit[i];
	kh_str s = kh_str_sub(us->in, u->at.begin, u->at.end);
	unsigned length = length_class(u->chars), end = end_class(s), begin = begin_class(s);
	bool brief = u->chars < 180;
	m->n = 0;
	add(m, 0);
	add(m, 1 + length);
	add(m, 8 + end);
	add(m, 14 + begin);
	if (u->place)
		add(m, 541);
	add(m, u->uncased ? 540 : 21 + case_class(u));
	if (u->has_digit)
		add(m, 26);
	if (u->dated)
		add(m, 27 + (u->words > 6));
	if (u->junk)
		add(m, 29);
	if (u->credit)
		add(m, 30);
	if (u->by)
		add(m, 31 + (u->words > 5));
	if (u->bars)
		add(m, 33);
	add(m, 34 + (u->blank > 2 ? 2 : u->blank));
	uint32_t blank = i + 1 < us->n ? us->unit[i + 1].blank : 3;
	add(m, 37 + (blank > 2 ? 2 : blank));
	add(m, 362 + gap_class(us, u->blank) * 3 + gap_class(us, blank)); /* .. 370 */
	repeated(us, i, m, brief);
	template_of(us, i, m);
	add(m, 82 + (i == 0 ? 0 : i < 4 ? 1 : i + 1 == us->n ? 2 : i + 4 >= us->n ? 3 : 4));
	if (u->chars < KH_BRIEF)
		lexical(u, &tie[i], m, end == 0);
	kinds(us, i, m);
	neighbour(us, i - 1, m, 144); /* 0 - 1 is out of range and says so */
	neighbour(us, i + 1, m, 162);
	neighbour(us, i + 2, m, 180);
	if (u->filed)
		add(m, 142);
	if (i + 1 < us->n && us->unit[i + 1].filed)
		add(m, 143);
	if (is_label(s))
		add(m, 316);
	if (u->listed) /* 373 .. 384 */
		add(m, 373u + (tie[i].strange ? 1u : 0) + (begin == 5 ? 2u : 0) +
			       (tie[i].ahead >= 3 ? 4u : 0));
	if (begin == 5)
		list_of(us, i, m, end == 0);
	if (u->chars < KH_BRIEF && end != 0 && u->n_same == 1)
		label_above(us, i, m);
	if (brief && !u->uncased) /* 320 .. 359 */
		add(m, 320 + word_class(u->words) * 5 + case_class(u));
	add(m, 198 + length * 6 + end);						     /* to 239 */
	add(m, 240 + (length > 4 ? 4 : length) * 3 + (u->blank > 2 ? 2 : u->blank)); /* to 254 */
}
