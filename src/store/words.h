/* The words of a text as SQLite's FTS5 finds them, for an engine that has no FTS5. */
#ifndef KH_STORE_WORDS_H
#define KH_STORE_WORDS_H

#include <stddef.h>

struct kh_words;
struct kh_words *kh_words_open(void); /* NULL: memory, or an SQLite without FTS5 */
/* Words with a blank between, to be freed; NULL: out of memory. */
char *kh_words_of(struct kh_words *w, const char *text, size_t n);
void kh_words_close(struct kh_words *w);

#endif
