/* Clauses of treebank sentences as sentences of their own, for khabar-train.
 * In: a corpus. Out: the same, with the clauses behind it: "he said [Britain
 * trained soldiers] and left" gives "Britain trained soldiers ." Treebanks have
 * few such short reports, the news many. */
#include "train.h"

enum { SHORTEST = 3, LONGEST_CLAUSE = 25 };

static bool is_clause(uint8_t rel)
{
	return rel == KH_CCOMP || rel == KH_PARATAXIS || rel == KH_CONJ || rel == KH_ADVCL;
}

static bool below(const struct sentence *s, int32_t i, int32_t top)
{
	for (int32_t steps = 0; i >= 0 && steps < s->n; i = s->w[i].head, steps++)
		if (i == top)
			return true;
	return false;
}

static bool is_leaf(const struct sentence *s, int32_t i)
{
	for (int32_t k = 0; k < s->n; k++)
		if (s->w[k].head == i)
			return false;
	return true;
}

/* A mark, conjunction or sign at the edge that goes when the clause stands
 * alone. */
static bool sheds(const struct sentence *s, int32_t i, int32_t top)
{
	uint8_t rel = s->w[i].rel;
	return s->w[i].head == top && is_leaf(s, i) &&
	       (rel == KH_MARK || rel == KH_CC || rel == KH_PUNCT_REL);
}

/* Words [*a, *b) of the clause of a verb; false when they are no good sentence.
 */
static bool clause_of(const struct sentence *s, int32_t top, int32_t *a, int32_t *b)
{
	bool subject = false, holes = false;
	*a = *b = top;
	for (int32_t i = 0; i < s->n; i++) {
		const struct word *w = &s->w[i];
		if (w->head == top && (w->rel == KH_NSUBJ || w->rel == KH_NSUBJ_PASS))
			subject = true;
		if (w->head == top && w->rel == KH_MARK && kh_str_is(w->lemma, "to"))
			return false;
		if (below(s, i, top)) {
			*a = i < *a ? i : *a;
			*b = i + 1 > *b ? i + 1 : *b;
		}
	}
	while (*a < top && sheds(s, *a, top))
		++*a;
	while (*b > top + 1 && sheds(s, *b - 1, top))
		--*b;
	for (int32_t i = *a; i < *b; i++)
		holes |= !below(s, i, top);
	return subject && !holes && *b - *a >= SHORTEST && *b - *a <= LONGEST_CLAUSE &&
	       *b - *a < s->n - 1;
}

static kh_str capital(kh_str form)
{
	char first[64];
	if (!form.n || form.n > sizeof first || !kh_is_lower((unsigned char)form.p[0]))
		return form;
	memcpy(first, form.p, form.n);
	first[0] = (char)(first[0] - 32);
	return keep_bytes(first, form.n);
}

static void add_clause(struct corpus *c, const struct sentence *s, int32_t top, int32_t a,
		       int32_t b, uint8_t stop)
{
	struct word w[LONGEST_CLAUSE + 1];
	int32_t n = b - a;
	for (int32_t i = 0; i < n; i++) {
		w[i] = s->w[a + i];
		w[i].head -= a;
	}
	w[top - a].head = -1;
	w[top - a].rel = KH_ROOT;
	w[0].form = capital(w[0].form);
	w[n] = (struct word){.form = KH_S("."),
			     .lemma = KH_S("."),
			     .upos = KH_PUNCT,
			     .tag = stop,
			     .rel = KH_PUNCT_REL,
			     .head = top - a};
	bool names = s->has_names;
	uint32_t document = s->document;
	struct sentence *more = corpus_add(c, w, n + 1); /* moves the sentences */
	more->has_tree = true;
	more->has_names = names;
	more->document = document;
}

void corpus_clauses(struct corpus *c)
{
	const uint32_t whole = c->n;
	uint8_t stop = (uint8_t)tag_class(&c->tag, "PUNCT|.");
	for (uint32_t k = 0; k < whole; k++)
		for (int32_t i = 0; c->s[k].has_tree && i < c->s[k].n; i++) {
			struct sentence s = c->s[k];
			int32_t a, b;
			if (s.w[i].upos == KH_VERB && is_clause(s.w[i].rel) &&
			    clause_of(&s, i, &a, &b))
				add_clause(c, &s, i, a, b, stop);
		}
	fprintf(stderr, "%u clauses\n", c->n - whole);
}

/* A word that headlines do without. */
static bool headline_sheds(const struct sentence *s, int32_t i, bool passive)
{
	const struct word *w = &s->w[i];
	bool article = w->rel == KH_DET_REL &&
		       (kh_str_ieq(w->form, KH_S("the")) || kh_str_ieq(w->form, KH_S("a")) ||
			kh_str_ieq(w->form, KH_S("an")));
	bool stop = i == s->n - 1 && w->rel == KH_PUNCT_REL && kh_str_is(w->form, ".");
	return (article || stop || (passive && w->rel == KH_AUX_PASS)) && is_leaf(s, i);
}

/* Has the main verb a subject, and one auxiliary at most, that of a passive? */
static bool headline_like(const struct sentence *s, bool *passive)
{
	int32_t root = -1, auxiliaries = 0;
	bool subject = false;
	*passive = false;
	for (int32_t i = 0; i < s->n; i++)
		root = s->w[i].head < 0 ? i : root;
	for (int32_t i = 0; i < s->n; i++) {
		const struct word *w = &s->w[i];
		if (w->head != root)
			continue;
		subject |= (w->rel == KH_NSUBJ || w->rel == KH_NSUBJ_PASS) && w->upos != KH_PRON;
		*passive |= w->rel == KH_AUX_PASS;
		auxiliaries +=
			w->rel == KH_AUX_PASS || w->rel == KH_AUX_REL || w->rel == KH_COP_REL;
	}
	return subject && s->w[root].upos == KH_VERB && auxiliaries <= (*passive ? 1 : 0);
}

static void add_headline(struct corpus *c, const struct sentence *s, bool passive)
{
	enum { LONGEST = 24 };
	struct word w[LONGEST];
	int32_t to[LONGEST], n = 0;
	for (int32_t i = 0; i < s->n; i++)
		to[i] = headline_sheds(s, i, passive) ? -1 : n++;
	for (int32_t i = 0; i < s->n; i++)
		if (to[i] >= 0) {
			w[to[i]] = s->w[i];
			w[to[i]].head = s->w[i].head < 0 ? -1 : to[s->w[i].head];
		}
	w[0].form = capital(w[0].form);
	bool names = s->has_names;
	uint32_t document = s->document;
	struct sentence *more = corpus_add(c, w, n);
	more->has_tree = true;
	more->has_names = names;
	more->document = document;
}

void corpus_headlines(struct corpus *c)
{
	const uint32_t whole = c->n;
	for (uint32_t k = 0; k < whole; k++) {
		struct sentence s = c->s[k];
		bool passive;
		if (s.has_tree && s.n >= 4 && s.n <= 24 && headline_like(&s, &passive) &&
		    (passive || random_below(6) == 0))
			add_headline(c, &s, passive);
	}
	fprintf(stderr, "%u headlines\n", c->n - whole);
}
