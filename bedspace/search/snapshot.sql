-- name: xmin$
-- Every transaction before this one is over: what changes later is marked with it or a later one.
select pg_snapshot_xmin(pg_current_snapshot());

-- name: names
-- The characteristics in use on a day.
select code, name from characteristic where valid @> :base::date;

-- name: sites
-- Premises, with the characteristics of the whole, and the one that their type gives them.
select p.id, p.code, p.name, p.postcode, p.lat, p.lon, p.gender, p.type,
       array(select c.code from premises_characteristic c where c.premises_id = p.id
             union select offered_by_type(p.type) where offered_by_type(p.type) is not null) as offers
from premises p;

-- name: restrictions
-- What premises do not offer or accept, on a day or later.
select premises_id, code, lower(valid) as first, upper(valid) as "end"
from premises_restriction where upper_inf(valid) or upper(valid) > :base::date;

-- name: offences
-- The characteristic that each offence needs, as of a day.
select code, needs from offence where valid @> :base::date;

-- name: beds
-- Beds that are open on a day or later, with the characteristics of their rooms in use that day. A temporary bed is
-- for the one it was added for, and is never offered.
select b.id, b.code, b.premises_id, lower(b.open) as opens, upper(b.open) as closes, b.confirmed_at,
       array(select c.code from room_characteristic c join characteristic k on k.code = c.code
             where c.room_id = b.room_id and k.valid @> :base::date) as offers
from bed b where (upper_inf(b.open) or upper(b.open) > :base::date) and b.temporary_reason is null;

-- name: claims
-- Claims on a day or later, in nights from that day; one without an end goes on for ever. And live stays whose end is
-- that day or past: with when their residents were to be gone, from when on they are still there.
select bed_id, lower(during) - :base::date as first, least(upper(during), :base::date + 4000) - :base::date as end,
       case when kind = 'stay' and upper(during) <= :base::date then
         (select (upper(during) + p.depart_by) at time zone 'Europe/London'
          from bed b join premises p on p.id = b.premises_id where b.id = bed_id)
       else expires_at end as expires_at
from bed_claim where upper_inf(during) or upper(during) > :base::date or kind = 'stay'
order by bed_id, during;

-- name: changed
-- One row for each bed touched since a transaction, with its claims; one row without a bed where there is none.
-- The upper bound is the greatest there is: with it a generic plan takes the index.
select pg_snapshot_xmin(pg_current_snapshot()) as xmin, shape.xid >= :xmin::xid8 as reshaped, s.bed_id, b.confirmed_at,
       c.first, c.end, c.expires_at
from register_shape shape
left join bed_state s on s.xid >= :xmin::xid8 and s.xid <= '18446744073709551615'
left join bed b on b.id = s.bed_id
left join lateral (
  select array_agg(lower(during) - :base::date order by during) as first,
         array_agg(least(upper(during), :base::date + 4000) - :base::date order by during) as end,
         array_agg(case when kind = 'stay' and upper(during) <= :base::date then
                     (select (upper(during) + p.depart_by) at time zone 'Europe/London'
                      from premises p where p.id = b.premises_id)
                   else expires_at end order by during) as expires_at
  from bed_claim
  where bed_id = s.bed_id and (upper_inf(during) or upper(during) > :base::date or kind = 'stay')
) c on s.bed_id is not null;
