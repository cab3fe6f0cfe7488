-- Version 2: what an incident shows on a map and in a matrix, and what people say of reports.
alter table kh_incident add column lat real;
alter table kh_incident add column lon real;
alter table kh_incident add column actor_countries text;
alter table kh_incident add column recipient_countries text;
alter table kh_incident add column killed_low integer; -- the lowest and the highest that anybody says
alter table kh_incident add column killed_high integer;
update kh_state set value = -1 where name = 'linked';

drop view incident;
create view incident as
	select incident, event, country, place, date(first_day * 86400, 'unixepoch') as first_day,
		date(last_day * 86400, 'unixepoch') as last_day, actors, recipients, reports, stories, sources,
		certainty, contested,
		(select group_concat(r.id || ': ' || x.why, char(10)) from kh_incident_report x
			join kh_report r on r.n = x.report where x.incident = i.n) as why,
		lat, lon, actor_countries, recipient_countries, killed_low, killed_high
	from kh_incident i;

-- Who is named, each once: a question about names looks here first, then for the reports.
create table kh_who (
	n integer primary key,
	name text, id text, country text, sectors text, text text not null,
	key text not null unique -- all of them in one
) strict;
alter table kh_actor add column who integer;
insert or ignore into kh_who(name, id, country, sectors, text, key)
	select name, id, country, sectors, text,
		text || char(31) || ifnull(name, '') || char(31) || ifnull(id, '') || char(31) || ifnull(country, '') ||
		char(31) || ifnull(sectors, '') from kh_actor;
update kh_actor set who = (select n from kh_who w where w.key = kh_actor.text || char(31) ||
	ifnull(kh_actor.name, '') || char(31) || ifnull(kh_actor.id, '') || char(31) || ifnull(kh_actor.country, '') ||
	char(31) || ifnull(kh_actor.sectors, ''));
drop index kh_actor_country;
create index kh_actor_who on kh_actor(who, role);

-- A row is never changed; who thinks otherwise later adds another.
create table kh_review (
	n integer primary key,
	report text not null, -- its id; the row outlives a story that is coded anew
	coder text not null,
	at text not null, -- UTC
	verdict text not null check (verdict in ('accept', 'reject', 'correct', 'undo')),
	changes text, -- of 'correct': JSON, fields of the record with the right values as words
	reason text,
	queue text, -- from which it was taken: only a random sample tells how good the rest is
	undoes integer references kh_review(n), -- of 'undo'
	record text -- the report as it was when it was judged
) strict;
create index kh_review_report on kh_review(report, coder);
create index kh_review_undoes on kh_review(undoes);
