-- Lists that people choose from, and the whole of a placement: from the decision that approved premises suit, through
-- AP referral, booking and stay, to the departure. Every booking and every stay belongs to a placement.

-- A list that people choose from. Retired by ending `valid`, never deleted.
create table list_entry (
  list text not null,             -- `departure`, `decline`, `out_of_service`, …
  code text not null check (code ~ '^[a-z][a-z0-9_]*$'),
  name text not null,
  parent text,                    -- a code of the same list, where the list is a tree
  external_code text,             -- what the case system calls it
  needs_note boolean not null default false,
  reference_kind text,            -- of a reason out of service: what its reference is, `work_order` or `crn`
  position int not null default 0,
  valid daterange not null default daterange('2021-06-26', null),
  by_hand boolean not null default false,
  primary key (list, code),
  foreign key (list, parent) references list_entry (list, code) deferrable initially deferred
);

-- Approved premises are for risk of harm, not for want of an address: somebody decides that first.
create table suitability (
  id bigint generated always as identity primary key,
  person_id uuid not null,
  suitable boolean not null,
  reason text not null,           -- code of the list `suitability`
  note text not null default '',
  pointed_to text,                -- where else the person was pointed, when approved premises do not suit
  decided_at timestamptz not null,
  decided_by text not null,
  decided_role text not null,
  pdu_code text references pdu,
  region_code text references region,
  unique (id, person_id, suitable)
);
create index suitability_by_person on suitability (person_id, decided_at desc);

create table placement (
  id uuid primary key,
  number bigint generated always as identity unique,
  reference text not null generated always as ('PL-' || lpad(number::text, 6, '0')) stored,
  person_id uuid not null,
  state text not null constraint placement_has_a_known_state check (state in
    ('referred', 'offered', 'booked', 'displaced', 'arrived', 'departed', 'not_arrived', 'declined', 'lapsed',
     'cancelled', 'withdrawn')),
  origin text not null default 'referral' check (origin in ('referral', 'import')),
  gender text not null check (gender in ('male', 'female')),
  type text not null default 'standard'
    check (type in ('standard', 'pipe', 'esap', 'rfap', 'mental_health', 'independent')),
  timeliness text not null default 'standard' check (timeliness in ('emergency', 'short_notice', 'standard')),
  arrives_on date not null,       -- expected, then actual
  departs_on date not null,       -- expected, then actual; the first night that is no longer theirs
  need jsonb not null default '{}',  -- what was asked for, without zones and without persons
  suitability_id bigint,
  suits boolean not null generated always as (true) stored,
  premises_id int references premises,   -- where it is offered, booked or lived
  referring_pdu text references pdu,
  referring_region text references region,
  referred_by text not null,
  referred_at timestamptz not null,
  officer_name text,              -- the responsible officer, who is told of what goes wrong
  officer_email text,
  rosh text check (rosh in ('low', 'medium', 'high', 'very_high')),
  risk_to_staff text check (risk_to_staff in ('low', 'medium', 'high', 'very_high')),
  risk_to_residents text check (risk_to_residents in ('low', 'medium', 'high', 'very_high')),
  risk_note text not null default '',
  short_notice_reason text,       -- code of the list `short_notice`
  short_notice_note text not null default '',
  arrive_by timestamptz,          -- the agreed hour
  alerted_at timestamptz,         -- when people were told that nobody had arrived by then
  arrived_at timestamptz,
  departed_at timestamptz,
  away text check (away in ('hospital', 'police')),   -- the bed is kept meanwhile
  away_since timestamptz,
  away_until timestamptz,
  ended_reason text,              -- code of the list that belongs to the state
  ended_note text not null default '',
  move_on text,                   -- code of the list `move_on`
  checked_reason text,            -- why a booking was confirmed though who must not meet whom had not been checked
  waiting_since timestamptz,      -- on the waiting list from then on
  waiting_until timestamptz,      -- when it leaves it by itself, and is asked about
  changed_at timestamptz not null,
  constraint a_placement_ends_after_it_begins check (departs_on > arrives_on),
  constraint a_referral_rests_on_a_decision check (origin = 'import' or suitability_id is not null),
  constraint the_decision_is_about_this_person_and_says_suitable
    foreign key (suitability_id, person_id, suits) references suitability (id, person_id, suitable),
  constraint who_is_booked_or_stays_is_somewhere check (
    state not in ('booked', 'arrived', 'departed') or premises_id is not null),
  constraint who_arrived_did_so_at_an_hour check (state not in ('arrived', 'departed') or arrived_at is not null),
  constraint who_departed_did_so_at_an_hour check ((state = 'departed') = (departed_at is not null)),
  constraint who_is_away_stays check (away is null or state = 'arrived'),
  constraint who_waits_has_no_bed check (
    waiting_since is null or state in ('referred', 'offered', 'displaced', 'declined', 'lapsed')),
  constraint waiting_ends check ((waiting_since is null) = (waiting_until is null))
);
create index placement_by_person on placement (person_id);
create index placement_by_premises on placement (premises_id, state);
create index placement_by_referring_pdu on placement (referring_pdu, number desc);
create index placement_waiting on placement (waiting_since) where waiting_since is not null;
create index placement_arriving on placement (arrive_by) where state = 'booked' and alerted_at is null;

-- Where the bed must not be: obeyed, and never shown. `licence` zones are shown to those who enforce them.
create table placement_zone (
  id bigint generated always as identity primary key,
  placement_id uuid not null references placement,
  kind text not null check (kind in ('victim', 'licence')),
  lat double precision not null,
  lon double precision not null,
  miles double precision not null check (miles > 0)
);
create index placement_zone_by_placement on placement_zone (placement_id);

-- How premises work: who answers an AP referral to them, by which hour people arrive and leave, and how many nights a
-- bed rests between two people.
alter table premises
  add column decides text not null default 'premises' check (decides in ('premises', 'central_referral_unit')),
  add column arrive_by time not null default '17:00',
  add column depart_by time not null default '12:00',
  add column turnaround_nights int not null default 0 check (turnaround_nights between 0 and 14);

create table premises_contact (
  premises_id int not null references premises,
  purpose text not null check (purpose in ('general', 'referral', 'out_of_hours')),
  name text not null,
  phone text not null,
  email text not null,
  hours text not null,
  primary key (premises_id, purpose)
);

-- What premises offer or accept in general, and not on these nights.
create table premises_restriction (
  id bigint generated always as identity primary key,
  premises_id int not null references premises,
  code text not null references characteristic,
  valid daterange not null check (not isempty(valid) and not lower_inf(valid)),
  reason text not null,
  kept_by text not null,
  kept_at timestamptz not null
);
create index premises_restriction_by_premises on premises_restriction (premises_id);
create trigger shape_touched after insert or update or delete on premises_restriction
  for each statement execute function touch_shape();

-- Every approach to premises, and what they said: who was asked, when, and the answer.
create table approach (
  id bigint generated always as identity primary key,
  placement_id uuid not null references placement,
  premises_id int not null references premises,
  bed_id int references bed,
  hold_id bigint,                 -- the claim that keeps the bed meanwhile, if one does
  asked_at timestamptz not null,
  asked_by text not null,
  decides text not null check (decides in ('premises', 'central_referral_unit')),
  answer_by timestamptz not null,
  outcome text check (outcome in ('accepted', 'declined', 'lapsed', 'withdrawn')),
  reason text,                    -- code of the list `decline`
  note text not null default '',
  answered_at timestamptz,
  answered_by text,
  constraint an_answer_has_a_time_and_a_name check (
    (outcome is null) = (answered_at is null) and (outcome is null) = (answered_by is null)),
  constraint a_decline_has_a_reason check (outcome <> 'declined' or reason is not null)
);
create unique index an_open_approach_to_premises_is_the_only_one on approach (placement_id, premises_id)
  where outcome is null;
create index approach_open on approach (premises_id, answer_by) where outcome is null;
create index approach_by_placement on approach (placement_id, id);

-- A move between premises, within one placement: asked for, agreed, and over. Once agreed, the stay is shortened, the
-- other bed booked, and the rest of the nights kept by a hold until the person has arrived there.
create table relocation (
  id bigint generated always as identity primary key,
  placement_id uuid not null references placement,
  approach_id bigint not null references approach,
  from_premises int not null references premises,
  from_bed int not null references bed,
  to_premises int not null references premises,
  to_bed int not null references bed,
  on_day date not null,           -- the first night there
  departs_on date not null,       -- of the placement when it was asked for
  emergency boolean not null default false,
  reason text not null,           -- code of the list `relocate`
  note text not null default '',
  state text not null check (state in ('asked', 'agreed', 'declined', 'lapsed', 'undone', 'moved')),
  kept_hold bigint,               -- the claim that keeps the rest of the nights
  asked_at timestamptz not null,
  asked_by text not null,
  settled_at timestamptz,
  constraint a_move_is_between_premises check (from_premises <> to_premises),
  constraint a_move_that_is_over_was_settled check ((settled_at is null) = (state in ('asked', 'agreed')))
);
create unique index a_placement_has_one_move_at_a_time on relocation (placement_id) where settled_at is null;
create index relocation_by_placement on relocation (placement_id, id);

-- What happened to a placement, appended and never rewritten. Codes and ids; words only in `note`.
create table placement_history (
  id bigint generated always as identity primary key,
  placement_id uuid not null references placement,
  at timestamptz not null,
  kind text not null,
  state text,
  note text not null default '',
  by_whom text not null
);
create index placement_history_by_placement on placement_history (placement_id, id);

-- A bed out of service: the record, its revisions, and the claim that carries the newest.
create table outage (
  id bigint generated always as identity primary key,
  bed_id int not null references bed,
  cancelled_at timestamptz
);
create index outage_by_bed on outage (bed_id);
create table outage_revision (
  outage_id bigint not null references outage,
  n int not null check (n > 0),
  during daterange not null check (not isempty(during) and not lower_inf(during) and not upper_inf(during)),
  reason text not null,           -- code of the list `out_of_service`
  reference text,
  note text not null default '',
  cancelled boolean not null default false,
  made_at timestamptz not null,
  made_by text not null,
  primary key (outage_id, n)
);

-- Overbooking is a temporary bed, with who allowed it, why, and its end: no claim is exempt.
alter table bed
  add column temporary_reason text,
  add column temporary_role text,
  add column temporary_by text,
  add column temporary_note text not null default '',
  add constraint a_temporary_bed_has_a_reason_a_role_and_an_end check (
    (temporary_reason is null) = (temporary_role is null)
    and (temporary_reason is null) = (temporary_by is null)
    and (temporary_reason is null or not upper_inf(open)));

alter table bed_claim
  add column placement_id uuid references placement,
  add column outage_id bigint references outage;
create index bed_claim_by_placement on bed_claim (placement_id) where placement_id is not null;

-- Bookings and stays from before placements were kept become placements. A booking of nobody goes on to keep its bed,
-- and the premises are asked what it was.
update bed_claim set kind = 'out_of_service', reason = 'a booking without a person: ask the premises what it is'
where kind = 'booking' and person_id is null;
with made as (
  select c.id as claim_id, gen_random_uuid() as placement_id, c.kind, c.person_id, c.during, c.placed_by, c.placed_at,
         b.premises_id, p.gender, p.pdu_code
  from bed_claim c join bed b on b.id = c.bed_id join premises p on p.id = b.premises_id
  where c.kind in ('booking', 'stay')
), kept as (
  insert into placement (id, person_id, state, origin, gender, arrives_on, departs_on, premises_id, referred_by,
                         referred_at, arrived_at, changed_at)
  select placement_id, person_id, case kind when 'stay' then 'arrived' else 'booked' end, 'import', gender,
         lower(during), coalesce(upper(during), lower(during) + 84), premises_id, placed_by, placed_at,
         case kind when 'stay' then lower(during)::timestamp at time zone 'Europe/London' end, placed_at
  from made returning id
)
update bed_claim c set placement_id = made.placement_id
from made join kept on kept.id = made.placement_id where c.id = made.claim_id;

alter table bed_claim
  add constraint a_booking_or_stay_has_a_placement check (
    (kind in ('booking', 'stay')) = (placement_id is not null)),
  add constraint a_booking_has_a_person check (kind <> 'booking' or person_id is not null);

-- Beds that were out of service before there were records of it get one, whose note is what was said then.
update bed_claim set during = daterange(lower(during), lower(during) + 3660)
where kind = 'out_of_service' and upper_inf(during);
with made as (
  select id as claim_id, nextval(pg_get_serial_sequence('outage', 'id')) as outage_id, bed_id, during, reason, placed_at,
         placed_by
  from bed_claim where kind = 'out_of_service'
), kept as (
  insert into outage (id, bed_id) overriding system value select outage_id, bed_id from made returning id
), told as (
  insert into outage_revision (outage_id, n, during, reason, note, made_at, made_by)
  select outage_id, 1, during, 'recorded_before_lists', coalesce(reason, ''), placed_at, placed_by from made
  returning outage_id
)
update bed_claim c set outage_id = made.outage_id, reason = 'recorded_before_lists'
from made join kept on kept.id = made.outage_id join told on told.outage_id = made.outage_id where c.id = made.claim_id;

alter table bed_claim
  add constraint a_bed_out_of_service_has_its_record check ((kind = 'out_of_service') = (outage_id is not null));
create unique index an_outage_has_one_claim on bed_claim (outage_id) where outage_id is not null;
create unique index a_placement_has_one_stay on bed_claim (placement_id) where kind = 'stay';

alter table bed_claim_history
  add column placement_id uuid,
  add column outage_id bigint,
  -- squawk-ignore ban-drop-constraint
  drop constraint bed_claim_history_ended_how_check, -- put back, wider, in the same statement
  add constraint bed_claim_history_ended_how_check check (ended_how in
    ('ended', 'lapsed', 'past', 'departed', 'cancelled', 'displaced', 'moved', 'changed', 'not_arrived'));
create index bed_claim_history_by_placement on bed_claim_history (placement_id) where placement_id is not null;

-- A person is queued for as a bed is: two bookings of one person on two beds wait for each other in turn, and never in
-- a circle. Whoever writes claims on several beds locks all of them before the first presence is written.
create or replace function keep_presence() returns trigger language plpgsql as $$
begin
  delete from presence where claim_id = new.id;
  if new.person_id is not null then
    perform pg_advisory_xact_lock(hashtextextended(new.person_id::text, 0));
    insert into presence (claim_id, person_id, during) values (new.id, new.person_id, new.during);
  end if;
  return null;
end
$$;

-- The second wall. `bedspace.premises` holds the codes of the premises that an account works at.
create function premises_in_scope(which int) returns boolean language sql stable as $$
  select exists (select from premises p where p.id = which
    and p.code = any (string_to_array((select current_setting('bedspace.premises', true)), ',')))
$$;

-- Premises see what they are asked, and what they accepted; what they did not accept, until somebody else does.
-- `approach` itself has no row-level security, so that two policies do not call each other in a circle.
create function placement_asks_in_scope(which uuid, unsettled boolean) returns boolean language sql stable as $$
  select exists (
    select from approach a
    where a.placement_id = which and premises_in_scope(a.premises_id)
      and (a.outcome is null or a.outcome = 'accepted' or unsettled and a.outcome in ('declined', 'lapsed')))
$$;

alter table placement enable row level security;
alter table placement force row level security;
create policy placement_in_scope on placement using (
  (select current_setting('bedspace.nation', true)) = 'on'
  or referred_by = (select current_setting('bedspace.actor', true))
  or referring_pdu = any (string_to_array((select current_setting('bedspace.pdus', true)), ','))
  or referring_region = any (string_to_array((select current_setting('bedspace.regions', true)), ','))
  or (coalesce((select current_setting('bedspace.premises', true)), '') <> ''
      and (premises_in_scope(premises_id)
           or placement_asks_in_scope(id, state in ('referred', 'offered', 'displaced', 'declined', 'lapsed', 'withdrawn'))))
) with check (true);

-- Who keeps the records of premises: those who work there, and those who reach the nation. A verb on a bed asks for the
-- bed of premises in reach; of others it says that there is none.
create function premises_in_reach(which int) returns boolean language sql stable as $$
  select (select current_setting('bedspace.nation', true)) = 'on' or premises_in_scope(which)
$$;

alter table outage enable row level security;
alter table outage force row level security;
create policy outage_of_premises_in_reach on outage using (
  exists (select from bed where bed.id = bed_id and premises_in_reach(bed.premises_id)));

alter table outage_revision enable row level security;
alter table outage_revision force row level security;
create policy of_an_outage_in_reach on outage_revision using (
  exists (select from outage where outage.id = outage_id)) with check (true);

do $$
declare
  t text;
begin
  foreach t in array array['placement_history', 'relocation'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy of_a_placement_in_scope on %I using '
                   '(exists (select from placement where placement.id = placement_id)) with check (true)', t);
  end loop;
end
$$;

alter table suitability enable row level security;
alter table suitability force row level security;
create policy suitability_in_scope on suitability using (
  (select current_setting('bedspace.nation', true)) = 'on'
  or decided_by = (select current_setting('bedspace.actor', true))
  or pdu_code = any (string_to_array((select current_setting('bedspace.pdus', true)), ','))
  or region_code = any (string_to_array((select current_setting('bedspace.regions', true)), ','))
  or exists (select from placement where placement.suitability_id = suitability.id)
) with check (true);

-- Whether a decision says that approved premises suit a person: the one given, else the newest. Whoever refers may ask,
-- wherever it was made; what it says beyond that is not answered.
create function decision_of(who uuid, which bigint) returns table (id bigint, suitable boolean) language plpgsql as $$
declare
  nation text := current_setting('bedspace.nation', true);
begin
  perform set_config('bedspace.nation', 'on', true);
  return query
    select s.id, s.suitable from suitability s
    where s.person_id = who and (which is null or s.id = which) order by s.decided_at desc, s.id desc limit 1;
  perform set_config('bedspace.nation', nation, true);
end
$$;

-- A person is seen by whoever may see an NSI or a placement of theirs; masked where access is limited.
alter policy person_of_an_nsi_in_scope on person using (
  ((select current_setting('bedspace.nation', true)) = 'on'
    or exists (select from nsi where nsi.person_id = person.id)
    or exists (select from placement where placement.person_id = person.id))
  and (not limited_access
    or (select current_setting('bedspace.everyone', true)) = 'on'
    or exists (select from person_allowed a
               where a.person_id = person.id and a.actor = (select current_setting('bedspace.actor', true))))
);

grant select, insert, update on list_entry, placement, approach, relocation, outage, suitability to bedspace_app;
grant select, insert, update, delete on placement_zone, premises_contact, premises_restriction to bedspace_app;
grant delete on list_entry to bedspace_app;
grant usage on sequence outage_id_seq to bedspace_app;
grant select, insert on placement_history, outage_revision to bedspace_app;

-- One line of a list of placements, with whatever its reader may see of the person. A move that is open names where to.
create view placement_line with (security_invoker = true) as
select pl.id, pl.number, pl.reference, pl.state, pl.person_id, p.crn, p.name,
       coalesce(p.limited_access, true) as limited_access, pl.gender, pl.type, pl.timeliness,
       pl.arrives_on, pl.departs_on, pr.code as premises, pr.name as premises_name, b.code as bed, r.name as room,
       pl.arrive_by, pl.arrived_at, pl.departed_at, pl.alerted_at, pl.away, pl.away_until,
       pl.risk_to_staff, pl.risk_to_residents, pl.referring_pdu, pl.referred_by, pl.waiting_since,
       m.state as move, m.on_day as moves_on, there.code as moves_to, there.name as moves_to_name, mb.code as moves_to_bed,
       mr.name as moves_to_room
from placement pl
left join person p on p.id = pl.person_id
left join premises pr on pr.id = pl.premises_id
left join lateral (
  select bed_id from (
    select c.bed_id, case c.kind when 'stay' then 0 else 1 end as n, lower(c.during) as first
    from bed_claim c where c.placement_id = pl.id
    union all
    select h.bed_id, 2, lower(h.during) from bed_claim_history h
    where h.placement_id = pl.id and pl.state in ('departed', 'not_arrived', 'cancelled')
  ) of_it order by n, first desc limit 1) claim on true
left join bed b on b.id = claim.bed_id
left join room r on r.id = b.room_id
left join relocation m on m.placement_id = pl.id and m.settled_at is null
left join premises there on there.id = m.to_premises
left join bed mb on mb.id = m.to_bed
left join room mr on mr.id = mb.room_id;
grant select on placement_line to bedspace_app;
