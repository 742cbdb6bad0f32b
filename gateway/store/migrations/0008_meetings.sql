-- Who must not meet whom, who looked for it, and which offences premises accept. "Not checked" is never "none".

-- Two people who must not live in the same premises. The other may be known by a CRN alone: of somebody whom no record
-- here is about yet, and whom the pair finds as soon as there is one.
create table must_not_meet (
  id bigint generated always as identity primary key,
  person_id uuid not null,
  other_id uuid,
  other_crn text check (other_crn ~ '^[A-Z]\d{6}$'),
  kind text not null,             -- code of the list `must_not_meet`
  source text not null,           -- code of the list `meeting_source`
  note text not null default '',
  since date not null,
  until date,                     -- the first night on which they may be in the same premises
  recorded_at timestamptz not null,
  recorded_by text not null,
  ended_at timestamptz,
  ended_by text,
  ended_note text not null default '',
  constraint nobody_is_kept_from_themselves check (other_id is null or person_id <> other_id),
  constraint the_other_is_a_person_or_a_crn check ((other_id is null) <> (other_crn is null)),
  constraint a_pair_ends_after_it_begins check (until is null or until > since),
  constraint a_pair_that_ended_was_ended_by_somebody check ((ended_at is null) = (ended_by is null))
);
create index must_not_meet_by_person on must_not_meet (person_id) where ended_at is null;
create index must_not_meet_by_other on must_not_meet (other_id) where ended_at is null;
create index must_not_meet_by_crn on must_not_meet (other_crn) where ended_at is null and other_crn is not null;
create unique index two_people_are_kept_apart_once on must_not_meet (
  least(person_id, other_id), greatest(person_id, other_id), kind)
  where ended_at is null and other_id is not null;
create unique index a_person_is_kept_from_a_crn_once on must_not_meet (person_id, other_crn, kind)
  where ended_at is null and other_crn is not null;

-- Somebody looked who must not meet a person, appended and never rewritten.
create table meeting_check (
  id bigint generated always as identity primary key,
  person_id uuid not null,
  outcome text not null check (outcome in ('none_known', 'recorded', 'not_possible')),
  note text not null default '',
  checked_at timestamptz not null,
  checked_by text not null
);
create index meeting_check_by_person on meeting_check (person_id, checked_at desc);

alter table must_not_meet enable row level security;
alter table must_not_meet force row level security;
create policy of_people_one_may_see on must_not_meet using (
  (select current_setting('bedspace.everyone', true)) = 'on'
  or exists (select from person where person.id = person_id)
  or exists (select from person where person.id = other_id)
) with check (true);
alter table meeting_check enable row level security;
alter table meeting_check force row level security;
create policy of_a_person_one_may_see on meeting_check using (
  (select current_setting('bedspace.everyone', true)) = 'on'
  or exists (select from person where person.id = person_id)
) with check (true);

-- Everyone whom a person must not meet on some night of a window, wherever they are, seen or not: obeyed, never shown.
create function kept_apart_from(who uuid, first date, until_day date) returns setof uuid language plpgsql as $$
declare
  nation text := current_setting('bedspace.nation', true);
  everyone text := current_setting('bedspace.everyone', true);
begin
  perform set_config('bedspace.nation', 'on', true), set_config('bedspace.everyone', 'on', true);
  return query
    with pairs as (
      select m.person_id, m.other_id, m.other_crn from must_not_meet m
      where m.ended_at is null and daterange(m.since, m.until) && daterange(first, until_day)
    )
    select other_id from pairs where person_id = who and other_id is not null
    union select person_id from pairs where other_id = who
    union select p.id from pairs join person p on p.crn = pairs.other_crn where pairs.person_id = who
    union select pairs.person_id from pairs join person p on p.crn = pairs.other_crn where p.id = who;
  perform set_config('bedspace.nation', nation, true), set_config('bedspace.everyone', everyone, true);
end
$$;

-- When somebody last looked who must not meet a person; whoever may place the person may know that much.
create function last_meeting_check(who uuid) returns timestamptz language plpgsql as $$
declare
  everyone text := current_setting('bedspace.everyone', true);
  found_at timestamptz;
begin
  perform set_config('bedspace.everyone', 'on', true);
  select max(checked_at) into found_at from meeting_check where person_id = who and outcome <> 'not_possible';
  perform set_config('bedspace.everyone', everyone, true);
  return found_at;
end
$$;

-- What somebody was convicted of, as far as premises ask: the characteristic that a bed for them must have.
create table offence (
  code text primary key check (code ~ '^[a-z][a-z0-9_]*$'),
  name text not null,
  needs text not null references characteristic,
  position int not null default 0,
  valid daterange not null default daterange('2021-06-26', null)
);
insert into offence (code, name, needs, position) values
  ('sexual_adult', 'A sexual offence against an adult', 'accepts_sexual_offences', 1),
  ('sexual_child', 'A sexual offence against a child', 'accepts_child_sexual_offences', 2),
  ('child_other', 'Another offence against a child', 'accepts_child_other_offences', 3),
  ('hate', 'A hate offence', 'accepts_hate_offences', 4),
  ('arson', 'Arson', 'arson_suitable', 5);
create trigger shape_touched after insert or update or delete on offence
  for each statement execute function touch_shape();

-- The characteristic that premises of a type have by being of that type.
create function offered_by_type(type text) returns text language sql immutable as $$
  select case type when 'pipe' then 'pipe' when 'esap' then 'esap' when 'rfap' then 'rfap'
              when 'mental_health' then 'mhap' end
$$;

grant select, insert, update on must_not_meet to bedspace_app;
grant select, insert on meeting_check to bedspace_app;
grant select, insert, update on offence to bedspace_app;
