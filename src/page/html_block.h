/* The blocks of a page: the runs of text that a reader sees as one paragraph, heading, item or
 * cell, with what is known of where they stand. */
#ifndef KH_HTML_BLOCK_H
#define KH_HTML_BLOCK_H

#include "page/html_tree.h"

enum kh_block_flag {                    /* inherited from the elements above */
		     KH_BLOCK_SKIP = 1, /* scripts, forms, navigation by tag, hidden */
		     KH_BLOCK_BAD = 2,  /* named as junk */
		     KH_BLOCK_CAPTION = 4,
		     KH_BLOCK_HEADING = 8,
		     KH_BLOCK_ITEM = 16, /* of a list */
		     KH_BLOCK_LINK = 32,
		     KH_BLOCK_BODY = 64, /* inside what calls itself the body of the article */
		     KH_BLOCK_ARTICLE = 128,
		     KH_BLOCK_BYLINE = 256,
		     KH_BLOCK_COMMENT = 512,
		     KH_BLOCK_TABLE = 1024,
		     KH_BLOCK_LEAD = 2048,
		     KH_BLOCK_QUOTE = 4096,
		     KH_BLOCK_ASIDE = 8192,
		     KH_BLOCK_HEADER = 16384,
		     KH_BLOCK_STRONG = 32768,
		     KH_BLOCK_MAIN = 65536,
		     KH_BLOCK_TITLE = 131072,
		     KH_BLOCK_DECK = 262144,
};

struct kh_run {
	uint32_t off, n; /* in the block's text */
	kh_span at;      /* of the page */
};

struct kh_block {
	uint32_t node;        /* the block element */
	uint32_t first, last; /* first and last text node */
	kh_str text;          /* decoded, white space collapsed; <br> is a line feed */
	uint32_t first_run, n_runs;
	uint32_t chars, link_chars, strong_chars; /* characters */
	uint32_t flags;
	uint8_t tag;
};

struct kh_blocks {
	struct kh_tree *t;
	uint32_t n, cap, n_run, cap_run;
	struct kh_block *block;
	struct kh_run *run;
	uint32_t *flags; /* of nodes */
	uint32_t *good;  /* good[i]: characters of paragraphs in nodes before i; n + 1 of them */
};

struct kh_blocks kh_block_find(struct kh_tree *t);

#endif
