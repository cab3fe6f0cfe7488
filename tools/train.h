/* khabar-train: averaged perceptrons over hashed features, shared by its parts. */
#ifndef KHABAR_TRAIN_H
#define KHABAR_TRAIN_H

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/str.h"
#include "model/score.h"
#include "read/encode.h"

struct word { /* of a treebank */
	kh_str form, lemma;
	uint8_t upos, tag, rel, guess; /* tag: class; guess: as a tagger that never saw the word says */
	int32_t head;                  /* -1 root */
};

struct sentence {
	struct word *w;
	int32_t n;
};

struct names { /* of classes, in the order they were met */
	char name[KH_SCORE_CLASSES][32];
	uint32_t n;
};

struct corpus {
	struct sentence *s;
	uint32_t n;
	struct names tag;
};

struct perceptron {
	uint32_t bits, classes, stride;
	int32_t *w;      /* rows x stride */
	int64_t *sum;    /* of w over time, lazily */
	uint32_t *when;  /* step of the last touch of a row */
	uint32_t step;
};

struct perceptron perceptron_new(uint32_t bits, uint32_t classes);
void perceptron_free(struct perceptron *p);
void perceptron_sum(const struct perceptron *p, const uint32_t *f, uint32_t n, int32_t *sum);
void perceptron_update(struct perceptron *p, const uint32_t *f, uint32_t n, uint32_t good, uint32_t bad);
/* The averaged weights, in 1/64, as int16, with class names, to a file of data/weights. */
void perceptron_write(struct perceptron *p, const char *path, const struct names *names);
/* Averages in place, for use after training. */
void perceptron_average(struct perceptron *p);

struct corpus corpus_read(char **path, int n); /* CoNLL-U, gzipped or not */
uint32_t class_of(struct names *n, const char *name);
uint32_t random_below(uint32_t n);
void shuffle(uint32_t *order, uint32_t n);

void train_lemmas(const struct corpus *c, const char *path);
int train_names(int argc, char **argv);

#endif
