/* A store of either engine: opening and closing, transactions, why something failed. In: a path, or
 * the address of a PostgreSQL database. Out: a database with the schema of this version. */
#include <stdlib.h>
#include <string.h>

#include "store/own.h"

int kh_store_fail(struct kh_store *s, const char *what)
{
	s->data = false;
	snprintf(s->why, sizeof s->why, "%s", what);
	return -1;
}

bool kh_store_is_address(const char *where)
{
	return strncmp(where, "postgresql://", 13) == 0 || strncmp(where, "postgres://", 11) == 0;
}

int kh_store_open(struct kh_store **out, const char *where, enum kh_store_mode mode)
{
	struct kh_store *s = calloc(1, sizeof *s);
	*out = s;
	if (!s)
		return -1;
	s->engine = &kh_lite_engine;
	if (kh_store_is_address(where)) {
		snprintf(s->name, sizeof s->name, "postgresql");
#ifdef KH_PG
		s->engine = &kh_postgres_engine;
#else
		return kh_store_fail(s, "this khabar was built without libpq");
#endif
	} else {
		snprintf(s->name, sizeof s->name, "%s", where);
	}
	return s->engine->open(s, where, mode);
}

void kh_store_hide(char *where)
{
	char *begin = where ? strstr(where, "://") : NULL,
	     *end = begin ? strrchr(begin, '@') : NULL;
	begin = end ? strchr(begin + 3, ':') : NULL;
	if (begin && begin < end)
		memset(begin + 1, '*', (size_t)(end - begin - 1));
	for (char *p = where; p && (p = strstr(p, "password")) != NULL;) {
		p += strlen("password");
		p += strspn(p, " =");
		char quote = *p == '\'' ? '\'' : ' ';
		p += quote == '\'';
		for (; *p && *p != quote && *p != '&'; p++)
			*p = '*';
	}
}

void kh_store_close(struct kh_store *s)
{
	if (!s)
		return;
	for (unsigned i = 0; i < KH_STORE_STATEMENTS; i++)
		kh_sql_end(s->st[i]);
	s->engine->close(s);
	kh_tape_free(&s->tape);
	free(s);
}

const char *kh_store_why(const struct kh_store *s)
{
	return s ? s->why : "out of memory";
}

const char *kh_store_name(const struct kh_store *s)
{
	return s ? s->name : "";
}

int kh_store_run(struct kh_store *s, const char *sql)
{
	return s->engine->run(s, sql);
}

int kh_store_begin(struct kh_store *s)
{
	s->last_story = s->last_report = 0;
	memset(s->part, 0, sizeof s->part);
	return s->engine->begin(s);
}

int kh_store_commit(struct kh_store *s)
{
	return s->engine->run(s, "commit");
}

void kh_store_rollback(struct kh_store *s)
{
	char why[sizeof s->why];
	memcpy(why, s->why, sizeof why); /* why it came to this stays known */
	kh_store_forget(s);
	s->engine->run(s, "rollback");
	memcpy(s->why, why, sizeof why);
}

bool kh_store_readonly(const struct kh_store *s)
{
	return s->engine->readonly(s);
}

void kh_store_wait(struct kh_store *s, int ms)
{
	s->engine->wait(s, ms);
}

int64_t kh_store_others(struct kh_store *s)
{
	return s->engine->others(s);
}

int kh_store_check(struct kh_store *s, kh_store_tell *tell, void *ctx)
{
	return s->engine->check(s, tell, ctx);
}

void kh_store_forget(struct kh_store *s)
{
	memset(s->who, 0, sizeof s->who);
	memset(s->part, 0, sizeof s->part);
}

int64_t kh_store_mix(const char *id)
{
	uint64_t h = 0xcbf29ce484222325u;
	for (const char *z = id; *z; z++)
		h = (h ^ (unsigned char)*z) * 0x100000001b3u;
	h = (h ^ (h >> 29)) * 0xbf58476d1ce4e5b9u;
	return (int64_t)((h ^ (h >> 32)) >> 1);
}
