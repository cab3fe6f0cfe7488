/* The document: all layers of one input. A station reads the layers before it and appends its
 * own. Layers are arrays of plain structs with spans (bytes of `text`) and indexes; KH_NONE is
 * "no index". Nothing points from one layer into another. */
#ifndef KH_DOC_H
#define KH_DOC_H

#include "base/arena.h"
#include "base/base.h"
#include "doc/codes.h"
#include "doc/ud.h"
#include "model/image.h"

/* ---- text and its map back to the input ------------------------------- */

struct kh_piece {                    /* pieces tile the text in order, without a hole */
	uint32_t text, source;       /* where it begins in text, in input */
	uint32_t n_text, n_source;   /* equal: byte for byte; else the piece moves as a whole */
};

enum kh_note_kind {
	KH_NOTE_NONE, KH_NOTE_BAD_UTF8, KH_NOTE_CHARSET, KH_NOTE_NUL, KH_NOTE_UNCLOSED, KH_NOTE_LIMIT,
	KH_NOTE_LONG_SENTENCE, KH_NOTE_BAD_DATE, KH_NOTE_BAD_NUMBER, KH_NOTE_REPEAT, KH_NOTE_JUNK,
	KH_NOTE_EMPTY, KH_NOTE_METADATA, KH_NOTE_QUOTE, KH_NOTE_FUTURE, KH_NOTE_KINDS
};

struct kh_note {
	kh_span at;
	uint32_t story;   /* KH_NONE: the whole document */
	uint8_t kind;     /* enum kh_note_kind */
	bool in_source;   /* `at` counts input bytes */
};

enum kh_published_how {
	KH_PUB_NONE, KH_PUB_INPUT, KH_PUB_METADATA, KH_PUB_DATELINE, KH_PUB_TEXT, KH_PUB_BOUND
};

struct kh_story {
	kh_span text;                 /* the body; what record.md calls `text` */
	kh_span title, byline, dateline; /* spans of doc text; dateline may lie inside the body */
	uint32_t first_caption, n_captions; /* in doc->caption */
	uint32_t first_heading, n_headings; /* in doc->heading */
	kh_str id, source, url, language;
	kh_str published;             /* ISO 8601; empty: unknown */
	uint8_t published_how;        /* enum kh_published_how */
	int32_t day;                  /* day of `published`; KH_NO_DAY: unknown, or a bound alone */
	int32_t not_before;           /* `published` is a bound: it was not before; KH_NO_DAY */
	uint32_t repeats;             /* earlier story that this one repeats; KH_NONE */
	kh_span origin;               /* bytes of the input */
	uint32_t first_sentence, n_sentences;
	uint32_t first_report, n_reports;
};

/* ---- sentences, tokens, tree ------------------------------------------ */

struct kh_sentence {
	kh_span at;
	uint32_t story, paragraph;    /* paragraph: from 0 within the story */
	uint32_t first_token, n_tokens;
	uint32_t root;                /* token; KH_NONE when there are no tokens */
	bool discarded;               /* a user's dictionary says that it holds no events */
};

enum kh_token_flag {
	KH_TOK_JOINED = 1,     /* a word of the same surface token as the one before ("do" "n't") */
	KH_TOK_NO_SPACE = 2,   /* no white space between it and the next */
	KH_TOK_UPPER = 4,      /* all letters are capitals (two at least) */
	KH_TOK_TITLE = 8,      /* begins with a capital */
	KH_TOK_DIGIT = 16,     /* holds a digit */
	KH_TOK_FIRST = 32,     /* first of its sentence */
	KH_TOK_PUNCT = 64,
	KH_TOK_PASSIVE = 128,  /* a verb with nsubj:pass, aux:pass or a bare past participle modifier */
};

struct kh_token {
	kh_span at;
	kh_str form;            /* the words; for gold tokens the gold form */
	kh_str lemma;           /* lower case but for proper nouns */
	uint32_t feats;         /* enum kh_feat bits */
	uint32_t head;          /* token; KH_NONE: root */
	uint32_t child, next;   /* first child, next child of the same head; in text order */
	uint32_t sentence;
	uint32_t mention;       /* the mention (doc->mention) that it is the head of; KH_NONE */
	uint8_t upos, xpos;     /* enum kh_upos; index of the tag names in the model */
	uint8_t rel;            /* enum kh_rel, subtype included */
	uint8_t flags;          /* enum kh_token_flag */
	uint8_t name_type;      /* enum kh_name_type of the name it is part of; 0: none */
	bool quoted;            /* stands between quotation marks */
	bool deed;              /* the trigger of an event */
};

struct kh_name {                /* a name as the tagger found it */
	kh_span at;
	uint32_t first, n;      /* tokens */
	uint8_t type;           /* enum kh_name_type */
	uint16_t sure;          /* 0..1000 */
};

/* ---- mentions --------------------------------------------------------- */

enum kh_inferred { KH_INFERRED_NOT, KH_INFERRED_CLAUSE, KH_INFERRED_SENTENCE };

struct kh_mention {             /* somebody or something that can act or be acted upon */
	kh_span at;             /* as written, without determiner-only leftovers: "the group" */
	uint32_t head;          /* token */
	uint32_t first, n;      /* tokens, contiguous */
	uint32_t entity;        /* entry of the actor dictionary; KH_NONE */
	uint32_t same;          /* earlier mention of the same thing in this story; KH_NONE */
	kh_str name, id;        /* resolved name ("Hamas"); key of the dictionary */
	char country[4];        /* ISO3 or IGO UNO EUR NGO ISM IMG MNC; "" none */
	uint8_t sector[4];      /* enum kh_sector, primary first, 0 ends */
	uint8_t kind;           /* enum kh_actor_kind */
	uint8_t how;            /* enum kh_actor_how */
	uint8_t name_type;      /* enum kh_name_type; 0 for common nouns and pronouns */
	uint8_t inferred;       /* enum kh_inferred: where a country comes from that no word of it names */
	bool political;         /* can be coded as an actor: has country or sector, or is named */
	bool human;             /* people, as against things */
};

enum kh_day_type { KH_DAY_NONE, KH_DAY_DATE, KH_DAY_TIME, KH_DAY_DURATION, KH_DAY_SET };

struct kh_day {                 /* a TIMEX3 */
	kh_span at;
	uint32_t first, n;      /* tokens */
	kh_str value;           /* TIMEX3 value */
	int32_t begin, end;     /* days, both included; KH_NO_DAY: open */
	uint8_t type;           /* enum kh_day_type */
	uint8_t how;            /* enum kh_how */
};

struct kh_amount {
	kh_span at;             /* the number words */
	uint32_t head;          /* token of the thing counted ("people"), or the number itself */
	int64_t low, high;      /* -1: open */
	uint32_t trigger;       /* token that says what befell them ("killed"); KH_NONE */
	uint8_t kind;           /* enum kh_count_kind; 0: an amount of something else */
	bool total;             /* "bringing the toll to 52" */
	bool part;              /* of the amount told before: "three of them children" */
	bool named;             /* one person, named or known ("Lewis was killed"): no number words */
	bool negated;
};

struct kh_place {
	kh_span at;
	uint32_t first, n;      /* tokens */
	kh_str name;            /* of the gazetteer */
	uint32_t geonameid;     /* 0: none (country table, own regions) */
	int32_t lat, lon;       /* 1e-5 degrees */
	char country[4];        /* ISO3; "" */
	char cc[3];             /* ISO2; "" */
	char fcode[6];          /* GeoNames feature code, "PCLI", "ADM1", "PPL" */
	uint8_t how;            /* enum kh_how */
	bool has_point;
	bool adjective;         /* "Russian", "Americans": names a country without being a place */
	kh_str border;          /* "Lebanon-Israel border": what it stands in names one; empty */
	kh_span border_at;
	uint32_t second;        /* geonameid of the runner-up; 0 none */
	uint16_t sure;          /* 0..1000 */
};

/* ---- who says so, how sure -------------------------------------------- */

struct kh_voice {               /* one attribution */
	kh_span source;         /* words of the speaker; begin == end: nobody named */
	kh_span cue;            /* "said", "according to" */
	uint32_t first_content, n_content; /* spans in doc->content, in text order */
	uint32_t speaker;       /* mention; KH_NONE */
	uint32_t cue_token;     /* KH_NONE */
	uint32_t outer;         /* voice that this one is told in; KH_NONE */
	uint8_t stance;         /* enum kh_stance */
	bool quote;             /* direct quotation */
	bool negated;           /* "did not say" */
	bool stand;             /* a stand or a wish ("backs", "wants"): tells of nothing done */
	bool phrase;            /* what it tells is a noun phrase, no clause */
};

/* ---- events ----------------------------------------------------------- */

struct kh_event {               /* what a rule found, before it becomes a report */
	uint32_t sentence;
	uint32_t trigger;       /* head token of the trigger */
	kh_span at;             /* words of the trigger */
	uint32_t rule;          /* index of the rule in the model */
	kh_str rule_name;
	uint8_t event;          /* enum kh_plover */
	uint8_t mode[3];        /* enum kh_mode; 0 ends */
	char cameo[5];
	uint32_t first_actor, n_actors;         /* in doc->role: mention indexes */
	uint32_t first_recipient, n_recipients; /* in doc->role */
	bool reciprocal;
	uint32_t within;        /* event that this one is told in; KH_NONE */
	uint32_t answers;       /* event told before that this one denies or claims; KH_NONE */
	uint8_t certainty;      /* enum kh_certainty as the rule or operator fixes it; 0: by the token */
	uint16_t sure;
};

struct kh_report {
	uint32_t story, sentence, ordinal;
	uint32_t event;         /* doc->event */
	uint32_t within;        /* report; KH_NONE */
	uint8_t certainty;      /* enum kh_certainty */
	uint64_t contexts;      /* bits of enum kh_context */
	uint32_t place;         /* doc->place; KH_NONE */
	uint8_t place_how;
	uint32_t day;           /* doc->day; KH_NONE */
	int32_t begin, end;     /* days of the event; KH_NO_DAY */
	uint8_t time_how;       /* enum kh_how */
	uint32_t first_count, n_counts; /* in doc->report_count: amount indexes */
	uint32_t first_voice, n_voices; /* in doc->report_voice: voice indexes, outermost first */
	uint32_t speaker;       /* mention that speaks instead of the innermost voice's; KH_NONE */
	bool in_quote;          /* the event's own words stand between quotation marks */
	uint16_t sure;
};

struct kh_feed_item {            /* an entry as the feed gives it; the story has its text */
	kh_str title, link, id, published, updated, author, summary;
};

struct kh_feed {                 /* what a feed says of itself */
	bool is_feed;
	kh_str title, link, author, language;
	uint32_t n_item, cap_item;
	struct kh_feed_item *item;
};

struct kh_doc {
	kh_str source;          /* the input's bytes */
	kh_str text;            /* UTF-8 */
	uint32_t n_piece, cap_piece;
	struct kh_piece *piece;
	uint32_t n_note, cap_note;
	struct kh_note *note;
	uint32_t n_story, cap_story;
	struct kh_story *story;
	struct kh_feed feed;
	uint32_t n_caption, cap_caption;
	kh_span *caption;
	uint32_t n_heading, cap_heading;
	kh_span *heading;
	uint32_t n_sentence, cap_sentence;
	struct kh_sentence *sentence;
	uint32_t n_token, cap_token;
	struct kh_token *token;
	uint32_t n_name, cap_name;
	struct kh_name *name;
	uint32_t n_mention, cap_mention;
	struct kh_mention *mention;
	uint32_t n_day, cap_day;
	struct kh_day *day;
	uint32_t n_amount, cap_amount;
	struct kh_amount *amount;
	uint32_t n_place, cap_place;
	struct kh_place *place;
	uint32_t n_voice, cap_voice;
	struct kh_voice *voice;
	uint32_t n_content, cap_content;
	kh_span *content;
	/* how far each token's event is held to have happened, and as what; [n_token] once set */
	int16_t *fact;          /* -3000 did not .. 3000 did */
	uint8_t *certainty;     /* enum kh_certainty */
	uint32_t n_event, cap_event;
	struct kh_event *event;
	uint32_t n_role, cap_role;
	uint32_t *role;         /* mention indexes */
	uint32_t n_report, cap_report;
	struct kh_report *report;
	uint32_t n_report_count, cap_report_count;
	uint32_t *report_count;
	uint32_t n_report_voice, cap_report_voice;
	uint32_t *report_voice;
};

struct kh_work { /* what a station is handed */
	const struct khabar_model *model;
	struct kh_arena *arena;
	struct kh_doc *doc;
	const khabar_input *input;
};

static inline kh_str kh_text(const struct kh_doc *d, kh_span s)
{
	return (kh_str){ d->text.p + s.begin, s.end - s.begin };
}

static inline kh_span kh_tokens_span(const struct kh_doc *d, uint32_t first, uint32_t n)
{
	return (kh_span){ d->token[first].at.begin, d->token[first + n - 1].at.end };
}

void kh_doc_note(struct kh_work *w, uint32_t story, enum kh_note_kind kind, kh_span at,
		 bool in_source);
/* Bytes of the input that a span of the text came from, and back. */
kh_span kh_doc_source(const struct kh_doc *d, kh_span text);
/* Build the children lists of the tokens [first, first+n) from their heads. */
void kh_doc_children(struct kh_doc *d, uint32_t first, uint32_t n);
/* Span of the subtree of a token (least begin to greatest end). Linear in the subtree. */
kh_span kh_doc_subtree(const struct kh_doc *d, uint32_t token);
/* The first child with that relation (subtype counts where given); KH_NONE. */
uint32_t kh_doc_child(const struct kh_doc *d, uint32_t token, enum kh_rel rel);
/* Is `t` the token `top` or below it? Bounded by depth. */
bool kh_doc_below(const struct kh_doc *d, uint32_t t, uint32_t top);
/* The first voice whose cue stands in the sentence or behind it: voices stand in the order of their
 * cues' sentences. */
uint32_t kh_doc_voices(const struct kh_doc *d, kh_span sentence);
/* NULL, or what first breaks a promise made here: "a tree", "a report". The heads of a sentence stay
 * in it and lead to its root within n steps. */
const char *kh_doc_check_tree(const struct kh_doc *d, const struct kh_sentence *s);
const char *kh_doc_check(const struct kh_doc *d);

#endif
