/* Which mentions are the same. In: mentions in text order. Out: pronouns and bare surnames linked
 * to who they stand for, with what that brings (country, sectors, name). The nearest earlier
 * mention that fits, subjects first. */
#include "read/same.h"

#include "base/str.h"

enum { WINDOW = 40 }; /* mentions looked back over */

static bool third(const struct kh_token *t)
{
	return (t->feats & KH_FEAT_THIRD) != 0;
}

static bool fits(const struct kh_doc *d, const struct kh_mention *m, const struct kh_token *pronoun)
{
	const struct kh_token *h = &d->token[m->head];
	bool plural = (h->feats & KH_FEAT_PLURAL) || kh_doc_child(d, m->head, KH_CONJ) != KH_NONE;
	if (m->how == KH_AHOW_PRONOUN || !m->political)
		return false;
	if (pronoun->feats & (KH_FEAT_MASC | KH_FEAT_FEM))
		return m->kind == KH_KIND_PERSON ||
		       (m->kind == KH_KIND_ROLE && !plural && m->human);
	if (pronoun->feats & KH_FEAT_PLURAL)
		return plural || m->kind == KH_KIND_GROUP;
	return (m->kind == KH_KIND_GROUP || m->kind == KH_KIND_PLACE ||
		(m->kind == KH_KIND_ROLE && m->human)) &&
	       !plural && m->kind != KH_KIND_PERSON;
}

static void adopt(struct kh_mention *m, const struct kh_mention *from, uint32_t index, uint8_t how)
{
	m->same = index;
	memcpy(m->country, from->country, 4);
	memcpy(m->sector, from->sector, 4);
	m->name = from->name;
	m->id = from->id;
	m->entity = from->entity;
	m->kind = from->kind;
	m->how = how;
	m->political = from->political;
	m->human = from->human;
}

static void pronoun(struct kh_doc *d, uint32_t i)
{
	struct kh_mention *m = &d->mention[i];
	const struct kh_token *t = &d->token[m->head];
	uint32_t sentence = t->sentence, best = KH_NONE;
	int score, top = 0;
	for (uint32_t k = i; k-- > 0 && k + WINDOW > i;) {
		const struct kh_mention *c = &d->mention[k];
		uint32_t far = sentence - d->token[c->head].sentence;
		if (far > 2 ||
		    d->sentence[d->token[c->head].sentence].story != d->sentence[sentence].story)
			break;
		if (!fits(d, c, t) || d->token[c->head].head == d->token[m->head].head)
			continue; /* two arguments of one verb are not the same */
		uint8_t rel = d->token[c->head].rel;
		score = 10 - (int)far * 3 + (rel == KH_NSUBJ || rel == KH_NSUBJ_PASS ? 4 : 0) -
			(rel == KH_NMOD ? 2 : 0);
		if (score > top) {
			top = score;
			best = k;
		}
	}
	if (best != KH_NONE)
		adopt(m, &d->mention[best], best, KH_AHOW_PRONOUN);
}

/* "Bello" after "Ngozi Bello": a bare last name that an earlier person's name ends with. */
static void surname(struct kh_doc *d, uint32_t i)
{
	struct kh_mention *m = &d->mention[i];
	kh_str form = d->token[m->head].form;
	for (uint32_t k = i; k-- > 0 && k + 200 > i;) {
		const struct kh_mention *c = &d->mention[k];
		if (d->sentence[d->token[c->head].sentence].story !=
		    d->sentence[d->token[m->head].sentence].story)
			return;
		kh_str words = kh_text(d, c->at);
		bool ends = words.n > form.n + 1 &&
			    kh_str_eq(kh_str_sub(words, words.n - form.n, words.n), form) &&
			    words.p[words.n - form.n - 1] == ' ';
		if (ends && c->human && (c->country[0] || c->sector[0])) {
			adopt(m, c, k, KH_AHOW_COREFERENCE);
			return;
		}
	}
}

void kh_same_run(struct kh_work *w)
{
	struct kh_doc *d = w->doc;
	for (uint32_t i = 0; i < d->n_mention; i++) {
		struct kh_mention *m = &d->mention[i];
		if (m->how == KH_AHOW_PRONOUN && third(&d->token[m->head]))
			pronoun(d, i);
		else if (m->n == 1 && d->token[m->head].upos == KH_PROPN && !m->country[0] &&
			 !m->sector[0])
			surname(d, i);
	}
}
