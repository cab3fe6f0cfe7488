/* See cut_agree.h. In: units and what each was taken for at first. Out: marks that say whether
 * units that look alike, follow a line alike or stand between like lines were taken for the same. A
 * unit's own class is never counted for itself. */
#include "page/cut_agree.h"

enum { C = KH_LINE_CLASSES, FRAMES = 5 };

struct group { /* of units with the same text, or the same shape */
	uint32_t n, of[C];
	uint32_t next[C], last[C]; /* classes of the units directly behind, before */
};

struct frame { /* a way of standing on the page */
	uint32_t titles, others;
};

struct kh_agree {
	const struct kh_units *us;
	const struct kh_reading *first;
	struct group *same, *shape; /* by same_id, shape_id */
	struct frame *frame[FRAMES];
	uint32_t titles;
};

enum { FRAME_ROOM = 512 };

static bool is_title(const struct kh_agree *a, uint32_t i)
{
	return i < a->us->n && a->first->class[i] == KH_LINE_TITLE;
}

static uint32_t few(uint32_t n, uint32_t most)
{
	return n < most ? n : most;
}

/* Kind of the neighbour: what it was taken for, and whether it is one of many alike. */
static uint32_t kind_at(const struct kh_agree *a, uint32_t i)
{
	if (i >= a->us->n)
		return 15;
	const struct kh_unit *u = &a->us->unit[i];
	return a->first->class[i] * 2u + (u->n_same > 1 && u->chars < KH_RUNNING);
}

/* The numbers of the ways in which unit i stands: by blank lines, by copies, by neighbours. */
static void frames_of(const struct kh_agree *a, uint32_t i, uint32_t f[FRAMES])
{
	const struct kh_units *us = a->us;
	const struct kh_unit *u = &us->unit[i];
	uint32_t behind = i + 1 < us->n ? few(us->unit[i + 1].blank, 3) : 4;
	uint32_t back = u->before == KH_NONE ? 0 : few(i - u->before, 9);
	uint32_t on = u->after == KH_NONE ? 0 : few(u->after - i, 9);
	f[0] = few(u->blank, 3) * 5 + behind;
	f[1] = back * 10 + on;
	f[2] = kind_at(a, i - 1) * 16 + kind_at(a, i + 1);
	f[3] = kind_at(a, i + 1) * 16 + kind_at(a, i + 2);
	f[4] = kind_at(a, i - 1) * 16 + kind_at(a, i - 2);
}

static void count(struct kh_agree *a, uint32_t i)
{
	const struct kh_unit *u = &a->us->unit[i];
	struct group *g[2] = {&a->same[u->same_id], &a->shape[u->shape_id]};
	uint32_t f[FRAMES], class = a->first->class[i];
	for (unsigned k = 0; k < 2; k++) {
		g[k]->n++;
		g[k]->of[class]++;
		if (i + 1 < a->us->n)
			g[k]->next[a->first->class[i + 1]]++;
		if (i > 0)
			g[k]->last[a->first->class[i - 1]]++;
	}
	if (u->chars >= KH_BRIEF)
		return;
	frames_of(a, i, f);
	for (unsigned k = i == 0; k < FRAMES; k++) { /* nothing stands before the first line */
		struct frame *w = &a->frame[k][f[k] % FRAME_ROOM];
		w->titles += class == KH_LINE_TITLE;
		w->others += class != KH_LINE_TITLE;
	}
	a->titles += class == KH_LINE_TITLE;
}

struct kh_agree *kh_agree_new(const struct kh_units *us, const struct kh_reading *first)
{
	struct kh_agree *a = KH_TAKE(us->arena, 1, struct kh_agree);
	a->us = us;
	a->first = first;
	a->same = KH_TAKE(us->arena, us->n + 1, struct group);
	a->shape = KH_TAKE(us->arena, us->n + 1, struct group);
	for (unsigned k = 0; k < FRAMES; k++)
		a->frame[k] = KH_TAKE(us->arena, FRAME_ROOM, struct frame);
	for (uint32_t i = 0; i < us->n; i++)
		count(a, i);
	return a;
}

/* The marks of the second reading are numbered behind those of the first. */
static void add(struct kh_marks *m, uint32_t id)
{
	id += KH_MARKS_OWN;
	if (m->n < KH_MARKS_OF_ONE && id < KH_MARKS)
		m->id[m->n++] = (uint16_t)id;
}

/* none else, no, few, half, most */
static uint32_t part_class(uint32_t part, uint32_t all)
{
	if (!all)
		return 0;
	return part * 10 >= all * 9 ? 4 : part * 2 >= all ? 3 : part ? 2 : 1;
}

/* What the others were taken for: 0 no others, else class + 1, and +6 where nearly all were. */
static uint32_t verdict(const uint32_t of[C], uint32_t own)
{
	uint32_t n = 0, best = 0;
	for (uint32_t c = 0; c < C; c++) {
		n += of[c] - (c == own);
		if (of[c] - (c == own) > of[best] - (best == own))
			best = c;
	}
	if (!n)
		return 0;
	return 1 + best + (((of[best] - (best == own)) * 10 >= n * 9 && n > 1) ? C : 0);
}

static void of_group(const struct kh_agree *a, uint32_t i, struct kh_marks *m)
{
	const struct kh_unit *u = &a->us->unit[i];
	uint32_t own = a->first->class[i];
	add(m, 0 + verdict(a->same[u->same_id].of, own)); /* .. 12 */
	if (u->chars < KH_RUNNING)
		add(m, 14 + verdict(a->shape[u->shape_id].of, own)); /* .. 26 */
}

/* The group of lines like a neighbour: the same text, else the same shape. */
static const struct group *group_of(const struct kh_agree *a, uint32_t i)
{
	const struct kh_unit *u = &a->us->unit[i];
	return u->n_same > 1 ? &a->same[u->same_id] : &a->shape[u->shape_id];
}

/* What stands behind, before the lines that are like our neighbours? */
static void of_neighbours(const struct kh_agree *a, uint32_t i, struct kh_marks *m)
{
	uint32_t own = a->first->class[i];
	if (i > 0 && a->us->unit[i - 1].chars < KH_BRIEF) {
		const struct group *g = group_of(a, i - 1);
		uint32_t title = g->next[KH_LINE_TITLE] - (own == KH_LINE_TITLE);
		add(m, 28 + part_class(title, g->n - 1)); /* .. 32 */
		add(m, 170 + verdict(g->next, own));	  /* .. 182 */
	}
	if (i + 1 < a->us->n && a->us->unit[i + 1].chars < KH_BRIEF) {
		const struct group *g = group_of(a, i + 1);
		uint32_t title = g->last[KH_LINE_TITLE] - (own == KH_LINE_TITLE);
		add(m, 34 + part_class(title, g->n - 1)); /* .. 38 */
		add(m, 184 + verdict(g->last, own));	  /* .. 196 */
	}
}

/* How many of the page's titles stand as this unit does, and how many other lines. */
static void of_frames(const struct kh_agree *a, uint32_t i, struct kh_marks *m)
{
	uint32_t f[FRAMES];
	bool mine = is_title(a, i), first = is_title(a, 0) && i > 0;
	frames_of(a, i, f);
	for (unsigned k = i == 0; k < FRAMES; k++) {
		uint32_t titles = a->titles - mine - (first && k == 0);
		struct frame w = a->frame[k][f[k] % FRAME_ROOM];
		uint32_t t = w.titles - mine, o = w.others - !mine;
		uint32_t share = part_class(t, titles);
		uint32_t crowd = o == 0 ? 0 : o <= t ? 1 : 2;
		add(m, 40 + k * 16 + share * 3 + crowd); /* .. 119 */
	}
}

static uint32_t margin_class(int32_t m) /* 0..9 */
{
	static const int32_t most[] = {-384, -192, -96, -48, -16, 0, 16, 64, 160};
	uint32_t i = 0;
	while (i < KH_COUNT(most) && m > most[i])
		i++;
	return i;
}

/* The surest title within the next, the last units. */
static int32_t surest(const struct kh_agree *a, uint32_t from, uint32_t end)
{
	int32_t best = INT32_MIN;
	for (uint32_t i = from; i < end && i < a->us->n; i++)
		if (a->first->margin[i] > best)
			best = a->first->margin[i];
	return best;
}

static uint32_t class_at(const struct kh_agree *a, uint32_t i)
{
	return i < a->us->n ? a->first->class[i] : (uint32_t)C;
}

/* What the lines around were taken for: 200 .. 234. */
static void of_classes(const struct kh_agree *a, uint32_t i, struct kh_marks *m)
{
	enum { D = C + 1 };
	for (unsigned k = 0; k < 5; k++)
		add(m, 200 + k * D + class_at(a, i + k - 2)); /* below 0 is out of range */
}

void kh_agree_marks(const struct kh_agree *a, uint32_t i, struct kh_marks *m)
{
	const struct kh_unit *u = &a->us->unit[i];
	of_group(a, i, m);
	of_classes(a, i, m);
	if (u->chars >= KH_BRIEF)
		return;
	of_neighbours(a, i, m);
	of_frames(a, i, m);
	int32_t mine = a->first->margin[i];
	add(m, 128 + margin_class(mine));
	int32_t next = surest(a, i + 1, i + 7), last = surest(a, i > 6 ? i - 6 : 0, i);
	add(m, 140u + (mine > next) + (mine > last) * 2u + (next > 0) * 4u +
		       (last > 0) * 8u); /* .. 155 */
	add(m, 160u + few(a->titles - is_title(a, i), 5));
}
