/* See amount_befell.h. In: a counted phrase, the words around it, its tree. Out: the word that says
 * what befell them. The words beside the phrase are asked first, for they are surer than the tree;
 * then the verb that the noun is object or passive subject of. */
#include "read/amount_befell.h"

#include "base/str.h"

#define any kh_number_any
#define word kh_number_word

static bool has(kh_str roles, char role)
{
	return roles.n && memchr(roles.p, role, roles.n) != NULL;
}

static uint8_t look(const struct kh_counting *x, kh_str key, kh_str *roles)
{
	kh_str v;
	if (!kh_words_find(&x->casualty, key, &v))
		return 0;
	size_t gap = 0;
	while (gap < v.n && v.p[gap] != ' ')
		gap++;
	*roles = kh_str_sub(v, gap < v.n ? gap + 1 : gap, v.n);
	return (uint8_t)kh_code_find(KH_LIST_COUNT, kh_str_sub(v, 0, gap));
}

static kh_str lower(kh_str s, char *to, size_t room)
{
	size_t n = s.n < room ? s.n : room;
	for (size_t i = 0; i < n; i++)
		to[i] = kh_lower(s.p[i]);
	return (kh_str){to, n};
}

uint8_t kh_casualty(const struct kh_counting *x, uint32_t t, kh_str *roles)
{
	char low[24];
	*roles = (kh_str){0};
	if (kh_str_ieq(x->d->token[t].form, KH_S("shots")))
		return 0; /* what is fired */
	uint8_t kind = look(x, lower(x->d->token[t].lemma, low, sizeof low), roles);
	if (kind)
		return kind;
	kh_str f = lower(x->d->token[t].form, low, sizeof low);
	if ((kind = look(x, f, roles)) != 0)
		return kind;
	static const char *const tail[] = {"ed", "d", "ing", "s", "es"};
	for (size_t i = 0; i < KH_COUNT(tail); i++) /* capitals hide the lemma at times */
		if (kh_str_ends(f, tail[i]) &&
		    (kind = look(x, kh_str_sub(f, 0, f.n - strlen(tail[i])), roles)) != 0)
			return kind;
	return 0;
}

bool kh_is_people(const struct kh_counting *x, uint32_t t)
{
	char low[24];
	const struct kh_token *k = &x->d->token[t];
	if (kh_words_has(&x->people, lower(k->lemma, low, sizeof low)))
		return true;
	kh_str f = lower(k->form, low, sizeof low);
	if (kh_words_has(&x->people, f) ||
	    (kh_str_ends(f, "s") && kh_words_has(&x->people, kh_str_sub(f, 0, f.n - 1))))
		return true;
	return kh_str_ends(f, "men") || kh_str_ends(f, "women") || kh_str_ends(f, "man") ||
	       kh_str_ends(f, "others");
}

static bool inside(const struct kh_sentence *s, int64_t t)
{
	return t >= s->first_token && t < (int64_t)s->first_token + s->n_tokens;
}

static bool took(struct kh_counted *c, uint32_t trigger, uint8_t kind)
{
	c->trigger = trigger;
	c->kind = kind;
	return true;
}

/* Verbs with other uses ask for people; "killed" is sure by itself. */
static bool fits(const struct kh_counted *c, kh_str roles)
{
	return c->human || !has(roles, 'h');
}

/* "shot" is a wound unless death is told beside it. */
static uint8_t deadly(const struct kh_counting *x, const struct kh_sentence *s, int64_t t,
		      uint8_t kind)
{
	if (kind != KH_WOUNDED ||
	    !any(x->d, s, t, "shot stabbed shooting stabbing burned beaten shoot shoots"))
		return kind;
	for (int64_t k = t - 1; k <= t + 3; k++)
		if (k > t && any(x->d, s, k, ","))
			break;
		else if (any(x->d, s, k, "dead fatally fatal deadly death killed died mortally"))
			return KH_KILLED;
	return kind;
}

/* Is the participle at v an active verb with an object of its own ("two gunmen killed three")? */
static bool acts(const struct kh_counting *x, const struct kh_sentence *s, uint32_t v)
{
	struct kh_number n;
	const struct kh_doc *d = x->d;
	if (d->token[v].flags & KH_TOK_PASSIVE)
		return false;
	int64_t next = (int64_t)v + 1;
	if (!inside(s, next))
		return false;
	if (any(d, s, next,
		"at more over up as about around nearly some an the his her their its a another"))
		next += any(d, s, next, "at more up as") ? 2 : 1;
	else if (kh_number_read(d, s, (uint32_t)next, &n))
		return true;
	if (next != (int64_t)v + 1)
		return !any(d, s, (int64_t)v + 1, "at") || any(d, s, (int64_t)v + 2, "least most");
	return kh_doc_child(d, v, KH_OBJ) != KH_NONE && d->token[next].upos != KH_ADP;
}

/* "2 dead", "35 wounded", "12 deaths", "26 hostages": the word behind, or the noun itself. */
static bool beside(const struct kh_counting *x, const struct kh_sentence *s, struct kh_counted *c)
{
	kh_str roles;
	int64_t k = (int64_t)c->number.first + c->number.n;
	if (any(x->d, s, c->end, "fatally mortally") &&
	    !kh_casualty(x, c->end + 1 < s->first_token + s->n_tokens ? c->end + 1 : c->end,
			 &roles))
		return took(c, c->end, KH_KILLED); /* "four were shot, one fatally" */
	while (any(x->d, s, k, "more others other people were") && k < (int64_t)c->end + 1)
		k++;
	for (int64_t t = c->end; t >= k - 1 && t >= (int64_t)c->number.first + c->number.n; t--) {
		if (!inside(s, t))
			continue;
		uint8_t kind = kh_casualty(x, (uint32_t)t, &roles);
		if (!kind)
			continue;
		if (has(roles, 'n') && c->noun == (uint32_t)t) {
			c->total |= any(x->d, s, t, "fatalities deaths casualties");
			return took(c, (uint32_t)t, kind);
		}
		bool first = t == (int64_t)c->number.first + c->number.n;
		if (has(roles, 'a') && (t >= (int64_t)c->end - 1 || first))
			return took(c, (uint32_t)t, kind);
		if (has(roles, 'o') && first && !acts(x, s, (uint32_t)t) &&
		    !any(x->d, s, t, "release rescue arrest release evacuate"))
			return took(c, (uint32_t)t, deadly(x, s, t, kind));
	}
	return false;
}

/* "killing at least 12", "wounded 30 others": the verb before. */
static bool verb_before(const struct kh_counting *x, const struct kh_sentence *s,
			struct kh_counted *c)
{
	kh_str roles;
	int64_t t = (int64_t)c->number.first - 1;
	for (unsigned steps = 0; steps < 7 && inside(s, t); steps++, t--)
		if (!any(x->d, s, t,
			 "at least more than most up to as many about around nearly almost some an "
			 "estimated the other another "
			 "over approximately roughly a total of all these those between early "
			 "between seriously critically dead"))
			break;
	if (!inside(s, t))
		return false;
	uint8_t kind = kh_casualty(x, (uint32_t)t, &roles);
	bool deed = x->d->token[t].upos == KH_NOUN && (has(roles, 'e') || has(roles, 'n'));
	if (!kind || !has(roles, 'o') || deed)
		return false;
	bool with_of = any(x->d, s, t + 1, "of");
	bool passive = (x->d->token[t].flags & KH_TOK_PASSIVE) &&
		       any(x->d, s, t - 1, "was were been being are is be");
	if (with_of || passive || !fits(c, roles))
		return false;
	return took(c, (uint32_t)t, deadly(x, s, t, kind));
}

/* "with gunshot wounds", "in critical condition", "fighting for their lives": hurt and alive. */
static bool lies_hurt(const struct kh_doc *d, const struct kh_sentence *s, int64_t t, bool aux)
{
	if (any(d, s, t, "with"))
		for (int64_t k = t + 1; k < t + 5; k++)
			if (any(d, s, k, "wounds injuries wound burns injury"))
				return true;
	if (any(d, s, t, "fighting") && any(d, s, t + 1, "for") && any(d, s, t + 3, "life lives"))
		return true;
	if (!aux && !any(d, s, t, "remain remains remained"))
		return false;
	for (int64_t k = t; k < t + 8; k++)
		if (any(d, s, k, "in") &&
		    any(d, s, k + 1, "critical serious stable guarded grave fair good extremely") &&
		    (any(d, s, k + 2, "condition") || any(d, s, k + 3, "condition") ||
		     any(d, s, k + 4, "condition")))
			return true;
	return false;
}

/* "teenagers, ages 13 to 17, were hurt": the comma that ends an aside of ages or kinds begun at t. */
static int64_t past_ages(const struct kh_doc *d, const struct kh_sentence *s, int64_t t)
{
	if (!any(d, s, t, ",") || !any(d, s, t + 1, "ages aged age all both each most"))
		return t;
	for (int64_t k = t + 2; k < t + 14; k++)
		if (any(d, s, k, ",") && !(inside(s, k + 1) && d->token[k + 1].upos == KH_NUM))
			return k;
	return t;
}

/* "12 people were killed", "two died", "47 people killed in …": the verb behind. */
static bool verb_behind(const struct kh_counting *x, const struct kh_sentence *s,
			struct kh_counted *c)
{
	kh_str roles;
	int64_t t = past_ages(x->d, s, c->end);
	bool aux = false;
	t += t > c->end;
	for (unsigned steps = 0; steps < 7 && inside(s, t); steps++, t++) {
		const struct kh_token *k = &x->d->token[t];
		if (any(x->d, s, t,
			"were was been are is being be got get remain remained remains presumed "
			"feared found "
			"reported reportedly confirmed left believed declared pronounced"))
			aux = true;
		else if (!any(x->d, s, t,
			      "who that which have had has also still to also later now either all "
			      "both , -") &&
			 !(k->upos == KH_ADV || kh_str_ends(k->form, "ly") ||
			   kh_str_ends(k->form, "LY")))
			break;
		else if (any(x->d, s, t, ",") &&
			 !any(x->d, s, t + 1, "who were was are is have has had"))
			break;
	}
	if (!inside(s, t))
		return false;
	uint8_t kind = kh_casualty(x, (uint32_t)t, &roles);
	if (any(x->d, s, t, "in under taken") && any(x->d, s, t + 1, "custody hostage into") && aux)
		return took(c, (uint32_t)t,
			    any(x->d, s, t + 1, "hostage") ? KH_ABDUCTED : KH_DETAINED);
	if (aux && any(x->d, s, t, "forced driven uprooted evicted") &&
	    (any(x->d, s, t + 1, "from out") || (any(x->d, s, t + 1, "to") &&
						 any(x->d, s, t + 2, "flee leave evacuate"))))
		return took(c, (uint32_t)t, KH_DISPLACED);
	if (aux && any(x->d, s, t, "held") && any(x->d, s, t + 1, "hostage captive"))
		return took(c, (uint32_t)t, KH_ABDUCTED);
	if (any(x->d, s, t, "lost") && any(x->d, s, t + 1, "their his her") &&
	    any(x->d, s, t + 2, "lives life"))
		return took(c, (uint32_t)t, KH_KILLED);
	if (lies_hurt(x->d, s, t, aux))
		return took(c, (uint32_t)t, KH_WOUNDED);
	if (any(x->d, s, t, "sustained suffered suffering") ||
	    (aux && any(x->d, s, t, "taken rushed hospitalized airlifted transported treated")))
		for (int64_t k = t + 1; k < t + 12 && inside(s, k); k++)
			if (any(x->d, s, k, "injuries wounds burns hospital hospitals injury"))
				return took(c, (uint32_t)t, KH_WOUNDED);
	/* headlines hide that "6 others shot on West Side" is a verb */
	bool shot = c->human && any(x->d, s, t, "shot") &&
		    (!inside(s, t + 1) || x->d->token[t + 1].upos == KH_ADP ||
		     x->d->token[t + 1].upos == KH_PUNCT);
	if (!kind || !fits(c, roles) || (x->d->token[t].upos == KH_NOUN && !shot))
		return false;
	if (has(roles, 's') && !(has(roles, 'o') && aux) && !any(x->d, s, t, "drowning"))
		return took(c, (uint32_t)t, kind);
	if (has(roles, 'a') && (aux || !has(roles, 'o')))
		return took(c, (uint32_t)t, kind);
	if (!has(roles, 'o') ||
	    (!aux && (acts(x, s, (uint32_t)t) || kh_str_ends(x->d->token[t].form, "ing"))))
		return false;
	if (aux && kh_str_ends(x->d->token[t].form, "ing"))
		return false;
	return took(c, (uint32_t)t, deadly(x, s, t, kind));
}

/* "the deaths of four people", "claimed the lives of 70", "the toll rose to 52", "left 14 dead". */
static bool noun_before(const struct kh_counting *x, const struct kh_sentence *s,
			struct kh_counted *c)
{
	kh_str roles;
	const struct kh_doc *d = x->d;
	int64_t t = (int64_t)c->number.first - 1;
	while (inside(s, t) && any(d, s, t,
				   "at least more than the about some nearly almost over around up "
				   "to as many an estimated "
				   "approximately another these those"))
		t--;
	if (word(d, s, t, "of") && inside(s, t - 1)) {
		uint8_t kind = kh_casualty(x, (uint32_t)t - 1, &roles);
		if (any(d, s, t - 1, "lives"))
			return took(c, (uint32_t)t - 1, KH_KILLED);
		if (kind && has(roles, 'e') && (fits(c, roles) || c->human))
			return took(c, (uint32_t)t - 1, deadly(x, s, t - 1, kind));
		if (kind && has(roles, 'n') && any(d, s, t - 1, "deaths death bodies body"))
			return took(c, (uint32_t)t - 1, kind);
	}
	for (int64_t k = (int64_t)c->number.first - 1, n = 0; n < 14 && inside(s, k); k--, n++) {
		if (any(d, s, k, ", ; and"))
			break;
		if (any(d, s, k, "toll")) {
			bool link =
				any(d, s, (int64_t)c->number.first - 1,
				    "to at of stands stood reached is was than least about now");
			if (!link || c->noun != KH_NONE ? !c->human && c->noun != KH_NONE : false)
				break;
			c->total = true;
			return link && took(c, (uint32_t)k, KH_KILLED);
		}
	}
	return false;
}

/* "left 14 people dead", "found six bodies": an adjective behind a verb of leaving. */
static bool left_so(const struct kh_counting *x, const struct kh_sentence *s, struct kh_counted *c)
{
	kh_str roles;
	bool left = false;
	for (int64_t k = (int64_t)c->number.first - 1;
	     k >= (int64_t)c->number.first - 6 && inside(s, k); k--)
		left |= any(x->d, s, k, "left leaving leave leaves found shot with");
	for (int64_t t = c->end; left && t < (int64_t)c->end + 4 && inside(s, t); t++) {
		uint8_t kind = kh_casualty(x, (uint32_t)t, &roles);
		if (kind && (has(roles, 'a') || has(roles, 'o')) && x->d->token[t].upos != KH_NOUN)
			return took(c, (uint32_t)t, kind);
		if (!any(x->d, s, t, "and , or") && x->d->token[t].upos != KH_ADV &&
		    !any(x->d, s, t, "seriously critically"))
			break;
	}
	return false;
}

bool kh_befell_tells(const struct kh_counting *x, const struct kh_counted *c)
{
	const struct kh_doc *d = x->d;
	if (c->noun == KH_NONE)
		return false;
	uint32_t up = d->token[c->noun].head, k = c->end;
	while (k < d->n_token && k < c->end + 6 && d->token[k].sentence == d->token[c->noun].sentence &&
	       (d->token[k].upos == KH_NOUN || d->token[k].upos == KH_PROPN || d->token[k].upos == KH_DET ||
		d->token[k].upos == KH_CCONJ))
		k++; /* "two officials and a resident told Reuters" */
	if (k < d->n_token && d->token[k].upos == KH_VERB &&
	    kh_str_among(d->token[k].lemma, "say tell report confirm add"))
		return true;
	if (d->token[c->noun].rel == KH_CONJ && up != KH_NONE && up + 6 > c->number.first &&
	    d->token[up].rel == KH_NSUBJ)
		up = d->token[up].head;
	else if (d->token[c->noun].rel != KH_NSUBJ)
		return false;
	return up != KH_NONE && up > c->noun && d->token[up].upos == KH_VERB;
}

/* By the tree: object or passive subject of such a verb, or subject of one that befalls it. */
static bool by_tree(const struct kh_counting *x, const struct kh_sentence *s, struct kh_counted *c)
{
	const struct kh_doc *d = x->d;
	uint32_t t = c->noun != KH_NONE ? c->noun : c->number.first + c->number.n - 1;
	kh_str roles;
	for (uint32_t k = d->token[t].child; k != KH_NONE; k = d->token[k].next) {
		uint8_t kind = kh_casualty(x, k, &roles), rel = d->token[k].rel;
		bool clause = rel == KH_ACL || rel == KH_ACL_RELCL;
		if (!kind || !fits(c, roles) || (!clause && rel != KH_AMOD))
			continue;
		bool passive = (d->token[k].flags & KH_TOK_PASSIVE) || rel == KH_AMOD;
		if ((has(roles, 'o') && passive) || has(roles, 'a') || (has(roles, 's') && clause))
			return took(c, k, kind);
	}
	bool joined = false;
	for (unsigned steps = 0; steps < 5 && d->token[t].head != KH_NONE; steps++) {
		uint8_t rel = d->token[t].rel;
		uint32_t up = d->token[t].head;
		if (rel == KH_CONJ && kh_befell_tells(x, c))
			return false;
		bool of_it = rel == KH_NMOD && up < c->number.first + c->number.n &&
			     up >= c->number.first; /* "two of his guards" */
		bool town = rel == KH_NMOD && joined && d->token[t].name_type == KH_NAME_PLACE;
		joined |= rel == KH_CONJ;
		if (of_it || town) { /* "the mayor of San Miguel and two of his guards" */
			t = up;
			continue;
		}
		if (rel == KH_CONJ || rel == KH_NUMMOD || rel == KH_FLAT || rel == KH_AMOD) {
			t = up;
			continue;
		}
		uint8_t kind = kh_casualty(x, up, &roles);
		bool passive = (d->token[up].flags & KH_TOK_PASSIVE) != 0;
		if (!kind || !fits(c, roles))
			return false;
		if (has(roles, 'e') &&
		    (rel == KH_NMOD || rel == KH_NMOD_POSS || rel == KH_COMPOUND) &&
		    d->token[up].upos == KH_NOUN && (c->human || rel == KH_NMOD))
			return took(c, up, deadly(x, s, up, kind)); /* "the fatal shooting of" */
		if (has(roles, 'o') &&
		    (rel == KH_OBJ || rel == KH_NSUBJ_PASS || (rel == KH_NSUBJ && passive)))
			return took(c, up, deadly(x, s, up, kind));
		if ((has(roles, 's') || has(roles, 'a')) &&
		    (rel == KH_NSUBJ || rel == KH_NSUBJ_PASS))
			return took(c, up, kind);
		return false;
	}
	return false;
}

/* "sent five people to the hospital" */
static bool sent_to_hospital(const struct kh_counting *x, const struct kh_sentence *s,
			     struct kh_counted *c)
{
	const struct kh_doc *d = x->d;
	int64_t k = c->end, t = (int64_t)c->number.first - 1;
	while (any(d, s, t, "at least more than about some nearly all another"))
		t--;
	if (!any(d, s, t, "sent sends sending send put puts putting landed") ||
	    !any(d, s, k, "to in"))
		return false;
	while (any(d, s, ++k, "the a an local area nearby hospital hospitals"))
		if (any(d, s, k, "hospital hospitals"))
			return took(c, (uint32_t)t, KH_WOUNDED);
	return false;
}

/* "forced 3,000 families to flee", "drove hundreds of people from their homes" */
static bool driven_out(const struct kh_counting *x, const struct kh_sentence *s,
		       struct kh_counted *c)
{
	const struct kh_doc *d = x->d;
	int64_t t = (int64_t)c->number.first - 1, k = c->end;
	while (any(d, s, t, "at least more than about some nearly all another up to as many over an "
			    "estimated"))
		t--;
	if (!c->human || !any(d, s, t, "forced forces forcing force compelled drove driven driving drive"))
		return false;
	bool flee = any(d, s, k, "to") && any(d, s, k + 1, "flee leave evacuate abandon");
	bool home = any(d, s, k, "from out") &&
		    (any(d, s, k + 2, "homes home villages houses land") ||
		     any(d, s, k + 3, "homes home villages houses land"));
	return (flee || home) && took(c, (uint32_t)t, KH_DISPLACED);
}

/* "a quadruple shooting", "double homicide" */
static bool several_at_once(const struct kh_counting *x, const struct kh_sentence *s,
			    struct kh_counted *c)
{
	static const char kill[] = "homicide homicides murder murders killing slaying fatality";
	int64_t t = c->number.first, k = t + 1;
	if (!any(x->d, s, t, "double triple quadruple quintuple"))
		return false;
	return took(c, (uint32_t)k, any(x->d, s, k, kill) ? KH_KILLED : KH_WOUNDED);
}

/* "four shooting victims" */
static bool victims(const struct kh_counting *x, const struct kh_sentence *s, struct kh_counted *c)
{
	if (c->noun == KH_NONE || !any(x->d, s, c->noun, "victims victim") ||
	    !any(x->d, s, (int64_t)c->noun - 1, "shooting gunshot stabbing burn"))
		return false;
	return took(c, c->noun - 1, KH_WOUNDED);
}

/* "claimed 70,000 lives", "5,000 people took part" */
static bool lives_or_part(const struct kh_counting *x, const struct kh_sentence *s,
			  struct kh_counted *c)
{
	const struct kh_doc *d = x->d;
	if (c->noun != KH_NONE && any(d, s, c->noun, "lives"))
		for (int64_t k = (int64_t)c->number.first - 1, n = 0; n < 5 && inside(s, k);
		     k--, n++)
			if (any(d, s, k,
				"claimed claims claiming claim cost costs costing taken took "
				"taking"))
				return took(c, (uint32_t)k, KH_KILLED);
	int64_t t = c->end;
	while (any(d, s, t, "had have has also who were are"))
		t++;
	return c->human && any(d, s, t, "took taken taking take") && any(d, s, t + 1, "part") &&
	       took(c, (uint32_t)t, KH_PARTICIPANTS);
}

static bool denied(const struct kh_doc *d, uint32_t t)
{
	for (uint32_t k = d->token[t].child; k != KH_NONE; k = d->token[k].next)
		if (kh_str_ieq(d->token[k].form, KH_S("not")) ||
		    kh_str_ieq(d->token[k].form, KH_S("n't")) ||
		    kh_str_ieq(d->token[k].form, KH_S("never")))
			return true;
	return false;
}

bool kh_befell(const struct kh_counting *x, const struct kh_sentence *s, struct kh_counted *c)
{
	c->trigger = KH_NONE;
	bool found = several_at_once(x, s, c) || victims(x, s, c) || sent_to_hospital(x, s, c) ||
		     driven_out(x, s, c) || beside(x, s, c) || verb_before(x, s, c) || left_so(x, s, c) ||
		     lives_or_part(x, s, c) || verb_behind(x, s, c) || noun_before(x, s, c) ||
		     by_tree(x, s, c);
	if (!found)
		return false;
	/* "released 12 hostages": what is done to them now outweighs what they are */
	kh_str roles;
	if (c->trigger == c->noun && c->noun != KH_NONE) {
		struct kh_counted verb = *c;
		verb.human = true;
		if ((verb_before(x, s, &verb) || verb_behind(x, s, &verb)) &&
		    kh_casualty(x, verb.trigger, &roles))
			*c = verb;
	}
	c->negated = denied(x->d, c->trigger);
	return true;
}
