/* How many. In: tokens, trees, the list of what befalls people. Out: doc->amount, one for every
 * number of people, with its bounds ("at least 12", "up to 200", "dozens") and what is said to have
 * befallen them. */
#include "read/amount.h"

#include "base/str.h"
#include "model/words.h"

struct counting {
	struct kh_doc *d;
	struct kh_work *w;
	struct kh_words casualty;
};

struct number {
	uint32_t first, n; /* tokens */
	int64_t low, high;
};

static int64_t small(kh_str w)
{
	static const char *const unit[] = {
		"zero",	    "one",     "two",	  "three",     "four",	   "five",    "six",
		"seven",    "eight",   "nine",	  "ten",       "eleven",   "twelve",  "thirteen",
		"fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
	static const char *const ten[] = {"twenty", "thirty",  "forty",	 "fifty",
					  "sixty",  "seventy", "eighty", "ninety"};
	int64_t v;
	for (size_t i = 0; i < KH_COUNT(unit); i++)
		if (kh_str_ieq(w, (kh_str){unit[i], strlen(unit[i])}))
			return (int64_t)i;
	for (size_t i = 0; i < KH_COUNT(ten); i++)
		if (kh_str_ieq(w, (kh_str){ten[i], strlen(ten[i])}))
			return (int64_t)(i + 2) * 10;
	return kh_str_number(w, &v) ? v : -1;
}

static int64_t scale(kh_str w)
{
	static const struct {
		const char *word;
		int64_t by;
	} list[] = {{"hundred", 100},
		    {"thousand", 1000},
		    {"million", 1000000},
		    {"dozen", 12},
		    {"billion", 1000000000}};
	for (size_t i = 0; i < KH_COUNT(list); i++)
		if (kh_str_ieq(w, (kh_str){list[i].word, strlen(list[i].word)}))
			return list[i].by;
	return 0;
}

/* "dozens" 24, "scores" 40, "hundreds" 200, "thousands" 2000, "several" 3. */
static int64_t vague(kh_str w)
{
	static const struct {
		const char *word;
		int64_t low;
	} list[] = {{"dozens", 24}, {"scores", 40},	   {"hundreds", 200}, {"thousands", 2000},
		    {"several", 3}, {"millions", 2000000}, {"many", 3},	      {"numerous", 3}};
	for (size_t i = 0; i < KH_COUNT(list); i++)
		if (kh_str_ieq(w, (kh_str){list[i].word, strlen(list[i].word)}))
			return list[i].low;
	return -1;
}

static bool word_at(const struct counting *x, const struct kh_sentence *s, int64_t t, const char *w)
{
	if (t < s->first_token || t >= (int64_t)s->first_token + s->n_tokens)
		return false;
	return kh_str_ieq(x->d->token[t].form, (kh_str){w, strlen(w)});
}

/* A number at token t: "1,200", "two hundred", "tens of thousands", "several dozen". */
static bool read_number(const struct counting *x, const struct kh_sentence *s, uint32_t t,
			struct number *out)
{
	const struct kh_doc *d = x->d;
	uint32_t end = s->first_token + s->n_tokens, k = t;
	*out = (struct number){t, 1, -1, -1};
	if (word_at(x, s, t, "tens") && word_at(x, s, t + 1, "of") && t + 2 < end) {
		*out = (struct number){t, 3, word_at(x, s, t + 2, "thousands") ? 20000 : 20, -1};
		return true;
	}
	if (word_at(x, s, t, "hundreds") && word_at(x, s, t + 1, "of") &&
	    word_at(x, s, t + 2, "thousands")) {
		*out = (struct number){t, 3, 200000, -1};
		return true;
	}
	int64_t v = vague(d->token[t].form), total = 0;
	if (v >= 0) {
		int64_t by = t + 1 < end ? scale(d->token[t + 1].form) : 0;
		*out = (struct number){t, by ? 2u : 1u, by ? 2 * by : v, -1};
		return true;
	}
	bool any = false;
	for (v = 0; k < end && k < t + 6; k++) {
		kh_str w = d->token[k].form;
		int64_t n = small(w), by = scale(w);
		if (n >= 0 && !(any && n >= 100 && v)) {
			v = v && v < 100 && n < 10 ? v + n : v + n;
			any = true;
		} else if (by && any) {
			total += (v ? v : 1) * by;
			v = 0;
		} else if (!(any && (d->token[k].form.p[0] == '-' || kh_str_ieq(w, KH_S("and"))) &&
			     k + 1 < end && small(d->token[k + 1].form) >= 0 &&
			     small(d->token[k + 1].form) < 100 && total)) {
			break;
		}
	}
	if (!any) {
		if (!(word_at(x, s, t, "a") && t + 1 < end && scale(d->token[t + 1].form)))
			return false;
		total = scale(d->token[t + 1].form);
		k = t + 2;
	}
	out->n = k - t;
	out->low = out->high = total + v;
	return out->low < 1000000000000;
}

/* "at least", "more than", "up to", "between … and": changes the bounds. */
static void bounds(const struct counting *x, const struct kh_sentence *s, struct number *n)
{
	int64_t t = n->first;
	if (n->high < 0)
		return;
	if (word_at(x, s, t - 2, "at") && word_at(x, s, t - 1, "least"))
		n->high = -1;
	else if ((word_at(x, s, t - 2, "more") || word_at(x, s, t - 2, "greater")) &&
		 word_at(x, s, t - 1, "than"))
		n->low++, n->high = -1;
	else if (word_at(x, s, t - 1, "over") || word_at(x, s, t - 1, "exceeding"))
		n->low++, n->high = -1;
	else if ((word_at(x, s, t - 2, "up") && word_at(x, s, t - 1, "to")) ||
		 (word_at(x, s, t - 2, "as") && word_at(x, s, t - 1, "many")) ||
		 (word_at(x, s, t - 3, "as") && word_at(x, s, t - 2, "many") &&
		  word_at(x, s, t - 1, "as")) ||
		 (word_at(x, s, t - 2, "at") && word_at(x, s, t - 1, "most")))
		n->low = -1;
	else if ((word_at(x, s, t - 2, "fewer") || word_at(x, s, t - 2, "less")) &&
		 word_at(x, s, t - 1, "than"))
		n->high--, n->low = -1;
	else if (word_at(x, s, t + n->n, "or") && word_at(x, s, t + n->n + 1, "more"))
		n->high = -1;
	int64_t from;
	if (word_at(x, s, t - 1, "and") && word_at(x, s, t - 3, "between") &&
	    (from = small(x->d->token[t - 2].form)) >= 0)
		n->low = from, n->first -= 2, n->n += 2;
	else if (word_at(x, s, t - 1, "to") && n->low >= 0 && t >= (int64_t)s->first_token + 2 &&
		 (from = small(x->d->token[t - 2].form)) >= 0 && from < n->low)
		n->low = from, n->first -= 2, n->n += 2;
}

static bool kind_at(const struct counting *x, uint32_t t, uint8_t *kind)
{
	kh_str v;
	if (!kh_words_find(&x->casualty, x->d->token[t].lemma, &v))
		return false;
	*kind = (uint8_t)kh_code_find(KH_LIST_COUNT, v);
	return *kind != 0;
}

static bool is_measure(kh_str lemma)
{
	static const char *const list[] = {
		"percent", "%",	     "year",	  "month",     "week",	  "day",      "hour",
		"minute",  "mile",   "kilometer", "kilometre", "km",	  "meter",    "metre",
		"dollar",  "euro",   "pound",	  "ton",       "tonne",	  "kilogram", "kg",
		"foot",	   "degree", "cent",	  "yen",       "time",	  "o'clock",  "acre",
		"hectare", "barrel", "point",	  "seat",      "vote",	  "count",    "round",
		"shot",	   "rocket", "house",	  "home",      "country", "charge"};
	for (size_t i = 0; i < KH_COUNT(list); i++)
		if (kh_str_ieq(lemma, (kh_str){list[i], strlen(list[i])}))
			return true;
	return false;
}

/* The noun that the number counts: its head, or the "of" phrase behind it. */
static uint32_t counted(const struct kh_doc *d, const struct number *n)
{
	uint32_t t = n->first + n->n - 1, h = d->token[t].head;
	for (uint32_t c = d->token[t].child; c != KH_NONE; c = d->token[c].next)
		if (d->token[c].rel == KH_NMOD)
			return c;
	if (d->token[t].rel == KH_NUMMOD && h != KH_NONE)
		return h;
	while (h != KH_NONE && h >= n->first && h < n->first + n->n) {
		t = h;
		h = d->token[t].head;
	}
	return d->token[t].rel == KH_NUMMOD || d->token[t].rel == KH_AMOD ||
			       d->token[t].rel == KH_COMPOUND || d->token[t].rel == KH_DET_REL
		       ? (h == KH_NONE ? t : h)
		       : t;
}

/* What befell them: the verb they are subject or object of, its coordinates, or a word they stand
 * beside. */
static uint8_t befell(const struct counting *x, const struct kh_sentence *s, uint32_t head,
		      uint32_t *trigger)
{
	const struct kh_doc *d = x->d;
	uint8_t kind = 0;
	uint32_t up = head;
	*trigger = KH_NONE;
	for (unsigned steps = 0; steps < 4 && up != KH_NONE; steps++) {
		if (kind_at(x, up, &kind)) {
			*trigger = up;
			return kind;
		}
		for (uint32_t c = d->token[up].child; c != KH_NONE; c = d->token[c].next)
			if (steps == 0 &&
			    (d->token[c].rel == KH_AMOD || d->token[c].rel == KH_ACL ||
			     d->token[c].rel == KH_ACL_RELCL) &&
			    kind_at(x, c, &kind)) {
				*trigger = c;
				return kind;
			}
		if (steps && d->token[up].upos == KH_VERB)
			break;
		up = d->token[up].head;
	}
	uint32_t begin = head > s->first_token + 4 ? head - 4 : s->first_token;
	uint32_t end = kh_min32(head + 5, s->first_token + s->n_tokens);
	for (uint32_t t = begin; t < end; t++)
		if (kind_at(x, t, &kind) && kind <= KH_DETAINED && d->token[t].upos != KH_NOUN) {
			*trigger = t;
			return kind;
		}
	return 0;
}

static void push(struct counting *x, const struct kh_sentence *s, const struct number *n,
		 uint32_t head)
{
	struct kh_doc *d = x->d;
	uint32_t trigger;
	uint8_t kind = befell(x, s, head, &trigger);
	if (!kind)
		return;
	struct kh_amount *a = KH_PUSH(x->w->arena, d->amount, d->n_amount, d->cap_amount);
	*a = (struct kh_amount){.at = kh_tokens_span(d, n->first, n->n),
				.head = head,
				.low = n->low,
				.high = n->high,
				.trigger = trigger,
				.kind = kind,
				.total = d->token[trigger].upos == KH_NOUN};
	uint32_t also = d->token[trigger].head; /* "killed and wounded 30": both */
	uint8_t second;
	if (d->token[trigger].rel == KH_CONJ && also != KH_NONE && kind_at(x, also, &second) &&
	    second != kind && kh_doc_child(d, also, KH_OBJ) == KH_NONE &&
	    kh_doc_child(d, also, KH_NSUBJ_PASS) == KH_NONE) {
		struct kh_amount b = *a;
		b.kind = second;
		b.trigger = also;
		*KH_PUSH(x->w->arena, d->amount, d->n_amount, d->cap_amount) = b;
	}
}

static bool human_noun(kh_str lemma)
{
	static const char *const list[] = {
		"person",   "people",	 "man",	      "woman",	  "child",  "soldier",
		"civilian", "officer",	 "policeman", "student",  "worker", "villager",
		"member",   "boy",	 "girl",      "militant", "rebel",  "teenager",
		"resident", "protester", "journalist"};
	for (size_t i = 0; i < KH_COUNT(list); i++)
		if (kh_str_ieq(lemma, (kh_str){list[i], strlen(list[i])}))
			return true;
	return false;
}

static void sentence(struct counting *x, const struct kh_sentence *s)
{
	const struct kh_doc *d = x->d;
	for (uint32_t t = s->first_token; t < s->first_token + s->n_tokens; t++) {
		struct number n;
		if ((word_at(x, s, t, "a") || word_at(x, s, t, "an") ||
		     word_at(x, s, t, "another")) &&
		    d->token[t].rel == KH_DET_REL && d->token[t].head != KH_NONE &&
		    human_noun(d->token[d->token[t].head].lemma)) {
			n = (struct number){t, 1, 1, 1};
			push(x, s, &n, d->token[t].head);
			continue;
		}
		if (!read_number(x, s, t, &n))
			continue;
		uint32_t next = t + n.n;
		bounds(x, s, &n);
		uint32_t head = counted(d, &n);
		bool year = n.low >= 1900 && n.low <= 2040 && n.n == 1 && n.low == n.high &&
			    d->token[t].form.n == 4;
		bool joined =
			next < s->first_token + s->n_tokens && d->token[next].form.p[0] == '-';
		bool money = t > s->first_token && d->token[t - 1].upos == KH_SYM;
		if (!is_measure(d->token[head].lemma) && !year && !joined && !money && n.low != 0)
			push(x, s, &n, head);
		t = next > t ? next - 1 : t;
	}
}

void kh_amount_run(struct kh_work *w)
{
	struct counting x = {w->doc, w, kh_words_list(w->model, "casualty")};
	for (uint32_t i = 0; i < w->doc->n_sentence; i++)
		sentence(&x, &w->doc->sentence[i]);
}
