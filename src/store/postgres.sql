-- The store in PostgreSQL, of the same version as schema-4.sql: the same tables and views, its own words for the rest.
-- Text is compared byte by byte, as SQLite does it, whatever the database's own order is.
create function kh_words(t text, b bigint, e bigint) returns text immutable strict language sql as
	$$ select convert_from(substring(convert_to(t, 'UTF8') from cast(b + 1 as integer) for cast(e - b as integer)), 'UTF8') $$;
create function instr(t text, part text) returns integer immutable strict language sql as $$ select strpos(t, part) $$;
create function round(v double precision, digits integer) returns double precision immutable strict language sql as
	$$ select cast(pg_catalog.round(cast(v as numeric), digits) as double precision) $$;
create function date(s bigint, how text) returns text immutable strict language sql as
	$$ select to_char(to_timestamp(s) at time zone 'UTC', 'YYYY-MM-DD') $$;
create function strftime(form text, s bigint, how text) returns text immutable strict language sql as
	$$ select to_char(to_timestamp(s) at time zone 'UTC', replace(replace(replace(form, '%Y', 'YYYY'), '%m', 'MM'), '%d', 'DD')) $$;
create function strftime(form text, t text) returns text stable strict language sql as
	$$ select to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') $$;
create function kh_join(so_far text, one text, between_them text) returns text immutable language sql as
	$$ select case when one is null then so_far when so_far is null then one else so_far || between_them || one end $$;
create aggregate group_concat(text, text) (sfunc = kh_join, stype = text);

create table kh_story (
	n bigint primary key,
	story text collate "C" not null unique,
	source text collate "C", url text collate "C", language text collate "C", title text collate "C", byline text collate "C",
	published text collate "C", published_day bigint, published_how text collate "C", dateline text collate "C",
	text text collate "C" not null,
	file text collate "C",
	program text collate "C", model text collate "C", behaviour bigint,
	record text collate "C" not null -- the story as JSON, without its text and reports
);

create table kh_report (
	n bigint primary key,
	id text collate "C" not null unique,
	story bigint not null references kh_story(n) on delete cascade,
	sentence bigint not null,
	begin bigint not null, "end" bigint not null,
	event text collate "C" not null, modes text collate "C", contexts text collate "C", cameo text collate "C",
	goldstein double precision, quad bigint,
	word text collate "C" not null, word_begin bigint not null, word_end bigint not null,
	place text collate "C", country text collate "C", lat double precision, lon double precision, geonameid bigint,
	place_text text collate "C",
	first_day bigint, last_day bigint, time_how text collate "C",
	certainty text collate "C", within text collate "C", rule text collate "C", sure bigint,
	actors text collate "C", actor_countries text collate "C", actor_sectors text collate "C",
	recipients text collate "C", recipient_countries text collate "C", recipient_sectors text collate "C",
	said_by text collate "C", stance text collate "C",
	record text collate "C" not null,
	home text collate "C" not null default '', day bigint not null default -1000000, mix bigint
);
create index kh_report_story on kh_report(story);
create index kh_report_part on kh_report(event, home, day);
create index kh_report_day on kh_report(day);
create index kh_report_country on kh_report(country, day);
create index kh_report_where on kh_report using gist (point(lon, lat));

create table kh_who (
	n bigint generated always as identity primary key,
	name text collate "C", id text collate "C", country text collate "C", sectors text collate "C", text text collate "C" not null,
	key text collate "C" not null unique
);

create table kh_actor (
	report bigint not null references kh_report(n) on delete cascade,
	role text collate "C" not null,
	ordinal bigint not null,
	name text collate "C", id text collate "C", country text collate "C", sectors text collate "C", text text collate "C" not null,
	begin bigint not null, "end" bigint not null,
	kind text collate "C", stance text collate "C", quote bigint,
	who bigint,
	primary key (report, role, ordinal)
);
create index kh_actor_who on kh_actor(who, role);

create table kh_count (
	report bigint not null references kh_report(n) on delete cascade,
	ordinal bigint not null,
	kind text collate "C" not null, low bigint, high bigint,
	text text collate "C" not null, begin bigint not null, "end" bigint not null,
	primary key (report, ordinal)
);

create table kh_incident (
	n bigint primary key,
	incident text collate "C" not null unique,
	event text collate "C" not null, country text collate "C", place text collate "C",
	first_day bigint, last_day bigint,
	actors text collate "C", recipients text collate "C",
	reports bigint not null, stories bigint not null, sources bigint not null,
	certainty text collate "C", contested text collate "C",
	lat double precision, lon double precision, actor_countries text collate "C", recipient_countries text collate "C",
	killed_low bigint, killed_high bigint
);
create index kh_incident_less on kh_incident(n) where reports < 0;

create table kh_incident_report (
	report bigint primary key references kh_report(n) on delete cascade,
	incident bigint not null references kh_incident(n) on delete cascade,
	why text collate "C" not null
);
create index kh_incident_report_incident on kh_incident_report(incident);

create table kh_relink (
	event text collate "C" not null, home text collate "C" not null, dated bigint not null, day bigint not null,
	primary key (event, home, dated)
);
create function kh_report_went() returns trigger language plpgsql as $$ begin
	update kh_incident set reports = -1 where n = (select incident from kh_incident_report where report = old.n);
	insert into kh_relink(event, home, dated, day)
		values (old.event, old.home, case when old.day > -1000000 then 1 else 0 end, old.day)
		on conflict (event, home, dated) do update set day = least(kh_relink.day, excluded.day);
	return old;
end $$;
create trigger kh_report_went before delete on kh_report for each row execute function kh_report_went();

-- The words of a story's title and text, as SQLite's FTS5 would find them, with blanks between.
create table kh_text (story bigint primary key references kh_story(n) on delete cascade, words text collate "C" not null);
create index kh_text_words on kh_text using gin (string_to_array(words, ' '));

create table kh_state (name text collate "C" primary key, value bigint not null);
insert into kh_state values ('linked', 0), ('floor', 0);

create table kh_review (
	n bigint generated always as identity primary key,
	report text collate "C" not null, coder text collate "C" not null, at text collate "C" not null,
	verdict text collate "C" not null check (verdict in ('accept', 'reject', 'correct', 'undo')),
	changes text collate "C", reason text collate "C", queue text collate "C",
	undoes bigint references kh_review(n),
	record text collate "C"
);
create index kh_review_report on kh_review(report, coder);
create index kh_review_undoes on kh_review(undoes);

create table kh_saved (
	who text collate "C" not null, name text collate "C" not null, query text collate "C" not null,
	seen bigint not null, looked text collate "C" not null,
	primary key (who, name)
);

create view report as
	select r.id as report, s.story, r.sentence, r.event, r.modes, r.contexts, r.cameo, r.goldstein, r.quad,
		r.word as trigger, r.actors, r.actor_countries, r.actor_sectors,
		r.recipients, r.recipient_countries, r.recipient_sectors,
		(select low from kh_count c where c.report = r.n and c.kind = 'killed' order by ordinal limit 1) as killed_low,
		(select high from kh_count c where c.report = r.n and c.kind = 'killed' order by ordinal limit 1) as killed_high,
		(select group_concat(f, '; ') from (select c.kind || '=' || coalesce(cast(c.low as text), '') || '-' ||
			coalesce(cast(c.high as text), '') as f from kh_count c where c.report = r.n order by c.ordinal) t) as counts,
		r.place, r.country, r.lat, r.lon, r.geonameid,
		date(r.first_day * 86400, 'unixepoch') as first_day,
		date(r.last_day * 86400, 'unixepoch') as last_day,
		r.time_how, r.certainty, r.said_by, r.stance, r.within, r.rule, r.sure,
		i.incident, s.published, s.source, s.url,
		kh_words(s.text, r.begin, r."end") as words
	from kh_report r join kh_story s on s.n = r.story
		left join kh_incident_report ir on ir.report = r.n
		left join kh_incident i on i.n = ir.incident;

create view incident as
	select incident, event, country, place, date(first_day * 86400, 'unixepoch') as first_day,
		date(last_day * 86400, 'unixepoch') as last_day, actors, recipients, reports, stories, sources,
		certainty, contested,
		(select group_concat(w, chr(10)) from (select r.id || ': ' || x.why as w from kh_incident_report x
			join kh_report r on r.n = x.report where x.incident = i.n order by r.n) t) as why,
		lat, lon, actor_countries, recipient_countries, killed_low, killed_high
	from kh_incident i;
