/* See lemma.h. In: a word and its tag. Out: its lemma. */
#include "model/lemma.h"

#include "base/str.h"

enum { LONGEST = 48, TAG_LONGEST = 32, ENDING_LONGEST = 5 };

/* May the word be an irregular past? Taggers take "Police shot a man" for the present; but some
 * pasts are verbs of their own. */
static bool past(kh_str tag, kh_str low)
{
	static const char *const own[] = {"found",  "fell", "saw",   "wound",
					  "ground", "bore", "bound", "lay"};
	if (kh_str_is(tag, "VERB|VBD") || kh_str_is(tag, "VERB|VBN"))
		return true;
	bool present = kh_str_is(tag, "VERB|VB") || kh_str_is(tag, "VERB|VBP");
	for (size_t i = 0; i < KH_COUNT(own); i++)
		present &= !kh_str_is(low, own[i]);
	return present;
}

/* What the tables say of the word: the list of irregular verbs, the whole of it, then the longest
 * ending that there is for the tag. *whole: the value is the lemma itself. */
static bool look_up(const struct kh_lemmas *l, kh_str tag, const char *low, size_t n, kh_str *value,
		    bool *whole)
{
	char key[TAG_LONGEST + LONGEST + 4];
	size_t head = tag.n;
	memcpy(key, tag.p, head);
	key[head++] = '^';
	key[head] = '=';
	memcpy(key + head + 1, low, n);
	*whole = past(tag, (kh_str){low, n}) &&
		 kh_words_find(&l->irregular, (kh_str){low, n}, value);
	bool found = *whole || kh_words_find(&l->table, (kh_str){key, head + 1 + n}, value);
	for (size_t len = n < ENDING_LONGEST ? n : ENDING_LONGEST; !found; len--) {
		memcpy(key + head, low + n - len, len);
		found = kh_words_find(&l->table, (kh_str){key, head + len}, value);
		if (len == 0)
			break;
	}
	return found;
}

static bool known(const struct kh_lemmas *l, const char *p, size_t n)
{
	return n > 1 && kh_net_knows(l->net, kh_str_hash((kh_str){p, n}));
}

/* Another way to undo "ed", "ing", "es", "s" that leaves a known word: its length in *n, an "e" or
 * "y" put behind; false: there is none. */
static bool undo(const struct kh_lemmas *l, kh_str tag, char *w, size_t *n)
{
	bool verb = kh_str_starts(tag, "VERB|VB"), nouns = kh_str_is(tag, "NOUN|NNS");
	kh_str s = {w, *n};
	size_t cut = verb && kh_str_ends(s, "ed")		? 2
		     : verb && kh_str_ends(s, "ing")		? 3
		     : (verb || nouns) && kh_str_ends(s, "ies") ? 3
		     : (verb || nouns) && kh_str_ends(s, "s")	? 1
								: 0;
	if (!cut || *n < cut + 3)
		return false;
	size_t stem = *n - cut;
	char after[2] = {w[stem], 0};
	if (cut == 1 && w[stem - 1] == 'e' && known(l, w, stem - 1) && !known(l, w, stem))
		return *n = stem - 1, true;
	if (kh_str_ends(s, "ies")) {
		w[stem] = 'y';
		if (known(l, w, stem + 1))
			return *n = stem + 1, true;
		w[stem] = 'i', w[stem + 1] = 'e';
		return *n = stem + 2, known(l, w, stem + 2);
	}
	if (known(l, w, stem))
		return *n = stem, true;
	w[stem] = 'e';
	if (cut > 1 && known(l, w, stem + 1))
		return *n = stem + 1, true;
	w[stem] = after[0];
	bool twice = stem > 2 && w[stem - 1] == w[stem - 2];
	if (cut > 1 && twice && known(l, w, stem - 1))
		return *n = stem - 1, true;
	return false;
}

/* "sooooo", "litttle": letters that stand thrice or more once, or twice, where that is a word and
 * the whole is none. */
static size_t squeeze(const struct kh_lemmas *l, char *low, size_t n)
{
	char tight[LONGEST];
	for (size_t keep = 1; keep <= 2 && !known(l, low, n); keep++) {
		size_t m = 0;
		for (size_t i = 0, run = 1; i < n; i += run, run = 1) {
			while (i + run < n && low[i + run] == low[i])
				run++;
			size_t left = run < 3 || !kh_is_lower((unsigned char)low[i]) ? run : keep;
			memset(tight + m, low[i], left);
			m += left;
		}
		if (m == n)
			return n;
		if (known(l, tight, m)) {
			memcpy(low, tight, m);
			return m;
		}
	}
	return n;
}

/* "1,100": the commas between digits go. */
static kh_str number_of(kh_str form, struct kh_arena *a)
{
	char *p = kh_arena_bytes(a, form.n);
	size_t n = 0;
	for (size_t i = 0; i < form.n; i++)
		if (form.p[i] != ',' || i == 0 || i + 1 == form.n ||
		    !kh_is_digit((unsigned char)form.p[i - 1]) ||
		    !kh_is_digit((unsigned char)form.p[i + 1]))
			p[n++] = form.p[i];
	return (kh_str){p, n};
}

kh_str kh_lemma_of(const struct kh_lemmas *l, kh_str tag, kh_str form, enum kh_capitals keep,
		   struct kh_arena *a)
{
	char low[LONGEST], other[LONGEST];
	size_t n = form.n;
	kh_str value = {0};
	int64_t cut = 0;
	if (n > LONGEST || tag.n > TAG_LONGEST)
		return form;
	if (n && kh_str_starts(tag, "NUM") && kh_is_digit((unsigned char)form.p[0]))
		return number_of(form, a);
	for (size_t i = 0; i < n; i++)
		low[i] = kh_lower(form.p[i]);
	if (!keep)
		n = squeeze(l, low, n);
	bool whole, found = look_up(l, tag, low, n, &value, &whole);
	if (whole)
		return value;
	size_t plus = kh_str_find(value, KH_S("+"), 0);
	if (!found || plus == SIZE_MAX || !kh_str_number(kh_str_sub(value, 0, plus), &cut) ||
	    (size_t)cut > n || (cut && ((unsigned char)low[n - (size_t)cut] & 0xC0) == 0x80))
		cut = 0, value = KH_S("0+"), plus = 1;
	kh_str add = kh_str_sub(value, plus + 1, value.n);
	if (add.n && kh_str_starts(tag, "NOUN"))
		keep = KH_CAPITALS_OFF; /* "PM": "p.m." */
	char *p = kh_arena_bytes(a, n + add.n + 1);
	memcpy(p, keep == KH_CAPITALS_KEEP ? form.p : low, n - (size_t)cut);
	if (keep == KH_CAPITALS_FIRST && n > (size_t)cut)
		p[0] = kh_is_lower((unsigned char)low[0]) ? (char)(low[0] - 32) : low[0];
	if (add.n)
		memcpy(p + n - (size_t)cut, add.p, add.n);
	kh_str lemma = {p, n - (size_t)cut + add.n};
	memcpy(other, low, n);
	if (keep || known(l, p, lemma.n) || !undo(l, tag, other, &n))
		return lemma;
	memcpy(p, other, n);
	return (kh_str){p, n};
}
