/* The examples of the rules through the finished image. In: examples as pack_rules.c read them.
 * Out: errors for those that do not hold, a line for each known to fail that holds by now. */
#include <stdlib.h>

#include "base/str.h"
#include "model/rule.h"
#include "pack.h"
#include "pack_rules.h"
#include "read/api.h"

void pack_example(struct pack *p, struct pack_example e)
{
	if (p->n_examples == p->cap_examples) {
		p->cap_examples = p->cap_examples ? p->cap_examples * 2 : 1024;
		p->example = realloc(p->example, p->cap_examples * sizeof *p->example);
		if (!p->example)
			abort();
	}
	p->example[p->n_examples++] = e;
}

/* The sentence without its brackets; `trigger` gets the words in [ ]. */
static kh_str plain(kh_str marked, char *to, kh_str *trigger)
{
	size_t n = 0;
	*trigger = (kh_str){to, 0};
	for (size_t i = 0; i < marked.n && n < 1000; i++) {
		char c = marked.p[i];
		if (c == '[')
			trigger->p = to + n;
		else if (c == ']')
			trigger->n = (size_t)(to + n - trigger->p);
		else if (c != '{' && c != '}')
			to[n++] = c;
		else if (c == '}')
			while (i + 1 < marked.n && kh_is_lower((unsigned char)marked.p[i + 1]))
				i++;
	}
	return (kh_str){to, n};
}

/* A pronoun stands for whom it refers to. */
static bool role_holds(const struct kh_doc *d, uint32_t first, uint32_t n, kh_str words)
{
	for (uint32_t i = first; i < first + n; i++) {
		const struct kh_mention *m = &d->mention[d->role[i]];
		if (kh_str_find(kh_text(d, m->at), words, 0) != SIZE_MAX ||
		    (m->same != KH_NONE &&
		     kh_str_find(kh_text(d, d->mention[m->same].at), words, 0) != SIZE_MAX))
			return true;
	}
	return false;
}

/* Every {words}role of the example stands in that role of the event. */
static bool roles_hold(const struct kh_doc *d, const struct kh_event *e, kh_str marked)
{
	for (size_t i = 0; (i = kh_str_find(marked, KH_S("{"), i)) != SIZE_MAX; i++) {
		size_t close = kh_str_find(marked, KH_S("}"), i);
		if (close == SIZE_MAX)
			return false;
		kh_str words = kh_str_sub(marked, i + 1, close),
		       role = kh_str_sub(marked, close + 1, marked.n);
		bool actor = kh_str_starts(role, "actor");
		if (!role_holds(d, actor ? e->first_actor : e->first_recipient,
				actor ? e->n_actors : e->n_recipients, words))
			return false;
	}
	return true;
}

/* Coded as the rule's category with these roles; another rule of the category may say so first. A
 * rule without a code stands for whatever event it tells of. */
static bool holds(const struct kh_doc *d, const struct pack_example *e, kh_str trigger,
		  uint8_t event, uint8_t context)
{
	if (e->negative)
		return d->n_event == 0;
	bool told = !context; /* a report with the context */
	for (uint32_t i = 0; i < d->n_report; i++)
		told |= (d->report[i].contexts >> context & 1) != 0;
	if (!told)
		return false;
	for (uint32_t i = 0; i < d->n_event; i++) {
		const struct kh_event *v = &d->event[i];
		if ((v->event == event || !event) && roles_hold(d, v, e->text) &&
		    (!trigger.n || kh_str_find(trigger, d->token[v->trigger].form, 0) != SIZE_MAX))
			return true;
	}
	return false;
}

void pack_check_rules(struct pack *p, const void *image, size_t size)
{
	khabar_model *m;
	khabar_worker *w;
	khabar_error err;
	const khabar_doc *doc;
	if (khabar_model_open(&m, image, size, &err) != 0 || khabar_worker_new(&w, m, NULL) != 0) {
		pack_error(p, "image", 0, 0, "%s", err.what);
		return;
	}
	struct kh_rules r = kh_rules_open(m);
	for (uint32_t i = 0; i < p->n_examples; i++) {
		const struct pack_example *e = &p->example[i];
		char text[1024];
		kh_str trigger, name = {r.bytes + r.rule[e->rule].name, r.rule[e->rule].n_name};
		khabar_input in = {.bytes = plain(e->text, text, &trigger),
				   .kind = KHABAR_KIND_STORY,
				   .published = KH_S("2026-03-15")};
		bool good = khabar_read(w, &in, &doc, &err) == 0 &&
			    holds(kh_api_doc(doc), e, trigger, r.rule[e->rule].event,
				  kh_str_starts(name, "context.") ? r.rule[e->rule].mode[0] : 0);
		if (good && e->known)
			printf("%s:%u: holds now, take the ~ away\n", e->file, e->line);
		if (good || e->known)
			continue;
		pack_error(p, e->file, e->line, 0, "%.*s: the example does not hold: %.*s",
			   (int)name.n, name.p, (int)e->text.n, e->text.p);
	}
	khabar_worker_free(w);
	khabar_model_close(m);
}
