-- name: scopes
-- The characteristics that may be given today.
select code, scope from characteristic where valid @> :today::date;

-- name: keep$
-- The premises themselves.
insert into premises (code, name, postcode, lat, lon, pdu_code, gender, type, invented)
values (:code, :name, :postcode, :lat, :lon, :pdu_code, :gender, :type, :invented)
on conflict (code) do update set
  name = excluded.name, postcode = excluded.postcode, lat = excluded.lat, lon = excluded.lon,
  pdu_code = excluded.pdu_code, gender = excluded.gender, type = excluded.type, invented = excluded.invented
returning id;

-- name: lock_beds
-- Queues for all beds of the premises, in the order of ids, as every writer of several beds does.
select s.bed_id from bed_state s join bed b on b.id = s.bed_id
where b.premises_id = :premises_id order by s.bed_id for update of s;

-- name: forget_premises_characteristics!
-- Before they are kept anew.
delete from premises_characteristic where premises_id = :premises_id;

-- name: keep_premises_characteristics!
-- What the premises as a whole offer.
insert into premises_characteristic (premises_id, code)
select distinct :premises_id::int, code from unnest(:codes::text[]) as code;

-- name: keep_rooms!
-- The rooms, by name.
insert into room (premises_id, name) select :premises_id::int, name from unnest(:names::text[]) as name
on conflict do nothing;

-- name: forget_room_characteristics!
-- Before they are kept anew.
delete from room_characteristic c using room r
where r.id = c.room_id and r.premises_id = :premises_id and r.name = any (:names::text[]);

-- name: keep_room_characteristics!
-- What each room offers: pairs of a room and a code.
insert into room_characteristic (room_id, code)
select distinct r.id, pair.code from unnest(:names::text[], :codes::text[]) as pair (name, code)
join room r on r.premises_id = :premises_id and r.name = pair.name;

-- name: beds_of_others
-- Which of these codes are beds of other premises.
select code from bed where code = any (:codes::text[]) and premises_id <> :premises_id order by code;

-- name: keep_beds!
-- The beds, each in its room; one that had closed opens again.
insert into bed (code, premises_id, room_id)
select pair.code, r.premises_id, r.id from unnest(:codes::text[], :names::text[]) as pair (code, name)
join room r on r.premises_id = :premises_id and r.name = pair.name
on conflict (code) do update set
  room_id = excluded.room_id,
  open = case when upper(bed.open) <= :today::date then daterange(lower(bed.open), null) else bed.open end
where bed.room_id <> excluded.room_id or upper(bed.open) <= :today::date;

-- name: claimed_beds
-- Beds that are no longer named, but claimed from today on. An expired hold is no claim, but it must be ended first.
select b.code from bed b
where b.premises_id = :premises_id and b.code <> all (:codes::text[]) and b.temporary_reason is null
  and exists (select from bed_claim c where c.bed_id = b.id and upper(c.during) > :today::date)
order by b.code;

-- name: close_beds
-- Closes the beds that are no longer named; a temporary bed ends by itself.
update bed set open = daterange(least(lower(open), :today::date - 1), :today::date)
where premises_id = :premises_id and code <> all (:codes::text[]) and temporary_reason is null
  and (upper_inf(open) or upper(open) > :today::date)
returning code;

-- name: forget_empty_rooms!
-- Rooms that never had a bed that is still known.
delete from room r where r.premises_id = :premises_id and not exists (select from bed b where b.room_id = r.id);
