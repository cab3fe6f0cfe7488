/* khabar.h, and the only setjmp: out of memory anywhere in the line comes back here.
 * In: a caller's bytes. Out: a document, or an error that is complete in itself. */
#include "read/api.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/str.h"
#include "model/dict.h"
#include "model/gazetteer.h"
#include "model/net.h"
#include "model/pattern.h"
#include "model/rule.h"
#include "model/words.h"
#include "read/line.h"
#include "read/tree.h"

const char *khabar_version(void)
{
	return KHABAR_PROGRAM_VERSION;
}

int khabar_model_open(khabar_model **out, const void *image, size_t size, khabar_error *err)
{
	if (!out || !image) {
		kh_error_set(err, KHABAR_E_ARGUMENT, 0, "khabar_model_open: out and image are needed");
		return KHABAR_E_ARGUMENT;
	}
	*out = NULL;
	struct khabar_model *m = malloc(sizeof *m);
	if (!m) {
		kh_error_set(err, KHABAR_E_MEMORY, 0, "out of memory");
		return KHABAR_E_MEMORY;
	}
	memset(m, 0, sizeof *m);
	static int (*const check[])(const struct khabar_model *, khabar_error *) = {
		kh_words_check,
		kh_tree_check,
		kh_dict_check, kh_patterns_check,
		kh_rules_check,
		kh_gaz_check,
	};
	int bad = kh_model_check(m, image, size, err);
	for (size_t i = 0; !bad && i < KH_COUNT(check); i++)
		bad = check[i](m, err);
	if (bad) {
		free(m);
		return bad;
	}
	m->lanes = (uint8_t)kh_net_lanes();
	*out = m;
	return 0;
}

void khabar_model_close(khabar_model *m)
{
	free(m);
}

khabar_model_info khabar_model_about(const khabar_model *m)
{
	return (khabar_model_info){
		.name = kh_str_of(m->head->name),
		.digest = { m->digest, 16 },
		.manifest = kh_model_section(m, "manifest"),
		.format = m->head->format,
		.behaviour = m->head->behaviour,
	};
}

int khabar_worker_new(khabar_worker **out, const khabar_model *model, const khabar_options *o)
{
	if (!out || !model)
		return KHABAR_E_ARGUMENT;
	struct khabar_worker *w = malloc(sizeof *w);
	*out = w;
	if (!w)
		return KHABAR_E_MEMORY;
	memset(w, 0, sizeof *w);
	w->model = model;
	if (o)
		w->options = *o;
	if (!w->options.max_bytes)
		w->options.max_bytes = 64u << 20;
	kh_arena_init(&w->arena, &w->options);
	return 0;
}

void khabar_worker_free(khabar_worker *w)
{
	if (!w)
		return;
	kh_arena_free(&w->arena);
	free(w);
}

static int fail(khabar_error *err, int code, uint64_t at, const char *what)
{
	kh_error_set(err, code, at, what);
	return code;
}

/* A fault of ours: this document is left out, the next one is read. */
static int internal(khabar_error *err, const char *broken)
{
	char what[128];
	snprintf(what, sizeof what, "fault in khabar: %s breaks a promise; the document is left out", broken);
	return fail(err, KHABAR_E_INTERNAL, 0, what);
}

int khabar_read(khabar_worker *w, const khabar_input *in, const khabar_doc **out, khabar_error *err)
{
	if (!w || !in || !out || (!in->bytes.p && in->bytes.n))
		return fail(err, KHABAR_E_ARGUMENT, 0, "khabar_read: worker, input and out are needed");
	*out = NULL;
	if (in->bytes.n > w->options.max_bytes)
		return fail(err, KHABAR_E_LIMIT, w->options.max_bytes, "document is longer than the limit");
	kh_arena_reset(&w->arena);
	memset(&w->doc, 0, sizeof w->doc);
	w->input = *in;
	if (!w->input.bytes.p)
		w->input.bytes.p = "";
	w->doc.doc.source = w->input.bytes;
	w->doc.work = (struct kh_work){ w->model, &w->arena, &w->doc.doc, &w->input };
	jmp_buf door;
	w->arena.door = &door;
	if (setjmp(door))
		return fail(err, KHABAR_E_MEMORY, 0, "out of memory, or over the memory limit");
	kh_line_run(&w->doc.work, &w->options);
	const char *broken = kh_doc_check(&w->doc.doc);
	if (broken)
		return internal(err, broken);
	w->doc.pub = (khabar_doc){ w->doc.doc.text, w->doc.doc.n_story, w->doc.doc.n_report,
				   w->doc.doc.n_note };
	*out = &w->doc.pub;
	return 0;
}

khabar_span khabar_source(const khabar_doc *doc, khabar_span span)
{
	return kh_doc_source(kh_api_doc(doc), span);
}

int khabar_story_at(const khabar_doc *doc, uint32_t i, khabar_story *out)
{
	memset(out, 0, sizeof *out);
	const struct kh_doc *d = kh_api_doc(doc);
	if (i >= d->n_story)
		return KHABAR_E_ARGUMENT;
	const struct kh_story *s = &d->story[i];
	out->id = s->id;
	out->text = kh_text(d, s->text);
	out->title = kh_text(d, s->title);
	out->byline = kh_text(d, s->byline);
	out->dateline = kh_text(d, s->dateline);
	out->url = s->url;
	out->source = s->source;
	out->language = s->language;
	out->published = s->published;
	out->at = s->text;
	out->origin = s->origin;
	out->first_report = s->first_report;
	out->n_reports = s->n_reports;
	out->n_sentences = s->n_sentences;
	out->same_as = s->repeats == KH_NONE ? 0 : s->repeats + 1;
	return 0;
}

int khabar_report_at(const khabar_doc *doc, uint32_t i, khabar_report *out)
{
	memset(out, 0, sizeof *out);
	const struct kh_doc *d = kh_api_doc(doc);
	if (i >= d->n_report)
		return KHABAR_E_ARGUMENT;
	const struct kh_report *r = &d->report[i];
	const struct kh_event *e = &d->event[r->event];
	out->story = r->story;
	out->sentence = r->sentence - d->story[r->story].first_sentence;
	out->ordinal = r->ordinal;
	out->within = r->within == KH_NONE ? 0 : r->within + 1;
	out->at = d->sentence[r->sentence].at;
	out->trigger = e->at;
	out->event = kh_str_of(kh_code_name(KH_LIST_PLOVER, e->event));
	out->cameo = kh_str_of(e->cameo);
	out->certainty = kh_str_of(kh_code_name(KH_LIST_CERTAINTY, r->certainty));
	out->rule = e->rule_name;
	out->first_day = r->begin;
	out->last_day = r->end;
	out->n_actors = e->n_actors;
	out->n_recipients = e->n_recipients;
	out->n_counts = r->n_counts;
	out->n_voices = r->n_voices;
	out->sure = r->sure;
	return 0;
}

int khabar_note_at(const khabar_doc *doc, uint32_t i, khabar_note *out)
{
	memset(out, 0, sizeof *out);
	const struct kh_doc *d = kh_api_doc(doc);
	if (i >= d->n_note)
		return KHABAR_E_ARGUMENT;
	out->kind = kh_str_of(kh_code_name(KH_LIST_NOTE, d->note[i].kind));
	out->at = d->note[i].at;
	out->story = d->note[i].story;
	out->in_source = d->note[i].in_source;
	return 0;
}
