/* See event_args.h. In: the tree. Out: head tokens by role; members of a coordination each by
 * itself. */
#include "read/event_args.h"

#include "base/str.h"

static void put(uint32_t *list, uint32_t *n, uint32_t t)
{
	for (uint32_t i = 0; i < *n; i++)
		if (list[i] == t)
			return;
	if (*n < KH_ARGS)
		list[(*n)++] = t;
}

/* "dozens of prisoners": the prisoners; the token itself where nothing is counted. */
static uint32_t counted_once(const struct kh_doc *d, uint32_t t)
{
	static const char *const of[] = {"dozen",   "hundred", "thousand", "score",    "number",
					 "million", "tens",    "group",   "majority", "couple",   "pair",
					 "handful", "ten",     "crowd",    "member",   "all",
					 "some",    "most",    "part",     "contingent", "several"};
	bool quantity = d->token[t].upos == KH_NUM;
	for (size_t i = 0; i < KH_COUNT(of); i++)
		quantity |= kh_str_ieq(d->token[t].lemma, kh_str_of(of[i]));
	uint32_t c = quantity ? kh_doc_child(d, t, KH_NMOD) : KH_NONE;
	if (c == KH_NONE || !kh_str_is(kh_args_case(d, c), "of"))
		return t;
	return c;
}

/* "hundreds of thousands of people": the people. */
static uint32_t counted(const struct kh_doc *d, uint32_t t)
{
	for (unsigned i = 0; i < 3; i++)
		t = counted_once(d, t);
	return t;
}

/* "French and Egyptian warships": the adjective that is an actor beside the noun's; KH_NONE. */
static uint32_t sharing(const struct kh_doc *d, uint32_t t)
{
	uint32_t m = d->token[t].mention;
	uint32_t first = m == KH_NONE ? 0 : d->mention[m].first;
	if (first < 2 || d->token[first - 1].upos != KH_CCONJ)
		return KH_NONE;
	m = d->token[first - 2].mention;
	return m != KH_NONE && d->mention[m].how == KH_AHOW_ROLE && d->mention[m].head == first - 2
		       ? first - 2
		       : KH_NONE;
}

/* "the ministers of France and Germany": one of each. */
static bool each_of(const struct kh_doc *d, uint32_t noun, uint32_t of)
{
	return (d->token[noun].feats & KH_FEAT_PLURAL) && d->token[of].upos == KH_PROPN &&
	       d->token[noun].mention != KH_NONE &&
	       d->mention[d->token[noun].mention].political &&
	       kh_str_is(kh_args_case(d, of), "of");
}

static void put_others(const struct kh_doc *d, uint32_t *list, uint32_t *n, uint32_t of)
{
	for (uint32_t c = d->token[of].child; c != KH_NONE; c = d->token[c].next)
		if (d->token[c].rel == KH_CONJ && d->token[c].upos == KH_PROPN)
			put(list, n, c);
}

/* A noun and what is coordinated with it. */
static void put_all(const struct kh_doc *d, uint32_t *list, uint32_t *n, uint32_t t)
{
	if (sharing(d, counted(d, t)) != KH_NONE)
		put(list, n, sharing(d, counted(d, t)));
	put(list, n, counted(d, t));
	for (uint32_t c = d->token[t].child; c != KH_NONE; c = d->token[c].next)
		if (d->token[c].rel == KH_CONJ && d->token[c].upos != KH_VERB)
			put(list, n, c);
		else if (d->token[c].rel == KH_APPOS && c == t + 1) /* "leader X and chief Y" */
			put_others(d, list, n, c);
		else if (c > t && d->token[c].rel == KH_NMOD && each_of(d, t, c))
			put_others(d, list, n, c);
}

kh_str kh_args_case(const struct kh_doc *d, uint32_t noun)
{
	uint32_t k = kh_doc_child(d, noun, KH_CASE);
	return k == KH_NONE ? KH_S("") : d->token[k].lemma;
}

static bool relative(const struct kh_token *t)
{
	return t->upos == KH_PRON &&
	       (kh_str_ieq(t->lemma, KH_S("who")) || kh_str_ieq(t->lemma, KH_S("which")) ||
		kh_str_ieq(t->lemma, KH_S("that")) || kh_str_ieq(t->lemma, KH_S("whom")));
}

/* The antecedent of a relative pronoun: what its clause modifies. */
static uint32_t antecedent(const struct kh_doc *d, uint32_t verb, uint32_t pronoun)
{
	uint32_t v = verb;
	while (v != KH_NONE && (d->token[v].rel == KH_CONJ || d->token[v].rel == KH_XCOMP))
		v = d->token[v].head;
	if (v != KH_NONE && d->token[v].rel == KH_ACL_RELCL)
		return d->token[v].head;
	return pronoun;
}

static uint32_t real(const struct kh_doc *d, uint32_t verb, uint32_t t)
{
	return relative(&d->token[t]) ? antecedent(d, verb, t) : t;
}

static bool nominal(const struct kh_token *t)
{
	return t->upos == KH_NOUN || t->upos == KH_PROPN;
}

bool kh_args_is_day(const struct kh_token *t)
{
	static const char *const days[] = {"monday", "tuesday",	 "wednesday", "thursday",
					   "friday", "saturday", "sunday",    "today",
					   "yesterday", "tomorrow", "morning", "night",
					   "january", "february", "march", "april", "may", "june",
					   "july", "august", "september", "october", "november",
					   "december", "week", "month", "year"};
	for (size_t i = 0; i < KH_COUNT(days); i++)
		if (kh_str_ieq(t->lemma, kh_str_of(days[i])))
			return true;
	return false;
}

/* "abducting at least 15 students", hung as if "at" were a preposition of theirs. */
static bool least(const struct kh_doc *d, uint32_t t)
{
	uint32_t n = kh_doc_child(d, t, KH_NUMMOD), k = kh_doc_child(d, t, KH_CASE);
	return n != KH_NONE && n > 1 && n < t && (k == KH_NONE || k + 2 == n) &&
	       kh_str_among(d->token[n - 1].form, "least most") &&
	       kh_str_ieq(d->token[n - 2].form, KH_S("at"));
}

/* The verb's own noun phrases by relation; a day or a verb that the tree took for the subject is
 * none. */
static void direct(const struct kh_doc *d, uint32_t verb, struct kh_args *a)
{
	for (uint32_t c = d->token[verb].child; c != KH_NONE; c = d->token[c].next) {
		const struct kh_token *t = &d->token[c];
		bool by = (t->rel == KH_OBL || t->rel == KH_OBL_AGENT) &&
			  kh_str_is(kh_args_case(d, c), "by");
		bool odd = kh_args_is_day(t) || t->upos == KH_VERB || t->upos == KH_AUX;
		if (odd && (t->rel == KH_NSUBJ || t->rel == KH_OBJ || t->rel == KH_NSUBJ_PASS))
			continue;
		bool up_to = t->rel == KH_OBL && c < verb && kh_doc_child(d, c, KH_NUMMOD) != KH_NONE &&
			     kh_str_ieq(kh_args_case(d, c), KH_S("up"));
		if (t->rel == KH_NSUBJ || t->rel == KH_NSUBJ_OUTER || up_to)
			put_all(d, a->subject, &a->n_subject, real(d, verb, c));
		else if (t->rel == KH_NSUBJ_PASS)
			put_all(d, a->object, &a->n_object, real(d, verb, c));
		else if (by && a->passive)
			put_all(d, a->subject, &a->n_subject, c);
		else if (t->rel == KH_OBJ || t->rel == KH_IOBJ ||
			 (t->rel == KH_OBL && !a->passive && c > verb && least(d, c)))
			put_all(d, a->object, &a->n_object, real(d, verb, c));
		else if (t->rel == KH_OBL || t->rel == KH_OBL_AGENT)
			put_all(d, a->oblique, &a->n_oblique, real(d, verb, c));
	}
}

static bool moves_object(kh_str lemma)
{
	static const char *const verbs[] = {"order",  "urge",	 "ask",	   "force",    "allow",
					    "tell",   "call",	 "press",  "beg",      "invite",
					    "warn",   "compel",	 "permit", "enable",   "instruct",
					    "direct", "request", "advise", "persuade", "encourage",
					    "accuse", "appeal",	 "help",   "prompt",   "lead",
					    "drive",  "push",	 "inspire"};
	for (size_t i = 0; i < KH_COUNT(verbs); i++)
		if (kh_str_is(lemma, verbs[i]))
			return true;
	return false;
}

/* "sentenced a man for attacking", "the man, fined for attacking", "suspected of helping": who is
 * judged did it. */
static bool judged(const struct kh_doc *d, uint32_t clause, const struct kh_args *up)
{
	uint32_t mark = kh_doc_child(d, clause, KH_MARK);
	uint32_t m = up->n_object ? d->token[up->object[0]].mention : KH_NONE;
	return m != KH_NONE && (d->mention[m].human || d->mention[m].political) &&
	       d->token[clause].rel == KH_ADVCL && (d->token[clause].feats & KH_FEAT_GER) &&
	       mark != KH_NONE && kh_str_among(d->token[mark].lemma, "for of with");
}

/* "dispersed students protesting the vote": those right before the participle do it, unless it is
 * what the attack on them did. */
static bool theirs(const struct kh_doc *d, uint32_t verb, const struct kh_args *up)
{
	static const char result[] = "kill wound injure leave hurt destroy damage use say add bring take";
	uint32_t m = verb ? d->token[verb - 1].mention : KH_NONE;
	if (m == KH_NONE || !(d->token[verb].feats & KH_FEAT_GER) || !d->mention[m].human ||
	    kh_str_among(d->token[verb].lemma, result))
		return false;
	for (uint32_t i = 0; i < up->n_object; i++)
		if (d->token[up->object[i]].mention == m)
			return true;
	return false;
}

/* A subject left out is that of the governing verb, or the noun that the clause modifies. */
static void inherit(const struct kh_doc *d, uint32_t verb, struct kh_args *a)
{
	uint32_t v = verb;
	const struct kh_token *own = &d->token[verb];
	if (own->rel == KH_AMOD && own->head > verb && (own->feats & KH_FEAT_GER)) {
		put(a->subject, &a->n_subject, own->head); /* "the visiting premier" */
		return;
	}
	for (unsigned steps = 0; steps < 6 && !a->n_subject; steps++) {
		const struct kh_token *t = &d->token[v];
		struct kh_args up = {.n_subject = 0};
		uint32_t h = t->head;
		if (h == KH_NONE)
			return;
		if (t->rel == KH_ACL || t->rel == KH_ACL_RELCL) {
			bool done_to = (t->flags & KH_TOK_PASSIVE) || t->rel == KH_ACL_RELCL;
			if (d->token[h].upos == KH_NOUN || d->token[h].upos == KH_PROPN) {
				if (!done_to && t->rel == KH_ACL && (t->feats & KH_FEAT_GER))
					put_all(d, a->subject, &a->n_subject, h);
				else if ((t->flags & KH_TOK_PASSIVE) && !a->n_object && v == verb)
					put_all(d, a->object, &a->n_object, h);
				else if (t->rel == KH_ACL &&
					 (t->feats & KH_FEAT_INF)) /* "plan to": the plan's owner */
					kh_args_of_noun(d, h, &up);
			}
			for (uint32_t i = 0; i < up.n_subject; i++)
				put(a->subject, &a->n_subject, up.subject[i]);
			return;
		}
		if (t->rel != KH_CONJ && t->rel != KH_XCOMP && t->rel != KH_ADVCL &&
		    t->rel != KH_CCOMP && t->rel != KH_PARATAXIS)
			return;
		up.passive = (d->token[h].flags & KH_TOK_PASSIVE) != 0;
		direct(d, h, &up);
		bool object = (t->rel != KH_CONJ && moves_object(d->token[h].lemma) && up.n_object) ||
			      judged(d, v, &up) || (v == verb && theirs(d, verb, &up));
		const uint32_t *from = object ? up.object : up.subject;
		uint32_t n = object ? up.n_object : up.n_subject;
		if (t->rel == KH_CONJ && up.passive && (d->token[verb].flags & KH_TOK_PASSIVE) &&
		    !a->n_object) {
			for (uint32_t i = 0; i < up.n_object; i++)
				put(a->object, &a->n_object, up.object[i]);
		}
		if (t->rel == KH_CCOMP && !(t->feats & (KH_FEAT_INF | KH_FEAT_GER)) && v == verb &&
		    d->token[h].upos == KH_VERB && d->token[verb].upos == KH_VERB)
			return; /* a finite clause has its own subject */
		if (up.passive && t->rel == KH_XCOMP && up.n_object) /* "was ordered to leave" */
			from = up.object, n = up.n_object;
		for (uint32_t i = 0; i < n; i++)
			put(a->subject, &a->n_subject, from[i]);
		a->moved |= n && (object || t->rel == KH_XCOMP); /* theirs, whoever they are */
		v = h;
	}
}

/* Where the tree gives no subject, as it often errs: the nearest actor before the verb that is in
 * no prepositional phrase, within the clause as far as punctuation and verbs tell. */
static void before(const struct kh_doc *d, uint32_t verb, struct kh_args *a)
{
	const struct kh_sentence *s = &d->sentence[d->token[verb].sentence];
	for (uint32_t t = verb; t-- > s->first_token && verb - t < 30;) {
		const struct kh_token *k = &d->token[t];
		if (k->mention == KH_NONE || kh_args_is_day(k) || kh_args_case(d, t).n)
			continue;
		const struct kh_mention *m = &d->mention[k->mention];
		if (!m->political && !m->human && m->how != KH_AHOW_PRONOUN)
			continue;
		bool tells = k->rel == KH_NSUBJ && d->token[verb].rel == KH_CCOMP &&
			     k->head == d->token[verb].head;
		if (!tells) /* "fighting that residents said killed 40": they only tell of it */
			put_all(d, a->subject, &a->n_subject, t);
		return;
	}
}

/* The same of the object: the noun that ends the first run of nouns right behind the verb. */
static void after(const struct kh_doc *d, uint32_t verb, struct kh_args *a)
{
	const struct kh_sentence *s = &d->sentence[d->token[verb].sentence];
	uint32_t end = kh_min32(verb + 9, s->first_token + s->n_tokens);
	for (uint32_t t = verb + 1; t < end; t++) {
		const struct kh_token *k = &d->token[t];
		if (nominal(k)) {
			while (t + 1 < end && nominal(&d->token[t + 1]) &&
			       !kh_args_is_day(&d->token[t + 1]))
				t++;
			if (!kh_args_is_day(&d->token[t]))
				put_all(d, a->object, &a->n_object, t);
			return;
		}
		bool than = kh_str_is(k->lemma, "than") || kh_str_is(k->lemma, "least");
		bool skip = k->upos == KH_DET || k->upos == KH_ADJ || k->upos == KH_NUM ||
			    k->upos == KH_ADV || k->upos == KH_PRON || than;
		if (!skip || (k->flags & KH_TOK_PUNCT))
			return;
	}
}

/* "X said it had ...": the unresolved pronoun of a reported clause is the speaker. */
static void speaker(const struct kh_doc *d, uint32_t verb, struct kh_args *a)
{
	for (uint32_t i = 0; i < a->n_subject; i++) {
		const struct kh_token *t = &d->token[a->subject[i]];
		if (t->upos != KH_PRON ||
		    (t->mention != KH_NONE && d->mention[t->mention].same != KH_NONE))
			return;
	}
	uint32_t v = verb;
	for (unsigned steps = 0; steps < 4 && d->token[v].head != KH_NONE; steps++) {
		bool told = d->token[v].rel == KH_CCOMP;
		v = d->token[v].head;
		uint32_t s = kh_doc_child(d, v, KH_NSUBJ);
		if (told && s != KH_NONE && d->token[s].upos != KH_PRON) {
			a->n_subject = 0;
			put_all(d, a->subject, &a->n_subject, s);
			return;
		}
	}
}

/* Prepositional phrases of the object belong to the event as well: "an attack on X". */
static void of_object(const struct kh_doc *d, uint32_t noun, struct kh_args *a)
{
	for (uint32_t c = d->token[noun].child; c != KH_NONE; c = d->token[c].next)
		if (d->token[c].rel == KH_NMOD || d->token[c].rel == KH_NMOD_POSS)
			put_all(d, a->oblique, &a->n_oblique, c);
}

/* "the release of sailors from X", whatever X hangs on. */
static void of_oblique(const struct kh_doc *d, struct kh_args *a)
{
	for (uint32_t i = 0, n = kh_min32(a->n_oblique, 4); i < n; i++) {
		uint32_t t = a->oblique[i];
		for (uint32_t c = d->token[t].child; c != KH_NONE; c = d->token[c].next)
			if (d->token[t].rel == KH_NMOD && d->token[c].rel == KH_NMOD &&
			    kh_str_among(kh_args_case(d, c), "from to with against by"))
				put_all(d, a->oblique, &a->n_oblique, c);
	}
}

static bool anybody(const struct kh_doc *d, const struct kh_args *a)
{
	for (uint32_t i = 0; i < a->n_subject; i++) {
		uint32_t m = d->token[a->subject[i]].mention;
		if (m != KH_NONE && (d->mention[m].political || d->mention[m].human ||
				     d->mention[m].how == KH_AHOW_PRONOUN))
			return true;
	}
	return false;
}

/* "The parliament threatened to ..." with the verb hung on the noun as if it were a participle: the
 * sentence has no other verb. */
static bool lone_verb(const struct kh_doc *d, uint32_t verb)
{
	const struct kh_token *t = &d->token[verb];
	uint32_t h = t->head;
	bool behind = t->rel == KH_ACL || (t->rel == KH_AMOD && h < verb);
	if (!behind || h == KH_NONE || !nominal(&d->token[h]))
		return false;
	for (unsigned i = 0; i < 3 && d->token[h].rel == KH_NMOD; i++)
		h = d->token[h].head; /* "hundreds of thousands of people blocked" */
	return d->token[h].head == KH_NONE && kh_doc_child(d, verb, KH_AUX_PASS) == KH_NONE &&
	       !(t->feats & (KH_FEAT_INF | KH_FEAT_GER));
}

/* "lifts" of "U.S. Lifts Ban", hung as a part of the name of a ban. */
static bool headline(const struct kh_token *t)
{
	return t->rel == KH_COMPOUND && (t->flags & KH_TOK_TITLE) && kh_str_ends(t->form, "s");
}

/* "Israel and Oman established ties" hung as "established ties": the first verb of a sentence whose
 * root is none, right behind a noun and before the noun that it modifies. */
static bool hung(const struct kh_doc *d, uint32_t verb)
{
	const struct kh_token *t = &d->token[verb];
	const struct kh_sentence *s = &d->sentence[t->sentence];
	if ((t->rel != KH_AMOD && !headline(t)) || t->head < verb || verb == s->first_token ||
	    s->root == KH_NONE ||
	    !nominal(&d->token[verb - 1]) || !nominal(&d->token[s->root]))
		return false;
	for (uint32_t i = s->first_token; i < verb; i++)
		if ((d->token[i].upos == KH_VERB && d->token[i].rel != KH_AMOD) ||
		    d->token[i].rel == KH_NSUBJ)
			return false;
	return true;
}

static void hung_args(const struct kh_doc *d, uint32_t verb, struct kh_args *a)
{
	uint32_t root = d->sentence[d->token[verb].sentence].root, head = d->token[verb].head;
	put_all(d, a->object, &a->n_object, head);
	put(a->subject, &a->n_subject, root < verb ? root : verb - 1);
	for (uint32_t c = d->token[root].child; c != KH_NONE && root < verb; c = d->token[c].next)
		if (d->token[c].rel == KH_CONJ && c < verb)
			put(a->subject, &a->n_subject, c);
	for (uint32_t c = d->token[head].child; c != KH_NONE; c = d->token[c].next)
		if (d->token[c].rel == KH_NMOD || d->token[c].rel == KH_OBL)
			put_all(d, a->oblique, &a->n_oblique, c);
}

/* "is prepared to", "was engaged in": participles that say what somebody is, not what was done. */
static bool stative(const struct kh_doc *d, uint32_t verb)
{
	kh_str lemma = d->token[verb].lemma;
	uint32_t to = kh_doc_child(d, verb, KH_XCOMP), by = kh_doc_child(d, verb, KH_ADVCL);
	uint32_t mark = by == KH_NONE ? KH_NONE : kh_doc_child(d, by, KH_MARK);
	if (kh_str_is(lemma, "engage"))
		return true;
	if (kh_str_is(lemma, "commit") && mark != KH_NONE && kh_str_is(d->token[mark].lemma, "to"))
		return true; /* "is committed to opening" */
	return to != KH_NONE && (d->token[to].feats & KH_FEAT_INF) &&
	       kh_str_among(lemma, "prepare determine commit resolve dispose poise");
}

static void as_active(struct kh_args *a)
{
	memcpy(a->subject, a->object, sizeof a->subject);
	a->n_subject = a->n_object;
	a->n_object = 0;
	a->passive = false;
}

void kh_args_of_verb(const struct kh_doc *d, uint32_t verb, struct kh_args *a)
{
	bool lone = lone_verb(d, verb);
	*a = (struct kh_args){.passive = (d->token[verb].flags & KH_TOK_PASSIVE) && !lone};
	if (hung(d, verb)) {
		a->passive = false;
		hung_args(d, verb, a);
		return;
	}
	direct(d, verb, a);
	bool own = a->n_subject || lone; /* a day is no subject: "the donors Friday said" */
	if (a->passive && !a->n_subject && a->n_object && stative(d, verb))
		as_active(a);
	if (lone && !a->n_subject)
		put_all(d, a->subject, &a->n_subject, d->token[verb].head);
	bool done_to = a->passive && a->n_object &&
		       (d->token[verb].rel != KH_CONJ ||
			kh_doc_child(d, verb, KH_NSUBJ_PASS) != KH_NONE);
	if (!a->n_subject && !done_to)
		inherit(d, verb, a);
	else if (!a->n_object && a->passive)
		inherit(d, verb, a);
	if (a->n_subject)
		speaker(d, verb, a);
	if (!a->passive && !own && !a->moved && !anybody(d, a))
		before(d, verb, a);
	if (!a->n_object && !a->passive)
		after(d, verb, a);
	for (uint32_t i = 0; i < a->n_object && i < 4; i++)
		of_object(d, a->object[i], a);
	of_oblique(d, a);
}

/* "the six priests' slaying", "the editor's arrest": those whose it is suffered it, where nobody else
 * did. */
static void suffered(const struct kh_doc *d, uint32_t noun, struct kh_args *a)
{
	static const char deeds[] = "slaying killing murder assassination execution lynching beheading "
				    "kidnapping abduction arrest detention imprisonment";
	static const char bodies[] = "army government police force regime militia group movement military "
				     "navy state country junta security";
	uint32_t c = kh_doc_child(d, noun, KH_NMOD_POSS);
	const struct kh_mention *m = c == KH_NONE || d->token[c].mention == KH_NONE
					     ? NULL
					     : &d->mention[d->token[c].mention];
	if (!m || !m->human || a->n_object || a->n_subject != 1 || a->subject[0] != c ||
	    !kh_str_among(d->token[noun].lemma, deeds))
		return;
	if (m->kind != KH_KIND_PERSON && m->kind != KH_KIND_ROLE)
		return;
	if (kh_str_among(d->token[c].lemma, bodies))
		return;
	a->object[a->n_object++] = c;
	a->n_subject = 0;
}

/* "UN envoy in talks with rebels", "Teachers on strike": of a headline without a verb the noun that
 * all hangs on does what the phrase says. */
static uint32_t headline_doer(const struct kh_doc *d, uint32_t noun)
{
	uint32_t h = d->token[noun].head;
	kh_str c = kh_args_case(d, noun), lemma = d->token[noun].lemma;
	bool in = kh_str_is(c, "in") && kh_str_among(lemma, "talk talks negotiation negotiations meeting");
	bool on = kh_str_is(c, "on") && kh_str_among(lemma, "strike visit tour march trip");
	bool under = d->token[noun].rel == KH_NMOD || d->token[noun].rel == KH_OBL;
	return under && (in || on) && h != KH_NONE && h < noun && d->token[h].head == KH_NONE &&
			       nominal(&d->token[h]) && kh_doc_child(d, h, KH_COP_REL) == KH_NONE
		       ? h
		       : KH_NONE;
}

void kh_args_of_noun(const struct kh_doc *d, uint32_t noun, struct kh_args *a)
{
	uint32_t own = d->token[noun].mention;
	*a = (struct kh_args){.n_subject = 0};
	for (uint32_t c = d->token[noun].child; c != KH_NONE; c = d->token[c].next) {
		const struct kh_token *t = &d->token[c];
		kh_str k = kh_args_case(d, c);
		if (t->rel == KH_NMOD_POSS ||
		    ((t->rel == KH_NMOD || t->rel == KH_OBL) && kh_str_is(k, "by")))
			put_all(d, a->subject, &a->n_subject, c);
		else if (t->rel == KH_NMOD &&
			 (kh_str_is(k, "of") || kh_str_is(k, "on") || kh_str_is(k, "against")))
			put_all(d, a->object, &a->n_object, c);
		else if (t->rel == KH_NMOD || t->rel == KH_OBL)
			put_all(d, a->oblique, &a->n_oblique, c);
		else if ((t->rel == KH_AMOD || t->rel == KH_COMPOUND) && t->mention != KH_NONE)
			put_all(d, a->subject, &a->n_subject, c);
	}
	for (uint32_t i = 0; i < a->n_object && !a->n_subject; i++) /* "the shelling of X by Y" */
		for (uint32_t c = d->token[a->object[i]].child; c != KH_NONE; c = d->token[c].next)
			if (d->token[c].rel == KH_NMOD && kh_str_is(kh_args_case(d, c), "by"))
				put_all(d, a->subject, &a->n_subject, c);
	if (!a->n_subject && own != KH_NONE && d->mention[own].political && d->mention[own].n > 1)
		put(a->subject, &a->n_subject, noun); /* "police firing": who, by its compound */
	uint32_t doer = a->n_subject ? KH_NONE : headline_doer(d, noun);
	if (doer != KH_NONE)
		put_all(d, a->subject, &a->n_subject, doer);
	suffered(d, noun, a);
}
