/* See day_bound.h. In: the days found in a story that nobody dated. Out: `published` with how it
 * was come by: `text`, a line that holds nothing but a date; `bound`, only "not before". */
#include "read/day_bound.h"

#include "base/day.h"
#include "base/str.h"

enum { HEAD = 400, FOOT = 120, LINE = 72 }; /* bytes */

static void publish(struct kh_work *w, struct kh_story *s, int32_t day, enum kh_published_how how)
{
	char *iso = kh_arena_bytes(w->arena, 11);
	kh_day_write(day, iso);
	s->published = (kh_str){iso, 10};
	s->published_how = (uint8_t)how;
}

/* Words that stand beside a date where it is the story's own. */
static bool goes_with_date(kh_str word)
{
	static const char *const list[] = {
		"published", "posted", "filed", "issued", "released", "date", "dated", "on", "at",
		"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon",
		"tue", "wed", "thu", "fri", "sat", "sun", "am", "pm", "a", "p", "m", "gmt", "utc",
		"est", "edt"};
	for (size_t i = 0; i < KH_COUNT(list); i++)
		if (kh_str_ieq(word, kh_str_of(list[i])))
			return true;
	return false;
}

static bool only_such(kh_str text)
{
	for (size_t i = 0; i < text.n;) {
		size_t end = i;
		while (end < text.n && ((unsigned char)text.p[end] >= 0x80 ||
					kh_is_alpha((unsigned char)text.p[end])))
			end++;
		if (end > i && !goes_with_date(kh_str_sub(text, i, end)))
			return false;
		i = end + (end == i);
	}
	return true;
}

/* The line that a span stands in. */
static kh_span line_of(const struct kh_doc *d, kh_span text, kh_span at)
{
	kh_span line = at;
	while (line.begin > text.begin && d->text.p[line.begin - 1] != '\n' &&
	       at.begin - line.begin < LINE)
		line.begin--;
	while (line.end < text.end && d->text.p[line.end] != '\n' && line.end - at.end < LINE)
		line.end++;
	return line;
}

bool kh_day_bound_line(struct kh_work *w, struct kh_story *s, kh_span text, uint32_t first)
{
	const struct kh_doc *d = w->doc;
	for (uint32_t i = first; i < d->n_day; i++) {
		const struct kh_day *x = &d->day[i];
		bool near = x->at.begin < text.begin + HEAD || x->at.end + FOOT > text.end;
		if (!near || x->how != KH_HOW_STATED || x->begin == KH_NO_DAY ||
		    x->begin != x->end || x->value.n < 10)
			continue;
		kh_span line = line_of(d, text, x->at);
		kh_span before = {line.begin, x->at.begin}, after = {x->at.end, line.end};
		if (kh_span_len(line) > LINE || !only_such(kh_text(d, before)) ||
		    !only_such(kh_text(d, after)))
			continue;
		publish(w, s, x->begin, KH_PUB_TEXT);
		s->day = x->begin;
		return true;
	}
	return false;
}

void kh_day_bound_set(struct kh_work *w, struct kh_story *s, int32_t latest)
{
	if (latest == KH_NO_DAY)
		return;
	publish(w, s, latest, KH_PUB_BOUND);
	s->not_before = latest;
}
