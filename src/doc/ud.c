/* See ud.h. */
#include "doc/ud.h"

#include "base/str.h"

static const char *const upos_name[KH_UPOSES] = { "_", "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ",
	"NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X" };

static const char *const rel_name[KH_RELS] = { "_", "root", "acl", "acl:relcl", "advcl", "advcl:relcl",
	"advmod", "advmod:emph", "amod", "appos", "aux", "aux:pass", "case", "cc", "cc:preconj",
	"ccomp", "compound", "compound:prt", "conj", "cop", "csubj", "csubj:pass", "csubj:outer",
	"dep", "det", "det:predet", "discourse", "dislocated", "expl", "fixed", "flat", "goeswith",
	"iobj", "list", "mark", "nmod", "nmod:desc", "nmod:poss", "nmod:unmarked", "nsubj",
	"nsubj:pass", "nsubj:outer", "nummod", "obj", "obl", "obl:agent", "obl:unmarked", "orphan",
	"parataxis", "punct", "reparandum", "vocative", "xcomp" };

const char *kh_upos_name(unsigned upos)
{
	return upos < KH_UPOSES ? upos_name[upos] : "_";
}

const char *kh_rel_name(unsigned rel)
{
	return rel < KH_RELS ? rel_name[rel] : "_";
}

unsigned kh_upos_find(kh_str name)
{
	for (unsigned i = 1; i < KH_UPOSES; i++)
		if (kh_str_is(name, upos_name[i]))
			return i;
	return 0;
}

unsigned kh_rel_find(kh_str name)
{
	for (unsigned i = 1; i < KH_RELS; i++)
		if (kh_str_is(name, rel_name[i]))
			return i;
	const char *colon = name.n ? memchr(name.p, ':', name.n) : NULL;
	return colon ? kh_rel_find((kh_str){ name.p, (size_t)(colon - name.p) }) : KH_DEP;
}

enum kh_rel kh_rel_base(unsigned rel)
{
	kh_str name = kh_str_of(kh_rel_name(rel));
	const char *colon = memchr(name.p, ':', name.n);
	if (!colon)
		return (enum kh_rel)rel;
	return (enum kh_rel)kh_rel_find((kh_str){ name.p, (size_t)(colon - name.p) });
}
