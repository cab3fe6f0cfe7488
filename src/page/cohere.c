/* See cohere.h. In: the words of each unit. Out: ties. A headline brings words that the text before
 * does not have and the text behind does; where stories meet, hardly a name goes across. The
 * windows are of fixed size, so the work is linear. */
#include "page/cohere.h"

enum { AHEAD = 5, BACK = 8, WALK = 24, NEAR = 8 };

struct side {
	uint32_t units, steps; /* long units taken; units walked to the first */
	uint32_t unit[BACK];
};

struct hold {
	const struct kh_units *us;
	uint32_t *ahead, *behind; /* by word: the unit, from 1, whose window held it last */
	uint32_t common;          /* units that a word may stand in before it says nothing */
};

/* The next long units in one direction; a copy of the unit's own text is not one. */
static struct side gather(const struct kh_units *us, uint32_t from, int step, uint32_t most)
{
	struct side a = {0};
	for (uint32_t k = 1; k <= WALK && a.units < most; k++) {
		uint32_t i = step > 0 ? from + k : from - k;
		if (step > 0 ? i >= us->n : from < k)
			break;
		const struct kh_unit *u = &us->unit[i];
		if (u->chars < KH_RUNNING || u->whole == us->unit[from].whole ||
		    (u->n_same > 1 && u->chars < KH_BRIEF))
			continue;
		if (!a.units)
			a.steps = k;
		a.unit[a.units++] = i;
	}
	return a;
}

static void stamp(const struct kh_units *us, const struct side *a, uint32_t *mark, uint32_t i)
{
	for (uint32_t k = 0; k < a->units; k++) {
		const struct kh_unit *u = &us->unit[a->unit[k]];
		for (uint32_t w = 0; w < u->n_word; w++)
			mark[us->word[u->first_word + w] & ~KH_WORD_NAME] = i + 1;
	}
}

static uint8_t share(uint32_t part, uint32_t all)
{
	if (!all)
		return 0;
	uint32_t p = part * 100 / all;
	return p >= 80 ? 5 : p >= 60 ? 4 : p >= 40 ? 3 : p >= 20 ? 2 : 1;
}

/* Of what the text behind holds, how much the text before holds as well. Finer where little does.
 */
static uint8_t bridge(uint32_t part, uint32_t all)
{
	if (!all)
		return 0;
	uint32_t p = part * 100 / all;
	return p >= 50 ? 5 : p >= 32 ? 4 : p >= 20 ? 3 : p >= 10 ? 2 : 1;
}

/* Words and names of the first paragraphs behind that the window before holds, in permille. */
static uint32_t across(struct hold *h, const struct side *next, uint32_t i, struct kh_tie *t)
{
	const struct kh_units *us = h->us;
	uint32_t names = 0, names_both = 0, words = 0, words_both = 0;
	for (uint32_t k = 0; k < next->units; k++) {
		const struct kh_unit *u = &us->unit[next->unit[k]];
		for (uint32_t w = 0; w < u->n_word; w++) {
			uint32_t id = us->word[u->first_word + w];
			bool name = id & KH_WORD_NAME;
			id &= ~KH_WORD_NAME;
			if (us->known[id].units > h->common)
				continue;
			bool both = h->behind[id] == i + 1;
			words++;
			words_both += both;
			names += name;
			names_both += name && both;
		}
	}
	t->names = bridge(names_both, names);
	t->words = bridge(words_both, words);
	return words ? (words_both + names_both * 2) * 1000 / (words + names * 2) : 1000;
}

static void own_words(struct hold *h, uint32_t i, struct kh_tie *t)
{
	const struct kh_units *us = h->us;
	const struct kh_unit *u = &us->unit[i];
	uint32_t ahead = 0, behind = 0, fresh = 0;
	for (uint32_t w = 0; w < u->n_word; w++) {
		uint32_t id = us->word[u->first_word + w] & ~KH_WORD_NAME;
		bool on = h->ahead[id] == i + 1;
		ahead += on;
		behind += h->behind[id] == i + 1;
		fresh += on && us->known[id].first_long != KH_NONE && us->known[id].first_long > i;
	}
	t->ahead = share(ahead, u->n_word);
	t->behind = share(behind, u->n_word);
	t->fresh = share(fresh, u->n_word);
	t->strange = !ahead && !behind;
	int lean = (int)ahead - (int)behind;
	t->lean = (int8_t)(lean > 3 ? 3 : lean < -3 ? -3 : lean);
}

/* Where the text is parted more than at any short unit around. */
static void find_lowest(const struct kh_units *us, struct kh_tie *t, const uint32_t *over)
{
	for (uint32_t i = 0; i < us->n; i++) {
		t[i].lowest = over[i] != KH_NONE;
		for (uint32_t k = i > NEAR ? i - NEAR : 0; k <= i + NEAR && k < us->n; k++)
			if (over[k] < over[i])
				t[i].lowest = false;
	}
}

struct kh_tie *kh_cohere_find(const struct kh_units *us)
{
	struct kh_tie *t = KH_TAKE(us->arena, us->n + 1, struct kh_tie);
	uint32_t *over = KH_TAKE(us->arena, us->n + 1, uint32_t);
	struct hold h = {.us = us, .common = us->n / 8 + 4};
	h.ahead = KH_TAKE(us->arena, us->n_known + 1, uint32_t);
	h.behind = KH_TAKE(us->arena, us->n_known + 1, uint32_t);
	for (uint32_t i = 0; i < us->n; i++) {
		over[i] = KH_NONE;
		if (us->unit[i].chars >= KH_BRIEF)
			continue;
		struct side next = gather(us, i, 1, AHEAD), last = gather(us, i, -1, BACK);
		stamp(us, &next, h.ahead, i);
		stamp(us, &last, h.behind, i);
		t[i].to_next = (uint8_t)(next.steps > 7 ? 7 : next.steps);
		t[i].to_last = (uint8_t)(last.steps > 7 ? 7 : last.steps);
		own_words(&h, i, &t[i]);
		if (next.units && last.units)
			over[i] = across(&h, &next, i, &t[i]);
	}
	find_lowest(us, t, over);
	return t;
}
