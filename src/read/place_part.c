/* See place_part.h. In: candidates, tokens; then places. Out: candidates without a reading of their
 * own that lie in another one; places with the border that they name. */
#include "read/place_part.h"

#include "base/str.h"

enum { WORDS = 3, APART = 150 }; /* of a district's name; kilometres from where it lies */

static bool in_sentence(const struct kh_doc *d, uint32_t a, int64_t b)
{
	return b >= 0 && b < d->n_token && d->token[b].sentence == d->token[a].sentence;
}

static bool any(const struct kh_doc *d, uint32_t near, int64_t t, const char *list)
{
	return in_sentence(d, near, t) && kh_str_among(d->token[t].form, list);
}

static const char *level_of(const struct kh_doc *d, uint32_t near, int64_t t)
{
	if (any(d, near, t, "neighborhood neighbourhood quarter suburb section"))
		return "PPLX";
	if (any(d, near, t, "camp"))
		return "CMP";
	if (any(d, near, t, "town village hamlet settlement"))
		return "PPL";
	if (any(d, near, t, "province governorate"))
		return "ADM1";
	if (any(d, near, t,
		"district county department municipality township sub-district commune"))
		return "ADM2";
	return any(d, near, t, "area region locality") ? "AREA" : NULL;
}

static bool name_word(const struct kh_doc *d, uint32_t near, int64_t t)
{
	if (!in_sentence(d, near, t))
		return false;
	const struct kh_token *k = &d->token[t];
	bool title = (k->flags & (KH_TOK_TITLE | KH_TOK_UPPER)) != 0;
	return title && k->upos == KH_PROPN && k->name_type != KH_NAME_PERSON && k->form.n > 2;
}

/* A capitalised name that ends before the token `end`; its first token, or `end`. */
static uint32_t name_before(const struct kh_doc *d, uint32_t end, uint32_t floor)
{
	uint32_t first = end, words = 0;
	while (first > floor && words < WORDS && name_word(d, end, (int64_t)first - 1)) {
		first--;
		words++;
		if (first > floor + 1 && kh_str_is(d->token[first - 1].form, "-") &&
		    (d->token[first - 2].flags & KH_TOK_TITLE))
			first -= 2; /* "Sadr al-Din", "Deir-ez-Zor" */
	}
	return first;
}

static void add(struct kh_placing *x, struct kh_candidate **to, uint32_t *n, uint32_t *cap,
		struct kh_candidate c)
{
	*KH_PUSH(x->w->arena, *to, *n, *cap) = c;
}

#define SIDE                                                                                       \
	"north south east west northeast northwest southeast southwest north-east north-west "     \
	"south-east south-west"
#define SIDED                                                                                      \
	"northern southern eastern western central northeastern northwestern southeastern "        \
	"southwestern greater"

/* The token before "of [the] Baghdad", "30 km north of southern Baghdad", where one of the words of
 * the list stands before the place; -1. */
static int64_t before(const struct kh_doc *d, uint32_t place, const char *list)
{
	int64_t k = (int64_t)place - 1;
	if (any(d, place, k, SIDED))
		k--;
	if (any(d, place, k, "the"))
		k--;
	if (!any(d, place, k, list))
		return -1;
	k--;
	if (any(d, place, k, SIDE) && any(d, place, k - 1, "-"))
		k -= 2; /* "south-west" */
	if (any(d, place, k, SIDE))
		k--;
	if (any(d, place, k, ")")) { /* "40 miles (64 km) north of" */
		while (in_sentence(d, place, k) && k + 6 > (int64_t)place - 4 && !any(d, place, k, "("))
			k--;
		k--;
	}
	if (any(d, place, k, "km kilometers kilometres miles"))
		k -= any(d, place, k - 2, "about some around just") ? 3 : 2;
	return k;
}

/* "[the] Karrada district of [the] Baghdad": the level, where `place` stands behind it. */
static const char *district(const struct kh_doc *d, uint32_t place, uint32_t floor, uint32_t *first,
			    uint32_t *end)
{
	int64_t k = before(d, place, "of in near outside");
	const char *level = level_of(d, place, k);
	if (any(d, place, k - 1, "refugee administrative residential displaced displacement"))
		k--;
	if (!level || k <= floor)
		return NULL;
	*end = (uint32_t)k;
	*first = name_before(d, *end, floor);
	return level;
}

/* "the village of Dumba in Mopti" */
static const char *village(const struct kh_doc *d, uint32_t place, uint32_t floor, uint32_t *first,
			   uint32_t *end)
{
	int64_t k = before(d, place, "in of near ,");
	if (any(d, place, k, "city town capital village") && any(d, place, k - 1, "the"))
		k = before(d, (uint32_t)k, "of"); /* "12 km west of the city of Sweida" */
	if (any(d, place, k, ","))
		k--;
	*end = k >= floor ? (uint32_t)k + 1 : floor;
	*first = name_before(d, *end, floor);
	bool named = *first >= floor + 2 && any(d, *first, (int64_t)*first - 1, "of");
	return named ? level_of(d, *first, (int64_t)*first - 2) : NULL;
}

/* A name without a reading of its own that lies in the place y. */
static bool part_of(const struct kh_doc *d, const struct kh_candidate *y, uint32_t floor,
		    struct kh_candidate *out)
{
	uint32_t first = 0, end = 0;
	const char *level = district(d, y->first, floor, &first, &end);
	if (!level || first == end)
		level = village(d, y->first, floor, &first, &end);
	if (!level || first == end)
		return false;
	*out = (struct kh_candidate){.first = first,
				     .n = end - first,
				     .holder = UINT32_MAX,
				     .story = y->story,
				     .level = level};
	return true;
}

/* Is any reading of the one near any of the other, or in it? */
static bool beside(const struct kh_placing *x, const struct kh_candidate *a,
		   const struct kh_candidate *y)
{
	for (uint32_t k = 0; k < a->n_readings; k++)
		for (uint32_t j = 0; j < y->n_readings; j++) {
			const struct kh_gaz_place *p = kh_place_reading(x, a, k),
						  *q = kh_place_reading(x, y, j);
			if (kh_place_holds(q, p) || kh_place_km(p, q) < APART)
				return true;
		}
	return false;
}

/* "the Dora area in southern Baghdad", which is no Dora that the table has. */
static void rename_far(const struct kh_placing *x, struct kh_candidate *a,
		       const struct kh_candidate *y, uint32_t holder)
{
	uint32_t floor = x->d->sentence[x->d->token[y->first].sentence].first_token;
	struct kh_candidate c;
	if (a->level || a->first < floor || !part_of(x->d, y, floor, &c) || c.first != a->first ||
	    c.n != a->n || beside(x, a, y))
		return;
	a->level = c.level;
	a->n_readings = 0;
	a->part_of = holder;
}

void kh_place_parts(struct kh_placing *x)
{
	struct kh_candidate *to = NULL, c;
	uint32_t n = 0, cap = 0;
	for (uint32_t i = 0; i < x->n; i++) {
		const struct kh_candidate *y = &x->c[i];
		uint32_t floor = x->d->sentence[x->d->token[y->first].sentence].first_token;
		if (i && x->c[i - 1].first + x->c[i - 1].n > floor && x->c[i - 1].first < y->first)
			floor = x->c[i - 1].first + x->c[i - 1].n;
		if (i && n)
			rename_far(x, &to[n - 1], y, n + 1);
		if (part_of(x->d, y, floor, &c)) {
			kh_span s = kh_tokens_span(x->d, c.first, c.n);
			c.hash = kh_gaz_hash(kh_text(x->d, s));
			c.part_of = n + 2;
			add(x, &to, &n, &cap, c);
		}
		add(x, &to, &n, &cap, *y);
	}
	x->c = to;
	x->n = n;
	x->cap = cap;
}

#define BORDER "border borders frontier boundary"

/* The token of "border" that the places [a, b] stand before; 0 none. "Border police" is none. */
static uint32_t border_behind(const struct kh_doc *d, const struct kh_place *b)
{
	uint32_t k = b->first + b->n;
	if (any(d, b->first, k, "'s ’s"))
		k++;
	if (any(d, b->first, k, "northern southern eastern western land shared common"))
		k++;
	if (!any(d, b->first, k, BORDER))
		return 0;
	bool thing = in_sentence(d, k, (int64_t)k + 1) &&
		     (d->token[k + 1].upos == KH_NOUN || d->token[k + 1].upos == KH_PROPN);
	return thing || any(d, k, (int64_t)k + 1, "-") ? 0 : k;
}

static void name_border(struct kh_work *w, struct kh_place *a, const struct kh_place *b,
			uint32_t first, uint32_t end)
{
	const char *tail = " border";
	size_t n = a->name.n + 7 + (b ? b->name.n + 1 : 0);
	char *to = kh_arena_bytes(w->arena, n), *p = to;
	memcpy(p, a->name.p, a->name.n);
	p += a->name.n;
	if (b) {
		*p++ = '-';
		memcpy(p, b->name.p, b->name.n);
		p += b->name.n;
	}
	memcpy(p, tail, 7);
	a->border = (kh_str){to, n};
	a->border_at = kh_tokens_span(w->doc, first, end - first);
}

static bool before_is(const struct kh_doc *d, const struct kh_place *a, int64_t k, const char *list)
{
	return any(d, a->first, (int64_t)a->first - k, list);
}

void kh_place_borders(struct kh_work *w, uint32_t first)
{
	struct kh_doc *d = w->doc;
	for (uint32_t i = first; i < d->n_place; i++) {
		struct kh_place *a = &d->place[i], *b = i + 1 < d->n_place ? a + 1 : NULL;
		uint32_t end = a->first + a->n, k;
		bool pair = b && b->first == end + 1;
		if (pair && any(d, a->first, end, "- \xe2\x80\x93 /") &&
		    (k = border_behind(d, b)) != 0) {
			name_border(w, a, b, a->first, k + 1); /* "Lebanon-Israel border" */
			name_border(w, b, a, a->first, k + 1);
			b->border = a->border;
			i++;
		} else if (pair && any(d, a->first, end, "and") &&
			   before_is(d, a, 1, "between of") && before_is(d, a, 2, BORDER)) {
			name_border(w, a, b, a->first - 2, b->first + b->n);
		} else if (before_is(d, a, 1, "with") && before_is(d, a, 2, BORDER)) {
			name_border(w, a, NULL, a->first - 2, end);
		} else if ((k = border_behind(d, a)) != 0) {
			name_border(w, a, NULL, a->first, k + 1);
		}
	}
}
