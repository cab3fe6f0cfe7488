/* See html_trim.h. In: blocks with their roles. Out: roles taken away: sections that a heading
 * gives to other stories, to readers or to the author; teasers; lines by which the page speaks to
 * its reader; what is quoted large from the story itself. A section is given up only where a story
 * is left. */
#include "page/html_trim.h"

#include "base/str.h"
#include "page/html_pick.h"

enum {
	STORY = 150,   /* bytes of a story that is left: characters of other scripts say more */
	HEAD = 70,     /* of a heading that opens another section */
	SHARE = 40,    /* percent of the text that a section may hold and be given up */
	TEASER = 300,  /* characters of another story's first words */
	HEADLINE = 20, /* of its headline, at least */
	LINE = 260,    /* of a line to the reader */
	QUOTES = 32,   /* quotations looked for */
	LEAST_QUOTE = 20
};

struct trim {
	const struct kh_blocks *b;
	uint8_t *role;
	uint32_t top;
	uint32_t chars; /* of the text */
};

static uint32_t links(const struct kh_block *k)
{
	return k->chars ? k->link_chars * 100 / k->chars : 0;
}

/* Headings of what other pages hold, and of who wrote. */
static const char *const others[] = {
	"related",
	"more from",
	"more on",
	"more stories",
	"more news",
	"read more",
	"read next",
	"read also",
	"also read",
	"you may",
	"you might",
	"see also",
	"recommended",
	"up next",
	"next story",
	"most read",
	"most popular",
	"latest news",
	"latest stories",
	"trending",
	"top stories",
	"don't miss",
	"don’t miss",
	"in other news",
	"from around the web",
	"around the web",
	"about the author",
	"about the writer",
	"subscribe",
	"sign up",
	"newsletter",
	"ähnliche",
	"mehr zum thema",
	"mehr zu ",
	"mehr aus",
	"weitere artikel",
	"weitere beiträge",
	"weitere themen",
	"weitere meldungen",
	"weitere nachrichten",
	"das könnte",
	"das thema könnte",
	"auch interessant",
	"lesen sie auch",
	"empfohlene",
	"neueste",
	"die redaktion empfiehlt",
	"über den autor",
	"über die autorin",
	"sur le même sujet",
	"à lire",
	"lire aussi",
	"articles liés",
	"articles similaires",
	"les plus lus",
	"relacionad",
	"artículos relacionados",
	"noticias relacionadas",
	"notas relacionadas",
	"te puede interesar",
	"le puede interesar",
	"lea también",
	"lo más leído",
	"más noticias",
	"leia também",
	"leia mais",
	"notícias relacionadas",
	"artigos relacionados",
	"veja também",
	"você pode gostar",
	"leggi anche",
	"articoli correlati",
	"potrebbe interessarti",
	"lees ook",
	"gerelateerd",
	"läs också",
	"les også",
	"læs også",
	"czytaj także",
	"czytaj też",
	"zobacz także",
	"podobne artykuły",
	"ilgili haberler",
	"benzer haberler",
	"baca juga",
	"berita terkait",
	"Похожие",
	"похожие",
	"Читайте также",
	"читайте также",
	"По теме",
	"Другие новости",
	"Читайте також",
	"相关",
	"相關",
	"推荐阅读",
	"延伸閱讀",
	"関連",
	"관련기사",
	"관련 기사",
	"مواضيع ذات صلة",
	"أخبار ذات صلة",
	"اقرأ أيضا",
	"اقرأ المزيد",
	"संबंधित",
	"यह भी पढ़ें",
	"ये भी पढ़ें",
};

/* Headings of what readers write, which may be longer than the story. */
static const char *const readers[] = {
	"comments",	     "leave a reply", "leave a comment", "join the conversation",
	"readers’ comments", "kommentare",    "commentaires",	 "comentarios",
	"comentários",	     "komentarze",    "Комментарии",	 "التعليقات",
};

static bool opens(kh_str s, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (kh_str_istarts(s, list[i]))
			return true;
	return false;
}

static bool is_heading(const struct kh_block *k)
{
	return (k->flags & (KH_BLOCK_HEADING | KH_BLOCK_TITLE)) ||
	       (k->chars && k->strong_chars * 100 / k->chars > 80) || kh_str_ends(k->text, ":");
}

/* The outermost element in the story's that begins with the block. */
static uint32_t section_of(const struct trim *t, uint32_t i)
{
	const struct kh_tree *tree = t->b->t;
	uint32_t e = t->b->block[i].node;
	for (;;) {
		uint32_t up = tree->node[e].parent;
		if (up == KH_NONE || up <= t->top || (i && t->b->block[i - 1].last >= up))
			return e;
		e = up;
	}
}

/* First block behind the element that block i opens; i + 1: nothing else stands in it. */
static uint32_t section_end(const struct trim *t, uint32_t i)
{
	const struct kh_blocks *b = t->b;
	uint32_t end = b->t->node[section_of(t, i)].end, k = i + 1;
	while (k < b->n && b->block[k].first < end)
		k++;
	return k;
}

static uint32_t text_in(const struct trim *t, uint32_t from, uint32_t to)
{
	uint32_t held = 0;
	for (uint32_t k = from; k < to; k++)
		held += t->role[k] == KH_ROLE_BODY ? t->b->block[k].chars : 0;
	return held;
}

static void give_up(struct trim *t, uint32_t from, uint32_t to, uint32_t before, uint32_t share)
{
	uint32_t held = text_in(t, from, to);
	if (before < STORY || (uint64_t)held * 100 > (uint64_t)t->chars * share)
		return;
	for (uint32_t k = from; k < to; k++)
		t->role[k] = KH_ROLE_NONE;
}

static bool leads_away(const struct trim *t, const struct kh_block *k)
{
	const struct kh_tree *tree = t->b->t;
	for (uint32_t i = k->node; i < k->last; i++)
		if (!tree->node[i].is_text && tree->node[i].tag == KH_TAG_A) {
			kh_str href = kh_tree_attr(tree, i, "href");
			return href.n && href.p[0] != '#';
		}
	uint32_t up = tree->node[k->node].parent; /* <a><h3> */
	return up != KH_NONE && tree->node[up].tag == KH_TAG_A;
}

/* A headline that leads away, and a few words below it. */
static bool is_teaser(const struct trim *t, uint32_t i)
{
	const struct kh_block *k = &t->b->block[i];
	if (!(k->flags & KH_BLOCK_HEADING) || links(k) < 80 || k->chars < HEADLINE ||
	    !leads_away(t, k))
		return false;
	uint32_t end = section_end(t, i);
	return end > i + 1 && text_in(t, i, end) <= TEASER;
}

/* Are there teasers, two or more, and a text beside them? */
static bool has_teasers(const struct trim *t)
{
	uint32_t n = 0, held = 0, end = t->b->t->node[t->top].end;
	for (uint32_t i = 0; i < t->b->n; i++) {
		uint32_t first = t->b->block[i].first;
		if (first < t->top || first >= end || !is_teaser(t, i))
			continue;
		n++;
		held += text_in(t, i, section_end(t, i));
	}
	return n > 1 && held + STORY <= t->chars;
}

/* Sections of other matter, and teasers. */
static void drop_sections(struct trim *t)
{
	const struct kh_blocks *b = t->b;
	uint32_t end = b->t->node[t->top].end, before = 0;
	bool teasers = has_teasers(t);
	for (uint32_t i = 0; i < b->n; i++) {
		const struct kh_block *k = &b->block[i];
		if (k->first < t->top || k->first >= end)
			continue;
		bool heads = k->chars <= HEAD && is_heading(k);
		if (heads && opens(k->text, others, KH_COUNT(others)))
			give_up(t, i, section_end(t, i), before, SHARE);
		else if (heads && opens(k->text, readers, KH_COUNT(readers)))
			give_up(t, i, section_end(t, i), before, 100);
		else if (teasers && is_teaser(t, i))
			give_up(t, i, section_end(t, i), STORY, SHARE);
		before += t->role[i] == KH_ROLE_BODY ? (uint32_t)k->text.n : 0;
	}
}

/* "Follow us on Twitter and Facebook", "Sign up for our newsletter". */
static bool to_reader(const struct kh_block *k)
{
	static const char *const nets[] = {"twitter",  "facebook", "instagram", "telegram",
					   "whatsapp", "youtube",  "linkedin"};
	static const char *const asks[] = {"sign up", "subscribe", "inbox", "abonn", "anmeld",
					   "melde",   "inscri",	   "suscr", "assine"};
	unsigned n = 0;
	if (k->chars > LINE)
		return false;
	for (size_t i = 0; i < KH_COUNT(nets); i++)
		n += kh_str_ihas(k->text, nets[i]);
	if (n > 1 && (kh_str_ihas(k->text, "follow") || kh_str_ihas(k->text, "segu") ||
		      kh_str_ihas(k->text, "sígue") || kh_str_ihas(k->text, "folge")))
		return true;
	if (!kh_str_ihas(k->text, "newsletter"))
		return false;
	for (size_t i = 0; i < KH_COUNT(asks); i++)
		if (kh_str_ihas(k->text, asks[i]))
			return true;
	return false;
}

static bool is_notice(kh_str s)
{
	static const char *const list[] = {"copyright 20", "copyright (c)", "(c) 20"};
	for (size_t i = 0; i < KH_COUNT(list); i++)
		if (kh_str_istarts(s, list[i]))
			return true;
	return kh_str_ihas(s, "责任编辑") || kh_str_ihas(s, "責任編輯"); /* the editor in charge */
}

static void drop_lines(struct trim *t)
{
	uint32_t last = t->b->n;
	while (last && t->role[last - 1] != KH_ROLE_BODY)
		last--;
	if (last && t->b->block[last - 1].chars < LINE && is_notice(t->b->block[last - 1].text))
		t->role[last - 1] = KH_ROLE_NONE;
	for (uint32_t i = 0; i < last; i++)
		if (t->role[i] == KH_ROLE_BODY && to_reader(&t->b->block[i]) &&
		    t->chars > t->b->block[i].chars + STORY)
			t->role[i] = KH_ROLE_NONE;
}

/* The words of a quotation without its marks. */
static kh_str bare(kh_str s)
{
	size_t a = 0, z = s.n;
	while (a < z && !kh_is_alpha((unsigned char)s.p[a]) &&
	       !kh_is_digit((unsigned char)s.p[a]) &&
	       ((unsigned char)s.p[a] < 0x80 || (unsigned char)s.p[a] == 0xE2))
		a += (unsigned char)s.p[a] == 0xE2 && a + 3 <= z ? 3 : 1;
	while (z > a && !kh_is_alpha((unsigned char)s.p[z - 1]) &&
	       !kh_is_digit((unsigned char)s.p[z - 1])) {
		bool mark = z >= a + 3 && (unsigned char)s.p[z - 3] == 0xE2;
		if (!mark && (unsigned char)s.p[z - 1] >= 0x80)
			break;
		z -= mark ? 3 : 1;
	}
	return kh_str_sub(s, a, z);
}

/* What stands as a quotation and again, word for word, in a paragraph. */
static void drop_quotes(struct trim *t)
{
	unsigned looked = 0;
	for (uint32_t i = 0; i < t->b->n && looked < QUOTES; i++) {
		const struct kh_block *k = &t->b->block[i];
		if (t->role[i] != KH_ROLE_BODY || !(k->flags & KH_BLOCK_QUOTE))
			continue;
		kh_str words = bare(k->text);
		if (words.n < LEAST_QUOTE || kh_str_find(words, KH_S(" "), 0) == SIZE_MAX)
			continue;
		looked++;
		for (uint32_t o = 0; o < t->b->n; o++)
			if (o != i && t->role[o] == KH_ROLE_BODY &&
			    t->b->block[o].text.n > k->text.n &&
			    kh_str_find(t->b->block[o].text, words, 0) != SIZE_MAX) {
				t->role[i] = KH_ROLE_NONE;
				break;
			}
	}
}

void kh_html_trim(const struct kh_blocks *b, uint8_t *role, uint32_t top)
{
	struct trim t = {.b = b, .role = role, .top = top};
	for (uint32_t i = 0; i < b->n; i++)
		t.chars += role[i] == KH_ROLE_BODY ? b->block[i].chars : 0;
	drop_sections(&t);
	drop_lines(&t);
	drop_quotes(&t);
}
