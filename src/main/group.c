/* khabar group: which stories tell of the same event. In: JSON Lines with id and text. Out: one
 * line a story, {"id":…,"cluster":…}; the cluster is named by the id of its first story. */
#include <stdlib.h>
#include <string.h>

#include "group/group.h"
#include "main.h"

struct all {
	khabar_str *id, *text;
	uint32_t n, cap;
	bool full;
};

static khabar_str keep(khabar_str s)
{
	char *p = malloc(s.n + 1);
	if (p && s.n)
		memcpy(p, s.p, s.n);
	return (khabar_str){p, p ? s.n : 0};
}

static bool take(void *ctx, const struct record *r)
{
	struct all *a = ctx;
	if (a->n == a->cap) {
		a->cap = a->cap ? a->cap * 2 : 256;
		khabar_str *id = realloc(a->id, a->cap * sizeof *id);
		khabar_str *text = realloc(a->text, a->cap * sizeof *text);
		a->id = id ? id : a->id;
		a->text = text ? text : a->text;
		a->full = !id || !text;
		if (a->full)
			return false;
	}
	a->id[a->n] = keep(r->input.id);
	a->text[a->n++] = keep(r->input.bytes);
	return true;
}

static void print_id(const char *key, khabar_str id)
{
	printf("\"%s\":\"", key);
	for (size_t i = 0; i < id.n; i++) {
		unsigned char c = (unsigned char)id.p[i];
		if (c == '"' || c == '\\')
			printf("\\%c", c);
		else if (c < 0x20)
			printf("\\u%04x", c);
		else
			putchar(c);
	}
	putchar('"');
}

int main_group(struct settings *s)
{
	struct all a = {0};
	struct reading r;
	if (!reading_from(s, &r))
		return EXIT_USAGE;
	read_all(s, &r, take, &a);
	uint32_t *cluster = calloc(a.n + 1, sizeof *cluster);
	if (a.full || !cluster ||
	    (s->copies ? kh_group_repeats(a.text, a.n, cluster)
		       : kh_group_texts(a.text, a.n, (unsigned)s->floor, cluster)) != 0) {
		fprintf(stderr, "khabar group: out of memory\n");
		return EXIT_NONE;
	}
	for (uint32_t i = 0; i < a.n; i++) {
		putchar('{');
		print_id("id", a.id[i]);
		putchar(',');
		print_id("cluster", a.id[cluster[i]]);
		printf("}\n");
	}
	for (uint32_t i = 0; i < a.n; i++) {
		free((void *)(uintptr_t)a.id[i].p);
		free((void *)(uintptr_t)a.text[i].p);
	}
	free(a.id);
	free(a.text);
	free(cluster);
	return r.bad ? (r.good ? EXIT_SOME : EXIT_NONE) : a.n ? EXIT_ALL : EXIT_NOTHING;
}
