/* khabar group: which stories tell of the same event. In: JSON Lines with id and text. Out: one
 * line a story, {"id":…,"cluster":…}; the cluster is named by the id of its first story. Of copies and
 * versions one leads: "lead". */
#include <stdlib.h>
#include <string.h>

#include "group/group.h"
#include "main.h"

struct all {
	khabar_str *id, *text, *title, *day; /* day: of publication, as told */
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
		khabar_str **all[] = {&a->id, &a->text, &a->title, &a->day};
		a->cap = a->cap ? a->cap * 2 : 256;
		for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
			khabar_str *more = realloc(*all[i], a->cap * sizeof *more);
			a->full |= !more;
			*all[i] = more ? more : *all[i];
		}
		if (a->full)
			return false;
	}
	a->title[a->n] = keep(r->input.title);
	a->day[a->n] = keep(r->input.published);
	a->id[a->n] = keep(r->input.id);
	a->text[a->n++] = keep(r->input.bytes);
	return true;
}

/* Does story i lead story k of the same group? The latest version does, then what corrects, then
 * what was published first, then what came first. */
static bool leads(const struct all *a, uint32_t i, uint32_t k)
{
	uint32_t v = kh_group_version(a->title[i]), w = kh_group_version(a->title[k]);
	khabar_str d = a->day[i], e = a->day[k];
	if (v != w)
		return v > w;
	bool corrects = kh_group_corrects(a->title[i]);
	if (corrects != kh_group_corrects(a->title[k]))
		return corrects;
	if (!d.n || !e.n)
		return d.n > 0 && !e.n;
	int order = memcmp(d.p, e.p, d.n < e.n ? d.n : e.n);
	return order ? order < 0 : i < k;
}

static uint32_t *find_leads(const struct all *a, const uint32_t *cluster)
{
	uint32_t *lead = calloc(a->n + 1, sizeof *lead);
	for (uint32_t i = 0; lead && i < a->n; i++)
		lead[i] = i;
	for (uint32_t i = 0; lead && i < a->n; i++)
		if (leads(a, i, lead[cluster[i]]))
			lead[cluster[i]] = i;
	return lead;
}

static void print_id(const char *key, khabar_str id)
{
	printf("\"%s\":", key);
	print_quoted(stdout, id.p, id.n);
}

int main_group(struct settings *s)
{
	struct all a = {0};
	struct reading r;
	if (s->floor > 1000) {
		fprintf(stderr, "khabar group: --floor is at most 1000, not %d\n", s->floor);
		return EXIT_USAGE;
	}
	if (!reading_from(s, &r))
		return EXIT_USAGE;
	read_all(s, &r, take, &a);
	uint32_t *cluster = calloc(a.n + 1, sizeof *cluster);
	if (a.full || !cluster ||
	    (s->copies ? kh_group_repeats(a.text, a.title, a.n, cluster)
		       : kh_group_texts(a.text, a.n, (unsigned)s->floor, cluster)) != 0) {
		fprintf(stderr, "khabar group: out of memory\n");
		return EXIT_NONE;
	}
	uint32_t *lead = s->copies ? find_leads(&a, cluster) : NULL;
	for (uint32_t i = 0; i < a.n; i++) {
		putchar('{');
		print_id("id", a.id[i]);
		putchar(',');
		print_id("cluster", a.id[cluster[i]]);
		if (lead) {
			putchar(',');
			print_id("lead", a.id[lead[cluster[i]]]);
		}
		printf("}\n");
	}
	for (uint32_t i = 0; i < a.n; i++) {
		free((void *)(uintptr_t)a.id[i].p);
		free((void *)(uintptr_t)a.text[i].p);
		free((void *)(uintptr_t)a.title[i].p);
		free((void *)(uintptr_t)a.day[i].p);
	}
	free(a.id);
	free(a.text);
	free(a.title);
	free(a.day);
	free(lead);
	free(cluster);
	return r.bad ? (r.good ? EXIT_SOME : EXIT_NONE) : a.n ? EXIT_ALL : EXIT_NOTHING;
}
