/* Who says so: fills doc->voice and doc->content. */
#include "read/voice.h"

void kh_voice_run(struct kh_work *w)
{
	(void)w;
}
