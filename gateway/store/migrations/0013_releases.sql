-- Releases: the one place where a claim on a bed and an NSI meet.
create table release (
  id uuid primary key,
  number bigint generated always as identity unique,
  reference text not null generated always as ('REL-' || lpad(number::text, 6, '0')) stored,
  person_id uuid not null references person,
  kind text not null default 'release' check (kind in ('release', 'rotl')),
  prison_code text not null references prison,
  release_on date not null,
  until date,                       -- of a temporary licence: the day of return
  state text not null default 'noticed' constraint a_release_has_a_known_state check (state in
    ('noticed', 'needs_bed', 'referred', 'ready', 'released', 'returned', 'cancelled')),
  address text,                     -- as notified; null: none yet
  near text not null,               -- what the locator was asked
  postcode text,                    -- full, where `near` is one
  address_checked text check (address_checked in ('suitable', 'not_suitable')),
  address_checked_on date,
  address_checked_by text,
  reside_where_approved boolean not null default false,
  approved_address text,            -- where the licence says to reside
  approved_on date,
  approved_by text,
  provider text,                    -- a housing provider in the prison who arranged accommodation
  arranged_address text,
  arranged_at timestamptz,
  arranged_by text,
  pdu_code text not null references pdu,       -- of resettlement
  region_code text not null references region,
  former_pdu text references pdu,              -- of resettlement, until the last change of mind
  home_pdu text references pdu,                -- where the person is supervised
  rosh text check (rosh in ('low', 'medium', 'high', 'very_high')),
  needs text[] not null default '{}',
  gender text not null check (gender in ('male', 'female')),
  nights int not null default 84 check (nights between 1 and 3650),
  before_non_working boolean not null default false,     -- the notice was told so, and asked which date
  date_confirmed_at timestamptz,
  date_confirmed_by text,
  contact_name text,                -- of the prison, who is told
  contact_email text,
  officer_name text,
  officer_email text,
  suitability_id bigint references suitability,
  placement_id uuid references placement,
  nsi_id uuid references nsi,
  nsi_is_ours boolean not null default false,            -- raised for the release, and ended with what it was raised for
  external_reference text,
  released_on date,
  ended_reason text,                -- code of the list `release_cancelled`
  noticed_at timestamptz not null,
  noticed_by text not null default current_setting('bedspace.actor', true),
  changed_at timestamptz not null,
  constraint an_address_is_checked_by_somebody check (
    (address_checked is null) = (address_checked_on is null) and (address_checked is null) = (address_checked_by is null)),
  constraint a_date_is_confirmed_by_somebody check ((date_confirmed_at is null) = (date_confirmed_by is null)),
  constraint an_address_is_approved_by_somebody check (
    (approved_address is null) = (approved_on is null) and (approved_address is null) = (approved_by is null)),
  constraint what_is_arranged_was_arranged_by_somebody check (
    (provider is null) = (arranged_at is null) and (provider is null) = (arranged_by is null)),
  constraint a_temporary_licence_has_a_return check ((kind = 'rotl') = (until is not null)),
  constraint who_returns_was_out_before check (until is null or until > release_on),
  constraint a_release_is_cancelled_for_a_reason check ((state = 'cancelled') = (ended_reason is not null)),
  constraint who_is_released_was_so_on_a_day check ((state in ('released', 'returned')) = (released_on is not null)),
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

-- What must exist before somebody is released. `met_by` is who said so, also of what is not applicable.
create table release_need (
  release_id uuid not null references release,
  kind text not null,               -- of `release.toml`
  due date not null,
  met_at timestamptz,
  met_by text,
  not_applicable text,              -- why
  alerted_at timestamptz,           -- when people were told that it lacks
  primary key (release_id, kind),
  constraint what_is_met_was_met_by_somebody check ((met_at is null) = (met_by is null)),
  constraint what_is_not_applicable_was_said_by_somebody check (not_applicable is null or met_at is not null)
);

-- What somebody must decide: which date, a bed that is not free on the new one, where a resident moves on to.
create table release_question (
  id bigint generated always as identity primary key,
  release_id uuid not null references release,
  kind text not null check (kind in ('which_date', 'bed_not_free', 'bed_lost', 'address_differs', 'move_on', 'was_released')),
  said text not null,               -- in words, nothing about the person
  asked_at timestamptz not null,
  answered_at timestamptz,
  answered_by text,
  answer text not null default '',
  constraint an_answered_question_was_answered_by_somebody check ((answered_at is null) = (answered_by is null))
);
create unique index a_release_is_asked_each_thing_once on release_question (release_id, kind) where answered_at is null;

alter table release enable row level security;
alter table release force row level security;
create policy release_in_scope on release using (
  (select current_setting('bedspace.nation', true)) = 'on'
  or noticed_by = (select current_setting('bedspace.actor', true))
  or prison_code = any (string_to_array((select current_setting('bedspace.prisons', true)), ','))
  or pdu_code = any (string_to_array((select current_setting('bedspace.pdus', true)), ','))
  or home_pdu = any (string_to_array((select current_setting('bedspace.pdus', true)), ','))
  or region_code = any (string_to_array((select current_setting('bedspace.regions', true)), ','))
) with check (true);
do $$
declare
  t text;
begin
  foreach t in array array['release_history', 'release_need', 'release_question'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy of_a_release_in_scope on %I using '
                   '(exists (select from release where release.id = release_id)) with check (true)', t);
  end loop;
end
$$;

-- A person is seen by whoever may see an NSI, a placement or a release of theirs, is or was responsible, or holds them
-- for another; masked where access is limited.
-- Whoever sees a release sees the AP referral made for it, and who is responsible for the person.
alter policy placement_in_scope on placement using (
  (select current_setting('bedspace.nation', true)) = 'on'
  or referred_by = (select current_setting('bedspace.actor', true))
  or referring_pdu = any (string_to_array((select current_setting('bedspace.pdus', true)), ','))
  or referring_region = any (string_to_array((select current_setting('bedspace.regions', true)), ','))
  or exists (select from release where release.placement_id = placement.id)
  or (coalesce((select current_setting('bedspace.premises', true)), '') <> ''
      and (premises_in_scope(premises_id)
           or placement_asks_in_scope(id, state in ('referred', 'offered', 'displaced', 'declined', 'lapsed', 'withdrawn'))))
) with check (true);

-- A person is seen by whoever may see an NSI, a placement or a release of theirs; masked where access is limited.
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

grant select, insert, update on release, release_need, release_question to bedspace_app;
grant select, insert on release_history to bedspace_app;
