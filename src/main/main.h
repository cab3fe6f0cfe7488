/* The command: what the sub-commands share. Files, clocks and threads live in this folder only. */
#ifndef KH_MAIN_H
#define KH_MAIN_H

#include <stdbool.h>
#include <stdio.h>

#include "khabar.h"

enum { EXIT_ALL = 0, EXIT_NOTHING = 1, EXIT_USAGE = 2, EXIT_SOME = 3, EXIT_NONE = 4 };

/* What the options said. One struct for all commands; a command names those it takes. */
struct settings {
	bool stories, pages, gold_tokens, json, csv, table, summary, coded, replace, all, why_not;
	bool explain_query, conllu, count, help, copies, filter;
	bool insecure, once, retry, reference; /* of worker and queue */
	bool adding, agreement, examples; /* of bench; of review */
	bool drop;			  /* of saved */
	const char *coder, *out;
	char *address; /* of a database, with its password */
	int port;
	bool lenient;
	const char *data, *scheme; /* one's own dictionaries; codes of foreign ones */
	const char *stage, *kind, *shard, *db, *sql, *by, *format, *scale, *color, *span, *progress;
	const char *queue, *ledger, *listen; /* ledger: --store of a queue */
	const char *event, *country, *since, *until;
	const char *stop_after; /* of bench */
	int lease, tries, patience, replicas;
	int every, pause; /* of watch */
	int jobs, limit, floor, batch;
	char **file; /* what is no option, in order */
	int files;
	const char *command;
};

struct command {
	const char *name, *usage, *what;
	const char *takes;    /* names of the options it takes, split by spaces */
	const char *examples; /* lines; the first things that help shows */
	int (*run)(struct settings *s);
	int (*raw)(int argc, char **argv); /* instead of run: reads its own options */
};

/* Options of a command into settings; false after one line on stderr. */
bool args_parse(const struct command *c, int argc, char **argv, struct settings *s);
void args_help(const struct command *c, FILE *to);
/* Calls each option that the command takes: its name with dashes, and what it does. */
void args_each(const struct command *c, void (*each)(void *ctx, const char *name, const char *what),
	       void *ctx);

extern const struct command main_commands[];
extern const unsigned main_n_commands;
const struct command *main_command(const char *name);

int main_code(struct settings *s);
int main_show(struct settings *s);
int main_parse(struct settings *s);
int main_explain(struct settings *s);
int main_source(struct settings *s);
int main_group(struct settings *s);
int main_model(struct settings *s);
int main_dict(struct settings *s);
int main_version(struct settings *s);
int main_help(struct settings *s);
int main_bench(struct settings *s);
int main_bench_store(struct settings *s);
int main_add(struct settings *s);
int main_watch(struct settings *s);
int main_find(struct settings *s);
int main_verify(struct settings *s);
int main_table(struct settings *s);
int main_export(struct settings *s);
int main_diff(struct settings *s);
int main_incidents(struct settings *s);
int main_worker(struct settings *s);
int main_queue(struct settings *s);
int main_serve(struct settings *s);
int main_saved(struct settings *s);
int main_review(struct settings *s);
/* khabar show DB ID, and khabar explain --db DB ID. */
int main_show_stored(struct settings *s);
int main_explain_stored(struct settings *s);
/* Why a stored report is as it is, as text to be freed; NULL: this version does not make it. */
struct stored_model;
struct stored_model *stored_model_open(void); /* NULL without a model, after one line */
char *stored_explain(struct stored_model *m, const char *story, const char *id);
void stored_model_close(struct stored_model *m);

/* The model image, mapped; NULL and a line on stderr when there is none or it is damaged. */
khabar_model *main_model_open(void); /* with the folder of --data or $KHABAR_DATA in it */
/* The model with that folder's dictionaries in it; NULL after its mistakes were told. */
khabar_model *main_model_with(const char *folder, bool examples);

/* One record handed to `each`: false stops the reading. */
struct record {
	const char *file;
	uint64_t at; /* byte offset in the file */
	khabar_input input;
	khabar_str line; /* the line of JSON that it came from; empty for other input */
	bool whole;	 /* the file, or a part of a long text, as it stands in it */
};
typedef bool record_fn(void *ctx, const struct record *r);

struct reading {
	bool pages;		/* a JSON record's text is a crawled page, not one story */
	bool gold_tokens;	/* input is CoNLL-U */
	bool lines;		/* lines are handed on as they are, in `line` */
	bool empty_ok;		/* a file without a record is nothing to complain about */
	uint32_t kind;		/* enum khabar_kind of what is not JSON Lines; 0: find out */
	unsigned shard, shards; /* every shards-th record from the shard-th (from 1); 0: all */
	unsigned nested;	/* containers that the one in hand lies in */
	unsigned long seen;	/* records met, those of other shards too */
	unsigned long good, bad;
	uint64_t bytes; /* read so far, as they lie on the disk */
	bool stop;
	char why[160]; /* what the last of the bad was, and where */
	uint64_t why_at;
};

/* One line of JSON that was read before; line.p[line.n] is 0. */
void read_line(const char *path, khabar_str line, uint64_t at, struct reading *r, record_fn *each,
	       void *ctx);
/* Reads a file, a directory or "-" and hands on its records; errors go to stderr and are counted.
 */
void read_file(const char *path, struct reading *r, record_fn *each, void *ctx);
/* All files of the settings, standard input when there are none. */
void read_all(const struct settings *s, struct reading *r, record_fn *each, void *ctx);
/* What the settings say about reading; false after one line on stderr. */
bool reading_from(const struct settings *s, struct reading *r);
void complain(const char *file, uint64_t at, const char *what);

/* Exit status from what was read and what of it failed or gave nothing. */
int main_status(unsigned long good, unsigned long bad, bool found);
/* Flushes stdout; a full disk is one line and EXIT_NONE instead of `status`. */
int main_flush(int status);

struct buf { /* bytes that grow; out of memory ends the program with one line */
	char *p;
	size_t n, room;
};
void buf_add(struct buf *b, const void *p, size_t n);
void buf_text(struct buf *b, const char *z);
char *buf_room(struct buf *b, size_t n); /* n bytes to write to, past the end */
void buf_free(struct buf *b);

/* ---- several threads, one order --------------------------------------- */

struct job {
	struct buf blob; /* the record's own bytes */
	khabar_input input;
	const char *file;
	uint64_t at;
	struct buf out;	 /* what the work made, a line a record */
	struct buf talk; /* for stderr */
	unsigned long stories, reports;
	bool failed;
	int state;
};
typedef void work_fn(void *ctx, khabar_worker *w, struct job *j); /* in any thread */
typedef bool done_fn(void *ctx, struct job *j); /* in input order, one at a time */

/* The job's record, read and counted; NULL after a line in its talk. */
const khabar_doc *job_read(struct job *j, khabar_worker *w);
/* One story of a document as JSON, without a line break; all of them, a line each. */
void story_add(const khabar_doc *doc, uint32_t i, struct buf *out);
void story_lines(const khabar_doc *doc, struct buf *out);

struct pool;
struct pool *pool_new(const khabar_model *m, const khabar_options *o, int threads, work_fn *work,
		      done_fn *done, void *ctx);
bool pool_give(struct pool *p, const struct record *r);
bool pool_end(struct pool *p); /* waits, frees; false when `done` said stop */

/* ---- talk --------------------------------------------------------------- */

struct progress {
	bool on;
	double began, last;
	uint64_t total;
};
void progress_begin(struct progress *p, const struct settings *s);
void progress_step(struct progress *p, uint64_t bytes, unsigned long stories,
		   unsigned long reports);
void progress_end(struct progress *p);
double main_clock(void); /* seconds, monotonic */
double main_cpu(void);	 /* seconds of CPU of this process */
bool main_colour(const struct settings *s);
/* Reports (JSON, a line each) as a table for reading; `from` remembers the header. */
void table_reports(FILE *to, const char *lines, size_t n, bool *begun);
/* Is the answer to be a table: told so, or a terminal and nothing else told. */
bool table_wanted(const struct settings *s);
void print_columns(FILE *to, const char *text, int width);
void print_quoted(FILE *to, const char *p, size_t n); /* a string, with its quotation marks */

#endif
