-- name: walk
-- Walks the premises of an estate by distance, and answers those with beds that fit: at most `limit` premises, and
-- `beds` beds of each (null: all). Who was to be gone by now, and has no departure, is there tonight.
select near.code, near.miles, fit.beds
from (
  select p.id, p.code, p.depart_by, d.miles,
         array(select need from unnest(:needs::text[]) as need
               except select c.code from premises_characteristic c where c.premises_id = p.id
               except select offered_by_type(p.type)) as needs
  from premises p
  cross join lateral (
    select 2 * :radius::float8 * asin(sqrt(least(1, sin(radians(p.lat - :lat) / 2) ^ 2
           + cos(radians(:lat::float8)) * cos(radians(p.lat)) * sin(radians(p.lon - :lon::float8) / 2) ^ 2))) as miles
  ) d
  where p.gender = :gender
    and not exists (
      select from unnest(:zone_lats::float8[], :zone_lons::float8[], :zone_miles::float8[]) as zone (lat, lon, miles)
      where 2 * :radius * asin(sqrt(least(1, sin(radians(p.lat - zone.lat) / 2) ^ 2
            + cos(radians(zone.lat)) * cos(radians(p.lat)) * sin(radians(p.lon - zone.lon) / 2) ^ 2))) <= zone.miles)
    and not exists (
      select from unnest(:areas::text[]) as area (corners)
      where area.corners::polygon @> point(p.lon, p.lat)
         or exists (select from generate_series(1, npoints(area.corners::polygon)) as n,
                    lateral (select string_to_array(trim(both '()' from area.corners), '),(') as corner) every,
                    lateral (select ('(' || corner[n] || ')')::point as one,
                                    ('(' || corner[n % npoints(area.corners::polygon) + 1] || ')')::point as other) edge
                    where lseg(edge.one, edge.other) <-> point(p.lon, p.lat) <= :edge::float8))
    and left(upper(replace(p.postcode, ' ', '')), -3) <> all (:districts::text[])
    and p.code <> all (:excluded::text[])
    and (not :independent::boolean or p.type = 'independent')
    and not exists (
      select from premises_restriction r
      where r.premises_id = p.id and r.code = any (:needs::text[]) and r.valid && daterange(:first::date, :end::date))
  order by d.miles, p.code
) near
cross join lateral (
  select array_agg(free.id) as beds
  from (
    select b.id from bed b
    where b.premises_id = near.id and b.temporary_reason is null and b.open @> daterange(:first::date, :end::date)
      and (near.needs = '{}' or near.needs <@ array(
        select c.code from room_characteristic c where c.room_id = b.room_id))
      and not exists (
        select from bed_claim c
        where c.bed_id = b.id and lower(c.during) < :end::date
          and (upper_inf(c.during) or upper(c.during) > :first::date
               or c.kind = 'stay' and :first::date <= (:now::timestamptz at time zone 'Europe/London')::date
                  and (upper(c.during) + near.depart_by) at time zone 'Europe/London' <= :now)
          and (c.expires_at is null or c.expires_at > :now))
    limit :beds::int
  ) free
) fit
where fit.beds is not null
order by near.miles, near.code
limit :limit::int;
