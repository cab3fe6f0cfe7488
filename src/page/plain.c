/* One story whose text is the input. In: bytes. Out: the same bytes as doc text, but for bytes
 * that are not UTF-8 and NULs, each of which becomes U+FFFD and leaves a note. */
#include "page/plain.h"

#include "base/day.h"
#include "base/str.h"
#include "base/utf8.h"

struct plain {
	struct kh_work *w;
	char *to;
	uint32_t n;
};

static void piece(struct plain *p, uint32_t source, uint32_t n_source, uint32_t n_text)
{
	struct kh_doc *d = p->w->doc;
	struct kh_piece *last = d->n_piece ? &d->piece[d->n_piece - 1] : NULL;
	if (last && last->n_text == last->n_source && n_text == n_source) {
		last->n_text += n_text;
		last->n_source += n_source;
	} else {
		struct kh_piece *q = KH_PUSH(p->w->arena, d->piece, d->n_piece, d->cap_piece);
		*q = (struct kh_piece){p->n, source, n_text, n_source};
	}
	p->n += n_text;
}

static void copy(struct plain *p, kh_str in)
{
	size_t from = 0;
	for (size_t i = 0; i < in.n;) {
		unsigned n;
		uint32_t c = kh_utf8_at(in, i, &n);
		if (c != 0 && !(c == KH_BAD_CHAR && n == 1)) {
			i += n;
			continue;
		}
		if (i > from) {
			memcpy(p->to + p->n, in.p + from, i - from);
			piece(p, (uint32_t)from, (uint32_t)(i - from), (uint32_t)(i - from));
		}
		size_t run = i; /* neighbours are one note and one piece */
		while (run < in.n && (in.p[run] == 0) == (c == 0) &&
		       (c == 0 || (kh_utf8_at(in, run, &n) == KH_BAD_CHAR && n == 1)))
			run++;
		kh_doc_note(p->w, 0, c ? KH_NOTE_BAD_UTF8 : KH_NOTE_NUL,
		            (kh_span){(uint32_t)i, (uint32_t)run}, true);
		memcpy(p->to + p->n, "\xEF\xBF\xBD", 3);
		piece(p, (uint32_t)i, (uint32_t)(run - i), 3);
		i = from = run;
	}
	if (in.n > from) {
		memcpy(p->to + p->n, in.p + from, in.n - from);
		piece(p, (uint32_t)from, (uint32_t)(in.n - from), (uint32_t)(in.n - from));
	}
}

void kh_plain_run(struct kh_work *w)
{
	struct kh_doc *d = w->doc;
	kh_str in = w->input->bytes;
	size_t title = w->input->title.n;
	struct plain p = {w, kh_arena_bytes(w->arena, in.n * 3 + title + 4), 0};
	copy(&p, in);
	struct kh_story *s = KH_PUSH(w->arena, d->story, d->n_story, d->cap_story);
	s->text = (kh_span){0, p.n};
	s->origin = (kh_span){0, (uint32_t)in.n};
	s->repeats = KH_NONE;
	if (title) { /* told by the carrier: kept behind the body, from no byte of the input */
		memcpy(p.to + p.n, "\n\n", 2);
		memcpy(p.to + p.n + 2, w->input->title.p, title);
		s->title = (kh_span){p.n + 2, p.n + 2 + (uint32_t)title};
		struct kh_piece *q = KH_PUSH(w->arena, d->piece, d->n_piece, d->cap_piece);
		*q = (struct kh_piece){p.n, (uint32_t)in.n, (uint32_t)title + 2, 0};
		p.n += (uint32_t)title + 2;
	}
	d->text = (kh_str){p.to, p.n};
	if (p.n == 0)
		kh_doc_note(w, 0, KH_NOTE_EMPTY, s->origin, true);
}
