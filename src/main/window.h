/* A look at unpacked bytes of a file, of steady size: what is used is given up. */
#ifndef KH_WINDOW_H
#define KH_WINDOW_H

#include "packed.h"
#include "stream.h"

struct window {
	struct stream *f;
	struct buf *b; /* bytes b->p[at .. b->n) are not used yet */
	size_t at;
	uint64_t base; /* where b->p[0] lies in the unpacked file */
	bool last;     /* the file has no more */
};

/* Bytes at hand, after trying to have at least n; fewer only at the file's end. */
size_t window_need(struct window *w, size_t n);
/* After the last byte that could be unpacked: stands at the next packed member; false: no more. */
bool window_resume(struct window *w, const char *path, struct reading *r);
const char *window_at(const struct window *w);
void window_use(struct window *w, size_t n);
uint64_t window_offset(const struct window *w);
/* The next line without its end, used up; false at the file's end. Longer than `most`: cut there.
 */
bool window_line(struct window *w, size_t most, khabar_str *line);

#endif
