-- name: lock
-- Queues, in the order of ids, for beds by their codes, and for those that live claims or placements are on.
select s.bed_id, b.code from bed_state s join bed b on b.id = s.bed_id
where s.bed_id in (
  select id from bed where code = any (:beds::text[])
  union select bed_id from bed_claim where id = any (:claims::bigint[])
  union select bed_id from bed_claim where placement_id = any (:placements::uuid[]))
order by s.bed_id for update of s;

-- name: held
-- Live claims by their ids, or of placements, by bed and night.
select c.id, c.bed_id, b.code as bed, p.code as premises, p.id as premises_id, c.kind, lower(c.during) as first,
       upper(c.during) as end, c.person_id as person, c.placement_id as placement, c.outage_id as outage, c.reason,
       c.expires_at
from bed_claim c join bed b on b.id = c.bed_id join premises p on p.id = b.premises_id
where c.id = any (:claims::bigint[]) or c.placement_id = any (:placements::uuid[])
order by c.bed_id, c.during;

-- name: in_the_way
-- Live claims of a bed that share nights with a window, but for some.
select c.id, c.bed_id, b.code as bed, p.code as premises, p.id as premises_id, c.kind, lower(c.during) as first,
       upper(c.during) as end, c.person_id as person, c.placement_id as placement, c.outage_id as outage, c.reason,
       c.expires_at
from bed_claim c join bed b on b.id = c.bed_id join premises p on p.id = b.premises_id
where c.bed_id = :bed_id and (upper_inf(c.during) or upper(c.during) > :first::date) and lower(c.during) < :end::date
  and c.id <> all (:but::bigint[])
order by c.during;

-- name: end$
-- Moves one claim of a locked bed to the history, with the nights up to a day where one is given; no row where it is
-- over already.
with gone as (
  delete from bed_claim where id = :id returning *
)
insert into bed_claim_history
  (id, bed_id, kind, during, person_id, reason, expires_at, placement_id, outage_id, placed_by, placed_at,
   ended_at, ended_by, ended_how)
select id, bed_id, kind,
       case when :until::date is null then during
            else daterange(lower(during), greatest(lower(during), :until::date)) end,
       person_id, reason, expires_at, placement_id, outage_id, placed_by, placed_at,
       :now, coalesce(current_setting('bedspace.actor', true), ''), :how
from gone returning id;

-- name: change!
-- Gives a claim of a locked bed other nights, and another kind where one is given.
update bed_claim set during = daterange(:first::date, :end::date), kind = coalesce(:kind, kind) where id = :id;
