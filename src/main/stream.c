/* See stream.h. In: a path. Out: unpacked bytes. */
#include "stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#include "gzip.h"

enum { RAW = 1 << 16, BOMB = 256 << 20, TIMES = 256 };

struct stream {
	int fd;
	size_t (*more)(void *ctx, void *to, size_t n); /* instead of the file */
	void *ctx;
	enum { PLAIN, GZIP, ZSTD } form;
	struct gzip *z;
	ZSTD_DStream *zs;
	const char *error;
	uint64_t error_at;
	uint64_t raw, made;    /* bytes read from the file, and given */
	size_t at, n;	       /* what of `in` is not used yet: in[at..n) */
	int end;	       /* of the file */
	int inside;	       /* a packed member is open */
	uint64_t began, again; /* where it begins; bytes that were searched a second time */
	unsigned char in[RAW];
};

static uint64_t here(const struct stream *s)
{
	return s->raw - (s->n - s->at);
}

static void fail(struct stream *s, const char *what, uint64_t at)
{
	s->error = what;
	s->error_at = at;
}

/* Reads on, the last `keep` bytes stay; 0 at the file's end, where all that was not moved stays. */
static int refill(struct stream *s, size_t keep)
{
	ssize_t got;
	memmove(s->in, s->in + s->n - keep, keep);
	do
		got = s->more ? (ssize_t)s->more(s->ctx, s->in + keep, sizeof s->in - keep)
			      : read(s->fd, s->in + keep, sizeof s->in - keep);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		fail(s, strerror(errno), here(s));
	s->end = got <= 0;
	if (got > 0 || keep) {
		s->at = 0;
		s->n = keep;
	}
	if (s->end)
		return 0;
	s->n += (size_t)got;
	s->raw += (uint64_t)got;
	return 1;
}

static int fill(struct stream *s)
{
	return s->at < s->n || (!s->end && refill(s, 0));
}

static int begin(struct stream *s)
{
	fill(s);
	if (s->n >= 2 && s->in[0] == 0x1f && s->in[1] == 0x8b) {
		s->form = GZIP;
		s->z = gzip_open();
		if (!s->z)
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

struct stream *stream_over(size_t (*more)(void *ctx, void *to, size_t n), void *ctx)
{
	struct stream *s = calloc(1, sizeof *s);
	if (!s)
		return NULL;
	s->fd = -1;
	s->more = more;
	s->ctx = ctx;
	if (begin(s) == 0)
		return s;
	stream_close(s);
	return NULL;
}

static size_t plain(struct stream *s, char *to, size_t n)
{
	size_t k = s->n - s->at < n ? s->n - s->at : n;
	memcpy(to, s->in + s->at, k);
	s->at += k;
	return k;
}

static size_t gzip(struct stream *s, char *to, size_t room)
{
	while (!s->inside && s->at < s->n && !s->in[s->at])
		s->at++; /* padding between members */
	if (!s->inside)
		s->began = here(s);
	size_t n = s->n - s->at;
	if (!n && !s->inside)
		return 0;
	enum gzip_step step = gzip_unpack(s->z, s->in + s->at, &n, to, &room);
	s->at += n;
	s->inside = step == GZIP_MORE;
	if (step == GZIP_DAMAGED)
		fail(s, "damaged gzip data", s->began);
	return room;
}

static size_t zstd(struct stream *s, char *to, size_t n)
{
	if (!s->inside)
		s->began = here(s);
	ZSTD_inBuffer in = {s->in + s->at, s->n - s->at, 0};
	ZSTD_outBuffer out = {to, n, 0};
	size_t r = ZSTD_decompressStream(s->zs, &out, &in);
	s->at += in.pos;
	s->inside = r != 0;
	if (ZSTD_isError(r))
		fail(s, "damaged zstd data", s->began);
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
		s->made += k;
		if (s->made > BOMB && s->made / TIMES > s->raw)
			fail(s, "unpacks to more than 256 times its size: not read on", here(s));
		if (!more && !k)
			break;
	}
	if (got < n && s->end && s->inside && !s->error)
		fail(s, "compressed data is cut off", here(s));
	return got;
}

const char *stream_error(const struct stream *s, uint64_t *at)
{
	*at = s->error_at;
	return s->error;
}

static bool opens(const struct stream *s, const unsigned char *p)
{
	return s->form == GZIP ? p[0] == 0x1f && p[1] == 0x8b && p[2] == 8 && p[3] < 32
			       : memcmp(p, "\x28\xb5\x2f\xfd", 4) == 0;
}

/* Where the search for the next member begins: in the damaged one, since damage is often noticed
 * only behind its end, if it is still at hand and no byte is searched twice on average. */
static void step_back(struct stream *s)
{
	uint64_t at = here(s), from = s->began + 1;
	size_t back = at - from < s->at ? (size_t)(at - from) : s->at;
	if (from > at) {
		s->at += s->at < s->n;
	} else if (s->again + back <= s->raw) {
		s->again += back;
		s->at -= back;
	}
}

bool stream_resume(struct stream *s)
{
	enum { HEAD = 4 };
	if (!s->error || s->form == PLAIN)
		return false;
	step_back(s);
	for (;; s->at++) {
		while (s->n - s->at < HEAD)
			if (s->end || !refill(s, s->n - s->at))
				return false;
		if (opens(s, s->in + s->at))
			break;
	}
	s->error = NULL;
	s->inside = 0;
	if (s->form == GZIP)
		gzip_reset(s->z);
	else
		ZSTD_initDStream(s->zs);
	return true;
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
	gzip_close(s->z);
	ZSTD_freeDStream(s->zs);
	free(s);
}
