/* See overlay.h. In: an image and a user's data folder (actors, events). Out: a new image: the
 * folder's actors before the image's, its patterns of verbs, all else as it was. */
#include "overlay.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "model/image.h"
#include "pack.h"

static bool is_own(const char *name)
{
	return strcmp(name, "actors") == 0 || strcmp(name, "patterns") == 0 ||
	       strcmp(name, "rules") == 0 || strcmp(name, "lists") == 0 ||
	       strcmp(name, "manifest") == 0;
}

unsigned char *overlay_image(const void *image, size_t n, const char *folder, bool examples,
			     size_t *size, unsigned *errors)
{
	struct pack p = {.data = folder};
	struct khabar_model base;
	khabar_error err;
	*errors = 0;
	pack_keeps();
	DIR *dir = opendir(folder);
	if (!dir) {
		pack_error(&p, folder, 0, 0, "%s", strerror(errno));
		*errors = 1;
		return NULL;
	}
	closedir(dir);
	if (kh_model_check(&base, image, n, &err) != 0) {
		pack_error(&p, "the model", 0, 0, "%s", err.what);
		*errors = 1;
		return NULL;
	}
	kh_str manifest = kh_model_section(&base, "manifest");
	p.manifest = pack_alloc(manifest.n + 1);
	if (manifest.n)
		memcpy(p.manifest, manifest.p, manifest.n);
	p.n_manifest = manifest.n;
	for (uint32_t i = 0; i < base.head->n_sections; i++) {
		const struct kh_image_section *s = &base.section[i];
		struct pack_buf b = {0};
		if (is_own(s->name))
			continue;
		pack_put(&b, base.image + s->offset, (size_t)s->length);
		pack_section(&p, s->name, &b);
	}
	pack_actors(&p, &base);
	pack_patterns(&p);
	pack_rules(&p, &base);
	unsigned char *made = p.errors ? NULL : pack_image(&p, size);
	if (made && examples)
		pack_check_rules(&p, made, *size);
	*errors = p.errors;
	return p.errors ? NULL : made;
}
