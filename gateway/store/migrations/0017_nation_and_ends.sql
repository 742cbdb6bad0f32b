-- What the nation takes on, and what both ends say: people who are hard to place, components of a transfer that are
-- decided one by one, ends that nobody reported, and the review that a temporary move ends with.

-- Row-level security binds the owner too, who here changes what is on record.
select set_config('bedspace.nation', 'on', true), set_config('bedspace.everyone', 'on', true);

-- Somebody for whom no place is found: the nation looks too. It is about an NSI or about a placement, never both.
create table hard_to_place (
  id uuid primary key,
  number bigint generated always as identity unique,
  reference text not null generated always as ('HTP-' || lpad(number::text, 6, '0')) stored,
  person_id uuid not null references person,
  nsi_id uuid references nsi,
  placement_id uuid references placement,
  pdu_code text references pdu,     -- who seeks, where that is known
  rosh text check (rosh in ('low', 'medium', 'high', 'very_high')),
  reason text not null,             -- code of the list `hard_to_place`
  tried text not null check (tried <> ''),    -- about the person; approaches to premises are on the placement
  needed text not null check (needed <> ''),  -- about the person
  sought_at timestamptz not null,
  sought_by text not null default current_setting('bedspace.actor', true),
  leads text check (leads <> ''),   -- who leads the search, by name and office
  leads_since timestamptz,
  outcome text check (outcome in ('placed', 'withdrawn')),
  closed_at timestamptz,
  closed_by text,
  closed_role text,
  constraint who_is_sought_for_has_one_record check (num_nonnulls(nsi_id, placement_id) = 1),
  constraint who_leads_does_so_since_a_time check ((leads is null) = (leads_since is null)),
  constraint a_search_is_closed_by_somebody check (
    (outcome is null) = (closed_at is null) and (closed_at is null) = (closed_by is null))
);
create unique index an_nsi_is_in_the_queue_once on hard_to_place (nsi_id) where outcome is null;
create unique index a_placement_is_in_the_queue_once on hard_to_place (placement_id) where outcome is null;

-- What was done about it, line by line. `said` is about the person.
create table hard_to_place_step (
  sought_id uuid not null references hard_to_place,
  n int not null check (n > 0),
  at timestamptz not null,
  kind text not null check (kind in ('sought', 'led', 'noted', 'placed', 'withdrawn')),
  said text not null default '',
  by_whom text not null default coalesce(nullif(current_setting('bedspace.actor', true), ''), 'gateway'),
  primary key (sought_id, n)
);

-- Each component: who decides, until then who holds it, and since when it goes on in the receiving area already.
alter table nsi_component
  add column decides text not null default 'receiving' constraint a_component_is_decided_by_a_known_side
    check (decides in ('court', 'receiving', 'sending')),
  add column court text not null default '',        -- that decides it
  add column from_court text not null default '',   -- that holds it until then
  add column applied_on date,                       -- when the court was applied to
  add column decided_on date,                       -- when it was decided, whenever that was recorded
  add column how text not null default '',
  add column started_on date,                       -- in the receiving area, which may be before the move
  add column sentence_id uuid references sentence,
  add column requirement_n int,
  add column left_open text not null default '',    -- why the case transfer completes before this is decided
  add column added_at timestamptz,
  add column added_by text not null default 'gateway';
alter table nsi_component
  alter column added_by set default coalesce(nullif(current_setting('bedspace.actor', true), ''), 'gateway');
update nsi_component set decided_on = (decided_at at time zone 'Europe/London')::date where decided_at is not null;
alter table nsi_component
  add constraint a_component_is_decided_on_a_day check ((decision = 'pending') = (decided_on is null)),
  add constraint a_court_decides_about_its_order check (kind <> 'order' or decides = 'court'),
  add constraint a_court_that_sanctions_has_a_name check (
    decides <> 'court' or decision <> 'transferred' or court <> ''),
  add constraint an_order_does_not_start_elsewhere check (started_on is null or kind not in ('order', 'supervision'));
create unique index a_component_is_of_a_sentence_once on nsi_component (nsi_id, sentence_id, coalesce(requirement_n, 0))
  where sentence_id is not null;

-- What a far system says has happened is kept, and asked about; here a case transfer waits for its components.
create function decide_the_components_first() returns trigger language plpgsql as $$
declare
  open_ones text;
begin
  if new.status <> 'completed' or old.status = 'completed' or new.quiet or new.type <> 'case_transfer' then
    return new;
  end if;
  select string_agg(title, '; ' order by n) into open_ones
  from nsi_component where nsi_id = new.id and decision = 'pending' and left_open = '';
  if open_ones is null then
    return new;
  end if;
  if not exists (select from nsi_report where source <> 'bedspace' and status = 'completed'
                 and nsi_id in (select id from nsi where id = new.id or merged_into = new.id)) then
    raise exception using errcode = '23514', constraint = 'components_are_decided_first', message = open_ones;
  end if;
  insert into nsi_question (nsi_id, kind, said, asked_at)
  values (new.id, 'components_open', 'Completed at its source with this not decided: ' || open_ones || '.', now())
  on conflict do nothing;
  return new;
end
$$;
create trigger components_are_decided_first before update of status on nsi
  for each row execute function decide_the_components_first();

-- Both ends of every move that is on record, as each reported its own. An area that does not report an end stands apart
-- from an end that is missing.
create view two_ends with (security_invoker = true) as
select e.*, case when e.out_on is not null and e.in_on is not null then 'both'
                 when e.out_on is not null then case when e.in_reports then 'in_missing' else 'in_not_reporting' end
                 when e.in_on is not null then case when e.out_reports then 'out_missing' else 'out_not_reporting' end
                 when e.in_reports or e.out_reports then 'neither' else 'neither_reporting' end as state
from (
  select n.id, n.number, n.reference, n.type, n.status, n.person_id, n.quiet, n.sending_pdu, n.receiving_pdu,
         coalesce(sending.region_code, n.sending_region) as sending_region, n.receiving_region,
         gone.on_day as out_on, came.on_day as in_on, coalesce(gone.on_day, came.on_day, n.move_on) as day,
         not exists (select from not_reporting x where x.which = 'out' and x.during @> coalesce(came.on_day, n.move_on)
                     and x.region_code = coalesce(sending.region_code, n.sending_region)) as out_reports,
         not exists (select from not_reporting x where x.which = 'in' and x.during @> coalesce(gone.on_day, n.move_on)
                     and x.region_code = n.receiving_region) as in_reports
  from nsi n
  left join pdu sending on sending.code = n.sending_pdu
  left join nsi_end gone on gone.nsi_id = n.id and gone.which = 'out'
  left join nsi_end came on came.nsi_id = n.id and came.which = 'in'
  where n.merged_into is null and n.status not in ('prepared', 'withdrawn', 'returned')
) e;

-- Whoever did not report an end is asked, once a step.
create table end_chase (
  nsi_id uuid not null references nsi,
  missing text not null check (missing in ('out', 'in')),
  step int not null check (step > 0),
  at timestamptz not null,
  primary key (nsi_id, missing, step)
);

-- A temporary move ends with a review by the origin: back, longer, or a case transfer of it.
create table move_review (
  nsi_id uuid not null references nsi,
  until date not null,              -- the end that it is about
  asked_at timestamptz not null,
  decision text check (decision in ('returned', 'extended', 'case_transfer')),
  decided_at timestamptz,
  decided_by text,
  back_on date,
  new_until date,
  new_nsi uuid references nsi,
  why text not null default '',     -- nothing about the person
  primary key (nsi_id, until),
  constraint a_review_is_decided_by_somebody check (
    (decision is null) = (decided_at is null) and (decided_at is null) = (decided_by is null)),
  constraint who_returned_is_back_since_a_day check ((decision is not distinct from 'returned') = (back_on is not null)),
  constraint what_is_extended_ends_later check (
    (decision is not distinct from 'extended') = (new_until is not null) and (new_until is null or new_until > until)),
  constraint a_case_transfer_of_it_is_an_nsi check ((decision is not distinct from 'case_transfer') = (new_nsi is not null))
);

do $$
declare
  t text;
begin
  foreach t in array array['end_chase', 'move_review'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy of_an_nsi_in_scope on %I using (exists (select from nsi where nsi.id = nsi_id))', t);
  end loop;
end
$$;
alter table hard_to_place enable row level security;
alter table hard_to_place force row level security;
create policy of_a_record_in_scope on hard_to_place using (
  (select current_setting('bedspace.nation', true)) = 'on'
  or exists (select from nsi where nsi.id = nsi_id) or exists (select from placement where placement.id = placement_id));
alter table hard_to_place_step enable row level security;
alter table hard_to_place_step force row level security;
create policy of_a_search_in_scope on hard_to_place_step using (
  exists (select from hard_to_place where hard_to_place.id = sought_id));

create index hard_to_place_open on hard_to_place (sought_at) where outcome is null;
grant select, insert, update on hard_to_place, move_review to bedspace_app;
grant select, insert on hard_to_place_step, end_chase to bedspace_app;
grant update (on_day, reported_at, reported_by) on nsi_end to bedspace_app;
grant select on two_ends to bedspace_app;
