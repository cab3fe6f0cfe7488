/* Open incidents by what they share with a report. In: reports in the order of days. Out: for each
 * the incident that fits it best by the rule of link.c, the earliest of equals.
 *
 * Points: place 3, or a country that is a place's 1; the same actor 2, or only of the same country
 * 1, and so for recipients; a figure 2; day 2, 1 or 0; a word 1; the story 1. Five are needed, the
 * day gives two at most, so three come from what is shared: a place; or a name or a figure and one
 * thing more; or three lesser things with a country of either side among them. Those pairs and
 * triples are the keys of an index, so that only incidents that can have enough are compared. */
#include <stdlib.h>
#include <string.h>

#include "store/fit.h"

enum { FEATURES = 6 * KH_LINK_SET + 2 };
#define NONE UINT32_MAX

struct kh_fit_post {
	uint32_t item, next;
};

struct kh_fit_slot {
	uint64_t key; /* 0: free */
	uint32_t first;
};

struct kh_fit_mark { /* what is asked of an item most often, close together */
	int last;
	uint32_t turn; /* of the search that saw it last */
};

/* ---- keys --------------------------------------------------------------------- */

enum dimension { ACTOR, RECIPIENT, FIGURE, COUNTRY, WORD, STORY, PLACE };

struct feature {
	uint64_t h;
	enum dimension dimension;
	bool great; /* gives two points */
	bool fresh; /* not yet in the index */
};

struct features {
	struct feature f[FEATURES];
	unsigned n;
	uint64_t class;
};

typedef void key_fn(struct kh_fit *f, uint64_t key, void *ctx);

static uint64_t mix(uint64_t h, uint64_t v)
{
	h = (h ^ v) * 0x9e3779b97f4a7c15u;
	return h ^ (h >> 29);
}

static void take(struct features *x, enum dimension d, bool great, const struct kh_link_item *i,
		 const struct kh_link_item *old, enum kh_link_kind kind)
{
	for (unsigned k = 0; k < i->n[kind]; k++)
		x->f[x->n++] = (struct feature){mix((uint64_t)d * 2 + great + 1, i->word[kind][k]),
						d, great, !old || k >= old->n[kind]};
}

/* All features; fresh are those that `old` (NULL: nothing) does not have. */
static void features_of(struct features *x, const struct kh_link_item *i,
			const struct kh_link_item *old)
{
	x->n = 0;
	x->class = (uint64_t)i->class;
	take(x, ACTOR, true, i, old, KH_LINK_ACTOR);
	take(x, RECIPIENT, true, i, old, KH_LINK_RECIPIENT);
	take(x, FIGURE, true, i, old, KH_LINK_FIGURE);
	take(x, ACTOR, false, i, old, KH_LINK_ACTOR_LAND);
	take(x, RECIPIENT, false, i, old, KH_LINK_RECIPIENT_LAND);
	take(x, WORD, false, i, old, KH_LINK_WORD);
	if (i->land)
		x->f[x->n++] = (struct feature){mix(COUNTRY * 2 + 1, 1), COUNTRY, false,
						!old || !old->land};
	x->f[x->n++] = (struct feature){mix(STORY * 2 + 1, (uint64_t)i->story), STORY, false,
					!old || old->story != i->story};
}

static uint64_t key_of(const struct features *x, uint64_t a, uint64_t b, uint64_t c)
{
	uint64_t k = mix(x->class + 1, a + b + c); /* sums: the order does not matter */
	return k ? k : 1;
}

static void triples(struct kh_fit *f, const struct features *x, unsigned i, unsigned k,
		    key_fn *each, void *ctx)
{
	const struct feature *a = &x->f[i], *b = &x->f[k];
	bool land = a->dimension <= RECIPIENT; /* lands stand first */
	for (unsigned l = k + 1; land && l < x->n; l++) {
		const struct feature *c = &x->f[l];
		if (c->dimension == a->dimension || c->dimension == b->dimension)
			continue;
		if (a->fresh || b->fresh || c->fresh)
			each(f, key_of(x, a->h, b->h, c->h), ctx);
	}
}

/* Every key with something fresh in it. */
static void each_key(struct kh_fit *f, const struct features *x, key_fn *each, void *ctx)
{
	for (unsigned i = 0; i < x->n; i++)
		for (unsigned k = i + 1; k < x->n; k++) {
			const struct feature *a = &x->f[i], *b = &x->f[k];
			if (a->dimension == b->dimension)
				continue;
			if (!a->great && !b->great)
				triples(f, x, i, k, each, ctx);
			else if (a->fresh || b->fresh)
				each(f, key_of(x, a->h, b->h, 0), ctx);
		}
}

static void each_place(struct kh_fit *f, const struct kh_link_item *i, unsigned from, key_fn *each,
		       void *ctx)
{
	for (unsigned k = from; k < i->n[KH_LINK_PLACE]; k++)
		each(f, mix(mix(PLACE * 2 + 1, i->word[KH_LINK_PLACE][k]), (uint64_t)i->class) | 1,
		     ctx);
}

/* ---- the index ------------------------------------------------------------------ */

static struct kh_fit_slot *slot_of(const struct kh_fit *f, uint64_t key)
{
	uint32_t i = (uint32_t)(key >> 17) & (f->slots - 1);
	while (f->slot[i].key && f->slot[i].key != key)
		i = (i + 1) & (f->slots - 1);
	return &f->slot[i];
}

static void more_slots(struct kh_fit *f)
{
	struct kh_fit_slot *old = f->slot;
	uint32_t n = f->slots;
	f->slots = n ? n * 2 : 4096;
	f->slot = calloc(f->slots, sizeof *f->slot);
	f->broken = f->broken || !f->slot;
	for (uint32_t i = 0; !f->broken && i < n; i++)
		if (old[i].key)
			*slot_of(f, old[i].key) = old[i];
	free(old);
}

static void post(struct kh_fit *f, uint64_t key, void *ctx)
{
	uint32_t item = *(const uint32_t *)ctx;
	if ((f->used + 1) * 2 > f->slots)
		more_slots(f);
	if (f->posts == f->posts_cap) {
		f->posts_cap = f->posts_cap ? f->posts_cap * 2 : 4096;
		struct kh_fit_post *p = realloc(f->post, f->posts_cap * sizeof *p);
		f->broken = f->broken || !p;
		f->post = p ? p : f->post;
	}
	if (f->broken)
		return;
	struct kh_fit_slot *s = slot_of(f, key);
	if (!s->key)
		*s = (struct kh_fit_slot){key, NONE}, f->used++;
	if (s->first != NONE && f->post[s->first].item == item)
		return;
	f->post[f->posts] = (struct kh_fit_post){item, s->first};
	s->first = f->posts++;
}

/* From here on in the order of days nothing can join it. */
static bool is_over(int last, int day)
{
	return last + KH_LINK_DAYS < day;
}

static void index_item(struct kh_fit *f, uint32_t i, const struct kh_link_item *old)
{
	struct features x;
	features_of(&x, &f->item[i], old);
	each_key(f, &x, post, &i);
	each_place(f, &f->item[i], old ? old->n[KH_LINK_PLACE] : 0, post, &i);
	f->mark[i].last = f->item[i].last;
}

void kh_fit_index(struct kh_fit *f)
{
	if (f->slots)
		memset(f->slot, 0, f->slots * sizeof *f->slot);
	f->used = f->posts = f->turn = 0;
	f->tidy_at = f->n * 2 + 1024;
	for (uint32_t i = 0; i < f->n && !f->plain; i++) {
		f->mark[i].turn = 0;
		index_item(f, i, NULL);
	}
}

/* Those that are over leave; the rest keep their order and are indexed anew. */
static void tidy(struct kh_fit *f, int day)
{
	uint32_t left = 0;
	for (uint32_t i = 0; i < f->n; i++)
		if (!is_over(f->item[i].last, day))
			f->item[left++] = f->item[i];
	f->n = left;
	kh_fit_index(f);
}

/* ---- questions ------------------------------------------------------------------- */

struct search {
	const struct kh_link_item *r;
	struct kh_link_fit *best;
	uint32_t which;
};

static void compare(struct kh_fit *f, struct search *s, uint32_t i)
{
	struct kh_link_fit fit;
	f->compared++;
	if (!kh_link_fits(&f->item[i], s->r, &fit))
		return;
	if (s->which == NONE || fit.sum > s->best->sum ||
	    (fit.sum == s->best->sum && i < s->which)) {
		*s->best = fit;
		s->which = i;
	}
}

/* All incidents of one key; those that are over leave its list. */
static void look(struct kh_fit *f, uint64_t key, void *ctx)
{
	struct search *s = ctx;
	if (!f->slots)
		return;
	struct kh_fit_slot *slot = slot_of(f, key);
	uint32_t *from = &slot->first;
	while (slot->key && *from != NONE) {
		struct kh_fit_post *p = &f->post[*from];
		struct kh_fit_mark *m = &f->mark[p->item];
		if (is_over(m->last, s->r->day)) {
			*from = p->next;
			continue;
		}
		if (m->turn != f->turn) {
			m->turn = f->turn;
			compare(f, s, p->item);
		}
		from = &p->next;
	}
}

struct kh_link_item *kh_fit_best(struct kh_fit *f, const struct kh_link_item *r,
				 struct kh_link_fit *best)
{
	struct search s = {r, best, NONE};
	struct features x;
	for (uint32_t i = 0; f->plain && i < f->n; i++)
		compare(f, &s, i);
	if (!f->plain && f->n) {
		f->turn++;
		features_of(&x, r, NULL);
		each_place(f, r, 0, look, &s);
		each_key(f, &x, look, &s);
	}
	return s.which == NONE ? NULL : &f->item[s.which];
}

/* ---- changes ----------------------------------------------------------------------- */

struct kh_link_item *kh_fit_keep(struct kh_fit *f, const struct kh_link_item *it)
{
	if (f->n == f->cap) {
		f->cap = f->cap ? f->cap * 2 : 256;
		struct kh_link_item *p = realloc(f->item, f->cap * sizeof *p);
		f->item = p ? p : f->item;
		struct kh_fit_mark *mark = realloc(f->mark, f->cap * sizeof *mark);
		f->mark = mark ? mark : f->mark;
		f->broken = f->broken || !p || !mark;
		if (f->broken)
			return NULL;
	}
	f->mark[f->n] = (struct kh_fit_mark){it->last, 0};
	f->item[f->n] = *it;
	return &f->item[f->n++];
}

struct kh_link_item *kh_fit_open(struct kh_fit *f, const struct kh_link_item *r)
{
	if (f->n >= f->tidy_at)
		tidy(f, r->day);
	struct kh_link_item *it = kh_fit_keep(f, r);
	if (it && !f->plain)
		index_item(f, f->n - 1, NULL);
	return f->broken ? NULL : it;
}

int kh_fit_join(struct kh_fit *f, struct kh_link_item *inc, const struct kh_link_item *r)
{
	struct kh_link_item old = *inc;
	kh_link_join(inc, r);
	if (!f->plain)
		index_item(f, (uint32_t)(inc - f->item), &old);
	return f->broken ? -1 : 0;
}

void kh_fit_clear(struct kh_fit *f)
{
	f->n = 0;
	kh_fit_index(f);
}

void kh_fit_free(struct kh_fit *f)
{
	free(f->item);
	free(f->mark);
	free(f->post);
	free(f->slot);
}
