/* See dict.h. In: phrases as written. Out: keys of the mapped dictionary. */
#include "model/dict.h"

#include "base/str.h"

struct kh_dict kh_dict_open(const struct khabar_model *m)
{
	kh_str s = kh_model_section(m, "actors");
	struct kh_dict d = {0};
	if (!s.n)
		return d;
	d.head = (const void *)s.p;
	d.key = (const void *)(d.head + 1);
	d.entry = (const void *)(d.key + d.head->n_keys);
	d.bytes = (const char *)(d.entry + d.head->n_entries);
	return d;
}

static bool sound(const struct kh_dict *d)
{
	for (uint32_t i = 0; i < d->head->n_keys; i++)
		if (d->key[i].entry >= d->head->n_entries ||
		    (i && d->key[i].hash < d->key[i - 1].hash))
			return false;
	for (uint32_t i = 0; i < d->head->n_entries; i++) {
		const struct kh_dict_entry *e = &d->entry[i];
		if (e->name > d->head->n_bytes || e->n_name > d->head->n_bytes - e->name ||
		    e->id > d->head->n_bytes || e->n_id > d->head->n_bytes - e->id || e->country[3])
			return false;
	}
	return true;
}

int kh_dict_check(const struct khabar_model *m, khabar_error *err)
{
	kh_str s = kh_model_section(m, "actors");
	const struct kh_dict_head *h = (const void *)s.p;
	if (!s.n)
		return 0;
	if (s.n >= sizeof *h &&
	    (uint64_t)h->n_keys * sizeof(struct kh_dict_key) +
			    (uint64_t)h->n_entries * sizeof(struct kh_dict_entry) + h->n_bytes ==
		    s.n - sizeof *h) {
		struct kh_dict d = kh_dict_open(m);
		if (sound(&d))
			return 0;
	}
	kh_error_set(err, KHABAR_E_MODEL, (uint64_t)(s.p - (const char *)m->image),
		     "the dictionary of actors is damaged");
	return KHABAR_E_MODEL;
}

uint64_t kh_dict_hash(kh_str s)
{
	char low[128];
	size_t n = 0;
	for (size_t i = 0; i < s.n && n + 4 < sizeof low; i++) {
		char c = kh_lower(s.p[i]);
		if (kh_is_lower((unsigned char)c)) { /* nearly all */
			low[n++] = c;
			continue;
		}
		bool curly = (unsigned char)c == 0xE2 && i + 2 < s.n && s.p[i + 1] == '\x80' &&
			     (s.p[i + 2] == '\x99' || s.p[i + 2] == '\x98');
		if (curly)
			c = '\'', i += 2;
		bool blank = kh_is_space((unsigned char)c);
		if (blank && (n == 0 || low[n - 1] == ' '))
			continue;
		if (c == '-' && n && low[n - 1] != ' ')
			low[n++] = ' ';
		low[n++] = blank ? ' ' : c;
		if (c == '-')
			low[n++] = ' ';
	}
	while (n && low[n - 1] == ' ')
		n--;
	return n + 5 >= sizeof low ? 0 : kh_str_hash64((kh_str){low, n});
}

/* The first key whose hash is not less. Hashes are spread evenly: it is looked for near where it
 * would lie among keys at even distances, then further off. */
static uint32_t lower(const struct kh_dict_key *key, uint32_t n, uint64_t hash)
{
	uint32_t at = (uint32_t)((hash >> 32) * n >> 32), low = 0, high = n;
	for (uint32_t step = 32; at < high; step *= 2) {
		if (key[at].hash < hash) {
			low = at + 1;
			at = high - low > step ? low + step : high;
		} else {
			high = at;
			break;
		}
	}
	for (uint32_t step = 32; high - low > step; step *= 2) {
		if (key[high - step].hash < hash) {
			low = high - step + 1;
			break;
		}
		high -= step;
	}
	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		if (key[mid].hash < hash)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

uint32_t kh_dict_find(const struct kh_dict *d, uint64_t hash, uint32_t *first)
{
	uint32_t n = 0, end = d->head ? d->head->n_keys : 0;
	uint32_t low = lower(d->key, end, hash);
	*first = low;
	while (low + n < end && d->key[low + n].hash == hash)
		n++;
	return n;
}
