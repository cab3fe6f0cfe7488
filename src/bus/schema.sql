-- The ledger of a queue and the results, version 1, in a schema of their own. Nothing here is ever changed by the
-- broker: what is in these tables is what is known.
create schema khabar;

create table khabar.version (version integer not null);
insert into khabar.version values (1);

create table khabar.file (
	file integer generated always as identity primary key,
	name text not null unique
);

-- what was put, once: the same bytes again are the same story
create table khabar.story (
	story bigint generated always as identity primary key,
	key bytea not null unique, -- the first 16 bytes of the SHA-256 of kind, what the carrier told, and the bytes
	file integer not null,
	at bigint not null,    -- where it lies in the file, unpacked
	bytes bigint not null,
	kind smallint not null, -- 0 to 5: a document; 16: a line of JSON; 17: the same, a page
	told text,             -- what its carrier told of a document, parts ended by U+001F
	body bytea             -- null: read it from the file
);

-- a piece of work: the stories from first to last that have no result of this behaviour yet
create table khabar.batch (
	batch bigint generated always as identity primary key,
	behaviour integer not null,
	first bigint not null, last bigint not null, stories integer not null,
	state text not null default 'waiting' check (state in ('waiting', 'leased', 'done', 'failed')),
	lease_until timestamptz, tries integer not null default 0, worker text, error text,
	put_at timestamptz not null default clock_timestamp(), done_at timestamptz
);
create index batch_open on khabar.batch(behaviour, batch) where state in ('waiting', 'leased');
create index batch_done on khabar.batch(done_at);

create table khabar.result (
	key bytea not null,
	behaviour integer not null,
	stories integer not null, reports integer not null,
	record text not null, -- as "khabar code --stories" prints it
	made_at timestamptz not null default clock_timestamp(),
	primary key (key, behaviour)
);
-- quick packing is worth more than the last bytes; a server built without it keeps its own
do $$ begin
	alter table khabar.story alter column body set compression lz4;
	alter table khabar.result alter column record set compression lz4;
exception when feature_not_supported then null;
end $$;

-- stories that could not be coded, each with the place of its bytes
create table khabar.failed (
	key bytea not null,
	behaviour integer not null,
	story bigint not null, file text not null, at bigint not null, bytes bigint not null,
	tries integer not null, error text not null,
	failed_at timestamptz not null default clock_timestamp(),
	primary key (key, behaviour)
);

create view khabar.report as
	select r.behaviour, x->>'id' as report, x->>'story' as story, x->>'event' as event, x->>'cameo' as cameo,
		x->'time'->>'begin' as first_day, x->'time'->>'end' as last_day,
		x->'place'->>'name' as place, x->'place'->>'country' as country,
		x->>'certainty' as certainty, (x->>'sure')::integer as sure, x as record
	from khabar.result r, regexp_split_to_table(r.record, E'\n') line,
		jsonb_array_elements((line::jsonb)->'reports') x
	where line <> '';
