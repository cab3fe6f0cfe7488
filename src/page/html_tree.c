/* See html_tree.h. In: UTF-8 mark-up. Out: nodes. End tags may be missing, wrong or too many: a
 * block's end tag closes what is open inside it, an inline one never closes a block. */
#include "page/html_tree.h"

#include "base/str.h"
#include "base/utf8.h"

enum { DEEPEST = 512, MOST_NODES = 1 << 20, REACH = 96 };

struct open {
	struct kh_tree *t;
	struct kh_html *h;
	uint32_t stack[DEEPEST];
	uint32_t depth;
	size_t looked[2]; /* where the next </style, the next <body was found; SIZE_MAX none */
	bool known[2];
};

static uint32_t push(struct open *o, struct kh_node node)
{
	struct kh_tree *t = o->t;
	node.parent = o->depth ? o->stack[o->depth - 1] : KH_NONE;
	struct kh_node *n = KH_PUSH(t->w->arena, t->node, t->n, t->cap);
	*n = node;
	n->end = t->n;
	return t->n - 1;
}

static void pop(struct open *o)
{
	o->t->node[o->stack[--o->depth]].end = o->t->n;
}

static enum kh_tag tag_at(const struct open *o, uint32_t depth)
{
	return (enum kh_tag)o->t->node[o->stack[depth]].tag;
}

static bool is_inline(enum kh_tag tag)
{
	return !(kh_tag_flags(tag) & KH_TAG_BLOCK);
}

/* Closes an open element of one of two kinds, looking through what `through` allows. */
static void close_open(struct open *o, enum kh_tag a, enum kh_tag b, bool through_blocks,
		       enum kh_tag stop)
{
	uint32_t least = o->depth > REACH ? o->depth - REACH : 0;
	for (uint32_t i = o->depth; i-- > least;) {
		enum kh_tag tag = tag_at(o, i);
		if (tag == a || tag == b) {
			while (o->depth > i)
				pop(o);
			return;
		}
		if (tag == stop || (stop == KH_TAG_UL && tag == KH_TAG_OL) || tag == KH_TAG_TABLE)
			return;
		if (!through_blocks && !is_inline(tag))
			return;
	}
}

/* What stands in a head; any other element ends it, as pages that open no body need. */
static bool of_head(enum kh_tag tag)
{
	switch (tag) {
	case KH_TAG_BASE:
	case KH_TAG_HTML:
	case KH_TAG_LINK:
	case KH_TAG_META:
	case KH_TAG_NOSCRIPT:
	case KH_TAG_SCRIPT:
	case KH_TAG_STYLE:
	case KH_TAG_TEMPLATE:
	case KH_TAG_TITLE:
		return true;
	default:
		return false;
	}
}

static void implied_ends(struct open *o, enum kh_tag tag)
{
	if (o->depth && tag_at(o, o->depth - 1) == KH_TAG_HEAD && tag != KH_TAG_OTHER &&
	    !of_head(tag))
		pop(o);
	switch (tag) {
	case KH_TAG_LI:
		close_open(o, KH_TAG_LI, KH_TAG_LI, true, KH_TAG_UL);
		break;
	case KH_TAG_DT:
	case KH_TAG_DD:
		close_open(o, KH_TAG_DT, KH_TAG_DD, true, KH_TAG_DL);
		break;
	case KH_TAG_OPTION:
		close_open(o, KH_TAG_OPTION, KH_TAG_OPTION, false, KH_TAG_SELECT);
		break;
	case KH_TAG_TD:
	case KH_TAG_TH:
		close_open(o, KH_TAG_TD, KH_TAG_TH, true, KH_TAG_TR);
		break;
	case KH_TAG_TR:
		close_open(o, KH_TAG_TR, KH_TAG_TR, true, KH_TAG_TBODY);
		break;
	case KH_TAG_A:
		close_open(o, KH_TAG_A, KH_TAG_A, false, KH_TAG_A);
		break;
	case KH_TAG_BODY:
		close_open(o, KH_TAG_HEAD, KH_TAG_HEAD, true, KH_TAG_BODY);
		break;
	default:
		if (!is_inline(tag) && !(kh_tag_flags(tag) & KH_TAG_SKIP))
			close_open(o, KH_TAG_P, KH_TAG_P, false, KH_TAG_P);
	}
}

static void end_tag(struct open *o, enum kh_tag tag)
{
	if (tag == KH_TAG_BODY || tag == KH_TAG_HTML)
		return;
	uint32_t least = o->depth > REACH ? o->depth - REACH : 0;
	for (uint32_t i = o->depth; i-- > least;) {
		enum kh_tag open = tag_at(o, i);
		if (open == tag) {
			while (o->depth > i)
				pop(o);
			return;
		}
		if (is_inline(tag) && !is_inline(open))
			return;
		if ((open == KH_TAG_TD || open == KH_TAG_TH) && tag != KH_TAG_TR &&
		    tag != KH_TAG_TABLE && tag != KH_TAG_TBODY)
			return;
	}
}

static bool kept(kh_str name)
{
	static const char *const list[] = {
		"class",    "id",	  "itemprop",	"rel",	       "href",
		"role",	    "style",	  "hidden",	"datetime",    "content",
		"property", "name",	  "type",	"aria-hidden", "data-testid",
		"lang",	    "title",	  "pubdate",	"itemtype",    "data-component",
		"data-qa",  "http-equiv", "aria-label", "data-type"};
	for (size_t i = 0; i < KH_COUNT(list); i++)
		if (name.n && name.p[0] == list[i][0] && kh_str_is(name, list[i]))
			return true;
	return false;
}

static void keep_attrs(struct open *o, struct kh_node *n)
{
	struct kh_tree *t = o->t;
	n->first_attr = t->n_attr;
	for (uint32_t i = 0; i < o->h->n_attr; i++) {
		const struct kh_html_attr *a = &o->h->attr[i];
		if (!kept(a->name))
			continue;
		struct kh_attr *k = KH_PUSH(t->w->arena, t->attr, t->n_attr, t->cap_attr);
		*k = (struct kh_attr){a->name, a->value, a->at};
		n->n_attr++;
	}
}

static uint8_t text_state(enum kh_tag tag)
{
	switch (tag) {
	case KH_TAG_SCRIPT:
		return KH_HTML_SCRIPT;
	case KH_TAG_STYLE:
	case KH_TAG_IFRAME:
	case KH_TAG_NOFRAMES:
		return KH_HTML_RAWTEXT;
	case KH_TAG_TITLE:
	case KH_TAG_TEXTAREA:
		return KH_HTML_RCDATA;
	default:
		return KH_HTML_DATA;
	}
}

/* Where a piece of mark-up stands next, behind `from`; each is looked for once. */
static size_t next_of(struct open *o, unsigned which, size_t from)
{
	static const char *const what[] = {"</style", "<body"};
	kh_str in = o->h->in, w = kh_str_of(what[which]);
	if (o->known[which] && o->looked[which] >= from)
		return o->looked[which];
	size_t at = SIZE_MAX;
	for (size_t i = from; i + w.n <= in.n; i++) {
		const char *p = memchr(in.p + i, '<', in.n - i);
		i = p ? (size_t)(p - in.p) : in.n;
		if (p && i + w.n <= in.n && kh_str_ieq(kh_str_sub(in, i, i + w.n), w)) {
			at = i;
			break;
		}
	}
	o->known[which] = true;
	o->looked[which] = at;
	return at;
}

/* A style that is not closed before the body begins would swallow the page. */
static bool never_closed(struct open *o, size_t from)
{
	size_t end = next_of(o, 0, from);
	return end == SIZE_MAX || next_of(o, 1, from) < end;
}

static bool in_svg(const struct open *o)
{
	uint32_t least = o->depth > 16 ? o->depth - 16 : 0;
	for (uint32_t i = o->depth; i-- > least;)
		if (tag_at(o, i) == KH_TAG_SVG || tag_at(o, i) == KH_TAG_MATH)
			return true;
	return false;
}

static void start_tag(struct open *o, const struct kh_html_token *tok)
{
	enum kh_tag tag = kh_tag_find(tok->name);
	bool foreign = in_svg(o);
	if ((tag == KH_TAG_HTML || tag == KH_TAG_BODY) && o->depth &&
	    tag == tag_at(o, o->depth - 1))
		return;
	implied_ends(o, tag);
	struct kh_node n = {.at = tok->at, .tag = (uint8_t)tag};
	keep_attrs(o, &n);
	uint32_t i = push(o, n);
	if (tag == KH_TAG_META)
		o->t->end_meta = i + 1;
	if ((kh_tag_flags(tag) & KH_TAG_VOID) || (foreign && tok->self_closing) ||
	    o->depth == DEEPEST)
		return;
	if (tag == KH_TAG_STYLE && !foreign && never_closed(o, tok->at.end))
		return;
	o->stack[o->depth++] = i;
	if (!foreign)
		o->h->state = text_state(tag);
}

struct kh_tree kh_tree_build(struct kh_work *w, kh_str in)
{
	struct kh_tree t = {.w = w, .in = in};
	struct open o = {.t = &t, .h = KH_TAKE(w->arena, 1, struct kh_html)};
	struct kh_html_token tok;
	o.h->arena = w->arena;
	o.h->in = in;
	for (kh_html_next(o.h, &tok); tok.kind != KH_HTML_END_OF_FILE; kh_html_next(o.h, &tok)) {
		if (t.n >= MOST_NODES) {
			kh_doc_note(w, KH_NONE, KH_NOTE_LIMIT, tok.at, true);
			break;
		}
		if (tok.kind == KH_HTML_START)
			start_tag(&o, &tok);
		else if (tok.kind == KH_HTML_END)
			end_tag(&o, kh_tag_find(tok.name));
		else if (tok.kind == KH_HTML_TEXT)
			push(&o,
			     (struct kh_node){.at = tok.at, .is_text = true, .state = tok.state});
	}
	while (o.depth)
		pop(&o);
	return t;
}

const struct kh_attr *kh_tree_find_attr(const struct kh_tree *t, uint32_t node, const char *name)
{
	const struct kh_node *n = &t->node[node];
	kh_str want = n->n_attr ? kh_str_of(name) : (kh_str){0};
	for (uint32_t i = n->first_attr; i < n->first_attr + n->n_attr; i++)
		if (kh_str_eq(t->attr[i].name, want))
			return &t->attr[i];
	return NULL;
}

kh_str kh_tree_attr(const struct kh_tree *t, uint32_t node, const char *name)
{
	const struct kh_attr *a = kh_tree_find_attr(t, node, name);
	return a ? a->value : (kh_str){0};
}

kh_str kh_tree_text(const struct kh_tree *t, uint32_t node, kh_span *at)
{
	uint32_t end = t->node[node].end, begin_at = KH_NONE, end_at = 0;
	size_t most = 0, n = 0;
	for (uint32_t i = node; i < end; i++)
		most += t->node[i].is_text ? kh_span_len(t->node[i].at) + 1 : 1;
	char *to = kh_arena_bytes(t->w->arena, most * 3 + 1);
	bool space = false;
	for (uint32_t i = node; i < end; i++) {
		const struct kh_node *x = &t->node[i];
		if (!x->is_text) {
			space |= !is_inline((enum kh_tag)x->tag) || x->tag == KH_TAG_BR;
			if (x->tag == KH_TAG_SCRIPT || x->tag == KH_TAG_STYLE ||
			    x->tag == KH_TAG_SVG)
				i = x->end - 1;
			continue;
		}
		struct kh_html_run r;
		for (size_t p = x->at.begin; kh_html_run(t->in, &p, x->at.end, x->state, &r);) {
			for (size_t k = 0; k < r.text.n;) {
				unsigned len;
				uint32_t c = kh_utf8_at(r.text, k, &len);
				if (kh_utf8_is_space(c)) {
					space = true;
				} else if (c != KH_SOFT_HYPHEN) {
					if (space && n)
						to[n++] = ' ';
					space = false;
					memcpy(to + n, r.text.p + k, len);
					n += len;
					bool whole = r.text.p == r.room;
					uint32_t from = whole ? r.begin : r.begin + (uint32_t)k;
					begin_at = kh_min32(begin_at, from);
					end_at = whole ? r.end : from + len;
				}
				k += len;
			}
		}
	}
	if (at)
		*at = begin_at == KH_NONE ? (kh_span){0, 0} : (kh_span){begin_at, end_at};
	return (kh_str){to, n};
}
