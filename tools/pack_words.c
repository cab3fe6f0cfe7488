/* data/words/en/<list>.txt into section "words": lines `key` or `key<TAB>value`; `#` begins a
 * comment line. A key that stands twice in a list is a mistake. */
#include <stdlib.h>

#include "base/str.h"
#include "model/words.h"
#include "pack.h"

struct word {
	kh_str key, value;
	unsigned line;
};

static int by_key(const void *a, const void *b)
{
	return kh_str_cmp(((const struct word *)a)->key, ((const struct word *)b)->key);
}

/* The words of a file, sorted; returns how many. */
static size_t words_of(struct pack *p, const char *path, kh_str text, struct word **out)
{
	size_t n = 0, lines = 1;
	for (size_t i = 0; i < text.n; i++)
		lines += text.p[i] == '\n';
	struct word *w = pack_alloc((lines + 1) * sizeof *w);
	unsigned line = 0;
	kh_str row;
	for (size_t at = 0; kh_str_line(text, &at, &row);) {
		line++;
		if (!kh_str_trim(row).n || row.p[0] == '#')
			continue;
		const char *tab = memchr(row.p, '\t', row.n);
		size_t key = tab ? (size_t)(tab - row.p) : row.n;
		w[n].key = kh_str_trim(kh_str_sub(row, 0, key));
		w[n].value = tab ? kh_str_trim(kh_str_sub(row, key + 1, row.n)) : (kh_str){ row.p, 0 };
		w[n++].line = line;
	}
	qsort(w, n, sizeof *w, by_key);
	for (size_t i = 1; i < n; i++)
		if (kh_str_eq(w[i].key, w[i - 1].key))
			pack_error(p, path, w[i].line > w[i - 1].line ? w[i].line : w[i - 1].line, 1,
				   "the key \"%.*s\" stands twice", (int)w[i].key.n, w[i].key.p);
	*out = w;
	return n;
}

static void list_name(char to[24], const char *path)
{
	const char *base = strrchr(path, '/') + 1;
	size_t n = strlen(base) - 4;
	memset(to, 0, 24);
	memcpy(to, base, n < 23 ? n : 23);
}

void pack_words(struct pack *p)
{
	struct pack_buf lists = { 0 }, entries = { 0 }, bytes = { 0 }, all = { 0 };
	struct kh_words_head head = { 0 };
	for (char **path = pack_list(p, "words/en", ".txt"); *path; path++) {
		kh_str text = pack_read(p, *path);
		struct word *w;
		size_t n = words_of(p, *path, text, &w);
		struct kh_words_list l = { .first = head.n_entries, .n = (uint32_t)n };
		list_name(l.name, *path);
		pack_put(&lists, &l, sizeof l);
		for (size_t i = 0; i < n; i++) {
			struct kh_words_entry e = { .n_key = (uint16_t)w[i].key.n,
						    .n_value = (uint16_t)w[i].value.n };
			e.key = (uint32_t)pack_put(&bytes, w[i].key.p, w[i].key.n);
			e.value = (uint32_t)pack_put(&bytes, w[i].value.p, w[i].value.n);
			pack_put(&entries, &e, sizeof e);
		}
		head.n_lists++;
		head.n_entries += (uint32_t)n;
		pack_source(p, *path, text, "Apache-2.0");
		free(w);
	}
	head.n_bytes = (uint32_t)bytes.n;
	pack_put(&all, &head, sizeof head);
	pack_put(&all, lists.p, lists.n);
	pack_put(&all, entries.p, entries.n);
	pack_put(&all, bytes.p, bytes.n);
	pack_section(p, "words", &all);
}
