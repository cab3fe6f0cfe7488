/* Texts into weighted terms. In: UTF-8. Out: hashes of words, numbers and pairs of capitalised words;
 * a capitalised word weighs 4, another 1/2, a number 2, a pair of capitalised words 2.5; the first
 * 300 bytes count twice, because news says first what it is about. */
#include "base/str.h"
#include "group/group.h"

#define LEAD 300

enum { /* sixteenths */
	WEIGH_NAME = 64, WEIGH_WORD = 8, WEIGH_NUMBER = 32, WEIGH_PAIR = 40
};

struct term {
	uint32_t hash, weight;
};

struct bag {
	struct kh_arena *a;
	struct term *term;
	uint32_t n, cap;
};

static bool is_stop(kh_str w)
{
	static const char stop[] =
		" the a an of to in on at for and or but with by from as is was were be been are it its "
		"he she they his her their this that had has have will would not no said after before who "
		"which when we i you there than into out up over about more one also can could may new two "
		"last first all other some what if do did so ";
	char key[16];
	if (w.n + 2 > sizeof key)
		return false;
	key[0] = ' ';
	memcpy(key + 1, w.p, w.n);
	key[w.n + 1] = ' ';
	return kh_str_find(KH_S(stop), (kh_str){ key, w.n + 2 }, 0) != SIZE_MAX;
}

static void add(struct bag *b, uint32_t hash, uint32_t weight, size_t at)
{
	struct term *t = KH_PUSH(b->a, b->term, b->n, b->cap);
	*t = (struct term){ hash, at < LEAD ? weight * 2 : weight };
}

/* Endings that tell tense and number only. */
static kh_str stem(kh_str w)
{
	if (w.n > 4 && kh_str_ends(w, "s") && !kh_str_ends(w, "ss"))
		w.n--;
	if (w.n > 5 && kh_str_ends(w, "ed"))
		w.n -= 2;
	else if (w.n > 6 && kh_str_ends(w, "ing"))
		w.n -= 3;
	return w;
}

static bool in_word(kh_str text, size_t i)
{
	unsigned char c = (unsigned char)text.p[i];
	bool inner = (c == '\'' || c == '-') && i + 1 < text.n && kh_is_alpha((unsigned char)text.p[i + 1]);
	return kh_is_alpha(c) || c >= 0x80 || inner;
}

/* Digits with commas and points between them. */
static size_t number_end(kh_str text, size_t i)
{
	for (; i < text.n; i++) {
		bool mark = (text.p[i] == ',' || text.p[i] == '.') && i + 1 < text.n &&
			    kh_is_digit((unsigned char)text.p[i + 1]);
		if (!mark && !kh_is_digit((unsigned char)text.p[i]))
			break;
	}
	return i;
}

/* One word at text[begin, end); returns the hash of a name, 0 for other words. */
static uint32_t word(struct bag *b, kh_str text, size_t begin, size_t end, uint32_t before)
{
	char low[64];
	size_t n = end - begin < sizeof low ? end - begin : sizeof low;
	for (size_t i = 0; i < n; i++)
		low[i] = kh_lower(text.p[begin + i]);
	kh_str w = { low, n };
	if (kh_str_ends(w, "'s"))
		w.n -= 2;
	if (w.n < 2 || is_stop(w))
		return 0;
	bool name = kh_is_upper((unsigned char)text.p[begin]);
	uint32_t whole = kh_str_hash(w);
	add(b, kh_str_hash(stem(w)), name ? WEIGH_NAME : WEIGH_WORD, begin);
	if (name && before)
		add(b, before * 31 + whole, WEIGH_PAIR, begin);
	return name ? whole | 1 : 0;
}

static void sift(struct term *t, size_t root, size_t n)
{
	for (size_t child; (child = 2 * root + 1) < n; root = child) {
		if (child + 1 < n && t[child].hash < t[child + 1].hash)
			child++;
		if (t[root].hash >= t[child].hash)
			return;
		struct term swap = t[root];
		t[root] = t[child];
		t[child] = swap;
	}
}

static void sort(struct term *t, size_t n)
{
	for (size_t i = n / 2; i-- > 0;)
		sift(t, i, n);
	for (size_t i = n; i-- > 1;) {
		struct term swap = t[0];
		t[0] = t[i];
		t[i] = swap;
		sift(t, 0, i);
	}
}

struct kh_terms kh_terms_of(struct kh_arena *a, kh_str text)
{
	struct bag b = { .a = a };
	uint32_t before = 0;
	for (size_t i = 0; i < text.n;) {
		size_t end = i;
		if (kh_is_digit((unsigned char)text.p[i])) {
			end = number_end(text, i);
			add(&b, kh_str_hash(kh_str_sub(text, i, end)) ^ 0x5bd1e995u, WEIGH_NUMBER, i);
			before = 0;
		} else if (kh_is_alpha((unsigned char)text.p[i]) || (unsigned char)text.p[i] >= 0x80) {
			while (end < text.n && in_word(text, end))
				end++;
			before = word(&b, text, i, end, before);
		} else {
			before = text.p[i] == ' ' ? before : 0;
			end = i + 1;
		}
		i = end;
	}
	sort(b.term, b.n);
	struct kh_terms out = { 0, KH_TAKE(a, b.n + 1, uint32_t), KH_TAKE(a, b.n + 1, uint32_t) };
	for (uint32_t i = 0; i < b.n; i++) {
		if (out.n && out.hash[out.n - 1] == b.term[i].hash) {
			out.weight[out.n - 1] += b.term[i].weight;
			continue;
		}
		out.hash[out.n] = b.term[i].hash;
		out.weight[out.n++] = b.term[i].weight;
	}
	return out;
}
