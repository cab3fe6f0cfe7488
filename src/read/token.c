/* Sentences into words with lemma-ready forms: fills doc->token. */
#include "read/token.h"

void kh_token_run(struct kh_work *w)
{
	(void)w;
}
