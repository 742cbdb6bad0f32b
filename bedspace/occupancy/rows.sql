-- name: premises
-- Premises, or those with a code, of a region, an estate or a type, by code.
select p.id, p.code, p.name, u.region_code as region, r.name as region_name, p.gender, p.type, p.invented
from premises p left join pdu u on u.code = p.pdu_code left join region r on r.code = u.region_code
where (:code::text is null or p.code = :code::text)
  and (:region::text is null or u.region_code = :region::text)
  and (:gender::text is null or p.gender = :gender::text)
  and (:type::text is null or p.type = :type::text)
order by p.code;

-- name: codes
-- The codes of all premises.
select code from premises order by code;

-- name: regions
-- The regions of today.
select code, name from region order by name;

-- name: characteristics
-- The characteristics in use on a day.
select code, name from characteristic where valid @> :today::date order by scope, position, name;

-- name: beds
-- The beds of premises that are open on some night of a window.
select b.id, b.code, b.premises_id, r.name as room, lower(b.open) as opens, upper(b.open) as closes,
       b.temporary_reason is not null as temporary,
       array(select c.code from room_characteristic c join characteristic k on k.code = c.code
             where c.room_id = b.room_id and k.valid @> :today::date
             union select c.code from premises_characteristic c join characteristic k on k.code = c.code
             where c.premises_id = b.premises_id and k.valid @> :today::date
             union select offered_by_type(p.type) where offered_by_type(p.type) is not null) as offers
from bed b join room r on r.id = b.room_id join premises p on p.id = b.premises_id
where b.premises_id = any (:premises::int[]) and b.open && daterange(:first::date, :end::date)
order by b.premises_id, b.temporary_reason is not null, r.id, b.code;

-- name: open_beds
-- When beds of premises are open, for those open on some night of a window; without what they offer.
select b.id, b.code, b.premises_id, '' as room, lower(b.open) as opens, upper(b.open) as closes,
       b.temporary_reason is not null as temporary, '{}'::text[] as offers
from bed b where b.premises_id = any (:premises::int[]) and b.open && daterange(:first::date, :end::date)
order by b.premises_id, b.temporary_reason is not null, b.id;

-- name: claims
-- Live claims on beds of premises in a window. A hold that has lapsed is none. A stay is overdue when its end, or the
-- day on which its resident was to leave, is past, from the hour when people leave there.
select c.bed_id, c.kind, lower(c.during) as first, upper(c.during) as end, coalesce(due.over, false) as overdue,
       c.kind = 'booking' and coalesce(t.arrive_by <= :now, lower(c.during) < clock.london::date) as late, v.reason
from bed_claim c
join bed b on b.id = c.bed_id
join premises p on p.id = b.premises_id
cross join (select :now::timestamptz at time zone 'Europe/London' as london) clock
left join placement t on t.id = c.placement_id
left join lateral (
  select least(upper(c.during), t.departs_on) + p.depart_by <= clock.london
           or least(upper(c.during), t.departs_on) < clock.london::date as over
  where c.kind = 'stay') due on true
left join lateral (
  select reason from outage_revision where outage_id = c.outage_id order by n desc limit 1) v on c.outage_id is not null
where b.premises_id = any (:premises::int[]) and lower(c.during) < :end::date
  and (upper_inf(c.during) or upper(c.during) > :first::date or c.kind = 'stay')
  and (c.expires_at is null or c.expires_at > :now);

-- name: past_claims
-- What claims that are over kept of a window until the day they ended: stays, turnaround and beds out of service.
select h.bed_id, h.kind, lower(h.during) as first, least(upper(h.during), gone.day) as end, false as overdue,
       false as late, v.reason
from bed_claim_history h
join bed b on b.id = h.bed_id
cross join lateral (select (h.ended_at at time zone 'Europe/London')::date as day) gone
left join lateral (
  select reason from outage_revision where outage_id = h.outage_id order by n desc limit 1) v on h.outage_id is not null
where b.premises_id = any (:premises::int[]) and h.kind in ('stay', 'turnaround', 'out_of_service')
  and h.ended_how <> 'lapsed' and upper(h.during) > :first::date and lower(h.during) < :end::date
  and gone.day > lower(h.during);

-- name: restrictions
-- What premises do not offer on some nights of a window.
select premises_id, code, lower(valid) as first, upper(valid) as end
from premises_restriction
where premises_id = any (:premises::int[]) and valid && daterange(:first::date, :end::date);

-- name: still_there
-- Beds that somebody sleeps in tonight though the end of the stay is past, and until when: null where nobody has said.
select c.bed_id, upper(c.during) as end, upper_inf(c.during) as endless
from bed_claim c
join bed b on b.id = c.bed_id
join premises p on p.id = b.premises_id
cross join (select :now::timestamptz at time zone 'Europe/London' as london) clock
left join placement t on t.id = c.placement_id
where c.kind = 'stay' and (upper_inf(c.during)
  or least(upper(c.during), t.departs_on) + p.depart_by <= clock.london
  or least(upper(c.during), t.departs_on) < clock.london::date);

-- name: reasons
-- The names of reasons out of service, past ones too.
select code, name from list_entry where list = 'out_of_service';
