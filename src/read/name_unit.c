/* Words that are one mention whatever the tree makes of them. In: the dictionary's matches. Out: by
 * token, the unit that it is of: "French President Emmanuel Macron", "former Kenyan police chief
 * NAME", "Kano State government": what stands before an agent, the agent, and the person it is the
 * title of. */
#include "read/name_code.h"

#include "base/str.h"

static bool adjective(const struct kh_token *t)
{
	static const char *const word[] = {"former", "ex",	"interim", "acting",	"outgoing",
					   "ousted", "deposed", "late",	   "senior",	"top",
					   "deputy", "new",	"current", "visiting",	"incoming",
					   "rebel",  "veteran", "main",	   "opposition"};
	for (size_t i = 0; i < KH_COUNT(word); i++)
		if (kh_str_ieq(t->form, kh_str_of(word[i])))
			return true;
	return false;
}

/* The 's of "Israel's cabinet". */
static bool owner(const struct kh_token *t)
{
	return t->upos == KH_PART && (kh_str_is(t->form, "'s") || kh_str_is(t->form, "’s") ||
				      kh_str_is(t->form, "'") || kh_str_is(t->form, "’"));
}

/* The match that ends right before token `at` and can modify an agent there; KH_NONE. */
static uint32_t modifier_before(const struct kh_naming *x, uint32_t first, uint32_t at)
{
	const struct kh_doc *d = x->d;
	if (at >= first + 2 && owner(&d->token[at - 1]) && kh_name_at(x, at - 2))
		return (uint32_t)(kh_name_at(x, at - 2) - x->match);
	const struct kh_match *k = at > first ? kh_name_at(x, at - 1) : NULL;
	uint32_t begin = k ? (uint32_t)(k - x->match) : 0;
	bool dash = at >= first + 2 && kh_str_is(d->token[at - 2].form, "-");
	if (k && !dash) {
		bool adj = (k->use & KH_USE_PEOPLE) && !(d->token[at - 1].feats & KH_FEAT_PLURAL);
		adj |= (k->use & KH_USE_COUNTRY) && at - begin == 1 && /* "US lawmakers" */
		       ((d->token[begin].flags & KH_TOK_UPPER) ||
			kh_str_find(d->token[begin].form, KH_S("."), 0) != SIZE_MAX);
		bool group = !(k->use & (KH_USE_COUNTRY | KH_USE_PERSON));
		return adj || group ? begin : KH_NONE;
	}
	if (at <= first || !x->place[at - 1] || d->token[at - 1].upos != KH_PROPN || x->of[at - 1])
		return KH_NONE;
	begin = d->place[x->place[at - 1] - 1].first; /* "the Kano police", not "in Kano police" */
	bool in = begin > first && d->token[begin - 1].upos == KH_ADP;
	return in || begin == first ? KH_NONE : begin;
}

static uint32_t left_edge(const struct kh_naming *x, uint32_t first, uint32_t at)
{
	while (at > first) {
		uint32_t k = modifier_before(x, first, at);
		if (k != KH_NONE)
			at = k;
		else if (adjective(&x->d->token[at - 1]))
			at--;
		else if (at >= first + 2 &&
			 (x->d->token[at - 1].rel == KH_AMOD ||
			  x->d->token[at - 1].rel == KH_COMPOUND) &&
			 adjective(&x->d->token[at - 2]))
			at -= 2; /* "former Socialist prime minister" */
		else
			break;
	}
	return at;
}

/* The end of a person's name that begins at the token; the token itself when none does. */
static uint32_t person_end(const struct kh_naming *x, uint32_t t, uint32_t end)
{
	uint32_t to = t;
	if (t >= end || x->d->token[t].upos != KH_PROPN)
		return t;
	bool state = (x->match[t].use & (KH_USE_COUNTRY | KH_USE_AGENT)) != 0;
	if (x->match[t].n && !state) /* "militant group Hamas" too */
		return t + x->match[t].n;
	while (to < end && x->d->token[to].name_type == KH_NAME_PERSON &&
	       (to == t || x->d->token[to].upos == KH_PROPN ||
		kh_str_is(x->d->token[to].form, "-")))
		to++;
	return to;
}

/* The token of [first, end) that hangs on something outside [from, to). */
static uint32_t top(const struct kh_doc *d, uint32_t first, uint32_t end, uint32_t from,
		    uint32_t to)
{
	for (uint32_t t = first; t < end; t++) {
		uint32_t h = d->token[t].head;
		if (!(d->token[t].flags & KH_TOK_PUNCT) && (h == KH_NONE || h < from || h >= to))
			return t;
	}
	return end - 1;
}

static void mark(struct kh_naming *x, uint32_t from, uint32_t to, uint32_t head)
{
	for (uint32_t t = from; t < to; t++)
		x->unit[t] = (struct kh_name_unit){head + 1, from, to - from};
}

void kh_name_units(struct kh_naming *x, const struct kh_sentence *s)
{
	const struct kh_doc *d = x->d;
	uint32_t end = s->first_token + s->n_tokens;
	for (uint32_t t = s->first_token; t < end; t++) {
		const struct kh_match *k = &x->match[t];
		if (!k->n || !(k->use & KH_USE_AGENT) || (k->use & KH_USE_THING))
			continue;
		uint32_t behind = t + k->n, name = person_end(x, behind, end);
		uint32_t from = left_edge(x, s->first_token, t);
		if (name > behind) {
			mark(x, from, name, top(d, behind, name, from, name));
			t = name - 1;
			continue;
		}
		bool inner = d->token[behind - 1].rel == KH_COMPOUND ||
			     d->token[behind - 1].rel == KH_AMOD ||
			     (behind < end && d->token[behind].upos == KH_NOUN &&
			      d->token[behind - 1].head >= behind);
		if ((from < t || k->n > 1) && !inner)
			mark(x, from, behind, top(d, t, behind, from, behind));
	}
}
