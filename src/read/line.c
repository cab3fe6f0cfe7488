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

void kh_line_run(struct kh_work *w, const khabar_options *options)
{
	static const struct {
		void (*run)(struct kh_work *w);
		uint32_t stage;
		const char *name;
	} station[] = {
		{ kh_page_run, KHABAR_STAGE_STORY, "page" },
		{ kh_sent_run, KHABAR_STAGE_SENTENCE, "sent" },
		{ kh_token_run, KHABAR_STAGE_TOKEN, "token" },
		{ kh_tree_run, KHABAR_STAGE_TREE, "tree" },
		{ kh_day_run, KHABAR_STAGE_MENTION, "day" },
		{ kh_amount_run, KHABAR_STAGE_MENTION, "amount" },
		{ kh_place_run, KHABAR_STAGE_MENTION, "place" },
		{ kh_name_run, KHABAR_STAGE_MENTION, "name" },
		{ kh_same_run, KHABAR_STAGE_MENTION, "same" },
		{ kh_voice_run, KHABAR_STAGE_CLAIM, "voice" },
		{ kh_fact_run, KHABAR_STAGE_CLAIM, "fact" },
		{ kh_event_run, KHABAR_STAGE_REPORT, "event" },
		{ kh_report_run, KHABAR_STAGE_REPORT, "report" },
	};
	const uint32_t last = options->stop_after;
	for (size_t i = 0; i < KH_COUNT(station); i++) {
		if (last != KHABAR_STAGE_ALL && station[i].stage > last)
			break;
		station[i].run(w);
		if (options->passed)
			options->passed(options->ctx, station[i].name);
	}
}
