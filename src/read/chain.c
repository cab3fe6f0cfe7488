/* See chain.h. In: a token. Out: the voices of its sentence whose content holds it, outermost
 * first. */
#include "read/chain.h"

static bool holds(const struct kh_doc *d, const struct kh_voice *v, kh_span at, uint32_t *size)
{
	for (uint32_t c = v->first_content; c < v->first_content + v->n_content; c++)
		if (kh_span_holds(d->content[c], at)) {
			*size = kh_span_len(d->content[c]);
			return true;
		}
	return false;
}

uint32_t kh_voices_of_token(const struct kh_work *w, uint32_t token, uint32_t *out, uint32_t max)
{
	const struct kh_doc *d = w->doc;
	kh_span at = d->token[token].at, s = d->sentence[d->token[token].sentence].at;
	uint32_t low = 0, high = d->n_voice, n = 0, size[64];
	while (low < high) { /* voices stand in the order of their cues' sentences */
		uint32_t mid = low + (high - low) / 2;
		if (d->sentence[d->token[d->voice[mid].cue_token].sentence].at.begin < s.begin)
			low = mid + 1;
		else
			high = mid;
	}
	for (uint32_t i = low; i < d->n_voice && d->voice[i].cue.begin < s.end; i++) {
		uint32_t bytes;
		if (n >= max || n >= 64 || d->voice[i].cue_token == token ||
		    !holds(d, &d->voice[i], at, &bytes))
			continue;
		uint32_t k = n++;
		for (; k > 0 && size[k - 1] < bytes; k--)
			size[k] = size[k - 1], out[k] = out[k - 1];
		size[k] = bytes;
		out[k] = i;
	}
	return n;
}
