/* One layer of one story as JSON: what each station added, for people, scorers and tests.
 * In: a document and the layer's name. Out: {"story":id,"<layer>":[…]}. */
#include "base/day.h"
#include "base/str.h"
#include "read/tree_show.h"
#include "read/write.h"

static bool in_story(const struct kh_story *s, kh_span at)
{
	return at.begin >= s->text.begin && at.end <= s->text.end;
}

static void at(const struct kh_doc *d, struct kh_out *o, const struct kh_story *s, kh_span span)
{
	kh_write_span(o, "span", s, span);
	kh_json_str(o, "text", kh_text(d, span));
}

static void opt(struct kh_out *o, const char *key, const char *value)
{
	if (value[0])
		kh_json_strz(o, key, value);
}

static void days(const struct kh_doc *d, const struct kh_story *s, struct kh_out *o)
{
	char iso[11];
	for (uint32_t i = 0; i < d->n_day; i++) {
		const struct kh_day *t = &d->day[i];
		if (!in_story(s, t->at))
			continue;
		kh_json_open(o, NULL, '{');
		at(d, o, s, t->at);
		kh_json_strz(o, "type", kh_code_name(KH_LIST_DAY_TYPE, t->type));
		kh_json_str(o, "value", t->value);
		if (t->begin != KH_NO_DAY) {
			kh_day_write(t->begin, iso);
			kh_json_strz(o, "begin", iso);
		}
		if (t->end != KH_NO_DAY) {
			kh_day_write(t->end, iso);
			kh_json_strz(o, "end", iso);
		}
		opt(o, "how", kh_code_name(KH_LIST_HOW, t->how));
		kh_json_close(o, '}');
	}
}

static void amounts(const struct kh_doc *d, const struct kh_story *s, struct kh_out *o)
{
	for (uint32_t i = 0; i < d->n_amount; i++) {
		const struct kh_amount *a = &d->amount[i];
		if (!in_story(s, a->at))
			continue;
		kh_json_open(o, NULL, '{');
		at(d, o, s, a->at);
		opt(o, "kind", kh_code_name(KH_LIST_COUNT, a->kind));
		if (a->low >= 0)
			kh_json_int(o, "low", a->low);
		if (a->high >= 0)
			kh_json_int(o, "high", a->high);
		kh_json_str(o, "head", d->token[a->head].form);
		if (a->total)
			kh_json_bool(o, "total", true);
		if (a->part)
			kh_json_bool(o, "part", true);
		if (a->named)
			kh_json_bool(o, "named", true);
		if (a->trigger != KH_NONE)
			kh_json_str(o, "trigger", d->token[a->trigger].form);
		if (a->negated)
			kh_json_bool(o, "negated", true);
		kh_json_close(o, '}');
	}
}

static void places(const struct kh_doc *d, const struct kh_story *s, struct kh_out *o)
{
	for (uint32_t i = 0; i < d->n_place; i++) {
		const struct kh_place *p = &d->place[i];
		if (!in_story(s, p->at))
			continue;
		kh_json_open(o, NULL, '{');
		at(d, o, s, p->at);
		kh_json_str(o, "name", p->name);
		opt(o, "country", p->country);
		opt(o, "cc", p->cc);
		opt(o, "fcode", p->fcode);
		if (p->has_point) {
			kh_json_fixed(o, "lat", p->lat, 5);
			kh_json_fixed(o, "lon", p->lon, 5);
		}
		if (p->geonameid)
			kh_json_int(o, "geonameid", p->geonameid);
		if (p->second)
			kh_json_int(o, "second", p->second);
		if (p->adjective)
			kh_json_bool(o, "adjective", true);
		if (p->border.n)
			kh_json_str(o, "border", p->border);
		opt(o, "how", kh_code_name(KH_LIST_HOW, p->how));
		kh_json_int(o, "sure", p->sure);
		kh_json_close(o, '}');
	}
}

static void mentions(const struct kh_doc *d, const struct kh_story *s, struct kh_out *o)
{
	for (uint32_t i = 0; i < d->n_mention; i++) {
		const struct kh_mention *m = &d->mention[i];
		if (!in_story(s, m->at))
			continue;
		kh_json_open(o, NULL, '{');
		kh_json_int(o, "mention", i);
		at(d, o, s, m->at);
		kh_json_str(o, "head", d->token[m->head].form);
		if (m->name.n)
			kh_json_str(o, "name", m->name);
		if (m->id.n)
			kh_json_str(o, "id", m->id);
		opt(o, "country", m->country);
		kh_json_open(o, "sectors", '[');
		for (unsigned k = 0; k < 4 && m->sector[k]; k++)
			kh_json_strz(o, NULL, kh_code_name(KH_LIST_SECTOR, m->sector[k]));
		kh_json_close(o, ']');
		opt(o, "kind", kh_code_name(KH_LIST_ACTOR_KIND, m->kind));
		opt(o, "how", kh_code_name(KH_LIST_ACTOR_HOW, m->how));
		if (m->inferred)
			kh_json_strz(o, "country_from",
				     m->inferred == KH_INFERRED_CLAUSE ? "clause" : "sentence");
		if (m->same != KH_NONE)
			kh_json_int(o, "same", m->same);
		kh_json_bool(o, "political", m->political);
		kh_json_close(o, '}');
	}
}

static void names(const struct kh_doc *d, const struct kh_story *s, struct kh_out *o)
{
	for (uint32_t i = 0; i < d->n_name; i++) {
		const struct kh_name *n = &d->name[i];
		if (!in_story(s, n->at))
			continue;
		kh_json_open(o, NULL, '{');
		at(d, o, s, n->at);
		kh_json_strz(o, "type", kh_code_name(KH_LIST_NAME_TYPE, n->type));
		kh_json_close(o, '}');
	}
}

static void voices(const struct kh_doc *d, const struct kh_story *s, struct kh_out *o)
{
	for (uint32_t i = 0; i < d->n_voice; i++) {
		const struct kh_voice *v = &d->voice[i];
		if (!in_story(s, v->cue) || (v->source.end > v->source.begin && !in_story(s, v->source)))
			continue;
		kh_json_open(o, NULL, '{');
		kh_json_int(o, "voice", i);
		kh_json_open(o, "source", '[');
		if (v->source.end > v->source.begin)
			kh_write_span(o, NULL, s, v->source);
		kh_json_close(o, ']');
		kh_json_open(o, "cue", '[');
		if (v->cue.end > v->cue.begin)
			kh_write_span(o, NULL, s, v->cue);
		kh_json_close(o, ']');
		kh_json_open(o, "content", '[');
		for (uint32_t k = v->first_content; k < v->first_content + v->n_content; k++)
			kh_write_span(o, NULL, s, d->content[k]);
		kh_json_close(o, ']');
		opt(o, "stance", kh_code_name(KH_LIST_STANCE, v->stance));
		kh_json_bool(o, "quote", v->quote);
		if (v->negated)
			kh_json_bool(o, "negated", true);
		if (v->stand)
			kh_json_bool(o, "stand", true);
		if (v->phrase)
			kh_json_bool(o, "phrase", true);
		if (v->outer != KH_NONE)
			kh_json_int(o, "outer", v->outer);
		kh_json_close(o, '}');
	}
}

static void facts(const struct kh_doc *d, const struct kh_story *s, struct kh_out *o)
{
	for (uint32_t i = 0; d->fact && i < d->n_token; i++) {
		if (!in_story(s, d->token[i].at))
			continue;
		kh_json_open(o, NULL, '{');
		kh_write_span(o, "span", s, d->token[i].at);
		kh_json_fixed(o, "value", d->fact[i], 3);
		opt(o, "certainty", kh_code_name(KH_LIST_CERTAINTY, d->certainty[i]));
		kh_json_close(o, '}');
	}
}

static void events(const struct kh_doc *d, const struct kh_story *s, struct kh_out *o)
{
	for (uint32_t i = 0; i < d->n_event; i++) {
		const struct kh_event *e = &d->event[i];
		if (!in_story(s, e->at))
			continue;
		kh_json_open(o, NULL, '{');
		at(d, o, s, e->at);
		kh_json_strz(o, "event", kh_code_name(KH_LIST_PLOVER, e->event));
		opt(o, "mode", kh_code_name(KH_LIST_MODE, e->mode[0]));
		opt(o, "cameo", e->cameo);
		kh_json_str(o, "rule", e->rule_name);
		kh_json_open(o, "actors", '[');
		for (uint32_t k = e->first_actor; k < e->first_actor + e->n_actors; k++)
			kh_json_str(o, NULL, kh_text(d, d->mention[d->role[k]].at));
		kh_json_close(o, ']');
		kh_json_open(o, "recipients", '[');
		for (uint32_t k = e->first_recipient; k < e->first_recipient + e->n_recipients; k++)
			kh_json_str(o, NULL, kh_text(d, d->mention[d->role[k]].at));
		kh_json_close(o, ']');
		kh_json_close(o, '}');
	}
}

static void asides(const struct kh_doc *d, struct kh_out *o, const char *key, const kh_span *list, uint32_t n)
{
	if (!n)
		return;
	kh_json_open(o, key, '[');
	for (uint32_t i = 0; i < n; i++) {
		kh_span source = kh_doc_source(d, list[i]);
		kh_json_open(o, NULL, '{');
		kh_json_span(o, "source", source.begin, source.end);
		kh_json_str(o, "text", kh_text(d, list[i]));
		kh_json_close(o, '}');
	}
	kh_json_close(o, ']');
}

/* The story with its spans in the page's terms, without reports: what `segments` is scored on. */
static void story_layer(const struct kh_doc *d, const struct kh_story *s, struct kh_out *o)
{
	kh_json_open(o, NULL, '{');
	kh_json_str(o, "title", kh_text(d, s->title));
	kh_json_str(o, "byline", kh_text(d, s->byline));
	kh_json_str(o, "dateline", kh_text(d, s->dateline));
	kh_json_str(o, "published", s->published);
	opt(o, "published_how", kh_code_name(KH_LIST_PUBLISHED_HOW, s->published_how));
	kh_json_span(o, "origin", s->origin.begin, s->origin.end);
	if (s->repeats != KH_NONE)
		kh_json_int(o, "repeats", s->repeats);
	kh_json_str(o, "body", kh_text(d, s->text));
	kh_json_open(o, "paragraphs", '['); /* spans of the input */
	for (uint32_t i = s->text.begin; i < s->text.end;) {
		uint32_t end = i;
		while (end < s->text.end &&
		       !(d->text.p[end] == '\n' && end + 1 < s->text.end && d->text.p[end + 1] == '\n'))
			end++;
		kh_span source = kh_doc_source(d, (kh_span){ i, end });
		kh_json_span(o, NULL, source.begin, source.end);
		i = end;
		while (i < s->text.end && d->text.p[i] == '\n')
			i++;
	}
	kh_json_close(o, ']');
	asides(d, o, "headings", d->heading + s->first_heading, s->n_headings);
	asides(d, o, "captions", d->caption + s->first_caption, s->n_captions);
	kh_json_close(o, '}');
}

static void feed_layer(const struct kh_work *w, struct kh_out *o)
{
	const struct kh_feed *f = &w->doc->feed;
	kh_json_open(o, NULL, '{');
	kh_json_str(o, "file", w->input->file);
	kh_json_open(o, "feed", '{');
	kh_json_str(o, "title", f->title);
	kh_json_str(o, "link", f->link);
	kh_json_str(o, "author", f->author);
	kh_json_str(o, "language", f->language);
	kh_json_close(o, '}');
	kh_json_open(o, "entries", '[');
	for (uint32_t i = 0; i < f->n_item; i++) {
		const struct kh_feed_item *e = &f->item[i];
		kh_json_open(o, NULL, '{');
		kh_json_str(o, "title", e->title);
		kh_json_str(o, "link", e->link);
		kh_json_str(o, "id", e->id);
		kh_json_str(o, "published", e->published);
		kh_json_str(o, "updated", e->updated);
		kh_json_str(o, "author", e->author);
		kh_json_str(o, "summary", e->summary);
		kh_json_close(o, '}');
	}
	kh_json_close(o, ']');
	kh_json_close(o, '}');
}

bool kh_write_layer(const struct kh_work *w, uint32_t story, const char *layer, struct kh_out *o)
{
	static const struct {
		const char *name;
		void (*show)(const struct kh_doc *d, const struct kh_story *s, struct kh_out *o);
	} list[] = {
		{ "sent", kh_sent_show },   { "token", kh_token_show }, { "tree", kh_tree_show },
		{ "name", names },          { "actor", mentions },      { "day", days },
		{ "amount", amounts },      { "place", places },        { "voice", voices },
		{ "fact", facts },          { "event", events },        { "story", story_layer },
	};
	if (strcmp(layer, "feed") == 0) { /* of the whole document */
		if (story == 0)
			feed_layer(w, o);
		return story == 0;
	}
	const struct kh_story *s = &w->doc->story[story];
	if (strcmp(layer, "conllu") == 0) {
		kh_conllu_show(w, story, o);
		return true;
	}
	for (size_t i = 0; i < KH_COUNT(list); i++) {
		if (strcmp(layer, list[i].name) != 0)
			continue;
		kh_json_open(o, NULL, '{');
		kh_json_str(o, "story", s->id);
		if (list[i].show == story_layer && w->input->file.n)
			kh_json_str(o, "file", w->input->file);
		kh_json_open(o, layer, '[');
		list[i].show(w->doc, s, o);
		kh_json_close(o, ']');
		kh_json_close(o, '}');
		return true;
	}
	return false;
}
