/* See tree_names.h. In: names as the net read them, sentence by sentence; the gazetteer. Out: the
 * same with types that agree over the story; names that the net missed but knew elsewhere in the
 * story ("Abbas" behind "Mahmoud Abbas"), and well-known places. */
#include "read/tree_names.h"

#include "base/str.h"
#include "model/dict.h"
#include "model/gazetteer.h"
#include "model/words.h"

enum { WELL_KNOWN = 300000 }; /* people that live in a place */

struct tally {		      /* of a word of names, over a story */
	uint32_t hash, story; /* story + 1; 0 the place is free */
	uint16_t count[KH_NAME_TYPES];
};

struct names {
	struct kh_work *w;
	struct kh_doc *d;
	struct kh_gazetteer gaz;
	struct kh_dict dict;
	struct kh_words abbreviation, organisation;
	struct tally *tally;
	uint32_t mask;
};

static struct tally *find(struct names *x, uint32_t token, uint32_t story)
{
	uint32_t hash = kh_str_ihash(x->d->token[token].form), i = (hash ^ story * 31) & x->mask;
	while (x->tally[i].story && (x->tally[i].hash != hash || x->tally[i].story != story + 1))
		i = (i + 1) & x->mask;
	x->tally[i].hash = hash; /* of no weight while its story is not set */
	return &x->tally[i];
}

static uint32_t story_of(const struct names *x, uint32_t token)
{
	return x->d->sentence[x->d->token[token].sentence].story;
}

/* The word that a name may be shortened to: the only one, or a person's last. */
static uint32_t short_of(const struct kh_name *n)
{
	return n->n == 1 ? n->first : n->type == KH_NAME_PERSON ? n->first + n->n - 1 : KH_NONE;
}

/* What the dictionary of actors says the whole phrase is; 0: nothing, or not one thing. */
static uint8_t listed_type(const struct names *x, uint32_t first, uint32_t n)
{
	const uint32_t no = KH_USE_PEOPLE | KH_USE_AGENT | KH_USE_SURNAME | KH_USE_SHARED;
	uint32_t at, keys;
	uint8_t type = 0;
	if (!x->dict.head)
		return 0;
	keys = kh_dict_find(&x->dict, kh_dict_hash(kh_text(x->d, kh_tokens_span(x->d, first, n))),
			    &at);
	for (uint32_t k = 0; k < keys; k++) {
		uint32_t use = x->dict.key[at + k].use;
		uint8_t now = use & KH_USE_PERSON			? KH_NAME_PERSON
			      : use & (KH_USE_COUNTRY | KH_USE_CAPITAL) ? KH_NAME_PLACE
									: KH_NAME_ORG;
		if ((use & no) || (type && type != now))
			return 0;
		type = now;
	}
	return type;
}

/* "Mr", "Gen.", "Lt": they go before a person's name and are not of it. */
static bool is_title(const struct names *x, uint32_t token)
{
	kh_str f = x->d->token[token].form, kind;
	if (f.n && f.p[f.n - 1] == '.')
		f.n--;
	return kh_words_find_word(&x->abbreviation, f, &kind) && kh_str_is(kind, "title");
}

/* The word at `t` goes on with a person's name that ends before it: "Mahmoud [Abbas]". */
static bool goes_on(const struct names *x, const struct kh_name *n, uint32_t t)
{
	const struct kh_doc *d = x->d;
	if (t >= d->n_token || d->token[t].sentence != d->token[n->first].sentence ||
	    d->token[t].name_type)
		return false;
	return d->token[t].rel == KH_FLAT && d->token[t].upos == KH_PROPN &&
	       d->token[t].head >= n->first && d->token[t].head < n->first + n->n;
}

static bool is_hyphen(const struct names *x, uint32_t t)
{
	return t < x->d->n_token && kh_str_is(x->d->token[t].form, "-");
}

/* Titles off a person's name; what the tree joins to it, on. */
static void trim(struct names *x)
{
	for (uint32_t i = 0; i < x->d->n_name; i++) {
		struct kh_name *n = &x->d->name[i];
		if (n->type != KH_NAME_PERSON)
			continue;
		while (n->n > 1 && is_title(x, n->first)) {
			x->d->token[n->first].name_type = 0;
			n->first++;
			n->n--;
		}
		for (uint32_t t = n->first + n->n;; t = n->first + n->n) {
			uint32_t more = goes_on(x, n, t)			  ? 1
					: is_hyphen(x, t) && goes_on(x, n, t + 1) ? 2
										  : 0;
			if (!more)
				break;
			n->n += more;
		}
		n->at = kh_tokens_span(x->d, n->first, n->n);
		for (uint32_t t = n->first; t < n->first + n->n; t++)
			x->d->token[t].name_type = n->type;
	}
}

/* "Dubai [Police]": the noun behind a name makes an organisation of it. */
static void join_nouns(struct names *x)
{
	struct kh_doc *d = x->d;
	for (uint32_t i = 0; i < d->n_name; i++) {
		struct kh_name *n = &d->name[i];
		uint32_t t = n->first + n->n;
		kh_str none;
		if (t >= d->n_token || d->token[t].sentence != d->token[n->first].sentence ||
		    d->token[t].name_type || !(d->token[t].flags & KH_TOK_TITLE) ||
		    d->token[t - 1].head != t ||
		    !kh_words_find_word(&x->organisation, d->token[t].form, &none))
			continue;
		n->type = KH_NAME_ORG;
		n->n++;
		n->at = kh_tokens_span(d, n->first, n->n);
		for (uint32_t k = n->first; k < n->first + n->n; k++)
			d->token[k].name_type = KH_NAME_ORG;
	}
}

static void set_type(struct names *x, struct kh_name *n, uint8_t type)
{
	n->type = type;
	for (uint32_t t = n->first; t < n->first + n->n; t++)
		x->d->token[t].name_type = type;
}

/* "Georgia O'Keeffe": two words that the tree joins as those of a person, the first a place's name,
 * both together no place's. */
static void place_or_person(struct names *x)
{
	for (uint32_t i = 0; i < x->d->n_name; i++) {
		struct kh_name *n = &x->d->name[i];
		const struct kh_token *last = &x->d->token[n->first + n->n - 1];
		uint32_t at;
		if (n->type == KH_NAME_PLACE && n->n == 2 && last->rel == KH_FLAT &&
		    last->head == n->first && x->gaz.head &&
		    !kh_gaz_find(&x->gaz, kh_gaz_hash(kh_text(x->d, n->at)), &at) &&
		    kh_gaz_find(&x->gaz, kh_gaz_hash(x->d->token[n->first].form), &at))
			set_type(x, n, KH_NAME_PERSON);
	}
}

static void count(struct names *x)
{
	for (uint32_t i = 0; i < x->d->n_name; i++) {
		const struct kh_name *n = &x->d->name[i];
		uint32_t word = short_of(n);
		if (word == KH_NONE)
			continue;
		struct tally *t = find(x, word, story_of(x, word));
		t->story = story_of(x, word) + 1;
		t->count[n->type] = (uint16_t)(t->count[n->type] + (t->count[n->type] < 1000));
	}
}

static uint8_t commonest(const struct tally *t)
{
	uint8_t best = 0;
	for (uint8_t k = 1; k < KH_NAME_TYPES; k++)
		if (t->count[k] > t->count[best])
			best = k;
	return best;
}

static bool plain_type(uint8_t type)
{
	return type == KH_NAME_PERSON || type == KH_NAME_ORG || type == KH_NAME_PLACE;
}

static void agree(struct names *x)
{
	for (uint32_t i = 0; i < x->d->n_name; i++) {
		struct kh_name *n = &x->d->name[i];
		if (n->n != 1 || !plain_type(n->type))
			continue;
		const struct tally *t = find(x, n->first, story_of(x, n->first));
		uint8_t best = t->story ? commonest(t) : 0;
		if (plain_type(best) && best != n->type && t->count[best] > 2 * t->count[n->type])
			set_type(x, n, best);
	}
}

/* Is the word by itself the name of a country or of a large town? */
static bool well_known(const struct names *x, uint32_t token)
{
	uint32_t at, n;
	if (!x->gaz.head)
		return false;
	n = kh_gaz_find(&x->gaz, kh_gaz_hash(x->d->token[token].form), &at);
	for (uint32_t k = 0; k < n; k++) {
		uint32_t place = x->gaz.key[at + k].place;
		if (!(place & KH_GAZ_ADJECTIVE) && x->gaz.place[place].population >= WELL_KNOWN)
			return true;
	}
	return false;
}

static uint8_t missed(struct names *x, uint32_t token)
{
	const struct kh_token *k = &x->d->token[token];
	if (k->name_type || k->upos != KH_PROPN || !(k->flags & (KH_TOK_TITLE | KH_TOK_UPPER)) ||
	    k->form.n < 3)
		return 0;
	bool beside = (token > 0 && k[-1].sentence == k->sentence && k[-1].upos == KH_PROPN) ||
		      (token + 1 < x->d->n_token && k[1].sentence == k->sentence &&
		       k[1].upos == KH_PROPN);
	if (beside)
		return 0;
	const struct tally *t = find(x, token, story_of(x, token));
	uint8_t best = t->story ? commonest(t) : 0;
	if (best)
		return plain_type(best) ? best : 0;
	best = listed_type(x, token, 1);
	if (best)
		return best;
	return well_known(x, token) ? KH_NAME_PLACE : 0;
}

static bool is_lone_title(const struct names *x, const struct kh_name *n)
{
	return n->type == KH_NAME_PERSON && n->n == 1 && is_title(x, n->first);
}

/* All names again in text order, with those that were missed. */
static void add_missed(struct names *x)
{
	struct kh_doc *d = x->d;
	struct kh_name *old = d->name;
	uint32_t n_old = d->n_name, i = 0;
	d->name = NULL;
	d->n_name = d->cap_name = 0;
	for (uint32_t t = 0; t < d->n_token; t++) {
		uint8_t type = i < n_old && old[i].first == t ? 0 : missed(x, t);
		if (i < n_old && old[i].first == t && is_lone_title(x, &old[i])) {
			d->token[old[i++].first].name_type = 0;
		} else if (i < n_old && old[i].first == t) {
			*KH_PUSH(x->w->arena, d->name, d->n_name, d->cap_name) = old[i++];
		} else if (type) {
			*KH_PUSH(x->w->arena, d->name, d->n_name, d->cap_name) =
				(struct kh_name){d->token[t].at, t, 1, type, 500};
		}
	}
	for (uint32_t k = 0; k < d->n_name; k++)
		set_type(x, &d->name[k], d->name[k].type);
}

void kh_tree_names(struct kh_work *w)
{
	struct names x = {.w = w,
			  .d = w->doc,
			  .gaz = kh_gaz_open(w->model),
			  .dict = kh_dict_open(w->model),
			  .mask = 15};
	while (x.mask < 2 * x.d->n_name)
		x.mask = x.mask * 2 + 1;
	x.tally = KH_TAKE(w->arena, x.mask + 1, struct tally);
	x.abbreviation = kh_words_list(w->model, "abbreviation");
	x.organisation = kh_words_list(w->model, "organisation_noun");
	trim(&x);
	join_nouns(&x);
	place_or_person(&x);
	count(&x);
	agree(&x);
	add_missed(&x);
}
