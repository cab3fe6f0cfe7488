/* Contexts of an event from the words of its sentence, and of its story's first sentence, which
 * says what the story is about. In: tokens; rules named context.X, whose words are
 * triggers of their own kind. Out: bits by the order of the contexts in codes.c. */
#include "read/context.h"

#include "base/str.h"
#include "model/rule.h"

static uint64_t of_word(const struct kh_doc *d, const struct kh_rules *r, uint32_t t, uint32_t end)
{
	uint32_t first, n = kh_rules_find(r, kh_rule_hash('c', d->token[t].lemma), &first);
	uint64_t bits = 0;
	for (uint32_t i = first; i < first + n; i++) {
		uint32_t next = r->trigger[i].particle;
		if (!next || (t + 1 < end && kh_rule_hash('w', d->token[t + 1].lemma) == next))
			bits |= (uint64_t)1 << r->rule[r->trigger[i].rule].mode[0];
	}
	return bits;
}

static uint64_t of_sentence(const struct kh_work *w, const struct kh_rules *r, uint32_t sentence)
{
	const struct kh_doc *d = w->doc;
	const struct kh_sentence *s = &d->sentence[sentence];
	uint32_t end = s->first_token + s->n_tokens;
	uint64_t bits = 0;
	for (uint32_t t = s->first_token; t < end; t++) {
		uint8_t pos = d->token[t].upos;
		if (pos == KH_NOUN || pos == KH_PROPN || pos == KH_ADJ || pos == KH_VERB)
			bits |= of_word(d, r, t, end);
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
