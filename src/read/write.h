/* Documents as JSON: the record of khabar-record(5), and single layers for people and scorers. */
#ifndef KH_WRITE_H
#define KH_WRITE_H

#include "base/json.h"
#include "doc/doc.h"

void kh_write_story(const struct kh_work *w, uint32_t story, struct kh_out *o);
void kh_write_report(const struct kh_work *w, uint32_t report, struct kh_out *o);
/* The layer, spans counted from the story's text; false: no layer of that name. */
bool kh_write_layer(const struct kh_work *w, uint32_t story, const char *layer, struct kh_out *o);
void kh_write_explain(const struct kh_work *w, uint32_t report, struct kh_out *o);

/* A span as two numbers counted from the story's text. */
void kh_write_span(struct kh_out *o, const char *key, const struct kh_story *s, kh_span at);

#endif
