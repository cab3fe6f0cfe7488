/* Bytes of a file, unpacked on the way: plain, gzip (many members) and zstd, known by their first
 * bytes. */
#ifndef KH_STREAM_H
#define KH_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct stream;
/* "-" is standard input. NULL with errno set when it cannot be opened. */
struct stream *stream_open(const char *path);
/* Bytes that another gives: `more` puts up to n of them and returns how many, 0 at their end. */
struct stream *stream_over(size_t (*more)(void *ctx, void *to, size_t n), void *ctx);
/* Up to n bytes; fewer only at the end or after an error. */
size_t stream_read(struct stream *s, char *to, size_t n);
/* What went wrong, NULL when nothing did; *at: byte of the file; of
 * damage the first byte of the member that has it. */
const char *stream_error(const struct stream *s, uint64_t *at);
/* After an error within packed bytes: goes on at the next gzip member or zstd frame, the error is
 * forgotten; false, and the error stays, when there is none. */
bool stream_resume(struct stream *s);
uint64_t stream_raw(const struct stream *s); /* bytes taken from the file so far */
void stream_close(struct stream *s);

#endif
