/* See where.h. In: the tree around a trigger, places. Out: the place of the event: a phrase of
 * place of the trigger, of the verb it hangs on, or of its objects; else the only place of the
 * sentence that stands in such a phrase. */
#include "read/where.h"

#include "base/str.h"

static bool locative(const struct kh_doc *d, uint32_t t)
{
	static const char *const word[] = {"in",      "at",   "near",	 "outside",    "inside",
					   "around",  "on",   "across",	 "off",	       "along",
					   "between", "into", "through", "throughout", "within"};
	uint32_t k = kh_doc_child(d, t, KH_CASE);
	for (size_t i = 0; k != KH_NONE && i < KH_COUNT(word); i++)
		if (kh_str_ieq(d->token[k].lemma, (kh_str){word[i], strlen(word[i])}))
			return true;
	return false;
}

/* Nouns of what lies in a place or at its edge. */
static bool is_site(const struct kh_token *t)
{
	static const char *const list[] = {
		"border",    "frontier",     "district",      "province",   "region",
		"area",	     "neighborhood", "neighbourhood", "quarter",    "suburb",
		"camp",	     "town",	     "village",	      "city",	    "outskirt",
		"outskirts", "coast",	     "capital",	      "center",	    "centre",
		"north",     "south",	     "east",	      "west",	    "northeast",
		"northwest", "southeast",    "southwest",     "side",	    "valley",
		"airport",   "port",	     "square",	      "market",	    "mosque",
		"church",    "hospital",     "school",	      "university", "prison",
		"base",	     "checkpoint",   "station",	      "crossing",   "state",
		"county",    "governorate",  "municipality",  "peninsula",  "desert",
		"forest",    "strip",	     "territory",     "zone",	    "part",
		"soil",	     "waters",	     "island",	      "embassy",    "hotel",
		"mountain",  "hill",	     "hinterland",    "countryside"};
	if (t->upos != KH_NOUN && t->upos != KH_PROPN)
		return false;
	for (size_t i = 0; i < KH_COUNT(list); i++)
		if (kh_str_ieq(t->lemma, kh_str_of(list[i])))
			return true;
	return false;
}

/* The token whose preposition says that things happen there: of the place itself, or of what it
 * names ("on the Gaza border", "in the Karrada district of Baghdad"). KH_NONE: none does. */
static uint32_t stands_at(const struct kh_doc *d, uint32_t place, bool adjective)
{
	if (!adjective && locative(d, place))
		return place;
	uint32_t t = place;
	for (unsigned steps = 0; steps < 3; steps++) {
		enum kh_rel rel = kh_rel_base(d->token[t].rel);
		uint32_t up = d->token[t].head;
		bool part = rel == KH_NMOD || rel == KH_COMPOUND || rel == KH_AMOD ||
			    rel == KH_FLAT || rel == KH_CONJ || rel == KH_APPOS;
		if (up == KH_NONE || !part)
			return KH_NONE;
		if (is_site(&d->token[up]) && locative(d, up))
			return up;
		t = up;
	}
	return KH_NONE;
}

/* "officials in Phnom Penh said": where a speaker of the sentence is, which is no place of what is
 * told. Voices stand in the order of their cues' sentences. */
static bool of_speaker(const struct kh_doc *d, const struct kh_sentence *s, kh_span at)
{
	uint32_t low = 0, high = d->n_voice;
	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		if (d->sentence[d->token[d->voice[mid].cue_token].sentence].at.begin < s->at.begin)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < d->n_voice && d->voice[low].cue.begin < s->at.end; low++)
		if (kh_span_holds(d->voice[low].source, at))
			return true;
	return false;
}

/* Steps up from the place to the trigger's clause; 99 when it belongs to another clause. */
static unsigned distance(const struct kh_doc *d, uint32_t place, uint32_t trigger)
{
	uint32_t up = place;
	for (unsigned steps = 0; steps < 8 && up != KH_NONE; steps++, up = d->token[up].head) {
		if (up == trigger)
			return steps;
		if (steps && d->token[up].upos == KH_VERB && up != trigger)
			return 99;
	}
	return 99;
}

static unsigned reach(const struct kh_doc *d, uint32_t site, uint32_t token)
{
	unsigned far = distance(d, site, token);
	uint32_t gov = d->token[token].head;
	if (far == 99 && gov != KH_NONE && d->token[token].upos != KH_VERB &&
	    distance(d, site, gov) < 4)
		far = 5 + distance(d, site, gov);
	return far;
}

static int depth(const struct kh_place *p)
{
	return memcmp(p->fcode, "PCL", 3) == 0 || p->adjective ? 0
	       : memcmp(p->fcode, "ADM1", 4) == 0	       ? 1
							       : 2;
}

/* Does place a tell more closely than b where b is: a town of the country? */
static bool inner(const struct kh_doc *d, uint32_t a, uint32_t b)
{
	return b != KH_NONE && depth(&d->place[a]) > depth(&d->place[b]) &&
	       memcmp(d->place[a].country, d->place[b].country, 4) == 0;
}

/* Is the word a form of the verb? */
static bool begins(kh_str form, const char *verb)
{
	size_t n = strlen(verb) - (verb[strlen(verb) - 1] == 'e');
	return form.n >= n && form.n <= n + 4 &&
	       kh_str_ieq(kh_str_sub(form, 0, n), (kh_str){verb, n});
}

/* "bombed Beirut's southern suburbs", "attacked the town of Sinjar": what is struck is where. Steps
 * from the place to the trigger whose object it is, or is part of; 99. */
static unsigned struck(const struct kh_doc *d, uint32_t place, bool adjective, uint32_t trigger)
{
	static const char *const verb[] = {
		"bomb",	   "shell",  "attack", "raid",	    "storm",  "seize",	 "capture",
		"enter",   "invade", "hit",    "strike",    "struck", "besiege", "pound",
		"overrun", "occupy", "ambush", "recapture", "retake", "bombard", "liberate"};
	bool strikes = false;
	for (size_t i = 0; i < KH_COUNT(verb); i++)
		strikes |= begins(d->token[trigger].form, verb[i]);
	uint32_t t = place;
	for (unsigned steps = 1; strikes && steps < 4 && t != KH_NONE; steps++) {
		enum kh_rel rel = kh_rel_base(d->token[t].rel);
		uint32_t up = d->token[t].head;
		bool passive = d->token[t].rel == KH_NSUBJ_PASS;
		if (up == trigger && (rel == KH_OBJ || passive) && (!adjective || t != place))
			return steps;
		bool part = rel == KH_NMOD || rel == KH_COMPOUND || rel == KH_AMOD ||
			    rel == KH_FLAT || rel == KH_APPOS;
		if (up == KH_NONE || !part || !is_site(&d->token[up]))
			return 99;
		t = up;
	}
	return 99;
}

uint32_t kh_where_of_event(const struct kh_work *w, uint32_t token, uint8_t *how)
{
	const struct kh_doc *d = w->doc;
	const struct kh_sentence *s = &d->sentence[d->token[token].sentence];
	uint32_t best = KH_NONE, low = 0, high = d->n_place;
	uint32_t only = KH_NONE, led = 0;
	unsigned least = 90;
	while (low < high) { /* places are in text order */
		uint32_t mid = low + (high - low) / 2;
		if (d->place[mid].at.begin < s->at.begin)
			low = mid + 1;
		else
			high = mid;
	}
	for (uint32_t i = low; i < d->n_place && d->place[i].at.begin < s->at.end; i++) {
		uint32_t head = d->place[i].first;
		for (uint32_t t = head; t < d->place[i].first + d->place[i].n; t++)
			if (d->token[t].head == KH_NONE || d->token[t].head < d->place[i].first ||
			    d->token[t].head >= d->place[i].first + d->place[i].n)
				head = t;
		const struct kh_place *p = &d->place[i];
		uint32_t site = stands_at(d, head, p->adjective);
		unsigned hit = struck(d, head, p->adjective, token);
		if ((site == KH_NONE && hit == 99) || of_speaker(d, s, p->at))
			continue;
		if (!i || d->place[i - 1].first + d->place[i - 1].n + 1 < d->place[i].first) {
			led += !(led && inner(d, only, i)); /* "Kano, Nigeria", "near Kano in Nigeria" */
			only = led > 1 || only == KH_NONE || inner(d, i, only) ? i : only;
		}
		/* of two, "in Chad near the border with Sudan", the one that is no border */
		bool edge = p->border.n && p->border_at.begin < p->at.begin;
		unsigned far = hit < 99 ? hit : reach(d, site, token);
		far += (p->adjective && !p->border.n ? 2u : 0u) + (edge ? 3u : 0u);
		bool within = best != KH_NONE && least <= far + 2 && inner(d, best, i);
		if ((far < least && !within) ||
		    (far <= least + 2 && far < 90 && inner(d, i, best))) {
			least = far < least ? far : least;
			best = i;
		}
	}
	if (best == KH_NONE && led == 1)
		best = only;
	*how = best == KH_NONE ? KH_HOW_NONE : d->place[best].how;
	return best;
}
