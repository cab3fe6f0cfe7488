/* See pipe.h. In: prepared statements. Out: the first failure among their answers. */
#include "store/pipe.h"

bool kh_pipe_send(struct kh_pipe *p, const char *name, int n, const char *const *value)
{
	if (PQpipelineStatus(p->c) == PQ_PIPELINE_OFF && PQenterPipelineMode(p->c) != 1)
		return false;
	p->sent++;
	return PQsendQueryPrepared(p->c, name, n, value, NULL, NULL, 0) == 1;
}

PGresult *kh_pipe_drain(struct kh_pipe *p)
{
	PGresult *bad = NULL;
	bool more = PQpipelineStatus(p->c) != PQ_PIPELINE_OFF && PQpipelineSync(p->c) == 1;
	while (more) {
		PGresult *r = PQgetResult(p->c);
		ExecStatusType t = PQresultStatus(r);
		more = t != PGRES_PIPELINE_SYNC && PQstatus(p->c) == CONNECTION_OK;
		if (r && !bad && (t == PGRES_FATAL_ERROR || t == PGRES_BAD_RESPONSE))
			bad = r; /* those behind it are not done */
		else
			PQclear(r);
	}
	if (PQpipelineStatus(p->c) != PQ_PIPELINE_OFF)
		PQexitPipelineMode(p->c);
	p->sent = 0;
	return bad;
}
