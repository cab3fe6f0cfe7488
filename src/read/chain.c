/* See chain.h. In: a token. Out: the voices whose content holds it, outermost first. A quotation
 * may run over sentences, so cues are looked for some way before and behind the token's sentence.
 */
#include "read/chain.h"

enum { NEAR = 24 }; /* voices before and behind the token's sentence that are looked at */

static bool holds(const struct kh_doc *d, const struct kh_voice *v, kh_span at, uint32_t *size)
{
	*size = 0;
	bool held = false;
	for (uint32_t c = v->first_content; c < v->first_content + v->n_content; c++) {
		held |= kh_span_holds(d->content[c], at);
		*size += kh_span_len(d->content[c]);
	}
	return held;
}

/* "did not say whether", "would not report": nobody tells it. Doubts and denials stay. */
static bool untold(const struct kh_voice *v)
{
	return v->negated && (v->stance == KH_SAYS || v->stance == KH_REPORTS);
}

uint32_t kh_voices_of_token(const struct kh_work *w, uint32_t token, uint32_t *out, uint32_t max)
{
	const struct kh_doc *d = w->doc;
	kh_span at = d->token[token].at, s = d->sentence[d->token[token].sentence].at;
	uint32_t low = kh_doc_voices(d, s), n = 0, size[64];
	for (uint32_t i = low > NEAR ? low - NEAR : 0; i < d->n_voice; i++) {
		uint32_t bytes;
		if (d->voice[i].cue.begin >= s.end && i >= low + NEAR)
			break;
		if (n >= max || n >= 64 || d->voice[i].cue_token == token || d->voice[i].stand ||
		    untold(&d->voice[i]) || !holds(d, &d->voice[i], at, &bytes))
			continue;
		uint32_t k = n++;
		for (; k > 0 && size[k - 1] < bytes; k--)
			size[k] = size[k - 1], out[k] = out[k - 1];
		size[k] = bytes;
		out[k] = i;
	}
	return n;
}
