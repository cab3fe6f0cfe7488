/* khabar explain: why a report says what it says, why a sentence says nothing. */
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "main.h"
#include "store/js.h"

typedef struct json_object js;

struct explaining {
	const struct settings *s;
	khabar_worker *worker;
	struct buf line;
	unsigned long found, records, failed;
	js *verbs, *names;   /* of silent sentences: word to how often */
};

static const khabar_doc *read_one(struct explaining *e, const struct record *r)
{
	const khabar_doc *doc;
	khabar_error err;
	e->records++;
	if (khabar_read(e->worker, &r->input, &doc, &err) == 0)
		return doc;
	complain(r->file, r->at + err.at, err.what);
	e->failed++;
	return NULL;
}

static bool explain_reports(void *ctx, const struct record *r)
{
	struct explaining *e = ctx;
	const khabar_doc *doc = read_one(e, r);
	for (uint32_t i = 0; doc && i < doc->n_reports; i++) {
		khabar_report rep;
		khabar_story story;
		khabar_report_at(doc, i, &rep);
		khabar_story_at(doc, rep.story, &story);
		size_t need = khabar_explain(doc, i, NULL, 0);
		e->line.n = 0;
		khabar_explain(doc, i, buf_room(&e->line, need), need);
		printf("%sreport: %.*s/%u.%u\n", e->found++ ? "\n" : "", (int)story.id.n,
		       story.id.p, rep.sentence, rep.ordinal);
		fwrite(e->line.p, 1, need, stdout);
	}
	return !ferror(stdout);
}

/* ---- why not ------------------------------------------------------------ */

static js *layer(struct explaining *e, const khabar_doc *doc, uint32_t story, const char *name)
{
	size_t need = khabar_write_layer(doc, story, name, NULL, 0);
	e->line.n = 0;
	khabar_write_layer(doc, story, name, buf_room(&e->line, need + 1), need);
	e->line.p[need] = 0;
	return need ? json_tokener_parse(e->line.p) : NULL;
}

static void span_of(js *o, int64_t *begin, int64_t *end)
{
	js *at = kh_get(o, "span");
	*begin = json_object_get_int64(json_object_array_get_idx(at, 0));
	*end = json_object_get_int64(json_object_array_get_idx(at, 1));
}

static bool has_report(const khabar_doc *doc, const khabar_story *s, int64_t begin)
{
	khabar_report r;
	for (uint32_t i = s->first_report; i < s->first_report + s->n_reports; i++)
		if (khabar_report_at(doc, i, &r) == 0 && r.at.begin - s->at.begin == begin)
			return true;
	return false;
}

static void tally(js *counts, const char *word)
{
	js *n = kh_get(counts, word);
	json_object_object_add(counts, word, json_object_new_int(1 + json_object_get_int(n)));
}

/* The ten most frequent words of a tally, those seen twice at least. */
static void frequent(js *counts, const char *title)
{
	for (unsigned place = 0; place < 10; place++) {
		const char *top = NULL;
		int most = 1;
		json_object_object_foreach (counts, word, n)
			if (json_object_get_int(n) > most) {
				most = json_object_get_int(n);
				top = word;
			}
		if (top)
			printf("%s%s %d", place ? ", " : title, top, most);
		else if (place)
			putchar('\n');
		if (!top)
			return;
		json_object_object_del(counts, top);
	}
	putchar('\n');
}

/* Words of one layer inside the sentence: verbs of the tree, or actors that could be coded. */
static int words(struct explaining *e, js *list, size_t *from, int64_t begin, int64_t end,
		 bool verbs)
{
	int n = 0;
	size_t count = list ? json_object_array_length(list) : 0;
	for (; *from < count; ++*from) {
		int64_t b, f;
		js *t = json_object_array_get_idx(list, *from);
		span_of(t, &b, &f);
		if (b >= end)
			break;
		const char *upos = json_object_get_string(kh_get(t, "upos"));
		bool take = verbs ? upos && strcmp(upos, "VERB") == 0
				  : json_object_get_boolean(kh_get(t, "political"));
		if (b >= begin && !verbs && !take)
			tally(e->names, json_object_get_string(kh_get(t, "head")));
		if (b < begin || !take)
			continue;
		if (verbs)
			tally(e->verbs, json_object_get_string(kh_get(t, "lemma")));
		printf("%s%s",
		       n++     ? ", "
		       : verbs ? "  no rule took: "
			       : "  actors there: ",
		       json_object_get_string(kh_get(t, verbs ? "lemma" : "text")));
	}
	if (n)
		putchar('\n');
	return n;
}

static void why_not(struct explaining *e, const khabar_doc *doc, uint32_t story)
{
	khabar_story s;
	khabar_story_at(doc, story, &s);
	js *sent = layer(e, doc, story, "sent"), *tree = layer(e, doc, story, "tree");
	js *actor = layer(e, doc, story, "actor"), *list = kh_get(sent, "sent");
	size_t t = 0, a = 0;
	for (size_t i = 0; list && i < json_object_array_length(list); i++) {
		int64_t begin, end;
		js *one = json_object_array_get_idx(list, i);
		span_of(one, &begin, &end);
		if (has_report(doc, &s, begin))
			continue;
		e->found++;
		printf("%.*s/%zu: %s\n", (int)s.id.n, s.id.p, i,
		       json_object_get_string(kh_get(one, "text")));
		if (!words(e, kh_get(tree, "tree"), &t, begin, end, true))
			printf("  no verb: the tree station found none\n");
		if (!words(e, kh_get(actor, "actor"), &a, begin, end, false))
			printf("  no actor: nobody in the sentence is in a dictionary or has a "
			       "role\n");
	}
	json_object_put(sent);
	json_object_put(tree);
	json_object_put(actor);
}

static bool explain_silence(void *ctx, const struct record *r)
{
	struct explaining *e = ctx;
	const khabar_doc *doc = read_one(e, r);
	for (uint32_t i = 0; doc && i < doc->n_stories; i++)
		why_not(e, doc, i);
	return !ferror(stdout);
}

static int run(struct settings *s, struct explaining *e, record_fn *each)
{
	struct reading r;
	if (!reading_from(s, &r))
		return EXIT_USAGE;
	khabar_model *model = main_model_open();
	if (!model || khabar_worker_new(&e->worker, model, NULL) != 0)
		return EXIT_NONE;
	read_all(s, &r, each, e);
	khabar_worker_free(e->worker);
	khabar_model_close(model);
	buf_free(&e->line);
	return main_status(e->records - e->failed, e->failed + r.bad, e->found > 0);
}

int main_explain(struct settings *s)
{
	struct explaining e = {.s = s};
	if (s->db)
		return main_explain_stored(s);
	if (!s->why_not)
		return run(s, &e, explain_reports);
	e.verbs = json_object_new_object();
	e.names = json_object_new_object();
	int status = run(s, &e, explain_silence);
	frequent(e.verbs, "verbs that gave nothing: ");
	frequent(e.names, "nouns in no dictionary of actors: ");
	json_object_put(e.verbs);
	json_object_put(e.names);
	return status;
}
