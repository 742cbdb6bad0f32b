-- name: lock_bed$
-- Queues for a bed, and answers its id: every write of its claims comes after this.
update bed_state s set xid = pg_current_xact_id()
from bed b where b.id = s.bed_id and b.code = :bed returning s.bed_id;

-- name: lock_holds
-- Queues, in the order of ids, for the beds of all holds whose time is over.
select s.bed_id from bed_state s
where s.bed_id in (select c.bed_id from bed_claim c where c.kind = 'hold' and c.expires_at <= :now)
order by s.bed_id for update;

-- name: bed_of_claim$
-- The code of the bed that a live claim is on.
select b.code from bed_claim c join bed b on b.id = c.bed_id where c.id = :id and c.kind = :kind;

-- name: bed_of_ended$
-- The code of the bed that a claim was on which is over.
select b.code from bed_claim_history h join bed b on b.id = h.bed_id where h.id = :id and h.kind = :kind;

-- name: end_lapsed
-- Moves the holds of locked beds whose time is over to the history.
with gone as (
  delete from bed_claim where bed_id = any (:beds::int[]) and kind = 'hold' and expires_at <= :now returning *
), kept as (
  insert into bed_claim_history
    (id, bed_id, kind, during, person_id, reason, expires_at, placement_id, outage_id, placed_by, placed_at,
     ended_at, ended_by, ended_how)
  select id, bed_id, kind, during, person_id, reason, expires_at, placement_id, outage_id, placed_by, placed_at,
         :now, coalesce(current_setting('bedspace.actor', true), ''), 'lapsed'
  from gone returning id, bed_id
)
select kept.id, bed.code as bed from kept join bed on bed.id = kept.bed_id order by kept.id;

-- name: end_claim$
-- Moves one claim of a locked bed to the history; no row where it is over already.
with gone as (
  delete from bed_claim where id = :id and kind = :kind returning *
)
insert into bed_claim_history
  (id, bed_id, kind, during, person_id, reason, expires_at, placement_id, outage_id, placed_by, placed_at,
     ended_at, ended_by, ended_how)
select id, bed_id, kind, during, person_id, reason, expires_at, placement_id, outage_id, placed_by, placed_at,
       :now, coalesce(current_setting('bedspace.actor', true), ''), 'ended'
from gone returning id;

-- name: place$
-- Places a claim on a locked bed that is open all those nights; no row where it is not, or where nights are claimed.
-- Nobody comes tonight while somebody is still there who was to be gone by now, but for a placement that makes room.
insert into bed_claim (bed_id, kind, during, person_id, reason, expires_at, placement_id, outage_id, placed_by, placed_at)
select b.id, :kind, daterange(:first::date, :end::date), :person::uuid, :reason, :expires_at::timestamptz,
       :placement::uuid, :outage::bigint, coalesce(current_setting('bedspace.actor', true), ''), :now
from bed b where b.id = :bed_id and b.open @> daterange(:first::date, :end::date)
  and not (:kind in ('hold', 'booking', 'stay') and daterange(:first::date, :end::date) @> :today::date and exists (
    select from bed_claim o join premises p on p.id = b.premises_id
    where o.bed_id = b.id and o.kind = 'stay' and o.placement_id is distinct from :leaves::uuid
      and (upper(o.during) + p.depart_by) at time zone 'Europe/London' <= :now::timestamptz))
on conflict on constraint a_bed_has_one_claim_a_night do nothing
returning id;

-- name: open_nights^
-- When a bed is open.
select lower(open) as opens, upper(open) as closes from bed where id = :bed_id;

-- name: still_there$
-- Whether somebody sleeps in a bed tonight who was to be gone by now, but for one claim and one placement.
select exists (
  select from bed_claim o join bed b on b.id = o.bed_id join premises p on p.id = b.premises_id
  where o.bed_id = :bed_id and o.kind = 'stay' and o.id <> :but and o.placement_id is distinct from :leaves::uuid
    and (upper(o.during) + p.depart_by) at time zone 'Europe/London' <= :now::timestamptz);

-- name: claimed_nights
-- The nights of a window that are claimed already.
select night::date as night
from bed_claim c, generate_series(greatest(lower(c.during), :first::date)::timestamp,
                                  (least(upper(c.during), :end::date) - 1)::timestamp, interval '1 day') as night
where c.bed_id = :bed_id and upper(c.during) > :first::date and lower(c.during) < :end::date
order by night;
