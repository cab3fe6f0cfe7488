/* See tree_clause.h. In: the heads and relations of a sentence. Out: the same, where a clause was read
 * as a noun phrase ("said police tortured detainees" with tortured ones), hung on a word of the clause
 * before it, or, in a headline, left its auxiliary out. */
#include "read/tree_clause.h"

#include "base/str.h"

enum { FARTHEST = 64, ROUNDS = 3 }; /* words between a clause and who says it */

bool kh_tree_stopped(const struct kh_doc *d, const struct kh_sentence *s)
{
	uint32_t end = s->first_token + s->n_tokens;
	for (uint32_t t = end; t-- > s->first_token && end - t < 3;)
		if (kh_str_is(d->token[t].form, "."))
			return true;
	return false;
}

/* A verb of the past or a participle, as against "attacking" and "to attack". */
static bool past(const struct kh_token *k)
{
	return k->upos == KH_VERB && !(k->feats & (KH_FEAT_GER | KH_FEAT_INF)) &&
	       !kh_str_ends(k->form, "ing");
}

static void finite(struct kh_token *k)
{
	k->feats = (k->feats & ~(uint32_t)KH_FEAT_PART) | KH_FEAT_FIN;
}

/* "Guerrillas wounded two soldiers, police said": of two subjects one has a verb with an object of
 * its own behind it. */
static bool two_subjects(struct kh_doc *d, uint32_t v)
{
	struct kh_token *k = &d->token[v];
	uint32_t n = k->head, obj = kh_doc_child(d, v, KH_OBJ);
	if (k->rel != KH_AMOD || k->upos != KH_VERB || n >= v || obj == KH_NONE || obj < v ||
	    d->token[n].rel != KH_NSUBJ || d->token[n].head < obj)
		return false;
	uint32_t s = d->token[n].head;
	for (uint32_t t = obj; t < s && t < obj + FARTHEST; t++)
		if (d->token[t].head == s && d->token[t].rel == KH_NSUBJ) {
			kh_tree_hang(k, s, KH_CCOMP);
			kh_tree_hang(&d->token[n], v, KH_NSUBJ);
			return true;
		}
	return false;
}

/* The verb above a noun that says something: "said", "claimed". */
static uint32_t teller(const struct kh_doc *d, uint32_t noun, uint32_t before)
{
	uint32_t up = d->token[noun].head;
	for (unsigned steps = 0; steps < 3 && up != KH_NONE; steps++, up = d->token[up].head)
		if (d->token[up].upos == KH_VERB)
			return up < before && kh_str_among(d->token[up].lemma,
							   "say claim add report allege")
				       ? up
				       : KH_NONE;
	return KH_NONE;
}

/* "said police tortured detainees", "said on Monday that police had tortured detainees": a verb of
 * the past that was taken for what the noun behind it is like, but has a subject. */
static bool told_as_noun(struct kh_doc *d, uint32_t v)
{
	struct kh_token *k = &d->token[v];
	uint32_t n = k->head, who = kh_doc_child(d, v, KH_NSUBJ);
	if (k->rel != KH_AMOD || k->upos != KH_VERB || n == KH_NONE || n < v)
		return false;
	if (who == KH_NONE && d->token[v - 1].rel == KH_COMPOUND && d->token[v - 1].head == n &&
	    kh_tree_nominal(&d->token[v - 1]) && d->token[n].rel == KH_OBJ)
		who = v - 1;
	uint32_t says = who == KH_NONE || who > v ? KH_NONE : teller(d, n, who);
	if (says == KH_NONE)
		return false;
	for (uint32_t t = says + 1; t < v; t++)
		if (d->token[t].head == n)
			d->token[t].head = who == v - 1 && d->token[t].rel != KH_MARK ? who : v;
	kh_tree_hang(&d->token[who], v, KH_NSUBJ);
	kh_tree_hang(k, says, KH_CCOMP);
	kh_tree_hang(&d->token[n], v, KH_OBJ);
	finite(k);
	return true;
}

/* The nominal child of `n` from `from` on that the relation joins to it; KH_NONE. */
static uint32_t later(const struct kh_doc *d, uint32_t n, uint8_t rel, uint32_t from)
{
	for (uint32_t c = d->token[n].child; c != KH_NONE; c = d->token[c].next)
		if (c >= from && d->token[c].rel == rel && kh_tree_nominal(&d->token[c]))
			return c;
	return KH_NONE;
}

/* The first verb of the past below the noun, which the tree made what is said of it or joined. */
static uint32_t verb_below(const struct kh_doc *d, uint32_t n)
{
	for (uint32_t c = d->token[n].child; c != KH_NONE; c = d->token[c].next)
		if (c > n && d->token[c].upos == KH_VERB &&
		    (d->token[c].rel == KH_ACL || d->token[c].rel == KH_CONJ))
			return d->token[c].feats & (KH_FEAT_GER | KH_FEAT_INF) ? KH_NONE : c;
	return KH_NONE;
}

/* The last noun or name behind a comma and no verb that the tree hung on what stands before it. */
static uint32_t behind_comma(const struct kh_doc *d, uint32_t from, uint32_t says)
{
	uint32_t found = KH_NONE, comma = KH_NONE;
	for (uint32_t t = from + 1; t < says; t++) {
		const struct kh_token *k = &d->token[t];
		if (k->upos == KH_VERB)
			found = comma = KH_NONE;
		if (kh_str_is(k->form, ","))
			comma = t;
		if (comma != KH_NONE && kh_tree_nominal(k) && k->head < comma && k->rel != KH_APPOS)
			found = t;
	}
	return found;
}

/* "Gunmen abducted travellers, residents said.": of two subjects of the verb of saying the first is
 * that of what is said. */
static bool lead(struct kh_doc *d, uint32_t says)
{
	static const char tell[] = "say tell add report announce claim confirm";
	if (d->token[says].upos != KH_VERB || !kh_str_among(d->token[says].lemma, tell))
		return false;
	uint32_t who = kh_doc_child(d, says, KH_NSUBJ);
	uint32_t v = who == KH_NONE || who > says ? KH_NONE : verb_below(d, who);
	if (v == KH_NONE || v > says)
		return false;
	uint32_t teller = later(d, says, KH_NSUBJ, v);
	if (teller == KH_NONE && d->token[v].rel == KH_CONJ)
		teller = behind_comma(d, v, says); /* a noun joins no verb */
	if (teller == KH_NONE || teller > says)
		return false;
	for (uint32_t c = d->token[who].child; c != KH_NONE; c = d->token[c].next)
		if (c > v)
			d->token[c].head = v;
	kh_tree_hang(&d->token[v], says, KH_CCOMP);
	kh_tree_hang(&d->token[who], v, KH_NSUBJ);
	kh_tree_hang(&d->token[teller], says, KH_NSUBJ);
	finite(&d->token[v]);
	return true;
}

/* A verb of the past that takes an object and has none: what it was done to stands before it. */
static bool done_to(const struct kh_doc *d, const struct kh_sentence *s, uint32_t v)
{
	static const char verbs[] =
		"kill wound injure shoot arrest detain jail imprison sentence convict charge accuse "
		"indict kidnap abduct free expel deport evacuate execute behead bomb attack ambush";
	const struct kh_token *k = &d->token[v];
	uint32_t end = s->first_token + s->n_tokens;
	return k->upos == KH_VERB && kh_str_among(k->lemma, verbs) &&
	       !kh_str_ieq(k->form, k->lemma) && !kh_str_ends(k->form, "s") &&
	       !(k->feats & (KH_FEAT_GER | KH_FEAT_INF)) &&
	       kh_doc_child(d, v, KH_OBJ) == KH_NONE && kh_doc_child(d, v, KH_AUX_REL) == KH_NONE &&
	       kh_doc_child(d, v, KH_AUX_PASS) == KH_NONE &&
	       (v + 1 == end ||
		(!kh_str_among(d->token[v + 1].form, "from against on") &&
		 (d->token[v + 1].upos == KH_ADP || d->token[v + 1].upos == KH_SCONJ ||
		  d->token[v + 1].upos == KH_ADV)));
}

/* "Journalist jailed in Egypt": a headline, which ends without a stop, leaves out "was". */
static bool headline(struct kh_doc *d, struct kh_sentence *s)
{
	uint32_t root = s->root, end = s->first_token + s->n_tokens;
	if (d->token[end - 1].upos == KH_PUNCT)
		return false;
	uint32_t who = kh_doc_child(d, root, KH_NSUBJ), v = kh_doc_child(d, root, KH_ACL);
	if (who != KH_NONE && who < root && done_to(d, s, root)) {
		d->token[who].rel = KH_NSUBJ_PASS;
		d->token[root].feats |= KH_FEAT_PART;
		return true;
	}
	if (!kh_tree_nominal(&d->token[root]) || v == KH_NONE || v < root || !done_to(d, s, v) ||
	    kh_doc_child(d, root, KH_COP_REL) != KH_NONE)
		return false;
	for (uint32_t t = v + 1; t < end; t++)
		if (d->token[t].head == root)
			d->token[t].head = v;
	kh_tree_hang(&d->token[root], v, KH_NSUBJ_PASS);
	kh_tree_hang(&d->token[v], KH_NONE, KH_ROOT);
	d->token[v].feats |= KH_FEAT_PART;
	s->root = v;
	return true;
}

static void make_root(struct kh_doc *d, struct kh_sentence *s, uint32_t v)
{
	uint32_t root = s->root, end = s->first_token + s->n_tokens;
	for (uint32_t t = v + 1; t < end; t++)
		if (d->token[t].head == root)
			d->token[t].head = v;
	kh_tree_hang(&d->token[root], v, KH_NSUBJ);
	kh_tree_hang(&d->token[v], KH_NONE, KH_ROOT);
	finite(&d->token[v]);
	s->root = v;
}

/* "Rights Watch on Friday accused soldiers": a noun that all hangs on, with a verb of the past that
 * has an object; "China, which brokered truces, called on …": with one behind the comma that ends a
 * clause about it. */
static bool main_verb(struct kh_doc *d, struct kh_sentence *s)
{
	uint32_t root = s->root, end = s->first_token + s->n_tokens;
	if (!kh_tree_nominal(&d->token[root]) || kh_doc_child(d, root, KH_COP_REL) != KH_NONE)
		return false;
	uint32_t about = kh_doc_child(d, root, KH_ACL_RELCL);
	bool aside = about != KH_NONE && root + 1 < end && kh_str_is(d->token[root + 1].form, ",");
	for (uint32_t v = root + 1; v < end; v++) {
		const struct kh_token *k = &d->token[v];
		if (k->rel != KH_ACL || !past(k) || kh_doc_child(d, v, KH_AUX_REL) != KH_NONE ||
		    kh_doc_child(d, v, KH_AUX_PASS) != KH_NONE)
			continue;
		uint32_t object = kh_doc_child(d, v, KH_OBJ);
		bool has = k->head == root && object != KH_NONE && object > v &&
			   d->token[root].upos == KH_PROPN;
		if (!has && !(aside && v > about && kh_str_is(d->token[v - 1].form, ",")))
			continue;
		make_root(d, s, v);
		return true;
	}
	return false;
}

/* "defended the police and accused the groups": a verb joins a verb, and has what stands behind it. */
static bool joins_noun(struct kh_doc *d, uint32_t v)
{
	struct kh_token *k = &d->token[v];
	if (k->rel != KH_CONJ || !past(k) || k->head == KH_NONE || k->head >= v ||
	    !kh_tree_nominal(&d->token[k->head]) || d->token[v - 1].upos != KH_CCONJ ||
	    kh_doc_child(d, v, KH_NSUBJ) != KH_NONE || kh_doc_child(d, v, KH_OBJ) != KH_NONE)
		return false;
	uint32_t noun = k->head, up = d->token[noun].head;
	uint32_t object = later(d, noun, KH_CONJ, v);
	if ((d->token[noun].rel != KH_OBJ && d->token[noun].rel != KH_OBL) || up == KH_NONE ||
	    d->token[up].upos != KH_VERB || up > noun || object == KH_NONE)
		return false;
	kh_tree_hang(k, up, KH_CONJ);
	kh_tree_hang(&d->token[object], v, KH_OBJ);
	finite(k);
	return true;
}

/* "since the military seized power": a clause, of what looks like a noun with a participle. */
static bool since(struct kh_doc *d, uint32_t v)
{
	struct kh_token *k = &d->token[v], *who = k - 1;
	uint32_t n = k->head, mark = n == KH_NONE ? KH_NONE : kh_doc_child(d, n, KH_CASE);
	bool the = who->upos == KH_ADJ && d->token[v - 2].upos == KH_DET;
	if (k->rel != KH_AMOD || !past(k) || n == KH_NONE || n != v + 1 || mark == KH_NONE ||
	    mark + 2 > v || !(the || who->upos == KH_NOUN || who->upos == KH_PROPN) ||
	    d->token[n].upos != KH_NOUN || who->head != n ||
	    !kh_str_among(d->token[mark].form, "since after before until as"))
		return false;
	for (uint32_t t = mark; t < v - 1; t++)
		if (d->token[t].head == n)
			d->token[t].head = t == mark ? v : v - 1;
	kh_tree_hang(k, d->token[n].head, KH_ADVCL);
	kh_tree_hang(who, v, KH_NSUBJ);
	who->upos = the ? KH_NOUN : who->upos;
	d->token[mark].rel = KH_MARK;
	kh_tree_hang(&d->token[n], v, KH_OBJ);
	finite(k);
	return true;
}

/* "it had delivered food": "had" with a participle right behind it is an auxiliary. */
static bool had(struct kh_doc *d, struct kh_sentence *s, uint32_t v)
{
	static const char verbs[] = "deliver send provide receive give take make seize kill launch "
				    "sign destroy attack accuse order release lose find build buy";
	struct kh_token *k = &d->token[v], *aux = k - 1;
	uint32_t n = k->head;
	if (k->rel != KH_AMOD || !past(k) || n == KH_NONE || n < v || !kh_str_among(k->lemma, verbs) ||
	    !kh_str_is(aux->lemma, "have") || aux->upos != KH_VERB || d->token[n].rel != KH_OBJ ||
	    d->token[n].head != v - 1)
		return false;
	for (uint32_t t = s->first_token; t < s->first_token + s->n_tokens; t++)
		if (d->token[t].head == v - 1 || (d->token[t].head == n && t > v && t < n))
			d->token[t].head = t > v && t < n ? n : v;
	kh_tree_hang(k, aux->head, aux->rel);
	kh_tree_hang(aux, v, KH_AUX_REL);
	aux->upos = KH_AUX;
	kh_tree_hang(&d->token[n], v, KH_OBJ);
	s->root = s->root == v - 1 ? v : s->root;
	return true;
}

/* "Clashes broke out": what is somebody's subject or object, without any of its own, is a noun. */
static bool no_verb(struct kh_doc *d, uint32_t t)
{
	struct kh_token *k = &d->token[t];
	bool part = k->rel == KH_NSUBJ || k->rel == KH_OBJ || k->rel == KH_NSUBJ_PASS;
	if (!part || k->upos != KH_VERB || !kh_str_ends(k->form, "s") ||
	    kh_doc_child(d, t, KH_NSUBJ) != KH_NONE || kh_doc_child(d, t, KH_OBJ) != KH_NONE)
		return false;
	k->upos = KH_NOUN;
	k->feats = KH_FEAT_PLURAL;
	return true;
}

/* "demanded that the government end curbs": behind "that" stands a clause; its verb, in the bare form
 * that such verbs ask for, was taken for a part of the noun. */
static bool bare(struct kh_doc *d, uint32_t n)
{
	static const char asks[] = "demand insist urge request recommend propose ask order suggest "
				   "require";
	uint32_t v = n - 1, who = n - 2, that = kh_doc_child(d, n, KH_MARK), up = d->token[n].head;
	if (d->token[n].rel != KH_OBJ || that == KH_NONE || that > v || n - that < 3 ||
	    up == KH_NONE || up > that ||
	    !kh_str_is(d->token[that].form, "that") || !kh_str_among(d->token[up].lemma, asks) ||
	    d->token[v].rel != KH_COMPOUND || d->token[v].head != n || d->token[v].upos != KH_NOUN ||
	    d->token[who].rel != KH_COMPOUND || d->token[who].head != n ||
	    !kh_str_ieq(d->token[v].form, d->token[v].lemma))
		return false;
	for (uint32_t t = that; t < who; t++)
		if (d->token[t].head == n)
			d->token[t].head = t == that ? v : who;
	kh_tree_hang(&d->token[who], v, KH_NSUBJ);
	kh_tree_hang(&d->token[v], up, KH_CCOMP);
	kh_tree_hang(&d->token[n], v, KH_OBJ);
	d->token[v].upos = KH_VERB;
	d->token[v].feats = KH_FEAT_FIN;
	return true;
}

/* "A missionary and a child abducted last week were released, … said": a noun without a predicate and
 * a verb without a subject, both told by the same verb, are one clause. */
static bool split(struct kh_doc *d, uint32_t v)
{
	struct kh_token *k = &d->token[v];
	bool passive = kh_doc_child(d, v, KH_AUX_PASS) != KH_NONE;
	if (k->rel != KH_CCOMP || k->upos != KH_VERB || k->head == KH_NONE ||
	    !(passive || kh_doc_child(d, v, KH_AUX_REL) != KH_NONE) ||
	    kh_doc_child(d, v, KH_NSUBJ) != KH_NONE || kh_doc_child(d, v, KH_NSUBJ_PASS) != KH_NONE)
		return false;
	uint32_t who = kh_doc_child(d, k->head, KH_CCOMP);
	if (who >= v || !kh_tree_nominal(&d->token[who]) ||
	    kh_doc_child(d, who, KH_COP_REL) != KH_NONE)
		return false;
	kh_tree_hang(&d->token[who], v, passive ? KH_NSUBJ_PASS : KH_NSUBJ);
	return true;
}

/* "fired gas at men who had blocked roads, and arrested 80": behind a comma the sentence goes on with
 * its own verb, not with that of the clause, which began without one. */
static bool resumed(struct kh_doc *d, uint32_t v)
{
	struct kh_token *k = &d->token[v];
	if (k->rel != KH_CONJ || !past(k) || k->head == KH_NONE || k->head > v || v < 2 ||
	    d->token[v - 1].upos != KH_CCONJ || !kh_str_is(d->token[v - 2].form, ",") ||
	    d->token[k->head].rel != KH_ACL_RELCL || kh_doc_child(d, v, KH_NSUBJ) != KH_NONE)
		return false;
	uint32_t who = kh_doc_child(d, k->head, KH_NSUBJ), up = d->token[k->head].head;
	if (who == KH_NONE || who > k->head || !kh_str_among(d->token[who].form, "who which that") ||
	    kh_str_is(d->token[who - 1].form, ","))
		return false;
	for (unsigned i = 0; i < 8 && up != KH_NONE; i++, up = d->token[up].head)
		if (past(&d->token[up]) && d->token[up].rel != KH_ACL && d->token[up].rel != KH_AMOD) {
			k->head = up;
			return true;
		}
	return false;
}

/* "… killing 170 civilians, the ministry said on Monday": who says it is joined by no word and says
 * nothing else. */
static bool says_so(struct kh_doc *d, uint32_t v)
{
	struct kh_token *k = &d->token[v];
	uint32_t who = kh_doc_child(d, v, KH_NSUBJ);
	if (k->rel != KH_CONJ || !past(k) || !kh_str_among(k->lemma, "say report add announce") ||
	    who == KH_NONE || who > v || kh_doc_child(d, v, KH_CC) != KH_NONE ||
	    kh_doc_child(d, v, KH_CCOMP) != KH_NONE || kh_doc_child(d, v, KH_OBJ) != KH_NONE)
		return false;
	k->rel = KH_PARATAXIS;
	return true;
}

/* "The group, which runs the town, accused them and fled": what stands behind the comma that ends what
 * is told of the group, joined by no word to it, is the group's verb. */
static bool behind_clause(struct kh_doc *d, struct kh_sentence *s)
{
	uint32_t root = s->root, clause = KH_NONE;
	if (root == KH_NONE || !kh_tree_nominal(&d->token[root]))
		return false;
	for (uint32_t c = d->token[root].child; c != KH_NONE; c = d->token[c].next)
		clause = d->token[c].rel == KH_ACL_RELCL && c > root ? c : clause;
	uint32_t v = clause == KH_NONE ? KH_NONE : d->token[clause].child;
	for (; v != KH_NONE; v = d->token[v].next)
		if (v > clause + 1 && d->token[v].rel == KH_CONJ && past(&d->token[v]) &&
		    kh_str_is(d->token[v - 1].form, ",") &&
		    kh_doc_child(d, v, KH_NSUBJ) == KH_NONE && kh_doc_child(d, v, KH_CC) == KH_NONE)
			break;
	if (v == KH_NONE)
		return false;
	for (uint32_t c = d->token[clause].child; c != KH_NONE; c = d->token[c].next)
		if (c > v && (d->token[c].rel == KH_CONJ || d->token[c].rel == KH_PUNCT_REL))
			d->token[c].head = v;
	make_root(d, s, v);
	if (kh_doc_child(d, v, KH_AUX_PASS) != KH_NONE)
		d->token[root].rel = KH_NSUBJ_PASS;
	return true;
}

/* "said the US will impose a tariff, accusing Mexico of …": behind a comma, who speaks goes on. */
static bool speaks_on(struct kh_doc *d, uint32_t v)
{
	static const char speech[] = "accuse warn call describe blame criticize criticise denounce condemn "
				     "urge cite add insist vow threaten demand deny";
	struct kh_token *k = &d->token[v];
	uint32_t told = k->head, says = told == KH_NONE ? KH_NONE : d->token[told].head;
	if (k->rel != KH_ADVCL || !(k->feats & KH_FEAT_GER) || !kh_str_among(k->lemma, speech) ||
	    says == KH_NONE || told > v || says > told || d->token[told].rel != KH_CCOMP ||
	    !kh_str_is(d->token[v - 1].form, ",") || kh_doc_child(d, v, KH_MARK) != KH_NONE ||
	    kh_doc_child(d, says, KH_NSUBJ) == KH_NONE ||
	    !kh_str_among(d->token[says].lemma, "say tell announce declare state add"))
		return false;
	k->head = says;
	return true;
}

/* "killed 17 people and kidnapped dozens": what stands before "and" is the first verb's object, not the
 * second one's subject. */
static bool before_and(struct kh_doc *d, uint32_t t)
{
	struct kh_token *k = &d->token[t];
	uint32_t v = k->head, up = v == KH_NONE ? KH_NONE : d->token[v].head;
	if (k->rel != KH_NSUBJ || !kh_tree_nominal(k) || v < t + 2 || d->token[v].rel != KH_CONJ ||
	    d->token[t + 1].upos != KH_CCONJ || d->token[t + 1].head != v || up == KH_NONE ||
	    up >= t || d->token[up].upos != KH_VERB || kh_doc_child(d, up, KH_OBJ) != KH_NONE ||
	    kh_doc_child(d, up, KH_AUX_PASS) != KH_NONE)
		return false;
	kh_tree_hang(k, up, KH_OBJ);
	return true;
}

/* "claimed responsibility for a missile launched at the port": nobody but the missile was launched. */
static bool claims(struct kh_doc *d, uint32_t v)
{
	struct kh_token *k = &d->token[v];
	uint32_t what = kh_doc_child(d, v, KH_NSUBJ);
	uint32_t of = what == KH_NONE ? KH_NONE : later(d, what, KH_NMOD, what);
	if (k->rel != KH_CCOMP || !past(k) || of == KH_NONE || of > v || k->head > what ||
	    !kh_str_is(d->token[what].lemma, "responsibility") ||
	    kh_doc_child(d, v, KH_AUX_REL) != KH_NONE)
		return false;
	kh_tree_hang(&d->token[what], k->head, KH_OBJ);
	kh_tree_hang(k, of, KH_ACL);
	k->feats |= KH_FEAT_PART;
	return true;
}

static bool once(struct kh_doc *d, struct kh_sentence *s)
{
	uint32_t end = s->first_token + s->n_tokens;
	bool full = kh_tree_stopped(d, s);
	for (uint32_t t = s->first_token + 3; full && t < end; t++)
		if (lead(d, t))
			return true;
	for (uint32_t t = s->first_token + 2; t < end; t++)
		if (two_subjects(d, t) || told_as_noun(d, t) || joins_noun(d, t) || since(d, t) ||
		    had(d, s, t) || split(d, t) || resumed(d, t) || says_so(d, t) ||
		    bare(d, t) || speaks_on(d, t) || before_and(d, t - 1) || claims(d, t))
			return true;
	for (uint32_t t = s->first_token; t < end; t++)
		if (no_verb(d, t))
			return true;
	if (full && behind_clause(d, s))
		return true;
	return full ? main_verb(d, s) : headline(d, s);
}

bool kh_tree_clauses(struct kh_doc *d, struct kh_sentence *s)
{
	unsigned n = 0;
	for (; n < ROUNDS && once(d, s); n++)
		kh_doc_children(d, s->first_token, s->n_tokens);
	return n > 0;
}
