-- What the register learned after its first release: the expected departure is kept, a check of who must not meet says
-- whose records were looked at, and lists of placements know the region that refers.

-- Row-level security binds the owner too, who here changes what is on record.
select set_config('bedspace.nation', 'on', true), set_config('bedspace.everyone', 'on', true);

-- `departs_on` is the expected day, also while somebody overstays, and the actual one after the departure.
alter table placement add column expected_departure date; -- of who has left; of anybody else that is `departs_on`
update placement set expected_departure = departs_on where state = 'departed';
alter table placement
  add constraint who_departed_was_expected_to_on_a_day check ((state = 'departed') = (expected_departure is not null));

-- Codes of the list `meeting_source`: whose records were looked at, or asked for.
alter table meeting_check add column against text[] not null default '{}';
update meeting_check set against = '{other}' where outcome <> 'not_possible';
alter table meeting_check
  add constraint a_check_says_who_looked check (checked_by <> ''),
  add constraint a_check_says_where_somebody_looked check (outcome = 'not_possible' or cardinality(against) > 0);

-- Every two people on record who must not meet, seen or not: for a look that finds what must never happen.
create function everybody_kept_apart() returns table (pair bigint, one uuid, other uuid, nights daterange, since timestamptz)
language plpgsql as $$
declare
  nation text := current_setting('bedspace.nation', true);
  everyone text := current_setting('bedspace.everyone', true);
begin
  perform set_config('bedspace.nation', 'on', true), set_config('bedspace.everyone', 'on', true);
  return query
    select m.id, m.person_id, coalesce(m.other_id, p.id), daterange(m.since, m.until), m.recorded_at
    from must_not_meet m left join person p on p.crn = m.other_crn
    where m.ended_at is null and coalesce(m.other_id, p.id) is not null;
  perform set_config('bedspace.nation', nation, true), set_config('bedspace.everyone', everyone, true);
end
$$;

-- The PDU where somebody is to resettle, as their open release says: whoever refers them
-- lets it know, though they may not see the release.
create function resettles_in(who uuid) returns text language plpgsql as $$
declare
  nation text := coalesce(current_setting('bedspace.nation', true), '');
  found_pdu text;
begin
  perform set_config('bedspace.nation', 'on', true);
  select r.pdu_code into found_pdu from release r
  where r.person_id = who and r.state not in ('released', 'returned', 'cancelled') order by r.release_on desc limit 1;
  perform set_config('bedspace.nation', nation, true);
  return found_pdu;
end
$$;

-- Lists go over years of placements: they find their few rows by an index before row-level security looks at them.
-- squawk-ignore require-concurrent-index-deletion
drop index placement_by_premises; -- put back, wider
create index placement_by_premises on placement (premises_id, state, departs_on);
create index placement_by_referrer on placement (referred_by);
create index approach_by_premises on approach (premises_id);
create index relocation_open_to on relocation (to_premises) where settled_at is null;

-- The premises in scope for a policy, asked once a query and not once a row.
create function premises_ids_in_scope() returns int[] language sql stable as $$
  select array(select id from premises
    where code = any (string_to_array((select current_setting('bedspace.premises', true)), ',')))
$$;
alter policy placement_in_scope on placement using (
  (select current_setting('bedspace.nation', true)) = 'on'
  or referred_by = (select current_setting('bedspace.actor', true))
  or referring_pdu = any (string_to_array((select current_setting('bedspace.pdus', true)), ','))
  or referring_region = any (string_to_array((select current_setting('bedspace.regions', true)), ','))
  or exists (select from release where release.placement_id = placement.id)
  or (coalesce((select current_setting('bedspace.premises', true)), '') <> ''
      and (premises_id = any ((select premises_ids_in_scope())::int[])
           or placement_asks_in_scope(id, state in ('referred', 'offered', 'displaced', 'declined', 'lapsed', 'withdrawn'))))
) with check (true);

-- One line of a list of placements, with whatever its reader may see of the person. A move that is open names where to.
-- squawk-ignore ban-drop-view
drop view placement_line; -- put back, wider, in the same transaction
create view placement_line with (security_invoker = true) as
select pl.id, pl.number, pl.reference, pl.state, pl.person_id, p.crn, p.name,
       coalesce(p.limited_access, true) as limited_access, pl.gender, pl.type, pl.timeliness,
       pl.arrives_on, pl.departs_on, pr.code as premises, pr.name as premises_name, b.code as bed, r.name as room,
       pl.arrive_by, pl.arrived_at, pl.departed_at, pl.alerted_at, pl.away, pl.away_until,
       pl.risk_to_staff, pl.risk_to_residents, pl.referring_pdu, pl.referring_region, pl.referred_by, pl.waiting_since,
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
