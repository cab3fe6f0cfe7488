/* Opening an image. In: bytes. Out: a model whose sections lie inside the bytes, or an error
 * that says at which byte it stopped making sense. */
#include "model/image.h"

#include "base/str.h"

void kh_error_set(khabar_error *err, int code, uint64_t at, const char *what)
{
	if (!err)
		return;
	size_t n = strlen(what);
	if (n >= sizeof err->what)
		n = sizeof err->what - 1;
	err->code = code;
	err->at = at;
	memcpy(err->what, what, n);
	err->what[n] = 0;
}

static int refuse(khabar_error *err, uint64_t at, const char *what)
{
	kh_error_set(err, KHABAR_E_MODEL, at, what);
	return KHABAR_E_MODEL;
}

static int check_sections(const struct khabar_model *m, khabar_error *err)
{
	uint64_t floor = sizeof *m->head + m->head->n_sections * sizeof *m->section;
	for (uint32_t i = 0; i < m->head->n_sections; i++) {
		const struct kh_image_section *s = &m->section[i];
		uint64_t at = (uint64_t)((const unsigned char *)s - m->image);
		if (!memchr(s->name, 0, sizeof s->name))
			return refuse(err, at, "section name is not ended");
		if (s->offset % 64 || s->offset < floor || s->offset > m->size ||
		    s->length > m->size - s->offset)
			return refuse(err, at, "section lies outside the image");
	}
	return 0;
}

uint64_t kh_image_hash(const void *image, size_t size)
{
	const char *p = image;
	const size_t at = offsetof(struct kh_image_head, hash), after = at + sizeof(uint64_t);
	return kh_str_hash64((kh_str){ p + after, size - after }) ^ kh_str_hash64((kh_str){ p, at }) * 3;
}

int kh_model_check(struct khabar_model *m, const void *image, size_t size, khabar_error *err)
{
	m->image = image;
	m->size = size;
	if (size < sizeof *m->head)
		return refuse(err, size, "too short for a model image");
	m->head = image;
	if (memcmp(m->head->magic, KH_IMAGE_MAGIC, sizeof m->head->magic) != 0)
		return refuse(err, 0, "not a khabar model image");
	if (m->head->format != KH_IMAGE_FORMAT)
		return refuse(err, 8, "model image of another format; build it again");
	if (m->head->size != size)
		return refuse(err, 16, "model image is cut short or has bytes after its end");
	if (m->head->n_sections > (size - sizeof *m->head) / sizeof *m->section)
		return refuse(err, 24, "model image has more sections than bytes");
	m->section = (const void *)(m->image + sizeof *m->head);
	if (kh_image_hash(image, size) != m->head->hash)
		return refuse(err, 32, "model image is damaged: its hash differs");
	static const char hex[] = "0123456789abcdef";
	for (unsigned i = 0; i < 16; i++)
		m->digest[i] = hex[m->head->hash >> (60 - 4 * i) & 15];
	return check_sections(m, err);
}

kh_str kh_model_section(const struct khabar_model *m, const char *name)
{
	for (uint32_t i = 0; i < m->head->n_sections; i++)
		if (strcmp(m->section[i].name, name) == 0)
			return (kh_str){ (const char *)m->image + m->section[i].offset,
					 (size_t)m->section[i].length };
	return (kh_str){ NULL, 0 };
}
