/* See tree_show.h. In: a document. Out: one JSON object a sentence or token, or CoNLL-U. */
#include "read/tree_show.h"

#include "base/str.h"

static void span(struct kh_out *o, const struct kh_story *s, kh_span at)
{
	kh_json_span(o, "span", at.begin - s->text.begin, at.end - s->text.begin);
}

void kh_sent_show(const struct kh_doc *d, const struct kh_story *s, struct kh_out *o)
{
	for (uint32_t i = s->first_sentence; i < s->first_sentence + s->n_sentences; i++) {
		kh_json_open(o, NULL, '{');
		span(o, s, d->sentence[i].at);
		kh_json_str(o, "text", kh_text(d, d->sentence[i].at));
		kh_json_close(o, '}');
	}
}

static void tokens(const struct kh_doc *d, const struct kh_story *s, struct kh_out *o, bool tree)
{
	for (uint32_t i = s->first_sentence; i < s->first_sentence + s->n_sentences; i++) {
		const struct kh_sentence *e = &d->sentence[i];
		for (uint32_t t = e->first_token; t < e->first_token + e->n_tokens; t++) {
			const struct kh_token *k = &d->token[t];
			kh_json_open(o, NULL, '{');
			span(o, s, k->at);
			kh_json_str(o, "form", k->form);
			if (tree) {
				kh_json_str(o, "lemma", k->lemma);
				kh_json_strz(o, "upos", kh_upos_name(k->upos));
				kh_json_int(o, "head", k->head == KH_NONE ? 0 : k->head - e->first_token + 1);
				kh_json_strz(o, "rel", kh_rel_name(k->rel));
			}
			kh_json_close(o, '}');
		}
	}
}

void kh_token_show(const struct kh_doc *d, const struct kh_story *s, struct kh_out *o)
{
	tokens(d, s, o, false);
}

void kh_tree_show(const struct kh_doc *d, const struct kh_story *s, struct kh_out *o)
{
	tokens(d, s, o, true);
}

static void field(struct kh_out *o, kh_str s)
{
	kh_out_bytes(o, s.n ? s : KH_S("_"));
	kh_out_text(o, "\t");
}

/* "1-2 don't _ _ ...": the line before the words of one surface token. */
static void joined(const struct kh_doc *d, const struct kh_sentence *e, uint32_t n, struct kh_out *o)
{
	uint32_t last = n, t = e->first_token + n;
	while (last + 1 < e->n_tokens && d->token[e->first_token + last + 1].flags & KH_TOK_JOINED)
		last++;
	if (last == n || d->token[t].flags & KH_TOK_JOINED)
		return;
	kh_out_int(o, n + 1);
	kh_out_text(o, "-");
	kh_out_int(o, last + 1);
	kh_out_text(o, "\t");
	field(o, kh_text(d, kh_tokens_span(d, t, last - n + 1)));
	kh_out_text(o, "_\t_\t_\t_\t_\t_\t_\t_\n");
}

static void conllu_word(const struct kh_work *w, const struct kh_sentence *e, uint32_t n,
			struct kh_out *o)
{
	const struct kh_token *k = &w->doc->token[e->first_token + n];
	kh_out_int(o, n + 1);
	kh_out_text(o, "\t");
	field(o, k->form);
	field(o, k->lemma);
	kh_out_text(o, kh_upos_name(k->upos));
	kh_out_text(o, "\t_\t_\t");
	kh_out_int(o, k->head == KH_NONE ? 0 : k->head - e->first_token + 1);
	kh_out_text(o, "\t");
	kh_out_text(o, kh_rel_name(k->rel));
	kh_out_text(o, k->flags & KH_TOK_NO_SPACE ? "\t_\tSpaceAfter=No\n" : "\t_\t_\n");
}

void kh_conllu_show(const struct kh_work *w, uint32_t story, struct kh_out *o)
{
	const struct kh_doc *d = w->doc;
	const struct kh_story *s = &d->story[story];
	for (uint32_t i = s->first_sentence; i < s->first_sentence + s->n_sentences; i++) {
		const struct kh_sentence *e = &d->sentence[i];
		for (uint32_t n = 0; n < e->n_tokens; n++) {
			joined(d, e, n, o);
			conllu_word(w, e, n, o);
		}
		kh_out_text(o, "\n");
	}
}
