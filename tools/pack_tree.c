/* data/weights into the image: tag, arc, rel, name (as trained), cluster, and the lemma table as a
 * word list. */
#include "pack.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/str.h"

void pack_tree(struct pack *p)
{
	static const char *const name[] = {"tag", "arc", "rel", "name", "cluster"};
	for (size_t i = 0; i < KH_COUNT(name); i++) {
		char path[64];
		struct pack_buf b = {0};
		snprintf(path, sizeof path, "weights/%s.bin", name[i]);
		char *full = pack_path(p, path);
		bool there = access(full, R_OK) == 0;
		free(full);
		if (!there) { /* so that names can be trained with an image that has trees only */
			fprintf(stderr, "khabar-pack: %s is not there; the image does without\n",
				path);
			continue;
		}
		kh_str bytes = pack_read(p, path);
		if (!bytes.p)
			continue;
		pack_put(&b, bytes.p, bytes.n);
		pack_section(p, name[i], &b);
		pack_source(p, path, bytes,
			    "CC BY-SA 4.0 (UD EWT), CC BY (GUM), CC BY-SA (UNER), PDDL (GloVe)");
	}
}
