/* See address.h. In: two addresses. Out: one, in the arena or one of the two. */
#include "page/address.h"

#include "base/str.h"

/* Bytes of "http:" and the like; 0: none. */
static size_t scheme(kh_str s)
{
	size_t i = 0;
	while (i < s.n && (kh_is_alpha((unsigned char)s.p[i]) ||
			   (i && (kh_is_digit((unsigned char)s.p[i]) || strchr("+-.", s.p[i])))))
		i++;
	return i > 1 && i < s.n && s.p[i] == ':' ? i + 1 : 0;
}

static size_t until(kh_str s, size_t from, const char *stop)
{
	while (from < s.n && !strchr(stop, s.p[from]))
		from++;
	return from;
}

kh_str kh_address_host(kh_str url)
{
	size_t at = kh_str_find(url, KH_S("://"), 0);
	kh_str s = at == SIZE_MAX ? (kh_str){0} : kh_str_sub(url, at + 3, url.n);
	s = kh_str_sub(s, 0, until(s, 0, "/?#"));
	return kh_str_starts(s, "www.") ? kh_str_sub(s, 4, s.n) : s;
}

/* "a/./b/../c" from `path` on is "a/c"; the new length. */
static size_t without_dots(char *p, size_t path, size_t n)
{
	size_t end = until((kh_str){p, n}, path, "?#"), to = path;
	for (size_t i = path; i < end;) {
		size_t next = i + 1;
		while (next < end && p[next] != '/')
			next++;
		kh_str part = {p + i, next - i};
		bool last = next == end, up = kh_str_is(part, "/..");
		if (up || kh_str_is(part, "/.")) {
			while (up && to > path && p[--to] != '/')
				;
			if (last)
				p[to++] = '/';
		} else {
			memmove(p + to, p + i, part.n);
			to += part.n;
		}
		i = next;
	}
	memmove(p + to, p + end, n - end);
	return to + n - end;
}

kh_str kh_address_join(struct kh_arena *a, kh_str base, kh_str ref)
{
	size_t start = scheme(base);
	bool host = start && kh_str_starts(kh_str_sub(base, start, base.n), "//");
	if (!ref.n || scheme(ref) || !host)
		return ref;
	size_t path = until(base, start + 2, "/?#"), end = until(base, path, "?#"), keep;
	if (kh_str_starts(ref, "//"))
		keep = start;
	else if (ref.p[0] == '/')
		keep = path;
	else if (ref.p[0] == '?')
		keep = end;
	else if (ref.p[0] == '#')
		keep = until(base, path, "#");
	else
		for (keep = end; keep > path && base.p[keep - 1] != '/';)
			keep--;
	char *p = kh_arena_bytes(a, keep + ref.n + 2);
	size_t n = keep;
	memcpy(p, base.p, keep);
	if (keep == path && ref.p[0] != '/')
		p[n++] = '/';
	memcpy(p + n, ref.p, ref.n);
	n += ref.n;
	if (keep >= path)
		n = without_dots(p, path, n);
	return (kh_str){p, n};
}
