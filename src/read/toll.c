/* See toll.h. In: a trigger. Out: the amounts of its sentence that hang on it: their own trigger is
 * the event's, is below it ("killing 12"), or is what it is told in, and no verb of another deed. An
 * event with figures of its own has no others. */
#include "read/toll.h"

/* Has the clause a subject that is not who was counted? */
static bool other_subject(const struct kh_doc *d, uint32_t verb, uint32_t counted)
{
	uint32_t c = kh_doc_child(d, verb, KH_NSUBJ);
	return c != KH_NONE && c != counted && !kh_doc_below(d, counted, c);
}

/* "attacked the base and killed 12": what a verb joined below the attack did is its outcome. "took 12
 * hostages and police arrested four", "killed 12 and burned the market": of each verb alone. */
static bool outcome(const struct kh_doc *d, uint32_t joined, const struct kh_amount *a, uint8_t event)
{
	return event == KH_ASSAULT && (a->kind == KH_KILLED || a->kind == KH_WOUNDED) &&
	       !other_subject(d, joined, a->head);
}

/* "One died and 29 were injured after they clashed": tolls that are joined came of the same, `up` is a
 * verb that the event is told below. */
static bool same_toll(const struct kh_doc *d, const struct kh_amount *a, uint32_t up)
{
	const struct kh_token *head = &d->token[a->head], *of = &d->token[a->trigger];
	bool suffered = head->head == a->trigger &&
			(head->rel == KH_NSUBJ || head->rel == KH_NSUBJ_PASS);
	bool joined = (of->rel == KH_CONJ && of->head == up) ||
		      (d->token[up].rel == KH_CONJ && d->token[up].head == a->trigger);
	return suffered && joined && (a->kind == KH_KILLED || a->kind == KH_WOUNDED);
}

/* Does the word that says what befell them hang on the event, or the event on it? */
static bool goes_with(const struct kh_doc *d, const struct kh_amount *a, uint32_t token,
		      uint8_t event)
{
	uint32_t up = a->trigger;
	bool hurt = a->kind == KH_KILLED || a->kind == KH_WOUNDED;
	if (up != token && d->token[up].deed && !hurt)
		return false; /* "arrested five after gunmen attacked": of the arrest alone */
	for (unsigned steps = 0; steps < 5 && up != KH_NONE; steps++, up = d->token[up].head) {
		if (up == token)
			return true;
		bool joined = d->token[up].rel == KH_CONJ && d->token[up].upos == KH_VERB;
		if (joined && !outcome(d, up, a, event))
			break;
	}
	up = token;
	for (unsigned steps = 0; steps < 5 && up != KH_NONE; steps++, up = d->token[up].head) {
		if (up == a->trigger || (up != token && event == KH_ASSAULT && same_toll(d, a, up)))
			return true;
		if (up != token && d->token[up].deed)
			break; /* "fired to disperse mobs pelting stones": of the nearest deed */
		bool beside = d->token[up].rel == KH_CONJ || d->token[up].rel == KH_PARATAXIS ||
			      (d->token[up].rel == KH_ACL_RELCL &&
			       d->token[up].head == a->head); /* "freed 14 who had been held" */
		if (beside && d->token[up].upos == KH_VERB)
			break;
	}
	return false;
}

static bool counts(const struct kh_amount *a)
{
	return a->kind && a->trigger != KH_NONE && !a->named && !a->negated && !a->part;
}

/* Who was killed is counted where the killing is told, not by those who accuse or demand. */
static bool words_alone(uint8_t event)
{
	return event == KH_ACCUSE || event == KH_REQUEST || event == KH_REJECT ||
	       event == KH_THREATEN || event == KH_AGREE || event == KH_CONSULT ||
	       event == KH_SUPPORT;
}

uint32_t kh_amounts_of_event(const struct kh_work *w, uint32_t token, uint8_t event, uint32_t *out,
			     uint32_t max)
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
		if (!counts(a) || (words_alone(event) && a->kind != KH_PARTICIPANTS &&
				   a->trigger != token) ||
		    (own && a->trigger != token && d->token[a->trigger].deed))
			continue;
		if (goes_with(d, a, token, event))
			out[n++] = i;
	}
	return n;
}
