/* See byline.h. In: a short text. Out: names. The words are those of the trade in several
 * languages. */
#include "page/byline.h"

#include "base/str.h"
#include "base/utf8.h"

enum { SHORT = 3, LONG = 80, NAMES = 100, PARTS = 5 };

static bool is_lower_at(kh_str s)
{
	unsigned len;
	uint32_t c = s.n ? kh_utf8_at(s, 0, &len) : 'a';
	return kh_utf8_is_letter(c) && !kh_utf8_is_upper(c) && kh_utf8_lower(c) == c && c < 0x530;
}

/* "Von Max Roe", "di Ada Roe", "von maxroe", but not "Von der Heyden", "Di Maria". */
static size_t particle(kh_str s)
{
	static const char *const by[] = {"von ", "di ", "da ", "av ", "af ", "od ", "de "};
	static const char *const noble[] = {"der ", "den ", "dem ", "la ", "las ", "los ", "le "};
	for (size_t i = 0; i < KH_COUNT(by); i++) {
		size_t n = strlen(by[i]);
		if (!kh_str_istarts(s, by[i]))
			continue;
		kh_str rest = kh_str_sub(s, n, s.n);
		for (size_t k = 0; k < KH_COUNT(noble); k++)
			if (kh_str_istarts(rest, noble[k]))
				return 0;
		if (kh_is_lower((unsigned char)s.p[0]))
			return n;
		return memchr(rest.p, ' ', rest.n) && !is_lower_at(rest) ? n : 0;
	}
	return 0;
}

/* Bytes of the longest entry of a list that `s` begins with and goes on behind; bars split the
 * list. */
static size_t longest(kh_str s, const char *list)
{
	size_t best = 0;
	for (size_t n; *list; list += n + (list[n] == '|')) {
		n = strcspn(list, "|");
		if (n > best && s.n > n && kh_str_ieq(kh_str_sub(s, 0, n), (kh_str){list, n}))
			best = n;
	}
	return best;
}

/* Bytes of what opens a by-line; 0: nothing does. */
static size_t opening(kh_str s)
{
	static const char by[] =
		"by |by: |by:|von: |par |par: |por |por: |door |door: |text: |text:|texto: |"
		"texte: |testo: |tekst: |text von |text by |autor: |autor:|autorin: |autor/in: |"
		"autoren: |autore: |auteur: |auteur:|auteurs: |author: |author:|authors: |autor |"
		"author |post author |written by |posted by |reported by |story by |words by |"
		"article by |published by |created by |recipe by |review by |contributed by |"
		"erstellt von |eingestellt von |gespeichert von |geschrieben von |verfasst von |"
		"artikel von |artikel von: |beitrag von |ein beitrag von |gastbeitrag von |"
		"kommentar von |kommentar: |interview von |interview: |interview by |rezept von |"
		"bericht von |protokoll: |publicado por |escrito por |redactado por |texto de |"
		"publié par |rédigé par |écrit par |propos recueillis par |scritto da |"
		"pubblicato da |a cura di |skrevet av |skriven av |tekst av |geschreven door |"
		"napisał |autor: |автор: |автор |текст: |συντάκτης: |"
		"yazan: |penulis: |oleh |reporter: |reporter |بقلم: |بقلم |كتب: |"
		"كتبت: |الكاتب: |من |نویسنده: |লেখক: |বাই |"
		"作者：|作者:|記者／|文／|文/|writer: |alles von |alle artikel von |"
		"alle beiträge von |zeige alle beiträge von |view all posts by |"
		"view all articles by |show all articles of |all posts by |all articles by |"
		"posts by |more from |more by |mehr von |zum profil von |"
		"voir tous les articles de |ver todas las entradas de |from ";
	size_t n = longest(s, by), small = particle(s);
	return n > small ? n : small;
}

/* Bytes of what stands behind a name and is none of it. */
static size_t closing(kh_str s)
{
	static const char posts[] =
		" am| staff| staff writer| staff reporter| reporter|"
		" correspondent| contributor| senior reporter| redakteur| redakteurin| journalist|"
		" journalistin| alle artikel| alle beiträge| →| »| 기자| 記者| 특파원|"
		" webteam| posts| shares| et al.| et al";
	for (const char *p = posts; *p;) {
		size_t n = strcspn(p, "|");
		if (s.n > n + SHORT && kh_str_ieq(kh_str_sub(s, s.n - n, s.n), (kh_str){p, n}))
			return n;
		p += n + (p[n] == '|');
	}
	return s.n && strchr(",;|:-/ \t\n", s.p[s.n - 1]) ? 1 : 0;
}

/* Cut at the first of these behind which something else is told: a date, a section, the paper. */
static kh_str until_mark(kh_str s)
{
	static const char *const mark[] = {" | ",	 " - ",	 " \xE2\x80\x93 ", " \xE2\x80\xA2 ",
					   " \xC2\xB7 ", " // ", " /// ",	   "\n",
					   " on ",	 " am ", " um ",	   " in "};
	size_t end = s.n;
	for (size_t i = 0; i < KH_COUNT(mark); i++) {
		size_t at = kh_str_find(s, kh_str_of(mark[i]), 0);
		end = at < end && at >= SHORT ? at : end;
	}
	return kh_str_sub(s, 0, end);
}

/* "Ann Roe Ann Roe" told twice is told once. */
static kh_str once(kh_str s)
{
	size_t half = s.n / 2;
	bool twice = s.n % 2 && s.p[half] == ' ' &&
		     kh_str_ieq(kh_str_sub(s, 0, half), kh_str_sub(s, half + 1, s.n));
	return twice ? kh_str_sub(s, 0, half) : s;
}

/* "capital von Ann Roe": the section before the by-line. */
static kh_str behind_section(kh_str s)
{
	static const char *const by[] = {" von ", " by ", " por ", " par "};
	for (size_t i = 0; i < KH_COUNT(by) && is_lower_at(s); i++) {
		size_t at = kh_str_find(s, kh_str_of(by[i]), 0);
		if (at != SIZE_MAX)
			return kh_str_sub(s, at + strlen(by[i]), s.n);
	}
	return s;
}

kh_str kh_byline_clean(kh_str s)
{
	static const kh_str glued = {"Author", 6};
	s = kh_str_trim(s);
	if (s.n > glued.n && kh_str_starts(s, glued.p) && kh_is_upper((unsigned char)s.p[glued.n]))
		s = kh_str_sub(s, glued.n, s.n); /* two elements run together */
	while (s.n && strchr("|-: ", s.p[0]))
		s = kh_str_sub(s, 1, s.n);
	for (size_t n; (n = opening(s));)
		s = kh_str_trim(kh_str_sub(s, n, s.n));
	s = behind_section(until_mark(s));
	const char *open = memchr(s.p, '(', s.n); /* "(dpa)", initials */
	if (open && open > s.p + 2)
		s = kh_str_sub(s, 0, (size_t)(open - s.p));
	s = kh_str_trim(s);
	for (size_t n; (n = closing(s));)
		s = kh_str_sub(s, 0, s.n - n);
	return once(s);
}

static bool one_word(kh_str s)
{
	s = kh_str_trim(s);
	return !memchr(s.p, ' ', s.n) && kh_str_find(s, KH_S("\xC2\xA0"), 0) == SIZE_MAX;
}

bool kh_byline_next(kh_str *rest, kh_str *first, kh_str *name)
{
	static const char *const cut[] = {
		", ",	  " and ", " und ", " et ", " & ",   "; ",  " y ",
		" | ",	  " e ",   ";",	    " og ", " och ", " / ", " en collaboration avec ",
		" with ", " mit ", " i ",   " en ", " с ",   " и ", " және ",
		"、",	  "·"};
	while (rest->n) {
		size_t at = rest->n, skip = 0;
		for (size_t i = 0; i < KH_COUNT(cut); i++) {
			size_t k = kh_str_find(*rest, kh_str_of(cut[i]), 0);
			if (k < at) {
				at = k;
				skip = strlen(cut[i]);
			}
		}
		kh_str s = kh_str_sub(*rest, 0, at);
		*rest = kh_str_trim(kh_str_sub(*rest, at + skip, rest->n));
		bool place = first->n && !one_word(*first) && one_word(s);
		if (!first->n)
			*first = s;
		*name = kh_byline_clean(s);
		if (!place && name->n)
			return true;
	}
	return false;
}

/* One of the words of a list, which bars split. */
static bool listed(kh_str s, const char *list)
{
	for (size_t n; *list; list += n + (list[n] == '|')) {
		n = strcspn(list, "|");
		if (n && kh_str_ieq(s, (kh_str){list, n}))
			return true;
	}
	return false;
}

bool kh_byline_nobody(kh_str s)
{
	static const char list[] =
		"admin|administrator|webmaster|editor|editors|the editors|team|unknown|unbekannt|"
		"anonymous|anonym|anónimo|guest|gast|guest author|gastautor|autor|author|authors|"
		"autoren|autor/in|user|none|null|undefined|n/a|agency|agencies|agenturen|agencias|"
		"press release|pressemitteilung|contributor|contributors|text|foto|fotos|von|by|"
		"zvg|date|datum|publiziert am|veröffentlicht|veröffentlicht am|posted on|"
		"posted in|posted|geschrieben|erstellt|eingestellt|red.|quelle|abbruch|published|"
		"folgen|follow|share|teilen|comments|kommentare|gesponserte inhalte|관리자|"
		"编辑|ডেস্ক";
	return listed(s, list) || (one_word(s) && kh_str_find(s, KH_S("admin"), 0) != SIZE_MAX);
}

bool kh_byline_label(kh_str s)
{
	static const char list[] =
		"written by|verfasst von|geschrieben von|autor|author|escrito por|écrit par|"
		"scritto da|geschreven door|skrevet av|skriven av|skrevet af|napisane przez|"
		"kirjoittanut|написано автором|yazan|por|par|by";
	return listed(s, list);
}

bool kh_byline_desk(kh_str s)
{
	static const char list[] =
		"redaktion|die redaktion|redaktionen|online-redaktion|onlineredaktion|editorial|"
		"editorial team|editorial staff|staff|staff writer|staff reporter|news desk|"
		"newsdesk|newsroom|web desk|webdesk|online desk|desk|redacción|redaccion|"
		"rédaction|la rédaction|redazione|la redazione|redaksi|redactie|redakcja|redakce|"
		"редакция|редакція|편집부|編集部|编辑部|"
		"قسم التحرير|هيئة التحرير|"
		"নিজস্ব প্রতিবেদক|"
		"ডেস্ক রিপোর্ট";
	return listed(s, list);
}

bool kh_byline_machine(kh_str s)
{
	static const char *const part[] = {"://",    "www.",  "@",	" GmbH", " e.V.",
					   " e. V.", " AG",   " Inc",	" LLC",	 " Ltd",
					   " S.A.",  " S.L.", " S.p.A."};
	static const char *const end[] = {".com", ".de", ".at", ".ch", ".org", ".net", ".eu",
					  ".tv",  ".it", ".fr", ".es", ".uk",  ".nl",  ".info"};
	for (size_t i = 0; i < KH_COUNT(part); i++)
		if (kh_str_find(s, kh_str_of(part[i]), 0) != SIZE_MAX)
			return true;
	for (size_t i = 0; i < KH_COUNT(end); i++)
		if (kh_str_ends(s, end[i]))
			return true;
	return false;
}

/* Two to five words with capitals, particles between them, none with a digit. */
static bool full_name(kh_str s)
{
	static const char small[] =
		"von van der den de del della di da do dos das du la le al el bin "
		"ibn ben ter ten zu zur af av y e";
	size_t words = 0;
	bool upper = false;
	for (size_t i = 0, end; i < s.n; i = end + 1) {
		unsigned len;
		uint32_t c = kh_utf8_at(s, i, &len);
		for (end = i; end < s.n && s.p[end] != ' '; end++)
			if (kh_is_digit((unsigned char)s.p[end]) || strchr(":?!\"<>/", s.p[end]))
				return false;
		upper = kh_utf8_is_upper(c);
		if (!upper && (!i || !kh_str_among(kh_str_sub(s, i, end), small)))
			return false;
		words++;
	}
	return words >= 2 && words <= PARTS && upper && s.n <= LONG;
}

/* "김철수 기자": the post behind the name, as Korean papers write it. */
static bool with_post(kh_str s)
{
	static const char post[] = " 기자";
	return s.n > SHORT + sizeof post && s.n <= PARTS * sizeof post && kh_str_ends(s, post);
}

bool kh_byline_opens(kh_str text, kh_str language, kh_str *names)
{
	*names = text;
	if (with_post(text))
		return true;
	static const struct {
		const char *by, *language;
	} list[] = {{"by ", "en"},	  {"by: ", "en"},	    {"von ", "de"},
		    {"von: ", "de"},	  {"par ", "fr"},	    {"por ", "es pt"},
		    {"di ", "it"},	  {"door ", "nl"},	    {"av ", "no nb sv"},
		    {"af ", "da"},	  {"text: ", ""},	    {"text von ", ""},
		    {"autor: ", ""},	  {"autorin: ", ""},	    {"auteur: ", ""},
		    {"auteur : ", ""},	  {"author: ", ""},	    {"written by ", ""},
		    {"posted by ", ""},	  {"geschrieben von ", ""}, {"verfasst von ", ""},
		    {"artikel von ", ""}, {"ein beitrag von ", ""}, {"gastbeitrag von ", ""},
		    {"interview: ", ""},  {"publicado por ", ""},   {"escrito por ", ""},
		    {"publié par ", ""},  {"rédigé par ", ""},	    {"scritto da ", ""}};
	for (size_t i = 0; i < KH_COUNT(list); i++) {
		kh_str tongue = kh_str_sub(language, 0, language.n < 2 ? language.n : 2);
		if (!kh_str_istarts(text, list[i].by) ||
		    (*list[i].language && !(tongue.n && kh_str_among(tongue, list[i].language))))
			continue;
		kh_str rest = until_mark(kh_str_sub(text, strlen(list[i].by), text.n));
		kh_str left = rest, first = {0}, name;
		size_t full = 0;
		if (rest.n > NAMES)
			return false;
		while (kh_byline_next(&left, &first, &name)) {
			if (!full_name(name) || kh_byline_nobody(name) || kh_byline_machine(name))
				return false;
			full++;
		}
		*names = rest;
		return full > 0;
	}
	return false;
}
