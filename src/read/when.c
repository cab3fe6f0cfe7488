/* See when.h. In: a trigger, the time expressions of its sentence, the story's day. Out: the day
 * expression that hangs on the trigger or its clause, nearest first; else the story's own day as
 * the header gives it. */
#include "read/when.h"

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

/* Is the verb above the trigger only telling it ("the army said on Monday that …")? */
static uint32_t governor(const struct kh_doc *d, uint32_t t)
{
	return d->token[t].head;
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
		if (t->begin == KH_NO_DAY || !t->n)
			continue;
		dated++;
		only = i;
		unsigned far = distance(d, t->first, token);
		uint32_t gov = governor(d, token);
		if (far >= 90 && gov != KH_NONE && distance(d, t->first, gov) < 4)
			far = 10 + distance(d, t->first, gov);
		if (far < least) {
			least = far;
			best = i;
		}
	}
	if (best == KH_NONE && dated == 1)
		best = only;
	if (best != KH_NONE) {
		*begin = d->day[best].begin;
		*end = d->day[best].end;
		*how = d->day[best].how;
		return best;
	}
	*begin = KH_NO_DAY; /* nothing said: not before the story knew of it, which bounds the end
			       alone */
	*end = story->day;
	*how = story->day == KH_NO_DAY ? KH_HOW_NONE : KH_HOW_HEADER;
	return KH_NONE;
}
