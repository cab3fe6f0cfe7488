-- What an incident shows of its reports, for those in kh_touched: of the earliest that has it, in whatever order they were
-- added. In both engines.
insert into kh_touched select n from kh_incident where reports < 0 on conflict do nothing;
delete from kh_incident where n in (select n from kh_touched)
	and not exists (select 1 from kh_incident_report x where x.incident = kh_incident.n);

update kh_incident set
	reports = (select count(*) from kh_incident_report x where x.incident = kh_incident.n),
	stories = (select count(distinct r.story) from kh_incident_report x join kh_report r on r.n = x.report
		where x.incident = kh_incident.n),
	sources = (select count(distinct s.source) from kh_incident_report x join kh_report r on r.n = x.report
		join kh_story s on s.n = r.story where x.incident = kh_incident.n),
	(first_day, last_day, country) = (select min(nullif(r.day, -1000000)), max(nullif(r.day, -1000000)), max(r.country)
		from kh_incident_report x join kh_report r on r.n = x.report where x.incident = kh_incident.n),
	place = (select r.place from kh_incident_report x join kh_report r on r.n = x.report
		where x.incident = kh_incident.n and r.place is not null order by r.day, r.sentence, r.id limit 1),
	actors = (select r.actors from kh_incident_report x join kh_report r on r.n = x.report
		where x.incident = kh_incident.n and r.actors is not null order by r.day, r.sentence, r.id limit 1),
	recipients = (select r.recipients from kh_incident_report x join kh_report r on r.n = x.report
		where x.incident = kh_incident.n and r.recipients is not null order by r.day, r.sentence, r.id limit 1),
	actor_countries = (select r.actor_countries from kh_incident_report x join kh_report r on r.n = x.report
		where x.incident = kh_incident.n and r.actor_countries is not null order by r.day, r.sentence, r.id limit 1),
	recipient_countries = (select r.recipient_countries from kh_incident_report x join kh_report r on r.n = x.report
		where x.incident = kh_incident.n and r.recipient_countries is not null order by r.day, r.sentence, r.id limit 1),
	(lat, lon) = (select r.lat, r.lon from kh_incident_report x join kh_report r on r.n = x.report
		where x.incident = kh_incident.n and r.lat is not null order by r.day, r.sentence, r.id limit 1),
	(killed_low, killed_high) = (select min(coalesce(c.low, c.high)), max(coalesce(c.high, c.low))
		from kh_incident_report x join kh_count c on c.report = x.report
		where x.incident = kh_incident.n and c.kind = 'killed'),
	certainty = (select group_concat(c, '; ') from (select distinct r.certainty as c from kh_incident_report x
		join kh_report r on r.n = x.report where x.incident = kh_incident.n order by 1) t),
	contested = null
where n in (select n from kh_touched);

-- the figures are kept apart, none is chosen
update kh_incident set contested = (select nullif(group_concat(t, '; '), '') from (
	select * from (select kind || ' ' || group_concat(figure, ' / ') as t from (
			select c.kind, min(c.text) as figure from kh_incident_report x join kh_count c on c.report = x.report
			where x.incident = kh_incident.n group by c.kind, c.low, c.high
			order by c.kind, coalesce(c.low, c.high), c.low nulls first, c.high nulls first) f
		group by kind having count(*) > 1 order by kind) g
	union all select 'denied by ' || group_concat(w, ',') from (
		select distinct coalesce(r.said_by, 'the publisher') as w from kh_incident_report x
		join kh_report r on r.n = x.report where x.incident = kh_incident.n and r.certainty = 'denied' order by 1) d) u)
where reports > 1 and n in (select n from kh_touched);

delete from kh_touched;
delete from kh_relink;
update kh_state set value = value + 1 where name = 'linked';
