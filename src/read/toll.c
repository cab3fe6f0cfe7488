/* See toll.h. In: a trigger. Out: the amounts of its sentence that hang on it: their own trigger is
 * the event's, is below it ("killing 12"), or is what it is told in. An event with figures of its own
 * has no others. */
#include "read/toll.h"

static bool near_token(const struct kh_doc *d, uint32_t a, uint32_t b)
{
	uint32_t up = a;
	for (unsigned steps = 0; steps < 5 && up != KH_NONE; steps++, up = d->token[up].head)
		if (up == b)
			return true;
	return false;
}

static bool counts(const struct kh_amount *a)
{
	return a->kind && a->trigger != KH_NONE && !a->named && !a->negated && !a->part;
}

uint32_t kh_amounts_of_event(const struct kh_work *w, uint32_t token, uint32_t *out, uint32_t max)
{
	const struct kh_doc *d = w->doc;
	uint32_t sentence = d->token[token].sentence, low = 0, high = d->n_amount, n = 0;
	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		if (d->token[d->amount[mid].head].sentence < sentence)
			low = mid + 1;
		else
			high = mid;
	}
	bool own = false; /* "killing 12 and wounding 20": each has its own */
	for (uint32_t i = low;
	     i < d->n_amount && d->token[d->amount[i].head].sentence == sentence && !own; i++)
		own = counts(&d->amount[i]) && d->amount[i].trigger == token;
	for (uint32_t i = low;
	     i < d->n_amount && n < max && d->token[d->amount[i].head].sentence == sentence; i++) {
		const struct kh_amount *a = &d->amount[i];
		if (!counts(a) || (own && a->trigger != token && d->token[a->trigger].deed))
			continue;
		if (near_token(d, a->trigger, token) || near_token(d, token, a->trigger))
			out[n++] = i;
	}
	return n;
}
