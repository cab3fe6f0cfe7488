/* See build.h. In: runs of bytes and where they were. Out: doc->text and doc->piece. */
#include "page/build.h"

static void room(struct kh_build *b, size_t more)
{
	if (b->n + more <= b->cap)
		return;
	size_t cap = (b->n + more) * 2 + 256;
	char *p = kh_arena_bytes(b->w->arena, cap);
	if (b->n)
		memcpy(p, b->to, b->n);
	b->to = p;
	b->cap = (uint32_t)(cap > UINT32_MAX ? UINT32_MAX : cap);
}

static void piece(struct kh_build *b, kh_span source, uint32_t n_text)
{
	struct kh_doc *d = b->w->doc;
	struct kh_piece *last = d->n_piece ? &d->piece[d->n_piece - 1] : NULL;
	uint32_t n_source = kh_span_len(source);
	if (last && n_text == n_source && last->n_text == last->n_source &&
	    last->source + last->n_source == source.begin) {
		last->n_text += n_text;
		last->n_source += n_source;
	} else {
		struct kh_piece *p = KH_PUSH(b->w->arena, d->piece, d->n_piece, d->cap_piece);
		*p = (struct kh_piece){b->n, source.begin, n_text, n_source};
	}
	b->n += n_text;
}

/* Byte for byte: one piece for each segment of the decoding that it touches. */
static void verbatim(struct kh_build *b, kh_span at)
{
	const struct kh_decoded *d = b->from;
	if (!d->n_seg) {
		piece(b, at, kh_span_len(at));
		return;
	}
	uint32_t low = 0, high = d->n_seg;
	while (low + 1 < high) {
		uint32_t mid = low + (high - low) / 2;
		if (d->seg[mid].text <= at.begin)
			low = mid;
		else
			high = mid;
	}
	for (uint32_t i = at.begin; i < at.end && low < d->n_seg; low++) {
		const struct kh_piece *s = &d->seg[low];
		uint32_t end = kh_min32(at.end, s->text + s->n_text);
		piece(b, kh_charset_source(d, (kh_span){i, end}), end - i);
		i = end;
	}
}

void kh_build_put(struct kh_build *b, kh_str bytes, kh_span at)
{
	if (!bytes.n)
		return;
	room(b, bytes.n);
	memcpy(b->to + b->n, bytes.p, bytes.n);
	bool same = bytes.n == kh_span_len(at) &&
	            memcmp(bytes.p, b->from->text.p + at.begin, bytes.n) == 0;
	if (same) {
		verbatim(b, at);
		return;
	}
	kh_span source = kh_charset_source(b->from, at);
	struct kh_doc *d = b->w->doc;
	struct kh_piece *p = KH_PUSH(b->w->arena, d->piece, d->n_piece, d->cap_piece);
	*p = (struct kh_piece){b->n, source.begin, (uint32_t)bytes.n, kh_span_len(source)};
	b->n += (uint32_t)bytes.n;
}

void kh_build_gap(struct kh_build *b, const char *z)
{
	struct kh_doc *d = b->w->doc;
	struct kh_piece *last = d->n_piece ? &d->piece[d->n_piece - 1] : NULL;
	uint32_t n = (uint32_t)strlen(z), source = last ? last->source + last->n_source : 0;
	room(b, n);
	memcpy(b->to + b->n, z, n);
	struct kh_piece *p = KH_PUSH(b->w->arena, d->piece, d->n_piece, d->cap_piece);
	*p = (struct kh_piece){b->n, source, n, 0};
	b->n += n;
}

kh_span kh_build_span(struct kh_build *b, kh_str bytes, kh_span at)
{
	uint32_t from = b->n;
	kh_build_put(b, bytes, at);
	return (kh_span){from, b->n};
}

void kh_build_done(struct kh_build *b)
{
	b->w->doc->text = (kh_str){b->to ? b->to : "", b->n};
}

struct kh_story *kh_build_story(struct kh_work *w)
{
	struct kh_doc *d = w->doc;
	struct kh_story *s = KH_PUSH(w->arena, d->story, d->n_story, d->cap_story);
	memset(s, 0, sizeof *s);
	s->repeats = KH_NONE;
	return s;
}
