/* See amount_number.h. In: tokens of a sentence. Out: a number with its bounds. */
#include "read/amount_number.h"

#include "base/str.h"

bool kh_number_word(const struct kh_doc *d, const struct kh_sentence *s, int64_t t, const char *w)
{
	if (t < s->first_token || t >= (int64_t)s->first_token + s->n_tokens)
		return false;
	return kh_str_ieq(d->token[t].form, kh_str_of(w));
}

bool kh_number_any(const struct kh_doc *d, const struct kh_sentence *s, int64_t t, const char *list)
{
	if (t < s->first_token || t >= (int64_t)s->first_token + s->n_tokens)
		return false;
	return kh_str_among(d->token[t].form, list);
}

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
		if (kh_str_ieq(w, kh_str_of(unit[i])))
			return (int64_t)i;
	for (size_t i = 0; i < KH_COUNT(ten); i++)
		if (kh_str_ieq(w, kh_str_of(ten[i])))
			return (int64_t)(i + 2) * 10;
	if (w.n > 18 || !w.n || !kh_is_digit((unsigned char)w.p[0]))
		return -1;
	return kh_str_number(w, &v) && v >= 0 ? v : -1;
}

static int64_t scale(kh_str w)
{
	static const struct {
		const char *word;
		int64_t by;
	} list[] = {{"hundred", 100}, {"thousand", 1000}, {"million", 1000000},
		    {"dozen", 12},    {"score", 20},	  {"billion", 1000000000}};
	for (size_t i = 0; i < KH_COUNT(list); i++)
		if (kh_str_ieq(w, kh_str_of(list[i].word)))
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
		    {"several", 3}, {"millions", 2000000}, {"numerous", 3},   {"many", 3}};
	for (size_t i = 0; i < KH_COUNT(list); i++)
		if (kh_str_ieq(w, kh_str_of(list[i].word)))
			return list[i].low;
	return -1;
}

static kh_str form(const struct kh_doc *d, const struct kh_sentence *s, int64_t t)
{
	bool in = t >= s->first_token && t < (int64_t)s->first_token + s->n_tokens;
	return in ? d->token[t].form : (kh_str){0};
}

static bool vague_number(const struct kh_doc *d, const struct kh_sentence *s, uint32_t t,
			 struct kh_number *out)
{
	*out = (struct kh_number){t, 1, -1, -1, true, false};
	if (kh_number_word(d, s, t + 1, "of") && kh_number_any(d, s, t, "tens hundreds")) {
		bool tens = kh_number_word(d, s, t, "tens");
		if (kh_number_word(d, s, t + 2, "thousands"))
			return out->low = tens ? 20000 : 200000, out->n = 3, true;
		if (kh_number_word(d, s, t + 2, "millions"))
			return out->low = tens ? 20000000 : 200000000, out->n = 3, true;
	}
	if (kh_number_word(d, s, t, "a") &&
	    kh_number_any(d, s, t + 1, "few handful couple number")) {
		int64_t of = (int64_t)t + 2 + kh_number_word(d, s, (int64_t)t + 2, "of");
		int64_t by = scale(form(d, s, of)); /* "a couple of hundred", "a few dozen" */
		if (by)
			return out->low = 2 * by, out->n = (uint32_t)(of + 1 - t), true;
		if (kh_number_word(d, s, t + 1, "couple"))
			return out->low = out->high = 2, out->n = 2, true;
		return out->low = 3, out->n = 2, true;
	}
	int64_t whole = (int64_t)t + 2 + kh_number_any(d, s, (int64_t)t + 2, "the its their all");
	if (kh_number_word(d, s, t, "half") && kh_number_word(d, s, t + 1, "of") &&
	    small(form(d, s, whole)) > 1) /* "half of the 200" */
		return out->low = out->high = small(form(d, s, whole)) / 2,
		       out->n = (uint32_t)(whole + 1 - t), true;
	if (kh_number_word(d, s, t, "half") && kh_number_word(d, s, t + 1, "a") &&
	    kh_number_word(d, s, t + 2, "dozen"))
		return out->low = out->high = 6, out->n = 3, true;
	int64_t v = vague(form(d, s, t));
	if (v < 0 || (kh_number_word(d, s, t, "many") &&
		      kh_number_any(d, s, (int64_t)t - 1, "as so how too not that this")))
		return false;
	int64_t by = v == 3 ? scale(form(d, s, t + 1)) : 0;
	out->low = by ? 2 * by : v;
	out->n = by ? 2 : 1;
	return true;
}

/* "1.2 million", "3m", "1.5bn": figures that say no number without the word behind; tokens, 0 none.
 */
static uint32_t decimal(const struct kh_doc *d, const struct kh_sentence *s, uint32_t t,
			int64_t *out)
{
	kh_str f = form(d, s, t), unit = form(d, s, (int64_t)t + 1);
	int64_t v = 0, by = scale(unit);
	unsigned digits = 0, behind = 0;
	bool point = false;
	if (!by && (d->token[t].flags & KH_TOK_NO_SPACE))
		by = kh_str_ieq(unit, KH_S("m"))    ? 1000000
		     : kh_str_ieq(unit, KH_S("bn")) ? 1000000000
						    : 0;
	for (size_t i = 0; i < f.n && digits < 7; i++) {
		if (f.p[i] == '.' && digits && !point && i + 1 < f.n) {
			point = true;
			continue;
		}
		if (!kh_is_digit((unsigned char)f.p[i]))
			return 0;
		v = v * 10 + (f.p[i] - '0');
		digits++;
		behind += point;
	}
	if (!by || !digits || digits == 7)
		return 0;
	for (v *= by; behind > 0; behind--)
		v /= 10;
	*out = v;
	return 2;
}

static bool exact_number(const struct kh_doc *d, const struct kh_sentence *s, uint32_t t,
			 struct kh_number *out)
{
	uint32_t end = s->first_token + s->n_tokens, k = t;
	int64_t total = 0, v = 0;
	bool any = false;
	*out = (struct kh_number){t, 1, -1, -1, false, false};
	if ((out->n = decimal(d, s, t, &total)) != 0) {
		out->low = out->high = total;
		return true;
	}
	for (; k < end && k < t + 6; k++) {
		int64_t n = small(form(d, s, k)), by = scale(form(d, s, k));
		if (n >= 0 &&
		    (!any || (n < 100 && (v == 0 || (v >= 20 && v % 10 == 0 && n < 10))))) {
			v += n;
			any = true;
		} else if (by && any && total + v < 1000000000) {
			total += (v ? v : 1) * by;
			v = 0;
		} else if (!(any && kh_number_any(d, s, k, "- and") &&
			     small(form(d, s, k + 1)) > 0 && small(form(d, s, k + 1)) < 100 &&
			     (total > 0 ||
			      (v >= 20 && v % 10 == 0 && v < 100 && kh_number_word(d, s, k, "-") &&
			       form(d, s, k + 1).p[0] > '9')))) {
			break;
		}
	}
	if (!any) {
		if (!kh_number_word(d, s, t, "a") || !scale(form(d, s, t + 1)))
			return false;
		total = scale(form(d, s, t + 1));
		k = t + 2;
	}
	out->n = k - t;
	out->low = out->high = total + v;
	return out->low < 1000000000000;
}

/* "10 to 20", "10-20", "two or three", "between 10 and 20" */
static void range(const struct kh_doc *d, const struct kh_sentence *s, struct kh_number *n)
{
	int64_t k = (int64_t)n->first + n->n;
	struct kh_number b;
	bool dash = kh_number_any(d, s, k, "- \xe2\x80\x93"), or = kh_number_word(d, s, k, "or");
	bool between = kh_number_word(d, s, (int64_t)n->first - 1, "between");
	if (!(dash || or || kh_number_word(d, s, k, "to") ||
	      (between && kh_number_word(d, s, k, "and"))))
		return;
	if (k + 1 >= (int64_t)s->first_token + s->n_tokens ||
	    !exact_number(d, s, (uint32_t)k + 1, &b) || b.low <= n->low)
		return;
	n->high = b.low;
	n->n = b.first + b.n - n->first;
}

/* "at least", "more than", "up to": changes the bounds. */
static void bounds(const struct kh_doc *d, const struct kh_sentence *s, struct kh_number *n)
{
	int64_t t = n->first, end = t + n->n;
	while (kh_number_any(d, s, t - 1,
			     "about around some nearly almost approximately roughly an estimated"))
		t--;
	if (kh_number_word(d, s, t - 1, "least") && kh_number_any(d, s, t - 2, "at atleast"))
		n->high = -1;
	else if (kh_number_word(d, s, t - 1, "than") &&
		 kh_number_any(d, s, t - 2, "more greater higher"))
		n->low++, n->high = -1;
	else if (kh_number_word(d, s, t - 1, "than") && kh_number_any(d, s, t - 2, "fewer less") &&
		 kh_number_any(d, s, t - 3, "no not"))
		n->high = -1; /* "no fewer than 20" */
	else if (kh_number_any(d, s, t - 1, "over exceeding topping"))
		n->low++, n->high = -1;
	else if ((kh_number_word(d, s, t - 1, "to") && kh_number_word(d, s, t - 2, "up")) ||
		 (kh_number_word(d, s, t - 1, "as") && kh_number_any(d, s, t - 2, "many much")) ||
		 (kh_number_word(d, s, t - 1, "most") && kh_number_word(d, s, t - 2, "at")))
		n->low = -1;
	else if (kh_number_word(d, s, t - 1, "than") && kh_number_any(d, s, t - 2, "fewer less"))
		n->high--, n->low = -1;
	else if ((kh_number_word(d, s, end, "or") && kh_number_word(d, s, end + 1, "more")) ||
		 kh_number_word(d, s, end, "+"))
		n->high = -1;
}

/* "a quadruple shooting": four. */
static bool multiple(const struct kh_doc *d, const struct kh_sentence *s, uint32_t t,
		     struct kh_number *out)
{
	static const char *const word[] = {"double", "triple", "quadruple", "quintuple"};
	if (!kh_number_any(d, s, (int64_t)t + 1,
			   "shooting stabbing homicide murder killing slaying fatality"))
		return false;
	for (int i = 0; i < 4; i++)
		if (kh_number_word(d, s, t, word[i])) {
			*out = (struct kh_number){t, 1, i + 2, i + 2, false, false};
			return true;
		}
	return false;
}

bool kh_number_read(const struct kh_doc *d, const struct kh_sentence *s, uint32_t t,
		    struct kh_number *out)
{
	if (multiple(d, s, t, out))
		return true;
	if (vague_number(d, s, t, out))
		return true;
	if (!exact_number(d, s, t, out))
		return false;
	range(d, s, out);
	if (out->low == out->high)
		bounds(d, s, out);
	return true;
}
