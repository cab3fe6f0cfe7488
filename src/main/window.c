/* See window.h. In: a stream. Out: its bytes as asked for; memory holds what was asked at once. */
#include <string.h>

#include "window.h"

enum { STEP = 1 << 16 };

size_t window_need(struct window *w, size_t n)
{
	if (w->b->n - w->at < n && w->at) { /* used bytes make room */
		memmove(w->b->p, w->b->p + w->at, w->b->n - w->at);
		w->base += w->at;
		w->b->n -= w->at;
		w->at = 0;
	}
	while (w->b->n - w->at < n && !w->last) {
		size_t got = stream_read(w->f, buf_room(w->b, STEP + 1), STEP);
		w->b->n += got;
		w->last = got < STEP;
	}
	return w->b->n - w->at;
}

bool window_resume(struct window *w, const char *path, struct reading *r)
{
	if (!read_resume(w->f, path, r))
		return false;
	w->base += w->b->n;
	w->at = w->b->n = 0;
	w->last = false;
	return true;
}

const char *window_at(const struct window *w)
{
	return w->b->p + w->at;
}

void window_use(struct window *w, size_t n)
{
	size_t have = w->b->n - w->at;
	w->at += n < have ? n : have;
}

uint64_t window_offset(const struct window *w)
{
	return w->base + w->at;
}

bool window_line(struct window *w, size_t most, khabar_str *line)
{
	size_t looked = 0, have = window_need(w, 1);
	const char *nl = NULL;
	while (have && !(nl = memchr(window_at(w) + looked, '\n', have - looked)) && have < most) {
		looked = have;
		size_t more = window_need(w, have + 1);
		if (more == have)
			break;
		have = more;
	}
	if (!have)
		return false;
	size_t n = nl ? (size_t)(nl - window_at(w)) : have < most ? have : most;
	*line = (khabar_str){window_at(w), n};
	window_use(w, nl ? n + 1 : n);
	if (line->n && line->p[line->n - 1] == '\r')
		line->n--;
	return true;
}
