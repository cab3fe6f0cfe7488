/* khabar-train names OUT IMAGE FILE…: the name tagger. In: an image with the tree's weights, JSON
 * Lines of documents with "text" and "entities" [[start,end,TYPE],…] in characters. Out: OUT
 * (name.bin). Documents are read by the library itself, so that the tagger learns on the tags and
 * trees it will see. */
#include <json-c/json.h>
#include <zlib.h>

#include "doc/ud.h"
#include "read/api.h"
#include "train.h"

struct line { /* a sentence */
	struct kh_seen *seen;
	uint8_t *gold;
	int32_t n;
};

struct set {
	struct line *s;
	uint32_t n;
	khabar_worker *worker;
	kh_str clusters;
};

static uint8_t type_of(const char *t, kh_str words)
{
	static const struct {
		const char *type;
		uint8_t name;
	} map[] = {
		{"PER", KH_NAME_PERSON},	 {"ORG", KH_NAME_ORG},
		{"LOC", KH_NAME_PLACE},		 {"OTH", KH_NAME_GROUP},
		{"MISC", KH_NAME_OTHER},	 {"person", KH_NAME_PERSON},
		{"politician", KH_NAME_PERSON},	 {"organisation", KH_NAME_ORG},
		{"politicalparty", KH_NAME_ORG}, {"country", KH_NAME_PLACE},
		{"location", KH_NAME_PLACE},	 {"event", KH_NAME_EVENT},
		{"election", KH_NAME_EVENT},	 {"misc", KH_NAME_OTHER},
		{"Organisation", KH_NAME_ORG},	 {"Person", KH_NAME_PERSON},
		{"Location", KH_NAME_PLACE},	 {"Nationality", KH_NAME_GROUP},
	};
	if (!words.n || !kh_is_upper((unsigned char)words.p[0]))
		return kh_str_is(kh_str_of(t), "PER") || kh_str_is(kh_str_of(t), "LOC")
			       ? type_of(t, KH_S("A"))
			       : 0;
	for (size_t i = 0; i < KH_COUNT(map); i++)
		if (strcmp(t, map[i].type) == 0)
			return map[i].name;
	return 0;
}

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

static void mark(const struct kh_doc *d, uint8_t *gold, kh_span at, uint8_t type)
{
	bool first = true;
	for (uint32_t t = 0; t < d->n_token; t++) {
		if (d->token[t].at.begin < at.begin || d->token[t].at.end > at.end)
			continue;
		gold[t] = (uint8_t)(2 * type - first);
		first = false;
	}
}

static void keep_sentences(struct set *set, const struct kh_doc *d, const uint8_t *gold)
{
	for (uint32_t i = 0; i < d->n_sentence; i++) {
		const struct kh_sentence *s = &d->sentence[i];
		struct line l = {calloc(s->n_tokens + 1, sizeof *l.seen),
				 calloc(s->n_tokens + 1, 1), (int32_t)s->n_tokens};
		for (uint32_t k = 0; k < s->n_tokens; k++) {
			const struct kh_token *t = &d->token[s->first_token + k];
			l.seen[k] = kh_seen_of(t->form, KH_CASE_MIXED, set->clusters);
			l.seen[k].tag = t->xpos;
			l.seen[k].rel = t->rel;
			l.seen[k].head =
				t->head == KH_NONE ? -1 : (int32_t)(t->head - s->first_token);
			l.gold[k] = gold[s->first_token + k];
		}
		set->s = realloc(set->s, (set->n + 1) * sizeof *set->s);
		set->s[set->n++] = l;
	}
}

static void document(struct set *set, struct json_object *o)
{
	struct json_object *text, *list, *licence;
	if (!json_object_object_get_ex(o, "text", &text) ||
	    !json_object_object_get_ex(o, "entities", &list))
		return;
	if (json_object_object_get_ex(o, "source", &licence) &&
	    strcmp(json_object_get_string(licence), "BBC Online") == 0)
		return; /* may not be shipped */
	kh_str s = {json_object_get_string(text), (size_t)json_object_get_string_len(text)};
	khabar_input in = {.bytes = s, .kind = KHABAR_KIND_STORY};
	const khabar_doc *doc;
	if (khabar_read(set->worker, &in, &doc, NULL) != 0)
		return;
	const struct kh_doc *d = kh_api_doc(doc);
	uint8_t *gold = calloc(d->n_token + 1, 1);
	uint32_t *at = offsets(s);
	for (size_t i = 0; i < json_object_array_length(list); i++) {
		struct json_object *e = json_object_array_get_idx(list, i);
		int b = json_object_get_int(json_object_array_get_idx(e, 0));
		int f = json_object_get_int(json_object_array_get_idx(e, 1));
		if (b < 0 || f <= b || (size_t)f > s.n)
			continue;
		kh_span span = {at[b], at[f]};
		uint8_t type = type_of(json_object_get_string(json_object_array_get_idx(e, 2)),
				       kh_str_sub(s, span.begin, span.end));
		if (type)
			mark(d, gold, span, type);
	}
	keep_sentences(set, d, gold);
	free(gold);
	free(at);
}

static void load(struct set *set, const char *path)
{
	gzFile f = gzopen(path, "rb");
	char *buf = malloc(1 << 24);
	while (f && gzgets(f, buf, 1 << 24)) {
		struct json_object *o = json_tokener_parse(buf);
		if (o)
			document(set, o);
		json_object_put(o);
	}
	if (f)
		gzclose(f);
	free(buf);
	fprintf(stderr, "%s: %u sentences so far\n", path, set->n);
}

static void epoch(struct set *set, struct perceptron *p, const uint32_t *order, bool own)
{
	uint32_t f[KH_NAME_FEATURES], right = 0, all = 0;
	int32_t sum[KH_SCORE_CLASSES];
	for (uint32_t k = 0; k < set->n; k++) {
		const struct line *l = &set->s[order[k]];
		uint32_t before = 0;
		for (int32_t i = 0; i < l->n; i++) {
			uint32_t n = kh_name_features(l->seen, l->n, i, before, f), best = 0;
			perceptron_sum(p, f, n, sum);
			for (uint32_t c = 1; c < p->classes; c++)
				if (sum[c] > sum[best] && (c % 2 || c == before || c == before + 1))
					best = c;
			right += best == l->gold[i];
			all++;
			perceptron_update(p, f, n, l->gold[i], best);
			before = own && random_below(4) ? best : l->gold[i];
		}
	}
	fprintf(stderr, "name: %.4f\n", (double)right / (double)all);
}

int train_names(int argc, char **argv)
{
	size_t n = 0;
	FILE *f = fopen(argv[1], "rb");
	if (!f)
		return 1;
	fseek(f, 0, SEEK_END);
	n = (size_t)ftell(f);
	rewind(f);
	void *image = aligned_alloc(64, (n + 64) & ~(size_t)63);
	khabar_model *model;
	khabar_error err;
	struct set set = {0};
	khabar_options o = {.stop_after = KHABAR_STAGE_TREE};
	if (fread(image, 1, n, f) != n || khabar_model_open(&model, image, n, &err) != 0 ||
	    khabar_worker_new(&set.worker, model, &o) != 0)
		return 1;
	fclose(f);
	set.clusters = kh_model_section(model, "cluster");
	for (int i = 2; i < argc; i++)
		load(&set, argv[i]);
	struct names names = {.n = 0};
	char label[32];
	for (unsigned c = 0; c < 2 * KH_NAME_TYPES - 1; c++) {
		snprintf(label, sizeof label, "%s%s",
			 c == 0	 ? "O"
			 : c % 2 ? "B-"
				 : "I-",
			 kh_code_name(KH_LIST_NAME_TYPE, (c + 1) / 2));
		class_of(&names, label);
	}
	struct perceptron p = perceptron_new(16, names.n);
	uint32_t *order = calloc(set.n + 1, sizeof *order);
	for (uint32_t i = 0; i < set.n; i++)
		order[i] = i;
	for (int e = 0; e < 8; e++) {
		shuffle(order, set.n);
		epoch(&set, &p, order, e > 0);
	}
	perceptron_average(&p);
	perceptron_write(&p, argv[0], &names);
	return 0;
}
