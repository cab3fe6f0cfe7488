/* The record as record.md fixes it: fields in its order, nothing written when there is nothing to
 * say, spans counted from the story's text. In: a document. Out: JSON. */
#include "read/write.h"

#include "base/day.h"
#include "base/str.h"

void kh_write_span(struct kh_out *o, const char *key, const struct kh_story *s, kh_span at)
{
	kh_json_span(o, key, at.begin - s->text.begin, at.end - s->text.begin);
}

static void text_at(const struct kh_doc *d, struct kh_out *o, const struct kh_story *s, kh_span at)
{
	kh_write_span(o, "span", s, at);
	kh_json_str(o, "text", kh_text(d, at));
}

static void opt_str(struct kh_out *o, const char *key, kh_str s)
{
	if (s.n)
		kh_json_str(o, key, s);
}

static void actor(const struct kh_doc *d, struct kh_out *o, const char *key,
		  const struct kh_story *s, const struct kh_mention *m)
{
	kh_json_open(o, key, '{');
	text_at(d, o, s, m->at);
	opt_str(o, "name", m->name);
	opt_str(o, "id", m->id);
	opt_str(o, "country", kh_str_of(m->country));
	if (m->sector[0]) {
		kh_json_open(o, "sectors", '[');
		for (unsigned i = 0; i < 4 && m->sector[i]; i++)
			kh_json_strz(o, NULL, kh_code_name(KH_LIST_SECTOR, m->sector[i]));
		kh_json_close(o, ']');
	}
	opt_str(o, "kind", kh_str_of(kh_code_name(KH_LIST_ACTOR_KIND, m->kind)));
	opt_str(o, "how", kh_str_of(kh_code_name(KH_LIST_ACTOR_HOW, m->how)));
	kh_json_close(o, '}');
}

static void actors(const struct kh_doc *d, struct kh_out *o, const char *key,
		   const struct kh_story *s, uint32_t first, uint32_t n)
{
	if (!n)
		return;
	kh_json_open(o, key, '[');
	for (uint32_t i = first; i < first + n; i++)
		actor(d, o, NULL, s, &d->mention[d->role[i]]);
	kh_json_close(o, ']');
}

static void counts(const struct kh_doc *d, struct kh_out *o, const struct kh_story *s,
		   const struct kh_report *r)
{
	if (!r->n_counts)
		return;
	kh_json_open(o, "counts", '[');
	for (uint32_t i = r->first_count; i < r->first_count + r->n_counts; i++) {
		const struct kh_amount *a = &d->amount[d->report_count[i]];
		kh_json_open(o, NULL, '{');
		kh_json_strz(o, "kind", kh_code_name(KH_LIST_COUNT, a->kind));
		if (a->low >= 0)
			kh_json_int(o, "low", a->low);
		if (a->high >= 0)
			kh_json_int(o, "high", a->high);
		text_at(d, o, s, a->at);
		kh_json_close(o, '}');
	}
	kh_json_close(o, ']');
}

static void place(const struct kh_doc *d, struct kh_out *o, const struct kh_story *s,
		  const struct kh_report *r)
{
	if (r->place == KH_NONE)
		return;
	const struct kh_place *p = &d->place[r->place];
	kh_json_open(o, "place", '{');
	if (p->border.n) { /* a line: no point, no entry of the gazetteer */
		text_at(d, o, s, p->border_at);
		opt_str(o, "name", p->border);
		opt_str(o, "country", kh_str_of(p->country));
		opt_str(o, "how", kh_str_of(kh_code_name(KH_LIST_HOW, r->place_how)));
		kh_json_close(o, '}');
		return;
	}
	text_at(d, o, s, p->at);
	opt_str(o, "name", p->name);
	opt_str(o, "country", kh_str_of(p->country));
	if (p->has_point && memcmp(p->fcode, "PCL", 3) != 0) { /* a country's centre is no place */
		kh_json_fixed(o, "lat", p->lat, 5);
		kh_json_fixed(o, "lon", p->lon, 5);
	}
	if (p->geonameid)
		kh_json_int(o, "geonameid", p->geonameid);
	opt_str(o, "how", kh_str_of(kh_code_name(KH_LIST_HOW, r->place_how)));
	kh_json_close(o, '}');
}

static void when(const struct kh_doc *d, struct kh_out *o, const struct kh_story *s,
		 const struct kh_report *r)
{
	char day[11];
	if (r->day == KH_NONE && r->begin == KH_NO_DAY && r->end == KH_NO_DAY)
		return;
	kh_json_open(o, "time", '{');
	if (r->day != KH_NONE) {
		text_at(d, o, s, d->day[r->day].at);
		const struct kh_day *t = &d->day[r->day];
		bool moved = r->begin != KH_NO_DAY && r->end != KH_NO_DAY &&
			     (r->begin > t->end || r->end < t->begin); /* "two days after Monday's" */
		if (!moved)
			opt_str(o, "value", t->value);
	}
	if (r->begin != KH_NO_DAY) {
		kh_day_write(r->begin, day);
		kh_json_strz(o, "begin", day);
	}
	if (r->end != KH_NO_DAY) {
		kh_day_write(r->end, day);
		kh_json_strz(o, "end", day);
	}
	opt_str(o, "how", kh_str_of(kh_code_name(KH_LIST_HOW, r->time_how)));
	kh_json_close(o, '}');
}

static void voices(const struct kh_doc *d, struct kh_out *o, const struct kh_story *s,
		   const struct kh_report *r)
{
	if (!r->n_voices)
		return;
	kh_json_open(o, "said_by", '[');
	for (uint32_t i = r->first_voice; i < r->first_voice + r->n_voices; i++) {
		const struct kh_voice *v = &d->voice[d->report_voice[i]];
		kh_json_open(o, NULL, '{');
		bool innermost = i + 1 == r->first_voice + r->n_voices;
		uint32_t speaker = innermost && r->speaker != KH_NONE ? r->speaker : v->speaker;
		if (speaker != KH_NONE) {
			actor(d, o, "speaker", s, &d->mention[speaker]);
		} else if (v->source.end > v->source.begin) {
			kh_json_open(o, "speaker", '{');
			text_at(d, o, s, v->source);
			kh_json_close(o, '}');
		}
		if (v->cue.end > v->cue.begin) {
			kh_json_open(o, "cue", '{');
			text_at(d, o, s, v->cue);
			kh_json_close(o, '}');
		}
		opt_str(o, "stance", kh_str_of(kh_code_name(KH_LIST_STANCE, v->stance)));
		kh_json_bool(o, "quote", innermost ? r->in_quote : v->quote);
		kh_json_close(o, '}');
	}
	kh_json_close(o, ']');
}

static void report_id(const struct kh_doc *d, struct kh_out *o, const char *key,
		      const struct kh_report *r)
{
	const struct kh_story *s = &d->story[r->story];
	char b[320];
	struct kh_out id = { .to = b, .room = sizeof b };
	kh_out_bytes(&id, s->id.n > 256 ? kh_str_sub(s->id, 0, 256) : s->id);
	kh_out_text(&id, "/");
	kh_out_int(&id, r->sentence - s->first_sentence);
	kh_out_text(&id, ".");
	kh_out_int(&id, r->ordinal);
	kh_json_str(o, key, (kh_str){ b, id.n });
}

static void code_list(struct kh_out *o, const char *key, enum kh_code_list list, uint64_t bits)
{
	if (!bits)
		return;
	kh_json_open(o, key, '[');
	for (unsigned i = 1; i < kh_code_count(list); i++)
		if (bits >> i & 1)
			kh_json_strz(o, NULL, kh_code_name(list, i));
	kh_json_close(o, ']');
}

static void what(const struct kh_doc *d, struct kh_out *o, const struct kh_report *r)
{
	const struct kh_event *e = &d->event[r->event];
	kh_json_strz(o, "event", kh_code_name(KH_LIST_PLOVER, e->event));
	if (e->mode[0]) {
		kh_json_open(o, "modes", '[');
		for (unsigned i = 0; i < 3 && e->mode[i]; i++)
			kh_json_strz(o, NULL, kh_code_name(KH_LIST_MODE, e->mode[i]));
		kh_json_close(o, ']');
	}
	code_list(o, "contexts", KH_LIST_CONTEXT, r->contexts);
	if (e->cameo[0])
		kh_json_strz(o, "cameo", e->cameo);
	int goldstein;
	if (kh_cameo_goldstein(e->cameo, &goldstein))
		kh_json_fixed(o, "goldstein", goldstein, 1);
	kh_json_int(o, "quad", kh_plover_quad((enum kh_plover)e->event));
}

void kh_write_report(const struct kh_work *w, uint32_t i, struct kh_out *o)
{
	const struct kh_doc *d = w->doc;
	const struct kh_report *r = &d->report[i];
	const struct kh_event *e = &d->event[r->event];
	const struct kh_story *s = &d->story[r->story];
	kh_json_open(o, NULL, '{');
	report_id(d, o, "id", r);
	kh_json_str(o, "story", s->id);
	kh_json_int(o, "sentence", r->sentence - s->first_sentence);
	kh_write_span(o, "span", s, d->sentence[r->sentence].at);
	what(d, o, r);
	kh_json_open(o, "trigger", '{');
	text_at(d, o, s, e->at);
	kh_json_close(o, '}');
	actors(d, o, "actors", s, e->first_actor, e->n_actors);
	actors(d, o, "recipients", s, e->first_recipient, e->n_recipients);
	counts(d, o, s, r);
	place(d, o, s, r);
	when(d, o, s, r);
	opt_str(o, "certainty", kh_str_of(kh_code_name(KH_LIST_CERTAINTY, r->certainty)));
	voices(d, o, s, r);
	if (r->within != KH_NONE)
		report_id(d, o, "within", &d->report[r->within]);
	opt_str(o, "rule", e->rule_name);
	kh_json_int(o, "sure", r->sure);
	kh_json_close(o, '}');
}

static void spans(const struct kh_doc *d, struct kh_out *o, const char *key, const kh_span *at,
		  uint32_t n)
{
	if (!n)
		return;
	kh_json_open(o, key, '[');
	for (uint32_t i = 0; i < n; i++)
		kh_json_str(o, NULL, kh_text(d, at[i]));
	kh_json_close(o, ']');
}

static void notes(const struct kh_doc *d, struct kh_out *o, uint32_t story)
{
	bool any = false;
	for (uint32_t i = 0; i < d->n_note; i++) {
		const struct kh_note *n = &d->note[i];
		if (n->story != story && !(n->story == KH_NONE && story == 0))
			continue;
		if (!any)
			kh_json_open(o, "notes", '[');
		any = true;
		kh_json_open(o, NULL, '{');
		kh_json_strz(o, "kind", kh_code_name(KH_LIST_NOTE, n->kind));
		if (n->in_source)
			kh_json_span(o, "source", n->at.begin, n->at.end);
		else
			kh_write_span(o, "span", &d->story[story], n->at);
		kh_json_close(o, '}');
	}
	if (any)
		kh_json_close(o, ']');
}

static void by(const struct kh_work *w, struct kh_out *o)
{
	kh_json_open(o, "by", '{');
	kh_json_strz(o, "program", KHABAR_PROGRAM_VERSION);
	kh_json_strz(o, "model", w->model->head->name);
	kh_json_int(o, "behaviour", w->model->head->behaviour);
	kh_json_close(o, '}');
}

void kh_write_story(const struct kh_work *w, uint32_t i, struct kh_out *o)
{
	const struct kh_doc *d = w->doc;
	const struct kh_story *s = &d->story[i];
	kh_json_open(o, NULL, '{');
	kh_json_str(o, "story", s->id);
	by(w, o);
	opt_str(o, "source", s->source);
	opt_str(o, "url", s->url);
	opt_str(o, "language", s->language);
	opt_str(o, "title", kh_text(d, s->title));
	opt_str(o, "byline", kh_text(d, s->byline));
	opt_str(o, "published", s->published);
	opt_str(o, "published_how", kh_str_of(kh_code_name(KH_LIST_PUBLISHED_HOW, s->published_how)));
	opt_str(o, "dateline", kh_text(d, s->dateline));
	kh_json_str(o, "text", kh_text(d, s->text));
	spans(d, o, "captions", d->caption + s->first_caption, s->n_captions);
	spans(d, o, "headings", d->heading + s->first_heading, s->n_headings);
	kh_json_open(o, "origin", '{');
	opt_str(o, "file", w->input->file);
	kh_json_span(o, "span", s->origin.begin, s->origin.end);
	kh_json_close(o, '}');
	notes(d, o, i);
	if (s->n_reports) {
		kh_json_open(o, "reports", '[');
		for (uint32_t r = s->first_report; r < s->first_report + s->n_reports; r++)
			kh_write_report(w, r, o);
		kh_json_close(o, ']');
	}
	kh_json_close(o, '}');
}
