-- The views that both engines share, made anew after every step of the schema. "report" and "incident" stand in each
-- engine's own schema: they cut bytes out of a text and join words in an order, for which SQLite's views may use nothing that a
-- plain sqlite3 does not know, and PostgreSQL has other functions.

drop view if exists story;
create view story as
	select story, source, url, language, title, byline, published, published_how, dateline, text, file,
		program, model, behaviour,
		(select count(*) from kh_report r where r.story = s.n) as reports
	from kh_story s;

-- one row for each report and figure: who says so, and as how sure
drop view if exists claim;
create view claim as
	select i.incident, r.id as report, s.story, r.event, r.certainty,
		v.name as speaker, v.text as speaker_words, v.country as speaker_country, r.stance, v.quote,
		c.kind, c.low, c.high, c.text as figure, s.published, s.source
	from kh_report r join kh_story s on s.n = r.story
		left join kh_incident_report ir on ir.report = r.n
		left join kh_incident i on i.n = ir.incident
		left join kh_actor v on v.report = r.n and v.role = 'speaker'
			and v.ordinal = (select max(ordinal) from kh_actor where report = r.n and role = 'speaker')
		left join kh_count c on c.report = r.n;

drop view if exists actor_day;
create view actor_day as
	select coalesce(a.name, a.text) as actor, a.country, a.role,
		date(coalesce(r.first_day, s.published_day) * 86400, 'unixepoch') as day, r.event,
		count(distinct r.n) as reports, count(distinct ir.incident) as incidents,
		count(distinct r.story) as stories
	from kh_actor a join kh_report r on r.n = a.report join kh_story s on s.n = r.story
		left join kh_incident_report ir on ir.report = r.n
	where a.role <> 'speaker' and r.certainty in ('happened', 'ongoing')
	group by 1, 2, 3, 4, 5;

drop view if exists dyad_month;
create view dyad_month as
	select a.country as actor, b.country as recipient,
		strftime('%Y-%m', coalesce(r.first_day, s.published_day) * 86400, 'unixepoch') as month, r.quad,
		count(distinct r.n) as reports, count(distinct ir.incident) as incidents,
		round(avg(r.goldstein), 2) as goldstein
	from kh_actor a join kh_actor b on b.report = a.report and b.role = 'recipient' and a.role = 'actor'
		join kh_report r on r.n = a.report join kh_story s on s.n = r.story
		left join kh_incident_report ir on ir.report = r.n
	where a.country is not null and b.country is not null and r.certainty in ('happened', 'ongoing')
	group by 1, 2, 3, 4;

-- the last word of each coder on each report
drop view if exists review;
create view review as
	select report, coder, at, verdict, changes, reason, queue, record from kh_review a
	where verdict <> 'undo' and n = (select max(n) from kh_review b where b.report = a.report
		and b.coder = a.coder and b.verdict <> 'undo' and b.n not in (select undoes from kh_review
			where undoes is not null));

drop view if exists saved;
create view saved as select who, name, query, looked from kh_saved;
