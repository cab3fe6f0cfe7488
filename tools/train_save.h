/* Floats as the integers of a section, each part at a multiple of 64 bytes. */
#ifndef KHABAR_TRAIN_SAVE_H
#define KHABAR_TRAIN_SAVE_H

#include "train.h"

struct save {
	FILE *f;
	size_t at;
};

/* Columns from..from+n of a matrix and of its bias, padded to `out` columns at `at`. */
struct columns {
	uint32_t from, n, at;
};

struct save save_open(const char *path);
void save_close(struct save *o, const char *path);
int32_t save_whole(float x, float steps, int32_t most);
void save_put(struct save *o, const void *p, size_t n);
void save_shorts(struct save *o, const float *x, size_t n, float steps);
void save_bytes(struct save *o, const struct param *p); /* in 1/128 */
void save_matrix(struct save *o, const struct param *w, const struct param *bias,
		 const struct columns *c, uint32_t parts, uint32_t out, unsigned shift);
void save_layer(struct save *o, const struct layer *y);

#endif
