/* The whole engine: bytes go in at the top, reports come out at the bottom; each station adds
 * one layer and reads only those above it. */
#include "read/line.h"

#include "page/page.h"
#include "read/amount.h"
#include "read/day.h"
#include "read/event.h"
#include "read/fact.h"
#include "read/name.h"
#include "read/place.h"
#include "read/report.h"
#include "read/same.h"
#include "read/sent.h"
#include "read/token.h"
#include "read/tree.h"
#include "read/voice.h"

void kh_line_run(struct kh_work *w, uint32_t stop_after)
{
	static const struct {
		void (*run)(struct kh_work *w);
		uint32_t stage;
	} station[] = {
		{ kh_page_run, KHABAR_STAGE_STORY },
		{ kh_sent_run, KHABAR_STAGE_SENTENCE },
		{ kh_token_run, KHABAR_STAGE_TOKEN },
		{ kh_tree_run, KHABAR_STAGE_TREE },
		{ kh_day_run, KHABAR_STAGE_MENTION },
		{ kh_amount_run, KHABAR_STAGE_MENTION },
		{ kh_place_run, KHABAR_STAGE_MENTION },
		{ kh_name_run, KHABAR_STAGE_MENTION },
		{ kh_same_run, KHABAR_STAGE_MENTION },
		{ kh_voice_run, KHABAR_STAGE_CLAIM },
		{ kh_fact_run, KHABAR_STAGE_CLAIM },
		{ kh_event_run, KHABAR_STAGE_REPORT },
		{ kh_report_run, KHABAR_STAGE_REPORT },
	};
	for (size_t i = 0; i < KH_COUNT(station); i++)
		if (stop_after == KHABAR_STAGE_ALL || station[i].stage <= stop_after)
			station[i].run(w);
}
