/* khabar-pack: what the parts of the packer share. Each part reads its folder of data/ and adds
 * sections to the image; a mistake in the data is told with file, line and what was expected. */
#ifndef KH_PACK_H
#define KH_PACK_H

#include <stdio.h>

#include "base/base.h"

struct pack_section {
	char name[16];
	unsigned char *bytes;
	size_t n;
};

struct pack {
	const char *data; /* the data folder */
	bool lenient;     /* list failing examples instead of refusing */
	unsigned errors;
	struct pack_section section[64];
	unsigned n_sections;
	char *manifest;
	size_t n_manifest;
	struct pack_example *example; /* pack_rules.h */
	uint32_t n_examples, cap_examples, n_rules;
};

struct pack_buf { /* bytes that grow; zeroed to begin with */
	unsigned char *p;
	size_t n, cap;
};

/* The packer's memory is given back when the program ends; leak checkers are told so. */
void pack_keeps(void);
void *pack_alloc(size_t n);
size_t pack_put(struct pack_buf *b, const void *bytes, size_t n); /* offset where they lie */
/* Takes the buffer over. */
void pack_section(struct pack *p, const char *name, struct pack_buf *b);
/* A line of the manifest: "name<TAB>bytes<TAB>hash<TAB>licence". */
void pack_source(struct pack *p, const char *path, kh_str bytes, const char *licence);
/* The whole file, NUL-ended; {NULL,0} and an error told when it cannot be read. */
kh_str pack_read(struct pack *p, const char *path);
/* path is relative to the data folder; the caller frees. */
char *pack_path(const struct pack *p, const char *path);
/* Names in a folder of data/ that end in `suffix`, sorted; NULL-ended; never freed. */
char **pack_list(struct pack *p, const char *folder, const char *suffix);
/* Column `want` of a row, without the blanks around it; its p is set even when it is empty. */
kh_str pack_column(kh_str row, unsigned want);
void pack_error(struct pack *p, const char *file, unsigned line, unsigned column,
		const char *format, ...) KH_PRINTF(5, 6);
/* The image of all sections so far. */
unsigned char *pack_image(const struct pack *p, size_t *size);

void pack_words(struct pack *p);
/* With `base`, the entries of that image come behind those of the folder. */
void pack_actors(struct pack *p, const struct khabar_model *base);
/* Patterns of verbs of a user's folder. */
void pack_patterns(struct pack *p);
void pack_places(struct pack *p);
/* With `base`, the rules of that image come behind those of the folder. */
void pack_rules(struct pack *p, const struct khabar_model *base);
void pack_tree(struct pack *p);
/* Runs the examples of the rules through the finished image. */
void pack_check_rules(struct pack *p, const void *image, size_t size);

#endif
