/* See amount_part.h. In: the counted phrases of a sentence, in order. Out: totals with what befell
 * them, parts with the kind of their whole. The words beside the numbers decide. */
#include "read/amount_part.h"

#define any kh_number_any

enum {
	REACH = 12, /* words between a total and what it is of */
	BACK = 24   /* words from a figure put to what is counted */
};

/* The word that says of what the number is: "dead", "killed", "arrests". */
static bool casualty_in(const struct kh_counting *x, const struct kh_sentence *s, int64_t from,
			int64_t to, struct kh_counted *c)
{
	kh_str roles;
	for (int64_t k = from; k < to; k++) {
		if (k < s->first_token || k >= (int64_t)s->first_token + s->n_tokens)
			continue;
		uint8_t kind = any(x->d, s, k, "victims") ? KH_KILLED
							 : kh_casualty(x, (uint32_t)k, &roles);
		if (!kind)
			continue;
		c->trigger = (uint32_t)k;
		c->kind = kind;
		c->total = true;
		return true;
	}
	return false;
}

/* "12 people died, the army said, but residents put the figure at 30": of what was last counted. */
static bool put_at(const struct kh_counting *x, const struct kh_sentence *s, int64_t figure,
		   struct kh_counted *c)
{
	const struct kh_doc *d = x->d;
	if (!any(d, s, figure - 1, "the that") ||
	    !any(d, s, figure - 2, "put puts putting placed estimated gave"))
		return false;
	for (int64_t k = figure - 3; k >= s->first_token && figure - k < BACK; k--)
		if (casualty_in(x, s, k, k + 1, c))
			return true;
	return false;
}

bool kh_amount_tally(const struct kh_counting *x, const struct kh_sentence *s, struct kh_counted *c)
{
	const struct kh_doc *d = x->d;
	int64_t first = c->number.first, t = first - 1, end = first + c->number.n;
	if (any(d, s, end, "the") && any(d, s, end + 1, "number total tally count") &&
	    any(d, s, end + 2, "of") && any(d, s, t, "to at"))
		return casualty_in(x, s, end + 3, end + 8, c);
	while (any(d, s, t, "least more than about some nearly almost over around now") ||
	       (any(d, s, t, "at") && any(d, s, t + 1, "least most")))
		t--;
	if ((c->noun != KH_NONE && !c->human) ||
	    !any(d, s, t, "to at reached hit exceeded topped passed surpassed is was stands stood"))
		return false;
	for (int64_t k = t - 1; k >= s->first_token && t - k < REACH; k--) {
		if (any(d, s, k, "; : \""))
			return false;
		if (any(d, s, k, "figure number toll total tally count") && put_at(x, s, k, c))
			return true;
		if (any(d, s, k, "number total tally count") &&
		    !any(d, s, k - 1, "phone serial telephone"))
			return casualty_in(x, s, k + 1, t, c) || casualty_in(x, s, k - 2, k, c);
	}
	return false;
}

static bool a_part(struct kh_counted *c, int64_t trigger, uint8_t kind)
{
	c->trigger = (uint32_t)trigger;
	c->kind = kind;
	c->part = true;
	return true;
}

bool kh_amount_among(const struct kh_counting *x, const struct kh_sentence *s, struct kh_counted *c)
{
	static const char them[] = "dead killed wounded injured missing arrested detained hurt "
				   "casualties fatalities freed released";
	const struct kh_doc *d = x->d;
	kh_str roles;
	int64_t k = c->end, t = (int64_t)c->number.first - 1;
	if (!c->human)
		return false;
	if (any(d, s, k, "are were was is") && any(d, s, k + 1, "among") &&
	    any(d, s, k + 2, "the those") && any(d, s, k + 3, them))
		return a_part(c, k + 3, kh_casualty(x, (uint32_t)k + 3, &roles));
	while (any(d, s, t, "at least more than about some"))
		t--;
	if (any(d, s, t, "are were was is") && any(d, s, t - 1, them) &&
	    any(d, s, t - 2, "the those") && any(d, s, t - 3, "among"))
		return a_part(c, t - 1, kh_casualty(x, (uint32_t)t - 1, &roles));
	return false;
}

bool kh_amount_beside(const struct kh_counting *x, const struct kh_sentence *s,
		      struct kh_counted *c)
{
	const struct kh_doc *d = x->d;
	int64_t t = (int64_t)c->number.first - 1;
	kh_str roles;
	while (any(d, s, t, "at least about some another the"))
		t--;
	bool with = (any(d, s, t, "with") && any(d, s, t - 1, "along together")) ||
		    (any(d, s, t, "as") && any(d, s, t - 1, "well") && any(d, s, t - 2, "as"));
	for (int64_t k = t - 2; with && c->human && k >= s->first_token && t - k < REACH; k--) {
		const struct kh_token *v = &d->token[k];
		uint8_t kind = kh_casualty(x, (uint32_t)k, &roles);
		if (any(d, s, k, "; :"))
			return false;
		if (!kind || v->upos == KH_NOUN)
			continue;
		if (any(d, s, k, "dead") && any(d, s, k - 1, "shot found"))
			kind = KH_KILLED;
		else if (!(v->flags & KH_TOK_PASSIVE) && !any(d, s, k, "died dead"))
			return false;
		if (any(d, s, k, "shot") && any(d, s, k + 1, "dead to"))
			kind = KH_KILLED;
		c->trigger = (uint32_t)k;
		c->kind = kind;
		return true;
	}
	return false;
}

bool kh_amount_nobody(const struct kh_counting *x, const struct kh_sentence *s,
		      const struct kh_counted *c)
{
	int64_t t = (int64_t)c->number.first - 1;
	if (any(x->d, s, t, "no") && c->number.low == 1)
		return true;
	if (any(x->d, s, t, "not") && any(x->d, s, t - 1, "and but ,"))
		return true;
	while (any(x->d, s, t, "the all these those its their"))
		t--;
	return any(x->d, s, t, "of") && any(x->d, s, t - 1, "none neither");
}

/* "three of them", "12 of whom", "including three", "among them four": words of a part. */
static bool is_part(const struct kh_counting *x, const struct kh_sentence *s,
		    const struct kh_counted *c)
{
	const struct kh_doc *d = x->d;
	int64_t end = (int64_t)c->number.first + c->number.n, t = (int64_t)c->number.first - 1;
	if (any(d, s, end, "of") && any(d, s, end + 1, "them whom which"))
		return true;
	while (any(d, s, t, "at least more than about some nearly almost over up to as many"))
		t--;
	return any(d, s, t, "including") ||
	       (any(d, s, t, "them whom") && any(d, s, t - 1, "among of"));
}

/* "Three others, two men and a woman, were hurt": the two and the one are the three. */
static bool spelled_out(const struct kh_counting *x, const struct kh_sentence *s,
			const struct kh_counted *c, uint32_t left)
{
	return left >= 2 && c->trigger != KH_NONE && c[1].trigger == c->trigger &&
	       c[2].trigger == c->trigger && c->number.low == c->number.high &&
	       c[1].number.low + c[2].number.low == c->number.low &&
	       any(x->d, s, c->end, ", - \xe2\x80\x94 :");
}

void kh_amount_parts(const struct kh_counting *x, const struct kh_sentence *s,
		     struct kh_counted *list, uint32_t n)
{
	const struct kh_counted *whole = NULL;
	for (uint32_t i = 0; i < n; i++)
		if (spelled_out(x, s, &list[i], n - 1 - i))
			list[i + 1].part = list[i + 2].part = true;
	for (uint32_t i = 0; i < n; i++) {
		struct kh_counted *c = &list[i];
		bool part = is_part(x, s, c) || c->part;
		struct kh_counted *last = i ? c - 1 : NULL;
		if (part && last && last->trigger == KH_NONE && last->human &&
		    c->trigger != KH_NONE && c->number.low < last->number.low) {
			last->trigger = c->trigger; /* "Four people, including two boys, were hurt" */
			last->kind = c->kind;
			last->negated = c->negated;
			whole = last;
		}
		bool fits = whole && c->number.low <= (whole->number.high < 0 ? INT64_MAX
									      : whole->number.high);
		if (part && fits && (c->trigger == KH_NONE || c->kind == whole->kind)) {
			c->trigger = whole->trigger;
			c->kind = whole->kind;
			c->negated = whole->negated;
			c->part = true;
		} else if (!part && c->trigger != KH_NONE && !c->named) {
			whole = c;
		} else if (!part && whole && c->trigger == KH_NONE &&
			   any(x->d, s, (int64_t)c->number.first - 1, "and") && i &&
			   list[i - 1].part && c->human) {
			c->trigger = whole->trigger; /* "including two women and a child" */
			c->kind = whole->kind;
			c->part = true;
		}
	}
}
