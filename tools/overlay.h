/* A model image with a user's dictionaries in it. */
#ifndef KH_OVERLAY_H
#define KH_OVERLAY_H

#include <stdbool.h>
#include <stddef.h>

/* The new image, never freed; NULL when the folder holds mistakes, each of them told on standard
 * error with file, line, column and what was expected; with `examples` those of its rules are run. */
unsigned char *overlay_image(const void *image, size_t n, const char *folder, bool examples,
			     size_t *size, unsigned *errors);

#endif
