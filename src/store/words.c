/* See words.h. In: UTF-8. Out: words without case and accents, in their order. */
#include "store/words.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST = 200 /* bytes of a word that are kept: an index takes no longer ones */ };

struct kh_words {
	sqlite3 *db;
	fts5_tokenizer t;
	Fts5Tokenizer *own;
};

struct line {
	char *p;
	size_t n, room;
};

static fts5_api *api_of(sqlite3 *db)
{
	fts5_api *api = NULL;
	sqlite3_stmt *q = NULL;
	if (sqlite3_prepare_v2(db, "select fts5(?1)", -1, &q, NULL) == SQLITE_OK) {
		sqlite3_bind_pointer(q, 1, (void *)&api, "fts5_api_ptr", NULL);
		sqlite3_step(q);
	}
	sqlite3_finalize(q);
	return api;
}

struct kh_words *kh_words_open(void)
{
	static const char *options[] = {"remove_diacritics", "2"}; /* as in schema.sql */
	struct kh_words *w = calloc(1, sizeof *w);
	void *ctx;
	if (!w)
		return NULL;
	fts5_api *api = sqlite3_open(":memory:", &w->db) == SQLITE_OK ? api_of(w->db) : NULL;
	if (api && api->xFindTokenizer(api, "unicode61", &ctx, &w->t) == SQLITE_OK &&
	    w->t.xCreate(ctx, options, 2, &w->own) == SQLITE_OK)
		return w;
	kh_words_close(w);
	return NULL;
}

static int add(void *ctx, int flags, const char *word, int n, int from, int to)
{
	struct line *l = ctx;
	size_t k = n > LONGEST ? LONGEST : (size_t)n;
	(void)flags, (void)from, (void)to;
	while (k && k < (size_t)n && (word[k] & 0xc0) == 0x80) /* never half a character */
		k--;
	if (l->n + k + 2 > l->room) {
		size_t room = l->room * 2 + k + 256;
		char *more = realloc(l->p, room);
		if (!more)
			return SQLITE_NOMEM;
		l->p = more;
		l->room = room;
	}
	if (l->n)
		l->p[l->n++] = ' ';
	memcpy(l->p + l->n, word, k);
	l->n += k;
	return SQLITE_OK;
}

char *kh_words_of(struct kh_words *w, const char *text, size_t n)
{
	struct line l = {calloc(1, 1), 0, 1};
	if (!l.p ||
	    w->t.xTokenize(w->own, &l, FTS5_TOKENIZE_DOCUMENT, text, (int)n, add) != SQLITE_OK) {
		free(l.p);
		return NULL;
	}
	l.p[l.n] = 0;
	return l.p;
}

void kh_words_close(struct kh_words *w)
{
	if (w && w->own)
		w->t.xDelete(w->own);
	if (w)
		sqlite3_close(w->db);
	free(w);
}
