/* For tests only, by LD_PRELOAD: a story with the word POISON kills whoever reads it. */
#include <dlfcn.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>

struct json_object;
struct json_tokener;
struct json_object *json_tokener_parse_ex(struct json_tokener *t, const char *p, int n);

__attribute__((visibility("default"))) struct json_object *json_tokener_parse_ex(struct json_tokener *t,
										  const char *p, int n)
{
	struct json_object *(*real)(struct json_tokener *, const char *, int);
	void *at = dlsym(RTLD_NEXT, "json_tokener_parse_ex");
	memcpy(&real, &at, sizeof at);
	if (n > 0 && memmem(p, (size_t)n, "POISON", 6))
		raise(SIGKILL);
	return real(t, p, n);
}
