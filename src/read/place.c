/* Place names and where they are. In: tokens, names, the gazetteer. Out: doc->place.
 * First every capitalised phrase of the table becomes a candidate where the words around it allow a
 * place; a name that was a place once in a story is one again. Then place_sense.c gives each the
 * reading that fits best. Integers only. */
#include "read/place.h"

#include "base/str.h"
#include "read/place_part.h"
#include "read/place_sense.h"

enum { LONGEST = 5, COUNTRY = 20000000, TOWN = 150000 };

static const struct kh_token *near_by(const struct kh_doc *d, uint32_t t, int64_t step)
{
	int64_t k = (int64_t)t + step;
	if (k < 0 || k >= d->n_token || d->token[k].sentence != d->token[t].sentence)
		return NULL;
	return &d->token[k];
}

static bool one_of(const struct kh_token *t, const char *list)
{
	return t && kh_str_among(t->form, list);
}

static bool titled(const struct kh_token *t)
{
	return t && (t->flags & (KH_TOK_TITLE | KH_TOK_UPPER));
}

/* "Ivory Coast", "Côte d'Ivoire" */
static bool name_end(const struct kh_token *t)
{
	return titled(t) || (t->form.n > 3 && t->form.p[0] == 'd' && t->form.p[1] == '\'' &&
			     kh_is_upper((unsigned char)t->form.p[2]));
}

static bool propn(const struct kh_token *t)
{
	return titled(t) && t->upos == KH_PROPN;
}

/* Single words that are names of small places and hardly ever meant so. */
static bool common_word(kh_str s)
{
	static const char *const list[] = {
		"west", "east", "north", "south", "western", "eastern", "northern", "southern",
		"central", "valley", "midlands", "coast", "santa", "san", "saint", "st.", "new",
		"lake", "river", "bay", "island", "islands", "port", "park", "city", "union",
		"college", "university", "bank", "center", "centre", "hall", "house", "police",
		"media", "home", "time", "temple", "of", "the", "general", "monday", "sunday",
		"friday", "march", "may", "august", "april", "june", "battle", "justice",
		"church", "press", "young", "lord", "male", "best", "bar", "same", "many",
		"most", "both", "obama", "bush", "republic", "nation", "mission", "independence",
		"liberty", "freedom", "hope", "english", "democrat", "district", "county", "province",
		"state", "town", "village", "red", "green", "al", "el", "de", "la", "abu",
		"imam", "sheikh", "rift", "street", "law", "hospital", "school", "road", "avenue"};
	for (size_t i = 0; i < KH_COUNT(list); i++)
		if (kh_str_ieq(s, kh_str_of(list[i])))
			return true;
	return false;
}

#define BEFORE                                                                                     \
	"in at near from of outside inside into toward towards through across around between via " \
	"leaving "                                                                                 \
	"over off to beyond throughout along against"
#define STREET                                                                                     \
	"street streets st. avenue avenues ave ave. boulevard blvd. road rd. drive lane parkway"
#define CIVIC                                                                                      \
	"police man woman men women resident residents residence home homes mayor officials "      \
	"officers "                                                                                \
	"council school schools county city hospital airport courthouse jail firefighters native " \
	"couple "                                                                                  \
	"family teen neighborhood neighbourhood area town village suburb metro district-based "    \
	"officer "                                                                                 \
	"businessman teenager mother father youth boy girl student driver attorney house "         \
	"apartment native "                                                                        \
	"church community market mosque road street bridge station prison region province"

/* Evidence that a place stands there, in hundreds of inhabitants that it may be small. */
static uint32_t least_size(const struct kh_placing *x, uint32_t first, uint32_t n, bool at_start)
{
	const struct kh_doc *d = x->d;
	const struct kh_token *before = near_by(d, first, -1),
			      *after = near_by(d, first + n - 1, 1);
	if (one_of(before, BEFORE) ||
	    (one_of(before, "the") && one_of(near_by(d, first, -2), BEFORE) && n > 1))
		return 500;
	if (after && !titled(after) && one_of(after, CIVIC))
		return 1500;
	if (one_of(after, "-") && one_of(near_by(d, first + n - 1, 2), "based area born"))
		return 500;
	if (one_of(after, ",") && near_by(d, first + n - 1, 2) &&
	    titled(near_by(d, first + n - 1, 2)))
		return at_start ? 20000 : 5000;
	return at_start ? 300000 : n > 1 ? 20000 : d->token[first].name_type ? 400000 : 50000;
}

/* "Al-Hol": the end of another name; "Lebanon-Israel" are two. */
static bool hyphenated(const struct kh_placing *x, const struct kh_candidate *c,
		       const struct kh_token *before)
{
	if (!before || !kh_str_is(before->form, "-") || !(before->flags & KH_TOK_NO_SPACE))
		return false;
	return one_of(near_by(x->d, c->first, -2),
		      "al el ad ar as az deir beit abu umm ain ras tal");
}

/* "Mr. Jordan", "Jack London" */
static bool called(const struct kh_placing *x, const struct kh_token *before)
{
	kh_str value;
	if (!titled(before))
		return false;
	return one_of(before,
		      "Mr Mr. Mrs Mrs. Ms Ms. Miss Dr Dr. Sir Lady Prof. Rev. Judge Justice "
		      "Sen. Rep. Gen. Col. Capt. Lt. Sgt. Maj. Cpl. Det. Detective") ||
	       kh_words_find_word(&x->given, before->form, &value);
}

/* A capitalised word that no place's name ends with, of a name or of none. */
static bool surname(const struct kh_token *t)
{
	bool named = propn(t) && t->name_type == KH_NAME_PLACE;
	bool noun = t && t->upos == KH_NOUN && !t->name_type && titled(t);
	return (named || noun) && !(t->flags & KH_TOK_UPPER) &&
	       !one_of(t,
		       "City Province District State County Airport Governorate Valley River Lake "
		       "Bay Island Islands Strip Bridge Street Avenue Road Square Park Port Beach "
		       "Harbour Harbor Region Camp Town Village Hills Mountains Sea Coast North "
		       "South East West Central Republic University Hospital Stadium Hotel Prison "
		       "Township Peninsula Desert Forest Heights Territory Territories");
}

/* "O'Keeffe", "McGregor", "MacDonald": formed as surnames are. */
static bool patronymic(const struct kh_token *t)
{
	static const char *const lead[] = {"O'", "O\xE2\x80\x99", "Mc", "Mac", "Fitz"};
	for (size_t i = 0; t && i < KH_COUNT(lead); i++) {
		size_t n = strlen(lead[i]);
		if (t->form.n > n + 2 && memcmp(t->form.p, lead[i], n) == 0 &&
		    kh_is_upper((unsigned char)t->form.p[n]) &&
		    !kh_is_upper((unsigned char)t->form.p[n + 1]))
			return true;
	}
	return false;
}

/* Does the name do, or is it done to, what is done by and to people: "met Paris Hilton"? */
static bool acts(const struct kh_doc *d, uint32_t t)
{
	static const char *const verb[] = {"say",  "speak", "meet",    "marry",	 "tell",     "die",
					   "sing", "star",  "smile",   "write",	 "laugh",    "kiss",
					   "love", "wed",   "divorce", "direct", "interview"};
	for (unsigned steps = 0; steps < 2; steps++) {
		enum kh_rel rel = kh_rel_base(d->token[t].rel);
		uint32_t up = d->token[t].head;
		if (up == KH_NONE)
			return false;
		for (size_t i = 0; i < KH_COUNT(verb) && (rel == KH_NSUBJ || rel == KH_OBJ); i++)
			if (kh_str_ieq(d->token[up].lemma, kh_str_of(verb[i])))
				return true;
		if (rel != KH_FLAT && rel != KH_COMPOUND)
			return false;
		t = up;
	}
	return false;
}

/* "Pag-asa": the beginning of a longer name; "Basra-based", "Kano-born" are told of a place. */
static bool goes_on(const struct kh_placing *x, const struct kh_candidate *c)
{
	const struct kh_token *last = &x->d->token[c->first + c->n - 1],
			      *dash = near_by(x->d, c->first + c->n - 1, 1),
			      *more = near_by(x->d, c->first + c->n - 1, 2);
	if (!more || !kh_str_is(dash->form, "-") || !(last->flags & KH_TOK_NO_SPACE) ||
	    !(dash->flags & KH_TOK_NO_SPACE) || titled(more))
		return false;
	return !one_of(more, "based area born bound wide led style run held trained backed") &&
	       !kh_str_ends(more->form, "ed") && last->name_type && more->name_type;
}

/* Part of what people are called, whatever the tagger says. */
static bool of_person(const struct kh_placing *x, const struct kh_candidate *c, uint32_t population)
{
	const struct kh_token *before = near_by(x->d, c->first, -1),
			      *after = near_by(x->d, c->first + c->n - 1, 1);
	bool part = hyphenated(x, c, before) || goes_on(x, c);
	if ((part && population < 1000000) || called(x, before) || (c->n == 1 && patronymic(after)))
		return true;
	return c->n == 1 && x->d->token[c->first].name_type == KH_NAME_PLACE && surname(after) &&
	       acts(x->d, c->first + 1);
}

#define DIVISION "state province region governorate department oblast prefecture krai kray raion"
#define TITLED_DIVISION "Province Region Governorate Oblast Krai Kray Prefecture Voivodeship"

/* "Chad", "Jordan", which the tagger calls a person: a whole name that a preposition governs. */
static bool whole_name(const struct kh_placing *x, const struct kh_candidate *c, uint32_t population)
{
	const struct kh_token *before = near_by(x->d, c->first, -1),
			      *after = near_by(x->d, c->first + c->n - 1, 1);
	if (propn(before) || propn(after))
		return false;
	bool governed = one_of(before, BEFORE);
	return (c->n > 1 && population >= 50000 && (governed || one_of(before, "on"))) ||
	       (population >= COUNTRY && governed) ||
	       (population >= 50000 && one_of(before, "left entered reached fled retook")) ||
	       (population >= 5000 && one_of(before, "in at near outside inside into around across"));
}

/* Does a common word or a person stand there rather than a place? */
static bool plausible(const struct kh_placing *x, struct kh_candidate *c, uint32_t flag,
		      uint32_t population)
{
	const struct kh_doc *d = x->d;
	const struct kh_token *t = &d->token[c->first], *last = &d->token[c->first + c->n - 1];
	const struct kh_token *before = near_by(d, c->first, -1),
			      *after = near_by(d, c->first + c->n - 1, 1);
	uint8_t type = last->name_type;
	bool at_start = (t->flags & KH_TOK_FIRST) != 0, big = population >= COUNTRY;
	if (!titled(t))
		return false;
	if (flag)
		return true;
	if (c->n == 1 && common_word(t->form))
		return false;
	if (of_person(x, c, population))
		return false;
	bool person = type == KH_NAME_PERSON || t->name_type == KH_NAME_PERSON;
	bool alone = !propn(before) && !propn(after);
	if (person &&
	    ((alone && after && !titled(after) && one_of(after, CIVIC)) || one_of(before, "of")))
		person = false, type = 0; /* "Roselle police", "James Tauber of Nelson" */
	if (person)
		return whole_name(x, c, population);
	/* inside another name, but for the names of countries and states that everybody knows */
	bool prefixed =
		before && propn(before) && before->name_type == last->name_type && last->name_type;
	bool state = population >= 4000000 && t->form.n <= 5 && one_of(before, ",") &&
		     titled(near_by(d, c->first, -2));
	bool little = t->upos == KH_ADP || t->upos == KH_CCONJ || t->upos == KH_PRON;
	if (state && c->n == 1 && !little)
		return true; /* "Newton County, Ga.", not "ACHI, IN THE NORTH" */
	prefixed = prefixed && population < 3000000;
	c->street = one_of(after, STREET); /* "Bourbon Street" is elsewhere */
	if ((propn(after) && after->name_type && after->name_type == type &&
	     type != KH_NAME_PLACE) ||
	    prefixed)
		c->inside = true;
	if (c->inside &&
	    (prefixed || one_of(after, "island islands street avenue road river lake hotel")))
		return population >= 1000000 && !prefixed;
	if (type == KH_NAME_PLACE)
		return true;
	bool division = one_of(after, titled(after) ? TITLED_DIVISION : DIVISION);
	if (division && population >= 50000)
		return true; /* "the Artibonite region", "Diffa Region" */
	bool led = one_of(before, "in at near left entered reached captured recaptured seized fled "
				  "shelled bombed") &&
		   population >= 50000;
	if (c->n == 1 && t->form.n <= 3 && population < 5000000 &&
	    !(led && !(t->flags & KH_TOK_UPPER)))
		return false;
	if (last->upos != KH_PROPN && !big && !led && (c->n == 1 || population < 20000))
		return false;
	if (propn(after))
		return population >= (c->n > 1 || type == KH_NAME_ORG ? 60000u : 2000000u);
	if (propn(before) && !big)
		return false;
	return population >= least_size(x, c->first, c->n, at_start);
}

static bool look_up(struct kh_placing *x, kh_str name, uint32_t first, uint32_t n,
		    struct kh_candidate *c, uint32_t *flag, uint32_t *biggest)
{
	uint32_t at, hash = kh_gaz_hash(name), keys = kh_gaz_find(&x->g, hash, &at);
	*biggest = *flag = 0;
	*c = (struct kh_candidate){.first = first, .n = n, .holder = UINT32_MAX, .hash = hash};
	for (uint32_t k = 0; k < keys; k++) {
		uint32_t place = x->g.key[at + k].place;
		uint32_t population = x->g.place[place & ~KH_GAZ_ADJECTIVE].population;
		if (place & KH_GAZ_ADJECTIVE)
			*flag = KH_GAZ_ADJECTIVE;
		*biggest = kh_max32(*biggest, population);
		uint32_t slot = c->n_readings;
		if (slot == KH_PLACE_READINGS) { /* the smallest gives way */
			slot = 0;
			for (uint32_t i = 1; i < KH_PLACE_READINGS; i++)
				if (kh_place_reading(x, c, i)->population <
				    kh_place_reading(x, c, slot)->population)
					slot = i;
			if (kh_place_reading(x, c, slot)->population >= population)
				continue;
		} else {
			c->n_readings++;
		}
		c->reading[slot] = place;
	}
	return keys != 0;
}

static uint64_t *mark(const struct kh_placing *x, uint32_t story, uint32_t hash)
{
	return &x->seen[(hash ^ story * 2654435761u) & 4095];
}

/* "Athens Elementary", "Dublin City Manager", "Palestine Independent School District": what only
 * towns of the United States call so. */
static bool is_local(const struct kh_doc *d, const struct kh_candidate *c)
{
	const struct kh_token *a = near_by(d, c->first + c->n - 1, 1),
			      *b = near_by(d, c->first + c->n - 1, 2);
	return one_of(a, "elementary ISD") ||
	       (one_of(a, "high middle junior") && one_of(b, "school high schools")) ||
	       (one_of(a, "school independent public unified") &&
		one_of(b, "district school schools library")) ||
	       (one_of(a, "city") && one_of(b, "manager commission councilman councilwoman")) ||
	       (one_of(a, "community") && one_of(b, "college"));
}

/* "Washington state", "the state of Washington", "Homs province", "Kursk Region" */
static bool is_division(const struct kh_doc *d, const struct kh_candidate *c)
{
	const struct kh_token *after = near_by(d, c->first + c->n - 1, 1);
	return (one_of(after, DIVISION) && !titled(after)) ||
	       (one_of(after, TITLED_DIVISION) && titled(after)) ||
	       (one_of(near_by(d, c->first, -1), "of") &&
		one_of(near_by(d, c->first, -2), DIVISION));
}

static void keep(struct kh_placing *x, struct kh_candidate *c, uint32_t story)
{
	c->story = story;
	c->division = is_division(x->d, c);
	c->local = is_local(x->d, c);
	*mark(x, story, c->hash) = (uint64_t)story << 32 | c->hash;
	*KH_PUSH(x->w->arena, x->c, x->n, x->cap) = *c;
}

/* "Becker, Clay and Swift counties": each is a county. Words walked back over are few. */
static void counties(struct kh_placing *x, uint32_t t, uint32_t floor, uint32_t story)
{
	const struct kh_doc *d = x->d;
	uint32_t end = t;
	while (end > floor) {
		uint32_t first = end;
		while (first > floor && titled(&d->token[first - 1]) && end - first < 3)
			first--;
		if (first == end)
			return;
		kh_span s = kh_tokens_span(d, first, end - first);
		char name[64];
		size_t n = kh_span_len(s);
		if (n > 50)
			return;
		memcpy(name, d->text.p + s.begin, n);
		memcpy(name + n, " County", 7);
		struct kh_candidate c;
		uint32_t flag, biggest;
		if (look_up(x, (kh_str){name, n + 7}, first, end - first, &c, &flag, &biggest))
			keep(x, &c, story);
		end = first;
		bool joined = false;
		while (end > floor && one_of(&d->token[end - 1], ", and &")) {
			end--;
			joined = true;
		}
		if (!joined)
			return;
	}
}

static bool is_counties(const struct kh_doc *d, uint32_t t, uint32_t end)
{
	for (uint32_t k = t; k < end && k < t + 40; k++) {
		if (one_of(&d->token[k], "counties"))
			return k > t;
		if (!titled(&d->token[k]) && !one_of(&d->token[k], ", and &"))
			return false;
	}
	return false;
}

static void find_all(struct kh_placing *x, const struct kh_sentence *s)
{
	const struct kh_doc *d = x->d;
	uint32_t end = s->first_token + s->n_tokens, floor = s->first_token;
	for (uint32_t t = s->first_token; t < end;) {
		uint32_t step = 1;
		if (titled(&d->token[t]) && is_counties(d, t, end)) {
			uint32_t k = t;
			while (!one_of(&d->token[k], "counties"))
				k++;
			counties(x, k, floor, s->story);
			t = floor = k + 1;
			continue;
		}
		for (uint32_t n = titled(&d->token[t]) ? kh_min32(LONGEST, end - t) : 0; n > 0;
		     n--) {
			struct kh_candidate c;
			uint32_t flag, biggest;
			if (!name_end(&d->token[t + n - 1]) ||
			    !look_up(x, kh_text(d, kh_tokens_span(d, t, n)), t, n, &c, &flag,
				     &biggest))
				continue;
			bool told =
				*mark(x, s->story, c.hash) == ((uint64_t)s->story << 32 | c.hash);
			bool known = told && d->token[t].name_type != KH_NAME_PERSON &&
				     name_end(&d->token[t + n - 1]);
			if (!plausible(x, &c, flag, biggest) && !known) {
				if (n > 1) /* a longer name stands there: its parts are none */
					step = n;
				break;
			}
			keep(x, &c, s->story);
			step = n;
			floor = t + n;
			break;
		}
		t += step;
	}
}

static uint32_t biggest(const struct kh_placing *x, const struct kh_candidate *c)
{
	uint32_t best = 0;
	for (uint32_t k = 1; k < c->n_readings; k++)
		if (kh_place_reading(x, c, k)->population >
		    kh_place_reading(x, c, best)->population)
			best = k;
	return best;
}

/* A country: "China, Japan" is a list, and no town of that name in Japan. */
static bool is_land(const struct kh_gaz_place *p)
{
	return memcmp(p->fcode, "PCL", 3) == 0;
}

/* A province, and no great town of that name ("New York"). */
static bool is_province(const struct kh_placing *x, const struct kh_candidate *c)
{
	const struct kh_gaz_place *big =
		c->n_readings ? kh_place_reading(x, c, biggest(x, c)) : NULL;
	for (uint32_t k = 0; k < c->n_readings; k++)
		if (kh_place_reading(x, c, k)->fcode[0] == 'P' &&
		    kh_place_reading(x, c, k)->population > big->population / 4)
			return false;
	return big && memcmp(big->fcode, "ADM1", 4) == 0;
}

/* "Boston, New York and Texas" lists great cities: no Boston of New York State. */
static bool cities(const struct kh_placing *x, const struct kh_candidate *a,
		   const struct kh_candidate *b, uint32_t reading)
{
	bool great = false;
	for (uint32_t k = 0; k < b->n_readings; k++)
		great |= kh_place_reading(x, b, k)->fcode[0] == 'P' &&
			 kh_place_reading(x, b, k)->population > 1000000;
	uint32_t most = kh_place_reading(x, a, biggest(x, a))->population;
	return great && most > 300000 && kh_place_reading(x, a, reading)->population < most / 20;
}

/* The province's reading that stands at its middle, where there are two. */
static uint32_t province_of(const struct kh_placing *x, const struct kh_candidate *c)
{
	uint32_t best = biggest(x, c);
	for (uint32_t k = 0; k < c->n_readings; k++)
		if (kh_place_reading(x, c, k)->id &&
		    memcmp(kh_place_reading(x, c, k)->fcode, "ADM1", 4) == 0)
			best = k;
	return best;
}

/* Does the name stand in a list that goes on: ", Texas and …", ", Texas, Ohio"? */
static bool listing(const struct kh_doc *d, const struct kh_candidate *b)
{
	uint32_t last = b->first + b->n - 1;
	const struct kh_token *next = near_by(d, last, 1);
	return one_of(next, "and or &") || (one_of(next, ",") && titled(near_by(d, last, 2)));
}

#define SITE                                                                                       \
	"state province region district city town village capital governorate county port island "  \
	"territory area prefecture department"

/* "the Indian state of Punjab", "Pakistan's Sindh province", "Punjab, in Pakistan": the country beside
 * the name. */
static void land_beside(struct kh_placing *x, uint32_t i)
{
	struct kh_candidate *a = &x->c[i], *b = &x->c[i + 1];
	const struct kh_doc *d = x->d;
	if (a->story != b->story || b->first < a->first + a->n || b->first > a->first + a->n + 3)
		return;
	uint32_t k = a->first + a->n, gap = b->first - k;
	bool before = (gap == 2 && one_of(&d->token[k], SITE) && one_of(&d->token[k + 1], "of")) ||
		      (gap == 3 && one_of(&d->token[k + 1], SITE) && one_of(&d->token[k + 2], "of")) ||
		      (gap == 1 && one_of(&d->token[k], "'s \xE2\x80\x99s"));
	bool behind = gap == 2 && one_of(&d->token[k], ",") && one_of(&d->token[k + 1], "in");
	struct kh_candidate *land = before ? a : b, *in = before ? b : a;
	if ((!before && !behind) || !land->n_readings || !in->n_readings)
		return;
	uint32_t best = biggest(x, land);
	const struct kh_gaz_place *p = kh_place_reading(x, land, best);
	for (uint32_t j = 0; is_land(p) && j < in->n_readings; j++)
		if (kh_place_holds(p, kh_place_reading(x, in, j)))
			in->holder = land->reading[best] & ~KH_GAZ_ADJECTIVE;
}

/* "Springfield, Ill.": the second tells which the first is. */
static void containment(struct kh_placing *x, uint32_t i)
{
	struct kh_candidate *a = &x->c[i], *b = &x->c[i + 1];
	if (a->story != b->story || b->first < a->first + a->n)
		return;
	uint32_t gap = b->first - (a->first + a->n), behind = a->first + a->n;
	bool comma = gap == 1 && kh_str_is(x->d->token[behind].form, ",");
	bool part =
		gap > 1 && gap < 4 &&
		one_of(&x->d->token[behind + gap - 1 - one_of(&x->d->token[b->first - 1], "the")],
		       "of") &&
		one_of(&x->d->token[behind],
		       "district province region area neighborhood neighbourhood quarter camp town "
		       "village suburb governorate county municipality department sector section");
	if (!comma && !part)
		return;
	const struct kh_gaz_place *land = kh_place_reading(x, b, biggest(x, b));
	bool listed = is_land(land) && is_land(kh_place_reading(x, a, biggest(x, a)));
	for (uint32_t k = 0; k < b->n_readings; k++)
		for (uint32_t j = 0; j < a->n_readings; j++)
			if (kh_place_holds(kh_place_reading(x, b, k), kh_place_reading(x, a, j)) &&
			    !(listed && kh_place_reading(x, a, j)->fcode[0] == 'P') &&
			    !(comma && cities(x, a, b, j))) {
				a->holder = b->reading[k] & ~KH_GAZ_ADJECTIVE;
				return;
			}
	bool small = kh_place_reading(x, a, biggest(x, a))->population < TOWN;
	if (comma && is_province(x, b) && (small || !listing(x->d, b))) {
		a->level = "PPL"; /* "Stroud, Ontario": none of the Strouds that the table has */
		a->part_of = i + 2;
		a->n_readings = 0;
		b->reading[0] = b->reading[province_of(x, b)];
		b->n_readings = 1;
	}
}

/* A district that no table has: named as written, where what it lies in is. */
static void push_part(struct kh_placing *x, const struct kh_candidate *c)
{
	struct kh_doc *d = x->d;
	const struct kh_candidate *big = &x->c[c->part_of - 1];
	const struct kh_gaz_place *p = kh_place_reading(x, big, big->best);
	bool near = memcmp(p->fcode, "PPL", 3) == 0 || memcmp(p->fcode, "ADM2", 4) == 0;
	struct kh_place *out = KH_PUSH(x->w->arena, d->place, d->n_place, d->cap_place);
	*out = (struct kh_place){.at = kh_tokens_span(d, c->first, c->n),
				 .first = c->first,
				 .n = c->n,
				 .lat = near ? p->lat : 0,
				 .lon = near ? p->lon : 0,
				 .has_point = near,
				 .how = KH_HOW_RESOLVED,
				 .sure = 500};
	out->name = kh_text(d, out->at);
	memcpy(out->country, p->iso3, 4);
	memcpy(out->cc, p->cc, 2);
	memcpy(out->fcode, c->level, strlen(c->level));
}

static void push(struct kh_placing *x, const struct kh_candidate *c)
{
	struct kh_doc *d = x->d;
	const struct kh_gaz_place *p = kh_place_reading(x, c, c->best);
	struct kh_place *out = KH_PUSH(x->w->arena, d->place, d->n_place, d->cap_place);
	*out = (struct kh_place){
		.at = kh_tokens_span(d, c->first, c->n),
		.first = c->first,
		.n = c->n,
		.name = {x->g.bytes + p->name, p->n_name},
		.geonameid = p->id,
		.lat = p->lat,
		.lon = p->lon,
		.has_point = p->lat || p->lon,
		.adjective =
			(c->reading[c->best] & KH_GAZ_ADJECTIVE) != 0 || c->inside || c->street,
		.how = (uint8_t)(c->n_readings == 1 ? KH_HOW_STATED : KH_HOW_RESOLVED)};
	memcpy(out->country, p->iso3, 4);
	memcpy(out->cc, p->cc, 2);
	memcpy(out->fcode, p->fcode, 6);
	int lead = kh_place_lead(x, c, &out->second);
	out->sure = (uint16_t)(c->holder != UINT32_MAX ? 950
			       : lead >= 1000	       ? 900
			       : lead > 120	       ? 900
			       : lead > 50	       ? 800
			       : lead > 20	       ? 650
						       : 500);
}

void kh_place_run(struct kh_work *w)
{
	struct kh_doc *d = w->doc;
	struct kh_placing x = {.w = w,
			       .d = d,
			       .g = kh_gaz_open(w->model),
			       .given = kh_words_list(w->model, "given_name")};
	if (!x.g.head)
		return;
	x.seen = KH_TAKE(w->arena, 4096, uint64_t);
	memset(x.seen, 0xFF, 4096 * sizeof *x.seen);
	for (uint32_t i = 0; i < d->n_sentence; i++)
		find_all(&x, &d->sentence[i]);
	kh_place_parts(&x);
	for (uint32_t i = 0; i + 1 < x.n; i++) {
		containment(&x, i);
		land_beside(&x, i);
	}
	for (uint32_t i = 0, n; i < x.n; i += n) {
		n = 1;
		while (i + n < x.n && x.c[i + n].story == x.c[i].story)
			n++;
		kh_place_choose(&x, i, n);
	}
	for (uint32_t i = 0; i < x.n; i++)
		if (!x.c[i].level)
			push(&x, &x.c[i]);
		else if (x.c[i].part_of && !x.c[x.c[i].part_of - 1].level)
			push_part(&x, &x.c[i]);
	kh_place_borders(w, 0);
}
