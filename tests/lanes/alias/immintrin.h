/* Stands in for the compiler's own header: the same names for any processor. Two are mended that
 * SIMDe 0.7.4 lacks or has with other arguments. */
#ifndef ALIAS_IMMINTRIN_H
#define ALIAS_IMMINTRIN_H
#define SIMDE_ENABLE_NATIVE_ALIASES
#include <simde/x86/avx512.h>

#undef _mm512_madd_epi16
#define _mm512_madd_epi16(a, b) simde_mm512_madd_epi16(a, b)

#undef _mm512_sra_epi32
#define _mm512_sra_epi32(a, by) alias_sra(a, by)

static inline simde__m512i alias_sra(simde__m512i a, simde__m128i by)
{
	simde__m512i_private p = simde__m512i_to_private(a);
	int n = simde_mm_cvtsi128_si32(by);
	for (int i = 0; i < 16; i++)
		p.i32[i] >>= n;
	return simde__m512i_from_private(p);
}
#endif
