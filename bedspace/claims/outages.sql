-- name: outages
-- Beds out of service of premises in reach, the newest first, or the one with an id; each with its revisions as JSON.
select o.id, p.code as premises, r.name as room, b.code as bed,
       case when o.cancelled_at is not null then 'cancelled' when upper(n.during) <= :today::date then 'over'
            when lower(n.during) > :today::date then 'planned' else 'current' end as state,
       (select jsonb_agg(jsonb_build_object(
          'n', v.n, 'from', lower(v.during), 'until', upper(v.during), 'reason', v.reason,
          'reason_name', coalesce(e.name, v.reason), 'reference', v.reference, 'note', v.note, 'cancelled', v.cancelled,
          'at', v.made_at, 'by', v.made_by) order by v.n desc)
        from outage_revision v left join list_entry e on e.list = 'out_of_service' and e.code = v.reason
        where v.outage_id = o.id) as revisions,
       (select reference_kind from list_entry e where e.list = 'out_of_service' and e.code = n.reason) as reference_kind
from outage o
join bed b on b.id = o.bed_id
join room r on r.id = b.room_id
join premises p on p.id = b.premises_id
join lateral (select during, reason from outage_revision where outage_id = o.id order by n desc limit 1) n on true
where (:id::bigint is null or o.id = :id::bigint)
  and (:premises::text is null or p.code = :premises::text)
  and (:past::boolean or o.cancelled_at is null and upper(n.during) > :today::date)
  and (:before::bigint is null or o.id < :before::bigint)
order by o.id desc limit :rows;

-- name: premises_in_reach$
-- Whether the actor keeps the records of premises.
select exists (select from premises p where p.code = :code and premises_in_reach(p.id));
