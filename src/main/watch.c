/* khabar watch DB FEEDS: polls feeds and adds what is new. In: a store, and a file with one feed's
 * address a line. Out: stories in the store; DB.watch keeps what each feed's server said of its
 * copy, when to ask again, and the links that were seen. Feeds are asked one after another. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include "fetch.h"
#include "packed.h"
#include "store/store.h"

enum { EVERY = 900, LONGEST = 86400, PAUSE = 2, SEEN = 100000, TRIES = 4, SAVE = 10, LOOK = 4096 };

struct feed {
	char *url, *etag, *modified;
	char *at;  /* where it moved to, or what the page at `url` names; empty: it is `url` */
	long next; /* not before, seconds since 1970 */
	int fails;
};

struct seen {
	char *url;
	uint32_t stamp; /* of what the feed said of it */
	int tries;	/* in which its page could not be had; 0: it is done */
};

struct watch {
	const struct settings *s;
	const char *path;
	char *state;
	struct feed *feed;
	int feeds;
	struct seen *seen; /* links, the oldest first */
	size_t n_seen, cap_seen, n_slot;
	uint32_t *slot;
	struct fetcher *fetch;
	struct kh_store *store;
	khabar_worker *worker, *page_worker;
	unsigned long added, known, bad, asked;
	unsigned long waiting; /* pages of the feed in hand that are to be had another time */
	double saved;
	bool broken;
};

static volatile sig_atomic_t stop;

static void on_signal(int n)
{
	(void)n;
	stop = 1;
}

static char *copy(const char *p, size_t n)
{
	char *to = malloc(n + 1);
	if (!to) {
		fprintf(stderr, "khabar: out of memory\n");
		exit(EXIT_NONE);
	}
	memcpy(to, p, n);
	to[n] = 0;
	return to;
}

/* ---- links that were seen -------------------------------------------------- */

static uint32_t hash(const char *p)
{
	uint32_t h = 2166136261u;
	for (; *p; p++)
		h = (h ^ (unsigned char)*p) * 16777619u;
	return h;
}

static uint32_t *slot_of(struct watch *w, const char *url)
{
	uint32_t h = hash(url) & (uint32_t)(w->n_slot - 1);
	while (w->slot[h] && strcmp(w->seen[w->slot[h] - 1].url, url) != 0)
		h = (h + 1) & (uint32_t)(w->n_slot - 1);
	return &w->slot[h];
}

static void make_room(struct watch *w)
{
	if (w->n_seen * 2 < w->n_slot)
		return;
	free(w->slot);
	w->n_slot = w->n_slot ? w->n_slot * 2 : 1024;
	w->slot = calloc(w->n_slot, sizeof *w->slot);
	w->cap_seen = w->n_slot;
	struct seen *seen = realloc(w->seen, w->cap_seen * sizeof *seen);
	if (!w->slot || !seen) {
		fprintf(stderr, "khabar: out of memory\n");
		exit(EXIT_NONE);
	}
	w->seen = seen;
	for (size_t i = 0; i < w->n_seen; i++)
		*slot_of(w, w->seen[i].url) = (uint32_t)i + 1;
}

/* What is known of a link; *is_new: nothing, until now. */
static struct seen *seen_of(struct watch *w, const char *url, bool *is_new)
{
	make_room(w);
	uint32_t *at = slot_of(w, url);
	*is_new = !*at;
	if (!*at) {
		w->seen[w->n_seen++] = (struct seen){copy(url, strlen(url)), 0, 0};
		*at = (uint32_t)w->n_seen;
	}
	return &w->seen[*at - 1];
}

/* ---- the state file ---------------------------------------------------------- */

static void replace(char **to, const char *p)
{
	char *new = copy(p, strlen(p));
	for (char *c = new; *c; c++)
		if (*c == '\t' || *c == '\n')
			*c = ' ';
	free(*to);
	*to = new;
}

static void read_state(struct watch *w)
{
	FILE *f = fopen(w->state, "r");
	char *line = NULL;
	size_t room = 0;
	while (f && getline(&line, &room, f) > 0) {
		char *part[7] = {0}, *p = line;
		bool is_new;
		line[strcspn(line, "\n")] = 0;
		for (int i = 0; i < 7 && p; i++)
			part[i] = strsep(&p, "\t");
		if (part[1] && strcmp(part[0], "seen") == 0) {
			struct seen *known = seen_of(w, part[1], &is_new);
			known->stamp = part[2] ? (uint32_t)strtoul(part[2], NULL, 16) : 0;
			known->tries = part[2] && part[3] ? atoi(part[3]) : 0;
		}
		for (int i = 0; part[5] && strcmp(part[0], "feed") == 0 && i < w->feeds; i++)
			if (strcmp(w->feed[i].url, part[1]) == 0) {
				w->feed[i].next = atol(part[2]);
				w->feed[i].fails = atoi(part[3]);
				replace(&w->feed[i].etag, part[4]);
				replace(&w->feed[i].modified, part[5]);
				replace(&w->feed[i].at, part[6] ? part[6] : "");
			}
	}
	free(line);
	if (f)
		fclose(f);
}

/* Written whole under another name, then put in place. */
static void write_state(struct watch *w)
{
	w->saved = main_clock();
	struct buf name = {0};
	buf_text(&name, w->state);
	buf_text(&name, ".new");
	buf_add(&name, "", 1);
	FILE *f = fopen(name.p, "w");
	bool good = f != NULL;
	for (int i = 0; f && i < w->feeds; i++)
		fprintf(f, "feed\t%s\t%ld\t%d\t%s\t%s\t%s\n", w->feed[i].url, w->feed[i].next,
			w->feed[i].fails, w->feed[i].etag, w->feed[i].modified, w->feed[i].at);
	for (size_t i = w->n_seen > SEEN ? w->n_seen - SEEN : 0; f && i < w->n_seen; i++)
		fprintf(f, "seen\t%s\t%x\t%d\n", w->seen[i].url, w->seen[i].stamp,
			w->seen[i].tries);
	good = f && fclose(f) == 0 && rename(name.p, w->state) == 0;
	if (!good) {
		fprintf(stderr, "khabar: %s: %s\n", w->state, strerror(errno));
		w->bad++;
	}
	buf_free(&name);
}

static bool read_feeds(struct watch *w, const char *path)
{
	FILE *f = fopen(path, "r");
	char *line = NULL;
	size_t room = 0;
	if (!f) {
		fprintf(stderr, "khabar: %s: %s\n", path, strerror(errno));
		return false;
	}
	while (getline(&line, &room, f) > 0) {
		line[strcspn(line, " \t\r\n")] = 0;
		if (!*line || *line == '#')
			continue;
		struct feed *all = realloc(w->feed, (size_t)(w->feeds + 1) * sizeof *all);
		if (!all)
			break;
		w->feed = all;
		w->feed[w->feeds++] = (struct feed){
			copy(line, strlen(line)), copy("", 0), copy("", 0), copy("", 0), 0, 0};
	}
	if (!w->feeds)
		fprintf(stderr, "khabar: %s: %s\n", path,
			ferror(f) ? strerror(errno) : "no address of a feed");
	free(line);
	fclose(f);
	return w->feeds > 0;
}

/* ---- stories ------------------------------------------------------------------- */

static bool store(struct watch *w, const khabar_doc *doc, uint32_t i, const char *url)
{
	struct buf json = {0};
	story_add(doc, i, &json);
	bool good = kh_store_begin(w->store) == 0;
	int r = good ? (int)kh_store_add(w->store, json.p, json.n, false) : 0;
	w->added += good && r == KH_ADD_NEW;
	w->known += good && (r == KH_ADD_KNOWN || r == KH_ADD_OTHER);
	if (good && r == KH_ADD_BAD) {
		complain(url, 0, kh_store_why(w->store));
		w->bad++;
	}
	good = good && kh_store_commit(w->store) == 0;
	if (!good) {
		fprintf(stderr, "khabar: %s: %s\n", w->path, kh_store_why(w->store));
		w->broken = true;
	}
	buf_free(&json);
	return good;
}

/* Is it an answer that may be another one soon? */
static bool for_now(const struct answer *a)
{
	return a->status == 0 || a->status == 408 || a->status == 429 || a->status >= 500;
}

static bool is_text(const struct answer *a)
{
	static const char *const kinds[] = {"html", "xml", "text/plain"};
	for (size_t i = 0; i < 3 && a->type.n; i++)
		if (strcasestr(a->type.p, kinds[i]))
			return !packed_no_text(a->body.p, a->body.n);
	return !a->type.n && !packed_no_text(a->body.p, a->body.n);
}

enum got { GOT, NONE, LATER };

/* The page behind a link. NONE: it cannot be had, or holds less than the feed itself. */
static enum got take_page(struct watch *w, const char *url, const khabar_story *told)
{
	struct answer a = {0};
	const khabar_doc *doc;
	khabar_error err;
	khabar_story story;
	enum got got = NONE;
	fetch_get(w->fetch, url, "", "", &a);
	if (a.status == 200 && a.body.n && is_text(&a)) {
		khabar_input in = {.bytes = {a.body.p, a.body.n}, .url = {url, strlen(url)}};
		in.charset = packed_charset((khabar_str){a.type.p, a.type.n});
		in.title = told->title;
		in.published = told->published;
		in.source = told->source;
		if (khabar_read(w->page_worker, &in, &doc, &err) == 0 && doc->n_stories == 1 &&
		    khabar_story_at(doc, 0, &story) == 0 && story.text.n > told->text.n &&
		    store(w, doc, 0, url))
			got = GOT;
	} else if (a.status == FETCH_ROBOTS) {
		complain(url, 0, "robots.txt forbids it; the feed's own text is taken");
	} else if (for_now(&a)) {
		got = LATER;
	}
	fetch_answer_free(&a);
	return got;
}

/* An entry that is new, or that the feed tells otherwise than before. */
static void take_entry(struct watch *w, const khabar_doc *doc, uint32_t i, const khabar_story *s)
{
	bool is_new;
	char *link = copy(s->url.n ? s->url.p : s->id.p, s->url.n ? s->url.n : s->id.n);
	char *title = copy(s->title.n ? s->title.p : "", s->title.n);
	char *day = copy(s->published.n ? s->published.p : "", s->published.n);
	uint32_t stamp = (hash(title) * 31 + hash(day)) | 1;
	struct seen *known = seen_of(w, link, &is_new);
	bool wanted = is_new || known->tries || (known->stamp && known->stamp != stamp);
	known->stamp = stamp;
	if (wanted) {
		enum got got = s->url.n ? take_page(w, link, s) : NONE;
		known->tries = got == LATER && known->tries + 1 < TRIES ? known->tries + 1 : 0;
		w->waiting += known->tries > 0;
		if (!known->tries && got != GOT && s->text.n && !w->broken)
			store(w, doc, i, link);
	}
	free(link);
	free(title);
	free(day);
}

/* ---- a page that names a feed ---------------------------------------------------- */

/* The value of an attribute in a tag, without its quotation marks. */
static khabar_str attribute(khabar_str tag, const char *name)
{
	size_t n = strlen(name);
	for (size_t i = 1; i + n + 1 < tag.n; i++) {
		if (!strchr(" \t\r\n", tag.p[i - 1]) || strncasecmp(tag.p + i, name, n) != 0 ||
		    tag.p[i + n] != '=')
			continue;
		khabar_str v = {tag.p + i + n + 1, tag.n - i - n - 1};
		bool quoted = *v.p == '"' || *v.p == '\'';
		const char *end = quoted ? memchr(v.p + 1, *v.p, v.n - 1) : NULL;
		if (quoted)
			return (khabar_str){v.p + 1, end ? (size_t)(end - v.p - 1) : v.n - 1};
		size_t k = 0;
		while (k < v.n && !strchr(" \t\r\n>", v.p[k]))
			k++;
		return (khabar_str){v.p, k};
	}
	return (khabar_str){NULL, 0};
}

/* <link rel=alternate type=application/rss+xml href=…>: the first of a page. */
static bool named_feed(const struct answer *a, struct buf *to)
{
	const char *p = a->body.p, *end = p + a->body.n;
	to->n = 0;
	for (; p && (p = memchr(p, '<', (size_t)(end - p))); p++) {
		if (end - p < 6 || strncasecmp(p, "<link", 5) != 0)
			continue;
		const char *close = memchr(p, '>', (size_t)(end - p));
		khabar_str tag = {p, (size_t)((close ? close : end) - p)};
		khabar_str type = attribute(tag, "type"), href = attribute(tag, "href");
		if (href.n && href.n < 2048 && packed_has(attribute(tag, "rel"), "alternate") &&
		    (packed_has(type, "rss+xml") || packed_has(type, "atom+xml") ||
		     packed_has(type, "feed+json")))
			fetch_join(a->url.p, href.p, href.n, to);
		if (to->n)
			return true;
	}
	return false;
}

static bool is_feed(khabar_str s)
{
	static const char *const roots[] = {"<rss",	 "<feed",   "<rdf:rdf",
					    "<channel",	 "<urlset", "<newsmessage",
					    "<newsitem", "<nitf",   "jsonfeed.org"};
	s.n = s.n < LOOK ? s.n : LOOK;
	for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
		if (packed_has(s, roots[i]))
			return true;
	return false;
}

/* False: this is no feed, and its address is not to be asked as one again so soon. */
static bool take_feed(struct watch *w, struct answer *a, struct feed *f)
{
	const khabar_doc *doc;
	khabar_error err;
	struct buf clear = {0};
	if (a->body.n > 2 && memcmp(a->body.p, "\x1f\x8b", 2) == 0) { /* sitemap.xml.gz */
		packed_inflate((khabar_str){a->body.p, a->body.n}, &clear);
		struct buf was = a->body;
		a->body = clear;
		clear = was;
	}
	buf_free(&clear);
	khabar_input in = {.bytes = {a->body.p, a->body.n},
			   .kind = KHABAR_KIND_FEED,
			   .url = {a->url.p, a->url.n}};
	in.charset = packed_charset((khabar_str){a->type.p, a->type.n});
	if (a->cut)
		complain(f->url, FETCH_MOST, "longer than 16 MiB: what comes before is read");
	if (khabar_read(w->worker, &in, &doc, &err) != 0) {
		complain(f->url, err.at, err.what);
		w->bad++;
		return true;
	}
	if (!doc->n_stories && !is_feed(in.bytes))
		return false;
	w->waiting = 0;
	for (uint32_t i = 0; i < doc->n_stories && !stop && !w->broken; i++) {
		khabar_story s;
		if (khabar_story_at(doc, i, &s) != 0)
			continue;
		if (s.url.n == in.url.n && memcmp(s.url.p, in.url.p, s.url.n) == 0)
			s.url.n = 0; /* an entry without a link: there is no page */
		take_entry(w, doc, i, &s);
	}
	if (w->waiting ||
	    stop) { /* asked for the whole feed again, with what was not taken from it */
		replace(&f->etag, "");
		replace(&f->modified, "");
	}
	return true;
}

/* Back off: twice as long after each failure, or as long as the server asks. */
static void failed(struct watch *w, struct feed *f, const struct answer *a, long every)
{
	char text[256];
	long wait = every;
	for (int i = 0; i < f->fails && wait < LONGEST; i++)
		wait *= 2;
	f->fails += f->fails < 30;
	wait = a->retry_after > wait ? a->retry_after : wait;
	wait = a->status == 410 ? LONGEST : wait;
	f->next = time(NULL) + (wait < LONGEST ? wait : LONGEST);
	if (a->status == FETCH_ROBOTS)
		snprintf(text, sizeof text, "robots.txt forbids it");
	else if (a->status == 410)
		snprintf(text, sizeof text,
			 "gone for good, as its server says: take it out of the list");
	else if (a->status > 0)
		snprintf(text, sizeof text, "the server says %ld; asked again in %ld seconds",
			 a->status, f->next - time(NULL));
	else
		snprintf(text, sizeof text, "%s; asked again in %ld seconds", a->why,
			 f->next - time(NULL));
	complain(f->url, 0, text);
	w->bad++;
}

/* From now on asked for there. */
static void go_to(struct feed *f, const char *url, const char *why)
{
	char text[2300];
	snprintf(text, sizeof text, "%s %s; asked there from now on", why, url);
	complain(f->url, 0, text);
	replace(&f->at, url);
	replace(&f->etag, "");
	replace(&f->modified, "");
}

/* The page that was given instead of a feed: the feed that it names is asked for, if it names one.
 */
static bool go_to_named(struct feed *f, const struct answer *a)
{
	struct buf named = {0};
	bool found = !*f->at && named_feed(a, &named);
	if (found) {
		go_to(f, named.p, "a page; its feed is");
		f->fails = 0;
		f->next = time(NULL);
	}
	buf_free(&named);
	return found;
}

static void one_feed(struct watch *w, struct feed *f)
{
	long every = w->s->every ? w->s->every : EVERY;
	struct answer a = {0};
	fetch_get(w->fetch, *f->at ? f->at : f->url, f->etag, f->modified, &a);
	w->asked++;
	if (a.status == 200 || a.status == 304) {
		f->fails = 0;
		f->next = time(NULL) + every;
		if (a.status == 200 && a.moved && strlen(a.url.p) < 2048)
			go_to(f, a.url.p, "moved for good to");
		if (a.status == 200) {
			replace(&f->etag, a.etag.n ? a.etag.p : "");
			replace(&f->modified, a.modified.n ? a.modified.p : "");
		}
		if (a.status == 200 && !take_feed(w, &a, f) && !go_to_named(f, &a)) {
			a.status = 0;
			snprintf(a.why, sizeof a.why, "no feed, and no page that names one");
			failed(w, f, &a, every);
		}
	} else {
		if (a.status == 404 || a.status == 410) /* perhaps it is where it was told to be */
			replace(&f->at, "");
		failed(w, f, &a, every);
	}
	fetch_answer_free(&a);
}

/* Every feed that is due; the time of the next. */
static long one_round(struct watch *w)
{
	long next = time(NULL) + LONGEST;
	for (int i = 0; i < w->feeds && !stop && !w->broken; i++) {
		if (w->feed[i].next <= time(NULL)) {
			struct feed *f = &w->feed[i];
			one_feed(w, f);
			if (*f->at && f->next <= time(NULL) && !f->fails && !stop)
				one_feed(w, f); /* which the page named */
			if (main_clock() - w->saved > SAVE)
				write_state(w);
		}
		next = w->feed[i].next < next ? w->feed[i].next : next;
	}
	write_state(w);
	return next;
}

static bool open_all(struct watch *w, khabar_model *model, const char *feeds)
{
	struct buf name = {0};
	buf_text(&name, w->path);
	buf_text(&name, ".watch");
	w->state = copy(name.p, name.n);
	buf_free(&name);
	if (!read_feeds(w, feeds))
		return false;
	if (kh_store_is_address(w->path)) {
		fprintf(stderr,
			"khabar watch: a file of SQLite is needed: what the feeds' servers said "
			"is kept beside it\n");
		return false;
	}
	if (kh_store_open(&w->store, w->path, KH_STORE_WRITE) != 0) {
		fprintf(stderr, "khabar: %s: %s\n", w->path, kh_store_why(w->store));
		return false;
	}
	read_state(w);
	w->fetch = fetch_new(w->s->pause ? w->s->pause : PAUSE);
	if (!w->fetch || khabar_worker_new(&w->worker, model, NULL) != 0 ||
	    khabar_worker_new(&w->page_worker, model, NULL) != 0) {
		fprintf(stderr, "khabar: out of memory\n");
		return false;
	}
	return true;
}

static void close_all(struct watch *w)
{
	khabar_worker_free(w->worker);
	khabar_worker_free(w->page_worker);
	fetch_free(w->fetch);
	kh_store_close(w->store);
	for (int i = 0; i < w->feeds; i++) {
		free(w->feed[i].url);
		free(w->feed[i].etag);
		free(w->feed[i].modified);
		free(w->feed[i].at);
	}
	for (size_t i = 0; i < w->n_seen; i++)
		free(w->seen[i].url);
	free(w->feed);
	free(w->seen);
	free(w->slot);
	free(w->state);
}

int main_watch(struct settings *s)
{
	struct watch w = {.s = s};
	if (s->files != 2) {
		fprintf(stderr, "khabar watch: a database and a file of feeds are needed (khabar "
				"help watch)\n");
		return EXIT_USAGE;
	}
	w.path = s->file[0];
	khabar_model *model = main_model_open();
	if (!model)
		return EXIT_NONE;
	signal(SIGINT, on_signal);
	signal(SIGTERM, on_signal);
	bool good = open_all(&w, model, s->file[1]);
	for (long next = 0; good && !stop && !w.broken;) {
		next = one_round(&w);
		if (s->once)
			break;
		while (!stop && time(NULL) < next)
			sleep(1);
	}
	if (good && s->summary)
		fprintf(stderr, "{\"asked\":%lu,\"stories\":%lu,\"known\":%lu,\"failed\":%lu}\n",
			w.asked, w.added, w.known, w.bad);
	close_all(&w);
	khabar_model_close(model);
	if (!good || w.broken)
		return EXIT_NONE;
	return w.bad ? EXIT_SOME : w.added || w.known ? EXIT_ALL : EXIT_NOTHING;
}
