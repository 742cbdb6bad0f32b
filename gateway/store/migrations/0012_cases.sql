-- What travels with a person: orders and licences, contacts and absences, registrations, diversity needs, other names;
-- and who is responsible meanwhile.

alter table person
  add column cro text,
  add column ethnicity text,        -- code of the list `ethnicity`: asked for, never inferred; null is "not recorded"
  add column ethnicity_said_at timestamptz;

create table person_alias (
  person_id uuid not null references person,
  name text not null,
  source text not null,
  at timestamptz not null,
  primary key (person_id, name)
);

create table person_identifier (
  person_id uuid not null references person,
  kind text not null check (kind in ('crn', 'noms', 'pnc', 'cro')),
  value text not null,              -- a former or second one; the present ones are on the person
  since timestamptz not null,
  primary key (kind, value)
);

-- Two records of one person, made one by somebody; and apart again by somebody, with what was moved.
create table person_merge (
  id uuid primary key,
  kept uuid not null references person,
  merged uuid not null references person,
  reason text not null,
  merged_at timestamptz not null,
  merged_by text not null default current_setting('bedspace.actor', true),
  moved jsonb not null,             -- table → ids of the rows that changed their person
  undone_at timestamptz,
  undone_by text,
  constraint nobody_is_merged_into_themselves check (kept <> merged),
  constraint an_undone_merge_was_undone_by_somebody check ((undone_at is null) = (undone_by is null))
);
create unique index a_record_is_merged_once on person_merge (merged) where undone_at is null;

-- What must be thought of for a person: asked again on every move.
create table person_need (
  id bigint generated always as identity primary key,
  person_id uuid not null references person,
  kind text not null,               -- code of the list `diversity`
  note text not null default '',
  since date not null,
  until date,
  recorded_by text not null default current_setting('bedspace.actor', true)
);

create table sentence (
  id uuid primary key,
  person_id uuid not null references person,
  kind text not null check (kind in ('order', 'licence')),
  code text not null,               -- of the list `sentence`: `cro`, `cpo`, `cpro`, `dtto`, `community_order`, `licence`, …
  event_number int check (event_number > 0),
  court text not null default '',   -- until the court sanctions a transfer, the originating court holds the order
  starts_on date not null,
  ends_on date,
  hours_ordered int check (hours_ordered > 0),
  hours_done int check (hours_done >= 0),
  source text not null default 'bedspace',
  recorded_at timestamptz not null,
  constraint a_sentence_ends_after_it_begins check (ends_on is null or ends_on > starts_on),
  constraint hours_are_done_of_hours_ordered check (hours_done is null or hours_ordered is not null),
  constraint an_event_is_one_sentence unique (person_id, event_number)
);
create table requirement (
  sentence_id uuid not null references sentence,
  n int not null check (n > 0),
  kind text not null,               -- code of the list `requirement`: `residence`, `programme`, `curfew`, …
  title text not null,
  restrictive boolean not null default false,  -- enforced through the move
  starts_on date,
  ends_on date,
  primary key (sentence_id, n),
  constraint a_requirement_ends_after_it_begins check (ends_on is null or starts_on is null or ends_on > starts_on)
);

-- The contact log, of both areas in one sequence.
create table contact (
  id uuid primary key,
  person_id uuid not null references person,
  at timestamptz not null,
  kind text not null,               -- code of the list `contact`: `appointment`, `home_visit`, `induction`, `programme`, …
  outcome text not null check (outcome in
    ('planned', 'attended', 'acceptable_absence', 'unacceptable_absence', 'cancelled')),
  pdu_code text references pdu,
  note text not null default '',
  source text not null default 'bedspace',
  external_reference text,
  recorded_at timestamptz not null,
  recorded_by text not null default current_setting('bedspace.actor', true),
  constraint a_contact_of_a_source_is_kept_once unique (source, external_reference)
);
create index contact_by_person on contact (person_id, at);

create table enforcement (
  id uuid primary key,
  person_id uuid not null references person,
  kind text not null check (kind in ('warning', 'breach', 'recall')),
  on_day date not null,
  pdu_code text not null references pdu,
  note text not null default '',
  outcome text not null default '',
  recorded_at timestamptz not null,
  recorded_by text not null default current_setting('bedspace.actor', true)
);
create index enforcement_by_person on enforcement (person_id, on_day);

-- What a person is registered for, by each area for itself: the two may differ, and then somebody is told.
create table registration (
  id uuid primary key,
  person_id uuid not null references person,
  kind text not null check (kind in ('rosh', 'mappa', 'visor', 'high_risk_register', 'other')),
  level text not null default '',   -- rosh: low … very_high; mappa: 1–3
  category text not null default '',-- mappa: 1–4
  pdu_code text not null references pdu,
  since date not null,
  until date,
  recorded_at timestamptz not null,
  recorded_by text not null default current_setting('bedspace.actor', true),
  constraint a_registration_ends_after_it_begins check (until is null or until > since),
  constraint a_level_is_known check (
    (kind <> 'rosh' or level in ('low', 'medium', 'high', 'very_high')) and (kind <> 'mappa' or level in ('', '1', '2', '3')))
);
create unique index an_area_registers_a_person_once on registration (person_id, kind, pdu_code) where until is null;

-- Only `since` is stored. It goes forward: nobody becomes responsible before who is responsible now.
alter table responsibility
  add column nsi_id uuid references nsi,
  add column why text not null default '',
  add column by_whom text not null default 'gateway';
alter table responsibility
  add constraint somebody_is_responsible check (coalesce(region_code, pdu_code) is not null);
alter table responsibility alter column by_whom set default coalesce(nullif(current_setting('bedspace.actor', true), ''), 'gateway');
create function keep_responsibility_forward() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('responsible:' || new.person_id::text, 0));
  if exists (select from responsibility where person_id = new.person_id and since >= new.since) then
    raise exception using errcode = '23514', constraint = 'responsibility_goes_forward',
      message = 'somebody is responsible from that time on already';
  end if;
  return new;
end
$$;
create trigger responsibility_goes_forward before insert on responsibility
  for each row execute function keep_responsibility_forward();

-- Supervised for another without a formal transfer: visible, and counted.
create table caretaking (
  id uuid primary key,
  person_id uuid not null references person,
  by_pdu text not null references pdu,
  for_pdu text not null references pdu,
  during daterange not null check (not isempty(during) and not lower_inf(during)),
  nsi_id uuid references nsi,
  reason text not null default '',
  recorded_at timestamptz not null,
  recorded_by text not null default current_setting('bedspace.actor', true),
  constraint nobody_is_held_for_oneself check (by_pdu <> for_pdu),
  constraint a_person_is_held_by_one_a_day exclude using gist (person_id with =, during with &&)
);
create index caretaking_by_pdu on caretaking (by_pdu);
create index caretaking_for_pdu on caretaking (for_pdu);

-- Each end sees whom it holds or who is held for it, and who is responsible sees whom it is responsible for: with an NSI
-- or without.
alter table caretaking enable row level security;
alter table caretaking force row level security;
create policy caretaking_of_an_end_in_scope on caretaking using (pdu_in_scope(by_pdu) or pdu_in_scope(for_pdu));
alter policy of_a_person_in_scope on responsibility using (
  (select current_setting('bedspace.nation', true)) = 'on'
  or exists (select from nsi where nsi.person_id = responsibility.person_id)
  or pdu_in_scope(pdu_code)
);

do $$
declare
  t text;
begin
  foreach t in array array['person_alias', 'person_identifier', 'person_need', 'sentence', 'contact', 'enforcement',
                           'registration'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy of_a_person_one_may_see on %I using (
      exists (select from person where person.id = person_id)) with check (true)', t);
  end loop;
end
$$;
alter table requirement enable row level security;
alter table requirement force row level security;
create policy of_a_sentence_one_may_see on requirement using (
  exists (select from sentence where sentence.id = sentence_id)) with check (true);
alter table person_merge enable row level security;
alter table person_merge force row level security;
create policy of_people_one_may_see on person_merge using (
  exists (select from person where person.id = kept)) with check (true);

grant select, insert on person_alias, contact, enforcement to bedspace_app;
grant select, insert, update on person_identifier, person_merge, person_need, sentence, requirement, registration,
  caretaking to bedspace_app;
