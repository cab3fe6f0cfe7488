/* data/weights/tree.bin and names.bin, as khabar-train wrote them, into the image as its sections
 * "tree" and "names". Without them the image has no trees, no names: enough to cut sentences and
 * words, which the trainer does with it. */
#include "pack.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/str.h"

static void pack_weights(struct pack *p, const char *section, const char *path)
{
	struct pack_buf b = {0};
	char *full = pack_path(p, path);
	bool there = access(full, R_OK) == 0;
	free(full);
	if (!there) {
		fprintf(stderr, "khabar-pack: %s is not there; the image does without\n", path);
		return;
	}
	kh_str bytes = pack_read(p, path);
	if (!bytes.p)
		return;
	pack_put(&b, bytes.p, bytes.n);
	pack_section(p, section, &b);
	pack_source(p, path, bytes,
		    "CC BY-SA 4.0 (UD EWT, UNER, CrossNER), CC BY (GUM, WikiGold), OGL and public "
		    "domain (re3d), free for development (MASC), PDDL (GloVe)");
}

void pack_tree(struct pack *p)
{
	pack_weights(p, "tree", "weights/tree.bin");
	pack_weights(p, "names", "weights/names.bin");
}
