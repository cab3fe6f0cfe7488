/* The command: what the sub-commands share. Files, clocks and threads live in this folder only. */
#ifndef KH_MAIN_H
#define KH_MAIN_H

#include <stdbool.h>
#include <stdio.h>

#include "khabar.h"

enum { EXIT_ALL = 0, EXIT_NOTHING = 1, EXIT_USAGE = 2, EXIT_SOME = 3, EXIT_NONE = 4 };

struct command {
	const char *name, *usage, *what;
	int (*run)(int argc, char **argv);
};

int main_code(int argc, char **argv);
int main_show(int argc, char **argv);
int main_group(int argc, char **argv);
int main_model(int argc, char **argv);

/* The model image, mapped; NULL and a line on stderr when there is none or it is damaged. */
khabar_model *main_model_open(void);

/* One record handed to `each`: false stops the reading. */
struct record {
	const char *file;
	uint64_t at; /* byte offset in the file */
	khabar_input input;
};
typedef bool record_fn(void *ctx, const struct record *r);

struct reading {
	bool pages;       /* a JSON record's text is a crawled page, not one story */
	bool gold_tokens; /* input is CoNLL-U */
	unsigned good, bad;
};

/* Reads a file (or "-") and hands on its records; errors go to stderr and are counted. */
void read_file(const char *path, struct reading *r, record_fn *each, void *ctx);

#endif
