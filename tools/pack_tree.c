/* data/weights/tree.bin, as khabar-train wrote it, into the image as its section "tree". Without
 * the file the image has no tree: enough to cut sentences and words, which the trainer does with
 * it. */
#include "pack.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/str.h"

void pack_tree(struct pack *p)
{
	static const char path[] = "weights/tree.bin";
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
	pack_section(p, "tree", &b);
	pack_source(p, path, bytes,
		    "CC BY-SA 4.0 (UD EWT, UNER, CrossNER), CC BY (GUM, WikiGold), OGL and public "
		    "domain (re3d), PDDL (GloVe)");
}
