/* How it was done. In: the finds of a sentence. Out: modes and deeper CAMEO codes of assaults that
 * their rule left open, by the weapon named in the clause (rules mode.X), or by the other assault
 * that tells how ("killed when a bomb exploded"); the last figure of a protest's code by what it is
 * for (rules aim.X). */
#include "read/event_find.h"

#include "base/str.h"

enum { NEAR = 20, STEPS = 5 };

/* Is `t` in the clause of `top`: within five steps below it (or below the verb that carries the
 * noun `top`), with no other clause of its own between? */
static bool in_clause(const struct kh_doc *d, uint32_t t, uint32_t top)
{
	uint32_t over = d->token[top].upos == KH_VERB ? KH_NONE : d->token[top].head;
	for (unsigned i = 0; t != KH_NONE && i < STEPS; i++, t = d->token[t].head) {
		uint8_t rel = d->token[t].rel;
		if (t == top || t == over)
			return true;
		if (rel == KH_CONJ && d->token[t].upos == KH_VERB)
			return false;
		if (rel == KH_ACL_RELCL || rel == KH_CCOMP || rel == KH_PARATAXIS)
			return false;
	}
	return false;
}

/* The rule of this kind ('m' mode, 'a' aim) that the word at t belongs to. */
static const struct kh_rule *by_word(const struct kh_finding *x, char kind, uint32_t t,
				     uint32_t end)
{
	const struct kh_doc *d = x->w->doc;
	const struct kh_rules *r = &x->rules;
	const struct kh_rule *plain = NULL;
	uint32_t first, n = kh_rules_find(r, kh_rule_hash(kind, d->token[t].lemma), &first);
	if (!n)
		n = kh_rules_find(r, kh_rule_hash(kind, d->token[t].form), &first);
	for (uint32_t i = first; i < first + n; i++) {
		uint32_t next = r->trigger[i].particle;
		if (next && t + 1 < end && kh_rule_hash('w', d->token[t + 1].lemma) == next)
			return &r->rule[r->trigger[i].rule];
		if (!next)
			plain = &r->rule[r->trigger[i].rule];
	}
	return plain;
}

static void by_rule(struct kh_find *f, const struct kh_rule *k)
{
	memcpy(f->mode, k->mode, 3);
	if (strlen(f->cameo) < 3 || strcmp(f->cameo, "190") == 0 || strcmp(f->cameo, "182") == 0)
		memcpy(f->cameo, k->cameo, 5);
}

/* The nearest weapon of the clause. */
static void by_weapon(struct kh_finding *x, struct kh_find *f)
{
	const struct kh_doc *d = x->w->doc;
	const struct kh_sentence *s = &d->sentence[d->token[f->token].sentence];
	uint32_t end = s->first_token + s->n_tokens;
	for (uint32_t far = 0; far <= NEAR && !f->mode[0]; far++)
		for (unsigned side = 0; side < 2 && !f->mode[0]; side++) {
			uint32_t t = side ? f->token - far : f->token + far;
			if ((side ? far > f->token - s->first_token : t >= end) || (side && !far))
				continue;
			const struct kh_rule *k = by_word(x, 'm', t, end);
			if (k && k->event == f->event && in_clause(d, t, f->token))
				by_rule(f, k);
		}
}

/* "a strike over pay": the nearest aim behind the protest gives the last figure of its code. */
static void by_aim(struct kh_finding *x, struct kh_find *f)
{
	const struct kh_doc *d = x->w->doc;
	const struct kh_sentence *s = &d->sentence[d->token[f->token].sentence];
	uint32_t end = s->first_token + s->n_tokens;
	bool open = f->event == KH_PROTEST && f->cameo[0] == '1' && f->cameo[1] == '4' &&
		    f->cameo[2] > '0' && !f->cameo[3];
	for (uint32_t t = f->token + 1; open && t < end && t <= f->token + NEAR; t++) {
		const struct kh_rule *k = by_word(x, 'a', t, end);
		if (k && in_clause(d, t, f->token)) {
			f->cameo[3] = k->cameo[3];
			return;
		}
	}
}

static bool related(const struct kh_doc *d, uint32_t a, uint32_t b)
{
	for (unsigned i = 0; a != KH_NONE && i < STEPS; i++, a = d->token[a].head)
		if (a == b)
			return true;
	return false;
}

static void by_other(struct kh_finding *x, struct kh_find *f)
{
	const struct kh_doc *d = x->w->doc;
	uint32_t begin = f > x->find + NEAR ? (uint32_t)(f - x->find) - NEAR : 0;
	for (uint32_t i = begin; i < x->n && i < begin + 2 * NEAR && !f->mode[0]; i++) {
		const struct kh_find *g = &x->find[i];
		bool tells = g != f && kh_find_alive(g) && g->event == f->event && g->mode[0] &&
			     g->mode[0] != kh_embed_mode("abduct") &&
			     g->mode[0] != kh_embed_mode("targeted");
		if (tells && (related(d, g->token, f->token) || related(d, f->token, g->token))) {
			memcpy(f->mode, g->mode, 3);
			if (strlen(f->cameo) < 3)
				memcpy(f->cameo, g->cameo, 5);
		}
	}
}

/* "killed in police firing" that the tree took for a clause: "in" marks it, or the noun before. */
static bool in_deed(const struct kh_doc *d, uint32_t verb, uint32_t clause)
{
	uint32_t mark = kh_doc_child(d, clause, KH_MARK);
	if (d->token[clause].rel != KH_ADVCL || clause < verb + 3)
		return false;
	if (mark == KH_NONE && d->token[clause - 1].head == verb &&
	    d->token[clause - 1].rel == KH_OBL)
		mark = kh_doc_child(d, clause - 1, KH_CASE);
	return mark != KH_NONE && kh_str_is(d->token[mark].lemma, "in");
}

static void add_doer(const struct kh_doc *d, struct kh_find *f, uint32_t t)
{
	uint32_t i = d->token[t].mention;
	if (i == KH_NONE || !d->mention[i].political || d->mention[i].how == KH_AHOW_PRONOUN)
		return;
	for (uint32_t k = 0; k < f->n_actors; k++)
		if (f->actor[k] == i)
			return;
	if (f->n_actors < KH_ARGS)
		f->actor[f->n_actors++] = i;
}

/* "Israeli air strikes killed ten", "shelling by the army killed ten": the subject is a deed, or a
 * weapon, and whose it is did it. */
static void by_subject(struct kh_finding *x, struct kh_find *f, uint32_t c)
{
	static const char deeds[] =
		"attack strike raid bombing shelling airstrike bombardment offensive operation fire"
		" ambush assault missile rocket drone shell gunfire firing artillery incursion"
		" crackdown airstrikes bullet";
	const struct kh_doc *d = x->w->doc;
	const struct kh_find *g = kh_find_at(x, c);
	bool same = kh_find_alive(g) && g->event == f->event;
	struct kh_args a = {.n_subject = 0};
	if (d->token[c].rel == KH_CSUBJ) {
		for (uint32_t k = d->token[c].child; k != KH_NONE && same; k = d->token[k].next)
			if (kh_str_is(kh_args_case(d, k), "by"))
				add_doer(d, f, k);
		return;
	}
	if (d->token[c].rel != KH_NSUBJ || d->token[c].upos != KH_NOUN ||
	    !(same || kh_str_among(d->token[c].lemma, deeds)))
		return;
	kh_args_of_noun(d, c, &a);
	for (uint32_t k = c; k-- > x->first && c - k < 6 && d->token[k].head <= c;) {
		uint8_t rel = d->token[k].rel; /* "Saudi air raid", whichever it is hung on */
		if (d->token[k].head <= k)
			break;
		if (rel == KH_AMOD || rel == KH_COMPOUND)
			add_doer(d, f, k);
	}
	for (uint32_t k = 0; k < a.n_subject; k++)
		if (a.subject[k] != c)
			add_doer(d, f, a.subject[k]);
}

/* "killed in police firing", "killed in an attack by rebels": who did the one did the other. */
static void doer(struct kh_finding *x, struct kh_find *f)
{
	const struct kh_doc *d = x->w->doc;
	if (f->n_actors || f->noun)
		return;
	for (uint32_t c = d->token[f->token].child; c != KH_NONE && !f->n_actors; c = d->token[c].next) {
		const struct kh_find *g = kh_find_at(x, c);
		uint32_t who = d->token[c - (c > x->first)].mention;
		by_subject(x, f, c);
		if (f->n_actors)
			return;
		if (in_deed(d, f->token, c) && who != KH_NONE && d->mention[who].political) {
			f->actor[f->n_actors++] = who;
			return;
		}
		if (d->token[c].rel != KH_OBL || !kh_find_alive(g) || g->event != f->event ||
		    (g->rule->flags & KH_RULE_RECIPROCAL))
			continue;
		memcpy(f->actor, g->actor, sizeof g->actor);
		f->n_actors = g->n_actors;
	}
}

void kh_event_modes(struct kh_finding *x)
{
	for (uint32_t i = 0; i < x->n; i++) {
		struct kh_find *f = &x->find[i];
		bool open = f->event == KH_ASSAULT && !f->mode[0];
		if (kh_find_alive(f) && f->event == KH_ASSAULT)
			doer(x, f);
		if (kh_find_alive(f) && open)
			by_weapon(x, f);
		if (kh_find_alive(f))
			by_aim(x, f);
	}
	for (uint32_t i = 0; i < x->n; i++) {
		struct kh_find *f = &x->find[i];
		if (kh_find_alive(f) && f->event == KH_ASSAULT && !f->mode[0])
			by_other(x, f);
	}
}
