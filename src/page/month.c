/* See month.h. In: a word. Out: the month. Names are told by how they begin, the longest that fits
 * wins; one with '=' is the whole word. */
#include "page/month.h"

#include "base/day.h"
#include "base/str.h"
#include "base/utf8.h"

enum {
	LONGER = 9,  /* bytes by which a word may go on behind the beginning of a name */
	LONGEST = 40 /* bytes of a word that are looked at */
};

static const char *const names[12] = {
	"jan jän ene gen janv januar januari styc sty ledn янв ιαν oca tammi ian siječ "
	"січ јан яну jaan saus يناير جانفي ژانویه جنوری "
	"जनवरी जानेवारी জানু ஜனவரி జనవరి "
	"ינואר มกราคม",
	"feb fev fév febr februar febrer lut únor únor фев φεβ şub helmi velj лют "
	"veebr shkurt vasar pebrero شباط فبراير فيفري فوریه فروری "
	"फरवरी फ़रवरी फेब्रु ফেব্রু "
	"பிப்ரவரி ఫిబ్రవరి פברואר "
	"กุมภาพันธ์",
	"mar mär mär mrt maer março mars marz märz břez мар μάρ μαρ mart maalis ožu "
	"бер märts kovo machi آذار أذار مارس مارچ मार्च "
	"মার্চ மார்ச் మార్చి מרץ มีนาคม",
	"apr abr avr april kwie dub апр απρ nisan huhti ápr apríl travnj travanj квіт "
	"prill baland نيسان أبريل ابريل إبريل أفريل آوریل اپریل "
	"अप्रैल एप्रिल এপ্রিল ஏப்ரல் "
	"ఏప్రిల్ אפריל เมษายน",
	"may mai mei maj mag maio mayo květ мая май μαΐ μάι μαι mayıs touko máj "
	"maí maig svib трав мај geguž أيار ايار مايو ماي= مه= می= "
	"مئی मई= मे= মে= மே= మే= מאי= พฤษภาคม",
	"jun juin giu juni juny junho junio czer červn июн ιούν ιουν haziran kesä "
	"jún jūn iun lipanj lipnja qershor birž hunyo черв јун юни حزيران "
	"يونيو جوان= ژوئن جون= जून= জুন= ஜூன்= జూన్= "
	"יוני= มิถุนายน",
	"jul juil lug juli julho julio lip červenec июл ιούλ ιουλ temmuz heinä júl "
	"jūl iul srpanj srpnja korrik liep hulyo лип јул юли تموز يوليو "
	"يوليوز جويلية ژوئیه جولائی जुलाई जुलै "
	"জুলাই ஜூலை జూలై יולי= กรกฎาคม",
	"aug ago août aout aou agosto sie srp авг αύγ αυγ ağustos elo agu= agustus "
	"ágú avg kolov gusht rugp серп آب= أغسطس اغسطس أوت= غشت= اوت= "
	"اگست अगस्त ऑगस्ट আগস্ট ஆகஸ்ட் "
	"ఆగస్టు אוגוסט สิงหาคม",
	"sep sept set wrz zář сен σεπ eyl eylül syys szept ruj= rujna rujan shtator rugs "
	"вер септ أيلول ايلول سبتمبر شتنبر سپتامبر ستمبر "
	"सितंबर सितम्बर सप्टेंबर সেপ্টে "
	"செப்டம்பர் సెప్టెంబర్ ספטמבר "
	"กันยายน",
	"oct okt oto out ott octubre okto paź říj окт οκτ ekim loka spal tetor жовт "
	"أكتوبر اكتوبر اکتبر اکتوبر अक्टूबर "
	"अक्तूबर ऑक्टोबर অক্টো அக்டோபர் "
	"అక్టోబర్ אוקטובר ตุลาคม",
	"nov nob listop lis листоп ноя νοέ νοε kasım marras noi noiem nóv studen "
	"nëntor lapkr ное نوفمبر نونبر نوامبر نومبر नवंबर "
	"नवम्बर नोव्हें নভে நவம்பர் "
	"నవంబర్ נובמבר พฤศจิกายน",
	"dec dez dic déc gru pros дек δεκ ara aralık joulu des= desemb dets= detsemb "
	"dhjetor gruod груд дец ديسمبر دجنبر دسامبر دسمبر "
	"दिसंबर दिसम्बर डिसेंबर ডিসে "
	"டிசம்பர் డిసెంబర్ דצמבר ธันวาคม",
};

static const char *const jalali[12] = {
	"فروردین فروردين",   /* Farvardin */
	"اردیبهشت ارديبهشت", /* Ordibehesht */
	"خرداد",	     /* Khordad */
	"تیر= تير=",	     /* Tir */
	"مرداد امرداد",	     /* Mordad */
	"شهریور شهريور",     /* Shahrivar */
	"مهر=",		     /* Mehr */
	"آبان",		     /* Aban */
	"آذر= آذرماه",	     /* Azar */
	"دی= دي=",	     /* Dey */
	"بهمن",		     /* Bahman */
	"اسفند",	     /* Esfand */
};

/* Two words of the Levant: which of the pair the second word says. */
static const struct {
	const char *word;
	int month[2];
} pair[] = {
	{"كانون", {12, 1}},
	{"تشرين", {10, 11}},
};
static const char *const ordinal[][3] = {
	{"الأول", "الاول", "الأوّل"},
	{"الثاني", "الثّاني", "الثانى"},
};

/* Bytes of the longest name of the list that the word begins with; 0: none. */
static size_t fits(const char *list, kh_str w)
{
	size_t best = 0;
	for (const char *p = list; *p;) {
		size_t n = strcspn(p, " "), bare = p[n - 1] == '=' ? n - 1 : n;
		bool length = bare < n ? w.n == bare : w.n >= bare && w.n <= bare + LONGER;
		if (length && bare > best && w.p[0] == p[0] && memcmp(w.p, p, bare) == 0)
			best = bare;
		p += n + (p[n] == ' ');
	}
	return best;
}

/* The word in lower case, without the Hebrew "in" before it. */
static kh_str lower(kh_str w, char to[LONGEST + 4])
{
	size_t n = 0;
	for (size_t i = 0; i < w.n && n < LONGEST;) {
		unsigned len;
		n += kh_utf8_put(kh_utf8_lower(kh_utf8_at(w, i, &len)), to + n);
		i += len;
	}
	size_t in = n > 4 && memcmp(to, "ב", 2) == 0 ? 2 : 0;
	return (kh_str){to + in, n - in};
}

static bool of_pair(kh_str s, size_t end, struct kh_month *m)
{
	for (size_t i = 0; i < KH_COUNT(pair) && end < s.n; i++) {
		if (!kh_str_is(kh_str_sub(s, 0, end), pair[i].word))
			continue;
		for (size_t k = 0; k < KH_COUNT(ordinal); k++)
			for (size_t j = 0; j < KH_COUNT(ordinal[k]); j++)
				if (kh_str_starts(kh_str_sub(s, end + 1, s.n), ordinal[k][j])) {
					m->month = pair[i].month[k];
					m->bytes = end + 1 + strlen(ordinal[k][j]);
					return true;
				}
	}
	return false;
}

struct kh_month kh_month_named(kh_str s, size_t end)
{
	struct kh_month m = {0, end, KH_CALENDAR_GREGORIAN};
	char room[LONGEST + 4];
	kh_str w = lower(kh_str_sub(s, 0, end), room);
	size_t best = 0;
	if (!w.n)
		return m;
	if (of_pair(s, end, &m))
		return m;
	for (int i = 0; i < 12; i++) {
		size_t n = fits(names[i], w), p = fits(jalali[i], w);
		if (n > best || p > best) {
			best = n > p ? n : p;
			m.month = i + 1;
			m.calendar = p > n ? KH_CALENDAR_JALALI : KH_CALENDAR_GREGORIAN;
		}
	}
	return m;
}

/* Days before the first of Farvardin of a year, by the cycle of 33 years; exact for 1343 to 1472.
 */
static int32_t new_year(int y)
{
	int n = y + 1595; /* so that no number is below 0 */
	return 365 * n + n / 33 * 8 + (n % 33 + 3) / 4;
}

bool kh_month_jalali(int *year, int *month, int *day)
{
	enum { FIRST = 1343, LAST = 1472 };
	bool leap = *year >= FIRST && *year <= LAST && new_year(*year + 1) - new_year(*year) == 366;
	int length = *month <= 6 ? 31 : *month < 12 || leap ? 30 : 29;
	if (*year < FIRST || *year > LAST || *month < 1 || *month > 12 || *day < 1 || *day > length)
		return false;
	int before = *month <= 6 ? 31 * (*month - 1) : 186 + 30 * (*month - 7);
	struct kh_ymd d = kh_day_ymd(new_year(*year) - new_year(1399) + before + *day - 1 +
				     kh_day_of(2020, 3, 20));
	*year = d.year;
	*month = d.month;
	*day = d.day;
	return true;
}
