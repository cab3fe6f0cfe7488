/* See tree_show.h. In: a document. Out: one JSON object a sentence or token, or CoNLL-U. */
#include "read/tree_show.h"

#include "base/str.h"
#include "model/net.h"

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

/* The line of a surface token of several words: "1-2<TAB>don't"; returns its words, 1 for a plain one. */
static uint32_t surface(const struct kh_doc *d, const struct kh_sentence *e, uint32_t n, struct kh_out *o)
{
	uint32_t t = e->first_token + n, words = 1;
	while (n + words < e->n_tokens && (d->token[t + words].flags & KH_TOK_JOINED))
		words++;
	if (words == 1)
		return 1;
	kh_out_int(o, n + 1);
	kh_out_text(o, "-");
	kh_out_int(o, n + words);
	kh_out_text(o, "\t");
	kh_out_bytes(o, kh_text(d, kh_tokens_span(d, t, words)));
	kh_out_text(o, "\t_\t_\t_\t_\t_\t_\t_\t_\n");
	return words;
}

static void field(struct kh_out *o, kh_str s)
{
	kh_out_bytes(o, s.n ? s : KH_S("_"));
	kh_out_text(o, "\t");
}

void kh_conllu_show(const struct kh_work *w, uint32_t story, struct kh_out *o)
{
	const struct kh_doc *d = w->doc;
	const struct kh_story *s = &d->story[story];
	struct kh_net net;
	const char *tag[KH_NET_TAGS];
	kh_net_open(&net, w->model);
	kh_net_tags(&net, tag);
	for (uint32_t i = s->first_sentence; i < s->first_sentence + s->n_sentences; i++) {
		const struct kh_sentence *e = &d->sentence[i];
		for (uint32_t n = 0, left = 0; n < e->n_tokens; n++, left--) {
			const struct kh_token *k = &d->token[e->first_token + n];
			if (!left)
				left = surface(d, e, n, o);
			kh_str name = kh_str_of(net.head && k->upos ? tag[k->xpos] : "");
			size_t bar = kh_str_find(name, KH_S("|"), 0);
			kh_out_int(o, n + 1);
			kh_out_text(o, "\t");
			field(o, k->form);
			field(o, k->lemma);
			field(o, kh_str_of(kh_upos_name(k->upos)));
			field(o, bar == SIZE_MAX ? name : kh_str_sub(name, bar + 1, name.n));
			kh_out_text(o, "_\t");
			kh_out_int(o, k->head == KH_NONE ? 0 : k->head - e->first_token + 1);
			kh_out_text(o, "\t");
			field(o, kh_str_of(kh_rel_name(k->rel)));
			kh_out_text(o, "_\t_\n");
		}
		if (e->n_tokens)
			kh_out_text(o, "\n");
	}
}
