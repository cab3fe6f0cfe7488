/* See import.h. In: foreign files. Out: their rows without comments; codes of actors as ours; the
 * files written at the end, all or none. */
#include "import.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/str.h"
#include "base/utf8.h"
#include "doc/codes.h"

void import_fail(struct import *m, const char *at, const char *what)
{
	if (m->lenient)
		m->told++;
	else
		m->errors++;
	fprintf(stderr, "%s:%u:%u: %s\n", m->file, m->line, (unsigned)(at - m->row_begin) + 1,
		what);
}

void import_put(struct pack_buf *to, kh_str s)
{
	pack_put(to, s.p, s.n);
}

/* Takes <!-- --> off, which may go on over rows; false when nothing of the row is left. */
static bool open_comment(struct import *m)
{
	if (m->comment) {
		size_t end = kh_str_find(m->row, KH_S("-->"), 0);
		if (end == SIZE_MAX)
			return false;
		m->comment = false;
		m->row = kh_str_sub(m->row, end + 3, m->row.n);
	}
	size_t begin = kh_str_find(m->row, KH_S("<!--"), 0);
	if (begin == SIZE_MAX)
		return true;
	size_t end = kh_str_find(m->row, KH_S("-->"), begin);
	m->comment = end == SIZE_MAX;
	m->row = kh_str_sub(m->row, 0, begin);
	return true;
}

/* Where the comment begins: # or ; outside of brackets. */
static size_t comment(kh_str r)
{
	for (size_t i = 0; i < r.n; i++) {
		const char *shut = r.p[i] == '[' ? memchr(r.p + i, ']', r.n - i) : NULL;
		if (shut && (size_t)(shut - r.p) - i < 40)
			i = (size_t)(shut - r.p);
		else if (r.p[i] == '#' || r.p[i] == ';' || r.p[i] == '\r')
			return i;
	}
	return r.n;
}

bool import_row(struct import *m)
{
	while (kh_str_line(m->text, &m->at, &m->row)) {
		m->row_begin = m->row.p;
		m->line++;
		if (!open_comment(m))
			continue;
		m->row.n = comment(m->row);
		size_t bad = kh_utf8_check(m->row);
		if (bad < m->row.n) {
			import_fail(m, m->row.p + bad, "UTF-8 was expected");
			continue;
		}
		while (m->row.n && kh_is_space((unsigned char)m->row.p[m->row.n - 1]))
			m->row.n--;
		if (kh_str_trim(m->row).n)
			return true;
	}
	return false;
}

kh_str import_words(kh_str s, bool title, char *to, size_t room)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n && n + 1 < room; i++) {
		char c = s.p[i] == '_' ? ' ' : kh_lower(s.p[i]);
		bool begins = n == 0 || to[n - 1] == ' ' || to[n - 1] == '-' || to[n - 1] == '.';
		if (c == '|' || c == '=' || c == '\t' || c == '~')
			continue;
		if (c == ' ' && (n == 0 || to[n - 1] == ' '))
			continue;
		to[n++] = title && begins && kh_is_lower((unsigned char)c) ? (char)(c - 32) : c;
	}
	while (n && to[n - 1] == ' ')
		n--;
	return (kh_str){to, n};
}

/* What the other schemes call otherwise; see sectors.csv of the record. */
static unsigned sector_of(kh_str c)
{
	static const char *const alias[][2] = {
		{"INS", "REB"}, {"SEP", "REB"}, {"RAD", "REB"}, {"MED", "JRN"}, {"HLH", "MED"},
		{"MBR", "UNK"}, {"CIV", "CVL"}, {"MOP", "OPP"}, {"DEV", "SOC"}, {"ENV", "SOC"},
		{"HRI", "SOC"}, {"NGM", "SOC"}, {"BAR", "JUD"}, {"PRL", "LEG"}, {"UIS", "UNK"}};
	for (size_t i = 0; i < KH_COUNT(alias); i++)
		if (kh_str_is(c, alias[i][0]))
			c = kh_str_of(alias[i][1]);
	return kh_code_find(KH_LIST_SECTOR, c);
}

kh_str import_code(kh_str code, bool agent, char *to, size_t room)
{
	size_t n = 0;
	unsigned sectors = 0;
	if (!agent && kh_str_starts(code, "IGOUNO")) /* its own code here */
		code = kh_str_sub(code, 3, code.n);
	for (size_t i = 0; i + 3 <= code.n && n + 8 < room; i += 3) {
		char c[4] = {0};
		bool upper = true;
		for (unsigned k = 0; k < 3; k++) {
			char x = code.p[i + k];
			c[k] = kh_is_lower((unsigned char)x) ? (char)(x - 32) : x;
			upper &= kh_is_upper((unsigned char)c[k]);
		}
		unsigned sector = sector_of((kh_str){c, 3});
		if (!upper)
			break;
		bool country = !agent && i == 0 && !sector;
		if (!country && (!sector || sectors == 4))
			continue;
		sectors += !country;
		n += (size_t)snprintf(to + n, room - n, "%s%s", n ? " " : "",
				      country ? c : kh_code_name(KH_LIST_SECTOR, sector));
	}
	if (!n)
		n = (size_t)snprintf(to, room, "-");
	return (kh_str){to, n};
}

static enum import_kind guess(const char *path)
{
	static const struct {
		const char *word;
		enum import_kind kind;
	} by[] = {{"agent", IMPORT_AGENTS},
		  {"discard", IMPORT_DISCARDS},
		  {"actor", IMPORT_ACTORS},
		  {"verb", IMPORT_VERBS},
		  {"cameo.2", IMPORT_VERBS}};
	char low[256];
	const char *slash = strrchr(path, '/');
	snprintf(low, sizeof low, "%s", slash ? slash + 1 : path);
	for (char *p = low; *p; p++)
		*p = kh_lower(*p);
	for (size_t i = 0; i < KH_COUNT(by); i++)
		if (strstr(low, by[i].word))
			return by[i].kind;
	return IMPORT_GUESS;
}

static struct pack_buf *new_out(struct import *m, const char *path, enum import_kind kind)
{
	static const char *const where[][2] = {{"", ""},
					       {"actors", ".txt"},
					       {"actors", ".txt"},
					       {"events", ".patterns"},
					       {"actors", ".txt"}};
	struct import_out *o = &m->out[m->n_out++];
	char stem[200];
	const char *slash = strrchr(path, '/');
	snprintf(stem, sizeof stem, "%s", slash ? slash + 1 : path);
	if (kh_str_ends(kh_str_of(stem), ".txt"))
		stem[strlen(stem) - 4] = 0;
	for (char *p = stem; *p; p++)
		*p = *p == ' ' ? '-' : kh_lower(*p);
	snprintf(o->name, sizeof o->name, "%s/%s%s", where[kind][0], stem, where[kind][1]);
	return &o->text;
}

int import_codes(struct import *m, const char *path)
{
	struct pack p = {.data = path[0] == '/' ? "" : "."};
	m->codes = pack_read(&p, path[0] == '/' ? path + 1 : path);
	return p.errors ? 1 : 0;
}

void import_file(struct import *m, const char *path, enum import_kind kind)
{
	struct pack p = {.data = "."};
	m->file = path;
	m->at = m->line = 0;
	m->comment = false;
	m->row_begin = m->row.p = "";
	if (kind == IMPORT_GUESS)
		kind = guess(path);
	if (kind == IMPORT_GUESS || m->n_out == KH_COUNT(m->out)) {
		fprintf(stderr,
			"%s: actors, agents, verbs or discards was expected in its name, "
			"or --kind\n",
			path);
		m->errors++;
		return;
	}
	p.data = path[0] == '/' ? "" : ".";
	m->text = pack_read(&p, path[0] == '/' ? path + 1 : path);
	m->errors += p.errors;
	if (p.errors)
		return;
	struct pack_buf *to = new_out(m, path, kind);
	switch (kind) {
	case IMPORT_ACTORS:
		import_actors(m, to);
		break;
	case IMPORT_AGENTS:
		import_agents(m, to);
		break;
	case IMPORT_DISCARDS:
		import_discards(m, to);
		break;
	default:
		import_verbs(m, to);
	}
	if (m->comment)
		import_fail(m, m->row_begin, "--> was expected");
}

static int write_one(const struct import *m, const struct import_out *o)
{
	char path[4352];
	for (unsigned level = 0; level < 2; level++) {
		const char *slash = strchr(o->name, '/');
		snprintf(path, sizeof path, "%s/%.*s", m->folder,
			 level ? (int)(slash - o->name) : 0, o->name);
		if (mkdir(path, 0777) != 0 && errno != EEXIST) {
			fprintf(stderr, "%s: %s\n", path, strerror(errno));
			return 1;
		}
	}
	snprintf(path, sizeof path, "%s/%s", m->folder, o->name);
	FILE *f = fopen(path, "wb");
	bool good = f && fwrite(o->text.p, 1, o->text.n, f) == o->text.n;
	if (f && fclose(f) != 0)
		good = false;
	if (!good)
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
	return good ? 0 : 1;
}

int import_write(struct import *m)
{
	int bad = 0;
	for (unsigned i = 0; i < m->n_out && !m->errors; i++)
		bad |= write_one(m, &m->out[i]);
	return m->errors ? 1 : bad;
}
