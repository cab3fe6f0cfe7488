/* The store's SQL as PostgreSQL reads it. Inside postgres.c's engine. */
#ifndef KH_STORE_DIALECT_H
#define KH_STORE_DIALECT_H

/* To be freed; *marks: the greatest number of a mark. NULL: out of memory. */
char *kh_dialect_own(const char *sql, unsigned *marks);
/* Byte at which a character, counted from 1, begins. */
int kh_dialect_byte(const char *z, int character);

#endif
