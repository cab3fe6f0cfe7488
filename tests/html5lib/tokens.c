/* The tokenizer suite of html5lib-tests: html5lib FILE.test… In: tests in JSON. Out: each test that
 * fails, and how many passed. Not run, with the reason: inputs that are no Unicode text (lone
 * surrogates), which UTF-8 cannot hold; parse errors are not compared, khabar keeps none. */
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "page/html_token.h"

static struct kh_arena arena;
static unsigned passed, wrong, left_out;

struct out { /* tokens as one line of text each */
	char *p;
	size_t n, room;
	bool text; /* the last token is text that may go on */
};

static void put(struct out *o, const char *p, size_t n)
{
	if (o->n + n + 1 > o->room) {
		o->room = (o->n + n + 1) * 2;
		o->p = realloc(o->p, o->room);
	}
	memcpy(o->p + o->n, p, n);
	o->n += n;
	o->p[o->n] = 0;
}

static void word(struct out *o, const char *z)
{
	put(o, z, strlen(z));
}

static void open_token(struct out *o, const char *kind)
{
	if (o->text)
		word(o, "]\n");
	o->text = false;
	word(o, kind);
	word(o, "[");
}

static void characters(struct out *o, const char *p, size_t n)
{
	if (!n)
		return;
	if (!o->text)
		open_token(o, "Character");
	o->text = true;
	put(o, p, n);
}

static int by_name(const void *a, const void *b)
{
	return kh_str_cmp(((const struct kh_html_attr *)a)->name,
			  ((const struct kh_html_attr *)b)->name);
}

static void ours(struct kh_html *h, struct out *o)
{
	struct kh_html_token t;
	for (kh_html_next(h, &t); t.kind != KH_HTML_END_OF_FILE; kh_html_next(h, &t)) {
		struct kh_html_run r;
		if (t.kind == KH_HTML_TEXT) {
			size_t at = (size_t)(t.data.p - h->in.p), end = at + t.data.n;
			while (kh_html_run(h->in, &at, end, t.state, &r))
				characters(o, r.text.p, r.text.n);
			continue;
		}
		if (t.kind == KH_HTML_COMMENT && t.state == KH_HTML_CDATA)
			continue; /* "</>": no token in the standard, bytes here */
		static const char *const kinds[] = {"",       "",        "StartTag",
						    "EndTag", "Comment", "DOCTYPE"};
		open_token(o, kinds[t.kind]);
		kh_str s = t.kind == KH_HTML_COMMENT ? t.data : t.name;
		put(o, s.p, s.n);
		if (t.kind == KH_HTML_START) {
			qsort(h->attr, h->n_attr, sizeof *h->attr, by_name);
			for (uint32_t i = 0; i < h->n_attr; i++) {
				word(o, "|");
				put(o, h->attr[i].name.p, h->attr[i].name.n);
				word(o, "=");
				put(o, h->attr[i].value.p, h->attr[i].value.n);
			}
			word(o, t.self_closing ? "/" : "");
		}
		if (t.kind == KH_HTML_DOCTYPE) {
			word(o, t.has_name ? "|name" : "");
			word(o, t.has_public ? "|public=" : "");
			put(o, t.public_id.p, t.public_id.n);
			word(o, t.has_system ? "|system=" : "");
			put(o, t.system_id.p, t.system_id.n);
			word(o, t.quirks ? "|quirks" : "");
		}
		word(o, "]\n");
	}
	if (o->text)
		word(o, "]\n");
}

/* A string of the suite; escapes within escapes are undone. False: no Unicode text. */
static bool string(struct json_object *s, bool twice, struct out *o)
{
	const char *p = json_object_get_string(s);
	size_t n = (size_t)json_object_get_string_len(s);
	for (size_t i = 0; i < n; i++) {
		if (!twice || p[i] != '\\' || i + 5 >= n || p[i + 1] != 'u') {
			put(o, p + i, 1);
			continue;
		}
		char hex[5] = {p[i + 2], p[i + 3], p[i + 4], p[i + 5], 0}, utf8[4];
		uint32_t c = (uint32_t)strtoul(hex, NULL, 16);
		i += 5;
		if (c >= 0xD800 && c < 0xDC00 && i + 6 < n && p[i + 1] == '\\' && p[i + 2] == 'u') {
			char low[5] = {p[i + 3], p[i + 4], p[i + 5], p[i + 6], 0};
			c = 0x10000 + ((c - 0xD800) << 10) +
			    ((uint32_t)strtoul(low, NULL, 16) - 0xDC00);
			i += 6;
		} else if (c >= 0xD800 && c < 0xE000) {
			return false;
		}
		put(o, utf8, kh_utf8_put(c, utf8));
	}
	return kh_utf8_check((kh_str){o->p ? o->p : "", o->n}) == o->n;
}

static bool piece(struct json_object *s, bool twice, struct out *to)
{
	struct out o = {0};
	bool good = string(s, twice, &o);
	if (o.n)
		put(to, o.p, o.n);
	free(o.p);
	return good;
}

struct named {
	const char *name;
	struct json_object *value;
};

static int by_key(const void *a, const void *b)
{
	return strcmp(((const struct named *)a)->name, ((const struct named *)b)->name);
}

static bool theirs_attrs(struct json_object *attrs, bool twice, struct out *o)
{
	struct named list[64];
	size_t n = 0;
	json_object_object_foreach(attrs, key, value) if (n < 64) list[n++] =
		(struct named){key, value};
	qsort(list, n, sizeof *list, by_key);
	bool good = true;
	for (size_t i = 0; i < n; i++) {
		struct json_object *name = json_object_new_string(list[i].name);
		word(o, "|");
		good &= piece(name, twice, o);
		word(o, "=");
		good &= piece(list[i].value, twice, o);
		json_object_put(name);
	}
	return good;
}

static bool theirs(struct json_object *list, bool twice, struct out *o)
{
	bool good = true;
	for (size_t i = 0; i < json_object_array_length(list); i++) {
		struct json_object *t = json_object_array_get_idx(list, i);
		if (!json_object_is_type(t, json_type_array))
			continue; /* "ParseError" of older files */
		const char *kind = json_object_get_string(json_object_array_get_idx(t, 0));
		struct json_object *a = json_object_array_get_idx(t, 1);
		if (strcmp(kind, "Character") == 0) {
			struct out text = {0};
			good &= string(a, twice, &text);
			characters(o, text.p, text.n);
			free(text.p);
			continue;
		}
		open_token(o, kind);
		if (a && strcmp(kind, "DOCTYPE") != 0)
			good &= piece(a, twice, o);
		if (strcmp(kind, "StartTag") == 0) {
			good &= theirs_attrs(json_object_array_get_idx(t, 2), twice, o);
			word(o, json_object_array_length(t) > 3 ? "/" : "");
		} else if (strcmp(kind, "DOCTYPE") == 0) {
			struct json_object *p = json_object_array_get_idx(t, 2),
					   *s = json_object_array_get_idx(t, 3);
			if (a)
				good &= piece(a, twice, o);
			word(o, a ? "|name" : "");
			word(o, p ? "|public=" : "");
			good &= !p || piece(p, twice, o);
			word(o, s ? "|system=" : "");
			good &= !s || piece(s, twice, o);
			word(o, json_object_get_boolean(json_object_array_get_idx(t, 4))
					? ""
					: "|quirks");
		}
		word(o, "]\n");
	}
	if (o->text)
		word(o, "]\n");
	return good;
}

static uint8_t state_of(const char *name)
{
	static const char *const names[] = {"Data state",      "RCDATA state",
					    "RAWTEXT state",   "Script data state",
					    "PLAINTEXT state", "CDATA section state"};
	for (uint8_t i = 0; i < 6; i++)
		if (strcmp(name, names[i]) == 0)
			return i;
	return 0;
}

static struct json_object *get(struct json_object *o, const char *key)
{
	struct json_object *v = NULL;
	json_object_object_get_ex(o, key, &v);
	return v;
}

static void one_state(const char *file, struct json_object *test, const char *state, kh_str in,
		      const struct out *want)
{
	struct out have = {0};
	struct kh_html *h = KH_TAKE(&arena, 1, struct kh_html);
	struct json_object *last = get(test, "lastStartTag");
	h->arena = &arena;
	h->in = in;
	h->state = state_of(state);
	if (last)
		h->last = kh_str_of(json_object_get_string(last));
	ours(h, &have);
	if (have.n == want->n && (!have.n || memcmp(have.p, want->p, have.n) == 0)) {
		passed++;
	} else {
		wrong++;
		const char *name = strrchr(file, '/');
		printf("%s, %s: %s\nwanted:\n%sgot:\n%s", name ? name + 1 : file, state,
		       json_object_get_string(get(test, "description")), want->p ? want->p : "",
		       have.p ? have.p : "");
	}
	free(have.p);
	kh_arena_reset(&arena);
}

static void one_test(const char *file, struct json_object *test)
{
	struct out in = {0}, want = {0};
	bool twice = json_object_get_boolean(get(test, "doubleEscaped"));
	struct json_object *states = get(test, "initialStates");
	if (!string(get(test, "input"), twice, &in) || !theirs(get(test, "output"), twice, &want)) {
		left_out++;
	} else if (!states) {
		one_state(file, test, "Data state", (kh_str){in.p ? in.p : "", in.n}, &want);
	} else {
		for (size_t i = 0; i < json_object_array_length(states); i++)
			one_state(file, test,
				  json_object_get_string(json_object_array_get_idx(states, i)),
				  (kh_str){in.p ? in.p : "", in.n}, &want);
	}
	free(in.p);
	free(want.p);
}

int main(int argc, char **argv)
{
	khabar_options options = {0};
	jmp_buf door;
	kh_arena_init(&arena, &options);
	arena.door = &door;
	if (setjmp(door))
		return 4;
	for (int i = 1; i < argc; i++) {
		struct json_object *o = json_object_from_file(argv[i]);
		struct json_object *tests = get(o, "tests");
		for (size_t k = 0; tests && k < json_object_array_length(tests); k++)
			one_test(argv[i], json_object_array_get_idx(tests, k));
		json_object_put(o);
	}
	printf("%u passed, %u wrong, %u left out: not Unicode text\n", passed, wrong, left_out);
	kh_arena_free(&arena);
	return wrong || !passed;
}
