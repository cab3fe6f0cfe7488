-- Version 3: incidents are linked part by part, and only where reports came or went.
-- A part is a category in a country (where it was, else of whom it befell, else of who did it); what
-- is of one part never meets what is of another. Undated reports are a part of their own.
alter table kh_report add column home text not null default '';
alter table kh_report add column day integer not null default -1000000; -- first_day, else the story's; this: nobody knows
update kh_report set home = coalesce(country, substr(recipient_countries, 1, 3), substr(actor_countries, 1, 3), ''),
	day = coalesce(first_day, (select published_day from kh_story s where s.n = kh_report.story), -1000000);
drop index kh_report_event;
create index kh_report_part on kh_report(event, home, day);

create table kh_relink ( -- parts to be linked anew, from which day on
	event text not null, home text not null, dated integer not null, day integer not null,
	primary key (event, home, dated)
) strict, without rowid;
insert into kh_relink select event, home, day > -1000000, min(day) from kh_report group by 1, 2, 3;
delete from kh_incident;
delete from kh_state where name = 'changes';
create index kh_incident_less on kh_incident(n) where reports < 0; -- lost one, to be counted anew
create trigger kh_report_went before delete on kh_report begin
	update kh_incident set reports = -1 where n = (select incident from kh_incident_report where report = old.n);
	insert into kh_relink values (old.event, old.home, old.day > -1000000, old.day)
		on conflict do update set day = min(day, excluded.day);
end;
