/* The HTML tokenizer: the states of the WHATWG standard over UTF-8, every token with its bytes.
 * Text is handed on as written; kh_html_run decodes it piece by piece. */
#ifndef KH_HTML_TOKEN_H
#define KH_HTML_TOKEN_H

#include "base/arena.h"
#include "base/base.h"

enum { KH_HTML_MOST_ATTRS = 128 };

enum kh_html_kind {
	KH_HTML_END_OF_FILE,
	KH_HTML_TEXT,
	KH_HTML_START,
	KH_HTML_END,
	KH_HTML_COMMENT,
	KH_HTML_DOCTYPE
};

enum kh_html_state { /* how text is read */
	             KH_HTML_DATA,
	             KH_HTML_RCDATA,
	             KH_HTML_RAWTEXT,
	             KH_HTML_SCRIPT,
	             KH_HTML_PLAINTEXT,
	             KH_HTML_CDATA
};

struct kh_html_attr {
	kh_str name, value; /* lower case; references resolved */
	kh_span at;         /* bytes of the value as written, quotes not included */
};

struct kh_html_token {
	kh_span at;
	kh_str name; /* tags and doctype: lower case */
	kh_str data; /* comment; text as written */
	kh_str public_id, system_id;
	uint8_t kind, state; /* state: how the text is to be decoded */
	bool self_closing, quirks, has_public, has_system, has_name;
};

struct kh_html {
	struct kh_arena *arena;
	kh_str in;
	size_t at;
	uint8_t state; /* set by the caller after a start tag */
	bool xml;      /* names keep their case, CDATA and <? ?> as in XML */
	bool dropped;  /* attributes beyond the limit were dropped */
	kh_str last;   /* name that ends RCDATA, RAWTEXT, SCRIPT */
	uint32_t n_attr;
	struct kh_html_attr attr[KH_HTML_MOST_ATTRS]; /* of the tag last returned */
};

struct kh_html_run { /* decoded bytes and where they were written */
	kh_str text;
	uint32_t begin, end;
	char room[8];
};

void kh_html_next(struct kh_html *h, struct kh_html_token *t);
/* The next run of a text [*at, end): false at its end. Either bytes as they stand, or one
 * reference, CR or NUL that stands for other bytes. */
bool kh_html_run(kh_str in, size_t *at, size_t end, uint8_t state, struct kh_html_run *run);
/* A string with references resolved, CR and NUL mended. */
kh_str kh_html_decode(struct kh_arena *a, kh_str s, bool attribute);

#endif
