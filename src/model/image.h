/* The model image: one read-only block of bytes with named sections, used where it is mapped.
 *
 * Layout, little-endian: head of 64 bytes {magic "KHABAR\r\n", u32 format, u32 behaviour,
 * u64 size, u32 sections, u32 reserved, u64 hash of all other bytes, name[24]},
 * then a table of sections {char name[16], u64 offset, u64 length}, then the sections, each
 * aligned to 64. Sections prove their own bounds once, in kh_model_open's checkers. */
#ifndef KH_IMAGE_H
#define KH_IMAGE_H

#include "base/base.h"

#define KH_IMAGE_FORMAT 1u
#define KH_BEHAVIOUR 3u
#define KH_IMAGE_MAGIC "KHABAR\r\n"

struct kh_image_head {
	char magic[8];
	uint32_t format, behaviour;
	uint64_t size;
	uint32_t n_sections, reserved;
	uint64_t hash;
	char name[24];
};

struct kh_image_section {
	char name[16]; /* NUL-padded */
	uint64_t offset, length;
};

struct khabar_model {
	const unsigned char *image;
	size_t size;
	const struct kh_image_head *head;
	const struct kh_image_section *section;
	char digest[17];
	uint8_t lanes; /* enum kh_lanes: how this processor runs the net */
};

/* Bytes of a section; {NULL,0} when the image has none of that name. */
kh_str kh_model_section(const struct khabar_model *m, const char *name);
/* Checks head, table and hash; 0 or KHABAR_E_MODEL with *err filled. */
int kh_model_check(struct khabar_model *m, const void *image, size_t size, khabar_error *err);
/* What `hash` of the head must be: of all bytes but its own. `size` is at least the head's. */
uint64_t kh_image_hash(const void *image, size_t size);
void kh_error_set(khabar_error *err, int code, uint64_t at, const char *what);

#endif
