-- name: characteristics
-- The characteristics in use on a day.
select code, name, scope, external_code from characteristic where valid @> :today::date
order by scope, position, name;

-- name: premises
-- A page of premises by code, or the one with a code; each of the other conditions where it is given.
select p.code, p.name, p.postcode, p.lat, p.lon, p.pdu_code as pdu, u.region_code as region, p.gender, p.type,
       p.invented, p.closed_from, counted.beds, counted.unconfirmed, p.decides,
       to_char(p.arrive_by, 'HH24:MI') as arrive_by, to_char(p.depart_by, 'HH24:MI') as depart_by, p.turnaround_nights,
       array(select c.code from premises_characteristic c where c.premises_id = p.id order by c.code) as characteristics
from premises p left join pdu u on u.code = p.pdu_code
cross join lateral (
  select count(*) as beds,
         count(*) filter (where b.confirmed_at is null or b.confirmed_at < :fresh) as unconfirmed
  from bed b where b.premises_id = p.id and b.temporary_reason is null and b.open @> :today::date) counted
where p.code > :after and (:code::text is null or p.code = :code::text)
  and (:pdu::text is null or p.pdu_code = :pdu::text)
  and (:region::text is null or u.region_code = :region::text)
  and (:gender::text is null or p.gender = :gender::text)
  and (:type::text is null or p.type = :type::text)
  and (:called::text is null or strpos(lower(p.name), lower(:called::text)) > 0
       or strpos(lower(p.code), lower(:called::text)) > 0)
order by p.code limit :rows;

-- name: rooms
-- The rooms of premises with the beds that are open, or will be.
select r.name,
       array(select c.code from room_characteristic c where c.room_id = r.id order by c.code) as characteristics,
       (select jsonb_agg(jsonb_build_object(
                 'code', b.code, 'opens', lower(b.open), 'closes', upper(b.open), 'confirmed_at', b.confirmed_at,
                 'confirmed_by', b.confirmed_by, 'temporary', b.temporary_reason is not null,
                 'reports', (select count(*) from bed_report e where e.bed_id = b.id and e.settled_at is null))
               order by b.code)
        from bed b where b.room_id = r.id and (upper_inf(b.open) or upper(b.open) > :today::date)) as beds
from room r join premises p on p.id = r.premises_id
where p.code = :code
  and exists (select from bed b where b.room_id = r.id and (upper_inf(b.open) or upper(b.open) > :today::date))
order by r.id;

-- name: contacts
-- Whom to telephone or write to at premises.
select c.purpose, c.name, c.phone, c.email, c.hours from premises_contact c join premises p on p.id = c.premises_id
where p.code = :code order by array_position(array['general', 'referral', 'out_of_hours'], c.purpose);

-- name: restrictions
-- What premises do not offer or accept, on a day or later.
select s.id, s.code as characteristic, lower(s.valid) as "from", upper(s.valid) as until, s.reason
from premises_restriction s join premises p on p.id = s.premises_id
where p.code = :code and (upper_inf(s.valid) or upper(s.valid) > :today::date)
order by lower(s.valid), s.id;

-- name: closure^
-- The closure that premises have, with who approved it.
select c.closed_from, c.reason, coalesce(l.name, c.reason) as reason_name, c.note, c.approved_by, c.approved_on,
       c.approval_reference, c.recorded_at, c.recorded_by
from premises p join premises_closure c on c.id = p.closure_id
left join list_entry l on l.list = 'closure' and l.code = c.reason
where p.code = :code;

-- name: reports
-- What people have said of beds of premises that is not settled yet.
select e.id, b.code as bed, e.said, e.reported_at, e.reported_by
from bed_report e join bed b on b.id = e.bed_id join premises p on p.id = b.premises_id
where p.code = :code and e.settled_at is null order by e.id;

-- name: unconfirmed
-- A page of premises with beds that are open today, and that nobody has confirmed since a time.
select p.code, p.name, p.pdu_code as pdu, u.region_code as region, stale.beds, stale.unconfirmed,
       case when stale.never = 0 then stale.oldest end as oldest
from premises p left join pdu u on u.code = p.pdu_code
cross join lateral (
  select count(*) as beds,
         coalesce(array_agg(b.code order by b.code) filter (where b.confirmed_at is null or b.confirmed_at < :fresh), '{}')
           as unconfirmed,
         count(*) filter (where b.confirmed_at is null) as never, min(b.confirmed_at) as oldest
  from bed b where b.premises_id = p.id and b.temporary_reason is null and b.open @> :today::date) stale
where p.code > :after and (:code::text is null or p.code = :code::text)
  and (:pdu::text is null or p.pdu_code = :pdu::text)
  and (:region::text is null or u.region_code = :region::text)
  and cardinality(stale.unconfirmed) > 0
order by p.code limit :rows;

-- name: how_many_unconfirmed^
-- The beds that are open today, and how many of them nobody has confirmed since a time.
select count(*) as of, count(*) filter (where b.confirmed_at is null or b.confirmed_at < :fresh) as beds
from bed b join premises p on p.id = b.premises_id left join pdu u on u.code = p.pdu_code
where b.open @> :today::date and b.temporary_reason is null and (:code::text is null or p.code = :code::text)
  and (:pdu::text is null or p.pdu_code = :pdu::text)
  and (:region::text is null or u.region_code = :region::text);

-- name: regions
-- All regions, by name.
select code, name from region order by name;

-- name: where_they_are^
-- The PDU and region of premises, by name.
select u.name as pdu, r.name as region from premises p join pdu u on u.code = p.pdu_code
join region r on r.code = u.region_code where p.code = :code;

-- name: all_of_characteristics
-- Every characteristic by its name, also retired ones that something may still have.
select code, name from characteristic;

-- name: pdus
-- The PDUs in force on a day, by name.
select code, name from pdu where valid @> :today::date order by name, code;
