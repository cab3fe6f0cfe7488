/* CoNLL-U as input. In: bytes of a treebank. Out: one story whose text is the surface tokens, with
 * the sentences and words as given; heads and tags of the input are not looked at. Lines that are
 * no CoNLL-U are passed over and noted. */
#include "page/conllu.h"

#include "base/str.h"

struct reading {
	struct kh_work *w;
	char *to;
	uint32_t n;
	uint32_t
		joined_until; /* words up to this number belong to the surface token at `surface` */
	kh_span surface;
	bool space; /* white space is due before the next token */
};

static kh_str column(kh_str line, unsigned want)
{
	size_t begin = 0;
	for (unsigned k = 0;; k++) {
		const char *tab = memchr(line.p + begin, '\t', line.n - begin);
		size_t end = tab ? (size_t)(tab - line.p) : line.n;
		if (k == want)
			return kh_str_sub(line, begin, end);
		if (!tab)
			return (kh_str){line.p + line.n, 0};
		begin = end + 1;
	}
}

static kh_span put(struct reading *r, kh_str form, kh_str misc)
{
	if (r->space)
		r->to[r->n++] = ' ';
	kh_span at = {r->n, r->n + (uint32_t)form.n};
	memcpy(r->to + r->n, form.p, form.n);
	r->n = at.end;
	r->space = kh_str_find(misc, KH_S("SpaceAfter=No"), 0) == SIZE_MAX;
	return at;
}

static void token(struct reading *r, kh_str line, kh_span at, bool joined)
{
	struct kh_doc *d = r->w->doc;
	struct kh_sentence *s = &d->sentence[d->n_sentence - 1];
	struct kh_token *t = KH_PUSH(r->w->arena, d->token, d->n_token, d->cap_token);
	kh_str form = column(line, 1);
	t->at = at;
	t->form = t->lemma = form;
	t->head = t->child = t->next = t->mention = KH_NONE;
	t->sentence = d->n_sentence - 1;
	t->flags = (uint8_t)((joined ? KH_TOK_JOINED : 0) | (s->n_tokens ? 0 : KH_TOK_FIRST) |
			     (r->space ? 0 : KH_TOK_NO_SPACE));
	if (form.n && kh_is_upper((unsigned char)form.p[0]))
		t->flags |= KH_TOK_TITLE;
	s->at.begin = s->n_tokens ? kh_min32(s->at.begin, at.begin) : at.begin;
	s->at.end = kh_max32(s->at.end, at.end);
	s->n_tokens++;
}

static void word(struct reading *r, kh_str line)
{
	kh_str id = column(line, 0), form = column(line, 1);
	int64_t from = 0, to = 0;
	size_t dash = kh_str_find(id, KH_S("-"), 0);
	if (dash != SIZE_MAX && kh_str_number(kh_str_sub(id, dash + 1, id.n), &to)) {
		r->surface = put(r, form, column(line, 9));
		r->joined_until = (uint32_t)to;
		if (kh_str_number(kh_str_sub(id, 0, dash), &from))
			r->joined_until |= (uint32_t)from << 16; /* its first word is not joined */
		return;
	}
	if (!kh_str_number(id, &from) || !form.n)
		return;
	if ((uint32_t)from <= (r->joined_until & 0xFFFF)) {
		bool first = (uint32_t)from == r->joined_until >> 16,
		     last = (uint32_t)from == (r->joined_until & 0xFFFF);
		uint32_t left = r->surface.end - r->surface.begin;
		uint32_t n =
			last || form.n >= left ? left : (uint32_t)form.n; /* words tile the token */
		kh_span at = {r->surface.begin, r->surface.begin + n};
		r->surface.begin = at.end;
		token(r, line, at, !first);
		return;
	}
	token(r, line, put(r, form, column(line, 9)), false);
}

/* One that had no word is no sentence: the next takes its place. */
static void begin_sentence(struct reading *r)
{
	struct kh_doc *d = r->w->doc;
	if (!d->n_sentence || d->sentence[d->n_sentence - 1].n_tokens)
		KH_PUSH(r->w->arena, d->sentence, d->n_sentence, d->cap_sentence);
	d->sentence[d->n_sentence - 1] =
		(struct kh_sentence){.first_token = d->n_token, .root = KH_NONE};
	r->joined_until = 0;
}

void kh_conllu_run(struct kh_work *w)
{
	struct kh_doc *d = w->doc;
	kh_str in = w->input->bytes;
	struct reading r = {.w = w, .to = kh_arena_bytes(w->arena, in.n + 2)};
	struct kh_story *s = KH_PUSH(w->arena, d->story, d->n_story, d->cap_story);
	bool open = false;
	kh_str line;
	for (size_t at = 0; kh_str_line(in, &at, &line);) {
		if (!line.n) {
			open = false;
			continue;
		}
		if (line.p[0] == '#')
			continue;
		if (!open) {
			begin_sentence(&r);
			open = true;
		}
		word(&r, line);
	}
	if (d->n_sentence && !d->sentence[d->n_sentence - 1].n_tokens)
		d->n_sentence--;
	d->text = (kh_str){r.to, r.n};
	s->text = (kh_span){0, r.n};
	s->origin = (kh_span){0, (uint32_t)in.n};
	s->repeats = KH_NONE;
	s->n_sentences = d->n_sentence;
	struct kh_piece *p = KH_PUSH(w->arena, d->piece, d->n_piece, d->cap_piece);
	*p = (struct kh_piece){0, 0, r.n, (uint32_t)in.n};
}
