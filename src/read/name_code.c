/* Who a mention is. In: its words, the matches of the dictionary in them, the places. Out: country,
 * sectors, name, kind. A name of the dictionary that holds the head comes first; else the head is a
 * generic agent ("police officers") or unknown, and takes its country and group from what stands
 * before it ("Kenyan", "Hamas", "Kano State"), then from "of/in/from X" behind it. A weak agent
 * ("leader", "spokesman", "members", "protesters") takes the sector of what it belongs to. */
#include "read/name_code.h"

#include "base/str.h"

static const struct kh_match *match_at(const struct kh_naming *x, uint32_t token)
{
	return x->of[token] ? &x->match[x->of[token] - 1] : NULL;
}

const struct kh_match *kh_name_at(const struct kh_naming *x, uint32_t token)
{
	const struct kh_match *m = match_at(x, token);
	return m && !(m->use & KH_USE_AGENT) ? m : NULL;
}

static const struct kh_dict_entry *entry_of(const struct kh_naming *x, const struct kh_match *k)
{
	return &x->dict.entry[k->entry];
}

static bool is_dash(const struct kh_token *t)
{
	return kh_str_is(t->form, "-") || kh_str_is(t->form, "–");
}

/* "anti-Syria", "Iran-backed": the country named is not whose the thing is. */
static bool foreign(const struct kh_doc *d, uint32_t first, uint32_t n, uint32_t from, uint32_t to)
{
	static const char before[] = "anti pro non";
	static const char behind[] =
		"backed occupied sponsored funded supported held controlled aligned"
		" friendly affiliated linked trained brokered mediated imposed allied"
		" dominated armed financed annexed hosted wide drafted administered";
	if (first >= from + 2 && is_dash(&d->token[first - 1]) &&
	    kh_str_among(d->token[first - 2].form, before))
		return true;
	uint32_t t = first + n;
	return t + 1 < to && is_dash(&d->token[t]) && kh_str_among(d->token[t + 1].form, behind);
}

static void put_sector(struct kh_mention *m, uint8_t sector, bool front)
{
	for (unsigned i = 0; i < 4; i++)
		if (m->sector[i] == sector)
			return;
	if (front) {
		memmove(m->sector + 1, m->sector, 3);
		m->sector[0] = sector;
		return;
	}
	for (unsigned i = 0; i < 4; i++)
		if (!m->sector[i]) {
			m->sector[i] = sector;
			return;
		}
}

static void only_sector(struct kh_mention *m, uint8_t sector)
{
	memset(m->sector, 0, 4);
	m->sector[0] = sector;
}

/* ---- names ------------------------------------------------------------ */

/* Does an office stand before the name? */
static bool titled(const struct kh_naming *x, const struct kh_mention *m, uint32_t own)
{
	for (uint32_t t = m->first; t < own; t++)
		if (x->of[t] && (match_at(x, t)->use & KH_USE_AGENT))
			return true;
	return false;
}

static void take_entry(const struct kh_naming *x, struct kh_mention *m, const struct kh_match *k)
{
	const struct kh_dict_entry *e = entry_of(x, k);
	memcpy(m->country, e->country, 4);
	memcpy(m->sector, e->sector, 4);
	m->entity = k->entry;
	m->name = (kh_str){x->dict.bytes + e->name, e->n_name};
	m->id = (kh_str){x->dict.bytes + e->id, e->n_id};
	m->how = KH_AHOW_NAME;
	m->kind = k->use & KH_USE_COUNTRY  ? KH_KIND_PLACE
		  : k->use & KH_USE_PERSON ? KH_KIND_PERSON
					   : KH_KIND_GROUP;
	if (k->past) /* out of office by now, unless the words give him one */
		only_sector(m, titled(x, m, (uint32_t)(k - x->match)) ? KH_SECTOR_NONE : KH_ELI);
}

static bool is_former(const struct kh_naming *x, const struct kh_mention *m)
{
	static const char former[] = "former ex deposed ousted overthrown toppled late onetime";
	for (uint32_t t = m->first; t < m->first + m->n; t++)
		if (kh_str_among(x->d->token[t].form, former))
			return true;
	return false;
}

static void retire(const struct kh_naming *x, struct kh_mention *m)
{
	bool office = m->sector[0] == KH_GOV || m->sector[0] == KH_SPY || m->sector[0] == KH_LEG ||
		      m->sector[0] == KH_JUD || m->sector[0] == KH_COP;
	if (office && m->kind != KH_KIND_GROUP && m->kind != KH_KIND_PLACE && is_former(x, m))
		only_sector(m, KH_ELI);
}

/* A seat of government acts for its government unless it is where something happens. */
static bool is_where(const struct kh_doc *d, uint32_t h)
{
	static const char where[] = "in at near from outside inside around into across through over"
				    " throughout within towards to";
	uint32_t k = kh_doc_child(d, h, KH_CASE);
	return k != KH_NONE && kh_str_among(d->token[k].lemma, where);
}

/* "100 Palestinians", "ethnic Albanians", "ordinary Kazakhs": counted or described, they are
 * people, not their state. */
static bool are_people(const struct kh_doc *d, const struct kh_mention *m)
{
	static const char group[] =
		"number group dozen hundred thousand score crowd million majority";
	for (uint32_t t = m->first; t < m->head; t++)
		if (d->token[t].upos == KH_NUM || d->token[t].rel == KH_AMOD)
			return true;
	uint32_t up = d->token[m->head].rel == KH_NMOD ? d->token[m->head].head : KH_NONE;
	return up != KH_NONE && (d->token[up].upos == KH_NUM || kh_str_among(d->token[up].lemma, group));
}

static bool is_ethnic(const struct kh_doc *d, uint32_t first, uint32_t at)
{
	return at > first && kh_str_ieq(d->token[at - 1].form, KH_S("ethnic"));
}

static void code_people(const struct kh_naming *x, struct kh_mention *m, uint32_t at)
{
	const struct kh_token *h = &x->d->token[m->head];
	bool plural =
		h->upos != KH_ADJ && ((h->feats & KH_FEAT_PLURAL) || kh_str_ends(h->form, "s") ||
				      kh_doc_child(x->d, m->head, KH_DET_REL) != KH_NONE ||
				      kh_doc_child(x->d, m->head, KH_NUMMOD) != KH_NONE);
	m->kind = KH_KIND_GROUP;
	m->human = true;
	if (is_ethnic(x->d, m->first, at)) { /* a people, not the country's citizens */
		memset(m->country, 0, 4);
		only_sector(m, KH_CVL);
	} else if (plural && !m->sector[0] && are_people(x->d, m)) {
		only_sector(m, KH_CVL);
	}
}

/* "the Conservative finance minister X": the office says more than the party. */
static bool offices(const struct kh_naming *x, const struct kh_mention *m, const struct kh_match *k)
{
	uint8_t s = entry_of(x, k)->sector[0];
	return m->sector[0] == KH_PTY && (s == KH_GOV || s == KH_LEG || s == KH_JUD);
}

/* A title or a noun before the name says what its entry leaves open: "Gen. X". */
static void add_title(const struct kh_naming *x, struct kh_mention *m, uint32_t own)
{
	bool open = !m->sector[0];
	for (uint32_t t = m->first; t < m->first + m->n && open; t++) {
		const struct kh_match *k = match_at(x, t);
		if (k && (k->use & KH_USE_AGENT) && t != own &&
		    (!m->sector[0] || offices(x, m, k)))
			memcpy(m->sector, entry_of(x, k)->sector, 4);
	}
}

/* "opposition lawmaker", "opposition leader X" */
static void oppose(const struct kh_naming *x, struct kh_mention *m)
{
	static const char opposed[] = "opposition dissident antigovernment";
	bool state = m->sector[0] == KH_LEG || m->sector[0] == KH_PTY || m->sector[0] == KH_GOV ||
		     m->sector[0] == KH_MIL;
	for (uint32_t t = m->first; t < m->first + m->n && state; t++)
		if (kh_str_among(x->d->token[t].form, opposed))
			put_sector(m, KH_OPP, true);
}

/* "Pakistan's Foreign Office": whose it is, stands before it; no other state's of that name. */
static bool of_another(const struct kh_naming *x, struct kh_mention *m, uint32_t at)
{
	static const uint8_t state[] = {KH_GOV, KH_MIL, KH_COP, KH_JUD, KH_LEG, KH_SPY};
	bool body = false;
	for (size_t i = 0; i < KH_COUNT(state); i++)
		body |= m->kind == KH_KIND_GROUP && m->sector[0] == state[i];
	for (uint32_t t = m->first; t < at && body; t++) {
		const struct kh_match *c = kh_name_at(x, t);
		if (!c || !(c->use & KH_USE_COUNTRY) || x->d->token[t].rel != KH_NMOD_POSS ||
		    memcmp(entry_of(x, c)->country, m->country, 4) == 0)
			continue;
		memcpy(m->country, entry_of(x, c)->country, 4);
		m->entity = KH_NONE;
		m->name = m->id = KH_S("");
		m->how = KH_AHOW_ROLE;
		return true;
	}
	return false;
}

static void code_name(const struct kh_naming *x, struct kh_mention *m, const struct kh_match *k)
{
	uint32_t at = (uint32_t)(k - x->match);
	take_entry(x, m, k);
	if (!(k->use & (KH_USE_COUNTRY | KH_USE_PEOPLE)) && of_another(x, m, at)) {
		m->human = true;
		return;
	}
	if ((k->use & KH_USE_CAPITAL) && !is_where(x->d, m->head)) {
		m->how = KH_AHOW_METONYM;
		only_sector(m, KH_GOV);
	}
	if (k->use & KH_USE_PEOPLE)
		code_people(x, m, at);
	else if (!(k->use & KH_USE_COUNTRY))
		add_title(x, m, at);
	for (uint32_t t = m->first; t < m->head && !m->country[0]; t++) { /* "Iraqi Kurds" */
		const struct kh_match *c = kh_name_at(x, t);
		if (c && (c->use & KH_USE_COUNTRY) && c != k && !is_ethnic(x->d, m->first, t))
			memcpy(m->country, entry_of(x, c)->country, 4);
	}
	if (x->d->token[m->head].name_type == KH_NAME_PERSON && !(k->use & KH_USE_COUNTRY))
		m->kind = KH_KIND_PERSON;
	m->human |= m->kind == KH_KIND_PERSON || m->sector[0] != 0;
	if (m->kind == KH_KIND_PERSON)
		oppose(x, m);
	retire(x, m);
}

/* ---- agents and unknown names ----------------------------------------- */

/* A mention's own sector gives way to that of the group or agent it belongs to. */
static void belong(struct kh_mention *m, const uint8_t sector[4], bool weak)
{
	if (!sector[0] || (m->sector[0] && !weak))
		return;
	memcpy(m->sector, sector, 4);
}

static bool state_like(uint8_t s)
{
	return s == KH_GOV || s == KH_UNK || s == KH_CVL || s == KH_MIL || s == KH_SOC ||
	       s == KH_UAF;
}

/* What a name before the head tells: its country, and what kind of group its people are. */
static void from_name(const struct kh_naming *x, struct kh_mention *m, const struct kh_match *k,
		      bool weak)
{
	const struct kh_dict_entry *e = entry_of(x, k);
	if (!m->country[0])
		memcpy(m->country, e->country, 4);
	if (k->use & KH_USE_COUNTRY)
		return;
	if (weak && !e->sector[0] && e->country[0]) { /* "Red Cross officials" */
		memset(m->sector, 0, 4);
		if (!m->name.n)
			m->name = (kh_str){x->dict.bytes + e->name, e->n_name};
	}
	if (!e->sector[0])
		return;
	if (!m->name.n && !(k->use & KH_USE_PERSON)) /* "Anwar's wife" is not Anwar */
		m->name = (kh_str){x->dict.bytes + e->name, e->n_name};
	bool rules = e->sector[0] == KH_GOV || e->sector[0] == KH_PTY || e->sector[0] == KH_LEG;
	bool over = weak || (!rules && state_like(m->sector[0]));
	belong(m, e->sector, over);
}

static void from_place(const struct kh_naming *x, struct kh_mention *m, uint32_t token)
{
	const struct kh_place *p = x->place[token] ? &x->d->place[x->place[token] - 1] : NULL;
	if (!p || m->country[0] || !p->country[0])
		return;
	/* a small town counts when it is the whole name: "Homeland Union" is not of Homeland */
	bool town = kh_str_is(kh_str_of(p->fcode), "PPL") || p->fcode[0] == 'S' ||
		    p->fcode[0] == 'T' || p->fcode[0] == 'H';
	uint32_t end = m->first + m->n;
	if (town && !(p->first <= m->head && p->first + p->n >= end))
		return;
	memcpy(m->country, p->country, 4);
}

/* Who works for a relief agency or a club is of no government. */
static void no_state(struct kh_mention *m)
{
	bool private = strcmp(m->country, "NGO") == 0 || strcmp(m->country, "MNC") == 0;
	if (private && m->sector[0] == KH_GOV)
		only_sector(m, KH_SECTOR_NONE);
}

/* Names, places and agents before the head, from left to right. The head's own match begins at
 * `own`. */
static void before_head(const struct kh_naming *x, struct kh_mention *m, uint32_t own, bool weak)
{
	const struct kh_doc *d = x->d;
	uint32_t end = m->first + m->n;
	for (uint32_t t = m->first; t < end; t++) {
		const struct kh_match *k = x->match[t].n ? &x->match[t] : NULL;
		if (t == own || (own != KH_NONE && x->of[t] == own + 1))
			continue;
		if (k && (k->use & KH_USE_AGENT)) {
			bool modifies = t < m->head;
			if (modifies && !(k->use & KH_USE_WEAK))
				belong(m, entry_of(x, k)->sector, weak || offices(x, m, k));
			else if (!m->sector[0])
				belong(m, entry_of(x, k)->sector, false);
		} else if (k && !foreign(d, t, k->n, m->first, end)) {
			if (!is_ethnic(d, m->first, t))
				from_name(x, m, k, weak);
			t += k->n - 1;
		} else if (!k && !x->of[t] && !foreign(d, t, 1, m->first, end)) {
			from_place(x, m, t);
		}
	}
}

static void code_agent(const struct kh_naming *x, struct kh_mention *m, const struct kh_match *k)
{
	memcpy(m->sector, entry_of(x, k)->sector, 4);
	m->how = KH_AHOW_ROLE;
	m->kind = KH_KIND_ROLE;
	m->human = (k->use & KH_USE_THING) == 0;
	before_head(x, m, (uint32_t)(k - x->match), (k->use & KH_USE_WEAK) != 0);
	no_state(m);
	oppose(x, m);
	retire(x, m);
}

/* "police station", "rebel base", as against "military policies". */
static bool agent_compound(const struct kh_naming *x, const struct kh_mention *m)
{
	for (uint32_t t = m->first; t < m->head; t++) {
		const struct kh_match *k = match_at(x, t);
		uint8_t s = k ? entry_of(x, k)->sector[0] : 0;
		bool deed = s == KH_REB || s == KH_UAF || s == KH_CRM || s == KH_CVL;
		if (k && (k->use & KH_USE_AGENT) && !deed && x->d->token[t].rel == KH_COMPOUND)
			return true; /* "terrorist activities" are nobody */
	}
	return false;
}

/* A name that is in no dictionary: its title, its country's adjective, its place tell. */
static void code_unknown(const struct kh_naming *x, struct kh_mention *m)
{
	const struct kh_doc *d = x->d;
	uint8_t type = d->token[m->head].name_type;
	bool proper = d->token[m->head].upos == KH_PROPN;
	bool named = type || proper;
	m->kind = type == KH_NAME_PERSON  ? KH_KIND_PERSON
		  : type == KH_NAME_PLACE ? KH_KIND_PLACE
		  : type || proper	  ? KH_KIND_GROUP
					  : KH_KIND_NONE;
	m->human = type == KH_NAME_PERSON;
	if (named || agent_compound(x, m))
		before_head(x, m, KH_NONE, false);
	if (m->sector[0]) {
		m->human = true;
		m->how = KH_AHOW_ROLE;
		retire(x, m);
	}
	if (type != KH_NAME_PERSON && proper && !m->country[0])
		from_place(x, m, m->head);
	if (m->kind && !m->how)
		m->how = KH_AHOW_NAME;
	if (m->kind && !m->name.n && proper)
		m->name = kh_text(d, m->at);
}

/* The longest agent phrase that ends at the head; NULL when the head is none. */
static const struct kh_match *agent_at(const struct kh_naming *x, uint32_t h)
{
	const struct kh_match *m = match_at(x, h);
	return m && (m->use & KH_USE_AGENT) ? m : NULL;
}

/* The name that the whole phrase is: it holds the head, or the head's further words. */
static const struct kh_match *own_name(const struct kh_naming *x, const struct kh_mention *m)
{
	const struct kh_match *k = kh_name_at(x, m->head);
	if (k)
		return k;
	for (uint32_t t = m->head + 1; t < m->first + m->n; t++)
		if (x->match[t].n && (x->match[t].use & KH_USE_PERSON))
			return &x->match[t];
	return NULL;
}

void kh_name_code(const struct kh_naming *x, struct kh_mention *m)
{
	const struct kh_token *h = &x->d->token[m->head];
	const struct kh_match *name = own_name(x, m), *agent = agent_at(x, m->head);
	bool title = h->upos == KH_PROPN && m->n > 1 && m->head == m->first;
	if (h->upos == KH_PRON)
		m->how = KH_AHOW_PRONOUN;
	else if (name)
		code_name(x, m, name);
	else if (agent && !title)
		code_agent(x, m, agent);
	else
		code_unknown(x, m);
}

/* ---- what stands behind ----------------------------------------------- */

static bool belongs_to(const struct kh_doc *d, uint32_t c)
{
	static const char of[] = "of in from for at within inside across near throughout around";
	const struct kh_token *t = &d->token[c];
	if (t->rel == KH_NMOD_POSS)
		return true;
	if (t->rel != KH_NMOD && t->rel != KH_NMOD_DESC && t->rel != KH_NMOD_UNMARKED)
		return false;
	uint32_t k = kh_doc_child(d, c, KH_CASE);
	return k == KH_NONE || kh_str_among(d->token[k].lemma, of);
}

/* "The Albanians of southern Serbia" are people of Serbia. */
static void people_of(const struct kh_naming *x, struct kh_mention *m)
{
	const struct kh_doc *d = x->d;
	const struct kh_match *k = kh_name_at(x, m->head);
	if (!k || !(k->use & KH_USE_PEOPLE) || !(d->token[m->head].feats & KH_FEAT_PLURAL))
		return;
	for (uint32_t c = d->token[m->head].child; c != KH_NONE; c = d->token[c].next) {
		uint32_t p = kh_doc_child(d, c, KH_CASE);
		if (c < m->head || p == KH_NONE || !kh_str_is(d->token[p].lemma, "of") ||
		    d->token[c].mention == KH_NONE)
			continue;
		const struct kh_mention *b = &d->mention[d->token[c].mention];
		if (!b->country[0] || memcmp(b->country, m->country, 4) == 0)
			continue;
		memcpy(m->country, b->country, 4);
		only_sector(m, KH_CVL);
	}
}

static bool is_weak(const struct kh_naming *x, const struct kh_mention *m)
{
	const struct kh_match *k = agent_at(x, m->head);
	return k && (k->use & KH_USE_WEAK);
}

/* "supporters", "members": whose, stands behind. */
static bool adherent(const struct kh_naming *x, const struct kh_mention *m)
{
	return is_weak(x, m) &&
	       kh_str_among(x->d->token[m->head].lemma, "member supporter follower loyalist backer "
							"sympathizer sympathiser ally associate");
}

static void take_behind(const struct kh_naming *x, struct kh_mention *m, uint32_t c)
{
	const struct kh_doc *d = x->d;
	const struct kh_mention *b =
		d->token[c].mention == KH_NONE ? NULL : &d->mention[d->token[c].mention];
	uint32_t k = kh_doc_child(d, c, KH_CASE);
	bool of = k == KH_NONE || kh_str_is(d->token[k].lemma, "of") ||
		  kh_str_is(d->token[k].lemma, "for") || kh_str_is(d->token[k].lemma, "from");
	if (!b) {
		from_place(x, m, c);
		return;
	}
	if (!m->country[0] && m->kind != KH_KIND_PERSON)
		memcpy(m->country, b->country, 4);
	if (of && is_weak(x, m) && b->how != KH_AHOW_METONYM && b->kind != KH_KIND_PERSON) {
		belong(m, b->sector, true);
		retire(x, m);
	}
	if (of && b->sector[0] == KH_REB && b->how == KH_AHOW_NAME &&
	    kh_str_among(d->token[m->head].lemma, "dissident remnant splinter holdout defector"))
		belong(m, b->sector, true); /* "dissidents of the FARC" */
	if (of && adherent(x, m) && b->kind == KH_KIND_PERSON && !m->sector[0] && m->country[0])
		only_sector(m, KH_CVL); /* "supporters of the senator" hold no office of his */
}

void kh_name_behind(const struct kh_naming *x, struct kh_mention *m)
{
	const struct kh_doc *d = x->d;
	bool common = d->token[m->head].upos == KH_NOUN;
	const struct kh_match *k = agent_at(x, m->head);
	people_of(x, m);
	if (k && (k->use & KH_USE_THING)) /* "the offices of the party": the party */
		return;
	bool open = m->sector[0] || m->kind == KH_KIND_GROUP || adherent(x, m);
	if (m->how == KH_AHOW_PRONOUN || m->entity != KH_NONE || (!open && common))
		if (!(m->entity != KH_NONE && !m->country[0]))
			return;
	for (uint32_t c = d->token[m->head].child; c != KH_NONE; c = d->token[c].next)
		if (c > m->head && belongs_to(d, c))
			take_behind(x, m, c);
}

/* ---- where the clause puts them --------------------------------------- */

static bool people_of_place(const struct kh_mention *m)
{
	static const uint8_t local[] = {KH_CVL, KH_COP, KH_UAF, KH_REB, KH_CRM, KH_EDU, KH_LAB,
					KH_AGR, KH_REF, KH_PRM, KH_OPP, KH_MED, KH_REL};
	if (m->country[0] || m->how == KH_AHOW_PRONOUN || m->kind == KH_KIND_PERSON)
		return false;
	for (size_t i = 0; i < KH_COUNT(local); i++)
		if (m->sector[0] == local[i])
			return true;
	return false;
}

/* A phrase "in X" right below the token: its country. */
static bool set_in(const struct kh_naming *x, struct kh_mention *m, uint32_t top, bool deep)
{
	static const char in[] = "in near at across throughout outside";
	const struct kh_doc *d = x->d;
	for (uint32_t c = d->token[top].child; c != KH_NONE && !m->country[0];
	     c = d->token[c].next) {
		uint32_t k = kh_doc_child(d, c, KH_CASE);
		bool where = (d->token[c].rel == KH_OBL || d->token[c].rel == KH_NMOD) &&
			     k != KH_NONE && kh_str_among(d->token[k].lemma, in);
		if (where && d->token[c].mention != KH_NONE &&
		    d->mention[d->token[c].mention].kind == KH_KIND_PLACE)
			memcpy(m->country, d->mention[d->token[c].mention].country, 4);
		else if (where)
			from_place(x, m, c);
		if (where && !m->country[0] && !deep) /* "in a gunbattle in Serbia" */
			set_in(x, m, c, true);
	}
	return m->country[0] != 0;
}

static void setting(const struct kh_naming *x, struct kh_mention *m)
{
	const struct kh_doc *d = x->d;
	uint32_t t = m->head;
	for (unsigned steps = 0; steps < 3 && d->token[t].head != KH_NONE; steps++) {
		uint8_t rel = (uint8_t)kh_rel_base(d->token[t].rel);
		if (rel != KH_NSUBJ && rel != KH_OBJ && rel != KH_NMOD && rel != KH_CONJ)
			return;
		t = d->token[t].head;
		if (d->token[t].upos == KH_VERB)
			break;
	}
	if (d->token[t].upos != KH_VERB || set_in(x, m, t, false))
		return;
	uint32_t o = kh_doc_child(d, t, KH_OBJ);
	if (o != KH_NONE && o != m->head)
		set_in(x, m, o, false);
}

void kh_name_setting(const struct kh_naming *x, struct kh_mention *m)
{
	if (!people_of_place(m))
		return;
	setting(x, m);
	if (m->country[0])
		m->inferred = KH_INFERRED_CLAUSE;
}
