/* See place_sense.h. In: candidates with their readings. Out: one reading each. A reading scores by
 * its size and level, by what stands behind its comma, and by how near it lies to the readings of
 * the story's other names, in distance and in country and province. Integers only; the names that
 * count are capped, so work stays linear. */
#include "read/place_sense.h"

enum {
	NAMES = 40,
	WINDOW = 400,
	PASSES = 3,
	LONELY = 12,
	PENALTY = 6,
	LOCAL = 170,
	DIVISION = 200
};

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

bool kh_place_holds(const struct kh_gaz_place *big, const struct kh_gaz_place *small)
{
	if (big == small || memcmp(big->cc, small->cc, 2) != 0)
		return false;
	if (memcmp(big->fcode, "PCL", 3) == 0)
		return true;
	return memcmp(big->fcode, "ADM1", 4) == 0 && big->admin[0] &&
	       memcmp(big->admin, small->admin, 4) == 0;
}

static int32_t far(int32_t a, int32_t b)
{
	return a > b ? a - b : b - a;
}

int32_t kh_place_km(const struct kh_gaz_place *a, const struct kh_gaz_place *b)
{
	/* cosine of 0, 10 … 90 degrees in thousandths */
	static const int16_t cosine[] = {1000, 985, 940, 866, 766, 643, 500, 342, 174, 50};
	int32_t dlat = far(a->lat, b->lat), dlon = far(a->lon, b->lon);
	if (dlat > 400000 || dlon > 1500000)
		return 9999;
	int32_t middle = a->lat / 2 + b->lat / 2, band = (middle < 0 ? -middle : middle) / 1000000;
	int32_t y = dlat * 111 / 100000,
		x = dlon / 100 * 111 / 1000 * cosine[band > 9 ? 9 : band] / 1000;
	int32_t longer = x > y ? x : y, shorter = x > y ? y : x;
	return longer + shorter * 2 / 5; /* within a tenth of the root of squares */
}

static bool is_point(const struct kh_gaz_place *p)
{
	return memcmp(p->fcode, "PPL", 3) == 0 || memcmp(p->fcode, "ADM2", 4) == 0;
}

/* How well two readings go together, 0 to 100. */
static int together(const struct kh_gaz_place *a, const struct kh_gaz_place *b)
{
	bool country = a->cc[0] && memcmp(a->cc, b->cc, 2) == 0;
	bool province = country && a->admin[0] && memcmp(a->admin, b->admin, 4) == 0;
	int score = province ? 45 : country ? 14 : 0;
	if (is_point(a) && is_point(b)) {
		int32_t km = kh_place_km(a, b);
		int near = km < 30 ? 100 : km < 70 ? 75 : km < 130 ? 50 : km < 220 ? 25 : 0;
		return near > score ? near : score;
	}
	return score + (province ? 15 : 0);
}

static int prior(const struct kh_placing *x, const struct kh_candidate *c, uint32_t k)
{
	const struct kh_gaz_place *p = kh_place_reading(x, c, k);
	int score = log2_of(p->population + 1) * 8 + level_bonus(p);
	if (c->reading[k] & KH_GAZ_ADJECTIVE)
		score += 50;
	if (c->division && memcmp(p->fcode, "ADM1", 4) == 0)
		score += DIVISION;
	if (c->local && memcmp(p->cc, "US", 2) == 0)
		score += LOCAL;
	return score;
}

static int score_of(const struct kh_placing *x, const struct kh_candidate *c, uint32_t k)
{
	int held = c->holder != UINT32_MAX &&
				   kh_place_holds(&x->g.place[c->holder], kh_place_reading(x, c, k))
			   ? 1000
			   : 0;
	return prior(x, c, k) + held + c->support[k];
}

static void pick(const struct kh_placing *x, struct kh_candidate *c)
{
	int best = -100000;
	for (uint32_t k = 0; k < c->n_readings; k++) {
		int score = score_of(x, c, k);
		if (score > best) {
			best = score;
			c->best = k;
		}
	}
}

int kh_place_lead(const struct kh_placing *x, const struct kh_candidate *c, uint32_t *second)
{
	int best = score_of(x, c, c->best), next = -100000;
	*second = 0;
	for (uint32_t k = 0; k < c->n_readings; k++)
		if (k != c->best && score_of(x, c, k) > next) {
			next = score_of(x, c, k);
			*second = kh_place_reading(x, c, k)->id;
		}
	return c->n_readings == 1 ? 1000 : best - next;
}

/* The best that a reading goes with any reading of another name; the less sure that name, the less.
 */
static int support_by(const struct kh_placing *x, const struct kh_gaz_place *p,
		      const struct kh_candidate *o, bool settled)
{
	int best = 0;
	if (settled || o->holder != UINT32_MAX)
		return together(p, kh_place_reading(x, o, o->best));
	int top = prior(x, o, o->best);
	for (uint32_t k = 0; k < o->n_readings; k++) {
		int less = top - prior(x, o, k), fit = together(p, kh_place_reading(x, o, k));
		fit = fit * (less < 20 ? 10 : less < 60 ? 7 : 5) / 10;
		if (fit > best)
			best = fit;
	}
	return best;
}

/* The distinct names of a story around a candidate, the nearest first. */
static uint32_t company(const struct kh_placing *x, uint32_t self, uint32_t first, uint32_t end,
			uint32_t names[NAMES])
{
	uint32_t n = 0;
	for (uint32_t step = 1; step < WINDOW && n < NAMES; step++)
		for (int side = 0; side < 2 && n < NAMES; side++) {
			if (side ? step > self - first : self + step >= end)
				continue;
			uint32_t i = side ? self - step : self + step, k = 0;
			while (k < n && x->c[names[k]].hash != x->c[i].hash)
				k++;
			if (k == n && x->c[i].hash != x->c[self].hash && x->c[i].n_readings)
				names[n++] = i;
		}
	return n;
}

static void support(struct kh_placing *x, uint32_t self, uint32_t first, uint32_t end, bool settled)
{
	uint32_t names[NAMES], n = company(x, self, first, end, names);
	struct kh_candidate *c = &x->c[self];
	int best = 0;
	for (uint32_t k = 0; k < c->n_readings; k++) {
		int total = 0;
		for (uint32_t i = 0; i < n; i++)
			total += support_by(x, kh_place_reading(x, c, k), &x->c[names[i]], settled);
		/* a few names near by say most; many add little */
		c->support[k] = (int16_t)(total < 150	? total
					  : total < 450 ? 150 + (total - 150) / 3
							: 250);
		best = c->support[k] > best ? c->support[k] : best;
	}
	/* a great name that none of the story's places goes with is lonely where another reading
	 * has company */
	for (uint32_t k = 0; k < c->n_readings; k++)
		if (c->support[k] < LONELY && best > 3 * LONELY)
			c->support[k] = (int16_t)(c->support[k] - best * PENALTY / 4);
}

/* One sense of a name in a story: the mention with a comma behind it tells the others, and so does
 * the one whose schools are told of. */
static void spread(struct kh_placing *x, uint32_t first, uint32_t end)
{
	for (uint32_t i = first; i < end; i++) {
		const struct kh_candidate *a = &x->c[i];
		if (a->holder == UINT32_MAX && !a->local)
			continue;
		for (uint32_t k = first; k < end && k < first + 4 * WINDOW; k++) {
			if (x->c[k].hash != a->hash)
				continue;
			if (x->c[k].holder == UINT32_MAX)
				x->c[k].holder = a->holder;
			x->c[k].local |= a->local;
		}
	}
}

void kh_place_choose(struct kh_placing *x, uint32_t first, uint32_t n)
{
	uint32_t end = first + n;
	if (n <= 4 * WINDOW)
		spread(x, first, end);
	for (uint32_t i = first; i < end; i++)
		pick(x, &x->c[i]);
	for (unsigned pass = 0; pass < PASSES; pass++) {
		for (uint32_t i = first; i < end; i++)
			if (x->c[i].n_readings > 1)
				support(x, i, first, end, pass > 0);
		for (uint32_t i = first; i < end; i++)
			pick(x, &x->c[i]);
	}
}
