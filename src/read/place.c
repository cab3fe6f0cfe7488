/* Place names and where they are. In: tokens, names, the gazetteer. Out: doc->place.
 * First every capitalised phrase of the table becomes a candidate with the readings it has; then
 * each is given the reading that fits best: what stands behind its comma, size and level, and the
 * countries and provinces that the story's other places lie in. Integers only. */
#include "read/place.h"

#include "base/str.h"
#include "model/gazetteer.h"

enum { LONGEST = 5, READINGS = 24 };

struct candidate {
	uint32_t first, n; /* tokens */
	uint32_t story;
	uint32_t reading[READINGS], n_readings; /* keys' places, flag kept */
	uint32_t best;				/* index in reading */
	uint32_t holder; /* reading of the place behind the comma; UINT32_MAX */
};

struct placing {
	struct kh_work *w;
	struct kh_doc *d;
	struct kh_gazetteer g;
	struct candidate *c;
	uint32_t n, cap;
};

static const struct kh_gaz_place *reading(const struct placing *x, const struct candidate *c,
					  uint32_t k)
{
	return &x->g.place[c->reading[k] & ~KH_GAZ_ADJECTIVE];
}

static int log2_of(uint32_t v)
{
	int k = 0;
	while (v >>= 1)
		k++;
	return k;
}

static int level_bonus(const struct kh_gaz_place *p)
{
	if (memcmp(p->fcode, "PCL", 3) == 0)
		return 160;
	if (memcmp(p->fcode, "CONT", 4) == 0 || memcmp(p->fcode, "OCN", 3) == 0)
		return 120;
	if (memcmp(p->fcode, "ADM1", 4) == 0)
		return p->id ? 60 : 12;
	if (memcmp(p->fcode, "PPLC", 4) == 0)
		return 90;
	if (memcmp(p->fcode, "PPLA", 4) == 0)
		return 30;
	if (memcmp(p->fcode, "ADM2", 4) == 0)
		return -25;
	return memcmp(p->fcode, "PPL", 3) == 0 ? 0 : 40;
}

/* Does a common word or a person stand there rather than a place? */
static bool plausible(const struct placing *x, uint32_t first, uint32_t n, uint32_t flag,
		      uint32_t population)
{
	const struct kh_doc *d = x->d;
	const struct kh_token *t = &d->token[first], *last = &d->token[first + n - 1];
	uint8_t type = last->name_type;
	bool at_start = (t->flags & KH_TOK_FIRST) != 0;
	if (!(t->flags & (KH_TOK_TITLE | KH_TOK_UPPER)))
		return false;
	if (flag)
		return true;
	if (type == KH_NAME_PERSON || t->name_type == KH_NAME_PERSON)
		return population >= 20000000 && n == 1 && type != KH_NAME_PERSON;
	if (type == KH_NAME_PLACE)
		return true;
	uint32_t k = kh_doc_child(d, first + n - 1, KH_CASE);
	bool prep = k != KH_NONE && (kh_str_ieq(d->token[k].lemma, KH_S("in")) ||
				     kh_str_ieq(d->token[k].lemma, KH_S("at")) ||
				     kh_str_ieq(d->token[k].lemma, KH_S("near")) ||
				     kh_str_ieq(d->token[k].lemma, KH_S("from")));
	bool word = prep && !(t->flags & KH_TOK_UPPER); /* "in Gao", not "from BBC" */
	if (n == 1 && t->form.n <= 3 && population < 5000000 && !word)
		return false;
	if (last->upos != KH_PROPN && population < 20000000)
		return false;
	if (first + n < d->n_token && d->token[first + n].sentence == t->sentence) {
		const struct kh_token *after =
			&d->token[first + n]; /* "Lincoln Park", "Paris Hilton" */
		if (after->upos == KH_PROPN && (after->flags & KH_TOK_TITLE) &&
		    population < 20000000)
			return false;
	}
	if (first > 0 && d->token[first - 1].sentence == t->sentence && population < 20000000) {
		const struct kh_token *before = &d->token[first - 1];
		if (before->upos == KH_PROPN && (before->flags & KH_TOK_TITLE))
			return false;
	}
	return population >= (at_start ? 300000u : prep ? 500u : type ? 400000u : 50000u);
}

static bool collect(struct placing *x, uint32_t first, uint32_t n, struct candidate *c)
{
	uint32_t at,
		keys = kh_gaz_find(&x->g,
				   kh_gaz_hash(kh_text(x->d, kh_tokens_span(x->d, first, n))), &at);
	uint32_t biggest = 0, flag = 0;
	*c = (struct candidate){.first = first, .n = n, .holder = UINT32_MAX};
	for (uint32_t k = 0; k < keys; k++) {
		uint32_t place = x->g.key[at + k].place;
		uint32_t population = x->g.place[place & ~KH_GAZ_ADJECTIVE].population;
		if (place & KH_GAZ_ADJECTIVE)
			flag = KH_GAZ_ADJECTIVE;
		biggest = kh_max32(biggest, population);
		uint32_t slot = c->n_readings;
		if (slot == READINGS) { /* the smallest gives way */
			slot = 0;
			for (uint32_t i = 1; i < READINGS; i++)
				if (reading(x, c, i)->population < reading(x, c, slot)->population)
					slot = i;
			if (reading(x, c, slot)->population >= population)
				continue;
		} else {
			c->n_readings++;
		}
		c->reading[slot] = place;
	}
	return keys && plausible(x, first, n, flag, biggest);
}

static void find_all(struct placing *x, const struct kh_sentence *s)
{
	uint32_t end = s->first_token + s->n_tokens;
	for (uint32_t t = s->first_token; t < end;) {
		uint32_t step = 1;
		if (x->d->token[t].flags & (KH_TOK_TITLE | KH_TOK_UPPER))
			for (uint32_t n = kh_min32(LONGEST, end - t); n > 0; n--) {
				struct candidate c;
				if (!collect(x, t, n, &c))
					continue;
				c.story = s->story;
				*KH_PUSH(x->w->arena, x->c, x->n, x->cap) = c;
				step = n;
				break;
			}
		t += step;
	}
}

static bool holds(const struct kh_gaz_place *big, const struct kh_gaz_place *small)
{
	if (big == small || memcmp(big->cc, small->cc, 2) != 0)
		return false;
	if (memcmp(big->fcode, "PCL", 3) == 0)
		return true;
	return memcmp(big->fcode, "ADM1", 4) == 0 && big->admin[0] &&
	       memcmp(big->admin, small->admin, 4) == 0;
}

/* "Springfield, Ill.": the second tells which the first is. */
static void containment(struct placing *x, uint32_t i)
{
	struct candidate *a = &x->c[i], *b = &x->c[i + 1];
	uint32_t gap = b->first - (a->first + a->n);
	if (a->story != b->story || gap != 1 || !kh_str_is(x->d->token[a->first + a->n].form, ","))
		return;
	for (uint32_t k = 0; k < b->n_readings; k++)
		for (uint32_t j = 0; j < a->n_readings; j++)
			if (holds(reading(x, b, k), reading(x, a, j))) {
				a->holder = b->reading[k] & ~KH_GAZ_ADJECTIVE;
				return;
			}
}

/* How many of the story's candidates, as read now, lie in the reading's country and province. */
static int company(const struct placing *x, uint32_t self, const struct kh_gaz_place *p)
{
	int same_country = 0, same_admin = 0;
	uint32_t begin = self > 40 ? self - 40 : 0, end = kh_min32(x->n, self + 41);
	for (uint32_t i = begin; i < end; i++) {
		const struct candidate *o = &x->c[i];
		if (i == self || o->story != x->c[self].story || !o->n_readings)
			continue;
		const struct kh_gaz_place *q = reading(x, o, o->best);
		bool same_name =
			o->n == x->c[self].n &&
			kh_str_eq(x->d->token[o->first].form, x->d->token[x->c[self].first].form);
		if (same_name || memcmp(q->cc, p->cc, 2) != 0 || !p->cc[0])
			continue;
		same_country++;
		same_admin += p->admin[0] && memcmp(q->admin, p->admin, 4) == 0;
	}
	return (same_country > 4 ? 4 : same_country) * 9 + (same_admin > 3 ? 3 : same_admin) * 18;
}

static void choose(struct placing *x, uint32_t i, bool with_company)
{
	struct candidate *c = &x->c[i];
	int best = -100000;
	uint32_t pick = 0;
	for (uint32_t k = 0; k < c->n_readings; k++) {
		const struct kh_gaz_place *p = reading(x, c, k);
		int score = log2_of(p->population + 1) * 8 + level_bonus(p);
		if (c->holder != UINT32_MAX && holds(&x->g.place[c->holder], p))
			score += 1000;
		if (with_company)
			score += company(x, i, p);
		if (c->reading[k] & KH_GAZ_ADJECTIVE)
			score += 50;
		if (score > best) {
			best = score;
			pick = k;
		}
	}
	c->best = pick;
}

static void push(struct placing *x, const struct candidate *c)
{
	struct kh_doc *d = x->d;
	const struct kh_gaz_place *p = reading(x, c, c->best);
	struct kh_place *out = KH_PUSH(x->w->arena, d->place, d->n_place, d->cap_place);
	*out = (struct kh_place){
		.at = kh_tokens_span(d, c->first, c->n),
		.first = c->first,
		.n = c->n,
		.name = {x->g.bytes + p->name, p->n_name},
		.geonameid = p->id,
		.lat = p->lat,
		.lon = p->lon,
		.has_point = p->lat || p->lon,
		.adjective = (c->reading[c->best] & KH_GAZ_ADJECTIVE) != 0,
		.how = (uint8_t)(c->n_readings == 1 ? KH_HOW_STATED : KH_HOW_RESOLVED)};
	memcpy(out->country, p->iso3, 4);
	memcpy(out->cc, p->cc, 2);
	memcpy(out->fcode, p->fcode, 6);
	uint32_t second = 0;
	for (uint32_t k = 0; k < c->n_readings; k++)
		if (k != c->best && reading(x, c, k)->population >= second) {
			second = reading(x, c, k)->population;
			out->second = reading(x, c, k)->id;
		}
	out->sure = (uint16_t)(c->holder != UINT32_MAX	    ? 950
			       : c->n_readings == 1	    ? 900
			       : second > p->population / 2 ? 600
							    : 800);
}

void kh_place_run(struct kh_work *w)
{
	struct kh_doc *d = w->doc;
	struct placing x = {.w = w, .d = d, .g = kh_gaz_open(w->model)};
	if (!x.g.head)
		return;
	for (uint32_t i = 0; i < d->n_sentence; i++)
		find_all(&x, &d->sentence[i]);
	for (uint32_t i = 0; i + 1 < x.n; i++)
		containment(&x, i);
	for (uint32_t i = 0; i < x.n; i++)
		choose(&x, i, false);
	for (uint32_t i = 0; i < x.n; i++)
		choose(&x, i, true);
	for (uint32_t i = 0; i < x.n; i++)
		push(&x, &x.c[i]);
}
