/* The lemma table: for every tag and ending the commonest way to make the lemma, and words apart.
 * In: a treebank. Out: lemma.txt, lines "TAG^ending<TAB>cut+ending": cut so many bytes, add the
 * ending. "TAG^=word" is a whole word. A line is kept only where it differs from what a shorter
 * ending says. */
#include "train.h"

struct rule {
	char key[64], value[48];
	uint32_t count, best;
};

struct table {
	struct rule *slot;
	uint32_t mask, n;
};

static struct rule *find(struct table *t, const char *key, const char *value)
{
	kh_str k = kh_str_of(key), v = kh_str_of(value);
	uint32_t i = kh_mix(kh_str_hash(k), kh_str_hash(v)) & t->mask;
	while (t->slot[i].count &&
	       (strcmp(t->slot[i].key, key) != 0 || strcmp(t->slot[i].value, value) != 0))
		i = (i + 1) & t->mask;
	if (!t->slot[i].count) {
		snprintf(t->slot[i].key, sizeof t->slot[i].key, "%s", key);
		snprintf(t->slot[i].value, sizeof t->slot[i].value, "%s", value);
	}
	return &t->slot[i];
}

/* How to make the lemma of a word in small letters: "cut+ending". */
static bool script(const char *low, kh_str lemma, char *out, size_t room)
{
	size_t n = strlen(low), same = 0;
	while (same < n && same < lemma.n && low[same] == kh_lower(lemma.p[same]))
		same++;
	if (n - same > 20 || lemma.n - same > 20)
		return false;
	char end[24];
	for (size_t i = same; i < lemma.n; i++)
		end[i - same] = kh_lower(lemma.p[i]);
	end[lemma.n - same] = 0;
	snprintf(out, room, "%zu+%s", n - same, end);
	return true;
}

static void count(struct table *t, const struct corpus *c, const struct word *w)
{
	char low[32], key[64], value[48];
	if (w->form.n > 24 || w->lemma.n == 0 || (w->lemma.n == 1 && w->lemma.p[0] == '_'))
		return;
	for (size_t i = 0; i < w->form.n; i++)
		low[i] = kh_lower(w->form.p[i]);
	low[w->form.n] = 0;
	if (!script(low, w->lemma, value, sizeof value))
		return;
	const char *tag = c->tag.name[w->tag];
	size_t n = w->form.n;
	snprintf(key, sizeof key, "%s^=%s", tag, low);
	if (find(t, key, value)->count++ > 0)
		return; /* endings are learned from words, each counted once */
	for (size_t k = 0; k <= n && k <= 5; k++) {
		snprintf(key, sizeof key, "%s^%s", tag, low + n - k);
		find(t, key, value)->count++;
	}
}

static int by_key(const void *a, const void *b)
{
	const struct rule *x = a, *y = b;
	int d = strcmp(x->key, y->key);
	return d ? d : (x->count < y->count) - (x->count > y->count) + 2 * 0;
}

/* The value that shorter endings give to this key. */
static const char *shorter(const struct rule *r, uint32_t n, const char *key)
{
	char short_key[64];
	const char *caret = strchr(key, '^');
	size_t head = (size_t)(caret - key) + 1;
	const char *word = caret + 1 + (caret[1] == '=');
	for (size_t k = caret[1] == '=' ? 0 : 1; k <= strlen(word); k++) {
		snprintf(short_key, sizeof short_key, "%.*s%s", (int)head, key, word + k);
		for (uint32_t low = 0, high = n; low < high;) {
			uint32_t mid = low + (high - low) / 2;
			int d = strcmp(short_key, r[mid].key);
			if (d == 0)
				return r[mid].value;
			if (d < 0)
				high = mid;
			else
				low = mid + 1;
		}
	}
	return "";
}

void train_lemmas(const struct corpus *c, const char *path)
{
	struct table t = {calloc(1u << 20, sizeof *t.slot), (1u << 20) - 1, 0};
	uint32_t n = 0, kept = 0;
	FILE *f = fopen(path, "w");
	if (!t.slot || !f)
		exit(1);
	for (uint32_t i = 0; i < c->n; i++)
		for (int32_t k = 0; k < c->s[i].n; k++)
			count(&t, c, &c->s[i].w[k]);
	for (uint32_t i = 0; i <= t.mask; i++) /* an ending of one word is no rule */
		if (t.slot[i].count > 1 || (t.slot[i].count && strstr(t.slot[i].key, "^=")))
			t.slot[n++] = t.slot[i];
	qsort(t.slot, n, sizeof *t.slot, by_key);
	for (uint32_t i = 0; i < n; i++) /* the commonest of each key */
		if (i == 0 || strcmp(t.slot[i].key, t.slot[kept - 1].key) != 0)
			t.slot[kept++] = t.slot[i];
	for (uint32_t i = 0; i < kept; i++) {
		if (strcmp(shorter(t.slot, kept, t.slot[i].key), t.slot[i].value) == 0)
			continue;
		fprintf(f, "%s\t%s\n", t.slot[i].key, t.slot[i].value);
	}
	fclose(f);
	free(t.slot);
}
