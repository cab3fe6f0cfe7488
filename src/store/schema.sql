-- The store, version 1; schema-2.sql leads to version 2, and so on. Tables named kh_… may change with a version; the views at the end keep their names
-- and columns. Days are numbers since 1970-01-01 in the tables and ISO dates in the views.
create table kh_story (
	n integer primary key,
	story text not null unique,
	source text, url text, language text, title text, byline text,
	published text, published_day integer, published_how text, dateline text,
	text text not null,
	file text,
	program text, model text, behaviour integer,
	record text not null -- the story as JSON, without its text and reports
) strict;

create table kh_report (
	n integer primary key,
	id text not null unique,
	story integer not null references kh_story(n) on delete cascade,
	sentence integer not null,
	begin integer not null, end integer not null, -- of the sentence, bytes of the story's text
	event text not null, modes text, contexts text, cameo text,
	goldstein real, quad integer,
	word text not null, word_begin integer not null, word_end integer not null,
	place text, country text, lat real, lon real, geonameid integer, place_text text,
	first_day integer, last_day integer, time_how text,
	certainty text, within text, rule text, sure integer,
	actors text, actor_countries text, actor_sectors text,
	recipients text, recipient_countries text, recipient_sectors text,
	said_by text, stance text,
	record text not null -- the report as JSON
) strict;
create index kh_report_story on kh_report(story);
create index kh_report_event on kh_report(event, first_day);
create index kh_report_day on kh_report(first_day);
create index kh_report_country on kh_report(country, first_day);

create table kh_actor (
	report integer not null references kh_report(n) on delete cascade,
	role text not null, -- actor, recipient, speaker
	ordinal integer not null,
	name text, id text, country text, sectors text, text text not null,
	begin integer not null, end integer not null,
	kind text, stance text, quote integer,
	primary key (report, role, ordinal)
) strict, without rowid;
create index kh_actor_country on kh_actor(country, role);

create table kh_count (
	report integer not null references kh_report(n) on delete cascade,
	ordinal integer not null,
	kind text not null, low integer, high integer,
	text text not null, begin integer not null, end integer not null,
	primary key (report, ordinal)
) strict, without rowid;

create table kh_incident (
	n integer primary key,
	incident text not null unique,
	event text not null, country text, place text,
	first_day integer, last_day integer,
	actors text, recipients text,
	reports integer not null, stories integer not null, sources integer not null,
	certainty text, contested text
) strict;

create table kh_incident_report (
	report integer primary key references kh_report(n) on delete cascade,
	incident integer not null references kh_incident(n) on delete cascade,
	why text not null -- the points that tie the report to it
) strict;
create index kh_incident_report_incident on kh_incident_report(incident);

-- incidents are linked anew when stories came or went since
create table kh_state (name text primary key, value integer not null) strict, without rowid;
insert into kh_state values ('changes', 0), ('linked', 0);

create virtual table kh_text using fts5(title, text, content='kh_story', content_rowid='n',
	tokenize="unicode61 remove_diacritics 2");
create virtual table kh_where using rtree(n, lat0, lat1, lon0, lon1);

create view report as
	select r.id as report, s.story, r.sentence, r.event, r.modes, r.contexts, r.cameo, r.goldstein, r.quad,
		r.word as trigger, r.actors, r.actor_countries, r.actor_sectors,
		r.recipients, r.recipient_countries, r.recipient_sectors,
		(select low from kh_count c where c.report = r.n and c.kind = 'killed' limit 1) as killed_low,
		(select high from kh_count c where c.report = r.n and c.kind = 'killed' limit 1) as killed_high,
		(select group_concat(c.kind || '=' || ifnull(c.low, '') || '-' || ifnull(c.high, ''), '; ')
			from kh_count c where c.report = r.n) as counts,
		r.place, r.country, r.lat, r.lon, r.geonameid,
		date(r.first_day * 86400, 'unixepoch') as first_day,
		date(r.last_day * 86400, 'unixepoch') as last_day,
		r.time_how, r.certainty, r.said_by, r.stance, r.within, r.rule, r.sure,
		i.incident, s.published, s.source, s.url,
		cast(substr(cast(s.text as blob), r.begin + 1, r.end - r.begin) as text) as words
	from kh_report r join kh_story s on s.n = r.story
		left join kh_incident_report ir on ir.report = r.n
		left join kh_incident i on i.n = ir.incident;

create view incident as
	select incident, event, country, place, date(first_day * 86400, 'unixepoch') as first_day,
		date(last_day * 86400, 'unixepoch') as last_day, actors, recipients, reports, stories, sources,
		certainty, contested,
		(select group_concat(r.id || ': ' || x.why, char(10)) from kh_incident_report x
			join kh_report r on r.n = x.report where x.incident = i.n) as why
	from kh_incident i;
