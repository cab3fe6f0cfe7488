/* Which texts are copies of one another: edited, cut, reworded, misread, with junk around. In:
 * texts. Out: groups. What of a text stands in which others decides: a text belongs where most of
 * it stands. Round-ups that hold the beginnings of several texts, texts that borrow background from
 * another, and bulletins that differ only in their figures stay apart. */
#include "base/str.h"
#include "group/cover.h"
#include "group/group.h"

enum {
	STRONG = 60, /* percent of both texts: copies, without more evidence */
	HELD = 50,   /* percent of a text: held in the other */
	ALONE = 42,  /* the same where no third text holds any of the rest */
	TIED = 40, /* percent, in the mean, that a text and the other's group hold of one another */
	SHORT = 25,  /* words below which nearly all of a text must be held */
	SOME = 8,    /* percent below which a text holds nothing of another */
	FIGURES = 3, /* so many figures must a text have before they are compared */
};

struct near { /* texts that hold something of one text */
	struct kh_cover *at;
	uint32_t n, cap;
};

struct link { /* text `small` is held in `big` */
	uint32_t small, big, percent;
};

struct all {
	struct kh_arena *arena;
	const kh_str *title; /* NULL: unknown */
	struct kh_print *print;
	uint32_t n, runs;
	struct near *near;
	uint32_t *root, *size;
	bool *mixed;
	struct link *link;
	uint32_t n_link, cap_link;
};

struct index { /* texts by run */
	uint32_t *first, *doc;
};

static struct index index_runs(const struct all *x)
{
	struct index d = {.first = KH_TAKE(x->arena, x->runs + 2, uint32_t)};
	uint32_t total = 0;
	for (uint32_t i = 0; i < x->n; i++)
		for (uint32_t w = 0; w < x->print[i].words; w++)
			if (x->print[i].run[w] != KH_NONE) {
				d.first[x->print[i].run[w] + 1]++;
				total++;
			}
	for (uint32_t k = 0; k < x->runs; k++)
		d.first[k + 1] += d.first[k];
	uint32_t *next = KH_TAKE(x->arena, x->runs + 1, uint32_t);
	memcpy(next, d.first, x->runs * sizeof *next);
	d.doc = KH_TAKE(x->arena, total + 1, uint32_t);
	for (uint32_t i = 0; i < x->n; i++)
		for (uint32_t w = 0; w < x->print[i].words; w++)
			if (x->print[i].run[w] != KH_NONE)
				d.doc[next[x->print[i].run[w]]++] = i;
	return d;
}

static void add_cover(struct all *x, uint32_t i, uint32_t other, const struct kh_place *where)
{
	struct near *v = &x->near[i];
	struct kh_cover c = kh_cover_of(x->arena, &x->print[i], where, other + 1);
	c.other = other;
	uint32_t least = x->print[i].counted, n = x->print[other].counted;
	least = n < least ? n : least;
	if (c.words * 100 >= least * SOME && c.words)
		*KH_PUSH(x->arena, v->at, v->n, v->cap) = c;
}

/* For each text, the others that hold something of it. */
static void find_near(struct all *x)
{
	struct index d = index_runs(x);
	struct kh_place *where = KH_TAKE(x->arena, x->runs + 1, struct kh_place);
	uint32_t *count = KH_TAKE(x->arena, x->n + 1, uint32_t);
	uint32_t *met = KH_TAKE(x->arena, x->n + 1, uint32_t), n_met;
	for (uint32_t b = 0; b < x->n; b++) { /* what of the others stands in b? */
		n_met = 0;
		for (uint32_t w = 0; w < x->print[b].words; w++) {
			uint32_t run = x->print[b].run[w];
			if (run == KH_NONE || where[run].mark == b + 1)
				continue;
			where[run] = (struct kh_place){b + 1, w};
			for (uint32_t k = d.first[run]; k < d.first[run + 1]; k++) {
				uint32_t i = d.doc[k];
				if (!count[i]++)
					met[n_met++] = i;
			}
		}
		for (uint32_t k = 0; k < n_met; k++) {
			uint32_t i = met[k];
			if (i != b && count[i] > 1)
				add_cover(x, i, b, where);
			count[i] = 0;
		}
	}
}

static uint32_t root_of(const struct all *x, uint32_t i)
{
	while (x->root[i] != i)
		i = x->root[i];
	return i;
}

static void join(struct all *x, uint32_t a, uint32_t b)
{
	a = root_of(x, a);
	b = root_of(x, b);
	if (a == b)
		return;
	uint32_t low = a < b ? a : b, high = a < b ? b : a;
	x->root[high] = low;
	x->size[low] += x->size[high];
}

static uint32_t percent(const struct all *x, uint32_t doc, uint32_t words)
{
	uint32_t all = x->print[doc].counted;
	uint32_t p = all ? words * 100 / all : 0;
	return p > 100 ? 100 : p;
}

static const struct kh_cover *cover(const struct all *x, uint32_t doc, uint32_t other)
{
	for (uint32_t k = 0; k < x->near[doc].n; k++)
		if (x->near[doc].at[k].other == other)
			return &x->near[doc].at[k];
	return NULL;
}

/* The same words about other figures: another bulletin of a series. */
static bool other_figures(const struct all *x, uint32_t a, uint32_t b)
{
	const struct kh_print *p = &x->print[a], *q = &x->print[b];
	uint32_t least = p->n_figure < q->n_figure ? p->n_figure : q->n_figure, both = 0;
	if (least < FIGURES)
		return false;
	for (uint32_t i = 0, k = 0; i < p->n_figure && k < q->n_figure;) {
		uint32_t f = p->figure[i], g = q->figure[k];
		both += f == g;
		i += f <= g;
		k += g <= f;
	}
	return both * 100 < least * 60;
}

/* Percent of a text that stands in another. */
static uint32_t held(const struct all *x, uint32_t doc, uint32_t other)
{
	const struct kh_cover *c = cover(x, doc, other);
	return c ? percent(x, doc, c->words) : 0;
}

/* Is what `c` holds of a text a whole text, and not the beginning of a longer one? */
static bool is_whole(const struct all *x, uint32_t doc, const struct kh_cover *c)
{
	const struct near *v = &x->near[doc];
	for (uint32_t k = 0; k < v->n; k++)
		if (kh_cover_both(&v->at[k], c, &x->print[doc]) * 10 >= c->words * 7 &&
		    held(x, v->at[k].other, doc) < HELD)
			return false;
	return held(x, c->other, doc) >= HELD;
}

/* Do two or more groups each hold a part of this text, apart from one another, and none most of it?
 */
static bool is_roundup(const struct all *x, uint32_t doc)
{
	const struct near *v = &x->near[doc];
	uint64_t *seen = KH_TAKE(x->arena, x->print[doc].words / 64 + 1, uint64_t);
	struct kh_cover all = {.mask = seen};
	uint32_t most = 0, sum = 0, parts = 0;
	for (uint32_t k = 0; k < v->n; k++) {
		if (root_of(x, v->at[k].other) == root_of(x, doc))
			return false; /* it has copies of its own */
		if (percent(x, doc, v->at[k].words) >= 40 && is_whole(x, doc, &v->at[k]))
			return false; /* all of a text, and some of others */
		most = v->at[k].words > most ? v->at[k].words : most;
	}
	for (uint32_t k = 0; k < v->n; k++) {
		uint32_t new = v->at[k].words - kh_cover_both(&v->at[k], &all, &x->print[doc]);
		for (uint32_t i = 0; i < x->print[doc].words / 64 + 1; i++)
			seen[i] |= v->at[k].mask[i];
		sum += new;
		parts += percent(x, doc, new) >= 12;
	}
	return parts >= 2 && percent(x, doc, sum) >= 55 && percent(x, doc, most) <= 62;
}

/* Of `doc`, the words held outside what `own` holds by a text of another group. */
static uint32_t most_else(const struct all *x, uint32_t doc, const struct kh_cover *own,
			  uint32_t least_held)
{
	uint32_t best = 0;
	for (uint32_t k = 0; k < x->near[doc].n; k++) {
		const struct kh_cover *c = &x->near[doc].at[k];
		uint32_t root = root_of(x, c->other);
		if (root == root_of(x, own->other) || held(x, c->other, doc) < least_held)
			continue;
		uint32_t both = kh_cover_both(c, own, &x->print[doc]);
		uint32_t rest = c->words - both;
		if (both * 2 < own->words && rest > best)
			best = rest;
	}
	return best;
}

/* How much a text and a group hold of one another: the mean over the group's members. */
static uint32_t tied(const struct all *x, uint32_t doc, uint32_t root)
{
	uint32_t sum = 0;
	for (uint32_t k = 0; k < x->near[doc].n; k++) {
		uint32_t other = x->near[doc].at[k].other;
		if (root_of(x, other) != root)
			continue;
		uint32_t there = held(x, other, doc),
			 here = percent(x, doc, x->near[doc].at[k].words);
		sum += there > here ? there : here;
	}
	return sum / x->size[root];
}

/* Does a text hold another in its quotations only, and say things of its own around them? */
static bool is_quotation(const struct all *x, uint32_t big, const struct kh_cover *of)
{
	const struct kh_print *p = &x->print[big];
	uint32_t quoted = 0, all = 0;
	for (uint32_t i = 0; i < p->words; i++) {
		all += p->quoted[i];
		quoted += p->quoted[i] && (of->mask[i / 64] >> (i % 64) & 1);
	}
	return quoted * 10 >= of->words * 7 && all * 10 < p->words * 6;
}

/* Is `small` a copy of `big`, or is it in there as a minor part? */
static bool belongs(const struct all *x, const struct link *l)
{
	const struct kh_cover *in = cover(x, l->small, l->big), *of = cover(x, l->big, l->small);
	if (!in || x->mixed[l->small] || x->mixed[l->big])
		return false;
	if (of && is_quotation(x, l->big, of))
		return false;
	uint32_t small = root_of(x, l->small), big = root_of(x, l->big);
	if (small != big && (tied(x, l->small, big) < TIED || tied(x, l->big, small) < TIED))
		return false;
	if (x->print[l->small].counted < SHORT && l->percent < 80)
		return false;
	uint32_t else_small = most_else(x, l->small, in, 0);
	if (else_small > in->words)
		return false;
	if (l->percent < HELD && percent(x, l->small, else_small) >= SOME)
		return false;
	return !of || most_else(x, l->big, of, HELD) * 5 <= of->words * 6;
}

uint32_t kh_group_version(kh_str title)
{
	size_t i = 0, from;
	for (;;) {
		for (from = i; i < title.n && kh_is_upper((unsigned char)title.p[i]);)
			i++;
		if (i < from + 3 || i >= title.n)
			return 0;
		if (title.p[i] != '-') /* "RPT-UPDATE 2-" */
			break;
		i++;
	}
	uint32_t n = 0;
	if (title.p[i++] != ' ')
		return 0;
	for (from = i; i < title.n && i < from + 2 && kh_is_digit((unsigned char)title.p[i]); i++)
		n = n * 10 + (uint32_t)(title.p[i] - '0');
	return i > from && i < title.n && strchr("-:", title.p[i]) && title.p[i] ? n : 0;
}

bool kh_group_corrects(kh_str title)
{
	static const char *const words[] = {"corrected", "correction", "corrects", "refile"};
	size_t n = 0;
	while (n < title.n && kh_is_alpha((unsigned char)title.p[n]))
		n++;
	if (n == title.n || !strchr("-:(", title.p[n]))
		return false;
	for (size_t i = 0; i < KH_COUNT(words); i++)
		if (kh_str_ieq(kh_str_sub(title, 0, n), kh_str_of(words[i])))
			return true;
	return false;
}

/* A later version of a story tells it with new figures; its headline says so. */
static bool is_version(const struct all *x, uint32_t a, uint32_t b)
{
	return x->title && kh_group_version(x->title[a]) != kh_group_version(x->title[b]);
}

static void join_copies(struct all *x)
{
	for (uint32_t a = 0; a < x->n; a++)
		for (uint32_t k = 0; k < x->near[a].n; k++) {
			const struct kh_cover *c = &x->near[a].at[k];
			uint32_t p = percent(x, a, c->words);
			if (p < ALONE || (other_figures(x, a, c->other) && !is_version(x, a, c->other)))
				continue;
			const struct kh_cover *back = cover(x, c->other, a);
			if (p >= STRONG && back && percent(x, c->other, back->words) >= STRONG)
				join(x, a, c->other);
			else
				*KH_PUSH(x->arena, x->link, x->n_link, x->cap_link) =
					(struct link){a, c->other, p};
		}
}

/* Texts held in others: those that are held most come first. */
static void join_held(struct all *x)
{
	for (uint32_t i = 0; i < x->n; i++)
		x->mixed[i] = is_roundup(x, i);
	for (uint32_t p = 100; p >= ALONE; p--)
		for (uint32_t i = 0; i < x->n_link; i++)
			if (x->link[i].percent == p && belongs(x, &x->link[i]))
				join(x, x->link[i].small, x->link[i].big);
}

int kh_group_repeats(const kh_str *text, const kh_str *title, uint32_t n, uint32_t *cluster)
{
	struct kh_arena a;
	khabar_options o = {.max_memory = (size_t)8 << 30};
	jmp_buf door;
	kh_arena_init(&a, &o);
	a.door = &door;
	if (setjmp(door)) {
		kh_arena_free(&a);
		return KHABAR_E_MEMORY;
	}
	struct all x = {.arena = &a,
			.title = title,
			.n = n,
			.near = KH_TAKE(&a, n + 1, struct near),
			.root = KH_TAKE(&a, n + 1, uint32_t),
			.size = KH_TAKE(&a, n + 1, uint32_t),
			.mixed = KH_TAKE(&a, n + 1, bool)};
	x.print = kh_cover_read(&a, text, n, &x.runs);
	for (uint32_t i = 0; i < n; i++) {
		x.root[i] = i;
		x.size[i] = 1;
	}
	find_near(&x);
	join_copies(&x);
	join_held(&x);
	for (uint32_t i = 0; i < n; i++)
		cluster[i] = root_of(&x, i);
	kh_arena_free(&a);
	return 0;
}
