/* What the tests in C share: a file as a whole, aligned as a model image must be. */
#ifndef SLURP_H
#define SLURP_H

#include <stdio.h>
#include <stdlib.h>

static inline void *slurp(const char *path, size_t *n)
{
	FILE *f = path ? fopen(path, "rb") : NULL;
	*n = 0;
	if (!f)
		return NULL;
	fseek(f, 0, SEEK_END);
	*n = (size_t)ftell(f);
	rewind(f);
	void *p = aligned_alloc(64, (*n + 64) & ~(size_t)63);
	if (p && fread(p, 1, *n, f) != *n)
		*n = 0;
	fclose(f);
	return p;
}

#endif
