/* What the fuzz targets share: the model image of $KHABAR_MODEL, read once. */
#ifndef FUZZ_H
#define FUZZ_H

#include <stddef.h>
#include <stdint.h>

#include "khabar.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
const void *fuzz_image(size_t *size); /* aligned to 64; ends the program when there is none */
khabar_model *fuzz_model(void);

#endif
