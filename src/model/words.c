/* See words.h. In: a mapped section. Out: values by bisection. */
#include "model/words.h"

#include "base/str.h"

static const struct kh_words_head *head_of(kh_str s)
{
	return (const void *)s.p;
}

static const struct kh_words_list *lists_of(kh_str s)
{
	return (const void *)(s.p + sizeof(struct kh_words_head));
}

static const struct kh_words_entry *entries_of(kh_str s)
{
	return (const void *)(lists_of(s) + head_of(s)->n_lists);
}

static const char *bytes_of(kh_str s)
{
	return (const char *)(entries_of(s) + head_of(s)->n_entries);
}

struct kh_words kh_words_list(const struct khabar_model *m, const char *name)
{
	kh_str s = kh_model_section(m, "words");
	if (s.n)
		for (uint32_t i = 0; i < head_of(s)->n_lists; i++)
			if (strcmp(lists_of(s)[i].name, name) == 0)
				return (struct kh_words){ (const unsigned char *)bytes_of(s),
							  entries_of(s) + lists_of(s)[i].first,
							  lists_of(s)[i].n };
	return (struct kh_words){ 0 };
}

bool kh_words_find(const struct kh_words *w, kh_str key, kh_str *value)
{
	uint32_t low = 0, high = w->n;
	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		const struct kh_words_entry *e = &w->entry[mid];
		int c = kh_str_cmp(key, (kh_str){ (const char *)w->base + e->key, e->n_key });
		if (c == 0) {
			*value = (kh_str){ (const char *)w->base + e->value, e->n_value };
			return true;
		}
		if (c < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return false;
}

bool kh_words_find_word(const struct kh_words *list, kh_str word, kh_str *value)
{
	char low[24];
	if (word.n < 2 || word.n > sizeof low)
		return false;
	for (size_t i = 0; i < word.n; i++)
		low[i] = kh_lower(word.p[i]);
	return kh_words_find(list, (kh_str){low, word.n}, value);
}

int kh_words_check(const struct khabar_model *m, khabar_error *err)
{
	kh_str s = kh_model_section(m, "words");
	if (s.n == 0)
		return 0;
	const struct kh_words_head *h = head_of(s);
	uint64_t need = sizeof *h;
	if (s.n >= need)
		need += (uint64_t)h->n_lists * sizeof(struct kh_words_list) +
			(uint64_t)h->n_entries * sizeof(struct kh_words_entry) + h->n_bytes;
	bool good = s.n >= sizeof *h && need == s.n;
	for (uint32_t i = 0; good && i < h->n_lists; i++) {
		const struct kh_words_list *l = &lists_of(s)[i];
		good = memchr(l->name, 0, sizeof l->name) && l->first <= h->n_entries &&
		       l->n <= h->n_entries - l->first;
	}
	for (uint32_t i = 0; good && i < h->n_entries; i++) {
		const struct kh_words_entry *e = &entries_of(s)[i];
		good = e->key <= h->n_bytes && e->n_key <= h->n_bytes - e->key &&
		       e->value <= h->n_bytes && e->n_value <= h->n_bytes - e->value;
	}
	if (good)
		return 0;
	kh_error_set(err, KHABAR_E_MODEL, (uint64_t)(s.p - (const char *)m->image),
		     "model section `words` is damaged");
	return KHABAR_E_MODEL;
}
