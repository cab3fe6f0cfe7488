/* NATS JetStream as the queue. */
#include "bus/own.h"

static int open_none(struct kh_bus *b)
{
	return kh_bus_fail(b, "this khabar was built without libnats");
}

static void closed(struct kh_bus *b)
{
	(void)b;
}

const struct kh_bus_driver kh_bus_nats = {"nats", open_none, closed, NULL, NULL,
					  NULL,	  NULL,	     NULL,   NULL};
