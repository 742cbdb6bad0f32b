-- name: scopes
-- The characteristics that may be given on a day.
select code, scope from characteristic where valid @> :today::date order by code;

-- name: pdu_in_force$
-- Whether a PDU is one of that day.
select exists (select from pdu where code = :pdu and valid @> :today::date);

-- name: keep$
-- The premises themselves.
insert into premises (code, name, postcode, lat, lon, pdu_code, gender, type, invented, decides, arrive_by, depart_by,
                      turnaround_nights)
values (:code, :name, :postcode, :lat, :lon, :pdu, :gender, :type, :invented, :decides, :arrive_by::text::time,
        :depart_by::text::time, :turnaround_nights)
on conflict (code) do update set
  name = excluded.name, postcode = excluded.postcode, lat = excluded.lat, lon = excluded.lon,
  pdu_code = excluded.pdu_code, gender = excluded.gender, type = excluded.type, invented = excluded.invented,
  decides = excluded.decides, arrive_by = excluded.arrive_by, depart_by = excluded.depart_by,
  turnaround_nights = excluded.turnaround_nights
returning id;

-- name: forget_premises_characteristics!
-- What the premises as a whole no longer offer.
delete from premises_characteristic where premises_id = :premises_id and code <> all (:codes::text[]);

-- name: keep_premises_characteristics!
-- What the premises as a whole offer.
insert into premises_characteristic (premises_id, code)
select distinct :premises_id::int, code from unnest(:codes::text[]) as code on conflict do nothing;

-- name: keep_rooms!
-- The rooms, by name, in their order.
insert into room (premises_id, name) select :premises_id::int, name from unnest(:names::text[]) with ordinality as r (name, n)
order by n on conflict do nothing;

-- name: rename_room!
-- A room by another name.
update room set name = :rename_to where premises_id = :premises_id and name = :name;

-- name: forget_room_characteristics!
-- What these rooms no longer offer: all that is not among the pairs.
delete from room_characteristic c using room r
where r.id = c.room_id and r.premises_id = :premises_id and r.name = any (:rooms::text[])
  and (r.name, c.code) not in (select * from unnest(:names::text[], :codes::text[]));

-- name: keep_room_characteristics!
-- What each room offers: pairs of a room and a code.
insert into room_characteristic (room_id, code)
select distinct r.id, pair.code from unnest(:names::text[], :codes::text[]) as pair (name, code)
join room r on r.premises_id = :premises_id and r.name = pair.name on conflict do nothing;

-- name: beds_of_others
-- Which of these codes are beds of other premises, or temporary.
select code from bed
where code = any (:codes::text[]) and (premises_id <> :premises_id or temporary_reason is not null) order by code;

-- name: keep_beds
-- The beds, each in its room and with its nights, in the order of codes.
insert into bed (code, premises_id, room_id, open)
select given.code, r.premises_id, r.id, daterange(given.opens, given.closes)
from unnest(:codes::text[], :names::text[], :opens::date[], :closes::date[]) as given (code, name, opens, closes)
join room r on r.premises_id = :premises_id and r.name = given.name
order by given.code
on conflict (code) do update set room_id = excluded.room_id, open = excluded.open
  where bed.premises_id = excluded.premises_id
returning code;

-- name: rename_bed!
-- A bed by another code.
update bed set code = :rename_to where premises_id = :premises_id and code = :code;

-- name: claims_in_the_way
-- What is claimed of beds from today on, outside the nights that they are to be open.
select b.code, c.kind, lower(c.during) as first, upper(c.during) as end
from bed_claim c join bed b on b.id = c.bed_id
join unnest(:codes::text[], :opens::date[], :closes::date[]) as given (code, opens, closes) on given.code = b.code
where (upper_inf(c.during) or upper(c.during) > :today::date)
  and not daterange(greatest(lower(c.during), :today::date), upper(c.during)) <@ daterange(given.opens, given.closes)
order by b.code, c.during;

-- name: others_sleep_there
-- Bookings and stays of the other estate from a day on.
select b.code, c.kind, lower(c.during) as first, upper(c.during) as end
from bed_claim c join bed b on b.id = c.bed_id join placement p on p.id = c.placement_id
where b.premises_id = :premises_id and p.gender <> :gender and (upper_inf(c.during) or upper(c.during) > :today::date)
order by b.code, c.during;

-- name: forget_empty_rooms!
-- Rooms in which no bed has ever been, or is any more.
delete from room r where r.premises_id = :premises_id and not exists (select from bed b where b.room_id = r.id);

-- name: ids
-- The ids of beds, for whoever locked them.
select id as bed_id from bed where code = any (:codes::text[]) order by id;

-- name: pdus_of_authority
-- The PDUs that a local authority lies in on a day.
select a.pdu_code from local_authority_pdu a join pdu u on u.code = a.pdu_code
where a.gss = :gss and u.valid @> :today::date order by a.pdu_code;

-- name: is_bed$
-- Whether a code is taken by a bed.
select exists (select from bed where code = :code);
