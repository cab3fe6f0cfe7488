/* The bytes of each report of a story's JSON, as they came. In: JSON that is known to parse. Out:
 * one report after the other. */
#include "store/cut.h"

#include <string.h>

/* Past a value that is known to parse: a string, or brackets with all that is in them. */
static void skip(struct kh_cut *c)
{
	int depth = 0;
	do {
		char k = *c->p++;
		if (k == '"') {
			while (c->p < c->end && *c->p != '"')
				c->p += *c->p == '\\' ? 2 : 1;
			c->p++;
		} else if (k == '{' || k == '[') {
			depth++;
		} else if (k == '}' || k == ']') {
			depth--;
		} else if (!depth) {
			while (c->p < c->end && !strchr(",}] \t", *c->p))
				c->p++;
		}
	} while (depth > 0 && c->p < c->end);
}

static void blanks(struct kh_cut *c, const char *more)
{
	while (c->p < c->end && (strchr(" \t\r\n", *c->p) || strchr(more, *c->p)))
		c->p++;
}

bool kh_cut_first(struct kh_cut *c)
{
	blanks(c, "{");
	while (c->p < c->end && *c->p == '"') {
		const char *key = c->p;
		skip(c);
		bool here = c->p - key == 9 && memcmp(key, "\"reports\"", 9) == 0;
		blanks(c, ":");
		if (here) {
			blanks(c, "[");
			return c->p < c->end && *c->p == '{';
		}
		skip(c);
		blanks(c, ",");
	}
	return false;
}

size_t kh_cut_next(struct kh_cut *c)
{
	const char *from = c->p;
	skip(c);
	size_t n = (size_t)(c->p - from);
	blanks(c, ",");
	return n;
}
