/* See gazetteer.h. In: names as written. Out: keys of the mapped table. */
#include "model/gazetteer.h"

#include "base/str.h"
#include "base/utf8.h"

struct kh_gazetteer kh_gaz_open(const struct khabar_model *m)
{
	kh_str s = kh_model_section(m, "places");
	struct kh_gazetteer g = {0};
	if (!s.n)
		return g;
	g.head = (const void *)s.p;
	g.place = (const void *)(g.head + 1);
	g.key = (const void *)(g.place + g.head->n_places);
	g.bytes = (const char *)(g.key + g.head->n_keys);
	return g;
}

int kh_gaz_check(const struct khabar_model *m, khabar_error *err)
{
	kh_str s = kh_model_section(m, "places");
	const struct kh_gaz_head *h = (const void *)s.p;
	if (!s.n)
		return 0;
	bool good = s.n >= sizeof *h &&
		    sizeof *h + (uint64_t)h->n_places * sizeof(struct kh_gaz_place) +
				    (uint64_t)h->n_keys * sizeof(struct kh_gaz_key) + h->n_bytes ==
			    s.n;
	struct kh_gazetteer g = kh_gaz_open(m);
	for (uint32_t i = 0; good && i < h->n_places; i++)
		good = g.place[i].name <= h->n_bytes &&
		       g.place[i].n_name <= h->n_bytes - g.place[i].name && !g.place[i].iso3[3] &&
		       !g.place[i].admin[3] && !g.place[i].fcode[5];
	for (uint32_t i = 0; good && i < h->n_keys; i++)
		good = (g.key[i].place & ~KH_GAZ_ADJECTIVE) < h->n_places &&
		       (!i || g.key[i].hash >= g.key[i - 1].hash);
	if (good)
		return 0;
	kh_error_set(err, KHABAR_E_MODEL, (uint64_t)(s.p - (const char *)m->image),
		     "the table of places is damaged");
	return KHABAR_E_MODEL;
}

/* The letter without its accent, for Latin-1 and Latin Extended-A; others as they are. */
static uint32_t bare(uint32_t c)
{
	static const char latin1[] = "aaaaaaaceeeeiiiidnooooo*ouuuuyts";
	static const char extended[] =
		"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii**jjkkklllllllllln"
		"nnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
	c = kh_utf8_lower(c);
	if (c >= 0xE0 && c < 0x100 && latin1[c - 0xE0] != '*')
		return (uint32_t)latin1[c - 0xE0];
	if (c >= 0x100 && c < 0x100 + sizeof extended - 1 && extended[c - 0x100] != '*')
		return (uint32_t)extended[c - 0x100];
	return c;
}

uint32_t kh_gaz_hash(kh_str s)
{
	uint32_t h = 2166136261u;
	bool blank = true;
	for (size_t i = 0; i < s.n;) {
		unsigned n;
		uint32_t c = bare(kh_utf8_at(s, i, &n));
		i += n;
		bool gap = kh_utf8_is_space(c) || c == '-' || c == 0x2019 || c == '\'' ||
			   c == 0x2018 || c == '`' || c == '.';
		if (gap &&
		    (blank || c == '\'' || c == 0x2018 || c == 0x2019 || c == '`' || c == '.'))
			continue;
		if (gap)
			c = ' ';
		blank = gap;
		h = (h ^ c) * 16777619u;
	}
	return h;
}

uint32_t kh_gaz_find(const struct kh_gazetteer *g, uint32_t hash, uint32_t *first)
{
	uint32_t low = 0, high = g->head ? g->head->n_keys : 0, end = high, n = 0;
	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		if (g->key[mid].hash < hash)
			low = mid + 1;
		else
			high = mid;
	}
	*first = low;
	while (low + n < end && g->key[low + n].hash == hash)
		n++;
	return n;
}
