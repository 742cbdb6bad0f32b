-- name: past_beds
-- Queues, in the order of ids, for beds with claims whose nights are over: but for stays, which end by a departure, and
-- for bookings of whom nobody has said whether they came, also by a move between premises.
select s.bed_id from bed_state s
where s.bed_id in (
  select c.bed_id from bed_claim c
  where upper(c.during) <= :today::date and c.kind <> 'stay'
    and not (c.kind = 'booking' and exists (
      select from placement p where p.id = c.placement_id and p.state in ('booked', 'arrived')))
  order by c.bed_id limit :most)
order by s.bed_id for update;

-- name: archive
-- Moves those claims of locked beds to the history.
with gone as (
  delete from bed_claim c
  where c.bed_id = any (:beds::int[]) and upper(c.during) <= :today::date and c.kind <> 'stay'
    and not (c.kind = 'booking' and exists (
      select from placement p where p.id = c.placement_id and p.state in ('booked', 'arrived')))
  returning *
)
insert into bed_claim_history
  (id, bed_id, kind, during, person_id, reason, expires_at, placement_id, outage_id, placed_by, placed_at,
   ended_at, ended_by, ended_how)
select id, bed_id, kind, during, person_id, reason, expires_at, placement_id, outage_id, placed_by, placed_at,
       :now, coalesce(current_setting('bedspace.actor', true), ''), 'past'
from gone returning id;

-- name: something_is_past$
-- Whether there is anything to archive: a look costs nothing, the verb is audited.
select exists (
  select from bed_claim c
  where upper(c.during) <= :today::date and c.kind <> 'stay'
    and not (c.kind = 'booking' and exists (
      select from placement p where p.id = c.placement_id and p.state in ('booked', 'arrived'))));
