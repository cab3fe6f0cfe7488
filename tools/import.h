/* Foreign dictionaries (TABARI, PETRARCH, Phoenix) into the files of a user's data folder. */
#ifndef KH_IMPORT_H
#define KH_IMPORT_H

#include "pack.h"

enum import_kind { IMPORT_GUESS, IMPORT_ACTORS, IMPORT_AGENTS, IMPORT_VERBS, IMPORT_DISCARDS };

struct import_out {	/* a file to be written */
	char name[256]; /* below the folder: "actors/phoenix.txt" */
	struct pack_buf text;
};

struct import { /* all files of one import; zeroed to begin with */
	const char *folder;
	bool lenient; /* mistakes are told and their rows left out */
	unsigned told;
	bool weis; /* the codes of verbs are WEIS's, not CAMEO's */
	kh_str codes; /* rows "PREFIX CATEGORY" that come before either; empty: none */
	struct import_out out[256];
	unsigned n_out, errors;
	unsigned entries, patterns, repeated, skipped;
	/* the file at hand */
	const char *file;
	kh_str text;
	size_t at;
	unsigned line;
	bool comment; /* inside <!-- --> */
	kh_str row;   /* the row, its comment taken off */
	const char *row_begin;
};

/* Rows "PREFIX CATEGORY" of a file: what the user's codes mean. 0, or 1 after a line told. */
int import_codes(struct import *m, const char *path);
/* Reads one file; mistakes are told on standard error and counted. IMPORT_GUESS goes by its name.
 */
void import_file(struct import *m, const char *path, enum import_kind kind);
/* Writes all files below the folder, none when there were mistakes. 0, or 1 after a line told. */
int import_write(struct import *m);

/* For the parts. */
void import_actors(struct import *m, struct pack_buf *to);
void import_agents(struct import *m, struct pack_buf *to);
void import_discards(struct import *m, struct pack_buf *to);
void import_verbs(struct import *m, struct pack_buf *to);
/* The next row that is not empty, without comment, in m->row; false at the end. */
bool import_row(struct import *m);
void import_fail(struct import *m, const char *at, const char *what);
void import_put(struct pack_buf *to, kh_str s);
/* "FOREIGN_MINISTER " as "foreign minister", or with `title` "Foreign Minister". */
kh_str import_words(kh_str s, bool title, char *to, size_t room);
/* "[~GOV]" codes of three letters as ours: country or "", sectors; "-" when nothing is known. */
kh_str import_code(kh_str code, bool agent, char *to, size_t room);

#endif
