/* See rule.h. In: a mapped section. Out: rules by trigger. */
#include "model/rule.h"

#include "base/str.h"

struct kh_rules kh_rules_open(const struct khabar_model *m)
{
	kh_str s = kh_model_section(m, "rules");
	struct kh_rules r = {0};
	if (!s.n)
		return r;
	r.head = (const void *)s.p;
	r.rule = (const void *)(r.head + 1);
	r.trigger = (const void *)(r.rule + r.head->n_rules);
	r.hash = (const void *)(r.trigger + r.head->n_triggers);
	r.bytes = (const char *)(r.hash + r.head->n_hashes);
	return r;
}

static bool list_inside(const struct kh_rules *r, struct kh_rule_list l)
{
	return l.first <= r->head->n_hashes && l.n <= r->head->n_hashes - l.first;
}

static bool sound(const struct kh_rules *r)
{
	for (uint32_t i = 0; i < r->head->n_rules; i++) {
		const struct kh_rule *k = &r->rule[i];
		if (k->name > r->head->n_bytes || k->n_name > r->head->n_bytes - k->name ||
		    k->cameo[5] || k->cameo[4] || !list_inside(r, k->object) ||
		    !list_inside(r, k->subject) || !list_inside(r, k->near) ||
		    !list_inside(r, k->no) || !list_inside(r, k->prep) ||
		    !list_inside(r, k->phrase) || k->event > 16)
			return false;
	}
	for (uint32_t i = 0; i < r->head->n_triggers; i++)
		if (r->trigger[i].rule >= r->head->n_rules ||
		    (i && r->trigger[i].hash < r->trigger[i - 1].hash))
			return false;
	return true;
}

int kh_rules_check(const struct khabar_model *m, khabar_error *err)
{
	kh_str s = kh_model_section(m, "rules");
	const struct kh_rule_head *h = (const void *)s.p;
	if (!s.n)
		return 0;
	if (s.n >= sizeof *h &&
	    sizeof *h + (uint64_t)h->n_rules * sizeof(struct kh_rule) +
			    (uint64_t)h->n_triggers * sizeof(struct kh_rule_trigger) +
			    (uint64_t)h->n_hashes * 4 + h->n_bytes ==
		    s.n) {
		struct kh_rules r = kh_rules_open(m);
		if (sound(&r))
			return 0;
	}
	kh_error_set(err, KHABAR_E_MODEL, (uint64_t)(s.p - (const char *)m->image),
		     "the rules of events are damaged");
	return KHABAR_E_MODEL;
}

uint32_t kh_rule_hash(char pos, kh_str lemma)
{
	return kh_mix((uint32_t)pos, kh_str_ihash(lemma)) | 1;
}

uint32_t kh_rules_find(const struct kh_rules *r, uint32_t hash, uint32_t *first)
{
	uint32_t low = 0, high = r->head ? r->head->n_triggers : 0, end = high, n = 0;
	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		if (r->trigger[mid].hash < hash)
			low = mid + 1;
		else
			high = mid;
	}
	*first = low;
	while (low + n < end && r->trigger[low + n].hash == hash)
		n++;
	return n;
}

bool kh_rules_has(const struct kh_rules *r, struct kh_rule_list list, kh_str lemma)
{
	uint32_t h = kh_rule_hash('w', lemma);
	for (uint32_t i = 0; i < list.n; i++)
		if (r->hash[list.first + i] == h)
			return true;
	return false;
}
