-- name: characteristics
-- The characteristics in use on a day.
select code, name, scope from characteristic where valid @> :today::date order by scope, name;

-- name: premises
-- A page of premises by code, or the one with a code.
select p.code, p.name, p.postcode, p.lat, p.lon, p.pdu_code as pdu, p.gender, p.type, p.invented,
       (select count(*) from bed b where b.premises_id = p.id and b.temporary_reason is null
          and b.open @> :today::date) as beds,
       array(select c.code from premises_characteristic c where c.premises_id = p.id order by c.code) as characteristics
from premises p
where p.code > :after and (:code::text is null or p.code = :code::text)
order by p.code limit :rows;

-- name: rooms
-- The rooms of premises with the beds that are open, or will be.
select r.name,
       array(select c.code from room_characteristic c where c.room_id = r.id order by c.code) as characteristics,
       (select jsonb_agg(jsonb_build_object('code', b.code, 'opens', lower(b.open), 'closes', upper(b.open),
                                            'confirmed_at', b.confirmed_at,
                                            'temporary', b.temporary_reason is not null) order by b.code)
        from bed b where b.room_id = r.id and (upper_inf(b.open) or upper(b.open) > :today::date)) as beds
from room r join premises p on p.id = r.premises_id
where p.code = :code
  and exists (select from bed b where b.room_id = r.id and (upper_inf(b.open) or upper(b.open) > :today::date))
order by r.name;
