/* Why a report says what it says. In: a report. Out: lines for a person: the sentence, its tree,
 * the rule, and where each field came from. */
#include "base/str.h"
#include "model/dict.h"
#include "read/write.h"

static void line(struct kh_out *o, const char *key, kh_str value)
{
	if (!value.n)
		return;
	kh_out_text(o, key);
	kh_out_text(o, ": ");
	kh_out_bytes(o, value);
	kh_out_text(o, "\n");
}

static void code(struct kh_out *o, const char *key, enum kh_code_list list, unsigned value)
{
	line(o, key, kh_str_of(kh_code_name(list, value)));
}

static void tree(const struct kh_doc *d, const struct kh_sentence *e, uint32_t trigger,
		 struct kh_out *o)
{
	kh_out_text(o, "tree (number, word, tag, head, relation):\n");
	for (uint32_t n = 0; n < e->n_tokens; n++) {
		const struct kh_token *k = &d->token[e->first_token + n];
		kh_out_text(o, e->first_token + n == trigger ? "  > " : "    ");
		kh_out_int(o, n + 1);
		kh_out_text(o, " ");
		kh_out_bytes(o, k->form);
		kh_out_text(o, " ");
		kh_out_text(o, kh_upos_name(k->upos));
		kh_out_text(o, " ");
		kh_out_int(o, k->head == KH_NONE ? 0 : k->head - e->first_token + 1);
		kh_out_text(o, " ");
		kh_out_text(o, kh_rel_name(k->rel));
		kh_out_text(o, "\n");
	}
}

/* A country that no word of the actor names is marked with what it was inferred from. */
static void from_where(const struct kh_mention *m, struct kh_out *o)
{
	if (m->inferred)
		kh_out_text(o, m->inferred == KH_INFERRED_CLAUSE ? ", country inferred from its clause"
								 : ", country inferred from its sentence");
}

static void item(const struct kh_work *w, const struct kh_mention *m, struct kh_out *o)
{
	struct kh_dict dict = kh_dict_open(w->model);
	if (m->entity == KH_NONE || !dict.head || !dict.entry[m->entity].wikidata)
		return;
	kh_out_text(o, ", Wikidata Q");
	kh_out_int(o, dict.entry[m->entity].wikidata);
}

static void who(const struct kh_work *w, const char *key, uint32_t first, uint32_t n,
		struct kh_out *o)
{
	const struct kh_doc *d = w->doc;
	for (uint32_t i = first; i < first + n; i++) {
		const struct kh_mention *m = &d->mention[d->role[i]];
		kh_out_text(o, key);
		kh_out_text(o, ": \"");
		kh_out_bytes(o, kh_text(d, m->at));
		kh_out_text(o, "\" = ");
		kh_out_bytes(o, m->name.n ? m->name : KH_S("not in the dictionary"));
		kh_out_text(o, " ");
		kh_out_text(o, m->country);
		for (unsigned k = 0; k < 4 && m->sector[k]; k++) {
			kh_out_text(o, " ");
			kh_out_text(o, kh_code_name(KH_LIST_SECTOR, m->sector[k]));
		}
		kh_out_text(o, ", by ");
		kh_out_text(o, kh_code_name(KH_LIST_ACTOR_HOW, m->how));
		from_where(m, o);
		item(w, m, o);
		kh_out_text(o, "\n");
	}
}

void kh_write_explain(const struct kh_work *w, uint32_t i, struct kh_out *o)
{
	const struct kh_doc *d = w->doc;
	const struct kh_report *r = &d->report[i];
	const struct kh_event *e = &d->event[r->event];
	const struct kh_sentence *s = &d->sentence[r->sentence];
	line(o, "sentence", kh_text(d, s->at));
	line(o, "trigger", kh_text(d, e->at));
	code(o, "event", KH_LIST_PLOVER, e->event);
	code(o, "mode", KH_LIST_MODE, e->mode[0]);
	line(o, "cameo", kh_str_of(e->cameo));
	line(o, "rule", e->rule_name);
	who(w, "actor", e->first_actor, e->n_actors, o);
	who(w, "recipient", e->first_recipient, e->n_recipients, o);
	code(o, "certainty", KH_LIST_CERTAINTY, r->certainty);
	code(o, "time by", KH_LIST_HOW, r->time_how);
	code(o, "place by", KH_LIST_HOW, r->place_how);
	for (uint32_t k = r->first_voice; k < r->first_voice + r->n_voices; k++) {
		const struct kh_voice *v = &d->voice[d->report_voice[k]];
		bool other = r->speaker != KH_NONE && k + 1 == r->first_voice + r->n_voices;
		line(o, "said by", kh_text(d, other ? d->mention[r->speaker].at : v->source));
		line(o, "  cue", kh_text(d, v->cue));
		code(o, "  stance", KH_LIST_STANCE, v->stance);
	}
	tree(d, s, e->trigger, o);
}
