/* Reports as a table for reading. In: reports as JSON, a line each. Out: columns that fit a
 * terminal. */
#include <json-c/json.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "main.h"
#include "store/js.h"

typedef struct json_object js;

/* At most `width` characters, the rest blank; line breaks as blanks. */
void print_columns(FILE *to, const char *z, int width)
{
	int used = 0;
	for (; z && *z && used < width; z++) {
		bool more = (unsigned char)(z[1] & 0xc0) == 0x80;
		if ((unsigned char)(*z & 0xc0) == 0x80)
			continue;
		used++;
		if (used == width && z[1] && !(more && !z[2])) {
			const char *rest = z + 1;
			while ((unsigned char)(*rest & 0xc0) == 0x80)
				rest++;
			if (*rest) {
				fputs("…", to);
				break;
			}
		}
		unsigned char c = (unsigned char)*z;
		fputc(c < 32 || c == 127 ? ' ' : c, to);
		for (const char *p = z + 1; (unsigned char)(*p & 0xc0) == 0x80; p++)
			fputc(*p, to);
	}
	for (; used < width; used++)
		fputc(' ', to);
}

static void names(struct buf *b, js *array, bool voice)
{
	size_t n = array && json_object_is_type(array, json_type_array)
			   ? json_object_array_length(array)
			   : 0;
	b->n = 0;
	for (size_t i = 0; i < n; i++) {
		js *a = json_object_array_get_idx(array, i);
		a = voice ? kh_get(a, "speaker") : a;
		const char *z = kh_string(kh_get(a, "name")) ? kh_string(kh_get(a, "name"))
							     : kh_string(kh_get(a, "text"));
		if (z && b->n)
			buf_text(b, ", ");
		if (z)
			buf_text(b, z);
	}
	buf_add(b, "", 1);
}

static void counts(struct buf *b, js *array)
{
	size_t n = array && json_object_is_type(array, json_type_array)
			   ? json_object_array_length(array)
			   : 0;
	b->n = 0;
	for (size_t i = 0; i < n; i++) {
		js *c = json_object_array_get_idx(array, i);
		char one[96];
		snprintf(one, sizeof one, "%s%s %s", b->n ? ", " : "",
			 kh_string(kh_get(c, "text")) ? kh_string(kh_get(c, "text")) : "?",
			 kh_string(kh_get(c, "kind")) ? kh_string(kh_get(c, "kind")) : "");
		buf_text(b, one);
	}
	buf_add(b, "", 1);
}

static int terminal_width(void)
{
	struct winsize w;
	return isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_col > 80
		       ? w.ws_col
		       : 132;
}

static void row(FILE *to, js *r, int wide)
{
	struct buf b = {0};
	js *time = kh_get(r, "time"), *place = kh_get(r, "place");
	print_columns(to, kh_string(kh_get(time, "begin")), 11);
	print_columns(to, kh_string(kh_get(r, "event")), 10);
	print_columns(to, kh_string(kh_get(kh_get(r, "trigger"), "text")), 14);
	names(&b, kh_get(r, "actors"), false);
	print_columns(to, b.p, wide);
	fputc(' ', to);
	names(&b, kh_get(r, "recipients"), false);
	print_columns(to, b.p, wide);
	fputc(' ', to);
	counts(&b, kh_get(r, "counts"));
	print_columns(to, b.p, 16);
	fputc(' ', to);
	print_columns(to,
		      kh_string(kh_get(place, "name")) ? kh_string(kh_get(place, "name"))
						       : kh_string(kh_get(place, "text")),
		      13);
	fputc(' ', to);
	print_columns(to, kh_string(kh_get(r, "certainty")), 11);
	names(&b, kh_get(r, "said_by"), true);
	fprintf(to, "%s\n", b.p);
	buf_free(&b);
}

void table_reports(FILE *to, const char *lines, size_t n, bool *begun)
{
	static const char *const head[] = {"day",    "event", "words",	   "actors", "recipients",
					   "counts", "place", "certainty", "said by"};
	int wide = (terminal_width() - 95) / 2;
	wide = wide < 16 ? 16 : wide > 40 ? 40 : wide;
	const int width[] = {11, 10, 14, wide + 1, wide + 1, 17, 14, 11, 0};
	for (size_t i = 0; !*begun && n && i < 9; i++)
		if (width[i])
			print_columns(to, head[i], width[i]);
		else
			fprintf(to, "%s\n", head[i]);
	*begun = *begun || n;
	struct json_tokener *t = json_tokener_new();
	for (const char *p = lines, *end = lines + n; p < end;) {
		const char *nl = memchr(p, '\n', (size_t)(end - p));
		size_t k = nl ? (size_t)(nl - p) : (size_t)(end - p);
		json_tokener_reset(t);
		js *o = json_tokener_parse_ex(t, p, (int)k);
		if (o)
			row(to, o, wide);
		json_object_put(o);
		p += k + 1;
	}
	json_tokener_free(t);
}
