/* Inside of the library's handles. */
#ifndef KH_API_H
#define KH_API_H

#include "doc/doc.h"

struct khabar_worker {
	const struct khabar_model *model;
	khabar_options options;
	struct kh_arena arena;
	khabar_input input;
	struct api_doc {
		khabar_doc pub; /* first: what the caller holds a pointer to */
		struct kh_doc doc;
		struct kh_work work;
	} doc;
};

static inline const struct kh_doc *kh_api_doc(const khabar_doc *pub)
{
	return &((const struct api_doc *)(const void *)pub)->doc;
}

static inline const struct kh_work *kh_api_work(const khabar_doc *pub)
{
	return &((const struct api_doc *)(const void *)pub)->work;
}

#endif
