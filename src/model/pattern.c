/* See pattern.h. In: the section "patterns". Out: its parts, checked once. */
#include "model/pattern.h"

#include "base/str.h"

struct kh_patterns kh_patterns_open(const struct khabar_model *m)
{
	kh_str s = kh_model_section(m, "patterns");
	struct kh_patterns p = {0};
	if (!s.n)
		return p;
	p.head = (const void *)s.p;
	p.pattern = (const void *)(p.head + 1);
	p.trigger = (const void *)(p.pattern + p.head->n_patterns);
	p.pool = (const void *)(p.trigger + p.head->n_triggers);
	p.bytes = (const char *)(p.pool + p.head->n_pool);
	return p;
}

/* The end of n alternatives; beyond the pool when they do not lie within it. */
static uint64_t skip(const struct kh_patterns *p, uint64_t at, uint32_t n)
{
	for (uint32_t k = 0; k < n && at < p->head->n_pool; k++)
		at += 1 + (uint64_t)p->pool[at];
	return n && at >= p->head->n_pool + (uint64_t)1 ? UINT64_MAX : at;
}

/* Do the elements lie within the pool? */
static bool sound(const struct kh_patterns *p, struct kh_pattern_words w)
{
	uint64_t at = w.first, end = p->head->n_pool;
	for (uint32_t i = 0; i < w.n; i++) {
		if (at >= end)
			return false;
		uint32_t head = p->pool[at++], n = head & 0xffff;
		if (head & KH_PATTERN_SET) {
			if (at >= end || skip(p, p->pool[at], n) > end)
				return false;
			at++;
		} else {
			at = skip(p, at, n);
			if (at > end)
				return false;
		}
	}
	return true;
}

int kh_patterns_check(const struct khabar_model *m, khabar_error *err)
{
	kh_str s = kh_model_section(m, "patterns");
	const struct kh_pattern_head *h = (const void *)s.p;
	if (!s.n)
		return 0;
	bool good = s.n >= sizeof *h &&
		    (uint64_t)h->n_patterns * sizeof(struct kh_pattern) +
				    (uint64_t)h->n_triggers * sizeof(struct kh_pattern_trigger) +
				    (uint64_t)h->n_pool * 4 + h->n_bytes ==
			    s.n - sizeof *h;
	struct kh_patterns p = kh_patterns_open(m);
	for (uint32_t i = 0; good && i < h->n_triggers; i++)
		good = p.trigger[i].pattern < h->n_patterns &&
		       (!i || p.trigger[i].hash >= p.trigger[i - 1].hash);
	for (uint32_t i = 0; good && i < h->n_patterns; i++)
		good = p.pattern[i].label <= h->n_bytes &&
		       p.pattern[i].n_label <= h->n_bytes - p.pattern[i].label &&
		       !p.pattern[i].cameo[4] && sound(&p, p.pattern[i].before) &&
		       sound(&p, p.pattern[i].behind);
	if (good)
		return 0;
	kh_error_set(err, KHABAR_E_MODEL, (uint64_t)(s.p - (const char *)m->image),
		     "the patterns of verbs are damaged");
	return KHABAR_E_MODEL;
}

uint32_t kh_patterns_find(const struct kh_patterns *p, uint32_t hash, uint32_t *first)
{
	uint32_t low = 0, high = p->head ? p->head->n_triggers : 0, n = 0, end = high;
	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		if (p->trigger[mid].hash < hash)
			low = mid + 1;
		else
			high = mid;
	}
	*first = low;
	while (low + n < end && p->trigger[low + n].hash == hash)
		n++;
	return n;
}
