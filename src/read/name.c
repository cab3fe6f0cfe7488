/* Who can act. In: the tree, names, the dictionary of actors. Out: a mention for every noun phrase
 * and pronoun, with country and sectors where its words give them: a name of the dictionary, or a
 * generic agent ("police officers") with the country or group that its modifiers name, in this
 * order: the name that holds the head, names before the head, "of/in/from X" behind it, an
 * apposition. */
#include "read/name.h"

#include "base/str.h"
#include "model/words.h"
#include "read/name_code.h"

/* An acronym among small letters, or in a sentence of capitals where it is no common word. */
static bool is_acronym(const struct kh_naming *x, const struct kh_token *t, uint32_t n)
{
	if (n > 1 || kh_str_find(t->form, KH_S("."), 0) != SIZE_MAX)
		return true;
	if (x->upper)
		return t->upos == KH_PROPN || t->upos == KH_NOUN || t->upos == KH_X;
	return x->lower ? t->upos == KH_PROPN : (t->flags & KH_TOK_UPPER) != 0;
}

static bool in_case(const struct kh_naming *x, uint32_t first, uint32_t n, uint32_t use)
{
	const struct kh_token *t = &x->d->token[first];
	if (use & KH_USE_ACRONYM)
		return is_acronym(x, t, n);
	if (!(use & KH_USE_CASE))
		return true;
	if (x->upper || x->lower)
		return t->upos == KH_PROPN || t->upos == KH_ADJ || n > 1 ||
		       (t->upos == KH_NOUN && t->form.n > 4);
	if (!(t->flags & (KH_TOK_TITLE | KH_TOK_UPPER)))
		return false;
	return !(t->flags & KH_TOK_FIRST) || n > 1 || t->upos == KH_PROPN || t->upos == KH_ADJ ||
	       (use & KH_USE_COUNTRY);
}

/* How well the entry's days fit the story's: 2 they hold, 1 over by then, 0 not yet begun. */
static int in_time(const struct kh_naming *x, const struct kh_dict_entry *e)
{
	if (x->day == KH_NO_DAY)
		return 2;
	if (e->from != KH_NO_DAY && x->day < e->from)
		return 0;
	return e->to != KH_NO_DAY && x->day > e->to ? 1 : 2;
}

/* Does the story name the country, as a place or by its people? */
static bool in_story(const struct kh_naming *x, const char *country)
{
	for (uint32_t i = 0; i < x->d->n_place && country[0]; i++)
		if (x->d->place[i].at.begin >= x->story.begin &&
		    x->d->place[i].at.begin < x->story.end &&
		    memcmp(x->d->place[i].country, country, 4) == 0)
			return true;
	return false;
}

/* "Congress" in a story that names other countries, but not its own: another one's. */
static bool elsewhere(const struct kh_naming *x, const struct kh_dict_key *key, uint32_t first)
{
	const struct kh_dict_entry *e = &x->dict.entry[key->entry];
	bool abroad = false;
	if (!(key->use & KH_USE_SHARED) || (key->use & KH_USE_PERSON) || !e->country[0] ||
	    e->sector[0] == KH_REL || key->entry < x->dict.head->own) /* the user's own stand */
		return false;
	for (uint32_t i = 0; i < x->d->n_place; i++) {
		const struct kh_place *p = &x->d->place[i];
		if (p->at.begin < x->story.begin || p->at.begin >= x->story.end || p->first == first ||
		    !p->country[0])
			continue;
		if (memcmp(p->country, e->country, 4) == 0)
			return false;
		abroad = true;
	}
	return abroad;
}

/* "Deputy Secretary Hicks": a title right before it of the same sector, and nobody else of that
 * name in office then, unless the story names the country. */
static bool has_title(const struct kh_naming *x, uint32_t first, const struct kh_dict_key *key,
		      uint32_t keys)
{
	const struct kh_dict_entry *e = &x->dict.entry[key->entry];
	const struct kh_match *t =
		first && x->of[first - 1] ? &x->match[x->of[first - 1] - 1] : NULL;
	if (!t || !(t->use & KH_USE_AGENT) || in_time(x, e) != 2 ||
	    x->dict.entry[t->entry].sector[0] != e->sector[0])
		return false;
	const struct kh_dict_key *k = key;
	while (k > x->dict.key && k[-1].hash == key->hash)
		k--;
	for (uint32_t i = 0; i < keys && !in_story(x, e->country); i++)
		if (x->dict.entry[k[i].entry].sector[0] == e->sector[0] &&
		    in_time(x, &x->dict.entry[k[i].entry]) == 2 && k[i].entry != key->entry)
			return false;
	return true;
}

/* The best key of a phrase: in its days first, then of a country that the story names, then in the
 * order of the files. */
static bool look_up(const struct kh_naming *x, uint32_t first, uint32_t n, struct kh_match *out)
{
	uint32_t at,
		keys = kh_dict_find(
			&x->dict, kh_dict_hash(kh_text(x->d, kh_tokens_span(x->d, first, n))), &at);
	int best = -1;
	for (uint32_t k = 0; k < keys; k++) {
		const struct kh_dict_key *key = &x->dict.key[at + k];
		const struct kh_dict_entry *e = &x->dict.entry[key->entry];
		if (!in_case(x, first, n, key->use))
			continue;
		if ((key->use & KH_USE_SURNAME) && !has_title(x, first, key, keys))
			continue;
		bool town = (key->use & KH_USE_AGENT) && n == 1 && x->place[first] &&
			    x->d->token[first].upos == KH_PROPN && first &&
			    x->d->token[first - 1].upos == KH_ADP; /* "near Tank" */
		if (town || elsewhere(x, key, first))
			continue;
		int fit = in_time(x, e);
		int shared = !(key->use & KH_USE_SHARED) ? 1 : in_story(x, e->country) ? 2 : 0;
		bool own = key->entry < x->dict.head->own; /* of the user's folder */
		int rank = fit * 3 + shared + (own ? 100 : 0);
		if (rank <= best)
			continue;
		best = rank;
		*out = (struct kh_match){key->entry, key->use, n,
					 fit == 1 && (key->use & KH_USE_PERSON) &&
						 e->sector[0] == KH_GOV};
	}
	return best >= 0;
}

static void discard(struct kh_naming *x, const struct kh_sentence *s, uint32_t use)
{
	uint32_t i = (uint32_t)(s - x->d->sentence);
	x->d->sentence[i].discarded = true;
	for (uint32_t k = 0; k < x->d->n_sentence && (use & KH_USE_STORY); k++)
		x->d->sentence[k].discarded |= x->d->sentence[k].story == s->story;
}

/* Greedy longest matches, left to right; names before agents of the same length. */
static void match_sentence(struct kh_naming *x, const struct kh_sentence *s)
{
	uint32_t end = s->first_token + s->n_tokens;
	for (uint32_t t = s->first_token; t < end;) {
		uint32_t step = 1;
		if (x->d->token[t].flags & KH_TOK_PUNCT) {
			t++;
			continue;
		}
		for (uint32_t n = kh_min32(KH_DICT_LONGEST, end - t); n > 0; n--) {
			struct kh_match m;
			if (!look_up(x, t, n, &m))
				continue;
			if (m.use & KH_USE_DISCARD) {
				discard(x, s, m.use);
				continue;
			}
			x->match[t] = m;
			for (uint32_t k = t; k < t + n; k++)
				x->of[k] = t + 1;
			step = n;
			break;
		}
		t += step;
	}
}

static bool is_head(const struct kh_naming *x, const struct kh_token *t)
{
	if (t->upos != KH_NOUN && t->upos != KH_PROPN && t->upos != KH_PRON && t->upos != KH_NUM) {
		bool word = x->of[t - x->d->token] != 0; /* "the displaced", "British." */
		bool role = t->rel == KH_NSUBJ || t->rel == KH_OBJ || t->rel == KH_NSUBJ_PASS;
		return (t->upos == KH_ADJ && role) ||
		       ((t->upos == KH_ADJ || t->upos == KH_VERB) && word &&
			(role || t->rel == KH_OBL || t->rel == KH_NMOD || t->rel == KH_ROOT) &&
			kh_doc_child(x->d, (uint32_t)(t - x->d->token), KH_NSUBJ) == KH_NONE);
	}
	if (t->upos == KH_NUM && t->rel != KH_NSUBJ && t->rel != KH_NSUBJ_PASS && t->rel != KH_OBJ)
		return false;
	if (t->rel == KH_NMOD_DESC && t->head != KH_NONE && t < x->d->token + t->head)
		return false; /* the title before a name is of the name's phrase */
	switch (t->rel) {
	case KH_COMPOUND:
	case KH_FLAT:
	case KH_FIXED:
	case KH_AMOD:
	case KH_DET_REL:
	case KH_GOESWITH:
	case KH_NUMMOD:
	case KH_CASE:
	case KH_MARK:
	case KH_EXPL:
	case KH_ADVMOD:
		return false;
	default:
		return true;
	}
}

static bool inner(uint8_t rel)
{
	switch (kh_rel_base(rel)) {
	case KH_DET_REL:
	case KH_AMOD:
	case KH_COMPOUND:
	case KH_NUMMOD:
	case KH_FLAT:
	case KH_FIXED:
	case KH_GOESWITH:
		return true;
	default:
		return rel == KH_NMOD_POSS || rel == KH_NMOD_DESC || rel == KH_PUNCT_REL ||
		       rel == KH_CASE || rel == KH_ADVMOD;
	}
}

/* A further word of the name that lies in [a, b]. */
static bool further(const struct kh_doc *d, uint32_t a, uint32_t b, uint32_t t)
{
	const struct kh_token *k = &d->token[t];
	return k->head >= a && k->head <= b &&
	       (k->rel == KH_FLAT || k->rel == KH_FIXED || k->rel == KH_GOESWITH ||
		(k->rel == KH_COMPOUND && k->upos == KH_PROPN));
}

/* The hyphen of "Jean-Bertrand". */
static bool joins(const struct kh_token *t)
{
	return kh_str_is(t->form, "-") && (t->flags & KH_TOK_NO_SPACE);
}

/* Tokens [first, first+n) of the phrase of a head: what stands before it and depends on it, and the
 * further words of its name. Prepositions at the left edge are not of it. */
static void extent(const struct kh_doc *d, uint32_t h, uint32_t *first, uint32_t *n)
{
	const struct kh_sentence *s = &d->sentence[d->token[h].sentence];
	uint32_t a = h, b = h, end = s->first_token + s->n_tokens;
	while (a > s->first_token) {
		uint32_t t = a - 1, up = t;
		unsigned steps = 0;
		while (up != h && up != KH_NONE && steps++ < 6 && inner(d->token[up].rel))
			up = d->token[up].head;
		if (up != h)
			break;
		a = t;
	}
	while (a < h && (d->token[a].rel == KH_CASE || d->token[a].rel == KH_PUNCT_REL ||
			 d->token[a].rel == KH_ADVMOD || d->token[a].upos == KH_ADP ||
			 d->token[a].upos == KH_SCONJ || d->token[a].upos == KH_CCONJ))
		a++;
	while (b + 1 < end) {
		uint32_t step =
			further(d, a, b, b + 1)							? 1
			: joins(&d->token[b + 1]) && b + 2 < end && further(d, a, b + 1, b + 2) ? 2
												: 0;
		if (!step)
			break;
		b += step;
	}
	*first = a;
	*n = b - a + 1;
}

static bool political(const struct kh_mention *m)
{
	return m->country[0] || m->sector[0] || m->kind == KH_KIND_PERSON ||
	       (m->kind == KH_KIND_GROUP && m->name_type == KH_NAME_ORG);
}

/* The words of a name in the dictionary are one mention, whatever the tree makes of them: it
 * reaches over all of them, and they all lead to it. */
static void whole_name(const struct kh_naming *x, struct kh_mention *m)
{
	const struct kh_match *k = kh_name_at(x, m->head);
	uint32_t first = k ? (uint32_t)(k - x->match) : 0;
	if (!k || k->n < 2 || (k->use & KH_USE_COUNTRY))
		return;
	uint32_t end = kh_max32(m->first + m->n, first + k->n);
	m->first = kh_min32(m->first, first);
	m->n = end - m->first;
	for (uint32_t t = first; t < first + k->n; t++)
		x->d->token[t].mention = x->d->n_mention;
}

static void whole_unit(const struct kh_naming *x, struct kh_mention *m)
{
	const struct kh_name_unit *u = &x->unit[m->head];
	if (!u->head)
		return;
	uint32_t end = kh_max32(m->first + m->n, u->first + u->n);
	m->first = kh_min32(m->first, u->first);
	m->n = end - m->first;
	for (uint32_t t = u->first; t < u->first + u->n; t++)
		x->d->token[t].mention = x->d->n_mention;
}

static void mention(struct kh_naming *x, uint32_t h)
{
	struct kh_doc *d = x->d;
	struct kh_mention m = {.head = h, .entity = KH_NONE, .same = KH_NONE};
	if (d->token[h].mention != KH_NONE)
		return;
	if (x->unit[h].head && x->unit[h].head != h + 1)
		return; /* of a unit with another head */
	extent(d, h, &m.first, &m.n);
	whole_name(x, &m);
	whole_unit(x, &m);
	m.at = kh_tokens_span(d, m.first, m.n);
	m.name_type = d->token[h].name_type;
	kh_name_code(x, &m);
	d->token[h].mention = d->n_mention;
	*KH_PUSH(x->w->arena, d->mention, d->n_mention, d->cap_mention) = m;
}

/* "NAME, head of Brazil's intelligence agency": each tells what the other lacks. */
static void share(struct kh_mention *a, struct kh_mention *b)
{
	if (!a->country[0])
		memcpy(a->country, b->country, 4);
	if (!a->sector[0])
		memcpy(a->sector, b->sector, 4);
	a->political |= a->country[0] || a->sector[0];
	a->human |= b->human;
	if (!a->kind)
		a->kind = b->kind;
}

/* "the group's leader, NAME": whoever the role is of has this name. */
static void named_beside(struct kh_doc *d, const struct kh_words *bodies, struct kh_mention *role,
			 const struct kh_mention *name)
{
	bool person = name->kind == KH_KIND_PERSON && d->token[name->head].upos == KH_PROPN;
	const struct kh_token *t = &d->token[role->head];
	if (!person || kh_words_has(bodies, t->lemma) || role->how != KH_AHOW_ROLE ||
	    t->upos != KH_NOUN || (t->feats & KH_FEAT_PLURAL))
		return;
	role->name = name->name.n ? name->name : kh_text(d, name->at);
	role->id = name->id;
	role->entity = name->entity;
	role->kind = KH_KIND_PERSON;
}

/* "the minister for lands and forests, NAME": the parser hangs the name on the last noun. */
static uint32_t named_by(const struct kh_doc *d, const struct kh_words *bodies, uint32_t name)
{
	uint32_t t = d->token[name].head;
	for (unsigned steps = 0; t != KH_NONE && steps < 4; steps++, t = d->token[t].head) {
		uint8_t rel = d->token[t].rel;
		uint32_t m = d->token[t].mention;
		if (!steps && m != KH_NONE && d->mention[m].human &&
		    !kh_words_has(bodies, d->token[t].lemma))
			break;
		if (steps && m != KH_NONE && d->mention[m].human &&
		    d->mention[m].how == KH_AHOW_ROLE)
			break;
		if (rel != KH_NMOD && rel != KH_CONJ && rel != KH_COMPOUND)
			return d->token[name].head;
	}
	return t == KH_NONE ? d->token[name].head : t;
}

/* Between two commas and joined to nothing by a word: ", Ann Lee,". */
static bool set_off(const struct kh_doc *d, const struct kh_mention *m)
{
	uint32_t end = m->first + m->n;
	uint8_t rel = d->token[m->head].rel;
	return (rel == KH_CONJ || rel == KH_NMOD || rel == KH_APPOS) && m->first > 0 &&
	       end < d->n_token && kh_doc_child(d, m->head, KH_CC) == KH_NONE &&
	       kh_doc_child(d, m->head, KH_CASE) == KH_NONE &&
	       kh_str_is(d->token[m->first - 1].form, ",") && kh_str_is(d->token[end].form, ",");
}

static void appositions(struct kh_naming *x)
{
	struct kh_doc *d = x->d;
	struct kh_words bodies = kh_words_list(x->w->model, "organisation_noun");
	for (uint32_t i = 0; i < d->n_mention; i++) {
		const struct kh_token *t = &d->token[d->mention[i].head];
		bool person = d->mention[i].kind == KH_KIND_PERSON;
		if (t->head == KH_NONE ||
		    (t->rel != KH_APPOS && !(person && set_off(d, &d->mention[i]))))
			continue;
		uint32_t of = person ? named_by(d, &bodies, d->mention[i].head) : t->head;
		if (d->token[of].mention == KH_NONE || (t->rel != KH_APPOS && of == t->head))
			continue;
		struct kh_mention *outer = &d->mention[d->token[of].mention];
		share(outer, &d->mention[i]);
		share(&d->mention[i], outer);
		if (outer->how == KH_AHOW_PRONOUN && (outer->country[0] || outer->sector[0]))
			outer->how = KH_AHOW_ROLE; /* "we, the Colombian judges" */
		named_beside(d, &bodies, outer, &d->mention[i]);
	}
}

/* "a rebel attack", "militant raids": who attacks, though the attack is nobody. */
static bool fighters(const struct kh_naming *x, uint32_t t)
{
	static const char deeds[] = "attack raid ambush bombing shelling offensive assault gunfire fire"
				    " bombardment ambush incursion";
	const struct kh_token *k = &x->d->token[t];
	const struct kh_match *m = x->of[t] ? &x->match[x->of[t] - 1] : NULL;
	if (!m || m->n != 1 || !(m->use & KH_USE_AGENT) || k->rel != KH_COMPOUND ||
	    k->head != t + 1 || x->of[t + 1] || k->upos != KH_NOUN ||
	    !kh_str_among(x->d->token[t + 1].lemma, deeds))
		return false;
	uint8_t s = x->dict.entry[m->entry].sector[0];
	return s == KH_REB || s == KH_UAF || s == KH_PRM;
}

/* "Israeli air strikes", "the NATO raid": a modifier of a noun that is nobody names who did it. */
static bool names_doer(const struct kh_naming *x, uint32_t t)
{
	const struct kh_token *k = &x->d->token[t];
	const struct kh_match *m = kh_name_at(x, t);
	bool modifies = k->rel == KH_AMOD || k->rel == KH_COMPOUND;
	if (!m && fighters(x, t))
		return true;
	if (!m || !modifies || k->head == KH_NONE || x->of[k->head] || x->unit[t].head)
		return false;
	uint32_t first = (uint32_t)(m - x->match);
	bool within = k->head >= first && k->head < first + m->n;
	return x->d->token[k->head].upos == KH_NOUN && !within;
}

/* "French and Egyptian warships": the French ones are actors as well, of the same kind. */
static void beside(struct kh_naming *x, uint32_t i)
{
	struct kh_doc *d = x->d;
	const struct kh_mention *b = &d->mention[i];
	const struct kh_token *t = &d->token[b->first];
	uint32_t a = b->first - 2;
	if (b->first < 2 || t->sentence != d->token[a].sentence || b->how != KH_AHOW_ROLE ||
	    d->token[b->first - 1].upos != KH_CCONJ || !b->country[0])
		return;
	const struct kh_match *k = kh_name_at(x, a);
	bool adj = k && (k->use & KH_USE_COUNTRY) && !(d->token[a].feats & KH_FEAT_PLURAL) &&
		   ((k->use & KH_USE_PEOPLE) || (d->token[a].flags & KH_TOK_UPPER) ||
		    kh_str_find(d->token[a].form, KH_S("."), 0) != SIZE_MAX);
	if (!adj)
		return;
	struct kh_mention m = *b;
	m.head = a;
	m.first = (uint32_t)(k - x->match);
	m.n = a - m.first + 1;
	m.at = kh_tokens_span(d, m.first, m.n);
	memcpy(m.country, x->dict.entry[k->entry].country, 4);
	if (d->token[a].mention != KH_NONE) {
		d->mention[d->token[a].mention] = m;
		return;
	}
	d->token[a].mention = d->n_mention;
	*KH_PUSH(x->w->arena, d->mention, d->n_mention, d->cap_mention) = m;
}

static void set_case(struct kh_naming *x, const struct kh_sentence *s)
{
	uint32_t upper = 0, lower = 0;
	for (uint32_t k = s->at.begin; k < s->at.end; k++) {
		upper += kh_is_upper((unsigned char)x->d->text.p[k]);
		lower += kh_is_lower((unsigned char)x->d->text.p[k]);
	}
	x->upper = lower * 4 < upper;
	x->lower = upper == 0;
}

/* The name of a day is nobody. */
static void days(struct kh_naming *x)
{
	struct kh_doc *d = x->d;
	for (uint32_t i = 0; i < d->n_day; i++)
		for (uint32_t k = 0; k < d->day[i].n; k++)
			x->in_day[d->day[i].first + k] = true;
}

static void places(struct kh_naming *x)
{
	struct kh_doc *d = x->d;
	for (uint32_t i = 0; i < d->n_place; i++)
		for (uint32_t k = 0; k < d->place[i].n && !d->place[i].adjective; k++)
			x->place[d->place[i].first + k] = i + 1;
}

/* Mentions in the order of their heads, as every other station expects them. */
static void in_order(struct kh_naming *x)
{
	struct kh_doc *d = x->d;
	uint32_t *at = KH_TAKE(x->w->arena, d->n_token + 1, uint32_t), n = 0;
	uint32_t *to = KH_TAKE(x->w->arena, d->n_mention + 1, uint32_t);
	struct kh_mention *old = KH_TAKE(x->w->arena, d->n_mention + 1, struct kh_mention);
	for (uint32_t i = 0; i < d->n_mention; i++) {
		old[i] = d->mention[i];
		at[old[i].head] = i + 1;
	}
	for (uint32_t t = 0; t < d->n_token; t++)
		if (at[t]) {
			to[at[t] - 1] = n;
			d->mention[n++] = old[at[t] - 1];
		}
	for (uint32_t t = 0; t < d->n_token; t++)
		if (d->token[t].mention != KH_NONE)
			d->token[t].mention = to[d->token[t].mention];
}

void kh_name_run(struct kh_work *w)
{
	struct kh_doc *d = w->doc;
	struct kh_naming x = {.w = w, .d = d, .dict = kh_dict_open(w->model)};
	x.match = KH_TAKE(w->arena, d->n_token + 1, struct kh_match);
	x.of = KH_TAKE(w->arena, d->n_token + 1, uint32_t);
	x.place = KH_TAKE(w->arena, d->n_token + 1, uint32_t);
	for (uint32_t t = 0; t < d->n_token; t++)
		d->token[t].mention = KH_NONE;
	x.unit = KH_TAKE(w->arena, d->n_token + 1, struct kh_name_unit);
	x.in_day = KH_TAKE(w->arena, d->n_token + 1, bool);
	days(&x);
	places(&x);
	for (uint32_t i = 0; i < d->n_sentence; i++) {
		const struct kh_sentence *s = &d->sentence[i];
		set_case(&x, s);
		x.day = d->story[s->story].day;
		x.story = d->story[s->story].text;
		match_sentence(&x, s);
		kh_name_units(&x, s);
		for (uint32_t t = s->first_token; t < s->first_token + s->n_tokens; t++)
			if (!x.in_day[t] && (is_head(&x, &d->token[t]) || names_doer(&x, t) ||
					     x.unit[t].head == t + 1))
				mention(&x, t);
	}
	for (uint32_t i = d->n_mention; i-- > 0;) /* inner ones first: they stand behind */
		kh_name_behind(&x, &d->mention[i]);
	for (uint32_t i = 0; i < d->n_mention; i++)
		kh_name_setting(&x, &d->mention[i]);
	uint32_t n = d->n_mention;
	for (uint32_t i = 0; i < n; i++)
		beside(&x, i);
	if (d->n_mention > n)
		in_order(&x);
	for (uint32_t i = 0; i < d->n_mention; i++)
		d->mention[i].political = political(&d->mention[i]);
	appositions(&x);
}
