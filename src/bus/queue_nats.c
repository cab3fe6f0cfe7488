/* NATS JetStream as the queue: it says which batch is next, the ledger what a batch is. In:
 * messages "khabar/1 BATCH BEHAVIOUR" of a work-queue stream kept in files. Out: batches leased in
 * the ledger; acknowledged once the results are stored. What the broker forgets, reconcile tells it
 * again. */
#include "bus/own.h"

#ifdef KH_NATS
#include <inttypes.h>
#include <nats/nats.h>
#include <stdlib.h>
#include <string.h>

#include "bus/url.h"

enum { WAIT_MS = 3000, MAX_DELIVER = 50, MAX_PENDING = 4096, MESSAGE = 200 };
#define SECOND INT64_C(1000000000)

struct broker {
	struct kh_url url;
	natsConnection *nc;
	jsCtx *js;
	natsSubscription *sub;
	natsMsg *pending; /* fetched, not leased yet: PostgreSQL was away */
	char subject[100], durable[32];
	double lost;  /* since when it is away; 0: it is there */
	double asked; /* when the consumer was last seen to be there */
	bool had;     /* the stream was there before */
};

static struct broker *own(struct kh_bus *b)
{
	return b->own;
}

static int fail(struct kh_bus *b, const char *what, natsStatus s)
{
	natsStatus last;
	const char *text = nats_GetLastError(&last);
	return kh_bus_failf(b, "NATS: %s: %s", what,
			    text && text[0] && last == s ? text : natsStatus_GetText(s));
}

/* What may pass by itself: a server that is away, has no leader yet, has forgotten us, or has no
 * room for the consumer. */
static bool passes(natsStatus s, jsErrCode e)
{
	return s == NATS_TIMEOUT || s == NATS_NO_RESPONDERS || s == NATS_NO_SERVER ||
	       s == NATS_CONNECTION_DISCONNECTED || s == NATS_CONNECTION_CLOSED ||
	       s == NATS_STALE_CONNECTION || s == NATS_IO_ERROR || e == JSClusterNotAvailErr ||
	       e == JSClusterNotLeaderErr || e == JSStreamNotFoundErr ||
	       e == JSConsumerNotFoundErr || e == JSConsumerCreateErr ||
	       e == JSStorageResourcesExceededErr;
}

/* Says once that the broker is away, waits a little; false: patience ends or an end is asked for.
 */
static bool again(struct kh_bus *b, const char *what, natsStatus s)
{
	struct broker *n = own(b);
	double now = kh_pg_clock();
	char line[500];
	fail(b, what, s);
	if (n->lost <= 0) {
		n->lost = now;
		snprintf(line, sizeof line, "waiting: %s", b->why);
		kh_bus_say(b, line);
	}
	if (now - n->lost > b->o.patience || (b->o.stop && *b->o.stop))
		return false;
	kh_pg_sleep(0.3);
	return true;
}

static void found(struct kh_bus *b)
{
	if (own(b)->lost > 0)
		kh_bus_say(b, "NATS is found again");
	own(b)->lost = 0;
}

/* ---- stream and consumer ------------------------------------------------------------ */

static natsStatus make_stream(struct kh_bus *b, jsErrCode *e)
{
	struct broker *n = own(b);
	jsStreamConfig c;
	jsStreamInfo *info = NULL;
	char all[100];
	const char *subjects[] = {all};
	snprintf(all, sizeof all, "khabar.%s.>", n->url.stream);
	jsStreamConfig_Init(&c);
	c.Name = n->url.stream;
	c.Subjects = subjects;
	c.SubjectsLen = 1;
	c.Retention = js_WorkQueuePolicy;
	c.Storage = js_FileStorage;
	c.Discard = js_DiscardNew; /* a full stream refuses, and forgets nothing */
	c.Replicas = b->o.replicas;
	c.Duplicates = 600 * SECOND;
	natsStatus s = js_AddStream(&info, n->js, &c, NULL, e);
	jsStreamInfo_Destroy(info);
	if (s == NATS_OK && n->had)
		kh_bus_say(b,
			   "the stream was gone and is made anew: khabar queue reconcile tells it "
			   "what waits");
	return s;
}

/* Is the stream that is there one of ours? -1 and why, when it is not. */
static int ours(struct kh_bus *b, const jsStreamConfig *c)
{
	char begin[80];
	snprintf(begin, sizeof begin, "khabar.%s.", own(b)->url.stream);
	for (int i = 0; i < c->SubjectsLen; i++)
		if (strncmp(c->Subjects[i], begin, strlen(begin)) == 0 &&
		    c->Retention == js_WorkQueuePolicy)
			return 0;
	return kh_bus_failf(b,
			    "NATS: the stream %s is there and is not khabar's: no work queue with "
			    "subjects %s>",
			    own(b)->url.stream, begin);
}

static natsStatus stream(struct kh_bus *b, jsErrCode *e, bool *foreign)
{
	jsStreamInfo *info = NULL;
	natsStatus s = js_GetStreamInfo(&info, own(b)->js, own(b)->url.stream, NULL, e);
	if (s == NATS_NOT_FOUND || *e == JSStreamNotFoundErr)
		s = make_stream(b, e);
	else if (s == NATS_OK)
		*foreign = ours(b, info->Config) != 0;
	jsStreamInfo_Destroy(info);
	own(b)->had = own(b)->had || s == NATS_OK;
	return s;
}

/* All workers of a behaviour share one consumer; the lease of the last to come is its wait. */
static natsStatus consumer(struct kh_bus *b, jsErrCode *e)
{
	struct broker *n = own(b);
	jsConsumerInfo *info = NULL, *made = NULL;
	jsConsumerConfig c;
	natsStatus s = js_GetConsumerInfo(&info, n->js, n->url.stream, n->durable, NULL, e);
	bool there = s == NATS_OK, same = there && info->Config->AckWait == b->o.lease * SECOND;
	jsConsumerInfo_Destroy(info);
	if (same || (!there && s != NATS_NOT_FOUND && *e != JSConsumerNotFoundErr))
		return s;
	jsConsumerConfig_Init(&c);
	c.Durable = n->durable;
	c.FilterSubject = n->subject;
	c.AckPolicy = js_AckExplicit;
	c.AckWait = b->o.lease * SECOND;
	c.MaxDeliver = MAX_DELIVER; /* the ledger halves a batch long before */
	c.MaxAckPending = MAX_PENDING;
	s = there ? js_UpdateConsumer(&made, n->js, n->url.stream, &c, NULL, e)
		  : js_AddConsumer(&made, n->js, n->url.stream, &c, NULL, e);
	jsConsumerInfo_Destroy(made);
	return s;
}

/* Everything that a worker needs is there, made anew if the broker forgot it. */
static natsStatus ensure(struct kh_bus *b, jsErrCode *e, bool *foreign)
{
	struct broker *n = own(b);
	jsSubOptions so;
	*e = 0;
	natsStatus s = stream(b, e, foreign);
	if (s != NATS_OK || *foreign || !b->o.takes)
		return s;
	s = consumer(b, e);
	natsSubscription_Destroy(n->sub);
	n->sub = NULL;
	if (s != NATS_OK)
		return s;
	jsSubOptions_Init(&so);
	so.Stream = n->url.stream;
	so.Consumer = n->durable;
	return js_PullSubscribe(&n->sub, n->js, n->subject, n->durable, NULL, &so, e);
}

/* ---- connection ----------------------------------------------------------------------- */

static void silent(natsConnection *nc, natsSubscription *sub, natsStatus s, void *ctx)
{
	(void)nc, (void)sub, (void)s, (void)ctx;
}

static natsStatus options_of(struct kh_bus *b, natsOptions *o)
{
	struct broker *n = own(b);
	const char *ca = getenv("NATS_CA"), *creds = getenv("NATS_CREDS");
	const char *servers[KH_URL_SERVERS];
	for (int i = 0; i < n->url.n; i++)
		servers[i] = n->url.server[i];
	natsStatus s = natsOptions_SetServers(o, servers, n->url.n);
	s = s ? s : natsOptions_SetErrorHandler(o, silent, NULL);
	s = s ? s : natsOptions_SetName(o, "khabar");
	s = s ? s : natsOptions_SetTimeout(o, WAIT_MS);
	s = s ? s : natsOptions_SetMaxReconnect(o, -1);
	s = s ? s : natsOptions_SetReconnectWait(o, 250);
	s = s ? s : natsOptions_SetPingInterval(o, 2000); /* a node cut off sends no farewell */
	s = s ? s : natsOptions_SetMaxPingsOut(o, 2);
	if (!s && n->url.user)
		s = natsOptions_SetUserInfo(o, n->url.user, n->url.password);
	if (!s && n->url.tls)
		s = natsOptions_SetSecure(o, true);
	if (!s && ca && ca[0])
		s = natsOptions_LoadCATrustedCertificates(o, ca);
	if (!s && creds && creds[0])
		s = natsOptions_SetUserCredentialsFromFiles(o, creds, NULL);
	return s;
}

static int dial(struct kh_bus *b)
{
	struct broker *n = own(b);
	natsOptions *o = NULL;
	jsOptions jo;
	natsStatus s = natsOptions_Create(&o);
	s = s ? s : options_of(b, o);
	s = s ? s : natsConnection_Connect(&n->nc, o);
	natsOptions_Destroy(o);
	if (s == NATS_OK) {
		jsOptions_Init(&jo);
		jo.Wait = WAIT_MS;
		s = natsConnection_JetStream(&n->js, n->nc, &jo);
	}
	return s ? fail(b, n->url.server[0], s) : 0;
}

static int nats_open(struct kh_bus *b)
{
	struct broker *n = b->own = calloc(1, sizeof *n);
	bool foreign = false;
	if (!n)
		return kh_bus_fail(b, "out of memory");
	const char *wrong = kh_url_parse(&n->url, b->url);
	if (wrong)
		return kh_bus_fail(b, wrong);
	b->secret = n->url.password;
	if (n->url.elsewhere && !n->url.tls && !b->o.insecure)
		return kh_bus_fail(b,
				   "NATS on another machine without TLS: use tls://HOST/STREAM, or "
				   "--insecure if nobody else is on the wire");
	snprintf(n->subject, sizeof n->subject, "khabar.%s.b%u", n->url.stream, b->o.behaviour);
	snprintf(n->durable, sizeof n->durable, "b%u", b->o.behaviour);
	if (dial(b) != 0)
		return -1;
	jsErrCode e;
	natsStatus s = ensure(b, &e, &foreign);
	while (s != NATS_OK && !foreign && passes(s, e) && again(b, "JetStream", s))
		s = ensure(b, &e, &foreign);
	if (s == NATS_OK && !foreign)
		found(b);
	return foreign ? -1 : s == NATS_OK ? 0 : fail(b, "JetStream", s);
}

static void nats_close(struct kh_bus *b)
{
	struct broker *n = own(b);
	if (!n)
		return;
	natsMsg_Destroy(n->pending);
	natsSubscription_Destroy(n->sub);
	jsCtx_Destroy(n->js);
	if (n->nc)
		natsConnection_FlushTimeout(n->nc, 1000); /* acknowledgements on their way */
	natsConnection_Destroy(n->nc);
	b->secret = NULL;
	kh_url_free(&n->url);
	nats_Close();
	free(n);
	b->own = NULL;
}

/* ---- publishing -------------------------------------------------------------------------- */

/* `tries` below 0: it was told before and got lost, so the broker must not know it again. */
static natsStatus publish_one(struct kh_bus *b, int64_t id, int tries, jsErrCode *e)
{
	struct broker *n = own(b);
	char text[MESSAGE], name[64];
	jsPubOptions o;
	jsPubOptions_Init(&o);
	snprintf(name, sizeof name, "%" PRId64 ".%d", id, tries);
	o.MsgId = tries < 0 ? NULL : name;
	o.ExpectStream = n->url.stream;
	int len = snprintf(text, sizeof text, "khabar/1 %" PRId64 " %u\n", id, b->o.behaviour);
	return js_Publish(NULL, n->js, n->subject, text, len, &o, e);
}

static int publish(struct kh_bus *b, const int64_t *id, const int *tries, unsigned n)
{
	for (unsigned i = 0; i < n;) {
		jsErrCode e = 0;
		bool foreign = false;
		natsStatus s = publish_one(b, id[i], tries[i], &e);
		if (s == NATS_OK) {
			found(b);
			i++;
			continue;
		}
		if (!passes(s, e) || !again(b, "publishing", s)) {
			char why[300];
			fail(b, "publishing", s);
			snprintf(why, sizeof why,
				 "%.180s (%u of %u batches were told; they are all in the "
				 "ledger: khabar queue reconcile tells the rest)",
				 b->why, i, n);
			return kh_bus_fail(b, why);
		}
		ensure(b, &e, &foreign);
		if (foreign)
			return -1;
	}
	return 0;
}

/* ---- taking ------------------------------------------------------------------------------ */

/* What a message says; false: it is not ours. */
static bool understand(const struct kh_bus *b, natsMsg *m, int64_t *id)
{
	char text[MESSAGE + 1];
	unsigned behaviour = 0;
	int n = natsMsg_GetDataLength(m), end = 0;
	if (n <= 0 || n >= MESSAGE)
		return false;
	memcpy(text, natsMsg_GetData(m), (size_t)n);
	text[n] = 0;
	return sscanf(text, "khabar/1 %" SCNd64 " %u\n%n", id, &behaviour, &end) == 2 && end == n &&
	       behaviour == b->o.behaviour && *id > 0;
}

/* 1: leased; 0: it is done, or another's; -1. *later: seconds until the other's lease ends. */
static int lease(struct kh_bus *b, int64_t id, struct kh_bus_batch *batch, int *later)
{
	struct kh_param p[] = {kh_pg_int8(id), kh_pg_int4(b->o.lease), kh_pg_text(b->o.worker),
			       kh_pg_int4((int32_t)b->o.behaviour)};
	PGresult *r = kh_pg_query(
		b,
		"update khabar.batch b set state = 'leased', tries = tries + 1, worker = $3::text,"
		" lease_until = clock_timestamp() + $2::integer * interval '1 second'"
		" where batch = $1::bigint and behaviour = $4::integer and (state = 'waiting'"
		"  or (state = 'leased' and lease_until < clock_timestamp()))"
		" returning " KH_LEDGER_ROW,
		p, 4);
	int got = r ? PQntuples(r) : -1;
	if (got > 0)
		kh_ledger_row(r, batch);
	PQclear(r);
	if (got)
		return got > 0 ? 1 : -1;
	/* given back or run out just now: asked again in a second */
	r = kh_pg_query(b,
			"select least(600, greatest(1, ceil(extract(epoch from lease_until"
			" - clock_timestamp()))))::integer from khabar.batch"
			" where batch = $1::bigint and state in ('waiting', 'leased')"
			" and behaviour = $4::integer and $2::integer is not null"
			" and $3::text is not null",
			p, 4);
	*later = r && PQntuples(r) ? (int)kh_pg_number(r, 0, 0) : 0;
	PQclear(r);
	return r ? 0 : -1;
}

/* Would the broker keep it without ever bringing it again? Then reconcile brings its batch. */
static bool last_chance(natsMsg *m)
{
	jsMsgMetaData *meta = NULL;
	bool last =
		natsMsg_GetMetaData(&meta, m) == NATS_OK && meta->NumDelivered >= MAX_DELIVER - 1;
	jsMsgMetaData_Destroy(meta);
	return last;
}

/* One message into a batch; 0: it was none, or there is nothing to do for it. */
static int open_message(struct kh_bus *b, natsMsg *m, struct kh_bus_batch *batch)
{
	int64_t id;
	int later = 0;
	if (!understand(b, m, &id)) {
		b->foreign++;
		kh_bus_say(b, "worker: a message in the stream is not khabar's; it is put aside");
		natsMsg_Term(m, NULL);
		natsMsg_Destroy(m);
		return 0;
	}
	int r = lease(b, id, batch, &later);
	if (r < 0) {
		own(b)->pending = m; /* asked again when PostgreSQL is back */
		return -1;
	}
	if (r == 1) {
		batch->message = m;
		return 1;
	}
	/* another's: left alone, it comes again when its wait ends, as the lease does */
	if (!later || last_chance(m))
		natsMsg_Ack(m, NULL);
	natsMsg_Destroy(m);
	return 0;
}

static natsStatus fetch(struct kh_bus *b, int wait_ms, natsMsg **m)
{
	natsMsgList list = {NULL, 0};
	jsErrCode e = 0;
	natsStatus s = own(b)->sub ? natsSubscription_Fetch(&list, own(b)->sub, 1, wait_ms, &e)
				   : NATS_NO_RESPONDERS;
	*m = NULL;
	if (s == NATS_OK && list.Count > 0) {
		*m = list.Msgs[0];
		list.Msgs[0] = NULL;
	}
	natsMsgList_Destroy(&list);
	/* a wait that ended says nothing: is the broker still there, and does it know us? */
	if (s == NATS_TIMEOUT && natsConnection_Status(own(b)->nc) != NATS_CONN_STATUS_CONNECTED)
		s = NATS_CONNECTION_DISCONNECTED;
	return s;
}

/* Nothing came for a while: a broker that lost its store says nothing of that to those who wait. */
static natsStatus still_known(struct kh_bus *b)
{
	struct broker *n = own(b);
	jsConsumerInfo *info = NULL;
	jsErrCode e = 0;
	double now = kh_pg_clock();
	if (now - n->asked < 1)
		return NATS_TIMEOUT;
	n->asked = now;
	natsStatus s = js_GetConsumerInfo(&info, n->js, n->url.stream, n->durable, NULL, &e);
	jsConsumerInfo_Destroy(info);
	bool gone = s == NATS_NOT_FOUND || e == JSConsumerNotFoundErr || e == JSStreamNotFoundErr;
	return gone ? NATS_NO_RESPONDERS : NATS_TIMEOUT;
}

static int take(struct kh_bus *b, struct kh_bus_batch *batch, int wait_ms)
{
	double end = kh_pg_clock() + wait_ms / 1e3;
	natsMsg *m = own(b)->pending;
	own(b)->pending = NULL;
	for (;;) {
		int r = m ? open_message(b, m, batch) : 0;
		int left = (int)((end - kh_pg_clock()) * 1e3);
		if (r)
			return r;
		if ((left <= 0 && own(b)->lost <= 0) || (b->o.stop && *b->o.stop))
			return 0;
		left = left < 100 ? 100 : left > 500 ? 500 : left; /* an end may be asked for */
		natsStatus s = fetch(b, left, &m);
		bool foreign = false;
		jsErrCode e;
		s = s == NATS_TIMEOUT ? still_known(b) : s;
		if (s == NATS_OK || s == NATS_TIMEOUT) {
			found(b);
			continue;
		}
		m = NULL;
		if (s == NATS_NOT_PERMITTED || s == NATS_CONNECTION_AUTH_FAILED ||
		    s == NATS_NO_MEMORY || !again(b, "fetching", s))
			return b->o.stop && *b->o.stop ? 0 : fail(b, "fetching", s);
		ensure(b, &e, &foreign);
		if (foreign)
			return -1;
	}
}

/* ---- a message in hand ---------------------------------------------------------------------- */

static void hold(struct kh_bus *b, struct kh_bus_batch *batch)
{
	(void)b;
	if (batch->message)
		natsMsg_InProgress(batch->message, NULL);
}

static void done(struct kh_bus *b, struct kh_bus_batch *batch)
{
	(void)b; /* an acknowledgement that is lost brings the message again; the ledger knows it */
	if (batch->message)
		natsMsg_Ack(batch->message, NULL);
	natsMsg_Destroy(batch->message);
	batch->message = NULL;
}

static void back(struct kh_bus *b, struct kh_bus_batch *batch, int after_s)
{
	(void)b, (void)after_s;
	if (batch->message)
		natsMsg_Nak(batch->message, NULL);
	natsMsg_Destroy(batch->message);
	batch->message = NULL;
}

/* Messages for this behaviour, those on loan too; -1: not known. */
static long long queued(struct kh_bus *b)
{
	jsStreamInfo *info = NULL;
	jsOptions o;
	jsOptions_Init(&o);
	o.Stream.Info.SubjectsFilter = own(b)->subject;
	natsStatus s = js_GetStreamInfo(&info, own(b)->js, own(b)->url.stream, &o, NULL);
	long long n = s == NATS_OK ? 0 : -1;
	const jsStreamStateSubjects *list = s == NATS_OK ? info->State.Subjects : NULL;
	for (int i = 0; list && i < list->Count; i++)
		n += (long long)list->List[i].Msgs;
	jsStreamInfo_Destroy(info);
	return n;
}

/* A broker may keep messages as being worked on and bring them no more (2.9.10 was seen to), while
 * the ledger knows that nobody works: its consumer goes, the workers make it anew, and all come. */
static bool all_told(struct kh_bus *b, long long waiting, long long leased)
{
	jsConsumerInfo *info = NULL;
	natsStatus s = js_GetConsumerInfo(&info, own(b)->js, own(b)->url.stream, own(b)->durable,
					  NULL, NULL);
	long long pending = s == NATS_OK ? (long long)info->NumPending : queued(b);
	bool stuck = s == NATS_OK && !leased && !pending && info->NumAckPending > 0;
	jsConsumerInfo_Destroy(info);
	if (!stuck)
		return pending >= waiting;
	js_DeleteConsumer(own(b)->js, own(b)->url.stream, own(b)->durable, NULL, NULL);
	return queued(b) >= waiting;
}

const struct kh_bus_driver kh_bus_nats = {"nats", nats_open, nats_close, publish, take,
					  hold,	  done,	     back,	 queued,  all_told};
#else
static int open_none(struct kh_bus *b)
{
	return kh_bus_fail(b, "this khabar was built without libnats");
}

static void closed(struct kh_bus *b)
{
	(void)b;
}

const struct kh_bus_driver kh_bus_nats = {"nats", open_none, closed, NULL, NULL,
					  NULL,	  NULL,	     NULL,   NULL, NULL};
#endif
