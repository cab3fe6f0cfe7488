/* How many. In: tokens, trees, the lists of what befalls people and of nouns for people. Out:
 * doc->amount, one for every number of people, with its bounds ("at least 12", "up to 200",
 * "dozens") and what is said to have befallen them. */
#include "read/amount.h"

#include "base/str.h"
#include "read/amount_part.h"

enum { MOST = 64 }; /* numbers of one sentence that may share a verb */

static bool is_measure(kh_str lemma)
{
	static const char *const list[] = {
		"percent", "%", "year", "month", "week", "day", "hour", "minute", "mile",
		"kilometer", "kilometre", "km", "meter", "metre", "dollar", "euro", "pound",
		"ton", "tonne", "kilogram", "kg", "foot", "degree", "cent", "yen", "time",
		"o'clock", "acre", "hectare", "barrel", "point", "seat", "vote", "count",
		"round", "rocket", "house", "home", "country", "charge", "a.m.", "p.m.", "am",
		"pm", "gmt", "bag", "gun", "weapon", "vehicle", "car", "shooting", "attack",
		"incident", "case", "city", "town", "village", "province", "nation", "bomb",
		"blast", "explosion", "percentage", "goal", "game", "season", "event", "fire",
		"crash", "second", "decade", "inch", "gram", "rupee", "peso", "bullet",
		"building", "animal", "dog", "cow", "horse", "sheep", "bird", "cattle", "pig",
		"chicken", "plot"};
	for (size_t i = 0; i < KH_COUNT(list); i++)
		if (kh_str_ieq(lemma, kh_str_of(list[i])))
			return true;
	return false;
}

static bool nominal(uint8_t upos)
{
	return upos == KH_NOUN || upos == KH_PROPN;
}

/* "16-year-old": words taken. */
static uint32_t aged(const struct kh_doc *d, const struct kh_sentence *s, uint32_t k)
{
	if (!kh_number_word(d, s, (int64_t)k + 1, "-") ||
	    !kh_number_any(d, s, (int64_t)k + 2, "year month years"))
		return 0;
	return kh_number_word(d, s, (int64_t)k + 3, "-") &&
			       kh_number_any(d, s, (int64_t)k + 4, "old olds")
		       ? 5
		       : 0;
}

/* The phrase behind the number: "unidentified police officers", "of the hostages". */
static void phrase(const struct kh_counting *x, const struct kh_sentence *s, struct kh_counted *c)
{
	const struct kh_doc *d = x->d;
	uint32_t end = s->first_token + s->n_tokens, k = c->number.first + c->number.n;
	c->noun = KH_NONE;
	c->end = k;
	bool of = kh_number_word(d, s, k, "of");
	if (of && !c->number.vague &&
	    !kh_number_any(d, s, (int64_t)k + 1, "the their his its them those whom these"))
		return;
	if (of)
		k++;
	while (kh_number_any(d, s, k, "the other others more additional their his its of -") &&
	       k < end) {
		if (kh_number_any(d, s, k, "others"))
			c->noun = k, c->end = k + 1, c->human = true;
		k++;
	}
	for (unsigned steps = 0; steps < 7 && k < end; steps++, k++) {
		uint32_t old = aged(d, s, k);
		if (old && c->noun == KH_NONE) {
			k += old - 1;
			bool more = k + 1 < end && (nominal(d->token[k + 1].upos) ||
						    d->token[k + 1].upos == KH_ADJ);
			if (kh_number_any(d, s, k, "olds") || !more) /* "a 3-year-old" */
				c->noun = k, c->end = k + 1, c->human = c->aged = true;
			continue;
		}
		const struct kh_token *t = &d->token[k];
		kh_str roles;
		if (c->noun != KH_NONE && kh_number_any(d, s, k, "'s ' \xe2\x80\x99s") &&
		    k + 1 < end && nominal(d->token[k + 1].upos) &&
		    !kh_casualty(x, k + 1, &roles)) { /* "of the minister's aides" */
			c->noun = KH_NONE;
			c->human = false;
			continue;
		}
		if (c->noun != KH_NONE && !nominal(t->upos) && !kh_is_people(x, k))
			break;
		bool people = kh_is_people(x, k);
		if (nominal(t->upos) || people) {
			uint8_t kind = kh_casualty(x, k, &roles);
			if (kind && !people && kh_str_find(roles, KH_S("n"), 0) == SIZE_MAX)
				break; /* "12 killed": no noun */
			if (c->noun != KH_NONE && c->human && !people && t->upos == KH_PROPN)
				break;
			c->noun = k;
			c->end = k + 1;
			c->human = people || t->upos == KH_PROPN;
			continue;
		}
		bool amod = t->upos == KH_ADJ || t->upos == KH_NUM ||
			    (t->upos == KH_VERB && (t->rel == KH_AMOD || t->rel == KH_COMPOUND));
		if (kh_str_is(t->form, "-") ||
		    (amod && !kh_number_any(d, s, k, "dead missing injured wounded hurt homeless")))
			continue;
		break;
	}
}

/* "ages 19, 21 and 22", "between the ages of 11 and 15" */
static bool of_age(const struct kh_doc *d, const struct kh_sentence *s, int64_t t)
{
	for (int64_t k = t - 1; k >= t - 8; k--)
		if (kh_number_any(d, s, k, "ages aged"))
			return true;
		else if (!kh_number_any(d, s, k, ", and to of or - â from") &&
			 !(k >= s->first_token && k < t && d->token[k].upos == KH_NUM))
			return false;
	return false;
}

/* "Kenneth Bonilla, 23, of …", "23-year-old", "No. 15", "March 21", "U.S. 36", "$20". */
static bool no_count(const struct kh_counting *x, const struct kh_sentence *s,
		     const struct kh_counted *c)
{
	const struct kh_doc *d = x->d;
	int64_t t = c->number.first, next = t + c->number.n;
	const struct kh_number *n = &c->number;
	if (c->noun != KH_NONE &&
	    (is_measure(d->token[c->noun].lemma) || kh_number_any(d, s, c->noun, "shots")))
		return true;
	if (kh_number_any(d, s, next, "- %") ||
	    (next < (int64_t)s->first_token + s->n_tokens && is_measure(d->token[next].lemma)))
		return !n->single;
	bool digits = kh_is_digit((unsigned char)d->token[t].form.p[0]);
	bool year = n->low >= 1900 && n->low <= 2040 && n->n == 1 && n->low == n->high &&
		    d->token[t].form.n == 4 && digits;
	if ((year && !c->human) || n->low == 0)
		return true;
	if (t > s->first_token && d->token[t - 1].upos == KH_SYM)
		return true;
	if (of_age(d, s, t))
		return true;
	bool alone = c->noun == KH_NONE;
	if (alone && digits && kh_number_any(d, s, t - 1, ", aged age (") &&
	    (t - 2 < s->first_token || d->token[t - 2].upos == KH_PROPN ||
	     kh_number_any(d, s, t - 1, "aged age")) &&
	    (kh_number_any(d, s, next, ", ; . ) of was is and had who has") ||
	     next >= (int64_t)s->first_token + s->n_tokens))
		return true;
	if (kh_number_any(d, s, t - 1,
			  "jan. feb. mar. apr. aug. sept. oct. nov. dec. january february march "
			  "april may june "
			  "july august september october november december no. number u.s. route "
			  "highway war "
			  "rule section chapter lot flight grade unit"))
		return alone || (digits && !(t - 2 >= s->first_token &&
					     d->token[t - 2].upos == KH_NUM)); /* "23 May 28 bodies" */
	bool clock = kh_number_any(d, s, t - 1, "# at") &&
		     !kh_number_any(d, s, t - 2,
					    "stands stood put now estimated figure number "
					    "toll total tally count") &&
		     !kh_number_any(d, s, next, "dead killed wounded injured missing hurt");
	if (alone && digits && (clock || kh_number_any(d, s, next, ":")))
		return true;
	bool among = kh_number_any(d, s, next + 1, "the those") &&
		     kh_number_any(d, s, next + 2, "victims wounded injured people men women") &&
		     !kh_number_any(d, s, next + 3, "of who");
	if (kh_number_any(d, s, next, "of") && n->low == 1 && n->high == 1)
		return !among; /* "one of his aides", but "one of the victims died" */
	return false;
}

/* "a soldier", "another man": single people, but no apposition ("Everett, a member of …"). */
static bool single(const struct kh_counting *x, const struct kh_sentence *s, uint32_t t,
		   struct kh_counted *c)
{
	const struct kh_doc *d = x->d;
	struct kh_number n;
	if (!kh_number_any(d, s, t, "a an another"))
		return false;
	if (kh_number_word(d, s, t, "another") && kh_number_read(d, s, t + 1, &n))
		return false; /* "another five" are five */
	c->number = (struct kh_number){t, 1, 1, 1, false, true};
	phrase(x, s, c);
	if (c->noun == KH_NONE && kh_number_any(d, s, t, "another"))
		return c->human = true; /* "and injuring another" */
	if (c->noun == KH_NONE || !(kh_is_people(x, c->noun) || c->aged) ||
	    (d->token[c->noun].feats & KH_FEAT_PLURAL) ||
	    kh_number_any(d, s, c->noun, "people police crowd crew family couple staff others"))
		return false;
	return d->token[c->noun].rel != KH_APPOS &&
	       !(t > s->first_token && kh_number_any(d, s, (int64_t)t - 1, ",") &&
		 t > s->first_token + 1 && d->token[t - 2].name_type == KH_NAME_PERSON);
}

/* ", 23, of Dayton," behind a name: tokens. */
static uint32_t apposed_age(const struct kh_doc *d, const struct kh_sentence *s, uint32_t k)
{
	if (!kh_number_word(d, s, k, ",") || !kh_number_word(d, s, (int64_t)k + 2, ",") ||
	    !kh_is_digit((unsigned char)d->token[k + 1].form.p[0]))
		return 0;
	return 3;
}

/* One person that is named or known: "Carlton Lewis, 23,", "the woman", "he". */
static bool known(const struct kh_counting *x, const struct kh_sentence *s, uint32_t t,
		  struct kh_counted *c)
{
	const struct kh_doc *d = x->d;
	uint32_t k = t, end = s->first_token + s->n_tokens;
	if (d->token[t].name_type == KH_NAME_PERSON &&
	    (t == s->first_token || d->token[t - 1].name_type != KH_NAME_PERSON)) {
		while (k < end && d->token[k].name_type == KH_NAME_PERSON)
			k++;
	} else if (kh_number_any(d, s, t, "he she")) {
		k = t + 1;
	} else if (kh_number_any(d, s, t, "the this his her their 's")) {
		uint32_t from = t + 1 + aged(d, s, t + 1);
		for (k = from; k < end && k < from + 3 && !kh_is_people(x, k); k++)
			if (d->token[k].upos != KH_ADJ && d->token[k].upos != KH_NOUN &&
			    !kh_str_is(d->token[k].form, "-"))
				return false;
		if (k >= end || k == from + 3 || kh_number_any(d, s, (int64_t)k + 1, "'s") ||
		    (d->token[k].feats & KH_FEAT_PLURAL) ||
		    kh_number_any(d, s, k, "people police crowd family"))
			return false;
		k++;
	} else {
		return false;
	}
	c->number = (struct kh_number){t, k - t, 1, 1, false, true};
	c->noun = k - 1;
	c->end = k + apposed_age(d, s, k);
	c->human = c->named = true;
	return true;
}

/* "no injuries", "no further casualties": none were. */
static bool none(const struct kh_counting *x, const struct kh_sentence *s, uint32_t t,
		 struct kh_counted *c)
{
	kh_str roles;
	int64_t k = (int64_t)t + 1;
	if (!kh_number_any(x->d, s, t, "no zero"))
		return false;
	while (kh_number_any(x->d, s, k, "further other more immediate new civilian serious"))
		k++;
	if (!kh_number_any(x->d, s, k, "injuries casualties deaths fatalities arrests injury"))
		return false;
	*c = (struct kh_counted){.number = {t, 1, 0, 0, false, false},
				 .noun = (uint32_t)k,
				 .end = (uint32_t)k + 1,
				 .trigger = (uint32_t)k,
				 .human = true,
				 .negated = true};
	c->kind = kh_casualty(x, (uint32_t)k, &roles);
	return c->kind != 0;
}

/* What befalls the known is asked of the words around alone, and of killing, wounding, holding. */
static bool known_befell(const struct kh_counting *x, const struct kh_sentence *s,
			 struct kh_counted *c)
{
	if (!kh_befell(x, s, c))
		return false;
	return c->trigger != c->noun && !c->total && c->kind <= KH_ABDUCTED;
}

static void push(struct kh_counting *x, const struct kh_counted *c)
{
	struct kh_doc *d = x->d;
	struct kh_amount *a = KH_PUSH(x->w->arena, d->amount, d->n_amount, d->cap_amount);
	*a = (struct kh_amount){.at = kh_tokens_span(d, c->number.first, c->number.n),
				.head = c->noun != KH_NONE ? c->noun
							   : c->number.first + c->number.n - 1,
				.low = c->number.low,
				.high = c->number.high,
				.trigger = c->trigger,
				.kind = c->kind,
				.total = c->total,
				.part = c->part,
				.named = c->named,
				.negated = c->negated};
	uint32_t also = d->token[c->trigger].head; /* "killed and wounded 30": both */
	kh_str roles;
	uint8_t second = also == KH_NONE || d->token[c->trigger].rel != KH_CONJ
				 ? 0
				 : kh_casualty(x, also, &roles);
	if (second && second != c->kind && also + 2 == c->trigger && also < c->trigger &&
	    c->trigger < c->number.first) {
		struct kh_amount b = *a;
		b.kind = second;
		b.trigger = also;
		*KH_PUSH(x->w->arena, d->amount, d->n_amount, d->cap_amount) = b;
	}
}

/* "six priests (five Spaniards and a Salvadoran) and two women": the token behind an aside that begins
 * at t; t: none begins there. */
static int64_t past_aside(const struct kh_doc *d, const struct kh_sentence *s, int64_t t)
{
	bool bracket = kh_number_any(d, s, t, "(");
	if (!bracket && !kh_number_any(d, s, t, "-- \xe2\x80\x94 \xe2\x80\x93"))
		return t;
	for (int64_t k = t + 1; k < t + 16; k++)
		if (kh_number_any(d, s, k, bracket ? ")" : "-- \xe2\x80\x94 \xe2\x80\x93"))
			return k + 1;
	return t;
}

/* The phrase that a list goes on with behind the phrase k; n: it ends. Those in an aside between
 * them are parts of it. */
static uint32_t next_listed(const struct kh_counting *x, const struct kh_sentence *s,
			    struct kh_counted *list, uint32_t n, uint32_t k)
{
	int64_t gap = past_aside(x->d, s, list[k].end);
	uint32_t b = k + 1;
	while (b < n && gap > list[k].end && list[b].number.first < gap)
		list[b++].part = true;
	while (b < n && gap < list[b].number.first &&
	       kh_number_any(x->d, s, gap, ", and & as well about at least some another plus"))
		gap++;
	return b < n && gap == list[b].number.first ? b : n;
}

/* "seven residents and a nurse were killed": the phrases of a list share what befell one of them.
 */
static void share(const struct kh_counting *x, const struct kh_sentence *s, struct kh_counted *list,
		  uint32_t n)
{
	for (uint32_t pass = 0; pass < 2; pass++)
		for (uint32_t k = 0; k + 1 < n; k++) {
			uint32_t first = pass ? k : n - 2 - k;
			uint32_t second = next_listed(x, s, list, n, first);
			if (second == n)
				continue;
			struct kh_counted *a = &list[first], *b = &list[second];
			struct kh_counted *from = pass ? a : b, *to = pass ? b : a;
			if (from->trigger == KH_NONE || to->trigger != KH_NONE || !to->human ||
			    from->named)
				continue;
			/* behind the verb the list goes on to the right, before it to the left */
			bool way = pass ? from->trigger < from->number.first
					: from->trigger >= from->end;
			if (!way || (pass && kh_befell_tells(x, to)))
				continue;
			to->trigger = from->trigger;
			to->kind = from->kind;
			to->negated = from->negated;
		}
}

/* "Four people were shot, one fatally": three are wounded. */
static void less_dead(const struct kh_counting *x, const struct kh_sentence *s,
		      struct kh_counted *list, uint32_t n)
{
	for (uint32_t i = 1; i < n; i++) {
		struct kh_counted *shot = &list[i - 1], *dead = &list[i];
		if (dead->kind != KH_KILLED || shot->kind != KH_WOUNDED ||
		    dead->trigger == KH_NONE ||
		    !kh_number_any(x->d, s, dead->trigger, "fatally mortally") ||
		    shot->number.low <= dead->number.low)
			continue;
		shot->number.low -= dead->number.low;
		shot->number.high -= shot->number.high > 0 ? dead->number.low : 0;
	}
}

/* Forty digits: more than anybody counted. */
static void no_number(struct kh_counting *x, uint32_t t)
{
	kh_str f = x->d->token[t].form;
	if (f.n > 18 && kh_is_digit((unsigned char)f.p[0]) &&
	    kh_is_digit((unsigned char)f.p[f.n - 1]) && kh_is_digit((unsigned char)f.p[f.n / 2]))
		kh_doc_note(x->w, KH_NONE, KH_NOTE_BAD_NUMBER, x->d->token[t].at, false);
}

/* "Dozens fled", "Hundreds of thousands marched": vague numbers without a noun are of people. */
static bool crowd(const struct kh_doc *d, const struct kh_sentence *s, const struct kh_counted *c)
{
	uint32_t next = c->number.first + c->number.n;
	return c->noun == KH_NONE && c->number.vague && c->number.low >= 24 &&
	       next < s->first_token + s->n_tokens &&
	       (d->token[next].upos == KH_VERB || d->token[next].upos == KH_AUX);
}

static void sentence(struct kh_counting *x, const struct kh_sentence *s)
{
	const struct kh_doc *d = x->d;
	struct kh_counted list[MOST];
	uint32_t n = 0, end = s->first_token + s->n_tokens;
	for (uint32_t t = s->first_token; t < end && n < MOST; t++) {
		struct kh_counted c = {.noun = KH_NONE, .trigger = KH_NONE};
		if (none(x, s, t, &c)) {
			list[n++] = c;
			continue;
		}
		if (!kh_number_read(d, s, t, &c.number)) {
			no_number(x, t);
			if (!single(x, s, t, &c)) {
				if (known(x, s, t, &c) && known_befell(x, s, &c))
					list[n++] = c;
				continue;
			}
		} else {
			phrase(x, s, &c);
		}
		if (!no_count(x, s, &c)) {
			c.human |=
				c.noun == KH_NONE && n && list[n - 1].human &&
				kh_number_any(d, s, (int64_t)t + c.number.n,
					      "were was are have had died"); /* "ten were freed" */
			c.human |= crowd(d, s, &c);
			if (!kh_amount_tally(x, s, &c) && !kh_amount_among(x, s, &c) &&
			    !kh_befell(x, s, &c))
				kh_amount_beside(x, s, &c);
			c.negated |= kh_amount_nobody(x, s, &c);
			list[n++] = c;
		}
		t += c.number.n - 1;
	}
	share(x, s, list, n);
	kh_amount_parts(x, s, list, n);
	less_dead(x, s, list, n);
	for (uint32_t i = 0; i < n; i++)
		if (list[i].trigger != KH_NONE)
			push(x, &list[i]);
}

void kh_amount_run(struct kh_work *w)
{
	struct kh_counting x = {w->doc, w, kh_words_list(w->model, "casualty"),
				kh_words_list(w->model, "people")};
	for (uint32_t i = 0; i < w->doc->n_sentence; i++)
		sentence(&x, &w->doc->sentence[i]);
}
