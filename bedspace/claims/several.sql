-- name: lock_beds
-- Queues for many beds, in the order of their ids.
select b.id, b.code from bed b join bed_state s on s.bed_id = b.id
where b.code = any (:beds::text[]) order by b.id for update of s;

-- name: place_several
-- Places claims on locked beds, and answers them in the order given; those on nights when a bed is not open are left out.
insert into bed_claim (bed_id, kind, during, person_id, reason, placement_id, placed_by, placed_at)
select bed_id, kind, daterange(first, last), person_id, reason, placement_id,
       coalesce(current_setting('bedspace.actor', true), ''), :now
from unnest(:beds::int[], :kinds::text[], :firsts::date[], :ends::date[], :persons::uuid[], :reasons::text[],
            :placements::uuid[])
  with ordinality as claims (bed_id, kind, first, last, person_id, reason, placement_id, n)
join bed on bed.id = bed_id and bed.open @> daterange(first, last)
order by n returning id, person_id;
