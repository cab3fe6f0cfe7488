/* Rows of the formats of others, and the code tables they need. In: values by column name. Out: a
 * line. */
#include <stdarg.h>
#include <string.h>

#include "store/export.h"

/* The line of a table that begins with `key`; NULL. */
static const char *line_of(const char *table, const char *key)
{
	size_t n = strlen(key);
	for (const char *p = table; n && p && *p; p = strchr(p, '\n'), p = p ? p + 1 : NULL)
		if (strncmp(p, key, n) == 0 && p[n] == '\t')
			return p;
	return NULL;
}

const char *kh_table(const char *table, const char *key, unsigned column, char *to, size_t room)
{
	const char *p = key ? line_of(table, key) : NULL;
	to[0] = 0;
	for (; p && column; column--) {
		p += strcspn(p, "\t\n");
		p = *p == '\t' ? p + 1 : NULL;
	}
	if (p) {
		size_t n = strcspn(p, "\t\n");
		n = n < room ? n : room - 1;
		memcpy(to, p, n);
		to[n] = 0;
	}
	if (strcmp(to, "-") == 0)
		to[0] = 0;
	return to;
}

bool kh_row_begin(struct kh_row *r, const char *format, const char *missing)
{
	const char *p = line_of(kh_store_columns, format);
	memset(r, 0, sizeof *r);
	if (!p)
		return false;
	p += strlen(format) + 1;
	r->header = *p == '1';
	r->delimiter = p[2] == 't' ? '\t' : ',';
	r->missing = missing;
	for (p += 4; r->n < KH_ROW_COLUMNS;) {
		size_t n = strcspn(p, "\t\n");
		r->name[r->n] = p;
		r->length[r->n++] = n;
		p += n;
		if (*p != '\t')
			break;
		p++;
	}
	return true;
}

void kh_row_clear(struct kh_row *r)
{
	memset(r->value, 0, sizeof r->value);
	r->used = 0;
}

void kh_row_put(struct kh_row *r, const char *column, const char *value)
{
	size_t n = strlen(column), k = value ? strlen(value) : 0;
	unsigned i = 0;
	while (i < r->n && !(r->length[i] == n && memcmp(r->name[i], column, n) == 0))
		i++;
	if (i == r->n || !k)
		return;
	size_t room = KH_ROW_SPACE - r->used - 1;
	k = k < room ? k : room;
	while (k && (value[k] & 0xc0) == 0x80) /* never half a character */
		k--;
	char *to = r->space + r->used;
	for (size_t j = 0; j < k; j++)
		to[j] = (unsigned char)value[j] < 32 ? ' ' : value[j];
	to[k] = 0;
	r->value[i] = to;
	r->used += k + 1 < room ? k + 1 : room;
}

void kh_row_print(struct kh_row *r, const char *column, const char *format, ...)
{
	char line[2048];
	va_list a;
	va_start(a, format);
	vsnprintf(line, sizeof line, format, a);
	va_end(a);
	kh_row_put(r, column, line);
}

static void field(const struct kh_row *r, const char *z, FILE *to)
{
	if (r->delimiter == ',')
		kh_csv_field(to, z);
	else
		fputs(z, to);
}

void kh_row_write(struct kh_row *r, FILE *to)
{
	for (unsigned i = 0; i < r->n; i++) {
		if (i)
			fputc(r->delimiter, to);
		field(r, r->value[i] ? r->value[i] : r->missing, to);
	}
	fputc('\n', to);
}

void kh_row_header(struct kh_row *r, FILE *to)
{
	for (unsigned i = 0; r->header && i < r->n; i++) {
		if (i)
			fputc(r->delimiter, to);
		fprintf(to, "%.*s", (int)r->length[i], r->name[i]);
	}
	if (r->header)
		fputc('\n', to);
}

void kh_csv_field(FILE *to, const char *z)
{
	if (!z)
		return;
	if (!z[strcspn(z, ",\"\r\n\t")]) {
		fputs(z, to);
		return;
	}
	fputc('"', to);
	for (; *z; z++) {
		if (*z == '"')
			fputc('"', to);
		fputc(*z == '\n' || *z == '\r' || *z == '\t' ? ' ' : *z, to);
	}
	fputc('"', to);
}

void kh_day_text(int day, char to[11])
{
	int z = day + 719468, era = (z >= 0 ? z : z - 146096) / 146097, doe = z - era * 146097;
	int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
	int d = doy - (153 * mp + 2) / 5 + 1, m = mp < 10 ? mp + 3 : mp - 9,
	    y = yoe + era * 400 + (m <= 2);
	snprintf(to, 11, "%04u-%02u-%02u", (unsigned)y % 10000, (unsigned)m % 100,
		 (unsigned)d % 100);
}
