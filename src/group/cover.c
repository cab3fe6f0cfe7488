/* See cover.h. In: texts. Out: which words of one stand in another: runs of three words that both
 * hold, and the few words between two such runs, where a word was misread, put otherwise or left
 * out. Blocks of few words are chance. */
#include "group/cover.h"

#include "base/str.h"
#include "base/utf8.h"

enum {
	COMMON = 48, /* a run of more texts than this tells nothing */
	HOLE = 6,    /* words between two shared runs that count as shared */
	BLOCK = 6,   /* words that a shared block has at least */
	DENSE = 45,  /* percent of a block that stands in runs */
	LINE = 110,  /* bytes below which a line that ends no sentence does not count */
};

struct post {
	uint32_t hash, doc, at;
};

struct text {
	uint32_t n, cap, cap_counts, cap_quoted, cap_figure;
	uint32_t *hash; /* of each word */
};

/* Sorts by the key, least byte first: linear, and the same everywhere. */
static void sort_posts(struct post *p, struct post *room, uint32_t n)
{
	for (unsigned shift = 0; shift < 32; shift += 8) {
		uint32_t count[257] = {0};
		for (uint32_t i = 0; i < n; i++)
			count[(p[i].hash >> shift & 255) + 1]++;
		for (unsigned k = 0; k < 256; k++)
			count[k + 1] += count[k];
		for (uint32_t i = 0; i < n; i++)
			room[count[p[i].hash >> shift & 255]++] = p[i];
		memcpy(p, room, n * sizeof *p);
	}
}

/* Figures of a line as they are written: "6.3", "12:19", "1,200". */
static void read_figures(struct kh_arena *a, struct kh_print *p, struct text *t, kh_str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (!kh_is_digit((unsigned char)s.p[i]))
			continue;
		uint32_t h = 2166136261u;
		for (; i < s.n; i++) {
			bool inside = i + 1 < s.n && kh_is_digit((unsigned char)s.p[i + 1]) &&
				      (s.p[i] == '.' || s.p[i] == ',' || s.p[i] == ':');
			if (!kh_is_digit((unsigned char)s.p[i]) && !inside)
				break;
			h = (h ^ (unsigned char)s.p[i]) * 16777619u;
		}
		*KH_PUSH(a, p->figure, p->n_figure, t->cap_figure) = h;
	}
}

/* Next word of a line: letters and digits. False at its end. */
static bool next_word(kh_str s, size_t *at, uint32_t *hash)
{
	size_t i = *at;
	bool any = false;
	*hash = 2166136261u;
	while (i < s.n) {
		unsigned len;
		uint32_t c = kh_utf8_at(s, i, &len);
		bool digit = c < 128 && kh_is_digit((unsigned char)c);
		if (digit || kh_utf8_is_letter(c)) {
			any = true;
			*hash = (*hash ^ kh_utf8_lower(c)) * 16777619u;
		} else if (any) {
			break;
		}
		i += len;
	}
	*at = i;
	return any;
}

/* "Share this article", "Read more: ...": a short line that ends no sentence. */
static bool line_counts(kh_str line)
{
	line = kh_str_trim(line);
	if (line.n >= LINE)
		return true;
	for (unsigned k = 0; k < 2 && line.n; k++) {
		char c = line.p[line.n - 1];
		if (c == '.' || c == '!' || c == '?')
			return true;
		if (c == '"' || c == '\'' || c == ')')
			line.n--;
		else if (kh_str_ends(line, "\xE2\x80\x9D"))
			line.n -= 3;
	}
	return false;
}

/* Is what follows these bytes between quotation marks? */
static bool in_quotes(kh_str s, bool inside)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			inside = !inside;
		else if (kh_str_starts(kh_str_sub(s, i, s.n), "\xE2\x80\x9C"))
			inside = true;
		else if (kh_str_starts(kh_str_sub(s, i, s.n), "\xE2\x80\x9D"))
			inside = false;
	}
	return inside;
}

static void read_line(struct kh_arena *a, struct kh_print *p, struct text *t, kh_str line)
{
	bool counts = line_counts(line), inside = false;
	uint32_t hash;
	read_figures(a, p, t, line);
	for (size_t at = 0, from = 0; next_word(line, &at, &hash); from = at) {
		uint32_t n = t->n;
		inside = in_quotes(kh_str_sub(line, from, at), inside);
		p->quoted = kh_arena_more(a, p->quoted, n, &t->cap_quoted, sizeof *p->quoted);
		p->quoted[n] = inside;
		p->counts = kh_arena_more(a, p->counts, n, &t->cap_counts, sizeof *p->counts);
		p->counts[n] = counts;
		p->counted += counts;
		*KH_PUSH(a, t->hash, t->n, t->cap) = hash;
	}
}

static uint32_t distinct(struct kh_arena *a, uint32_t *v, uint32_t n)
{
	struct post *p = KH_TAKE(a, n + 1, struct post), *room = KH_TAKE(a, n + 1, struct post);
	uint32_t m = 0;
	for (uint32_t i = 0; i < n; i++)
		p[i].hash = v[i];
	sort_posts(p, room, n);
	for (uint32_t i = 0; i < n; i++)
		if (!m || v[m - 1] != p[i].hash)
			v[m++] = p[i].hash;
	return m;
}

/* The words of a text; `run` holds hashes of runs until they get their numbers. */
static void read_text(struct kh_arena *a, struct kh_print *p, kh_str s)
{
	struct text t = {0};
	for (size_t at = 0; at < s.n;) {
		size_t end = at;
		while (end < s.n && s.p[end] != '\n')
			end++;
		read_line(a, p, &t, kh_str_sub(s, at, end));
		at = end + 1;
	}
	p->words = t.n;
	if (p->counted * 2 < t.n) { /* no sentences here: all of it counts */
		p->counted = t.n;
		for (uint32_t i = 0; i < t.n; i++)
			p->counts[i] = true;
	}
	p->run = KH_TAKE(a, t.n + 1, uint32_t);
	for (uint32_t i = 0; i + KH_RUN <= t.n; i++)
		p->run[i] =
			((t.hash[i] * 2654435761u ^ t.hash[i + 1]) * 2246822519u ^ t.hash[i + 2]) *
			3266489917u;
	p->n_figure = distinct(a, p->figure, p->n_figure);
}

struct kh_print *kh_cover_read(struct kh_arena *a, const kh_str *text, uint32_t n, uint32_t *runs)
{
	struct kh_print *p = KH_TAKE(a, n + 1, struct kh_print);
	uint32_t total = 0, m = 0, k = 0;
	for (uint32_t i = 0; i < n; i++) {
		read_text(a, &p[i], text[i]);
		total += p[i].words;
	}
	struct post *post = KH_TAKE(a, total + 1, struct post),
		    *room = KH_TAKE(a, total + 1, struct post);
	for (uint32_t i = 0; i < n; i++)
		for (uint32_t w = 0; w + KH_RUN <= p[i].words; w++)
			post[m++] = (struct post){p[i].run[w], i, w};
	sort_posts(post, room, m);
	for (uint32_t i = 0, end; i < m; i = end) {
		uint32_t docs = 1;
		for (end = i + 1; end < m && post[end].hash == post[i].hash; end++)
			docs += post[end].doc != post[end - 1].doc;
		for (uint32_t q = i; q < end; q++)
			p[post[q].doc].run[post[q].at] = docs > COMMON ? KH_NONE : k;
		k++;
	}
	for (uint32_t i = 0; i < n; i++)
		for (uint32_t w = p[i].words < KH_RUN ? 0 : p[i].words - KH_RUN + 1; w < p[i].words;
		     w++)
			p[i].run[w] = KH_NONE;
	*runs = k;
	return p;
}

/* Do runs at `from` and `at` of one text stand as far apart in the other? */
static bool in_step(const struct kh_print *p, const struct kh_place *where, uint32_t from,
		    uint32_t at)
{
	int64_t here = (int64_t)at - from;
	int64_t there = (int64_t)where[p->run[at]].at - where[p->run[from]].at;
	int64_t d = here - there;
	return d >= -HOLE && d <= HOLE;
}

static void close_block(struct kh_cover *c, const struct kh_print *p, uint32_t begin, uint32_t end,
			uint32_t raw)
{
	if (end - begin < BLOCK || raw * 100 < (end - begin) * DENSE)
		return;
	for (uint32_t k = begin; k < end; k++) {
		c->mask[k / 64] |= 1ull << (k % 64);
		c->words += p->counts[k];
	}
}

struct kh_cover kh_cover_of(struct kh_arena *a, const struct kh_print *p,
			    const struct kh_place *where, uint32_t mark)
{
	struct kh_cover c = {.mask = KH_TAKE(a, p->words / 64 + 1, uint64_t)};
	uint32_t begin = 0, end = 0, raw = 0, last = 0; /* of the block in hand */
	for (uint32_t i = 0; i < p->words; i++) {
		if (p->run[i] == KH_NONE || where[p->run[i]].mark != mark)
			continue;
		if (end && i <= end + HOLE && in_step(p, where, last, i)) {
			raw += i + KH_RUN - (i > end ? i : end);
		} else {
			if (end)
				close_block(&c, p, begin, end, raw);
			begin = end && i < end ? end : i;
			raw = i + KH_RUN - begin;
		}
		end = i + KH_RUN;
		last = i;
	}
	if (end)
		close_block(&c, p, begin, end, raw);
	return c;
}

uint32_t kh_cover_both(const struct kh_cover *a, const struct kh_cover *b, const struct kh_print *p)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < p->words / 64 + 1; i++)
		for (uint64_t x = a->mask[i] & b->mask[i]; x; x &= x - 1)
			n += p->counts[i * 64 + (uint32_t)__builtin_ctzll(x)];
	return n;
}
