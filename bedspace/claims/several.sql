-- name: lock_beds
-- Queues for many beds, in the order of their ids.
select b.id, b.code from bed b join bed_state s on s.bed_id = b.id
where b.code = any (:beds::text[]) order by b.id for update of s;

-- name: lock_persons!
-- Queues for persons, in one order, before their claims on locked beds are placed.
select pg_advisory_xact_lock(hashtextextended(person::text, 0))
from (select distinct person from unnest(:persons::uuid[]) as person where person is not null order by 1) known;

-- name: place_several
-- Places claims on locked beds, and answers them in the order given; those on nights when a bed is not open are left out.
insert into bed_claim (bed_id, kind, during, person_id, reason, placement_id, outage_id, placed_by, placed_at)
select bed_id, kind, daterange(first, last), person_id, reason, placement_id, outage_id,
       coalesce(current_setting('bedspace.actor', true), ''), :now
from unnest(:beds::int[], :kinds::text[], :firsts::date[], :ends::date[], :persons::uuid[], :reasons::text[],
            :placements::uuid[], :outages::bigint[])
  with ordinality as claims (bed_id, kind, first, last, person_id, reason, placement_id, outage_id, n)
join bed on bed.id = bed_id and bed.open @> daterange(first, last)
order by n returning id, person_id;

-- name: still_there
-- Of locked beds, those where somebody sleeps tonight who was to be gone by now.
select distinct b.code as bed
from bed b join bed_claim o on o.bed_id = b.id and o.kind = 'stay' join premises p on p.id = b.premises_id
where b.code = any (:beds::text[]) and (upper(o.during) + p.depart_by) at time zone 'Europe/London' <= :now::timestamptz
order by 1;
