-- Version 2: what people say of reports. A row is never changed; who thinks otherwise later adds another.
create table kh_review (
	n integer primary key,
	report text not null, -- its id; the row outlives a story that is coded anew
	coder text not null,
	at text not null, -- UTC
	verdict text not null check (verdict in ('accept', 'reject', 'correct', 'undo')),
	changes text, -- of 'correct': JSON, fields as in the record with their right values, null where there is none
	reason text,
	undoes integer references kh_review(n), -- of 'undo'
	record text -- the report as it was when it was judged
) strict;
create index kh_review_report on kh_review(report, coder);
create index kh_review_undoes on kh_review(undoes);

-- the last word of each coder on each report
create view review as
	select report, coder, at, verdict, changes, reason from kh_review a
	where verdict <> 'undo' and n = (select max(n) from kh_review b where b.report = a.report
		and b.coder = a.coder and b.verdict <> 'undo' and b.n not in (select undoes from kh_review
			where undoes is not null));
