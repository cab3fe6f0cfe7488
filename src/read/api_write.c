/* The writing functions of khabar.h. In: a document, an index, room. Out: bytes needed. */
#include "base/str.h"
#include "read/api.h"
#include "read/write.h"

size_t khabar_write_story(const khabar_doc *doc, uint32_t story, char *to, size_t room)
{
	struct kh_out o = { .to = to, .room = room };
	if (story < doc->n_stories)
		kh_write_story(kh_api_work(doc), story, &o);
	return o.n;
}

size_t khabar_write_report(const khabar_doc *doc, uint32_t report, char *to, size_t room)
{
	struct kh_out o = { .to = to, .room = room };
	if (report < doc->n_reports)
		kh_write_report(kh_api_work(doc), report, &o);
	return o.n;
}

size_t khabar_write_layer(const khabar_doc *doc, uint32_t story, const char *layer, char *to,
			  size_t room)
{
	struct kh_out o = { .to = to, .room = room };
	if (story < doc->n_stories || (story == 0 && strcmp(layer, "feed") == 0))
		kh_write_layer(kh_api_work(doc), story, layer, &o);
	return o.n;
}

size_t khabar_explain(const khabar_doc *doc, uint32_t report, char *to, size_t room)
{
	struct kh_out o = { .to = to, .room = room };
	if (report < doc->n_reports)
		kh_write_explain(kh_api_work(doc), report, &o);
	return o.n;
}
