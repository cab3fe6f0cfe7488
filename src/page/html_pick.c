/* See html_pick.h. In: blocks. Out: roles. First the element that holds the story is found, by the
 * paragraphs below it; then each of its blocks is judged by shape, links, names and words. */
#include "page/html_pick.h"

#include "base/str.h"
#include "base/utf8.h"
#include "page/date.h"
#include "page/html_trim.h"
#include "page/phrase.h"

enum {
	OUT = KH_BLOCK_BAD | KH_BLOCK_COMMENT | KH_BLOCK_CAPTION,
	LEADS = 3,
	BYLINE = 60,   /* characters of a line that names the author */
	SENTENCE = 40, /* of a sentence below a picture */
	GALLERY = 600, /* of the text of a gallery */
	HEADING = 240  /* characters from which on a heading is a paragraph in large type */
};

struct pick {
	const struct kh_blocks *b;
	const struct kh_tree *t;
	kh_str title;
	uint8_t *role;
	int32_t *score;	   /* of nodes */
	uint32_t *clean;   /* clean[i]: characters of good paragraphs that begin before node i */
	uint32_t *all;	   /* all[i]: characters of any block that begins before node i */
	uint32_t *noise;   /* noise[i]: of these, of blocks that belong to no story */
	uint32_t top;	   /* the element that holds the story */
	uint32_t believed; /* flags that count */
};

static bool ends_sentence(kh_str s)
{
	static const char *const end[] = {".",
					  "!",
					  "?",
					  "\xE2\x80\xA6",
					  "\xE2\x80\x9D",
					  "\"",
					  ":",
					  ";",
					  "\xE3\x80\x82",
					  "\xC2\xBB",
					  "\xE2\x80\x9C",
					  "\xE2\x80\x99",
					  ".)",
					  "\xD8\x9F",
					  "\xE0\xA5\xA4"};
	for (size_t i = 0; i < KH_COUNT(end); i++)
		if (kh_str_ends(s, end[i]))
			return true;
	return false;
}

static uint32_t link_share(const struct kh_block *k) /* percent */
{
	return k->chars ? k->link_chars * 100 / k->chars : 0;
}

static bool is_paragraph(const struct pick *p, const struct kh_block *k)
{
	uint32_t flags = k->flags & p->believed;
	if ((flags & (OUT | KH_BLOCK_HEADING)) || link_share(k) > 40)
		return false;
	if (flags & (KH_BLOCK_ASIDE | KH_BLOCK_BYLINE))
		return false;
	return k->chars >= 80 || (k->chars >= 25 && (k->tag == KH_TAG_P || ends_sentence(k->text)));
}

/* What stands between the paragraphs of one story: headings, lists, captions. */
static bool is_part(const struct pick *p, const struct kh_block *k)
{
	uint32_t flags = k->flags & p->believed;
	if (flags & (KH_BLOCK_BAD | KH_BLOCK_COMMENT | KH_BLOCK_ASIDE))
		return true;
	if (link_share(k) > 40)
		return false;
	return (flags & (KH_BLOCK_HEADING | KH_BLOCK_CAPTION | KH_BLOCK_ITEM)) != 0;
}

static void measure(struct pick *p)
{
	const struct kh_blocks *b = p->b;
	memset(p->clean, 0, (p->t->n + 1) * sizeof *p->clean);
	memset(p->all, 0, (p->t->n + 1) * sizeof *p->all);
	memset(p->noise, 0, (p->t->n + 1) * sizeof *p->noise);
	for (uint32_t i = 0; i < b->n; i++) {
		const struct kh_block *k = &b->block[i];
		p->all[k->first + 1] += k->chars;
		if (is_paragraph(p, k))
			p->clean[k->first + 1] += k->chars;
		else if (!is_part(p, k))
			p->noise[k->first + 1] += k->chars;
	}
	for (uint32_t i = 0; i < p->t->n; i++) {
		p->all[i + 1] += p->all[i];
		p->clean[i + 1] += p->clean[i];
		p->noise[i + 1] += p->noise[i];
	}
}

static uint32_t clean_in(const struct pick *p, uint32_t node)
{
	return p->clean[p->t->node[node].end] - p->clean[node];
}

static uint32_t all_in(const struct pick *p, uint32_t node)
{
	return p->all[p->t->node[node].end] - p->all[node];
}

static uint32_t noise_in(const struct pick *p, uint32_t node)
{
	return p->noise[p->t->node[node].end] - p->noise[node];
}

/* Paragraphs speak for the elements above them, the nearest most. */
static void vote(struct pick *p)
{
	static const int32_t share[] = {100, 70, 45, 30, 20, 12, 8};
	for (uint32_t i = 0; i < p->b->n; i++) {
		const struct kh_block *k = &p->b->block[i];
		if (!is_paragraph(p, k))
			continue;
		uint32_t chars = kh_min32(k->chars, 600);
		int32_t points = 20 + (int32_t)(chars * (100 - link_share(k)) / 200);
		uint32_t n = k->tag == KH_TAG_P || k->tag == KH_TAG_LI ? p->t->node[k->node].parent
								       : k->node;
		for (size_t d = 0; d < KH_COUNT(share) && n != KH_NONE;
		     d++, n = p->t->node[n].parent)
			p->score[n] += points * share[d] / 100;
	}
}

static int32_t weighed(const struct pick *p, uint32_t n)
{
	uint32_t f = p->b->flags[n], all = all_in(p, n) + 1;
	int64_t s = p->score[n];
	uint32_t tag = p->t->node[n].tag;
	s = s * (30 + 70 * clean_in(p, n) / all) / 100;
	if (f & KH_BLOCK_BODY)
		s = s * 14 / 10;
	if (f & (KH_BLOCK_ARTICLE | KH_BLOCK_MAIN))
		s = s * 11 / 10;
	if (f & (KH_BLOCK_BAD | KH_BLOCK_COMMENT | KH_BLOCK_ASIDE))
		s = s * 3 / 10;
	if (tag == KH_TAG_BODY || tag == KH_TAG_HTML)
		s = s * 8 / 10;
	return (int32_t)(s > INT32_MAX ? INT32_MAX : s);
}

/* Upwards while the element above adds paragraphs and little else: a story cut up by adverts. */
static uint32_t climb(const struct pick *p, uint32_t n)
{
	uint32_t best = n;
	for (unsigned i = 0; i < 9; i++) {
		uint32_t up = p->t->node[n].parent;
		if (up == KH_NONE || p->t->node[up].tag == KH_TAG_BODY ||
		    p->t->node[up].tag == KH_TAG_HTML)
			break;
		uint32_t held = clean_in(p, best), more = clean_in(p, up) - held;
		uint32_t noise = noise_in(p, up) - noise_in(p, best);
		if (more * 12 > held && more > noise * 4)
			best = up;
		n = up;
	}
	return best;
}

/* The outermost element that says it is the article's body and holds enough of the paragraphs. */
static uint32_t self_named(const struct pick *p)
{
	uint32_t best = KH_NONE, most = 0;
	for (uint32_t i = 0; i < p->t->n; i++) {
		uint32_t up = p->t->node[i].parent;
		bool body = p->b->flags[i] & KH_BLOCK_BODY;
		if (!body || p->t->node[i].is_text ||
		    (up != KH_NONE && (p->b->flags[up] & KH_BLOCK_BODY)))
			continue;
		uint32_t held = clean_in(p, i);
		if (held > most) {
			most = held;
			best = i;
		}
	}
	uint32_t total = p->clean[p->t->n];
	return best != KH_NONE && most > 250 && most * 100 > total * 35 ? best : KH_NONE;
}

static uint32_t find_top(struct pick *p)
{
	uint32_t best = 0;
	int32_t most = -1;
	vote(p);
	for (uint32_t i = 0; i < p->t->n; i++) {
		if (p->t->node[i].is_text || !p->score[i])
			continue;
		int32_t s = weighed(p, i);
		if (s > most) {
			most = s;
			best = i;
		}
	}
	uint32_t named = self_named(p);
	if (named != KH_NONE && clean_in(p, named) * 10 >= clean_in(p, best) * 6)
		return climb(p, named);
	return climb(p, best);
}

static bool inside(const struct pick *p, uint32_t block, uint32_t node)
{
	uint32_t first = p->b->block[block].first;
	return first >= node && first < p->t->node[node].end;
}

static bool same_words(kh_str a, kh_str b)
{
	size_t i = 0, k = 0;
	for (;;) {
		while (i < a.n && !kh_is_alpha((unsigned char)a.p[i]) && !(a.p[i] & 0x80))
			i++;
		while (k < b.n && !kh_is_alpha((unsigned char)b.p[k]) && !(b.p[k] & 0x80))
			k++;
		if (i >= a.n || k >= b.n)
			return i >= a.n && k >= b.n;
		if (kh_lower(a.p[i++]) != kh_lower(b.p[k++]))
			return false;
	}
}

/* "... in size (Image: GETTY)", "© John Smith Police at the scene": a caption without its name. */
static bool is_credited(const struct kh_block *k)
{
	static const char *const words[] = {"image:", "photo:", "credit:", "foto:",  "bild:",
					    "image ", "photo ", "credit ", "photo:", "picture:"};
	kh_str s = k->text;
	if (k->chars > 320)
		return false;
	if (kh_str_starts(s, "\xC2\xA9"))
		return true;
	if (!s.n || s.p[s.n - 1] != ')')
		return false;
	size_t open = s.n - 1;
	while (open > 0 && s.n - open < 80 && s.p[open] != '(')
		open--;
	if (s.p[open] != '(' || open == 0)
		return false;
	for (size_t i = 0; i < KH_COUNT(words); i++) {
		size_t n = strlen(words[i]);
		if (open + 1 + n < s.n &&
		    kh_str_ieq(kh_str_sub(s, open + 1, open + 1 + n), kh_str_of(words[i])))
			return true;
	}
	return false;
}

/* "___": a line drawn with signs heads nothing. */
static bool is_rule(kh_str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!strchr("_-*=~.# \n", s.p[i]))
			return false;
	return true;
}

static enum kh_role judge(const struct pick *p, const struct kh_block *k)
{
	uint32_t links = link_share(k);
	bool sentence = ends_sentence(k->text);
	uint32_t flags = k->flags & p->believed;
	if (flags & (KH_BLOCK_BAD | KH_BLOCK_COMMENT))
		return KH_ROLE_NONE;
	if (flags & KH_BLOCK_CAPTION)
		return k->chars >= 12 && links < 60 ? KH_ROLE_CAPTION : KH_ROLE_NONE;
	if (k->tag == KH_TAG_H1 || (p->title.n && same_words(k->text, p->title)))
		return KH_ROLE_NONE;
	if ((flags & KH_BLOCK_ASIDE) || kh_phrase_junk(k->text, k->chars))
		return KH_ROLE_NONE;
	if ((k->flags & KH_BLOCK_HEADING) && is_rule(k->text))
		return KH_ROLE_NONE;
	if (k->flags & KH_BLOCK_HEADING)
		return links >= 60	    ? KH_ROLE_NONE
		       : k->chars < HEADING ? KH_ROLE_HEADING
					    : KH_ROLE_BODY;
	if (flags & KH_BLOCK_BYLINE)
		return KH_ROLE_NONE;
	if (kh_str_find(k->text, KH_S(" "), 0) == SIZE_MAX && kh_str_starts(k->text, "http"))
		return KH_ROLE_NONE; /* its own address */
	if (is_credited(k))
		return k->chars >= 12 && links < 60 ? KH_ROLE_CAPTION : KH_ROLE_NONE;
	if (links > 85 || (links > 50 && (k->chars < 120 || !sentence)))
		return KH_ROLE_NONE;
	if (k->tag == KH_TAG_P || (k->flags & KH_BLOCK_QUOTE))
		return k->chars >= 2 ? KH_ROLE_BODY : KH_ROLE_NONE;
	if (k->flags & KH_BLOCK_ITEM)
		return links < 40 ? KH_ROLE_BODY : KH_ROLE_NONE;
	if (k->chars >= 60 || (k->chars >= 20 && sentence))
		return KH_ROLE_BODY;
	return (k->flags & KH_BLOCK_TABLE) && links < 20 ? KH_ROLE_BODY : KH_ROLE_NONE;
}

/* Paragraphs between the title and the first of the body: the lead, set apart by its size. */
static bool is_lead(const struct pick *p, const struct kh_block *k)
{
	uint32_t flags = k->flags & p->believed;
	bool teaser = (flags & KH_BLOCK_BAD) && !(flags & KH_BLOCK_LEAD);
	if (teaser || (flags & (KH_BLOCK_CAPTION | KH_BLOCK_COMMENT | KH_BLOCK_ITEM)))
		return false;
	if ((flags & KH_BLOCK_BYLINE) || link_share(k) > 20 || same_words(k->text, p->title))
		return false;
	bool named = (flags & (KH_BLOCK_LEAD | KH_BLOCK_DECK)) || (k->flags & KH_BLOCK_HEADING);
	bool sentence = ends_sentence(k->text);
	if (kh_str_find(k->text, KH_S(" "), 0) == SIZE_MAX || (!named && k->tag != KH_TAG_P))
		return false;
	return k->chars >= 50 && (sentence || (named && k->chars >= 90)) &&
	       !kh_phrase_junk(k->text, k->chars);
}

/* "November 20, 2019 - 11:28": what stands above the first paragraph. */
static bool is_date_line(const struct kh_block *k)
{
	struct kh_moment m;
	return k->chars < 60 && !ends_sentence(k->text) && kh_date_read(k->text, false, &m);
}

/* "By Ann Mbeki": a line of a few words, most of them capitalised. */
static bool is_by_line(const struct kh_block *k)
{
	static const char *const by[] = {"by ", "von ", "par ", "por ", "di ", "door "};
	size_t n = 0;
	if (k->chars > BYLINE || ends_sentence(k->text))
		return false;
	for (size_t i = 0; i < KH_COUNT(by) && !n; i++)
		if (k->text.n > strlen(by[i]) &&
		    kh_str_ieq(kh_str_sub(k->text, 0, strlen(by[i])), kh_str_of(by[i])))
			n = strlen(by[i]);
	return n && n < k->text.n && kh_is_upper((unsigned char)k->text.p[n]);
}

/* A gallery: where there is hardly a text, sentences below pictures are it. */
static void take_captions(struct pick *p)
{
	uint32_t text = 0, below = 0, n = 0;
	for (uint32_t i = 0; i < p->b->n; i++) {
		const struct kh_block *k = &p->b->block[i];
		bool caption = p->role[i] == KH_ROLE_CAPTION && k->chars >= SENTENCE;
		text += p->role[i] == KH_ROLE_BODY ? k->chars : 0;
		below += caption ? k->chars : 0;
		n += caption;
	}
	if (text > GALLERY || n < 3 || below < 3 * text)
		return;
	for (uint32_t i = 0; i < p->b->n; i++)
		if (p->role[i] == KH_ROLE_CAPTION && p->b->block[i].chars >= SENTENCE)
			p->role[i] = KH_ROLE_BODY;
}

static void drop_date_lines(struct pick *p)
{
	for (uint32_t i = 0; i < p->b->n; i++) {
		if (p->role[i] != KH_ROLE_BODY)
			continue;
		if (!is_date_line(&p->b->block[i]) && !is_by_line(&p->b->block[i]))
			break;
		p->role[i] = KH_ROLE_NONE;
	}
}

static void take_lead(struct pick *p)
{
	uint32_t body = 0, title = KH_NONE, taken = 0;
	while (body < p->b->n && p->role[body] != KH_ROLE_BODY)
		body++;
	if (body == p->b->n)
		return;
	for (uint32_t i = 0; i < body; i++)
		if (p->b->block[i].tag == KH_TAG_H1 ||
		    (p->title.n && same_words(p->b->block[i].text, p->title)))
			title = i;
	for (uint32_t i = title == KH_NONE ? body : title + 1; i < body && taken < LEADS; i++) {
		const struct kh_block *k = &p->b->block[i];
		if (p->role[i] == KH_ROLE_NONE && is_lead(p, k)) {
			bool deck = (k->flags & (KH_BLOCK_DECK | KH_BLOCK_HEADING)) != 0;
			p->role[i] = deck ? KH_ROLE_HEADING : KH_ROLE_BODY;
			taken++;
		}
	}
}

/* A heading without a paragraph before the next one heads nothing of the story. */
static void drop_bare_headings(struct pick *p)
{
	bool text_after = false;
	for (uint32_t i = p->b->n; i-- > 0;) {
		if (p->role[i] == KH_ROLE_HEADING && !text_after)
			p->role[i] = KH_ROLE_NONE;
		else if (p->role[i] == KH_ROLE_HEADING)
			text_after = p->b->block[i].tag != KH_TAG_H6;
		else if (p->role[i] == KH_ROLE_BODY)
			text_after = true;
	}
}

/* The same text a second time is a pull quote, a caption or a page's mobile twin. */
static void drop_repeats(struct pick *p)
{
	uint32_t room = 1;
	while (room < p->b->n * 2)
		room *= 2;
	uint32_t *slot = KH_TAKE(p->t->w->arena, room, uint32_t);
	for (uint32_t i = 0; i < p->b->n; i++) {
		kh_str s = p->b->block[i].text;
		if (!p->role[i] || p->role[i] == KH_ROLE_CAPTION || s.n < 24)
			continue;
		uint32_t h = kh_str_hash(s) & (room - 1);
		while (slot[h] && !kh_str_eq(p->b->block[slot[h] - 1].text, s))
			h = (h + 1) & (room - 1);
		if (slot[h])
			p->role[i] = KH_ROLE_NONE;
		else
			slot[h] = i + 1;
	}
}

/* Finds the story and judges its blocks; characters of its body. */
static uint32_t roles(struct pick *p)
{
	const struct kh_blocks *b = p->b;
	uint32_t chars = 0;
	memset(p->score, 0, b->t->n * sizeof *p->score);
	measure(p);
	p->top = find_top(p);
	for (uint32_t i = 0; i < b->n; i++) {
		if (!inside(p, i, p->top))
			continue;
		p->role[i] = (uint8_t)judge(p, &b->block[i]);
		bool cell = b->block[i].flags & KH_BLOCK_TABLE;
		chars += p->role[i] == KH_ROLE_BODY && !cell ? b->block[i].chars : 0;
	}
	return chars;
}

uint8_t *kh_html_pick(const struct kh_blocks *b, kh_str title)
{
	struct pick p = {.b = b, .t = b->t, .title = title};
	struct kh_arena *a = b->t->w->arena;
	p.role = KH_TAKE(a, b->n + 1, uint8_t);
	if (!b->n)
		return p.role;
	p.score = KH_TAKE(a, b->t->n, int32_t);
	p.clean = KH_TAKE(a, b->t->n + 1, uint32_t);
	p.all = KH_TAKE(a, b->t->n + 1, uint32_t);
	p.noise = KH_TAKE(a, b->t->n + 1, uint32_t);
	p.believed = UINT32_MAX;
	uint32_t got = roles(&p), all = p.all[b->t->n];
	if (got < 150) { /* little: the names of the page's elements may mislead */
		uint8_t *first = p.role;
		p.role = KH_TAKE(a, b->n + 1, uint8_t);
		p.believed = ~(uint32_t)(KH_BLOCK_BAD | KH_BLOCK_BYLINE | KH_BLOCK_ASIDE);
		uint32_t more = roles(&p);
		if (more < got * 3 || more < 250 || all < 400)
			p.role = first;
	}
	take_captions(&p);
	drop_date_lines(&p);
	take_lead(&p);
	drop_repeats(&p);
	kh_html_trim(b, p.role, p.top);
	drop_bare_headings(&p);
	return p.role;
}
