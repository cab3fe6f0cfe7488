/* The connection of PostgreSQL's engine. Inside the store. */
#ifndef KH_STORE_SERVER_H
#define KH_STORE_SERVER_H

#include "store/own.h"
#include "store/pipe.h"
#include "store/words.h"

struct kh_server {
	PGconn *c;
	struct kh_pipe pipe;
	bool writing; /* in a transaction of the store, whose end tells what failed */
	struct kh_words *words;
	char *password;
	unsigned names;	  /* given to statements and cursors so far */
	unsigned cursors; /* open; a transaction of our own holds them where there is none */
	bool held, readonly;
	int64_t changed;
};

struct kh_server *kh_server_of(const struct kh_store *s);
int kh_server_open(struct kh_store *s, const char *where, enum kh_store_mode mode);
void kh_server_close(struct kh_store *s);
int kh_server_begin(struct kh_store *s);
void kh_server_wait(struct kh_store *s, int ms);

int kh_server_run(struct kh_store *s, const char *sql);
/* The number in the one row that a question gives, or -1. */
int64_t kh_server_count(struct kh_store *s, const char *sql);
/* What was sent without waiting has been done, or -1. */
int kh_server_flush(struct kh_store *s);
bool kh_server_well(const PGresult *r);
/* -1, and why. */
int kh_server_fault(struct kh_store *s, const PGresult *r);

#endif
