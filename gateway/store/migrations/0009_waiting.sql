-- The waiting list: how long people wait and beds are kept, what is proposed, to whom, and why not to others.

-- By how soon a bed is wanted. Data: an administrator may change it.
create table waiting_term (
  timeliness text primary key check (timeliness in ('emergency', 'short_notice', 'standard')),
  waits_days int not null check (waits_days between 1 and 730),      -- until an entry leaves by itself, unless given
  reminds_days int not null check (reminds_days between 0 and 60),   -- before that, people are reminded
  keeps_hours int not null check (keeps_hours between 1 and 168)     -- how long a bed is kept for a person to decide
);
insert into waiting_term (timeliness, waits_days, reminds_days, keeps_hours) values
  ('emergency', 7, 2, 2), ('short_notice', 28, 5, 24), ('standard', 84, 14, 24);

alter table placement add column waiting_reminded_at timestamptz;   -- of the wait that runs, where it is later than its start
create index placement_waiting_until on placement (waiting_until) where waiting_since is not null;

-- A bed that is kept for the first whom it fits, until a named person offers it or says why not.
create table proposal (
  id bigint generated always as identity primary key,
  placement_id uuid not null references placement,
  bed_id int not null references bed,
  premises_id int not null references premises,
  hold_id bigint not null,        -- the claim that keeps the bed; over with the proposal
  from_day date not null,         -- the nights for which it is kept
  until_day date not null,
  place int not null check (place > 0),          -- in the order, when it was proposed
  chosen_by text,                 -- who picked this entry ahead of the order
  times int not null default 1 check (times > 0),   -- how often in a row this bed was proposed to this entry
  proposed_at timestamptz not null,
  kept_until timestamptz not null,
  outcome text check (outcome in ('offered', 'skipped', 'lapsed', 'closed')),
  settled_at timestamptz,
  settled_by text,
  constraint a_proposal_is_for_nights check (until_day > from_day),
  constraint a_proposal_is_kept_for_a_time check (kept_until > proposed_at),
  constraint a_settled_proposal_says_when_and_by_whom check (
    (outcome is null) = (settled_at is null) and (outcome is null) = (settled_by is null)),
  constraint nobody_is_offered_or_skipped_by_machine check (
    outcome is null or outcome in ('lapsed', 'closed') or settled_by not in ('', 'gateway'))
);
create unique index a_placement_has_one_open_proposal on proposal (placement_id) where outcome is null;
create unique index a_bed_has_one_open_proposal on proposal (bed_id) where outcome is null;
create index proposal_by_placement on proposal (placement_id, id);
create index proposal_by_premises on proposal (premises_id, id) where outcome is null;
create index proposal_lapsing on proposal (kept_until) where outcome is null;

-- Who stood ahead when a bed was proposed, and why it did not fit them: a code, `needs:step_free` or `nights`.
create table proposal_passed (
  proposal_id bigint not null references proposal,
  placement_id uuid not null references placement,
  place int not null,
  code text not null,
  primary key (proposal_id, placement_id)
);
create index proposal_passed_by_placement on proposal_passed (placement_id, proposal_id);

-- A person said why somebody did not get a bed that would have fitted.
create table proposal_skip (
  id bigint generated always as identity primary key,
  proposal_id bigint not null references proposal,
  placement_id uuid not null references placement,
  bed_id int not null references bed,
  premises_id int not null references premises,
  reason text not null,           -- code of the list `skip`
  note text not null default '',
  instead uuid references placement,   -- who was picked ahead of them
  skipped_at timestamptz not null,
  skipped_by text not null,
  taken_back_at timestamptz,      -- the bed may be proposed to them again
  taken_back_by text,
  constraint nobody_is_skipped_by_machine check (skipped_by not in ('', 'gateway')),
  constraint what_is_taken_back_says_by_whom check ((taken_back_at is null) = (taken_back_by is null))
);
create index proposal_skip_by_placement on proposal_skip (placement_id, id);

-- Premises see who is proposed for their beds. Under their reach the policy of `proposal` asks for no placement, so
-- that the two do not call each other in a circle.
create function placement_proposed_in_scope(which uuid) returns boolean language sql stable as $$
  select exists (select from proposal p
    where p.placement_id = which and p.outcome is null and premises_in_scope(p.premises_id))
$$;

create policy placement_proposed_to_premises on placement using (
  case when coalesce((select current_setting('bedspace.premises', true)), '') <> ''
    then placement_proposed_in_scope(id) else false end
) with check (true);

alter table proposal enable row level security;
alter table proposal force row level security;
create policy proposal_in_scope on proposal using (
  case
    when (select current_setting('bedspace.nation', true)) = 'on' then true
    when coalesce((select current_setting('bedspace.premises', true)), '') <> '' then premises_in_scope(premises_id)
    else exists (select from placement where placement.id = placement_id)
  end
) with check (true);

do $$
declare
  t text;
begin
  foreach t in array array['proposal_passed', 'proposal_skip'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy of_a_placement_in_scope on %I using '
                   '(exists (select from placement where placement.id = placement_id)) with check (true)', t);
  end loop;
end
$$;

-- A placement that gets a bed otherwise, or needs none, keeps no bed that is proposed for it, wherever that is: whoever
-- acts on the placement closes it, though they may not see the premises.
create function open_proposal_of(which uuid) returns table (id bigint, hold_id bigint, bed text) language plpgsql as $$
declare
  nation text := coalesce(current_setting('bedspace.nation', true), '');
begin
  perform set_config('bedspace.nation', 'on', true);
  return query
    select p.id, p.hold_id, b.code from proposal p join bed b on b.id = p.bed_id
    where p.placement_id = which and p.outcome is null;
  perform set_config('bedspace.nation', nation, true);
end
$$;

create function close_proposal_of(which uuid, at timestamptz) returns void language plpgsql as $$
declare
  nation text := coalesce(current_setting('bedspace.nation', true), '');
begin
  perform set_config('bedspace.nation', 'on', true);
  update proposal set outcome = 'closed', settled_at = at,
                      settled_by = coalesce(current_setting('bedspace.actor', true), '')
  where placement_id = which and outcome is null;
  perform set_config('bedspace.nation', nation, true);
end
$$;

-- What the order goes by, of everybody who waits: so that those who see some entries know their true places. It says
-- nothing about who they are.
create function waiting_order() returns table (
  id uuid, reference text, displaced boolean, timeliness text, rosh text, arrives_on date, waiting_since timestamptz
) language plpgsql stable set bedspace.nation = 'on' as $$
begin
  return query
    select pl.id, pl.reference,
           pl.state = 'displaced' or exists (
             select from placement_history h
             where h.placement_id = pl.id and h.kind = 'displaced' and h.at >= pl.waiting_since),
           pl.timeliness, pl.rosh, pl.arrives_on, pl.waiting_since
    from placement pl where pl.waiting_since is not null;
end
$$;

grant select on waiting_term to bedspace_app;
grant update on waiting_term to bedspace_app;
grant select, insert, update on proposal, proposal_skip to bedspace_app;
grant select, insert on proposal_passed to bedspace_app;
