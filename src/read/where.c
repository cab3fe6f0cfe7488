/* See where.h. In: the tree around a trigger, places. Out: the place of the event: a phrase of
 * place of the trigger, of the verb it hangs on, or of its objects; else the only place of the
 * sentence that stands in such a phrase. */
#include "read/where.h"

#include "base/str.h"

static bool locative(const struct kh_doc *d, uint32_t t)
{
	static const char *const word[] = {
		"in",	 "at",	    "near", "outside", "inside", "around", "on",   "across", "off",
		"along", "between", "into", "through", "over",	 "of",	   "from", "to"};
	uint32_t k = kh_doc_child(d, t, KH_CASE);
	for (size_t i = 0; k != KH_NONE && i < 13; i++)
		if (kh_str_ieq(d->token[k].lemma, (kh_str){word[i], strlen(word[i])}))
			return true;
	return false;
}

/* Steps up from the place to the trigger's clause; 99 when it belongs to another clause. */
static unsigned distance(const struct kh_doc *d, uint32_t place, uint32_t trigger)
{
	uint32_t up = place;
	for (unsigned steps = 0; steps < 8 && up != KH_NONE; steps++, up = d->token[up].head) {
		if (up == trigger)
			return steps;
		if (steps && d->token[up].upos == KH_VERB && up != trigger)
			return 99;
	}
	return 99;
}

/* "officials in Phnom Penh said": where a speaker of the sentence is, which is no place of what is
 * told. Voices stand in the order of their cues' sentences. */
static bool of_speaker(const struct kh_doc *d, const struct kh_sentence *s, kh_span at)
{
	uint32_t low = 0, high = d->n_voice;
	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		if (d->sentence[d->token[d->voice[mid].cue_token].sentence].at.begin < s->at.begin)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < d->n_voice && d->voice[low].cue.begin < s->at.end; low++)
		if (kh_span_holds(d->voice[low].source, at))
			return true;
	return false;
}

uint32_t kh_where_of_event(const struct kh_work *w, uint32_t token, uint8_t *how)
{
	const struct kh_doc *d = w->doc;
	const struct kh_sentence *s = &d->sentence[d->token[token].sentence];
	uint32_t best = KH_NONE, low = 0, high = d->n_place;
	uint32_t only = KH_NONE, led = 0;
	unsigned least = 90;
	while (low < high) { /* places are in text order */
		uint32_t mid = low + (high - low) / 2;
		if (d->place[mid].at.begin < s->at.begin)
			low = mid + 1;
		else
			high = mid;
	}
	for (uint32_t i = low; i < d->n_place && d->place[i].at.begin < s->at.end; i++) {
		uint32_t head = d->place[i].first;
		for (uint32_t t = head; t < d->place[i].first + d->place[i].n; t++)
			if (d->token[t].head == KH_NONE || d->token[t].head < d->place[i].first ||
			    d->token[t].head >= d->place[i].first + d->place[i].n)
				head = t;
		if (d->place[i].adjective || !locative(d, head) || of_speaker(d, s, d->place[i].at))
			continue;
		if (!i || d->place[i - 1].first + d->place[i - 1].n + 1 < d->place[i].first) {
			only = i; /* "Kano, Nigeria" is one */
			led++;
		}
		unsigned far = distance(d, head, token);
		uint32_t gov = d->token[token].head;
		if (far == 99 && gov != KH_NONE && d->token[token].upos != KH_VERB &&
		    distance(d, head, gov) < 4)
			far = 5 + distance(d, head, gov);
		if (far < least) {
			least = far;
			best = i;
		}
	}
	if (best == KH_NONE && led == 1)
		best = only;
	*how = best == KH_NONE ? KH_HOW_NONE : d->place[best].how;
	return best;
}
