/* gzip members, one after the other, out of a stream of bytes: by ISA-L where khabar was built with
 * it (twice as quick as zlib and more), else by zlib. Both give the same bytes; of a
 * damaged member one may give more than the other before it notices. */
#ifndef KH_GZIP_H
#define KH_GZIP_H

#include <stddef.h>

enum gzip_step { GZIP_MORE, GZIP_MEMBER, GZIP_DAMAGED }; /* MEMBER: one has just ended */

struct gzip;
struct gzip *gzip_open(void); /* NULL: no memory */
/* Unpacks from in[0..*n) to to[0..*room): *n is what was taken, *room what was written. Stops at
 * the end of a member; the next call begins the next one. */
enum gzip_step gzip_unpack(struct gzip *g, const unsigned char *in, size_t *n, char *to,
			   size_t *room);
void gzip_reset(struct gzip *g); /* a member begins, whatever came before */
void gzip_close(struct gzip *g);

#endif
