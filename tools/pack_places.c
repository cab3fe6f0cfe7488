/* data/places into section "places": countries, provinces (corrected by states), districts,
 * regions, towns. Their heads say what the columns are. A row that cannot be read is a mistake with
 * file and line. */
#include <stdlib.h>

#include "base/str.h"
#include "model/gazetteer.h"
#include "pack.h"

struct making {
	struct pack *p;
	const char *file;
	unsigned line;
	struct pack_buf places, bytes, keys;
	uint32_t n_places, n_keys;
	char iso3_of[26 * 26][4]; /* by ISO2 */
	char at[16];		  /* @COUNTRY.PROVINCE of towns.tsv */
};

static long number(struct making *m, kh_str s)
{
	char b[24] = {0}, *end;
	memcpy(b, s.p, s.n < 23 ? s.n : 23);
	long v = strtol(b, &end, 10);
	if (!s.n || *end)
		pack_error(m->p, m->file, m->line, 1, "a number was expected, found \"%.*s\"",
			   (int)s.n, s.p);
	return v;
}

static char *iso3(struct making *m, const char *cc)
{
	static char none[4];
	if (!kh_is_upper((unsigned char)cc[0]) || !kh_is_upper((unsigned char)cc[1]))
		return none;
	return m->iso3_of[(cc[0] - 'A') * 26 + cc[1] - 'A'];
}

static void names(struct making *m, kh_str list, uint32_t flag)
{
	while (list.n) {
		const char *bar = memchr(list.p, '|', list.n);
		size_t n = bar ? (size_t)(bar - list.p) : list.n;
		kh_str name = kh_str_trim(kh_str_sub(list, 0, n));
		struct kh_gaz_key k = {kh_gaz_hash(name), (m->n_places - 1) | flag};
		if (name.n)
			pack_put(&m->keys, &k, sizeof k), m->n_keys++;
		list = kh_str_sub(list, bar ? n + 1 : n, list.n);
	}
}

static void place(struct making *m, kh_str list, struct kh_gaz_place p, const char *cc,
		  const char *admin)
{
	const char *bar = memchr(list.p, '|', list.n);
	kh_str name = kh_str_sub(list, 0, bar ? (size_t)(bar - list.p) : list.n);
	p.name = (uint32_t)pack_put(&m->bytes, name.p, name.n);
	p.n_name = (uint16_t)name.n;
	memcpy(p.cc, cc, 2);
	memcpy(p.iso3, iso3(m, cc), 4);
	for (size_t i = 0; i < 3 && admin[i] && admin[i] != '.'; i++)
		p.admin[i] = admin[i];
	pack_put(&m->places, &p, sizeof p);
	m->n_places++;
	names(m, list, 0);
}

static void code_of(kh_str code, char cc[3], char admin[12])
{
	memset(cc, 0, 3);
	memset(admin, 0, 12);
	memcpy(cc, code.p, code.n < 2 ? code.n : 2);
	for (size_t i = 3; i < code.n && i < 14; i++)
		admin[i - 3] = code.p[i];
}

static void country(struct making *m, kh_str r)
{
	struct kh_gaz_place p = {.id = (uint32_t)number(m, pack_column(r, 2)),
				 .lat = (int32_t)number(m, pack_column(r, 3)),
				 .lon = (int32_t)number(m, pack_column(r, 4)),
				 .population = 50000000,
				 .fcode = "PCLI"};
	char cc[3], admin[12];
	code_of(pack_column(r, 0), cc, admin);
	memcpy(iso3(m, cc), pack_column(r, 1).p, 3);
	place(m, pack_column(r, 5), p, cc, "");
	names(m, pack_column(r, 6), KH_GAZ_ADJECTIVE);
}

static void division(struct making *m, kh_str r, const char *fcode, bool state)
{
	int scale = state ? 1 : 10;
	char cc[3], admin[12];
	code_of(pack_column(r, 0), cc, admin);
	struct kh_gaz_place p = {.id = state ? (uint32_t)number(m, pack_column(r, 1)) : 0,
				 .lat = (int32_t)number(m, pack_column(r, state ? 2 : 1)) * scale,
				 .lon = (int32_t)number(m, pack_column(r, state ? 3 : 2)) * scale,
				 .population = state ? 4000000 : (uint32_t)number(m, pack_column(r, 3))};
	memcpy(p.fcode, fcode, 4);
	place(m, pack_column(r, 4), p, cc, admin);
	if (state) {
		names(m, pack_column(r, 5), 0);
		names(m, pack_column(r, 6), KH_GAZ_ADJECTIVE);
	}
}

static void region(struct making *m, kh_str r)
{
	struct kh_gaz_place p = {.id = (uint32_t)number(m, pack_column(r, 1)),
				 .lat = (int32_t)number(m, pack_column(r, 2)),
				 .lon = (int32_t)number(m, pack_column(r, 3)),
				 .population = 1500000};
	kh_str class = pack_column(r, 0), cc = pack_column(r, 4);
	char code[3] = {0};
	memcpy(p.fcode, class.p, class.n < 5 ? class.n : 5);
	memcpy(code, cc.p, cc.n < 2 ? cc.n : 2);
	place(m, pack_column(r, 5), p, code, "");
	names(m, pack_column(r, 6), KH_GAZ_ADJECTIVE);
}

static void town(struct making *m, kh_str r)
{
	if (r.p[0] == '@') {
		memset(m->at, 0, sizeof m->at);
		memcpy(m->at, r.p + 1, r.n - 1 < 15 ? r.n - 1 : 15);
		return;
	}
	kh_str class = pack_column(r, 4);
	struct kh_gaz_place p = {.id = (uint32_t)number(m, pack_column(r, 0)),
				 .lat = (int32_t)number(m, pack_column(r, 1)) * 10,
				 .lon = (int32_t)number(m, pack_column(r, 2)) * 10,
				 .population = (uint32_t)number(m, pack_column(r, 3))};
	memcpy(p.fcode,
	       class.n && class.p[0] == 'C'   ? "PPLC"
	       : class.n && class.p[0] == '1' ? "PPLA"
					      : "PPL\0",
	       4);
	place(m, pack_column(r, 5), p, m->at, m->at[0] && m->at[2] == '.' ? m->at + 3 : "");
}

/* Another name of the largest town so named. */
static void alias(struct making *m, kh_str r)
{
	uint32_t hash = kh_gaz_hash(pack_column(r, 2)), best = UINT32_MAX;
	kh_str cc = pack_column(r, 1);
	struct kh_gaz_place *list = (void *)m->places.p;
	const struct kh_gaz_key *key = (const void *)m->keys.p;
	for (uint32_t i = 0; i < m->n_keys; i++) {
		uint32_t k = key[i].place & ~KH_GAZ_ADJECTIVE;
		bool town = memcmp(list[k].fcode, "PPL", 3) == 0;
		if (town && key[i].hash == hash && cc.n == 2 && memcmp(list[k].cc, cc.p, 2) == 0 &&
		    (best == UINT32_MAX || list[k].population > list[best].population))
			best = k;
	}
	if (best == UINT32_MAX)
		return;
	kh_str name = pack_column(r, 0);
	if (kh_str_is(pack_column(r, 3), "shown")) {
		list[best].name = (uint32_t)pack_put(&m->bytes, name.p, name.n);
		list[best].n_name = (uint16_t)name.n;
	}
	struct kh_gaz_key k = {kh_gaz_hash(name), best};
	if (k.hash == hash)
		return;
	pack_put(&m->keys, &k, sizeof k);
	m->n_keys++;
}

static void rows(struct making *m, const char *path)
{
	kh_str text = pack_read(m->p, path);
	m->file = path;
	m->line = 0;
	if (text.p)
		pack_source(m->p, path, text, "CC BY 4.0 (GeoNames) and Apache-2.0");
	kh_str r;
	for (size_t at = 0; kh_str_line(text, &at, &r);) {
		m->line++;
		if (!r.n || r.p[0] == '#')
			continue;
		if (strstr(path, "countries"))
			country(m, r);
		else if (strstr(path, "states"))
			division(m, r, "ADM1", true);
		else if (strstr(path, "provinces"))
			division(m, r, "ADM1", false);
		else if (strstr(path, "districts"))
			division(m, r, "ADM2", false);
		else if (strstr(path, "regions"))
			region(m, r);
		else if (strstr(path, "aliases"))
			alias(m, r);
		else
			town(m, r);
	}
}

static int by_hash(const void *a, const void *b)
{
	const struct kh_gaz_key *x = a, *y = b;
	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return (x->place > y->place) - (x->place < y->place);
}

void pack_places(struct pack *p)
{
	static const char *const file[] = {"countries", "states", "provinces", "districts",
					   "regions",	"towns",  "aliases"};
	struct making *m = pack_alloc(sizeof *m);
	struct pack_buf all = {0};
	m->p = p;
	for (size_t i = 0; i < KH_COUNT(file); i++) {
		char path[64];
		snprintf(path, sizeof path, "places/%s.tsv", file[i]);
		rows(m, path);
	}
	qsort(m->keys.p, m->n_keys, sizeof(struct kh_gaz_key), by_hash);
	struct kh_gaz_head h = {m->n_places, m->n_keys, (uint32_t)m->bytes.n, 0};
	pack_put(&all, &h, sizeof h);
	pack_put(&all, m->places.p, m->places.n);
	pack_put(&all, m->keys.p, m->keys.n);
	pack_put(&all, m->bytes.p, m->bytes.n);
	pack_section(p, "places", &all);
}
