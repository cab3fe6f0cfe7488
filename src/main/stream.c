/* See stream.h. In: a path. Out: unpacked bytes. */
#include "stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

enum { RAW = 1 << 16 };

struct stream {
	int fd;
	enum { PLAIN, GZIP, ZSTD } form;
	z_stream z;
	ZSTD_DStream *zs;
	const char *error;
	uint64_t raw; /* bytes read from the file */
	size_t at, n; /* what of `in` is not used yet: in[at..n) */
	int end;      /* of the file */
	int inside;   /* a packed member is open */
	unsigned char in[RAW];
};

static int fill(struct stream *s)
{
	if (s->at < s->n)
		return 1;
	if (s->end)
		return 0;
	ssize_t got;
	do
		got = read(s->fd, s->in, sizeof s->in);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		s->error = strerror(errno);
	if (got <= 0) {
		s->end = 1;
		return 0;
	}
	s->at = 0;
	s->n = (size_t)got;
	s->raw += (uint64_t)got;
	return 1;
}

static int begin(struct stream *s)
{
	fill(s);
	if (s->n >= 2 && s->in[0] == 0x1f && s->in[1] == 0x8b) {
		s->form = GZIP;
		if (inflateInit2(&s->z, 15 + 16) != Z_OK)
			return ENOMEM;
	} else if (s->n >= 4 && memcmp(s->in, "\x28\xb5\x2f\xfd", 4) == 0) {
		s->form = ZSTD;
		s->zs = ZSTD_createDStream();
		if (!s->zs)
			return ENOMEM;
	}
	return 0;
}

struct stream *stream_open(const char *path)
{
	struct stream *s = calloc(1, sizeof *s);
	struct stat st;
	if (!s)
		return NULL;
	s->fd = strcmp(path, "-") == 0 ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);
	int bad = s->fd < 0 ? errno : fstat(s->fd, &st) == 0 && S_ISDIR(st.st_mode) ? EISDIR : 0;
	if (!bad)
		bad = begin(s);
	if (!bad)
		return s;
	stream_close(s);
	errno = bad;
	return NULL;
}

static size_t plain(struct stream *s, char *to, size_t n)
{
	size_t k = s->n - s->at < n ? s->n - s->at : n;
	memcpy(to, s->in + s->at, k);
	s->at += k;
	return k;
}

static size_t gzip(struct stream *s, char *to, size_t n)
{
	s->z.next_in = s->in + s->at;
	s->z.avail_in = (uInt)(s->n - s->at);
	s->z.next_out = (Bytef *)to;
	s->z.avail_out = (uInt)n;
	s->inside = 1;
	int r = inflate(&s->z, Z_NO_FLUSH);
	s->at = s->n - s->z.avail_in;
	if (r == Z_STREAM_END) {
		s->inside = 0;
		inflateReset(&s->z);
	} else if (r != Z_OK && r != Z_BUF_ERROR) {
		s->error = "damaged gzip data";
	}
	return n - s->z.avail_out;
}

static size_t zstd(struct stream *s, char *to, size_t n)
{
	ZSTD_inBuffer in = {s->in + s->at, s->n - s->at, 0};
	ZSTD_outBuffer out = {to, n, 0};
	size_t r = ZSTD_decompressStream(s->zs, &out, &in);
	s->at += in.pos;
	s->inside = r != 0;
	if (ZSTD_isError(r))
		s->error = "damaged zstd data";
	return out.pos;
}

size_t stream_read(struct stream *s, char *to, size_t n)
{
	size_t got = 0;
	while (got < n && !s->error) {
		int more = fill(s); /* a packed form may hold back bytes past the file's end */
		if (!more && !s->inside)
			break;
		size_t room = n - got < 1u << 30 ? n - got : 1u << 30;
		size_t k = s->form == PLAIN  ? plain(s, to + got, room)
			   : s->form == GZIP ? gzip(s, to + got, room)
					     : zstd(s, to + got, room);
		got += k;
		if (!more && !k)
			break;
	}
	if (got < n && s->end && s->inside && !s->error)
		s->error = "compressed data is cut off";
	return got;
}

const char *stream_error(const struct stream *s, uint64_t *at)
{
	*at = s->raw - (s->n - s->at);
	return s->error;
}

uint64_t stream_raw(const struct stream *s)
{
	return s->raw;
}

void stream_close(struct stream *s)
{
	if (!s)
		return;
	if (s->fd >= 0)
		close(s->fd);
	if (s->form == GZIP)
		inflateEnd(&s->z);
	ZSTD_freeDStream(s->zs);
	free(s);
}
