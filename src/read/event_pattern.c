/* See event_pattern.h. In: the section "patterns", the tokens around a verb. Out: the code of the
 * longest pattern. Words are compared by form or lemma in small letters; between elements other
 * words may stand, up to GAP, unless they were written together. */
#include "read/event_pattern.h"

#include "base/str.h"
#include "model/pattern.h"

enum { GAP = 12 };

static bool is_word(const struct kh_doc *d, uint32_t t, uint32_t hash)
{
	return kh_str_ihash(d->token[t].form) == hash || kh_str_ihash(d->token[t].lemma) == hash;
}

/* Words taken when the alternative stands at t, reading to the right (or with `left` so that it
 * ends at t); 0 when it does not. */
static uint32_t stands(const struct kh_doc *d, const struct kh_sentence *s, const uint32_t *alt,
		       uint32_t t, bool left)
{
	uint32_t n = alt[0], end = s->first_token + s->n_tokens;
	if (left ? t + 1 < s->first_token + n : t + n > end)
		return 0;
	uint32_t from = left ? t + 1 - n : t;
	for (uint32_t i = 0; i < n; i++)
		if (!is_word(d, from + i, alt[1 + i]))
			return 0;
	return n;
}

/* Do the elements stand there, one after the other, going away from the verb? */
static bool holds(const struct kh_doc *d, const struct kh_sentence *s, const uint32_t *all,
		  struct kh_pattern_words w, uint32_t verb, bool left)
{
	const uint32_t *pool = all + w.first;
	uint32_t n = w.n;
	uint32_t end = s->first_token + s->n_tokens, at = verb;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t head = *pool++, alternatives = head & 0xffff, taken = 0;
		uint32_t reach = head & KH_PATTERN_NEXT ? 1 : GAP;
		bool set = (head & KH_PATTERN_SET) != 0;
		const uint32_t *from = set ? all + *pool : pool, *next = set ? pool + 1 : pool;
		for (uint32_t k = 0; k < alternatives && !set; k++)
			next += 1 + next[0];
		for (uint32_t step = 1; step <= reach && !taken; step++) {
			if (left ? at < s->first_token + step : at + step >= end)
				break;
			uint32_t t = left ? at - step : at + step;
			const uint32_t *alt = from;
			for (uint32_t k = 0; k < alternatives && !taken; k++, alt += 1 + alt[0])
				taken = stands(d, s, alt, t, left);
			if (taken)
				at = left ? t + 1 - taken : t + taken - 1;
		}
		if (!taken)
			return false;
		pool = next;
	}
	return true;
}

bool kh_event_pattern(const struct kh_work *w, uint32_t token, struct kh_find *f)
{
	static const struct kh_rule own = {.n_name = 0}, swapped = {.flags = KH_RULE_SWAP};
	const struct kh_doc *d = w->doc;
	const struct kh_token *t = &d->token[token];
	struct kh_patterns p = kh_patterns_open(w->model);
	const struct kh_pattern *best = NULL;
	const uint32_t hash[2] = {kh_str_ihash(t->form), kh_str_ihash(t->lemma)};
	for (unsigned i = 0; i < 2 && p.head; i++) {
		uint32_t first, n = kh_patterns_find(&p, hash[i], &first);
		for (uint32_t k = first; k < first + n; k++) {
			const struct kh_pattern *c = &p.pattern[p.trigger[k].pattern];
			const struct kh_sentence *s = &d->sentence[t->sentence];
			if (best && c->before.n + c->behind.n <= best->before.n + best->behind.n)
				continue;
			if (holds(d, s, p.pool, c->before, token, true) &&
			    holds(d, s, p.pool, c->behind, token, false))
				best = c;
		}
	}
	if (!best)
		return false;
	bool turn = best->swap && !(t->flags & KH_TOK_PASSIVE); /* a passive does it itself */
	f->rule = turn ? &swapped : &own;
	f->event = best->event;
	memcpy(f->cameo, best->cameo, 5);
	f->label = (kh_str){p.bytes + best->label, best->n_label};
	return true;
}
