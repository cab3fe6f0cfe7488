/* Contexts of an event from the words of its sentence, and of its story's first sentence, which
 * says what the story is about. In: tokens; rules named context.X, whose `near` lists the words of
 * X. Out: bits by the order of the contexts in codes.c. */
#include "read/context.h"

#include "base/str.h"
#include "model/rule.h"

static bool listed(const struct kh_rules *r, struct kh_rule_list l, uint32_t hash)
{
	for (uint32_t i = 0; i < l.n; i++)
		if (r->hash[l.first + i] == hash)
			return true;
	return false;
}

static uint64_t of_sentence(const struct kh_work *w, const struct kh_rules *r, uint32_t sentence)
{
	const struct kh_doc *d = w->doc;
	const struct kh_sentence *s = &d->sentence[sentence];
	uint64_t bits = 0;
	for (uint32_t t = s->first_token; t < s->first_token + s->n_tokens; t++) {
		uint8_t pos = d->token[t].upos;
		if (pos != KH_NOUN && pos != KH_PROPN && pos != KH_ADJ && pos != KH_VERB)
			continue;
		uint32_t hash = kh_rule_hash('w', d->token[t].lemma);
		for (uint32_t i = 0; i < r->head->n_rules; i++) {
			kh_str name = {r->bytes + r->rule[i].name, r->rule[i].n_name};
			if (!kh_str_starts(name, "context.") || !listed(r, r->rule[i].near, hash))
				continue;
			bits |= (uint64_t)1 << kh_code_find(KH_LIST_CONTEXT,
							    kh_str_sub(name, 8, name.n));
		}
	}
	return bits & ~(uint64_t)1;
}

uint64_t kh_context_of(const struct kh_work *w, uint32_t event)
{
	const struct kh_doc *d = w->doc;
	struct kh_rules r = kh_rules_open(w->model);
	uint32_t sentence = d->event[event].sentence;
	if (!r.head)
		return 0;
	uint64_t bits = of_sentence(w, &r, sentence);
	uint32_t first = d->story[d->sentence[sentence].story].first_sentence;
	if (!bits && first != sentence && first < d->n_sentence)
		bits = of_sentence(w, &r, first);
	return bits;
}
