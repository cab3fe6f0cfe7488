/* See report_sure.h. In: an event, its roles, its report. Out: the share of such reports that are
 * right, in thousandths. tools/calibrate fits the weights (hundredths of a logit) on the dev sets
 * and writes report_sure_table.h; the same evidence is read off the records there. */
#include "read/report_sure.h"

#include "read/report_sure_table.h"

/* 0 nobody, 1 somebody without a code, 2 with one */
static unsigned coded(const struct kh_doc *d, uint32_t first, uint32_t n)
{
	for (uint32_t i = first; i < first + n; i++) {
		const struct kh_mention *m = &d->mention[d->role[i]];
		if (m->country[0] || m->sector[0])
			return 2;
	}
	return n ? 1 : 0;
}

static unsigned mood(uint8_t certainty)
{
	return certainty == KH_DENIED ? 1
	       : certainty == KH_PLANNED || certainty == KH_POSSIBLE || certainty == KH_CONDITIONAL
		       ? 2
		       : 0;
}

/* The rule's own evidence, in steps of 40 from 500 on. */
static unsigned step_of(uint16_t sure)
{
	unsigned step = sure < 500 ? 0 : (sure - 500u) / 40, top = KH_COUNT(kh_sure_rule) - 1;
	return step > top ? top : step;
}

/* How the first of those who act is known; 0 nobody acts. */
static unsigned doer(const struct kh_doc *d, const struct kh_event *e)
{
	return e->n_actors ? d->mention[d->role[e->first_actor]].how : KH_AHOW_NONE;
}

uint16_t kh_report_sure(const struct kh_doc *d, const struct kh_event *e, const struct kh_report *r)
{
	if (!KH_SURE_FITTED)
		return e->sure;
	int x = kh_sure_base + kh_sure_category[e->event] +
		kh_sure_actor[coded(d, e->first_actor, e->n_actors)] +
		kh_sure_recipient[coded(d, e->first_recipient, e->n_recipients)] +
		kh_sure_order[r->ordinal > 2 ? 2 : r->ordinal] + kh_sure_mood[mood(r->certainty)] +
		kh_sure_within[e->within != KH_NONE] + kh_sure_voice[r->n_voices > 0] +
		kh_sure_doer[doer(d, e)] + kh_sure_mode[e->mode[0]] +
		kh_sure_rule[step_of(e->sure)];
	int top = (int)KH_COUNT(kh_sure_share) - 1, k = (x + 400) / 20;
	return kh_sure_share[k < 0 ? 0 : k > top ? top : k];
}
