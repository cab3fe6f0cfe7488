-- Version 4: a random order that is the same everywhere, numbers that are given once, questions that somebody keeps.
alter table kh_report add column mix integer; -- a shuffle by id
update kh_report set mix = kh_mix(id);
drop index kh_report_day;
drop index kh_report_country;
create index kh_report_day on kh_report(day);
create index kh_report_country on kh_report(country, day);
insert into kh_state values ('floor', 0); -- the greatest number of a report that went
create table kh_saved (
	who text not null,
	name text not null,
	query text not null, -- query words
	seen integer not null, -- the last report there was when they looked
	looked text not null, -- UTC
	primary key (who, name)
) strict, without rowid;
