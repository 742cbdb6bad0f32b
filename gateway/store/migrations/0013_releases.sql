-- Releases: the one place where a claim on a bed and an NSI meet.
create table release (
  id uuid primary key,
  number bigint generated always as identity unique,
  reference text not null generated always as ('REL-' || lpad(number::text, 6, '0')) stored,
  person_id uuid not null references person,
  kind text not null default 'release' check (kind in ('release', 'rotl')),
  prison_code text not null references prison,
  release_on date not null,
  state text not null default 'noticed' constraint a_release_has_a_known_state check (state in
    ('noticed', 'needs_bed', 'referred', 'ready', 'released', 'cancelled')),
  address text,                     -- null: none yet
  near text not null,               -- what the locator was asked
  postcode text,
  address_checked text check (address_checked in ('suitable', 'not_suitable')),
  address_checked_on date,
  address_checked_by text,
  reside_where_approved boolean not null default false,
  pdu_code text not null references pdu,       -- of resettlement
  region_code text not null references region,
  home_pdu text references pdu,                -- where the person is supervised
  rosh text check (rosh in ('low', 'medium', 'high', 'very_high')),
  needs text[] not null default '{}',
  gender text not null check (gender in ('male', 'female')),
  nights int not null default 84 check (nights between 1 and 3650),
  before_non_working boolean not null default false,     -- the notice was told so, and asked which date
  date_confirmed_at timestamptz,
  officer_name text,
  officer_email text,
  suitability_id bigint references suitability,
  placement_id uuid references placement,
  nsi_id uuid references nsi,
  external_reference text,
  noticed_at timestamptz not null,
  noticed_by text not null default current_setting('bedspace.actor', true),
  changed_at timestamptz not null,
  constraint an_address_is_checked_by_somebody check (
    (address_checked is null) = (address_checked_on is null) and (address_checked is null) = (address_checked_by is null)),
  constraint a_notice_is_kept_once unique (noticed_by, external_reference)
);
create unique index a_person_has_one_open_release on release (person_id)
  where kind = 'release' and state not in ('released', 'cancelled');
create index release_by_prison on release (prison_code, release_on);
create index release_by_pdu on release (pdu_code, release_on);
create index release_by_placement on release (placement_id) where placement_id is not null;

create table release_history (
  id bigint generated always as identity primary key,
  release_id uuid not null references release,
  at timestamptz not null,
  kind text not null,
  note text not null default '',    -- in words, nothing about the person
  by_whom text not null default current_setting('bedspace.actor', true)
);
create index release_history_by_release on release_history (release_id, id);

-- What must exist before somebody is released.
create table release_need (
  release_id uuid not null references release,
  kind text not null,               -- of `release.toml`
  due date not null,
  met_at timestamptz,
  met_by text,
  not_applicable text,
  primary key (release_id, kind),
  constraint what_is_met_was_met_by_somebody check ((met_at is null) = (met_by is null))
);

alter table release enable row level security;
alter table release force row level security;
create policy release_in_scope on release using (
  (select current_setting('bedspace.nation', true)) = 'on'
  or noticed_by = (select current_setting('bedspace.actor', true))
  or pdu_code = any (string_to_array((select current_setting('bedspace.pdus', true)), ','))
  or home_pdu = any (string_to_array((select current_setting('bedspace.pdus', true)), ','))
  or region_code = any (string_to_array((select current_setting('bedspace.regions', true)), ','))
) with check (true);
do $$
declare
  t text;
begin
  foreach t in array array['release_history', 'release_need'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy of_a_release_in_scope on %I using '
                   '(exists (select from release where release.id = release_id)) with check (true)', t);
  end loop;
end
$$;

-- A person is seen by whoever may see an NSI, a placement or a release of theirs, is or was responsible, or holds them
-- for another; masked where access is limited.
alter policy person_of_an_nsi_in_scope on person using (
  ((select current_setting('bedspace.nation', true)) = 'on'
    or exists (select from nsi where nsi.person_id = person.id)
    or exists (select from placement where placement.person_id = person.id)
    or exists (select from release where release.person_id = person.id)
    or exists (select from responsibility where responsibility.person_id = person.id)
    or exists (select from caretaking where caretaking.person_id = person.id))
  and (not limited_access
    or (select current_setting('bedspace.everyone', true)) = 'on'
    or exists (select from person_allowed a
               where a.person_id = person.id and a.actor = (select current_setting('bedspace.actor', true))))
);

grant select, insert, update on release, release_need to bedspace_app;
grant select, insert on release_history to bedspace_app;
