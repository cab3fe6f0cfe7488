/* Stands in for the compiler's own header: the same names for any processor. */
#define SIMDE_ENABLE_NATIVE_ALIASES
#include <simde/arm/neon.h>
