/* The store's SQL as PostgreSQL reads it. In: SQL with marks. Out: the same in its words. */
#include "store/dialect.h"

#include <stdlib.h>
#include <string.h>

/* ?1 becomes $1, and LIKE looks away from case as SQLite's does; texts in quotes stay. */
char *kh_dialect_own(const char *sql, unsigned *marks)
{
	size_t n = 0;
	char *to = malloc(strlen(sql) * 2 + 1), quote = 0;
	for (const char *p = sql; to && *p; p++) {
		if (quote || *p == '\'' || *p == '"')
			quote = !quote ? *p : *p == quote ? 0 : quote;
		if (!quote && *p == '?') {
			unsigned k = (unsigned)strtoul(p + 1, NULL, 10);
			*marks = k > *marks ? k : *marks;
			to[n++] = '$';
			continue;
		}
		if (!quote && strncmp(p, " like ", 6) == 0) {
			memcpy(to + n, " i", 2);
			n += 2;
			continue;
		}
		to[n++] = *p;
	}
	if (to)
		to[n] = 0;
	return to;
}

/* Byte of a text at which a character, counted from 1, begins. */
int kh_dialect_byte(const char *z, int character)
{
	int at = 0;
	for (int c = 0; z[at]; at++)
		if (((unsigned char)z[at] & 0xc0) != 0x80 && ++c == character)
			break;
	return at;
}
