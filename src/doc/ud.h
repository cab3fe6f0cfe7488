/* Universal Dependencies, version 2, as English uses it: tags, relations, features. The enums
 * count in the order of the names in ud.c. */
#ifndef KH_UD_H
#define KH_UD_H

#include "base/base.h"

enum kh_upos {
	KH_UPOS_NONE, KH_ADJ, KH_ADP, KH_ADV, KH_AUX, KH_CCONJ, KH_DET, KH_INTJ, KH_NOUN, KH_NUM, KH_PART,
	KH_PRON, KH_PROPN, KH_PUNCT, KH_SCONJ, KH_SYM, KH_VERB, KH_X, KH_UPOSES
};

enum kh_rel {
	KH_REL_NONE, KH_ROOT, KH_ACL, KH_ACL_RELCL, KH_ADVCL, KH_ADVCL_RELCL, KH_ADVMOD, KH_ADVMOD_EMPH,
	KH_AMOD, KH_APPOS, KH_AUX_REL, KH_AUX_PASS, KH_CASE, KH_CC, KH_CC_PRECONJ, KH_CCOMP,
	KH_COMPOUND, KH_COMPOUND_PRT, KH_CONJ, KH_COP_REL, KH_CSUBJ, KH_CSUBJ_PASS, KH_CSUBJ_OUTER,
	KH_DEP, KH_DET_REL, KH_DET_PREDET, KH_DISCOURSE, KH_DISLOCATED, KH_EXPL, KH_FIXED, KH_FLAT,
	KH_GOESWITH, KH_IOBJ, KH_LIST_REL, KH_MARK, KH_NMOD, KH_NMOD_DESC, KH_NMOD_POSS,
	KH_NMOD_UNMARKED, KH_NSUBJ, KH_NSUBJ_PASS, KH_NSUBJ_OUTER, KH_NUMMOD, KH_OBJ, KH_OBL,
	KH_OBL_AGENT, KH_OBL_UNMARKED, KH_ORPHAN, KH_PARATAXIS, KH_PUNCT_REL, KH_REPARANDUM,
	KH_VOCATIVE, KH_XCOMP, KH_RELS
};

enum kh_feat { /* what rules ask about a word's form */
	KH_FEAT_PLURAL = 1, KH_FEAT_PAST = 2, KH_FEAT_PRES = 4, KH_FEAT_FIN = 8, KH_FEAT_INF = 16,
	KH_FEAT_GER = 32, KH_FEAT_PART = 64, KH_FEAT_PASS = 128, KH_FEAT_IMP = 256, KH_FEAT_NEG = 512,
	KH_FEAT_FIRST = 1024, KH_FEAT_SECOND = 2048, KH_FEAT_THIRD = 4096, KH_FEAT_MASC = 8192,
	KH_FEAT_FEM = 16384, KH_FEAT_NEUT = 32768, KH_FEAT_POSS = 65536, KH_FEAT_REL = 131072,
	KH_FEAT_SING = 262144, KH_FEAT_ORD = 524288, KH_FEAT_CMP = 1048576, KH_FEAT_SUP = 2097152
};

const char *kh_upos_name(unsigned upos);
const char *kh_rel_name(unsigned rel);
unsigned kh_upos_find(kh_str name); /* 0: none such */
unsigned kh_rel_find(kh_str name);  /* an unknown subtype gives its base; KH_DEP else */
/* The relation without its subtype: KH_NSUBJ of KH_NSUBJ_PASS. */
enum kh_rel kh_rel_base(unsigned rel);

#endif
