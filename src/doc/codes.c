/* See codes.h. In: a code or a name. Out: the other. */
#include "doc/codes.h"

#include "base/str.h"

static const char *const plover[] = { "", "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID",
	"RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE",
	"COERCE", "ASSAULT" };

static const char *const mode[] = { "", "visit", "third-party", "multilateral", "phone", "withdraw",
	"release", "disarm", "ceasefire", "access", "resign", "assist", "change", "yield", "meet",
	"disapprove", "investigate", "allege", "restrict", "arrest", "relations", "expel", "territory",
	"violence", "demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize", "convict",
	"discontinue", "troops", "weapons", "police", "militia", "seize", "censor", "curfew",
	"martial-law", "deport", "withhold", "misinformation", "cyber", "abduct", "beat", "torture",
	"sexual", "targeted", "destroy", "primitive", "firearms", "explosives", "suicide-attack",
	"aerial", "drone", "heavy-weapons", "crowd-control", "unconventional" };

static const char *const context[] = { "", "military", "intelligence", "executive", "legislative",
	"election", "political_institutions", "pro_democracy", "pro_autocracy", "economic", "legal",
	"reparations", "human_rights", "rights_freedoms", "repression", "human_security", "gender",
	"lgbt", "religion_ethnicity", "inequality", "diplomatic", "territory", "peacekeeping",
	"health", "asylum", "migration", "disasters", "natural_resource", "environment", "technology",
	"terrorism", "cbrn", "cyber", "misinformation", "crime", "corruption", "illegal_drugs",
	"trafficking" };

static const char *const certainty[] = { "", "happened", "denied", "ongoing", "planned", "possible",
	"conditional", "past" };

static const char *const stance[] = { "", "says", "confirms", "denies", "accuses", "claims",
	"believes", "reports", "doubts" };

static const char *const actor_kind[] = { "", "person", "group", "place", "role" };

static const char *const actor_how[] = { "", "name", "alias", "coreference", "pronoun", "metonym",
	"role" };

static const char *const how[] = { "", "stated", "resolved", "inherited", "header", "assumed" };

static const char *const count[] = { "", "killed", "wounded", "detained", "abducted", "displaced",
	"released", "missing", "participants" };

static const char *const name_type[] = { "", "person", "organisation", "place", "group", "event",
	"other" };

static const char *const sector[] = { "", "COP", "GOV", "MIL", "JUD", "LEG", "SPY", "PRM", "REB",
	"UAF", "UNK", "PTY", "OPP", "CVL", "SOC", "BUS", "LAB", "AGR", "CRM", "EDU", "ELI", "REL",
	"REF", "PRE", "JRN", "MED" };

static const char *const published[] = { "", "input", "metadata", "dateline", "text", "bound" };

static const char *const day_type[] = { "", "DATE", "TIME", "DURATION", "SET" };

static const char *const note[] = { "", "bad-utf8", "charset", "nul", "unclosed", "limit",
	"long-sentence", "bad-date", "bad-number", "repeat", "junk", "empty", "metadata", "quote",
	"future" };

static const struct {
	const char *const *name;
	unsigned n;
} list_of[KH_LISTS] = {
	[KH_LIST_PLOVER] = { plover, KH_COUNT(plover) },
	[KH_LIST_MODE] = { mode, KH_COUNT(mode) },
	[KH_LIST_CONTEXT] = { context, KH_COUNT(context) },
	[KH_LIST_CERTAINTY] = { certainty, KH_COUNT(certainty) },
	[KH_LIST_STANCE] = { stance, KH_COUNT(stance) },
	[KH_LIST_ACTOR_KIND] = { actor_kind, KH_COUNT(actor_kind) },
	[KH_LIST_ACTOR_HOW] = { actor_how, KH_COUNT(actor_how) },
	[KH_LIST_HOW] = { how, KH_COUNT(how) },
	[KH_LIST_COUNT] = { count, KH_COUNT(count) },
	[KH_LIST_NAME_TYPE] = { name_type, KH_COUNT(name_type) },
	[KH_LIST_SECTOR] = { sector, KH_COUNT(sector) },
	[KH_LIST_PUBLISHED_HOW] = { published, KH_COUNT(published) },
	[KH_LIST_DAY_TYPE] = { day_type, KH_COUNT(day_type) },
	[KH_LIST_NOTE] = { note, KH_COUNT(note) },
};

const char *kh_code_name(enum kh_code_list list, unsigned code)
{
	return code < list_of[list].n ? list_of[list].name[code] : "";
}

unsigned kh_code_find(enum kh_code_list list, kh_str name)
{
	for (unsigned i = 1; i < list_of[list].n; i++)
		if (kh_str_is(name, list_of[list].name[i]))
			return i;
	return 0;
}

unsigned kh_code_count(enum kh_code_list list)
{
	return list_of[list].n;
}

unsigned kh_plover_quad(enum kh_plover event)
{
	static const unsigned char quad[KH_PLOVERS] = { 0, 1, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4 };
	return event < KH_PLOVERS ? quad[event] : 0;
}
