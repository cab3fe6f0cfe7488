/* See tree_hints.h. In: tokens with tags and trees; gazetteer, dictionary, word lists. Out: rows.
 */
#include "read/tree_hints.h"

#include "base/str.h"
#include "model/dict.h"
#include "model/gazetteer.h"
#include "model/words.h"

enum { LONGEST = 5, LONGEST_BYTES = 100 }; /* of a phrase that is looked up, in words */

struct written {		 /* how a story writes a word */
	uint32_t hash, story;	 /* story + 1; 0 the place is free */
	uint16_t capital, small; /* within sentences */
};

struct kh_hints {
	struct kh_work *w;
	struct kh_doc *d;
	struct kh_gazetteer gaz;
	struct kh_dict dict;
	struct kh_words abbreviation, organisation;
	struct written *written;
	uint32_t mask;
};

/* ---- how the story writes a word ------------------------------------------ */

static struct written *find(struct kh_hints *h, uint32_t token)
{
	uint32_t story = h->d->sentence[h->d->token[token].sentence].story + 1;
	uint32_t hash = kh_str_ihash(h->d->token[token].form), i = kh_mix(hash, story) & h->mask;
	while (h->written[i].story && (h->written[i].hash != hash || h->written[i].story != story))
		i = (i + 1) & h->mask;
	h->written[i].hash = hash;
	h->written[i].story = story;
	return &h->written[i];
}

static void count(struct kh_hints *h)
{
	for (uint32_t t = 0; t < h->d->n_token; t++) {
		const struct kh_token *k = &h->d->token[t];
		if (k->form.n < 2 || k->flags & KH_TOK_PUNCT)
			continue;
		struct written *w = find(h, t);
		if (k->flags & (KH_TOK_TITLE | KH_TOK_UPPER)) {
			if (!(k->flags & KH_TOK_FIRST))
				w->capital = (uint16_t)(w->capital + (w->capital < 1000));
		} else {
			w->small = (uint16_t)(w->small + (w->small < 1000));
		}
	}
}

static uint16_t story_row(struct kh_hints *h, uint32_t t)
{
	const struct kh_token *k = &h->d->token[t];
	if (k->form.n < 2 || k->flags & KH_TOK_PUNCT)
		return 0;
	const struct written *w = find(h, t);
	bool capital = k->flags & (KH_TOK_TITLE | KH_TOK_UPPER), first = k->flags & KH_TOK_FIRST;
	uint32_t own = capital && !first, me = k->flags & KH_TOK_UPPER ? 3
					       : capital	       ? 1 + first
								       : 0;
	uint32_t up = w->capital - own, low = w->small - !capital;
	up = up > 2 ? 2 : up;
	low = low > 2 ? 2 : low;
	return (uint16_t)(KH_HINT_STORY + me * 9 + up * 3 + low);
}

/* ---- lists ---------------------------------------------------------------- */

enum { IS_NONE, IS_PEOPLE, IS_VILLAGE, IS_TOWN, IS_CITY, IS_PROVINCE, IS_COUNTRY, IS_KINDS };

static uint32_t place_kind(const struct kh_hints *h, kh_str phrase)
{
	uint32_t at, best = IS_NONE, n = kh_gaz_find(&h->gaz, kh_gaz_hash(phrase), &at);
	for (uint32_t k = 0; k < n; k++) {
		uint32_t key = h->gaz.key[at + k].place;
		const struct kh_gaz_place *p = &h->gaz.place[key & ~KH_GAZ_ADJECTIVE];
		uint32_t now = key & KH_GAZ_ADJECTIVE		 ? IS_PEOPLE
			       : memcmp(p->fcode, "PCL", 3) == 0 ? IS_COUNTRY
			       : p->fcode[0] == 'A'		 ? IS_PROVINCE
			       : p->population >= 300000	 ? IS_CITY
			       : p->population >= 30000		 ? IS_TOWN
								 : IS_VILLAGE;
		best = now > best ? now : best;
	}
	return best;
}

static uint32_t actor_kind(const struct kh_hints *h, kh_str phrase)
{
	uint32_t at, best = 0;
	uint64_t hash = kh_dict_hash(phrase);
	uint32_t n = hash ? kh_dict_find(&h->dict, hash, &at) : 0;
	for (uint32_t k = 0; k < n; k++) {
		uint32_t use = h->dict.key[at + k].use;
		uint32_t now = use & KH_USE_AGENT			 ? 1
			       : use & KH_USE_PEOPLE			 ? 2
			       : use & KH_USE_SURNAME			 ? 3
			       : use & KH_USE_PERSON			 ? 4
			       : use & (KH_USE_COUNTRY | KH_USE_CAPITAL) ? 5
			       : use & KH_USE_ACRONYM			 ? 6
									 : 7;
		best = now > best ? now : best;
	}
	return best;
}

static bool can_open(const struct kh_token *k)
{
	bool capital = k->flags & (KH_TOK_TITLE | KH_TOK_UPPER);
	return k->form.n > 1 &&
	       (k->upos == KH_PROPN || (capital && (k->upos == KH_ADJ || k->upos == KH_NOUN)));
}

/* Longest phrase of each list from every word on; its words say whether they begin it. */
static void phrases(struct kh_hints *h, uint32_t first, uint32_t n, uint16_t (*row)[KH_HINTS])
{
	uint32_t done[2] = {first, first}; /* words before are taken */
	for (uint32_t t = first; t < first + n; t++) {
		uint32_t most = first + n - t < LONGEST ? first + n - t : LONGEST;
		if (!can_open(&h->d->token[t]))
			continue;
		while (most > 1 && !can_open(&h->d->token[t + most - 1]))
			most--;
		for (uint32_t len = most; len > 0; len--) {
			kh_str phrase = kh_text(h->d, kh_tokens_span(h->d, t, len));
			uint32_t kind[2] = {0, 0};
			if (phrase.n > LONGEST_BYTES)
				continue;
			if (t >= done[0])
				kind[0] = place_kind(h, phrase);
			if (t >= done[1])
				kind[1] = actor_kind(h, phrase);
			for (uint32_t l = 0; l < 2; l++) {
				uint32_t base = l ? KH_HINT_ACTOR : KH_HINT_PLACE;
				for (uint32_t k = 0; k < len && kind[l]; k++)
					row[t - first + k][2 + l] = (uint16_t)(base + kind[l] * 3 +
									       (len == 1 ? 0
										: k	 ? 2
											 : 1));
				if (kind[l])
					done[l] = t + len;
			}
		}
	}
}

static uint16_t list_row(const struct kh_hints *h, uint32_t t)
{
	kh_str f = h->d->token[t].form, kind;
	if (!(h->d->token[t].flags & (KH_TOK_TITLE | KH_TOK_UPPER)))
		return 0;
	if (kh_words_find_word(&h->organisation, f, &kind))
		return KH_HINT_LIST;
	if (f.n && f.p[f.n - 1] == '.')
		f.n--;
	if (kh_words_find_word(&h->abbreviation, f, &kind))
		return kh_str_is(kind, "title") ? KH_HINT_LIST + 1 : KH_HINT_LIST + 2;
	return 0;
}

/* ---- all of it ------------------------------------------------------------ */

struct kh_hints *kh_hints_open(struct kh_work *w)
{
	struct kh_hints *h = KH_TAKE(w->arena, 1, struct kh_hints);
	*h = (struct kh_hints){.w = w,
			       .d = w->doc,
			       .gaz = kh_gaz_open(w->model),
			       .dict = kh_dict_open(w->model),
			       .mask = 15};
	h->abbreviation = kh_words_list(w->model, "abbreviation");
	h->organisation = kh_words_list(w->model, "organisation_noun");
	while (h->mask < 2 * w->doc->n_token)
		h->mask = h->mask * 2 + 1;
	h->written = KH_TAKE(w->arena, h->mask + 1, struct written);
	count(h);
	return h;
}

static uint16_t stand_row(const struct kh_hints *h, uint32_t t, uint32_t first, uint32_t n)
{
	const struct kh_token *k = &h->d->token[t];
	uint32_t length = n < 4	   ? 0
			  : n < 12 ? 1
				   : 2,
		 place = t == first	      ? 0
			 : t + 1 == first + n ? 1
					      : 2;
	return (uint16_t)(KH_HINT_STAND + length * 6 + place * 2 + !!(k->flags & KH_TOK_NO_SPACE));
}

void kh_hints_of(struct kh_hints *h, uint32_t first, uint32_t n, uint16_t (*row)[KH_HINTS])
{
	memset(row, 0, n * sizeof *row);
	phrases(h, first, n, row);
	for (uint32_t i = 0; i < n; i++) {
		const struct kh_token *k = &h->d->token[first + i];
		bool behind = k->head != KH_NONE && k->head > first + i;
		row[i][0] = (uint16_t)(KH_HINT_TAG + k->xpos);
		row[i][1] = (uint16_t)(KH_HINT_REL + 2 * k->rel + behind);
		row[i][4] = story_row(h, first + i);
		row[i][5] = list_row(h, first + i);
		row[i][6] = stand_row(h, first + i, first, n);
		if (k->head != KH_NONE)
			row[i][7] = (uint16_t)(KH_HINT_HEAD +
					       kh_mix(kh_str_ihash(h->d->token[k->head].form), 7) %
						       1024);
	}
}
