/* See when.h. In: a trigger, the time expressions of its sentence, the story's day. Out: the day
 * expression that hangs on the trigger or its clause, nearest first; else the story's own day as
 * the header gives it. Two days with "into", "to", "through" between them are one stretch; "since"
 * makes one up to the news; "three days after" moves the day that it is told from. */
#include "read/when.h"

#include "base/day.h"
#include "base/str.h"

enum { NO_WAY = 90, IN_SINCE = 30 }; /* steps */

/* A day and how it bears on one event. */
struct bearing {
	uint32_t day;     /* doc->day; KH_NONE */
	uint32_t measure; /* "three days" of "three days after"; KH_NONE */
	bool since;       /* from that day on */
	bool loose;       /* of another noun, clause or verb */
	unsigned far;
};

static unsigned distance(const struct kh_doc *d, uint32_t t, uint32_t trigger)
{
	uint32_t up = t;
	for (unsigned steps = 0; steps < 8 && up != KH_NONE; steps++, up = d->token[up].head) {
		if (up == trigger)
			return steps;
		if (steps && d->token[up].upos == KH_VERB)
			return 90 + steps;
	}
	return 99;
}

static bool is(const struct kh_doc *d, uint32_t t, const char *word)
{
	return kh_str_ieq(d->token[t].form, kh_str_of(word));
}

/* "late Sunday into Monday", "from 3 to 5 March", "between Monday and Wednesday" */
static bool one_stretch(const struct kh_doc *d, uint32_t a)
{
	if (a + 1 >= d->n_day)
		return false;
	const struct kh_day *x = &d->day[a], *y = x + 1;
	uint32_t k = x->first + x->n;
	if (!x->n || !y->n || y->first != k + 1 || x->begin == KH_NO_DAY || y->end == KH_NO_DAY ||
	    y->end < x->begin)
		return false;
	bool between = x->first && is(d, x->first - 1, "between") && is(d, k, "and");
	return between || is(d, k, "into") || is(d, k, "to") || is(d, k, "through") ||
	       is(d, k, "until");
}

static void stretch(const struct kh_doc *d, uint32_t best, int32_t *begin, int32_t *end)
{
	*begin = d->day[best].begin;
	*end = d->day[best].end;
	if (one_stretch(d, best))
		*end = d->day[best + 1].end;
	else if (best && one_stretch(d, best - 1))
		*begin = d->day[best - 1].begin;
}

/* The word outside a day that its words hang on; KH_NONE. */
static uint32_t hangs_on(const struct kh_doc *d, const struct kh_day *t)
{
	for (uint32_t k = t->first; k < t->first + t->n; k++) {
		uint32_t h = d->token[k].head;
		if (h != KH_NONE && (h < t->first || h >= t->first + t->n))
			return h;
	}
	return KH_NONE;
}

/* "the 1994 genocide": the day of that noun, of nobody else's deed in the sentence. */
static bool of_a_noun(const struct kh_doc *d, const struct kh_day *t)
{
	uint32_t h = hangs_on(d, t);
	return h != KH_NONE && h >= t->first + t->n &&
	       (d->token[h].upos == KH_NOUN || d->token[h].upos == KH_PROPN);
}

/* "suspended the 1960 treaty": a year before a noun is not when the noun was dealt with. */
static bool names_year(const struct kh_doc *d, const struct kh_day *t, uint32_t trigger)
{
	uint32_t h = hangs_on(d, t);
	return t->value.n == 4 && of_a_noun(d, t) && h != trigger && !is(d, h, "election") &&
	       !is(d, h, "elections") && !kh_doc_below(d, trigger, h);
}

/* "up from 4,800 in 2023", "more than the 12 of May": a figure to compare with, and its day. */
static bool compared(const struct kh_doc *d, const struct kh_day *t)
{
	uint32_t k = t->first;
	if (k < 3 || d->token[k - 3].sentence != d->token[k].sentence ||
	    !(is(d, k - 1, "in") || is(d, k - 1, "on") || is(d, k - 1, "of")))
		return false;
	return d->token[k - 2].upos == KH_NUM && (is(d, k - 3, "from") || is(d, k - 3, "than") ||
						  is(d, k - 3, "the"));
}

/* "since May", "ever since the 3rd" */
static bool led_by(const struct kh_doc *d, const struct kh_day *t, const char *word)
{
	if (t->first && is(d, t->first - 1, word))
		return true;
	for (uint32_t k = t->first; k < t->first + t->n; k++)
		for (uint32_t c = d->token[k].child; c != KH_NONE; c = d->token[c].next)
			if (d->token[c].rel == KH_CASE && is(d, c, word))
				return true;
	return false;
}

/* "since May", "since the start of the invasion on February 24": the day, or what it is of. */
static bool is_since(const struct kh_doc *d, const struct kh_day *t, uint32_t trigger)
{
	if (led_by(d, t, "since"))
		return true;
	uint32_t up = hangs_on(d, t);
	for (unsigned steps = 0; steps < 4 && up != KH_NONE && up != trigger &&
				 d->token[up].upos != KH_VERB; steps++, up = d->token[up].head) {
		uint32_t c = kh_doc_child(d, up, KH_CASE);
		if (c != KH_NONE && is(d, c, "since"))
			return true;
	}
	return false;
}

/* The verb that a day hangs on; KH_NONE. */
static uint32_t verb_of(const struct kh_doc *d, const struct kh_day *t)
{
	uint32_t up = hangs_on(d, t);
	for (unsigned steps = 0; steps < 8 && up != KH_NONE; steps++, up = d->token[up].head)
		if (d->token[up].upos == KH_VERB)
			return up;
	return KH_NONE;
}

/* "police said on Monday": does the verb bring what somebody says? */
static bool brings(const struct kh_doc *d, uint32_t verb)
{
	if (verb == KH_NONE)
		return false;
	kh_span at = d->sentence[d->token[verb].sentence].at;
	for (uint32_t i = kh_doc_voices(d, at); i < d->n_voice && d->voice[i].cue.begin < at.end; i++)
		if (d->voice[i].cue_token == verb)
			return true;
	return false;
}

/* "filed a suit and will meet in May": May is of the verb joined below, not of the one before. */
static bool of_joined(const struct kh_doc *d, uint32_t verb, uint32_t trigger)
{
	return verb != KH_NONE && verb != trigger && d->token[verb].rel == KH_CONJ &&
	       kh_doc_below(d, verb, trigger);
}

/* The clause that describes, or tells since when, which a day stands in and the trigger does not:
 * "Kenya, which led the bloc last year, urged both". KH_NONE. */
static uint32_t aside_of(const struct kh_doc *d, uint32_t t, uint32_t trigger, bool *since)
{
	for (unsigned steps = 0; t != KH_NONE && steps < 12 && t != trigger; steps++) {
		uint32_t mark = kh_doc_child(d, t, KH_MARK);
		*since = d->token[t].rel == KH_ADVCL && mark != KH_NONE && is(d, mark, "since");
		if (d->token[t].rel == KH_ACL_RELCL || *since)
			return kh_doc_below(d, trigger, t) ? KH_NONE : t;
		t = d->token[t].head;
	}
	*since = false;
	return KH_NONE;
}

/* "three days after the attack on Monday": the measure before a day that it is counted from; the
 * trigger does not stand behind "after". KH_NONE: the day is told by itself. */
static uint32_t counted_from(const struct kh_doc *d, uint32_t day, uint32_t trigger)
{
	const struct kh_day *t = &d->day[day];
	if (!day)
		return KH_NONE;
	const struct kh_day *m = t - 1;
	uint32_t k = m->first + m->n;
	if (m->type != KH_DAY_DURATION || !m->n || k >= t->first ||
	    d->token[k].sentence != d->token[t->first].sentence ||
	    !(is(d, k, "after") || is(d, k, "before")))
		return KH_NONE;
	uint32_t of = d->token[k].head; /* the noun or the clause behind "after" */
	if (of == KH_NONE || of <= k || !kh_doc_below(d, t->first, of) ||
	    kh_doc_below(d, trigger, of))
		return KH_NONE;
	return day - 1;
}

/* Days moved by "P3D", "P2W", "P1M", "P5Y"; false: by no known number. */
static bool moved(kh_str by, int sign, int32_t *day)
{
	if (by.n < 3 || by.n > 5 || by.p[0] != 'P')
		return false;
	int n = kh_str_digits(by, 1, by.n - 2);
	char unit = by.p[by.n - 1];
	if (n < 1 || *day == KH_NO_DAY)
		return false;
	if (unit == 'D' || unit == 'W') {
		*day += sign * n * (unit == 'W' ? 7 : 1);
		return true;
	}
	if (unit != 'M' && unit != 'Y')
		return false;
	struct kh_ymd c = kh_day_ymd(*day);
	int months = c.year * 12 + c.month - 1 + sign * n * (unit == 'Y' ? 12 : 1);
	int last = months < 12 ? 1 : kh_day_month_length(months / 12, months % 12 + 1);
	*day = kh_day_of(months / 12, months % 12 + 1, c.day < last ? c.day : last);
	return *day != KH_NO_DAY;
}

/* "who killed 26 tourists last April were based there": a day right before the verb that the clause
 * ends at is the clause's, wherever the parser hangs it. */
static bool ends_clause(const struct kh_doc *d, const struct kh_day *t, uint32_t trigger)
{
	uint32_t next = t->first + t->n;
	if (d->token[trigger].rel != KH_ACL_RELCL || t->first <= trigger || next >= d->n_token ||
	    d->token[next].sentence != d->token[trigger].sentence || t->first - trigger > 12 ||
	    (d->token[next].upos != KH_AUX && d->token[next].upos != KH_VERB))
		return false;
	for (uint32_t k = trigger + 1; k < t->first; k++)
		if (d->token[k].upos == KH_VERB || d->token[k].upos == KH_AUX ||
		    d->token[k].upos == KH_PUNCT)
			return false;
	return true;
}

static struct bearing bears(const struct kh_doc *d, uint32_t day, uint32_t trigger)
{
	const struct kh_day *t = &d->day[day];
	struct bearing b = {.day = day, .measure = counted_from(d, day, trigger)};
	bool since;
	uint32_t aside = aside_of(d, t->first, trigger, &since);
	uint32_t at = b.measure == KH_NONE ? t->first : d->day[b.measure].first;
	bool apart = b.measure == KH_NONE && (of_a_noun(d, t) || aside != KH_NONE);
	b.since = since || is_since(d, t, trigger);
	b.far = distance(d, at, trigger);
	b.loose = of_a_noun(d, t) || compared(d, t) || aside != KH_NONE ||
		  of_joined(d, verb_of(d, t), trigger);
	if (ends_clause(d, t, trigger) && b.measure == KH_NONE)
		return (struct bearing){.day = day, .measure = KH_NONE, .far = 1};
	if (names_year(d, t, trigger) || compared(d, t))
		b.far = 99;
	if (since && aside != KH_NONE) {
		unsigned up = distance(d, d->token[aside].head, trigger);
		b.far = up < 4 ? IN_SINCE + up : 99;
		return b;
	}
	uint32_t gov = d->token[trigger].head; /* "the army said on Monday that …" */
	if (b.far >= NO_WAY && gov != KH_NONE && !apart && !compared(d, t) && distance(d, at, gov) < 4)
		b.far = 10 + distance(d, at, gov);
	return b;
}

/* "took it on Thursday, two weeks after they had left", "… after rebels attacked": the clause behind
 * "after" that the trigger stands at the head of; its token "after". KH_NONE. */
static uint32_t after_of(const struct kh_doc *d, const struct kh_day *t, uint32_t trigger)
{
	uint32_t mark = kh_doc_child(d, trigger, KH_MARK);
	if (d->token[trigger].rel != KH_ADVCL || mark == KH_NONE || !is(d, mark, "after") ||
	    kh_doc_below(d, t->first, trigger))
		return KH_NONE;
	return mark;
}

/* The days before that of the main clause that the measure in front of "after" counts. */
static void earlier(const struct kh_doc *d, uint32_t day, uint32_t after, int32_t *begin, int32_t *end)
{
	for (uint32_t i = day > 2 ? day - 2 : 0; i < d->n_day && i < day + 3; i++) {
		const struct kh_day *m = &d->day[i];
		if (m->type == KH_DAY_DURATION && m->n && m->first + m->n == after &&
		    moved(m->value, -1, begin) && moved(m->value, -1, end))
			return;
	}
	*begin = KH_NO_DAY; /* not later */
}

/* What the day that bears on an event says of when it was. */
static bool settle(const struct kh_doc *d, const struct bearing *b, uint32_t trigger, int32_t news,
		   int32_t *begin, int32_t *end)
{
	stretch(d, b->day, begin, end);
	const struct kh_day *t = &d->day[b->day];
	if (b->measure != KH_NONE) {
		const struct kh_day *m = &d->day[b->measure];
		int sign = is(d, m->first + m->n, "after") ? 1 : -1;
		return moved(m->value, sign, begin) && moved(m->value, sign, end);
	}
	uint32_t after = after_of(d, t, trigger);
	if (after != KH_NONE)
		earlier(d, b->day, after, begin, end);
	else if (b->since && *begin != KH_NO_DAY && (news == KH_NO_DAY || news >= *begin))
		*end = news;
	else if (distance(d, t->first, trigger) >= NO_WAY && !ends_clause(d, t, trigger) &&
		 d->token[trigger].rel != KH_CONJ && brings(d, verb_of(d, t)) && *begin == t->begin)
		*begin = KH_NO_DAY; /* told on Monday: not later */
	else if (t->type == KH_DAY_DATE && *begin == t->begin &&
		 (led_by(d, t, "until") || led_by(d, t, "till")))
		*begin = KH_NO_DAY;
	return true;
}

uint32_t kh_when_of_event(const struct kh_work *w, uint32_t token, int32_t *begin, int32_t *end,
			  uint8_t *how)
{
	const struct kh_doc *d = w->doc;
	const struct kh_sentence *s = &d->sentence[d->token[token].sentence];
	const struct kh_story *story = &d->story[s->story];
	uint32_t low = 0, high = d->n_day, dated = 0;
	struct bearing best = {.day = KH_NONE, .far = NO_WAY}, only = best;
	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		if (d->day[mid].at.begin < s->at.begin)
			low = mid + 1;
		else
			high = mid;
	}
	for (uint32_t i = low; i < d->n_day && d->day[i].at.begin < s->at.end; i++) {
		const struct kh_day *t = &d->day[i];
		if ((t->begin == KH_NO_DAY && t->end == KH_NO_DAY) || !t->n)
			continue;
		struct bearing b = bears(d, i, token);
		dated++;
		only = b.loose ? only : b;
		if (b.far < best.far)
			best = b;
	}
	if (best.day == KH_NONE && dated == 1 && only.measure == KH_NONE)
		best = only;
	if (best.day != KH_NONE && settle(d, &best, token, story->day, begin, end)) {
		*how = d->day[best.day].how;
		return best.day;
	}
	*begin = KH_NO_DAY; /* nothing said: not before the story knew of it, which bounds the end
			       alone */
	*end = story->day;
	*how = story->day == KH_NO_DAY ? KH_HOW_NONE : KH_HOW_HEADER;
	return KH_NONE;
}
