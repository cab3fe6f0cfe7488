/* The rule of incidents. In: a report and an open incident of its category and country. Out: how
 * well they fit, point by point. Nothing here knows of a database. */
#include "store/link.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static void add(struct kh_link_item *it, enum kh_link_kind kind, uint32_t h)
{
	unsigned *n = &it->n[kind];
	for (unsigned i = 0; i < *n; i++)
		if (it->word[kind][i] == h)
			return;
	if (*n == KH_LINK_SET)
		return;
	it->word[kind][(*n)++] = h;
	it->mask[kind] |= (uint64_t)1 << (h >> 26);
}

static void add_word(struct kh_link_item *it, enum kh_link_kind kind, const char *p, size_t n)
{
	uint32_t h = 2166136261u;
	for (size_t i = 0; i < n; i++)
		h = (h ^ (uint32_t)tolower((unsigned char)p[i])) * 16777619u;
	if (n)
		add(it, kind, h);
}

void kh_link_words(struct kh_link_item *it, enum kh_link_kind kind, const char *list)
{
	for (const char *z = list; z && *z;) {
		const char *end = strstr(z, "; ");
		size_t n = end ? (size_t)(end - z) : strlen(z);
		size_t skip = strspn(z, "0123456789., "); /* "21 people" and "25 people" */
		skip = skip < n ? skip : 0;
		add_word(it, kind, z + skip, n - skip);
		z = end ? end + 2 : z + n;
	}
}

void kh_link_stem(struct kh_link_item *it, const char *word)
{
	add_word(it, KH_LINK_WORD, word, word ? strnlen(word, 5) : 0);
}

/* What happened (or is denied), and what may yet be, are never one incident. */
int kh_link_class(const char *certainty)
{
	static const char *const later[] = {"planned", "possible", "conditional"};
	for (size_t i = 0; certainty && i < sizeof later / sizeof *later; i++)
		if (strcmp(certainty, later[i]) == 0)
			return 1;
	return 0;
}

static bool meets(const struct kh_link_item *a, const struct kh_link_item *b,
		  enum kh_link_kind kind)
{
	if (!(a->mask[kind] & b->mask[kind]))
		return false;
	for (unsigned i = 0; i < a->n[kind]; i++)
		for (unsigned k = 0; k < b->n[kind]; k++)
			if (a->word[kind][i] == b->word[kind][k])
				return true;
	return false;
}

/* How two sides agree: 2 they share a name, 1 a country ("Kenya", "Kenyan police"), 0 one is not
 * told, -2 they are of different countries, -1 they share nothing that is known. */
static int side(const struct kh_link_item *a, const struct kh_link_item *b, enum kh_link_kind name,
		enum kh_link_kind land)
{
	if (!a->n[name] || !b->n[name])
		return 0;
	if (meets(a, b, name))
		return 2;
	if (!a->n[land] || !b->n[land])
		return -1;
	return meets(a, b, land) ? 1 : -2;
}

static int place(const struct kh_link_item *a, const struct kh_link_item *b)
{
	if (!a->n[KH_LINK_PLACE] || !b->n[KH_LINK_PLACE])
		return a->land && b->land;
	return meets(a, b, KH_LINK_PLACE) ? 3 : -4;
}

bool kh_link_fits(const struct kh_link_item *inc, const struct kh_link_item *r,
		  struct kh_link_fit *f)
{
	int apart = r->day < inc->day	 ? inc->day - r->day
		    : r->day > inc->last ? r->day - inc->last
					 : 0;
	if (inc->class != r->class || apart > KH_LINK_DAYS)
		return false;
	f->place = place(inc, r);
	f->actor = side(inc, r, KH_LINK_ACTOR, KH_LINK_ACTOR_LAND);
	f->recipient = side(inc, r, KH_LINK_RECIPIENT, KH_LINK_RECIPIENT_LAND);
	f->figure = meets(inc, r, KH_LINK_FIGURE) ? 2 : 0;
	if (f->place < 3 && f->actor <= 0 && f->recipient <= 0 && !f->figure)
		return false;
	f->word = meets(inc, r, KH_LINK_WORD);
	f->day = apart == 0 ? 2 : apart == 1;
	f->story = inc->story == r->story;
	f->sum = f->place + f->actor + f->recipient + f->day + f->figure + f->word + f->story;
	return f->sum >= KH_LINK_ENOUGH;
}

void kh_link_join(struct kh_link_item *inc, const struct kh_link_item *r)
{
	for (int kind = 0; kind < KH_LINK_KINDS; kind++)
		for (unsigned i = 0; i < r->n[kind]; i++)
			add(inc, (enum kh_link_kind)kind, r->word[kind][i]);
	inc->land = inc->land || r->land;
	if (r->day > inc->last && inc->last - inc->day < KH_LINK_DAYS)
		inc->last = r->day;
	inc->story = r->story;
}
