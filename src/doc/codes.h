/* The closed lists of the record: PLOVER categories, modes, contexts, sectors, certainty,
 * stances, kinds. The enums count from 1 in the order of the names in codes.c; 0 is none. */
#ifndef KH_CODES_H
#define KH_CODES_H

#include "base/base.h"

enum kh_plover {
	KH_PLOVER_NONE, KH_AGREE, KH_CONSULT, KH_SUPPORT, KH_CONCEDE, KH_COOPERATE, KH_AID, KH_RETREAT,
	KH_REQUEST, KH_ACCUSE, KH_REJECT, KH_THREATEN, KH_PROTEST, KH_SANCTION, KH_MOBILIZE,
	KH_COERCE, KH_ASSAULT, KH_PLOVERS
};

enum kh_certainty {
	KH_CERTAINTY_NONE, KH_HAPPENED, KH_DENIED, KH_ONGOING, KH_PLANNED, KH_POSSIBLE, KH_CONDITIONAL,
	KH_PAST, KH_CERTAINTIES
};

enum kh_stance {
	KH_STANCE_NONE, KH_SAYS, KH_CONFIRMS, KH_DENIES, KH_ACCUSES, KH_CLAIMS, KH_BELIEVES,
	KH_REPORTS, KH_DOUBTS, KH_STANCES
};

enum kh_actor_kind { KH_KIND_NONE, KH_KIND_PERSON, KH_KIND_GROUP, KH_KIND_PLACE, KH_KIND_ROLE, KH_KINDS };

enum kh_actor_how {
	KH_AHOW_NONE, KH_AHOW_NAME, KH_AHOW_ALIAS, KH_AHOW_COREFERENCE, KH_AHOW_PRONOUN,
	KH_AHOW_METONYM, KH_AHOW_ROLE, KH_AHOWS
};

enum kh_how {
	KH_HOW_NONE, KH_HOW_STATED, KH_HOW_RESOLVED, KH_HOW_INHERITED, KH_HOW_HEADER, KH_HOW_ASSUMED,
	KH_HOWS
};

enum kh_count_kind {
	KH_COUNT_NONE, KH_KILLED, KH_WOUNDED, KH_DETAINED, KH_ABDUCTED, KH_DISPLACED, KH_RELEASED,
	KH_MISSING, KH_PARTICIPANTS, KH_COUNT_KINDS
};

enum kh_name_type {
	KH_NAME_NONE, KH_NAME_PERSON, KH_NAME_ORG, KH_NAME_PLACE, KH_NAME_GROUP, KH_NAME_EVENT,
	KH_NAME_OTHER, KH_NAME_TYPES
};

enum kh_sector { /* order of sectors.csv, PLOVER = yes */
	KH_SECTOR_NONE, KH_COP, KH_GOV, KH_MIL, KH_JUD, KH_LEG, KH_SPY, KH_PRM, KH_REB, KH_UAF, KH_UNK,
	KH_PTY, KH_OPP, KH_CVL, KH_SOC, KH_BUS, KH_LAB, KH_AGR, KH_CRM, KH_EDU, KH_ELI, KH_REL,
	KH_REF, KH_PRE, KH_JRN, KH_MED, KH_SECTORS
};

enum kh_code_list {
	KH_LIST_PLOVER, KH_LIST_MODE, KH_LIST_CONTEXT, KH_LIST_CERTAINTY, KH_LIST_STANCE,
	KH_LIST_ACTOR_KIND, KH_LIST_ACTOR_HOW, KH_LIST_HOW, KH_LIST_COUNT, KH_LIST_NAME_TYPE,
	KH_LIST_SECTOR, KH_LIST_PUBLISHED_HOW, KH_LIST_DAY_TYPE, KH_LIST_NOTE, KH_LISTS
};

/* The name of a code, "" for 0 and for codes beyond the list. */
const char *kh_code_name(enum kh_code_list list, unsigned code);
/* The code of a name, 0 when the list has none such. */
unsigned kh_code_find(enum kh_code_list list, kh_str name);
/* How many codes the list has, 0 included. */
unsigned kh_code_count(enum kh_code_list list);
/* PLOVER's quad class of a category, 1 to 4, by CAMEO root. */
unsigned kh_plover_quad(enum kh_plover event);
/* ICEWS Goldstein value of a CAMEO code in tenths; a code that is not listed takes its parent's.
 * False: no such code. */
bool kh_cameo_goldstein(const char *cameo, int *tenths);

#endif
