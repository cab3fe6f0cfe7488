/* Names for khabar-train. In: JSON Lines of documents with "id", "text" and "entities"
 * [[start,end,TYPE],…] in characters. Out: the words of names marked, over the treebank's own words
 * where the document is one of its own, else in sentences and words as the library cuts them. */
#include <json-c/json.h>
#include <zlib.h>

#include "doc/doc.h"
#include "read/api.h"
#include "read/tree_hints.h"
#include "train.h"

static uint8_t type_of(const char *t, kh_str words)
{
	static const struct {
		const char *type;
		uint8_t name;
	} map[] = {
		{"PER", KH_NAME_PERSON},	 {"ORG", KH_NAME_ORG},
		{"LOC", KH_NAME_PLACE},		 {"OTH", KH_NAME_GROUP},
		{"FAC", KH_NAME_PLACE},		 {"NORP", KH_NAME_GROUP},
		{"MISC", KH_NAME_OTHER},	 {"person", KH_NAME_PERSON},
		{"politician", KH_NAME_PERSON},	 {"organisation", KH_NAME_ORG},
		{"politicalparty", KH_NAME_ORG}, {"country", KH_NAME_PLACE},
		{"location", KH_NAME_PLACE},	 {"event", KH_NAME_EVENT},
		{"election", KH_NAME_EVENT},	 {"misc", KH_NAME_OTHER},
		{"Organisation", KH_NAME_ORG},	 {"Person", KH_NAME_PERSON},
		{"Location", KH_NAME_PLACE},	 {"Nationality", KH_NAME_GROUP},
	};
	bool sure = strcmp(t, "PER") == 0 || strcmp(t, "LOC") == 0 || strcmp(t, "ORG") == 0;
	if (!sure && (!words.n || !kh_is_upper((unsigned char)words.p[0])))
		return 0; /* some sets mark "rebels", "the army" */
	for (size_t i = 0; i < KH_COUNT(map); i++)
		if (strcmp(t, map[i].type) == 0)
			return map[i].name;
	return 0;
}

struct document {
	struct json_object *o;
	kh_str id, text;
	uint8_t *type;	/* of every byte of the text; 0 outside */
	uint8_t *opens; /* a name begins at this byte */
};

/* Byte offset of every character of the text, and of its end. */
static uint32_t *offsets(kh_str text)
{
	uint32_t *at = calloc(text.n + 2, sizeof *at), n = 0;
	for (size_t i = 0; i < text.n; i++)
		if (((unsigned char)text.p[i] & 0xC0) != 0x80)
			at[n++] = (uint32_t)i;
	for (; n < text.n + 2; n++)
		at[n] = (uint32_t)text.n;
	return at;
}

static bool document_open(struct document *d, const char *line)
{
	struct json_object *text, *list, *id, *source;
	d->o = json_tokener_parse(line);
	if (!d->o || !json_object_object_get_ex(d->o, "text", &text) ||
	    !json_object_object_get_ex(d->o, "entities", &list) ||
	    !json_object_object_get_ex(d->o, "id", &id))
		return false;
	if (json_object_object_get_ex(d->o, "source", &source) &&
	    strcmp(json_object_get_string(source), "BBC Online") == 0)
		return false; /* may not be shipped */
	d->id = kh_str_of(json_object_get_string(id));
	d->text = (kh_str){json_object_get_string(text), (size_t)json_object_get_string_len(text)};
	d->type = calloc(d->text.n + 1, 1);
	d->opens = calloc(d->text.n + 1, 1);
	uint32_t *at = offsets(d->text);
	for (size_t i = 0; i < json_object_array_length(list); i++) {
		struct json_object *e = json_object_array_get_idx(list, i);
		int b = json_object_get_int(json_object_array_get_idx(e, 0));
		int f = json_object_get_int(json_object_array_get_idx(e, 1));
		if (b < 0 || f <= b || (size_t)f > d->text.n)
			continue;
		uint8_t type = type_of(json_object_get_string(json_object_array_get_idx(e, 2)),
				       kh_str_sub(d->text, at[b], at[f]));
		if (!type || d->type[at[b]])
			continue;
		memset(d->type + at[b], type, at[f] - at[b]);
		d->opens[at[b]] = 1;
	}
	free(at);
	return true;
}

static void document_close(struct document *d)
{
	free(d->type);
	free(d->opens);
	d->type = d->opens = NULL;
	json_object_put(d->o);
}

/* The class of the word at [a,b), given that of the word before. */
static uint8_t class_at(const struct document *d, uint32_t a, uint32_t b, uint8_t before)
{
	uint8_t type = d->type[a];
	bool opens = false;
	for (uint32_t i = a; i < b; i++)
		opens |= d->opens[i];
	if (!type)
		return 0;
	return (uint8_t)(!opens && (before == 2 * type || before == 2 * type - 1) ? 2 * type
										  : 2 * type - 1);
}

typedef void (*take_document)(struct corpus *c, struct document *d, void *with);

static void each(struct corpus *c, const char *path, take_document take, void *with)
{
	gzFile f = gzopen(path, "rb");
	char *buf = malloc(1 << 24);
	uint32_t before = c->n;
	if (!f) {
		fprintf(stderr, "khabar-train: cannot read %s\n", path);
		exit(1);
	}
	while (gzgets(f, buf, 1 << 24)) {
		struct document d = {0};
		if (document_open(&d, buf))
			take(c, &d, with);
		document_close(&d);
	}
	gzclose(f);
	free(buf);
	fprintf(stderr, "%s: %u sentences of its own\n", path, c->n - before);
}

/* Walks text and words side by side; a word that is not found is searched a little further on. */
static void lay_over(struct corpus *c, struct document *d, void *with)
{
	uint32_t at = 0, *laid = with;
	uint32_t which = 0;
	while (which < c->documents && strcmp(c->document[which], d->id.p) != 0)
		which++;
	for (uint32_t i = 0; i < c->n && which < c->documents; i++) {
		struct sentence *s = &c->s[i];
		uint8_t before = 0;
		if (s->document != which || !s->has_tree)
			continue;
		s->has_names = true;
		for (int32_t k = 0; k < s->n; k++) {
			kh_str form = s->w[k].form;
			uint32_t to = at;
			while (to + form.n <= d->text.n && to < at + 60 &&
			       memcmp(d->text.p + to, form.p, form.n) != 0)
				to++;
			if (to + form.n > d->text.n || to == at + 60) {
				s->has_names = false;
				continue;
			}
			before = s->w[k].name = class_at(d, to, to + (uint32_t)form.n, before);
			at = to + (uint32_t)form.n;
		}
		*laid += s->has_names;
	}
}

void names_over(struct corpus *c, const char *path)
{
	uint32_t laid = 0;
	each(c, path, lay_over, &laid);
	fprintf(stderr, "names laid over %u sentences\n", laid);
}

static void cut_and_add(struct corpus *c, struct document *d, void *with)
{
	khabar_input in = {.bytes = d->text, .kind = KHABAR_KIND_STORY};
	const khabar_doc *doc;
	struct word w[512];
	if (khabar_read(with, &in, &doc, NULL) != 0)
		return;
	const struct kh_doc *x = kh_api_doc(doc);
	for (uint32_t i = 0; i < x->n_sentence; i++) {
		const struct kh_sentence *s = &x->sentence[i];
		uint8_t before = 0;
		int32_t n = 0;
		for (uint32_t k = 0; k < s->n_tokens && n < 512; k++) {
			const struct kh_token *t = &x->token[s->first_token + k];
			w[n] = (struct word){.form = keep_bytes(t->form.p, t->form.n)};
			before = w[n++].name = class_at(d, t->at.begin, t->at.end, before);
		}
		if (n)
			corpus_add(c, w, n)->has_names = true;
	}
}

static khabar_model *model;

const struct khabar_model *names_model(void)
{
	return model;
}

static khabar_worker *open_worker(const char *path_image, const khabar_options *o)
{
	khabar_worker *worker = NULL;
	khabar_error err;
	FILE *f = fopen(path_image, "rb");
	if (!f)
		exit(1);
	fseek(f, 0, SEEK_END);
	size_t n = (size_t)ftell(f);
	rewind(f);
	void *image = aligned_alloc(64, (n + 64) & ~(size_t)63);
	if (fread(image, 1, n, f) != n || khabar_model_open(&model, image, n, &err) != 0 ||
	    khabar_worker_new(&worker, model, o) != 0)
		exit(1);
	fclose(f);
	return worker;
}

void names_add(struct corpus *c, const char *path_image, const char *path)
{
	static khabar_worker *worker;
	khabar_options o = {.stop_after = KHABAR_STAGE_TOKEN};
	if (!worker)
		worker = open_worker(path_image, &o);
	each(c, path, cut_and_add, worker);
}

/* ---- for the reader of names: words with tags and hints ------------------- */

struct hinting {
	khabar_worker *worker;
	struct hinted *to;
	bool learn;
};

static void hint_one(struct hinting *x, struct document *d)
{
	khabar_input in = {.bytes = d->text, .kind = KHABAR_KIND_STORY};
	const khabar_doc *doc;
	if (khabar_read(x->worker, &in, &doc, NULL) != 0)
		return;
	const struct kh_doc *k = kh_api_doc(doc);
	struct kh_work work = *kh_api_work(doc);
	struct kh_hints *h = kh_hints_open(&work);
	for (uint32_t i = 0; i < k->n_sentence; i++) {
		const struct kh_sentence *s = &k->sentence[i];
		uint32_t n = s->n_tokens < 512 ? s->n_tokens : 512;
		uint8_t before = 0;
		struct kh_casing_count count = {0};
		if (!n)
			continue;
		x->to->s = realloc(x->to->s, (x->to->n + 1) * sizeof *x->to->s);
		struct hinted_sentence *y = &x->to->s[x->to->n++];
		*y = (struct hinted_sentence){.n = n};
		y->seen = calloc(n, sizeof *y->seen);
		y->row = calloc(n, sizeof *y->row);
		y->name = calloc(n, 1);
		for (uint32_t t = 0; t < n; t++)
			kh_casing_add(&count, k->token[s->first_token + t].form);
		kh_hints_of(h, s->first_token, n, y->row);
		for (uint32_t t = 0; t < n; t++) {
			const struct kh_token *w = &k->token[s->first_token + t];
			y->seen[t] = kh_seen_of(w->form, kh_casing_of(&count));
			before = y->name[t] = class_at(d, w->at.begin, w->at.end, before);
		}
	}
}

static void hint(struct corpus *c, struct document *d, void *with)
{
	struct hinting *x = with;
	char *text = (char *)(uintptr_t)d->text.p;
	(void)c;
	hint_one(x, d);
	uint32_t dice = x->learn ? random_below(100) : 100;
	if (dice >= 24)
		return;
	for (size_t i = 0; i < d->text.n; i++) {
		char ch = text[i];
		if (dice < 16)
			text[i] = kh_lower(ch);
		else
			text[i] = kh_is_lower((unsigned char)ch) ? (char)(ch - 32) : ch;
	}
	hint_one(x, d);
}

void names_hint(struct hinted *to, const char *image, const char *path, bool learn)
{
	static khabar_worker *worker;
	khabar_options o = {.stop_after = KHABAR_STAGE_TREE};
	struct corpus none = {0};
	if (!worker)
		worker = open_worker(image, &o);
	struct hinting x = {worker, to, learn};
	uint32_t before = to->n;
	each(&none, path, hint, &x);
	fprintf(stderr, "%s: %u sentences with hints\n", path, to->n - before);
}
