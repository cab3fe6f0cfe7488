/* See gzip.h. In: packed bytes. Out: unpacked bytes. */
#include "gzip.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>

static unsigned clipped(size_t n)
{
	return n < INT_MAX ? (unsigned)n : INT_MAX; /* both libraries count in 32 bits */
}

#ifdef KH_ISAL
#include <isa-l/igzip_lib.h>

struct gzip {
	struct inflate_state z;
	enum gzip_step last;
};

void gzip_reset(struct gzip *g)
{
	isal_inflate_reset(&g->z);
	g->z.crc_flag = ISAL_GZIP; /* the head is read, the checksum is checked */
	g->last = GZIP_MORE;
}

struct gzip *gzip_open(void)
{
	struct gzip *g = malloc(sizeof *g);
	if (!g)
		return NULL;
	isal_inflate_init(&g->z);
	gzip_reset(g);
	return g;
}

enum gzip_step gzip_unpack(struct gzip *g, const unsigned char *in, size_t *n, char *to,
			   size_t *room)
{
	if (g->last == GZIP_MEMBER)
		gzip_reset(g);
	g->z.next_in = (uint8_t *)(uintptr_t)in;
	g->z.avail_in = clipped(*n);
	g->z.next_out = (uint8_t *)to;
	g->z.avail_out = clipped(*room);
	int r = isal_inflate(&g->z);
	*n = (size_t)(g->z.next_in - in);
	*room = (size_t)(g->z.next_out - (uint8_t *)to);
	g->last = r < 0 || r > ISAL_OUT_OVERFLOW	  ? GZIP_DAMAGED
		  : g->z.block_state == ISAL_BLOCK_FINISH ? GZIP_MEMBER
							  : GZIP_MORE;
	return g->last;
}

void gzip_close(struct gzip *g)
{
	free(g);
}
#else
#include <zlib.h>

struct gzip {
	z_stream z;
	enum gzip_step last;
};

struct gzip *gzip_open(void)
{
	struct gzip *g = calloc(1, sizeof *g);
	if (g && inflateInit2(&g->z, 15 + 16) == Z_OK)
		return g;
	free(g);
	return NULL;
}

void gzip_reset(struct gzip *g)
{
	inflateReset(&g->z);
	g->last = GZIP_MORE;
}

enum gzip_step gzip_unpack(struct gzip *g, const unsigned char *in, size_t *n, char *to,
			   size_t *room)
{
	if (g->last == GZIP_MEMBER)
		gzip_reset(g);
	unsigned had = clipped(*n), space = clipped(*room);
	g->z.next_in = (Bytef *)(uintptr_t)in;
	g->z.avail_in = had;
	g->z.next_out = (Bytef *)to;
	g->z.avail_out = space;
	int r = inflate(&g->z, Z_NO_FLUSH);
	*n = had - g->z.avail_in;
	*room = space - g->z.avail_out;
	g->last = r == Z_STREAM_END		  ? GZIP_MEMBER
		  : r == Z_OK || r == Z_BUF_ERROR ? GZIP_MORE
						  : GZIP_DAMAGED;
	return g->last;
}

void gzip_close(struct gzip *g)
{
	if (g)
		inflateEnd(&g->z);
	free(g);
}
#endif
