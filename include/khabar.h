/*
 * khabar.h - read the news as bytes, hand back an auditable record.
 *
 * Conventions, once, for the whole file:
 *   - Text is a pointer and a length. Nothing here is NUL-terminated except
 *     what a function returns as `const char *`.
 *   - A span is a half-open range of BYTE offsets, [begin, end), in the text
 *     of the document. begin == end means "no words".
 *   - A zeroed struct means the defaults. Enums keep 0 for "unknown".
 *   - A function that can fail returns 0 or a negative KHABAR_E_ code.
 *     Odd input is not failure: it leaves a note in the document.
 *   - A model is read-only and may be shared by all threads. A worker belongs
 *     to one thread at a time. A document belongs to its worker and lasts
 *     until that worker's next khabar_read() or khabar_worker_free().
 *   - The library opens no file, asks no clock, reads no environment, starts
 *     no thread and keeps no global. Same bytes, same model: same record.
 */
#ifndef KHABAR_H
#define KHABAR_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__) && !defined(KHABAR_API)
#define KHABAR_API __attribute__((visibility("default")))
#elif !defined(KHABAR_API)
#define KHABAR_API
#endif

#define KHABAR_VERSION 0x000100 /* 0xMMmmpp */

/* "0.1.0", of the library in use; compare KHABAR_VERSION, of this header. */
KHABAR_API const char *khabar_version(void);

/* ---- plain data ------------------------------------------------------- */

typedef struct khabar_str { /* borrowed bytes; not NUL-terminated */
	const char *p;
	size_t n;
} khabar_str;

typedef struct khabar_span { /* bytes [begin, end) of the document's text */
	uint32_t begin;
	uint32_t end;
} khabar_span;

enum khabar_error_code {
	KHABAR_OK = 0,
	KHABAR_E_ARGUMENT = -1, /* the caller broke a rule written here */
	KHABAR_E_MEMORY = -2,   /* out of memory, or options.max_memory met */
	KHABAR_E_MODEL = -3,    /* not a model, damaged, or of another format */
	KHABAR_E_LIMIT = -4,    /* the document is over options.max_bytes */
	KHABAR_E_INTERNAL = -5  /* a fault of the library: the document is given up, the worker is whole */
};

typedef struct khabar_error { /* filled on failure; may be passed as NULL */
	int code;
	uint64_t at;    /* byte offset in the buffer complained of */
	char what[128]; /* one line for a person, NUL-terminated */
} khabar_error;

/* ---- model ------------------------------------------------------------ */

typedef struct khabar_model khabar_model;

typedef struct khabar_model_info {
	khabar_str name;     /* "en-2026.11" */
	khabar_str digest;   /* hex digits: hash of the image */
	khabar_str manifest; /* what it was built from, one source a line */
	uint32_t format;     /* format of the image */
	uint32_t behaviour;  /* rises whenever any record could change */
} khabar_model_info;

/* Check an image (say, a mapped file) and wrap it. The bytes are borrowed,
 * must be aligned to 64 and must outlive the model; no page is written. */
KHABAR_API int khabar_model_open(khabar_model **out, const void *image,
                                 size_t size, khabar_error *err);
KHABAR_API void khabar_model_close(khabar_model *model); /* NULL is fine */
KHABAR_API khabar_model_info khabar_model_about(const khabar_model *model);

/* ---- reading ---------------------------------------------------------- */

typedef struct khabar_worker khabar_worker;

enum khabar_stage { /* the line, in order; each adds one layer */
	KHABAR_STAGE_ALL = 0,
	KHABAR_STAGE_STORY,    /* clean stories and the map back to the input */
	KHABAR_STAGE_SENTENCE,
	KHABAR_STAGE_TOKEN,
	KHABAR_STAGE_TREE,     /* tags, heads, relations, name spans */
	KHABAR_STAGE_MENTION,  /* actors, days, amounts, places, coreference */
	KHABAR_STAGE_CLAIM,    /* voices and certainty */
	KHABAR_STAGE_REPORT
};

typedef struct khabar_options {
	size_t max_memory;   /* bytes for one document; 0: 1 GiB */
	uint32_t max_bytes;  /* longest document; 0: 64 MiB */
	uint32_t stop_after; /* enum khabar_stage; 0: go to the end */
	void *(*alloc)(void *ctx, size_t size);      /* NULL: malloc */
	void (*release)(void *ctx, void *p, size_t); /* NULL: free */
	void *ctx;
	void (*passed)(void *ctx, const char *station); /* after each station, for clocks; or NULL */
} khabar_options;

KHABAR_API int khabar_worker_new(khabar_worker **out, const khabar_model *model,
                                 const khabar_options *options);
KHABAR_API void khabar_worker_free(khabar_worker *worker); /* NULL is fine */

enum khabar_kind { /* what the bytes are */
	KHABAR_KIND_SNIFF = 0, /* markup if it looks like it, else KHABAR_KIND_PAGE */
	KHABAR_KIND_STORY,     /* the text of one story, taken as it stands */
	KHABAR_KIND_PAGE,      /* crawled plain text; may run several stories together */
	KHABAR_KIND_HTML,      /* one web page */
	KHABAR_KIND_FEED,      /* RSS, Atom, RDF, JSON Feed, sitemap, NewsML */
	KHABAR_KIND_CONLLU     /* gold sentences and tokens, for measuring the tree */
};

typedef struct khabar_input {
	khabar_str bytes; /* borrowed; must outlive the document */
	uint32_t kind;    /* enum khabar_kind */
	uint32_t reserved;
	/* as told by the carrier; each may be empty */
	khabar_str id, title, url, source, charset, file;
	khabar_str published; /* ISO 8601 date or date-time */
} khabar_input;

typedef struct khabar_doc {
	khabar_str text; /* the clean text of all stories; all spans point into this */
	uint32_t n_stories, n_reports, n_notes;
} khabar_doc;

/* Read one document, from bytes to reports. */
KHABAR_API int khabar_read(khabar_worker *worker, const khabar_input *input,
                           const khabar_doc **out, khabar_error *err);

typedef struct khabar_story {
	khabar_str id;        /* the input's own, or 16 hex digits of a hash of the text */
	khabar_str text;      /* clean body, paragraphs separated by a blank line */
	khabar_str title, byline, dateline, url, source, language;
	khabar_str published; /* ISO 8601, empty when unknown */
	khabar_span at;       /* of `text` in the document's text */
	khabar_span origin;   /* bytes of the input */
	uint32_t first_report, n_reports;
	uint32_t n_sentences;
	uint32_t same_as;     /* 1 + index of the earlier story that it repeats; 0: none */
} khabar_story;

typedef struct khabar_report {
	uint32_t story;
	uint32_t sentence; /* from 0, within the story */
	uint32_t ordinal;  /* within the sentence */
	uint32_t within;   /* 1 + index of the report that this one is told in; 0: none */
	khabar_span at;      /* the sentence */
	khabar_span trigger; /* the words that state the event */
	khabar_str event;    /* PLOVER category */
	khabar_str cameo;    /* CAMEO code, 2 to 4 digits */
	khabar_str certainty;
	khabar_str rule;     /* name of the rule that made the call */
	int32_t first_day, last_day; /* days since 1970-01-01; INT32_MIN: unknown */
	uint32_t n_actors, n_recipients, n_counts, n_voices;
	uint32_t sure;       /* 0 to 1000 */
} khabar_report;

typedef struct khabar_note { /* what was odd about the input */
	khabar_str kind;
	khabar_span at;   /* of the input where in_source, else of the text */
	uint32_t story;   /* index; UINT32_MAX: of the whole document */
	int in_source;
} khabar_note;

/* i counts from 0; out of range leaves *out zeroed and returns KHABAR_E_ARGUMENT. */
KHABAR_API int khabar_story_at(const khabar_doc *doc, uint32_t i, khabar_story *out);
KHABAR_API int khabar_report_at(const khabar_doc *doc, uint32_t i, khabar_report *out);
KHABAR_API int khabar_note_at(const khabar_doc *doc, uint32_t i, khabar_note *out);

/* The bytes of the input that a span of the text came from. */
KHABAR_API khabar_span khabar_source(const khabar_doc *doc, khabar_span span);

/* One object of khabar-record(5) as JSON, without the newline. Each writes at
 * most `room` bytes to `to` and returns the bytes needed: more than `room`
 * means that `to` holds only the beginning. */
KHABAR_API size_t khabar_write_story(const khabar_doc *doc, uint32_t story,
                                     char *to, size_t room); /* reports inside */
KHABAR_API size_t khabar_write_report(const khabar_doc *doc, uint32_t report,
                                      char *to, size_t room);

/* One layer of one story: "sent token tree conllu name actor day amount place
 * voice fact event story". JSON, but for "conllu". As above; 0: no such layer. */
KHABAR_API size_t khabar_write_layer(const khabar_doc *doc, uint32_t story,
                                     const char *layer, char *to, size_t room);

/* Why a report says what it says: sentence, tree, rule, steps; for people. */
KHABAR_API size_t khabar_explain(const khabar_doc *doc, uint32_t report,
                                 char *to, size_t room);

#ifdef __cplusplus
}
#endif
#endif
