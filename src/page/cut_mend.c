/* See cut_mend.h. In: units, what each was taken for. Out: the same, mended. */
#include "page/cut_mend.h"

#include "base/script.h"
#include "base/str.h"
#include "page/dateline.h"

bool kh_mend_has_body(const struct kh_mend *x, uint32_t first, uint32_t end)
{
	for (uint32_t i = first; i < end; i++)
		if (x->class[i] == KH_LINE_BODY)
			return true;
	return false;
}

/* End of the story that begins at `first`: the next title that has a body of its own. */
uint32_t kh_mend_story_end(const struct kh_mend *x, uint32_t first)
{
	uint32_t i = first + 1;
	while (i < x->us->n && x->class[i] != KH_LINE_TITLE)
		i++;
	return i;
}

bool kh_mend_is_sentence(const struct kh_mend *x, uint32_t i)
{
	kh_str s = kh_str_sub(x->us->in, x->us->unit[i].at.begin, x->us->unit[i].at.end);
	while (s.n && strchr("\"')", s.p[s.n - 1]))
		s.n--;
	if (kh_str_ends(s, "\xE2\x80\x9D") || kh_str_ends(s, "\xE2\x80\x99"))
		s.n -= 3;
	return s.n && (kh_script_stop(s) || strchr("!:;", s.p[s.n - 1]));
}

/* "list of 3 items", "list 2 of 3": what is read aloud of a list. */
static bool is_counted(kh_str s)
{
	s = kh_str_starts(s, "list ") ? kh_str_sub(s, 5, s.n) : (kh_str){0};
	size_t n = 0;
	while (n < s.n && kh_is_digit((unsigned char)s.p[n]))
		n++;
	n += n && n < s.n && s.p[n] == ' ';
	s = kh_str_sub(s, n, s.n);
	return s.n > 3 && kh_str_starts(s, "of ") && kh_is_digit((unsigned char)s.p[3]);
}

static bool is_bulleted(const struct kh_mend *x, uint32_t i)
{
	kh_str s = kh_str_sub(x->us->in, x->us->unit[i].at.begin, x->us->unit[i].at.end);
	if (is_counted(s))
		return true;
	return s.n > 2 && (strchr("*>", s.p[0]) || kh_str_starts(s, "\xE2\x80\xA2") ||
			   kh_str_starts(s, "\xC2\xBB"));
}

/* A line of the page's own lay-out: short, met again as it is or in its shape, and junk. */
static bool is_furniture(const struct kh_mend *x, uint32_t i)
{
	const struct kh_unit *u = &x->us->unit[i];
	return x->class[i] == KH_LINE_JUNK && u->chars < KH_RUNNING &&
	       (u->n_same > 1 || u->n_shape > 2 || u->junk);
}

/* Of the units that begin with the same two words, those that are junk. */
static uint32_t *count_prefixes(const struct kh_mend *x, uint32_t *mask)
{
	uint32_t room = 64;
	while (room < x->us->n * 2)
		room *= 2;
	uint32_t *junk = KH_TAKE(x->arena, room, uint32_t);
	for (uint32_t i = 0; i < x->us->n; i++)
		junk[x->us->unit[i].prefix & (room - 1)] += x->class[i] == KH_LINE_JUNK;
	*mask = room - 1;
	return junk;
}

/* Lines of other stories set between paragraphs go with their kind: items of a list below a label
 * of the page, lines between two of its lines ("3 hours ago"), and those that begin as most of the
 * junk does ("Read more: …"). Sentences stay. */
static void go_with_kind(struct kh_mend *x)
{
	uint32_t mask, *junk = count_prefixes(x, &mask);
	bool listed = false; /* below a label, with nothing but items between */
	for (uint32_t i = 0; i < x->us->n; i++) {
		const struct kh_unit *u = &x->us->unit[i];
		bool item = is_bulleted(x, i);
		listed = item ? listed : is_furniture(x, i);
		if (x->class[i] != KH_LINE_BODY || u->chars >= 180 || kh_mend_is_sentence(x, i))
			continue;
		bool between =
			i && i + 1 < x->us->n && is_furniture(x, i - 1) && is_furniture(x, i + 1);
		uint32_t n = junk[u->prefix & mask];
		if ((item && listed) || between ||
		    (n >= 2 && u->n_prefix >= 3 && n * 3 >= u->n_prefix * 2))
			x->class[i] = KH_LINE_JUNK;
	}
}

/* Does a paragraph follow, with nothing between but captions, copies and what is no text? */
static bool before_body(const struct kh_mend *x, uint32_t i)
{
	enum { BETWEEN = 10 };
	for (uint32_t end = i + BETWEEN; i < x->us->n && i < end; i++) {
		if (x->class[i] == KH_LINE_TITLE)
			return false;
		if (x->class[i] == KH_LINE_BODY)
			return true;
	}
	return false;
}

/* "14:20", "09:42 GMT", "3:05 pm": the hour that an entry of a running report begins with. */
bool kh_mend_is_hour(kh_str s)
{
	enum { LONGEST = 14 };
	s = kh_str_trim(s);
	size_t n = 0;
	while (n < s.n && kh_is_digit((unsigned char)s.p[n]))
		n++;
	return n > 0 && n < 3 && s.n <= LONGEST && n + 3 <= s.n &&
	       (s.p[n] == ':' || s.p[n] == '.') && kh_is_digit((unsigned char)s.p[n + 1]) &&
	       kh_is_digit((unsigned char)s.p[n + 2]) && (n + 3 == s.n || s.p[n + 3] == ' ');
}

/* Could this line, by itself and by what follows, be a headline? */
static bool like_headline(const struct kh_mend *x, uint32_t i)
{
	enum { SHORTEST = 12, LONGEST = 150, NEAR = 5 };
	const struct kh_unit *u = &x->us->unit[i];
	bool again = u->n_same == 2 && (u->after == i + 1 || (i && u->before == i - 1));
	if (u->chars < SHORTEST || u->chars > LONGEST || u->words < 2 || u->junk || u->by ||
	    u->dated || u->credit || u->place || (u->n_same > 1 && !again) ||
	    kh_mend_is_sentence(x, i) || is_bulleted(x, i))
		return false;
	for (uint32_t k = i + 1; k < x->us->n && k < i + NEAR; k++) {
		const struct kh_unit *o = &x->us->unit[k];
		if (o->chars >= KH_RUNNING && x->class[k] == KH_LINE_BODY)
			return kh_mend_is_sentence(x, k) || o->chars > LONGEST;
		if (o->n_same == 1 && o->n_shape == 1 && !o->dated && !o->by && !o->credit &&
		    !o->place)
			return false;
	}
	return false;
}

/* A short line that the page prints again, as it is or in its shape, and that is no text. */
static bool is_frame(const struct kh_mend *x, uint32_t i)
{
	const struct kh_unit *u = &x->us->unit[i];
	return u->chars < KH_RUNNING && (u->n_same > 1 || u->n_shape > 1) &&
	       x->class[i] != KH_LINE_BODY && u->after != i + 1 &&
	       !kh_mend_is_hour(kh_str_sub(x->us->in, u->at.begin, u->at.end)) &&
	       (!i || u->before != i - 1);
}

static uint32_t frame_of(const struct kh_mend *x, uint32_t i)
{
	const struct kh_unit *u = &x->us->unit[i];
	return u->n_same > 1 ? u->same_id : u->shape_id;
}

struct frame { /* lines of one kind: how many, how many have a headline beside, taken for one */
	uint32_t lines, heads, titles;
};

/* What stands as the page's headlines do is one: nearly all lines of a kind have a line like a
 * headline behind them (`step` 1) or before them (-1). */
static void fellows(struct kh_mend *x, int step)
{
	uint32_t n = x->us->n, titles = 0;
	struct frame *f = KH_TAKE(x->arena, n + 1, struct frame);
	for (uint32_t i = 0; i < n; i++) {
		uint32_t head = step > 0 ? i + 1 : i - 1;
		titles += x->class[i] == KH_LINE_TITLE;
		if (!is_frame(x, i))
			continue;
		struct frame *g = &f[frame_of(x, i)];
		bool last = head >= n || (step > 0 && i + 3 > n); /* nothing can follow */
		g->lines += !last;
		if (last || !like_headline(x, head))
			continue;
		g->heads++;
		g->titles += x->class[head] == KH_LINE_TITLE;
	}
	for (uint32_t i = 0; i < n; i++) {
		uint32_t head = step > 0 ? i + 1 : i - 1;
		if (!is_frame(x, i) || head >= n)
			continue;
		const struct frame *g = &f[frame_of(x, i)];
		bool like = g->heads >= 2 && g->heads * 4 >= g->lines * 3 &&
			    (g->titles * 2 >= g->heads || titles * 2 <= g->heads);
		if (!like || x->class[head] == KH_LINE_TITLE || !like_headline(x, head))
			continue;
		x->class[head] = KH_LINE_TITLE;
		for (uint32_t k = head + 1; k < n && x->class[k] != KH_LINE_BODY; k++)
			if (x->class[k] == KH_LINE_TITLE)
				x->class[k] = KH_LINE_JUNK;
	}
}

/* The number of "3. Headline"; 0: none. */
static uint32_t number_of(const struct kh_mend *x, uint32_t i)
{
	kh_str s = kh_str_sub(x->us->in, x->us->unit[i].at.begin, x->us->unit[i].at.end);
	uint32_t n = 0, k = 0;
	while (k < s.n && k < 3 && kh_is_digit((unsigned char)s.p[k]))
		n = n * 10 + (uint32_t)(s.p[k++] - '0');
	bool mark = k && k + 2 < s.n && (s.p[k] == '.' || s.p[k] == ')') && s.p[k + 1] == ' ';
	return mark ? n : 0;
}

/* "1. …", "2. …", "3. …" above paragraphs, two of three taken for headlines: all are. */
static void numbered(struct kh_mend *x)
{
	uint32_t next = 1, heads = 0, titles = 0;
	for (unsigned pass = 0; pass < 2; pass++, next = 1) {
		if (pass && (heads < 3 || titles * 3 < heads * 2))
			return;
		for (uint32_t i = 0; i < x->us->n; i++) {
			if (number_of(x, i) != next || !like_headline(x, i))
				continue;
			next++;
			heads += !pass;
			titles += !pass && x->class[i] == KH_LINE_TITLE;
			if (pass)
				x->class[i] = KH_LINE_TITLE;
		}
	}
}

/* A line that stands in two stories is the page's, whatever it says; where a story is printed
 * twice, its neighbours are as well. A line that files a story signs it. */
static void common(struct kh_mend *x)
{
	uint32_t story = 0, *of = KH_TAKE(x->arena, x->us->n + 1, uint32_t);
	bool text = true; /* since the last title */
	for (uint32_t i = 0; i < x->us->n; i++) {
		bool title = x->class[i] == KH_LINE_TITLE;
		story += title;
		of[i] = story;
		if (x->us->unit[i].place && !text && x->class[i] != KH_LINE_JUNK && !title)
			x->class[i] = KH_LINE_META;
		text = !title && (text || x->class[i] == KH_LINE_BODY);
	}
	uint32_t *own = KH_TAKE(x->arena, story + 1, uint32_t); /* paragraphs that stand once */
	for (uint32_t i = 0; i < x->us->n; i++)
		own[of[i]] += x->class[i] == KH_LINE_BODY && x->us->unit[i].n_same == 1;
	for (uint32_t i = 0; i < x->us->n; i++) {
		const struct kh_unit *u = &x->us->unit[i];
		uint32_t other = u->after == KH_NONE ? u->before : u->after;
		if (x->class[i] == KH_LINE_BODY && u->n_same > 1 && of[other] != of[i] &&
		    own[of[i]] && own[of[other]])
			x->class[i] = KH_LINE_JUNK;
	}
}

/* Few words above the first headline, not filed from anywhere, are what the page says of itself. */
static void preface(struct kh_mend *x)
{
	enum { MOST = 160 };
	uint32_t chars = 0, end = 0;
	bool filed = false;
	while (end < x->us->n && x->class[end] != KH_LINE_TITLE) {
		chars += x->class[end] == KH_LINE_BODY ? x->us->unit[end].chars : 0;
		filed |= x->us->unit[end++].filed;
	}
	for (uint32_t i = 0; i < end && end < x->us->n && chars <= MOST && !filed; i++)
		if (x->class[i] == KH_LINE_BODY)
			x->class[i] = KH_LINE_JUNK;
}

/* A line above a paragraph that brings words which that has and the text before has not, on a page
 * that stops and begins there. */
static void parted(struct kh_mend *x)
{
	for (uint32_t i = 1; i + 1 < x->us->n; i++) {
		const struct kh_unit *u = &x->us->unit[i];
		const struct kh_tie *t = &x->tie[i];
		if (x->class[i] == KH_LINE_BODY && u->chars < KH_RUNNING && t->ahead >= 4 &&
		    t->behind == 1 && t->fresh >= 4 && t->lowest && u->n_word >= 4 &&
		    x->class[i - 1] == KH_LINE_BODY && u[-1].chars >= KH_RUNNING &&
		    kh_mend_is_sentence(x, i - 1) && like_headline(x, i))
			x->class[i] = KH_LINE_TITLE;
	}
}

/* A line above a paragraph that begins with a dateline is its headline, where none stands above. */
static void wires(struct kh_mend *x)
{
	bool body = true; /* since the last title */
	for (uint32_t i = 0; i + 1 < x->us->n; i++) {
		if (x->class[i] == KH_LINE_TITLE)
			body = false;
		else if (x->class[i] == KH_LINE_BODY && !x->us->unit[i + 1].filed)
			body = true;
		if (!body || !x->us->unit[i + 1].filed || x->class[i] == KH_LINE_TITLE ||
		    !like_headline(x, i))
			continue;
		x->class[i] = KH_LINE_TITLE;
		body = false;
	}
}

/* A line printed twice in a row, behind a paragraph and before one, without a stop and nobody's
 * picture, is a headline where none stands beside it. */
static void headlines(struct kh_mend *x)
{
	enum { SHORTEST = 20, LONGEST = 140 };
	for (uint32_t i = 0; i + 2 < x->us->n; i++) {
		const struct kh_unit *u = &x->us->unit[i];
		bool behind = i == 0 || x->class[i - 1] == KH_LINE_BODY ||
			      x->class[i - 1] == KH_LINE_JUNK;
		char last = x->us->in.p[u->at.end - 1];
		if (x->class[i] != KH_LINE_CAPTION || u->after != i + 1 || u->before != KH_NONE ||
		    u->credit || u->dated || u->junk || !behind || u->chars < SHORTEST ||
		    u->chars > LONGEST || last == '.' || last == '"' || !before_body(x, i + 2))
			continue;
		x->class[i] = KH_LINE_TITLE;
		x->class[i + 1] = KH_LINE_AGAIN;
	}
}

/* "GENEVA, Nov 20 (Agency) - …", "Indian police said they had … in October.": what a dateline
 * opens, and a long sentence, is the first paragraph of a story without a headline. */
static void openings(struct kh_mend *x)
{
	enum { LONG = 120 };
	bool first = true;
	for (uint32_t i = 0; i < x->us->n && first; i++) {
		const struct kh_unit *u = &x->us->unit[i];
		kh_str s = kh_str_sub(x->us->in, u->at.begin, u->at.end);
		struct kh_dateline line = kh_dateline_find(s);
		bool wire = line.end > line.begin && s.n > line.end + LONG / 2;
		bool full = u->chars >= LONG && s.p[s.n - 1] == '.';
		bool title = x->class[i] == KH_LINE_TITLE;
		if (title && (wire || full) && kh_mend_is_sentence(x, i))
			x->class[i] = KH_LINE_BODY;
		first = x->class[i] != KH_LINE_BODY && !title;
	}
}

/* "(Corrects the headline …)": a remark on the story, in brackets of its own. */
static bool is_remark(const struct kh_mend *x, uint32_t i)
{
	kh_str s = kh_str_sub(x->us->in, x->us->unit[i].at.begin, x->us->unit[i].at.end);
	return !x->us->unit[i].credit && s.n > 2 && s.p[0] == '(' && s.p[s.n - 1] == ')';
}

/* A title without a body is a teaser, or a copy printed before the other. */
static void settle(struct kh_mend *x)
{
	for (uint32_t i = 0; i < x->us->n; i++) {
		const struct kh_unit *u = &x->us->unit[i];
		if (x->class[i] == KH_LINE_CAPTION && ((u->junk && !u->credit) || is_remark(x, i)))
			x->class[i] = KH_LINE_JUNK; /* "Related: ..." describes no picture */
		if (x->class[i] != KH_LINE_TITLE)
			continue;
		uint32_t end = kh_mend_story_end(x, i);
		if (kh_mend_has_body(x, i, end))
			continue;
		x->class[i] = KH_LINE_JUNK;
		if (end < x->us->n && x->us->unit[end].whole == x->us->unit[i].whole &&
		    end - i < 12) {
			x->class[i] = KH_LINE_TITLE;
			x->class[end] = KH_LINE_AGAIN;
			i--;
		}
	}
}

void kh_mend_run(struct kh_mend *x)
{
	fellows(x, 1);
	fellows(x, -1);
	numbered(x);
	wires(x);
	parted(x);
	go_with_kind(x);
	openings(x);
	headlines(x);
	common(x);
	settle(x);
	preface(x);
}
