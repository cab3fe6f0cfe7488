/* The last station: every event becomes a report with its voices, day, place, counts, contexts
 * and certainty. In: events and all layers. Out: doc->report, in the order of the text. */
#include "read/report.h"

#include "base/str.h"
#include "read/chain.h"
#include "read/context.h"
#include "read/report_answer.h"
#include "read/report_sure.h"
#include "read/toll.h"
#include "read/when.h"
#include "read/where.h"

#define MAX_CHAIN 8
#define MAX_COUNTS 16
#define OLD_NEWS 31 /* days before publication that make an event background */

/* The chain of an answer ends with who answers; those whose words are answered are not in it. */
static uint32_t answerers(struct kh_work *w, const struct kh_event *e, uint32_t *out)
{
	const struct kh_doc *d = w->doc;
	uint32_t told[MAX_CHAIN], of = d->event[e->answers].trigger, k = 0;
	uint32_t n = kh_voices_of_token(w, e->trigger, out, MAX_CHAIN - 1);
	uint32_t m = kh_voices_of_token(w, of, told, MAX_CHAIN);
	for (uint32_t i = 0; i < n; i++) {
		bool theirs = false;
		for (uint32_t j = 0; j < m; j++)
			theirs |= told[j] == out[i];
		if (!theirs)
			out[k++] = out[i];
	}
	for (uint32_t i = kh_doc_voices(d, d->sentence[e->sentence].at); i < d->n_voice; i++)
		if (d->voice[i].cue_token == e->trigger) {
			out[k++] = i;
			break;
		}
	return k;
}

/* "X said …, adding that …": X speaks once, by the cue next to it. */
static uint32_t once_each(const struct kh_doc *d, uint32_t *found, uint32_t n)
{
	uint32_t k = 0;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t who = d->voice[found[i]].speaker;
		uint32_t next = i + 1 < n ? d->voice[found[i + 1]].speaker : KH_NONE;
		bool again = who != KH_NONE && next != KH_NONE &&
			     (who == next || d->mention[next].same == who);
		if (!again)
			found[k++] = found[i];
	}
	return k;
}

/* "Kyiv said that Moscow was responsible": his words are the accusation; nobody says that he made it. */
static bool his_words(const struct kh_doc *d, const struct kh_event *e, uint32_t voice)
{
	return e->event == KH_ACCUSE && e->n_actors == 1 &&
	       d->voice[voice].speaker == d->role[e->first_actor];
}

static void add_voices(struct kh_work *w, struct kh_report *r, const struct kh_event *e)
{
	struct kh_doc *d = w->doc;
	uint32_t found[MAX_CHAIN];
	r->first_voice = d->n_report_voice;
	r->n_voices = e->answers == KH_NONE
			      ? kh_voices_of_token(w, e->trigger, found, MAX_CHAIN)
			      : answerers(w, e, found);
	r->n_voices = once_each(d, found, r->n_voices);
	if (r->n_voices && his_words(d, e, found[r->n_voices - 1]))
		r->n_voices--;
	for (uint32_t i = 0; i < r->n_voices; i++) {
		uint32_t *v = KH_PUSH(w->arena, d->report_voice, d->n_report_voice, d->cap_report_voice);
		*v = found[i];
	}
	r->in_quote = r->n_voices && d->token[e->trigger].quoted;
}

/* "X and Y accused each other of shelling": that X did it is what Y says. */
static void other_side(const struct kh_doc *d, const struct kh_event *e, struct kh_report *r)
{
	if (e->within == KH_NONE || e->n_actors != 1 || !r->n_voices)
		return;
	const struct kh_event *outer = &d->event[e->within];
	const struct kh_voice *v = &d->voice[d->report_voice[r->first_voice + r->n_voices - 1]];
	uint32_t doer = d->role[e->first_actor];
	if (outer->n_actors != 2 || v->speaker != doer || v->cue_token != outer->trigger)
		return;
	for (uint32_t i = 0; i < 2; i++)
		if (d->role[outer->first_actor + i] != doer)
			r->speaker = d->role[outer->first_actor + i];
}

static void add_counts(struct kh_work *w, struct kh_report *r, uint32_t trigger, uint8_t event)
{
	struct kh_doc *d = w->doc;
	uint32_t found[MAX_COUNTS];
	uint32_t n = kh_amounts_of_event(w, trigger, event, found, MAX_COUNTS);
	r->first_count = d->n_report_count;
	for (uint32_t i = 0; i < n; i++) {
		if (!d->amount[found[i]].kind)
			continue;
		uint32_t *c = KH_PUSH(w->arena, d->report_count, d->n_report_count, d->cap_report_count);
		*c = found[i];
		r->n_counts++;
	}
}

/* "denied killing civilians holding a rally": nobody in the sentence says or denies the rally. */
static void undenied(const struct kh_doc *d, const struct kh_event *e, struct kh_report *r)
{
	bool done = r->certainty == KH_HAPPENED || r->certainty == KH_PAST ||
		    r->certainty == KH_ONGOING;
	if (done && r->n_voices && e->answers == KH_NONE && e->within == KH_NONE &&
	    d->voice[d->report_voice[r->first_voice + r->n_voices - 1]].stance == KH_DENIES)
		r->n_voices--;
}

static void judge(const struct kh_doc *d, const struct kh_event *e, struct kh_report *r)
{
	const struct kh_story *s = &d->story[r->story];
	r->certainty = e->certainty;
	if (!r->certainty && d->certainty)
		r->certainty = d->certainty[e->trigger];
	if (!r->certainty)
		r->certainty = KH_HAPPENED;
	bool told = r->time_how == KH_HOW_STATED || r->time_how == KH_HOW_RESOLVED;
	int32_t news = s->day != KH_NO_DAY ? s->day : s->not_before;
	if (r->certainty == KH_HAPPENED && told && r->end != KH_NO_DAY && news != KH_NO_DAY &&
	    r->end < news - OLD_NEWS)
		r->certainty = KH_PAST;
	undenied(d, e, r);
	r->sure = kh_report_sure(d, e, r);
}

/* What happened did so before it was told: "promised to hire nurses by July" is no promise of July. A
 * day ahead may be another zone's. */
static void not_ahead(const struct kh_doc *d, struct kh_report *r)
{
	int32_t told = d->story[r->story].day;
	bool done = r->certainty == KH_HAPPENED || r->certainty == KH_ONGOING;
	int32_t first = r->begin != KH_NO_DAY ? r->begin : r->end;
	if (done && told != KH_NO_DAY && first <= told && r->end > told + 1)
		r->end = told; /* "killed 40 this year": so far */
	if (!done || told == KH_NO_DAY || first == KH_NO_DAY || first <= told + 1)
		return;
	r->day = KH_NONE;
	r->begin = KH_NO_DAY;
	r->end = told;
	r->time_how = KH_HOW_HEADER;
}

/* What is planned comes after the news of it; what may be or would be is bound by no day, unless it
 * may have been. */
static void to_come(const struct kh_doc *d, const struct kh_event *e, struct kh_report *r)
{
	bool open = r->certainty == KH_POSSIBLE || r->certainty == KH_CONDITIONAL;
	if (r->time_how != KH_HOW_HEADER || (r->certainty != KH_PLANNED && !open) ||
	    (d->token[e->trigger].feats & KH_FEAT_PAST))
		return;
	for (uint32_t c = d->token[e->trigger].child; c != KH_NONE; c = d->token[c].next)
		if (kh_str_ieq(d->token[c].lemma, KH_S("have")))
			return;
	r->begin = r->certainty == KH_PLANNED ? r->end : KH_NO_DAY;
	r->end = KH_NO_DAY;
	r->time_how = r->certainty == KH_PLANNED ? KH_HOW_HEADER : KH_HOW_NONE;
}

static void report_of(struct kh_work *w, uint32_t event, uint32_t story)
{
	struct kh_doc *d = w->doc;
	const struct kh_event *e = &d->event[event];
	struct kh_report r = { .story = story, .sentence = e->sentence, .event = event,
			       .within = KH_NONE, .place = KH_NONE, .day = KH_NONE,
			       .speaker = KH_NONE };
	for (uint32_t i = d->n_report; i-- > 0 && d->report[i].sentence == e->sentence;)
		r.ordinal++;
	uint32_t deed = e->answers == KH_NONE ? e->trigger : d->event[e->answers].trigger;
	r.day = kh_when_of_event(w, deed, &r.begin, &r.end, &r.time_how);
	r.place = kh_where_of_event(w, deed, &r.place_how);
	r.contexts = kh_context_of(w, event);
	add_voices(w, &r, e);
	other_side(d, e, &r);
	add_counts(w, &r, deed, e->event);
	judge(d, e, &r);
	not_ahead(d, &r);
	to_come(d, e, &r);
	*KH_PUSH(w->arena, d->report, d->n_report, d->cap_report) = r;
}

/* `within` of an event becomes `within` of its report. */
static void link_within(struct kh_work *w)
{
	struct kh_doc *d = w->doc;
	uint32_t *of = KH_TAKE(w->arena, d->n_event + 1, uint32_t);
	for (uint32_t i = 0; i < d->n_report; i++)
		of[d->report[i].event] = i + 1;
	for (uint32_t i = 0; i < d->n_report; i++) {
		uint32_t outer = d->event[d->report[i].event].within;
		if (outer != KH_NONE && of[outer])
			d->report[i].within = of[outer] - 1;
	}
}

static void reports_of(struct kh_work *w, uint32_t sentence, uint32_t story, uint32_t *e, uint32_t n)
{
	const struct kh_doc *d = w->doc;
	uint32_t answer[KH_ANSWERS];
	while (*e < n && d->event[*e].sentence <= sentence)
		report_of(w, (*e)++, story);
	uint32_t more = kh_report_answers(w, sentence, answer);
	for (uint32_t i = 0; i < more; i++)
		report_of(w, answer[i], story);
}

void kh_report_run(struct kh_work *w)
{
	struct kh_doc *d = w->doc;
	uint32_t e = 0, n = d->n_event; /* answers come behind them */
	for (uint32_t i = 0; i < d->n_story; i++) {
		struct kh_story *s = &d->story[i];
		s->first_report = d->n_report;
		for (uint32_t k = s->first_sentence; k < s->first_sentence + s->n_sentences; k++)
			reports_of(w, k, i, &e, n);
		s->n_reports = d->n_report - s->first_report;
	}
	link_within(w);
}
