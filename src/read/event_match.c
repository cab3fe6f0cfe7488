/* See event_match.h. In: a token with its tree. Out: the most particular rule whose constraints
 * hold. */
#include "read/event_match.h"

#include "base/str.h"
#include "read/event_pattern.h"

static bool hyphen(const struct kh_token *t)
{
	return t->form.n == 1 && t->form.p[0] == '-';
}

/* "cease-fire" of three tokens, seen from the last; empty where no hyphen stands before it. */
static kh_str joined(const struct kh_doc *d, uint32_t t, char *buf, size_t size)
{
	if (t < 2 || !hyphen(&d->token[t - 1]) || d->token[t - 2].sentence != d->token[t].sentence)
		return KH_S("");
	kh_str a = d->token[t - 2].form, b = d->token[t].lemma;
	if (a.n + b.n + 1 > size)
		return KH_S("");
	memcpy(buf, a.p, a.n);
	buf[a.n] = '-';
	memcpy(buf + a.n + 1, b.p, b.n);
	return (kh_str){buf, a.n + 1 + b.n};
}

static const struct kh_mention *mention_at(const struct kh_doc *d, uint32_t t)
{
	return d->token[t].mention == KH_NONE ? NULL : &d->mention[d->token[t].mention];
}

/* <place>, <person>, <group> stand in a rule's lists for any name of that kind. */
static bool of_kind(const struct kh_doc *d, const struct kh_rules *r, struct kh_rule_list l,
		    uint32_t t)
{
	const struct kh_mention *m = mention_at(d, t);
	if (!m || m->head != t || d->token[t].upos != KH_PROPN)
		return false;
	bool place = m->kind == KH_KIND_PLACE || m->name_type == KH_NAME_PLACE;
	return (place && kh_rules_has(r, l, KH_S("<place>"))) ||
	       (m->kind == KH_KIND_PERSON && kh_rules_has(r, l, KH_S("<person>"))) ||
	       (m->kind == KH_KIND_GROUP && kh_rules_has(r, l, KH_S("<group>")));
}

static bool word_in(const struct kh_doc *d, const struct kh_rules *r, struct kh_rule_list l,
		    uint32_t t)
{
	char buf[48];
	kh_str both = joined(d, t, buf, sizeof buf);
	if ((both.n && kh_rules_has(r, l, both)) || of_kind(d, r, l, t))
		return true;
	kh_str form = d->token[t].form; /* lemmas of rare words are guesses: the singular too */
	bool plural = form.n > 4 && form.p[form.n - 1] == 's';
	return kh_rules_has(r, l, d->token[t].lemma) || kh_rules_has(r, l, form) ||
	       (plural && kh_rules_has(r, l, kh_str_sub(form, 0, form.n - 1)));
}

/* The triggers of a word: by its lemma, else by what its form may come from, for the lemma of a
 * rare word is a guess ("rioted"). */
static uint32_t triggers(const struct kh_rules *r, char pos, const struct kh_token *t,
			 uint32_t *first)
{
	static const struct {
		const char *end, *add;
	} cut[] = {{"ed", ""}, {"d", ""}, {"ing", ""}, {"ing", "e"}, {"es", ""}, {"s", ""}};
	uint32_t n = 0; /* "is prepared to" is another word than "prepared" */
	if (pos == 'v' && (t->flags & KH_TOK_PASSIVE))
		n = kh_rules_find(r, kh_rule_hash(pos, t->form), first);
	if (!n)
		n = kh_rules_find(r, kh_rule_hash(pos, t->lemma), first);
	char word[32];
	for (size_t i = 0; i < KH_COUNT(cut) && !n && pos == 'v'; i++) {
		kh_str end = kh_str_of(cut[i].end), add = kh_str_of(cut[i].add);
		if (t->form.n < end.n + 3 || t->form.n > 30 ||
		    memcmp(t->form.p + t->form.n - end.n, end.p, end.n) != 0)
			continue;
		memcpy(word, t->form.p, t->form.n - end.n);
		memcpy(word + t->form.n - end.n, add.p, add.n);
		kh_str w = {word, t->form.n - end.n + add.n};
		n = kh_rules_find(r, kh_rule_hash(pos, w), first);
	}
	return n;
}

static bool has_word(const struct kh_doc *d, const struct kh_rules *r, struct kh_rule_list l,
		     uint32_t t)
{
	if (word_in(d, r, l, t))
		return true;
	for (uint32_t c = d->token[t].child; c != KH_NONE; c = d->token[c].next) {
		uint8_t rel = d->token[c].rel;
		bool close = rel == KH_COMPOUND || rel == KH_AMOD || rel == KH_NMOD ||
			     rel == KH_FLAT || rel == KH_CONJ || rel == KH_NMOD_POSS ||
			     (rel == KH_NUMMOD && d->token[t].upos == KH_SYM); /* "$2 million" */
		if (close && word_in(d, r, l, c))
			return true;
	}
	return false;
}

static bool any_word(const struct kh_doc *d, const struct kh_rules *r, struct kh_rule_list l,
		     const uint32_t *t, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		if (has_word(d, r, l, t[i]))
			return true;
	return false;
}

/* "refused to meet him, saying ...", "..., police said": another clause, hung on the verb. */
static bool beside(const struct kh_doc *d, uint32_t t)
{
	return d->token[t].rel == KH_PARATAXIS ||
	       (d->token[t].rel == KH_ADVCL && (d->token[t].feats & KH_FEAT_GER));
}

static bool particle_holds(const struct kh_doc *d, uint32_t token, uint32_t particle)
{
	const struct kh_sentence *s = &d->sentence[d->token[token].sentence];
	for (uint32_t c = d->token[token].child; c != KH_NONE; c = d->token[c].next)
		if (kh_rule_hash('w', d->token[c].lemma) == particle && !beside(d, c))
			return true; /* "strike" of "call a strike" as well */
	for (uint32_t t = token + 1; t < token + 3 && t < s->first_token + s->n_tokens; t++)
		if (kh_rule_hash('w', d->token[t].lemma) == particle)
			return true;
	for (uint32_t c = d->token[token].child; c != KH_NONE;
	     c = d->token[c].next) { /* "go on strike" */
		bool deep = d->token[c].rel == KH_OBL || d->token[c].rel == KH_OBJ ||
			    d->token[c].rel == KH_XCOMP;
		if (kh_args_is_day(&d->token[c]))
			continue; /* "called the king on Friday" */
		for (uint32_t k = deep ? d->token[c].child : KH_NONE; k != KH_NONE;
		     k = d->token[k].next)
			if (k > token && k < token + 6 &&
			    kh_rule_hash('w', d->token[k].lemma) == particle)
				return true;
	}
	return false;
}

static bool figures(const struct kh_token *t)
{
	bool all = t->form.n <= 3;
	for (size_t i = 0; i < t->form.n && all; i++)
		all = kh_is_digit((unsigned char)t->form.p[i]);
	return all;
}

/* "beat them 31-10": what teams score, three tokens and no noun counted; a rule writes 0-0 for it. */
static bool is_score(const struct kh_doc *d, uint32_t t, uint32_t end)
{
	if (t + 2 >= end || !t || !figures(&d->token[t]) || !figures(&d->token[t + 2]) ||
	    !(d->token[t].flags & KH_TOK_NO_SPACE) || !(d->token[t + 1].flags & KH_TOK_NO_SPACE) ||
	    !kh_str_among(d->token[t + 1].form, "- –"))
		return false;
	uint8_t next = t + 3 < end ? d->token[t + 3].upos : KH_PUNCT;
	return !kh_args_is_day(&d->token[t - 1]) && next != KH_NOUN && next != KH_PROPN &&
	       next != KH_ADJ && next != KH_NUM && next != KH_SYM;
}

static bool near_holds(const struct kh_doc *d, const struct kh_rules *r, struct kh_rule_list l,
		       uint32_t token)
{
	const struct kh_sentence *s = &d->sentence[d->token[token].sentence];
	uint32_t begin = token > s->first_token + 15 ? token - 15 : s->first_token;
	uint32_t end = kh_min32(token + 16, s->first_token + s->n_tokens);
	for (uint32_t t = begin; t < end; t++)
		if (t != token && (word_in(d, r, l, t) ||
				   (kh_rules_has(r, l, KH_S("0-0")) && is_score(d, t, end))))
			return true;
	return false;
}

/* Where the tree may have lost the object: the words behind an active verb (before a passive one)
 * up to the next verb or stop. The range is [*from, *to). */
static void object_window(const struct kh_doc *d, const struct kh_find *f, uint32_t *from,
			  uint32_t *to)
{
	const struct kh_sentence *s = &d->sentence[d->token[f->token].sentence];
	uint32_t end = s->first_token + s->n_tokens, t = f->token;
	if (f->args.passive) {
		while (t > s->first_token && f->token - t < 10 && d->token[t - 1].upos != KH_VERB &&
		       d->token[t - 1].upos != KH_PUNCT)
			t--;
		*from = t;
		*to = f->token;
		return;
	}
	for (t++; t < end && t - f->token < 10; t++)
		if (d->token[t].upos == KH_VERB || d->token[t].upos == KH_SCONJ ||
		    ((d->token[t].flags & KH_TOK_PUNCT) && !hyphen(&d->token[t]) &&
		     d->token[t].upos != KH_SYM))
			break;
	*from = f->token + 1;
	*to = t;
}

static bool object_near(const struct kh_doc *d, const struct kh_rules *r, struct kh_rule_list l,
			const struct kh_find *f)
{
	uint32_t from, to;
	if (f->noun)
		return false;
	object_window(d, f, &from, &to);
	for (uint32_t t = from; t < to; t++)
		if ((d->token[t].upos != KH_ADP || (t && hyphen(&d->token[t - 1]))) &&
		    word_in(d, r, l, t))
			return true;
	return false;
}

static bool any_actor(const struct kh_doc *d, const uint32_t *t, uint32_t n, bool human)
{
	for (uint32_t i = 0; i < n; i++) {
		const struct kh_mention *m = mention_at(d, t[i]);
		if (m && (m->political || (human && (m->human || m->how == KH_AHOW_PRONOUN ||
						     d->token[t[i]].upos == KH_PROPN))))
			return true;
	}
	return false;
}

/* A state, an office, a body, an armed group, a crowd with a cause: not just anybody. */
static bool any_public(const struct kh_doc *d, const uint32_t *t, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		const struct kh_mention *m = mention_at(d, t[i]);
		bool anybody = m && !m->country[0] && m->entity == KH_NONE &&
			       (m->sector[0] == KH_CVL || m->sector[0] == KH_UNK);
		if (m && m->political && !anybody)
			return true;
	}
	return false;
}

/* A state, its government, forces or courts; no armed group, whatever it calls itself. */
static bool any_state(const struct kh_doc *d, const uint32_t *t, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		const struct kh_mention *m = mention_at(d, t[i]);
		uint8_t s = m ? m->sector[0] : 0;
		if (m && m->political &&
		    (s == KH_GOV || s == KH_MIL || s == KH_COP || s == KH_JUD || s == KH_SPY ||
		     (!s && m->country[0])))
			return true;
	}
	return false;
}

/* People right behind the verb, before any preposition. */
static bool human_near(const struct kh_doc *d, const struct kh_find *f)
{
	uint32_t from, to;
	if (f->noun)
		return false;
	object_window(d, f, &from, &to);
	for (uint32_t t = from; t < to; t++) {
		const struct kh_mention *m = mention_at(d, t);
		bool particle = t == f->token + 1 && d->token[t].rel == KH_COMPOUND_PRT;
		if (d->token[t].upos == KH_ADP && !f->args.passive && !particle &&
		    !kh_str_is(d->token[t].lemma, "than") && !kh_str_is(d->token[t].lemma, "of"))
			return false;
		if (m && (m->political || m->human))
			return true;
	}
	return false;
}

static bool any_child(const struct kh_doc *d, uint32_t t, const char *const *words, size_t n)
{
	for (uint32_t c = d->token[t].child; c != KH_NONE; c = d->token[c].next)
		for (size_t i = 0; i < n; i++)
			if (kh_str_ieq(d->token[c].lemma, kh_str_of(words[i])))
				return true;
	return false;
}

bool kh_event_will(const struct kh_doc *d, uint32_t verb)
{
	static const char *const will[] = {"will", "shall"}, *const would[] = {"would", "'d"};
	if (d->token[verb].rel == KH_CONJ && d->token[verb].head != KH_NONE &&
	    any_child(d, d->token[verb].head, will, KH_COUNT(will)))
		return true;
	return any_child(d, verb, will, KH_COUNT(will)) ||
	       (d->token[verb].rel == KH_CCOMP && any_child(d, verb, would, KH_COUNT(would)));
}

bool kh_event_refused(const struct kh_doc *d, uint32_t verb)
{
	static const char *const no[] = {"not", "n't", "never"};
	static const char *const aux[] = {"will", "would", "can", "could", "shall", "wo", "ca"};
	return any_child(d, verb, no, KH_COUNT(no)) && any_child(d, verb, aux, KH_COUNT(aux));
}

/* "offered to help", "demanded that he resign" */
static bool takes_clause(const struct kh_doc *d, uint32_t verb)
{
	return kh_doc_child(d, verb, KH_XCOMP) != KH_NONE ||
	       kh_doc_child(d, verb, KH_CCOMP) != KH_NONE;
}

/* "ordered the army to stop", wherever the infinitive hangs. */
static bool orders_to(const struct kh_doc *d, uint32_t verb)
{
	uint32_t c = kh_doc_child(d, verb, KH_ADVCL);
	return takes_clause(d, verb) ||
	       (c != KH_NONE && c > verb && (d->token[c].feats & KH_FEAT_INF));
}

/* Where and when somebody did it says nothing against it: "killed two people at a match". */
static bool adjunct(const struct kh_doc *d, uint32_t noun)
{
	static const char cases[] = "at in on during after before near outside inside amid following"
				    " since until throughout along behind beside through";
	return kh_str_among(kh_args_case(d, noun), cases);
}

/* Is one of the words that a rule rules out there? */
static bool vetoed(const struct kh_doc *d, const struct kh_rules *r, struct kh_rule_list no,
		   const struct kh_find *f)
{
	const struct kh_args *a = &f->args;
	bool done = !a->passive && !f->noun && any_actor(d, a->subject, a->n_subject, true);
	if (any_word(d, r, no, a->object, a->n_object) ||
	    any_word(d, r, no, a->subject, a->n_subject))
		return true;
	for (uint32_t i = 0; i < a->n_oblique; i++)
		if (!(done && adjunct(d, a->oblique[i])) && has_word(d, r, no, a->oblique[i]))
			return true;
	return false;
}

/* How particular the rule is, or -1 when a constraint does not hold. */
static int weigh(const struct kh_work *w, const struct kh_rules *r, const struct kh_rule *k,
		 const struct kh_find *f)
{
	const struct kh_doc *d = w->doc;
	const struct kh_args *a = &f->args;
	int score = k->flags & KH_RULE_REFUSED ? 9 : k->flags & KH_RULE_LIGHT ? 0 : 1;
	if ((k->flags & KH_RULE_OPERATOR) && !f->noun && takes_clause(d, f->token))
		score += 3;
	if (k->object.n) {
		if (any_word(d, r, k->object, a->object, a->n_object) ||
		    (f->noun && has_word(d, r, k->object, f->token)))
			score += 6;
		else if (object_near(d, r, k->object, f))
			score += 4;
		else
			return -1;
	}
	if (k->subject.n) {
		if (!any_word(d, r, k->subject, a->subject, a->n_subject))
			return -1;
		score += 5;
	}
	if (k->phrase.n) {
		if (!any_word(d, r, k->phrase, a->oblique, a->n_oblique))
			return -1;
		score += 5;
	}
	if ((k->flags & KH_RULE_THING) && any_actor(d, a->object, a->n_object, true))
		return -1;
	if (k->near.n) {
		if (!near_holds(d, r, k->near, f->token))
			return -1;
		score += 4;
	}
	if (k->no.n && vetoed(d, r, k->no, f))
		return -1;
	if (k->event == KH_MOBILIZE && kh_str_is(d->token[f->token].lemma, "order") &&
	    orders_to(d, f->token))
		return -1; /* "ordered the army to stop" moves nobody */
	if (k->flags & KH_RULE_HUMAN) {
		if (!any_actor(d, a->object, a->n_object, true) && !human_near(d, f))
			return -1;
		score += 2;
	}
	if ((k->flags & KH_RULE_INTRANSITIVE) && a->n_object)
		return -1;
	if ((k->flags & KH_RULE_REFUSED) && !kh_event_refused(d, f->token))
		return -1;
	if ((k->flags & KH_RULE_PASSIVE) && !a->passive)
		return -1;
	if ((k->flags & KH_RULE_ACTOR) && !any_actor(d, a->subject, a->n_subject, true))
		return -1;
	if ((k->flags & KH_RULE_PUBLIC) && !any_public(d, a->subject, a->n_subject))
		return -1;
	if ((k->flags & KH_RULE_STATE) && !any_state(d, a->subject, a->n_subject))
		return -1;
	return score;
}

static bool mild(kh_str lemma)
{
	static const char *const verbs[] = {"call", "urge",    "ask",	 "appeal", "plead",
					    "seek", "propose", "request"};
	for (size_t i = 0; i < KH_COUNT(verbs); i++)
		if (kh_str_is(lemma, verbs[i]))
			return true;
	return false;
}

/* "plans to march" taken for nouns: a word in small letters behind "to" behind what may be a verb. */
static bool after_to(const struct kh_doc *d, uint32_t t)
{
	static const char *const before[] = {"plan", "hope", "aim", "vow", "promise", "threat"};
	const struct kh_token *k = &d->token[t];
	if (t < 2 || (k->flags & KH_TOK_TITLE) || !kh_str_is(d->token[t - 1].lemma, "to") ||
	    d->token[t - 2].sentence != k->sentence || kh_doc_child(d, t, KH_DET_REL) != KH_NONE)
		return false;
	for (size_t i = 0; i < KH_COUNT(before); i++)
		if (kh_str_ieq(d->token[t - 2].lemma, kh_str_of(before[i])))
			return true;
	return false;
}

bool kh_event_match(const struct kh_work *w, const struct kh_rules *rules, uint32_t token,
		    struct kh_find *f)
{
	const struct kh_token *t = &w->doc->token[token];
	uint32_t first, n;
	int best = -1;
	*f = (struct kh_find){.token = token,
			      .within = KH_NONE,
			      .noun = t->upos == KH_NOUN || t->upos == KH_PROPN};
	if (!f->noun && kh_event_pattern(w, token, f)) {
		kh_args_of_verb(w->doc, token, &f->args);
		return f->event != 0;
	}
	char buf[48];
	bool planned = f->noun && after_to(w->doc, token);
	f->noun &= !planned;
	f->certainty = planned ? KH_PLANNED : 0;
	kh_str both = joined(w->doc, token, buf, sizeof buf);
	n = both.n ? kh_rules_find(rules, kh_rule_hash(f->noun ? 'n' : 'v', both), &first) : 0;
	if (!n)
		n = triggers(rules, f->noun ? 'n' : 'v', t, &first);
	const struct kh_sentence *s = &w->doc->sentence[t->sentence];
	if (!n && f->noun && s->root != KH_NONE && w->doc->token[s->root].upos != KH_VERB) {
		/* "France lifts ban": a verb taken for a noun */
		f->noun = false;
		n = triggers(rules, 'v', t, &first);
	}
	if (!n)
		return false;
	if (f->noun)
		kh_args_of_noun(w->doc, token, &f->args);
	else
		kh_args_of_verb(w->doc, token, &f->args);
	for (uint32_t i = first; i < first + n; i++) {
		const struct kh_rule *k = &rules->rule[rules->trigger[i].rule];
		uint32_t particle = rules->trigger[i].particle;
		if (particle && !particle_holds(w->doc, token, particle))
			continue;
		int score = weigh(w, rules, k, f);
		if (score < 0)
			continue;
		score += particle ? 7 : 0;
		bool deeper = score == best && strlen(k->cameo) > strlen(f->rule->cameo);
		if (score > best || deeper) {
			best = score;
			f->rule = k;
		}
	}
	if (!f->rule || (f->rule->flags & KH_RULE_NOT))
		return false;
	f->event = f->rule->event;
	memcpy(f->mode, f->rule->mode, 3);
	memcpy(f->cameo, f->rule->cameo, 5);
	if (f->event == KH_REQUEST && f->cameo[0] == '1' && mild(t->lemma))
		memcpy(f->cameo, "02", 2); /* an appeal, not a demand */
	return true;
}

static void put(uint32_t *list, uint32_t *n, uint32_t m)
{
	for (uint32_t i = 0; i < *n; i++)
		if (list[i] == m)
			return;
	if (*n < KH_ARGS)
		list[(*n)++] = m;
}

/* People and political actors; things only where `things`. A pronoun stands for whom it refers to.
 */
static void take(const struct kh_doc *d, uint32_t *list, uint32_t *n, uint32_t token, bool things)
{
	uint32_t i = d->token[token].mention;
	if (i == KH_NONE)
		return;
	const struct kh_mention *m = &d->mention[i];
	bool pronoun = m->how == KH_AHOW_PRONOUN && m->same != KH_NONE;
	if (m->political || m->human || pronoun || (things && m->how != KH_AHOW_PRONOUN))
		put(list, n, i);
	uint32_t of = pronoun && (d->token[token].feats & KH_FEAT_PLURAL) ? d->mention[m->same].head
									  : KH_NONE;
	if (of != KH_NONE && d->token[of].sentence != d->token[token].sentence)
		return; /* a record holds whom its sentence gives */
	for (uint32_t c = of == KH_NONE ? KH_NONE : d->token[of].child; c != KH_NONE;
	     c = d->token[c].next) /* "they", after "Britain and France" */
		if (d->token[c].rel == KH_CONJ && d->token[c].mention != KH_NONE &&
		    d->mention[d->token[c].mention].political)
			put(list, n, d->token[c].mention);
}

static bool usual_case(kh_str c)
{
	return kh_str_among(c, "against on at with to toward towards from for upon");
}

/* The nouns of phrases whose preposition says "to whom", and those coordinated with them; of a
 * rule's own prepositions the earlier. */
static void phrases(const struct kh_work *w, const struct kh_rules *r, struct kh_find *f)
{
	const struct kh_doc *d = w->doc;
	const struct kh_args *a = &f->args;
	struct kh_rule_list own = f->rule->prep;
	for (uint32_t p = 0; p < (own.n ? own.n : 1); p++)
		for (uint32_t i = 0; i < a->n_oblique && !f->n_recipients; i++) {
			kh_str c = kh_args_case(d, a->oblique[i]);
			struct kh_rule_list one = {own.first + p, 1};
			if (!(own.n ? kh_rules_has(r, one, c) : usual_case(c)))
				continue;
			for (uint32_t k = i; k < a->n_oblique; k++)
				if (k == i || d->token[a->oblique[k]].head == a->oblique[i])
					take(d, f->recipient, &f->n_recipients, a->oblique[k],
					     false);
		}
}

/* "gave Jordan money", "gave money to Jordan", "handed a suspect to Peru" */
static void indirect(const struct kh_work *w, const struct kh_rules *r, struct kh_find *f)
{
	const struct kh_doc *d = w->doc;
	const struct kh_args *a = &f->args;
	for (uint32_t i = 0; i < a->n_object; i++)
		if (d->token[a->object[i]].rel == KH_IOBJ)
			take(d, f->recipient, &f->n_recipients, a->object[i], false);
	phrases(w, r, f);
	for (uint32_t i = 0; i < a->n_object && !f->n_recipients; i++)
		if (!has_word(d, r, f->rule->object, a->object[i]))
			take(d, f->recipient, &f->n_recipients, a->object[i], false);
}

/* "condemned the killing of civilians by troops": who did it, not whom it was done to; KH_NONE. */
static uint32_t doer_of_deed(const struct kh_doc *d, const struct kh_args *a)
{
	for (uint32_t i = 0; i < a->n_oblique; i++) {
		uint32_t up = d->token[a->oblique[i]].head;
		bool noun = up != KH_NONE && d->token[up].upos == KH_NOUN;
		if (noun && kh_str_is(kh_args_case(d, a->oblique[i]), "by"))
			return a->oblique[i];
	}
	return KH_NONE;
}

/* "committed genocide": what is done, not whom it is done to. */
static bool names_deed(const struct kh_doc *d, uint32_t t)
{
	static const char deeds[] = "genocide massacre atrocity crime attack murder killing suicide "
				    "violence abuse torture fire power control place part agreement "
				    "ceasefire truce accord";
	return kh_str_among(d->token[t].lemma, deeds);
}

static void recipients(const struct kh_work *w, const struct kh_rules *r, struct kh_find *f)
{
	const struct kh_doc *d = w->doc;
	const struct kh_args *a = &f->args;
	if (f->event == KH_MOBILIZE) { /* who is moved is nobody's target */
		phrases(w, r, f);
		return;
	}
	if (f->rule->flags & KH_RULE_INDIRECT) {
		indirect(w, r, f);
		return;
	}
	uint32_t deed = f->event == KH_ACCUSE ? doer_of_deed(d, a) : KH_NONE;
	if (deed != KH_NONE)
		take(d, f->recipient, &f->n_recipients, deed, false);
	for (uint32_t i = 0; i < a->n_object && (deed == KH_NONE || !f->n_recipients); i++)
		take(d, f->recipient, &f->n_recipients, a->object[i], false);
	phrases(w, r, f);
	for (uint32_t i = 0; i < a->n_oblique && !f->n_recipients; i++) { /* whose object it is */
		kh_str c = kh_args_case(d, a->oblique[i]);
		if (d->token[a->oblique[i]].rel == KH_NMOD_POSS || kh_str_is(c, "of"))
			take(d, f->recipient, &f->n_recipients, a->oblique[i], false);
	}
	bool violent = f->event == KH_ASSAULT || f->event == KH_COERCE;
	for (uint32_t i = 0; i < a->n_object && violent && !f->n_recipients; i++)
		if (!(f->rule->flags & KH_RULE_LIGHT) && !names_deed(d, a->object[i]))
			take(d, f->recipient, &f->n_recipients, a->object[i], true);
}

/* Who moves says what is moved: PLOVER's modes of MOBILIZE. */
static void mobilized(const struct kh_doc *d, struct kh_find *f)
{
	if (f->event != KH_MOBILIZE || f->mode[0] || !f->n_actors)
		return;
	uint8_t s = d->mention[f->actor[0]].sector[0];
	const char *mode = s == KH_REB || s == KH_UAF || s == KH_PRM ? "militia"
			   : s == KH_COP			     ? "police"
			   : s == KH_MIL			     ? "troops"
								     : "";
	f->mode[0] = (uint8_t)kh_code_find(KH_LIST_MODE, kh_str_of(mode));
}

/* "Kyiv said that Moscow was responsible": who says so accuses. Where nobody is told to say so, or of
 * himself, it only tells whose deed it was. */
static void blamed(const struct kh_doc *d, struct kh_find *f)
{
	uint32_t t = f->token, says = d->token[t].head;
	if (d->token[t].rel != KH_CCOMP && d->token[t].rel != KH_PARATAXIS)
		says = kh_doc_child(d, t, KH_PARATAXIS);
	uint32_t who = says == KH_NONE ? KH_NONE : kh_doc_child(d, says, KH_NSUBJ);
	if (who != KH_NONE)
		take(d, f->actor, &f->n_actors, who, false);
	uint32_t same = f->n_actors ? d->mention[f->actor[0]].same : KH_NONE;
	uint32_t of = f->n_recipients ? f->recipient[0] : KH_NONE;
	bool self = f->n_actors && (of == f->actor[0] || of == same ||
				    (of != KH_NONE && d->mention[of].same == f->actor[0]));
	if (f->n_actors && !self)
		return;
	memcpy(f->actor, f->recipient, sizeof f->actor);
	f->n_actors = f->n_recipients;
	f->n_recipients = 0;
	f->event = KH_PLOVER_NONE;
}

void kh_event_roles(const struct kh_work *w, const struct kh_rules *r, struct kh_find *f)
{
	const struct kh_doc *d = w->doc;
	const struct kh_args *a = &f->args;
	f->n_actors = f->n_recipients = 0;
	for (uint32_t i = 0; i < a->n_subject; i++)
		take(d, f->actor, &f->n_actors, a->subject[i], false);
	for (uint32_t i = 0; i < a->n_object && f->event == KH_MOBILIZE && !f->n_actors; i++)
		take(d, f->actor, &f->n_actors, a->object[i], false); /* "troops were deployed" */
	mobilized(d, f);
	if (f->rule->flags & KH_RULE_RECIPROCAL) {
		for (uint32_t i = 0; i < a->n_object; i++) /* not what they exchange */
			if (!f->rule->object.n || !has_word(d, r, f->rule->object, a->object[i]))
				take(d, f->actor, &f->n_actors, a->object[i], false);
		for (uint32_t i = 0; i < a->n_oblique; i++) {
			kh_str c = kh_args_case(d, a->oblique[i]);
			if (kh_str_is(c, "with") || kh_str_is(c, "between") ||
			    kh_str_is(c, "and") || kh_str_is(c, "among"))
				take(d, f->actor, &f->n_actors, a->oblique[i], false);
		}
		for (uint32_t i = 0; i < a->n_oblique; i++) /* coordinated with one taken above */
			if (d->token[a->oblique[i]].rel == KH_CONJ)
				take(d, f->actor, &f->n_actors, a->oblique[i], false);
		return;
	}
	if (f->rule->flags & KH_RULE_SWAP) { /* "received aid from X" */
		memcpy(f->recipient, f->actor, sizeof f->actor);
		f->n_recipients = f->n_actors;
		f->n_actors = 0;
		for (uint32_t i = 0; i < a->n_oblique; i++)
			if (kh_str_is(kh_args_case(d, a->oblique[i]), "from") ||
			    kh_str_is(kh_args_case(d, a->oblique[i]), "by"))
				take(d, f->actor, &f->n_actors, a->oblique[i], false);
		for (uint32_t i = 0; i < a->n_oblique && f->label.n && !f->n_actors; i++)
			take(d, f->actor, &f->n_actors, a->oblique[i], false);
		for (uint32_t i = 0; i < a->n_object && f->label.n && !f->n_actors; i++)
			take(d, f->actor, &f->n_actors, a->object[i], false);
		if (f->event == KH_ACCUSE && (f->rule->flags & KH_RULE_OPERATOR))
			blamed(d, f);
		return;
	}
	recipients(w, r, f);
	uint32_t kept = 0;
	for (uint32_t i = 0; i < f->n_recipients; i++) { /* nobody does it to himself */
		bool self = false;
		for (uint32_t k = 0; k < f->n_actors; k++)
			self |= f->actor[k] == f->recipient[i] ||
				d->mention[f->recipient[i]].same == f->actor[k];
		if (!self)
			f->recipient[kept++] = f->recipient[i];
	}
	f->n_recipients = kept;
}
