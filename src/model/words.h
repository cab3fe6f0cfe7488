/* Word lists: data/words/en/<list>.txt, lines `key<TAB>value`, compiled into the image.
 * A key is looked up as it stands (lists hold lemmas in lower case); a value is the rest of the
 * line, "" for a bare word. */
#ifndef KH_WORDS_H
#define KH_WORDS_H

#include "model/image.h"

struct kh_words { /* one list, borrowed from the image; n 0 when the image lacks it */
	const unsigned char *base; /* of the section */
	const struct kh_words_entry *entry;
	uint32_t n;
};

struct kh_words_head {
	uint32_t n_lists, n_entries, n_bytes, reserved;
};

struct kh_words_list {
	char name[24];
	uint32_t first, n;
};

struct kh_words_entry { /* offsets into the bytes after the entries; keys of a list ascend */
	uint32_t key, value;
	uint16_t n_key, n_value;
};

struct kh_words kh_words_list(const struct khabar_model *m, const char *name);
/* True and the value when the list has the key. */
bool kh_words_find(const struct kh_words *list, kh_str key, kh_str *value);
/* The same for a word as it is written, of 2 to 24 bytes, without regard to ASCII case. */
bool kh_words_find_word(const struct kh_words *list, kh_str word, kh_str *value);
static inline bool kh_words_has(const struct kh_words *list, kh_str key)
{
	kh_str v;
	return kh_words_find(list, key, &v);
}
int kh_words_check(const struct khabar_model *m, khabar_error *err);

#endif
