/* From raw text to trees: where sentences end, lemmas, titles off names, text in one case,
 * sentences beyond the net's reach, and input that is no prose: everything becomes trees, in linear
 * time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "../slurp.h"
#include "base/str.h"
#include "doc/doc.h"
#include "model/arcs.h"
#include "read/api.h"

static void *image;
static khabar_model *model;
static khabar_worker *worker;

static int open_model(void **state)
{
	(void)state;
	khabar_error err;
	khabar_options o = {.stop_after = KHABAR_STAGE_TREE};
	size_t size;
	image = slurp(getenv("KHABAR_MODEL"), &size);
	assert_non_null(image);
	assert_int_equal(khabar_model_open(&model, image, size, &err), 0);
	assert_int_equal(khabar_worker_new(&worker, model, &o), 0);
	return 0;
}

static int close_model(void **state)
{
	(void)state;
	khabar_worker_free(worker);
	khabar_model_close(model);
	free(image);
	return 0;
}

static const struct kh_doc *read_text(kh_str text)
{
	khabar_input in = {.bytes = text, .kind = KHABAR_KIND_STORY};
	const khabar_doc *doc;
	assert_int_equal(khabar_read(worker, &in, &doc, NULL), 0);
	return kh_api_doc(doc);
}

/* `marked`: the text, with a | wherever a sentence ends inside it. */
static void split_as(const char *marked)
{
	char text[400], got[400];
	size_t n = 0, g = 0;
	for (const char *p = marked; *p; p++)
		if (*p != '|')
			text[n++] = *p;
	const struct kh_doc *d = read_text((kh_str){text, n});
	uint32_t s = 0;
	for (uint32_t i = 0; i < n; i++) {
		while (s < d->n_sentence && d->sentence[s].at.end < i)
			s++;
		if (i > 0 && s < d->n_sentence && d->sentence[s].at.end == i)
			got[g++] = '|';
		got[g++] = text[i];
	}
	got[g] = 0;
	assert_string_equal(got, marked);
}

static void sentences_end_where_they_end(void **state)
{
	(void)state;
	split_as("Gen. Smith left the U.S.| The army stayed.");
	split_as("He died in 1805. [19]| His brother lived on.");
	split_as("The mayor stayed (she came late. )| He left.");
	split_as("i think so.| what do you say?| nothing at all.");
	split_as("No. 5 won.| It was late.");
	split_as("Thanks for coming! :-)| See you there.");
	split_as("Jane Doe| 03/27/2001 01:58 PM| I read the plan.");
	split_as("The A.P. and the U.N. agreed.| They left.");
}

static void lemmas_are_words(void **state)
{
	(void)state;
	static const char *const pair[][2] = {
		{"provoked", "provoke"}, {"smelled", "smell"}, {"shouting", "shout"},
		{"killed", "kill"},	 {"were", "be"},       {"soldiers", "soldier"},
		{"Israeli", "Israeli"},	 {"Hamas", "Hamas"},   {"\xE2\x99\xA5", "\xE2\x99\xA5"}};
	const struct kh_doc *d = read_text(
		KH_S("They provoked the Israeli soldiers, who smelled smoke and were shouting that "
		     "Hamas had killed two. It was \xE2\x99\xA5 for all."));
	unsigned found = 0;
	for (uint32_t t = 0; t < d->n_token; t++)
		for (size_t k = 0; k < KH_COUNT(pair); k++)
			if (kh_str_is(d->token[t].form, pair[k][0])) {
				char lemma[64] = "";
				memcpy(lemma, d->token[t].lemma.p, d->token[t].lemma.n);
				assert_string_equal(lemma, pair[k][1]);
				found++;
			}
	assert_int_equal(found, KH_COUNT(pair));
}

static void titles_are_not_of_names(void **state)
{
	(void)state;
	const struct kh_doc *d = read_text(KH_S(
		"Mr. John Kariuki met Col. Peter Otieno on Monday. Later Kariuki left Nairobi."));
	unsigned persons = 0;
	for (uint32_t i = 0; i < d->n_name; i++) {
		kh_str name = kh_text(d, d->name[i].at);
		assert_false(kh_str_starts(name, "Mr") || kh_str_starts(name, "Col"));
		persons += d->name[i].type == KH_NAME_PERSON;
	}
	assert_int_equal(persons, 3);
}

/* Every word reaches the root of its sentence, and lies in it, behind the word before. */
static void assert_trees(const struct kh_doc *d)
{
	for (uint32_t i = 0; i < d->n_sentence; i++) {
		const struct kh_sentence *s = &d->sentence[i];
		for (uint32_t t = s->first_token; t < s->first_token + s->n_tokens; t++) {
			uint32_t k = t, steps = 0;
			while (d->token[k].head != KH_NONE && steps++ < s->n_tokens)
				k = d->token[k].head;
			assert_int_equal(k, s->root);
			assert_true(d->token[t].at.begin >= s->at.begin &&
				    d->token[t].at.end <= s->at.end);
			assert_true(t == s->first_token ||
				    d->token[t].at.begin >= d->token[t - 1].at.begin);
		}
	}
	for (uint32_t i = 0; i < d->n_name; i++)
		assert_true(
			d->name[i].n > 0 && d->name[i].type < KH_NAME_TYPES &&
			d->name[i].first + d->name[i].n <= d->n_token &&
			(i == 0 || d->name[i].first >= d->name[i - 1].first + d->name[i - 1].n));
}

static void long_sentences_are_one_tree(void **state)
{
	(void)state;
	enum { MOST = 3900 };
	static char text[MOST + 16];
	size_t n = 0;
	while (n < MOST - 8)
		n += (size_t)snprintf(text + n, 8,
				      "a, b "); /* more words than the net reads at once */
	text[n++] = '.';
	const struct kh_doc *d = read_text((kh_str){text, n});
	bool note = false;
	assert_int_equal(d->n_sentence, 1);
	assert_true(d->sentence[0].n_tokens > 2 * KH_ARCS_LONGEST);
	for (uint32_t i = 0; i < d->n_note; i++)
		note |= d->note[i].kind == KH_NOTE_LONG_SENTENCE;
	assert_true(note);
	assert_trees(d);
}

/* Cases of letters: the same names and the same tree as in plain text. */
static void one_case_is_read(void **state)
{
	(void)state;
	static const char *const text[] = {"Police in Nairobi arrested two men on Monday.",
					   "POLICE IN NAIROBI ARRESTED TWO MEN ON MONDAY.",
					   "police in nairobi arrested two men on monday.",
					   "Police in Nairobi Arrested Two Men on Monday."};
	for (size_t i = 0; i < KH_COUNT(text); i++) {
		const struct kh_doc *d = read_text(kh_str_of(text[i]));
		bool place = false;
		assert_int_equal(d->n_sentence, 1);
		assert_true(kh_str_is(d->token[d->sentence[0].root].lemma, "arrest"));
		assert_int_equal(d->token[0].rel, KH_NSUBJ);
		for (uint32_t k = 0; k < d->n_name; k++)
			place |= d->name[k].type == KH_NAME_PLACE && d->name[k].n == 1 &&
				 d->name[k].first == 2;
		assert_true(place);
	}
}

static double seconds(kh_str text, const struct kh_doc **d)
{
	clock_t from = clock();
	*d = read_text(text);
	return (double)(clock() - from) / CLOCKS_PER_SEC;
}

/* `unit` again and again, `size` bytes of it; then the same twice: read in at most thrice the time,
 * and every word is in a tree. */
static void read_much(const char *unit, size_t size, uint32_t least_tokens)
{
	size_t n = strlen(unit), all = 2 * size / n * n;
	char *text = malloc(all);
	const struct kh_doc *d;
	assert_non_null(text);
	for (size_t i = 0; i < all; i++)
		text[i] = unit[i % n];
	double once = seconds((kh_str){text, size / n * n}, &d);
	assert_true(d->n_token >= least_tokens);
	assert_trees(d);
	double twice = seconds((kh_str){text, all}, &d);
	assert_true(d->n_token >= 2 * least_tokens - 1);
	assert_true(twice < 3 * once + 1);
	free(text);
}

static void what_is_no_prose_is_read(void **state)
{
	(void)state;
	read_much("A. ", 150000, 50000);     /* 100,000 sentences of one letter */
	read_much("x", (size_t)8 << 20, 1);  /* 16 MiB without a space */
	read_much("x", 5000, 1);	     /* a word of 10,000 letters */
	read_much("Paris", 5000, 1);	     /* one that begins like a name */
	read_much("A.B.", 40000, 1);	     /* initials without end */
	read_much("a\xE2\x80\x8D", 4000, 1); /* letters with zero-width joiners */
	read_much("\xE2\x80\x8D \xE2\x80\x8D", 7000, 1);
	read_much("?!.,;:-()\"' ", 60000, 5000);     /* marks alone */
	read_much("\xF0\x9F\x98\x80 ", 50000, 1000); /* emoji */
	read_much("\xED\xA0\x80 ", 40000, 1);	     /* halves of pairs, as bytes */
	read_much("Hamas \xD8\xAD\xD9\x85\xD8\xA7\xD8\xB3 said ", 40000, 4000); /* two scripts */
	read_much("PARIS LONDON MR SMITH ", 44000, 8000); /* names without end */
	read_much("Dr. Al-Hayya of the New York Times, ", 72000, 18000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sentences_end_where_they_end),
		cmocka_unit_test(lemmas_are_words),
		cmocka_unit_test(titles_are_not_of_names),
		cmocka_unit_test(one_case_is_read),
		cmocka_unit_test(long_sentences_are_one_tree),
		cmocka_unit_test(what_is_no_prose_is_read),
	};
	return cmocka_run_group_tests(tests, open_model, close_model);
}
