/* See when.h. In: a trigger, the time expressions of its sentence, the story's day. Out: the day
 * expression that hangs on the trigger or its clause, nearest first; else the story's own day as
 * the header gives it. Two days with "into", "to", "through" between them are one stretch. */
#include "read/when.h"

#include "base/str.h"

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

/* "the 1994 genocide": the day of that noun, of nobody else's deed in the sentence. */
static bool of_a_noun(const struct kh_doc *d, const struct kh_day *t)
{
	for (uint32_t k = t->first; k < t->first + t->n; k++) {
		uint32_t h = d->token[k].head;
		if (h != KH_NONE && h >= t->first + t->n)
			return d->token[h].upos == KH_NOUN || d->token[h].upos == KH_PROPN;
	}
	return false;
}

/* "Kenya, which led the bloc last year, urged both": the day of a clause that describes, or tells
 * since when, is of what stands in it alone. */
static bool of_an_aside(const struct kh_doc *d, uint32_t t, uint32_t trigger)
{
	for (unsigned steps = 0; t != KH_NONE && steps < 12 && t != trigger; steps++) {
		uint32_t mark = kh_doc_child(d, t, KH_MARK);
		bool since = d->token[t].rel == KH_ADVCL && mark != KH_NONE && is(d, mark, "since");
		if (d->token[t].rel == KH_ACL_RELCL || since)
			return !kh_doc_below(d, trigger, t);
		t = d->token[t].head;
	}
	return false;
}

uint32_t kh_when_of_event(const struct kh_work *w, uint32_t token, int32_t *begin, int32_t *end,
			  uint8_t *how)
{
	const struct kh_doc *d = w->doc;
	const struct kh_sentence *s = &d->sentence[d->token[token].sentence];
	const struct kh_story *story = &d->story[s->story];
	uint32_t best = KH_NONE, low = 0, high = d->n_day, only = KH_NONE, dated = 0;
	unsigned least = 90;
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
		dated++;
		bool apart = of_a_noun(d, t) || of_an_aside(d, t->first, token);
		only = apart ? only : i;
		unsigned far = distance(d, t->first, token);
		uint32_t gov = d->token[token].head; /* "the army said on Monday that …" */
		if (far >= 90 && gov != KH_NONE && !apart && distance(d, t->first, gov) < 4)
			far = 10 + distance(d, t->first, gov);
		if (far < least) {
			least = far;
			best = i;
		}
	}
	if (best == KH_NONE && dated == 1)
		best = only;
	if (best != KH_NONE) {
		stretch(d, best, begin, end);
		*how = d->day[best].how;
		return best;
	}
	*begin = KH_NO_DAY; /* nothing said: not before the story knew of it, which bounds the end
			       alone */
	*end = story->day;
	*how = story->day == KH_NO_DAY ? KH_HOW_NONE : KH_HOW_HEADER;
	return KH_NONE;
}
