/* Which mentions are the same. In: mentions in text order. Out: links to the earlier mention that a
 * word stands for, with what that brings (country, sectors, name): last names alone, acronyms, role
 * descriptions ("the premier", "the group", "the country"), "the former" and "the latter",
 * pronouns. A link never reaches out of the story, and back over a bounded number of mentions. What
 * is of a state and names none ("the court", "police") is of the one country of its sentence. */
#include "read/same.h"

#include "base/str.h"

enum { WINDOW = 40, FAR = 200 }; /* mentions looked back over: pronouns, names */

static bool third(const struct kh_token *t)
{
	return (t->feats & KH_FEAT_THIRD) != 0;
}

static bool plural(const struct kh_doc *d, const struct kh_mention *m)
{
	bool state = m->kind == KH_KIND_PLACE && m->entity != KH_NONE; /* "the United States" */
	return ((d->token[m->head].feats & KH_FEAT_PLURAL) && !state) ||
	       kh_doc_child(d, m->head, KH_CONJ) != KH_NONE;
}

static uint32_t story_of(const struct kh_doc *d, const struct kh_mention *m)
{
	return d->sentence[d->token[m->head].sentence].story;
}

static void adopt(struct kh_mention *m, const struct kh_mention *from, uint32_t index, uint8_t how)
{
	m->same = index;
	memcpy(m->country, from->country, 4);
	memcpy(m->sector, from->sector, 4);
	m->inferred = from->inferred;
	m->name = from->name;
	m->id = from->id;
	m->entity = from->entity;
	m->kind = from->kind;
	m->how = how;
	m->political = from->political;
	m->human = from->human;
}

/* The same, but what the words themselves say of the sector stays. */
static void adopt_role(struct kh_mention *m, const struct kh_mention *from, uint32_t index)
{
	uint8_t own[4];
	memcpy(own, m->sector, 4);
	adopt(m, from, index, KH_AHOW_COREFERENCE);
	if (own[0] && own[0] != KH_UNK && !from->sector[0])
		memcpy(m->sector, own, 4);
	m->political |= m->country[0] || m->sector[0];
}

/* ---- pronouns --------------------------------------------------------- */

static bool fits(const struct kh_doc *d, const struct kh_mention *m, const struct kh_token *pronoun)
{
	bool many = plural(d, m);
	if ((m->how == KH_AHOW_PRONOUN && m->same == KH_NONE) || !m->political)
		return false;
	if (pronoun->feats & (KH_FEAT_MASC | KH_FEAT_FEM))
		return m->kind == KH_KIND_PERSON || (m->kind == KH_KIND_ROLE && !many && m->human);
	if (pronoun->feats & KH_FEAT_PLURAL)
		return many || m->kind == KH_KIND_GROUP;
	return (m->kind == KH_KIND_GROUP || m->kind == KH_KIND_PLACE ||
		(m->kind == KH_KIND_ROLE && m->human)) &&
	       !many && m->kind != KH_KIND_PERSON;
}

/* "a reminder to Iraq that it must": who is told is who shall. */
static bool told(const struct kh_doc *d, const struct kh_mention *c, uint32_t clause)
{
	uint32_t up = d->token[clause].head;
	uint32_t k = kh_doc_child(d, c->head, KH_CASE);
	uint8_t rel = d->token[clause].rel;
	return up != KH_NONE && (rel == KH_CCOMP || rel == KH_ACL) && k != KH_NONE &&
	       kh_str_is(d->token[k].lemma, "to") &&
	       (d->token[c->head].head == up || d->token[c->head].head == d->token[up].head);
}

/* "He met the chief and urged him": the one who acts is not the one acted upon, nor is any other
 * argument of the same verb; a verb joined by "and" shares the subject of the first. */
static bool rivals(const struct kh_doc *d, const struct kh_token *h, const struct kh_token *pronoun)
{
	uint32_t verb = pronoun->head;
	if (verb == KH_NONE)
		return false;
	if (h->head == verb)
		return true;
	if (pronoun->rel != KH_OBJ && pronoun->rel != KH_IOBJ)
		return false;
	for (unsigned steps = 0; steps < 8 && d->token[verb].rel == KH_CONJ &&
				 kh_doc_child(d, verb, KH_NSUBJ) == KH_NONE;
	     steps++)
		verb = d->token[verb].head;
	return h->head == verb && (h->rel == KH_NSUBJ || h->rel == KH_NSUBJ_PASS);
}

/* The subject, or the name beside it ("the premier, Ann Lee, …"). */
static bool is_subject(const struct kh_doc *d, uint32_t t)
{
	for (unsigned steps = 0; steps < 3 && d->token[t].head != KH_NONE &&
				 (d->token[t].rel == KH_APPOS || d->token[t].rel == KH_FLAT);
	     steps++)
		t = d->token[t].head;
	return d->token[t].rel == KH_NSUBJ || d->token[t].rel == KH_NSUBJ_PASS;
}

/* Whoever was "he" is not "she". */
static bool other_gender(const struct kh_doc *d, uint32_t i, uint32_t candidate)
{
	const struct kh_mention *c = &d->mention[candidate];
	uint32_t gender = d->token[d->mention[i].head].feats & (KH_FEAT_MASC | KH_FEAT_FEM);
	for (uint32_t k = i; k-- > 0 && k + WINDOW > i && gender;) {
		const struct kh_mention *m = &d->mention[k];
		uint32_t its = d->token[m->head].feats & (KH_FEAT_MASC | KH_FEAT_FEM);
		bool same = k == candidate || m->same == candidate ||
			    (m->same != KH_NONE && m->same == c->same) ||
			    (m->entity != KH_NONE && m->entity == c->entity);
		if (m->how == KH_AHOW_PRONOUN && its && its != gender && same)
			return true;
	}
	return false;
}

static void pronoun(struct kh_doc *d, uint32_t i)
{
	struct kh_mention *m = &d->mention[i];
	const struct kh_token *t = &d->token[m->head];
	uint32_t best = KH_NONE;
	int top = 0;
	for (uint32_t k = i; k-- > 0 && k + WINDOW > i;) {
		const struct kh_mention *c = &d->mention[k];
		const struct kh_token *h = &d->token[c->head];
		uint32_t far = t->sentence - h->sentence;
		if (far > 2 || story_of(d, c) != story_of(d, m) || h->sentence > t->sentence)
			break;
		if (c->head >= m->head || !fits(d, c, t) || rivals(d, h, t) ||
		    other_gender(d, i, k))
			continue;
		bool subject = is_subject(d, c->head);
		int score = 10 - (int)far * 3 + (subject ? 4 : 0) - (h->rel == KH_NMOD ? 2 : 0);
		if (t->head != KH_NONE && told(d, c, t->head))
			score += 6;
		if ((t->feats & KH_FEAT_PLURAL) && plural(d, c))
			score += 5; /* a group may be "they", several are */
		if (score > top) {
			top = score;
			best = k;
		}
	}
	if (best != KH_NONE)
		adopt(m, &d->mention[best], best, KH_AHOW_PRONOUN);
}

/* ---- names ------------------------------------------------------------ */

static bool ends_with(kh_str words, kh_str form)
{
	return words.n > form.n + 1 &&
	       kh_str_eq(kh_str_sub(words, words.n - form.n, words.n), form) &&
	       words.p[words.n - form.n - 1] == ' ';
}

/* "Bello" or "President Bello" after "Ngozi Bello". */
static bool surname(struct kh_doc *d, uint32_t i)
{
	struct kh_mention *m = &d->mention[i];
	kh_str form = d->token[m->first + m->n - 1].form;
	if (d->token[m->first + m->n - 1].upos != KH_PROPN || form.n < 2)
		return false;
	for (uint32_t k = i; k-- > 0 && k + FAR > i;) {
		const struct kh_mention *c = &d->mention[k];
		if (story_of(d, c) != story_of(d, m))
			return false;
		if (!c->human || c->kind != KH_KIND_PERSON || !(c->country[0] || c->sector[0]) ||
		    !(ends_with(kh_text(d, c->at), form) || ends_with(c->name, form)))
			continue;
		uint8_t own[4];
		memcpy(own, m->sector, 4);
		adopt(m, c, k, KH_AHOW_COREFERENCE);
		if (own[0])
			memcpy(m->sector, own, 4);
		return true;
	}
	return false;
}

/* Do the letters begin the capitalised words of the name? */
static bool initials(kh_str name, kh_str letters)
{
	size_t n = 0;
	for (size_t i = 0; i < name.n; i++) {
		bool begins = i == 0 || name.p[i - 1] == ' ' || name.p[i - 1] == '-';
		if (!begins || !kh_is_upper((unsigned char)name.p[i]))
			continue;
		if (n == letters.n || letters.p[n++] != name.p[i])
			return false;
	}
	return n == letters.n && n > 1;
}

static bool acronym(struct kh_doc *d, uint32_t i)
{
	struct kh_mention *m = &d->mention[i];
	const struct kh_token *t = &d->token[m->head];
	if (m->n > 2 || !(t->flags & KH_TOK_UPPER) || t->form.n > 7)
		return false;
	for (uint32_t k = i; k-- > 0 && k + FAR > i;) {
		const struct kh_mention *c = &d->mention[k];
		if (story_of(d, c) != story_of(d, m))
			return false;
		if (c->n < 2 || c->kind == KH_KIND_PERSON || !(c->country[0] || c->sector[0]))
			continue;
		kh_span at = {d->token[c->first].at.begin, c->at.end};
		kh_str words = kh_text(d, at);
		if (kh_str_starts(words, "the ") || kh_str_starts(words, "The "))
			words = kh_str_sub(words, 4, words.n);
		bool brackets = d->token[m->first].at.begin >= 2 && c->first + c->n < m->first &&
				m->first - (c->first + c->n) == 1 &&
				kh_str_is(d->token[m->first - 1].form, "(");
		if (!brackets && !initials(words, t->form) && !initials(c->name, t->form))
			continue;
		adopt(m, c, k, KH_AHOW_COREFERENCE);
		return true;
	}
	return false;
}

/* ---- descriptions ----------------------------------------------------- */

static bool definite(const struct kh_doc *d, const struct kh_mention *m)
{
	return kh_str_among(d->token[m->first].form, "the this that these those");
}

static bool is_state_noun(kh_str lemma)
{
	return kh_str_among(lemma, "country nation state republic kingdom");
}

static bool is_group_noun(kh_str lemma)
{
	return kh_str_among(lemma,
		      "group movement organization organisation network faction outfit front "
		      "party militia alliance coalition union bloc cartel gang force "
		      "company agency body army association federation");
}

/* A body is nobody's description: "the ministry" is not the minister named before. */
static bool is_body_noun(kh_str lemma)
{
	return kh_str_among(lemma, "ministry government cabinet administration authority embassy "
				   "consulate council commission office agency department parliament "
				   "congress senate assembly court tribunal police army navy military "
				   "bank bureau committee delegation mission regime party palace "
				   "legislature treasury presidency judiciary junta leadership");
}

/* "the group" is no country, no army, no ministry and no agency that a dateline names. */
static bool states_own(const struct kh_mention *c, kh_str lemma)
{
	static const uint8_t state[] = {KH_GOV, KH_COP, KH_JUD, KH_LEG,
					KH_MIL, KH_SPY, KH_JRN};
	bool found = c->country[0] && !c->sector[0];
	for (size_t i = 0; i < KH_COUNT(state); i++)
		found |= c->sector[0] == state[i];
	return found &&
	       kh_str_among(lemma, "group movement faction outfit militia front cartel gang network");
}

/* The words of a title before a name ("Prime Minister") and a role that is another one. */
static bool other_title(const struct kh_doc *d, const struct kh_mention *m,
			const struct kh_mention *c)
{
	static const char titles[] = "president minister premier chancellor secretary governor mayor "
				     "chairman spokesman spokeswoman ambassador general";
	kh_str lemma = d->token[m->head].lemma;
	bool found = false;
	if (!kh_str_among(lemma, titles))
		return false;
	for (uint32_t t = c->first; t < c->first + c->n; t++) {
		if (kh_str_ieq(d->token[t].form, lemma))
			return false;
		for (const char *p = titles; *p && !found;) {
			size_t n = strcspn(p, " ");
			found = kh_str_ieq(d->token[t].form, (kh_str){p, n});
			p += n + (p[n] == ' ');
		}
	}
	return found;
}

/* Could the description be of that mention? */
static bool described(const struct kh_doc *d, const struct kh_mention *m,
		      const struct kh_mention *c)
{
	kh_str lemma = d->token[m->head].lemma;
	bool many = plural(d, m);
	if (c->how == KH_AHOW_PRONOUN || !c->political || !(c->country[0] || c->sector[0]))
		return false;
	if (is_state_noun(lemma))
		return c->country[0] && c->kind == KH_KIND_PLACE && c->entity != KH_NONE && !many;
	if (is_group_noun(lemma))
		return c->kind == KH_KIND_GROUP && c->name.n && !many && !states_own(c, lemma) &&
		       (!m->sector[0] || m->sector[0] == KH_UNK || m->sector[0] == c->sector[0]) &&
		       !kh_str_is(c->id, "") == (c->entity != KH_NONE);
	if (c->kind == KH_KIND_PERSON)
		return !many && !other_title(d, m, c) && m->human && m->kind == KH_KIND_ROLE &&
		       !is_body_noun(lemma) &&
		       m->sector[0] == c->sector[0] && m->sector[0];
	return c->country[0] && c->sector[0] == m->sector[0] && many == plural(d, c) &&
	       (c->kind == KH_KIND_ROLE ? kh_str_eq(d->token[c->head].lemma, lemma)
					: many && c->kind == KH_KIND_GROUP);
}

/* "a diplomat from the region" before "the diplomat". */
static bool introduces(const struct kh_doc *d, const struct kh_mention *m,
		       const struct kh_mention *c)
{
	return m->kind == KH_KIND_ROLE && m->human && c->head < m->head &&
	       c->how == KH_AHOW_ROLE && kh_str_among(d->token[c->first].form, "a an A An") &&
	       kh_str_eq(d->token[c->head].lemma, d->token[m->head].lemma) && !plural(d, c) &&
	       !plural(d, m);
}

static void description(struct kh_doc *d, uint32_t i)
{
	struct kh_mention *m = &d->mention[i];
	for (uint32_t k = i; k-- > 0 && k + FAR > i;) {
		const struct kh_mention *c = &d->mention[k];
		if (story_of(d, c) != story_of(d, m))
			return;
		if (introduces(d, m, c)) { /* "a diplomat", then "the diplomat": nobody else */
			adopt_role(m, c, k);
			return;
		}
		if (c->head >= m->head || !described(d, m, c))
			continue;
		adopt_role(m, c, k);
		return;
	}
}

/* "Kenya met Uganda. The former …": the subject of the sentence before and the one other name in it;
 * KH_NONE in *a where there are not just two. */
static void named_before(const struct kh_doc *d, uint32_t i, uint32_t *a, uint32_t *b)
{
	uint32_t here = d->token[d->mention[i].head].sentence;
	*a = *b = KH_NONE;
	for (uint32_t k = i; k-- > 0 && k + WINDOW > i;) {
		const struct kh_mention *m = &d->mention[k];
		uint32_t at = d->token[m->head].sentence;
		if (at + 1 < here)
			break;
		if (at == here || !m->political || m->entity == KH_NONE)
			continue;
		if (*a != KH_NONE) {
			*a = *b = KH_NONE;
			return;
		}
		*a = *b;
		*b = k;
		if (*a == KH_NONE)
			continue;
		uint32_t first = *b;
		*b = *a;
		*a = first;
	}
	if (*a == KH_NONE || d->token[d->mention[*a].head].rel != KH_NSUBJ)
		*a = *b = KH_NONE;
}

/* "the former", "the latter" of the last two that were named together. */
static bool of_two(struct kh_doc *d, uint32_t i)
{
	struct kh_mention *m = &d->mention[i];
	kh_str form = d->token[m->head].form;
	bool latter = kh_str_ieq(form, KH_S("latter"));
	if ((!latter && !kh_str_ieq(form, KH_S("former"))) || m->n > 2)
		return false;
	for (uint32_t k = i; k-- > 0 && k + WINDOW > i;) {
		const struct kh_mention *b = &d->mention[k];
		const struct kh_token *t = &d->token[b->head];
		if (story_of(d, b) != story_of(d, m))
			return false;
		if (t->rel != KH_CONJ || t->head == KH_NONE || d->token[t->head].mention == KH_NONE)
			continue;
		uint32_t a = latter ? k : d->token[t->head].mention;
		adopt(m, &d->mention[a], a, KH_AHOW_COREFERENCE);
		return true;
	}
	uint32_t a, b;
	named_before(d, i, &a, &b);
	if (a == KH_NONE)
		return false;
	a = latter ? b : a;
	adopt(m, &d->mention[a], a, KH_AHOW_COREFERENCE);
	return true;
}

/* "its leaders", "their fighters": of whoever the pronoun is. */
static void possessed(struct kh_doc *d, uint32_t i)
{
	static const char own[] = "leader member supporter fighter commander chief spokesman troop force "
				  "soldier ally wing official";
	struct kh_mention *m = &d->mention[i];
	uint32_t p = kh_doc_child(d, m->head, KH_NMOD_POSS);
	uint32_t k = p == KH_NONE || d->token[p].upos != KH_PRON ? KH_NONE : d->token[p].mention;
	if (k == KH_NONE || d->mention[k].same == KH_NONE || m->how != KH_AHOW_ROLE ||
	    m->country[0])
		return;
	const struct kh_mention *of = &d->mention[k];
	if (!m->human || (of->kind == KH_KIND_PERSON && m->sector[0] != KH_GOV))
		return;
	bool group = of->kind == KH_KIND_GROUP && of->sector[0] &&
		     kh_str_among(d->token[m->head].lemma, own);
	memcpy(m->country, of->country, 4);
	if (group && of->sector[0] != KH_GOV && of->sector[0] != KH_COP)
		memcpy(m->sector, of->sector, 4);
	m->political |= m->country[0] || m->sector[0];
}

/* ---- the state that is not named -------------------------------------- */

static bool of_state(const struct kh_doc *d, const struct kh_mention *m)
{
	static const uint8_t state[] = {KH_GOV, KH_COP, KH_JUD, KH_LEG, KH_MIL, KH_OPP, KH_REB};
	if (m->country[0] || m->how != KH_AHOW_ROLE || d->token[m->head].upos == KH_PRON)
		return false;
	for (size_t i = 0; i < KH_COUNT(state); i++)
		if (m->sector[0] == state[i])
			return true;
	return false;
}

/* The only country that the mentions of a sentence have; NULL when there is none or two. */
static const char *only_country(const struct kh_doc *d, uint32_t from, uint32_t to)
{
	const char *one = NULL;
	for (uint32_t k = from; k < to; k++) {
		const char *c = d->mention[k].country;
		if (!c[0])
			continue;
		if (one && memcmp(one, c, 4) != 0)
			return NULL;
		one = c;
	}
	return one && memchr("IUENM", one[0], 5) &&
			       kh_str_among((kh_str){one, 3}, "IGO UNO EUR NGO ISM IMG MNC")
		       ? NULL
		       : one;
}

/* Is the mention told as the other side of what `verb` says: "visited Ghana", "sanctions on Iran",
 * "said that Iran must"? */
static bool other_side(const struct kh_doc *d, uint32_t t, uint32_t verb)
{
	static const char toward[] = "to on with against from for towards toward into upon";
	const struct kh_token *k = &d->token[t];
	uint32_t up = k->head, c = kh_doc_child(d, t, KH_CASE);
	if (up == KH_NONE)
		return false;
	bool below = up != verb && d->token[up].head == verb;
	uint8_t rel = below ? d->token[up].rel : 0;
	bool clause = rel == KH_XCOMP || rel == KH_CCOMP;
	if (k->rel == KH_OBJ || k->rel == KH_IOBJ)
		return up == verb || clause;
	if (k->rel == KH_NSUBJ || k->rel == KH_NSUBJ_PASS)
		return rel == KH_CCOMP;
	return (k->rel == KH_OBL || k->rel == KH_NMOD) && c != KH_NONE &&
	       kh_str_among(d->token[c].lemma, toward) &&
	       (up == verb || clause || rel == KH_OBJ || rel == KH_OBL);
}

/* "The first lady visited Ghana": the only country told is not hers. */
static bool faces_it(const struct kh_doc *d, uint32_t i, uint32_t from, uint32_t to)
{
	uint32_t t = d->mention[i].head;
	if (d->token[t].rel == KH_CONJ && d->token[t].head != KH_NONE)
		t = d->token[t].head;
	if (d->token[t].rel != KH_NSUBJ || d->token[t].head == KH_NONE)
		return false;
	for (uint32_t k = from; k < to; k++)
		if (k != i && d->mention[k].country[0] &&
		    (d->mention[k].entity != KH_NONE || d->mention[k].kind == KH_KIND_GROUP) &&
		    other_side(d, d->mention[k].head, d->token[t].head))
			return true;
	return false;
}

static void unnamed_states(struct kh_doc *d)
{
	for (uint32_t i = 0; i < d->n_mention;) {
		uint32_t sentence = d->token[d->mention[i].head].sentence, to = i;
		while (to < d->n_mention && d->token[d->mention[to].head].sentence == sentence)
			to++;
		const char *one = only_country(d, i, to);
		char country[4];
		if (one)
			memcpy(country, one, 4);
		for (uint32_t k = i; k < to && one; k++)
			if (of_state(d, &d->mention[k]) && !faces_it(d, k, i, to)) {
				memcpy(d->mention[k].country, country, 4);
				d->mention[k].inferred = KH_INFERRED_SENTENCE;
			}
		i = to;
	}
}

void kh_same_run(struct kh_work *w)
{
	struct kh_doc *d = w->doc;
	for (uint32_t i = 0; i < d->n_mention; i++) {
		struct kh_mention *m = &d->mention[i];
		const struct kh_token *t = &d->token[m->head];
		if (m->how == KH_AHOW_PRONOUN) {
			if (third(t))
				pronoun(d, i);
			continue;
		}
		if (m->entity != KH_NONE || (m->country[0] && m->name.n) || of_two(d, i))
			continue;
		bool named = t->upos == KH_PROPN;
		if (named && (surname(d, i) || acronym(d, i)))
			continue;
		bool bare = !m->country[0] && !m->name.n && definite(d, m);
		if (bare && !named &&
		    (m->sector[0] || is_state_noun(t->lemma) || is_group_noun(t->lemma)))
			description(d, i);
	}
	for (uint32_t i = 0; i < d->n_mention; i++)
		possessed(d, i);
	unnamed_states(d);
}
