/* Time expressions. In: the words of each story, its day of publication, the trees of its
 * sentences. Out: doc->day, TIMEX3 with values. Each pattern looks at the words from one place on
 * and says how many it takes; the first that fits wins. A weekday or a month without its year is
 * resolved by the tense of its clause against the day of publication, or the date told last. */
#include "read/day.h"

#include "base/day.h"
#include "base/str.h"
#include "page/dateline.h"
#include "read/day_bound.h"
#include "read/day_scan.h"

enum { WEEK = 7, MONTH = 31, FAR = 60 }; /* days; bytes of a dateline */

static enum kh_grain grain_of(const struct kh_day *day)
{
	if (day->begin == KH_NO_DAY || day->end == KH_NO_DAY)
		return KH_GRAIN_NONE;
	int32_t n = day->end - day->begin;
	return n == 0	 ? KH_GRAIN_DAY
	       : n < 8	 ? KH_GRAIN_WEEK
	       : n < 32	 ? KH_GRAIN_MONTH
	       : n < 93	 ? KH_GRAIN_QUARTER
	       : n < 367 ? KH_GRAIN_YEAR
			 : KH_GRAIN_LONG;
}

/* "late September" lies in its second half, "early 1990s" in the first. */
static void narrow(struct kh_day *day, uint8_t mod)
{
	int32_t n = day->end - day->begin;
	if (!mod || day->begin == KH_NO_DAY || day->end == KH_NO_DAY || n < 6)
		return;
	bool century = n > 36000; /* its first and last quarter, and not half */
	if (mod == KH_MOD_EARLY)
		day->end = day->begin + (century ? n / 4 : n / 2);
	else if (mod == KH_MOD_LATE)
		day->begin += century ? n - n / 4 : n / 2 + (n > 366);
	else
		day->begin += n / 4, day->end -= n / 4;
}

static struct kh_day *push(struct kh_scan *s, uint32_t *token)
{
	struct kh_doc *d = s->w->doc;
	struct kh_day *day = KH_PUSH(s->w->arena, d->day, d->n_day, d->cap_day);
	const struct kh_tword *last = &s->t[s->first + s->count - 1];
	kh_span span = {s->t[s->first].at.begin, last->at.end};
	if (s->type == KH_DAY_TIME && span.end < d->text.n && d->text.p[span.end] == '.' &&
	    last->low[0] == 'm' && !last->low[1])
		span.end++; /* "p.m." */
	*day = (struct kh_day){
		.at = span, .type = s->type, .how = s->how, .begin = KH_NO_DAY, .end = KH_NO_DAY};
	day->value = kh_arena_copy(s->w->arena, kh_str_of(s->value));
	if (s->type == KH_DAY_DATE || s->type == KH_DAY_TIME)
		kh_day_interval(day->value, &day->begin, &day->end);
	if (s->begin != KH_NO_DAY || s->end != KH_NO_DAY)
		day->begin = s->begin, day->end = s->end;
	else
		narrow(day, s->mod);
	while (*token < d->n_token && d->token[*token].at.end <= span.begin)
		(*token)++;
	day->first = *token;
	while (day->first + day->n < d->n_token &&
	       d->token[day->first + day->n].at.begin < span.end)
		day->n++;
	return day;
}

/* A story is narrative when most of the years that it names are far from its publication; it tells of
 * a match when words of one stand there. */
static void look_over(struct kh_scan *s)
{
	uint32_t old = 0, recent = 0, later = 0, game = 0;
	int year = s->anchor == KH_NO_DAY ? 0 : kh_day_ymd(s->anchor).year;
	for (uint32_t i = 0; i < s->n; i++) {
		const struct kh_tword *t = &s->t[i];
		if (t->weekday || kh_scan_any(t, " yesterday today tomorrow "))
			recent++;
		game += kh_scan_any(t, " goal goals goalkeeper striker scored halftime penalty "
				       "referee touchdown quarterback midfielder match ");
		if (kh_scan_is_year(t) && t->number > 1400) {
			bool far = t->number < year - 1 || t->number > year + 1;
			old += far;
			later += t->number > year + 1;
			recent += !far;
		}
	}
	s->game = game > 1 || (game && s->n < 40);
	s->narrative =
		year && ((old >= 4 && old > 3 * recent) || (later >= 4 && 2 * later > recent));
}

static void remember(struct kh_scan *s, const struct kh_day *day)
{
	uint32_t end = s->first + s->count;
	if ((day->type != KH_DAY_DATE && day->type != KH_DAY_TIME) || s->aside)
		return;
	enum kh_grain grain = grain_of(day);
	if (grain == KH_GRAIN_NONE)
		return;
	s->ref = day->begin;
	s->ref_at = end;
	s->ref_grain = (uint8_t)grain;
	int year = kh_day_ymd(day->begin).year;
	bool own = day->how == KH_HOW_STATED || day->how == KH_HOW_INHERITED || s->narrative;
	if (grain > KH_GRAIN_YEAR || !own)
		return;
	s->year = year;
	s->year_at = end;
	s->year_dated = grain <= KH_GRAIN_MONTH;
}

static bool find(struct kh_scan *s, uint32_t floor)
{
	static bool (*const pattern[])(struct kh_scan *) = {
		kh_day_feast, kh_day_numeric, kh_day_month, kh_day_weekday_name,
		kh_day_deictic, kh_day_quarter, kh_day_relative, kh_day_every, kh_day_definite,
		kh_day_clock, kh_day_season, kh_day_amount, kh_day_more, kh_day_year};
	for (size_t k = 0; k < KH_COUNT(pattern); k++) {
		s->begin = s->end = KH_NO_DAY;
		s->mod = KH_MOD_NONE;
		s->skip = 0;
		s->aside = false;
		if (pattern[k](s) && s->first >= floor)
			return true;
		if (s->skip)
			return false;
	}
	return false;
}

/* Does the day stand in the dateline that its paragraph begins with? */
static bool in_dateline(const struct kh_scan *s, const struct kh_story *st, kh_span at)
{
	kh_str text = s->w->doc->text;
	uint32_t begin = at.begin, end = at.end + FAR < st->text.end ? at.end + FAR : st->text.end;
	while (begin > st->text.begin && text.p[begin - 1] != '\n' && at.begin - begin < FAR)
		begin--;
	if (begin > st->text.begin && text.p[begin - 1] != '\n')
		return false;
	struct kh_dateline line = kh_dateline_find(kh_str_sub(text, begin, end));
	return line.end > line.begin && line.day && begin + line.end >= at.end;
}

/* A day in the dateline is the one that "today" is. One that lies far from the day of publication
 * contradicts it: what is told from "today" is then told from no day. */
static void by_dateline(struct kh_scan *s, const struct kh_story *st, const struct kh_day *day)
{
	if (st->day == KH_NO_DAY || day->begin == KH_NO_DAY || day->begin != day->end ||
	    !in_dateline(s, st, day->at))
		return;
	int32_t late = st->day - day->begin;
	if (late >= 0 && late <= WEEK) {
		s->anchor = day->begin;
	} else if (late < -1 || late > MONTH) {
		s->anchor = KH_NO_DAY;
		kh_doc_note(s->w, KH_NONE, KH_NOTE_BAD_DATE, day->at, false);
	}
}

/* "a plan for 2026 to 2028", "in the scenario, set in October 2026": what is told of no day that was. */
static bool plans(const struct kh_scan *s)
{
	for (uint32_t k = s->first, n = 0; k-- > 0 && n < 6 && !s->t[k + 1].stop; n++)
		if (kh_scan_any(&s->t[k], " plan plans scenario scenarios programme programmes target "
					  "targets forecast strategy budget for by set "))
			return true;
	return false;
}

/* Days told as past, and those of captions, which show what was. */
static void see_latest(struct kh_scan *s, const struct kh_day *day)
{
	bool dated = day->how == KH_HOW_STATED && !s->aside && day->begin != KH_NO_DAY &&
		     (day->type == KH_DAY_DATE || day->type == KH_DAY_TIME);
	bool shown = s->caption && s->tense == 0 && day->begin == day->end;
	if (dated && (s->tense < 0 || shown) && !plans(s) &&
	    (s->latest == KH_NO_DAY || day->begin > s->latest))
		s->latest = day->begin;
}

/* Days that stand alone lead where nobody told the day of publication: the last full date serves.
 */
static void scan(struct kh_scan *s, const struct kh_story *st, uint32_t *token, uint32_t *word)
{
	s->anchor = st->day;
	s->ref = KH_NO_DAY;
	s->quarter = -1;
	s->t = kh_day_words(s->w, st, word, &s->n);
	look_over(s);
	uint32_t floor = 0; /* words before this are taken */
	for (s->i = 0; s->i < s->n;) {
		const struct kh_tword *t = &s->t[s->i];
		if (!t->cue) {
			s->i++;
			continue;
		}
		s->tense = kh_day_tense(s->w->doc, t);
		if (!find(s, floor)) {
			s->i += s->skip ? s->skip : 1;
			continue;
		}
		const struct kh_day *day = push(s, token);
		floor = s->i = s->first + s->count > s->i ? s->first + s->count : s->i + 1;
		remember(s, day);
		see_latest(s, day);
		by_dateline(s, st, day);
		if (st->day == KH_NO_DAY && day->begin != KH_NO_DAY && day->begin == day->end)
			s->anchor = day->begin;
	}
}

/* What a title, a heading or a caption tells of the day of publication; no day of it is kept. */
static void outside(struct kh_work *w, struct kh_story *story, kh_span at, bool caption,
		    int32_t *latest)
{
	struct kh_doc *d = w->doc;
	uint32_t n = d->n_day, token = d->n_token, word = token; /* it has no tree */
	struct kh_story st = {.text = at, .day = KH_NO_DAY};
	struct kh_scan s = {.w = w, .caption = true, .latest = *latest};
	scan(&s, &st, &token, &word);
	if (!caption)
		kh_day_bound_line(w, story, at, n);
	d->n_day = n;
	*latest = s.latest;
}

static void story(struct kh_work *w, struct kh_story *st, uint32_t *token, uint32_t *word)
{
	struct kh_doc *d = w->doc;
	uint32_t t = *token, k = *word, days = d->n_day, notes = d->n_note;
	struct kh_scan s = {.w = w, .latest = KH_NO_DAY};
	if (!st->published.n && kh_span_len(st->title))
		outside(w, st, st->title, false, &s.latest);
	if (!st->published.n && kh_span_len(st->byline))
		outside(w, st, st->byline, false, &s.latest);
	for (uint32_t i = 0; i < st->n_headings && !st->published.n; i++)
		outside(w, st, d->heading[st->first_heading + i], false, &s.latest);
	for (uint32_t i = 0; i < st->n_captions && !st->published.n; i++)
		outside(w, st, d->caption[st->first_caption + i], true, &s.latest);
	scan(&s, st, token, word);
	if (st->published.n)
		return;
	if (!kh_day_bound_line(w, st, st->text, days)) {
		kh_day_bound_set(w, st, s.latest);
		return;
	}
	d->n_day = days; /* now that it has a day, its words are read again */
	d->n_note = notes;
	*token = t;
	*word = k;
	s = (struct kh_scan){.w = w, .latest = KH_NO_DAY};
	scan(&s, st, token, word);
}

void kh_day_run(struct kh_work *w)
{
	uint32_t token = 0, word = 0;
	for (uint32_t i = 0; i < w->doc->n_story; i++)
		story(w, &w->doc->story[i], &token, &word);
}
